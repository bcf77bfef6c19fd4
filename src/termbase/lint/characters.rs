//! The letters of a term: those that nobody sees, those that no text has, and those that are both in and out.

use super::{Glossary, finding};
use crate::check::{Finding, Severity};
use crate::termbase::model::TermEntry;
use crate::text::fold;

/// Longer terms are sentences.
const MOST_WORDS: usize = 40;

/// Longer terms are texts.
const MOST_CHARACTERS: usize = 10_000;

/// Terms that are never found, or hardly ever.
pub(super) fn unmatchable_terms(glossary: &Glossary<'_>) -> Vec<Finding> {
    let described = |term: &TermEntry| {
        let (what, help) = unmatchable(term)?;
        let shown: String = term.term.chars().take(40).collect();
        let message = format!("“{}” {what}", shown.trim_end());
        Some(finding(Severity::Warning, "unmatchable-term", term.place.as_ref(), message).help(help))
    };
    glossary.terms().filter_map(|(_, term)| described(term)).collect()
}

fn unmatchable(term: &TermEntry) -> Option<(&'static str, &'static str)> {
    if !term.term.contains(char::is_alphanumeric) {
        return Some(("is never found: it has no letters or digits", "write a term with letters"));
    }
    let mut forms = std::iter::once(&term.term).chain(&term.forms);
    if term.is_literal() && forms.all(|form| term.exclude.contains(form)) {
        return Some((
            "is never found: all its forms are excluded",
            "remove what shall be found from `exclude`",
        ));
    }
    let is_long = term.term.chars().nth(MOST_CHARACTERS).is_some()
        || term.term.split_whitespace().nth(MOST_WORDS).is_some();
    is_long.then_some((
        "is hardly ever found: it is too long",
        "put the text into `definition` or `contexts`, and name it in a few words",
    ))
}

/// Forms that a term both lists and excludes.
pub(super) fn contradictory_forms(glossary: &Glossary<'_>) -> Vec<Finding> {
    let both = |term: &TermEntry| {
        let excluded: Vec<String> = term.exclude.iter().map(|form| fold::lower(form)).collect();
        let form = term.forms.iter().find(|form| excluded.contains(&fold::lower(form)))?;
        let message = format!("“{form}” is listed among the forms of “{}”, and excluded", term.term);
        let help = "remove it from `forms` or from `exclude`; as it is, it is not found";
        Some(finding(Severity::Warning, "contradictory-forms", term.place.as_ref(), message).help(help))
    };
    glossary.terms().filter_map(|(_, term)| both(term)).collect()
}

/// Terms with characters that came with copied text.
pub(super) fn suspicious_characters(glossary: &Glossary<'_>) -> Vec<Finding> {
    let described = |term: &TermEntry| {
        let (what, help) = suspicious(&term.term)?;
        let message = format!("the term “{}” has {what}", term.term.trim());
        Some(finding(Severity::Warning, "suspicious-characters", term.place.as_ref(), message).help(help))
    };
    glossary.terms().filter_map(|(_, term)| described(term)).collect()
}

fn suspicious(term: &str) -> Option<(&'static str, &'static str)> {
    if term.contains(['\u{a0}', '\u{2007}', '\u{202f}']) {
        return Some(("a no-break space", "write a plain space; texts may have either"));
    }
    if term.contains(is_invisible) {
        return Some(("an invisible character", "type the term anew"));
    }
    if term.trim() != term || term.contains("  ") {
        return Some(("spare space", "leave one space between words and none around them"));
    }
    if term.contains(char::is_control) {
        return Some(("a control character", "type the term anew"));
    }
    if !is_balanced(term) {
        return Some(("a quote or bracket without its partner", "add the partner or remove it"));
    }
    let mixed = term.split(|c: char| !c.is_alphabetic()).any(mixes_scripts);
    mixed.then_some(("letters of two scripts in one word", "type the word anew with Latin letters"))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Whether brackets and quotes come in pairs. The apostrophe ’ is no quote.
fn is_balanced(term: &str) -> bool {
    let mut open = Vec::new();
    for c in term.chars() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            '«' => open.push('»'),
            '“' => open.push('”'),
            ')' | ']' | '}' | '»' | '”' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty() && term.matches('"').count().is_multiple_of(2)
}

fn mixes_scripts(word: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}');
    let look_alike = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    word.contains(latin) && word.contains(look_alike)
}
