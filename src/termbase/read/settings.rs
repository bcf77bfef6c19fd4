//! The `[glossary]` table.

use serde_json::json;
use toml::de::{DeTable, DeValue};

use super::keys::{CHECK_KEYS, CORPUS_KEYS, FIELD_KEYS, GLOSSARY_KEYS, IGNORE_KEYS, PAIR_KEYS};
use super::recover;
use super::values::{Field, Reader, fields_of};
use crate::check::{nearest, translation::rule_ids};
use crate::format::doc::{Field as RecordField, Fields};
use crate::lang::Lang;
use crate::termbase::model::{CheckSettings, CorpusPath, Ignored, LangTag, PairPath, Settings};
use crate::text::Span;

/// The working languages of a glossary that states none.
const DEFAULT_LANGUAGES: [&str; 2] = ["es-MX", "en-US"];

/// Reads the table; what it does not state stays empty.
pub(super) fn read(reader: &mut Reader<'_>, field: Field<'_>) -> Settings {
    let mut settings = Settings::default();
    for field in reader.table(field).unwrap_or_default() {
        match field.name {
            "title" => settings.title = reader.text(field),
            "languages" => settings.languages = languages(reader, field),
            "ui" => settings.ui = ui(reader, field),
            "corpus" => settings.corpus = corpus(reader, field),
            "include" => settings.include = paths(reader, field),
            "pairs" => settings.pairs = pairs(reader, field),
            "fields" => settings.fields = record_fields(reader, field),
            "x" => settings.x = super::concept::extra(reader, field),
            _ => reader.unknown_key(field, "[glossary]", GLOSSARY_KEYS),
        }
    }
    settings
}

/// Reads the `[check]` table.
pub(super) fn check(reader: &mut Reader<'_>, field: Field<'_>) -> CheckSettings {
    let mut settings = CheckSettings::default();
    for field in reader.table(field).unwrap_or_default() {
        match field.name {
            "rules" => levels(reader, field, &mut settings),
            "ignore" => settings.ignore = ignored(reader, field),
            _ => reader.unknown_key(field, "[check]", CHECK_KEYS),
        }
    }
    settings
}

/// `false-friend = "error"`, a rule a line.
fn levels(reader: &mut Reader<'_>, field: Field<'_>, settings: &mut CheckSettings) {
    for field in reader.table(field).unwrap_or_default() {
        if is_rule(reader, field.name, field.name_span)
            && let Some(level) = reader.word(field)
        {
            settings.rules.insert(field.name.to_owned(), level);
        }
    }
}

/// Whether there is a rule of that id; an error where there is none.
fn is_rule(reader: &mut Reader<'_>, id: &str, span: Span) -> bool {
    if rule_ids().any(|rule| rule == id) {
        return true;
    }
    let help = match nearest(id, rule_ids()) {
        Some(rule) => format!("did you mean `{rule}`?"),
        None => "`glosa explain` lists the rules".to_owned(),
    };
    reader.error("unknown-rule", span, format!("there is no rule `{id}` of `glosa check`"), help);
    false
}

