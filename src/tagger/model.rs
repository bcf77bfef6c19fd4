//! The model: weights of features and of neighbouring classes, and what they make of a sentence.
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): the probability of a sequence of
//! classes is proportional to the product of what speaks for each class at its word and for each pair of
//! neighbours. Forward and backward sums give every word its probabilities; they are the tagger's answer, since a
//! veto needs to know how sure it is.

use super::Ends;
use super::class::Class;

/// Classes, and one for punctuation.
pub(super) const STATES: usize = Class::ALL.len() + 1;
/// The state of punctuation and of the sentence's ends.
pub(super) const MARK: usize = Class::ALL.len();

/// Log-weights for each state.
pub(super) type Scores = [f32; STATES];
/// Log-weights for each pair of neighbouring states, the left one first.
pub(super) type Pairs = [Scores; STATES];

/// Forward and backward sums of a sentence, each row scaled to a sum of one.
pub(super) struct Lattice {
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    local: Vec<Scores>,
    pairs: Pairs,
}

impl Lattice {
    /// Runs over a sentence.
    pub(super) fn new(emissions: &[Scores], pairs: &Pairs) -> Lattice {
        Lattice::over(emissions, pairs.map(|row| row.map(f32::exp)), Ends::WHOLE)
    }

    /// The same with the pairs' weights and not their logarithms, and perhaps over some words of a sentence only.
    pub(super) fn over(emissions: &[Scores], pairs: Pairs, ends: Ends) -> Lattice {
        let local: Vec<Scores> = emissions.iter().map(relative).collect();
        let mut forward = Vec::with_capacity(local.len());
        let mut left = if ends.begins { edge() } else { ANYTHING };
        for row in &local {
            left = scaled(product(&step(&left, &pairs), row));
            forward.push(left);
        }
        let mut backward = vec![edge(); local.len()];
        let mut right = if ends.ends { edge() } else { ANYTHING };
        for (row, slot) in local.iter().zip(&mut backward).rev() {
            *slot = step_back(&right, &pairs);
            right = scaled(product(slot, row));
        }
        Lattice { forward, backward, local, pairs }
    }

    /// The probability of each state at a token.
    pub(super) fn at(&self, at: usize) -> Scores {
        scaled(product(&self.forward[at], &self.backward[at]))
    }

    /// The probability of each pair of states at a token and the one before it (the sentence's edge at 0).
    pub(super) fn pair_at(&self, at: usize) -> Pairs {
        let left = if at == 0 { edge() } else { self.forward[at - 1] };
        let right = product(&self.local[at], &self.backward[at]);
        let mut pairs = self.pairs;
        let mut sum = 0.0;
        for (row, from) in pairs.iter_mut().zip(left) {
            for (value, to) in row.iter_mut().zip(right) {
                *value *= from * to;
                sum += *value;
            }
        }
        pairs.map(|row| row.map(|value| value / sum))
    }
}

/// What stands beside words from the middle of a sentence is not known.
const ANYTHING: Scores = [1.0; STATES];

/// Beside a sentence stands punctuation.
fn edge() -> Scores {
    let mut scores = [0.0; STATES];
    scores[MARK] = 1.0;
    scores
}

/// The weights of which these are the logarithms, the greatest being one.
fn relative(row: &Scores) -> Scores {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut row = *row;
    row.iter_mut().for_each(|value| *value = (*value - most).exp());
    row
}

fn product(a: &Scores, b: &Scores) -> Scores {
    std::array::from_fn(|i| a[i] * b[i])
}

fn scaled(mut row: Scores) -> Scores {
    let sum = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    row.iter_mut().for_each(|value| *value /= sum);
    row
}

fn step(left: &Scores, pairs: &Pairs) -> Scores {
    std::array::from_fn(|to| (0..STATES).map(|from| left[from] * pairs[from][to]).sum())
}

fn step_back(right: &Scores, pairs: &Pairs) -> Scores {
    std::array::from_fn(|from| (0..STATES).map(|to| right[to] * pairs[from][to]).sum())
}
