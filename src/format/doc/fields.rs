//! Records: which of their fields holds the text, the language, the date.
//!
//! Fields are known by their usual names in English and Spanish; a glossary may name others under `fields`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::text::{About, Document};

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
            document.lang = document.lang.or(Lang::from_tag(value));
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

/// A date as ISO 8601 writes it: the day of `2025-03-01T10:00:00Z`, `20250301`, `2025/3/1` or `Sat, 01 Mar 2025`; what
/// cannot be told, `03/01/2025` among it, stays as written.
pub(super) fn date(written: &str) -> String {
    let head = written.split(['T', ' ']).next().unwrap_or("");
    let numbers: Option<Vec<u32>> = if head.len() == 8 && head.bytes().all(|b| b.is_ascii_digit()) {
        [&head[..4], &head[4..6], &head[6..]].iter().map(|part| part.parse().ok()).collect()
    } else {
        head.split(['-', '/', '.']).map(|part| part.parse().ok()).collect()
    };
    match numbers.as_deref() {
        Some(&[year @ 1000..=9999, month @ 1..=12, day @ 1..=31]) => format!("{year}-{month:02}-{day:02}"),
        Some(&[year @ 1000..=9999, month @ 1..=12]) => format!("{year}-{month:02}"),
        _ => with_month_name(written).unwrap_or_else(|| written.to_owned()),
    }
}

/// `1 Mar 2025`, with a weekday before it or not, as mail and feeds write it.
fn with_month_name(written: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let rest = written.split_once(", ").map_or(written, |(_, rest)| rest);
    let mut words = rest.split_whitespace();
    let day: u32 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let name = words.next()?.get(..3)?.to_lowercase();
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    let year: u32 = words.next()?.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    Some(format!("{year}-{month:02}-{day:02}"))
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
