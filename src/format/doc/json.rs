//! JSON: records with a text (`.jsonl`, or an array of objects), else every string under its key.
//!
//! A record is a document of its own, with its language, date and author in fields (see [`super::fields`]). A file of
//! messages (`{"menu": {"open": "Abrir"}}`) is one document, each string a unit named by its keys, so that `es.json` and
//! `en.json` are paired key by key. Records with a Spanish and an English text are units too.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Flow, Source, TextBuilder};
use super::fields::{Field, Fields, note};
use crate::check::{Finding, Severity};
use crate::format::decode::decode;
use crate::lang::Lang;
use crate::text::{Before, BlockKind, Document, Space, Span};

/// How deep values may lie in one another.
const DEPTH_LIMIT: usize = 64;

/// Reads a file that is one value.
pub(super) fn read(name: &str, bytes: &[u8], fields: &Fields) -> Read {
    with_text(name, bytes, fields, |text, _| {
        let value: &RawValue = serde_json::from_str(text).map_err(|error| broken(name, 0, &error))?;
        let items = items(value).filter(|items| items.first().is_some_and(|item| !is_mere(item, fields)));
        Ok(items.unwrap_or_else(|| vec![value]))
    })
}

/// Reads a file of one value a line. A line that is broken does not cost the others.
pub(super) fn read_lines(name: &str, bytes: &[u8], fields: &Fields) -> Read {
    with_text(name, bytes, fields, |text, findings| {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let values =
            lines.map(|(i, line)| serde_json::from_str(line).map_err(|error| broken(name, i, &error)));
        Ok(values.filter_map(|value| value.map_err(|finding| findings.push(finding)).ok()).collect())
    })
}

fn with_text(
    name: &str,
    bytes: &[u8],
    fields: &Fields,
    values: impl for<'t> Fn(&'t str, &mut Vec<Finding>) -> Result<Vec<&'t RawValue>, Finding>,
) -> Read {
    let mut decoded = match decode(name, bytes) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let mut findings: Vec<Finding> = decoded.warning.take().into_iter().collect();
    let start = decoded.text.len() - decoded.text.trim_start_matches('\u{feff}').len();
    let values = match values(&decoded.text[start..], &mut findings) {
        Ok(values) => values,
        Err(error) => return Read::failed(error),
    };
    let file = File { text: &decoded.text, name, fields, space: decoded.space };
    let mut read = match values.first().map(|value| kind_of(value, fields)) {
        Some(Kind::Bilingual) => {
            let out = file.bilingual(&values);
            let tag = |lang: Lang| Some(lang.code().to_owned());
            out.finish(
                name,
                Some(&Source::from(decoded)),
                &Tags { source: tag(Lang::Es), target: tag(Lang::En), directed: false },
            )
        }
        Some(Kind::Record) => file.records(&values),
        _ => match file.messages(&values) {
            Ok(out) => Read::of(out.finish_from(&Source::from(decoded))),
            Err(error) => Read::failed(error),
        },
    };
    findings.append(&mut read.findings);
    Read { findings, ..read }
}

/// What a value is, by its members.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// It has a text.
    Record,
    /// It has a Spanish and an English text.
    Bilingual,
    Mere,
}

fn kind_of(value: &RawValue, fields: &Fields) -> Kind {
    let Some(members) = members(value) else { return Kind::Mere };
    if Lang::ALL.iter().all(|lang| text_in(&members, *lang).is_some()) {
        return Kind::Bilingual;
    }
    let is_text = |(key, value): &(String, &RawValue)| {
        fields.of(key) == Some(Field::Text) && value.get().starts_with(['"', '['])
    };
    if members.iter().any(is_text) { Kind::Record } else { Kind::Mere }
}

fn is_mere(value: &RawValue, fields: &Fields) -> bool {
    kind_of(value, fields) == Kind::Mere
}

