//! Line starts, and columns in the three units that the world counts in.
//!
//! The index keeps the start of every line and, every few kilobytes, how many code points and UTF-16 units
//! stand before. A look-up is a binary search and a count over less than [`STEP`] bytes, even within a line of
//! many megabytes; in ASCII text all columns are differences of byte offsets.
//!
//! ```
//! use glosa::text::LineIndex;
//!
//! let text = "uno\ndos años";
//! let at = LineIndex::new(text).position(text, text.find("ños").unwrap());
//! assert_eq!((at.line, at.column, at.byte), (2, 6, 6));
//! ```

/// Distance in bytes between two checkpoints.
const STEP: usize = 4096;

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
    /// Byte offsets of the line starts; the first is 0.
    starts: Vec<usize>,
    /// The units before every multiple of [`STEP`]; empty for ASCII text.
    checkpoints: Vec<Units>,
}

/// A number of characters in two units.
#[derive(Clone, Copy, Debug, Default)]
struct Units {
    chars: usize,
    utf16: usize,
}

impl LineIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let checkpoints = if text.is_ascii() { Vec::new() } else { checkpoints(text.as_bytes()) };
        LineIndex { starts: line_starts(text.as_bytes()), checkpoints }
    }

    /// The position of a byte offset in the text that was indexed. An offset within a character counts as the
    /// character's start, one past the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.line_start(line).unwrap_or(0);
        let units = self.units_between(text.as_bytes(), start, offset);
        // Editors do not count a byte order mark.
        let mark = usize::from(line == 1 && offset > 0 && text.starts_with('\u{feff}'));
        let (column, utf16) = (units.chars + 1 - mark, units.utf16 + 1 - mark);
        Position { line, column, utf16, byte: offset - start + 1 }
    }

    /// The byte offset at which a line (from 1) starts; `None` past the last.
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line.checked_sub(1)?).copied()
    }

    /// The number of lines; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    fn units_between(&self, bytes: &[u8], start: usize, end: usize) -> Units {
        if self.checkpoints.is_empty() {
            return Units { chars: end - start, utf16: end - start };
        }
        if end - start <= STEP {
            return count(bytes.get(start..end).unwrap_or_default());
        }
        let (from, to) = (self.units_before(bytes, start), self.units_before(bytes, end));
        Units { chars: to.chars - from.chars, utf16: to.utf16 - from.utf16 }
    }

    fn units_before(&self, bytes: &[u8], offset: usize) -> Units {
        let at = (offset / STEP).min(self.checkpoints.len().saturating_sub(1));
        let known = self.checkpoints.get(at).copied().unwrap_or_default();
        let rest = count(bytes.get(at * STEP..offset).unwrap_or_default());
        Units { chars: known.chars + rest.chars, utf16: known.utf16 + rest.utf16 }
    }
}

fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = vec![0];
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let first_half_of_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        if !first_half_of_crlf {
            starts.push(at + 1);
        }
    }
    starts
}

fn checkpoints(bytes: &[u8]) -> Vec<Units> {
    let mut total = Units::default();
    let mut all = Vec::with_capacity(bytes.len() / STEP + 2);
    all.push(total);
    for piece in bytes.chunks(STEP) {
        let units = count(piece);
        total.chars += units.chars;
        total.utf16 += units.utf16;
        all.push(total);
    }
    all
}

/// Counts the characters that *begin* in these bytes, which may be cut within a character.
fn count(bytes: &[u8]) -> Units {
    let begins = |&&b: &&u8| b & 0b1100_0000 != 0b1000_0000;
    let chars = bytes.iter().filter(begins).count();
    let beyond_the_bmp = bytes.iter().filter(|&&b| b >= 0xF0).count();
    Units { chars, utf16: chars + beyond_the_bmp }
}

/// The character boundary at or before an offset; the text's end for what lies past it.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, character by character.
    fn slow(text: &str, offset: usize) -> Position {
        let mut at = Position { line: 1, column: 1, utf16: 1, byte: 1 };
        for (i, c) in text.char_indices() {
            if i + c.len_utf8() > offset {
                break;
            }
            if i == 0 && c == '\u{feff}' {
                at.byte += c.len_utf8();
                continue;
            }
            let in_crlf = c == '\r' && text[i + 1..].starts_with('\n');
            if (c == '\n' || c == '\r') && !in_crlf {
                at = Position { line: at.line + 1, column: 1, utf16: 1, byte: 1 };
            } else {
                at.column += 1;
                at.utf16 += c.len_utf16();
                at.byte += c.len_utf8();
            }
        }
        at
    }

    #[test]
    fn every_kind_of_line_end() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let lines: Vec<_> = (0..=text.len()).map(|at| index.position(text, at).line).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 4, 4]);
        assert_eq!(index.line_count(), 4);
    }

    #[test]
    fn columns_in_all_units() {
        let text = "ñ😀x\n";
        let at = LineIndex::new(text).position(text, 6);
        assert_eq!(at, Position { line: 1, column: 3, utf16: 4, byte: 7 });
    }

    #[test]
    fn a_long_line_is_counted_from_checkpoints() {
        let text = "é😀a".repeat(3000);
        let index = LineIndex::new(&text);
        for offset in [0, 7, STEP - 1, STEP, STEP + 1, 3 * STEP + 2, text.len(), text.len() + 9] {
            let offset_or_before = floor_char_boundary(&text, offset);
            assert_eq!(index.position(&text, offset), slow(&text, offset_or_before), "at {offset}");
        }
    }

    proptest! {
        #[test]
        fn same_as_the_definition(text in "\u{feff}?[a\u{f1}\u{1F600}\r\n\u{200b}]{0,60}", offset in 0usize..200) {
            let at = floor_char_boundary(&text, offset);
            prop_assert_eq!(LineIndex::new(&text).position(&text, offset), slow(&text, at));
        }
    }
}
