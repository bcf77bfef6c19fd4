//! Writing TBX, valid against the strict rules of its dialect.

use std::collections::{HashMap, HashSet};

use toml::Value;

use super::fit::{Dialect, Level, Rules, is_url};
use super::read::{HEADER, NAMESPACE, PARTS, WRITTEN};
use crate::check::{Finding, Severity};
use crate::format::terms::category::{self, Category};
use crate::format::terms::loss::{LossKind, Losses};
use crate::format::terms::model::{self, Names};
use crate::format::terms::xml;
use crate::format::terms::{Target, Written, aside};
use crate::termbase::{
    Concept, Definition, Gender, History, LangSection, LangTag, PartOfSpeech, Register, Settings, Status,
    TermEntry, TermType, Termbase,
};

/// Writes a termbase in a dialect.
pub(super) fn write(termbase: &Termbase, target: &Target, dialect: Dialect) -> Result<Written, Vec<Finding>> {
    if termbase.concepts.is_empty() {
        let finding = Finding::new(Severity::Error, "export-limit", "a TBX file has at least one entry");
        return Err(vec![finding.help("give it an entry, or write another format")]);
    }
    let mut names = Names::default();
    let ids = xml_ids(termbase, &mut names);
    let known: HashSet<&str> = ids.keys().copied().collect();
    let mut writer = Writer {
        xml: xml::Writer::new(),
        dialect,
        target,
        names,
        rules: Rules { dialect, ids: &known },
        ids: &ids,
        losses: Losses::default(),
    };
    writer.header(termbase);
    termbase.concepts.iter().for_each(|concept| writer.concept(concept));
    Ok(Written { bytes: writer.xml.finish(), losses: writer.losses.finish() })
}

/// The ids of concepts as XML takes them (xsd:ID), each once.
fn xml_ids<'t>(termbase: &'t Termbase, names: &mut Names) -> HashMap<&'t str, String> {
    let mut ids: HashMap<&str, String> = HashMap::new();
    for id in termbase.concepts.iter().map(|concept| concept.id.as_str()).filter(|id| is_ncname(id)) {
        names.take(id);
        ids.insert(id, id.to_owned());
    }
    for concept in termbase.concepts.iter() {
        let id = concept.id.as_str();
        ids.entry(id).or_insert_with(|| names.free(&ncname(id)));
    }
    ids
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c == '_'
        || (c.is_alphabetic()
            && matches!(c, '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}'))
}

fn is_name_char(c: char) -> bool {
    is_name_start(c) || c.is_ascii_digit() || matches!(c, '-' | '.')
}

fn is_ncname(id: &str) -> bool {
    id.starts_with(is_name_start) && id.chars().all(is_name_char)
}

fn ncname(id: &str) -> String {
    let body: String = id.chars().map(|c| if is_name_char(c) { c } else { '_' }).collect();
    if is_ncname(&body) { body } else { format!("c-{body}") }
}

/// A text that comes back as it is.
fn is_stable(text: &str) -> bool {
    model::prose(text) == text
}

struct Writer<'a> {
    xml: xml::Writer,
    dialect: Dialect,
    target: &'a Target,
    /// The ids that are taken in the document.
    names: Names,
    rules: Rules<'a>,
    ids: &'a HashMap<&'a str, String>,
    losses: Losses,
}

/// Names of elements that the old standard has other ones for.
struct Elements {
    entry: &'static str,
    language: &'static str,
    term: &'static str,
}

