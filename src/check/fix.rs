//! Replacements that may be made without asking, put into a text.

use std::collections::BTreeMap;

use super::{Finding, Fix};
use crate::lang::Lang;
use crate::termbase::Gender;
use crate::termbase::view::article;
use crate::text::{Span, fold};

/// A text with fixes made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many were made.
    pub made: usize,
}

/// Makes the fixes of one file in its text. Of two that overlap the first is made; another run makes the second.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> Fixed {
    let mut fixes: Vec<&Fix> = fixes.into_iter().collect();
    fixes.sort_by_key(|fix| (fix.place.span.start, fix.place.span.end));
    let mut fixed = Fixed { text: String::with_capacity(text.len()), made: 0 };
    let mut at = 0;
    for fix in fixes {
        let span = fix.place.span;
        let Some(before) = text.get(at..span.start) else { continue };
        if !text.is_char_boundary(span.end) || span.end > text.len() {
            continue;
        }
        fixed.text.push_str(before);
        fixed.text.push_str(&fix.replacement);
        fixed.made += 1;
        at = span.end;
    }
    fixed.text.push_str(text.get(at..).unwrap_or(""));
    fixed
}

/// The fixes of findings, by file.
pub fn by_file(findings: &[Finding]) -> BTreeMap<&str, Vec<&Fix>> {
    let mut files: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        files.entry(&fix.place.file).or_default().push(fix);
    }
    files
}

/// A replacement as its sentence wants it, with the bytes it takes the place of: with capitals where those have them,
/// and with the English article before it. `None` where Spanish words around it would have to change.
pub(super) fn in_sentence(text: &str, span: Span, new: &str, lang: Lang) -> Option<(Span, String)> {
    let old = span.of(text);
    let before = text.get(..span.start)?;
    let new = as_written(old, new);
    match lang {
        Lang::Es => (keeps_gender(old, &new) && sounds_alike(before, old, &new)).then_some((span, new)),
        Lang::En => Some(match other_article(before, old, &new) {
            Some((start, article)) => (Span::new(start, span.end), format!("{article} {new}")),
            None => (span, new),
        }),
    }
}

/// Whether a Spanish word may take the place of another without a change to the words around it: as far as their
/// endings tell, both have one gender.
fn keeps_gender(old: &str, new: &str) -> bool {
    let (old, new) = (is_feminine(old), is_feminine(new));
    old.is_none() || new.is_none() || old == new
}

/// Whether the words before a Spanish one fit another one too: *el agua* but *la alberca*, *e inmigrantes* but *y
/// migrantes*, *u organismos* but *o institutos*.
fn sounds_alike(before: &str, old: &str, new: &str) -> bool {
    let takes_el = |word: &str| article(word, Gender::Feminine, None) == "el" && !word.ends_with('s');
    let begins = |word: &str, sounds: &[&str]| {
        let word = fold::key(word);
        sounds.iter().any(|sound| word.trim_start_matches('h').starts_with(sound))
    };
    let is_i = |word: &str| begins(word, &["i"]) && !begins(word, &["ie"]);
    let is_o = |word: &str| begins(word, &["o"]);
    let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    match last.as_str() {
        "y" | "e" => is_i(old) == is_i(new),
        "o" | "u" => is_o(old) == is_o(new),
        _ => takes_el(old) == takes_el(new),
    }
}

/// Where the English article before a word is that of its sound and the new word has the other one: where it begins,
/// and the other one.
fn other_article(before: &str, old: &str, new: &str) -> Option<(usize, &'static str)> {
    let words = before.trim_end_matches([' ', '\u{a0}']);
    let start = words
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
    let (article, is_right) = match &words[start..] {
        _ if words.len() == before.len() => return None,
        "a" => ("an", !begins_with_vowel(old)),
        "A" => ("An", !begins_with_vowel(old)),
        "an" => ("a", begins_with_vowel(old)),
        "An" => ("A", begins_with_vowel(old)),
        _ => return None,
    };
    (is_right && begins_with_vowel(old) != begins_with_vowel(new)).then_some((start, article))
}

/// Whether an English word is said with a vowel first: *an hour*, *a union*.
fn begins_with_vowel(phrase: &str) -> bool {
    let word = phrase.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let is_spelt = word.len() > 1 && word.len() < 4 && word.chars().all(char::is_uppercase);
    let word = word.to_lowercase();
    let has = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    match word.chars().next() {
        Some(first) if is_spelt => "aefhilmnorsx".contains(first),
        Some('u') => {
            !has(&["uni", "us", "ut", "ur", "uk"]) || has(&["unin", "unim", "ush", "utt", "urb", "urg"])
        }
        Some('h') => has(&["hour", "honest", "honor", "heir"]),
        Some('e' | 'o') => !has(&["eu", "ewe", "one", "once"]),
        first => matches!(first, Some('a' | 'i')),
    }
}

