//! Language identification of short segments: Spanish or English.
//!
//! Every word gives its character 2-, 3- and 4-grams, word ends included, and itself; a table of 128 KB has for
//! each of them how much more it is at home in one language than in the other (the log-odds, positive for
//! Spanish). The sum over the words, names and acronyms counting less, is the answer. The table is addressed by
//! a hash, so that nothing is allocated and each feature costs one look-up. `scripts/train-langid.py` makes it;
//! `docs/data.md` tells from what.
//!
//! ```
//! use glosa::{Lang, text::langid::identify};
//!
//! assert_eq!(identify("La frontera norte").lang, Some(Lang::Es));
//! assert_eq!(identify("the northern border").lang, Some(Lang::En));
//! assert_eq!(identify("25 %").lang, None);
//! ```

use crate::lang::Lang;

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
        let lang = if z > 0.0 { Lang::Es } else { Lang::En };
        Guess { lang: Some(lang), confidence: 1.0 / (1.0 + (-z.abs()).exp()) }
    }
}

/// Guesses the language of a piece of text judged alone.
pub fn identify(text: &str) -> Guess {
    Guess::from_log_odds(log_odds(text))
}

/// The logarithm of P(Spanish) / P(English); `None` for text without a word in Latin letters.
pub(crate) fn log_odds(text: &str) -> Option<f32> {
    let bytes = text.as_bytes();
    let mut sum = Sum::default();
    let mut word = Word::new();
    let mut at = 0;
    while at < bytes.len() {
        let (symbol, len) = symbol_at(text, at);
        at += len;
        match symbol {
            Symbol::Letter { code, upper } => word.push(code, upper),
            Symbol::Between => sum.take(&mut word),
            Symbol::Inverted => {
                sum.take(&mut word);
                sum.inverted = true;
            }
        }
    }
    sum.take(&mut word);
    sum.log_odds()
}

/// The trained table: the weight of the feature in a slot, in steps of 1 / [`SCALE`].
static TABLE: &[u8; 1 << BITS] = include_bytes!("../../data/langid.bin");
const BITS: u32 = 17;
const SCALE: f32 = 16.0;

/// Multipliers of the hash (Knuth's multiplicative method), one for each order of n-gram and one for words.
const BIGRAM: u32 = 0x9E37_79B1;
const TRIGRAM: u32 = 0x85EB_CA6B;
const TETRAGRAM: u32 = 0xC2B2_AE35;
const WHOLE: u32 = 0x27D4_EB2F;

/// The code of a letter that neither language uses.
const OTHER: u8 = 34;

/// No word alone decides more than this.
const MOST_OF_A_WORD: f32 = 6.0;
/// Names say less about the language around them, acronyms least.
const CAPITALISED: f32 = 0.625;
const ACRONYM: f32 = 0.25;
/// What an inverted question or exclamation mark is worth.
const INVERTED_MARK: f32 = 3.0;

fn weight(value: u32, multiplier: u32) -> i32 {
    let slot = value.wrapping_mul(multiplier) >> (32 - BITS);
    i32::from(TABLE[slot as usize] as i8)
}

/// The sum over the words read so far.
#[derive(Default)]
struct Sum {
    /// With names and acronyms counting less.
    damped: f32,
    /// With all words counting alike: for text that is all capitals.
    plain: f32,
    words: usize,
    any_lower: bool,
    inverted: bool,
}

impl Sum {
    fn take(&mut self, word: &mut Word) {
        if word.len > 0 {
            self.add(word);
            *word = Word::new();
        }
    }

    fn add(&mut self, word: &mut Word) {
        let upper = word.upper;
        let score = word.finish().clamp(-MOST_OF_A_WORD, MOST_OF_A_WORD);
        if !word.latin {
            return;
        }
        self.words += 1;
        self.any_lower |= upper < word.len;
        self.plain += score;
        self.damped += match (word.first_upper, upper) {
            (_, upper) if upper == word.len && word.len > 1 => score * ACRONYM,
            (true, _) => score * CAPITALISED,
            _ => score,
        };
    }

