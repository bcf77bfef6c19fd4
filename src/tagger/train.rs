//! Making the tagger's tables from tagged sentences; `examples/train-tagger.rs` runs it.
//!
//! The weights maximise the likelihood of the sentences' classes, by stochastic gradient with a step of its own for
//! each weight (AdaGrad: Duchi, Hazan and Singer 2011) and a pull towards zero. The features that matter most are
//! then kept and trained again alone, and rounded to bytes. The same sentences give the same bytes.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::class::{Class, Classes};
use super::dictionary::{Dictionary, Entry};
use super::features::{self, View, around, features, part};
use super::model::{Lattice, MARK, Pairs, STATES, Scores};
use super::table::Table;
use super::{HEADER, MAGIC};

/// A tagged sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The tokens; punctuation has no class.
    pub tokens: Vec<(String, Option<Class>)>,
    /// How much it counts; a sentence tagged by hand 1.
    pub weight: f32,
}

impl Sentence {
    /// Reads a line of tagged text: tokens parted by spaces, `_` and a letter after each word.
    pub fn parse(line: &str) -> Sentence {
        let token = |token: &str| match token.rsplit_once('_') {
            Some((word, letter)) if !word.is_empty() => {
                (word.to_owned(), letter.chars().next().and_then(Class::from_letter))
            }
            _ => (token.to_owned(), None),
        };
        Sentence { tokens: line.split_whitespace().map(token).collect(), weight: 1.0 }
    }

    /// The tokens as the tagger takes them.
    pub fn words(&self) -> Vec<(&str, bool)> {
        self.tokens.iter().map(|(word, class)| (word.as_str(), class.is_some())).collect()
    }
}

/// How training runs.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Times over all sentences.
    pub epochs: usize,
    /// The step of the gradient.
    pub rate: f32,
    /// The pull towards zero.
    pub decay: f32,
    /// Features seen less often are left out.
    pub least: u32,
    /// How many features are kept.
    pub most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { epochs: 12, rate: 0.1, decay: 0.002, least: 2, most: 6_500 }
    }
}

/// The table of a dictionary: words with the classes of which they can be, and the main ones among them.
pub fn dictionary(entries: &[(String, Entry)]) -> Vec<u8> {
    let normal = |(word, entry): &(String, Entry)| (features::normal(word), *entry);
    Dictionary::build(entries.iter().map(normal).collect())
}

/// The classes of a letter list such as `NV`.
pub fn classes(letters: &str) -> Classes {
    letters
        .chars()
        .filter_map(Class::from_letter)
        .fold(Classes::NONE, |all, class| all | Classes::of(&[class]))
}

/// Trains on sentences with a dictionary made by [`dictionary`], and gives the bytes of a tagger.
pub fn train(dictionary: &[u8], sentences: &[Sentence], settings: &Settings) -> Vec<u8> {
    let table = Dictionary::new(dictionary);
    let mut index = Index::new(&table, sentences, settings.least);
    let mut weights = Weights::new(index.keys.len());
    let examples = index.examples(&table, sentences);
    weights.fit(&examples, settings);
    index.keep(&weights.best(&index.counts, settings.most));
    let mut weights = Weights::new(index.keys.len());
    weights.fit(&index.examples(&table, sentences), settings);
    pack(dictionary, &index.keys, &weights)
}

/// The features in use, numbered.
struct Index {
    numbers: FxHashMap<u64, u32>,
    keys: Vec<u64>,
    counts: Vec<u32>,
}

impl Index {
    fn new(dictionary: &Dictionary<'_>, sentences: &[Sentence], least: u32) -> Index {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut order = Vec::new();
        for sentence in sentences {
            let views = features::sentence(dictionary, &sentence.words());
            for at in (0..views.len()).filter(|&at| views[at].is_word) {
                features::<{ part::ALL }>(around(&views, at), |feature| {
                    let count = counts.entry(feature).or_insert_with(|| {
                        order.push(feature);
                        0
                    });
                    *count += 1;
                });
            }
        }
        order.retain(|feature| counts[feature] >= least);
        let counts = order.iter().map(|feature| counts[feature]).collect();
        Index::of(order, counts)
    }

    fn of(keys: Vec<u64>, counts: Vec<u32>) -> Index {
        let numbers = keys.iter().enumerate().map(|(number, &key)| (key, number as u32)).collect();
        Index { numbers, keys, counts }
    }

    fn keep(&mut self, best: &[usize]) {
        *self = Index::of(
            best.iter().map(|&number| self.keys[number]).collect(),
            best.iter().map(|&number| self.counts[number]).collect(),
        );
    }

    fn examples(&self, dictionary: &Dictionary<'_>, sentences: &[Sentence]) -> Vec<Example> {
        let numbers = |views: &[View], at: usize| {
            let mut numbers = Vec::new();
            features::<{ part::ALL }>(around(views, at), |feature| {
                numbers.extend(self.numbers.get(&feature));
            });
            numbers
        };
        let example = |sentence: &Sentence| {
            let views = features::sentence(dictionary, &sentence.words());
            let features = (0..views.len())
                .map(|at| if views[at].is_word { numbers(&views, at) } else { Vec::new() })
                .collect();
            let states = sentence.tokens.iter().map(|(_, class)| class.map_or(MARK, |class| class as usize));
            Example { views, features, states: states.collect(), weight: sentence.weight }
        };
        sentences.iter().map(example).collect()
    }
}

