//! Merging two changes of a concept: field by field and term by term, against the state that both began with.
//!
//! What only one side has changed is taken from it; what both have changed in the same way is so; what they have
//! changed differently is a conflict, in which the preferred side wins until somebody decides. The merge is that of
//! diff3 (Khanna, Kunal, Pierce: “A Formal Investigation of Diff3”, FSTTCS 2007) with fields in the place of lines.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use toml::Value;

use super::facts::{Facts, SectionFacts, TermFacts, agree, shown};
use super::pairing::contradict;
use crate::termbase::{Concept, ConceptId, LangTag};

/// What a conflict about a whole concept is called.
pub(super) const CONCEPT: &str = "concept";

/// Which side wins where both have changed a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// The first.
    #[default]
    Ours,
    /// The second.
    Theirs,
}

/// A field that both sides have changed, each in its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldConflict {
    /// The key (`note`, `definition.es`), or the term with its key (`terms.es “arancel” status`).
    pub field: String,
    /// What both began with; `None` for nothing.
    pub base: Option<String>,
    /// What the first made of it.
    pub ours: Option<String>,
    /// What the second made of it.
    pub theirs: Option<String>,
}

/// What a merge gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The concept; `None` where it is gone.
    pub concept: Option<Concept>,
    /// What has to be decided.
    pub conflicts: Vec<FieldConflict>,
}

/// Merges two states of a concept that come from the same one. `None` is a concept that is not there.
pub fn merge(
    base: Option<&Concept>,
    ours: Option<&Concept>,
    theirs: Option<&Concept>,
    prefer: Prefer,
) -> Merged {
    let facts = |side: Option<&Concept>, base: &Facts| side.map(|concept| Facts::since(concept, base));
    let before = base.map(Facts::of).unwrap_or_default();
    let (mut mine, mut other) = (facts(ours, &before), facts(theirs, &before));
    if let (Some(mine), Some(other)) = (&mut mine, &mut other) {
        agree(&before, mine, other);
    }
    let id = id(base, ours, theirs);
    if let (None, Some(ours), Some(theirs)) = (base, ours, theirs)
        && contradict(ours, theirs)
    {
        return two_of_one_id(ours, theirs, prefer);
    }
    match (mine, other) {
        (None, None) => Merged::default(),
        (Some(facts), None) | (None, Some(facts)) => {
            one_sided(base.map(|_| &before), &facts, ours.is_some(), prefer, id)
        }
        (Some(mine), Some(other)) => {
            let mut conflicts = Vec::new();
            let facts = merge_facts(&before, &mine, &other, &mut |conflict| {
                conflicts.push(conflict);
                prefer
            });
            Merged { concept: Some(facts.concept(id)), conflicts }
        }
    }
}

/// Merges facts whose terms bear the names of the first state; `decide` is asked which side is right where both have
/// changed something.
pub(super) fn merge_facts(
    base: &Facts,
    ours: &Facts,
    theirs: &Facts,
    decide: &mut dyn FnMut(FieldConflict) -> Prefer,
) -> Facts {
    Merge { decide }.facts(base, ours, theirs)
}

fn id(base: Option<&Concept>, ours: Option<&Concept>, theirs: Option<&Concept>) -> ConceptId {
    let written = |concept: &&Concept| concept.id_written;
    let sides = [ours, theirs, base];
    let any = || sides.iter().copied().flatten().next();
    let chosen = sides.iter().copied().flatten().find(written).or_else(any);
    chosen.map(|concept| concept.id.clone()).unwrap_or_default()
}

/// A concept that one side does not have: new on the other, or taken out on this one.
fn one_sided(base: Option<&Facts>, facts: &Facts, is_ours: bool, prefer: Prefer, id: ConceptId) -> Merged {
    let kept = Some(facts.concept(id));
    match base {
        None => Merged { concept: kept, conflicts: Vec::new() },
        Some(base) if base == facts => Merged::default(),
        Some(_) => {
            let (gone, changed) = (None, Some("changed".to_owned()));
            let (ours, theirs) = if is_ours { (changed, gone) } else { (gone, changed) };
            let base = Some("there".to_owned());
            let conflict = FieldConflict { field: CONCEPT.to_owned(), base, ours, theirs };
            let is_kept = is_ours == (prefer == Prefer::Ours);
            Merged { concept: kept.filter(|_| is_kept), conflicts: vec![conflict] }
        }
    }
}

