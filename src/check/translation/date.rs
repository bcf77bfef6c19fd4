//! The date of a text: as it states, else that of its dateline.
//!
//! ```text
//! MONTERREY, 14 de mayo de 2025.- Los productores …
//! MEXICO CITY, Sept. 9, 2025 — Mexico's …
//! ```

use crate::text::{Document, floor_char_boundary, fold, tokens};

/// A dateline stands within so many bytes.
const HEAD: usize = 800;

/// The date of a document, as ISO 8601 writes it.
pub(super) fn of(document: &Document) -> Option<String> {
    let stated =
        document.about.date.as_ref().filter(|date| date.as_bytes().first().is_some_and(u8::is_ascii_digit));
    stated.cloned().or_else(|| {
        let text = &document.text;
        dateline(&text[..floor_char_boundary(text, text.len().min(HEAD))])
    })
}

/// The first full date of a text: day, month and year in the order of either language.
fn dateline(text: &str) -> Option<String> {
    let words: Vec<String> = tokens::words(text).map(|span| fold::lower(span.of(text))).collect();
    words.windows(5).find_map(spanish).or_else(|| words.windows(3).find_map(english))
}

/// `14 de mayo de 2025`.
fn spanish(words: &[String]) -> Option<String> {
    let [day, of, month, of_year, year] = words else { return None };
    if of != "de" || !matches!(of_year.as_str(), "de" | "del") {
        return None;
    }
    date(year, MONTHS.iter().position(|names| names.0 == month)?, day)
}

/// `May 14, 2025`, `Sept. 9, 2025`.
fn english(words: &[String]) -> Option<String> {
    let [month, day, year] = words else { return None };
    let is_named = |name: &str| name == month || month.len() >= 3 && name.starts_with(month.as_str());
    date(year, MONTHS.iter().position(|names| is_named(names.1))?, day)
}

fn date(year: &str, month: usize, day: &str) -> Option<String> {
    let (year, day): (u16, u8) = (year.parse().ok()?, day.trim_start_matches('0').parse().ok()?);
    ((1000..3000).contains(&year) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{:02}-{day:02}", month + 1))
}

const MONTHS: [(&str, &str); 12] = [
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_of_both_languages() {
        let cases = [
            ("MONTERREY, 14 de mayo de 2025.- Los productores de acero", Some("2025-05-14")),
            ("MEXICO CITY, Sept. 9, 2025 — Mexico's top diplomat", Some("2025-09-09")),
            ("Firmado el 1 de julio de 2020 en Washington", Some("2020-07-01")),
            ("A partir del 17 de noviembre habrá un nuevo horario", None),
            ("It opened in May, 12 years after 1994", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(of(&Document::plain("t", text)).as_deref(), wanted, "{text}");
        }
    }
}
