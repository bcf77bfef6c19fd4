//! XLIFF: the glossary module of 2.x, and terms marked in segments (2.x and 1.2).
//!
//! A term of the source stands for a concept: with its translations from the glossary, else with the marked term of the
//! target. Written as XLIFF 2.1, a unit for each source term; units of one concept have its id for their name, and a type
//! that says so. Definitions in other languages than the source are notes of the unit.

use std::collections::{HashMap, HashSet};

use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder, Names};
use super::pairs::{self, Pass, Sides};
use super::xml::{self, Node, Piece, Writer};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::{Finding, Severity};
use crate::termbase::{Concept, ConceptId, Definition, LangSection, LangTag, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "xliff",
    about: "XLIFF 2.x glossary module and marked terms, XLIFF 1.2 marked terms",
    extensions: &["xlf", "xliff"],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["id", "source", "definition"], &["source"]),
    settings: &[],
    texts: Texts::Trimmed,
};

/// The id at the end of a reference, as XLIFF 2.1 writes them (section 4.3.1): `#m1`, `#t=m1`, `#/f=f1/u=u1/m1`.
fn fragment(reference: &str) -> &str {
    let last = reference.rsplit(['/', '#']).next().unwrap_or(reference);
    last.split_once('=').map_or(last, |(_, id)| id)
}

/// The type of a unit whose name is its concept's id.
const CONCEPT: &str = "glosa:concept";
/// The categories of notes with a definition, and with the source of it, before the language.
const DEFINITION: &str = "definition:";
const DEFINITION_SOURCE: &str = "definition-source:";

