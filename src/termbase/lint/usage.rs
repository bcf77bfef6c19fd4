//! What a reader of an entry needs to act on it.

use rustc_hash::FxHashMap;

use super::languages::name;
use super::{Glossary, finding};
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::termbase::model::Concept;

/// Terms to avoid that tell neither why nor what to write.
pub(super) fn no_reason(glossary: &Glossary<'_>) -> Vec<Finding> {
    let unexplained = glossary.terms().filter(|(at, term)| {
        let replaced = glossary.concept(*at).replaced_by.is_some();
        !term.is_usable() && !replaced && term.reason.is_none() && term.replace_with.is_none()
    });
    unexplained
        .map(|(_, term)| {
            let message = format!("“{}” is to be avoided, but the entry does not say why", term.term);
            finding(Severity::Note, "no-reason", term.place.as_ref(), message)
                .help("add reason = \"…\" or replace-with = \"…\"")
        })
        .collect()
}

/// Concepts that offer no term to use in a language.
pub(super) fn all_deprecated(glossary: &Glossary<'_>) -> Vec<Finding> {
    let current = glossary.concepts().filter(|c| c.replaced_by.is_none() && c.valid_until.is_none());
    current
        .filter_map(|concept| {
            let lang = Lang::ALL.into_iter().find(|lang| is_dead_in(concept, *lang))?;
            let message = format!("the concept `{}` has no {} term that may be used", concept.id, name(lang));
            Some(
                finding(Severity::Warning, "all-deprecated", concept.place.as_ref(), message)
                    .help("add the term to use, or replaced-by with the concept that took its place"),
            )
        })
        .collect()
}

fn is_dead_in(concept: &Concept, lang: Lang) -> bool {
    concept.terms_of(lang).next().is_some() && !concept.terms_of(lang).any(|term| term.is_usable())
}

/// Concepts that another one replaced on a day that is not stated.
pub(super) fn replaced_without_end(glossary: &Glossary<'_>) -> Vec<Finding> {
    let open = glossary.concepts().filter(|concept| concept.valid_until.is_none());
    open.filter_map(|concept| {
        let successor = concept.replaced_by.as_ref()?;
        let message = format!("`{}` was replaced by `{successor}`, but when is not stated", concept.id);
        Some(
            finding(Severity::Warning, "replaced-without-end", concept.place.as_ref(), message)
                .help("add valid-until with the last day on which it was right"),
        )
    })
    .collect()
}

/// Concepts whose ids are not written: one note for each file that can hold ids.
pub(super) fn unwritten_ids(glossary: &Glossary<'_>) -> Vec<Finding> {
    let mut files: FxHashMap<&str, (usize, &Concept)> = FxHashMap::default();
    for concept in glossary.concepts().filter(|concept| !concept.id_written) {
        let file = concept.place.as_ref().map_or("", |place| &*place.file);
        files.entry(file).or_insert((0, concept)).0 += 1;
    }
    let notes = files.into_iter().filter(|(file, _)| file.ends_with(".toml"));
    notes
        .map(|(_, (count, first))| {
            let message = match count {
                1 => format!("the id of `{}` is not written", first.id),
                _ => format!("the ids of {count} concepts are not written, the first is `{}`", first.id),
            };
            finding(Severity::Note, "unwritten-id", first.place.as_ref(), message)
                .help("run `glosa fmt`: an id that is written does not change with its term")
        })
        .collect()
}
