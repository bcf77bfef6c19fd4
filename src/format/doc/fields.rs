//! Records: which of their fields holds the text, the language, the date.
//!
//! Fields are known by their usual names in English and Spanish; a glossary may name others under `fields`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::text::date::{self, is_date};
use crate::text::{About, Document, fold, tokens};

/// What a field of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The running text; there may be several, which follow one another.
    Text,
    /// The headline.
    Title,
    /// The language, as a tag.
    Lang,
    /// The name by which other records refer to it.
    Id,
    /// The date.
    Date,
    /// The desk or section.
    Desk,
    /// Who wrote it.
    Author,
    /// The id of the record that it translates.
    TranslationOf,
}

impl Field {
    /// All fields with their names in a glossary.
    pub const ALL: [(Field, &str); 8] = [
        (Field::Text, "text"),
        (Field::Title, "title"),
        (Field::Lang, "lang"),
        (Field::Id, "id"),
        (Field::Date, "date"),
        (Field::Desk, "desk"),
        (Field::Author, "author"),
        (Field::TranslationOf, "translation-of"),
    ];
}

/// Which field each name stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// The names that a user gave, each with its field.
    named: BTreeMap<String, Field>,
}

/// The usual names, folded.
const USUAL: &[(&str, Field)] = &[
    ("text", Field::Text),
    ("body", Field::Text),
    ("content", Field::Text),
    ("texto", Field::Text),
    ("cuerpo", Field::Text),
    ("contenido", Field::Text),
    ("title", Field::Title),
    ("headline", Field::Title),
    ("titulo", Field::Title),
    ("título", Field::Title),
    ("titular", Field::Title),
    ("lang", Field::Lang),
    ("language", Field::Lang),
    ("idioma", Field::Lang),
    ("lengua", Field::Lang),
    ("id", Field::Id),
    ("_id", Field::Id),
    ("guid", Field::Id),
    ("slug", Field::Id),
    ("key", Field::Id),
    ("clave", Field::Id),
    ("date", Field::Date),
    ("published", Field::Date),
    ("published_at", Field::Date),
    ("pubdate", Field::Date),
    ("fecha", Field::Date),
    ("desk", Field::Desk),
    ("section", Field::Desk),
    ("seccion", Field::Desk),
    ("sección", Field::Desk),
    ("author", Field::Author),
    ("byline", Field::Author),
    ("autor", Field::Author),
    ("translation_of", Field::TranslationOf),
    ("translation-of", Field::TranslationOf),
    ("traduccion_de", Field::TranslationOf),
    ("traducción_de", Field::TranslationOf),
];

impl Fields {
    /// Fields under their usual names only.
    pub const fn usual() -> Self {
        Fields { named: BTreeMap::new() }
    }

    /// Lets a name of a user's records stand for a field.
    pub fn name(&mut self, name: impl Into<String>, field: Field) {
        self.named.insert(name.into(), field);
    }

    /// Lays the names of a later layer over these.
    pub fn overlay(&mut self, later: Fields) {
        self.named.extend(later.named);
    }

    /// The field that a name stands for. A field that the user names has no other name.
    pub fn of(&self, name: &str) -> Option<Field> {
        if let Some(field) = self.named.get(name) {
            return Some(*field);
        }
        let folded = name.trim().to_lowercase();
        let field = USUAL.iter().find(|(usual, _)| *usual == folded)?.1;
        (!self.named.values().any(|named| *named == field)).then_some(field)
    }
}

/// Notes what a field says of the document; text and title are the caller's to add.
pub(super) fn note(document: &mut Document, field: Field, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    let about: &mut About = &mut document.about;
    let place = match field {
        Field::Text => return,
        Field::Lang => {
            if document.lang.is_none() && document.other_lang.is_none() {
                document.lang = Lang::from_tag(value);
                document.other_lang = document.lang.is_none().then(|| value.into());
            }
            return;
        }
        Field::Date => &mut about.date,
        Field::Title => &mut about.title,
        Field::Id => &mut about.id,
        Field::Desk => &mut about.desk,
        Field::Author => &mut about.author,
        Field::TranslationOf => &mut about.translation_of,
    };
    if place.is_none() {
        *place = Some(if field == Field::Date { date(value) } else { value.to_owned() });
    }
}

