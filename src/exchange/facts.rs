//! What is stated of a concept, key by key and term by term: what comparing and merging go by.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use toml::{Table, Value};

use crate::format::terms::fields::{CONCEPT, TERM, find, to_text};
use crate::termbase::{Concept, ConceptId, LangSection, LangTag, TermEntry};

/// A key of a concept, in the order of the manual: `note`, `definition.es`, `x.owner`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    rank: usize,
    /// The key as glossary.toml has it.
    pub name: &'static str,
    /// The language of a definition, the category of an `x`.
    pub part: Option<String>,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            None => f.write_str(self.name),
            Some(part) => write!(f, "{}.{part}", self.name),
        }
    }
}

/// What is stated of a concept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The keys with their values.
    pub keys: BTreeMap<Key, Value>,
    /// The terms.
    pub sections: Vec<SectionFacts>,
}

/// The terms of a language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionFacts {
    /// The language.
    pub tag: LangTag,
    /// In order.
    pub terms: Vec<TermFacts>,
}

/// What is stated of a term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermFacts {
    /// What the term goes by while its text may change: the text it had first, numbered where it stands twice.
    pub slot: String,
    /// The keys with their values, the term itself (`term`) among them.
    pub keys: BTreeMap<&'static str, Value>,
}

/// Terms as like as this are the same term with its spelling changed (normalized Damerau-Levenshtein, 0 to 1).
const RESPELLED: f64 = 0.6;

/// The key of a term's text.
pub(super) const TEXT: &str = "term";

impl TermFacts {
    /// The term.
    pub fn text(&self) -> &str {
        self.keys.get(TEXT).and_then(Value::as_str).unwrap_or_default()
    }

    fn of(entry: &TermEntry, slot: String) -> TermFacts {
        let stated = TERM.iter().filter_map(|field| Some((field.key, (field.get)(entry)?)));
        let text = std::iter::once((TEXT, Value::from(entry.term.as_str())));
        TermFacts { slot, keys: text.chain(stated).collect() }
    }

    /// The entry of these facts.
    pub fn entry(&self) -> TermEntry {
        let mut entry = TermEntry::new(self.text());
        for (key, value) in &self.keys {
            if let Some(field) = find(TERM, key) {
                // What was got from an entry can be set in one.
                let _ = (field.set)(&mut entry, value.clone());
            }
        }
        entry
    }
}

impl Facts {
    /// What is stated of a concept, its terms under their own texts.
    pub fn of(concept: &Concept) -> Facts {
        let sections = concept.sections.iter().map(|section| {
            let slots = slots(&section.terms);
            let terms = section.terms.iter().zip(slots).map(|(entry, slot)| TermFacts::of(entry, slot));
            SectionFacts { tag: section.tag.clone(), terms: terms.collect() }
        });
        Facts { keys: keys(concept), sections: sections.collect() }
    }

    /// What is stated of a concept, its terms under the names that they have in an earlier state of it.
    pub fn since(concept: &Concept, base: &Facts) -> Facts {
        let mut facts = Facts::of(concept);
        for section in &mut facts.sections {
            if let Some(before) = base.section(&section.tag) {
                rename(section, before);
            }
        }
        facts
    }

    /// Gives terms that the other side has respelled in the same way the names that they have there.
    fn adopt(&mut self, other: &Facts) {
        for section in &mut self.sections {
            let Some(others) = other.section(&section.tag) else { continue };
            for at in 0..section.terms.len() {
                let term = &section.terms[at];
                let is_same = |one: &&TermFacts| {
                    one.text() == term.text() && one.slot != term.slot && section.term(&one.slot).is_none()
                };
                let slot = others.terms.iter().find(is_same).map(|one| one.slot.clone());
                if let Some(slot) = slot.filter(|_| others.term(&section.terms[at].slot).is_none()) {
                    section.terms[at].slot = slot;
                }
            }
        }
    }

    /// The section of a language.
    pub fn section(&self, tag: &LangTag) -> Option<&SectionFacts> {
        self.sections.iter().find(|section| section.tag == *tag)
    }

    /// The concept of these facts.
    pub fn concept(&self, id: ConceptId) -> Concept {
        let mut concept = Concept { id, id_written: true, ..Concept::default() };
        for field in CONCEPT {
            let stated = self.keys.iter().filter(|(key, _)| key.name == field.key);
            for (key, value) in stated {
                let value = match &key.part {
                    None => value.clone(),
                    Some(part) if field.key == "x" => {
                        concept.x.insert(part.clone(), value.clone());
                        continue;
                    }
                    Some(part) => Value::Table(Table::from_iter([(part.clone(), value.clone())])),
                };
                // What was got from a concept can be set in one.
                let _ = (field.set)(&mut concept, value);
            }
        }
        let sections = self.sections.iter().filter(|section| !section.terms.is_empty());
        concept.sections = sections.map(SectionFacts::section).collect();
        concept
    }
}

impl SectionFacts {
    /// The term of a name.
    pub fn term(&self, slot: &str) -> Option<&TermFacts> {
        self.terms.iter().find(|term| term.slot == slot)
    }