/// The namespaces of what is written.
const CORE: &str = "urn:oasis:names:tc:xliff:document:2.0";
const GLOSSARY: &str = "urn:oasis:names:tc:xliff:glossary:2.0";

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match xml::decode(input.name, input.bytes, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let read = pairs::settled(input, log, |sides, log| {
        let mut reader = XliffReader { sides, builder: Builder::default(), log, rooted: false };
        reader.walk(input.name, &text)?;
        let XliffReader { sides, builder, .. } = reader;
        Ok(Pass { termbase: builder.finish(), sides, used: [true; 2] })
    });
    match read {
        Ok((termbase, findings)) => Reading { termbase: Some(termbase), findings, text },
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

struct XliffReader<'l, 'a> {
    sides: Sides,
    builder: Builder,
    log: &'l mut Log<'a>,
    rooted: bool,
}

impl XliffReader<'_, '_> {
    fn walk(&mut self, name: &str, text: &str) -> Result<(), Finding> {
        let (mut wrong, mut units) = (None, 0);
        let walked = xml::walk(name, text, &["unit", "trans-unit"], |piece| match piece {
            Piece::Open(node) if !std::mem::replace(&mut self.rooted, true) => {
                wrong = (node.name != "xliff").then(|| xml::another_kind(name, &node, "XLIFF"));
                self.languages(&node);
            }
            Piece::Open(node) => self.languages(&node),
            Piece::Entry(node) => {
                units += 1;
                self.unit(&node);
            }
        });
        if self.builder.is_empty() && units > 0 {
            let message = format!("`{name}`: its {units} units hold no glossary and no marked terms");
            self.log.add(Finding::new(Severity::Warning, "import-skipped", message).help(
                "`glosa extract --bilingual FILE` finds terms in the segments; `glosa align` writes them as pairs",
            ));
        }
        wrong.map_or(walked, Err)
    }

    /// The languages that the root (2.x) or a file (1.2) states.
    fn languages(&mut self, node: &Node) {
        let names = [["srcLang", "source-language"], ["trgLang", "target-language"]];
        for (side, names) in names.into_iter().enumerate() {
            if let Some(tag) = names.iter().find_map(|name| node.attribute(name)) {
                self.sides.state(side, tags::tag(tag).tag);
            }
        }
    }

    fn unit(&mut self, unit: &Node) {
        let entries: Vec<&Node> =
            unit.child("glossary").map(|glossary| glossary.nodes().collect()).unwrap_or_default();
        let [sources, targets] = sides_of(unit);
        let mut told = Vec::new();
        for entry in entries.iter().filter(|entry| entry.name == "glossEntry") {
            let alone = entries.len() == 1;
            let id = if alone { unit.attribute("id") } else { entry.attribute("id") };
            let reference = entry.attribute("ref").map(fragment);
            let mark = sources.iter().find(|mark| reference == Some(&mark.id));
            told.extend(reference.map(str::to_owned));
            let mut concept = self.entry(entry, id.unwrap_or_default());
            notes(unit, &mut concept);
            mark.into_iter().for_each(|mark| mark.say(&self.sides.tags[0], &mut concept));
            match unit.attribute("name").filter(|_| unit.attribute("type") == Some(CONCEPT)) {
                Some(name) => self.add_to(name, concept, entry.at),
                None => self.builder.push(concept, entry.at, self.log),
            }
        }
        self.marked(sources.into_iter().filter(|mark| !told.contains(&mark.id)).collect(), targets);
    }

    /// Adds what a unit says to the concept that it names.
    fn add_to(&mut self, name: &str, said: Concept, at: usize) {
        let of_section = |section: LangSection| {
            let tag = section.tag;
            section.terms.into_iter().map(move |entry| (tag.clone(), entry))
        };
        let terms: Vec<_> = said.sections.into_iter().flat_map(of_section).collect();
        let concept = self.builder.push_pair(name, &terms, &At::Byte(at), self.log);
        let mut twice: Vec<String> = Vec::new();
        let details = said.details.into_inner();
        match (&concept.source, details.source) {
            (Some(there), Some(other)) if *there != other => twice.push(other),
            (None, Some(other)) => concept.source = Some(other),
            _ => {}
        }
        for (tag, definition) in said.definition {
            match concept.definition.get(&tag) {
                Some(there) if *there != definition => twice.push(definition.text),
                Some(_) => {}
                None => drop(concept.definition.insert(tag, definition)),
            }
        }
        if !details.x.is_empty() {
            concept.x.extend(details.x);
        }
        for other in twice {
            let message = format!("`{name}` has another source or definition already; “{other}” is left out");
            self.log.skipped("a second value of a key", at, message);
        }
    }

    fn entry(&mut self, entry: &Node, id: &str) -> Concept {
        let mut concept = Concept { id: ConceptId(id.to_owned()), ..Concept::default() };
        self.foreign(entry, &["id", "ref"], &mut concept.x);
        for child in entry.nodes() {
            let text = child.text();
            match child.name.as_str() {
                "term" => {
                    concept.source = child.attribute("source").map(model::prose);
                    self.push(&mut concept, 0, &text, child.at, None);
                }
                "translation" => {
                    let source = child.attribute("source").map(model::prose);
                    self.push(&mut concept, 1, &text, child.at, source);
                    let section =
                        concept.sections.iter_mut().find(|section| section.tag == self.sides.tags[1]);
                    if let Some(entry) = section.and_then(|section| section.terms.last_mut()) {
                        // An id tells translations of an entry apart; a reference is to one of those marked in the text.
                        self.foreign(child, &["source", "id", "ref"], &mut entry.x);
                    }
                }
                "definition" => {
                    let source = child.attribute("source").map(model::prose);
                    concept
                        .definition
                        .insert(self.sides.tags[0].clone(), Definition { text: model::prose(&text), source });
                }
                name => {
                    let message = format!("<{name}> of a glossary entry is not kept");
                    self.log.skipped("a part of a glossary entry", child.at, message);
                }
            }
        }
        if concept.sections.len() < 2 && concept.definition.is_empty() {
            let message = "a glossary entry has neither translation nor definition";
            self.log.repaired("a glossary entry without a translation", entry.at, message);
        }
        concept
    }

    /// Keeps the attributes that have no key.
    fn foreign(&mut self, node: &Node, known: &[&str], x: &mut toml::Table) {
        let is_foreign = |key: &str| !known.contains(&key) && !key.starts_with("xmlns");
        for (key, value) in node.attributes.iter().filter(|(key, _)| is_foreign(key)) {
            self.log.repaired("an attribute without a key", node.at, format!("`{key}` is kept under `x`"));
            x.insert(key.clone(), value.as_str().into());
        }
    }

    fn push(&mut self, concept: &mut Concept, side: usize, text: &str, at: usize, source: Option<String>) {
        if let Some(mut entry) = model::term(text, at, self.log) {
            if source.is_some() {
                entry.source = source;
            }
            model::push_term(concept, &self.sides.tags[side].clone(), entry);
        }
    }

    /// Terms that are marked in the segments, but are not those of the glossary.
    fn marked(&mut self, sources: Vec<Mark>, mut targets: Vec<Mark>) {
        for (number, mark) in sources.into_iter().enumerate() {
            let mut concept = Concept::default();
            self.push(&mut concept, 0, &mark.text, mark.at, None);
            mark.say(&self.sides.tags[0], &mut concept);
            let same = targets.iter().position(|target| !mark.id.is_empty() && target.id == mark.id);
            if let Some(place) = same.or_else(|| (targets.len() > number).then_some(number)) {
                let target = targets[place].clone();
                self.push(&mut concept, 1, &target.text, target.at, None);
                target.say(&self.sides.tags[1], &mut concept);
                if same.is_some() {
                    targets[place].id.clear();
                }
            }
            self.builder.push(concept, mark.at, self.log);
        }
    }
}

/// A marked term: its text, and what the mark says of it (XLIFF 2.1, section 4.7.3.1.2).
#[derive(Clone, Debug, Default)]
struct Mark {
    id: String,
    text: String,
    at: usize,
    /// A short definition.
    value: Option<String>,
    /// The address of more about it.
    reference: Option<String>,
}

impl Mark {
    fn of(node: &Node, text: String) -> Self {
        let attribute = |name: &str| node.attribute(name).map(model::prose).filter(|text| !text.is_empty());
        let id = node.attribute("id").or(node.attribute("mid")).unwrap_or_default().to_owned();
        let reference = attribute("ref").filter(|reference| !reference.starts_with('#'));
        Mark { id, text, at: node.at, value: attribute("value"), reference }
    }

    /// Says of a concept what the mark does; what is there already stays, and this is kept beside it.
    fn say(&self, tag: &LangTag, concept: &mut Concept) {
        let value = self
            .value
            .clone()
            .filter(|value| concept.definition.get(tag).is_none_or(|definition| definition.text != *value));
        if let Some(text) = value {
            match concept.definition.contains_key(tag) {
                true => drop(concept.x.insert("mrk value".to_owned(), text.into())),
                false => drop(concept.definition.insert(tag.clone(), Definition { text, source: None })),
            }
        }
        concept.url = concept.url.take().or_else(|| self.reference.clone());
    }
}

/// The terms marked in the sources and in the targets of a unit.
fn sides_of(unit: &Node) -> [Vec<Mark>; 2] {
    ["source", "target"].map(|name| {
        let mut found = Vec::new();
        within(unit, &[name], &mut |side| marks(side, &mut found));
        found
    })
}

/// Definitions in notes of a unit.
fn notes(unit: &Node, concept: &mut Concept) {
    let notes = unit.child("notes").into_iter().flat_map(Node::nodes);
    for note in notes {
        let category = note.attribute("category").unwrap_or_default();
        let text = model::prose(&note.text());
        if let Some(tag) = category.strip_prefix(DEFINITION) {
            concept.definition.insert(tags::tag(tag).tag, Definition { text, source: None });
        } else if let Some(definition) = category
            .strip_prefix(DEFINITION_SOURCE)
            .and_then(|tag| concept.definition.get_mut(&tags::tag(tag).tag))
        {
            definition.source = Some(text);
        }
    }
}

/// Goes to the elements of these names.
fn within<'n>(node: &'n Node, names: &[&str], found: &mut impl FnMut(&'n Node)) {
    for child in
        node.nodes().filter(|child| !matches!(child.name.as_str(), "alt-trans" | "matches" | "glossary"))
    {
        if names.contains(&child.name.as_str()) {
            found(child);
        } else {
            within(child, names, found);
        }
    }
}

/// The terms marked in a side: `<mrk type="term">`, or what stands between `<sm type="term"/>` and its `<em/>`.
fn marks(side: &Node, found: &mut Vec<Mark>) {
    let mut open: HashMap<String, Mark> = HashMap::new();
    collect(side, &mut open, found);
}

/// Codes of XLIFF 1.2, whose content is no text, and texts within them, which stand apart.
const CODES: &[&str] = &["ph", "bpt", "ept", "it", "sub"];

fn collect(node: &Node, open: &mut HashMap<String, Mark>, found: &mut Vec<Mark>) {
    for child in &node.children {
        match child {
            xml::Child::Text(text) => open.values_mut().for_each(|mark| mark.text.push_str(text)),
            xml::Child::Node(child) => {
                let is_term = child.attribute("type").or(child.attribute("mtype")) == Some("term");
                match child.name.as_str() {
                    "mrk" if is_term => found.push(Mark::of(child, child.text_without(CODES))),
                    "sm" if is_term => {
                        let mark = Mark::of(child, String::new());
                        open.insert(mark.id.clone(), mark);
                    }
                    "em" => {
                        let start = child.attribute("startRef").unwrap_or_default();
                        found.extend(open.remove(start));
                    }
                    _ => {}
                }
                collect(child, open, found);
            }
        }
    }
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let [source, to] = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut xml = Writer::new();
    xml.open(
        "xliff",
        &[
            ("xmlns", Some(CORE)),
            ("xmlns:gls", Some(GLOSSARY)),
            ("version", Some("2.1")),
            ("srcLang", Some(source.as_str())),
            ("trgLang", Some(to.as_str())),
        ],
    );
    xml.open("file", &[("id", Some("f1"))]);
    let mut ids = Names::default();
    let mut any = false;
    for concept in termbase.concepts.iter() {
        let Some([sources, targets]) = pairs::equivalents(concept, [&source, &to], &mut losses) else {
            continue;
        };
        let targets = once(targets, concept, &mut losses);
        for (number, term) in once(sources, concept, &mut losses).into_iter().enumerate() {
            any = true;
            let id = ids.free(&token(concept.id.as_str(), number));
            let name = concept.id.as_str();
            xml.open("unit", &[("id", Some(&id)), ("name", Some(name)), ("type", Some(CONCEPT))]);
            if term.source.is_some() {
                losses.add(LossKind::Dropped, "terms.source", "XLIFF has that of translations", concept);
            }
            let defined = definition_of(concept, &source, &mut losses);
            write_entry(&mut xml, concept, &term.term, &targets, defined.map(|(_, definition)| definition));
            write_notes(&mut xml, concept, defined.map(|(tag, _)| tag));
            xml.open("segment", &[]);
            xml.leaf_within("source", "mrk", &[("id", Some("m1")), ("type", Some("term"))], &term.term);
            xml.close();
            xml.close();
        }
    }
    let bytes = if any { xml.finish() } else { Vec::new() };
    Ok(Written { bytes, losses: losses.finish() })
}

/// The terms, each text once; the others are told.
fn once<'a>(terms: Vec<&'a TermEntry>, concept: &Concept, losses: &mut Losses) -> Vec<&'a TermEntry> {
    let mut seen = HashSet::new();
    let (first, again): (Vec<_>, Vec<_>) =
        terms.into_iter().partition(|entry| seen.insert(entry.term.as_str()));
    for _ in again {
        losses.add(LossKind::Dropped, "terms", "the same stands there already", concept);
    }
    first
}

