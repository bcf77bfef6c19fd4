//! XLIFF: the glossary module of 2.x, and terms marked in segments (2.x and 1.2).
//!
//! A term of the source stands for a concept: with its translations from the glossary, else with the marked term of the
//! target. Written as XLIFF 2.1, a unit for each source term.

use std::collections::HashMap;

use super::log::Log;
use super::loss::{LossKind, Losses};
use super::model::{self, Builder, Names};
use super::xml::{self, Node, Piece, Writer};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, pairs, tags};
use crate::check::{Finding, Severity};
use crate::termbase::{Concept, ConceptId, Definition, LangTag, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "xliff",
    about: "XLIFF 2.x glossary module and marked terms, XLIFF 1.2 marked terms",
    extensions: &["xlf", "xliff"],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["id", "source", "definition"], &[]),
    texts: Texts::Lines,
};

/// The id at the end of a reference, as XLIFF 2.1 writes them (section 4.3.1): `#m1`, `#t=m1`, `#/f=f1/u=u1/m1`.
fn fragment(reference: &str) -> &str {
    let last = reference.rsplit(['/', '#']).next().unwrap_or(reference);
    last.split_once('=').map_or(last, |(_, id)| id)
}

/// The namespaces of what is written.
const CORE: &str = "urn:oasis:names:tc:xliff:document:2.0";
const GLOSSARY: &str = "urn:oasis:names:tc:xliff:glossary:2.0";

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match xml::decode(input.name, input.bytes, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let mut reader = XliffReader {
        sides: pairs::languages_of(input),
        stated: !input.languages.is_empty(),
        builder: Builder::default(),
        log,
        rooted: false,
    };
    let (mut wrong, mut units) = (None, 0);
    let walked = xml::walk(input.name, &text, &["unit", "trans-unit"], |piece| match piece {
        Piece::Open(node) if !std::mem::replace(&mut reader.rooted, true) => {
            wrong = (node.name != "xliff").then(|| xml::another_kind(input.name, &node, "XLIFF"));
            reader.languages(&node);
        }
        Piece::Open(node) => reader.languages(&node),
        Piece::Entry(node) => {
            units += 1;
            reader.unit(&node);
        }
    });
    if reader.builder.is_empty() && units > 0 {
        let message = format!("its {units} units hold no glossary and no marked terms");
        reader.log.add(
            Finding::new(Severity::Warning, "import-skipped", format!("`{}`: {message}", input.name))
                .help("`glosa extract --bilingual FILE` finds terms in the segments; `glosa align` writes them as pairs"),
        );
    }
    match wrong.map_or(walked, Err) {
        Ok(()) => Reading { termbase: Some(reader.builder.finish()), findings: reader.log.finish(), text },
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

struct XliffReader<'a> {
    sides: [LangTag; 2],
    stated: bool,
    builder: Builder,
    log: Log<'a>,
    rooted: bool,
}

impl XliffReader<'_> {
    /// The languages that the root (2.x) or a file (1.2) states.
    fn languages(&mut self, node: &Node) {
        let names = [["srcLang", "source-language"], ["trgLang", "target-language"]];
        for (side, names) in names.into_iter().enumerate().filter(|_| !self.stated) {
            if let Some(tag) = names.iter().find_map(|name| node.attribute(name)) {
                self.sides[side] = tags::tag(tag).tag;
            }
        }
    }

    fn unit(&mut self, unit: &Node) {
        let entries: Vec<&Node> =
            unit.child("glossary").map(|glossary| glossary.nodes().collect()).unwrap_or_default();
        let mut told = Vec::new();
        for (at, entry) in entries.iter().filter(|entry| entry.name == "glossEntry").enumerate() {
            told.extend(entry.attribute("ref").map(|reference| fragment(reference).to_owned()));
            let alone = entries.len() == 1;
            let id = if at == 0 && alone { unit.attribute("id") } else { entry.attribute("id") };
            self.entry(entry, id.unwrap_or_default());
        }
        self.marked(unit, &told);
    }

    fn entry(&mut self, entry: &Node, id: &str) {
        let mut concept = Concept { id: ConceptId(id.to_owned()), ..Concept::default() };
        for child in entry.nodes() {
            let text = child.text();
            match child.name.as_str() {
                "term" => {
                    concept.source = child.attribute("source").map(model::prose);
                    self.push(&mut concept, 0, &text, child.at);
                }
                "translation" => self.push(&mut concept, 1, &text, child.at),
                "definition" => {
                    let source = child.attribute("source").map(model::prose);
                    concept
                        .definition
                        .insert(self.sides[0].clone(), Definition { text: model::prose(&text), source });
                }
                _ => {}
            }
        }
        if concept.sections.len() < 2 && concept.definition.is_empty() {
            let message = "a glossary entry has neither translation nor definition";
            self.log.repaired("a glossary entry without a translation", entry.at, message);
        }
        self.builder.push(concept, entry.at, &mut self.log);
    }

    fn push(&mut self, concept: &mut Concept, side: usize, text: &str, at: usize) {
        if let Some(entry) = model::term(text, at, &mut self.log) {
            model::push_term(concept, &self.sides[side].clone(), entry);
        }
    }

    /// Terms that are marked in the segments, but are not those of the glossary.
    fn marked(&mut self, unit: &Node, told: &[String]) {
        let mut sides: [Vec<(String, String, usize)>; 2] = [Vec::new(), Vec::new()];
        for (names, found) in [&["source"][..], &["target"]].into_iter().zip(&mut sides) {
            within(unit, names, &mut |side| marks(side, found));
        }
        let [sources, mut targets] = sides;
        for (number, (id, text, at)) in
            sources.into_iter().enumerate().filter(|(_, (id, ..))| !told.contains(id))
        {
            let mut concept = Concept::default();
            self.push(&mut concept, 0, &text, at);
            let same = targets.iter().position(|(target, ..)| !id.is_empty() && *target == id);
            if let Some(place) = same.or_else(|| (targets.len() > number).then_some(number)) {
                let (_, text, at) = targets[place].clone();
                self.push(&mut concept, 1, &text, at);
                if same.is_some() {
                    targets[place].0.clear();
                }
            }
            self.builder.push(concept, at, &mut self.log);
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
fn marks(side: &Node, found: &mut Vec<(String, String, usize)>) {
    let mut open: HashMap<String, (String, usize)> = HashMap::new();
    collect(side, &mut open, found);
}

/// Codes of XLIFF 1.2, whose content is no text, and texts within them, which stand apart.
const CODES: &[&str] = &["ph", "bpt", "ept", "it", "sub"];

fn collect(
    node: &Node,
    open: &mut HashMap<String, (String, usize)>,
    found: &mut Vec<(String, String, usize)>,
) {
    for child in &node.children {
        match child {
            xml::Child::Text(text) => open.values_mut().for_each(|(inner, _)| inner.push_str(text)),
            xml::Child::Node(child) => {
                let is_term = child.attribute("type").or(child.attribute("mtype")) == Some("term");
                let id = child.attribute("id").or(child.attribute("mid")).unwrap_or_default().to_owned();
                match child.name.as_str() {
                    "mrk" if is_term => found.push((id, child.text_without(CODES), child.at)),
                    "sm" if is_term => {
                        open.insert(id, (String::new(), child.at));
                    }
                    "em" => {
                        let start = child.attribute("startRef").unwrap_or_default();
                        found.extend(open.remove(start).map(|(text, at)| (start.to_owned(), text, at)));
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
        let [sources, targets] = pairs::sides(concept, [&source, &to]);
        if sources.is_empty() || targets.is_empty() {
            losses.add(LossKind::Dropped, "concept", "it has no terms in one of the two languages", concept);
            continue;
        }
        for (number, term) in sources.iter().enumerate() {
            any = true;
            let id = ids.free(&token(concept.id.as_str(), number));
            xml.open("unit", &[("id", Some(&id))]);
            let translations: Vec<&str> = targets.iter().map(|entry| entry.term.as_str()).collect();
            write_entry(&mut xml, concept, &source, &term.term, &translations);
            xml.open("segment", &[]);
            xml.leaf_within("source", "mrk", &[("id", Some("m1")), ("type", Some("term"))], &term.term);
            xml.close();
            xml.close();
        }
    }
    if !any {
        let message = format!("no entry has terms in {source} and {to}, and an XLIFF file needs a unit");
        let finding = Finding::new(crate::check::Severity::Error, "export-limit", message);
        return Err(vec![finding.help("name two languages: --langs es,en")]);
    }
    Ok(Written { bytes: xml.finish(), losses: losses.finish() })
}

fn write_entry(xml: &mut Writer, concept: &Concept, source: &LangTag, term: &str, translations: &[&str]) {
    xml.open("gls:glossary", &[]);
    xml.open("gls:glossEntry", &[("id", Some("g1")), ("ref", Some("#m1"))]);
    xml.leaf("gls:term", &[("source", concept.source.as_deref())], term);
    for (number, translation) in translations.iter().enumerate() {
        xml.leaf("gls:translation", &[("id", Some(&format!("t{}", number + 1)))], translation);
    }
    let definition = concept
        .definition
        .iter()
        .find(|(tag, _)| pairs::is_of(tag, source))
        .map(|(_, definition)| definition);
    if let Some(definition) = definition {
        xml.leaf("gls:definition", &[("source", definition.source.as_deref())], &definition.text);
    }
    xml.close();
    xml.close();
}

/// An id without white space (NMTOKEN), numbered for further terms of a concept.
fn token(id: &str, number: usize) -> String {
    let allowed = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let bare: String = id.chars().map(allowed).collect();
    if number == 0 { bare } else { format!("{bare}-{}", number + 1) }
}
