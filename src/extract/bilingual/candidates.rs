//! What may translate a term in a line: runs of words that its own words are linked with.

use std::ops::Range;

use crate::extract::words::Word;

/// A run of words of the other side, with how well its links and those of the term's words keep to each other.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) words: Range<usize>,
    /// 0 to 1.
    pub(super) support: f32,
    /// Whether a word at an end has no link: it may belong to the rest all the same.
    pub(super) reaches_out: bool,
}

/// Links below this probability begin or end no run.
const FAINT: f32 = 0.05;

/// Links of at least this probability are plain.
const PLAIN: f32 = 0.5;

/// A run has at most so many content words more than twice those of the term.
const LONGER: usize = 2;

/// The links of a line: rows are words of the other side, columns those of the term's.
pub(super) struct Links<'a> {
    pub(super) values: &'a [f32],
    pub(super) columns: usize,
}

impl Links<'_> {
    pub(super) fn at(&self, row: usize, column: usize) -> f32 {
        self.values[row * self.columns + column]
    }
}

/// The runs that may translate the words `term` of the other side.
pub(super) fn runs(other: &[Word], this: &[Word], term: &Range<usize>, links: &Links<'_>) -> Vec<Run> {
    let functional = this[term.clone()].iter().all(|word| word.is_function);
    let wanted: Vec<usize> = term.clone().filter(|&j| functional || !this[j].is_function).collect();
    let mass: Vec<f32> =
        (0..other.len()).map(|i| wanted.iter().map(|&j| links.at(i, j)).sum::<f32>().min(1.0)).collect();
    // A single word may be translated by a function word (nearly: casi), if the links say so plainly.
    let may_be_function = |i: usize| wanted.len() == 1 && mass[i] >= PLAIN && other[i].span.len() > 3;
    let counts = |i: usize| functional || !other[i].is_function || may_be_function(i);
    let longest = wanted.len() * 2 + LONGER;
    let mut found = Vec::new();
    for start in (0..other.len()).filter(|&i| counts(i) && mass[i] >= FAINT) {
        let (mut words, mut inside) = (0, 0.0);
        let mut best = vec![0.0f32; wanted.len()];
        for end in start..other.len() {
            if (end > start && other[end].after_break) || words >= longest {
                break;
            }
            for (best, &j) in best.iter_mut().zip(&wanted) {
                *best += links.at(end, j);
            }
            if !counts(end) {
                continue;
            }
            words += 1;
            inside += mass[end];
            if mass[end] < FAINT {
                continue;
            }
            let recall = best.iter().map(|b| b.min(1.0)).sum::<f32>() / wanted.len() as f32;
            let support = |words: usize| harmonic(recall, inside / words as f32);
            found.push(Run { words: start..end + 1, support: support(words), reaches_out: false });
            if support(words) >= CLEAR {
                // Words that always stand together may have all their links on one of them.
                let is_free = |i: &usize| mass[*i] < FAINT;
                let before = before(other, start).filter(is_free).map(|first| first..end + 1);
                let after = after(other, end).filter(is_free).map(|last| start..last + 1);
                let longer = before.into_iter().chain(after);
                found.extend(longer.map(|range| Run {
                    words: range,
                    support: support(words + 1),
                    reaches_out: true,
                }));
            }
        }
    }
    found
}

/// Runs of at least this support are tried with a neighbour.
const CLEAR: f32 = 0.3;

fn harmonic(a: f32, b: f32) -> f32 {
    2.0 * a * b / (a + b).max(f32::MIN_POSITIVE)
}

/// The content word before one, past a preposition and an article.
fn before(words: &[Word], at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..=BRIDGE {
        if words[at].after_break {
            return None;
        }
        at = at.checked_sub(1)?;
        if !words[at].is_function {
            return Some(at);
        }
    }
    None
}

/// The content word after one.
fn after(words: &[Word], at: usize) -> Option<usize> {
    let ahead =
        words.iter().enumerate().skip(at + 1).take(BRIDGE + 1).take_while(|(_, word)| !word.after_break);
    ahead.filter(|(_, word)| !word.is_function).map(|(at, _)| at).next()
}

/// Function words that may stand between neighbours.
const BRIDGE: usize = 2;
