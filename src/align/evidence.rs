//! What speaks for a bead, as the logarithm of how much likelier its words are in a translation than at random.
//!
//! A word says something where the texts show what it is rendered by. Its rendering in the other group speaks for
//! the bead, the more the rarer that rendering is; a word whose sure rendering is not there speaks against it. A
//! word that nothing is known of says nothing. So what chance gives is taken into account, and a sentence that has
//! no counterpart has evidence against every bead it might be put into.

use std::ops::Range;

use super::length::{LONGEST, sums};
use super::matches::{Match, Matches, any};
use super::words::{Bitext, Sentence, Text};

/// Judges groups of sentences of one bitext. Holds scratch space, so that no judgement allocates.
pub(super) struct Evidence<'a> {
    bitext: &'a Bitext<'a>,
    es: Words,
    en: Words,
    stamps: Stamps,
}

/// What the words of one side say.
struct Words {
    /// For each stem its renderings, the most telling first.
    gains: Vec<Vec<Gain>>,
    /// For each stem what it says where none of its renderings is found.
    alone: Vec<f32>,
    /// At `n - 1` and `i` what the words of the `n` sentences from `i` on say where none finds its rendering.
    silence: [Vec<f32>; LONGEST],
    /// For each sentence how many of its words are known, as a logarithm over the usual number.
    breadth: Vec<f32>,
}

/// A rendering and what it adds when it is there.
#[derive(Clone, Copy)]
struct Gain {
    stem: u32,
    /// A logarithm, positive.
    gain: f32,
}

/// Stems of the group that is looked at.
struct Stamps {
    seen: Vec<u32>,
    /// How often those that were seen now may yet be found.
    left: Vec<u32>,
    now: u32,
}

impl Stamps {
    /// Notes a stem of the group as often as it occurs.
    fn add(&mut self, stem: u32, count: u8) {
        let stem = stem as usize;
        let before = if self.seen[stem] == self.now { self.left[stem] } else { 0 };
        self.seen[stem] = self.now;
        self.left[stem] = before + u32::from(count);
    }

    /// Takes one occurrence of a stem, if there is one left.
    fn take(&mut self, stem: u32) -> bool {
        let stem = stem as usize;
        let there = self.seen[stem] == self.now && self.left[stem] > 0;
        if there {
            self.left[stem] -= 1;
        }
        there
    }
}

/// How much a broad group's chances to have a word by chance count.
const BREADTH: f32 = 0.5;
/// Words never say more than this against a bead, each.
const LEAST: f32 = -2.3;

impl<'a> Evidence<'a> {
    pub(super) fn new(bitext: &'a Bitext<'a>, matches: &Matches) -> Self {
        let (es, en) = (&bitext.es, &bitext.en);
        Evidence {
            bitext,
            es: Words::new(es, en, &matches.es),
            en: Words::new(en, es, &matches.en),
            stamps: Stamps { seen: vec![0; bitext.stems.len()], left: vec![0; bitext.stems.len()], now: 0 },
        }
    }

    /// What the words of two groups say.
    pub(super) fn of(&mut self, es: Range<usize>, en: Range<usize>) -> f32 {
        let forth = self.es.judge(&self.bitext.es, es.clone(), &self.bitext.en, en.clone(), &mut self.stamps);
        let back = self.en.judge(&self.bitext.en, en, &self.bitext.es, es, &mut self.stamps);
        forth + back
    }

    /// What the words of `p` Spanish sentences from `i` on say where none finds its rendering.
    pub(super) fn silence(&self, i: usize, p: usize) -> f32 {
        self.es.silence[p - 1][i]
    }

    /// The same of the groups of `q` English sentences that begin in a range.
    pub(super) fn silences(&self, starts: &Range<usize>, q: usize) -> &[f32] {
        &self.en.silence[q - 1][starts.clone()]
    }

