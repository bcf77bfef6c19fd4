//! Concordance: occurrences in their context, alone and aligned.
//!
//! A [`Concordance`] sorts the hits of a collection by concept and knows the bead of each; [`harvest()`] finds a
//! concept's best aligned contexts among them, [`renderings`] counts how it was translated, [`unlisted`](mod@unlisted)
//! finds how where the glossary does not say; [`kwic`] makes concordance lines.

mod concordance;
mod defining;
pub mod harvest;
pub mod kwic;
pub mod rendering;
pub mod snippet;
pub mod unlisted;
pub mod uses;

pub use concordance::{Concordance, HeldBead};
pub use harvest::{Harvest, harvest};
pub use kwic::KwicLine;
pub use rendering::{Rendered, Renderings, renderings};
pub use unlisted::{StemCounts, UnlistedRenderings, unlisted};

use serde::Serialize;

use crate::engine::Collection;
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::Span;

/// What stands behind an aligned context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Written into the entry by hand.
    Pinned,
    /// Both sides stand in one bead of a pair of documents.
    Bead,
    /// Both terms stand side by side in one sentence: «USMCA (T-MEC)».
    Apposition,
    /// Each side is the best snippet of a text without a partner.
    Comparable,
}

/// A piece of text around a term, cut at words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Snippet {
    /// The document's name; for pinned contexts the source as stated.
    pub document: String,
    /// Line in the source, from 1; 0 where there is none.
    pub line: usize,
    /// The slide, sheet, page or chapter, in documents that have no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The text on one line, with … where it was cut.
    pub text: String,
    /// The hits in `text`, in bytes, in order and not overlapping.
    pub marks: Vec<Span>,
}

/// A concept's Spanish and English occurrence, with what stands behind the pairing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlignedContext {
    /// What stands behind it.
    pub evidence: Evidence,
    /// The Spanish side; an apposition has the sentence on the side of its own language only.
    pub es: Option<Snippet>,
    /// The English side.
    pub en: Option<Snippet>,
    /// How good the example is; higher is better.
    pub score: f32,
    /// The side whose marks show a rendering that the glossary lacks, found by counting, and no hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<Lang>,
}

/// A hit in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Index of the document in the collection.
    pub document: usize,
    /// Index of the segment in the document.
    pub segment: usize,
    /// Index of the hit in the document.
    pub hit: usize,
}

impl Occurrence {
    /// The hit.
    pub fn hit(self, collection: &Collection) -> &Hit {
        &collection.documents[self.document].hits[self.hit]
    }
}

#[cfg(test)]
mod tests;
