//! The keys of concepts and terms as a table: what every format that names fields (columns, properties, notes) reads
//! and writes them by, and what the loss report counts.
//!
//! A field's value is a TOML value, the same that glossary.toml has under the key.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::inline;
use crate::termbase::read::{is_calendar_date, is_tag};
use crate::termbase::{
    AccentMode, CaseMode, Concept, ConceptId, ConceptKind, Context, Definition, Direction, Equivalence,
    Gender, History, LangTag, Number, PartOfSpeech, Register, Review, Role, Status, TermEntry, TermType,
};
use crate::text::fold::nfc;

/// A key of a concept or term.
pub(crate) struct Field<T: 'static> {
    /// The key as glossary.toml writes it.
    pub(crate) key: &'static str,
    /// Its value where it is stated.
    pub(crate) get: fn(&T) -> Option<Value>,
    /// States it; an error names what would be right.
    pub(crate) set: fn(&mut T, Value) -> Result<(), String>,
}

/// The field with this key; `_` is as good as `-`.
pub(crate) fn find<T>(fields: &'static [Field<T>], key: &str) -> Option<&'static Field<T>> {
    fields.iter().find(|field| field.key == key || field.key == key.replace('_', "-"))
}

/// A value as text: a string as it is, anything else as TOML on one line.
pub(crate) fn to_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => inline::value(other),
    }
}

/// Sets a field from text: the text itself, or an array or table as TOML on one line where the field is one.
pub(crate) fn set_text<T>(field: &Field<T>, to: &mut T, text: &str) -> Result<(), String> {
    let as_text = Value::String(text.to_owned());
    let structured = text.trim_start().starts_with(['[', '{']);
    match structured.then(|| format!("v = {text}").parse::<Table>()) {
        Some(Ok(mut table)) => {
            let value = table.remove("v").unwrap_or_else(|| as_text.clone());
            (field.set)(to, value).or_else(|_| (field.set)(to, as_text))
        }
        _ => (field.set)(to, as_text),
    }
}

macro_rules! text {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| of.$at.clone().map(Value::String),
            set: |of, value| Ok(of.$at = some_text(value)?),
        }
    };
}

macro_rules! date {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| of.$at.clone().map(Value::String),
            set: |of, value| Ok(of.$at = some_date(value)?),
        }
    };
}

macro_rules! word {
    ($key:literal, $at:ident, $words:ident) => {
        Field {
            key: $key,
            get: |of| of.$at.map(|word| Value::from(word.as_str())),
            set: |of, value| Ok(of.$at = Some(one_of(&text(value)?, $words::from_word, $words::WORDS)?)),
        }
    };
}

/// A word that has a default, which is not stated.
macro_rules! mode {
    ($key:literal, $at:ident, $words:ident) => {
        Field {
            key: $key,
            get: |of| (of.$at != $words::default()).then(|| Value::from(of.$at.as_str())),
            set: |of, value| Ok(of.$at = one_of(&text(value)?, $words::from_word, $words::WORDS)?),
        }
    };
}

macro_rules! texts {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| list(of.$at.iter().cloned()),
            set: |of, value| Ok(of.$at = texts(value)?),
        }
    };
}

macro_rules! ids {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| list(of.$at.iter().map(|id| id.0.clone())),
            set: |of, value| Ok(of.$at = texts(value)?.into_iter().map(ConceptId).collect()),
        }
    };
}

macro_rules! id {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| of.$at.as_ref().map(|id| Value::from(id.as_str())),
            set: |of, value| Ok(of.$at = some_text(value)?.map(ConceptId)),
        }
    };
}

/// True, or not stated.
macro_rules! flag {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| of.$at.then_some(Value::Boolean(true)),
            set: |of, value| Ok(of.$at = boolean(&value)?),
        }
    };
}

macro_rules! choice {
    ($key:literal, $at:ident) => {
        Field {
            key: $key,
            get: |of| of.$at.map(Value::Boolean),
            set: |of, value| Ok(of.$at = Some(boolean(&value)?)),
        }
    };
}

