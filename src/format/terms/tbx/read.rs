//! Reading TBX in all its shapes.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::iter;

use crate::check::Finding;
use crate::format::terms::category::{self, Category};
use crate::format::terms::log::{At, Log};
use crate::format::terms::model::{self, Builder};
use crate::format::terms::xml::{self, Node, Piece};
use crate::format::terms::{Input, Reading, aside};
use crate::termbase::read::is_calendar_date;
use crate::termbase::{
    Concept, ConceptId, Definition, Gender, History, LangTag, Number, PartOfSpeech, Register, Settings,
    Status, TermEntry, TermType,
};

/// The namespace of TBX v3.
pub(super) const NAMESPACE: &str = "urn:iso:std:iso:30042:ed-2";

/// Elements that are read whole.
pub(in crate::format::terms) const ENTRIES: &[&str] =
    &["conceptEntry", "termEntry", "entry", "refObject", "tbxHeader", "martifHeader", "header"];

/// Parts of a header that have paragraphs, which are written back.
pub(super) const PARTS: &[&str] = &["publicationStmt", "sourceDesc", "encodingDesc", "revisionDesc"];
/// Where [`crate::termbase::Settings::x`] has the header.
pub(super) const HEADER: &str = "tbx";
/// The paragraph that says who has written a file.
pub(super) const WRITTEN: &str = "Written by glosa";

/// What a language section is called: in v3, in v2, in TBX-Min of 2013.
pub(in crate::format::terms) const LANGUAGES: &[&str] = &["langSec", "langSet", "langGroup"];

/// Reads a TBX file of any kind.
pub(super) fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match xml::decode(input.name, input.bytes, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let mut reader = TbxReader::new(log);
    let mut wrong = None;
    let walked = xml::walk(input.name, &text, ENTRIES, |piece| match piece {
        Piece::Open(node) if !reader.rooted => wrong = reader.root(&node, input.name),
        Piece::Open(node) => reader.open(&node),
        Piece::Entry(node) => reader.entry(&node),
    });
    match wrong.map_or(walked, Err) {
        Ok(()) => reader.finish(text),
        Err(finding) => Reading { text, ..Reading::failed(finding) },
    }
}

/// Reads a TBX file too large to hold, in two passes: `learn` the ids and persons that entries refer to, then the entries.
pub(in crate::format::terms) struct TbxStream<'a> {
    reader: TbxReader<'a>,
    ids: Ids,
}

/// The ids of a file, in eight bytes each: a hash is enough to tell whether a reference leads anywhere.
#[derive(Default)]
struct Ids(HashSet<u64>);

impl Ids {
    fn insert(&mut self, id: &str) {
        self.0.insert(hash_of(id));
    }

    fn contains(&self, id: &str) -> bool {
        self.0.contains(&hash_of(id))
    }
}

fn hash_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl<'a> TbxStream<'a> {
    pub(in crate::format::terms) fn new(log: Log<'a>) -> Self {
        TbxStream { reader: TbxReader::new(log), ids: Ids::default() }
    }

    /// The first pass; what is wrong with the root element.
    pub(in crate::format::terms) fn learn(&mut self, piece: &Piece, name: &str) -> Option<Finding> {
        match piece {
            Piece::Open(node) if !self.reader.rooted => return self.reader.root(node, name),
            Piece::Open(node) => self.reader.open(node),
            Piece::Entry(node) if node.name == "refObject" || is_header(node) => self.reader.entry(node),
            Piece::Entry(node) => {
                let written = node.attribute("id")?;
                self.ids.insert(written);
                let notes = node.nodes().filter(|child| child.name == "note");
                if let Some(id) = notes.map(Node::text).find_map(|note| aside::id_in(&note)) {
                    self.ids.insert(&id);
                    self.reader.renamed.insert(written.to_owned(), ConceptId(id));
                }
            }
        }
        None
    }

    /// The second pass: the concept of an entry.
    pub(in crate::format::terms) fn concept(&mut self, node: &Node) -> Concept {
        let mut concept = self.reader.concept(node);
        self.reader.resolve(&mut concept, &self.ids, node.at);
        concept
    }

    pub(in crate::format::terms) fn settings(&self) -> &Settings {
        &self.reader.builder.settings
    }

    pub(in crate::format::terms) fn log(&mut self) -> &mut Log<'a> {
        &mut self.reader.log
    }

    pub(in crate::format::terms) fn finish(self) -> Vec<Finding> {
        self.reader.log.finish()
    }
}