/// The definition in the source language, of which the glossary module has one.
fn definition_of<'a>(
    concept: &'a Concept,
    source: &LangTag,
    losses: &mut Losses,
) -> Option<(&'a LangTag, &'a Definition)> {
    let mut own = concept.definition.iter().filter(|(tag, _)| pairs::is_of(tag, source));
    let found = concept.definition.get_key_value(source).or_else(|| own.next())?;
    if found.0 != source {
        losses.add(LossKind::Changed, "definition", "it is in the language of the source", concept);
    }
    Some(found)
}

fn write_entry(
    xml: &mut Writer,
    concept: &Concept,
    term: &str,
    translations: &[&TermEntry],
    definition: Option<&Definition>,
) {
    xml.open("gls:glossary", &[]);
    xml.open("gls:glossEntry", &[("id", Some("g1")), ("ref", Some("#m1"))]);
    xml.leaf("gls:term", &[("source", concept.source.as_deref())], term);
    for (number, translation) in translations.iter().enumerate() {
        let id = format!("t{}", number + 1);
        let attributes = [("id", Some(id.as_str())), ("source", translation.source.as_deref())];
        xml.leaf("gls:translation", &attributes, &translation.term);
    }
    if let Some(definition) = definition {
        xml.leaf("gls:definition", &[("source", definition.source.as_deref())], &definition.text);
    }
    xml.close();
    xml.close();
}

/// Notes with the definitions that are not in the glossary module.
fn write_notes(xml: &mut Writer, concept: &Concept, defined: Option<&LangTag>) {
    let others: Vec<_> = concept.definition.iter().filter(|(tag, _)| Some(*tag) != defined).collect();
    if others.is_empty() {
        return;
    }
    xml.open("notes", &[]);
    for (tag, definition) in others {
        xml.leaf("note", &[("category", Some(&format!("{DEFINITION}{tag}")))], &definition.text);
        if let Some(source) = &definition.source {
            xml.leaf("note", &[("category", Some(&format!("{DEFINITION_SOURCE}{tag}")))], source);
        }
    }
    xml.close();
}

/// An id without white space (NMTOKEN), numbered for further terms of a concept.
fn token(id: &str, number: usize) -> String {
    let allowed = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let bare: String = id.chars().map(allowed).collect();
    if number == 0 { bare } else { format!("{bare}-{}", number + 1) }
}