/// `[concept.x]` and the like.
macro_rules! extra {
    () => {
        Field {
            key: "x",
            get: |of| (!of.x.is_empty()).then(|| Value::Table(of.x.clone())),
            set: |of, value| Ok(of.x = table(value)?),
        }
    };
}

/// The keys of a concept but `id` and `terms`, in the order of the manual.
pub(crate) static CONCEPT: &[Field<Concept>] = &[
    text!("subject", subject),
    word!("kind", kind, ConceptKind),
    text!("jurisdiction", jurisdiction),
    Field { key: "definition", get: definitions, set: set_definitions },
    text!("note", note),
    text!("private-note", private_note),
    text!("source", source),
    text!("url", url),
    date!("as-of", as_of),
    date!("valid-from", valid_from),
    date!("valid-until", valid_until),
    id!("replaced-by", replaced_by),
    ids!("related", related),
    ids!("broader", broader),
    ids!("not-to-confuse", not_to_confuse),
    id!("holder-of", holder_of),
    word!("review", review, Review),
    text!("reviewed-by", reviewed_by),
    date!("reviewed-on", reviewed_on),
    Field {
        key: "reliability",
        get: |of| of.reliability.map(|n| Value::Integer(n.into())),
        set: set_reliability,
    },
    text!("client", client),
    text!("project", project),
    text!("image", image),
    texts!("external-refs", external_refs),
    Field { key: "history", get: history, set: set_history },
    Field { key: "contexts", get: contexts, set: set_contexts },
    extra!(),
];

/// The keys of a term but `term`, in the order of the manual.
pub(crate) static TERM: &[Field<TermEntry>] = &[
    word!("status", status, Status),
    word!("type", term_type, TermType),
    word!("pos", pos, PartOfSpeech),
    word!("gender", gender, Gender),
    word!("number", number, Number),
    text!("feminine", feminine),
    Field {
        key: "region",
        get: |of| of.region.as_ref().map(|tag| Value::from(tag.as_str())),
        set: |of, value| {
            of.region = match some_text(value)? {
                Some(tag) if !is_tag(&tag) => return Err("a tag such as es-MX".to_owned()),
                tag => tag.map(LangTag),
            };
            Ok(())
        },
    },
    word!("register", register, Register),
    mode!("case", case, CaseMode),
    mode!("accents", accents, AccentMode),
    choice!("inflect", inflect),
    texts!("forms", forms),
    texts!("exclude", exclude),
    flag!("forbidden", forbidden),
    text!("reason", reason),
    text!("replace-with", replace_with),
    flag!("do-not-translate", do_not_translate),
    choice!("expect", expect),
    word!("direction", direction, Direction),
    word!("equivalence", equivalence, Equivalence),
    word!("role", role, Role),
    text!("pronunciation", pronunciation),
    text!("client", client),
    text!("project", project),
    date!("valid-from", valid_from),
    date!("valid-until", valid_until),
    text!("definition", definition),
    text!("context", context),
    text!("source", source),
    text!("note", note),
    text!("usage", usage),
    extra!(),
];

fn list(items: impl Iterator<Item = String>) -> Option<Value> {
    let items: Vec<Value> = items.map(Value::String).collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

/// A string in NFC, without the white space around. Numbers and dates are taken as they are written.
fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(nfc(text.trim()).into_owned()),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Table(_) => Err("a text".to_owned()),
    }
}

fn some_text(value: Value) -> Result<Option<String>, String> {
    Ok(Some(text(value)?).filter(|text| !text.is_empty()))
}

fn some_date(value: Value) -> Result<Option<String>, String> {
    match text(value)? {
        date if is_calendar_date(&date) => Ok(Some(date)),
        _ => Err("a date such as 2026-11-22, 2026-11 or 2026".to_owned()),
    }
}

fn one_of<W>(written: &str, read: fn(&str) -> Option<W>, words: &[&str]) -> Result<W, String> {
    read(&written.to_lowercase()).ok_or_else(|| format!("one of {}", words.join(", ")))
}

