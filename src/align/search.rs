//! The best chain of beads: dynamic programming over both texts within a band.
//!
//! A row holds the places after so many Spanish sentences. Most of what is asked of a place is the same for its whole
//! row but for numbers that lie side by side, so that each shape of bead is judged for a row at a time, several places
//! by one instruction. What a joined bead's words say depends on which other words are there; a row tells the most that
//! they can say, and only where that would be the best way to a place are the words themselves looked at.

use std::ops::Range;

use super::length::{self, LONGEST, Length};
use super::path::{BY_LENGTH, BY_WORDS, Block, Judge, SHAPES, Step};

/// The chain of beads with the highest score. `band` has for each Spanish sentence of the block, and for its
/// end, the English places to consider, counted from the block's start; neighbouring ranges overlap.
pub(super) fn best(judge: &mut Judge<'_>, block: &Block, band: &[Range<usize>]) -> Vec<Step> {
    let mut search = Search::new(judge, block, band);
    for i in 0..band.len() {
        search.fill_row(i);
    }
    search.trace_back()
}

/// What speaks for a place that no chain leads to.
const NO_WAY: f32 = f32::NEG_INFINITY;
/// Indices in [`SHAPES`].
const PAIR: usize = 0;
const ENGLISH_ALONE: usize = 1;
const SPANISH_ALONE: usize = 2;
const JOINED: Range<usize> = 3..SHAPES.len();

struct Search<'s, 'b> {
    judge: &'s mut Judge<'b>,
    block: &'s Block,
    band: &'s [Range<usize>],
    /// The scores of the last rows; row `i` is at `i % (LONGEST + 1)`.
    scores: [Row; LONGEST + 1],
    /// At `p - 1` what each English sentence gains with the last `p` Spanish ones.
    gains: [Row; LONGEST],
    /// For each shape the most that the places of the row can have by it.
    bounds: [Vec<f32>; SHAPES.len()],
    /// The highest of the bounds of joined beads.
    joined: Vec<f32>,
    /// For every place the index of the shape that leads to it, row by row.
    shapes: Vec<u8>,
    /// Where each row begins among the shapes.
    starts: Vec<usize>,
    marks: Vec<u32>,
}

/// Numbers for a stretch of English places or sentences.
#[derive(Clone, Default)]
struct Row {
    start: usize,
    cells: Vec<f32>,
}

impl Row {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.cells.len()
    }

    /// The cells of a range within this row.
    fn part(&self, range: &Range<usize>) -> &[f32] {
        &self.cells[range.start - self.start..range.end - self.start]
    }

    /// Adds what another row has at the same places.
    fn add(&mut self, other: &Row) {
        let shared = overlap(&self.range(), &other.range());
        if shared.is_empty() {
            return;
        }
        let start = self.start;
        for (sum, more) in
            self.cells[shared.start - start..shared.end - start].iter_mut().zip(other.part(&shared))
        {
            *sum += more;
        }
    }
}

/// What two ranges share; empty, but within the first one, where that is nothing.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = b.start.clamp(a.start, a.end);
    start..b.end.clamp(start, a.end)
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

impl<'s, 'b> Search<'s, 'b> {
    fn new(judge: &'s mut Judge<'b>, block: &'s Block, band: &'s [Range<usize>]) -> Self {
        Search {
            judge,
            block,
            band,
            scores: std::array::from_fn(|_| Row::default()),
            gains: std::array::from_fn(|_| Row::default()),
            bounds: std::array::from_fn(|_| Vec::new()),
            joined: Vec::new(),
            shapes: Vec::with_capacity(band.iter().map(ExactSizeIterator::len).sum()),
            starts: Vec::with_capacity(band.len()),
            marks: Vec::new(),
        }
    }

    fn fill_row(&mut self, i: usize) {
        self.gain(i);
        for shape in 0..SHAPES.len() {
            self.bound(i, shape);
        }
        self.join_bounds();
        self.starts.push(self.shapes.len());
        let places = self.band[i].clone();
        let mut row = std::mem::take(&mut self.scores[i % (LONGEST + 1)]);
        row.start = places.start;
        row.cells.clear();
        let alone = self.judge.priors.of_shape[ENGLISH_ALONE];
        let mut before = NO_WAY;
        for at in 0..places.len() {
            let (shape, score) =
                if (i, places.start + at) == (0, 0) { (0, 0.0) } else { self.decide(i, at, before + alone) };
            self.shapes.push(shape as u8);
            row.cells.push(score);
            before = score;
        }
        self.scores[i % (LONGEST + 1)] = row;
    }

    /// Notes what English sentences gain with the last Spanish sentences of row `i`.
    fn gain(&mut self, i: usize) {
        let Some(sentence) = i.checked_sub(1) else { return };
        let places = &self.band[i];
        let start = places.start.saturating_sub(LONGEST);
        let end = places.end.min(self.block.en.len()).max(start);
        // What was gained with so many sentences is a part of what is with one more.
        self.gains.rotate_right(1);
        for row in &mut self.gains {
            let mut cells = std::mem::take(&mut row.cells);
            let old = Row { start: row.start, cells: cells.clone() };
            cells.clear();
            cells.resize(end - start, 0.0);
            *row = Row { start, cells };
            row.add(&old);
        }
        let [single, more @ ..] = &mut self.gains;
        single.cells.fill(0.0);
        self.marks.resize(end - start, 0);
        let from = self.block.en.start + start;
        let spanish = self.block.es.start + sentence;
        self.judge.evidence.gains(spanish, from, &mut single.cells, &mut self.marks);
        more.iter_mut().for_each(|row| row.add(single));
    }

