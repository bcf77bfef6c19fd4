//! From a corpus to the collection that reports are made from.

use super::corpus::Corpus;
use super::pairs::Pair;
use super::parallel::{Jobs, Workers};
use crate::engine::{Bitext, Collection, Engine};

/// What the segments of a document are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// Its sentences.
    #[default]
    Sentences,
    /// Its lines, blank ones too.
    Lines,
}

/// Analyses the documents of a corpus and aligns its pairs, on several threads; the order is the corpus's.
pub fn analyse(engine: &Engine, corpus: Corpus, cut: Cut, jobs: Jobs) -> Collection {
    let workers = Workers::new(jobs);
    let documents = workers.map_in_order(corpus.documents, |document| match cut {
        Cut::Sentences => engine.analyse(document),
        Cut::Lines => engine.analyse_lines(document),
    });
    let bitext = |pair: &Pair| {
        let beads = engine.align(&documents[pair.es], &documents[pair.en]);
        Bitext { es: pair.es, en: pair.en, beads }
    };
    let bitexts = workers.map_in_order(&corpus.pairs, bitext);
    Collection { documents, bitexts }
}
