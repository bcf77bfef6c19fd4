//! Parallel texts: sentences of a text and its translation, paired.
//!
//! Two sentences go together when they share rare words (numbers, names, cognates, terms of the glossary) and
//! have lengths in proportion. A dynamic programme finds the best chain of beads over both texts; the word
//! pairs that an answer shows again and again then help to find a better one, so that no
//! dictionary is needed.
//!
//! * `words` turns sentences into sets of stems with weights,
//! * `matches` tells which stems translate one another,
//! * `evidence` and `length` judge a bead (`path`), `search` finds the best chain within a `band`,
//! * `crossing` pairs passages that changed places.
//!
//! ```
//! use glosa::align::{Side, align};
//!
//! let es = Side::of(["El puerto cerró en 2019.", "Nadie protestó."]);
//! let en = Side::of(["The port closed in 2019.", "Nobody protested."]);
//! let beads = align(&es, &en);
//! assert_eq!((beads[0].es.clone(), beads[0].en.clone()), (vec![0], vec![0]));
//! assert_eq!(beads.len(), 2);
//! ```

mod band;
mod crossing;
mod evidence;
mod length;
mod lexicon;
mod matches;
mod path;
mod search;
mod words;

pub use lexicon::{Lesson, Lexicon};

use serde::Serialize;

use evidence::Evidence;
use length::Lengths;
use matches::Matches;
use path::{Judge, Priors, Step};
use words::Bitext;

/// A group of segments that translate one another; one side may be empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bead {
    /// Indices of the Spanish segments, consecutive.
    pub es: Vec<usize>,
    /// Indices of the English segments, consecutive.
    pub en: Vec<usize>,
    /// How sure the pairing is, 0 to 1.
    pub score: f32,
}

/// One side of a parallel text, as the aligner sees it.
#[derive(Clone, Debug, Default)]
pub struct Side<'a> {
    /// The text of each segment, in order.
    pub segments: Vec<&'a str>,
    /// For each segment, the concepts whose terms occur in it (sorted, once each).
    pub concepts: Vec<Vec<u32>>,
}

impl<'a> Side<'a> {
    /// A side without a glossary.
    pub fn of(segments: impl IntoIterator<Item = &'a str>) -> Self {
        Side { segments: segments.into_iter().collect(), concepts: Vec::new() }
    }
}

/// Passes over the texts; each but the first uses the word pairs that the one before shows.
const PASSES: usize = 4;

/// Pairs the segments of two texts. Every segment is in exactly one bead. Beads come in the order of the Spanish
/// text; the English order is the same, except for passages that changed places.
pub fn align(es: &Side<'_>, en: &Side<'_>) -> Vec<Bead> {
    align_with(es, en, &Lexicon::default())
}

/// [`align`] with the word pairs that other texts of the collection show.
pub fn align_with(es: &Side<'_>, en: &Side<'_>, lexicon: &Lexicon) -> Vec<Bead> {
    let bitext = Bitext::new(es, en);
    let mut matches = Matches::beforehand(&bitext);
    matches.add(&bitext, lexicon);
    let mut judge = judge(&bitext, &matches, Priors::default());
    let band = band::around_anchors(&bitext, &matches);
    let mut steps = search::best(&mut judge, &whole(&bitext), &band);
    for _ in 1..PASSES {
        matches.learn(&bitext, &steps);
        let band = band::around_path(&bitext, &steps);
        judge = self::judge(&bitext, &matches, Priors::learn(&steps));
        let better = search::best(&mut judge, &whole(&bitext), &band);
        let settled = is_same(&better, &steps);
        steps = better;
        if settled {
            break;
        }
    }
    crossing::pair_up(&mut steps, &mut judge);
    confidence(&steps)
}

/// Whether two chains have the same beads: then another pass would teach nothing.
fn is_same(a: &[Step], b: &[Step]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (&a.es, &a.en) == (&b.es, &b.en))
}

fn judge<'a>(bitext: &'a Bitext<'a>, matches: &Matches, priors: Priors) -> Judge<'a> {
    Judge {
        evidence: Evidence::new(bitext, matches),
        es: Lengths::new(&bitext.es, length::ratio(&bitext.es, &bitext.en)),
        en: Lengths::new(&bitext.en, 1.0),
        priors,
    }
}

fn whole(bitext: &Bitext<'_>) -> path::Block {
    path::Block { es: 0..bitext.es.sentences.len(), en: 0..bitext.en.sentences.len() }
}