/// `ignore = [{ rule = "…", path = "…", text = "…", reason = "…" }]`.
fn ignored(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<Ignored> {
    let items = reader.tables(field);
    items.into_iter().filter_map(|item| ignored_one(reader, item)).collect()
}

fn ignored_one(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Ignored> {
    let mut ignored = Ignored { place: Some(reader.place(field.span)), ..Ignored::default() };
    for field in reader.table(field)? {
        match field.name {
            "rule" => {
                ignored.rule = reader.text(field);
                if let Some(rule) = &ignored.rule {
                    is_rule(reader, rule, field.span);
                }
            }
            "path" => ignored.path = path(reader, field),
            "text" => ignored.text = reader.text(field),
            "reason" => ignored.reason = reader.text(field),
            _ => reader.unknown_key(field, "ignore", IGNORE_KEYS),
        }
    }
    if ignored.rule.is_none() && ignored.path.is_none() && ignored.text.is_none() {
        let help = "write { rule = \"…\", path = \"…\", text = \"…\" }, one of them at least";
        reader.error("missing-key", field.span, "`ignore` hides nothing in particular", help);
        return None;
    }
    Some(ignored)
}

/// The working languages: as stated, else those of other layers, else the default.
pub(in crate::termbase) fn languages_of(settings: &Settings, others: &[LangTag]) -> Vec<LangTag> {
    let stated = [settings.languages.as_slice(), others].into_iter().find(|tags| !tags.is_empty());
    match stated {
        Some(tags) => tags.to_vec(),
        None => DEFAULT_LANGUAGES.iter().map(|tag| LangTag((*tag).to_owned())).collect(),
    }
}

/// Lays the settings of a later layer over the earlier ones.
pub(super) fn overlay(base: &mut Settings, later: Settings) {
    let Settings { title, languages, mut corpus, mut include, mut pairs, fields, ui, check, x } = later;
    base.check.overlay(check);
    base.title = title.or(base.title.take());
    base.ui = ui.or(base.ui);
    if !languages.is_empty() {
        base.languages = languages;
    }
    base.corpus.append(&mut corpus);
    base.include.append(&mut include);
    base.pairs.append(&mut pairs);
    base.fields.overlay(fields);
    base.x.extend(x);
}

/// `include` of a TOML text, whatever else may be wrong with it.
pub(super) fn includes(text: &str) -> Vec<String> {
    let (blanked, _) = recover::blank_errors(&recover::outside_concepts(text));
    let (document, _) = DeTable::parse_recoverable(&blanked);
    let glossary = fields_of(document.get_ref()).into_iter().find(|field| field.name == "glossary");
    let Some(DeValue::Table(table)) = glossary.map(|field| field.value) else { return Vec::new() };
    // What is wrong with the values is told when the file is read.
    let mut silent = Reader::new("");
    let include = fields_of(table).into_iter().find(|field| field.name == "include");
    include.map(|field| paths(&mut silent, field)).unwrap_or_default()
}

fn languages(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<LangTag> {
    let items = reader.items(field);
    let tags: Vec<LangTag> = items.into_iter().filter_map(|item| language(reader, item)).collect();
    if tags.is_empty() {
        let help = "write languages = [\"es-MX\", \"en-US\"], or leave the key out";
        reader.error("empty-languages", field.span, "`languages` names no working language", help);
    }
    tags
}

fn language(reader: &mut Reader<'_>, field: Field<'_>) -> Option<LangTag> {
    let written = reader.verbatim(field)?;
    let tag = reader.tag(written, field.span)?;
    if tag.lang().is_none() {
        let message = format!("{} is neither Spanish nor English", json!(written));
        let help = "the working languages are tags that begin with `es` or `en`";
        reader.error("bad-language-tag", field.span, message, help);
        return None;
    }
    Some(tag)
}

fn ui(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Lang> {
    language(reader, field)?.lang()
}

fn paths(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<String> {
    let items = reader.items(field);
    items.into_iter().filter_map(|item| path(reader, item)).collect()
}

/// A path exactly as written: file names are not normalised.
fn path(reader: &mut Reader<'_>, field: Field<'_>) -> Option<String> {
    let path = reader.verbatim(field)?;
    if path.trim().is_empty() {
        let message = format!("`{}` names no file", field.name);
        reader.error("empty-path", field.span, message, "write a path relative to this file");
        return None;
    }
    Some(path.to_owned())
}

fn corpus(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<CorpusPath> {
    let items = reader.items(field);
    items.into_iter().filter_map(|item| corpus_path(reader, item)).collect()
}

fn corpus_path(reader: &mut Reader<'_>, field: Field<'_>) -> Option<CorpusPath> {
    let mut entry =
        CorpusPath { path: String::new(), confidential: false, base: Some(reader.file().to_owned()) };
    if !matches!(field.value, DeValue::Table(_)) {
        entry.path = path(reader, field)?;
        return Some(entry);
    }
    for field in reader.table(field)? {
        match field.name {
            "path" => entry.path = path(reader, field)?,
            "confidential" => entry.confidential = reader.boolean(field)?,
            _ => reader.unknown_key(field, "a corpus entry", CORPUS_KEYS),
        }
    }
    if entry.path.is_empty() {
        let help = "write { path = \"…\", confidential = true }";
        reader.error("missing-key", field.span, "this corpus entry has no `path`", help);
        return None;
    }
    Some(entry)
}

/// `fields = { text = "body", lang = ["language", "locale"] }`.
fn record_fields(reader: &mut Reader<'_>, field: Field<'_>) -> Fields {
    let mut fields = Fields::default();
    for field in reader.table(field).unwrap_or_default() {
        let Some((meaning, _)) = RecordField::ALL.into_iter().find(|(_, name)| *name == field.name) else {
            reader.unknown_key(field, "`fields`", FIELD_KEYS);
            continue;
        };
        for name in reader.items(field) {
            if let Some(name) = reader.verbatim(name) {
                fields.name(name, meaning);
            }
        }
    }
    fields
}

fn pairs(reader: &mut Reader<'_>, field: Field<'_>) -> Vec<PairPath> {
    let items = reader.tables(field);
    items.into_iter().filter_map(|item| pair(reader, item)).collect()
}

fn pair(reader: &mut Reader<'_>, field: Field<'_>) -> Option<PairPath> {
    let (mut es, mut en) = (None, None);
    for field in reader.table(field)? {
        match field.name {
            "es" => es = path(reader, field),
            "en" => en = path(reader, field),
            _ => reader.unknown_key(field, "a pair", PAIR_KEYS),
        }
    }
    if let (Some(es), Some(en)) = (es, en) {
        return Some(PairPath { es, en, base: Some(reader.file().to_owned()) });
    }
    let help = "write { es = \"…\", en = \"…\" }";
    reader.error("missing-key", field.span, "a pair needs a Spanish and an English file", help);
    None
}
