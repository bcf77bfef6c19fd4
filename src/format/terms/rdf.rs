//! Linked data: SKOS in Turtle and JSON-LD, and OntoLex-Lemon in Turtle to read.
//!
//! A concept is a `skos:Concept`; its best term of a language the `prefLabel`, of which SKOS allows one (S14), others
//! `altLabel`, those not to be used `hiddenLabel`; no label stands twice (S13). What terms are (gender, part of speech
//! …) has no place in SKOS.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use oxjsonld::JsonLdParser;
use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;
use serde_json::{Map, Value, json};

use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder, push_term};
use super::pairs::best;
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::{Finding, Severity};
use crate::termbase::{
    Concept, ConceptId, Definition, Gender, LangTag, Number, PartOfSpeech, Status, TermEntry, Termbase,
};
use crate::text::Span;
use crate::text::fold::nfc;

/// SKOS in Turtle.
pub(super) const TURTLE: Format = Format {
    name: "skos",
    about: "SKOS in Turtle (OntoLex-Lemon is read too)",
    extensions: &["ttl", "nt"],
    read: Some(read_turtle),
    write: Some(write_turtle),
    holds: HOLDS,
    texts: Texts::Any,
};

/// SKOS in JSON-LD.
pub(super) const JSON_LD: Format = Format {
    name: "skos-jsonld",
    about: "SKOS in JSON-LD",
    extensions: &["jsonld"],
    read: Some(read_json_ld),
    write: Some(write_json_ld),
    holds: HOLDS,
    texts: Texts::Any,
};

const HOLDS: Holds =
    Holds::Keys(&["id", "definition", "note", "related", "broader"], &["status", "forbidden"]);

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SKOS_XL: &str = "http://www.w3.org/2008/05/skos-xl#";
const ONTOLEX: &str = "http://www.w3.org/ns/lemon/ontolex#";
const TITLE: &str = "http://purl.org/dc/terms/title";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/// Where the concepts of a glossary without an address of its own have theirs.
const HOME: &str = "urn:x-glosa:";

/// What is said of each thing, in order.
#[derive(Default)]
struct Graph {
    things: Vec<String>,
    said: HashMap<String, Vec<(String, Term)>>,
}

impl Graph {
    fn add(&mut self, subject: &NamedOrBlankNode, predicate: &str, object: Term) {
        let subject = subject.to_string();
        if !self.said.contains_key(&subject) {
            self.things.push(subject.clone());
        }
        self.said.entry(subject).or_default().push((predicate.to_owned(), object));
    }

    fn all<'g, 'p>(
        &'g self,
        thing: &str,
        predicate: &'p str,
    ) -> impl Iterator<Item = &'g Term> + use<'g, 'p> {
        let said = self.said.get(thing).map_or(&[][..], Vec::as_slice);
        said.iter().filter(move |(one, _)| one == predicate).map(|(_, object)| object)
    }

    fn is_a(&self, thing: &str, class: &str) -> bool {
        self.all(thing, TYPE).any(|object| matches!(object, Term::NamedNode(node) if node.as_str() == class))
    }
}

fn read_turtle(input: &Input<'_>) -> Reading {
    read(input, |text| {
        let mut graph = Graph::default();
        for triple in TurtleParser::new().for_slice(text.as_bytes()) {
            let triple = triple.map_err(|error| {
                let at = usize::try_from(error.location().start.offset).unwrap_or(0);
                (at.min(text.len()), error.to_string())
            })?;
            graph.add(&triple.subject, triple.predicate.as_str(), triple.object);
        }
        Ok(graph)
    })
}

fn read_json_ld(input: &Input<'_>) -> Reading {
    read(input, |text| {
        let mut graph = Graph::default();
        // Without a way to load documents, a context elsewhere is an error: nothing outside the file is opened.
        for quad in JsonLdParser::new().for_slice(text.as_bytes()) {
            let quad = quad.map_err(|error| (0, without_context(error.to_string())))?;
            graph.add(&quad.subject, quad.predicate.as_str(), quad.object);
        }
        Ok(graph)
    })
}

/// What a parser says of a context that it has no way to load, in words for those who have the file.
fn without_context(said: String) -> String {
    if said.contains("LoadDocumentCallback") {
        "its @context stands in another file, which is not opened: write it into this one".to_owned()
    } else {
        said
    }
}

fn read(input: &Input<'_>, parse: impl Fn(&str) -> Result<Graph, (usize, String)>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match log.text_of(input) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(finding) => return Reading::failed(finding),
    };
    match parse(&text) {
        Ok(graph) => {
            let builder = concepts(&graph, &mut log);
            if builder.is_empty() {
                log.skipped("no concepts", At::Nowhere, "there are no concepts of SKOS or OntoLex in it");
            }
            Reading { termbase: Some(builder.finish()), findings: log.finish(), text }
        }
        Err((at, why)) => {
            let finding =
                Finding::new(Severity::Error, "format-syntax", why).at(input.name, Span::new(at, at));
            Reading { text, ..Reading::failed(finding.help("correct this place; nothing was read")) }
        }
    }
}

