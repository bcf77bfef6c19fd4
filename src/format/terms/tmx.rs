//! Translation Memory eXchange, TMX 1.4b: a unit for each concept, a variant for each term.
//!
//! Read: inline codes are no text, and told; 1.1 files say `lang` for `xml:lang`. What attributes say of a unit or variant
//! (who made and changed it, when, how often it was used) is kept under `x` and written back as such. Written: all terms,
//! the concept's keys as properties, valid against tmx14.dtd.

use toml::{Table, Value};

use super::aside;
use super::log::Log;
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::xml::{self, Attribute, Node, Piece, Writer};
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::Finding;
use crate::termbase::{Concept, ConceptId, LangTag, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "tmx",
    about: "TMX 1.4b, a unit for each concept",
    extensions: &["tmx"],
    read: Some(read),
    write: Some(write),
    holds: Holds::All,
    settings: &["title"],
    texts: Texts::Lines,
};

/// Elements with codes of a text's format, not text.
const CODES: &[&str] = &["bpt", "ept", "ph", "it", "ut"];

/// Attributes that a unit and a variant may both have (TMX 1.4b, section 3): kept and written back.
const KEPT: &[&str] = &[
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationdate",
    "creationid",
    "changedate",
    "changeid",
    "o-tmf",
];

/// What becomes of keys that TMX has no element for.
const IN_NOTE: &str = "TMX has no place for it; it is in a note";

/// Keeps what attributes say.
fn keep_attributes(x: &mut Table, node: &Node) {
    for name in KEPT {
        if let Some(value) = node.attribute(name) {
            x.insert((*name).to_owned(), value.into());
        }
    }
}

