//! The part of speech of an entry that states none: from the term's shape, the dictionary, and the concept's other
//! terms in both languages.
//!
//! *deportar* is an infinitive, so its English counterpart *deport* is a verb; *trade* beside *comercio* is a noun,
//! beside *comerciar* a verb. Each term says what it can be; what all can be it is. Where nothing decides, the usual
//! class of a Spanish word does; a word of several has as many *readings*, each with its own forms: *trades* may be a
//! noun or a verb in the text, *traded* a verb only.

use std::borrow::Cow;

use super::expand::{is_acronym, is_name};
use crate::lang::{Lang, es};
use crate::tagger::{Class, Classes, Tagger};
use crate::termbase::{Concept, PartOfSpeech, TermEntry, TermRef, Termbase};

/// Finds parts of speech, concept after concept.
pub(super) struct Inference<'t> {
    termbase: &'t Termbase,
    /// The concept asked for last, with the distinct sets of what its terms can be.
    shown: Option<(u32, Vec<Classes>)>,
}

impl<'t> Inference<'t> {
    pub(super) fn new(termbase: &'t Termbase) -> Self {
        Inference { termbase, shown: None }
    }

    /// The entry with the part of speech that it states, or that its concept shows; once with each of them where it
    /// may be several.
    pub(super) fn readings(&mut self, at: TermRef, entry: &'t TermEntry) -> Vec<Cow<'t, TermEntry>> {
        let silent = entry.pos.is_none() && !entry.is_literal() && !is_name(entry) && !is_acronym(entry);
        let lang = self.termbase.section(at).tag.lang().filter(|_| silent);
        let found = lang.map(|lang| parts_of_speech(entry, lang, self.shown(at.concept))).unwrap_or_default();
        if found.is_empty() {
            return vec![Cow::Borrowed(entry)];
        }
        found.into_iter().map(|pos| Cow::Owned(TermEntry { pos: Some(pos), ..entry.clone() })).collect()
    }

    fn shown(&mut self, concept: u32) -> &[Classes] {
        if self.shown.as_ref().is_none_or(|(shown, _)| *shown != concept) {
            let sets = self.termbase.concepts.get(concept as usize).map(distinct).unwrap_or_default();
            self.shown = Some((concept, sets));
        }
        self.shown.as_ref().map_or(&[], |(_, sets)| sets)
    }
}

/// What the terms of a concept can be, each set once.
fn distinct(concept: &Concept) -> Vec<Classes> {
    let mut sets = Vec::new();
    for section in &concept.sections {
        let Some(lang) = section.tag.lang() else { continue };
        for classes in section.terms.iter().map(|term| possible(term, lang)) {
            if !classes.is_empty() && !sets.contains(&classes) {
                sets.push(classes);
            }
        }
    }
    sets
}

/// What a silent entry is, or may be; nothing where nobody knows.
fn parts_of_speech(entry: &TermEntry, lang: Lang, shown: &[Classes]) -> Vec<PartOfSpeech> {
    let meet = |shared: Classes, &other: &Classes| if shared.meets(other) { shared & other } else { shared };
    let shared = shown.iter().fold(possible(entry, lang), meet);
    // An English word is used as what it mostly is not often enough to rely on it.
    let usual = if lang == Lang::Es { shared & usual(entry, lang) } else { Classes::NONE };
    match [named(shared), named(usual)] {
        [all, _] if all.len() < 2 => all,
        [_, usual] if usual.len() == 1 => usual,
        // What the words of a phrase can be does not tell what the phrase is.
        _ if entry.term.contains([' ', '-']) => Vec::new(),
        [all, _] => all,
    }
}

fn named(classes: Classes) -> Vec<PartOfSpeech> {
    [
        (Class::Noun, PartOfSpeech::Noun),
        (Class::Verb, PartOfSpeech::Verb),
        (Class::Adjective, PartOfSpeech::Adjective),
    ]
    .into_iter()
    .filter_map(|(class, pos)| classes.has(class).then_some(pos))
    .collect()
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
        Lang::Es if es::is_infinitive(&entry.term) => known(entry, lang) & OPEN,
        Lang::Es if known(entry, lang).is_empty() && es::ends_like_adjective(&entry.term) => {
            NOUN_OR_ADJECTIVE
        }
        Lang::Es => known(entry, lang) & NOUN_OR_ADJECTIVE,
        Lang::En if several => NOUN_OR_VERB,
        Lang::En if is_verb_form(&entry.term) => known(entry, lang) & NOUN_OR_ADJECTIVE,
        Lang::En => known(entry, lang) & OPEN,
    }
}

/// Whether an English word is made of a verb by an ending. Verbs are entered in their base form, so that *learning*
/// and *closed* are nouns and adjectives.
fn is_verb_form(word: &str) -> bool {
    let made_of = |stem: &str| !stem.ends_with('e') && stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    ["ing", "ed"].iter().any(|ending| word.strip_suffix(ending).is_some_and(made_of))
}

fn known(entry: &TermEntry, lang: Lang) -> Classes {
    Tagger::of(lang).entry(&entry.term).classes
}

/// What the word mostly is.
fn usual(entry: &TermEntry, lang: Lang) -> Classes {
    Tagger::of(lang).entry(&entry.term).main
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Source, read};

    #[test]
    fn the_other_language_tells_the_class() {
        use PartOfSpeech::{Noun, Verb};
        for (es, en, pos) in [
            ("comerciar", "trade", Some(Verb)),
            ("comercio", "trade", Some(Noun)),
            ("deportar", "deport", Some(Verb)),
            ("imponer aranceles", "impose tariffs", Some(Verb)),
            ("Comercio", "Trade", None),
        ] {
            let glossary = format!("[[concept]]\nterms.es = \"{es}\"\nterms.en = \"{en}\"\n");
            assert_eq!(readings_of_last(&glossary), [pos], "{es} {en}");
        }
    }

    #[test]
    fn a_word_of_several_classes_has_as_many_readings() {
        use PartOfSpeech::{Adjective, Noun, Verb};
        for (term, readings) in [
            ("en = 'trade'", &[Some(Noun), Some(Verb)][..]),
            ("en = 'trade war'", &[None]),
            ("en = { term = 'trade', pos = 'noun' }", &[Some(Noun)]),
            ("en = { term = 'trade', inflect = false }", &[None]),
            ("es = 'saber'", &[Some(Noun), Some(Verb)]),
            ("es = 'retroactivo'", &[Some(Noun), Some(Adjective)]),
            ("es = 'arancel'", &[Some(Noun)]),
        ] {
            assert_eq!(readings_of_last(&format!("[[concept]]\nterms.{term}\n")), readings, "{term}");
        }
    }

    fn readings_of_last(glossary: &str) -> Vec<Option<PartOfSpeech>> {
        let termbase = read(&[Source::toml("glossary.toml", glossary)]).termbase;
        let (at, entry) = termbase.terms().last().unwrap();
        Inference::new(&termbase).readings(at, entry).iter().map(|reading| reading.pos).collect()
    }

    #[test]
    fn an_english_verb_is_entered_in_its_base_form() {
        for (term, verb) in
            [("learn", true), ("bring", true), ("feed", true), ("learning", false), ("closed", false)]
        {
            assert_eq!(possible(&TermEntry::new(term), Lang::En).has(Class::Verb), verb, "{term}");
        }
    }
}