struct TbxReader<'a> {
    log: Log<'a>,
    /// The language of texts that state none.
    lang: LangTag,
    dialect: String,
    /// Whether the root says that categories are elements.
    dct: bool,
    builder: Builder,
    /// Names of persons by id.
    persons: HashMap<String, String>,
    /// The ids of concepts whose ids XML does not take, by what stands for them.
    renamed: HashMap<String, ConceptId>,
    /// Concepts before all ids are known.
    pending: Vec<(Concept, usize)>,
    rooted: bool,
}

impl<'a> TbxReader<'a> {
    fn new(log: Log<'a>) -> Self {
        TbxReader {
            log,
            lang: LangTag("en".to_owned()),
            dialect: String::new(),
            dct: false,
            builder: Builder::default(),
            persons: HashMap::new(),
            renamed: HashMap::new(),
            pending: Vec::new(),
            rooted: false,
        }
    }

    fn root(&mut self, node: &Node, name: &str) -> Option<Finding> {
        self.rooted = true;
        let is_tbx = matches!(node.name.as_str(), "tbx" | "martif" | "TBX");
        if !is_tbx {
            return Some(xml::another_kind(name, node, "TBX"));
        }
        if let Some(lang) = node.lang() {
            self.lang = model::lang_tag(lang, node.at, &mut self.log);
        }
        self.dct = node.attribute("style") == Some("dct");
        self.dialect = node.attribute("type").unwrap_or_default().to_owned();
        if node.name == "tbx"
            && !node.attributes.iter().any(|(key, value)| key.starts_with("xmlns") && value == NAMESPACE)
        {
            self.log.repaired(
                "no namespace",
                node.at,
                format!("the root element lacks the namespace {NAMESPACE}"),
            );
        }
        let known = ["", "TBX", "TBX-Core", "TBX-Min", "TBX-Basic", "TBX-Linguist"];
        if !known.contains(&self.dialect.as_str()) {
            let message = format!(
                "the dialect `{}` is not a public one; its categories are kept under `x`",
                self.dialect
            );
            self.log.repaired("an unknown dialect", node.at, message);
        }
        None
    }

    fn open(&mut self, node: &Node) {
        if LANGUAGES.contains(&node.name.as_str()) {
            self.log.skipped(
                "a language outside an entry",
                node.at,
                "a language section outside an entry is left out",
            );
        }
    }

    fn entry(&mut self, node: &Node) {
        match node.name.as_str() {
            "refObject" => self.person(node),
            _ if is_header(node) => self.header(node),
            _ => {
                let concept = self.concept(node);
                self.pending.push((concept, node.at));
            }
        }
    }

    /// The title; the other texts are kept by the elements that they are in.
    fn header(&mut self, node: &Node) {
        let title = node.find("title").map(|title| model::prose(&title.text()));
        self.builder.settings.title = title.filter(|title| !title.is_empty());
        let mut texts = toml::Table::new();
        header_texts(node, &node.name, &mut texts);
        if !texts.is_empty() {
            self.builder.settings.x.insert(HEADER.to_owned(), toml::Value::Table(texts));
        }
    }

    /// A person has a name that transactions refer to; nothing else of it is kept.
    fn person(&mut self, node: &Node) {
        let items = node
            .nodes()
            .flat_map(|child| if child.name == "itemSet" { child.nodes().collect() } else { vec![child] });
        if items.count() > 1 {
            let id = node.attribute("id").unwrap_or_default();
            let message = format!("of `{id}`, to whom entries refer, the name is kept and nothing else");
            self.log.skipped("more than the name of a person", node.at, message);
        }
        let name = node.find("item").or_else(|| node.find("itemSet"));
        if let (Some(id), Some(name)) = (node.attribute("id"), name) {
            self.persons.insert(id.to_owned(), model::prose(&name.text()));
        }
    }

    fn finish(mut self, text: String) -> Reading {
        if self.pending.is_empty() {
            self.log.skipped("no entries", At::Nowhere, "there are no entries in it");
        }
        let mut ids = Ids::default();
        self.pending.iter().for_each(|(concept, _)| ids.insert(&concept.id.0));
        for (mut concept, at) in std::mem::take(&mut self.pending) {
            self.resolve(&mut concept, &ids, at);
            self.builder.push(concept, at, &mut self.log);
        }
        Reading { termbase: Some(self.builder.finish()), findings: self.log.finish(), text }
    }

