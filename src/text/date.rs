//! The date of a text: as it states, else that of its dateline; and whether what is valid until a day is over by then.
//!
//! ```text
//! MONTERREY, 14 de mayo de 2025.- Los productores …
//! MEXICO CITY, Sept. 9, 2025 — Mexico's …
//! ```

use std::sync::LazyLock;

use super::{Document, floor_char_boundary, fold, tokens};
use crate::lang::Lang;

/// A dateline stands within so many bytes.
const HEAD: usize = 800;

/// The date of a document, as ISO 8601 writes it.
pub fn of(document: &Document) -> Option<String> {
    let stated = document.about.date.as_ref().filter(|date| is_date(date));
    stated.cloned().or_else(|| {
        let text = &document.text;
        dateline(&text[..floor_char_boundary(text, text.len().min(HEAD))])
    })
}

/// Whether a text is a date as ISO 8601 writes it: `2026`, `2026-11`, `2026-11-22`, or with a time behind it.
pub fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits =
        |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let dash = |at: usize| bytes.get(at) == Some(&b'-');
    match bytes.len() {
        4 => digits(0, 4),
        7 => digits(0, 4) && dash(4) && digits(5, 7),
        10.. => {
            digits(0, 4) && dash(4) && digits(5, 7) && dash(7) && digits(8, 10) && text.is_char_boundary(10)
        }
        _ => false,
    }
}
/// Whether a day lies before a date; both as exact as the less exact one, so that what is valid until 2019 is so all that
/// year. `None` where one of them is no date.
pub fn is_over(until: &str, date: &str) -> Option<bool> {
    let length = date.len().min(until.len());
    (is_date(date) && is_date(until)).then(|| date[..length] > until[..length])
}

/// The first full date of a text: day, month and year in the order of either language.
fn dateline(text: &str) -> Option<String> {
    let words: Vec<String> = tokens::words(text).map(|span| fold::lower(span.of(text))).collect();
    words.windows(5).find_map(spanish).or_else(|| words.windows(3).find_map(english))
}

/// `14 de mayo de 2025`.
fn spanish(words: &[String]) -> Option<String> {
    let [day, of, name, of_year, year] = words else { return None };
    if of != "de" || !matches!(of_year.as_str(), "de" | "del") {
        return None;
    }
    date(year, month(name, Lang::Es)?, day)
}

/// `May 14, 2025`, `Sept. 9, 2025`.
fn english(words: &[String]) -> Option<String> {
    let [name, day, year] = words else { return None };
    date(year, month(name, Lang::En)?, day)
}

fn date(year: &str, month: u32, day: &str) -> Option<String> {
    let (year, day): (u16, u8) = (year.parse().ok()?, day.trim_start_matches('0').parse().ok()?);
    ((1000..3000).contains(&year) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The number of the month that a word names, 1 to 12: in Spanish or in English, in full or, in English, as newspapers
/// shorten it. The word is in small letters and without accents.
pub(crate) fn month(word: &str, lang: Lang) -> Option<u32> {
    static ENGLISH: LazyLock<[String; 12]> = LazyLock::new(|| MONTHS.map(|(_, en)| fold::lower(en)));
    let nth = match lang {
        Lang::Es if word == "setiembre" => Some(8),
        Lang::Es => MONTHS.iter().position(|(es, _)| word == *es),
        Lang::En if word == "sept" => Some(8),
        Lang::En => {
            let is_named = |name: &String| name == word || word.len() == 3 && name.starts_with(word);
            ENGLISH.iter().position(is_named)
        }
    };
    nth.map(|nth| nth as u32 + 1)
}

/// The months in Spanish and English, as they are written within sentences.
pub(crate) const MONTHS: [(&str, &str); 12] = [
    ("enero", "January"),
    ("febrero", "February"),
    ("marzo", "March"),
    ("abril", "April"),
    ("mayo", "May"),
    ("junio", "June"),
    ("julio", "July"),
    ("agosto", "August"),
    ("septiembre", "September"),
    ("octubre", "October"),
    ("noviembre", "November"),
    ("diciembre", "December"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_as_exactly_as_both_are() {
        for (until, date, wanted) in [
            ("2019", "2019-05-01", Some(false)),
            ("2019", "2020", Some(true)),
            ("2019-05-01", "2019", Some(false)),
            ("2019-05-01", "2019-05-02", Some(true)),
            ("May 2019", "2020-01-01", None),
        ] {
            assert_eq!(is_over(until, date), wanted, "{until} {date}");
        }
    }

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
