//! Linked data: SKOS in Turtle and JSON-LD, and OntoLex-Lemon in Turtle to read.
//!
//! A concept is a `skos:Concept`; its best term of a language the `prefLabel`, of which SKOS allows one (S14), others
//! `altLabel`, those not to be used `hiddenLabel`; no label stands twice (S13). What SKOS has no place for (gender, part of
//! speech …) stands in properties of our own, as TOML: `glosa:term` what a term is, in the order of the terms, `glosa:keys`
//! what the concept is. Labels and texts rule over them, so that who edits those need not know these.
//!
//! What others say of a concept is kept under `x` by the name of the property (`skos:historyNote`, `dct:created`), its
//! address as `uri`, and written back: text as it is, anything else as N-Triples writes it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::rc::Rc;

use oxjsonld::JsonLdParser;
use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;
use serde_json::{Map, Value, json};

use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder, push_term};
use super::pairs::best;
use super::{Format, Holds, Input, Reading, Target, Texts, Written, aside, inline};
use crate::check::{Finding, Severity};
use crate::termbase::{
    Concept, ConceptId, Definition, Gender, LangSection, LangTag, Number, PartOfSpeech, Status, TermEntry,
    Termbase,
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
    holds: Holds::All,
    settings: &["title"],
    texts: Texts::Any,
};

/// SKOS in JSON-LD.
pub(super) const JSON_LD: Format = Format {
    name: "skos-jsonld",
    about: "SKOS in JSON-LD",
    extensions: &["jsonld"],
    read: Some(read_json_ld),
    write: Some(write_json_ld),
    holds: Holds::All,
    settings: &["title"],
    texts: Texts::Any,
};

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SKOS_XL: &str = "http://www.w3.org/2008/05/skos-xl#";
const ONTOLEX: &str = "http://www.w3.org/ns/lemon/ontolex#";
const DCT: &str = "http://purl.org/dc/terms/";
const TITLE: &str = "http://purl.org/dc/terms/title";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/// Our own properties.
const OWN: &str = "urn:x-glosa-key:";
/// The names that are short where they are kept and written.
const PREFIXES: &[(&str, &str)] = &[("skos", SKOS), ("dct", DCT), ("glosa", OWN)];
/// The key under `x` for the address of a concept.
const ADDRESS: &str = "uri";
/// Where the concepts of a glossary without an address of its own have theirs.
const HOME: &str = "urn:x-glosa:";

/// What is said of each thing, in order.
#[derive(Default)]
struct Graph {
    things: Vec<String>,
    said: HashMap<String, Vec<(Rc<str>, Term)>>,
    /// The predicates, each once: there are few, and as many statements as the file is long.
    predicates: HashSet<Rc<str>>,
}

impl Graph {
    fn add(&mut self, subject: &NamedOrBlankNode, predicate: &str, object: Term) {
        let subject = subject.to_string();
        if !self.said.contains_key(&subject) {
            self.things.push(subject.clone());
        }
        let known = self.predicates.get(predicate).map(Rc::clone);
        let predicate = known.unwrap_or_else(|| {
            let new: Rc<str> = predicate.into();
            self.predicates.insert(Rc::clone(&new));
            new
        });
        self.said.entry(subject).or_default().push((predicate, object));
    }

