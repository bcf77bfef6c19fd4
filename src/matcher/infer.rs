//! The part of speech of an entry that states none: from the term's shape, the dictionary, and the concept's other
//! terms in both languages.
//!
//! *deportar* is an infinitive, so its English counterpart *deport* is a verb; *trade* beside *comercio* is a noun,
//! beside *comerciar* a verb. Each term says what it can be; what all can be it is. Where nothing decides, the usual
//! class of the word does, and where it has several, the entry stays open and is expanded as all of them.

use std::borrow::Cow;

use super::expand::{is_acronym, is_name};
use crate::lang::{Lang, es};
use crate::tagger::{Class, Classes, Tagger};
use crate::termbase::{Concept, PartOfSpeech, TermEntry, TermRef, Termbase};

/// The entry with the part of speech that it states, or that its concept shows.
pub(super) fn with_class<'t>(
    termbase: &'t Termbase,
    at: TermRef,
    entry: &'t TermEntry,
) -> Cow<'t, TermEntry> {
    let lang = termbase.section(at).tag.lang();
    let silent = entry.pos.is_none() && !entry.is_literal() && !is_name(entry) && !is_acronym(entry);
    let concept = termbase.concepts.get(at.concept as usize);
    let found =
        lang.zip(concept).filter(|_| silent).and_then(|(lang, concept)| part_of_speech(entry, lang, concept));
    match found {
        Some(pos) => Cow::Owned(TermEntry { pos: Some(pos), ..entry.clone() }),
        None => Cow::Borrowed(entry),
    }
}

fn part_of_speech(entry: &TermEntry, lang: Lang, concept: &Concept) -> Option<PartOfSpeech> {
    let own = possible(entry, lang);
    let others = concept.sections.iter().filter_map(|section| Some((section.tag.lang()?, &section.terms)));
    let others = others.flat_map(|(lang, terms)| terms.iter().map(move |term| possible(term, lang)));
    let shared = others
        .filter(|other| !other.is_empty())
        .fold(own, |shared, other| if shared.meets(other) { shared & other } else { shared });
    single(shared).or_else(|| single(shared & usual(entry, lang)).filter(|_| lang == Lang::Es))
}

fn single(classes: Classes) -> Option<PartOfSpeech> {
    [
        (Class::Noun, PartOfSpeech::Noun),
        (Class::Verb, PartOfSpeech::Verb),
        (Class::Adjective, PartOfSpeech::Adjective),
    ]
    .into_iter()
    .find_map(|(class, pos)| (classes == Classes::of(&[class])).then_some(pos))
}

const OPEN: Classes = Classes::of(&[Class::Noun, Class::Verb, Class::Adjective]);
const NOUN: Classes = Classes::of(&[Class::Noun]);
const VERB: Classes = Classes::of(&[Class::Verb]);
const NOUN_OR_VERB: Classes = Classes::of(&[Class::Noun, Class::Verb]);
const NOUN_OR_ADJECTIVE: Classes = Classes::of(&[Class::Noun, Class::Adjective]);

/// What a term can be; nothing where it does not tell.
fn possible(entry: &TermEntry, lang: Lang) -> Classes {
    match entry.pos {
        Some(PartOfSpeech::Noun | PartOfSpeech::Name) => return NOUN,
        Some(PartOfSpeech::Verb) => return VERB,
        Some(PartOfSpeech::Adjective) => return Classes::of(&[Class::Adjective]),
        Some(PartOfSpeech::Adverb | PartOfSpeech::Other) => return Classes::NONE,
        None if is_name(entry) || is_acronym(entry) => return NOUN,
        None => {}
    }
    let several = entry.term.contains([' ', '-']);
    match lang {
        Lang::Es if es::looks_like_verb(&entry.term) => VERB,
        Lang::Es if several => NOUN,
        Lang::Es => known(entry, lang) & NOUN_OR_ADJECTIVE,
        Lang::En if several => NOUN_OR_VERB,
        Lang::En => known(entry, lang) & OPEN,
    }
}

fn known(entry: &TermEntry, lang: Lang) -> Classes {
    Tagger::of(lang).entry(&entry.term).classes
}

/// What the word mostly is.
fn usual(entry: &TermEntry, lang: Lang) -> Classes {
    Tagger::of(lang).entry(&entry.term).main
}
