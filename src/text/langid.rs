//! Language identification of short segments: Spanish or English.

use crate::lang::Lang;

/// A guess: the language, and how sure it is from 0 to 1. `lang` is `None` where no word of either was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The language.
    pub lang: Option<Lang>,
    /// 0 to 1.
    pub confidence: f32,
}

/// Guesses the language of a piece of text judged alone.
pub fn identify(_text: &str) -> Guess {
    Guess { lang: None, confidence: 0.0 }
}
