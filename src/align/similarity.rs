//! What two groups of sentences share.

use std::ops::Range;

use super::length;
use super::matches::{Match, Matches};
use super::words::{Bitext, Text};

/// Judges beads of one bitext. Holds scratch space, so that no judgement allocates.
pub(super) struct Similarity<'a> {
    bitext: &'a Bitext,
    matches: &'a Matches,
    /// The usual length of English over Spanish.
    ratio: f32,
    /// For each stem the last judgement in which it stood on the covering side.
    stamps: Vec<u32>,
    now: u32,
}

/// Weight added to each side, so that short sentences are not similar by one chance word.
const SMOOTHING: f32 = 3.0;
/// A pair of sentences that covers less of the Spanish one is not looked at closely.
const GLANCE: f32 = 0.06;
/// Stems of less weight are too common to look for at a glance.
const GLANCE_WEIGHT: f32 = 1.2;

impl<'a> Similarity<'a> {
    pub(super) fn new(bitext: &'a Bitext, matches: &'a Matches) -> Self {
        let chars = |text: &Text| text.sentences.iter().map(|s| s.chars).sum::<f32>().max(1.0);
        let ratio = chars(&bitext.en) / chars(&bitext.es);
        Similarity { bitext, matches, ratio, stamps: vec![0; bitext.stems.len()], now: 0 }
    }

    /// The harmonic mean of how much of each side the other covers, 0 to 1.
    pub(super) fn shared(&mut self, es: Range<usize>, en: Range<usize>) -> f32 {
        let (bitext, matches) = (self.bitext, self.matches);
        let a = self.covered(&bitext.es, es.clone(), &bitext.en, en.clone(), &matches.es);
        if a <= 0.0 {
            return 0.0;
        }
        let b = self.covered(&bitext.en, en, &bitext.es, es, &matches.en);
        if b <= 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
    }

    /// How well the lengths go together, 0 to 1.
    pub(super) fn length(&self, es: Range<usize>, en: Range<usize>) -> f32 {
        let chars = |text: &Text, range: Range<usize>| {
            text.sentences.get(range).unwrap_or_default().iter().map(|s| s.chars).sum::<f32>()
        };
        length::likelihood(chars(&self.bitext.es, es), chars(&self.bitext.en, en), self.ratio)
    }

    /// Sets the flags of the English sentences from `from` on that share something with a Spanish one.
    pub(super) fn glance(&self, es: usize, from: usize, sums: &mut [f32], flags: &mut [bool]) {
        sums.fill(0.0);
        let Some(sentence) = self.bitext.es.sentences.get(es) else { return };
        let mut total = SMOOTHING;
        for &stem in &sentence.stems {
            let weight = self.bitext.es.weight[stem as usize];
            total += weight;
            if weight < GLANCE_WEIGHT && self.bitext.es.sentences.len() > 20 {
                continue;
            }
            for m in &self.matches.es[stem as usize] {
                add(sums, &self.bitext.en.postings[m.stem as usize], from, weight * m.weight);
            }
        }
        for (flag, sum) in flags.iter_mut().zip(sums) {
            *flag = *sum > GLANCE * total;
        }
    }

    fn covered(
        &mut self,
        of: &Text,
        sentences: Range<usize>,
        by: &Text,
        others: Range<usize>,
        matches: &[Vec<Match>],
    ) -> f32 {
        self.now += 1;
        for sentence in by.sentences.get(others).unwrap_or_default() {
            for &stem in &sentence.stems {
                self.stamps[stem as usize] = self.now;
            }
        }
        let (mut sum, mut total) = (0.0, SMOOTHING);
        for &stem in of.sentences.get(sentences).unwrap_or_default().iter().flat_map(|s| &s.stems) {
            let weight = of.weight[stem as usize];
            total += weight;
            let surest = matches[stem as usize].iter().find(|m| self.stamps[m.stem as usize] == self.now);
            sum += weight * surest.map_or(0.0, |m| m.weight);
        }
        sum / total
    }
}

fn add(sums: &mut [f32], postings: &[u32], from: usize, value: f32) {
    let first = postings.partition_point(|&j| (j as usize) < from);
    for &j in &postings[first..] {
        match sums.get_mut(j as usize - from) {
            Some(sum) => *sum += value,
            None => break,
        }
    }
}
