//! Which stems translate one another, and how surely: by their form, and as learnt from a first alignment.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;
use super::path::Step;
use super::words::{Bitext, Stem, Text};
use crate::extract::WordStems;
use crate::extract::statistics::Statistics;
use crate::lang::{Lang, en, es};

/// Pairs of stems with their weights, from both sides.
pub(super) struct Matches {
    /// For each Spanish stem the English ones that render it, the surest first.
    pub(super) es: Vec<Vec<Match>>,
    /// For each English stem the Spanish ones that render it, the surest first.
    pub(super) en: Vec<Vec<Match>>,
}

/// A stem of the other side, and how likely it is that the translation of a sentence with the one has the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) stem: u32,
    pub(super) weight: f32,
}

/// Shared concepts.
const CONCEPT: f32 = 0.85;
/// Equal numbers.
const NUMBER: f32 = 0.8;
/// Equal words: names, mostly.
const EQUAL: f32 = 0.75;
/// Words with the same beginning: nación, nation.
const COGNATE: f32 = 0.6;
/// What the word table knows counts for less, since other texts have other subjects…
const KNOWN: f32 = 0.6;
/// … and only where neither way it is less likely than this.
const LEAST_KNOWN: f32 = 0.05;
/// Cognates share as many letters, and this part of the longer stem.
const COGNATE_LETTERS: usize = 4;
const COGNATE_PART: f32 = 0.7;
/// Learnt pairs have at least this Dice coefficient.
const LEAST_DICE: f32 = 0.33;
/// Added to how often a stem was seen, since few sightings say little.
const SMOOTHING: f32 = 0.5;
/// Stems in a larger part of the beads, or in more of them, teach nothing that is worth the counting.
const TOO_COMMON: f32 = 0.35;
const TOO_MANY: u32 = 700;
/// A stem has no more translations than these.
const MOST: usize = 8;
/// All translations of a stem together are no surer than this.
const SUREST: f32 = 0.92;

impl Matches {
    /// Pairs of equal or similar form, and those of the word table.
    pub(super) fn beforehand(bitext: &Bitext<'_>) -> Self {
        let mut matches =
            Matches { es: vec![Vec::new(); bitext.stems.len()], en: vec![Vec::new(); bitext.stems.len()] };
        for (id, stem) in bitext.stems.iter().enumerate() {
            let both = !bitext.es.postings[id].is_empty() && !bitext.en.postings[id].is_empty();
            if let Some(weight) = equal_weight(stem).filter(|_| both) {
                matches.raise(id as u32, id as u32, weight, weight);
            }
        }
        matches.add_cognates(bitext);
        matches.add_known(bitext);
        matches.settle();
        matches
    }

    /// Adds what other texts of the collection showed.
    pub(super) fn add(&mut self, bitext: &Bitext<'_>, lexicon: &Lexicon) {
        lexicon.each_of(bitext, |s, t, forth, back| self.raise(s, t, forth, back));
        self.settle();
    }

    /// Adds the pairs that stand together in the sure beads of an alignment.
    pub(super) fn learn(&mut self, bitext: &Bitext<'_>, steps: &[Step]) {
        let sure = steps.iter().filter(|step| step.is_sure());
        let counts = Counts::new(sure.map(|step| stems(bitext, step)).collect(), bitext.stems.len());
        counts.each_pair(|s, t, counted| {
            if let Some((forth, back)) = counted.weights() {
                self.raise(s, t, forth, back);
            }
        });
        self.settle();
    }

    fn add_cognates(&mut self, bitext: &Bitext<'_>) {
        let mut english: FxHashMap<&str, Vec<(u32, &str)>> = FxHashMap::default();
        for (id, word) in long_words(bitext).filter(|&(id, _)| !bitext.en.postings[id as usize].is_empty()) {
            english.entry(beginning(word)).or_default().push((id, word));
        }
        for (s, word) in long_words(bitext).filter(|&(id, _)| !bitext.es.postings[id as usize].is_empty()) {
            for &(t, other) in english.get(beginning(word)).into_iter().flatten() {
                if s != t && are_cognates(word, other) {
                    self.raise(s, t, COGNATE, COGNATE);
                }
            }
        }
    }