fn concepts(graph: &Graph, log: &mut Log<'_>) -> Builder {
    let mut builder = Builder::default();
    let skos = |name: &str| format!("{SKOS}{name}");
    let is_concept = |thing: &&String| {
        let labels = [skos("prefLabel"), format!("{SKOS_XL}prefLabel")];
        graph.is_a(thing, &skos("Concept"))
            || labels.iter().any(|label| graph.all(thing, label).next().is_some())
    };
    let things: Vec<&String> = graph.things.iter().filter(is_concept).collect();
    let ids: HashMap<&str, String> =
        things.iter().map(|thing| (thing.as_str(), id_of(graph, thing))).collect();
    let lexical = lexical_entries(graph, log);
    for thing in things {
        let mut concept = Concept { id: ConceptId(ids[thing.as_str()].clone()), ..Concept::default() };
        labels(graph, thing, &mut concept, log);
        texts(graph, thing, &mut concept, log);
        concept.related = links(graph, thing, &skos("related"), &ids);
        concept.broader = links(graph, thing, &skos("broader"), &ids);
        for (_, tag, entry) in lexical.iter().filter(|(concept, ..)| concept == thing) {
            push_term(&mut concept, tag, entry.clone());
        }
        builder.push(concept, At::Words(thing.clone()), log);
    }
    let scheme = graph.things.iter().find(|thing| graph.is_a(thing, &skos("ConceptScheme")));
    let title = scheme.and_then(|scheme| graph.all(scheme, TITLE).find_map(literal));
    builder.settings.title = title.map(|(text, _)| text.to_owned());
    builder
}

/// The notation, else what the address ends in.
fn id_of(graph: &Graph, thing: &str) -> String {
    let notation = graph.all(thing, &format!("{SKOS}notation")).find_map(literal);
    if let Some((notation, _)) = notation {
        return notation.to_owned();
    }
    let address = thing.trim_matches(['<', '>']);
    address.rsplit(['#', '/', ':']).next().unwrap_or(address).to_owned()
}

fn literal(term: &Term) -> Option<(&str, &str)> {
    match term {
        Term::Literal(literal) => Some((literal.value(), literal.language().unwrap_or("und"))),
        _ => None,
    }
}

/// A longer text with its language. Literals have no layout but their own, so its lines stay as they are.
fn prose(term: &Term) -> Option<(String, &str)> {
    let (text, lang) = literal(term)?;
    (!text.trim().is_empty()).then(|| (nfc(text).into_owned(), lang))
}

fn labels(graph: &Graph, thing: &str, concept: &mut Concept, log: &mut Log<'_>) {
    let mut preferred: Vec<LangTag> = Vec::new();
    for (name, status) in [("prefLabel", None), ("altLabel", None), ("hiddenLabel", Some(Status::Deprecated))]
    {
        let (own, as_thing) = (format!("{SKOS}{name}"), format!("{SKOS_XL}{name}"));
        let things: Vec<String> = graph.all(thing, &as_thing).map(ToString::to_string).collect();
        // A label may be stated both ways (SKOS-XL, appendix B.3.4).
        let mut texts: Vec<(&str, &str)> = graph.all(thing, &own).filter_map(literal).collect();
        for label in &things {
            let form = graph.all_owned(label, &format!("{SKOS_XL}literalForm"));
            texts.extend(form.filter(|form| !texts.contains(form)));
        }
        for (text, lang) in texts {
            let at = At::Words(thing.to_owned());
            let tag = model::lang_tag(lang, at.clone(), log);
            let Some(mut entry) = model::term(text, at.clone(), log) else { continue };
            if name == "prefLabel" && preferred.contains(&tag) {
                let message = format!(
                    "a second preferred label in `{tag}` (SKOS S14): “{text}” is read as another term"
                );
                log.repaired("two preferred labels", at, message);
            } else if name == "prefLabel" {
                preferred.push(tag.clone());
            }
            entry.status = status;
            push_term(concept, &tag, entry);
        }
    }
}

