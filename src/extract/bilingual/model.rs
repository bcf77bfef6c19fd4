//! Word alignment: which word of a line translates which of its counterpart.
//!
//! IBM model 2 with a prior on the diagonal and variational Bayes over the word table: C. Dyer, V. Chahuneau and
//! N. A. Smith, “A Simple, Fast, and Effective Reparameterization of IBM Model 2”, NAACL 2013 (fast_align). What the
//! two directions say of a link is multiplied (E. Matusov, R. Zens and H. Ney, “Symmetric Word Alignments for
//! Statistical Machine Translation”, COLING 2004; P. Liang, B. Taskar and D. Klein, “Alignment by Agreement”,
//! NAACL 2006).

use rustc_hash::FxHashMap;

use crate::extract::words::{Side, Word};

/// How the model is trained. The values are those of fast_align.
#[derive(Clone, Copy, Debug)]
pub(super) struct Training {
    pub(super) iterations: usize,
    /// Of the Dirichlet prior over the words that translate a word.
    pub(super) alpha: f32,
    /// The probability that a word translates none.
    pub(super) null: f32,
    /// How strongly links keep to the diagonal at first.
    pub(super) tension: f32,
}

impl Default for Training {
    fn default() -> Self {
        Training { iterations: 5, alpha: 0.01, null: 0.08, tension: 4.0 }
    }
}

/// Which language a model explains by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Spanish words are translations of English ones.
    EnToEs,
    /// English words are translations of Spanish ones.
    EsToEn,
}

/// The stems that stand in lines which translate one another: the cells of the word tables.
#[derive(Debug)]
pub(super) struct Cells {
    /// Spanish and English stem of each pair.
    pub(super) pairs: Vec<(u32, u32)>,
    /// For each line where its cells begin in `ids`.
    starts: Vec<usize>,
    /// For each line, Spanish word and English word, row by row, the number of their pair.
    ids: Vec<u32>,
}

/// More cells than this are not held: 600 MB. Lines beyond are left out.
const MOST_CELLS: usize = 150_000_000;

/// Leaves out the lines whose cells are too many, in the order of the lines.
pub(super) fn limit(es: &mut Side<'_>, en: &mut Side<'_>) {
    let mut cells = 0;
    for (spanish, english) in es.lines.iter_mut().zip(&mut en.lines) {
        cells += spanish.len() * english.len();
        if cells > MOST_CELLS {
            spanish.clear();
            english.clear();
        }
    }
}

impl Cells {
    /// Numbers the pairs stem by Spanish stem, so that those of a stem lie side by side and none is looked up by hash.
    pub(super) fn new(es: &Side<'_>, en: &Side<'_>) -> Self {
        let mut starts = Vec::with_capacity(es.lines.len() + 1);
        let mut total = 0;
        for (spanish, english) in es.lines.iter().zip(&en.lines) {
            starts.push(total);
            total += spanish.len() * english.len();
        }
        starts.push(total);
        let (mut pairs, mut ids) = (Vec::new(), vec![0; total]);
        let mut numbers = vec![NONE; en.stems.len()];
        for (stem, places) in places(es).iter().enumerate() {
            let first = pairs.len();
            for &(line, at) in places {
                let english = &en.lines[line as usize];
                let row = starts[line as usize] + at as usize * english.len();
                for (id, word) in ids[row..].iter_mut().zip(english) {
                    let number: &mut u32 = &mut numbers[word.stem as usize];
                    if *number == NONE {
                        *number = pairs.len() as u32;
                        pairs.push((stem as u32, word.stem));
                    }
                    *id = *number;
                }
            }
            pairs[first..].iter().for_each(|&(_, english)| numbers[english as usize] = NONE);
        }
        Cells { pairs, starts, ids }
    }

    fn of_line(&self, line: usize) -> &[u32] {
        &self.ids[self.starts[line]..self.starts[line + 1]]
    }
}

/// No pair has this number.
const NONE: u32 = u32::MAX;

