//! Taking what an imported entry says into the entry that is the same concept, where no earlier state of both is known.
//!
//! What is not stated yet is added, lists are joined; what both state differently is a conflict that somebody decides.
//! What the imported entry leaves out says nothing: its format may have no place for it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use toml::Value;

use super::facts::{Facts, Key, SectionFacts, TEXT, TermFacts, shown};
use super::import::{ImportConflict, Side};
use super::pairing::{Likeness, TermIndex, like, primary};
use crate::termbase::{Concept, LangSection, LangTag, Status, TermEntry};

/// Keys of the workflow: what others think of an entry does not change what is thought of it here.
const OF_WORKFLOW: &[&str] = &["review", "reviewed-by", "reviewed-on"];

/// Keys of a term that turn round what is said of it, so that adding them is a change.
const TURNING: &[&str] = &["forbidden", "do-not-translate", "expect"];

/// What becomes of an entry.
pub(super) struct Combined {
    pub(super) concept: Concept,
    /// How many terms were left out, being forms of terms that are there.
    pub(super) forms: usize,
    /// How many times a term stood again with another usage, which was left out.
    pub(super) restated: usize,
}

/// Takes an entry into another.
pub(super) fn combine(
    here: &Concept,
    more: &Concept,
    decide: &mut dyn FnMut(ImportConflict) -> Side,
) -> Combined {
    let mut facts = Facts::of(here);
    let mut combining = Combining {
        id: here.id.0.clone(),
        decide,
        index: index_of(&facts),
        settled: BTreeMap::new(),
        forms: 0,
        restated: 0,
    };
    for (key, value) in Facts::of(more).keys {
        if !OF_WORKFLOW.contains(&key.name) {
            combining.key(&mut facts, key, value);
        }
    }
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    for section in &more.sections {
        for entry in &section.terms {
            let count = seen.entry((primary(&section.tag), &entry.term)).or_default();
            combining.term(&mut facts, &section.tag, entry, *count);
            *count += 1;
        }
    }
    combining.state_usage(&mut facts);
    let concept = facts.concept(here.id.clone());
    Combined { concept, forms: combining.forms, restated: combining.restated }
}

struct Combining<'a> {
    id: String,
    decide: &'a mut dyn FnMut(ImportConflict) -> Side,
    index: TermIndex<(usize, usize)>,
    /// The usage that the entry has stated of terms, `None` where it was decided that it is not so. What an entry says
    /// first of a term counts, else taking it in again would turn the glossary back and forth.
    settled: BTreeMap<(usize, usize), Option<Value>>,
    forms: usize,
    restated: usize,
}