fn texts(graph: &Graph, thing: &str, concept: &mut Concept, log: &mut Log<'_>) {
    for (text, lang) in graph.all(thing, &format!("{SKOS}definition")).filter_map(prose) {
        let tag = model::lang_tag(lang, At::Words(thing.to_owned()), log);
        let definition = Definition { text, source: None };
        concept.definition.entry(tag).or_insert(definition);
    }
    for name in ["note", "scopeNote", "editorialNote"] {
        let predicate = format!("{SKOS}{name}");
        let note = graph.all(thing, &predicate).find_map(prose);
        concept.note = concept.note.take().or_else(|| note.map(|(text, _)| text));
    }
    for (text, lang) in graph.all(thing, &format!("{SKOS}example")).filter_map(prose) {
        let section =
            concept.sections.iter_mut().find(|section| section.tag.as_str().eq_ignore_ascii_case(lang));
        let first = section.and_then(|section| section.terms.first_mut());
        if let Some(entry) = first.filter(|entry| entry.context.is_none()) {
            entry.context = Some(text);
        }
    }
}

fn links(graph: &Graph, thing: &str, predicate: &str, ids: &HashMap<&str, String>) -> Vec<ConceptId> {
    let known = graph.all(thing, predicate).filter_map(|object| ids.get(object.to_string().as_str()));
    known.map(|id| ConceptId(id.clone())).collect()
}

/// The entries of OntoLex-Lemon: the concept, the language, the term.
fn lexical_entries(graph: &Graph, log: &mut Log<'_>) -> Vec<(String, LangTag, TermEntry)> {
    let ontolex = |name: &str| format!("{ONTOLEX}{name}");
    let mut entries = Vec::new();
    for thing in &graph.things {
        let forms = |predicate: &str| -> Vec<(&str, &str)> {
            let nodes = graph.all(thing, predicate).map(ToString::to_string).collect::<Vec<_>>();
            nodes.iter().filter_map(|form| graph.all_owned(form, &ontolex("writtenRep"))).collect()
        };
        let Some((text, lang)) = forms(&ontolex("canonicalForm")).first().copied() else { continue };
        let at = At::Words(thing.clone());
        let tag = model::lang_tag(lang, at.clone(), log);
        let Some(mut entry) = model::term(text, at, log) else { continue };
        entry.forms = forms(&ontolex("otherForm")).into_iter().map(|(form, _)| form.to_owned()).collect();
        grammar(graph, thing, &mut entry);
        for form in graph.all(thing, &ontolex("canonicalForm")) {
            grammar(graph, &form.to_string(), &mut entry);
        }
        for concept in meanings(graph, thing) {
            entries.push((concept, tag.clone(), entry.clone()));
        }
    }
    entries
}

impl Graph {
    /// The first literal that is said of a thing.
    fn all_owned<'g>(&'g self, thing: &str, predicate: &str) -> Option<(&'g str, &'g str)> {
        let said = self.said.get(thing)?;
        said.iter().find(|(one, _)| one == predicate).and_then(|(_, object)| literal(object))
    }
}

/// The concepts that an entry means, by its senses or at once.
fn meanings(graph: &Graph, thing: &str) -> Vec<String> {
    let mut found: Vec<String> =
        graph.all(thing, &format!("{ONTOLEX}evokes")).map(ToString::to_string).collect();
    let sense = format!("{ONTOLEX}sense");
    let senses: Vec<String> = graph.all(thing, &sense).map(ToString::to_string).collect();
    for name in ["isLexicalizedSenseOf", "reference"] {
        let predicate = format!("{ONTOLEX}{name}");
        for sense in &senses {
            found.extend(graph.all(sense, &predicate).map(ToString::to_string));
        }
    }
    found
}

/// Part of speech, gender and number in the words of LexInfo, whatever its version.
fn grammar(graph: &Graph, thing: &str, entry: &mut TermEntry) {
    for (predicate, object) in graph.said.get(thing).map_or(&[][..], Vec::as_slice) {
        let Term::NamedNode(value) = object else { continue };
        let value = value.as_str().rsplit('#').next().unwrap_or_default();
        match predicate.rsplit('#').next() {
            Some("partOfSpeech") => {
                entry.pos = PartOfSpeech::from_word(if value == "properNoun" { "name" } else { value });
            }
            Some("gender") => entry.gender = Gender::from_word(value),
            Some("number") => entry.number = Number::from_word(value),
            _ => {}
        }
    }
}

