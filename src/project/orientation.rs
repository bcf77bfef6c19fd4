//! Which of two texts is the Spanish one: the user may have exchanged them.

use crate::check::{Finding, Severity};
use crate::format::doc::lang_of_name;
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

/// Tells which of two texts is the Spanish one: by their words; where these are too few, by what the texts and their
/// names state, else by which of them has more of Spanish.
pub fn orientation(first: &Document, second: &Document) -> Orientation {
    match [first, second].map(|document| language(&document.text)) {
        [Language::Is(Lang::En), Language::Is(Lang::Es)] => Orientation::Exchanged,
        [Language::Is(Lang::Es), Language::Is(Lang::En)] => Orientation::AsGiven,
        [Language::Is(a), Language::Is(_)] => Orientation::Both(a),
        [Language::Foreign, other] => Orientation::Foreign([true, other == Language::Foreign]),
        [_, Language::Foreign] => Orientation::Foreign([false, true]),
        _ => of_few_words(first, second),
    }
}

/// Which of two texts is the Spanish one, at least one of them too short to be sure of.
fn of_few_words(first: &Document, second: &Document) -> Orientation {
    let stated = [first, second].map(|document| document.lang.or_else(|| lang_of_name(&document.name)));
    let is_exchanged = match stated {
        [Some(one), Some(other)] if one != other => one == Lang::En,
        _ => {
            let [one, other] = [first, second].map(|text| langid::log_odds(&text.text).unwrap_or_default());
            one < other
        }
    };
    if is_exchanged { Orientation::Exchanged } else { Orientation::AsGiven }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: [&str; 2], texts: [&str; 2]) -> Orientation {
        let [first, second] = [0, 1].map(|at| Document::plain(names[at], texts[at]));
        orientation(&first, &second)
    }

    #[test]
    fn one_sentence_is_enough_in_either_order() {
        let (es, en) = ("El arancel subió en mayo.", "The tariff went up in May.");
        let names = ["uno.txt", "dos.txt"];
        assert_eq!(named(names, [es, en]), Orientation::AsGiven);
        assert_eq!(named(names, [en, es]), Orientation::Exchanged);
    }

    #[test]
    fn where_words_do_not_tell_names_do() {
        let texts = ["T-MEC 2026", "T-MEC 2026"];
        assert_eq!(named(["a.en.txt", "a.es.txt"], texts), Orientation::Exchanged);
        assert_eq!(named(["a.es.txt", "a.en.txt"], texts), Orientation::AsGiven);
        assert_eq!(named(["a.txt", "b.txt"], texts), Orientation::AsGiven);
    }
}
