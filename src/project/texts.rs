//! Texts to scan: whole documents, and the pieces of files too large to hold.

use crate::check::Finding;
use crate::text::{Document, LineIndex, Span};

/// A document, or a piece of one.
#[derive(Debug)]
pub struct Text {
    /// The document; its text is the piece only.
    pub document: Document,
    /// Bytes of the file before the piece.
    pub offset: usize,
    /// Lines of the file before the piece.
    pub lines: usize,
    /// Code points of the line that the piece begins in, before the piece.
    pub column: usize,
    /// Hits that start here or later belong to the next piece, which repeats them.
    pub until: usize,
}

impl Text {
    /// A whole document.
    pub fn whole(document: Document) -> Self {
        Text { document, offset: 0, lines: 0, column: 0, until: usize::MAX }
    }

    /// Whether a hit is this piece's to give.
    pub fn owns(&self, span: Span) -> bool {
        span.start < self.until
    }

    /// Line and column in the file, from 1.
    pub fn place(&self, lines: &LineIndex, span: Span) -> (usize, usize) {
        let position = self.document.position(lines, span);
        let column = if position.line == 1 { position.column + self.column } else { position.column };
        (position.line + self.lines, column)
    }
}

/// Some texts to work on at once, with what befell their files.
#[derive(Debug, Default)]
pub struct Batch {
    /// The texts, in order.
    pub texts: Vec<Text>,
    /// Files that could not be read, guesses that were made.
    pub findings: Vec<Finding>,
}
