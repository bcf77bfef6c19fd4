//! How a concept is rendered: for the beads that hold a term of one language, what the other side has.

use std::cmp::Reverse;

use super::{Concordance, Occurrence};
use crate::termbase::TermRef;

/// The renderings of a concept, most frequent first. `None` stands for beads without any of its terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renderings {
    /// English renderings of Spanish occurrences, with the number of beads.
    pub in_english: Vec<(Option<TermRef>, usize)>,
    /// Spanish renderings of English occurrences.
    pub in_spanish: Vec<(Option<TermRef>, usize)>,
    /// Beads with terms of the concept on both sides.
    pub rendered: usize,
    /// Beads with a term on one side and none on the other, which is there.
    pub missing: usize,
}

/// Counts the renderings of a concept over the pairs of a collection. Each bead counts once for each term of
/// the concept on its other side.
pub fn renderings(concordance: &Concordance<'_>, occurrences: &[Occurrence]) -> Renderings {
    let mut counts = Renderings::default();
    let sure = |occurrence: &Occurrence| occurrence.hit(concordance.collection()).is_sure();
    for held in concordance.held(occurrences) {
        // What may well be another word asks for no rendering, but can be one.
        if !held.es.iter().chain(&held.en).any(sure) {
            continue;
        }
        let (spanish, english) = (terms(concordance, &held.es), terms(concordance, &held.en));
        if !spanish.is_empty() && !held.bead.en.is_empty() {
            count(&mut counts.in_english, &english);
        }
        if !english.is_empty() && !held.bead.es.is_empty() {
            count(&mut counts.in_spanish, &spanish);
        }
        let both = !spanish.is_empty() && !english.is_empty();
        counts.rendered += usize::from(both);
        counts.missing += usize::from(!both && !held.bead.es.is_empty() && !held.bead.en.is_empty());
    }
    for side in [&mut counts.in_english, &mut counts.in_spanish] {
        side.sort_by_key(|&(term, count)| (Reverse(count), term.is_none(), term));
    }
    counts
}

/// The terms that occur, each once.
fn terms(concordance: &Concordance<'_>, occurrences: &[Occurrence]) -> Vec<TermRef> {
    let mut terms: Vec<TermRef> =
        occurrences.iter().map(|occurrence| occurrence.hit(concordance.collection()).term).collect();
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
