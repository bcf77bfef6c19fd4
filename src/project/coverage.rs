//! Coverage of a corpus: its texts analysed, aligned and let go, pair by pair, so that memory holds little more than
//! the texts.
//!
//! What is learnt from many texts together, the lexicon of the alignment and the terms that the glossary lacks, is
//! learnt from a part of a large corpus, evenly spread over it.

use std::collections::BTreeSet;

use super::collection::align;
use super::corpus::Corpus;
use super::extraction::align_words;
use super::pairs::Pair;
use super::parallel::Workers;
use crate::align::Lexicon;
use crate::check::translation::{Checker, Options};
use crate::engine::{Analysis, Bitext, Collection, Engine};
use crate::extract::proposals::{self, Passage, Proposal, Proposing};
use crate::extract::statistics::Statistics;
use crate::extract::terms::Limits;
use crate::report::coverage::{Facts, Gathered, Gatherer};
use crate::text::Document;

/// At most so many pairs and single texts are learnt from …
const MOST_UNITS: usize = 400;
/// … with at most about so many bytes.
const MOST_BYTES: usize = 16 << 20;
/// So many pairs and single texts are worked on between two reports of progress.
const AT_ONCE: usize = 64;

/// What a run needs beside the corpus.
pub struct Run<'a> {
    /// The glossary.
    pub engine: &'a Engine,
    /// Terms that are not to be proposed, as phrase keys.
    pub rejected: &'a BTreeSet<String>,
    /// The threads.
    pub workers: &'a Workers,
    /// Told how many documents of how many are done.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

/// What is known of a corpus, and what its glossary lacks.
pub struct Surveyed<'e> {
    /// All that a report is made from.
    pub gathered: Gathered<'e>,
    /// What the glossary lacks, best first.
    pub proposals: Vec<Proposal>,
    /// From how many documents that is known.
    pub from_documents: usize,
}

/// A pair, or a single document, with its numbers in the corpus.
#[derive(Debug)]
struct Unit {
    documents: Vec<Document>,
    numbers: Vec<usize>,
}

impl Unit {
    fn bytes(&self) -> usize {
        self.documents.iter().map(|document| document.text.len()).sum()
    }

    fn analyse(self, engine: &Engine) -> (Vec<Analysis>, Vec<usize>) {
        (self.documents.into_iter().map(|document| engine.analyse(document)).collect(), self.numbers)
    }
}

/// Looks through a corpus.
pub fn survey<'a>(corpus: Corpus, run: Run<'a>) -> Surveyed<'a> {
    let Run { engine, rejected, workers, progress } = run;
    let total = corpus.documents.len();
    let mut gatherer = Gatherer::new(engine.termbase(), total);
    let options = Options::default();
    let checker = Checker::new(engine, &options);
    let units = units(corpus);
    let every =
        units.len().div_ceil(MOST_UNITS).max(units.iter().map(Unit::bytes).sum::<usize>() / MOST_BYTES + 1);
    let (learnt, rest): (Vec<_>, Vec<_>) = units.into_iter().enumerate().partition(|(at, _)| at % every == 0);
    let (sample, lexicon) = learn(engine, learnt.into_iter().map(|(_, unit)| unit).collect(), workers);
    let mut done = 0;
    for (facts, numbers) in
        workers.map_in_order(&sample, |(part, numbers)| (Facts::of(&checker, part), numbers))
    {
        gatherer.add(facts, numbers);
        done += numbers.len();
    }
    progress(done, total);
    let mut rest = rest.into_iter().map(|(_, unit)| unit).peekable();
    while rest.peek().is_some() {
        let some: Vec<Unit> = rest.by_ref().take(AT_ONCE).collect();
        let facts = workers.map_in_order(some, |unit| {
            let (documents, numbers) = unit.analyse(engine);
            (Facts::of(&checker, &aligned(engine, documents, &lexicon)), numbers)
        });
        for (facts, numbers) in facts {
            gatherer.add(facts, &numbers);
            done += numbers.len();
        }
        progress(done, total);
    }
    let from_documents = sample.iter().map(|(_, numbers)| numbers.len()).sum();
    let sample = Collection::joined(sample.into_iter().map(|(part, _)| part));
    let proposals = proposals_of(&sample, rejected, workers);
    Surveyed { gathered: gatherer.finish(), proposals, from_documents }
}

