//! How much of a term the other side of a bead has: the term, its words apart, its head, a part of it, or nothing.
//!
//! Later mentions are shorter (*el tratado*, *the brokers*), coordination divides terms (*import and export duties*),
//! and an adjective may do for a noun (*política arancelaria*). None of that is a fault.

use super::words::{Word, are_kin, telling, within};
use super::{Scope, Side};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Concept, ConceptKind, TermEntry};
use crate::text::Span;

/// How much of a term there is, from nothing to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rendering {
    /// Nothing.
    Nothing,
    /// Words of the term, but not what it is: *demandantes de asilo* for *solicitantes de asilo*.
    Part,
    /// What it is: *el tratado*, *los agentes*, *the agency*.
    Head,
    /// All its words, apart or in another class.
    Words,
    /// One of the concept's terms.
    Term,
}

/// How much of a hit's concept stands in some stretches of the other side.
pub(super) fn rendering(scope: &Scope<'_>, hit: &Hit, target: Lang, stretches: &[Span]) -> Rendering {
    let hits = scope.hits_in(target, stretches, target);
    if hits.iter().any(|other| other.term.concept == hit.term.concept) {
        return Rendering::Term;
    }
    let Some(side) = scope.side(target) else { return Rendering::Nothing };
    let concept = scope.concept(hit);
    if hits.iter().any(|other| are_related(concept, scope.concept(other))) {
        return Rendering::Head;
    }
    let stems = scope.index.stems(scope.termbase, hit.term.concept, target);
    let terms = concept.terms_of(target).zip(stems);
    let by_words = terms.map(|(term, telling)| by_words(term, telling, target, side, stretches)).max();
    let by_words = by_words.unwrap_or(Rendering::Nothing);
    if by_words < Rendering::Head && is_named_by_kind(concept, target, side, stretches) {
        return Rendering::Head;
    }
    by_words
}

/// Whether the glossary says that two concepts belong together: *American* and *United States*.
pub(super) fn are_related(one: &Concept, other: &Concept) -> bool {
    let names =
        |one: &Concept, other: &Concept| one.related.contains(&other.id) || one.broader.contains(&other.id);
    names(one, other) || names(other, one)
}

fn by_words(
    term: &TermEntry,
    telling: &[String],
    lang: Lang,
    side: &Side<'_>,
    stretches: &[Span],
) -> Rendering {
    // A former one is one still: exalcalde.
    let is_it = |word: &Word, stem: &String| {
        are_kin(&word.stem, stem) || word.stem.strip_prefix("ex").is_some_and(|rest| are_kin(rest, stem))
    };
    let has = |stem: &String| in_stretches(side, stretches).any(|word| is_it(word, stem));
    let found = telling.iter().filter(|stem| has(stem)).count();
    let head = head(telling, term, lang).is_some_and(has);
    match found {
        0 => Rendering::Nothing,
        _ if found == telling.len() => Rendering::Words,
        _ if head => Rendering::Head,
        _ => Rendering::Part,
    }
}

/// What a term says that its thing is: the first word in Spanish, the last one in English, before “of”.
pub(super) fn head<'s>(telling: &'s [String], term: &TermEntry, lang: Lang) -> Option<&'s String> {
    if lang == Lang::Es {
        return telling.first();
    }
    let before = term.term.split(" of ").next().map_or(0, |before| self::telling(before, lang).len());
    telling.get(before.max(1) - 1)
}

fn in_stretches<'s>(side: &'s Side<'_>, stretches: &'s [Span]) -> impl Iterator<Item = &'s Word> {
    stretches.iter().flat_map(|span| within(&side.words, *span))
}

/// Whether a word names the kind of thing that the concept is: *la dependencia*, *the agency*.
fn is_named_by_kind(concept: &Concept, lang: Lang, side: &Side<'_>, stretches: &[Span]) -> bool {
    let names = concept.kind.map_or(&[] as &[&str], |kind| kinds(kind, lang));
    in_stretches(side, stretches).any(|word| names.contains(&word.stem.as_str()))
}

/// Stems of words for each kind of thing.
fn kinds(kind: ConceptKind, lang: Lang) -> &'static [&'static str] {
    match (kind, lang) {
        (ConceptKind::Institution, Lang::Es) => &[
            "dependent",
            "institucion",
            "organism",
            "agenci",
            "institut",
            "corporacion",
            "autor",
            "oficin",
            "organ",
        ],
        (ConceptKind::Institution, Lang::En) => {
            &["agenc", "institut", "offic", "bodi", "author", "ministri", "depart", "commiss", "bureau"]
        }
        (ConceptKind::Office | ConceptKind::Person, Lang::Es) => {
            &["funcionari", "titul", "jef", "mandatari", "integr", "miembr"]
        }
        (ConceptKind::Office | ConceptKind::Person, Lang::En) => {
            &["offici", "head", "leader", "chief", "member"]
        }
        (ConceptKind::Law, Lang::Es) => &["ley", "trat", "acuerd", "conveni", "norm", "pact"],
        (ConceptKind::Law, Lang::En) => &["law", "act", "treati", "agreement", "pact", "deal", "statut"],
        (ConceptKind::Programme, Lang::Es) => &["program", "polit", "aplic"],
        (ConceptKind::Programme, Lang::En) => &["program", "polici", "app"],
        (ConceptKind::Term | ConceptKind::Event, _) => &[],
    }
}