    fn all<'g, 'p>(
        &'g self,
        thing: &str,
        predicate: &'p str,
    ) -> impl Iterator<Item = &'g Term> + use<'g, 'p> {
        let said = self.said.get(thing).map_or(&[][..], Vec::as_slice);
        said.iter().filter(move |(one, _)| **one == *predicate).map(|(_, object)| object)
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
            let builder = concepts(graph, &mut log);
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

/// The concepts of a graph; what is said of one is given back when it is read, for a large graph takes much room.
fn concepts(mut graph: Graph, log: &mut Log<'_>) -> Builder {
    let mut builder = Builder::default();
    let skos = |name: &str| format!("{SKOS}{name}");
    let is_concept = |thing: &&String| {
        let labels = [skos("prefLabel"), format!("{SKOS_XL}prefLabel")];
        graph.is_a(thing, &skos("Concept"))
            || labels.iter().any(|label| graph.all(thing, label).next().is_some())
    };
    let things: Vec<String> = graph.things.iter().filter(is_concept).cloned().collect();
    let ids: HashMap<&str, String> =
        things.iter().map(|thing| (thing.as_str(), id_of(&graph, thing))).collect();
    let mut lexical = lexical_entries(&graph, log);
    let mut wider = wider(&graph, &ids);
    for thing in &things {
        let mut concept = Concept { id: ConceptId(ids[thing.as_str()].clone()), ..Concept::default() };
        labels(&graph, thing, &mut concept, log);
        texts(&graph, thing, &mut concept, log);
        concept.related = links(&graph, thing, &skos("related"), &ids);
        concept.broader = links(&graph, thing, &skos("broader"), &ids);
        for wide in wider.remove(thing).into_iter().flatten() {
            if !concept.broader.contains(&wide) {
                concept.broader.push(wide);
            }
        }
        for (tag, entry) in lexical.remove(thing).into_iter().flatten() {
            push_term(&mut concept, &tag, entry);
        }
        own_keys(&graph, thing, &mut concept);
        others(&graph, thing, &ids, &mut concept, log);
        graph.said.remove(thing);
        builder.push(concept, At::Words(thing.clone()), log);
    }
    let scheme = graph.things.iter().find(|thing| graph.is_a(thing, &skos("ConceptScheme")));
    let title = scheme.and_then(|scheme| graph.all(scheme, TITLE).find_map(literal));
    builder.settings.title = title.map(|(text, _)| text.to_owned());
    scheme.into_iter().for_each(|scheme| scheme_told(&graph, scheme, title.map(|(text, _)| text), log));
    builder
}

/// Tells what a scheme says besides its title and its concepts.
fn scheme_told(graph: &Graph, scheme: &str, title: Option<&str>, log: &mut Log<'_>) {
    for (predicate, object) in graph.said.get(scheme).map_or(&[][..], Vec::as_slice) {
        let is_read = **predicate == *TYPE
            || **predicate == *format!("{SKOS}hasTopConcept")
            || **predicate == *TITLE && literal(object).map(|(text, _)| text) == title;
        if !is_read {
            let message = format!("`{}` of the scheme is not kept", short(predicate));
            log.skipped("a property of the scheme", At::Words(scheme.to_owned()), message);
        }
    }
}

/// The concepts that others name as narrower, with those others.
fn wider(graph: &Graph, ids: &HashMap<&str, String>) -> HashMap<String, Vec<ConceptId>> {
    let narrower = format!("{SKOS}narrower");
    let mut wider: HashMap<String, Vec<ConceptId>> = HashMap::new();
    for (wide, id) in graph.things.iter().filter_map(|wide| Some((wide, ids.get(wide.as_str())?))) {
        for narrow in graph.all(wide, &narrower) {
            wider.entry(narrow.to_string()).or_default().push(ConceptId(id.clone()));
        }
    }
    wider
}

/// Sets what our own property says of a concept. Definitions are those of SKOS; their sources come from here.
fn own_keys(graph: &Graph, thing: &str, concept: &mut Concept) {
    for (keys, _) in graph.all(thing, &format!("{OWN}keys")).filter_map(literal) {
        let defined = concept.definition.clone();
        aside::read_concept(concept, keys);
        for (tag, definition) in &mut concept.definition {
            if let Some(stated) = defined.get(tag).filter(|stated| stated.text != definition.text) {
                definition.clone_from(stated);
            }
        }
        concept.definition.retain(|tag, _| defined.contains_key(tag));
    }
}

/// Keeps under `x` what is said of a thing besides: what no key has been made of.
fn others(graph: &Graph, thing: &str, ids: &HashMap<&str, String>, concept: &mut Concept, log: &mut Log<'_>) {
    let address = thing.trim_matches(['<', '>']);
    if thing.starts_with('<') && address != self::address(concept.id.as_str()) {
        concept.x.insert(ADDRESS.to_owned(), address.into());
    }
    for (predicate, object) in graph.said.get(thing).map_or(&[][..], Vec::as_slice) {
        if is_read(predicate, object, ids, concept) {
            continue;
        }
        if let Term::BlankNode(_) = object {
            let message = format!("`{}` has parts, which are not kept", short(predicate));
            log.skipped("a property with parts", At::Words(thing.to_owned()), message);
            continue;
        }
        let value = toml::Value::from(kept_text(object));
        match concept.x.entry(short(predicate)) {
            toml::map::Entry::Vacant(free) => drop(free.insert(value)),
            toml::map::Entry::Occupied(mut taken) => match taken.get_mut() {
                toml::Value::Array(list) => list.push(value),
                one => *one = toml::Value::Array(vec![one.clone(), value]),
            },
        }
    }
}

/// Whether a statement has gone into a key.
fn is_read(predicate: &str, object: &Term, ids: &HashMap<&str, String>, concept: &Concept) -> bool {
    let node = match object {
        Term::NamedNode(node) => node.as_str(),
        _ => "",
    };
    let text = || prose(object).map(|(text, _)| text);
    if let Some(name) = predicate.strip_prefix(OWN) {
        return matches!(name, "term" | "keys");
    }
    if predicate.starts_with(SKOS_XL) || predicate.starts_with(ONTOLEX) {
        return true;
    }
    let Some(name) = predicate.strip_prefix(SKOS) else {
        return predicate == TYPE && node == format!("{SKOS}Concept");
    };
    match name {
        "prefLabel" | "altLabel" | "hiddenLabel" => literal(object).is_some(),
        "related" | "broader" | "narrower" => ids.contains_key(object.to_string().as_str()),
        "inScheme" => node == HOME,
        "notation" => literal(object).is_some_and(|(notation, _)| notation == concept.id.as_str()),
        "definition" => {
            concept.definition.values().any(|definition| Some(&definition.text) == text().as_ref())
        }
        "note" | "scopeNote" | "editorialNote" => concept.note == text(),
        "example" => {
            let mut terms = concept.sections.iter().flat_map(|section| &section.terms);
            terms.any(|entry| entry.context.is_some() && entry.context == text())
        }
        _ => false,
    }
}

/// A property under the prefix that it has here, else in angle brackets.
fn short(predicate: &str) -> String {
    let prefixed = PREFIXES.iter().find_map(|(prefix, space)| {
        let name = predicate.strip_prefix(space)?;
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        is_name.then(|| format!("{prefix}:{name}"))
    });
    prefixed.unwrap_or_else(|| format!("<{predicate}>"))
}

/// An object as it is kept: text as it is, anything else as N-Triples writes it.
fn kept_text(object: &Term) -> String {
    match object {
        Term::Literal(literal) if literal.datatype() == oxrdf::vocab::xsd::STRING => {
            let text = literal.value();
            if text.starts_with(['"', '<']) { object.to_string() } else { text.to_owned() }
        }
        other => other.to_string(),
    }
}

/// The object that a kept text stands for.
fn object_of(kept: &str) -> Term {
    let text = || Term::Literal(oxrdf::Literal::new_simple_literal(kept));
    if !kept.starts_with(['"', '<']) {
        return text();
    }
    let statement = format!("<urn:x> <urn:x> {kept} .");
    let mut read = TurtleParser::new().for_slice(statement.as_bytes());
    match (read.next(), read.next()) {
        (Some(Ok(triple)), None) => triple.object,
        _ => text(),
    }
}

/// The property that a key under `x` stands for, as Turtle writes it; `None` for a key of another kind.
fn property_of(key: &str) -> Option<String> {
    let known = key.split_once(':').is_some_and(|(prefix, name)| {
        PREFIXES.iter().any(|(known, _)| *known == prefix && prefix != "glosa")
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let is_address = || {
        let address = key.strip_prefix('<').and_then(|key| key.strip_suffix('>'));
        address.is_some_and(|address| oxrdf::NamedNode::new(address).is_ok())
    };
    (known || is_address()).then(|| key.to_owned())
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
    let mut found: Vec<(LangTag, TermEntry)> = Vec::new();
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
            found.push((tag, entry));
        }
    }
    for (tag, entry) in as_told(found, &told_terms(graph, thing), thing, log) {
        push_term(concept, &tag, entry);
    }
}

/// What our own property tells of terms: language, text, keys.
fn told_terms(graph: &Graph, thing: &str) -> Vec<(LangTag, toml::Table)> {
    let property = format!("{OWN}term");
    let told = graph.all(thing, &property).filter_map(literal);
    let one = |(text, lang): (&str, &str)| {
        let mut table = format!("v = {text}").parse::<toml::Table>().ok()?;
        match table.remove("v") {
            Some(toml::Value::Table(keys)) => Some((super::tags::tag(lang).tag, keys)),
            _ => None,
        }
    };
    told.filter_map(one).collect()
}

/// The labels in the order and with the keys that are told of them, then those of which nothing is told.
fn as_told(
    mut found: Vec<(LangTag, TermEntry)>,
    told: &[(LangTag, toml::Table)],
    thing: &str,
    log: &mut Log<'_>,
) -> Vec<(LangTag, TermEntry)> {
    let mut terms = Vec::new();
    for (tag, keys) in told {
        let text = keys.get("term").and_then(toml::Value::as_str).map(model::term_text).unwrap_or_default();
        let Some(at) = found.iter().position(|(one, entry)| one == tag && entry.term == text) else {
            continue;
        };
        let (tag, label) = found.remove(at);
        let mut entry = TermEntry::new(label.term);
        let rest = keys.iter().filter(|(key, _)| *key != "term");
        aside::set_term(&mut entry, rest.map(|(key, value)| (key.clone(), value.clone())).collect());
        terms.push((tag, entry));
    }
    for (_, entry) in found.iter().filter(|(_, entry)| entry.status.is_some()) {
        let message = format!("the hidden label “{}” is read as a deprecated term", entry.term);
        log.repaired("a hidden label", At::Words(thing.to_owned()), message);
    }
    terms.extend(found);
    terms
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

/// The entries of OntoLex-Lemon by the concept: the language, the term.
fn lexical_entries(graph: &Graph, log: &mut Log<'_>) -> HashMap<String, Vec<(LangTag, TermEntry)>> {
    let ontolex = |name: &str| format!("{ONTOLEX}{name}");
    let mut entries: HashMap<String, Vec<(LangTag, TermEntry)>> = HashMap::new();
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
            entries.entry(concept).or_default().push((tag.clone(), entry.clone()));
        }
    }
    entries
}

