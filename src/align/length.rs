//! Lengths in proportion: after Gale and Church 1993, “A program for aligning sentences in bilingual corpora”.
//!
//! The logarithm of the ratio of two lengths is near zero for a sentence and its translation, the nearer the longer
//! they are, and spread wide for two sentences taken at random. What speaks for a pair is how much likelier the
//! ratio is in the first case.

use super::words::Text;

/// Variance of the length of a translation, per character (Gale and Church, table 2).
const VARIANCE: f32 = 6.8;
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
    /// At `i * LONGEST + n - 1` those of the `n` sentences from `i` on.
    groups: Vec<Group>,
}

#[derive(Clone, Copy, Default)]
struct Group {
    chars: f32,
    log: f32,
}

impl Lengths {
    /// The lengths of a text times a factor.
    pub(super) fn new(text: &Text, factor: f32) -> Self {
        let mut groups = vec![Group::default(); text.sentences.len() * LONGEST];
        for i in 0..text.sentences.len() {
            let mut chars = 0.0;
            for (n, sentence) in text.sentences[i..].iter().take(LONGEST).enumerate() {
                chars += sentence.chars * factor;
                groups[i * LONGEST + n] = Group { chars, log: chars.max(1.0).ln() };
            }
        }
        Lengths { groups }
    }

    /// How much likelier, as a logarithm, these lengths are in a translation than at random: `p` sentences from `i`
    /// on and `q` of the other text from `j` on.
    pub(super) fn evidence(&self, (i, p): (usize, usize), other: &Lengths, (j, q): (usize, usize)) -> f32 {
        let (a, b) = (self.groups[i * LONGEST + p - 1], other.groups[j * LONGEST + q - 1]);
        if (a.chars == 0.0) != (b.chars == 0.0) {
            return BLANK;
        }
        let mean = (a.chars + b.chars) / 2.0;
        let ratio = b.log - a.log;
        let variance = (VARIANCE / mean.max(1.0)).min(AT_RANDOM);
        let log_mean = (a.log + b.log) / 2.0;
        let deviation = (0.5 * (VARIANCE.ln() - log_mean)).min(0.0);
        let likelier = ratio * ratio * 0.5 * (1.0 / AT_RANDOM - 1.0 / variance) - deviation;
        likelier.max(LEAST)
    }
}

/// How long the second text is over the first.
pub(super) fn ratio(es: &Text, en: &Text) -> f32 {
    let chars = |text: &Text| text.sentences.iter().map(|sentence| sentence.chars).sum::<f32>().max(1.0);
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
        let evidence = |i, j| lengths.evidence((i, 1), &lengths, (j, 1));
        let of_long: Vec<f32> = [3, 4, 5, 6].map(|j| evidence(3, j)).to_vec();
        assert!(of_long.is_sorted_by(|a, b| a > b), "{of_long:?}");
        assert!(evidence(3, 3) > evidence(1, 1) && evidence(1, 2) > evidence(3, 6));
        assert!(evidence(0, 1) < evidence(3, 6) && evidence(0, 0) > -1.0, "blank lines go with blank lines");
    }
}
