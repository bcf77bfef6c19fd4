//! Coverage of a corpus: its texts read, analysed, aligned and let go, pair by pair, so that memory holds those at work,
//! and of the others what the report needs.
//!
//! What is learnt from many texts together, the lexicon of the alignment and the terms that the glossary lacks, is
//! learnt from a part of a large corpus, evenly spread over it.

use std::collections::BTreeSet;

use super::collection::align;
use super::corpus::Corpus;
use super::extraction::align_words;
use super::outline::Outline;
use super::pairs::Pair;
use super::parallel::Workers;
use crate::align::Lexicon;
use crate::check::Finding;
use crate::check::translation::{Checker, Options};
use crate::engine::{Analysis, Bitext, Collection, Engine};
use crate::extract::proposals::{self, Passage, Proposal, Proposing};
use crate::extract::statistics::Statistics;
use crate::extract::terms::Limits;
use crate::lang::Lang;
use crate::report::coverage::{Facts, Gathered, Gatherer};
use crate::text::Document;

/// At most so many pairs and single texts are learnt from …
const MOST_UNITS: usize = 400;
/// … with at most about so many bytes.
const MOST_BYTES: usize = 16 << 20;
/// So many pairs and single texts are worked on between two reports of progress.
const AT_ONCE: usize = 64;

/// What a run needs beside the corpus.
pub struct Run<'e, 'a> {
    /// The glossary.
    pub engine: &'e Engine,
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
    /// Files that could be read when they were paired, and could not when they were looked at.
    pub findings: Vec<Finding>,
}

/// The numbers of a pair, or of a single document, in the corpus.
type Unit = Vec<usize>;

/// What is known of a unit, and what went wrong.
type Looked<T> = (T, Vec<Finding>);

/// Reads the texts of a unit.
fn analyse(engine: &Engine, outline: &Outline, unit: &Unit) -> Looked<Vec<Analysis>> {
    let (documents, findings) = outline.with_texts(unit);
    (documents.into_iter().map(|document| engine.analyse(document)).collect(), findings)
}

/// Looks through a corpus.
pub fn survey<'e>(outline: &Outline, run: Run<'e, '_>) -> Surveyed<'e> {
    let Run { engine, rejected, workers, progress } = run;
    let total = outline.corpus.documents.len();
    let mut gatherer = Gatherer::new(engine.termbase(), total);
    let options = Options::default();
    let checker = Checker::new(engine, &options);
    let units = units(&outline.corpus);
    let bytes: usize = (0..total).map(|number| outline.length(number)).sum();
    let every = units.len().div_ceil(MOST_UNITS).max(bytes / MOST_BYTES + 1);
    let (learnt, rest): (Vec<_>, Vec<_>) = units.into_iter().enumerate().partition(|(at, _)| at % every == 0);
    let learnt: Vec<Unit> = learnt.into_iter().map(|(_, unit)| unit).collect();
    let rest: Vec<Unit> = rest.into_iter().map(|(_, unit)| unit).collect();
    let ((sample, lexicon), mut findings) = learn(engine, outline, &learnt, workers);
    let mut done = 0;
    for (facts, numbers) in
        workers.map_in_order(&sample, |part| Facts::of(&checker, part)).into_iter().zip(&learnt)
    {
        gatherer.add(facts, numbers);
        done += numbers.len();
    }
    progress(done, total);
    for some in rest.chunks(AT_ONCE) {
        let facts = workers.map_in_order(some, |unit| {
            let (documents, findings) = analyse(engine, outline, unit);
            (Facts::of(&checker, &aligned(engine, documents, &lexicon)), findings)
        });
        for ((facts, found), numbers) in facts.into_iter().zip(some) {
            gatherer.add(facts, numbers);
            findings.extend(found);
            done += numbers.len();
        }
        progress(done, total);
    }
    let from_documents = learnt.iter().map(Vec::len).sum();
    let proposals = proposals_of(&Collection::joined(sample), rejected, workers);
    Surveyed { gathered: gatherer.finish(), proposals, from_documents, findings }
}

/// The pairs and single documents, in corpus order, a pair where its first document stands.
fn units(corpus: &Corpus) -> Vec<Unit> {
    let mut partners = vec![None; corpus.documents.len()];
    for &Pair { es, en } in &corpus.pairs {
        (partners[es], partners[en]) = (Some(en), Some(es));
    }
    let unit = |(number, partner): (usize, &Option<usize>)| match *partner {
        None => Some(vec![number]),
        Some(partner) if partner < number => None,
        Some(partner) if corpus.documents[number].lang == Some(Lang::Es) => Some(vec![number, partner]),
        Some(partner) => Some(vec![partner, number]),
    };
    partners.iter().enumerate().filter_map(unit).collect()
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
fn learn(
    engine: &Engine,
    outline: &Outline,
    units: &[Unit],
    workers: &Workers,
) -> Looked<(Vec<Collection>, Lexicon)> {
    let analysed = workers.map_in_order(units, |unit| analyse(engine, outline, unit));
    let (documents, findings): (Vec<_>, Vec<_>) = analysed.into_iter().unzip();
    let documents: Vec<Analysis> = documents.into_iter().flatten().collect();
    let mut first = 0;
    let mut pairs = Vec::new();
    for unit in units {
        if unit.len() == 2 {
            pairs.push(Pair { es: first, en: first + 1 });
        }
        first += unit.len();
    }
    let (bitexts, lexicon) = align(engine, &documents, &pairs, workers);
    let (mut documents, mut bitexts) = (documents.into_iter(), bitexts.into_iter());
    let part = |unit: &Unit| {
        let documents = documents.by_ref().take(unit.len()).collect();
        let bitexts = bitexts.by_ref().take(unit.len() / 2);
        Collection { documents, bitexts: bitexts.map(|bitext| Bitext { es: 0, en: 1, ..bitext }).collect() }
    };
    ((units.iter().map(part).collect(), lexicon), findings.into_iter().flatten().collect())
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
