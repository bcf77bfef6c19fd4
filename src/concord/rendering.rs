//! How a concept is rendered: for the beads that hold a term of one language, what the other side has.

use super::Occurrence;
use crate::engine::Collection;
use crate::lang::Lang;
use crate::termbase::TermRef;
use crate::text::Span;

/// The renderings of a concept, most frequent first. `None` stands for beads without any of its terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renderings {
    /// English renderings of Spanish occurrences, with the number of beads.
    pub in_english: Vec<(Option<TermRef>, usize)>,
    /// Spanish renderings of English occurrences.
    pub in_spanish: Vec<(Option<TermRef>, usize)>,
}

/// Counts the renderings of a concept over the pairs of a collection. Each bead counts once for each term of
/// the concept on its other side.
pub fn renderings(collection: &Collection, occurrences: &[Occurrence]) -> Renderings {
    let mut counts = Renderings::default();
    for bitext in &collection.bitexts {
        let es = sides(collection, occurrences, bitext.es, Lang::Es);
        let en = sides(collection, occurrences, bitext.en, Lang::En);
        for bead in &bitext.beads {
            let spanish = terms_in(&es, &bead.es);
            let english = terms_in(&en, &bead.en);
            if !spanish.is_empty() && !bead.en.is_empty() {
                count(&mut counts.in_english, &english);
            }
            if !english.is_empty() && !bead.es.is_empty() {
                count(&mut counts.in_spanish, &spanish);
            }
        }
    }
    counts.in_english.sort_by_key(|&(term, count)| (std::cmp::Reverse(count), term.is_none(), term));
    counts.in_spanish.sort_by_key(|&(term, count)| (std::cmp::Reverse(count), term.is_none(), term));
    counts
}

/// The segments of a document in which the concept has a term of a language, with the term.
fn sides(
    collection: &Collection,
    occurrences: &[Occurrence],
    document: usize,
    lang: Lang,
) -> Vec<(usize, TermRef)> {
    let from = occurrences.partition_point(|occurrence| occurrence.document < document);
    let of_document = occurrences[from..].iter().take_while(|occurrence| occurrence.document == document);
    of_document
        .map(|occurrence| (occurrence.segment, occurrence.hit(collection)))
        .filter(|(_, hit)| hit.lang == lang)
        .map(|(segment, hit)| (segment, hit.term))
        .collect()
}

fn terms_in(sides: &[(usize, TermRef)], segments: &[usize]) -> Vec<TermRef> {
    let mut terms: Vec<TermRef> =
        sides.iter().filter(|(segment, _)| segments.contains(segment)).map(|&(_, term)| term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn count(counts: &mut Vec<(Option<TermRef>, usize)>, terms: &[TermRef]) {
    let mut add = |term: Option<TermRef>| match counts.iter_mut().find(|(known, _)| *known == term) {
        Some((_, count)) => *count += 1,
        None => counts.push((term, 1)),
    };
    if terms.is_empty() {
        add(None);
    }
    terms.iter().for_each(|&term| add(Some(term)));
}

/// The stretch of a document that segments cover, from the first to the last.
pub(super) fn stretch(collection: &Collection, document: usize, segments: &[usize]) -> Option<Span> {
    let all = &collection.documents[document].segments;
    let (first, last) = (all.get(*segments.first()?)?, all.get(*segments.last()?)?);
    Some(Span::new(first.span.start, last.span.end))
}
