//! Lengths in proportion: after Gale and Church 1993, “A program for aligning sentences in bilingual corpora”.
//!
//! The logarithm of the ratio of two lengths is near zero for a sentence and its translation, the nearer the longer
//! they are, and spread wide for two sentences taken at random. What speaks for a pair is how much likelier the
//! ratio is in the first case.

use std::ops::Range;

use super::words::Text;

/// Variance of the length of a translation, per character (Gale and Church, table 2).
const VARIANCE: f32 = 6.8;
/// Half its logarithm.
const HALF_LOG_VARIANCE: f32 = 0.958_461_3;
/// Standard deviation of the logarithm of the ratio for two sentences taken at random.
const AT_RANDOM: f32 = 1.0;
/// Lengths never speak more strongly against a pair than this: translators add and leave out.
const LEAST: f32 = -5.0;
/// A blank line and one that is not.
const BLANK: f32 = -12.0;

/// The most sentences that are joined on one side.
pub(super) const LONGEST: usize = 4;

/// Lengths of groups of neighbouring sentences, with their logarithms.
pub(super) struct Lengths {
    /// At `n - 1` and `i` the length of the `n` sentences from `i` on, in characters.
    chars: [Vec<f32>; LONGEST],
    logs: [Vec<f32>; LONGEST],
}

/// The length of a group of sentences.
#[derive(Clone, Copy)]
pub(super) struct Length {
    /// In characters.
    pub(super) chars: f32,
    /// Its natural logarithm; 0 for a blank line.
    pub(super) log: f32,
}

impl Lengths {
    /// The lengths of a text times a factor.
    pub(super) fn new(text: &Text<'_>, factor: f32) -> Self {
        let single: Vec<f32> = text.sentences.iter().map(|sentence| sentence.chars * factor).collect();
        let chars = sums(&single);
        let logs = chars.each_ref().map(|sums| sums.iter().map(|sum| sum.max(1.0).ln()).collect());
        Lengths { chars, logs }
    }

    /// The length of `n` sentences from `i` on.
    pub(super) fn of(&self, i: usize, n: usize) -> Length {
        Length { chars: self.chars[n - 1][i], log: self.logs[n - 1][i] }
    }

    /// The lengths, and their logarithms, of the groups of `n` sentences that begin in a range.
    pub(super) fn of_all(&self, starts: &Range<usize>, n: usize) -> [&[f32]; 2] {
        [&self.chars[n - 1][starts.clone()], &self.logs[n - 1][starts.clone()]]
    }
}

/// At `n - 1` and `i` the sum of the `n` values from `i` on.
pub(super) fn sums(values: &[f32]) -> [Vec<f32>; LONGEST] {
    let mut sum = values.to_vec();
    std::array::from_fn(|n| {
        if n > 0 {
            let next = values.iter().copied().skip(n).chain(std::iter::repeat(0.0));
            sum.iter_mut().zip(next).for_each(|(sum, next)| *sum += next);
        }
        sum.clone()
    })
}

/// How much likelier, as a logarithm, these lengths are in a translation than at random. Without branches, so that
/// several can be told at once.
#[inline(always)]
pub(super) fn evidence(a: Length, b: Length) -> f32 {
    let mean = (a.chars + b.chars) / 2.0;
    let ratio = b.log - a.log;
    let precision = larger(mean * (1.0 / VARIANCE), 1.0 / AT_RANDOM);
    let narrower = larger((a.log + b.log) * 0.25 - HALF_LOG_VARIANCE, 0.0);
    let likelier = larger(ratio * ratio * 0.5 * (1.0 / AT_RANDOM - precision) + narrower, LEAST);
    let [beside_blank, beside_full] = if a.chars == 0.0 { [likelier, BLANK] } else { [BLANK, likelier] };
    if b.chars == 0.0 { beside_blank } else { beside_full }
}

/// Plainer than `f32::max`, which minds what is no number.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// How long the second text is over the first.
pub(super) fn ratio(es: &Text<'_>, en: &Text<'_>) -> f32 {
    let chars = |text: &Text<'_>| text.sentences.iter().map(|sentence| sentence.chars).sum::<f32>().max(1.0);
    chars(en) / chars(es)
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::super::words::Bitext;
    use super::*;

    #[test]
    fn falls_with_the_distance_and_more_so_for_long_sentences() {
        let lines: Vec<String> = [0, 9, 12, 100, 110, 140, 250].map(|n| "x".repeat(n)).to_vec();
        let bitext =
            Bitext::new(&Side::of(lines.iter().map(|s| &**s)), &Side::of(lines.iter().map(|s| &**s)));
        let lengths = Lengths::new(&bitext.es, 1.0);
        let evidence = |i, j| super::evidence(lengths.of(i, 1), lengths.of(j, 1));
        let of_long: Vec<f32> = [3, 4, 5, 6].map(|j| evidence(3, j)).to_vec();
        assert!(of_long.is_sorted_by(|a, b| a > b), "{of_long:?}");
        assert!(evidence(3, 3) > evidence(1, 1) && evidence(1, 2) > evidence(3, 6));
        assert!(evidence(0, 1) < evidence(3, 6) && evidence(0, 0) > -1.0, "blank lines go with blank lines");
    }
}
