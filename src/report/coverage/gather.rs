//! From the facts of texts, taken one after the other, to the report.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::drift::{Drift, drift};
use super::facts::{DocumentFacts, Facts};
use super::groups::AllGroups;
use super::judge::{Outcome, Place};
use super::model::*;
use super::needed::needed;
use super::noise::{Shadows, noise, queue};
use super::validity::{Flaw, Usage};
use super::worst::{avoided, inconsistencies};
use crate::concord::{Concordance, Harvest, StemCounts, unlisted};
use crate::engine::{Bitext, Collection};
use crate::extract::proposals::Proposal;
use crate::lang::Lang;
use crate::report::build::{label, title_and_ui};
use crate::termbase::{Concept, Review, TermRef, Termbase};
use crate::text::date::is_date;

/// Of a concept so many beads with a rendering are kept, to tell what is usual where there is none …
const USUAL: usize = 32;
/// … and so many that are rendered otherwise, to show an example of each way. Where nothing known renders it all are
/// kept: what stands there instead shows by how often it does.
const OTHERWISE: usize = 256;

/// What seems to render a concept, but is not listed, must do so in so many different sentences to be told.
const TOLD: usize = 3;

/// Takes the facts of texts and makes a report of them.
#[derive(Debug)]
pub struct Gatherer<'t> {
    termbase: &'t Termbase,
    documents: Vec<Option<DocumentFacts>>,
    /// The places, each with its document and its bead among `kept`.
    places: Vec<Noted>,
    kept: Collection,
    /// How many beads are kept of each concept, by direction and outcome.
    held: FxHashMap<(u32, Lang, Outcome), usize>,
    stems: StemCounts,
    /// The terms to avoid that have an example.
    shown: FxHashSet<(TermRef, Flaw)>,
}

/// A place with the number of the document that renders it, and the number of its bead, where that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted {
    pub(super) place: Place,
    pub(super) document: usize,
    pub(super) bead: Option<usize>,
}

/// What renders a concept at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rendering {
    /// A term of the glossary.
    Term(TermRef),
    /// What seems to render it and is not listed.
    Text(String),
    /// Nothing that could be told.
    Nothing,
}

impl<'t> Gatherer<'t> {
    /// Nothing yet, for so many documents.
    pub fn new(termbase: &'t Termbase, documents: usize) -> Self {
        let documents = std::iter::repeat_with(|| None).take(documents).collect();
        Gatherer {
            termbase,
            documents,
            places: Vec::new(),
            kept: Collection::default(),
            held: FxHashMap::default(),
            stems: StemCounts::default(),
            shown: FxHashSet::default(),
        }
    }

    /// Takes the facts of some documents, of which `numbers` are the places in the corpus.
    pub fn add(&mut self, facts: Facts, numbers: &[usize]) {
        self.stems.add(facts.stems);
        let kept = self.keep(&facts.places, facts.beads);
        self.places.extend(facts.places.iter().map(|&(place, document)| Noted {
            place,
            document: numbers[document],
            bead: kept[place.bead],
        }));
        for (mut document, &number) in facts.documents.into_iter().zip(numbers) {
            // One example of each is enough.
            for avoided in document.avoided.iter_mut().filter(|avoided| avoided.example.is_some()) {
                if !self.shown.insert((avoided.term, avoided.flaw)) {
                    avoided.example = None;
                }
            }
            let partner = document.partner.map(|partner| numbers[partner]);
            if let Some(slot) = self.documents.get_mut(number) {
                *slot = Some(DocumentFacts { partner, ..document });
            }
        }
    }

