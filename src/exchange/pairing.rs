//! Finding the concept that is the same as another: by id, by the preferred pair, by terms that are one to the
//! matcher, whatever their number, case and accents.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::lang::Lang;
use crate::matcher::expand::{expand, is_acronym};
use crate::termbase::lint::{may_meet, one_word};
use crate::termbase::{Concept, LangTag, TermEntry};
use crate::text::tokens::phrase_key;

/// What is found for a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// The concept at this index.
    Same(usize),
    /// It may be each of these, and nothing tells which.
    Ambiguous(Vec<usize>),
    /// None.
    New,
}

/// How like two terms are, the better the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// One is an inflected form of the other.
    Inflected,
    /// They differ in case, accents and typography.
    Typography,
    /// They are the same.
    Exact,
}

/// Concepts by their ids, preferred pairs, and the forms of their terms.
#[derive(Debug, Default)]
pub struct Pairing {
    ids: FxHashMap<String, usize>,
    pairs: Places<usize>,
    forms: Places<usize>,
}

impl Pairing {
    /// An index of these concepts.
    pub fn of<'c>(concepts: impl IntoIterator<Item = &'c Concept>) -> Pairing {
        let mut pairing = Pairing::default();
        for (at, concept) in concepts.into_iter().enumerate() {
            pairing.add(at, concept);
        }
        pairing
    }

    /// Takes a concept in, or what has been added to one.
    pub fn add(&mut self, at: usize, concept: &Concept) {
        self.ids.entry(concept.id.0.clone()).or_insert(at);
        if let Some(pair) = preferred_pair(concept) {
            self.pairs.add(pair, at);
        }
        for (tag, entry) in terms(concept) {
            for key in form_keys(tag, entry) {
                self.forms.add(key, at);
            }
        }
    }

    /// The index of the concept with an id.
    pub fn id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// Which of the concepts is the same as this one. `may_be` rules out those that are known not to be.
    pub fn find(&self, concept: &Concept, concepts: &[Concept], may_be: impl Fn(usize) -> bool) -> Sameness {
        let by_id = self.id(concept.id.as_str()).filter(|_| concept.id_written);
        if let Some(at) = by_id.filter(|at| may_be(*at) && !contradict(&concepts[*at], concept)) {
            return Sameness::Same(at);
        }
        let usable = |at: &usize| may_be(*at) && share_scope(&concepts[*at], concept);
        let of_pair = preferred_pair(concept).into_iter().flat_map(|pair| self.pairs.of(pair));
        let mut of_pair: Vec<usize> = of_pair.filter(usable).collect();
        of_pair.sort_unstable();
        match best(&of_pair, concept, concepts) {
            Sameness::New => best(
                &self.candidates(concept).into_iter().filter(usable).collect::<Vec<_>>(),
                concept,
                concepts,
            ),
            found => found,
        }
    }

    /// The concepts that have a form of a term in common with this one, in order.
    fn candidates(&self, concept: &Concept) -> Vec<usize> {
        let mut found = FxHashSet::default();
        for (tag, entry) in terms(concept) {
            for key in form_keys(tag, entry) {
                found.extend(self.forms.of(key));
            }
        }
        let mut found: Vec<usize> = found.into_iter().collect();
        found.sort_unstable();
        found
    }
}

