//! What differs most from what is approved, with an example each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::gather::{Gathered, Noted};
use super::judge::Outcome;
use super::model::{AvoidedUse, ConceptCoverage, Counts, Inconsistency, RenderingCount};
use super::validity::Flaw;
use crate::concord::snippet::snippet;
use crate::concord::{AlignedContext, Evidence, Snippet};
use crate::engine::Analysis;
use crate::lang::Lang;
use crate::report::build::preferred;
use crate::termbase::TermRef;
use crate::text::Span;

/// So many inconsistencies are told.
const MOST: usize = 10;

/// The concepts with the most required places that are not as approved, by direction.
pub(super) fn inconsistencies(from: &Gathered<'_>, concepts: &[ConceptCoverage]) -> Vec<Inconsistency> {
    let sides =
        concepts.iter().enumerate().filter(|(_, concept)| concept.required).flat_map(|(at, concept)| {
            [(at, concept, Lang::Es, concept.into_es), (at, concept, Lang::En, concept.into_en)]
        });
    let mut worst: Vec<_> = sides.filter(|(.., counts)| counts.deviating() > 0).collect();
    // A wrong word is worse than a missing one, which may be a matter of style.
    worst.sort_by_key(|(at, _, into, counts)| (Reverse(weight(counts)), *at, *into));
    worst.truncate(MOST);
    worst
        .into_iter()
        .map(|(at, concept, into, counts)| Inconsistency {
            concept: concept.concept.clone(),
            label: concept.label.clone(),
            into,
            counts,
            renderings: in_lang(&concept.renderings, into),
            example: example(from, at as u32, into),
        })
        .collect()
}

fn weight(counts: &Counts) -> usize {
    2 * counts.otherwise + counts.left_out
}

fn in_lang(renderings: &[RenderingCount], lang: Lang) -> Vec<RenderingCount> {
    renderings.iter().filter(|rendering| rendering.lang == lang).cloned().collect()
}

/// The first place where a concept is rendered otherwise, or left out, in texts that may be quoted.
fn example(from: &Gathered<'_>, concept: u32, into: Lang) -> Option<AlignedContext> {
    let of = |outcome| {
        let mut places = from.places.iter().filter(move |noted| {
            (noted.place.concept, noted.place.into, noted.place.outcome) == (concept, into, outcome)
        });
        places.find_map(|noted| context(from, noted))
    };
    of(Outcome::Otherwise).or_else(|| of(Outcome::LeftOut))
}

/// The two sides of a place, with what asks and what renders marked.
pub(super) fn context(from: &Gathered<'_>, noted: &Noted) -> Option<AlignedContext> {
    let bead = noted.bead?;
    let side = |lang: Lang| {
        let analysis = &from.kept.documents[2 * bead + lang as usize];
        (!analysis.document.confidential).then(|| quote(analysis, noted.place.concept))
    };
    let (es, en) = (side(Lang::Es)?, side(Lang::En)?);
    Some(AlignedContext { evidence: Evidence::Bead, es: Some(es), en: Some(en), score: 0.0, unlisted: None })
}

/// A whole small document with the hits of a concept marked.
pub(super) fn quote(analysis: &Analysis, concept: u32) -> Snippet {
    let hits = analysis.hits.iter().filter(|hit| hit.term.concept == concept);
    let mut end = 0;
    let mut marks: Vec<Span> = Vec::new();
    for hit in hits.filter(|hit| analysis.document.text.is_char_boundary(hit.span.end)) {
        if hit.span.start >= end {
            marks.push(hit.span);
            end = hit.span.end;
        }
    }
    let whole = Span::new(0, analysis.document.text.len());
    snippet(analysis, &analysis.document.line_index(), whole, &marks)
}

/// Terms in use that ought not to be, most frequent first.
pub(super) fn avoided(from: &Gathered<'_>) -> Vec<AvoidedUse> {
    let mut all: BTreeMap<(TermRef, Flaw), AvoidedUse> = BTreeMap::new();
    for found in from.documents.iter().flat_map(|document| &document.avoided) {
        let used =
            all.entry((found.term, found.flaw)).or_insert_with(|| unused(from, found.term, found.flaw));
        used.count += found.count;
        used.documents += 1;
        if used.example.is_none() {
            used.example.clone_from(&found.example);
        }
    }
    let mut all: Vec<AvoidedUse> = all.into_values().collect();
    all.sort_by_key(|used| Reverse(used.count));
    all
}

fn unused(from: &Gathered<'_>, term: TermRef, flaw: Flaw) -> AvoidedUse {
    let entry = from.termbase.term(term);
    let concept = from.concept_at(term.concept);
    let lang = from.termbase.section(term).tag.lang().unwrap_or(Lang::Es);
    let successor = concept.replaced_by.as_ref().and_then(|id| from.termbase.find(id.as_str()));
    let successor = successor.map_or(concept, |at| &from.termbase.concepts[at]);
    let usual = || preferred(from.termbase, successor, lang).filter(|usual| usual.term != entry.term);
    AvoidedUse {
        concept: concept.id.to_string(),
        term: entry.term.clone(),
        lang,
        flaw,
        instead: entry.replace_with.clone().or_else(|| usual().map(|usual| usual.term.clone())),
        count: 0,
        documents: 0,
        example: None,
    }
}
