//! What a report needs of a text, or of a text and its translation: little, so that the texts can go.

use rustc_hash::FxHashMap;

use super::judge::{Outcome, OutdatedNames, Place, places};
use super::kept;
use super::validity::{Flaw, Usage};
use super::worst::quote;
use crate::check::translation::{Checker, Scope};
use crate::concord::snippet::snippet;
use crate::concord::{Concordance, Snippet, StemCounts};
use crate::engine::{Analysis, Bitext, Collection, Engine};
use crate::lang::Lang;
use crate::matcher::{Hit, Overlaps};
use crate::termbase::TermRef;
use crate::text::{About, LineIndex, date};

/// What is to be known of the texts of a collection.
#[derive(Debug)]
pub struct Facts {
    /// The documents, in order.
    pub(super) documents: Vec<DocumentFacts>,
    /// The places of its pairs; their beads are pairs of `beads`.
    pub(super) places: Vec<(Place, usize)>,
    /// The beads in which there are places.
    pub(super) beads: Collection,
    /// How many beads have which words.
    pub(super) stems: StemCounts,
}

/// What is to be known of a document.
#[derive(Debug)]
pub(super) struct DocumentFacts {
    pub(super) name: String,
    pub(super) lang: Option<Lang>,
    /// The index of its partner among the documents of the collection.
    pub(super) partner: Option<usize>,
    pub(super) words: usize,
    pub(super) about: About,
    /// Sure hits by concept, in Spanish and English, in order of the concepts.
    pub(super) cells: Vec<(u32, [usize; 2])>,
    /// Terms that ought not to be there, with their hits and the first place.
    pub(super) avoided: Vec<Avoided>,
    /// Concepts found only within others: which, within which, how often.
    pub(super) shadows: Vec<(u32, u32, usize)>,
}

/// A term that ought not to be in a document.
#[derive(Debug)]
pub(super) struct Avoided {
    pub(super) term: TermRef,
    pub(super) flaw: Flaw,
    pub(super) count: usize,
    pub(super) example: Option<Snippet>,
}

impl Facts {
    /// The facts of a collection: best of a pair, or of a single document, at a time. What is to be said of a place
    /// `checker` says too.
    pub fn of(checker: &Checker<'_>, collection: &Collection) -> Facts {
        let concordance = Concordance::new(collection);
        let mut facts = Facts {
            documents: documents(checker.engine(), collection),
            places: Vec::new(),
            beads: Collection::default(),
            stems: StemCounts::of(&concordance),
        };
        for bitext in &collection.bitexts {
            let scope = Scope::of_pair(checker, collection, bitext);
            let outdated = OutdatedNames::of(&scope);
            facts.documents[bitext.es].avoided = avoided(&scope, &outdated, Lang::Es);
            facts.documents[bitext.en].avoided = avoided(&scope, &outdated, Lang::En);
            let usage = Usage::new(scope.termbase, scope.source, scope.date.as_deref());
            let places = places(checker.engine(), collection, bitext, &outdated, &usage);
            facts.add_pair(collection, bitext, places, &usage);
        }
        let single = |(_, partner): &(usize, Option<usize>)| partner.is_none();
        for (at, _) in collection.partners().into_iter().enumerate().filter(single) {
            let analysis = &collection.documents[at];
            if let Some((scope, lang)) = Scope::of_text(checker, analysis).zip(analysis.lang()) {
                facts.documents[at].avoided = avoided(&scope, &OutdatedNames::of(&scope), lang);
            }
        }
        facts
    }

    fn add_pair(&mut self, collection: &Collection, bitext: &Bitext, places: Vec<Place>, usage: &Usage<'_>) {
        let mut beads: Vec<usize> = places.iter().map(|place| place.bead).collect();
        beads.dedup();
        let first = self.beads.bitexts.len();
        self.beads.append(kept::cut(collection, bitext, &beads));
        for place in places {
            let bead = first + beads.partition_point(|bead| *bead < place.bead);
            let document = match place.into {
                Lang::Es => bitext.es,
                Lang::En => bitext.en,
            };
            let quoted = &self.beads.documents[2 * bead + place.into as usize];
            let example = (!quoted.document.confidential).then(|| quote(quoted, place.concept));
            self.note_wrong_direction(&place, usage, document, example);
            self.places.push((Place { bead, ..place }, document));
        }
    }

