//! How the terms of one text are rendered in its translation, place by place: approved, otherwise, or left out.
//!
//! A *place* is a concept in a bead, asked for in one direction: into the language of the translation, or into both
//! where it is not known which text is the translation. What is not sure asks for nothing, and what stands opposite is
//! looked for with care: within longer terms, in the next bead, in pieces («impuestos de importación y exportación»).
//! What then is left out is for [`missing`] to say, which `check` goes by too: each place that is left out here is a
//! `term-not-rendered` there, and what is a note there is doubtful here.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::validity::{Flaw, Usage};
use crate::check::translation::{Scope, left, missing, outdated};
use crate::concord::unlisted::CONFIDENT;
use crate::engine::{Bitext, Collection, Engine};
use crate::extract::stems;
use crate::lang::Lang;
use crate::matcher::{Hit, Overlaps};
use crate::termbase::TermRef;
use crate::text::Span;

/// How a term is rendered at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Outcome {
    /// By a term that may be used there.
    Approved,
    /// By another term of the concept, which may not, or by the source's own.
    Otherwise,
    /// By nothing that the glossary knows.
    LeftOut,
    /// Perhaps by something that the glossary does not list; nothing counts it unless that shows elsewhere too.
    Doubtful,
    /// Not at all, as befits a thing just named, or by a short form of its name; no place counts it.
    Understood,
}

/// A concept in a bead, asked for in one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The concept.
    pub(super) concept: u32,
    /// The language it is to be rendered in.
    pub(super) into: Lang,
    /// How it is rendered.
    pub(super) outcome: Outcome,
    /// What asks.
    pub(super) source: TermRef,
    /// What renders it.
    pub(super) term: Option<TermRef>,
    /// The bead in the pair.
    pub(super) bead: usize,
}

impl Outcome {
    /// Whether a place asks for a rendering in earnest, so that it is one of those counted.
    pub(super) fn is_counted(self) -> bool {
        !matches!(self, Outcome::Doubtful | Outcome::Understood)
    }

    /// Whether something that the glossary does not list may stand there.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Outcome::LeftOut | Outcome::Doubtful)
    }
}

/// The places of a pair.
pub(super) fn places(
    engine: &Engine,
    collection: &Collection,
    bitext: &Bitext,
    outdated: &OutdatedNames<'_>,
    usage: &Usage<'_>,
) -> Vec<Place> {
    Judge::new(engine, collection, bitext, outdated, usage).places()
}

/// The hits of a concept in a bead, by language.
#[derive(Clone, Debug, Default)]
struct Held<'a>([Vec<&'a Hit>; 2]);

struct Judge<'a> {
    engine: &'a Engine,
    collection: &'a Collection,
    bitext: &'a Bitext,
    scope: &'a Scope<'a>,
    outdated: &'a OutdatedNames<'a>,
    usage: &'a Usage<'a>,
    /// For each bead the concepts in it.
    held: Vec<FxHashMap<u32, Held<'a>>>,
    /// All hits of each side, those within others too.
    all: [OnceCell<Vec<Hit>>; 2],
    /// The terms of the other language that each side was left with, by where they begin.
    untranslated: [OnceCell<FxHashSet<(TermRef, usize)>>; 2],
    /// What each side lacks, by bead and concept.
    lacking: [OnceCell<FxHashMap<(usize, u32), Outcome>>; 2],
}

impl<'a> Judge<'a> {
    fn new(
        engine: &'a Engine,
        collection: &'a Collection,
        bitext: &'a Bitext,
        outdated: &'a OutdatedNames<'a>,
        usage: &'a Usage<'a>,
    ) -> Self {
        let mut judge = Judge {
            engine,
            collection,
            bitext,
            scope: outdated.scope,
            outdated,
            usage,
            held: Vec::new(),
            all: Default::default(),
            untranslated: Default::default(),
            lacking: Default::default(),
        };
        judge.held = (0..bitext.beads.len()).map(|bead| judge.held_in(bead)).collect();
        judge
    }

