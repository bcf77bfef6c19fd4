//! JSON: `{"concepts": [{"id": …, "languages": {"es": {"terms": [{"term": …, "status": …}]}}, …}]}`.
//!
//! Every key of glossary.toml has its place, written with `_` for `-`. Keys of other programs are kept under `x`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use toml::Value;

use super::fields::{CONCEPT, Field, TERM, find};
use super::log::{At, Log};
use super::model::{self, Builder};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::{Finding, Severity};
use crate::termbase::read::is_tag;
use crate::termbase::{Concept, ConceptId, LangTag, Settings, TermEntry, Termbase};
use crate::text::Span;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "JSON with everything that glossary.toml can say",
    extensions: &["json"],
    read: Some(read),
    write: Some(write),
    holds: Holds::All,
    settings: &["title", "languages", "x"],
    texts: Texts::Any,
};

/// The same, a concept a line.
pub(super) const LINES: Format = Format {
    name: "jsonl",
    about: "JSON lines: a concept of that shape on each line",
    extensions: &["jsonl", "ndjson"],
    read: Some(read_lines),
    write: Some(|termbase, target| Ok(write_lines(termbase, target))),
    holds: Holds::All,
    settings: &[],
    texts: Texts::Any,
};

mod table;

/// JSON with the order of its keys, which that of languages is.
#[derive(Clone, Debug, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match log.text_of(input) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    match termbase(&text, input, &mut log) {
        Ok(Some(builder)) => Reading { termbase: Some(builder.finish()), findings: log.finish(), text },
        Ok(None) => {
            let message = format!("`{}` is JSON, but has no list of `concepts`", input.name);
            let help = "the shape is {\"concepts\": [{\"id\": …, \"languages\": {\"es\": {\"terms\": [{\"term\": …}]}}}]}";
            Reading::failed(Finding::new(Severity::Error, "format-syntax", message).help(help))
        }
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

/// Lines that cannot be read are left out and told; with none that can, nothing is read.
fn read_lines(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match log.text_of(input) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    match table::of_lines(&text, input, &mut log) {
        Ok(Some(grid)) => {
            return match super::sheet::read(grid, input, &mut log) {
                Ok(builder) => Reading { termbase: Some(builder.finish()), findings: log.finish(), text },
                Err(finding) => Reading { text, ..Reading::failed(finding) },
            };
        }
        Ok(None) => {}
        Err(finding) => return Reading { text, ..Reading::failed(finding) },
    }
    let mut builder = Builder::default();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let place = format!("line {number}");
        match serde_json::from_str(line) {
            _ if line.trim().is_empty() => {}
            Ok(Json::Object(fields)) => builder.push(concept(&fields, &place, &mut log), place, &mut log),
            Ok(_) => log.skipped("a line that is no object", place, "it is no object and is left out"),
            Err(error) => {
                let message = format!("not valid JSON, column {}; the line is left out", error.column());
                log.skipped("a line that is not valid JSON", place, message);
            }
        }
    }
    if builder.is_empty() {
        let message = format!("`{}` has no line with a concept", input.name);
        let help = "each line is {\"id\": …, \"languages\": {\"es\": {\"terms\": [{\"term\": …}]}}}";
        return Reading::failed(Finding::new(Severity::Error, "format-syntax", message).help(help));
    }
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text }
}

/// The finding for what is no JSON in a part of the text, which is a slice of it.
fn syntax_error(name: &str, text: &str, part: &str, error: &serde_json::Error) -> Finding {
    let lines = part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len);
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let at = (start + lines.sum::<usize>() + error.column().saturating_sub(1)).min(text.len());
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Finding::new(Severity::Error, "format-syntax", format!("not valid JSON: {what}"))
        .at(name, Span::new(at, at))
        .help("correct this place; nothing was read")
}

/// The termbase of a document: of concepts in our shape, else of whatever can be laid out as a [table](table). Concepts
/// are taken apart one by one: all of them as JSON would take far more room than they do.
///
/// # Errors
/// It is no JSON, or a table that cannot be read.
fn termbase(text: &str, input: &Input<'_>, log: &mut Log<'_>) -> Result<Option<Builder>, Finding> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let mut fields: BTreeMap<String, &RawValue> =
        if body.starts_with('{') { parsed(body, text, input)? } else { BTreeMap::new() };
    let listed = fields.remove("concepts").map_or(body, RawValue::get);
    let listed: Option<Vec<&RawValue>> =
        listed.starts_with('[').then(|| parsed(listed, text, input)).transpose()?;
    let mut is_ours = listed.as_ref().is_some_and(Vec::is_empty);
    for one in listed.iter().flatten() {
        let one: Json = parsed(one.get(), text, input)?;
        is_ours = one.get("languages").is_some();
        if is_ours {
            break;
        }
    }
    if !is_ours && let Some(grid) = table::of(&parsed(body, text, input)?, input)? {
        return super::sheet::read(grid, input, log).map(Some);
    }
    let Some(listed) = listed else { return Ok(None) };
    let mut builder = Builder::default();
    for (key, value) in fields {
        setting(&mut builder.settings, &key, &parsed(value.get(), text, input)?, log);
    }
    for (number, one) in (1..).zip(listed) {
        let place = format!("concept {number}");
        match parsed(one.get(), text, input)? {
            Json::Object(fields) => builder.push(concept(&fields, &place, log), place, log),
            _ => log.skipped("a concept that is no object", place, "it is no object and is left out"),
        }
    }
    Ok(Some(builder))
}