impl Writer<'_> {
    fn elements(&self) -> Elements {
        match self.dialect {
            Dialect::V2 => Elements { entry: "termEntry", language: "langSet", term: "tig" },
            _ => Elements { entry: "conceptEntry", language: "langSec", term: "termSec" },
        }
    }

    fn header(&mut self, termbase: &Termbase) {
        let lang = termbase.settings.languages.first().map_or("en", LangTag::as_str);
        let (root, header, kind, style) = match self.dialect {
            Dialect::V2 => ("martif", "martifHeader", "TBX-Basic", None),
            Dialect::Min => ("tbx", "tbxHeader", "TBX-Min", Some("dca")),
            Dialect::BasicDca => ("tbx", "tbxHeader", "TBX-Basic", Some("dca")),
            Dialect::BasicDct => ("tbx", "tbxHeader", "TBX-Basic", Some("dct")),
            Dialect::Linguist => ("tbx", "tbxHeader", "TBX-Linguist", Some("dca")),
        };
        let v3 = (self.dialect != Dialect::V2).then_some(NAMESPACE);
        let dct = self.dialect == Dialect::BasicDct;
        self.xml.open(
            root,
            &[
                ("type", Some(kind)),
                ("style", style),
                ("xml:lang", Some(lang)),
                ("xmlns", v3),
                ("xmlns:min", dct.then_some("http://www.tbxinfo.net/ns/min")),
                ("xmlns:basic", dct.then_some("http://www.tbxinfo.net/ns/basic")),
            ],
        );
        self.xml.open(header, &[]);
        self.head(&termbase.settings);
        self.xml.close();
        self.xml.open("text", &[]);
        self.xml.open("body", &[]);
    }

    /// What a file says of itself: the title, and what was read of that.
    fn head(&mut self, settings: &Settings) {
        let kept = settings.x.get(HEADER).and_then(Value::as_table);
        let lines = |part: &str| {
            let lines = kept.and_then(|kept| kept.get(part)).and_then(Value::as_array);
            lines.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
        };
        let [publication, source, encoding, revision] = PARTS else { return };
        let sources = [vec![WRITTEN.to_owned()], lines(source)].concat();
        let is_v2 = self.dialect == Dialect::V2;
        self.xml.open("fileDesc", &[]);
        if !is_v2 {
            self.paragraphs(publication, &lines(publication));
        }
        if let Some(title) = &settings.title {
            self.xml.open("titleStmt", &[]);
            self.xml.leaf("title", &[], title);
            self.xml.close();
        }
        if is_v2 {
            self.paragraphs(publication, &lines(publication));
        }
        self.paragraphs(source, &sources);
        self.xml.close();
        self.paragraphs(encoding, &lines(encoding));
        let changes = lines(revision);
        if !changes.is_empty() {
            self.xml.open(revision, &[]);
            changes.iter().for_each(|change| self.paragraphs("change", std::slice::from_ref(change)));
            self.xml.close();
        }
    }

    fn paragraphs(&mut self, element: &'static str, texts: &[String]) {
        if !texts.is_empty() {
            self.xml.open(element, &[]);
            texts.iter().for_each(|text| self.xml.leaf("p", &[], text));
            self.xml.close();
        }
    }

    fn concept(&mut self, concept: &Concept) {
        let names = self.elements();
        let id = self.ids.get(concept.id.as_str()).cloned().unwrap_or_default();
        self.xml.open(names.entry, &[("id", Some(&id))]);
        let (categories, mut x) = category::kept(&concept.x);
        let mut of_languages: Vec<(String, Category)> = Vec::new();
        let (mut native, held) = self.concept_categories(concept);
        let mut unfit = Vec::new();
        for category in categories {
            match self.placed(&category, concept) {
                Placed::Concept(category) => native.push(category),
                Placed::Language(tag, category) => of_languages.push((tag, category)),
                Placed::Nowhere => unfit.push(category),
            }
        }
        unfit.iter().for_each(|category| category::keep(&mut x, category));
        native.iter().for_each(|category| self.emit(category));
        let mut rest = aside::rest_of_concept(concept, &[held.as_slice(), &["x", "definition"]].concat());
        rest.extend(self.homeless_definitions(concept));
        if !x.is_empty() {
            rest.push(("x".to_owned(), Value::Table(x)));
        }
        if id != concept.id.0 {
            rest.insert(0, ("id".to_owned(), Value::from(concept.id.as_str())));
            self.losses.add(LossKind::Changed, "id", "XML allows no such id; a note keeps it", concept);
        }
        self.aside(&rest, concept);
        for section in concept.sections.iter().filter(|section| self.target.wants(&section.tag)) {
            self.language(concept, section, &of_languages);
        }
        if concept.sections.iter().all(|section| section.terms.is_empty() || !self.target.wants(&section.tag))
        {
            self.without_terms(concept);
        }
        self.xml.close();
    }

    /// The rules want a term: an empty one, which readers pass over.
    fn without_terms(&mut self, concept: &Concept) {
        let names = self.elements();
        self.losses.add(LossKind::Changed, "terms", "an entry without terms has an empty one", concept);
        self.xml.open(names.language, &[("xml:lang", Some("und"))]);
        self.xml.open(names.term, &[]);
        self.xml.leaf("term", &[], "");
        self.xml.close();
        self.xml.close();
    }

    /// What there is no category for, as a note.
    fn aside(&mut self, rest: &[(String, Value)], concept: &Concept) {
        for (key, _) in rest.iter().filter(|(key, _)| key != "id") {
            self.losses.add(LossKind::Changed, key, "TBX has no category for it; it is in a note", concept);
        }
        if let Some(note) = aside::note(rest) {
            self.emit(&Category::new("note", "", note));
        }
    }

    /// The keys of a concept as categories, and which keys those are.
    fn concept_categories(&self, concept: &Concept) -> (Vec<Category>, Vec<&'static str>) {
        let mut categories = Vec::new();
        let mut held = Vec::new();
        let texts = [
            ("subject", "descrip", "subjectField", &concept.subject),
            ("source", "admin", "source", &concept.source),
            ("client", "admin", "customerSubset", &concept.client),
            ("project", "admin", "projectSubset", &concept.project),
            ("note", "note", "", &concept.note),
        ];
        for (key, element, kind, text) in texts {
            let category = text
                .as_ref()
                .filter(|text| is_stable(text))
                .map(|text| Category::new(element, kind, text.as_str()));
            self.hold(key, category.into_iter().collect(), Level::Concept, &mut categories, &mut held);
        }
        for (key, kind, url) in
            [("url", "externalCrossReference", &concept.url), ("image", "xGraphic", &concept.image)]
        {
            let link = url.as_ref().filter(|url| is_url(url)).map(|url| link("xref", kind, url));
            self.hold(key, link.into_iter().collect(), Level::Concept, &mut categories, &mut held);
        }
        let related = concept.related.iter().map(|id| link("ref", "crossReference", id.as_str())).collect();
        self.hold("related", related, Level::Concept, &mut categories, &mut held);
        let history = concept.history.iter().map(transaction).collect::<Option<Vec<_>>>().unwrap_or_default();
        self.hold("history", history, Level::Concept, &mut categories, &mut held);
        for (tag, definition) in concept.definition.iter().filter(|(tag, _)| self.is_homeless(concept, tag)) {
            let mut category = definition_category(definition);
            let lang = ("xml:lang".to_owned(), tag.0.clone());
            match category.children.first_mut() {
                Some(grouped) => grouped.attributes.push(lang),
                None => category.attributes.push(lang),
            }
            if self.rules.fits(&category, Level::Concept) && is_stable_definition(definition) {
                categories.push(category);
            }
        }
        (categories, held)
    }

    /// Adds categories if all of them fit; the key is then held.
    fn hold(
        &self,
        key: &'static str,
        found: Vec<Category>,
        level: Level,
        to: &mut Vec<Category>,
        held: &mut Vec<&'static str>,
    ) {
        if !found.is_empty() && found.iter().all(|category| self.rules.fits(category, level)) {
            to.extend(found);
            held.push(key);
        }
    }

    /// Whether a definition is in a language of which the concept has no section.
    fn is_homeless(&self, concept: &Concept, tag: &LangTag) -> bool {
        !concept
            .sections
            .iter()
            .any(|section| section.tag == *tag && !section.terms.is_empty() && self.target.wants(tag))
    }

    /// The definitions that no category holds, for the note.
    fn homeless_definitions(&self, concept: &Concept) -> Option<(String, Value)> {
        let unheld = concept.definition.iter().filter(|(tag, definition)| {
            let level = if self.is_homeless(concept, tag) { Level::Concept } else { Level::Language };
            let labelled =
                level == Level::Language || matches!(self.dialect, Dialect::BasicDca | Dialect::Linguist);
            !(labelled
                && is_stable_definition(definition)
                && self.rules.fits(&definition_category(definition), level))
        });
        let only = Concept {
            definition: unheld.map(|(tag, d)| (tag.clone(), d.clone())).collect(),
            ..Concept::default()
        };
        aside::rest_of_concept(&only, &[]).pop()
    }

    /// Where a kept category goes.
    fn placed(&self, category: &Category, concept: &Concept) -> Placed {
        let mut category = category.clone();
        let language = category.attribute("language").map(str::to_owned);
        category.attributes.retain(|(key, _)| key != "language");
        let stable = is_stable_category(&category);
        match language {
            _ if !stable => Placed::Nowhere,
            None if self.rules.fits(&category, Level::Concept) => Placed::Concept(category),
            Some(tag)
                if self.rules.fits(&category, Level::Language)
                    && !self.is_homeless(concept, &LangTag(tag.clone())) =>
            {
                Placed::Language(tag, category)
            }
            _ => Placed::Nowhere,
        }
    }

    fn language(&mut self, concept: &Concept, section: &LangSection, categories: &[(String, Category)]) {
        if section.terms.is_empty() {
            return;
        }
        let names = self.elements();
        self.xml.open(names.language, &[("xml:lang", Some(section.tag.as_str()))]);
        if let Some(definition) = concept.definition.get(&section.tag) {
            let category = definition_category(definition);
            if is_stable_definition(definition) && self.rules.fits(&category, Level::Language) {
                self.emit(&category);
            }
        }
        for (_, category) in categories.iter().filter(|(tag, _)| *tag == section.tag.0) {
            self.emit(category);
        }
        section.terms.iter().for_each(|entry| self.term(concept, entry));
        self.xml.close();
    }

    fn term(&mut self, concept: &Concept, entry: &TermEntry) {
        let names = self.elements();
        let (categories, mut x) = category::kept(&entry.x);
        let id = x.get("id").and_then(Value::as_str).filter(|id| is_ncname(id)).map(str::to_owned);
        let id = id.filter(|id| self.names.take(id));
        if id.is_some() {
            x.remove("id");
        }
        self.xml.open(names.term, &[("id", id.as_deref())]);
        self.xml.leaf("term", &[], &entry.term);
        let (mut native, held) = self.term_categories(entry);
        for category in categories {
            if is_stable_category(&category) && self.rules.fits(&category, Level::Term) {
                native.push(category);
            } else {
                category::keep(&mut x, &category);
            }
        }
        // Notes on the term come before everything else.
        native.sort_by_key(|category| category.element != "termNote");
        native.iter().for_each(|category| self.emit(category));
        let mut rest = aside::rest_of_term(entry, &[held.as_slice(), &["x"]].concat());
        if !x.is_empty() {
            rest.push(("x".to_owned(), Value::Table(x)));
        }
        self.aside(&rest, concept);
        self.xml.close();
    }

    /// The keys of a term as categories, and which of them those say exactly.
    fn term_categories(&self, entry: &TermEntry) -> (Vec<Category>, Vec<&'static str>) {
        let mut categories = Vec::new();
        let mut held = Vec::new();
        let notes = [
            ("pos", "partOfSpeech", entry.pos.map(|pos| self.pos(pos))),
            ("gender", "grammaticalGender", entry.gender.and_then(gender)),
            ("type", "termType", entry.term_type.and_then(term_type)),
            ("status", "administrativeStatus", status(entry)),
            ("number", "grammaticalNumber", entry.number.map(|number| (number.as_str(), true))),
            ("register", "register", entry.register.and_then(register)),
        ];
        for (key, kind, value) in notes {
            let Some((value, exact)) = value else { continue };
            let category = Category::new("termNote", kind, value);
            if self.rules.fits(&category, Level::Term) {
                categories.push(category);
                held.extend(exact.then_some(key));
            }
        }
        let region =
            entry.region.as_ref().map(|tag| Category::new("termNote", "geographicalUsage", tag.as_str()));
        let stable_tag = |category: &Category| {
            crate::format::terms::tags::tag(&category.text).tag.as_str() == category.text
        };
        self.hold(
            "region",
            region.into_iter().filter(stable_tag).collect(),
            Level::Term,
            &mut categories,
            &mut held,
        );
        let texts = [
            ("context", "descrip", "context", &entry.context),
            ("source", "admin", "source", &entry.source),
            ("client", "admin", "customerSubset", &entry.client),
            ("project", "admin", "projectSubset", &entry.project),
            ("note", "note", "", &entry.note),
        ];
        for (key, element, kind, text) in texts {
            let category = text
                .as_ref()
                .filter(|text| is_stable(text))
                .map(|text| Category::new(element, kind, text.as_str()));
            self.hold(key, category.into_iter().collect(), Level::Term, &mut categories, &mut held);
        }
        (categories, held)
    }

    fn pos(&self, pos: PartOfSpeech) -> (&'static str, bool) {
        match pos {
            PartOfSpeech::Name => ("noun", false),
            other => (other.as_str(), true),
        }
    }

    /// Writes a category in the style of the dialect.
    fn emit(&mut self, category: &Category) {
        let (name, with_type) = self.element(category);
        let target = category.attribute("target").map(|target| match category.element.as_str() {
            "ref" => self.ids.get(target).cloned().unwrap_or_default(),
            _ => target.to_owned(),
        });
        let kind = Some(category.kind()).filter(|kind| with_type && !kind.is_empty());
        let attributes =
            [("type", kind), ("target", target.as_deref()), ("xml:lang", category.attribute("xml:lang"))];
        if category.children.is_empty() {
            return self.xml.leaf(&name, &attributes, &category.text);
        }
        self.xml.open(&name, &attributes);
        category.children.iter().for_each(|child| self.emit(child));
        self.xml.close();
    }

    /// The element's name, and whether it states its type.
    fn element(&self, category: &Category) -> (String, bool) {
        match category.kind() {
            kind if self.dialect == Dialect::BasicDct && !kind.is_empty() => {
                let min = [
                    "subjectField",
                    "customerSubset",
                    "externalCrossReference",
                    "administrativeStatus",
                    "partOfSpeech",
                ];
                let prefix = if min.contains(&kind) { "min" } else { "basic" };
                (format!("{prefix}:{kind}"), false)
            }
            _ => (category.element.clone(), true),
        }
    }
}