    /// What can be told only when the whole file is known: references to concepts, names of persons.
    fn resolve(&mut self, concept: &mut Concept, ids: &Ids, at: usize) {
        let missing: Vec<ConceptId> =
            concept.related.iter().filter(|id| !ids.contains(&id.0)).cloned().collect();
        for id in missing {
            self.log.repaired(
                "a reference to nothing",
                at,
                format!("`{}` refers to `{id}`, which no entry has", concept.id),
            );
            concept.related.retain(|one| *one != id);
            let mut reference = Category::new("ref", "crossReference", "");
            reference.attributes.push(("target".to_owned(), id.0));
            category::keep(&mut concept.x, &reference);
        }
        let (mut categories, rest) = category::kept(&concept.x);
        if categories.is_empty() {
            return;
        }
        // Written where XML does not take the id: its text is the id that is meant.
        categories.retain(|category| {
            let meant = category.attribute("target").and_then(|target| self.renamed.get(target));
            let meant = meant.filter(|id| category.kind() == "crossReference" && category.text == id.0);
            concept.related.extend(meant.cloned());
            meant.is_none()
        });
        for category in &mut categories {
            if category.kind() == "crossReference"
                && !category.attribute("target").is_some_and(|target| ids.contains(target))
            {
                let target = category.attribute("target").unwrap_or_default();
                let message = format!("`{}` refers to `{target}`, which no entry has", concept.id);
                self.log.repaired("a reference to nothing", at, message);
            }
            name_person(category, &self.persons);
        }
        concept.x = rest;
        categories.into_iter().for_each(|category| match transaction(&category) {
            Some(line) => concept.history.push(line),
            None => category::keep(&mut concept.x, &category),
        });
    }

    fn concept(&mut self, node: &Node) -> Concept {
        let mut concept = Concept {
            id: ConceptId(node.attribute("id").unwrap_or_default().to_owned()),
            ..Concept::default()
        };
        if concept.id.0.is_empty() {
            self.log.repaired(
                "an entry without an id",
                node.at,
                "an entry without an id; one is made of its first term",
            );
        }
        if concept.id.0.starts_with(|c: char| !c.is_alphabetic() && c != '_') {
            let message = format!("the id `{}` begins as no id of XML does; it is kept", concept.id);
            self.log.repaired("an id that XML does not allow", node.at, message);
        }
        let mut definitions = Vec::new();
        for child in node.nodes() {
            match child.name.as_str() {
                name if LANGUAGES.contains(&name) => self.language(&mut concept, child),
                _ => {
                    for category in self.categories(child) {
                        self.of_concept(&mut concept, category, &mut definitions, child.at);
                    }
                }
            }
        }
        for (definition, category) in definitions {
            let tag = category_lang(&category)
                .map_or_else(|| self.lang.clone(), |lang| model::lang_tag(lang, node.at, &mut self.log));
            match concept.definition.contains_key(&tag) {
                false => {
                    concept.definition.insert(tag, definition);
                }
                true => category::keep(&mut concept.x, &category),
            }
        }
        if let Some(written) = node.attribute("id").filter(|written| *written != concept.id.0) {
            self.renamed.insert(written.to_owned(), concept.id.clone());
        }
        if !concept.sections.iter().any(|section| !section.terms.is_empty()) {
            self.log.repaired(
                "an entry without terms",
                node.at,
                format!("the entry `{}` has no terms", concept.id),
            );
        }
        concept
    }