    fn held_in(&self, bead: usize) -> FxHashMap<u32, Held<'a>> {
        let mut held: FxHashMap<u32, Held<'a>> = FxHashMap::default();
        for lang in Lang::ALL {
            let (document, stretch) = self.side(bead, lang);
            let hits =
                stretch.map_or(&[][..], |stretch| self.collection.documents[document].hits_in(stretch));
            for hit in hits.iter().filter(|hit| hit.lang == lang) {
                held.entry(hit.term.concept).or_default().0[lang as usize].push(hit);
            }
        }
        held
    }

    /// The document of a side, and the stretch of it that a bead has.
    fn side(&self, bead: usize, lang: Lang) -> (usize, Option<Span>) {
        let (document, segments) = self.bitext.side(&self.bitext.beads[bead], lang);
        let all = &self.collection.documents[document].segments;
        let ends = segments.first().zip(segments.last());
        (document, ends.map(|(first, last)| Span::new(all[*first].span.start, all[*last].span.end)))
    }

    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (bead, held) in self.held.iter().enumerate() {
            let mut concepts: Vec<u32> = held.keys().copied().collect();
            concepts.sort_unstable();
            for concept in concepts {
                for into in Lang::ALL.into_iter().filter(|into| self.usage.source != Some(*into)) {
                    places.extend(self.place(bead, concept, into));
                }
            }
        }
        places
    }

    /// The place of a concept in a bead, if one side asks the other for it.
    fn place(&self, bead: usize, concept: u32, into: Lang) -> Option<Place> {
        let held = &self.held[bead][&concept].0;
        let source = held[into.other() as usize].iter().find(|hit| self.asks(hit, into))?.term;
        let (outcome, term) = self
            .listed(&held[into as usize], into)
            .or_else(|| self.within_others(bead, concept, into))
            .or_else(|| self.beside(bead, concept, into))
            .or_else(|| {
                (self.is_telling(bead, into) && self.usage.is_owed(concept, into))
                    .then(|| self.unlisted(bead, concept, into))
            })?;
        Some(Place { concept, into, outcome, source, term, bead })
    }

    /// Whether a hit asks for a rendering.
    fn asks(&self, hit: &Hit, into: Lang) -> bool {
        let entry = self.engine.termbase().term(hit.term);
        hit.is_sure()
            && !hit.ambiguous
            && entry.expect != Some(false)
            && entry.direction.is_none_or(|direction| direction.target() == into)
            && self.usage.is_named(hit.term.concept, into)
    }

    /// A term of the concept that stands opposite; one that may not be used tells more than others beside it.
    fn listed(&self, hits: &[&Hit], into: Lang) -> Option<(Outcome, Option<TermRef>)> {
        let first = hits.first()?.term;
        let bad = hits.iter().find(|hit| hit.is_sure() && self.is_wrong(hit, into));
        Some(match bad {
            Some(bad) => (Outcome::Otherwise, Some(bad.term)),
            None => (Outcome::Approved, Some(first)),
        })
    }

    /// Whether a term may not be used where it stands. A name of the past is right where the past is told of, and any
    /// term where it is quoted.
    fn is_wrong(&self, hit: &Hit, into: Lang) -> bool {
        match self.usage.flaw_of_rendering(hit.term, into) {
            None => false,
            Some(Flaw::Outdated) => self.outdated.contains(into, hit),
            Some(_) => !self.scope.is_mentioned(into, hit.span),
        }
    }

    /// A term of the concept within a longer one, or one that is another concept's too.
    fn within_others(&self, bead: usize, concept: u32, into: Lang) -> Option<(Outcome, Option<TermRef>)> {
        let (document, stretch) = self.side(bead, into);
        let stretch = stretch?;
        let all = self.all[into as usize]
            .get_or_init(|| self.engine.scan(&self.collection.documents[document].document, Overlaps::All));
        let from = all.partition_point(|hit| hit.span.start < stretch.start);
        let here = all[from..].iter().take_while(|hit| hit.span.start < stretch.end);
        let mut usable = here.filter(|hit| {
            hit.term.concept == concept && hit.lang == into && self.usage.is_approved(hit.term, into)
        });
        usable.next().map(|hit| (Outcome::Approved, Some(hit.term)))
    }

    /// A term of the concept in the bead before or after, which nothing there asks for.
    fn beside(&self, bead: usize, concept: u32, into: Lang) -> Option<(Outcome, Option<TermRef>)> {
        let neighbours = [bead.checked_sub(1), Some(bead + 1)];
        let held = neighbours.into_iter().flatten().filter_map(|bead| self.held.get(bead)?.get(&concept));
        let mut free = held.filter(|held| held.0[into.other() as usize].is_empty());
        free.find_map(|held| self.listed(&held.0[into as usize], into))
    }

    /// Whether `check` calls a term of the other language untranslated.
    fn is_left(&self, into: Lang, hit: &Hit) -> bool {
        let left = self.untranslated[into as usize]
            .get_or_init(|| left(self.scope, into).map(|hit| (hit.term, hit.span.start)).collect());
        left.contains(&(hit.term, hit.span.start))
    }

    /// Whether it tells something that a bead lacks a term.
    fn is_telling(&self, bead: usize, into: Lang) -> bool {
        self.bitext.beads[bead].score >= CONFIDENT && self.side(bead, into).1.is_some()
    }

    fn unlisted(&self, bead: usize, concept: u32, into: Lang) -> (Outcome, Option<TermRef>) {
        let (document, stretch) = self.side(bead, into);
        let analysis = &self.collection.documents[document];
        let stretch = stretch.unwrap_or_default();
        let hits = analysis.hits_in(stretch).iter();
        let hits = hits.filter(|hit| hit.term.concept == concept && hit.lang != into && hit.is_sure());
        let stays = |hit: &&Hit| self.engine.termbase().term(hit.term).do_not_translate;
        if let Some(kept) = hits.clone().find(stays) {
            return (Outcome::Approved, Some(kept.term));
        }
        if let Some(untranslated) = hits.clone().find(|hit| self.is_left(into, hit)) {
            return (Outcome::Otherwise, Some(untranslated.term));
        }
        let words: FxHashSet<String> = stems(stretch.of(&analysis.document.text), into).into_iter().collect();
        let phrases = self.usage.phrases(concept, into);
        if let Some((term, _)) = phrases
            .iter()
            .find(|(_, phrase)| phrase.len() > 1 && phrase.iter().all(|word| words.contains(word)))
        {
            return (Outcome::Approved, Some(*term));
        }
        let lacking = self.lacking[into as usize].get_or_init(|| lacking(self.scope, into));
        (lacking.get(&(bead, concept)).copied().unwrap_or(Outcome::Understood), None)
    }
}