    /// Keeps the beads that will be looked at again; where each stands among those kept.
    fn keep(&mut self, places: &[(Place, usize)], beads: Collection) -> Vec<Option<usize>> {
        let mut wanted = vec![false; beads.bitexts.len()];
        for (place, _) in places {
            let held = self.held.entry((place.concept, place.into, place.outcome)).or_default();
            let most = match place.outcome {
                Outcome::Approved => USUAL,
                Outcome::Otherwise => OTHERWISE,
                Outcome::LeftOut | Outcome::Doubtful => usize::MAX,
                Outcome::Understood => 0,
            };
            let is_wanted = *held < most;
            *held += usize::from(is_wanted);
            wanted[place.bead] |= is_wanted;
        }
        let mut documents = beads.documents.into_iter();
        let mut kept = Vec::with_capacity(wanted.len());
        for (bitext, wanted) in beads.bitexts.into_iter().zip(wanted) {
            let pair: Vec<_> = documents.by_ref().take(2).collect();
            kept.push(wanted.then_some(self.kept.bitexts.len()));
            if wanted {
                let bitexts = vec![Bitext { es: 0, en: 1, ..bitext }];
                self.kept.append(Collection { documents: pair, bitexts });
            }
        }
        kept
    }

    /// Ends the taking.
    pub fn finish(self) -> Gathered<'t> {
        let concordance = Concordance::new(&self.kept);
        let unlisted = unlisted_renderings(&self, &concordance);
        let mut places = self.places;
        for at in unlisted.keys() {
            places[*at].place.outcome = Outcome::Otherwise;
        }
        let documents = self.documents.into_iter().flatten().collect();
        Gathered { termbase: self.termbase, documents, places, unlisted, kept: self.kept }
    }
}

/// What seems to render the places that nothing listed renders, by their numbers.
fn unlisted_renderings(gatherer: &Gatherer<'_>, concordance: &Concordance<'_>) -> FxHashMap<usize, String> {
    let places = &gatherer.places;
    let mut open: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, noted) in places.iter().enumerate() {
        if noted.place.outcome.is_open() {
            open.entry(noted.place.concept).or_default().push(at);
        }
    }
    let occurrences = concordance.occurrences(gatherer.termbase.concepts.len());
    let from = Harvest { concordance, limit: 0, confidential: false };
    let mut found = FxHashMap::default();
    for (concept, open) in open {
        let renderings = unlisted(from, &gatherer.stems, &occurrences[concept as usize]);
        for lang in Lang::ALL {
            let text = |document: usize| concordance.document(document).document.text.as_str();
            let often = renderings.in_lang(lang).iter().filter(|rendering| {
                let sentences: FxHashSet<&str> =
                    rendering.places.iter().map(|(document, _)| text(*document)).collect();
                sentences.len() >= TOLD
            });
            for rendering in often {
                // Of a bead that was cut out the documents are two and two.
                let beads: FxHashSet<usize> =
                    rendering.places.iter().map(|(document, _)| document / 2).collect();
                let there = open.iter().filter(|at| places[**at].place.into == lang);
                for &at in there.filter(|at| places[**at].bead.is_some_and(|bead| beads.contains(&bead))) {
                    found.entry(at).or_insert_with(|| rendering.text.clone());
                }
            }
        }
    }
    found
}

/// All that a report is made from.
#[derive(Debug)]
pub struct Gathered<'t> {
    pub(super) termbase: &'t Termbase,
    pub(super) documents: Vec<DocumentFacts>,
    pub(super) places: Vec<Noted>,
    /// What stands in the place of a term, by the numbers of the places.
    unlisted: FxHashMap<usize, String>,
    pub(super) kept: Collection,
}

/// What is known of a concept before the report is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) hits: [usize; 2],
    /// Documents with hits.
    pub(super) documents: usize,
    pub(super) counts: [Counts; 2],
    pub(super) renderings: FxHashMap<(Lang, Rendering), usize>,
    /// Documents with their hits and places.
    cells: Vec<(usize, [usize; 2], Counts)>,
}

impl Counts {
    /// Counts a place.
    pub(super) fn note(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Approved => self.approved += 1,
            Outcome::Otherwise => self.otherwise += 1,
            Outcome::LeftOut => self.left_out += 1,
            Outcome::Doubtful | Outcome::Understood => {}
        }
    }
}