    /// Adds what the word table that the program carries knows of the words at hand.
    fn add_known(&mut self, bitext: &Bitext<'_>) {
        let mut english: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let stems = WordStems::new(Lang::En);
        for &(word, id) in &bitext.en.forms {
            let ids = english.entry(stems.of(word).0).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let table = Statistics::shipped();
        for &(word, s) in &bitext.es.forms {
            for known in table.translations(word) {
                let (forth, back) = (KNOWN * known.to_english, KNOWN * known.to_spanish);
                for &t in english.get(known.english).into_iter().flatten() {
                    if forth.min(back) > LEAST_KNOWN {
                        self.raise(s, t, forth, back);
                    }
                }
            }
        }
    }

    fn raise(&mut self, s: u32, t: u32, forth: f32, back: f32) {
        raise_in(&mut self.es[s as usize], t, forth);
        raise_in(&mut self.en[t as usize], s, back);
    }

    fn settle(&mut self) {
        self.es.iter_mut().chain(&mut self.en).for_each(keep_best);
    }
}

/// Beads as the stems of their two sides, and where each stem is.
pub(super) struct Counts {
    beads: Vec<[Vec<u32>; 2]>,
    /// For each Spanish stem that teaches something the beads that have it.
    beads_of: Vec<Vec<u32>>,
    es: Vec<u32>,
    en: Vec<u32>,
}

/// How often two stems stand in beads, alone and together.
pub(super) struct Counted {
    es: u32,
    en: u32,
    together: u32,
}

impl Counted {
    /// How surely the Spanish stem is rendered by the English one, and back; `None` where that may be chance.
    pub(super) fn weights(&self) -> Option<(f32, f32)> {
        // Less one on all sides: a bead must not be judged by what it alone shows.
        let [a, b, together] = [self.es, self.en, self.together].map(|count| count as f32 - 1.0);
        let weight = |n: f32| (together / (n + SMOOTHING)).min(0.9);
        (together >= 1.0 && 2.0 * together >= LEAST_DICE * (a + b)).then(|| (weight(a), weight(b)))
    }
}

impl Counts {
    pub(super) fn new(mut beads: Vec<[Vec<u32>; 2]>, stems: usize) -> Self {
        let most = ((beads.len() as f32 * TOO_COMMON).max(4.0) as u32).min(TOO_MANY);
        let count = |side: usize| {
            let mut counts = vec![0; stems];
            beads.iter().flat_map(|bead| &bead[side]).for_each(|&stem| counts[stem as usize] += 1);
            counts
        };
        let (es, en): (Vec<u32>, Vec<u32>) = (count(0), count(1));
        let mut beads_of = vec![Vec::new(); stems];
        for (i, [spanish, english]) in beads.iter_mut().enumerate() {
            spanish.retain(|&s| (2..=most).contains(&es[s as usize]));
            english.retain(|&t| (2..=most).contains(&en[t as usize]));
            spanish.iter().for_each(|&s| beads_of[s as usize].push(i as u32));
        }
        Counts { beads, beads_of, es, en }
    }

