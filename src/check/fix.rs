//! Replacements that may be made without asking, put into a text.

use std::collections::BTreeMap;

use super::{Finding, Fix};

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
        fixed.text.push_str(&as_written(text.get(span.range()).unwrap_or(""), &fix.replacement));
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

/// Whether a Spanish word may take the place of another without a change to the words around it: as far as their
/// endings tell, both have one gender.
pub(super) fn keeps_gender(old: &str, new: &str) -> bool {
    let (old, new) = (is_feminine(old), is_feminine(new));
    old.is_none() || new.is_none() || old == new
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

/// The replacement with a capital where what it replaces has one.
fn as_written(old: &str, new: &str) -> String {
    let is_capital = old.chars().next().is_some_and(char::is_uppercase);
    let mut letters = new.chars();
    match letters.next() {
        Some(first) if is_capital => first.to_uppercase().chain(letters).collect(),
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Place;
    use crate::text::Span;

    fn fix(start: usize, end: usize, replacement: &str) -> Fix {
        let place = Place { file: "a.txt".into(), span: Span::new(start, end) };
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
    fn the_rest_stays_as_it_is() {
        let fixes = [fix(13, 17, "alza"), fix(0, 5, "arancel"), fix(3, 9, "nunca"), fix(90, 95, "x")];
        let fixed = apply("Peaje en año: sube.\r\n", &fixes);
        assert_eq!((fixed.text.as_str(), fixed.made), ("Arancel en añoalzabe.\r\n", 2));
    }
}