    /// Adds to `gains` what each English sentence from `from` on gains with a Spanish one.
    pub(super) fn gains(&mut self, es: usize, from: usize, gains: &mut [f32], marks: &mut [u32]) {
        let (bitext, to) = (self.bitext, from + gains.len());
        let sentence = &bitext.es.sentences[es];
        let mine = self.es.breadth[es];
        marks.fill(u32::MAX);
        for (at, &s) in sentence.stems.iter().enumerate() {
            for gain in &self.es.gains[s as usize] {
                for j in within(&bitext.en.postings[gain.stem as usize], from, to) {
                    if std::mem::replace(&mut marks[j - from], at as u32) != at as u32 {
                        gains[j - from] += (gain.gain - self.en.breadth[j]).max(0.0);
                    }
                }
            }
        }
        // Each English word once, by its best rendering here.
        self.stamps.now += 1;
        for &s in &sentence.stems {
            self.stamps.seen[s as usize] = self.stamps.now;
        }
        for &s in &sentence.stems {
            for gain in &self.es.gains[s as usize] {
                let back = &self.en.gains[gain.stem as usize];
                let best = back.iter().find(|back| self.stamps.seen[back.stem as usize] == self.stamps.now);
                let Some(best) = best.filter(|best| best.stem == s) else { continue };
                let worth = (best.gain - mine).max(0.0);
                for j in within(&bitext.en.postings[gain.stem as usize], from, to) {
                    gains[j - from] += worth;
                }
            }
        }
    }
}

fn within(postings: &[u32], from: usize, to: usize) -> impl Iterator<Item = usize> {
    let first = postings.partition_point(|&j| (j as usize) < from);
    postings[first..].iter().map(|&j| j as usize).take_while(move |&j| j < to)
}

impl Words {
    fn new(of: &Text<'_>, by: &Text<'_>, matches: &[Vec<Match>]) -> Self {
        let all = by.sentences.len().max(30) as f32 + 1.0;
        let share = |stem: u32| ((by.postings[stem as usize].len() as f32 + 0.5) / all).min(0.95);
        let mut alone = vec![0.0; matches.len()];
        let mut gains = Vec::with_capacity(matches.len());
        for (stem, list) in matches.iter().enumerate() {
            let chance = list.iter().map(|m| share(m.stem)).sum::<f32>().min(0.95);
            let silent = if list.is_empty() { 0.0 } else { ((1.0 - any(list)) / (1.0 - chance)).ln() };
            let silent = silent.clamp(LEAST, 0.0);
            alone[stem] = silent;
            let gain = |m: &Match| Gain { stem: m.stem, gain: (m.weight / share(m.stem)).ln() - silent };
            let mut list: Vec<Gain> = list.iter().map(gain).filter(|gain| gain.gain > 0.1).collect();
            list.sort_by(|a, b| b.gain.total_cmp(&a.gain));
            gains.push(list);
        }
        let silent = |sentence: &Sentence| sentence.stems.iter().map(|&stem| alone[stem as usize]).sum();
        let silence: Vec<f32> = of.sentences.iter().map(silent).collect();
        let silence = sums(&silence);
        let breadth = of.sentences.iter().map(|s| breadth(s.stems.len(), of.usual_stems)).collect();
        Words { gains, alone, silence, breadth }
    }

    /// What the words of a group say, given the group of the other side.
    fn judge(
        &self,
        of: &Text<'_>,
        range: Range<usize>,
        by: &Text<'_>,
        others: Range<usize>,
        stamps: &mut Stamps,
    ) -> f32 {
        stamps.now += 1;
        let mut stems = 0;
        for sentence in &by.sentences[others] {
            stems += sentence.stems.len();
            for (&stem, &count) in sentence.stems.iter().zip(&sentence.counts) {
                stamps.add(stem, count);
            }
        }
        let breadth = breadth(stems, by.usual_stems);
        let mut sum = self.silence[range.len() - 1][range.start];
        for &stem in of.sentences[range].iter().flat_map(|sentence| &sentence.stems) {
            let list = &self.gains[stem as usize];
            match list.iter().find(|gain| stamps.take(gain.stem)) {
                Some(gain) => sum += (gain.gain - breadth).max(0.0),
                // Said already: once more says nothing.
                None if list.iter().any(|gain| stamps.seen[gain.stem as usize] == stamps.now) => {
                    sum -= self.alone[stem as usize];
                }
                None => {}
            }
        }
        sum
    }
}

/// The more words a group has, the likelier it has any of them by chance.
fn breadth(stems: usize, usual: f32) -> f32 {
    BREADTH * (stems.max(1) as f32 / usual).ln().max(-1.0)
}
