//! Language identification of short segments: Spanish, English, or neither.
//!
//! Every word gives its character 3- and 4-grams, word ends included, and itself; a table of 128 KB has for each of
//! them how much more it is at home in one language than in the other (the log-odds, positive for Spanish). The sum
//! over the words, names and acronyms counting less, is the answer: naive Bayes in its form, logistic regression in
//! how the weights are found ([`train`]). The table is addressed by a hash, so that nothing is allocated and each
//! feature costs one look-up. A text of some words that are of neither vocabulary is neither (`neighbours`). `docs/data.md` tells what the table is made from.
//!
//! ```
//! use glosa::{Lang, text::langid::identify};
//!
//! assert_eq!(identify("La frontera norte").lang, Some(Lang::Es));
//! assert_eq!(identify("the northern border").lang, Some(Lang::En));
//! assert_eq!(identify("25 %").lang, None);
//! ```

mod features;
mod neighbours;
pub mod train;

use unicode_normalization::UnicodeNormalization;

use crate::lang::Lang;
use features::{OTHER, Rolling, class};
use neighbours::Neighbours;

/// A guess: the language, and how sure it is from 0 to 1. `lang` is `None` where no word of either was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The language.
    pub lang: Option<Lang>,
    /// The probability of `lang`, from 0.5; 0 where there is none.
    pub confidence: f32,
}

impl Guess {
    /// From log-odds: positive for Spanish.
    pub(crate) fn from_log_odds(log_odds: Option<f32>) -> Self {
        let Some(z) = log_odds else { return Guess { lang: None, confidence: 0.0 } };
        Guess { lang: Some(side(z)), confidence: 1.0 / (1.0 + (-z.abs()).exp()) }
    }
}

/// The language that log-odds speak for.
pub(crate) fn side(log_odds: f32) -> Lang {
    if log_odds > 0.0 { Lang::Es } else { Lang::En }
}

/// Guesses the language of a piece of text judged alone.
pub fn identify(text: &str) -> Guess {
    Guess::from_log_odds(log_odds(text))
}

/// The logarithm of P(Spanish) / P(English); `None` for text without a word in Latin letters, or of another language.
pub(crate) fn log_odds(text: &str) -> Option<f32> {
    Tally::of([text]).log_odds()
}

/// Whether a language has a lower-case word, as far as the vocabulary tells: common words and rarer ones of many fields,
/// each in the forms that it has been seen in.
pub(crate) fn is_word_of(word: &str, lang: Lang) -> bool {
    neighbours::languages_of(word)[lang as usize]
}

/// The trained table: the weight of the feature in a slot, in steps of 1 / [`SCALE`].
static TABLE: &[u8; 1 << features::BITS] = include_bytes!("../../../data/langid.bin");
const SCALE: i32 = 16;

/// No word alone decides more than this, in log-odds.
const MOST_OF_A_WORD: i32 = 6;
/// Names say less about the language around them, acronyms least: sixteenths of what a common word does.
const COMMON: i32 = 16;
const CAPITALISED: i32 = 10;
const ACRONYM: i32 = 4;
/// What an inverted question or exclamation mark is worth, in log-odds.
const INVERTED_MARK: f32 = 3.0;

fn weight(slot: usize) -> i32 {
    i32::from(TABLE[slot] as i8)
}

/// What the words of some text say together.
pub(crate) struct Tally {
    /// With names and acronyms counting less, in steps of 1 / (16 × [`SCALE`]).
    damped: i64,
    /// With all words counting alike: for text that is all capitals.
    plain: i64,
    /// The words in Latin letters.
    pub(crate) words: u32,
    any_lower: bool,
    inverted: bool,
    neighbours: Neighbours,
}

impl Tally {
    /// Reads some pieces of text, with a word's end after each.
    pub(crate) fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let neighbours = Neighbours::new();
        let mut tally =
            Tally { damped: 0, plain: 0, words: 0, any_lower: false, inverted: false, neighbours };
        pieces.into_iter().for_each(|piece| tally.read(piece));
        tally
    }

    fn read(&mut self, text: &str) {
        // Accents written as characters of their own (NFD) are rare, and then composed.
        if memchr::memchr(0xCC, text.as_bytes()).is_some() {
            return self.read_composed(&text.nfc().collect::<String>());
        }
        self.read_composed(text);
    }

    fn read_composed(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut word = Word::START;
        let mut start = 0;
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            at += word.push_ascii(rest);
            let next = match text[at..].chars().next() {
                Some(c) if c.is_alphabetic() => {
                    word.push_letter(c);
                    at += c.len_utf8();
                    continue;
                }
                next => next,
            };
            self.take(&mut word, &text[start..at]);
            self.inverted |= matches!(next, Some('¿' | '¡'));
            at += next.map_or(1, char::len_utf8);
            start = at;
        }
    }

    /// Takes a word that ends here, if there is one, and makes ready for the next.
    fn take(&mut self, word: &mut Word, text: &str) {
        if word.len > 0 {
            self.add(word, text);
            *word = Word::START;
        }
    }

    fn add(&mut self, word: &mut Word, text: &str) {
        let score = word.finish().clamp(-MOST_OF_A_WORD * SCALE, MOST_OF_A_WORD * SCALE);
        if !word.latin {
            return;
        }
        self.words += 1;
        self.any_lower |= word.upper < word.len;
        self.plain += i64::from(score * COMMON);
        let is_acronym = word.upper == word.len && word.len > 1;
        if is_acronym {
            self.damped += i64::from(score * ACRONYM);
            return;
        }
        self.damped += i64::from(score * if word.first_upper { CAPITALISED } else { COMMON });
        if word.upper == 0 && word.len > 1 {
            self.neighbours.add(text, word.rolling.hash);
        }
    }

    /// The log-odds, positive for Spanish.
    pub(crate) fn log_odds(&self) -> Option<f32> {
        if self.words == 0 {
            return None;
        }
        // Where all is capitals, capitals mean nothing; but one such word is an acronym still.
        let sum = if self.any_lower || self.words == 1 { self.damped } else { self.plain };
        let mark = if self.inverted { INVERTED_MARK } else { 0.0 };
        let log_odds = sum as f32 / (COMMON * SCALE) as f32 + mark;
        Some(log_odds).filter(|odds| !self.neighbours.are_told(side(*odds)))
    }
}

