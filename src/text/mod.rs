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

/// A character as markup can hold it. Control characters have no place there (XML 1.0, section 2.2; HTML, section
/// 13.2.2): the replacement character tells that something stood in theirs.
pub(crate) fn printable(c: char) -> char {
    match c {
        '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}
