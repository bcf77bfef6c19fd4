//! Line starts, and columns in the three units that the world counts in.

/// A place for people and editors: lines and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1. Lines end with LF, CR LF or CR.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1 (what editors' protocols count, plus one).
    pub utf16: usize,
    /// Column in bytes, from 1.
    pub byte: usize,
}

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        LineIndex { starts }
    }

    /// The position of a byte offset, which should lie on a character boundary (else the one before counts).
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let before = &text[start..offset];
        Position {
            line,
            column: before.chars().count() + 1,
            utf16: before.encode_utf16().count() + 1,
            byte: before.len() + 1,
        }
    }
}