    /// A category of a concept, into its key or kept.
    fn of_concept(
        &mut self,
        concept: &mut Concept,
        category: Category,
        definitions: &mut Vec<(Definition, Category)>,
        at: usize,
    ) {
        let text = category.text.clone();
        let first = |slot: &Option<String>| slot.is_none() && category.is_plain() && !text.is_empty();
        match (category.element.as_str(), category.kind()) {
            ("note", _) if aside::read_concept(concept, &text) => {}
            ("note", _) if first(&concept.note) => concept.note = Some(text),
            ("descrip", "subjectField") if first(&concept.subject) => concept.subject = Some(text),
            ("admin", "source") if first(&concept.source) => concept.source = Some(text),
            ("admin", "customerSubset") if first(&concept.client) => concept.client = Some(text),
            ("admin", "projectSubset") if first(&concept.project) => concept.project = Some(text),
            ("xref", "externalCrossReference") if concept.url.is_none() && is_bare_link(&category) => {
                concept.url = category.attribute("target").map(str::to_owned);
            }
            ("xref", "xGraphic") if concept.image.is_none() && is_bare_link(&category) => {
                concept.image = category.attribute("target").map(str::to_owned);
            }
            ("ref", "crossReference") if is_bare_link(&category) => {
                concept.related.extend(category.attribute("target").map(|id| ConceptId(id.to_owned())));
            }
            _ => match definition(&category) {
                Some(definition) => definitions.push((definition, category)),
                None => self.keep(&mut concept.x, &category, at),
            },
        }
    }

    fn language(&mut self, concept: &mut Concept, node: &Node) {
        let tag = match node.lang() {
            Some(lang) => model::lang_tag(lang, node.at, &mut self.log),
            None => model::lang_tag("", node.at, &mut self.log),
        };
        model::section(concept, &tag);
        let mut children = node.nodes().peekable();
        while let Some(child) = children.next() {
            match child.name.as_str() {
                "termSec" | "tig" | "ntig" | "termGroup" => self.term(concept, &tag, child),
                "term" => {
                    self.log.repaired(
                        "a term without its section",
                        child.at,
                        "a <term> stands in no <tig> or <termSec>; it is read as if it did",
                    );
                    let is_note = |node: &&Node| matches!(node.name.as_str(), "termNote" | "termNoteGrp");
                    let notes: Vec<&Node> =
                        iter::from_fn(|| children.next_if(|node| is_note(node))).collect();
                    self.term_with(concept, &tag, child, child, &notes);
                }
                _ => {
                    for category in self.categories(child) {
                        self.of_language(concept, &tag, category, child.at);
                    }
                }
            }
        }
    }

    fn of_language(&mut self, concept: &mut Concept, tag: &LangTag, mut category: Category, at: usize) {
        match definition(&category) {
            Some(definition) if !concept.definition.contains_key(tag) => {
                concept.definition.insert(tag.clone(), definition);
            }
            _ => {
                category.attributes.push(("language".to_owned(), tag.0.clone()));
                self.keep(&mut concept.x, &category, at);
            }
        }
    }

    fn term(&mut self, concept: &mut Concept, tag: &LangTag, node: &Node) {
        let Some(term) = node.find("term") else {
            self.log.skipped(
                "a term section without a term",
                node.at,
                "a term section without a <term> is left out",
            );
            return;
        };
        let categories: Vec<&Node> =
            flattened(node).into_iter().filter(|child| child.name != "term").collect();
        self.term_with(concept, tag, node, term, &categories);
    }

    /// A term with the categories of its section.
    fn term_with(
        &mut self,
        concept: &mut Concept,
        tag: &LangTag,
        section: &Node,
        term: &Node,
        categories: &[&Node],
    ) {
        let Some(mut entry) = model::term(&term.text(), term.at, &mut self.log) else { return };
        if let Some(id) = section.attribute("id").or(term.attribute("id")) {
            entry.x.insert("id".to_owned(), id.into());
        }
        let mut behind = false;
        for child in categories {
            for category in self.categories(child) {
                let is_note = category.element == "termNote" || category.element == "termNoteGrp";
                if is_note && behind && section.name == "termSec" {
                    self.log.repaired(
                        "a termNote in the wrong place",
                        child.at,
                        "a termNote stands behind other categories",
                    );
                }
                behind |= !is_note;
                self.of_term(concept, tag, &mut entry, category, child.at);
            }
        }
        model::push_term(concept, tag, entry);
    }

