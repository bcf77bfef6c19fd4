//! What the tagger looks at: the word, its ending and shape, its neighbours, and the classes that the dictionary
//! gives them.
//!
//! A feature is a 64-bit hash of its template and its values; which ones matter is learnt. Words are seen in lower
//! case, numbers as `#`, punctuation by its first mark.

use super::class::{Class, Classes};
use super::dictionary::Dictionary;
use crate::text::fold;

/// The features of every token of a sentence, in order. `words` holds the tokens with whether each is a word.
pub(super) fn sentence(dictionary: &Dictionary<'_>, words: &[(&str, bool)]) -> Vec<View> {
    let mut start = true;
    let mut view = |(text, is_word): &(&str, bool)| {
        let view = View::new(dictionary, text, *is_word, start);
        start = if *is_word { false } else { start || text.ends_with(':') };
        view
    };
    words.iter().map(&mut view).collect()
}

/// What is seen of a token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct View {
    /// The hash of its lower form.
    word: u64,
    /// The hashes of its last one to four letters.
    endings: [u64; 4],
    /// The hash of its first three letters.
    beginning: u64,
    /// Capitals, digits, place at the start of the sentence.
    shape: u64,
    /// The classes that the dictionary gives it, as bits.
    classes: u64,
    /// The word itself where it is a function word, else its classes and last letter.
    role: u64,
    /// Whether it is a word.
    pub(super) is_word: bool,
}

impl View {
    fn new(dictionary: &Dictionary<'_>, text: &str, is_word: bool, start: bool) -> View {
        if !is_word {
            let mark = mark(text);
            return View { word: mark, role: mark, ..View::default() };
        }
        let lower = normal(text);
        let word = hash(&lower);
        let known = dictionary.get(&lower).classes;
        let classes = u64::from(known.bits());
        let endings = endings(&lower);
        let shape = shape(text, start);
        let closed = known.meets(Classes::of(&[Class::Determiner, Class::Function]));
        let role = if closed { word } else { mix(&[classes, shape & 3, endings[0]]) };
        View { word, endings, beginning: beginning(&lower), shape, classes, role, is_word }
    }
}

/// Gives the features of the token at `at` to `found`.
pub(super) fn features(views: &[View], at: usize, found: &mut dyn FnMut(u64)) {
    let edge = View { word: 1, role: 1, ..View::default() };
    let view = |offset: isize| at.checked_add_signed(offset).and_then(|i| views.get(i)).unwrap_or(&edge);
    let [before2, before, this, after, after2] = [-2, -1, 0, 1, 2].map(view);
    let classes = |view: &View| view.classes;
    let mut template = 0;
    let mut take = |values: &[u64]| {
        template += 1;
        found(mix(values) ^ template_seed(template));
    };
    take(&[]);
    take(&[this.word]);
    take(&[this.endings[0], this.shape]);
    take(&[this.endings[1], this.shape]);
    take(&[this.endings[2]]);
    take(&[this.endings[3]]);
    take(&[this.beginning]);
    take(&[this.shape, before.role]);
    take(&[this.shape, classes(this)]);
    take(&[this.role]);
    take(&[before.word]);
    take(&[after.word]);
    take(&[before2.word]);
    take(&[after2.word]);
    take(&[before.role, this.role]);
    take(&[this.role, after.role]);
    take(&[before.role, this.role, after.role]);
    take(&[before2.role, before.role, this.role]);
    take(&[this.role, after.role, after2.role]);
    take(&[before.role, after.role]);
    take(&[before.word, this.word]);
    take(&[this.word, after.word]);
    take(&[before.endings[1], classes(this), this.endings[1]]);
    take(&[after.endings[1], classes(this), this.endings[1]]);
    take(&[before.endings[2], after.endings[2]]);
    take(&[before.shape, this.shape, after.shape]);
    take(&[classes(this)]);
    take(&[classes(before)]);
    take(&[classes(after)]);
    take(&[classes(before), classes(this)]);
    take(&[classes(this), classes(after)]);
}

/// The form under which a word is known: lower case, numbers alike.
pub(super) fn normal(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return "#".to_owned();
    }
    fold::lower(word)
}

/// FNV-1a, mixed once more so that the high half differs between short words too.
pub(super) fn hash(text: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
    mix(&[text.bytes().fold(0xCBF2_9CE4_8422_2325, fold)])
}

/// One hash of several values (a multiply-xorshift round for each).
fn mix(values: &[u64]) -> u64 {
    values.iter().fold(0x9E37_79B9_7F4A_7C15, |mixed, value| {
        let mixed = (mixed ^ value).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ (mixed >> 32)
    })
}

fn template_seed(template: u64) -> u64 {
    template.wrapping_mul(0xA24B_AED4_963E_E407)
}

/// The hashes of the last one to four letters; a shorter word counts whole.
fn endings(lower: &str) -> [u64; 4] {
    let mut starts = lower.char_indices().rev().map(|(at, _)| at);
    let mut start = lower.len();
    [(); 4].map(|()| {
        start = starts.next().unwrap_or(0).min(start);
        hash(&lower[start..])
    })
}

fn beginning(lower: &str) -> u64 {
    let end = lower.char_indices().nth(3).map_or(lower.len(), |(at, _)| at);
    hash(&lower[..end])
}

/// Bits: 0 capital, 1 capitals throughout (two or more letters), 2 digits, 3 sentence start.
fn shape(word: &str, start: bool) -> u64 {
    let capital = word.starts_with(char::is_uppercase);
    let capitals = capital && word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let digits = word.contains(|c: char| c.is_ascii_digit());
    u64::from(capital) | u64::from(capitals) << 1 | u64::from(digits) << 2 | u64::from(start) << 3
}

/// Punctuation by its first mark, its kinds made equal.
fn mark(text: &str) -> u64 {
    let first = text.chars().next().unwrap_or(' ');
    let alike = match first {
        _ if fold::is_quote(first) => '"',
        _ if fold::is_apostrophe(first) => '\'',
        _ if fold::is_hyphen(first) => '-',
        '[' | '{' => '(',
        ']' | '}' => ')',
        other => other,
    };
    2 + u64::from(u32::from(alike))
}
