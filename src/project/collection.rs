//! From a corpus to the collection that reports are made from.

use super::corpus::Corpus;
use super::pairs::Pair;
use super::parallel::{Jobs, map_in_order};
use crate::engine::{Bitext, Collection, Engine};

/// Analyses the documents of a corpus and aligns its pairs, on several threads; the order is the corpus's.
pub fn analyse(engine: &Engine, corpus: Corpus, jobs: Jobs) -> Collection {
    let documents = map_in_order(corpus.documents, jobs, |document| engine.analyse(document));
    let bitext = |pair: &Pair| {
        let beads = engine.align(&documents[pair.es], &documents[pair.en]);
        Bitext { es: pair.es, en: pair.en, beads }
    };
    let bitexts = map_in_order(&corpus.pairs, jobs, bitext);
    Collection { documents, bitexts }
}
