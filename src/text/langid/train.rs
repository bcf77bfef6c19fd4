//! Training of the table: logistic regression over pieces of text and over listed words.
//!
//! Naive Bayes over the vocabulary gives the weights a start; then stochastic gradient descent on pieces of one to
//! eight words, as short as those that are hard to tell, corrects what it counts twice. Three tenths of the steps take
//! a single word of the vocabulary instead, each as likely as any other, so that words rare in the texts (and those of
//! lists, which are in no text) have their say. Same input, same table, bit for bit.

use std::collections::BTreeMap;

use super::features::{self, BITS, Rolling, VOCABULARY_BITS};
use super::{ACRONYM, CAPITALISED, COMMON, MOST_OF_A_WORD, SCALE};
use crate::lang::Lang;

/// A word's frequency counts as frequency to this power in the start.
const POWER: f32 = 0.35;
/// The share of the naive Bayes weights that the regression starts from: overlapping n-grams count several times.
const START: f32 = 0.2;
/// The first step of the gradient; the last is a tenth of it.
const RATE: f32 = 0.05;
/// The steps.
const STEPS: usize = 1_200_000;
/// How many in ten take a word of the vocabulary.
const SINGLE_WORDS: usize = 3;
/// Lengths of the pieces, in words.
const LENGTHS: [usize; 8] = [1, 1, 2, 2, 3, 4, 5, 8];
/// A listed word counts like one seen so often.
const LISTED: f32 = 3.0;
/// Words that are so many times more frequent in one language belong to its vocabulary.
const AT_HOME: f32 = 4.0;
/// Lines that translate one another lose the words of more letters than this that both have (names, identifiers).
const LONGEST_KEPT: usize = 3;

/// What a table is trained on; both arrays are Spanish, English.
#[derive(Clone, Debug, Default)]
pub struct Material {
    lines: [Vec<Vec<Word>>; 2],
    listed: [Vec<String>; 2],
}

/// A word of the text in lower case, with what it counts, of 1.
#[derive(Clone, Debug)]
struct Word {
    lower: String,
    share: f32,
}

impl Material {
    /// Adds lines of text in a language, `times` over.
    pub fn add_text(&mut self, lang: Lang, text: &str, times: usize) {
        let lines: Vec<_> = text.lines().map(words).filter(|line| !line.is_empty()).collect();
        for _ in 0..times {
            self.lines[side(lang)].extend_from_slice(&lines);
        }
    }

    /// Adds lines that translate one another, without the longer words that both have.
    pub fn add_pairs(&mut self, es: &str, en: &str) {
        for (es, en) in es.lines().zip(en.lines()) {
            let (es, en) = (words(es), words(en));
            self.lines[0].push(without(&es, &en));
            self.lines[1].push(without(&en, &es));
        }
        self.lines.iter_mut().for_each(|lines| lines.retain(|line| !line.is_empty()));
    }

    /// Adds listed words of a language.
    pub fn add_words(&mut self, lang: Lang, words: impl IntoIterator<Item = String>) {
        self.listed[side(lang)].extend(words.into_iter().map(|word| word.to_lowercase()));
    }

    /// Trains the table: a signed byte a slot.
    pub fn train(&self) -> Vec<u8> {
        let counts = [0, 1].map(|side| self.counts(side));
        let mut model = Model { weights: start(&counts), slots: BTreeMap::new() };
        self.descend(&mut model, &vocabulary(&counts));
        let rounded = |weight: &f32| (weight * SCALE as f32).round().clamp(-127.0, 127.0) as i8 as u8;
        model.weights.iter().map(rounded).collect()
    }

    /// The vocabulary: which words, and which four letters of words, each language has; two bits a slot.
    pub fn vocabulary(&self) -> Vec<u8> {
        let mut known = vec![0; 1 << (VOCABULARY_BITS - 2)];
        for side in [0, 1] {
            for word in self.counts(side).into_keys() {
                let slots =
                    features::letters(word.chars()).chain([features::known_word(features::hash(word))]);
                slots.for_each(|slot| known[slot / 4] |= 1 << (slot % 4 * 2 + side));
            }
        }
        known
    }

    fn counts(&self, side: usize) -> BTreeMap<&str, f32> {
        let mut counts = BTreeMap::new();
        for word in self.lines[side].iter().flatten() {
            *counts.entry(word.lower.as_str()).or_default() += 1.0;
        }
        for word in &self.listed[side] {
            *counts.entry(word.as_str()).or_default() += LISTED;
        }
        counts
    }

    fn descend(&self, model: &mut Model, vocabulary: &[Vec<Word>; 2]) {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        for step in 0..STEPS {
            let rate = RATE * (1.0 - 0.9 * step as f32 / STEPS as f32);
            let side = random.below(2);
            let target = 1.0 - side as f32;
            let single = random.below(10) < SINGLE_WORDS;
            let lines = &self.lines[side];
            let piece = if single || lines.is_empty() {
                let at = random.below(vocabulary[side].len());
                &vocabulary[side][at..=at]
            } else {
                let line = &lines[random.below(lines.len())];
                let (length, from) = (LENGTHS[random.below(LENGTHS.len())], random.below(line.len()));
                &line[from..line.len().min(from + length)]
            };
            model.step(piece, target, rate);
        }
    }
}