    /// A category of a term, into its key or kept.
    fn of_term(
        &mut self,
        concept: &mut Concept,
        tag: &LangTag,
        entry: &mut TermEntry,
        category: Category,
        at: usize,
    ) {
        let text = category.text.clone();
        if category.element == "termNote" && category.is_plain() {
            if !term_note(entry, category.kind(), &text, at, &mut self.log) {
                self.keep(&mut entry.x, &category, at);
            }
            return;
        }
        let first = |slot: &Option<String>| slot.is_none() && category.is_plain() && !text.is_empty();
        match (category.element.as_str(), category.kind()) {
            ("note", _) if aside::read_term(entry, &text) => {}
            ("note", _) if first(&entry.note) => entry.note = Some(text),
            ("descrip", "context") if first(&entry.context) => entry.context = Some(text),
            ("admin", "source") if first(&entry.source) => entry.source = Some(text),
            ("admin", "customerSubset") if first(&entry.client) => entry.client = Some(text),
            ("admin", "projectSubset") if first(&entry.project) => entry.project = Some(text),
            _ => match definition(&category) {
                Some(_) => {
                    let message = format!(
                        "a definition stands at the term “{}”; it is moved to its language",
                        entry.term
                    );
                    self.log.repaired("a definition in the wrong place", at, message);
                    self.of_language(concept, tag, category, at);
                }
                None => self.keep(&mut entry.x, &category, at),
            },
        }
    }

    fn keep(&mut self, x: &mut toml::Table, category: &Category, at: usize) {
        let unknown = !KNOWN.contains(&category.kind())
            && !matches!(
                category.element.as_str(),
                "note" | "descripGrp" | "adminGrp" | "transacGrp" | "termNoteGrp"
            );
        if unknown {
            let name = if category.kind().is_empty() { &category.element } else { category.kind() };
            self.log.repaired(
                "a category without a key",
                at,
                format!("the category `{name}` is kept under `x`"),
            );
        }
        check_dates(category, at, &mut self.log);
        category::keep(x, category);
    }

    /// An element as categories in the style of attributes.
    fn categories(&mut self, node: &Node) -> Vec<Category> {
        if node.name == "note" && node.child("noteGrp").is_some() {
            let texts = node.nodes().map(Node::text).map(|text| model::prose(&text));
            return texts
                .filter(|text| !text.is_empty())
                .map(|text| Category::new("note", "", text))
                .collect();
        }
        if node.find("hi").is_some() || node.find("foreign").is_some() {
            self.log.skipped("markup in a text", node.at, "markup within a text is left out, its text kept");
        }
        if !self.dct && node.prefixed && as_attribute(&node.name).is_some() {
            self.log.repaired(
                "categories as elements",
                node.at,
                "the file says style=\"dca\", but has categories as elements",
            );
        }
        vec![alone(in_attribute_style(Category::of(node, model::prose)))]
    }
}

fn is_header(node: &Node) -> bool {
    matches!(node.name.as_str(), "tbxHeader" | "martifHeader" | "header")
}

/// The texts of a header but its title, by the elements they are in; a paragraph is of the element around it. Names of
/// schemas say nothing of the terms.
fn header_texts(node: &Node, of: &str, texts: &mut toml::Table) {
    for child in node.nodes().filter(|child| child.name != "title") {
        let name = if matches!(child.name.as_str(), "p" | "change" | "note") { of } else { &child.name };
        if child.nodes().next().is_some() {
            header_texts(child, name, texts);
            continue;
        }
        let text = model::prose(&child.text());
        let is_schema = matches!(child.attribute("type"), Some("XCSURI" | "XCSContent" | "DCSName"));
        if text.is_empty() || is_schema || text == WRITTEN {
            continue;
        }
        let list = texts.entry(name.to_owned()).or_insert_with(|| toml::Value::Array(Vec::new()));
        if let toml::Value::Array(list) = list {
            list.push(text.into());
        }
    }
}

/// A category that has a group to itself, without the group, which says nothing.
fn alone(mut category: Category) -> Category {
    let is_group = matches!(category.element.as_str(), "descripGrp" | "adminGrp" | "termNoteGrp");
    match category.children.pop() {
        Some(one) if is_group && category.children.is_empty() && category.attributes.is_empty() => one,
        one => {
            category.children.extend(one);
            category
        }
    }
}

/// The children of a term section, those of `termGrp` in their place.
fn flattened(node: &Node) -> Vec<&Node> {
    node.nodes()
        .flat_map(|child| if child.name == "termGrp" { child.nodes().collect() } else { vec![child] })
        .collect()
}

fn category_lang(category: &Category) -> Option<&str> {
    category
        .attribute("xml:lang")
        .or_else(|| category.children.first().and_then(|first| first.attribute("xml:lang")))
}