/// Where something is, by a hash: the forms of all terms of a large glossary would take hundreds of megabytes. Who asks
/// compares what is found, so that two with the same hash do no harm.
#[derive(Debug)]
struct Places<T> {
    /// The last of those with a hash.
    last: FxHashMap<u64, u32>,
    /// Each with the one before of the same hash.
    all: Vec<(T, Option<u32>)>,
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Places { last: FxHashMap::default(), all: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Places<T> {
    fn add(&mut self, hash: u64, at: T) {
        let before = self.last.get(&hash).copied();
        if before.is_some_and(|before| self.all[before as usize].0 == at) {
            return;
        }
        self.last.insert(hash, self.all.len() as u32);
        self.all.push((at, before));
    }

    /// All that was added under a hash, the last first.
    fn of(&self, hash: u64) -> impl Iterator<Item = T> {
        let mut next = self.last.get(&hash).copied();
        std::iter::from_fn(move || {
            let (at, before) = self.all[next? as usize];
            next = before;
            Some(at)
        })
    }
}

/// The one that has most in common; those that are equally near are told.
fn best(candidates: &[usize], concept: &Concept, concepts: &[Concept]) -> Sameness {
    let scored = candidates.iter().filter_map(|&at| Some((common(&concepts[at], concept)?, at)));
    let scored: Vec<(usize, usize)> = scored.collect();
    let most = scored.iter().map(|(score, _)| *score).max();
    let nearest: Vec<usize> =
        scored.iter().filter(|(score, _)| Some(*score) == most).map(|(_, at)| *at).collect();
    match nearest.as_slice() {
        [] => Sameness::New,
        [one] => Sameness::Same(*one),
        _ => Sameness::Ambiguous(nearest),
    }
}

/// How much two concepts have in common; `None` where a language that both have has no term in common, or they have no
/// language in common.
fn common(one: &Concept, other: &Concept) -> Option<usize> {
    let scores = shared(one, other);
    let all = !scores.is_empty() && scores.iter().all(|score| *score > 0);
    all.then(|| scores.iter().sum())
}

/// Whether two entries cannot be one, for they have a language in common and no term of it.
pub(super) fn contradict(one: &Concept, other: &Concept) -> bool {
    let scores = shared(one, other);
    !scores.is_empty() && scores.iter().all(|score| *score == 0)
}

/// How much two concepts have in common in each language that both have.
fn shared(one: &Concept, other: &Concept) -> Vec<usize> {
    let known: Vec<(&LangTag, &TermEntry)> = terms(one).collect();
    let mut index = TermIndex::default();
    for (at, (tag, entry)) in known.iter().enumerate() {
        index.add(tag, entry, at);
    }
    let likeness = |(tag, entry): (&LangTag, &TermEntry)| {
        index.near(tag, entry).into_iter().filter_map(|at| like(tag, known[at].1, entry)).max()
    };
    let (of_one, of_other) = (languages_of(one), languages_of(other));
    let both = of_one.into_iter().filter(|language| of_other.contains(language));
    let score = |language: &str| {
        let likenesses = terms(other).filter(|(tag, _)| primary(tag) == language).filter_map(likeness);
        likenesses.map(|likeness| likeness as usize + 1).sum()
    };
    both.map(score).collect()
}

/// Terms by the keys of their forms, so that only those which can be alike are compared.
#[derive(Debug)]
pub(super) struct TermIndex<T> {
    places: Places<T>,
}

impl<T> Default for TermIndex<T> {
    fn default() -> Self {
        TermIndex { places: Places::default() }
    }
}

impl<T: Copy + Ord> TermIndex<T> {
    /// Adds a term with where it is.
    pub(super) fn add(&mut self, tag: &LangTag, entry: &TermEntry, at: T) {
        for key in form_keys(tag, entry) {
            self.places.add(key, at);
        }
    }

    /// Where the terms are that may be the same as this one, in order.
    pub(super) fn near(&self, tag: &LangTag, entry: &TermEntry) -> Vec<T> {
        let mut near: Vec<T> =
            form_keys(tag, entry).into_iter().flat_map(|key| self.places.of(key)).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

fn share_scope(one: &Concept, other: &Concept) -> bool {
    may_meet(one.client.as_ref(), other.client.as_ref())
        && may_meet(one.project.as_ref(), other.project.as_ref())
}

/// How like two terms of a language are; `None` where they are two words.
pub(super) fn like(tag: &LangTag, one: &TermEntry, other: &TermEntry) -> Option<Likeness> {
    if one.term == other.term {
        return Some(Likeness::Exact);
    }
    let Some(lang) = tag.lang() else {
        return (phrase_key(&one.term) == phrase_key(&other.term)).then_some(Likeness::Typography);
    };
    if phrase_key(&one.term) == phrase_key(&other.term) {
        return one_word(lang, &one.term, &other.term).then_some(Likeness::Typography);
    }
    if squeezed(one).is_some_and(|key| squeezed(other) == Some(key)) {
        return Some(Likeness::Typography);
    }
    (is_form(lang, one, &other.term) || is_form(lang, other, &one.term)).then_some(Likeness::Inflected)
}

/// The key of an acronym without what parts its letters (T-MEC, TMEC; EE. UU., EEUU), as the matcher takes it.
fn squeezed(entry: &TermEntry) -> Option<String> {
    is_acronym(entry).then(|| phrase_key(&entry.term).replace(' ', ""))
}

fn is_form(lang: Lang, entry: &TermEntry, text: &str) -> bool {
    let key = phrase_key(text);
    let forms = expand(entry, lang).forms;
    forms.iter().any(|form| phrase_key(&form.text) == key && one_word(lang, &form.text, text))
}

/// The hashes of a term's forms, each with its language.
fn form_keys(tag: &LangTag, entry: &TermEntry) -> Vec<u64> {
    let key = |form: &str| FxBuildHasher.hash_one((primary(tag), form));
    let mut keys = vec![key(&phrase_key(&entry.term))];
    if let Some(lang) = tag.lang() {
        keys.extend(expand(entry, lang).forms.iter().map(|form| key(&phrase_key(&form.text))));
    }
    keys.extend(squeezed(entry).map(|form| key(&form)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The hash of the preferred terms of both languages.
fn preferred_pair(concept: &Concept) -> Option<u64> {
    let key = |lang| concept.preferred(lang).map(|entry| phrase_key(&entry.term));
    Some(FxBuildHasher.hash_one((key(Lang::Es)?, key(Lang::En)?)))
}

/// The terms with the tags of their sections.
fn terms(concept: &Concept) -> impl Iterator<Item = (&LangTag, &TermEntry)> {
    concept.sections.iter().flat_map(|section| section.terms.iter().map(|entry| (&section.tag, entry)))
}

fn languages_of(concept: &Concept) -> Vec<&str> {
    let mut languages: Vec<&str> = concept.sections.iter().map(|section| primary(&section.tag)).collect();
    languages.sort_unstable();
    languages.dedup();
    languages
}

/// The primary subtag.
pub(super) fn primary(tag: &LangTag) -> &str {
    tag.as_str().split(['-', '_']).next().unwrap_or_default()
}