fn side(lang: Lang) -> usize {
    match lang {
        Lang::Es => 0,
        Lang::En => 1,
    }
}

/// The words of a line, weighed as when a text is judged.
fn words(line: &str) -> Vec<Word> {
    let runs = line.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty());
    runs.map(|run| Word { lower: run.to_lowercase(), share: share(run) }).collect()
}

fn share(word: &str) -> f32 {
    let (letters, upper) = (word.chars().count(), word.chars().filter(|c| c.is_uppercase()).count());
    let part = match word.starts_with(char::is_uppercase) {
        _ if upper == letters && letters > 1 => ACRONYM,
        true => CAPITALISED,
        false => COMMON,
    };
    part as f32 / COMMON as f32
}

fn without(line: &[Word], other: &[Word]) -> Vec<Word> {
    let is_own = |word: &&Word| {
        word.lower.chars().count() <= LONGEST_KEPT || !other.iter().any(|other| other.lower == word.lower)
    };
    line.iter().filter(is_own).cloned().collect()
}

/// The slots of a lower-case word's features.
fn slots(word: &str) -> Vec<usize> {
    let mut rolling = Rolling::START;
    let codes = word.chars().map(features::code).chain([0]);
    let mut slots: Vec<usize> = codes.flat_map(|code| rolling.roll(code)).collect();
    slots.push(rolling.whole());
    slots
}

/// Naive Bayes with add-one smoothing, a part of it.
fn start(counts: &[BTreeMap<&str, f32>; 2]) -> Vec<f32> {
    const UNSEEN: f32 = 16384.0;
    let sums = counts.each_ref().map(|counts| {
        let mut sums = vec![0.0_f32; 1 << BITS];
        for (word, count) in counts {
            slots(word).into_iter().for_each(|slot| sums[slot] += count.powf(POWER));
        }
        sums
    });
    let totals = sums.each_ref().map(|sums| sums.iter().sum::<f32>() + UNSEEN);
    let weight = |(es, en): (&f32, &f32)| match (*es, *en) {
        (0.0, 0.0) => 0.0,
        (es, en) => START * (((es + 1.0) / totals[0]) / ((en + 1.0) / totals[1])).ln(),
    };
    sums[0].iter().zip(&sums[1]).map(weight).collect()
}

/// The words that belong to one language.
fn vocabulary(counts: &[BTreeMap<&str, f32>; 2]) -> [Vec<Word>; 2] {
    [0, 1].map(|side| {
        let is_at_home = |(word, count): &(&&str, &f32)| {
            **count >= 2.0 && counts[1 - side].get(*word).copied().unwrap_or(0.0) * AT_HOME < **count
        };
        let words = counts[side].iter().filter(is_at_home);
        words.map(|(word, _)| Word { lower: (*word).to_owned(), share: 1.0 }).collect()
    })
}

struct Model {
    weights: Vec<f32>,
    /// The slots of words seen.
    slots: BTreeMap<String, Vec<usize>>,
}

impl Model {
    /// One step of the gradient towards the target: 1 for Spanish.
    fn step(&mut self, piece: &[Word], target: f32, rate: f32) {
        const MOST: f32 = MOST_OF_A_WORD as f32;
        let scores: Vec<f32> = piece.iter().map(|word| self.score(&word.lower)).collect();
        let shares = || piece.iter().map(|word| word.share);
        let odds: f32 =
            scores.iter().zip(shares()).map(|(score, share)| share * score.clamp(-MOST, MOST)).sum();
        let error = target - 1.0 / (1.0 + (-odds).exp());
        if error.abs() < 0.01 {
            return;
        }
        for (word, score) in piece.iter().zip(scores) {
            // A word that says all it may is left alone.
            if score.abs() > MOST && (score > 0.0) == (error > 0.0) {
                continue;
            }
            for &slot in &self.slots[&word.lower] {
                self.weights[slot] += rate * error * word.share;
            }
        }
    }

    fn score(&mut self, word: &str) -> f32 {
        if !self.slots.contains_key(word) {
            self.slots.insert(word.to_owned(), slots(word));
        }
        self.slots[word].iter().map(|&slot| self.weights[slot]).sum()
    }
}

/// Xorshift (Marsaglia 2003), so that the table does not hang on a library's generator.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slots_of_training_are_those_of_judging() {
        let mut word = super::super::Word::START;
        "señal".chars().for_each(|c| word.push(features::code(c), false));
        let wanted: i32 = slots("señal").into_iter().map(super::super::weight).sum();
        assert_eq!(word.finish(), wanted);
    }

    #[test]
    fn words_of_both_sides_are_left_out_of_pairs() {
        let mut material = Material::default();
        material.add_pairs("El módulo asyncio no es", "The asyncio module is no");
        let lower =
            |side: usize| -> Vec<&str> { material.lines[side][0].iter().map(|w| w.lower.as_str()).collect() };
        assert_eq!(lower(0), ["el", "módulo", "no", "es"]);
        assert_eq!(lower(1), ["the", "module", "is", "no"]);
    }
}
