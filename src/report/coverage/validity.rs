//! Which terms may be used in a text: by status, region, direction of translation, and the text's date.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::extract::stems;
use crate::lang::Lang;
use crate::report::build::reader;
use crate::termbase::view::{Nearness, nearness, status_for};
use crate::termbase::{LangTag, Status, TermRef, Termbase};
use crate::text::date::{is_date, is_over};

/// Why a term ought not to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// `forbidden = true`.
    Forbidden,
    /// `status = "deprecated"`.
    Deprecated,
    /// `status = "superseded"`, or no longer valid at the date of the text.
    Outdated,
    /// Usage of another region only.
    Regional,
    /// No equivalent in this direction of translation.
    Direction,
    /// A term of the source's language, left as it was.
    Untranslated,
}

/// The terms of a concept by their telling words.
type Phrases = Rc<Vec<(TermRef, Vec<String>)>>;

/// What may be used in a text, or in a text and its translation.
#[derive(Debug)]
pub(super) struct Usage<'a> {
    termbase: &'a Termbase,
    readers: [LangTag; 2],
    /// The language translated from, where the texts state it.
    pub(super) source: Option<Lang>,
    /// The date of the text, as far as it is one.
    date: Option<&'a str>,
    phrases: RefCell<FxHashMap<(u32, Lang), Phrases>>,
}

impl<'a> Usage<'a> {
    pub(super) fn new(termbase: &'a Termbase, source: Option<Lang>, date: Option<&'a str>) -> Self {
        let readers = Lang::ALL.map(|lang| reader(termbase, &LangTag(lang.code().to_owned())));
        let date = date.filter(|date| is_date(date));
        Usage { termbase, readers, source, date, phrases: RefCell::default() }
    }

    /// Whether a term may render its concept in a translation into its language.
    pub(super) fn is_approved(&self, term: TermRef, into: Lang) -> bool {
        let direction = self.termbase.term(term).direction;
        direction.is_none_or(|direction| direction.target() == into) && self.flaw(term, into).is_none()
    }

    /// What is wrong with a term as a rendering into its language.
    pub(super) fn flaw_of_rendering(&self, term: TermRef, into: Lang) -> Option<Flaw> {
        let is_own = self.termbase.section(term).tag.lang() == Some(into);
        if !is_own {
            let stays = self.termbase.term(term).do_not_translate;
            return (!stays).then_some(Flaw::Untranslated);
        }
        self.flaw(term, into).or_else(|| (!self.is_approved(term, into)).then_some(Flaw::Direction))
    }

    /// What is wrong with a term in a text of its language, whatever that translates. A term that a direction is
    /// stated of is right in the other one, and usage of another region is no mistake by itself.
    pub(super) fn flaw_anywhere(&self, term: TermRef, lang: Lang) -> Option<Flaw> {
        let past = || self.is_past_concept(term.concept).then_some(Flaw::Outdated);
        let directed = self.termbase.term(term).direction.is_some();
        let flaw = self.flaw(term, lang).filter(|flaw| *flaw != Flaw::Regional);
        if directed { None } else { flaw.or_else(past) }
    }

    /// What is wrong with a term that a direction is stated of, as a rendering.
    pub(super) fn directed_flaw(&self, term: TermRef, into: Lang) -> Option<Flaw> {
        self.termbase
            .term(term)
            .direction
            .and_then(|_| self.flaw_of_rendering(term, into).filter(|flaw| *flaw != Flaw::Untranslated))
    }

    /// What is wrong with a term in a text of its language.
    fn flaw(&self, term: TermRef, lang: Lang) -> Option<Flaw> {
        let section = self.termbase.section(term);
        let entry = self.termbase.term(term);
        let reader = &self.readers[lang as usize];
        let until = entry.valid_until.as_deref();
        match status_for(section, term.term as usize, reader) {
            _ if entry.forbidden => Some(Flaw::Forbidden),
            Status::Deprecated => Some(Flaw::Deprecated),
            // What was right at the date of the text was right.
            Status::Superseded if !self.is_before_end(until) => Some(Flaw::Outdated),
            _ if self.is_past(until) => Some(Flaw::Outdated),
            _ => {
                let usage = entry.region.as_ref().unwrap_or(&section.tag);
                (nearness(usage, reader) == Some(Nearness::Foreign)).then_some(Flaw::Regional)
            }
        }
    }

    /// Whether the concept itself is a thing of the past at the date of the text.
    fn is_past_concept(&self, concept: u32) -> bool {
        self.is_past(self.termbase.concepts[concept as usize].valid_until.as_deref())
    }

    /// Whether the glossary has a term for the concept that is not merely accepted.
    pub(super) fn is_named(&self, concept: u32, into: Lang) -> bool {
        self.terms(concept, into).any(|term| self.termbase.term(term).expect != Some(false))
    }

    /// Whether one of these may be used here: only then is a rendering owed.
    pub(super) fn is_owed(&self, concept: u32, into: Lang) -> bool {
        let mut named =
            self.terms(concept, into).filter(|term| self.termbase.term(*term).expect != Some(false));
        named.any(|term| self.is_approved(term, into))
    }

    fn terms(&self, concept: u32, lang: Lang) -> impl Iterator<Item = TermRef> + '_ {
        let sections = self.termbase.concepts[concept as usize].sections.iter().enumerate();
        let of_lang = sections.filter(move |(_, section)| section.tag.lang() == Some(lang));
        of_lang.flat_map(move |(at, section)| {
            (0..section.terms.len() as u32).map(move |term| TermRef { concept, section: at as u32, term })
        })
    }

    /// The telling words of the terms that may render a concept.
    pub(super) fn phrases(&self, concept: u32, into: Lang) -> Phrases {
        let mut known = self.phrases.borrow_mut();
        Rc::clone(known.entry((concept, into)).or_insert_with(|| {
            let usable = self.terms(concept, into).filter(|term| self.is_approved(*term, into));
            Rc::new(usable.map(|term| (term, stems(&self.termbase.term(term).term, into))).collect())
        }))
    }

    fn is_past(&self, until: Option<&str>) -> bool {
        self.is_over(until) == Some(true)
    }

    fn is_before_end(&self, until: Option<&str>) -> bool {
        self.is_over(until) == Some(false)
    }

    fn is_over(&self, until: Option<&str>) -> Option<bool> {
        is_over(until?, self.date?)
    }
}