    fn log_odds(&self) -> Option<f32> {
        // Where all is capitals, capitals mean nothing; but one such word is an acronym still.
        let sum = if self.any_lower || self.words == 1 { self.damped } else { self.plain };
        let mark = if self.inverted { INVERTED_MARK } else { 0.0 };
        (self.words > 0).then_some(sum + mark)
    }
}

/// A word as it is read, letter by letter.
struct Word {
    /// The codes of the last four letters, six bits each.
    window: u32,
    /// Hash of all of them.
    whole: u32,
    score: i32,
    len: u32,
    upper: u32,
    first_upper: bool,
    latin: bool,
}

impl Word {
    fn new() -> Self {
        // The word's start counts as a letter with code 0.
        Word { window: 0, whole: 1, score: 0, len: 0, upper: 0, first_upper: false, latin: false }
    }

    fn push(&mut self, code: u8, upper: bool) {
        self.first_upper |= upper && self.len == 0;
        self.latin |= code != OTHER;
        self.upper += u32::from(upper);
        self.roll(code);
        self.len += 1;
    }

    /// The score, with the features that the word's end completes.
    fn finish(&mut self) -> f32 {
        self.roll(0);
        (self.score + weight(self.whole, WHOLE)) as f32 / SCALE
    }

    fn roll(&mut self, code: u8) {
        let code = u32::from(code);
        self.window = (self.window << 6 | code) & 0xFF_FFFF;
        self.whole = self.whole.wrapping_mul(0x0100_0193).wrapping_add(code + 1);
        self.score += weight(self.window & 0xFFF, BIGRAM);
        if self.len >= 1 {
            self.score += weight(self.window & 0x3_FFFF, TRIGRAM);
        }
        if self.len >= 2 {
            self.score += weight(self.window, TETRAGRAM);
        }
    }
}

enum Symbol {
    /// A letter of a word; codes as in the training script.
    Letter { code: u8, upper: bool },
    /// ¿ or ¡.
    Inverted,
    /// Anything else.
    Between,
}

/// The symbol that begins at a byte offset, and its length in bytes.
fn symbol_at(text: &str, at: usize) -> (Symbol, usize) {
    match text.as_bytes().get(at) {
        Some(b) if b.is_ascii_alphabetic() => ascii_letter(text.as_bytes(), at, *b),
        Some(b) if b.is_ascii() => (Symbol::Between, 1),
        _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) => (beyond_ascii(c), c.len_utf8()),
            None => (Symbol::Between, 1),
        },
    }
}

fn ascii_letter(bytes: &[u8], at: usize, b: u8) -> (Symbol, usize) {
    let upper = b.is_ascii_uppercase();
    let plain = b.to_ascii_lowercase() - b'a' + 1;
    // Decomposed text (NFD): the accent follows as a character of its own.
    if bytes.get(at + 1) == Some(&0xCC)
        && let Some(code) = with_mark(b.to_ascii_lowercase(), bytes.get(at + 2).copied())
    {
        return (Symbol::Letter { code, upper }, 3);
    }
    (Symbol::Letter { code: plain, upper }, 1)
}

/// The code of a letter with the combining mark U+03xx whose second byte follows.
fn with_mark(letter: u8, mark: Option<u8>) -> Option<u8> {
    let composed = match (letter, mark?) {
        (b'n', 0x83) => 'ñ',
        (b'a', 0x81) => 'á',
        (b'e', 0x81) => 'é',
        (b'i', 0x81) => 'í',
        (b'o', 0x81) => 'ó',
        (b'u', 0x81) => 'ú',
        (b'u', 0x88) => 'ü',
        _ => return None,
    };
    accented(composed)
}

fn beyond_ascii(c: char) -> Symbol {
    if matches!(c, '¿' | '¡') {
        return Symbol::Inverted;
    }
    if !c.is_alphabetic() {
        return Symbol::Between;
    }
    let upper = c.is_uppercase();
    let lower = if upper { c.to_lowercase().next().unwrap_or(c) } else { c };
    Symbol::Letter { code: accented(lower).unwrap_or(OTHER), upper }
}

fn accented(c: char) -> Option<u8> {
    Some(match c {
        'ñ' => 27,
        'á' => 28,
        'é' => 29,
        'í' => 30,
        'ó' => 31,
        'ú' => 32,
        'ü' => 33,
        _ => return None,
    })
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