/// A part of the text as what it says.
fn parsed<'t, T: Deserialize<'t>>(part: &'t str, text: &str, input: &Input<'_>) -> Result<T, Finding> {
    serde_json::from_str(part).map_err(|error| syntax_error(input.name, text, part, &error))
}

/// What a document says of the whole.
fn setting(settings: &mut Settings, key: &str, value: &Json, log: &mut Log<'_>) {
    match (key, value.to_toml()) {
        ("title", _) => settings.title = value.text().map(str::to_owned),
        ("languages", _) => {
            let texts = value.items().iter().filter_map(Json::text);
            settings.languages = texts.map(|tag| model::lang_tag(tag, At::Nowhere, log)).collect();
        }
        (_, None) => {}
        ("x", Some(Value::Table(table))) => settings.x.extend(table),
        (_, Some(value)) => {
            let message = format!("`{key}` is kept under `x` of the glossary");
            log.repaired("a key of another program", At::Nowhere, message);
            settings.x.insert(key.to_owned(), value);
        }
    }
}

fn concept(fields: &[(String, Json)], place: &str, log: &mut Log<'_>) -> Concept {
    let mut concept = Concept::default();
    for (key, value) in fields {
        match key.as_str() {
            "id" => concept.id = ConceptId(value.text().map_or_else(|| value.to_toml_text(), str::to_owned)),
            "languages" => {
                for (tag, section) in value.fields() {
                    let tag = model::lang_tag(tag, place.to_owned(), log);
                    self::section(&mut concept, &tag, section, place, log);
                }
            }
            _ => {
                if let Some(kept) = set(CONCEPT, &mut concept, key, value, place, log) {
                    concept.x.insert(key.clone(), kept);
                }
            }
        }
    }
    concept
}

/// The terms of a language, in an object or without one; what else the object has is kept.
fn section(concept: &mut Concept, tag: &LangTag, section: &Json, place: &str, log: &mut Log<'_>) {
    let list = match section {
        Json::Object(_) => section.get("terms").unwrap_or(&Json::Null),
        other => other,
    };
    let one = std::slice::from_ref(list);
    let all = if let Json::List(all) = list { all } else { one };
    all.iter().filter(|term| **term != Json::Null).for_each(|term| terms(concept, tag, term, place, log));
    for (key, value) in section.fields().iter().filter(|(key, _)| key != "terms") {
        if let Some(value) = value.to_toml() {
            log.repaired("a key of another program", place.to_owned(), format!("`{key}` is kept under `x`"));
            concept.x.insert(format!("{tag}:{key}"), value);
        }
    }
}

fn terms(concept: &mut Concept, tag: &LangTag, term: &Json, place: &str, log: &mut Log<'_>) {
    let text = term.text().or_else(|| term.get("term").and_then(Json::text)).unwrap_or_default();
    let Some(mut entry) = model::term(text, place.to_owned(), log) else { return };
    for (key, value) in term.fields().iter().filter(|(key, _)| key != "term") {
        let region = value.text().filter(|text| key == "region" && !is_tag(text));
        if let Some(region) = region.and_then(|text| tags::of_region(text, tag)) {
            entry.region = Some(region);
        } else if let Some(kept) = set(TERM, &mut entry, key, value, place, log) {
            entry.x.insert(key.clone(), kept);
        }
    }
    model::push_term(concept, tag, entry);
}

/// Sets a field; gives the value back where there is no such field or it does not take it.
fn set<T>(
    fields: &'static [Field<T>],
    to: &mut T,
    key: &str,
    value: &Json,
    place: &str,
    log: &mut Log<'_>,
) -> Option<Value> {
    let value = value.to_toml()?;
    let Some(field) = find(fields, key) else {
        log.repaired("a key of another program", place.to_owned(), format!("`{key}` is kept under `x`"));
        return Some(value);
    };
    match (field.set)(to, value.clone()) {
        Ok(()) => None,
        Err(wanted) => {
            let message = format!("`{key}` is to be {wanted}; the value is kept under `x`");
            log.repaired("a value that its key does not take", place.to_owned(), message);
            Some(value)
        }
    }
}

impl Json {
    fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    fn items(&self) -> &[Json] {
        if let Json::List(items) = self { items } else { &[] }
    }

    fn fields(&self) -> &[(String, Json)] {
        if let Json::Object(fields) = self { fields } else { &[] }
    }