    fn section(&self) -> LangSection {
        LangSection { tag: self.tag.clone(), terms: self.terms.iter().map(TermFacts::entry).collect() }
    }
}

/// Gives terms of two sides that have to be compared the same name: those that both have respelled in the same way, and
/// those that each has put in the place of the same one.
pub(super) fn agree(base: &Facts, ours: &mut Facts, theirs: &mut Facts) {
    ours.adopt(theirs);
    theirs.adopt(ours);
    for mine in &mut ours.sections {
        let other = theirs.sections.iter_mut().find(|section| section.tag == mine.tag);
        let (Some(other), Some(before)) = (other, base.section(&mine.tag)) else { continue };
        let (of_mine, of_other) = (successors(before, mine, other), successors(before, other, mine));
        for (slot, at) in of_mine {
            let Some(other_at) = of_other.get(&slot) else { continue };
            mine.terms[at].slot.clone_from(&slot);
            other.terms[*other_at].slot = slot;
        }
    }
}

/// Where a side has what it has made of terms: them respelled, or others in their place, unless the other side has
/// these too.
fn successors(base: &SectionFacts, side: &SectionFacts, other: &SectionFacts) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    // What is gone and what is new, by the term before that is neither.
    let mut gone: HashMap<Option<&str>, Vec<&str>> = HashMap::new();
    let mut last = None;
    for term in &base.terms {
        match side.terms.iter().position(|one| one.slot == term.slot) {
            None => gone.entry(last).or_default().push(&term.slot),
            Some(at) => {
                if side.terms[at].text() != term.text() {
                    found.insert(term.slot.clone(), at);
                }
                last = Some(term.slot.as_str());
            }
        }
    }
    let is_shared =
        |term: &TermFacts| other.terms.iter().any(|one| one.slot == term.slot || one.text() == term.text());
    let mut new: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    last = None;
    for (at, term) in side.terms.iter().enumerate() {
        if base.term(&term.slot).is_some() {
            last = Some(term.slot.as_str());
        } else if !is_shared(term) {
            new.entry(last).or_default().push(at);
        }
    }
    for (place, gone) in gone {
        let new = new.get(&place).into_iter().flatten();
        found.extend(gone.into_iter().map(str::to_owned).zip(new.copied()));
    }
    found
}

/// The stated keys, tables taken apart.
fn keys(concept: &Concept) -> BTreeMap<Key, Value> {
    let mut keys = BTreeMap::new();
    for (rank, field) in CONCEPT.iter().enumerate() {
        let key = |part| Key { rank, name: field.key, part };
        match (field.get)(concept) {
            Some(Value::Table(table)) => {
                keys.extend(table.into_iter().map(|(part, value)| (key(Some(part)), value)));
            }
            Some(value) => _ = keys.insert(key(None), value),
            None => {}
        }
    }
    keys
}

/// The texts of terms, those that come again numbered.
fn slots(terms: &[TermEntry]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let slot = |entry: &'_ TermEntry, count: usize| match count {
        1 => entry.term.clone(),
        more => format!("{}\u{0}{more}", entry.term),
    };
    terms
        .iter()
        .map(|entry| {
            let count = seen.entry(&entry.term).and_modify(|count| *count += 1).or_insert(1);
            slot(entry, *count)
        })
        .collect()
}

/// Gives the terms of a section the names that they had: those of the same text theirs, respelled ones that of the
/// term that they are most like.
fn rename(section: &mut SectionFacts, before: &SectionFacts) {
    let known: HashSet<&str> = before.terms.iter().map(|term| term.slot.as_str()).collect();
    let own: HashMap<&str, &str> =
        before.terms.iter().map(|term| (term.slot.as_str(), term.text())).collect();
    // A name says what text the term had, so the same name is the same text, unless an earlier state named it.
    let is_same =
        |term: &TermFacts| known.contains(term.slot.as_str()) && own[term.slot.as_str()] == term.text();
    let mut taken: HashSet<String> =
        section.terms.iter().filter(|term| is_same(term)).map(|term| term.slot.clone()).collect();
    for at in 0..section.terms.len() {
        if is_same(&section.terms[at]) {
            continue;
        }
        let text = section.terms[at].text().to_owned();
        let free = before.terms.iter().filter(|term| !taken.contains(&term.slot));
        let likeness = |term: &TermFacts| strsim::normalized_damerau_levenshtein(term.text(), &text);
        let likest = free.map(|term| (likeness(term), term)).filter(|(likeness, _)| *likeness >= RESPELLED);
        // Among equally like ones the first, so that the answer never varies.
        let likest = likest.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let slot = match likest {
            Some((_, term)) => term.slot.clone(),
            None => fresh(&section.terms[at].slot, &known, &taken),
        };
        taken.insert(slot.clone());
        section.terms[at].slot = slot;
    }
}

/// The name itself, or one made of it that nobody has.
pub(super) fn fresh(slot: &str, known: &HashSet<&str>, taken: &HashSet<String>) -> String {
    let mut name = slot.to_owned();
    while known.contains(name.as_str()) || taken.contains(&name) {
        name.push('\u{0}');
    }
    name
}

/// A value as people read it.
pub(super) fn shown(value: &Value) -> String {
    to_text(value)
}
