//! Beads, and what they are judged by.

use std::ops::Range;

use super::evidence::Evidence;
use super::length::{self, Lengths};

/// A bead on the path, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) es: Range<usize>,
    pub(super) en: Range<usize>,
    /// What its words and lengths say, as the logarithm of a ratio of likelihoods.
    pub(super) score: f32,
}

impl Step {
    /// Whether one side is empty.
    pub(super) fn is_null(&self) -> bool {
        self.es.is_empty() || self.en.is_empty()
    }

    /// What it says of the beads beside it.
    pub(super) fn as_neighbour(&self) -> f32 {
        if self.is_null() { -1.0 } else { self.score.min(6.0) }
    }

    /// Whether its words may be learnt from.
    pub(super) fn is_sure(&self) -> bool {
        !self.is_null() && self.score > SURE && self.es.len() + self.en.len() <= 3
    }
}

/// Beads with more to speak for them are learnt from.
const SURE: f32 = 1.5;

/// A stretch of each text.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) es: Range<usize>,
    pub(super) en: Range<usize>,
}

/// The shapes of beads: Spanish and English sentences.
pub(super) const SHAPES: [(usize, usize); 10] =
    [(1, 1), (0, 1), (1, 0), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1)];

/// How usual beads of each shape are, as logarithms of their shares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priors {
    /// In the order of [`SHAPES`].
    pub(super) of_shape: [f32; SHAPES.len()],
}

impl Default for Priors {
    fn default() -> Self {
        Priors { of_shape: USUAL.map(f32::ln) }
    }
}

/// How usual shapes are, in the order of [`SHAPES`], where nothing is known of the texts.
const USUAL: [f32; SHAPES.len()] = [0.9, 0.1, 0.1, 0.05, 0.05, 0.007, 0.007, 0.0015, 0.0015, 0.0015];
/// As many beads of usual shapes are added to those that an alignment shows.
const BEFOREHAND: f32 = 40.0;

impl Priors {
    /// The shares of the shapes as an alignment shows them.
    pub(super) fn learn(steps: &[Step]) -> Self {
        let mut counts = USUAL.map(|share| share * BEFOREHAND);
        for step in steps {
            let shape = SHAPES.iter().position(|&(p, q)| (step.es.len(), step.en.len()) == (p, q));
            counts[shape.unwrap_or(0)] += 1.0;
        }
        // Sentences without counterpart are missed as easily on one side as on the other.
        let alone = (counts[1] + counts[2]) / 2.0;
        counts[1] = alone;
        counts[2] = alone;
        let all: f32 = counts.iter().sum();
        Priors { of_shape: counts.map(|count| (count / all).ln()) }
    }
}

/// Words are not independent of one another, as the sum of what they say supposes, so they count for less; lengths
/// say the more. The two weights, the least Dice coefficient of learnt pairs and the weight of breadth were tuned on
/// aligned texts of three kinds.
pub(super) const BY_WORDS: f32 = 0.3;
pub(super) const BY_LENGTH: f32 = 1.3;

/// What beads of one bitext are judged by.
pub(super) struct Judge<'a> {
    pub(super) evidence: Evidence<'a>,
    pub(super) es: Lengths,
    pub(super) en: Lengths,
    pub(super) priors: Priors,
}

impl Judge<'_> {
    /// What words and lengths say of a bead; neither group is empty.
    pub(super) fn score(&mut self, es: &Range<usize>, en: &Range<usize>) -> f32 {
        let length = length::evidence(self.es.of(es.start, es.len()), self.en.of(en.start, en.len()));
        BY_LENGTH * length + BY_WORDS * self.evidence.of(es.clone(), en.clone())
    }
}