/// One text, or an array of them.
fn texts(value: Value) -> Result<Vec<String>, String> {
    let items = match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    let texts: Result<Vec<String>, String> = items.into_iter().map(text).collect();
    Ok(texts?.into_iter().filter(|text| !text.is_empty()).collect())
}

fn boolean(value: &Value) -> Result<bool, String> {
    let word = match value {
        Value::Boolean(value) => return Ok(*value),
        Value::Integer(number) => number.to_string(),
        Value::String(text) => text.trim().to_lowercase(),
        _ => String::new(),
    };
    match word.as_str() {
        "true" | "yes" | "sí" | "si" | "verdadero" | "1" | "x" => Ok(true),
        "false" | "no" | "falso" | "0" | "" => Ok(false),
        _ => Err("true or false".to_owned()),
    }
}

fn table(value: Value) -> Result<Table, String> {
    match value {
        Value::Table(table) => Ok(table),
        _ => Err("a table".to_owned()),
    }
}

fn tables(value: Value) -> Result<Vec<Table>, String> {
    match value {
        Value::Array(items) => items.into_iter().map(table).collect(),
        one => Ok(vec![table(one)?]),
    }
}

fn set_reliability(of: &mut Concept, value: Value) -> Result<(), String> {
    let number = text(value)?.parse().ok().filter(|number| (1..=5).contains(number));
    of.reliability = Some(number.ok_or("a number from 1 to 5")?);
    Ok(())
}

fn definitions(of: &Concept) -> Option<Value> {
    let one = |definition: &Definition| match &definition.source {
        None => Value::from(definition.text.as_str()),
        Some(source) => stated([("text", Some(definition.text.clone())), ("source", Some(source.clone()))]),
    };
    let table: Table =
        of.definition.iter().map(|(tag, definition)| (tag.0.clone(), one(definition))).collect();
    (!table.is_empty()).then_some(Value::Table(table))
}

fn set_definitions(of: &mut Concept, value: Value) -> Result<(), String> {
    let one = |(tag, value): (String, Value)| {
        let definition = match value {
            Value::Table(mut table) => {
                Definition { text: text(take(&mut table, "text"))?, source: part(table, "source")? }
            }
            other => Definition { text: text(other)?, source: None },
        };
        Ok((LangTag(tag), definition))
    };
    let read: Result<BTreeMap<LangTag, Definition>, String> = table(value)?.into_iter().map(one).collect();
    of.definition.extend(read?.into_iter().filter(|(_, definition)| !definition.text.is_empty()));
    Ok(())
}

fn take(table: &mut Table, key: &str) -> Value {
    table.remove(key).unwrap_or_else(|| Value::from(""))
}

fn part(mut table: Table, key: &str) -> Result<Option<String>, String> {
    some_text(take(&mut table, key))
}

/// A table of the fields that are there.
fn stated<const N: usize>(fields: [(&str, Option<String>); N]) -> Value {
    let there = fields.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Value::String(text?))));
    Value::Table(there.collect())
}

fn history(of: &Concept) -> Option<Value> {
    let line = |line: &History| {
        stated([("who", line.who.clone()), ("when", line.when.clone()), ("what", line.what.clone())])
    };
    (!of.history.is_empty()).then(|| Value::Array(of.history.iter().map(line).collect()))
}

fn set_history(of: &mut Concept, value: Value) -> Result<(), String> {
    for mut line in tables(value)? {
        let mut field = |key: &str| some_text(take(&mut line, key));
        let (who, what) = (field("who")?, field("what")?);
        let when = line.remove("when").map_or(Ok(None), some_date)?;
        of.history.push(History { who, when, what });
    }
    Ok(())
}

fn contexts(of: &Concept) -> Option<Value> {
    let one = |context: &Context| {
        stated([
            ("es", context.es.clone()),
            ("en", context.en.clone()),
            ("source", context.source.clone()),
            ("date", context.date.clone()),
        ])
    };
    (!of.contexts.is_empty()).then(|| Value::Array(of.contexts.iter().map(one).collect()))
}

