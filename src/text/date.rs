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

/// Whether a text is a date as ISO 8601 writes it, and such a day exists: `2026`, `2026-11`, `2026-11-22`, or with a time
/// behind it.
pub fn is_date(text: &str) -> bool {
    is_calendar_date(text.get(..10).unwrap_or(text))
}

/// Whether a day lies before a date; both as exact as the less exact one, so that what is valid until 2019 is so all that
/// year. `None` where one of them is no date.
pub fn is_over(until: &str, date: &str) -> Option<bool> {
    let length = date.len().min(until.len());
    (is_date(date) && is_date(until)).then(|| date[..length] > until[..length])
}

/// The first full date of a text: day, month and year as either language has them, or as ISO 8601.
fn dateline(text: &str) -> Option<String> {
    let words: Vec<String> = tokens::words(text).map(|span| fold::lower(span.of(text))).collect();
    written(&words).or_else(|| {
        let digital = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
        digital.filter(|word| word.len() == 10).find(|word| is_calendar_date(word)).map(str::to_owned)
    })
}

/// The first date among words that has its month in letters: `14 de mayo de 2025`, `lunes 6 de mayo, 2024`, `13 de mayo del
/// año 2024`, `Sept. 9, 2025`, `May 6th, 2024`, `6 May 2024`. The words are in small letters.
pub(crate) fn written(words: &[String]) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let number = Lang::ALL.into_iter().find_map(|lang| month(&words[at], lang))?;
        let behind = past(&words[at + 1..], &["de", "del", "año", "of"]);
        let mut before = words[at.saturating_sub(3)..at].iter().rev();
        let before = before.find(|word| !matches!(word.as_str(), "de" | "of" | "o" | "°"));
        let day_first = || date(behind.first()?, number, before?);
        let month_first = || date(words.get(at + 2)?, number, &words[at + 1]);
        day_first().or_else(month_first)
    })
}

/// The words past those that stand between a month and its year.
fn past<'w>(words: &'w [String], between: &[&str]) -> &'w [String] {
    let count = words.iter().take(between.len()).take_while(|word| between.contains(&word.as_str())).count();
    &words[count..]
}

fn date(year: &str, month: u32, day: &str) -> Option<String> {
    let day = ["°", "o", "st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let day: u32 = if day == "primero" { 1 } else { day.parse().ok()? };
    let year: u32 = year.parse().ok().filter(|year| (1000..3000).contains(year))?;
    Some(format!("{year:04}-{month:02}-{day:02}")).filter(|date| is_calendar_date(date))
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

/// Whether `text` is a calendar date of ISO 8601: `2026`, `2026-11` or `2026-11-22`, and such a day exists.
pub(crate) fn is_calendar_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |i: usize, digits: usize| {
        parts
            .get(i)
            .filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    match parts.len() {
        1 => number(0, 4).is_some(),
        2 => number(0, 4).is_some() && number(1, 2).is_some_and(is_month),
        3 => match (number(0, 4), number(1, 2), number(2, 2)) {
            (Some(year), Some(month), Some(day)) => {
                is_month(month) && day >= 1 && day <= days_in(year, month)
            }
            _ => false,
        },
        _ => false,
    }
}

fn is_month(month: u32) -> bool {
    (1..=12).contains(&month)
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

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
            ("CIUDAD DE MÉXICO, lunes 6 de mayo, 2024", Some("2024-05-06")),
            ("Mayo 6, 2024.", Some("2024-05-06")),
            ("Dado el 13 de mayo del año 2024", Some("2024-05-13")),
            ("1º de mayo de 2024", Some("2024-05-01")),
            ("1.º de mayo de 2024", Some("2024-05-01")),
            ("EL PASO, May 6th, 2024", Some("2024-05-06")),
            ("LONDON, 6 May 2024", Some("2024-05-06")),
            ("Boletín 2024-05-06: aranceles", Some("2024-05-06")),
            ("Firmado el 31 de febrero de 2024", None),
            ("They may meet 6 times in 2024", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(of(&Document::plain("t", text)).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn only_days_of_the_calendar() {
        for good in ["2026", "2026-11", "2026-11-22", "2024-02-29", "2000-02-29", "1994-01-01"] {
            assert!(is_calendar_date(good), "{good}");
        }
        let bad = [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-2",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-11-00",
            "22-11-2026",
            "2026/11/22",
            "2026-11-22T10:00:00",
            "2026-11-22-01",
            "+026-11",
        ];
        for bad in bad {
            assert!(!is_calendar_date(bad), "{bad}");
        }
    }
}
