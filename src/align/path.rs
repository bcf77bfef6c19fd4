//! The best chain of beads: dynamic programming over both texts within a band.

use std::ops::Range;

use super::evidence::Evidence;
use super::length::{LONGEST, Lengths};

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
const SHAPES: [(usize, usize); 10] =
    [(1, 1), (0, 1), (1, 0), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1)];

/// How usual beads of each shape are, as logarithms of their shares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priors {
    of_shape: [f32; SHAPES.len()],
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
const BY_WORDS: f32 = 0.3;
const BY_LENGTH: f32 = 1.3;

/// What beads of one bitext are judged by.
pub(super) struct Judge<'a> {
    pub(super) evidence: Evidence<'a>,
    pub(super) es: Lengths,
    pub(super) en: Lengths,
    pub(super) priors: Priors,
}

impl Judge<'_> {
    fn length(&self, es: &Range<usize>, en: &Range<usize>) -> f32 {
        BY_LENGTH * self.es.evidence((es.start, es.len()), &self.en, (en.start, en.len()))
    }

    /// What words and lengths say of a bead.
    pub(super) fn score(&mut self, es: Range<usize>, en: Range<usize>) -> f32 {
        let length = self.length(&es, &en);
        length + BY_WORDS * self.evidence.of(es, en)
    }
}

/// The chain of beads with the highest score. `band` has for each Spanish sentence of the block, and for its
/// end, the English places to consider, counted from the block's start; neighbouring ranges overlap.
pub(super) fn best(judge: &mut Judge<'_>, block: &Block, band: &[Range<usize>]) -> Vec<Step> {
    let mut search = Search::new(judge, block, band);
    for i in 0..band.len() {
        search.fill_row(i);
    }
    search.trace_back()
}

/// A row of values with the English place of its first one.
#[derive(Clone, Default)]
struct Row<T> {
    start: usize,
    cells: Vec<T>,
}

impl<T: Copy> Row<T> {
    fn get(&self, at: usize) -> Option<T> {
        self.cells.get(at.checked_sub(self.start)?).copied()
    }
}

struct Search<'s, 'b> {
    judge: &'s mut Judge<'b>,
    block: &'s Block,
    band: &'s [Range<usize>],
    /// The scores of the last rows; row `i` is at `i % (LONGEST + 1)`.
    scores: Vec<Row<f32>>,
    /// What each English sentence gains with the Spanish sentence before row `i`, at `i % LONGEST`.
    gains: Vec<Row<f32>>,
    /// For every place the index of the shape that leads to it.
    shapes: Vec<Row<u8>>,
    marks: Vec<u32>,
}

impl<'s, 'b> Search<'s, 'b> {
    fn new(judge: &'s mut Judge<'b>, block: &'s Block, band: &'s [Range<usize>]) -> Self {
        Search {
            judge,
            block,
            band,
            scores: vec![Row::default(); LONGEST + 1],
            gains: vec![Row::default(); LONGEST],
            shapes: Vec::with_capacity(band.len()),
            marks: Vec::new(),
        }
    }

    fn fill_row(&mut self, i: usize) {
        let places = self.band[i].clone();
        self.gain(i, &places);
        let mut shapes = Row { start: places.start, cells: Vec::with_capacity(places.len()) };
        self.scores[i % (LONGEST + 1)] = Row { start: places.start, cells: Vec::with_capacity(places.len()) };
        for j in places {
            let (shape, score) = if (i, j) == (0, 0) { (0, 0.0) } else { self.best_shape(i, j) };
            shapes.cells.push(shape);
            self.scores[i % (LONGEST + 1)].cells.push(score);
        }
        self.shapes.push(shapes);
    }

    /// Notes what English sentences gain with the last Spanish sentence of row `i`.
    fn gain(&mut self, i: usize, places: &Range<usize>) {
        let Some(sentence) = i.checked_sub(1) else { return };
        let start = places.start.saturating_sub(LONGEST);
        let end = places.end.min(self.block.en.len());
        let mut gains = std::mem::take(&mut self.gains[i % LONGEST].cells);
        gains.clear();
        gains.resize(end.saturating_sub(start), 0.0);
        self.marks.resize(gains.len(), 0);
        let from = self.block.en.start + start;
        self.judge.evidence.gains(self.block.es.start + sentence, from, &mut gains, &mut self.marks);
        self.gains[i % LONGEST] = Row { start, cells: gains };
    }

    /// The best way to place (i, j).
    fn best_shape(&mut self, i: usize, j: usize) -> (u8, f32) {
        let mut best = (0, f32::NEG_INFINITY);
        for (index, &(p, q)) in SHAPES.iter().enumerate() {
            let (Some(from_i), Some(from_j)) = (i.checked_sub(p), j.checked_sub(q)) else { continue };
            let Some(before) = self.scores[from_i % (LONGEST + 1)].get(from_j) else { continue };
            if before == f32::NEG_INFINITY {
                continue;
            }
            let before = before + self.judge.priors.of_shape[index];
            let score = before + self.worth(from_i..i, from_j..j, best.1 - before);
            if score > best.1 {
                best = (index as u8, score);
            }
        }
        best
    }

    /// What words and lengths say of a bead, or no more than `least` where it is no more than that; sentences whose words
    /// share nothing are not joined.
    fn worth(&mut self, es: Range<usize>, en: Range<usize>, least: f32) -> f32 {
        let (p, q) = (es.len(), en.len());
        if p == 0 || q == 0 {
            return 0.0;
        }
        let gains: f32 = es.clone().map(|i| self.gained(i, &en)).sum();
        if gains == 0.0 && p + q > 2 {
            return f32::NEG_INFINITY;
        }
        let (es, en) = self.absolute(es, en);
        let length = self.judge.length(&es, &en);
        let most = length + BY_WORDS * (self.judge.evidence.silence(&es, &en) + gains);
        if p + q == 2 || most <= least { most } else { length + BY_WORDS * self.judge.evidence.of(es, en) }
    }

    fn gained(&self, es: usize, en: &Range<usize>) -> f32 {
        let row = &self.gains[(es + 1) % LONGEST];
        en.clone().filter_map(|j| row.get(j)).sum()
    }

    fn absolute(&self, es: Range<usize>, en: Range<usize>) -> (Range<usize>, Range<usize>) {
        let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        (shift(es, self.block.es.start), shift(en, self.block.en.start))
    }

    fn trace_back(self) -> Vec<Step> {
        let mut steps = Vec::new();
        let (mut i, mut j) = (self.band.len().saturating_sub(1), self.block.en.len());
        while (i, j) != (0, 0) {
            let shape = self.shapes.get(i).and_then(|row| row.get(j)).unwrap_or(0);
            let (p, q) = SHAPES[usize::from(shape)];
            // A band without a path cannot come from `band`; null beads would end the loop all the same.
            let (p, q) = if p > i || q > j { (i.min(1), if i > 0 { 0 } else { 1 }) } else { (p, q) };
            let (es, en) = self.absolute(i - p..i, j - q..j);
            let score = if p == 0 || q == 0 { 0.0 } else { self.judge.score(es.clone(), en.clone()) };
            steps.push(Step { es, en, score });
            (i, j) = (i - p, j - q);
        }
        steps.reverse();
        steps
    }
}