impl Gathered<'_> {
    /// Makes the report. `proposals` are what the glossary lacks, best first, as `from_documents` documents show it.
    pub fn report(&self, proposals: &[Proposal], from_documents: usize) -> Coverage {
        let mut tallies = self.tallies();
        let names: Vec<Arc<str>> =
            self.documents.iter().map(|document| Arc::from(document.name.as_str())).collect();
        let concepts: Vec<ConceptCoverage> =
            tallies.iter_mut().enumerate().map(|(at, tally)| self.concept(at, tally, &names)).collect();
        let (title, ui) = title_and_ui(self.termbase);
        let groups = AllGroups::of(self);
        Coverage {
            title,
            ui,
            summary: self.summary(&concepts),
            documents: self.document_lines(),
            subjects: groups.subjects.list(),
            languages: groups.languages.list(),
            dates: groups.dates.list(),
            desks: groups.desks.list(),
            heat: self.heat(),
            inconsistencies: inconsistencies(self, &concepts),
            avoided: avoided(self),
            needed: needed(proposals, from_documents),
            queue: queue(self.termbase, &tallies),
            noise: noise(self, &tallies, &self.shadows()),
            changes: None,
            drift: None,
            concepts,
        }
    }

    /// How terms were really rendered: those that are not always rendered alike, or not as approved.
    pub fn drift(&self) -> Vec<Drift> {
        drift(self)
    }

    pub(super) fn concept_at(&self, concept: u32) -> &Concept {
        &self.termbase.concepts[concept as usize]
    }

    /// Whether places of a concept are required: entries that are only proposed ask nobody for anything.
    pub(super) fn is_required(&self, concept: u32) -> bool {
        self.concept_at(concept).review != Some(Review::Proposed)
    }

    fn tallies(&self) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.termbase.concepts.len()];
        for (number, document) in self.documents.iter().enumerate() {
            for &(concept, hits) in &document.cells {
                let tally = &mut tallies[concept as usize];
                tally.hits[0] += hits[0];
                tally.hits[1] += hits[1];
                tally.documents += 1;
                tally.cells.push((number, hits, Counts::default()));
            }
        }
        for (at, noted) in self.places.iter().enumerate() {
            let (place, document) = (noted.place, noted.document);
            let tally = &mut tallies[place.concept as usize];
            tally.counts[place.into as usize].note(place.outcome);
            if place.outcome.is_counted() {
                *tally.renderings.entry((place.into, self.rendering(at))).or_default() += 1;
            }
            let cell = tally.cells.partition_point(|(number, ..)| *number < document);
            match tally.cells.get_mut(cell).filter(|(number, ..)| *number == document) {
                Some((_, _, counts)) => counts.note(place.outcome),
                None => {
                    let mut counts = Counts::default();
                    counts.note(place.outcome);
                    tally.cells.insert(cell, (document, [0, 0], counts));
                }
            }
        }
        tallies
    }

    /// What renders a concept at a place, by its number.
    pub(super) fn rendering(&self, at: usize) -> Rendering {
        match (self.places[at].place.term, self.unlisted.get(&at)) {
            (Some(term), _) => Rendering::Term(term),
            (None, Some(text)) => Rendering::Text(text.clone()),
            (None, None) => Rendering::Nothing,
        }
    }

    /// The cells of the tally go into the concept's.
    fn concept(&self, at: usize, tally: &mut Tally, names: &[Arc<str>]) -> ConceptCoverage {
        let concept = &self.termbase.concepts[at];
        let cell = |(number, hits, counts): (usize, [usize; 2], Counts)| Cell {
            document: Arc::clone(&names[number]),
            count_es: hits[0],
            count_en: hits[1],
            counts,
        };
        ConceptCoverage {
            concept: concept.id.to_string(),
            label: label(self.termbase, concept),
            subject: concept.subject.clone(),
            review: concept.review.map(|review| review.to_string()),
            required: self.is_required(at as u32),
            count_es: tally.hits[0],
            count_en: tally.hits[1],
            into_es: tally.counts[0],
            into_en: tally.counts[1],
            renderings: self.renderings_of(tally),
            documents: std::mem::take(&mut tally.cells).into_iter().map(cell).collect(),
        }
    }

    fn renderings_of(&self, tally: &Tally) -> Vec<RenderingCount> {
        let usage = Usage::new(self.termbase, None, None);
        let one = |(&(lang, ref rendering), &count): (&(Lang, Rendering), &usize)| {
            let (term, approved, flaw) = match rendering {
                Rendering::Term(term) => {
                    let flaw = usage.flaw_of_rendering(*term, lang);
                    (Some(self.termbase.term(*term).term.clone()), flaw.is_none(), flaw)
                }
                Rendering::Text(text) => (Some(text.clone()), false, None),
                Rendering::Nothing => (None, false, None),
            };
            RenderingCount { lang, term, approved, flaw, count }
        };
        let mut list: Vec<RenderingCount> = tally.renderings.iter().map(one).collect();
        list.sort_by(|a, b| (Reverse(a.count), a.lang, &a.term).cmp(&(Reverse(b.count), b.lang, &b.term)));
        list
    }

    fn document_lines(&self) -> Vec<DocumentCoverage> {
        let line = |document: &DocumentFacts| DocumentCoverage {
            document: document.name.clone(),
            lang: document.lang,
            partner: document.partner.map(|partner| self.documents[partner].name.clone()),
            words: document.words,
            hits: hits(document),
            concepts: document.cells.len(),
            counts: Counts::default(),
            about: document.about.clone(),
        };
        let mut lines: Vec<DocumentCoverage> = self.documents.iter().map(line).collect();
        for noted in self.required() {
            lines[noted.document].counts.note(noted.place.outcome);
        }
        lines
    }

    /// The places of required concepts.
    pub(super) fn required(&self) -> impl Iterator<Item = &Noted> {
        self.places.iter().filter(|noted| self.is_required(noted.place.concept))
    }

    fn summary(&self, concepts: &[ConceptCoverage]) -> Summary {
        let seen = |es: bool, en: bool| {
            concepts.iter().filter(|one| (one.count_es > 0) == es && (one.count_en > 0) == en).count()
        };
        let mut summary = Summary {
            concepts: concepts.len(),
            both: seen(true, true),
            only_es: seen(true, false),
            only_en: seen(false, true),
            never: seen(false, false),
            documents: self.documents.len(),
            pairs: self.documents.iter().filter(|document| document.partner.is_some()).count() / 2,
            words: self.documents.iter().map(|document| document.words).sum(),
            hits: self.documents.iter().map(hits).sum(),
            ..Summary::default()
        };
        for noted in &self.places {
            summary.all.note(noted.place.outcome);
            summary.understood += usize::from(!noted.place.outcome.is_counted());
        }
        self.required().for_each(|noted| summary.required.note(noted.place.outcome));
        summary
    }

    pub(super) fn subject(&self, concept: u32) -> &str {
        self.concept_at(concept).subject.as_deref().unwrap_or_default()
    }

    fn heat(&self) -> Vec<HeatCell> {
        let mut cells: BTreeMap<(&str, String), Counts> = BTreeMap::new();
        for noted in self.required() {
            let Some(date) = date_key(&self.documents[noted.document]) else { continue };
            cells.entry((self.subject(noted.place.concept), date)).or_default().note(noted.place.outcome);
        }
        let asked = cells.into_iter().filter(|(_, counts)| counts.asked() > 0);
        asked
            .map(|((subject, date), counts)| HeatCell { subject: subject.to_owned(), date, counts })
            .collect()
    }

    fn shadows(&self) -> Shadows {
        let mut shadows: Shadows = BTreeMap::new();
        for &(one, by, count) in self.documents.iter().flat_map(|document| &document.shadows) {
            *shadows.entry(one).or_default().entry(by).or_default() += count;
        }
        shadows
    }
}

fn hits(document: &DocumentFacts) -> usize {
    document.cells.iter().map(|(_, hits)| hits[0] + hits[1]).sum()
}

/// The month, or the year, of a document.
pub(super) fn date_key(document: &DocumentFacts) -> Option<String> {
    let date = document.about.date.as_deref().filter(|date| is_date(date))?;
    Some(date[..date.len().min("2026-11".len())].to_owned())
}
