//! Text: spans, documents, folding, tokens, lines, sentences and their language.

pub mod date;
mod document;
pub mod fold;
pub mod langid;
mod lines;
mod parts;
pub mod segment;
mod span;
pub mod tokens;

pub use document::{About, Before, Block, BlockKind, Document, RECORD_MARK, SourceMap, Space};
pub use lines::{LineIndex, Position, floor_char_boundary};
pub use parts::{PartKind, Parts};
pub use segment::{Quote, Segment, SegmentKind, line_segments, quotes, segment_spans, segments};
pub use span::Span;
