//! MultiTerm XML: `mtf` › `conceptGrp` › `languageGrp` › `termGrp`, with fields that each termbase names as it likes.
//!
//! Field names that are usual have a key; the others are kept under `x` by their names. Written in UTF-16 with a byte
//! order mark, as MultiTerm itself writes it, languages in capitals.

use super::aside;
use super::fields::{TERM, find, set_text};
use super::log::Log;
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::sheet::{Foreign, foreign_word};
use super::xml::{self, Node, Piece, Writer};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::Finding;
use crate::termbase::{Concept, ConceptId, Definition, History, LangTag, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "multiterm",
    about: "MultiTerm XML (for .sdltb: import this file in MultiTerm)",
    extensions: &["mtf"],
    read: Some(read),
    write: Some(write),
    holds: Holds::All,
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
            "languageGrp" => language(&mut concept, child, log),
            "transacGrp" => concept.history.extend(transaction(child)),
            "descripGrp" | "descrip" => {
                for (kind, text) in fields(child) {
                    of_concept(&mut concept, &kind, text);
                }
            }
            _ => {}
        }
    }
    concept
}

/// The fields of a group: names and texts.
fn fields(node: &Node) -> Vec<(String, String)> {
    if node.name == "descrip" {
        return vec![(node.attribute("type").unwrap_or("field").to_owned(), model::prose(&node.text()))];
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

fn transaction(node: &Node) -> Option<History> {
    let transac = node.child("transac")?;
    let when = node.child("date").map(|date| date.text()).unwrap_or_default();
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
                for (kind, text) in fields(child) {
                    of_language(concept, &tag, &kind, text);
                }
            }
            _ => {}
        }
    }
}

fn of_language(concept: &mut Concept, tag: &LangTag, kind: &str, text: String) {
    let is_definition = matches!(kind.to_lowercase().as_str(), "definition" | "definición");
    if is_definition && !concept.definition.contains_key(tag) {
        concept.definition.insert(tag.clone(), Definition { text, source: None });
    } else {
        keep(&mut concept.x, &format!("{kind} ({tag})"), text);
    }
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

fn write_concept(xml: &mut Writer, concept: &Concept, target: &Target, losses: &mut Losses) {
    xml.open("conceptGrp", &[]);
    xml.leaf("concept", &[], concept.id.as_str());
    let stable = |text: &&String| model::prose(text) == **text;
    let texts = [
        ("Subject", "subject", &concept.subject),
        ("Note", "note", &concept.note),
        ("Source", "source", &concept.source),
    ];
    let held: Vec<(&str, &str, &String)> = texts
        .into_iter()
        .filter_map(|(name, key, text)| Some((name, key, text.as_ref().filter(stable)?)))
        .collect();
    for (name, _, text) in &held {
        field(xml, name, text);
    }
    let keys: Vec<&str> = held.iter().map(|(_, key, _)| *key).collect();
    let rest = aside::rest_of_concept(concept, &keys);
    rest.iter().for_each(|(key, _)| losses.add(LossKind::Changed, key, "it is in a note", concept));
    if let Some(note) = aside::note(&rest) {
        field(xml, "Note", &note);
    }
    for section in
        concept.sections.iter().filter(|section| target.wants(&section.tag) && !section.terms.is_empty())
    {
        xml.open("languageGrp", &[]);
        let code = section.tag.as_str().to_uppercase();
        xml.leaf("language", &[("type", Some(&tags::english_name(&section.tag))), ("lang", Some(&code))], "");
        section.terms.iter().for_each(|entry| write_term(xml, concept, entry, losses));
        xml.close();
    }
    xml.close();
}

fn write_term(xml: &mut Writer, concept: &Concept, entry: &TermEntry, losses: &mut Losses) {
    xml.open("termGrp", &[]);
    xml.leaf("term", &[], &entry.term);
    let status = entry.status.filter(|_| !entry.forbidden);
    let held = [
        ("Status", "status", status.map(|status| status.as_str())),
        ("Part of Speech", "pos", entry.pos.map(|pos| pos.as_str())),
        ("Gender", "gender", entry.gender.map(|gender| gender.as_str())),
    ];
    for (name, _, value) in &held {
        if let Some(value) = value {
            field(xml, name, value);
        }
    }
    let keys: Vec<&str> =
        held.iter().filter(|(_, _, value)| value.is_some()).map(|(_, key, _)| *key).collect();
    let rest = aside::rest_of_term(entry, &keys);
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
