//! Coverage of a corpus, pair by pair ([`super::walk`]): of each the report keeps what it needs. The terms that the
//! glossary lacks are looked for in what was learnt from.

use std::collections::BTreeSet;

use super::extraction::align_words;
use super::outline::Outline;
use super::parallel::Workers;
use super::walk::{Walk, Walked};
use crate::check::Finding;
use crate::check::translation::{Checker, Options};
use crate::engine::Collection;
use crate::extract::proposals::{self, Passage, Proposal, Proposing};
use crate::extract::statistics::Statistics;
use crate::extract::terms::Limits;
use crate::report::coverage::{Facts, Gathered, Gatherer};
use crate::text::Document;

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

/// Looks through a corpus. The terms `rejected`, phrase keys, are not proposed.
pub fn survey<'e>(outline: &Outline, walk: Walk<'e, '_>, rejected: &BTreeSet<String>) -> Surveyed<'e> {
    let (engine, workers) = (walk.engine, walk.workers);
    let mut gatherer = Gatherer::new(engine.termbase(), outline.corpus.documents.len());
    let options = Options::default();
    let checker = Checker::new(engine, &options);
    let look = |pair: &Collection| Facts::of(&checker, pair);
    let Walked { sample, findings } = walk.each(outline, look, |facts, unit| gatherer.add(facts, unit));
    let from_documents = sample.iter().map(|part| part.documents.len()).sum();
    let proposals = proposals_of(&Collection::joined(sample), rejected, workers);
    Surveyed { gathered: gatherer.finish(), proposals, from_documents, findings }
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
