//! What is different between two termbases, by concept and field.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use toml::Value;

use super::facts::{Facts, TEXT, TermFacts, shown};
use super::pairing::{Pairing, Sameness};
use crate::termbase::{Concept, Termbase};

/// A concept that is not the same in two termbases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Difference {
    /// It is only in the second.
    Added {
        /// Its id there.
        concept: String,
        /// What is stated of it.
        fields: Vec<FieldChange>,
    },
    /// It is only in the first.
    Removed {
        /// Its id there.
        concept: String,
        /// What was stated of it.
        fields: Vec<FieldChange>,
    },
    /// It is in both.
    Changed {
        /// Its id in the second.
        concept: String,
        /// Its id in the first, where it is another.
        #[serde(skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        /// What is different.
        fields: Vec<FieldChange>,
    },
}

/// A field that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The key (`note`, `definition.es`, `terms.es`, `terms.es “arancel” status`).
    pub field: String,
    /// What it was; `None` for nothing.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// The differences between two termbases: in the order of the second, then what only the first has.
pub fn differences(before: &Termbase, after: &Termbase) -> Vec<Difference> {
    let old: Vec<Concept> = before.concepts.iter().cloned().collect();
    let partners = partners(&old, after);
    let mut differences = Vec::new();
    for (concept, partner) in after.concepts.iter().zip(&partners) {
        let of = partner.map(|at| &old[at]);
        differences.extend(difference(of, Some(concept)));
    }
    let kept: HashSet<usize> = partners.into_iter().flatten().collect();
    let gone = old.iter().enumerate().filter(|(at, _)| !kept.contains(at));
    differences.extend(gone.filter_map(|(_, concept)| difference(Some(concept), None)));
    differences
}

/// For each concept of the later termbase the one that it was: that of its id, else one that is the same.
fn partners(old: &[Concept], after: &Termbase) -> Vec<Option<usize>> {
    let pairing = Pairing::of(old);
    let mut partners: Vec<Option<usize>> =
        after.concepts.iter().map(|concept| pairing.id(concept.id.as_str())).collect();
    let mut taken: HashSet<usize> = partners.iter().flatten().copied().collect();
    for (at, concept) in after.concepts.iter().enumerate() {
        if partners[at].is_none()
            && let Sameness::Same(partner) = pairing.find(concept, old, |at| !taken.contains(&at))
        {
            partners[at] = Some(partner);
            taken.insert(partner);
        }
    }
    partners
}

fn difference(before: Option<&Concept>, after: Option<&Concept>) -> Option<Difference> {
    let id = |concept: &Concept| concept.id.0.clone();
    let fields = entry_changes(before, after);
    match (before, after) {
        (None, Some(after)) => Some(Difference::Added { concept: id(after), fields }),
        (Some(before), None) => Some(Difference::Removed { concept: id(before), fields }),
        (Some(before), Some(after)) => {
            let was = (before.id != after.id).then(|| id(before));
            let same = fields.is_empty() && was.is_none();
            (!same).then(|| Difference::Changed { concept: id(after), was, fields })
        }
        (None, None) => None,
    }
}

/// What is different between two states of a concept.
pub fn entry_changes(before: Option<&Concept>, after: Option<&Concept>) -> Vec<FieldChange> {
    let old = before.map(Facts::of).unwrap_or_default();
    let new = after.map(|after| Facts::since(after, &old)).unwrap_or_default();
    let mut changes = Vec::new();
    let mut tags: Vec<_> =
        old.sections.iter().chain(&new.sections).map(|section| section.tag.clone()).collect();
    let mut seen = HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    for tag in tags {
        let (before, after) = (old.section(&tag), new.section(&tag));
        let terms = |section: Option<&'_ super::facts::SectionFacts>| {
            section.map(|s| s.terms.clone()).unwrap_or_default()
        };
        terms_changes(tag.as_str(), &terms(before), &terms(after), &mut changes);
    }
    key_changes("", &old.keys, &new.keys, &mut changes);
    changes
}

fn terms_changes(tag: &str, before: &[TermFacts], after: &[TermFacts], changes: &mut Vec<FieldChange>) {
    let none = BTreeMap::new();
    for old in before {
        if !after.iter().any(|new| new.slot == old.slot) {
            key_changes(&format!("terms.{tag}"), &text_only(old), &none, changes);
        }
    }
    for new in after {
        match before.iter().find(|old| old.slot == new.slot) {
            None => {
                key_changes(&format!("terms.{tag}"), &none, &text_only(new), changes);
                key_changes(&format!("terms.{tag} “{}”", new.text()), &none, &without_text(new), changes);
            }
            Some(old) => {
                key_changes(&format!("terms.{tag}"), &text_only(old), &text_only(new), changes);
                key_changes(
                    &format!("terms.{tag} “{}”", new.text()),
                    &without_text(old),
                    &without_text(new),
                    changes,
                );
            }
        }
    }
    let order = |terms: &[TermFacts], others: &[TermFacts]| {
        let kept = terms.iter().filter(|term| others.iter().any(|other| other.slot == term.slot));
        kept.map(|term| term.slot.clone()).collect::<Vec<_>>()
    };
    if order(before, after) != order(after, before) {
        let list =
            |terms: &[TermFacts]| Some(terms.iter().map(TermFacts::text).collect::<Vec<_>>().join(" · "));
        changes.push(FieldChange {
            field: format!("terms.{tag} order"),
            before: list(before),
            after: list(after),
        });
    }
}

fn text_only(term: &TermFacts) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([("", Value::from(term.text()))])
}

fn without_text(term: &TermFacts) -> BTreeMap<&'static str, Value> {
    term.keys.iter().filter(|(key, _)| **key != TEXT).map(|(key, value)| (*key, value.clone())).collect()
}

fn key_changes<K: Ord + ToString>(
    name: &str,
    before: &BTreeMap<K, Value>,
    after: &BTreeMap<K, Value>,
    changes: &mut Vec<FieldChange>,
) {
    let removed = before.keys().filter(|key| !after.contains_key(key));
    for key in after.keys().chain(removed) {
        let (old, new) = (before.get(key), after.get(key));
        if old != new {
            let field = format!("{name} {}", key.to_string());
            let field = field.trim().to_owned();
            changes.push(FieldChange { field, before: old.map(shown), after: new.map(shown) });
        }
    }
}