/// Two concepts that both sides have made under one id.
fn two_of_one_id(ours: &Concept, theirs: &Concept, prefer: Prefer) -> Merged {
    let terms = |concept: &Concept| {
        let terms = concept.sections.iter().flat_map(|section| &section.terms);
        Some(terms.map(|entry| entry.term.as_str()).collect::<Vec<_>>().join(" · "))
    };
    let (mine, other) = (terms(ours), terms(theirs));
    let conflict = FieldConflict { field: CONCEPT.to_owned(), base: None, ours: mine, theirs: other };
    let chosen = if prefer == Prefer::Ours { ours } else { theirs };
    Merged { concept: Some(chosen.clone()), conflicts: vec![conflict] }
}

struct Merge<'a> {
    decide: &'a mut dyn FnMut(FieldConflict) -> Prefer,
}

impl Merge<'_> {
    fn facts(&mut self, base: &Facts, ours: &Facts, theirs: &Facts) -> Facts {
        let keys = self.keys(&base.keys, &ours.keys, &theirs.keys, ToString::to_string);
        let tags =
            |facts: &Facts| facts.sections.iter().map(|section| section.tag.0.clone()).collect::<Vec<_>>();
        let tags = Order::of(&tags(base), &tags(ours), &tags(theirs)).merged(None);
        let sections = tags.into_iter().map(LangTag).map(|tag| {
            let empty = SectionFacts { tag: tag.clone(), terms: Vec::new() };
            let side = |facts: &Facts| facts.section(&tag).cloned().unwrap_or_else(|| empty.clone());
            self.section(&side(base), &side(ours), &side(theirs))
        });
        let sections = sections.filter(|section| !section.terms.is_empty()).collect();
        Facts { keys, sections }
    }

    /// Merges keys with their values.
    fn keys<K: Ord + Clone>(
        &mut self,
        base: &BTreeMap<K, Value>,
        ours: &BTreeMap<K, Value>,
        theirs: &BTreeMap<K, Value>,
        field: impl Fn(&K) -> String,
    ) -> BTreeMap<K, Value> {
        let all: BTreeSet<&K> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
        let merged = all.into_iter().filter_map(|key| {
            let (base, ours, theirs) = (base.get(key), ours.get(key), theirs.get(key));
            Some((key.clone(), self.value(base, ours, theirs, || field(key))?.clone()))
        });
        merged.collect()
    }

    fn value<'v>(
        &mut self,
        base: Option<&Value>,
        ours: Option<&'v Value>,
        theirs: Option<&'v Value>,
        field: impl Fn() -> String,
    ) -> Option<&'v Value> {
        if theirs == base || ours == theirs {
            return ours;
        }
        if ours == base {
            return theirs;
        }
        let text = |value: Option<&Value>| value.map(shown);
        let (base, mine, other) = (text(base), text(ours), text(theirs));
        let conflict = FieldConflict { field: field(), base, ours: mine, theirs: other };
        if (self.decide)(conflict) == Prefer::Ours { ours } else { theirs }
    }

    fn section(&mut self, base: &SectionFacts, ours: &SectionFacts, theirs: &SectionFacts) -> SectionFacts {
        let slots = |side: &[&TermFacts]| side.iter().map(|term| term.slot.clone()).collect::<Vec<_>>();
        let (mine, other) = (staying(base, ours, theirs), staying(base, theirs, ours));
        let before = slots(&base.terms.iter().collect::<Vec<_>>());
        let (mine, other) = (slots(&mine), slots(&other));
        let order = Order::of(&before, &mine, &other);
        let is_contested = order.is_contested() || are_leads_contested(base, ours, theirs);
        let prefer = is_contested.then(|| {
            let texts = |side: &SectionFacts| {
                Some(side.terms.iter().map(TermFacts::text).collect::<Vec<_>>().join(" · "))
            };
            let field = format!("terms.{} order", ours.tag);
            let (base, mine, other) = (texts(base), texts(ours), texts(theirs));
            (self.decide)(FieldConflict { field, base, ours: mine, theirs: other })
        });
        let mut terms: Vec<TermFacts> = Vec::new();
        for slot in order.merged(prefer) {
            let sides = [base.term(&slot), ours.term(&slot), theirs.term(&slot)];
            let merged = self.term(&ours.tag, &slot, sides);
            // Both may have added or respelled what then is one term.
            let beside = |one: &TermFacts| {
                [ours, theirs].iter().any(|side| side.term(&one.slot).is_some() && side.term(&slot).is_some())
            };
            let is_twice = |term: &TermFacts| terms.iter().any(|one| one.keys == term.keys && !beside(one));
            terms.extend(merged.filter(|term| !is_twice(term)));
        }
        SectionFacts { tag: ours.tag.clone(), terms }
    }

    /// A term that is there on one side or both.
    fn term(&mut self, tag: &LangTag, slot: &str, sides: [Option<&TermFacts>; 3]) -> Option<TermFacts> {
        let [base, ours, theirs] = sides;
        let name = format!("terms.{tag} “{}”", slot.split('\u{0}').next().unwrap_or(slot));
        match (base, ours, theirs) {
            (_, Some(ours), Some(theirs)) if !are_apart(base, ours, theirs) => {
                let none = BTreeMap::new();
                let before = base.map_or(&none, |base| &base.keys);
                let keys = self.keys(before, &ours.keys, &theirs.keys, |key| format!("{name} {key}"));
                Some(TermFacts { slot: slot.to_owned(), keys })
            }
            (None, Some(only), None) | (None, None, Some(only)) => Some(only.clone()),
            // What is said of a term goes with it: with one of two others, or with none.
            _ => {
                let conflict = FieldConflict {
                    field: name,
                    base: base.map(stated),
                    ours: ours.map(stated),
                    theirs: theirs.map(stated),
                };
                if (self.decide)(conflict) == Prefer::Ours { ours } else { theirs }.cloned()
            }
        }
    }
}

