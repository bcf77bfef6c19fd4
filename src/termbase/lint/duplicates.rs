//! The same term twice: in a concept, in two concepts, as an acronym of two things.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Glossary, finding};
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::termbase::model::{Concept, TermEntry, TermRef, TermType};
use crate::text::tokens::phrase_key;

/// The same word in two concepts of one scope, unless they name one another as homographs.
pub(super) fn duplicate_terms(glossary: &Glossary<'_>) -> Vec<Finding> {
    let pairs = shared(glossary, |term| !is_acronym(term)).into_iter();
    pairs.filter(|pair| is_same_word(glossary, pair)).map(|pair| duplicate(glossary, &pair)).collect()
}

fn duplicate(glossary: &Glossary<'_>, pair: &Pair) -> Finding {
    let message = format!(
        "the term “{}” is in two concepts, `{}` and `{}`",
        glossary.term(pair.second).term,
        glossary.concept(pair.first).id,
        glossary.concept(pair.second).id
    );
    pair.finding(glossary, "duplicate-term", message)
        .help("merge the two concepts; if they are different things, name each in the other’s not-to-confuse")
}

/// One acronym for two concepts.
pub(super) fn colliding_acronyms(glossary: &Glossary<'_>) -> Vec<Finding> {
    shared(glossary, is_acronym).iter().map(|pair| collision(glossary, pair)).collect()
}

fn collision(glossary: &Glossary<'_>, pair: &Pair) -> Finding {
    let message = format!(
        "the acronym {} stands for two concepts, `{}` and `{}`",
        glossary.term(pair.second).term,
        glossary.concept(pair.first).id,
        glossary.concept(pair.second).id
    );
    pair.finding(glossary, "colliding-acronyms", message)
        .help("drop it where it is not in use, or name each concept in the other’s not-to-confuse")
}

/// The same term twice in a language section.
pub(super) fn repeated_terms(glossary: &Glossary<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for concept in glossary.concepts() {
        for section in concept.sections.iter().filter(|section| section.terms.len() > 1) {
            repeated_in(&section.terms, &mut findings);
        }
    }
    findings
}

fn repeated_in(terms: &[TermEntry], findings: &mut Vec<Finding>) {
    let mut seen: FxHashMap<(&str, _), &TermEntry> = FxHashMap::default();
    for term in terms {
        // The same word for another client or region, or in another part of speech, is no repetition.
        let scope = (&term.client, &term.project, &term.region, term.pos, &term.valid_from);
        if let Some(first) = seen.insert((term.term.trim(), scope), term) {
            let message = format!("the term “{}” is listed twice", term.term);
            let mut finding = finding(Severity::Warning, "repeated-term", term.place.as_ref(), message)
                .help("remove one of the two");
            finding.related.extend(first.place.clone().map(|place| (place, "first listed here".to_owned())));
            findings.push(finding);
        }
    }
}

/// Terms of two concepts with the same key.
struct Pair {
    lang: Lang,
    first: TermRef,
    second: TermRef,
}

impl Pair {
    fn finding(&self, glossary: &Glossary<'_>, rule: &'static str, message: String) -> Finding {
        let (first, second) = (glossary.term(self.first), glossary.term(self.second));
        let mut finding = finding(Severity::Warning, rule, second.place.as_ref(), message);
        finding.related.extend(first.place.clone().map(|place| (place, "the other one is here".to_owned())));
        finding
    }
}

/// Pairs of usable terms of two concepts; each concept is paired with the first only, so that a list of
/// thousand equal terms gives a thousand findings, not a million.
fn shared(glossary: &Glossary<'_>, is_meant: fn(&TermEntry) -> bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for ((lang, _), all) in glossary.by_key.iter().filter(|((_, key), all)| all.len() > 1 && !key.is_empty())
    {
        let usable = |at: &TermRef| glossary.term(*at).is_usable() && is_meant(glossary.term(*at));
        let mut meant = all.iter().copied().filter(usable);
        let Some(first) = meant.next() else { continue };
        let mut told = FxHashSet::default();
        let with_first = meant.map(|second| Pair { lang: *lang, first, second });
        pairs.extend(with_first.filter(|pair| collide(glossary, pair) && told.insert(pair.second.concept)));
    }
    pairs
}

fn collide(glossary: &Glossary<'_>, pair: &Pair) -> bool {
    let (first, second) = (glossary.concept(pair.first), glossary.concept(pair.second));
    pair.first.concept != pair.second.concept
        && !names(first, second)
        && !names(second, first)
        && may_meet(first.client.as_ref(), second.client.as_ref())
        && may_meet(first.project.as_ref(), second.project.as_ref())
}

fn names(one: &Concept, other: &Concept) -> bool {
    one.not_to_confuse.contains(&other.id) || one.replaced_by.as_ref() == Some(&other.id)
}

/// Whether two scopes overlap: what is stated for nobody is for everybody.
pub(crate) fn may_meet(one: Option<&String>, other: Option<&String>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn is_same_word(glossary: &Glossary<'_>, pair: &Pair) -> bool {
    one_word(pair.lang, &glossary.term(pair.first).term, &glossary.term(pair.second).term)
}

/// Whether two terms with one key are one word: not PAN and pan, nor papá and papa.
pub(crate) fn one_word(lang: Lang, first: &str, second: &str) -> bool {
    let (lower, other) = (first.to_lowercase(), second.to_lowercase());
    if lower != other && lang.bare_is_word(&phrase_key(first)) {
        return false;
    }
    is_capitals(first) == is_capitals(second)
}

fn is_acronym(term: &TermEntry) -> bool {
    match term.term_type {
        Some(kind) => kind == TermType::Acronym,
        None => is_capitals(&term.term) && !term.term.contains(char::is_whitespace),
    }
}

fn is_capitals(term: &str) -> bool {
    let letters = term.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.clone().all(char::is_uppercase)
}
