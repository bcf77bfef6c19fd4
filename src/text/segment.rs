//! Sentence segmentation for Spanish and English.

use serde::Serialize;

use super::{Document, Span};
use crate::lang::Lang;

/// A sentence, heading or list item, with its own language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Bytes in the document's text, without the white space around.
    pub span: Span,
    /// The language; `None` (`und`) where there are no words of either.
    pub lang: Option<Lang>,
    /// How sure the language is, 0 to 1; the matcher's language test wants at least 0.8.
    pub confidence: f32,
    /// What kind of text it is.
    pub kind: SegmentKind,
}

/// What a segment is, as far as a snippet's worth is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// A sentence of running text.
    Sentence,
    /// A title or headline.
    Heading,
    /// An item of a list.
    ListItem,
    /// Page furniture.
    Boilerplate,
}

/// Divides a document into segments, in order and not overlapping, with their languages.
pub fn segments(_document: &Document) -> Vec<Segment> {
    Vec::new()
}