/// The text of a language: a string under its tag, or under its tag within `translation`.
fn text_in<'v>(found: &[(String, &'v RawValue)], lang: Lang) -> Option<&'v RawValue> {
    let direct =
        found.iter().find(|(key, value)| Lang::from_tag(key) == Some(lang) && value.get().starts_with('"'));
    match direct {
        Some((_, value)) => Some(value),
        None => {
            let (_, inner) = found.iter().find(|(key, _)| key == "translation")?;
            let inner = members(inner)?;
            let (_, text) = inner
                .into_iter()
                .find(|(key, value)| Lang::from_tag(key) == Some(lang) && value.get().starts_with('"'))?;
            Some(text)
        }
    }
}

struct File<'a> {
    text: &'a str,
    name: &'a str,
    fields: &'a Fields,
    space: Space,
}

impl File<'_> {
    fn bilingual(&self, values: &[&RawValue]) -> Bilingual {
        let mut out = Bilingual::new();
        for (i, value) in values.iter().enumerate() {
            let found = members(value).unwrap_or_default();
            let id = found.iter().find(|(key, _)| self.fields.of(key) == Some(Field::Id));
            out.unit(&id.map_or_else(|| (i + 1).to_string(), |(_, id)| scalar(id)));
            for lang in Lang::ALL {
                let side = if lang == Lang::Es { &mut out.source } else { &mut out.target };
                if let Some(text) = text_in(&found, lang) {
                    flow(text, self.text).write(self.text, Some(BlockKind::Paragraph), side);
                }
            }
        }
        out
    }

    fn records(&self, values: &[&RawValue]) -> Read {
        let mut read = Read::default();
        let mut before = Before::default();
        let mut done = 0;
        for (i, value) in values.iter().enumerate() {
            let start = offset(value.get(), self.text);
            before = before.after(&self.text[done..start]);
            done = start;
            match self.record(value) {
                Err(finding) => read.findings.push(finding),
                Ok(mut document) => {
                    document.before = before;
                    let number = (i + 1).to_string();
                    document.record = Some(document.about.id.clone().unwrap_or(number));
                    read.documents.push(document);
                }
            }
        }
        read
    }

    /// A record as a document whose source is the record itself.
    fn record(&self, value: &RawValue) -> Result<Document, Finding> {
        let source = value.get();
        let found = members(value).unwrap_or_default();
        let mut out = TextBuilder::default();
        let of = |field: Field| {
            found.iter().filter(move |(key, _)| self.fields.of(key) == Some(field)).map(|(_, value)| *value)
        };
        let titles = of(Field::Title).map(|value| (value, Some(BlockKind::Heading)));
        for (value, kind) in titles.chain(of(Field::Text).map(|value| (value, None))) {
            let mut write = |_: &str, text: &RawValue| flow(text, source).write(source, kind, &mut out);
            self.strings(value, &mut String::new(), 0, &mut write)?;
        }
        let mut document = out.finish_from(&Source { text: source.into(), space: self.space });
        for (key, value) in &found {
            if let Some(field) = self.fields.of(key) {
                note(&mut document, field, &scalar(value));
            }
        }
        Ok(document)
    }

    /// All strings, each a unit named by its keys.
    fn messages(&self, values: &[&RawValue]) -> Result<TextBuilder, Finding> {
        let mut out = TextBuilder::of_units();
        for (i, value) in values.iter().enumerate() {
            let mut path = if values.len() > 1 { (i + 1).to_string() } else { String::new() };
            let mut write = |path: &str, text: &RawValue| {
                out.part(path);
                flow(text, self.text).write(self.text, Some(BlockKind::Paragraph), &mut out);
            };
            self.strings(value, &mut path, 0, &mut write)?;
        }
        Ok(out)
    }

    /// Gives every string within a value with the keys that lead to it, in order.
    fn strings(
        &self,
        value: &RawValue,
        path: &mut String,
        depth: usize,
        give: &mut dyn FnMut(&str, &RawValue),
    ) -> Result<(), Finding> {
        if depth > DEPTH_LIMIT {
            return Err(self.too_deep(value));
        }
        let within: Vec<(String, &RawValue)> = match value.get().as_bytes().first() {
            Some(b'"') => {
                give(path, value);
                return Ok(());
            }
            Some(b'{') => members(value).unwrap_or_default(),
            Some(b'[') => {
                let items = items(value).unwrap_or_default();
                items.into_iter().enumerate().map(|(i, item)| ((i + 1).to_string(), item)).collect()
            }
            _ => return Ok(()),
        };
        let outer = path.len();
        for (key, value) in within {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&key);
            self.strings(value, path, depth + 1, give)?;
            path.truncate(outer);
        }
        Ok(())
    }

    fn too_deep(&self, value: &RawValue) -> Finding {
        let before = self.text.get(..offset(value.get(), self.text)).unwrap_or("");
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
        let message = format!("`{}`, line {line}: values are nested more than {DEPTH_LIMIT} deep", self.name);
        Finding::new(Severity::Error, "broken-json", message).help("give the texts in a flatter file")
    }
}

