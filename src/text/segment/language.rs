//! The languages of segments in their order: what each says alone, smoothed along the text.
//!
//! A text seldom changes its language, so a heading of two names takes the language of what stands around it,
//! while a quoted sentence keeps its own. This is a hidden Markov model with two states; the forward-backward
//! algorithm (Rabiner 1989, “A tutorial on hidden Markov models”) gives each segment's probability.

use super::super::langid::Guess;
use crate::lang::Lang;

/// The probability that a segment has the language of the one before for no other reason than that.
const STAY: f32 = 0.8;
/// What a stated language of the document is worth, in log-odds.
const STATED: f32 = 2.0;
/// No segment's own evidence is taken to be surer than this, in log-odds.
const SUREST: f32 = 12.0;

/// A segment whose own log-odds are beyond this keeps its language whatever stands around it, with a confidence of
/// 0.8 or more: what is passed along weighs 7.15 at the most.
pub(crate) const DECISIVE: f32 = 8.6;

/// Smooths the segments' log-odds (positive for Spanish). Segments without words have no language, but the
/// languages on either side meet through them.
pub(super) fn smooth(odds: &[Option<f32>], stated: Option<Lang>) -> Vec<Guess> {
    let share = spanish_share(odds, stated);
    let own: Vec<f32> = odds.iter().map(|odds| probability(odds.unwrap_or(0.0))).collect();
    let mut before = passed_along(own.iter(), share);
    let after = passed_along(own.iter().rev(), share).into_iter().rev();
    for (before, after) in before.iter_mut().zip(after) {
        // Both messages hold the document's share once; count it once.
        *before = log_odds(*before) + log_odds(after) - log_odds(share);
    }
    odds.iter()
        .zip(before)
        .map(|(own, around)| Guess::from_log_odds(own.map(|own| own.clamp(-SUREST, SUREST) + around)))
        .collect()
}

/// For each segment the probability of Spanish from those before it (not from itself).
fn passed_along<'a>(own: impl Iterator<Item = &'a f32>, share: f32) -> Vec<f32> {
    let mut message = share;
    own.map(|&own| {
        let here = message;
        let seen = message * own / (message * own + (1.0 - message) * (1.0 - own));
        message = STAY * seen + (1.0 - STAY) * share;
        here
    })
    .collect()
}

/// How much of the document is Spanish, never quite none or all.
fn spanish_share(odds: &[Option<f32>], stated: Option<Lang>) -> f32 {
    let known = odds.iter().flatten();
    let (sum, count) = known
        .fold((0.0_f64, 0.0_f64), |(sum, count), &odds| (sum + f64::from(probability(odds)), count + 1.0));
    let share = ((sum + 1.0) / (count + 2.0)) as f32;
    let stated = match stated {
        Some(Lang::Es) => STATED,
        Some(Lang::En) => -STATED,
        None => 0.0,
    };
    probability(log_odds(share) + stated).clamp(0.02, 0.98)
}

fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds.clamp(-SUREST, SUREST)).exp())
}

fn log_odds(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn langs(odds: &[Option<f32>], stated: Option<Lang>) -> Vec<Option<Lang>> {
        smooth(odds, stated).into_iter().map(|guess| guess.lang).collect()
    }

    #[test]
    fn weak_segments_lean_on_their_neighbours_and_strong_ones_stand() {
        use Lang::{En, Es};
        let odds = [Some(-9.0), Some(0.4), Some(-8.0), Some(7.0), Some(-9.0)];
        assert_eq!(langs(&odds, None), [Some(En), Some(En), Some(En), Some(Es), Some(En)]);
    }

    #[test]
    fn decisive_segments_are_not_outvoted() {
        let mut odds = [Some(-20.0); 41];
        odds[20] = Some(DECISIVE);
        let guess = smooth(&odds, Some(Lang::En))[20];
        assert_eq!(guess.lang, Some(Lang::Es));
        assert!(guess.confidence >= 0.8, "{}", guess.confidence);
    }

    #[test]
    fn what_is_stated_decides_where_nothing_else_does() {
        assert_eq!(langs(&[Some(-0.5), None], Some(Lang::Es)), [Some(Lang::Es), None]);
        assert_eq!(langs(&[Some(-6.0)], Some(Lang::Es)), [Some(Lang::En)]);
    }
}