/// A sentence ready for the gradient.
struct Example {
    views: Vec<View>,
    features: Vec<Vec<u32>>,
    states: Vec<usize>,
    weight: f32,
}

/// Weights with the sums of squared gradients that set their steps.
struct Weights {
    values: Vec<Scores>,
    squares: Vec<Scores>,
    pairs: Pairs,
    pair_squares: Pairs,
}

impl Weights {
    fn new(features: usize) -> Weights {
        let none = [0.0; STATES];
        Weights {
            values: vec![none; features],
            squares: vec![none; features],
            pairs: [none; STATES],
            pair_squares: [none; STATES],
        }
    }

    fn fit(&mut self, examples: &[Example], settings: &Settings) {
        for epoch in 0..settings.epochs {
            for at in order(examples.len(), epoch) {
                self.learn(&examples[at], settings);
            }
        }
    }

    fn learn(&mut self, example: &Example, settings: &Settings) {
        if example.states.is_empty() {
            return;
        }
        let emissions = sums(&example.views, &example.features, &self.values);
        let lattice = Lattice::new(&emissions, &self.pairs);
        let mut left = MARK;
        for (at, &state) in example.states.iter().enumerate() {
            let mut chances = lattice.at(at);
            chances[state] -= 1.0;
            for &feature in &example.features[at] {
                let feature = feature as usize;
                descend(
                    &mut self.values[feature],
                    &mut self.squares[feature],
                    &chances,
                    example.weight,
                    settings,
                );
            }
            let mut pairs = lattice.pair_at(at);
            pairs[left][state] -= 1.0;
            for (from, chances) in pairs.iter().enumerate() {
                descend(
                    &mut self.pairs[from],
                    &mut self.pair_squares[from],
                    chances,
                    example.weight,
                    settings,
                );
            }
            left = state;
        }
    }

    /// The features with the largest weights, in the order of their numbers.
    fn best(&self, counts: &[u32], most: usize) -> Vec<usize> {
        let spread = |weights: &Scores| {
            let row = &weights[..MARK];
            let mean = row.iter().sum::<f32>() / row.len() as f32;
            row.iter().map(|weight| (weight - mean).powi(2)).sum::<f32>()
        };
        let mut ranked: Vec<(f32, usize)> = self
            .values
            .iter()
            .enumerate()
            .map(|(number, weights)| (spread(weights) * counts[number] as f32, number))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: Vec<usize> = ranked.into_iter().take(most).map(|(_, number)| number).collect();
        best.sort_unstable();
        best
    }
}

fn sums(views: &[View], numbers: &[Vec<u32>], values: &[Scores]) -> Vec<Scores> {
    views
        .iter()
        .zip(numbers)
        .map(|(view, numbers)| {
            let mut scores = [0.0; STATES];
            if !view.is_word {
                scores = [f32::NEG_INFINITY; STATES];
                scores[MARK] = 0.0;
                return scores;
            }
            for &number in numbers {
                for (score, value) in scores.iter_mut().zip(values[number as usize]) {
                    *score += value;
                }
            }
            scores[MARK] = f32::NEG_INFINITY;
            scores
        })
        .collect()
}

fn descend(weights: &mut Scores, squares: &mut Scores, gradient: &Scores, scale: f32, settings: &Settings) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(gradient) {
        let slope = slope * scale + settings.decay * *weight * scale;
        *square += slope * slope;
        *weight -= settings.rate * slope / (square.sqrt() + 1e-6);
    }
}

/// A shuffled order that depends on the epoch only.
fn order(length: usize, epoch: usize) -> Vec<usize> {
    let key =
        |at: usize| (at as u64 ^ (epoch as u64) << 40).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(31);
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by_key(|&at| (key(at).wrapping_mul(0x9E37_79B9_7F4A_7C15), at));
    order
}

/// The bytes of a tagger: header, pairs, dictionary, features.
fn pack(dictionary: &[u8], keys: &[u64], weights: &Weights) -> Vec<u8> {
    let rows = weights.values.iter().chain(&weights.pairs);
    let most = rows.flat_map(|row| &row[..MARK]).fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let unit = most.max(f32::MIN_POSITIVE) / 127.0;
    let byte = |weight: f32| (weight / unit).round().clamp(-127.0, 127.0) as i8 as u8;
    let row = |row: &Scores| -> [u8; Class::ALL.len()] { std::array::from_fn(|class| byte(row[class])) };
    let mut out = Vec::with_capacity(HEADER);
    out.extend(MAGIC);
    out.extend((dictionary.len() as u32).to_le_bytes());
    out.extend(unit.to_le_bytes());
    out.extend(weights.pairs.iter().flatten().map(|&weight| byte(weight)));
    out.extend(dictionary);
    let mut entries: Vec<(u64, [u8; Class::ALL.len()])> =
        keys.iter().zip(&weights.values).map(|(&key, values)| (key, row(values))).collect();
    entries.retain(|(_, row)| row.iter().any(|&byte| byte != 0));
    // The heaviest first: of keys that the table cannot tell apart the first stays.
    let weight =
        |row: &[u8; Class::ALL.len()]| row.iter().map(|&byte| i32::from(byte as i8).pow(2)).sum::<i32>();
    entries.sort_by_key(|(key, row)| (Reverse(weight(row)), *key));
    out.extend(Table::build(&entries));
    out
}