fn set_contexts(of: &mut Concept, value: Value) -> Result<(), String> {
    for mut context in tables(value)? {
        let mut field = |key: &str| some_text(take(&mut context, key));
        let (es, en, source) = (field("es")?, field("en")?, field("source")?);
        let date = context.remove("date").map_or(Ok(None), some_date)?;
        of.contexts.push(Context { es, en, source, date });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Source, read};

    /// A concept in which every key is stated.
    const FULL: &str = "[[concept]]\nid = \"a\"\nsubject = \"s\"\nkind = \"law\"\njurisdiction = \"MX\"\n\
        definition.es = { text = \"d\", source = \"f\" }\ndefinition.en = \"d\"\nnote = \"n\"\nprivate-note = \"p\"\n\
        source = \"q\"\nurl = \"u\"\nas-of = 2026\nvalid-from = 2020-01-02\nvalid-until = 2021-01-02\n\
        replaced-by = \"a\"\nrelated = [\"a\"]\nbroader = [\"a\"]\nnot-to-confuse = [\"a\"]\nholder-of = \"a\"\n\
        review = \"proposed\"\nreviewed-by = \"r\"\nreviewed-on = 2022-01-01\nreliability = 3\nclient = \"c\"\n\
        project = \"p\"\nimage = \"i\"\nexternal-refs = [\"e\"]\nhistory = [{ who = \"w\", when = 2022, what = \"x\" }]\n\
        contexts = [{ es = \"e\", en = \"n\", source = \"s\", date = 2022-02-02 }]\nx.y = [1]\n\
        terms.es = { term = \"t\", status = \"preferred\", type = \"loan\", pos = \"noun\", gender = \"m\", number = \"pl\", \
        feminine = \"f\", region = \"es-MX\", register = \"press\", case = \"exact\", accents = \"exact\", inflect = false, \
        forms = [\"f\"], exclude = [\"e\"], forbidden = true, reason = \"r\", replace-with = \"w\", \
        do-not-translate = true, expect = false, direction = \"en>es\", equivalence = \"partial\", role = \"later\", \
        pronunciation = \"p\", client = \"c\", project = \"p\", valid-from = 2020, valid-until = 2021, \
        definition = \"d\", context = \"c\", source = \"s\", note = \"n\", usage = \"u\", x.y = 1 }\n";

    #[test]
    fn every_key_is_there_and_comes_back() {
        let read = read(&[Source::toml("g", FULL)]);
        assert_eq!(read.findings, []);
        let concept = &read.termbase.concepts[0];
        let mut copy = Concept { id: concept.id.clone(), ..Concept::default() };
        for field in CONCEPT {
            let value = (field.get)(concept).unwrap_or_else(|| panic!("{} is stated", field.key));
            set_text(field, &mut copy, &to_text(&value)).unwrap_or_else(|e| panic!("{}: {e}", field.key));
            assert_eq!((field.get)(&copy), Some(value), "{}", field.key);
        }
        let term = &concept.sections[0].terms[0];
        let mut entry = TermEntry::new("t");
        for field in TERM {
            let value = (field.get)(term).unwrap_or_else(|| panic!("{} is stated", field.key));
            set_text(field, &mut entry, &to_text(&value)).unwrap_or_else(|e| panic!("{}: {e}", field.key));
        }
        entry.place.clone_from(&term.place);
        assert_eq!(entry, *term);
        assert_eq!(CONCEPT.len() + 2, crate::termbase::read::CONCEPT_KEYS.len(), "and none is missing");
        assert_eq!(TERM.len() + 1, crate::termbase::read::TERM_KEYS.len());
    }

    #[test]
    fn texts_stay_texts() {
        let mut concept = Concept::default();
        let note = find(CONCEPT, "note").expect("note");
        for text in ["true", "1e5", "0x1f", "[a]", "[1]", "2026-01-01", "\"q\"", "{}"] {
            set_text(note, &mut concept, text).expect(text);
            assert_eq!(concept.note.as_deref(), Some(text));
        }
    }
}