/// A word as it is read, letter by letter.
struct Word {
    rolling: Rolling,
    score: i32,
    len: u32,
    upper: u32,
    first_upper: bool,
    /// A letter of the Latin script was seen.
    latin: bool,
}

impl Word {
    const START: Word =
        Word { rolling: Rolling::START, score: 0, len: 0, upper: 0, first_upper: false, latin: false };

    /// Takes the letters of ASCII that a text begins with, and says how many they are.
    #[inline]
    fn push_ascii(&mut self, bytes: &[u8]) -> usize {
        // All in registers: nearly every letter of a text comes this way.
        let (mut rolling, mut score, mut upper, mut len) = (self.rolling, self.score, 0, 0);
        for &byte in bytes {
            let class = class::OF[usize::from(byte)];
            let code = class & class::CODE;
            if code == 0 {
                break;
            }
            upper += u32::from(class >> class::UPPER_BIT);
            let [trigram, tetragram] = rolling.roll(code);
            score += weight(trigram) + weight(tetragram);
            len += 1;
        }
        if len > 0 {
            self.first_upper |= self.len == 0 && bytes.first().is_some_and(u8::is_ascii_uppercase);
            self.latin = true;
            (self.rolling, self.score, self.upper, self.len) =
                (rolling, score, self.upper + upper, self.len + len as u32);
        }
        len
    }

    /// Takes a letter beyond ASCII.
    fn push_letter(&mut self, c: char) {
        let upper = c.is_uppercase();
        let lower = if upper { c.to_lowercase().next().unwrap_or(c) } else { c };
        self.push(features::code(lower), upper);
    }

    fn push(&mut self, code: u8, upper: bool) {
        self.first_upper |= upper && self.len == 0;
        self.latin |= code != OTHER;
        self.upper += u32::from(upper);
        self.len += 1;
        self.roll(code);
    }

    /// The score, with the features that the word's end completes.
    fn finish(&mut self) -> i32 {
        self.roll(0);
        self.score + weight(self.rolling.whole())
    }

    fn roll(&mut self, code: u8) {
        let [trigram, tetragram] = self.rolling.roll(code);
        self.score += weight(trigram) + weight(tetragram);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_pieces() {
        let cases = [
            ("El puerto reabrió el lunes.", Some(Lang::Es)),
            ("The port reopened on Monday.", Some(Lang::En)),
            ("los aranceles", Some(Lang::Es)),
            ("steel tariffs", Some(Lang::En)),
            ("¿Por qué no?", Some(Lang::Es)),
            ("SE CIERRA LA GARITA", Some(Lang::Es)),
            ("BRIDGE CLOSED UNTIL FURTHER NOTICE", Some(Lang::En)),
            ("según la Secretaría", Some(Lang::Es)),
            ("according to the White House", Some(Lang::En)),
            ("mañana", Some(Lang::Es)),
            ("man\u{303}ana", Some(Lang::Es)),
            ("", None),
            ("— 1,700 (25 %) —", None),
            ("Москва 東京", None),
        ];
        for (text, lang) in cases {
            assert_eq!(identify(text).lang, lang, "{text}");
        }
    }

    #[test]
    fn sentences_are_known_with_confidence_and_names_are_not() {
        for text in ["La directora habló con los maestros de la zona.", "She spoke with the teachers."] {
            assert!(identify(text).confidence > 0.95, "{text}");
        }
        assert!(identify("NASA").confidence < 0.95);
        assert_eq!(identify("7").confidence, 0.0);
    }

    #[test]
    fn decomposed_text_is_judged_like_composed() {
        assert_eq!(log_odds("según Ñuñoa"), log_odds("segu\u{301}n N\u{303}un\u{303}oa"));
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_in_bounds(text in "\\PC{0,80}") {
            let guess = identify(&text);
            prop_assert!((0.0..=1.0).contains(&guess.confidence));
            prop_assert_eq!(guess.lang.is_none(), guess.confidence == 0.0);
        }
    }
}
