//! The best chain of beads: dynamic programming over both texts within a band.

use std::ops::Range;

use super::similarity::Similarity;

/// A bead on the path, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) es: Range<usize>,
    pub(super) en: Range<usize>,
    /// What the sides share, 0 to 1.
    pub(super) similarity: f32,
    /// How well their lengths go together, 0 to 1.
    pub(super) length: f32,
}

impl Step {
    /// Whether one side is empty.
    pub(super) fn is_null(&self) -> bool {
        self.es.is_empty() || self.en.is_empty()
    }

    /// The two sentences of a 1-1 bead.
    pub(super) fn one_to_one(&self) -> Option<(usize, usize)> {
        (self.es.len() == 1 && self.en.len() == 1).then_some((self.es.start, self.en.start))
    }
}

/// A stretch of each text.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) es: Range<usize>,
    pub(super) en: Range<usize>,
}

/// The shapes of beads: how many Spanish and English sentences.
const SHAPES: [(usize, usize); 8] = [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)];
/// The most sentences of one side in a bead.
const LONGEST: usize = 3;

/// What the score of a bead is made of. These values were tuned on aligned texts of three kinds.
const BY_SIMILARITY: f32 = 0.9;
const BY_LENGTH: f32 = 0.25;
/// What a bead must bring to be worth anything.
const TOLL: f32 = 0.10;
/// What a sentence joined to another one costs, …
const JOIN: f32 = 0.07;
/// … two joined to two (which two beads could always be), …
const TWO_BY_TWO: f32 = 0.25;
/// … and what a joined sentence brings back, since it is not left alone.
const JOINED: f32 = 0.10;
/// What a sentence left without counterpart costs.
const ALONE: f32 = 0.02;

/// The chain of beads with the highest score. `band` has for each Spanish sentence of the block, and for its
/// end, the English places to consider, counted from the block's start; neighbouring ranges overlap.
pub(super) fn best(similarity: &mut Similarity<'_>, block: &Block, band: &[Range<usize>]) -> Vec<Step> {
    let mut search = Search::new(similarity, block, band);
    for i in 0..band.len() {
        search.fill_row(i);
    }
    search.trace_back()
}

/// A row of scores with the English place of its first one.
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
    similarity: &'s mut Similarity<'b>,
    block: &'s Block,
    band: &'s [Range<usize>],
    /// The scores of the last rows; row `i` is at `i % (LONGEST + 1)`.
    scores: Vec<Row<f32>>,
    /// Which English sentences share something with the Spanish sentence before row `i`, at `i % LONGEST`.
    related: Vec<Row<bool>>,
    /// For every place the index of the shape that leads to it.
    shapes: Vec<Row<u8>>,
    sums: Vec<f32>,
}

impl<'s, 'b> Search<'s, 'b> {
    fn new(similarity: &'s mut Similarity<'b>, block: &'s Block, band: &'s [Range<usize>]) -> Self {
        Search {
            similarity,
            block,
            band,
            scores: vec![Row::default(); LONGEST + 1],
            related: vec![Row::default(); LONGEST],
            shapes: Vec::with_capacity(band.len()),
            sums: Vec::new(),
        }
    }

    fn fill_row(&mut self, i: usize) {
        let places = self.band[i].clone();
        self.glance(i, &places);
        let mut shapes = Row { start: places.start, cells: Vec::with_capacity(places.len()) };
        self.scores[i % (LONGEST + 1)] = Row { start: places.start, cells: Vec::with_capacity(places.len()) };
        for j in places {
            let (shape, score) = if (i, j) == (0, 0) { (0, 0.0) } else { self.best_shape(i, j) };
            shapes.cells.push(shape);
            self.scores[i % (LONGEST + 1)].cells.push(score);
        }
        self.shapes.push(shapes);
    }

    /// Notes which English sentences may go with the last Spanish sentence of row `i`.
    fn glance(&mut self, i: usize, places: &Range<usize>) {
        let Some(sentence) = i.checked_sub(1) else { return };
        let start = places.start.saturating_sub(LONGEST);
        let mut flags = std::mem::take(&mut self.related[i % LONGEST].cells);
        flags.resize(places.end - start, false);
        self.sums.resize(flags.len(), 0.0);
        let from = self.block.en.start + start;
        self.similarity.glance(self.block.es.start + sentence, from, &mut self.sums, &mut flags);
        self.related[i % LONGEST] = Row { start, cells: flags };
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
            let Some(worth) = self.worth(from_i..i, from_j..j) else { continue };
            if before + worth > best.1 {
                best = (index as u8, before + worth);
            }
        }
        best
    }

    /// What a bead adds to the score; `None` for joins of sentences that share nothing.
    fn worth(&mut self, es: Range<usize>, en: Range<usize>) -> Option<f32> {
        let (p, q) = (es.len(), en.len());
        if p == 0 || q == 0 {
            return Some(-ALONE * (p + q) as f32);
        }
        let related = self.is_related(&es, &en);
        if !related && p + q > 2 {
            return None;
        }
        let step = self.judge(es, en, related);
        let joined = (p + q - 2 * p.min(q)) as f32;
        let pairs = p.min(q) as f32;
        let join = if (p, q) == (2, 2) { TWO_BY_TWO } else { JOIN * (p + q - 2) as f32 };
        let quality = BY_SIMILARITY * step.similarity + BY_LENGTH * step.length - TOLL - join;
        Some(2.0 * pairs * quality + JOINED * joined)
    }

    fn is_related(&self, es: &Range<usize>, en: &Range<usize>) -> bool {
        es.clone().any(|i| {
            let row = &self.related[(i + 1) % LONGEST];
            en.clone().any(|j| row.get(j) == Some(true))
        })
    }

    /// Looks at a bead of the block closely.
    fn judge(&mut self, es: Range<usize>, en: Range<usize>, related: bool) -> Step {
        let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        let (es, en) = (shift(es, self.block.es.start), shift(en, self.block.en.start));
        if es.is_empty() || en.is_empty() {
            return Step { es, en, similarity: 0.0, length: 0.0 };
        }
        let shared = if related { self.similarity.shared(es.clone(), en.clone()) } else { 0.0 };
        let length = self.similarity.length(es.clone(), en.clone());
        Step { es, en, similarity: shared, length }
    }

    fn trace_back(mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let (mut i, mut j) = (self.band.len().saturating_sub(1), self.block.en.len());
        while (i, j) != (0, 0) {
            let shape = self.shapes.get(i).and_then(|row| row.get(j)).unwrap_or(0);
            let (p, q) = SHAPES[usize::from(shape)];
            // A band without a path cannot come from `band`; null beads would end the loop all the same.
            let (p, q) = if p > i || q > j { (i.min(1), if i > 0 { 0 } else { 1 }) } else { (p, q) };
            steps.push(self.judge(i - p..i, j - q..j, true));
            (i, j) = (i - p, j - q);
        }
        steps.reverse();
        steps
    }
}
