//! Which of the hits that stand are given: one for a concept and place, the segment's language among homographs,
//! and leftmost-longest among overlapping ones (rules 6 and 7).

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Hit, Overlaps};
use crate::lang::Lang;
use crate::text::Span;

/// Sorts and chooses. `language` tells the language of the segment that a span lies in, where it is known.
pub(super) fn resolve(
    mut hits: Vec<Hit>,
    overlaps: Overlaps,
    language: &dyn Fn(Span) -> Option<Lang>,
) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.kind, hit.term));
    drop_nested_in_itself(&mut hits);
    let mut chosen: Vec<Hit> = Vec::with_capacity(hits.len());
    let mut covered = 0;
    for same_span in hits.chunk_by(|a, b| a.span == b.span) {
        let span = same_span[0].span;
        if overlaps == Overlaps::Longest && span.start < covered {
            continue;
        }
        covered = span.end;
        homographs(same_span, language, &mut chosen);
    }
    chosen
}

/// A term within a longer form of itself (ONG in «ONG’s») is no hit of its own.
fn drop_nested_in_itself(hits: &mut Vec<Hit>) {
    let mut last_of = FxHashMap::default();
    hits.retain(|hit| {
        let longest: &mut Span = last_of.entry(hit.term).or_default();
        let nested = *longest != hit.span && longest.contains(hit.span);
        if !nested {
            *longest = hit.span;
        }
        !nested
    });
}

/// Of the hits on one span: those of the segment's language where there are hits of both; one for a concept.
fn homographs(hits: &[Hit], language: &dyn Fn(Span) -> Option<Lang>, chosen: &mut Vec<Hit>) {
    let from = chosen.len();
    let mut concepts = FxHashSet::default();
    let both = hits.iter().any(|hit| hit.lang != hits[0].lang);
    let lang = if both { language(hits[0].span) } else { None };
    for hit in hits.iter().filter(|hit| lang.is_none_or(|lang| hit.lang == lang)) {
        if concepts.insert(hit.term.concept) {
            chosen.push(hit.clone());
        }
    }
    let ambiguous = chosen.len() - from > 1;
    chosen[from..].iter_mut().for_each(|hit| hit.ambiguous = ambiguous);
}