impl Graph {
    /// The first literal that is said of a thing.
    fn all_owned<'g>(&'g self, thing: &str, predicate: &str) -> Option<(&'g str, &'g str)> {
        let said = self.said.get(thing)?;
        said.iter().find(|(one, _)| **one == *predicate).and_then(|(_, object)| literal(object))
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

/// What an object is.
enum Object<'a> {
    Text(Cow<'a, str>, Option<&'a LangTag>),
    Node(String),
    Kept(Term),
}

/// What is said of a concept, in order: property, object.
fn statements<'a>(
    concept: &'a Concept,
    addresses: &HashMap<&str, String>,
    target: &Target,
    losses: &mut Losses,
) -> Vec<(String, Object<'a>)> {
    let mut said: Vec<(String, Object<'a>)> = Vec::new();
    let mut say = |name: &str, object| said.push((name.to_owned(), object));
    if !concept.x.contains_key("skos:inScheme") {
        say("skos:inScheme", Object::Node(HOME.to_owned()));
    }
    say("skos:notation", Object::Text(concept.id.as_str().into(), None));
    let labels = labels_of(concept, target, losses);
    for (name, text, tag) in &labels {
        say(&format!("skos:{name}"), Object::Text((*text).into(), Some(tag)));
    }
    for (tag, definition) in &concept.definition {
        say("skos:definition", Object::Text(definition.text.as_str().into(), Some(tag)));
    }
    if let Some(note) = &concept.note {
        say("skos:note", Object::Text(note.as_str().into(), None));
    }
    for (name, ids) in [("skos:related", &concept.related), ("skos:broader", &concept.broader)] {
        for id in ids {
            let known = addresses.get(id.as_str()).cloned();
            say(name, Object::Node(known.unwrap_or_else(|| address(id.as_str()))));
        }
    }
    for section in sections(concept, target) {
        let context = section.terms.first().and_then(|first| first.context.as_ref());
        context.into_iter().for_each(|text| {
            say("skos:example", Object::Text(text.as_str().into(), Some(&section.tag)));
        });
    }
    for (text, tag) in own_terms(concept, &labels, target, losses) {
        say("glosa:term", Object::Text(text.into(), Some(tag)));
    }
    let (kept, rest) = kept_of(concept);
    if let Some(keys) = own_concept(concept, rest, addresses, losses) {
        say("glosa:keys", Object::Text(keys.into(), None));
    }
    for (property, object) in kept {
        say(&property, Object::Kept(object));
    }
    said
}

fn sections<'a>(concept: &'a Concept, target: &Target) -> impl Iterator<Item = &'a LangSection> + Clone {
    concept.sections.iter().filter(|section| target.wants(&section.tag) && !section.terms.is_empty())
}