    /// A term that is wrong in one direction of translation only is one to avoid where it renders its concept.
    fn note_wrong_direction(
        &mut self,
        place: &Place,
        usage: &Usage<'_>,
        document: usize,
        example: Option<Snippet>,
    ) {
        let Some(term) = place.term.filter(|_| place.outcome == Outcome::Otherwise) else { return };
        let Some(flaw) = usage.directed_flaw(term, place.into) else { return };
        let avoided = &mut self.documents[document].avoided;
        match avoided.iter_mut().find(|known| (known.term, known.flaw) == (term, flaw)) {
            Some(known) => known.count += 1,
            None => avoided.push(Avoided { term, flaw, count: 1, example }),
        }
    }
}

/// The documents, with nothing to avoid so far.
fn documents(engine: &Engine, collection: &Collection) -> Vec<DocumentFacts> {
    let partners = collection.partners();
    let facts = |(at, analysis): (usize, &Analysis)| {
        let partner = partners[at];
        let other = || partner.and_then(|partner| date::of(&collection.documents[partner].document));
        let date = date::of(&analysis.document).or_else(other);
        DocumentFacts {
            name: analysis.document.name.clone(),
            lang: analysis.lang(),
            partner,
            words: analysis.words,
            cells: cells(analysis),
            avoided: Vec::new(),
            about: About { date, ..analysis.document.about.clone() },
            shadows: shadows(engine, analysis),
        }
    };
    collection.documents.iter().enumerate().map(facts).collect()
}

fn cells(analysis: &Analysis) -> Vec<(u32, [usize; 2])> {
    let mut cells: FxHashMap<u32, [usize; 2]> = FxHashMap::default();
    for hit in analysis.hits.iter().filter(|hit| hit.is_sure()) {
        cells.entry(hit.term.concept).or_default()[hit.lang as usize] += 1;
    }
    let mut cells: Vec<_> = cells.into_iter().collect();
    cells.sort_unstable();
    cells
}

/// Terms that ought not to be in the text of a language, whatever it translates: what `check` would warn of.
fn avoided(scope: &Scope<'_>, outdated: &OutdatedNames<'_>, lang: Lang) -> Vec<Avoided> {
    let Some(side) = scope.side(lang) else { return Vec::new() };
    let analysis = side.analysis;
    let usage = Usage::new(scope.termbase, None, scope.date.as_deref());
    let flaw = |hit: &Hit| match usage.flaw_anywhere(hit.term, hit.lang) {
        Some(Flaw::Outdated) | None => outdated.contains(lang, hit).then_some(Flaw::Outdated),
        flaw => flaw.filter(|_| hit.lang == lang),
    };
    let mut lines: Option<LineIndex> = None;
    let mut found: Vec<Avoided> = Vec::new();
    let used = |hit: &&Hit| hit.is_sure() && !hit.ambiguous && !scope.is_mentioned(lang, hit.span);
    for hit in analysis.hits.iter().filter(used) {
        let Some(flaw) = flaw(hit) else { continue };
        if let Some(known) = found.iter_mut().find(|known| known.term == hit.term) {
            known.count += 1;
            continue;
        }
        let lines = lines.get_or_insert_with(|| analysis.document.line_index());
        let stretch = analysis.segments.get(analysis.segment_at(hit.span)).map_or(hit.span, |s| s.span);
        let example =
            (!analysis.document.confidential).then(|| snippet(analysis, lines, stretch, &[hit.span]));
        found.push(Avoided { term: hit.term, flaw, count: 1, example });
    }
    found
}

/// Concepts found only within the hits of others.
fn shadows(engine: &Engine, analysis: &Analysis) -> Vec<(u32, u32, usize)> {
    let mut shadows: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let mut from = 0;
    for hit in engine.scan(&analysis.document, Overlaps::All) {
        while analysis.hits.get(from).is_some_and(|over| over.span.end <= hit.span.start) {
            from += 1;
        }
        let over = analysis.hits[from..].iter().take_while(|over| over.span.start < hit.span.end);
        let mut over = over.filter(|over| over.span.end > hit.span.start);
        let Some(first) = over.next() else { continue };
        if first.term.concept != hit.term.concept && over.all(|over| over.term.concept != hit.term.concept) {
            *shadows.entry((hit.term.concept, first.term.concept)).or_default() += 1;
        }
    }
    let mut shadows: Vec<_> = shadows.into_iter().map(|((one, by), count)| (one, by, count)).collect();
    shadows.sort_unstable();
    shadows
}
