//! A `[[concept]]` table.

use std::collections::BTreeMap;

use toml::Table;
use toml::Value;
use toml::de::DeValue;

use super::keys::{CONCEPT_KEYS, CONTEXT_KEYS, DEFINITION_KEYS, HISTORY_KEYS};
use super::values::{Field, Reader, fields_of};
use super::{LayerEntry, Reference, term};
use crate::termbase::model::{Concept, ConceptId, Context, Definition, History, LangSection, LangTag};

/// Reads a concept and notes its references to others.
pub(super) fn read(reader: &mut Reader<'_>, field: Field<'_>, references: &mut Vec<Reference>) -> LayerEntry {
    let before = reader.count();
    let mut entry = LayerEntry::default();
    entry.concept.place = Some(reader.place(field.span));
    for field in reader.table(field).unwrap_or_default() {
        if field.name == "id" {
            id(reader, &mut entry, field);
            continue;
        }
        let concept = &mut entry.concept;
        let known = described_key(reader, concept, field)
            || administered_key(reader, concept, field)
            || reference_key(reader, concept, field, references);
        if !known {
            reader.unknown_key(field, "a concept", CONCEPT_KEYS);
        }
    }
    entry.troubled = reader.count() > before;
    entry
}

fn id(reader: &mut Reader<'_>, entry: &mut LayerEntry, field: Field<'_>) {
    if let Some(id) = reader.text(field) {
        entry.concept.id = ConceptId(id);
        entry.concept.id_written = true;
        entry.id_span = Some(field.span);
    }
}

/// Keys that say what the concept is and how it is called.
fn described_key(reader: &mut Reader<'_>, concept: &mut Concept, field: Field<'_>) -> bool {
    match field.name {
        "subject" => concept.subject = reader.text(field),
        "kind" => concept.kind = reader.word(field),
        "jurisdiction" => concept.jurisdiction = reader.text(field),
        "definition" => concept.definition = definitions(reader, field),
        "note" => concept.note = reader.text(field),
        "private-note" => concept.private_note = reader.text(field),
        "source" => concept.source = reader.text(field),
        "url" => concept.url = reader.text(field),
        "image" => concept.image = reader.verbatim(field).map(str::to_owned),
        "external-refs" => concept.external_refs = reader.texts(field),
        "contexts" => concept.contexts = contexts(reader, field),
        "terms" => concept.sections = sections(reader, field),
        "x" => concept.x = extra(reader, field),
        _ => return false,
    }
    true
}

/// Keys of the workflow and of validity.
fn administered_key(reader: &mut Reader<'_>, concept: &mut Concept, field: Field<'_>) -> bool {
    match field.name {
        "as-of" => concept.as_of = reader.date(field),
        "valid-from" => concept.valid_from = reader.date(field),
        "valid-until" => concept.valid_until = reader.date(field),
        "review" => concept.review = reader.word(field),
        "reviewed-by" => concept.reviewed_by = reader.text(field),
        "reviewed-on" => concept.reviewed_on = reader.date(field),
        "reliability" => concept.reliability = reader.scale(field, 5),
        "client" => concept.client = reader.text(field),
        "project" => concept.project = reader.text(field),
        "history" => concept.history = history(reader, field),
        _ => return false,
    }
    true
}

/// Keys that name other concepts.
fn reference_key(
    reader: &mut Reader<'_>,
    concept: &mut Concept,
    field: Field<'_>,
    references: &mut Vec<Reference>,
) -> bool {
    match field.name {
        "replaced-by" => concept.replaced_by = reference(reader, field, references),
        "holder-of" => concept.holder_of = reference(reader, field, references),
        "related" => concept.related = reference_list(reader, field, references),
        "broader" => concept.broader = reference_list(reader, field, references),
        "not-to-confuse" => concept.not_to_confuse = reference_list(reader, field, references),
        _ => return false,
    }
    true
}

fn reference(
    reader: &mut Reader<'_>,
    field: Field<'_>,
    references: &mut Vec<Reference>,
) -> Option<ConceptId> {
    let id = reader.text(field)?;
    references.push(Reference { key: field.name.to_owned(), id: id.clone(), span: field.span });
    Some(ConceptId(id))
}