/// The labels of a concept: predicate, text, language.
fn labels_of<'a>(
    concept: &'a Concept,
    target: &Target,
    losses: &mut Losses,
) -> Vec<(&'static str, &'a str, &'a LangTag)> {
    let mut seen = HashSet::new();
    let mut labels: Vec<(&'static str, &str, &LangTag)> = Vec::new();
    for section in concept.sections.iter().filter(|section| target.wants(&section.tag)) {
        let terms: Vec<&TermEntry> = section.terms.iter().collect();
        let best = best(&terms);
        for entry in terms {
            let is_best = best.is_some_and(|best| std::ptr::eq(best, entry)) && entry.is_usable();
            let name = match entry.is_usable() {
                _ if is_best => "prefLabel",
                true => "altLabel",
                false => "hiddenLabel",
            };
            if seen.insert((&section.tag, entry.term.as_str())) {
                labels.push((name, &entry.term, &section.tag));
            } else {
                losses.add(LossKind::Dropped, "terms", "a label stands once (SKOS S13)", concept);
            }
        }
    }
    let rank = |name: &str| ["prefLabel", "altLabel", "hiddenLabel"].iter().position(|one| *one == name);
    labels.sort_by_key(|(name, ..)| rank(name));
    // The languages in the order in which a reader meets them, so that it writes them in the same.
    let met: Vec<&LangTag> = labels.iter().map(|(_, _, tag)| *tag).collect();
    labels.sort_by_key(|(name, _, tag)| (rank(name), met.iter().position(|one| one == tag)));
    labels
}

/// The address of a concept.
fn address(id: &str) -> String {
    let mut address = HOME.to_owned();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => address.push(char::from(byte)),
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    address
}

/// A literal of Turtle.
fn quoted(text: &str, tag: Option<&LangTag>) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    if let Some(tag) = tag {
        let _ = write!(out, "@{tag}");
    }
    out
}

fn write_turtle(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut out = format!(
        "@prefix dct: <http://purl.org/dc/terms/> .\n@prefix skos: <{SKOS}> .\n\n<{HOME}> a skos:ConceptScheme"
    );
    if let Some(title) = &termbase.settings.title {
        let _ = write!(out, " ;\n  dct:title {}", quoted(title, None));
    }
    out += " .\n";
    for concept in termbase.concepts.iter() {
        let _ = write!(
            out,
            "\n<{}> a skos:Concept ;\n  skos:inScheme <{HOME}> ;\n  skos:notation {}",
            address(concept.id.as_str()),
            quoted(concept.id.as_str(), None)
        );
        for (name, text, tag) in labels_of(concept, target, &mut losses) {
            let _ = write!(out, " ;\n  skos:{name} {}", quoted(text, Some(tag)));
        }
        for (tag, definition) in &concept.definition {
            lost_source(definition, concept, &mut losses);
            let _ = write!(out, " ;\n  skos:definition {}", quoted(&definition.text, Some(tag)));
        }
        if let Some(note) = &concept.note {
            let _ = write!(out, " ;\n  skos:note {}", quoted(note, None));
        }
        for (name, ids) in [("related", &concept.related), ("broader", &concept.broader)] {
            for id in ids {
                let _ = write!(out, " ;\n  skos:{name} <{}>", address(id.as_str()));
            }
        }
        out += " .\n";
    }
    Ok(Written { bytes: out.into_bytes(), losses: losses.finish() })
}

fn lost_source(definition: &Definition, concept: &Concept, losses: &mut Losses) {
    if definition.source.is_some() {
        losses.add(LossKind::Dropped, "definition.source", "SKOS has no place for it", concept);
    }
}

fn write_json_ld(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut scheme = Map::new();
    scheme.insert("@id".to_owned(), json!(HOME));
    scheme.insert("@type".to_owned(), json!("skos:ConceptScheme"));
    if let Some(title) = &termbase.settings.title {
        scheme.insert("dct:title".to_owned(), json!(title));
    }
    let mut graph = vec![Value::Object(scheme)];
    graph.extend(termbase.concepts.iter().map(|concept| json_concept(concept, target, &mut losses)));
    let document = json!({
        "@context": { "skos": SKOS, "dct": "http://purl.org/dc/terms/" },
        "@graph": graph,
    });
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    Ok(Written { bytes, losses: losses.finish() })
}

fn json_concept(concept: &Concept, target: &Target, losses: &mut Losses) -> Value {
    let mut object = Map::new();
    object.insert("@id".to_owned(), json!(address(concept.id.as_str())));
    object.insert("@type".to_owned(), json!("skos:Concept"));
    object.insert("skos:inScheme".to_owned(), json!({ "@id": HOME }));
    object.insert("skos:notation".to_owned(), json!(concept.id.as_str()));
    let mut push = |name: String, value: Value| {
        if let Value::Array(list) = object.entry(name).or_insert_with(|| json!([])) {
            list.push(value);
        }
    };
    let text = |text: &str, tag: &LangTag| json!({ "@language": tag.as_str(), "@value": text });
    for (name, label, tag) in labels_of(concept, target, losses) {
        push(format!("skos:{name}"), text(label, tag));
    }
    for (tag, definition) in &concept.definition {
        lost_source(definition, concept, losses);
        push("skos:definition".to_owned(), text(&definition.text, tag));
    }
    if let Some(note) = &concept.note {
        push("skos:note".to_owned(), json!(note));
    }
    for (name, ids) in [("skos:related", &concept.related), ("skos:broader", &concept.broader)] {
        for id in ids {
            push(name.to_owned(), json!({ "@id": address(id.as_str()) }));
        }
    }
    Value::Object(object)
}