/// For each stem of a side its lines, and where in them it stands.
fn places(side: &Side<'_>) -> Vec<Vec<(u32, u32)>> {
    let mut places = vec![Vec::new(); side.stems.len()];
    for (line, words) in side.lines.iter().enumerate() {
        for (at, word) in words.iter().enumerate() {
            places[word.stem as usize].push((line as u32, at as u32));
        }
    }
    places
}

/// A trained model of one direction.
#[derive(Debug)]
pub struct Model {
    direction: Direction,
    /// For each pair of stems the probability of the target's given the source's.
    table: Vec<f32>,
    /// For each target stem the probability that it is there without a source.
    no_source: Vec<f32>,
    tension: f32,
    null: f32,
}

/// A line pair as a model sees it.
struct View<'a> {
    source: &'a [Word],
    target: &'a [Word],
    cells: &'a [u32],
    direction: Direction,
}

impl View<'_> {
    fn cell(&self, source: usize, target: usize) -> usize {
        let at = match self.direction {
            Direction::EnToEs => target * self.source.len() + source,
            Direction::EsToEn => source * self.target.len() + target,
        };
        self.cells[at] as usize
    }
}

/// What a pass over the lines counts.
struct Counts {
    table: Vec<f32>,
    no_source: Vec<f32>,
    /// Sum of the distances from the diagonal of all links, weighted by their probabilities.
    distance: f64,
    words: f64,
}

impl Model {
    /// Trains on all lines. `prior` gives for each pair of stems the observations that it is worth from the start.
    pub(super) fn train(
        sides: (&Side<'_>, &Side<'_>),
        cells: &Cells,
        direction: Direction,
        prior: &[f32],
        training: Training,
    ) -> Model {
        let (es, en) = sides;
        let (source, target) = match direction {
            Direction::EnToEs => (en, es),
            Direction::EsToEn => (es, en),
        };
        let mut model = Model {
            direction,
            table: prior.iter().map(|p| 1.0 + p * 100.0).collect(),
            no_source: vec![1.0; target.stems.len()],
            tension: training.tension,
            null: training.null,
        };
        model.normalise(cells, source.stems.len());
        let sizes = sizes(source, target);
        for pass in 0..training.iterations {
            let counts = model.count(source, target, cells);
            if pass > 0 {
                model.tighten(&sizes, &counts);
            }
            model.update(cells, &counts, prior, source.stems.len(), training.alpha);
        }
        model
    }

    fn normalise(&mut self, cells: &Cells, sources: usize) {
        let mut totals = vec![0.0f32; sources];
        for (pair, value) in cells.pairs.iter().zip(&self.table) {
            totals[self.source_of(*pair)] += value;
        }
        for (i, pair) in cells.pairs.iter().enumerate() {
            self.table[i] /= totals[self.source_of(*pair)];
        }
        let words = self.no_source.len().max(1) as f32;
        self.no_source.iter_mut().for_each(|p| *p = 1.0 / words);
    }

    fn source_of(&self, (es, en): (u32, u32)) -> usize {
        match self.direction {
            Direction::EnToEs => en as usize,
            Direction::EsToEn => es as usize,
        }
    }

