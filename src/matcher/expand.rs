//! From an entry to its surface forms: the forms in which the term stands in running text.
//!
//! Terms are expanded when the glossary is compiled; texts are never stemmed (so *puerto* is not *puerta*).
//! Typography (hyphens, spaces, dots) is the business of [`super::pattern`].

use super::MatchKind;
use crate::lang::{Inflectable, Lang};
use crate::tagger::{Class, Tagger};
use crate::termbase::{PartOfSpeech, TermEntry, TermType};
use crate::text::fold;

/// A form of a term with the rule that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceForm {
    /// The form as it would be typed.
    pub text: String,
    /// How it differs from the term: `Exact` for the term itself, else `Variant` or `Inflected`.
    pub kind: MatchKind,
    /// The rule that made it.
    pub rule: &'static str,
}

/// The forms of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// The term itself first, without those it excludes.
    pub forms: Vec<SurfaceForm>,
    /// Whether there were more than are kept.
    pub cut: bool,
}

/// More forms than this are not kept; the longest Spanish verb has some 400.
const MOST_FORMS: usize = 2_000;

/// Nor are forms of more bytes in all: those of a verb take some six thousand.
const MOST_BYTES: usize = 1_000_000;

/// All forms of an entry.
pub fn expand(entry: &TermEntry, lang: Lang) -> Expansion {
    let mut forms =
        vec![SurfaceForm { text: entry.term.clone(), kind: MatchKind::Exact, rule: "as entered" }];
    let variant =
        |text: &String| SurfaceForm { text: text.clone(), kind: MatchKind::Variant, rule: "listed form" };
    forms.extend(entry.forms.iter().map(variant));
    if !entry.is_literal() {
        forms.extend(inflected(entry, lang));
    }
    let all = forms.len();
    let mut bytes = 0;
    let kept = forms.iter().take(MOST_FORMS).take_while(|form| {
        bytes += form.text.len();
        bytes <= MOST_BYTES.max(entry.term.len())
    });
    forms.truncate(kept.count());
    let cut = forms.len() < all;
    if !entry.exclude.is_empty() {
        let excluded: Vec<String> = entry.exclude.iter().map(|form| fold::lower(form)).collect();
        forms.retain(|form| !excluded.contains(&fold::lower(&form.text)));
    }
    Expansion { forms, cut }
}

fn inflected(entry: &TermEntry, lang: Lang) -> Vec<SurfaceForm> {
    if is_acronym(entry) {
        return plural_acronyms(&entry.term, lang);
    }
    let name = is_name(entry) && is_common_name(&entry.term, lang);
    if entry.pos == Some(PartOfSpeech::Name) && !name {
        return Vec::new();
    }
    let term = Inflectable {
        term: &entry.term,
        pos: if name { Some(PartOfSpeech::Noun) } else { entry.pos },
        gender: entry.gender,
        feminine: entry.feminine.as_deref(),
    };
    let form = |text, rule| SurfaceForm { text, kind: MatchKind::Inflected, rule };
    let mut forms = lang.inflect(&term);
    forms.retain(|inflected| !name || inflected.rule.contains("plural"));
    forms.into_iter().map(|inflected| form(inflected.form, inflected.rule)).collect()
}

/// An English name of one word that is a noun too has a plural: two Houses, on Sundays.
fn is_common_name(term: &str, lang: Lang) -> bool {
    let noun = || Tagger::of(lang).entry(&fold::lower(term)).classes.has(Class::Noun);
    lang == Lang::En && !term.contains([' ', '-', '.']) && noun()
}

/// «las ONGs», "NGOs", and in Spanish also the discouraged «ONG’s».
fn plural_acronyms(term: &str, lang: Lang) -> Vec<SurfaceForm> {
    let form = |end| SurfaceForm {
        text: format!("{term}{end}"),
        kind: MatchKind::Inflected,
        rule: "plural of an acronym",
    };
    match lang {
        Lang::Es => vec![form("s"), form("'s")],
        Lang::En => vec![form("s")],
    }
}

/// Whether a term is a proper noun: so stated, or written with capitals and nothing stated.
pub fn is_name(entry: &TermEntry) -> bool {
    match entry.pos {
        Some(pos) => pos == PartOfSpeech::Name,
        None => entry.term.chars().any(char::is_uppercase),
    }
}

/// Whether a term is written like an acronym: capitals only, two or more, in one word but for full stops and
/// hyphens (`T-MEC`, `EE. UU.`, `ICE`).
pub fn is_acronym(entry: &TermEntry) -> bool {
    let term = entry.term.as_str();
    let capitals = term.chars().filter(|c| c.is_uppercase()).count();
    let stated =
        entry.term_type == Some(TermType::Acronym) || entry.term_type == Some(TermType::Abbreviation);
    let one_word =
        !term.trim().contains(char::is_whitespace) || term.contains('.') || (stated && has_digit(term));
    capitals + usize::from(has_digit(term)) >= 2 && !term.chars().any(char::is_lowercase) && one_word
}

/// Whether a digit stands in the term.
pub fn has_digit(term: &str) -> bool {
    term.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_capitals_in_one_word() {
        for term in ["ICE", "T-MEC", "EE. UU.", "U.S.", "COVID-19", "G-20", "G20", "ONG"] {
            assert!(is_acronym(&TermEntry::new(term)), "{term}");
        }
        for term in ["Segob", "México", "CBP One", "arancel", "GUARDIA NACIONAL", "K"] {
            assert!(!is_acronym(&TermEntry::new(term)), "{term}");
        }
    }

    #[test]
    fn excluded_forms_are_gone_and_listed_ones_there() {
        let mut entry = TermEntry::new("México");
        entry.forms = vec!["Méjico".into()];
        entry.exclude = vec!["MÉXICO".into()];
        let forms = expand(&entry, Lang::Es).forms;
        assert_eq!(forms.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(), ["Méjico"]);
    }
}
