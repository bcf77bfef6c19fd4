//! Coverage of a corpus: its texts analysed, aligned and let go, pair by pair.

use super::collection::{self, Cut};
use super::corpus::Corpus;
use super::extraction::align_words;
use super::parallel::Workers;
use crate::engine::{Collection, Engine};
use crate::extract::proposals::{self, Proposal, Proposing};
use crate::extract::statistics::Statistics;
use crate::extract::terms::Limits;
use crate::lang::Lang;
use crate::report::coverage::{Coverage, Facts, Gatherer};
use std::collections::BTreeSet;

use crate::text::Document;

/// Makes the report of a corpus. Terms in `rejected` are not proposed.
pub fn coverage(
    engine: &Engine,
    corpus: Corpus,
    rejected: &BTreeSet<String>,
    workers: &Workers,
    jobs: super::Jobs,
) -> Coverage {
    let collection = collection::analyse(engine, corpus, Cut::Sentences, jobs);
    let mut gatherer = Gatherer::new(engine.termbase(), collection.documents.len());
    let numbers: Vec<usize> = (0..collection.documents.len()).collect();
    gatherer.add(Facts::of(engine, &collection), &numbers);
    let proposals = proposals_of(&collection, rejected, workers);
    gatherer.finish().report(&proposals, collection.documents.len())
}

/// What the glossary lacks: with equivalents where there are pairs.
fn proposals_of(collection: &Collection, rejected: &BTreeSet<String>, workers: &Workers) -> Vec<Proposal> {
    let documents: Vec<&Document> = collection.documents.iter().map(|analysis| &analysis.document).collect();
    let statistics = Statistics::shipped();
    let proposing =
        Proposing { documents: &documents, statistics: &statistics, rejected, limits: Limits::default() };
    if !collection.bitexts.is_empty() {
        let pairs = proposals::bitext_passages(collection);
        let texts: Vec<(&str, &str)> = pairs.iter().map(|(es, en)| (es.text, en.text)).collect();
        return proposing.bilingual(&pairs, &align_words(&texts, &statistics, workers));
    }
    let of = |lang: Lang| proposing.monolingual(&proposals::passages(collection, lang), lang);
    let mut found: Vec<Proposal> = Lang::ALL.into_iter().flat_map(of).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.term.cmp(&b.term)));
    found
}