    fn view<'a>(
        &self,
        source: &'a Side<'_>,
        target: &'a Side<'_>,
        cells: &'a Cells,
        line: usize,
    ) -> View<'a> {
        View {
            source: &source.lines[line],
            target: &target.lines[line],
            cells: cells.of_line(line),
            direction: self.direction,
        }
    }

    fn count(&self, source: &Side<'_>, target: &Side<'_>, cells: &Cells) -> Counts {
        let mut counts = Counts {
            table: vec![0.0; self.table.len()],
            no_source: vec![0.0; self.no_source.len()],
            distance: 0.0,
            words: 0.0,
        };
        let mut scratch = Scratch::default();
        let decay = Decay::new(self.tension);
        for line in 0..source.lines.len() {
            let view = self.view(source, target, cells, line);
            scratch.places(view.source.len());
            for (j, word) in view.target.iter().enumerate() {
                let none = self.weigh(&view, j, &decay, &mut scratch);
                counts.no_source[word.stem as usize] += none;
                let mut far = 0.0;
                for (i, (weight, distance)) in scratch.weights.iter().zip(&scratch.distances).enumerate() {
                    if *weight >= NOTHING {
                        counts.table[view.cell(i, j)] += weight;
                        far += weight * distance;
                    }
                }
                counts.distance += f64::from(far);
                counts.words += f64::from(1.0 - none);
            }
        }
        counts
    }

    /// The probability of each source word for a target word; returns that of none.
    fn weigh(&self, view: &View<'_>, target: usize, decay: &Decay, scratch: &mut Scratch) -> f32 {
        let Scratch { places, distances, weights } = scratch;
        let place = place(target, view.target.len());
        distances.clear();
        distances.extend(places.iter().map(|other| (other - place).abs()));
        weights.clear();
        weights.extend(distances.iter().map(|&distance| decay.at(distance)));
        let norm: f32 = weights.iter().sum();
        let share = if norm > 0.0 { (1.0 - self.null) / norm } else { 0.0 };
        let mut none = self.null * self.no_source[view.target[target].stem as usize];
        let mut sum = none;
        for (i, weight) in weights.iter_mut().enumerate() {
            *weight *= share * self.table[view.cell(i, target)];
            sum += *weight;
        }
        if sum > 0.0 {
            let whole = 1.0 / sum;
            weights.iter_mut().for_each(|weight| *weight *= whole);
            none *= whole;
        }
        none
    }

    /// The variational update of the word table.
    fn update(&mut self, cells: &Cells, counts: &Counts, prior: &[f32], sources: usize, alpha: f32) {
        let mut totals = vec![0.0f64; sources];
        for (i, pair) in cells.pairs.iter().enumerate() {
            totals[self.source_of(*pair)] += f64::from(counts.table[i] + prior[i] + alpha);
        }
        let norms: Vec<f32> =
            totals.iter().map(|total| 1.0 / exp_digamma(*total as f32).max(f32::MIN_POSITIVE)).collect();
        for (i, pair) in cells.pairs.iter().enumerate() {
            let source = self.source_of(*pair);
            self.table[i] = exp_digamma(counts.table[i] + prior[i] + alpha) * norms[source];
        }
        let total: f32 = counts.no_source.iter().map(|count| count + alpha).sum();
        let norm = 1.0 / exp_digamma(total).max(f32::MIN_POSITIVE);
        for (p, count) in self.no_source.iter_mut().zip(&counts.no_source) {
            *p = exp_digamma(count + alpha) * norm;
        }
    }

    /// Fits the tension to the distances that were counted, by gradient ascent as fast_align does.
    fn tighten(&mut self, sizes: &[((usize, usize), f64)], counts: &Counts) {
        let wanted = -counts.distance / counts.words.max(1.0);
        for _ in 0..8 {
            let (mut expected, mut words) = (0.0, 0.0);
            let decay = Decay::new(self.tension);
            for &((m, n), count) in sizes {
                for j in 0..n {
                    expected += count * decay.expected(j, m, n);
                }
                words += count * n as f64;
            }
            self.tension += ((wanted + expected / f64::max(words, 1.0)) * 20.0) as f32;
            self.tension = self.tension.clamp(0.1, 14.0);
        }
    }

    /// Adds to `links` (rows Spanish, columns English) the logarithms of the probabilities of a line's links.
    pub(super) fn links(&self, es: &Side<'_>, en: &Side<'_>, cells: &Cells, line: usize, links: &mut [f32]) {
        let (source, target) = match self.direction {
            Direction::EnToEs => (en, es),
            Direction::EsToEn => (es, en),
        };
        let view = self.view(source, target, cells, line);
        let decay = Decay::new(self.tension);
        let mut scratch = Scratch::default();
        scratch.places(view.source.len());
        for j in 0..view.target.len() {
            self.weigh(&view, j, &decay, &mut scratch);
            for (i, weight) in scratch.weights.iter().enumerate() {
                let at = match self.direction {
                    Direction::EnToEs => j * view.source.len() + i,
                    Direction::EsToEn => i * view.target.len() + j,
                };
                links[at] *= weight;
            }
        }
    }

    /// The probability that the table gives to a pair of stems.
    pub(super) fn probability(&self, pair: usize) -> f32 {
        self.table[pair]
    }
}

