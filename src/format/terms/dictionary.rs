//! Dictionaries in XML, to read: TEI as FreeDict has it, XDXF, GlossML.

use super::log::Log;
use super::model::{self, Builder};
use super::pairs::{self, Sides};
use super::xml::{self, Node, Piece};
use super::{Format, Holds, Input, Reading, Texts, tags};
use crate::check::Finding;
use crate::termbase::{Concept, Definition, Gender, LangTag, PartOfSpeech, TermEntry};

/// TEI dictionaries.
pub(super) const TEI: Format = Format {
    name: "tei",
    about: "TEI dictionary, as FreeDict has it",
    extensions: &["tei"],
    read: Some(|input| read(input, "TEI", &["entry"], tei)),
    write: None,
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// XML Dictionary Exchange Format.
pub(super) const XDXF: Format = Format {
    name: "xdxf",
    about: "XDXF dictionary",
    extensions: &["xdxf"],
    read: Some(|input| read(input, "xdxf", &["ar"], xdxf)),
    write: None,
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// Glossary Markup Language.
pub(super) const GLOSSML: Format = Format {
    name: "glossml",
    about: "GlossML glossary",
    extensions: &["gml"],
    read: Some(|input| read(input, "glossary", &["glossEntry"], glossml)),
    write: None,
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// What an entry is read with.
struct Entries<'a, 'l> {
    /// The language of headwords, and that of translations.
    sides: [LangTag; 2],
    /// Which of them terms were given, for want of a language of their own.
    used: &'a mut [bool; 2],
    log: &'a mut Log<'l>,
}

type ReadEntry = fn(&mut Entries<'_, '_>, &Node) -> Concept;

fn read(input: &Input<'_>, root: &str, names: &[&str], entry: ReadEntry) -> Reading {
    let mut log = Log::new(input.name);
    let text = match xml::decode(input.name, input.bytes, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let read = pairs::settled(input, log, |sides, log| {
        let mut builder = Builder::default();
        let mut pass = Dictionary { root, names, entry, sides, used: [false; 2], builder: &mut builder };
        pass.walk(input.name, &text, log)?;
        let Dictionary { sides, used, .. } = pass;
        Ok(pairs::Pass { termbase: builder.finish(), sides, used })
    });
    match read {
        Ok((termbase, findings)) => Reading { termbase: Some(termbase), findings, text },
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

/// A dictionary that is being read.
struct Dictionary<'a> {
    root: &'a str,
    names: &'a [&'a str],
    entry: ReadEntry,
    sides: Sides,
    used: [bool; 2],
    builder: &'a mut Builder,
}

impl Dictionary<'_> {
    fn walk(&mut self, name: &str, text: &str, log: &mut Log<'_>) -> Result<(), Finding> {
        let (mut wrong, mut rooted) = (None, false);
        let names = [self.names, &["titleStmt", "meta_info"]].concat();
        let walked = xml::walk(name, text, &names, |piece| match piece {
            Piece::Open(node) => {
                if !std::mem::replace(&mut rooted, true) {
                    wrong = (node.name != self.root).then(|| xml::another_kind(name, &node, self.root));
                }
                languages(&node, &mut self.sides);
            }
            Piece::Entry(node) if self.names.contains(&node.name.as_str()) => {
                let sides = self.sides.tags.clone();
                let concept = (self.entry)(&mut Entries { sides, used: &mut self.used, log }, &node);
                self.builder.push(concept, node.at, log);
            }
            Piece::Entry(node) => {
                let title = node.child("title").or_else(|| node.child("full_name"));
                self.builder.settings.title =
                    title.map(|title| model::prose(&title.text())).filter(|title| !title.is_empty());
            }
        });
        wrong.map_or(walked, Err)
    }
}

/// The languages that the elements around the entries state.
fn languages(node: &Node, sides: &mut Sides) {
    let stated =
        |names: &[&str]| names.iter().find_map(|name| node.attribute(name)).map(|tag| tags::tag(tag).tag);
    if let Some(source) = stated(&["lang_from", "srcLang"]) {
        sides.state(0, source);
    }
    if let Some(target) = stated(&["lang_to"]) {
        sides.state(1, target);
    }
    if let Some(lang) = node.lang().filter(|_| node.name == "body") {
        sides.state(0, tags::tag(lang).tag);
    }
}

impl Entries<'_, '_> {
    fn term(&mut self, concept: &mut Concept, tag: &LangTag, node: &Node) -> Option<()> {
        let entry = model::term(&node.text(), node.at, self.log)?;
        model::push_term(concept, tag, entry);
        Some(())
    }

    /// The language of a node: its own, else that of a side.
    fn lang(&mut self, node: &Node, side: usize) -> LangTag {
        match node.lang() {
            Some(lang) => model::lang_tag(lang, node.at, self.log),
            None => self.side(side),
        }
    }

    fn side(&mut self, side: usize) -> LangTag {
        self.used[side] = true;
        self.sides[side].clone()
    }
}

/// `entry` › `form/orth`, `gramGrp`, `sense/cit[@type="trans"]/quote`.
fn tei(entries: &mut Entries<'_, '_>, node: &Node) -> Concept {
    let mut concept = Concept::default();
    let source = entries.lang(node, 0);
    for form in node.nodes().filter(|child| child.name == "form") {
        for orth in form.nodes().filter(|child| child.name == "orth") {
            entries.term(&mut concept, &source, orth);
        }
    }
    if let Some(grammar) = node.find("gramGrp") {
        for entry in concept.sections.iter_mut().flat_map(|section| &mut section.terms) {
            set_grammar(entry, grammar);
        }
    }
    translations(entries, node, &mut concept);
    concept
}

fn set_grammar(entry: &mut TermEntry, grammar: &Node) {
    let text =
        |name: &str| grammar.child(name).map(|node| node.text().trim().to_lowercase()).unwrap_or_default();
    entry.pos = pos(&text("pos"));
    entry.gender = match text("gen").as_str() {
        "masc" | "m" | "masculine" => Some(Gender::Masculine),
        "fem" | "f" | "feminine" => Some(Gender::Feminine),
        _ => None,
    };
}

fn pos(word: &str) -> Option<PartOfSpeech> {
    match word {
        "n" | "s" | "noun" => Some(PartOfSpeech::Noun),
        "v" | "vt" | "vi" | "verb" => Some(PartOfSpeech::Verb),
        "pn" | "propn" => Some(PartOfSpeech::Name),
        other => PartOfSpeech::from_word(other),
    }
}

fn translations(entries: &mut Entries<'_, '_>, node: &Node, concept: &mut Concept) {
    for child in node.nodes() {
        let is_translation =
            child.name == "cit" && matches!(child.attribute("type"), Some("trans" | "translation"));
        if is_translation {
            let tag = entries.lang(child, 1);
            for quote in child.nodes().filter(|quote| quote.name == "quote") {
                entries.term(concept, &tag, quote);
            }
        } else if child.name == "def" {
            let tag = entries.lang(child, 0);
            let definition = Definition { text: model::prose(&child.text()), source: None };
            concept.definition.entry(tag).or_insert(definition);
        } else {
            translations(entries, child, concept);
        }
    }
}

/// `ar` › `k`, `def` › `deftext` and `gr`.
fn xdxf(entries: &mut Entries<'_, '_>, node: &Node) -> Concept {
    let mut concept = Concept::default();
    let [source, target] = [0, 1].map(|side| entries.side(side));
    for key in node.nodes().filter(|child| child.name == "k") {
        entries.term(&mut concept, &source, key);
    }
    let pos = node.find("gr").and_then(|grammar| pos(grammar.text().trim()));
    concept.sections.iter_mut().flat_map(|section| &mut section.terms).for_each(|entry| entry.pos = pos);
    xdxf_definitions(entries, node, &target, &mut concept);
    concept
}

fn xdxf_definitions(entries: &mut Entries<'_, '_>, node: &Node, target: &LangTag, concept: &mut Concept) {
    for child in node.nodes() {
        let nested = child.nodes().any(|inner| matches!(inner.name.as_str(), "def" | "deftext"));
        match child.name.as_str() {
            "deftext" | "dtrn" => {
                entries.term(concept, target, child);
            }
            "def" if !nested => {
                entries.term(concept, target, child);
            }
            "def" => xdxf_definitions(entries, child, target, concept),
            _ => {}
        }
    }
}

/// `glossEntry` › `langEntry` › `term`, `definition`.
fn glossml(entries: &mut Entries<'_, '_>, node: &Node) -> Concept {
    let mut concept = Concept::default();
    for language in node.nodes().filter(|child| child.name == "langEntry") {
        let tag = entries.lang(language, 0);
        for child in language.nodes() {
            match child.name.as_str() {
                "term" => {
                    entries.term(&mut concept, &tag, child);
                }
                "definition" => {
                    let definition = Definition { text: model::prose(&child.text()), source: None };
                    concept.definition.entry(tag.clone()).or_insert(definition);
                }
                _ => {}
            }
        }
    }
    concept
}
