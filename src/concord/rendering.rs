//! How a concept is rendered: for the beads that hold a term of one language, what the other side has.

use std::cmp::Reverse;

use super::unlisted::CONFIDENT;
use super::{Concordance, HeldBead, Occurrence};
use crate::lang::Lang;
use crate::termbase::TermRef;

/// The renderings of a concept, most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renderings {
    /// English renderings of Spanish occurrences.
    pub in_english: Vec<Rendered>,
    /// Spanish renderings of English occurrences.
    pub in_spanish: Vec<Rendered>,
    /// Beads with terms of the concept on both sides.
    pub rendered: usize,
    /// Beads with a term on one side and none on the other, which is there.
    pub missing: usize,
}

/// A term that renders a concept, with the beads in which it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The term; `None` stands for beads without any of the concept's terms.
    pub term: Option<TermRef>,
    /// One occurrence a bead: of the term, or, where there is none, of what ought to be rendered.
    pub places: Vec<Occurrence>,
}

/// Counts the renderings of a concept over the pairs of a collection. Each bead counts once for each term of the
/// concept on its other side. That an unsure bead lacks a term shows nothing: what is opposite may be something else.
pub fn renderings(concordance: &Concordance<'_>, occurrences: &[Occurrence]) -> Renderings {
    let mut found = Renderings::default();
    let sure = |occurrence: &Occurrence| occurrence.hit(concordance.collection()).is_sure();
    for held in concordance.held(occurrences) {
        let both = !held.es.is_empty() && !held.en.is_empty();
        let opposite = !held.bead.es.is_empty() && !held.bead.en.is_empty();
        // What may well be another word asks for no rendering, but can be one.
        let asks = held.es.iter().chain(&held.en).any(sure);
        if !asks || !both && (!opposite || held.bead.score < CONFIDENT) {
            continue;
        }
        found.rendered += usize::from(both);
        found.missing += usize::from(!both);
        for (lang, list) in [(Lang::En, &mut found.in_english), (Lang::Es, &mut found.in_spanish)] {
            add(concordance, &held, lang, list);
        }
    }
    for side in [&mut found.in_english, &mut found.in_spanish] {
        side.sort_by_key(|one| (Reverse(one.places.len()), one.term.is_none(), one.term));
    }
    found
}

/// Adds what a bead has in a language, if the other language has a term.
fn add(concordance: &Concordance<'_>, held: &HeldBead<'_>, lang: Lang, list: &mut Vec<Rendered>) {
    let (wanted, other) = match lang {
        Lang::Es => (&held.es, &held.en),
        Lang::En => (&held.en, &held.es),
    };
    let Some(&unrendered) = other.first() else { return };
    let mut terms: Vec<(Option<TermRef>, Occurrence)> =
        wanted.iter().map(|place| (Some(place.hit(concordance.collection()).term), *place)).collect();
    terms.sort_unstable();
    terms.dedup_by_key(|(term, _)| *term);
    if terms.is_empty() {
        terms.push((None, unrendered));
    }
    for (term, place) in terms {
        match list.iter_mut().find(|known| known.term == term) {
            Some(known) => known.places.push(place),
            None => list.push(Rendered { term, places: vec![place] }),
        }
    }
}
