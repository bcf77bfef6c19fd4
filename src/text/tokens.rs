//! Words: maximal runs of letters, digits and marks.
//!
//! Hyphens, apostrophes and all other punctuation bound words; soft hyphens and zero-width characters within a
//! word belong to it. Superscript digits are notes, not part of the word they follow.
//!
//! ```
//! use glosa::text::tokens::words;
//! let text = "USMCA-compliant; año";
//! let found: Vec<_> = words(text).map(|span| span.of(text)).collect();
//! assert_eq!(found, ["USMCA", "compliant", "año"]);
//! ```

use unicode_normalization::char::is_combining_mark;

use super::Span;
use super::fold::{self, is_skipped};

/// The spans of the words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = word_start(text, at)?;
        let end = word_end(text, start);
        at = end;
        Some(Span::new(start, end))
    })
}

/// The keys of a text's words, parted by single spaces: what terms have in common that differ in case, accents
/// and typography only (`T-MEC` is `t mec`).
pub fn phrase_key(text: &str) -> String {
    folded_words(text, fold::key)
}

/// [`phrase_key`] with the accents kept.
pub fn phrase_lower(text: &str) -> String {
    folded_words(text, fold::lower)
}

fn folded_words(text: &str, fold: fn(&str) -> String) -> String {
    let mut folded = String::with_capacity(text.len());
    for span in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&fold(span.of(text)));
    }
    folded
}

/// Whether a word can begin with this character.
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() && !is_superscript(c)
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}')
}

fn word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
        } else {
            let c = text[at..].chars().next()?;
            if is_word_char(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
    None
}

/// Where the word that starts at `start` ends; skipped characters at its end are left outside.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut end) = (start, start);
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            if !bytes[at].is_ascii_alphanumeric() {
                break;
            }
            at += 1;
            end = at;
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            if is_word_char(c) || is_combining_mark(c) {
                at += c.len_utf8();
                end = at;
            } else if is_skipped(c) {
                at += c.len_utf8();
            } else {
                break;
            }
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|span| span.of(text)).collect()
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_marks() {
        for (text, expected) in [
            ("", &[][..]),
            ("15-year", &["15", "year"]),
            ("Mexico’s", &["Mexico", "s"]),
            ("Que\u{301}date ya", &["Que\u{301}date", "ya"]),
            ("Ze\u{AD}laya\u{AD}", &["Ze\u{AD}laya"]),
            ("EE.\u{A0}UU.", &["EE", "UU"]),
            ("T-MEC²", &["T", "MEC"]),
            ("1,700 «años»", &["1", "700", "años"]),
            ("\u{FEFF}Hola", &["Hola"]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn terms_meet_in_their_keys() {
        for (term, key) in [
            ("Secretaría de  Economía", "secretaria de economia"),
            ("T-MEC", "t mec"),
            ("EE.\u{a0}UU.", "ee uu"),
            ("an\u{303}o", "año"),
            ("—¿?", ""),
        ] {
            assert_eq!(phrase_key(term), key, "{term}");
        }
        assert_eq!(phrase_lower("Papá-NOEL"), "papá noel");
    }

    proptest! {
        #[test]
        fn words_are_ordered_and_on_boundaries(text in "\\PC{0,60}") {
            let mut last = 0;
            for span in words(&text) {
                prop_assert!(span.start >= last && !span.is_empty());
                prop_assert!(text.get(span.range()).is_some());
                last = span.end;
            }
        }
    }
}