/// What has been kept of properties, and what else is under `x`.
fn kept_of(concept: &Concept) -> (Vec<(String, Term)>, toml::Table) {
    let (mut kept, mut rest) = (Vec::new(), toml::Table::new());
    for (key, value) in &concept.x {
        let texts: Option<Vec<&str>> = match value {
            toml::Value::String(text) => Some(vec![text]),
            toml::Value::Array(list) if list.len() > 1 => list.iter().map(toml::Value::as_str).collect(),
            _ => None,
        };
        match property_of(key).zip(texts) {
            Some((property, texts)) => {
                kept.extend(texts.into_iter().map(|text| (property.clone(), object_of(text))));
            }
            None => drop(rest.insert(key.clone(), value.clone())),
        }
    }
    (kept, rest)
}

const IN_OWN: &str = "it is in a property of glosa";

/// The keys of a concept that SKOS has no place for.
fn own_concept(
    concept: &Concept,
    mut x: toml::Table,
    addresses: &HashMap<&str, String>,
    losses: &mut Losses,
) -> Option<String> {
    const HELD: &[&str] = &["note", "related", "broader", "x"];
    let mut rest = aside::rest_of_concept(concept, HELD);
    let has_sources = concept.definition.values().any(|definition| definition.source.is_some());
    rest.retain(|(key, _)| key != "definition" || has_sources);
    let is_address = x.get(ADDRESS).and_then(toml::Value::as_str).map(str::to_owned);
    if is_address == addresses.get(concept.id.as_str()).cloned() {
        x.remove(ADDRESS);
    }
    if !x.is_empty() {
        rest.push(("x".to_owned(), toml::Value::Table(x)));
    }
    rest.iter().for_each(|(key, _)| losses.add(LossKind::Changed, key, IN_OWN, concept));
    aside::note(&rest)
}

