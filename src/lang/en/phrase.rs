//! Noun phrases: which word inflects.
//!
//! The last (*border walls*), the one before a preposition (*ports of entry*, *mothers-in-law*), or the one before
//! an adjective that follows its noun (*attorneys general*).

use super::noun;
use crate::lang::forms::{Forms, is_code};

/// Takes the other number of a noun phrase.
pub(super) fn inflect(term: &str, forms: &mut Forms<'_>) {
    let words = words(term);
    for (at, rule) in heads(term, &words) {
        let Some(&word) = words.get(at) else { continue };
        if is_code(word.text) {
            continue;
        }
        for (form, rule) in other_number(word.text, rule) {
            let first = plural_first(&words, at, rule).unwrap_or_default();
            let start = if first.is_empty() { 0 } else { words[0].text.len() };
            forms.push(format!("{first}{}{form}{}", &term[start..word.start], &term[word.end()..]), rule);
        }
    }
    take_tail(term, &words, forms);
}

/// A word with its place in the term.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    start: usize,
    text: &'a str,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

fn words(term: &str) -> Vec<Word<'_>> {
    let mut start = 0;
    let mut found = Vec::new();
    for text in term.split([' ', '-']) {
        found.push(Word { start, text });
        start += text.len() + 1;
    }
    found
}

/// The words that may carry the number, each with the name of its rule.
fn heads(term: &str, words: &[Word<'_>]) -> Vec<(usize, &'static str)> {
    let last = words.len() - 1;
    let preposition = words.iter().skip(1).position(|word| is_preposition(word.text));
    if let Some(before) = preposition.filter(|&before| before + 1 < words.len()) {
        let mut found = vec![(before, "plural before a preposition")];
        // A compound with hyphens goes both ways: mothers-in-law, check-ins.
        if term[words[before].end()..].starts_with('-') {
            found.push((last, "plural"));
        }
        return found;
    }
    if last > 0 && POSTPOSED.contains(&words[last].text.to_lowercase().as_str()) {
        return vec![(last - 1, "plural before its adjective"), (last, "plural")];
    }
    vec![(last, "plural")]
}

/// The plurals of a singular, or the singulars of a plural.
fn other_number(word: &str, rule: &'static str) -> Vec<(String, &'static str)> {
    if noun::is_plural(word) {
        let mut all: Vec<(String, &'static str)> =
            noun::singulars(word).into_iter().map(|form| (form, "singular")).collect();
        // Irregular plurals may have another: memoranda, memorandums.
        let others: Vec<String> = all.iter().flat_map(|(single, _)| noun::plurals(single)).collect();
        all.extend(others.into_iter().map(|form| (form, rule)));
        return all;
    }
    noun::plurals(word).into_iter().map(|form| (form, rule)).collect()
}

/// *woman migrant → women migrants*.
fn plural_first(words: &[Word<'_>], head: usize, rule: &str) -> Option<String> {
    let first = words.first().filter(|_| head > 0 && rule != "singular")?;
    match first.text {
        "woman" => Some("women".to_owned()),
        "man" => Some("men".to_owned()),
        _ => None,
    }
}

/// *transfer of power → transfer of powers*: the number of one noun after *of*.
fn take_tail(term: &str, words: &[Word<'_>], forms: &mut Forms<'_>) {
    let [.., of, last] = words else { return };
    if of.text != "of" || words.len() < 3 || last.text.starts_with(char::is_uppercase) {
        return;
    }
    if let Some((form, _)) = other_number(last.text, "plural").into_iter().next() {
        forms.push(format!("{}{form}", &term[..last.start]), "other number after the preposition");
    }
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "of" | "in"
            | "for"
            | "to"
            | "on"
            | "at"
            | "from"
            | "with"
            | "by"
            | "under"
            | "against"
            | "without"
            | "between"
            | "among"
            | "into"
            | "over"
            | "per"
            | "de"
            | "du"
            | "within"
            | "before"
            | "after"
            | "through"
            | "than"
            | "as"
            | "about"
            | "toward"
            | "towards"
            | "upon"
    )
}

/// Adjectives that follow their noun.
const POSTPOSED: &[&str] = &[
    "general",
    "martial",
    "elect",
    "designate",
    "emeritus",
    "laureate",
    "errant",
    "public",
    "plenipotentiary",
    "apparent",
    "politic",
    "extraordinary",
    "royal",
    "aforethought",
    "proper",
    "presumptive",
];