    fn get(&self, key: &str) -> Option<&Json> {
        self.fields().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value without nulls, which TOML does not have.
    fn to_toml(&self) -> Option<Value> {
        Some(match self {
            Json::Null => return None,
            Json::Bool(value) => Value::Boolean(*value),
            Json::Integer(value) => Value::Integer(*value),
            Json::Float(value) => Value::Float(*value),
            Json::Text(text) => Value::String(text.clone()),
            Json::List(items) => Value::Array(items.iter().filter_map(Json::to_toml).collect()),
            Json::Object(fields) => Value::Table(
                fields.iter().filter_map(|(key, value)| Some((key.clone(), value.to_toml()?))).collect(),
            ),
        })
    }

    fn to_toml_text(&self) -> String {
        self.to_toml().map_or_else(String::new, |value| value.to_string())
    }
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let document = Document { termbase, target };
    // Nothing in the model has a key that is no string, which is all that could fail.
    let mut bytes = serde_json::to_vec(&document).unwrap_or_default();
    bytes.push(b'\n');
    Ok(Written { bytes, losses: Vec::new() })
}

fn write_lines(termbase: &Termbase, target: &Target) -> Written {
    let bytes = termbase.concepts.iter().flat_map(|concept| line(concept, target)).collect();
    Written { bytes, losses: Vec::new() }
}

/// A concept as a line.
pub(super) fn line(concept: &Concept, target: &Target) -> Vec<u8> {
    // As in `write`, nothing can fail.
    let mut line = serde_json::to_vec(&OneConcept(concept, target)).unwrap_or_default();
    line.push(b'\n');
    line
}

struct Document<'a> {
    termbase: &'a Termbase,
    target: &'a Target,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(title) = &self.termbase.settings.title {
            map.serialize_entry("title", title)?;
        }
        map.serialize_entry("languages", &self.termbase.settings.languages)?;
        if !self.termbase.settings.x.is_empty() {
            map.serialize_entry("x", &Plain(&Value::Table(self.termbase.settings.x.clone())))?;
        }
        map.serialize_entry("concepts", &Concepts(self))?;
        map.end()
    }
}

struct Concepts<'a>(&'a Document<'a>);

impl Serialize for Concepts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let concepts = &self.0.termbase.concepts;
        let mut list = serializer.serialize_seq(Some(concepts.len()))?;
        for concept in concepts.iter() {
            list.serialize_element(&OneConcept(concept, self.0.target))?;
        }
        list.end()
    }
}

struct OneConcept<'a>(&'a Concept, &'a Target);

impl Serialize for OneConcept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.0.id)?;
        map.serialize_entry("languages", &Sections(self.0, self.1))?;
        for field in CONCEPT.iter().filter(|field| field.key != "private-note") {
            if let Some(value) = (field.get)(self.0) {
                map.serialize_entry(&field.key.replace('-', "_"), &Plain(&value))?;
            }
        }
        map.end()
    }
}

struct Sections<'a>(&'a Concept, &'a Target);

impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for section in self.0.sections.iter().filter(|section| self.1.wants(&section.tag)) {
            map.serialize_entry(&section.tag, &Terms(&section.terms))?;
        }
        map.end()
    }
}

struct Terms<'a>(&'a [TermEntry]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        let terms: Vec<OneTerm<'_>> = self.0.iter().map(OneTerm).collect();
        map.serialize_entry("terms", &terms)?;
        map.end()
    }
}

struct OneTerm<'a>(&'a TermEntry);

impl Serialize for OneTerm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("term", &self.0.term)?;
        for field in TERM {
            if let Some(value) = (field.get)(self.0) {
                map.serialize_entry(&field.key.replace('-', "_"), &Plain(&value))?;
            }
        }
        map.end()
    }
}

/// A TOML value as JSON; a date as its text.
struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Datetime(date) => serializer.serialize_str(&date.to_string()),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Plain)),
            Value::Table(table) => {
                serializer.collect_map(table.iter().map(|(key, value)| (key, Plain(value))))
            }
            other => other.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(i64::try_from(value).map_or_else(|_| Json::Text(value.to_string()), Json::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        list.shrink_to_fit();
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(field) = fields.next_entry()? {
            object.push(field);
        }
        object.shrink_to_fit();
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_placed_wherever_it_is_seen() {
        // Nesting is looked at only when a concept is taken apart.
        let deep = format!("{{\"concepts\": [{{\"languages\": {{}}}},\n {{\"id\": {}1}}]}}", "[".repeat(200));
        let cases = [
            ("{\"concepts\": [{\"languages\": {}},\n {\"id\": 1x}]}", 2),
            (deep.as_str(), 2),
            ("[{},\n\n{]", 3),
        ];
        for (text, line) in cases {
            let reading = read(&Input::new("a.json", text.as_bytes()));
            assert!(reading.termbase.is_none(), "{text}");
            let place = reading.findings[0].place.as_ref().expect("a place");
            assert_eq!(text[..place.span.start].lines().count(), line, "{text}");
            assert!(reading.findings[0].message.starts_with("not valid JSON: "), "{:?}", reading.findings);
        }
    }
}