/// Where a kept category goes.
enum Placed {
    Concept(Category),
    Language(String, Category),
    Nowhere,
}

fn link(element: &str, kind: &str, target: &str) -> Category {
    let mut link = Category::new(element, kind, target);
    link.attributes.push(("target".to_owned(), target.to_owned()));
    link
}

fn definition_category(definition: &Definition) -> Category {
    let text = Category::new("descrip", "definition", definition.text.as_str());
    match &definition.source {
        None => text,
        Some(source) => Category {
            children: vec![text, Category::new("admin", "source", source.as_str())],
            ..Category::new("descripGrp", "", "")
        },
    }
}

fn is_stable_definition(definition: &Definition) -> bool {
    is_stable(&definition.text) && definition.source.as_ref().is_none_or(|source| is_stable(source))
}

fn is_stable_category(category: &Category) -> bool {
    is_stable(&category.text) && category.children.iter().all(is_stable_category)
}

fn transaction(line: &History) -> Option<Category> {
    let what = line.what.as_deref().filter(|what| matches!(*what, "origination" | "modification"))?;
    let mut children = vec![Category::new("transac", "transactionType", what)];
    // Between the day and the person there is no order of meaning; a date of a month only is not one of the standard.
    children.extend(line.when.as_ref().map(|when| Category::new("date", "", when.as_str())));
    let who = line
        .who
        .as_ref()
        .map(|who| is_stable(who).then(|| Category::new("transacNote", "responsibility", who.as_str())));
    children.extend(match who {
        Some(who) => Some(who?),
        None => None,
    });
    Some(Category { children, ..Category::new("transacGrp", "", "") })
}

