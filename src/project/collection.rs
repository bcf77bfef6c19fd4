//! From a corpus to the collection that reports are made from.

use super::corpus::Corpus;
use super::pairs::Pair;
use super::parallel::{Jobs, Workers};
use crate::align::Lexicon;
use crate::engine::{Analysis, Bitext, Collection, Engine};

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
    let (bitexts, _) = align(engine, &documents, &corpus.pairs, &workers);
    Collection { documents, bitexts }
}

/// Aligns the pairs, and where there are several once more, with the words that they show together: the lexicon, which
/// comes along.
pub(super) fn align(
    engine: &Engine,
    documents: &[Analysis],
    pairs: &[Pair],
    workers: &Workers,
) -> (Vec<Bitext>, Lexicon) {
    let round = |lexicon: &Lexicon| {
        workers.map_in_order(pairs, |pair| {
            let beads = engine.align_with(&documents[pair.es], &documents[pair.en], lexicon);
            Bitext { es: pair.es, en: pair.en, beads }
        })
    };
    let first = round(&Lexicon::default());
    if pairs.len() < 2 {
        return (first, Lexicon::default());
    }
    let lesson = |bitext: &Bitext| engine.lesson(&documents[bitext.es], &documents[bitext.en], &bitext.beads);
    let lexicon = Lexicon::learn(&workers.map_in_order(&first, lesson));
    (round(&lexicon), lexicon)
}