impl Combining<'_> {
    /// Asks which side is right; the answer.
    fn ask(&mut self, field: String, here: Option<&Value>, there: &Value) -> Side {
        let conflict = ImportConflict {
            concept: self.id.clone(),
            field,
            base: None,
            here: here.map(shown),
            there: Some(shown(there)),
            taken: Side::Here,
        };
        (self.decide)(conflict)
    }

    fn key(&mut self, facts: &mut Facts, key: Key, value: Value) {
        match facts.keys.get(&key) {
            None => _ = facts.keys.insert(key, value),
            Some(known) if *known == value => {}
            Some(known) => {
                if let Some(joined) = joined(known, &value) {
                    facts.keys.insert(key, joined);
                } else if self.ask(key.to_string(), Some(known), &value) == Side::There {
                    facts.keys.insert(key, value);
                }
            }
        }
    }

    /// A term: what is new of the one that it is, or the term itself.
    fn term(&mut self, facts: &mut Facts, tag: &LangTag, entry: &TermEntry, nth: usize) {
        let mut single = Facts::of(&Concept {
            sections: vec![LangSection { tag: tag.clone(), terms: vec![entry.clone()] }],
            ..Concept::default()
        });
        let Some(term) = single.sections.pop().and_then(|mut section| section.terms.pop()) else { return };
        match self.same_term(facts, tag, entry, nth) {
            Some((.., Likeness::Inflected)) => self.forms += 1,
            Some((section, at, _)) => {
                let section_facts = &mut facts.sections[section];
                let term = self.with_usage_once((section, at), &section_facts.terms[at], term);
                self.term_keys(section_facts, (section, at), &term);
            }
            None => self.new_term(facts, tag, term),
        }
    }

    /// The term without its usage where the entry has stated that of the same term before.
    fn with_usage_once(&mut self, at: (usize, usize), known: &TermFacts, mut term: TermFacts) -> TermFacts {
        let Some(stated) = term.keys.get("status") else { return term };
        match self.settled.entry(at) {
            Entry::Vacant(entry) => _ = entry.insert(Some(stated.clone())),
            Entry::Occupied(_) => {
                self.restated += usize::from(Some(stated) != known.keys.get("status"));
                term.keys.remove("status");
            }
        }
        term
    }

    fn term_keys(&mut self, section: &mut SectionFacts, place: (usize, usize), more: &TermFacts) {
        let at = place.1;
        let name = format!("terms.{} “{}”", section.tag, section.terms[at].text());
        for (key, value) in &more.keys {
            let known = section.terms[at].keys.get(key).cloned();
            let field = format!("{name} {key}");
            match (*key, known) {
                (TEXT, _) => {}
                ("status", known) => self.status(section, place, known, value, field),
                (_, Some(known)) if known == *value => {}
                (key, None) if !TURNING.contains(&key) => {
                    section.terms[at].keys.insert(key, value.clone());
                }
                (key, known) => {
                    let joined = known.as_ref().and_then(|known| joined(known, value));
                    let is_joined = joined.is_some();
                    if is_joined || self.ask(field, known.as_ref(), value) == Side::There {
                        section.terms[at].keys.insert(key, joined.unwrap_or_else(|| value.clone()));
                    }
                }
            }
        }
    }

    /// The usage of a term: against what readers see of it, stated or not.
    fn status(
        &mut self,
        section: &mut SectionFacts,
        place: (usize, usize),
        known: Option<Value>,
        value: &Value,
        field: String,
    ) {
        let at = place.1;
        let seen = known.unwrap_or_else(|| Value::from(effective(section, at).as_str()));
        if seen == *value {
            return;
        }
        if self.ask(field, Some(&seen), value) == Side::Here {
            self.settled.insert(place, None);
            return;
        }
        if value.as_str() == Some(Status::Preferred.as_str()) {
            demote(section);
        }
        section.terms[at].keys.insert("status", value.clone());
    }

    /// States the usage that was true of a term unstated, and is so no more since another has become preferred or
    /// ceased to be.
    fn state_usage(&self, facts: &mut Facts) {
        for ((section, at), status) in &self.settled {
            let section = &mut facts.sections[*section];
            if let Some(status) = status
                && status.as_str() != Some(effective(section, *at).as_str())
            {
                section.terms[*at].keys.insert("status", status.clone());
            }
        }
    }

    /// The term that an entry is, in any section of its language: the most alike. Of those that are the same, the n-th
    /// for the n-th of them in the imported entry (counted from 0), or the last.
    fn same_term(
        &self,
        facts: &Facts,
        tag: &LangTag,
        entry: &TermEntry,
        nth: usize,
    ) -> Option<(usize, usize, Likeness)> {
        let likeness = |(section, at): (usize, usize)| {
            let known = facts.sections[section].terms[at].entry();
            like(tag, &known, entry).map(|likeness| (section, at, likeness))
        };
        let mut alike: Vec<_> = self.index.near(tag, entry).into_iter().filter_map(likeness).collect();
        let most = alike.iter().map(|(.., likeness)| *likeness).max();
        alike.retain(|(.., likeness)| Some(*likeness) == most);
        let exact = most == Some(Likeness::Exact);
        alike.get(if exact { nth.min(alike.len() - 1) } else { 0 }).copied()
    }

    /// A term that is not there: behind the others of its language, and preferred only if that is decided.
    fn new_term(&mut self, facts: &mut Facts, tag: &LangTag, mut term: TermFacts) {
        let at = section_for(facts, tag);
        let section = &mut facts.sections[at];
        term.slot = format!("{}\u{0}new{}", term.slot, section.terms.len());
        if is_preferred(&term) && !section.terms.is_empty() {
            let preferred = Value::from(preferred(section));
            let field = format!("terms.{} preferred", section.tag);
            match self.ask(field, Some(&preferred), &Value::from(term.text())) {
                Side::There => demote(section),
                Side::Here => _ = term.keys.remove("status"),
            }
        }
        let place = (at, section.terms.len());
        if let Some(status) = term.keys.get("status") {
            self.settled.insert(place, Some(status.clone()));
        }
        self.index.add(&section.tag, &term.entry(), place);
        section.terms.push(term);
    }
}

/// Two lists as one; `None` for what are no lists.
fn joined(known: &Value, more: &Value) -> Option<Value> {
    let (known, more) = (known.as_array()?, more.as_array()?);
    let new = more.iter().filter(|item| !known.contains(item));
    Some(Value::Array(known.iter().chain(new).cloned().collect()))
}

/// The terms of these facts, to be found by their forms.
fn index_of(facts: &Facts) -> TermIndex<(usize, usize)> {
    let mut index = TermIndex::default();
    for (section, of) in facts.sections.iter().enumerate() {
        for (at, term) in of.terms.iter().enumerate() {
            index.add(&of.tag, &term.entry(), (section, at));
        }
    }
    index
}

/// The section that a new term of this tag goes to: that of the tag, else one of the same language where either
/// is without a region, else a new one.
fn section_for(facts: &mut Facts, tag: &LangTag) -> usize {
    let same = |section: &SectionFacts| section.tag == *tag;
    let general = |section: &SectionFacts| {
        primary(&section.tag) == primary(tag) && (section.tag.region().is_none() || tag.region().is_none())
    };
    let found = facts.sections.iter().position(same).or_else(|| facts.sections.iter().position(general));
    found.unwrap_or_else(|| {
        facts.sections.push(SectionFacts { tag: tag.clone(), terms: Vec::new() });
        facts.sections.len() - 1
    })
}

/// The usage of a term as readers see it now.
fn effective(section: &SectionFacts, at: usize) -> Status {
    let entry = section.terms[at].entry();
    let leads = || at == 0 && !section.terms.iter().any(is_preferred);
    Status::effective(entry.status, entry.forbidden, leads)
}

/// Whether a term is stated as preferred.
fn is_preferred(term: &TermFacts) -> bool {
    term.keys.get("status").and_then(Value::as_str) == Some(Status::Preferred.as_str())
}

/// The text of the preferred term of a section.
fn preferred(section: &SectionFacts) -> &str {
    let stated = section.terms.iter().find(|term| is_preferred(term));
    stated.or(section.terms.first()).map_or("", TermFacts::text)
}

/// Leaves no term stated as preferred: another one is to be.
fn demote(section: &mut SectionFacts) {
    for term in &mut section.terms {
        if is_preferred(term) {
            term.keys.insert("status", Value::from(Status::Admitted.as_str()));
        }
    }
}