    /// Tells all pairs of stems that stand together, by the Spanish stem.
    pub(super) fn each_pair(&self, mut tell: impl FnMut(u32, u32, &Counted)) {
        let mut tally: Vec<u32> = vec![0; self.en.len()];
        let mut met = Vec::new();
        for (s, beads) in self.beads_of.iter().enumerate() {
            for &t in beads.iter().flat_map(|&bead| &self.beads[bead as usize][1]) {
                if tally[t as usize] == 0 {
                    met.push(t);
                }
                tally[t as usize] += 1;
            }
            for t in met.drain(..) {
                let together = std::mem::take(&mut tally[t as usize]);
                tell(s as u32, t, &Counted { es: self.es[s], en: self.en[t as usize], together });
            }
        }
    }
}

/// The stems of a bead's two sides, each once.
fn stems(bitext: &Bitext<'_>, step: &Step) -> [Vec<u32>; 2] {
    let of = |text: &Text<'_>, range: &Range<usize>| stems_of(text, &range.clone().collect::<Vec<_>>());
    [of(&bitext.es, &step.es), of(&bitext.en, &step.en)]
}

/// The stems of some sentences, each once.
pub(super) fn stems_of(text: &Text<'_>, sentences: &[usize]) -> Vec<u32> {
    let mut stems: Vec<u32> =
        sentences.iter().flat_map(|&i| text.sentences[i].stems.iter().copied()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Sorts a list, the surest first, and drops what hardly ever decides.
fn keep_best(list: &mut Vec<Match>) {
    list.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.stem.cmp(&b.stem)));
    list.truncate(MOST);
}

fn raise_in(list: &mut Vec<Match>, stem: u32, weight: f32) {
    match list.iter_mut().find(|m| m.stem == stem) {
        Some(known) => known.weight = known.weight.max(weight),
        None => list.push(Match { stem, weight }),
    }
}

/// Function words look alike by chance (no, a, he, me).
fn equal_weight(stem: &Stem) -> Option<f32> {
    match stem {
        Stem::Concept(_) => Some(CONCEPT),
        Stem::Number(_) => Some(NUMBER),
        Stem::Word(word) => {
            let function = es::stopwords::is_function_word(word) || en::stopwords::is_function_word(word);
            (!function && word.len() > 1).then_some(EQUAL)
        }
    }
}

fn long_words<'b>(bitext: &'b Bitext<'_>) -> impl Iterator<Item = (u32, &'b str)> {
    bitext.stems.iter().enumerate().filter_map(|(id, stem)| match stem {
        Stem::Word(word) if word.chars().count() >= COGNATE_LETTERS => Some((id as u32, word.as_str())),
        _ => None,
    })
}

fn beginning(word: &str) -> &str {
    word.char_indices().nth(COGNATE_LETTERS).map_or(word, |(end, _)| &word[..end])
}

fn are_cognates(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    shared >= COGNATE_LETTERS && shared as f32 >= COGNATE_PART * longer as f32
}

/// How likely it is that the translation has any of these.
pub(super) fn any(list: &[Match]) -> f32 {
    list.iter().map(|m| m.weight).sum::<f32>().min(SUREST)
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;

    #[test]
    fn what_is_known_beforehand() {
        let bitext = Bitext::new(
            &Side::of(["La migración no cesó en Sonora en 2019", "mi casa"]),
            &Side::of(["Migration in no way stopped, Sonora 2019", "houses"]),
        );
        let matches = Matches::beforehand(&bitext);
        let weight = |word: &str| {
            let same = |stem: &Stem| matches!(stem, Stem::Word(w) | Stem::Number(w) if w == word);
            let id = bitext.stems.iter().position(same)?;
            matches.es[id].first().map(|m| m.weight)
        };
        let found = ["migrac", "sonor", "2019", "la", "casa"].map(weight);
        assert_eq!(found[..4], [Some(COGNATE), Some(EQUAL), Some(NUMBER), None]);
        assert!(found[4].is_some_and(|weight| weight < COGNATE), "from the word table: {found:?}");
    }

    #[test]
    fn words_are_learnt_from_other_beads_than_the_one_judged() {
        let es = ["el perro ladra", "el perro duerme", "un perro corre", "la casa arde"];
        let en = ["the hound barks", "the hound sleeps", "a hound runs", "the house burns"];
        let bitext = Bitext::new(&Side::of(es), &Side::of(en));
        let step = |i| Step { es: i..i + 1, en: i..i + 1, score: 9.0 };
        let mut matches =
            Matches { es: vec![Vec::new(); bitext.stems.len()], en: vec![Vec::new(); bitext.stems.len()] };
        matches.learn(&bitext, &[0, 1, 2, 3].map(step));
        let id = |word: &str| {
            bitext.stems.iter().position(|stem| *stem == Stem::Word(word.into())).expect("a stem")
        };
        let learnt: Vec<u32> = matches.es[id("perr")].iter().map(|m| m.stem).collect();
        assert_eq!(learnt.first(), Some(&(id("houn") as u32)));
        assert!(matches.es[id("casa")].is_empty(), "once together is no evidence");
    }
}