/// The pairs and single documents, in corpus order, a pair where its first document stands.
fn units(corpus: Corpus) -> Vec<Unit> {
    let mut partners = vec![None; corpus.documents.len()];
    for &Pair { es, en } in &corpus.pairs {
        (partners[es], partners[en]) = (Some((es, en)), Some((es, en)));
    }
    let mut documents: Vec<Option<Document>> = corpus.documents.into_iter().map(Some).collect();
    let mut units = Vec::new();
    for (number, partners) in partners.into_iter().enumerate() {
        let numbers = partners.map_or_else(|| vec![number], |(es, en)| vec![es, en]);
        let taken: Vec<Document> = numbers.iter().filter_map(|&number| documents[number].take()).collect();
        if taken.len() == numbers.len() {
            units.push(Unit { documents: taken, numbers });
        }
    }
    units
}

/// A pair aligned with what others teach; a single document as it is.
fn aligned(engine: &Engine, documents: Vec<Analysis>, lexicon: &Lexicon) -> Collection {
    let bitexts = match documents.as_slice() {
        [es, en] => vec![Bitext { es: 0, en: 1, beads: engine.align_with(es, en, lexicon) }],
        _ => Vec::new(),
    };
    Collection { documents, bitexts }
}

/// Some units analysed and aligned, each a collection of its own, with what they teach about others.
fn learn(engine: &Engine, units: Vec<Unit>, workers: &Workers) -> (Vec<(Collection, Vec<usize>)>, Lexicon) {
    let analysed = workers.map_in_order(units, |unit| unit.analyse(engine));
    let sizes: Vec<usize> = analysed.iter().map(|(documents, _)| documents.len()).collect();
    let (documents, numbers): (Vec<Vec<Analysis>>, Vec<Vec<usize>>) = analysed.into_iter().unzip();
    let documents: Vec<Analysis> = documents.into_iter().flatten().collect();
    let mut first = 0;
    let mut pairs = Vec::new();
    for &size in &sizes {
        if size == 2 {
            pairs.push(Pair { es: first, en: first + 1 });
        }
        first += size;
    }
    let (bitexts, lexicon) = align(engine, &documents, &pairs, workers);
    let (mut documents, mut bitexts) = (documents.into_iter(), bitexts.into_iter());
    let part = |(size, numbers): (usize, Vec<usize>)| {
        let documents = documents.by_ref().take(size).collect();
        let bitexts =
            bitexts.by_ref().take(size / 2).map(|bitext| Bitext { es: 0, en: 1, ..bitext }).collect();
        (Collection { documents, bitexts }, numbers)
    };
    (sizes.into_iter().zip(numbers).map(part).collect(), lexicon)
}

/// What the glossary lacks: with equivalents where there are pairs.
fn proposals_of(collection: &Collection, rejected: &BTreeSet<String>, workers: &Workers) -> Vec<Proposal> {
    let documents: Vec<&Document> = collection.documents.iter().map(|analysis| &analysis.document).collect();
    let statistics = Statistics::shipped();
    let proposing =
        Proposing { documents: &documents, statistics: &statistics, rejected, limits: Limits::default() };
    // A term that is proposed is a quotation.
    let may_quote = |passage: &Passage<'_>| !documents[passage.document].confidential;
    if !collection.bitexts.is_empty() {
        let mut pairs = proposals::bitext_passages(collection);
        pairs.retain(|(es, en)| may_quote(es) && may_quote(en));
        let texts: Vec<(&str, &str)> = pairs.iter().map(|(es, en)| (es.text, en.text)).collect();
        return proposing.bilingual(&pairs, &align_words(&texts, &statistics, workers));
    }
    proposing.of_either(|lang| {
        let mut passages = proposals::passages(collection, lang);
        passages.retain(may_quote);
        passages
    })
}