fn reference_list(
    reader: &mut Reader<'_>,
    field: Field<'_>,
    references: &mut Vec<Reference>,
) -> Vec<ConceptId> {
    let items = reader.items(field);
    items.into_iter().filter_map(|item| reference(reader, item, references)).collect()
}

/// The languages of `terms` or `definition`; a bare value is told how to name its language.
fn by_language<'t>(reader: &mut Reader<'_>, field: Field<'t>) -> Vec<Field<'t>> {
    if matches!(field.value, DeValue::Table(_)) {
        return reader.table(field).unwrap_or_default();
    }
    let name = field.name;
    reader.wrong_type(field, "given by language", &format!("{name}.es = … and {name}.en = …"));
    Vec::new()
}

fn sections(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<LangSection> {
    let fields = by_language(reader, field);
    let mut sections: Vec<LangSection> =
        fields.into_iter().filter_map(|field| term::section(reader, field)).collect();
    sections.shrink_to_fit();
    sections
}

fn definitions(reader: &mut Reader<'_>, field: Field<'_>) -> BTreeMap<LangTag, Definition> {
    let fields = by_language(reader, field);
    let one = |field: Field<'_>| {
        let tag = reader.tag(field.name, field.name_span)?;
        Some((tag, definition(reader, field)?))
    };
    fields.into_iter().filter_map(one).collect()
}

fn definition(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Definition> {
    if !matches!(field.value, DeValue::Table(_)) {
        return Some(Definition { text: reader.text(field)?, source: None });
    }
    let (mut text, mut source) = (None, None);
    for field in reader.table(field)? {
        match field.name {
            "text" => text = reader.text(field),
            "source" => source = reader.text(field),
            _ => reader.unknown_key(field, "a definition", DEFINITION_KEYS),
        }
    }
    if text.is_none() {
        let help = "write { text = \"…\", source = \"…\" }";
        reader.error("missing-key", field.span, "this definition has no `text`", help);
    }
    Some(Definition { text: text?, source })
}

fn contexts(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<Context> {
    let items = reader.tables(field);
    items.into_iter().map(|item| context(reader, item)).collect()
}

fn context(reader: &mut Reader<'_>, field: Field<'_>) -> Context {
    let mut context = Context::default();
    for field in reader.table(field).unwrap_or_default() {
        match field.name {
            "es" => context.es = reader.text(field),
            "en" => context.en = reader.text(field),
            "source" => context.source = reader.text(field),
            "date" => context.date = reader.date(field),
            _ => reader.unknown_key(field, "a context", CONTEXT_KEYS),
        }
    }
    if context.es.is_none() && context.en.is_none() {
        let help = "write { es = \"…\", en = \"…\", source = \"…\" }";
        reader.error("missing-key", field.span, "this context has no sentence", help);
    }
    context
}

fn history(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<History> {
    let items = reader.tables(field);
    items.into_iter().map(|item| history_line(reader, item)).collect()
}

fn history_line(reader: &mut Reader<'_>, field: Field<'_>) -> History {
    let mut line = History::default();
    for field in reader.table(field).unwrap_or_default() {
        match field.name {
            "who" => line.who = reader.text(field),
            "when" => line.when = reader.date(field),
            "what" => line.what = reader.text(field),
            _ => reader.unknown_key(field, "a line of the history", HISTORY_KEYS),
        }
    }
    line
}

/// Categories of other systems, kept as they are.
pub(super) fn extra(reader: &mut Reader<'_>, field: Field<'_>) -> Table {
    let fields = reader.table(field).unwrap_or_default();
    fields.into_iter().map(|field| (field.name.to_owned(), plain(field.value))).collect()
}

/// A value without positions. A number that does not fit its type is kept as the text it was written with.
fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::String(number.to_string()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Float(number),
            Err(_) => Value::String(number.to_string()),
        },
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Datetime(date) => Value::Datetime(*date),
        DeValue::Array(array) => Value::Array(array.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(table) => Value::Table(
            fields_of(table).into_iter().map(|field| (field.name.to_owned(), plain(field.value))).collect(),
        ),
    }
}
