//! What rules ask of the whole termbase, found once for all texts: which concepts are not to be confused, what longer
//! terms are headed by, which forms are terms.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::rendering::head;
use super::words::telling;
use crate::lang::Lang;
use crate::termbase::{Concept, TermEntry, Termbase};
use crate::text::fold;

/// The stems of the telling words of some terms.
type Stems = Vec<Vec<String>>;

/// Tables that are made when a rule first asks for them.
#[derive(Debug, Default)]
pub(super) struct Index {
    confusable: OnceLock<FxHashMap<u32, Vec<u32>>>,
    heads: OnceLock<[FxHashMap<String, FxHashSet<String>>; 2]>,
    forms: OnceLock<[FxHashSet<String>; 2]>,
    stems: OnceLock<Vec<[OnceLock<Stems>; 2]>>,
}

impl Index {
    /// The concepts that one is not to be confused with, whichever of the two says so, kin left out.
    pub(super) fn confusable(&self, termbase: &Termbase, concept: u32) -> &[u32] {
        let all = self.confusable.get_or_init(|| confusable(termbase));
        all.get(&concept).map_or(&[], Vec::as_slice)
    }

    /// The stems that head longer terms of the other language, where a stem heads those of this one: *tráfico* for
    /// smuggling, since gun smuggling is *tráfico de armas*.
    pub(super) fn heads(&self, termbase: &Termbase, lang: Lang, stem: &str) -> Option<&FxHashSet<String>> {
        self.heads.get_or_init(|| Lang::ALL.map(|lang| heads(termbase, lang)))[lang as usize].get(stem)
    }

    /// The stems of the telling words of a concept's terms of a language, in their order.
    pub(super) fn stems(&self, termbase: &Termbase, concept: u32, lang: Lang) -> &[Vec<String>] {
        let all = self.stems.get_or_init(|| termbase.concepts.iter().map(|_| Default::default()).collect());
        all[concept as usize][lang as usize].get_or_init(|| {
            let terms = termbase.concepts[concept as usize].terms_of(lang);
            terms.map(|term| telling(&term.term, lang)).collect()
        })
    }

    /// Whether a form, as [`fold::key`] leaves it, is a term of a language.
    pub(super) fn is_term(&self, termbase: &Termbase, lang: Lang, form: &str) -> bool {
        self.forms.get_or_init(|| Lang::ALL.map(|lang| forms(termbase, lang)))[lang as usize].contains(form)
    }
}

fn confusable(termbase: &Termbase) -> FxHashMap<u32, Vec<u32>> {
    let mut all: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let is_kin =
        |one: &Concept, other: &Concept| one.related.contains(&other.id) || one.broader.contains(&other.id);
    for (at, concept) in termbase.concepts.iter().enumerate() {
        for id in &concept.not_to_confuse {
            let Some(other_at) = termbase.find(id.as_str()).filter(|other| *other != at) else { continue };
            let other = &termbase.concepts[other_at];
            if !is_kin(concept, other) && !is_kin(other, concept) {
                all.entry(at as u32).or_default().push(other_at as u32);
                all.entry(other_at as u32).or_default().push(at as u32);
            }
        }
    }
    // What is not to be confused with a concept is neither with those under it: a quota is no import duty.
    let under: Vec<(u32, u32)> = all
        .iter()
        .flat_map(|(&one, others)| others.iter().map(move |&other| (one, other)))
        .flat_map(|(one, other)| narrower(termbase, other).map(move |narrow| (one, narrow)))
        .filter(|&(one, narrow)| {
            let [one, narrow] = [one, narrow].map(|at| &termbase.concepts[at as usize]);
            !is_kin(one, narrow) && !is_kin(narrow, one)
        })
        .collect();
    for (one, other) in under {
        all.entry(one).or_default().push(other);
        all.entry(other).or_default().push(one);
    }
    for others in all.values_mut() {
        others.sort_unstable();
        others.dedup();
    }
    all
}

/// The concepts that one is named the broader of.
fn narrower(termbase: &Termbase, broad: u32) -> impl Iterator<Item = u32> {
    let id = &termbase.concepts[broad as usize].id;
    let all = termbase.concepts.iter().enumerate();
    all.filter(move |(_, concept)| concept.broader.contains(id)).map(|(at, _)| at as u32)
}

fn heads(termbase: &Termbase, lang: Lang) -> FxHashMap<String, FxHashSet<String>> {
    let mut all: FxHashMap<String, FxHashSet<String>> = FxHashMap::default();
    let of = |concept: &Concept, lang: Lang| -> Vec<String> {
        let longer = concept.terms_of(lang).filter(|term| term.is_usable() && term.term.contains(' '));
        longer.filter_map(|term: &TermEntry| head(&telling(&term.term, lang), term, lang).cloned()).collect()
    };
    for concept in termbase.concepts.iter() {
        let others = of(concept, lang.other());
        for stem in of(concept, lang) {
            all.entry(stem).or_default().extend(others.iter().cloned());
        }
    }
    all
}

fn forms(termbase: &Termbase, lang: Lang) -> FxHashSet<String> {
    let terms = termbase.concepts.iter().flat_map(|concept| concept.terms_of(lang));
    terms.map(|term| fold::key(&term.term)).collect()
}