/// Whether both sides have made another term of one, each its own.
fn are_apart(base: Option<&TermFacts>, ours: &TermFacts, theirs: &TermFacts) -> bool {
    base.is_some_and(|base| base.text() != ours.text() && base.text() != theirs.text())
        && ours.text() != theirs.text()
}

/// A term with what is said of it.
fn stated(term: &TermFacts) -> String {
    match term.keys.len() {
        1 => term.text().to_owned(),
        _ => shown(&Value::Table(
            term.keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        )),
    }
}

/// The terms of a side without those that the other one has taken out and this one has left as they were.
fn staying<'s>(base: &SectionFacts, side: &'s SectionFacts, other: &SectionFacts) -> Vec<&'s TermFacts> {
    let was = |term: &TermFacts| base.term(&term.slot).is_some_and(|base| base.keys == term.keys);
    side.terms.iter().filter(|term| other.term(&term.slot).is_some() || !was(term)).collect()
}

/// Whether both sides have another first term than there was, which is the preferred one unless that is stated, and
/// the first of those that stay is not the same.
fn are_leads_contested(base: &SectionFacts, ours: &SectionFacts, theirs: &SectionFacts) -> bool {
    let first = |side: &SectionFacts| side.terms.first().map(|term| term.slot.clone());
    let was = first(base);
    let lead = |side, other| staying(base, side, other).first().copied();
    first(ours) != was
        && first(theirs) != was
        && lead(ours, theirs)
            .zip(lead(theirs, ours))
            .is_some_and(|(mine, other)| mine.slot != other.slot && mine.text() != other.text())
}

/// The order of a list on both sides.
struct Order<'a> {
    ours: &'a [String],
    theirs: &'a [String],
    /// Whether a side has other names before others than there were.
    moved: [bool; 2],
}

impl<'a> Order<'a> {
    fn of(base: &[String], ours: &'a [String], theirs: &'a [String]) -> Order<'a> {
        let is_moved = |side: &[String]| !same_order(side, base);
        Order { ours, theirs, moved: [is_moved(ours), is_moved(theirs)] }
    }

    /// Whether both have moved names, each in its way.
    fn is_contested(&self) -> bool {
        self.moved == [true, true] && !same_order(self.ours, self.theirs)
    }

    /// The names in order: that of the side that has moved some, of the preferred one where the order is `contested`,
    /// whose first then stays the first; with what only the other has behind the name that it follows there.
    fn merged(&self, contested: Option<Prefer>) -> Vec<String> {
        let theirs_leads = contested.map_or(self.moved == [false, true], |prefer| prefer == Prefer::Theirs);
        let (lead, follow) = if theirs_leads { (self.theirs, self.ours) } else { (self.ours, self.theirs) };
        let mut order = lead.to_vec();
        let start = usize::from(contested.is_some()).min(order.len());
        for (at, name) in follow.iter().enumerate().filter(|(_, name)| !lead.contains(name)) {
            let place = |before: &String| order.iter().position(|known| known == before);
            let behind = follow[..at].iter().rev().find_map(place);
            let mut to = behind.map_or(start, |behind| behind + 1).max(start);
            // What both have put in one place: that of the leading side first.
            to += order[to..].iter().take_while(|known| !follow.contains(known)).count();
            order.insert(to, name.clone());
        }
        order
    }
}

/// Whether the names that two lists have in common are in one order.
fn same_order(one: &[String], other: &[String]) -> bool {
    let kept = one.iter().filter(|name| other.contains(name));
    kept.eq(other.iter().filter(|name| one.contains(name)))
}