/// A definition with its source; `None` for what is more or something else.
fn definition(category: &Category) -> Option<Definition> {
    let is_definition = |one: &Category| {
        let plain = one.attributes.iter().all(|(key, _)| key == "type" || key == "xml:lang");
        one.element == "descrip"
            && one.kind() == "definition"
            && plain
            && one.children.is_empty()
            && !one.text.is_empty()
    };
    match category.children.as_slice() {
        [] if is_definition(category) => Some(Definition { text: category.text.clone(), source: None }),
        [one] if category.element == "descripGrp" && is_definition(one) => {
            Some(Definition { text: one.text.clone(), source: None })
        }
        [one, source]
            if category.element == "descripGrp"
                && is_definition(one)
                && source.kind() == "source"
                && source.is_plain() =>
        {
            Some(Definition {
                text: one.text.clone(),
                source: Some(source.text.clone()).filter(|text| !text.is_empty()),
            })
        }
        _ => None,
    }
}

/// A transaction that a line of the history can hold.
fn transaction(category: &Category) -> Option<History> {
    if category.element != "transacGrp" || !category.attributes.is_empty() {
        return None;
    }
    let [what, rest @ ..] = category.children.as_slice() else { return None };
    if what.kind() != "transactionType"
        || !what.is_plain()
        || !matches!(what.text.as_str(), "origination" | "modification")
    {
        return None;
    }
    let mut line = History { what: Some(what.text.clone()), ..History::default() };
    for child in rest {
        let slot = match (child.element.as_str(), child.kind()) {
            ("date", _) if is_calendar_date(&child.text) => &mut line.when,
            ("transacNote", "responsibility") if child.is_plain() && !child.text.is_empty() => &mut line.who,
            _ => return None,
        };
        if slot.replace(child.text.clone()).is_some() {
            return None;
        }
    }
    Some(line)
}

/// Puts the name of a person where there is a reference to one.
fn name_person(category: &mut Category, persons: &HashMap<String, String>) {
    category.children.iter_mut().for_each(|child| name_person(child, persons));
    if category.kind() != "responsibility" {
        return;
    }
    let known = category.attribute("target").and_then(|target| persons.get(target)).cloned();
    if let Some(name) = known.filter(|name| category.text.is_empty() || *name == category.text) {
        category.text = name;
        category.attributes.retain(|(key, _)| key != "target");
    }
}

fn check_dates(category: &Category, at: usize, log: &mut Log<'_>) {
    category.children.iter().for_each(|child| check_dates(child, at, log));
    let day = category.text.split('T').next().unwrap_or_default();
    if category.element == "date" && !is_calendar_date(day) {
        let message = format!("“{}” is no date of ISO 8601; it is kept under `x`", category.text);
        log.repaired("a date that is none", at, message);
    }
    if category.kind() == "transactionType"
        && !matches!(category.text.as_str(), "origination" | "modification")
    {
        let message = format!(
            "the transaction “{}” is not one of origination, modification; it is kept under `x`",
            category.text
        );
        log.repaired("a transaction of another kind", at, message);
    }
}

/// A link whose text is missing or its target.
fn is_bare_link(category: &Category) -> bool {
    let target = category.attribute("target").unwrap_or_default();
    let bare = category.attributes.iter().all(|(key, _)| matches!(key.as_str(), "type" | "target"));
    bare && category.children.is_empty()
        && !target.is_empty()
        && (category.text.is_empty() || category.text == target)
}

/// A term note into its key; whether it has one that takes it.
fn term_note(entry: &mut TermEntry, kind: &str, text: &str, at: usize, log: &mut Log<'_>) -> bool {
    let mut take = |taken: bool, usual: bool| {
        if !taken {
            log.repaired(
                "a value outside the list",
                at,
                format!("the {kind} “{text}” is none of the list; it is kept under `x`"),
            );
        } else if !usual {
            log.repaired(
                "a value in another spelling",
                at,
                format!("the {kind} “{text}” is read by its usual name"),
            );
        }
        taken
    };
    match kind {
        "administrativeStatus" | "usageStatus" | "normativeAuthorization" => {
            let (status, forbidden) = status(text);
            let usual = kind == "administrativeStatus" && text.ends_with("Term-admn-sts");
            entry.status = entry.status.or(status);
            entry.forbidden |= forbidden;
            take(status.is_some() || forbidden, usual)
        }
        "partOfSpeech" => set(&mut entry.pos, pos(text), &mut take),
        "termType" => set(&mut entry.term_type, term_type(text), &mut take),
        "grammaticalGender" => set(&mut entry.gender, gender(text), &mut take),
        "grammaticalNumber" => set(&mut entry.number, Number::from_word(text), &mut take),
        "register" => set(&mut entry.register, register(text), &mut take),
        "geographicalUsage" => {
            let tag = crate::format::terms::tags::tag(text);
            let known = tag.tag.as_str() != "und" && !tag.repaired && entry.region.is_none();
            if known {
                entry.region = Some(tag.tag);
            }
            known
        }
        _ => false,
    }
}

