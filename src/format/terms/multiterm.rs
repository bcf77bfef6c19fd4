//! MultiTerm XML: `mtf` › `conceptGrp` › `languageGrp` › `termGrp`, with fields that each termbase names as it likes.
//!
//! Field names that are usual have a key; the others are kept under `x` by their names and written back under them. A
//! field is written where it is read again as what it is, anything else in a note of glosa's. Cross-references to entries
//! are `related`, transactions the history. Written in UTF-16 with a byte
//! order mark, as MultiTerm itself writes it, languages in capitals.

use toml::{Table, Value};

use super::aside;
use super::fields::{CONCEPT, Field, TERM, find, set_text};
use super::log::Log;
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::sheet::{Foreign, foreign_word};
use super::xml::{self, Node, Piece, Writer};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::Finding;
use crate::termbase::{Concept, ConceptId, Definition, History, LangSection, LangTag, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "multiterm",
    about: "MultiTerm XML (for .sdltb: import this file in MultiTerm)",
    extensions: &["mtf"],
    read: Some(read),
    write: Some(write),
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match xml::decode(input.name, input.bytes, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let mut builder = Builder::default();
    let mut wrong = None;
    let mut rooted = false;
    let walked = xml::walk(input.name, &text, &["conceptGrp"], |piece| match piece {
        Piece::Open(node) if !std::mem::replace(&mut rooted, true) => {
            wrong = (node.name != "mtf").then(|| xml::another_kind(input.name, &node, "MultiTerm XML"));
        }
        Piece::Open(_) => {}
        Piece::Entry(node) => {
            let at = node.at;
            let concept = concept(&node, &mut log);
            builder.push(concept, at, &mut log);
        }
    });
    match wrong.map_or(walked, Err) {
        Ok(()) => Reading { termbase: Some(builder.finish()), findings: log.finish(), text },
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

fn concept(node: &Node, log: &mut Log<'_>) -> Concept {
    let id = node.child("concept").map(|id| id.text().trim().to_owned()).unwrap_or_default();
    let mut concept = Concept { id: ConceptId(id), ..Concept::default() };
    for child in node.nodes() {
        match child.name.as_str() {
            "concept" => {}
            "languageGrp" => language(&mut concept, child, log),
            "transacGrp" => concept.history.extend(transaction(child)),
            "descripGrp" | "descrip" => {
                references(&mut concept, child, log);
                group(&mut concept, fields(child));
            }
            "system" => system(&mut concept, child),
            other => unknown(other, child, log),
        }
    }
    let dates: Vec<String> =
        node.nodes().filter(|child| child.name == "transacGrp").filter_map(date).collect();
    let is_exact = |date: &String| date.ends_with("T00:00:00") || !date.contains('T');
    if dates.len() == concept.history.len() && !dates.iter().all(is_exact) {
        concept.x.insert(DATES.to_owned(), dates.into_iter().map(Value::String).collect::<Vec<_>>().into());
    }
    concept
}

/// Sets the fields of a group; a source behind a definition is that of the definition.
fn group(concept: &mut Concept, fields: Vec<(String, String)>) {
    let english = LangTag("en".to_owned());
    let mut defined = false;
    for (kind, text) in fields.into_iter().filter(|(kind, _)| kind != RELATED) {
        let own = concept.definition.get_mut(&english).filter(|own| defined && own.source.is_none());
        match (kind.to_lowercase().as_str(), own) {
            ("source" | "fuente", Some(definition)) => definition.source = Some(text),
            (lower, _) => {
                defined |= lower == "definition" && !concept.definition.contains_key(&english);
                of_concept(concept, &kind, text);
            }
        }
    }
}

/// The field for cross-references that stand in no text.
const RELATED: &str = "Related";
/// The key under `x` for the times of transactions, and the beginning of those for what the program notes itself.
const DATES: &str = "transac dates";
const SYSTEM: &str = "system ";

/// What the program notes of an entry; the class that every entry has says nothing.
fn system(concept: &mut Concept, node: &Node) {
    let kind = node.attribute("type").unwrap_or_default();
    let text = model::prose(&node.text());
    if text != "0" || kind != "entryClass" {
        keep(&mut concept.x, &format!("{SYSTEM}{kind}"), text);
    }
}

fn unknown(name: &str, node: &Node, log: &mut Log<'_>) {
    log.skipped("an unknown element", node.at, format!("<{name}> is not kept"));
}

/// Entries that a field refers to; references to terms are kept as they stand.
fn references(concept: &mut Concept, node: &Node, log: &mut Log<'_>) {
    for child in node.nodes() {
        match (child.name.as_str(), child.attribute("Clink"), child.attribute("Tlink")) {
            ("xref", Some(id), _) => {
                let id = ConceptId(model::prose(id));
                if !concept.related.contains(&id) {
                    concept.related.push(id);
                }
            }
            ("xref", None, Some(term)) => keep(&mut concept.x, "Tlink", model::prose(term)),
            ("transacGrp", ..) => {
                let message = "who changed a field and when is not kept";
                log.skipped("the history of a field", child.at, message);
            }
            _ => references(concept, child, log),
        }
    }
}

/// The fields of a group: names and texts.
fn fields(node: &Node) -> Vec<(String, String)> {
    if node.name == "descrip" {
        let text = Some(model::prose(&node.text())).filter(|text| !text.is_empty());
        let text = text.or_else(|| node.attribute("multimedia").map(model::prose)).unwrap_or_default();
        return vec![(node.attribute("type").unwrap_or("field").to_owned(), text)];
    }
    node.nodes()
        .filter(|child| matches!(child.name.as_str(), "descrip" | "descripGrp"))
        .flat_map(fields)
        .collect()
}

fn of_concept(concept: &mut Concept, kind: &str, text: String) {
    match kind.to_lowercase().as_str() {
        "subject" | "subject field" | "domain" | "tema" if concept.subject.is_none() => {
            concept.subject = Some(text);
        }
        "note" | "nota" if aside::read_concept(concept, &text) => {}
        "note" | "nota" if concept.note.is_none() => concept.note = Some(text),
        "source" | "fuente" if concept.source.is_none() => concept.source = Some(text),
        "client" | "customer" if concept.client.is_none() => concept.client = Some(text),
        "project" if concept.project.is_none() => concept.project = Some(text),
        "graphic" | "image" | "figure" | "imagen" if concept.image.is_none() => concept.image = Some(text),
        "definition" => {
            concept.definition.entry(LangTag("en".to_owned())).or_insert(Definition { text, source: None });
        }
        _ => keep(&mut concept.x, kind, text),
    }
}

/// Keeps a field under its name; what is there already is kept beside it.
fn keep(x: &mut toml::Table, kind: &str, text: String) {
    let mut name = kind.to_owned();
    let mut number = 2;
    while x.contains_key(&name) {
        name = format!("{kind} {number}");
        number += 1;
    }
    x.insert(name, text.into());
}

fn date(node: &Node) -> Option<String> {
    node.child("transac")?;
    Some(node.child("date").map(|date| date.text().trim().to_owned()).unwrap_or_default())
}

fn transaction(node: &Node) -> Option<History> {
    let transac = node.child("transac")?;
    let when = date(node)?;
    let day = when.split('T').next().unwrap_or_default().trim().to_owned();
    Some(History {
        what: transac.attribute("type").map(str::to_owned),
        who: Some(transac.text().trim().to_owned()).filter(|who| !who.is_empty()),
        when: Some(day).filter(|day| crate::termbase::read::is_calendar_date(day)),
    })
}

fn language(concept: &mut Concept, node: &Node, log: &mut Log<'_>) {
    let language = node.child("language");
    let code = language.and_then(|language| language.attribute("lang")).unwrap_or_default();
    let name = language.and_then(|language| language.attribute("type")).unwrap_or_default();
    let written = if tags::tag(code).tag.as_str() == "und" { name } else { code };
    let tag = model::lang_tag(written, node.at, log);
    for child in node.nodes() {
        match child.name.as_str() {
            "termGrp" => term(concept, &tag, child, log),
            "descripGrp" | "descrip" => {
                references(concept, child, log);
                let mut defined = false;
                for (kind, text) in fields(child) {
                    defined = of_language(concept, &tag, &kind, text, defined);
                }
            }
            "language" => {}
            other => unknown(other, child, log),
        }
    }
}

/// Sets a field of a language; whether it, or the field that it stands in, is the definition.
fn of_language(concept: &mut Concept, tag: &LangTag, kind: &str, text: String, defined: bool) -> bool {
    let lower = kind.to_lowercase();
    let is_definition = matches!(lower.as_str(), "definition" | "definición");
    let source = concept.definition.get_mut(tag).map(|definition| &mut definition.source);
    if is_definition && source.is_none() {
        concept.definition.insert(tag.clone(), Definition { text, source: None });
        return true;
    }
    let source = source.filter(|source| defined && source.is_none());
    if let Some(source) = source.filter(|_| matches!(lower.as_str(), "source" | "fuente")) {
        *source = Some(text);
    } else {
        keep(&mut concept.x, &format!("{kind} ({tag})"), text);
    }
    defined
}

fn term(concept: &mut Concept, tag: &LangTag, node: &Node, log: &mut Log<'_>) {
    let Some(term) = node.child("term") else { return };
    let Some(mut entry) = model::term(&term.text(), term.at, log) else { return };
    for (kind, text) in node.nodes().filter(|child| child.name.starts_with("descrip")).flat_map(fields) {
        of_term(&mut entry, &kind, text);
    }
    if node.child("transacGrp").is_some() {
        log.skipped("the history of a term", node.at, "who changed a term and when is not kept");
    }
    model::push_term(concept, tag, entry);
}

fn of_term(entry: &mut TermEntry, kind: &str, text: String) {
    let lower = kind.to_lowercase();
    match lower.as_str() {
        "note" | "nota" if aside::read_term(entry, &text) => return,
        "status" | "usage status" | "estado" => return foreign_word(Foreign::Status, entry, &text),
        _ => {}
    }
    let key = match lower.as_str() {
        "part of speech" | "pos" | "categoría gramatical" => "pos",
        "gender" | "género" => "gender",
        "number" | "número" => "number",
        "term type" | "type" => "type",
        "context" | "example" | "ejemplo" => "context",
        "source" | "fuente" => "source",
        "note" | "nota" => "note",
        "definition" | "definición" => "definition",
        "usage" => "usage",
        _ => return keep(&mut entry.x, kind, text),
    };
    let set = find(TERM, key)
        .filter(|field| (field.get)(entry).is_none())
        .is_some_and(|field| set_text(field, entry, &text.to_lowercase()).is_ok());
    let exact = find(TERM, key).is_some_and(|field| set && set_text(field, entry, &text).is_ok());
    if !set && !exact {
        keep(&mut entry.x, kind, text);
    }
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut xml = Writer::default();
    xml.open("mtf", &[]);
    for concept in termbase.concepts.iter() {
        write_concept(&mut xml, concept, target, &mut losses);
    }
    let body = String::from_utf8(xml.finish()).unwrap_or_default();
    let document = format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{body}");
    let bytes = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(Written { bytes, losses: losses.finish() })
}

/// Fields that are written, the keys that they say, and what is left.
struct Fields<T> {
    written: Vec<(String, String)>,
    keys: Vec<&'static str>,
    x: Table,
    /// What a reader has of them.
    read: T,
}

impl<T> Fields<T> {
    /// Adds a field if a reader takes it for what it is.
    fn try_add(
        &mut self,
        name: &str,
        text: &str,
        read: impl Fn(&mut T, &str, String),
        is_right: impl Fn(&T) -> bool,
    ) -> bool
    where
        T: Clone,
    {
        let mut again = self.read.clone();
        read(&mut again, name, model::prose(text));
        let is_right = is_right(&again);
        if is_right {
            self.read = again;
            self.written.push((name.to_owned(), text.to_owned()));
        }
        is_right
    }

    /// Adds the fields of these keys, then what is kept under `x` by the name of a field.
    fn of(
        of: &T,
        keys: &[(&str, &'static str)],
        known: &'static [Field<T>],
        x: fn(&T) -> &Table,
        read: fn(&mut T, &str, String),
    ) -> Self
    where
        T: Clone + Default,
    {
        let mut fields =
            Fields { written: Vec::new(), keys: Vec::new(), x: Table::new(), read: T::default() };
        for (name, key) in keys {
            let Some(known) = find(known, key) else { continue };
            let Some(Value::String(text)) = (known.get)(of) else { continue };
            if fields.try_add(name, &text, read, |again| (known.get)(again) == (known.get)(of)) {
                fields.keys.push(key);
            }
        }
        for (name, value) in x(of) {
            let is_written = value.as_str().filter(|_| !name.starts_with(SYSTEM)).is_some_and(|text| {
                fields.try_add(name, text, read, |again| x(again).get(name) == Some(value))
            });
            if !is_written {
                fields.x.insert(name.clone(), value.clone());
            }
        }
        fields
    }
}

/// The fields of a concept and of a term, with their keys.
const OF_CONCEPT: &[(&str, &str)] = &[
    ("Subject", "subject"),
    ("Note", "note"),
    ("Source", "source"),
    ("Client", "client"),
    ("Project", "project"),
    ("Graphic", "image"),
];
const OF_TERM: &[(&str, &str)] = &[
    ("Status", "status"),
    ("Part of Speech", "pos"),
    ("Gender", "gender"),
    ("Number", "number"),
    ("Term Type", "type"),
    ("Definition", "definition"),
    ("Context", "context"),
    ("Source", "source"),
    ("Note", "note"),
    ("Usage", "usage"),
];

fn write_concept(xml: &mut Writer, concept: &Concept, target: &Target, losses: &mut Losses) {
    xml.open("conceptGrp", &[]);
    xml.leaf("concept", &[], concept.id.as_str());
    let mut fields = Fields::of(concept, OF_CONCEPT, CONCEPT, |concept| &concept.x, of_concept);
    let mut held = std::mem::take(&mut fields.keys);
    for (kind, text) in systems(&mut fields.x) {
        xml.leaf("system", &[("type", Some(&kind))], &text);
    }
    if write_history(xml, concept, &mut fields.x) {
        held.push("history");
    }
    fields.written.iter().for_each(|(name, text)| field(xml, name, text));
    for id in &concept.related {
        xml.open("descripGrp", &[]);
        xml.open("descrip", &[("type", Some(RELATED))]);
        xml.leaf("xref", &[("Clink", Some(id.as_str()))], id.as_str());
        xml.close();
        xml.close();
    }
    held.extend(["related", "x", "definition"]);
    let sections: Vec<&LangSection> = concept
        .sections
        .iter()
        .filter(|section| target.wants(&section.tag) && !section.terms.is_empty())
        .collect();
    let mut rest = aside::rest_of_concept(concept, &held);
    let defined = |tag: &LangTag| {
        sections.iter().any(|section| section.tag == *tag) && is_field(&concept.definition[tag])
    };
    rest.extend(other_definitions(concept, &defined));
    if !fields.x.is_empty() {
        rest.push(("x".to_owned(), Value::Table(fields.x)));
    }
    rest.iter().for_each(|(key, _)| losses.add(LossKind::Changed, key, "it is in a note", concept));
    if let Some(note) = aside::note(&rest) {
        field(xml, "Note", &note);
    }
    for section in sections {
        write_language(xml, concept, section, losses);
    }
    xml.close();
}

/// What the program noted of an entry.
fn systems(x: &mut Table) -> Vec<(String, String)> {
    let is_one = |(name, value): &(&String, &Value)| name.starts_with(SYSTEM) && value.is_str();
    let names: Vec<String> = x.iter().filter(is_one).map(|(name, _)| name.clone()).collect();
    let mut take = |name: String| match x.remove(&name) {
        Some(Value::String(text)) => Some((name[SYSTEM.len()..].to_owned(), text)),
        _ => None,
    };
    names.into_iter().filter_map(&mut take).collect()
}

/// Whether a definition is read as it is.
fn is_field(definition: &Definition) -> bool {
    let is_same = |text: &String| model::prose(text) == *text;
    is_same(&definition.text) && definition.source.as_ref().is_none_or(is_same)
}

/// The definitions that have no group of their language, as a key.
fn other_definitions(concept: &Concept, defined: &dyn Fn(&LangTag) -> bool) -> Option<(String, Value)> {
    let mut others = Concept { definition: concept.definition.clone(), ..Concept::default() };
    others.definition.retain(|tag, _| !defined(tag));
    Some(("definition".to_owned(), (find(CONCEPT, "definition")?.get)(&others)?))
}

/// Writes the history as transactions, if a reader has it from them as it is.
fn write_history(xml: &mut Writer, concept: &Concept, x: &mut Table) -> bool {
    let is_line = |text: &str| model::term_text(text) == text && !text.is_empty();
    let is_plain =
        |line: &History| line.what.as_deref().is_some_and(is_line) && line.who.as_deref().is_none_or(is_line);
    if !concept.history.iter().all(is_plain) {
        return false;
    }
    let dates: Option<Vec<String>> = x.get(DATES).and_then(|value| value.clone().try_into().ok());
    let is_of = |dates: &Vec<String>| {
        let day = |date: &String| date.split('T').next().unwrap_or_default().to_owned();
        dates.len() == concept.history.len()
            && dates
                .iter()
                .zip(&concept.history)
                .all(|(date, line)| day(date) == line.when.clone().unwrap_or_default())
    };
    let dates = dates.filter(is_of);
    if dates.is_some() {
        x.remove(DATES);
    }
    for (number, line) in concept.history.iter().enumerate() {
        xml.open("transacGrp", &[]);
        xml.leaf("transac", &[("type", line.what.as_deref())], line.who.as_deref().unwrap_or_default());
        let day = line
            .when
            .as_ref()
            .map(|day| if day.len() == 10 { format!("{day}T00:00:00") } else { day.clone() });
        let date = dates.as_ref().map(|dates| dates[number].clone()).or(day);
        date.into_iter().for_each(|date| xml.leaf("date", &[], &date));
        xml.close();
    }
    true
}

fn write_language(xml: &mut Writer, concept: &Concept, section: &LangSection, losses: &mut Losses) {
    xml.open("languageGrp", &[]);
    let code = section.tag.as_str().to_uppercase();
    xml.leaf("language", &[("type", Some(&tags::english_name(&section.tag))), ("lang", Some(&code))], "");
    if let Some(definition) = concept.definition.get(&section.tag).filter(|definition| is_field(definition)) {
        xml.open("descripGrp", &[]);
        xml.leaf("descrip", &[("type", Some("Definition"))], &definition.text);
        definition.source.iter().for_each(|source| field(xml, "Source", source));
        xml.close();
    }
    section.terms.iter().for_each(|entry| write_term(xml, concept, entry, losses));
    xml.close();
}

fn write_term(xml: &mut Writer, concept: &Concept, entry: &TermEntry, losses: &mut Losses) {
    xml.open("termGrp", &[]);
    xml.leaf("term", &[], &entry.term);
    // A note tells the status of a forbidden term.
    let keys = if entry.forbidden { &OF_TERM[1..] } else { OF_TERM };
    let fields = Fields::of(entry, keys, TERM, |entry| &entry.x, of_term);
    fields.written.iter().for_each(|(name, text)| field(xml, name, text));
    let held: Vec<&str> = fields.keys.iter().copied().chain(["x"]).collect();
    let mut rest = aside::rest_of_term(entry, &held);
    if !fields.x.is_empty() {
        rest.push(("x".to_owned(), Value::Table(fields.x)));
    }
    rest.iter().for_each(|(key, _)| {
        losses.add(LossKind::Changed, &format!("terms.{key}"), "it is in a note", concept);
    });
    if let Some(note) = aside::note(&rest) {
        field(xml, "Note", &note);
    }
    xml.close();
}

fn field(xml: &mut Writer, name: &str, text: &str) {
    xml.open("descripGrp", &[]);
    xml.leaf("descrip", &[("type", Some(name))], text);
    xml.close();
}
