//! Which stems translate one another, and how surely: by their form, and as learnt from a first alignment.

use rustc_hash::FxHashMap;

use super::path::Step;
use super::words::{Bitext, Stem, Text};
use crate::lang::{en, es};

/// Pairs of stems with their weights, from both sides.
pub(super) struct Matches {
    /// For each Spanish stem the English ones, the surest first.
    pub(super) es: Vec<Vec<Match>>,
    /// For each English stem the Spanish ones, the surest first.
    pub(super) en: Vec<Vec<Match>>,
}

/// A stem of the other side and how sure the pair is, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) stem: u32,
    pub(super) weight: f32,
}

/// Equal numbers and shared concepts.
const CERTAIN: f32 = 1.0;
/// Equal words: names, mostly.
const EQUAL: f32 = 0.9;
/// Words with the same beginning: nación, nation.
const COGNATE: f32 = 0.65;
/// Cognates share as many letters, and this part of the longer stem.
const COGNATE_LETTERS: usize = 4;
const COGNATE_PART: f32 = 0.7;
/// Learnt pairs have at least this Dice coefficient.
const LEAST_DICE: f32 = 0.15;
/// Stems in a larger part of the sentences teach nothing.
const TOO_COMMON: f32 = 0.5;

/// A stem has no more translations than these.
const MOST: usize = 12;

impl Matches {
    /// Pairs of equal or similar form.
    pub(super) fn by_form(bitext: &Bitext) -> Self {
        let mut matches =
            Matches { es: vec![Vec::new(); bitext.stems.len()], en: vec![Vec::new(); bitext.stems.len()] };
        for (id, stem) in bitext.stems.iter().enumerate() {
            let both = !bitext.es.postings[id].is_empty() && !bitext.en.postings[id].is_empty();
            if let Some(weight) = equal_weight(stem).filter(|_| both) {
                matches.raise(id as u32, id as u32, weight);
            }
        }
        matches.add_cognates(bitext);
        matches.es.iter_mut().chain(&mut matches.en).for_each(keep_best);
        matches
    }

    /// Adds the pairs that stand together in the 1-1 beads of an alignment.
    pub(super) fn learn(&mut self, bitext: &Bitext, steps: &[Step]) {
        let frequency = |postings: &[Vec<u32>], id: u32| postings[id as usize].len() as f32;
        for ((s, t), count) in counted_together(bitext, steps) {
            // Less one on all sides, since a pair seen once together may be chance.
            let both = frequency(&bitext.es.postings, s) + frequency(&bitext.en.postings, t) - 2.0;
            let dice = 2.0 * (count as f32 - 1.0) / both.max(1.0);
            if count >= 2 && dice >= LEAST_DICE {
                self.raise(s, t, dice.sqrt().min(EQUAL));
            }
        }
        self.es.iter_mut().chain(&mut self.en).for_each(keep_best);
    }

    fn add_cognates(&mut self, bitext: &Bitext) {
        let mut english: FxHashMap<&str, Vec<(u32, &str)>> = FxHashMap::default();
        for (id, word) in long_words(bitext).filter(|&(id, _)| !bitext.en.postings[id as usize].is_empty()) {
            english.entry(beginning(word)).or_default().push((id, word));
        }
        for (s, word) in long_words(bitext).filter(|&(id, _)| !bitext.es.postings[id as usize].is_empty()) {
            for &(t, other) in english.get(beginning(word)).into_iter().flatten() {
                if s != t && are_cognates(word, other) {
                    self.raise(s, t, COGNATE);
                }
            }
        }
    }

    fn raise(&mut self, s: u32, t: u32, weight: f32) {
        raise_in(&mut self.es[s as usize], t, weight);
        raise_in(&mut self.en[t as usize], s, weight);
    }
}

/// How often a Spanish and an English stem stand in one 1-1 bead.
fn counted_together(bitext: &Bitext, steps: &[Step]) -> FxHashMap<(u32, u32), u32> {
    let pairs: Vec<(usize, usize)> = steps.iter().filter_map(Step::one_to_one).collect();
    let most = (pairs.len() as f32 * TOO_COMMON).max(4.0) as usize;
    let teaching = |text: &Text, sentence: usize| -> Vec<u32> {
        let teaches = |&stem: &u32| (2..=most).contains(&text.postings[stem as usize].len());
        text.sentences[sentence].stems.iter().copied().filter(teaches).collect()
    };
    let mut together = FxHashMap::default();
    for (i, j) in pairs {
        let english = teaching(&bitext.en, j);
        for s in teaching(&bitext.es, i) {
            for &t in &english {
                *together.entry((s, t)).or_default() += 1;
            }
        }
    }
    together
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
        Stem::Number(_) | Stem::Concept(_) => Some(CERTAIN),
        Stem::Word(word) => {
            let function = es::stopwords::is_function_word(word) || en::stopwords::is_function_word(word);
            (!function && word.len() > 1).then_some(EQUAL)
        }
    }
}

fn long_words(bitext: &Bitext) -> impl Iterator<Item = (u32, &str)> {
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

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;

    #[test]
    fn forms_that_match() {
        let bitext = Bitext::new(
            &Side::of(["La migración no cesó en Sonora en 2019"]),
            &Side::of(["Migration in no way stopped, Sonora 2019"]),
        );
        let matches = Matches::by_form(&bitext);
        let mut found: Vec<(String, f32)> = matches
            .es
            .iter()
            .enumerate()
            .filter_map(|(id, list)| list.first().map(|m| (format!("{:?}", bitext.stems[id]), m.weight)))
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let wanted =
            [("Number(\"2019\")", CERTAIN), ("Word(\"migrac\")", COGNATE), ("Word(\"sonor\")", EQUAL)];
        assert_eq!(found, wanted.map(|(stem, weight)| (stem.to_string(), weight)));
    }
}
