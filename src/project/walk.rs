//! A corpus pair by pair, in bounded memory: the texts of a pair are read, analysed, aligned, looked at and let go.
//!
//! What is learnt from many texts together, the lexicon of the alignment, is learnt from a part of a large corpus,
//! evenly spread over it.

use super::collection::align;
use super::corpus::Corpus;
use super::outline::Outline;
use super::pairs::Pair;
use super::parallel::Workers;
use crate::align::Lexicon;
use crate::check::Finding;
use crate::engine::{Analysis, Bitext, Collection, Engine};
use crate::lang::Lang;

/// At most so many pairs and single texts are learnt from …
const MOST_UNITS: usize = 400;
/// … with at most about so many bytes.
const MOST_BYTES: usize = 16 << 20;
/// So many pairs and single texts are worked on between two reports of progress.
const AT_ONCE: usize = 64;

/// What a walk needs beside the corpus.
pub struct Walk<'e, 'a> {
    /// The glossary.
    pub engine: &'e Engine,
    /// The threads.
    pub workers: &'a Workers,
    /// Told how many documents of how many are done.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

/// What is left of a walk.
pub(super) struct Walked {
    /// What was learnt from, each pair and single text a collection of its own.
    pub(super) sample: Vec<Collection>,
    /// Files that could be read when they were paired, and could not when they were looked at.
    pub(super) findings: Vec<Finding>,
}

/// The numbers of a pair, the Spanish text first, or of a single document, in the corpus.
pub(super) type Unit = Vec<usize>;

/// What is known of a unit, and what went wrong.
type Looked<T> = (T, Vec<Finding>);

impl Walk<'_, '_> {
    /// Looks at each pair and single text of a corpus, as a collection of its own, on several threads, and takes what
    /// was seen with its numbers: first those that were learnt from, then the others, each in corpus order.
    pub(super) fn each<T: Send>(
        self,
        outline: &Outline,
        look: impl Fn(&Collection) -> T + Sync + Send,
        mut take: impl FnMut(T, &Unit),
    ) -> Walked {
        let Walk { engine, workers, progress } = self;
        let total = outline.corpus.documents.len();
        let (learnt, rest) = learnt_and_rest(outline);
        let ((sample, lexicon), mut findings) = learn(engine, outline, &learnt, workers);
        let mut done = 0;
        for (seen, unit) in workers.map_in_order(&sample, &look).into_iter().zip(&learnt) {
            take(seen, unit);
            done += unit.len();
        }
        progress(done, total);
        for some in rest.chunks(AT_ONCE) {
            let seen = workers.map_in_order(some, |unit| {
                let (documents, findings) = analyse(engine, outline, unit);
                (look(&aligned(engine, documents, &lexicon)), findings)
            });
            for ((seen, found), unit) in seen.into_iter().zip(some) {
                take(seen, unit);
                findings.extend(found);
                done += unit.len();
            }
            progress(done, total);
        }
        Walked { sample, findings }
    }
}

/// The units that are learnt from, and the others.
fn learnt_and_rest(outline: &Outline) -> (Vec<Unit>, Vec<Unit>) {
    let units = units(&outline.corpus);
    let bytes: usize = (0..outline.corpus.documents.len()).map(|number| outline.length(number)).sum();
    let every = units.len().div_ceil(MOST_UNITS).max(bytes / MOST_BYTES + 1);
    let (learnt, rest): (Vec<_>, Vec<_>) = units.into_iter().enumerate().partition(|(at, _)| at % every == 0);
    let unnumbered = |units: Vec<(usize, Unit)>| units.into_iter().map(|(_, unit)| unit).collect();
    (unnumbered(learnt), unnumbered(rest))
}

/// Reads the texts of a unit.
fn analyse(engine: &Engine, outline: &Outline, unit: &Unit) -> Looked<Vec<Analysis>> {
    let (documents, findings) = outline.with_texts(unit);
    (documents.into_iter().map(|document| engine.analyse(document)).collect(), findings)
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
