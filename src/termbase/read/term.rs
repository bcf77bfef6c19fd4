//! The terms of a language section.

use toml::de::DeValue;

use super::keys::TERM_KEYS;
use super::values::{Field, Reader};
use crate::termbase::model::{LangSection, LangTag, TermEntry};
use crate::text::Span;
use crate::text::fold::nfc;

/// `terms.LANG`: a string, a table, or an array of both.
pub(super) fn section(reader: &mut Reader<'_>, field: Field<'_>) -> Option<LangSection> {
    let tag = reader.tag(field.name, field.name_span)?;
    let items = reader.items(field);
    if items.is_empty() {
        empty(reader, field.span, "this section has no terms");
    }
    let mut terms: Vec<TermEntry> = items.into_iter().filter_map(|item| term(reader, item)).collect();
    // Most sections have one term, and a vector begins with room for four.
    terms.shrink_to_fit();
    Some(LangSection { tag, terms })
}

fn term(reader: &mut Reader<'_>, field: Field<'_>) -> Option<TermEntry> {
    match field.value {
        DeValue::String(text) => named(reader, text, field.span),
        DeValue::Table(_) => detailed(reader, field),
        _ => {
            reader.wrong_type(field, "a string or { term = \"…\" }", "\"arancel\" or { term = \"arancel\" }");
            None
        }
    }
}

fn named(reader: &mut Reader<'_>, text: &str, span: Span) -> Option<TermEntry> {
    if text.trim().is_empty() {
        empty(reader, span, "a term without text");
        return None;
    }
    let mut entry = TermEntry::new(nfc(text));
    entry.place = Some(reader.place(span));
    Some(entry)
}

fn detailed(reader: &mut Reader<'_>, field: Field<'_>) -> Option<TermEntry> {
    let fields = reader.table(field)?;
    let Some(name) = fields.iter().find(|field| field.name == "term") else {
        let help = "write { term = \"…\", … }";
        reader.error("missing-key", field.span, "this entry has no `term`", help);
        return None;
    };
    let text = reader.verbatim(*name);
    let mut entry = named(reader, text?, name.span)?;
    for field in fields {
        if !usage_key(reader, &mut entry, field) && !matching_key(reader, &mut entry, field) {
            described_key(reader, &mut entry, field);
        }
    }
    Some(entry)
}

/// Keys that say when and how to use a term.
fn usage_key(reader: &mut Reader<'_>, term: &mut TermEntry, field: Field<'_>) -> bool {
    match field.name {
        "status" => term.status = reader.word(field),
        "region" => term.region = region(reader, field),
        "register" => term.register = reader.word(field),
        "forbidden" => term.forbidden = reader.boolean(field) == Some(true),
        "reason" => term.reason = reader.text(field),
        "replace-with" => term.replace_with = reader.text(field),
        "do-not-translate" => term.do_not_translate = reader.boolean(field) == Some(true),
        "expect" => term.expect = reader.boolean(field),
        "direction" => term.direction = reader.word(field),
        "equivalence" => term.equivalence = reader.word(field),
        "role" => term.role = reader.word(field),
        "client" => term.client = reader.text(field),
        "project" => term.project = reader.text(field),
        "valid-from" => term.valid_from = reader.date(field),
        "valid-until" => term.valid_until = reader.date(field),
        _ => return false,
    }
    true
}

/// Keys that say how a term is found in texts.
fn matching_key(reader: &mut Reader<'_>, term: &mut TermEntry, field: Field<'_>) -> bool {
    match field.name {
        "term" => {}
        "type" => term.term_type = reader.word(field),
        "pos" => term.pos = reader.word(field),
        "gender" => term.gender = reader.word(field),
        "number" => term.number = reader.word(field),
        "feminine" => term.feminine = reader.text(field),
        "case" => term.case = reader.word(field).unwrap_or_default(),
        "accents" => term.accents = reader.word(field).unwrap_or_default(),
        "inflect" => term.inflect = reader.boolean(field),
        "forms" => term.forms = reader.texts(field),
        "exclude" => term.exclude = reader.texts(field),
        _ => return false,
    }
    true
}

/// Keys for the reader of an entry.
fn described_key(reader: &mut Reader<'_>, term: &mut TermEntry, field: Field<'_>) {
    match field.name {
        "pronunciation" => term.pronunciation = reader.text(field),
        "definition" => term.definition = reader.text(field),
        "context" => term.context = reader.text(field),
        "source" => term.source = reader.text(field),
        "note" => term.note = reader.text(field),
        "usage" => term.usage = reader.text(field),
        "x" => term.x = super::concept::extra(reader, field),
        _ => reader.unknown_key(field, "a term", TERM_KEYS),
    }
}

fn region(reader: &mut Reader<'_>, field: Field<'_>) -> Option<LangTag> {
    let written = reader.verbatim(field)?;
    reader.tag(written, field.span)
}

fn empty(reader: &mut Reader<'_>, span: Span, message: &str) {
    reader.error("empty-term", span, message, "write the term or remove it");
}