/// Where a value lies in the text that it is a slice of.
fn offset(value: &str, text: &str) -> usize {
    (value.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The content of a string, with its bytes in the text that the value is a slice of.
fn flow(value: &RawValue, text: &str) -> Flow {
    let mut flow = Flow::default();
    let raw = value.get();
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
    let start = offset(inner, text);
    let mut at = 0;
    while at < inner.len() {
        let rest = &inner[at..];
        let length = if rest.starts_with('\\') {
            let (meant, length) = escaped(rest);
            flow.replaced(meant, Span::new(start + at, start + at + length));
            length
        } else {
            let length = rest.find('\\').unwrap_or(rest.len());
            flow.verbatim(Span::new(start + at, start + at + length));
            length
        };
        at += length;
    }
    flow
}

/// The character that an escape sequence stands for, and its length. Half of a surrogate pair stands for U+FFFD.
fn escaped(rest: &str) -> (char, usize) {
    let unit = |at: usize| rest.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let c = match rest.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b' | b'f') => ' ',
        Some(b'u') => match (unit(2).unwrap_or(0xfffd), rest.get(6..8).and_then(|_| unit(8))) {
            (high @ 0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) if rest[6..].starts_with("\\u") => {
                let c = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return (char::from_u32(c).unwrap_or('\u{fffd}'), 12);
            }
            (unit, _) => return (char::from_u32(unit).unwrap_or('\u{fffd}'), 6.min(rest.len())),
        },
        _ => rest[1..].chars().next().unwrap_or(' '),
    };
    (c, 1 + rest[1..].chars().next().map_or(0, char::len_utf8))
}

/// A string or number as text.
fn scalar(value: &RawValue) -> String {
    match value.get().as_bytes().first() {
        Some(b'"') => serde_json::from_str(value.get()).unwrap_or_default(),
        Some(b'0'..=b'9' | b'-') => value.get().to_owned(),
        _ => String::new(),
    }
}

fn items(value: &RawValue) -> Option<Vec<&RawValue>> {
    value.get().starts_with('[').then(|| serde_json::from_str(value.get()).ok()).flatten()
}

/// The members of an object in their order.
fn members(value: &RawValue) -> Option<Vec<(String, &RawValue)>> {
    let members: Option<Members<'_>> =
        value.get().starts_with('{').then(|| serde_json::from_str(value.get()).ok()).flatten();
    members.map(|members| members.0)
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

fn broken(name: &str, line: usize, error: &serde_json::Error) -> Finding {
    let (line, column) = (line + error.line().max(1), error.column().max(1));
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or("it is no JSON");
    let message = format!("`{name}`, line {line}, column {column}: {cause}");
    Finding::new(Severity::Error, "broken-json", message).help("mend the JSON there")
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;

    fn lines(source: &str) -> Read {
        read_lines("x.jsonl", source.as_bytes(), &Fields::default())
    }

    #[test]
    fn records_are_documents() {
        let source = "{\"id\": 7, \"lang\": \"es\", \"date\": \"2025-03-01T09:00\", \"headline\": \"El \\u00f1and\\u00fa\", \"body\": [\"Uno\\n\\\"dos\\\".\", \"Tres.\"]}\n\
                      {\"id\": \"b\", \"text\": \"The wall\",\n\
                      \n {\"text\": \"A \\ud83d\\ude00 wall\", \"author\": \"Ana\", \"translation_of\": 7, \"url\": \"https://example.org\"}\n";
        let read = lines(source);
        assert_eq!(read.findings.len(), 1);
        assert!(
            read.findings[0].message.starts_with("`x.jsonl`, line 2, column "),
            "{}",
            read.findings[0].message
        );
        let [first, second] = read.documents.as_slice() else { panic!("{:?}", read.documents) };
        assert_eq!(first.text, "El ñandú\n\nUno\n\"dos\".\n\nTres.");
        assert_eq!((first.about.id.as_deref(), first.about.date.as_deref()), (Some("7"), Some("2025-03-01")));
        assert_eq!((first.lang, second.lang), (Some(Lang::Es), None));
        assert_eq!(
            (second.about.author.as_deref(), second.about.translation_of.as_deref()),
            (Some("Ana"), Some("7"))
        );
        let at = second.text.find("wall").expect("the word");
        let span = Span::new(at, at + 4);
        assert_eq!(second.file_span(span).of(source), "wall");
        let place = second.position(&second.line_index(), span);
        let line = source.lines().nth(place.line - 1).expect("the line");
        assert_eq!(line.chars().skip(place.column - 1).take(4).collect::<String>(), "wall");
    }

    #[test]
    fn messages_are_units_named_by_their_keys() {
        let source = br#"{"menu": {"open": "Abrir", "n": 3, "list": ["uno", "dos"]}, "fin": "a\\b\/c"}"#;
        let document = read("x.json", source, &Fields::default()).documents.remove(0);
        let parts: Vec<_> = document
            .parts
            .spans(document.text.len())
            .map(|(n, s)| (n, s.of(&document.text).trim()))
            .collect();
        assert_eq!(
            parts,
            [("menu.open", "Abrir"), ("menu.list.1", "uno"), ("menu.list.2", "dos"), ("fin", "a\\b/c")]
        );
    }

    #[test]
    fn records_with_both_languages_are_pairs() {
        let flat = "{\"es\": \"El muro\", \"en\": \"The wall\"}\n{\"id\": \"k\", \"en\": \"Duty\", \"es\": \"Arancel\"}\n";
        assert_eq!(units(&lines(flat)), [["1", "El muro", "The wall"], ["k", "Arancel", "Duty"]]);
        let nested = r#"[{"translation": {"es-MX": "Sí", "en": "Yes"}}]"#;
        assert_eq!(units(&read("x.json", nested.as_bytes(), &Fields::default())), [["1", "Sí", "Yes"]]);
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}\"x\"{}", "[".repeat(100), "]".repeat(100));
        let read = read("x.json", deep.as_bytes(), &Fields::default());
        assert!(
            read.documents.is_empty() && read.findings[0].message.contains("nested"),
            "{:?}",
            read.findings
        );
    }

    proptest::proptest! {
        /// Strings are read as serde_json reads them, whatever their escapes.
        #[test]
        fn strings_are_read_as_they_are_written(text in "\\PC{0,12}[\n\t\"\\\\/😀ñ]{0,4}") {
            for written in [serde_json::to_string(&text).unwrap(), ascii(&text)] {
                let source = format!("{{\"text\": {written}}}");
                let document = lines(&source).documents.remove(0);
                proptest::prop_assert_eq!(document.text.trim(), text.trim());
            }
        }
    }

    /// A string with every character escaped.
    fn ascii(text: &str) -> String {
        let escapes: String = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
        format!("\"{escapes}\"")
    }
}