/// Beads with their confidence: the share of beads like it that are right, by logistic regression over aligned texts
/// of three kinds. A bead is the surer the more speaks for it and for its neighbours; joins and beads beside a
/// sentence without counterpart are less sure; that a sentence is alone is the surer the more are.
fn confidence(steps: &[Step]) -> Vec<Bead> {
    let alone = steps.iter().filter(|step| step.is_null()).count() as f32 / steps.len().max(1) as f32;
    let around = |i: Option<usize>| i.and_then(|i| steps.get(i)).map_or(3.0, Step::as_neighbour);
    let logit = |i: usize, step: &Step| {
        if step.is_null() {
            return 4.1 + 1.05 * (alone + 0.01).ln();
        }
        let (before, after) = (around(i.checked_sub(1)), around(Some(i + 1)));
        let joined = step.es.len() + step.en.len() - 2;
        let words = 1.1 * step.score.max(0.0).ln_1p() + 0.5 * step.score.min(0.0);
        let doubts = 2.1 * on(before < 0.0 || after < 0.0) + 1.7 * on(joined > 0) + 1.4 * on(joined > 1);
        1.7 + words + 0.1 * (before + after) - doubts
    };
    let bead = |(i, step): (usize, &Step)| Bead {
        es: step.es.clone().collect(),
        en: step.en.clone().collect(),
        score: sigmoid(logit(i, step)),
    };
    steps.iter().enumerate().map(bead).collect()
}

fn on(condition: bool) -> f32 {
    if condition { 1.0 } else { 0.0 }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shape(es: &[&'static str], en: &[&'static str]) -> Vec<(Vec<usize>, Vec<usize>)> {
        align(&Side::of(es.iter().copied()), &Side::of(en.iter().copied()))
            .into_iter()
            .map(|bead| (bead.es, bead.en))
            .collect()
    }

    #[test]
    fn joins_and_omissions() {
        let es = [
            "El presidente Robles visitó Tijuana el 4 de mayo.",
            "Llegó tarde y habló poco con los periodistas.",
            "La garita de Otay cerró durante 36 horas.",
            "La ministra Paz viajará a Ottawa el martes.",
        ];
        let en = [
            "President Robles visited Tijuana on May 4; he arrived late and spoke little to journalists.",
            "It rained.",
            "The Otay crossing closed for 36 hours.",
            "Minister Paz will travel to Ottawa on Tuesday.",
        ];
        let wanted = vec![(vec![0, 1], vec![0]), (vec![], vec![1]), (vec![2], vec![2]), (vec![3], vec![3])];
        assert_eq!(shape(&es, &en), wanted);
    }

    #[test]
    fn shared_concepts_are_evidence() {
        let mut es = Side::of(["Habrá más trabas.", "La migra hizo redadas.", "Sube el dólar."]);
        let mut en = Side::of(["ICE carried out raids.", "The greenback is up."]);
        es.concepts = vec![vec![], vec![7], vec![9]];
        en.concepts = vec![vec![7], vec![9]];
        let pairs: Vec<_> = align(&es, &en).into_iter().map(|bead| (bead.es, bead.en)).collect();
        assert_eq!(pairs, [(vec![0], vec![]), (vec![1], vec![0]), (vec![2], vec![1])]);
    }

    #[test]
    fn long_stretches_without_counterpart() {
        let shared: Vec<String> = (0..120).map(|i| format!("Folio {} y cifra {}", i * 7919, i * i)).collect();
        let more: Vec<String> = (0..300).map(|i| format!("Otra cosa {}", (i + 7) * 104_729)).collect();
        let whole = Side::of(shared.iter().map(|line| &**line));
        for at in [0, 60, 120] {
            let lines = shared[..at].iter().chain(&more).chain(&shared[at..]);
            let longer = Side::of(lines.map(|line| &**line));
            for beads in [align(&whole, &longer), align(&longer, &whole)] {
                let right = |bead: &&Bead| {
                    let (low, high) = (bead.es[0].min(bead.en[0]), bead.es[0].max(bead.en[0]));
                    high == if low < at { low } else { low + more.len() }
                };
                let paired = beads.iter().filter(|bead| !bead.es.is_empty() && !bead.en.is_empty());
                let right = paired.filter(right).count();
                assert!(
                    right + 1 >= shared.len(),
                    "all but one at the seam: {right} of {}, {at}",
                    shared.len()
                );
            }
        }
    }

    #[test]
    fn empty_sides() {
        assert!(shape(&[], &[]).is_empty());
        assert_eq!(shape(&["Uno."], &[]), [(vec![0], vec![])]);
    }

    proptest! {
        #[test]
        fn every_segment_in_exactly_one_bead(
            es in prop::collection::vec("[a-c]{0,3}( [0-3d-f]{1,6}){0,4}", 0..14),
            en in prop::collection::vec("[a-c]{0,3}( [0-3d-f]{1,6}){0,4}", 0..14),
        ) {
            let beads = align(&Side::of(es.iter().map(|s| &**s)), &Side::of(en.iter().map(|s| &**s)));
            let spanish: Vec<usize> = beads.iter().flat_map(|bead| bead.es.clone()).collect();
            prop_assert_eq!(spanish, (0..es.len()).collect::<Vec<_>>());
            let mut english: Vec<usize> = beads.iter().flat_map(|bead| bead.en.clone()).collect();
            english.sort_unstable();
            prop_assert_eq!(english, (0..en.len()).collect::<Vec<_>>());
            prop_assert!(beads.iter().all(|bead| (0.0..=1.0).contains(&bead.score)));
        }
    }
}