    /// Notes the most that the places of row `i` can have by a shape. For single pairs and sentences alone it is what they
    /// do have, but for English sentences alone, which the row itself leads to.
    fn bound(&mut self, i: usize, shape: usize) {
        let (p, q) = SHAPES[shape];
        let places = self.band[i].clone();
        let mut bounds = std::mem::take(&mut self.bounds[shape]);
        bounds.clear();
        bounds.resize(places.len(), NO_WAY);
        if let Some(from) = i.checked_sub(p).filter(|_| p > 0) {
            let row = &self.scores[from % (LONGEST + 1)];
            let ends = overlap(&places, &shift(&row.range(), q));
            let starts = ends.start.saturating_sub(q)..ends.end.saturating_sub(q);
            let bounds = &mut bounds[ends.start - places.start..ends.end - places.start];
            if bounds.is_empty() {
            } else if q == 0 {
                let prior = self.judge.priors.of_shape[shape];
                bounds.iter_mut().zip(row.part(&starts)).for_each(|(bound, before)| *bound = before + prior);
            } else {
                self.bound_beads(shape, from, &starts, bounds);
            }
        }
        self.bounds[shape] = bounds;
    }

    /// The most that beads of a shape can have, which begin after `from` Spanish sentences and each of a range of places.
    fn bound_beads(&self, shape: usize, from: usize, starts: &Range<usize>, bounds: &mut [f32]) {
        let (p, q) = SHAPES[shape];
        let judge = &*self.judge;
        let spanish = self.block.es.start + from;
        let english = shift(starts, self.block.en.start);
        let gains = &self.gains[p - 1];
        bounds.copy_from_slice(gains.part(starts));
        for t in 1..q {
            bounds.iter_mut().zip(gains.part(&shift(starts, t))).for_each(|(sum, more)| *sum += more);
        }
        let length = judge.es.of(spanish, p);
        let [chars, logs] = judge.en.of_all(&english, q);
        let before = self.scores[from % (LONGEST + 1)].part(starts);
        let silences = judge.evidence.silences(&english, q);
        let constant = judge.priors.of_shape[shape] + BY_WORDS * judge.evidence.silence(spanish, p);
        // Sentences whose words share nothing are not joined.
        let nothing_shared = if shape == PAIR { 0.0 } else { NO_WAY };
        let others = chars.iter().zip(logs).zip(before.iter().zip(silences));
        for (bound, ((&chars, &log), (&before, &silence))) in bounds.iter_mut().zip(others) {
            let of_lengths = length::evidence(length, Length { chars, log });
            let sum = before + constant + BY_LENGTH * of_lengths + BY_WORDS * (silence + *bound);
            *bound = if *bound == 0.0 { sum + nothing_shared } else { sum };
        }
    }

    fn join_bounds(&mut self) {
        let [_, _, _, first, others @ ..] = &self.bounds;
        self.joined.clone_from(first);
        for bounds in others {
            for (highest, &bound) in self.joined.iter_mut().zip(bounds) {
                *highest = if bound > *highest { bound } else { *highest };
            }
        }
    }

    /// The best way to a place of row `i`, given what it has with its English sentence alone.
    fn decide(&mut self, i: usize, at: usize, english_alone: f32) -> (usize, f32) {
        let mut best = (PAIR, self.bounds[PAIR][at]);
        for (shape, score) in
            [(ENGLISH_ALONE, english_alone), (SPANISH_ALONE, self.bounds[SPANISH_ALONE][at])]
        {
            if score > best.1 {
                best = (shape, score);
            }
        }
        if self.joined[at] > best.1 {
            for shape in JOINED {
                if self.bounds[shape][at] > best.1 {
                    let score = self.joined_score(i, self.band[i].start + at, shape);
                    best = if score > best.1 { (shape, score) } else { best };
                }
            }
        }
        best
    }

    /// What the way to a place by a joined bead has.
    fn joined_score(&mut self, i: usize, j: usize, shape: usize) -> f32 {
        let (p, q) = SHAPES[shape];
        let row = &self.scores[(i - p) % (LONGEST + 1)];
        let before = row.cells[j - q - row.start];
        let (es, en) = self.absolute(i - p..i, j - q..j);
        before + self.judge.priors.of_shape[shape] + self.judge.score(&es, &en)
    }

    fn absolute(&self, es: Range<usize>, en: Range<usize>) -> (Range<usize>, Range<usize>) {
        (shift(&es, self.block.es.start), shift(&en, self.block.en.start))
    }

    fn trace_back(self) -> Vec<Step> {
        let mut steps = Vec::new();
        let (mut i, mut j) = (self.band.len().saturating_sub(1), self.block.en.len());
        while (i, j) != (0, 0) {
            let (p, q) = SHAPES[self.shape_at(i, j)];
            // A band without a path cannot come from `band`; null beads would end the loop all the same.
            let (p, q) = if p > i || q > j { (i.min(1), if i > 0 { 0 } else { 1 }) } else { (p, q) };
            let (es, en) = self.absolute(i - p..i, j - q..j);
            let score = if p == 0 || q == 0 { 0.0 } else { self.judge.score(&es, &en) };
            steps.push(Step { es, en, score });
            (i, j) = (i - p, j - q);
        }
        steps.reverse();
        steps
    }

    fn shape_at(&self, i: usize, j: usize) -> usize {
        let (places, start) = (&self.band[i], self.starts[i]);
        let at = j.checked_sub(places.start).filter(|&at| at < places.len());
        at.map_or(PAIR, |at| usize::from(self.shapes[start + at]))
    }
}