/// The attributes among what is kept, and the rest of it.
fn kept_attributes(x: &Table) -> (Vec<Attribute<'_>>, Table) {
    let is_attribute = |key: &str, value: &Value| {
        KEPT.contains(&key) && value.as_str().is_some_and(|text| model::term_text(text) == text)
    };
    let attributes = x.iter().filter(|(key, value)| is_attribute(key, value));
    let rest = x.iter().filter(|(key, value)| !is_attribute(key, value));
    (
        attributes.map(|(key, value)| (key.as_str(), value.as_str())).collect(),
        rest.map(|(key, value)| (key.clone(), value.clone())).collect(),
    )
}

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match xml::decode(input.name, input.bytes, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let mut builder = Builder::default();
    let mut wrong = None;
    let mut rooted = false;
    let walked = xml::walk(input.name, &text, &["tu", "header"], |piece| match piece {
        Piece::Open(node) if !std::mem::replace(&mut rooted, true) => {
            wrong = (node.name != "tmx").then(|| xml::another_kind(input.name, &node, "TMX"));
        }
        Piece::Entry(node) if node.name == "tu" => {
            let at = node.at;
            let concept = unit(&node, &mut log);
            builder.push(concept, at, &mut log);
        }
        Piece::Entry(node) => {
            builder.settings.title = title(&node);
            header_told(&node, &mut log);
        }
        Piece::Open(_) => {}
    });
    match wrong.map_or(walked, Err) {
        Ok(()) => Reading { termbase: Some(builder.finish()), findings: log.finish(), text },
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

/// The title that a header states.
pub(super) fn title(header: &Node) -> Option<String> {
    let title = header.nodes().find(|prop| prop.attribute("type") == Some("x-title"));
    title.map(|prop| model::prose(&prop.text()))
}

/// Tells what else a header says.
fn header_told(header: &Node, log: &mut Log<'_>) {
    for child in header.nodes().filter(|child| child.attribute("type") != Some("x-title")) {
        let message = format!("a <{}> of the header is not kept", child.name);
        log.skipped("a part of the header", child.at, message);
    }
}

/// The concept of a unit.
pub(super) fn unit(node: &Node, log: &mut Log<'_>) -> Concept {
    let id = node.attribute("tuid").unwrap_or_default().to_owned();
    let mut concept = Concept { id: ConceptId(id), ..Concept::default() };
    keep_attributes(&mut concept.x, node);
    for child in node.nodes() {
        let text = model::prose(&child.text());
        match (child.name.as_str(), child.attribute("type")) {
            ("tuv", _) => variant(&mut concept, child, log),
            ("note", _) if aside::read_concept(&mut concept, &text) => {}
            ("note", _) if concept.note.is_none() => {
                concept.note = Some(text).filter(|text| !text.is_empty());
            }
            ("prop", Some("subjectField")) => concept.subject = Some(text),
            ("prop", Some(kind)) => {
                concept.x.insert(kind.to_owned(), text.into());
            }
            _ => {}
        }
    }
    if concept.sections.len() < 2 {
        log.repaired("a unit in one language", node.at, "a unit has one language only");
    }
    concept
}

fn variant(concept: &mut Concept, node: &Node, log: &mut Log<'_>) {
    let tag = model::lang_tag(node.lang().unwrap_or_default(), node.at, log);
    let Some(segment) = node.child("seg") else {
        log.skipped("a variant without a segment", node.at, "a <tuv> without a <seg> is left out");
        return;
    };
    let Some(mut entry) = model::term(&segment.text_without(CODES), segment.at, log) else { return };
    keep_attributes(&mut entry.x, node);
    if let Some(code) = segment.nodes().find_map(code_in) {
        let message =
            format!("“{}” has codes of its text’s format in it (<{code}>), which are not kept", entry.term);
        log.skipped("codes in a segment", segment.at, message);
    }
    for child in node.nodes().filter(|child| child.name != "seg") {
        let text = model::prose(&child.text());
        match (child.name.as_str(), child.attribute("type")) {
            ("note", _) if aside::read_term(&mut entry, &text) => {}
            ("note", _) if entry.note.is_none() => entry.note = Some(text).filter(|text| !text.is_empty()),
            ("prop", Some("partOfSpeech")) if set_pos(&mut entry, &text) => {}
            ("prop", Some(kind)) => {
                entry.x.insert(kind.to_owned(), text.into());
            }
            _ => {}
        }
    }
    model::push_term(concept, &tag, entry);
}

/// The name of the first code in an element, or of itself.
fn code_in(node: &Node) -> Option<&str> {
    if CODES.contains(&node.name.as_str()) || node.name == "hi" {
        return Some(&node.name);
    }
    node.nodes().find_map(code_in)
}

fn set_pos(entry: &mut TermEntry, word: &str) -> bool {
    entry.pos = crate::termbase::PartOfSpeech::from_word(word);
    entry.pos.is_some()
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut xml = Writer::new();
    xml.open("tmx", &[("version", Some("1.4"))]);
    header(&mut xml, termbase);
    xml.open("body", &[]);
    for concept in termbase.concepts.iter() {
        let any =
            concept.sections.iter().any(|section| target.wants(&section.tag) && !section.terms.is_empty());
        if any {
            write_unit(&mut xml, concept, target, &mut losses);
        } else {
            losses.add(LossKind::Dropped, "concept", "a unit has at least one term", concept);
        }
    }
    Ok(Written { bytes: xml.finish(), losses: losses.finish() })
}

fn header(xml: &mut Writer, termbase: &Termbase) {
    let source = termbase.settings.languages.first().map_or("es", |tag| tag.as_str());
    let attributes: &[Attribute<'_>] = &[
        ("creationtool", Some("glosa")),
        ("creationtoolversion", Some(env!("CARGO_PKG_VERSION"))),
        ("segtype", Some("phrase")),
        ("o-tmf", Some("glosa")),
        ("adminlang", Some("en")),
        ("srclang", Some(source)),
        ("datatype", Some("plaintext")),
    ];
    match &termbase.settings.title {
        None => xml.leaf("header", attributes, ""),
        Some(title) => {
            xml.open("header", attributes);
            xml.leaf("prop", &[("type", Some("x-title"))], title);
            xml.close();
        }
    }
}

fn write_unit(xml: &mut Writer, concept: &Concept, target: &Target, losses: &mut Losses) {
    let (mut attributes, x) = kept_attributes(&concept.x);
    attributes.insert(0, ("tuid", Some(concept.id.as_str())));
    xml.open("tu", &attributes);
    let subject = concept.subject.as_ref().filter(|text| model::prose(text) == **text);
    let note = concept.note.as_ref().filter(|text| model::prose(text) == **text);
    let held: Vec<&str> =
        subject.map(|_| "subject").into_iter().chain(note.map(|_| "note")).chain(["x"]).collect();
    if let Some(note) = note {
        xml.leaf("note", &[], note);
    }
    let rest = with_x(aside::rest_of_concept(concept, &held), x);
    rest.iter().for_each(|(key, _)| losses.add(LossKind::Changed, key, IN_NOTE, concept));
    if let Some(aside) = aside::note(&rest) {
        xml.leaf("note", &[], &aside);
    }
    if let Some(subject) = subject {
        xml.leaf("prop", &[("type", Some("subjectField"))], subject);
    }
    // The first terms of all languages stand first: readers of pairs take the first two variants.
    let sections = || concept.sections.iter().filter(|section| target.wants(&section.tag));
    for at in 0..sections().map(|section| section.terms.len()).max().unwrap_or(0) {
        for section in sections() {
            section
                .terms
                .get(at)
                .into_iter()
                .for_each(|entry| write_variant(xml, &section.tag, (concept, entry), losses));
        }
    }
    xml.close();
}

/// The keys for a note, with what is left of `x`.
fn with_x(mut rest: Vec<(String, Value)>, x: Table) -> Vec<(String, Value)> {
    if !x.is_empty() {
        rest.push(("x".to_owned(), Value::Table(x)));
    }
    rest
}

fn write_variant(
    xml: &mut Writer,
    lang: &LangTag,
    (concept, entry): (&Concept, &TermEntry),
    losses: &mut Losses,
) {
    let (mut attributes, x) = kept_attributes(&entry.x);
    attributes.insert(0, ("xml:lang", Some(lang.as_str())));
    xml.open("tuv", &attributes);
    let note = entry.note.as_ref().filter(|text| model::prose(text) == **text);
    let held: &[&str] = if note.is_some() { &["pos", "note", "x"] } else { &["pos", "x"] };
    if let Some(note) = note {
        xml.leaf("note", &[], note);
    }
    let rest = with_x(aside::rest_of_term(entry, held), x);
    for (key, _) in &rest {
        losses.add(LossKind::Changed, &format!("terms.{key}"), IN_NOTE, concept);
    }
    if let Some(aside) = aside::note(&rest) {
        xml.leaf("note", &[], &aside);
    }
    if let Some(pos) = entry.pos {
        xml.leaf("prop", &[("type", Some("partOfSpeech"))], pos.as_str());
    }
    xml.leaf("seg", &[], &entry.term);
    xml.close();
}