fn set<T>(slot: &mut Option<T>, value: Option<T>, take: &mut impl FnMut(bool, bool) -> bool) -> bool {
    let taken = take(value.is_some(), true);
    if slot.is_some() {
        return false;
    }
    *slot = value;
    taken
}

/// The spellings of usage that files have.
fn status(text: &str) -> (Option<Status>, bool) {
    let bare = text
        .trim_end_matches("-admn-sts")
        .trim_end_matches("AdmnSts")
        .trim_end_matches("Term")
        .to_lowercase();
    match bare.as_str() {
        "preferred" | "standardized" => (Some(Status::Preferred), false),
        "admitted" => (Some(Status::Admitted), false),
        "deprecated" | "obsolete" | "notrecommended" | "not recommended" => (Some(Status::Deprecated), false),
        "superseded" => (Some(Status::Superseded), false),
        "forbidden" => (None, true),
        _ => (None, false),
    }
}

fn pos(text: &str) -> Option<PartOfSpeech> {
    match text {
        "properNoun" => Some(PartOfSpeech::Name),
        _ => PartOfSpeech::from_word(&text.to_lowercase()),
    }
}

fn term_type(text: &str) -> Option<TermType> {
    match text {
        "fullForm" => Some(TermType::FullForm),
        "shortForm" => Some(TermType::ShortForm),
        "initialism" => Some(TermType::Acronym),
        _ => TermType::from_word(text),
    }
}

fn gender(text: &str) -> Option<Gender> {
    Gender::from_word(&text.to_lowercase())
}

fn register(text: &str) -> Option<Register> {
    Register::from_word(text.strip_suffix("Register").unwrap_or(text))
}

/// Categories that are usual, so that keeping one under `x` is not worth a word.
const KNOWN: &[&str] = &[
    "subjectField",
    "definition",
    "context",
    "source",
    "customerSubset",
    "projectSubset",
    "crossReference",
    "externalCrossReference",
    "xGraphic",
    "transactionType",
    "responsibility",
    "partOfSpeech",
    "termType",
    "grammaticalGender",
    "grammaticalNumber",
    "administrativeStatus",
    "usageStatus",
    "geographicalUsage",
    "termLocation",
    "register",
    "reading",
    "readingNote",
    "transferComment",
    "reliabilityCode",
];

/// The element that a category as an element has in the style of attributes, and its type there.
fn as_attribute(name: &str) -> Option<(&'static str, &str)> {
    Some(match name {
        "subjectField" | "definition" | "context" => ("descrip", name),
        "customerSubset" | "projectSubset" | "source" | "reading" => ("admin", name),
        "customer" => ("admin", "customerSubset"),
        "readingNote" => ("adminNote", name),
        "crossReference" => ("ref", name),
        "externalCrossReference" | "xGraphic" => ("xref", name),
        "transactionType" => ("transac", name),
        "responsibility" => ("transacNote", name),
        "termStatus" => ("termNote", "administrativeStatus"),
        "administrativeStatus"
        | "partOfSpeech"
        | "grammaticalGender"
        | "grammaticalNumber"
        | "geographicalUsage"
        | "termType"
        | "termLocation"
        | "register"
        | "transferComment" => ("termNote", name),
        _ => return None,
    })
}

fn in_attribute_style(mut category: Category) -> Category {
    category.children = category.children.into_iter().map(in_attribute_style).collect();
    if let Some((element, kind)) = as_attribute(&category.element) {
        category.attributes.insert(0, ("type".to_owned(), kind.to_owned()));
        category.element = element.to_owned();
    }
    category.attributes.retain(|(key, _)| !key.starts_with("xmlns"));
    category
}