/// The value of the picklist, and that it says just that; a gender that is common is only in the note.
fn gender(gender: Gender) -> Option<(&'static str, bool)> {
    (gender != Gender::Common).then(|| (gender.as_str(), true))
}

fn term_type(kind: TermType) -> Option<(&'static str, bool)> {
    match kind {
        TermType::FullForm => Some(("fullForm", true)),
        TermType::ShortForm => Some(("shortForm", true)),
        TermType::Loan => None,
        other => Some((other.as_str(), true)),
    }
}

/// The registers that TBX-Linguist has a word for; the others are only in the note.
fn register(register: Register) -> Option<(&'static str, bool)> {
    Some(match register {
        Register::Neutral => ("neutralRegister", true),
        Register::Formal => ("technicalRegister", true),
        Register::InHouse => ("in-houseRegister", true),
        Register::Colloquial => ("colloquialRegister", true),
        Register::Slang => ("slangRegister", true),
        Register::Vulgar => ("vulgarRegister", true),
        Register::Legal | Register::Press => return None,
    })
}

fn status(entry: &TermEntry) -> Option<(&'static str, bool)> {
    Some(match entry.status {
        None if entry.forbidden => ("deprecatedTerm-admn-sts", false),
        None => return None,
        Some(Status::Preferred) => ("preferredTerm-admn-sts", true),
        Some(Status::Admitted) => ("admittedTerm-admn-sts", true),
        Some(Status::Deprecated) => ("deprecatedTerm-admn-sts", true),
        Some(Status::Superseded) => ("supersededTerm-admn-sts", true),
    })
}
