//! Laying one source over another, and the checks that need all of them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Layer, Reference, ids, settings};
use crate::check::{Finding, Severity, nearest};
use crate::termbase::Concepts;
use crate::termbase::model::{Concept, LangSection, Settings, Termbase};

/// Looking for the id that was meant costs a pass over all ids, so it is done for the first few only.
const MOST_SUGGESTIONS: usize = 20;

/// Merges layers in order.
pub(super) fn merge(mut layers: Vec<Layer>, findings: &mut Vec<Finding>) -> Termbase {
    let settings = merge_settings(&mut layers);
    let mut concepts = Concepts::default();
    let mut index = FxHashMap::default();
    let mut references = Vec::new();
    let mut troubled = FxHashSet::default();
    let broken = layers.iter().any(|layer| layer.broken);
    for mut layer in layers {
        ids::derive(&mut layer.entries, &index, &settings.languages, findings);
        for entry in layer.entries {
            let at = place(&mut concepts, &mut index, entry.concept);
            if entry.troubled {
                troubled.insert(at);
            }
        }
        references.push((layer.file, layer.references));
    }
    let termbase = Termbase { settings, concepts };
    // What a syntax error hid may well be there.
    if !broken {
        check_terms(&termbase, &troubled, findings);
        check_references(&index, &references, findings);
    }
    termbase
}

fn merge_settings(layers: &mut [Layer]) -> Settings {
    let mut merged = Settings::default();
    for layer in layers {
        settings::overlay(&mut merged, std::mem::take(&mut layer.settings));
    }
    merged.languages = settings::languages_of(&merged, &[]);
    merged
}

/// Lays a concept over the one with its id, or adds it; gives its index.
fn place(concepts: &mut Concepts, index: &mut FxHashMap<String, usize>, concept: Box<Concept>) -> usize {
    let at = *index.entry(concept.id.0.clone()).or_insert(concepts.len());
    match concepts.get_mut(at) {
        Some(base) => overlay(base, *concept),
        None => concepts.push(concept),
    }
    at
}

/// Replaces what the later value states.
macro_rules! stated {
    ($base:ident, $later:ident: $($option:ident)*; $($list:ident)*) => {
        $(if $later.$option.is_some() { $base.$option = $later.$option; })*
        $(if !$later.$list.is_empty() { $base.$list = $later.$list; })*
    };
}

fn overlay(base: &mut Concept, later: Concept) {
    stated!(base, later: subject kind note review reliability place;);
    base.id_written |= later.id_written;
    base.definition.extend(later.definition);
    let (base_details, details) = (&mut *base.details, later.details.into_inner());
    stated!(base_details, details:
        jurisdiction private_note source url as_of valid_from valid_until replaced_by holder_of reviewed_by
        reviewed_on client project image;
        related broader not_to_confuse external_refs history contexts);
    base_details.x.extend(details.x);
    for section in later.sections {
        overlay_section(&mut base.sections, section);
    }
}

fn overlay_section(sections: &mut Vec<LangSection>, later: LangSection) {
    match sections.iter_mut().find(|section| section.tag == later.tag) {
        Some(section) => *section = later,
        None => sections.push(later),
    }
}

/// Finds concepts without terms, except those that lost them to an error that is told already.
fn check_terms(termbase: &Termbase, troubled: &FxHashSet<usize>, findings: &mut Vec<Finding>) {
    for (index, concept) in termbase.concepts.iter().enumerate() {
        if !concept.sections.is_empty() || troubled.contains(&index) {
            continue;
        }
        let message = format!("the concept `{}` has no terms", concept.id);
        let mut finding = Finding::new(Severity::Error, "no-terms", message)
            .help("write terms.es = \"…\" and terms.en = \"…\", or remove the concept");
        finding.place.clone_from(&concept.place);
        findings.push(finding);
    }
}

fn check_references(
    index: &FxHashMap<String, usize>,
    references: &[(String, Vec<Reference>)],
    findings: &mut Vec<Finding>,
) {
    let all = references.iter().flat_map(|(file, list)| list.iter().map(move |one| (file, one)));
    let missing = all.filter(|(_, reference)| !index.contains_key(&reference.id));
    for (count, (file, reference)) in missing.enumerate() {
        let meant = (count < MOST_SUGGESTIONS).then(|| meant(&reference.id, index)).flatten();
        let help = match meant {
            Some(id) => format!("did you mean `{id}`?"),
            None => "write the id of a concept of this glossary; `glosa fmt` writes all ids".to_owned(),
        };
        let message = format!("`{}` names `{}`, which is no concept", reference.key, reference.id);
        findings.push(
            Finding::new(Severity::Error, "missing-reference", message).at(file, reference.span).help(help),
        );
    }
}

/// The nearest id; among equally near ones the first in the alphabet, so that the answer never varies.
fn meant<'a>(id: &str, index: &'a FxHashMap<String, usize>) -> Option<&'a str> {
    let mut near: Vec<&str> =
        index.keys().map(String::as_str).filter(|known| known.len().abs_diff(id.len()) <= 3).collect();
    near.sort_unstable();
    nearest(id, near)
}
