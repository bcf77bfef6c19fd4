//! What the search box looks in: the words of an entry, folded once when the page is made.
//!
//! The entry of *T-MEC* has the key `|t mec|tmec|tratado entre mexico …|usmca|`: phrases without accents and in
//! lower case between bars. `page.js` folds what is typed in the same way.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::report::aligned_glossary::Entry;
use crate::report::view;

/// The search key of an entry: its terms, feminines, id and the forms found in its contexts, each once.
pub(super) fn search_key(entry: &Entry) -> String {
    let mut phrases: Vec<String> = Vec::new();
    for text in texts(entry) {
        for phrase in [fold(text), fold(&closed(text))] {
            if !phrase.is_empty() && !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
    }
    format!("|{}|", phrases.join("|"))
}

/// The letter under which a term stands: A to Z, Ñ, or # for anything else.
pub(super) fn letter(term: &str) -> char {
    let Some(first) = term.nfc().find(|letter| letter.is_alphanumeric()) else { return '#' };
    let upper = first.to_uppercase().next().unwrap_or(first);
    if upper == 'Ñ' {
        return upper;
    }
    std::iter::once(upper).nfd().next().filter(char::is_ascii_alphabetic).unwrap_or('#')
}

fn texts(entry: &Entry) -> Vec<&str> {
    let mut texts: Vec<&str> = Vec::new();
    for term in &entry.terms {
        texts.push(&term.term);
        texts.extend(term.feminine.as_deref());
    }
    for snippet in entry.contexts.iter().flat_map(|context| [&context.es, &context.en]).flatten() {
        texts.extend(view::pieces(snippet).into_iter().filter_map(view::Piece::hit));
    }
    texts.push(&entry.id);
    texts
}

/// Words in lower case without accents, one space between them.
fn fold(text: &str) -> String {
    let bare: String = text.nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    let lower = bare.to_lowercase();
    lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text with its words written closed: `T-MEC` as `TMEC`, `EE. UU.` as `EE UU`.
fn closed(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric() || letter.is_whitespace() || is_combining_mark(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::aligned_glossary::EntryTerm;

    #[test]
    fn keys_are_folded_closed_and_free_of_doubles() {
        let term = |text: &str| EntryTerm { term: text.into(), ..EntryTerm::default() };
        let entry = Entry {
            id: "t-mec".into(),
            terms: vec![term("T-MEC"), term("Quédate en México"), term("EE.UU.")],
            ..Entry::default()
        };
        assert_eq!(search_key(&entry), "|t mec|tmec|quedate en mexico|ee uu|eeuu|");
    }

    #[test]
    fn letters_lose_their_accent_but_enye_stays() {
        for (term, expected) in [
            ("árbitro", 'A'),
            ("ñandú", 'Ñ'),
            ("n\u{303}andu", 'Ñ'),
            ("«éxodo»", 'E'),
            ("15-F", '#'),
            ("", '#'),
        ] {
            assert_eq!(letter(term), expected, "{term}");
        }
    }
}