/// The gender that the ending of a first word tells, where it tells one.
fn is_feminine(text: &str) -> Option<bool> {
    let word = text.split_whitespace().next()?.to_lowercase();
    let word = word.strip_suffix('s').unwrap_or(&word);
    if ["a", "ción", "sión", "dad", "tad", "tud", "cione", "sione", "dade", "tade"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return Some(true);
    }
    ["o", "l", "r", "ón", "án", "ore", "ale", "ele"].iter().any(|end| word.ends_with(end)).then_some(false)
}

/// The replacement with a capital where what it replaces has one, in capitals where that is a word in capitals.
/// Initials are no such word: what stands for them is written as it is.
fn as_written(old: &str, new: &str) -> String {
    let letters = || old.chars().filter(|c| c.is_alphabetic());
    if letters().count() > LONGEST_INITIALS && letters().all(char::is_uppercase) {
        return new.to_uppercase();
    }
    let is_capital = old.chars().next().is_some_and(char::is_uppercase);
    if is_capital { fold::capitalized(new) } else { new.to_owned() }
}

/// Words in capitals that are longer are no initials (TLCAN, UNHCR, SEDESOL).
const LONGEST_INITIALS: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Place;

    fn fix(start: usize, end: usize, replacement: &str) -> Fix {
        let place = Place::new("a.txt", Span::new(start, end));
        Fix { place, replacement: replacement.to_owned() }
    }

    #[test]
    fn a_word_of_another_gender_is_no_safe_replacement() {
        for (old, new, safe) in [
            ("tarifa", "arancel", false),
            ("felonías", "delitos graves", false),
            ("evidencia", "prueba", true),
            ("gravamen", "arancel", true),
            ("1.5 billones", "1,500 millones", true),
        ] {
            assert_eq!(keeps_gender(old, new), safe, "{old} {new}");
        }
    }

    #[test]
    fn a_replacement_fits_its_sentence_or_is_none() {
        let cases = [
            (Lang::En, "It is an [illegal alien].", "migrant", Some("It is [a migrant].")),
            (Lang::En, "An [illegal alien] came.", "migrant", Some("[A migrant] came.")),
            (Lang::En, "A [pact] holds.", "agreement", Some("[An agreement] holds.")),
            (Lang::En, "a [national body]", "union", Some("a [union]")),
            (Lang::En, "an [old firm]", "hour", Some("an [hour]")),
            (Lang::En, "plan [a pact]", "agreement", Some("plan [agreement]")),
            (Lang::En, "data [pact]", "agreement", Some("data [agreement]")),
            (Lang::En, "ILLEGAL ALIENS: [ILLEGAL ALIENS]", "migrants", Some("ILLEGAL ALIENS: [MIGRANTS]")),
            (
                Lang::En,
                "[SCT] and others",
                "Transportation Ministry",
                Some("[Transportation Ministry] and others"),
            ),
            (Lang::Es, "[Ilegales], dijo", "migrantes", Some("[Migrantes], dijo")),
            (Lang::Es, "la [alberca limpia]", "agua limpia", None),
            (Lang::Es, "las [albercas]", "aguas", Some("las [aguas]")),
            (Lang::Es, "y [pactos]", "iniciativas", None),
            (Lang::Es, "niños e [ilegales]", "migrantes", None),
            (Lang::Es, "niños y [pactos]", "acuerdos", Some("niños y [acuerdos]")),
            (Lang::Es, "la [tarifa]", "arancel", None),
        ];
        for (lang, text, new, wanted) in cases {
            let (start, end) = (text.find('[').unwrap_or(0), text.find(']').unwrap_or(0) - 1);
            let plain = text.replace(['[', ']'], "");
            let told = in_sentence(&plain, Span::new(start, end), new, lang);
            let told =
                told.map(|(span, new)| format!("{}[{new}]{}", &plain[..span.start], &plain[span.end..]));
            assert_eq!(told.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        let fixes = [fix(13, 17, "alza"), fix(0, 5, "Arancel"), fix(3, 9, "nunca"), fix(90, 95, "x")];
        let fixed = apply("Peaje en año: sube.\r\n", &fixes);
        assert_eq!((fixed.text.as_str(), fixed.made), ("Arancel en añoalzabe.\r\n", 2));
    }
}
