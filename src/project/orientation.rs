//! Which of two texts is the Spanish one: the user may have exchanged them.

use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::text::{Document, floor_char_boundary, langid};

/// Which of two texts is the Spanish one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// The first is Spanish and the second English, or nothing speaks against it.
    AsGiven,
    /// The first is English and the second Spanish.
    Exchanged,
    /// Both are in this language.
    Both(Lang),
    /// The first, the second or both are neither Spanish nor English.
    Foreign([bool; 2]),
}

/// Tells by their words which of two texts is the Spanish one.
pub fn orientation(first: &Document, second: &Document) -> Orientation {
    match [first, second].map(|document| language(&document.text)) {
        [Language::Is(Lang::En), Language::Is(Lang::Es)] => Orientation::Exchanged,
        [Language::Is(a), Language::Is(b)] if a == b => Orientation::Both(a),
        [Language::Foreign, other] => Orientation::Foreign([true, other == Language::Foreign]),
        [_, Language::Foreign] => Orientation::Foreign([false, true]),
        _ => Orientation::AsGiven,
    }
}

impl Orientation {
    /// What the user should know; the texts are aligned all the same.
    pub fn remark(self, first: &Document, second: &Document) -> Option<Finding> {
        let (first, second) = (&first.name, &second.name);
        let name = |lang: Lang| match lang {
            Lang::Es => "Spanish",
            Lang::En => "English",
        };
        let message = match self {
            Orientation::AsGiven => return None,
            Orientation::Exchanged => {
                let message =
                    format!("{first} is English and {second} Spanish; they are aligned the other way round");
                return Some(Finding::new(Severity::Note, "exchanged", message));
            }
            Orientation::Both(lang) => format!("{first} and {second} both seem to be {}", name(lang)),
            Orientation::Foreign([true, true]) => {
                format!("{first} and {second} seem to be neither Spanish nor English")
            }
            Orientation::Foreign([true, false]) => format!("{first} seems to be neither Spanish nor English"),
            Orientation::Foreign(_) => format!("{second} seems to be neither Spanish nor English"),
        };
        Some(
            Finding::new(Severity::Warning, "language", message)
                .help("align a Spanish text with its English one"),
        )
    }
}

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Is(Lang),
    /// Words of neither language prevail.
    Foreign,
    /// There is too little to tell by.
    Unknown,
}

/// As much of a text is looked at, in bytes, taken from this many places.
const SAMPLE: usize = 48 << 10;
const PLACES: usize = 12;
/// Fewer words tell nothing of a text.
const ENOUGH_WORDS: u32 = 15;

/// What a text is written in, by its words.
pub(super) fn language(text: &str) -> Language {
    let tally = langid::Tally::of(samples(text));
    match tally.log_odds() {
        _ if tally.words < ENOUGH_WORDS => Language::Unknown,
        None => Language::Foreign,
        Some(odds) => Language::Is(langid::side(odds)),
    }
}

/// Pieces from all over a text.
fn samples(text: &str) -> impl Iterator<Item = &str> {
    let piece = if text.len() <= SAMPLE { text.len() } else { SAMPLE / PLACES };
    let places = if text.len() <= SAMPLE { 1 } else { PLACES };
    let floor = |at: usize| floor_char_boundary(text, at);
    (0..places).map(move |i| {
        let start = floor(text.len() / places * i);
        &text[start..floor((start + piece).min(text.len()))]
    })
}