/// What a translation has no rendering of, by bead and concept: in earnest, or doubtfully.
fn lacking(scope: &Scope<'_>, into: Lang) -> FxHashMap<(usize, u32), Outcome> {
    let mut lacking = FxHashMap::default();
    for missing in missing(scope, into) {
        let outcome = match missing.excuses {
            0 => Outcome::LeftOut,
            1 => Outcome::Doubtful,
            _ => continue,
        };
        let known = lacking.entry((missing.bead, missing.hit.term.concept)).or_insert(outcome);
        *known = outcome.min(*known);
    }
    lacking
}

/// The outdated names that are used in earnest in the texts of a scope, looked for once and when first asked for.
pub(super) struct OutdatedNames<'a> {
    scope: &'a Scope<'a>,
    /// By language: the terms, by where they begin.
    found: [OnceCell<FxHashSet<(TermRef, usize)>>; 2],
}

impl<'a> OutdatedNames<'a> {
    pub(super) fn of(scope: &'a Scope<'a>) -> Self {
        OutdatedNames { scope, found: Default::default() }
    }

    /// Whether a hit in the text of a language is one of them.
    pub(super) fn contains(&self, lang: Lang, hit: &Hit) -> bool {
        let found = self.found[lang as usize].get_or_init(|| {
            let in_earnest = outdated(self.scope, lang).into_iter().filter(|found| !found.may_be_told);
            in_earnest.map(|found| (found.hit.term, found.hit.span.start)).collect()
        });
        found.contains(&(hit.term, hit.span.start))
    }
}