/// What our own property says of the terms: nothing where the labels say all.
fn own_terms<'a>(
    concept: &'a Concept,
    labels: &[(&'static str, &'a str, &'a LangTag)],
    target: &Target,
    losses: &mut Losses,
) -> Vec<(String, &'a LangTag)> {
    let mut written: Vec<_> = labels.iter().map(|(name, text, tag)| (*tag, *text, *name)).collect();
    let mut own = Vec::new();
    let mut as_read = Vec::new();
    let mut seen = HashSet::new();
    for section in sections(concept, target) {
        for (number, entry) in section.terms.iter().enumerate() {
            if !seen.insert((&section.tag, entry.term.as_str())) {
                continue;
            }
            let held: &[&str] = if number == 0 { &["context"] } else { &[] };
            let rest = aside::rest_of_term(entry, held);
            let label = labels.iter().find(|(_, text, tag)| *text == entry.term && *tag == &section.tag);
            let name = label.map_or("", |(name, ..)| name);
            tell_changes(concept, entry, name, &rest, losses);
            let is_plain = match name {
                "hiddenLabel" => rest.len() == 1 && entry.status == Some(Status::Deprecated),
                _ => rest.is_empty(),
            };
            as_read.push((is_plain, (&section.tag, entry.term.as_str(), name)));
            let term = [("term".to_owned(), toml::Value::from(entry.term.as_str()))];
            let table: toml::Table = term.into_iter().chain(rest).collect();
            own.push((inline::value(&toml::Value::Table(table)), &section.tag));
        }
    }
    // A reader meets the labels by their kind, and has the languages in the order in which it meets them.
    let met: Vec<&LangTag> = written.iter().map(|(tag, ..)| *tag).collect();
    written.sort_by_key(|(tag, ..)| met.iter().position(|one| one == tag));
    let is_all = as_read.iter().all(|(is_plain, _)| *is_plain)
        && written.iter().eq(as_read.iter().map(|(_, label)| label));
    if is_all { Vec::new() } else { own }
}

/// Tells what a label does not say of a term.
fn tell_changes(
    concept: &Concept,
    entry: &TermEntry,
    label: &str,
    rest: &[(String, toml::Value)],
    losses: &mut Losses,
) {
    for (key, _) in rest {
        let says_it = key == "status"
            && match label {
                "prefLabel" => entry.status == Some(Status::Preferred),
                "hiddenLabel" => entry.status == Some(Status::Deprecated),
                _ => false,
            };
        let reason = match label {
            _ if says_it => continue,
            "hiddenLabel" if matches!(key.as_str(), "status" | "forbidden") => {
                "it is a hidden label, and in a property of glosa"
            }
            _ => IN_OWN,
        };
        losses.add(LossKind::Changed, &format!("terms.{key}"), reason, concept);
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

/// The addresses of the concepts by their ids: that which they came with, unless two have it.
fn addresses(termbase: &Termbase) -> HashMap<&str, String> {
    let mut taken = HashSet::new();
    let one = |concept: &Concept| {
        let stated = concept.x.get(ADDRESS).and_then(toml::Value::as_str);
        let stated = stated.filter(|address| oxrdf::NamedNode::new(*address).is_ok());
        stated.map_or_else(|| address(concept.id.as_str()), str::to_owned)
    };
    let mut addresses = HashMap::new();
    for concept in termbase.concepts.iter() {
        let wanted = one(concept);
        let free = if taken.insert(wanted.clone()) { wanted } else { address(concept.id.as_str()) };
        addresses.insert(concept.id.as_str(), free);
    }
    addresses
}

fn write_turtle(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut out = String::new();
    for (prefix, space) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{space}> .");
    }
    let _ = write!(out, "\n<{HOME}> a skos:ConceptScheme");
    if let Some(title) = &termbase.settings.title {
        let _ = write!(out, " ;\n  dct:title {}", quoted(title, None));
    }
    out += " .\n";
    let addresses = addresses(termbase);
    for concept in termbase.concepts.iter() {
        let _ = write!(out, "\n<{}> a skos:Concept", addresses[concept.id.as_str()]);
        for (property, object) in statements(concept, &addresses, target, &mut losses) {
            let object = match object {
                Object::Text(text, tag) => quoted(&text, tag),
                Object::Node(address) => format!("<{address}>"),
                Object::Kept(term) => term.to_string(),
            };
            let _ = write!(out, " ;\n  {property} {object}");
        }
        out += " .\n";
    }
    Ok(Written { bytes: out.into_bytes(), losses: losses.finish() })
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
    let addresses = addresses(termbase);
    for concept in termbase.concepts.iter() {
        let mut object = Map::new();
        object.insert("@id".to_owned(), json!(addresses[concept.id.as_str()]));
        object.insert("@type".to_owned(), json!("skos:Concept"));
        for (property, said) in statements(concept, &addresses, target, &mut losses) {
            let property = property.trim_matches(['<', '>']).to_owned();
            match (object.get_mut(&property), json_object(said)) {
                (Some(Value::Array(list)), value) => list.push(value),
                (_, value) => drop(object.insert(property, json!([value]))),
            }
        }
        graph.push(Value::Object(object));
    }
    let context: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, space)| ((*prefix).to_owned(), json!(space))).collect();
    let document = json!({ "@context": context, "@graph": graph });
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    Ok(Written { bytes, losses: losses.finish() })
}

fn json_object(object: Object<'_>) -> Value {
    match object {
        Object::Text(text, None) => json!(text),
        Object::Text(text, Some(tag)) => json!({ "@language": tag.as_str(), "@value": text }),
        Object::Node(address) => json!({ "@id": address }),
        Object::Kept(Term::NamedNode(node)) => json!({ "@id": node.as_str() }),
        Object::Kept(Term::Literal(literal)) => match literal.language() {
            Some(tag) => json!({ "@language": tag, "@value": literal.value() }),
            None if literal.datatype() == oxrdf::vocab::xsd::STRING => json!(literal.value()),
            None => json!({ "@type": literal.datatype().as_str(), "@value": literal.value() }),
        },
        Object::Kept(other) => json!(other.to_string()),
    }
}