/// A date as ISO 8601 writes it: the day of `2025-03-01T10:00:00Z`, `20250301`, `2025/3/1`, `Sat, 01 Mar 2025`, `May 6, 2024`,
/// `6 de mayo de 2024`, `13/05/2024`, or of a number of seconds or milliseconds since 1970. What cannot be told stays as
/// written: `03/01/2025`, which is January in one country and March in the other, among it.
pub(super) fn date(written: &str) -> String {
    let written = written.trim();
    let head = written.split(['T', ' ']).next().unwrap_or("");
    let is_number = !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<Option<u32>> = match head.len() {
        8 if is_number => {
            [&head[..4], &head[4..6], &head[6..]].iter().map(|part| part.parse().ok()).collect()
        }
        10 | 13 if is_number => return of_epoch(head).unwrap_or_else(|| written.to_owned()),
        _ => head.split(['-', '/', '.']).map(|part| part.parse().ok()).collect(),
    };
    let stated = match numbers[..] {
        [Some(year @ 1000..), Some(month), Some(day)] => Some(format!("{year}-{month:02}-{day:02}")),
        [Some(year @ 1000..), Some(month)] => Some(format!("{year}-{month:02}")),
        [Some(day @ 13..=31), Some(month), Some(year @ 1000..)]
        | [Some(month), Some(day @ 13..=31), Some(year @ 1000..)] => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    };
    stated.filter(|date| is_date(date)).or_else(|| in_letters(written)).unwrap_or_else(|| written.to_owned())
}

/// The day, in UTC, of seconds (ten digits) or milliseconds (thirteen) since the beginning of 1970.
fn of_epoch(digits: &str) -> Option<String> {
    let seconds: i64 = digits.get(..10)?.parse().ok()?;
    // Days to the civil calendar, with years that begin in March (H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”).
    let days = seconds / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// A date with its month in letters.
fn in_letters(written: &str) -> Option<String> {
    let words: Vec<String> = tokens::words(written).map(|span| fold::lower(span.of(written))).collect();
    let parts: Vec<String> = words.iter().flat_map(|word| word.split('-')).map(str::to_owned).collect();
    date::written(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_or_left_alone() {
        let cases = [
            ("2025-03-01T10:00:00-06:00", "2025-03-01"),
            ("2025-03-01 10:00", "2025-03-01"),
            ("20250301T100000Z", "2025-03-01"),
            ("2025/3/1", "2025-03-01"),
            ("2025-03", "2025-03"),
            ("Sat, 01 Mar 2025 10:00:00 GMT", "2025-03-01"),
            ("03/01/2025", "03/01/2025"),
            ("13/05/2024", "2024-05-13"),
            ("5/13/2024", "2024-05-13"),
            ("May 6, 2024", "2024-05-06"),
            ("6 de mayo de 2024", "2024-05-06"),
            ("6-May-2024", "2024-05-06"),
            ("1714953600", "2024-05-06"),
            ("1709164800000", "2024-02-29"),
            ("951782400", "951782400"),
            ("2025-02-30", "2025-02-30"),
            ("2025-13-01", "2025-13-01"),
            ("ayer", "ayer"),
            ("ñ Mañ 2025", "ñ Mañ 2025"),
        ];
        for (written, wanted) in cases {
            assert_eq!(date(written), wanted);
        }
    }

    #[test]
    fn a_named_field_has_no_other_name() {
        let mut fields = Fields::default();
        assert_eq!((fields.of("Body"), fields.of("nota")), (Some(Field::Text), None));
        fields.name("nota", Field::Text);
        assert_eq!((fields.of("body"), fields.of("nota")), (None, Some(Field::Text)));
        assert_eq!(fields.of("idioma"), Some(Field::Lang));
    }
}
