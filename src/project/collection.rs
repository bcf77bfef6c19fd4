//! From a corpus to the collection that reports are made from.

use super::corpus::Corpus;
use super::pairs::Pair;
use super::parallel::{Jobs, Workers};
use crate::engine::{Bitext, Collection, Engine};

/// Analyses the documents of a corpus and aligns its pairs, on several threads; the order is the corpus's.
pub fn analyse(engine: &Engine, corpus: Corpus, jobs: Jobs) -> Collection {
    let workers = Workers::new(jobs);
    let documents = workers.map_in_order(corpus.documents, |document| engine.analyse(document));
    let bitext = |pair: &Pair| {
        let beads = engine.align(&documents[pair.es], &documents[pair.en]);
        Bitext { es: pair.es, en: pair.en, beads }
    };
    let bitexts = workers.map_in_order(&corpus.pairs, bitext);
    Collection { documents, bitexts }
}
