//! Acronyms with their long forms, as texts introduce them: «Instituto Nacional de Migración (INM)».
//!
//! The long form is the shortest run of words before the bracket whose initials, function words left out or
//! counted, spell the acronym (the idea of Schwartz and Hearst, 2003, with whole initials only).

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::text::{Span, fold, tokens};

/// An acronym with its long form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acronym {
    /// The acronym.
    pub acronym: String,
    /// The long form.
    pub long_form: String,
    /// The language of the long form.
    pub lang: Lang,
}

/// The acronyms that a text introduces, with the number of times, in alphabetical order.
pub fn acronyms(text: &str, lang: Lang) -> BTreeMap<Acronym, usize> {
    let words: Vec<Span> = tokens::words(text).collect();
    let mut found = BTreeMap::new();
    for (i, word) in words.iter().enumerate().skip(1) {
        let acronym = word.of(text);
        let between = &text[words[i - 1].end..word.start];
        let closes = text[word.end..].starts_with(')');
        if between.trim() != "(" || !closes || !is_acronym(acronym) {
            continue;
        }
        if let Some(long_form) = long_form(text, &words[..i], acronym, lang) {
            let entry = Acronym { acronym: acronym.to_owned(), long_form, lang };
            *found.entry(entry).or_insert(0) += 1;
        }
    }
    found
}

fn is_acronym(word: &str) -> bool {
    (2..=8).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// The words before the bracket whose initials spell the acronym.
fn long_form(text: &str, before: &[Span], acronym: &str, lang: Lang) -> Option<String> {
    let letters: Vec<char> = fold::key(acronym).chars().collect();
    let mut rest = letters.as_slice();
    for (i, word) in before.iter().enumerate().rev().take(letters.len() * 3) {
        let broken =
            before.get(i + 1).is_some_and(|next| text[word.end..next.start].contains(['.', '\n', ';', '(']));
        if broken {
            return None;
        }
        let lower = fold::lower(word.of(text));
        let initial = fold::key(&lower).chars().next()?;
        match rest.split_last() {
            Some((last, others)) if *last == initial => rest = others,
            _ if lang.is_function_word(&lower) => {}
            _ => return None,
        }
        if rest.is_empty() {
            let end = before.last()?.end;
            return Some(text[word.start..end].split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_forms_are_found_before_the_bracket() {
        for (lang, text, expected) in [
            (
                Lang::Es,
                "El Instituto Nacional de Migración (INM) dijo",
                Some("Instituto Nacional de Migración"),
            ),
            (Lang::En, "the Department of Justice (DOJ) said", Some("Department of Justice")),
            (Lang::En, "a letter to the editor (DOJ)", None),
            (Lang::En, "Justice (then) Department", None),
        ] {
            let found: Vec<String> = acronyms(text, lang).into_keys().map(|a| a.long_form).collect();
            assert_eq!(found.first().map(String::as_str), expected, "{text}");
        }
    }
}
