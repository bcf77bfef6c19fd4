//! Term coverage: which concepts occur in which documents, and in pairs which are rendered. Only sure hits count
//! ([`crate::matcher::Hit::is_sure`]): a false hit would ask for a rendering that nobody owes.

use serde::Serialize;

use super::build::label;
use crate::concord::{Concordance, Occurrence, renderings};
use crate::engine::{Analysis, Collection};
use crate::lang::Lang;
use crate::termbase::Termbase;
use crate::text::About;

/// Concept × document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The sums.
    pub summary: CoverageSummary,
    /// The concepts in the order of the termbase.
    pub concepts: Vec<ConceptCoverage>,
    /// The documents in corpus order.
    pub documents: Vec<DocumentCoverage>,
}

/// The sums of a coverage report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CoverageSummary {
    /// Concepts in the termbase.
    pub concepts: usize,
    /// Concepts seen in both languages.
    pub both: usize,
    /// Concepts seen in Spanish only.
    pub only_es: usize,
    /// Concepts seen in English only.
    pub only_en: usize,
    /// Concepts never seen.
    pub never: usize,
    /// Documents.
    pub documents: usize,
    /// Pairs of documents.
    pub pairs: usize,
    /// Beads in which a term stands on one side at least.
    pub expected: usize,
    /// Of these, beads in which a term of the concept stands on the other side too.
    pub rendered: usize,
}

/// The coverage of a concept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptCoverage {
    /// Its id.
    pub concept: String,
    /// Its preferred terms, "arancel / tariff".
    pub label: String,
    /// Subject field.
    pub subject: Option<String>,
    /// Hits of Spanish terms.
    pub count_es: usize,
    /// Hits of English terms.
    pub count_en: usize,
    /// Beads in which a term stands on one side at least.
    pub expected: usize,
    /// Of these, beads in which a term of the concept stands on the other side too.
    pub rendered: usize,
    /// The documents it occurs in.
    pub documents: Vec<Cell>,
}

/// A concept in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The document's name.
    pub document: String,
    /// Hits of Spanish terms.
    pub count_es: usize,
    /// Hits of English terms.
    pub count_en: usize,
}

/// The coverage of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentCoverage {
    /// Its name.
    pub document: String,
    /// Its language.
    pub lang: Option<Lang>,
    /// Its partner's name.
    pub partner: Option<String>,
    /// Running words.
    pub words: usize,
    /// Sure hits.
    pub hits: usize,
    /// Distinct concepts.
    pub concepts: usize,
    /// What it says of itself.
    #[serde(flatten)]
    pub about: About,
}

/// Makes the report.
pub fn coverage(termbase: &Termbase, collection: &Collection) -> Coverage {
    let concordance = Concordance::new(collection);
    let all = concordance.occurrences(termbase.concepts.len());
    let concept = |(i, found): (usize, &Vec<Occurrence>)| concept_coverage(termbase, &concordance, i, found);
    let concepts: Vec<ConceptCoverage> = all.iter().enumerate().map(concept).collect();
    Coverage { summary: summary(&concepts, collection), documents: documents(collection), concepts }
}

fn concept_coverage(
    termbase: &Termbase,
    concordance: &Concordance<'_>,
    index: usize,
    found: &[Occurrence],
) -> ConceptCoverage {
    let concept = &termbase.concepts[index];
    let collection = concordance.collection();
    let renderings = renderings(concordance, found);
    let sure: Vec<Occurrence> =
        found.iter().copied().filter(|occurrence| occurrence.hit(collection).is_sure()).collect();
    ConceptCoverage {
        concept: concept.id.to_string(),
        label: label(termbase, concept),
        subject: concept.subject.clone(),
        count_es: count(collection, &sure, Lang::Es),
        count_en: count(collection, &sure, Lang::En),
        expected: renderings.rendered + renderings.missing,
        rendered: renderings.rendered,
        documents: sure
            .chunk_by(|a, b| a.document == b.document)
            .map(|same| cell(collection, same))
            .collect(),
    }
}

fn count(collection: &Collection, found: &[Occurrence], lang: Lang) -> usize {
    found.iter().filter(|occurrence| occurrence.hit(collection).lang == lang).count()
}

fn cell(collection: &Collection, same: &[Occurrence]) -> Cell {
    Cell {
        document: collection.documents[same[0].document].document.name.clone(),
        count_es: count(collection, same, Lang::Es),
        count_en: count(collection, same, Lang::En),
    }
}

fn summary(concepts: &[ConceptCoverage], collection: &Collection) -> CoverageSummary {
    let seen = |es: bool, en: bool| {
        concepts.iter().filter(|concept| (concept.count_es > 0) == es && (concept.count_en > 0) == en).count()
    };
    CoverageSummary {
        concepts: concepts.len(),
        both: seen(true, true),
        only_es: seen(true, false),
        only_en: seen(false, true),
        never: seen(false, false),
        documents: collection.documents.len(),
        pairs: collection.bitexts.len(),
        expected: concepts.iter().map(|concept| concept.expected).sum(),
        rendered: concepts.iter().map(|concept| concept.rendered).sum(),
    }
}

fn documents(collection: &Collection) -> Vec<DocumentCoverage> {
    let partners = collection.partners();
    let name = |i: usize| collection.documents[i].document.name.clone();
    let line = |(i, analysis): (usize, &Analysis)| {
        let sure = analysis.hits.iter().filter(|hit| hit.is_sure());
        let mut concepts: Vec<u32> = sure.map(|hit| hit.term.concept).collect();
        let hits = concepts.len();
        concepts.sort_unstable();
        concepts.dedup();
        DocumentCoverage {
            document: name(i),
            lang: analysis.lang(),
            partner: partners[i].map(name),
            words: analysis.words,
            hits,
            concepts: concepts.len(),
            about: analysis.document.about.clone(),
        }
    };
    collection.documents.iter().enumerate().map(line).collect()
}
