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
    places(words, true).map(|(text, place)| View::new(dictionary, text, place)).collect()
}

/// What is known of a token before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A word that begins the sentence.
    Start,
    /// Another word.
    Within,
    /// Punctuation.
    Mark,
}

/// The tokens of a sentence with their places; `start` where it begins with the first of them.
pub(super) fn places<'t>(
    words: &[(&'t str, bool)],
    mut start: bool,
) -> impl Iterator<Item = (&'t str, Place)> {
    words.iter().map(move |&(text, is_word)| {
        let place = match (is_word, start) {
            (true, true) => Place::Start,
            (true, false) => Place::Within,
            (false, _) => Place::Mark,
        };
        start = if is_word { false } else { start || text.ends_with(':') };
        (text, place)
    })
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
    pub(super) fn new(dictionary: &Dictionary<'_>, text: &str, place: Place) -> View {
        if place == Place::Mark {
            let mark = mark(text);
            return View { word: mark, role: mark, ..View::default() };
        }
        let lower = normal(text);
        let word = hash(&lower);
        let known = dictionary.get(&lower).classes;
        let classes = u64::from(known.bits());
        let endings = endings(&lower);
        let shape = shape(text, place == Place::Start);
        let closed = known.meets(Classes::of(&[Class::Determiner, Class::Function]));
        let role = if closed { word } else { mix(&[classes, shape & 3, endings[0]]) };
        View { word, endings, beginning: beginning(&lower), shape, classes, role, is_word: true }
    }
}

/// What stands beside a sentence.
pub(super) const EDGE: View =
    View { word: 1, endings: [0; 4], beginning: 0, shape: 0, classes: 0, role: 1, is_word: false };

/// A token between its two neighbours on either side.
pub(super) type Around<'v> = [&'v View; 5];

/// Kinds of features by the tokens on which they depend, as bits.
pub(super) mod part {
    /// The token alone.
    pub(in super::super) const OWN: u8 = 1;
    /// The one before it alone.
    pub(in super::super) const BEFORE: u8 = 2;
    /// The one after it alone.
    pub(in super::super) const AFTER: u8 = 4;
    /// The second before it alone.
    pub(in super::super) const BEFORE_2: u8 = 8;
    /// The second after it alone.
    pub(in super::super) const AFTER_2: u8 = 16;
    /// More than one of them.
    pub(in super::super) const JOINT: u8 = 32;
    /// Any.
    pub(in super::super) const ALL: u8 = u8::MAX;
}

/// The tokens around one.
pub(super) fn around(views: &[View], at: usize) -> Around<'_> {
    let view = |offset: isize| at.checked_add_signed(offset).and_then(|i| views.get(i)).unwrap_or(&EDGE);
    [-2, -1, 0, 1, 2].map(view)
}

/// Gives those features of a token to `found` that are of the wanted parts.
#[inline]
pub(super) fn features<const WANTED: u8>(around: Around<'_>, found: impl FnMut(u64)) {
    use part::{AFTER, AFTER_2, BEFORE, BEFORE_2, JOINT, OWN};
    let [before2, before, this, after, after2] = around;
    let mut templates = Templates::<WANTED, _> { number: 0, found };
    templates.take(OWN, &[]);
    templates.take(OWN, &[this.word]);
    templates.take(OWN, &[this.endings[0], this.shape]);
    templates.take(OWN, &[this.endings[1], this.shape]);
    templates.take(OWN, &[this.endings[2]]);
    templates.take(OWN, &[this.endings[3]]);
    templates.take(OWN, &[this.beginning]);
    templates.take(JOINT, &[this.shape, before.role]);
    templates.take(OWN, &[this.shape, this.classes]);
    templates.take(OWN, &[this.role]);
    templates.take(BEFORE, &[before.word]);
    templates.take(AFTER, &[after.word]);
    templates.take(BEFORE_2, &[before2.word]);
    templates.take(AFTER_2, &[after2.word]);
    templates.take(JOINT, &[before.role, this.role]);
    templates.take(JOINT, &[this.role, after.role]);
    templates.take(JOINT, &[before.role, this.role, after.role]);
    templates.take(JOINT, &[before2.role, before.role, this.role]);
    templates.take(JOINT, &[this.role, after.role, after2.role]);
    templates.take(JOINT, &[before.role, after.role]);
    templates.take(JOINT, &[before.word, this.word]);
    templates.take(JOINT, &[this.word, after.word]);
    templates.take(JOINT, &[before.endings[1], this.classes, this.endings[1]]);
    templates.take(JOINT, &[after.endings[1], this.classes, this.endings[1]]);
    templates.take(JOINT, &[before.endings[2], after.endings[2]]);
    templates.take(JOINT, &[before.shape, this.shape, after.shape]);
    templates.take(OWN, &[this.classes]);
    templates.take(BEFORE, &[before.classes]);
    templates.take(AFTER, &[after.classes]);
    templates.take(JOINT, &[before.classes, this.classes]);
    templates.take(JOINT, &[this.classes, after.classes]);
}

/// The templates of features, one after the other.
struct Templates<const WANTED: u8, F> {
    number: u64,
    found: F,
}

impl<const WANTED: u8, F: FnMut(u64)> Templates<WANTED, F> {
    /// Gives the feature of the next template, where it is of a wanted part. Inlined, so that the others cost nothing.
    #[inline(always)]
    fn take(&mut self, part: u8, values: &[u64]) {
        self.number += 1;
        if WANTED & part != 0 {
            (self.found)(mix(values) ^ template_seed(self.number));
        }
    }
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
#[inline]
fn mix(values: &[u64]) -> u64 {
    values.iter().fold(0x9E37_79B9_7F4A_7C15, |mixed, value| {
        let mixed = (mixed ^ value).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ (mixed >> 32)
    })
}

#[inline]
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
