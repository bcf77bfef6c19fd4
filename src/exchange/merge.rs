//! Merging two changes of a concept: field by field and term by term, against the state that both began with.
//!
//! What only one side has changed is taken from it; what both have changed in the same way is so; what they have
//! changed differently is a conflict, in which the preferred side wins until somebody decides. The merge is that of
//! diff3 (Khanna, Kunal, Pierce: “A Formal Investigation of Diff3”, FSTTCS 2007) with fields in the place of lines.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use toml::Value;

use super::facts::{Facts, SectionFacts, TEXT, TermFacts, shown};
use crate::termbase::{Concept, ConceptId, LangTag};

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
        mine.agree(other);
        other.agree(mine);
    }
    let id = id(base, ours, theirs);
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
            let conflict = FieldConflict { field: "concept".to_owned(), base, ours, theirs };
            let is_kept = is_ours == (prefer == Prefer::Ours);
            Merged { concept: kept.filter(|_| is_kept), conflicts: vec![conflict] }
        }
    }
}

struct Merge<'a> {
    decide: &'a mut dyn FnMut(FieldConflict) -> Prefer,
}

impl Merge<'_> {
    fn facts(&mut self, base: &Facts, ours: &Facts, theirs: &Facts) -> Facts {
        let keys = self.keys(&base.keys, &ours.keys, &theirs.keys, ToString::to_string);
        let tags =
            |facts: &Facts| facts.sections.iter().map(|section| section.tag.0.clone()).collect::<Vec<_>>();
        let tags = Order::of(&tags(base), &tags(ours), &tags(theirs)).merged(Prefer::Ours);
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
        let slots = |side: &SectionFacts| side.terms.iter().map(|term| term.slot.clone()).collect::<Vec<_>>();
        let (before, mine, other) = (slots(base), slots(ours), slots(theirs));
        let order = Order::of(&before, &mine, &other);
        let mut prefer = Prefer::Ours;
        if order.is_contested() {
            let texts = |side: &SectionFacts| {
                Some(side.terms.iter().map(TermFacts::text).collect::<Vec<_>>().join(" · "))
            };
            let field = format!("terms.{} order", ours.tag);
            let (base, mine, other) = (texts(base), texts(ours), texts(theirs));
            prefer = (self.decide)(FieldConflict { field, base, ours: mine, theirs: other });
        }
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
            (_, Some(ours), Some(theirs)) => {
                let none = BTreeMap::new();
                let before = base.map_or(&none, |base| &base.keys);
                let field =
                    |key: &&'static str| if *key == TEXT { name.clone() } else { format!("{name} {key}") };
                let keys = self.keys(before, &ours.keys, &theirs.keys, field);
                Some(TermFacts { slot: slot.to_owned(), keys })
            }
            (None, Some(only), None) | (None, None, Some(only)) => Some(only.clone()),
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) if base.keys == kept.keys => None,
            (Some(base), ..) => {
                let text = |term: &TermFacts| {
                    shown(&Value::Table(
                        term.keys.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect(),
                    ))
                };
                let (mine, other) = (ours.map(text), theirs.map(text));
                let conflict =
                    FieldConflict { field: name, base: Some(text(base)), ours: mine, theirs: other };
                if (self.decide)(conflict) == Prefer::Ours { ours } else { theirs }.cloned()
            }
            (None, None, None) => None,
        }
    }
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

    /// The names in order: that of the side that has moved some, of the preferred one where both have, with what only
    /// the other has behind the name that it follows there. What one side has taken out is still there.
    fn merged(&self, prefer: Prefer) -> Vec<String> {
        let theirs_leads = match self.moved {
            [mine, other] if mine != other => other,
            _ => self.is_contested() && prefer == Prefer::Theirs,
        };
        let (lead, follow) = if theirs_leads { (self.theirs, self.ours) } else { (self.ours, self.theirs) };
        let mut order = lead.to_vec();
        for (at, name) in follow.iter().enumerate() {
            if !order.contains(name) {
                let place = |before: &String| order.iter().position(|known| known == before);
                let behind = follow[..at].iter().rev().find_map(place);
                order.insert(behind.map_or(0, |behind| behind + 1), name.clone());
            }
        }
        order
    }
}

/// Whether the names that two lists have in common are in one order.
fn same_order(one: &[String], other: &[String]) -> bool {
    let kept = one.iter().filter(|name| other.contains(name));
    kept.eq(other.iter().filter(|name| one.contains(name)))
}