/// How many lines have so many words on both sides.
fn sizes(source: &Side<'_>, target: &Side<'_>) -> Vec<((usize, usize), f64)> {
    let mut sizes: FxHashMap<(usize, usize), f64> = FxHashMap::default();
    for (s, t) in source.lines.iter().zip(&target.lines).filter(|(s, t)| !s.is_empty() && !t.is_empty()) {
        *sizes.entry((s.len(), t.len())).or_default() += 1.0;
    }
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_unstable_by_key(|&(size, _)| size);
    sizes
}

/// Links below this probability are not counted.
const NOTHING: f32 = 1e-7;

/// What is worked out for a target word, kept so that nothing is allocated for each.
#[derive(Default)]
struct Scratch {
    /// Where the source words stand in their line, 0 to 1.
    places: Vec<f32>,
    /// How far they are from the diagonal.
    distances: Vec<f32>,
    /// Their probabilities.
    weights: Vec<f32>,
}

impl Scratch {
    fn places(&mut self, words: usize) {
        self.places.clear();
        self.places.extend((0..words).map(|at| place(at, words)));
    }
}

/// Where a word stands in its line, 0 to 1.
fn place(at: usize, words: usize) -> f32 {
    (at as f32 + 0.5) / words as f32
}

/// How far a link is from the diagonal, 0 to 1.
fn distance(i: usize, j: usize, m: usize, n: usize) -> f32 {
    (place(i, m) - place(j, n)).abs()
}

/// exp(−tension × distance), in steps.
struct Decay {
    steps: [f32; DECAY_STEPS + 1],
}

const DECAY_STEPS: usize = 512;

impl Decay {
    fn new(tension: f32) -> Self {
        Decay { steps: std::array::from_fn(|i| (-tension * i as f32 / DECAY_STEPS as f32).exp()) }
    }

    fn at(&self, distance: f32) -> f32 {
        self.steps[((distance * DECAY_STEPS as f32) as usize).min(DECAY_STEPS)]
    }

    /// The expected distance of the links of a target word, by the prior alone.
    fn expected(&self, j: usize, m: usize, n: usize) -> f64 {
        let (mut sum, mut norm) = (0.0, 0.0);
        for i in 0..m {
            let d = distance(i, j, m, n);
            let weight = self.at(d);
            sum += weight * d;
            norm += weight;
        }
        if norm > 0.0 { f64::from(sum / norm) } else { 0.0 }
    }
}

/// exp(ψ(x)) for x > 0, ψ the digamma function: its asymptotic series, after the recurrence has made x large enough.
fn exp_digamma(x: f32) -> f32 {
    // Below, the result is 0 to all purposes (1e-9).
    if x < 0.05 {
        return 0.0;
    }
    let (mut x, mut below) = (x, 0.0);
    while x < 4.0 {
        below += 1.0 / x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    (x.ln() - 0.5 / x - y * (1.0 / 12.0 - y * (1.0 / 120.0 - y / 252.0)) - below).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_of_digamma() {
        // ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, ψ(10) = 2.2517526.
        for (x, psi) in [(1.0f32, -0.577_215_7f32), (0.5, -1.963_51), (10.0, 2.251_752_6)] {
            assert!((exp_digamma(x).ln() - psi).abs() < 1e-4, "{x}");
        }
    }
}
