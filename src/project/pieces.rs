//! Large texts piece by piece, in bounded memory: files of any size, lines of any length.
//!
//! A piece ends at a blank line where there is one in reach, else at a line's end, at white space, or between
//! two characters. Since no term runs over a blank line, nothing is lost there; at any other cut both pieces
//! show a margin of the text beyond it. Every byte belongs to one piece, [`Piece::own`]: what starts there is
//! found in that piece and ignored in the margins of its neighbours.
//!
//! ```
//! use glosa::project::pieces::{PieceSize, Pieces};
//!
//! let text = "La frontera.\n\n".repeat(20);
//! let size = PieceSize { target: 100, margin: 10 };
//! let mut whole = String::new();
//! for piece in Pieces::new("x.txt", text.as_bytes(), size)? {
//!     let piece = piece?;
//!     assert_eq!(piece.offset + piece.own.start, whole.len());
//!     whole += piece.own.of(&piece.text);
//! }
//! assert_eq!(whole, text);
//! # Ok::<(), glosa::check::Finding>(())
//! ```

use std::io::{ErrorKind, Read};
use std::path::Path;

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::files::cannot_read;
use crate::check::Finding;
use crate::format::decode::{self, Guess};
use crate::simd;
use crate::text::{Position, Space, Span, floor_char_boundary};

/// How large pieces are, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PieceSize {
    /// What a piece owns at most; at least half of it where the text goes on.
    pub target: usize,
    /// What is shown beyond a cut that is not at a blank line: twice the longest term, or more.
    pub margin: usize,
}

impl Default for PieceSize {
    fn default() -> Self {
        PieceSize { target: 512 << 10, margin: 4 << 10 }
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where `text` starts in the whole text, in bytes.
    pub offset: usize,
    /// The same in lines and columns.
    pub position: Position,
    /// The text, its margins included.
    pub text: String,
    /// The bytes of `text` that belong to this piece.
    pub own: Span,
    /// What offsets count: bytes on disk as long as the file is well-formed UTF-8.
    pub space: Space,
}

/// The pieces of a text, read as they are asked for. After an error there are none.
pub struct Pieces<R> {
    name: String,
    source: R,
    /// `None` as long as the text is well-formed UTF-8, which is taken as it is.
    decoder: Option<Decoder>,
    size: PieceSize,
    space: Space,
    warning: Option<Finding>,
    /// Text decoded and not yet done with.
    text: String,
    /// Bytes of a character that was not yet read to its end.
    cut_off: Vec<u8>,
    /// Buffers of pieces that are done with.
    spare: Vec<Vec<u8>>,
    /// Where in `text` the next piece's own part starts.
    own: usize,
    offset: usize,
    position: Position,
    ended: bool,
}

/// The least that a piece aims at: room for some characters.
const LEAST: usize = 64;

/// How much is read at a time where it must be decoded.
const CHUNK: usize = 1 << 18;

/// Bytes of the longest character.
const CHARACTER: usize = 4;

impl<R: Read> Pieces<R> {
    /// Starts reading: finds out the encoding from the first piece's bytes.
    ///
    /// # Errors
    /// A finding when the source cannot be read or is not text.
    pub fn new(name: &str, mut source: R, size: PieceSize) -> Result<Self, Finding> {
        let size = PieceSize { target: size.target.max(LEAST), margin: size.margin };
        let mut head = vec![0; size.target];
        let ended = read_to_fill(name, &mut source, &mut head, 0)?;
        let known = if ended { &head[..] } else { &head[..whole_characters(&head)] };
        let Guess { encoding, certain } = decode::sniff(name, known)?;
        let is_utf8 = encoding == UTF_8;
        let mut pieces = Pieces {
            name: name.to_owned(),
            source,
            decoder: (!is_utf8).then(|| encoding.new_decoder_without_bom_handling()),
            size,
            space: if is_utf8 { Space::Disk } else { Space::Decoded },
            warning: (!certain && !is_utf8).then(|| decode::guessed(name, encoding)),
            text: String::new(),
            cut_off: Vec::new(),
            spare: Vec::new(),
            own: 0,
            offset: 0,
            position: Position { line: 1, column: 1, utf16: 1, byte: 1 },
            ended,
        };
        match is_utf8 {
            true => pieces.take_utf8(head),
            false => pieces.decode(&head),
        }
        Ok(pieces)
    }

    /// What the user should know about the encoding, as far as the text has been read.
    pub fn warning(&self) -> Option<&Finding> {
        self.warning.as_ref()
    }

    /// Takes back the text of a piece that is done with: its memory will do for another.
    pub fn reuse(&mut self, text: String) {
        if text.capacity() >= self.size.target {
            self.spare.push(text.into_bytes());
        }
    }

    /// Reads on until there is enough for a piece and its margin.
    fn fill(&mut self) -> Result<(), Finding> {
        while !self.ended && self.text.len() - self.own <= self.size.target + self.size.margin {
            let (mut bytes, held) = if self.decoder.is_none() { self.held() } else { (vec![0; CHUNK], 0) };
            self.ended = read_to_fill(&self.name, &mut self.source, &mut bytes, held)?;
            match self.decoder {
                None => self.take_utf8(bytes),
                Some(_) => self.decode(&bytes),
            }
        }
        Ok(())
    }

    /// A buffer of the size that holds a piece with its margins, and how many bytes of text are in it already.
    fn held(&mut self) -> (Vec<u8>, usize) {
        let (text, cut_off) = (std::mem::take(&mut self.text), std::mem::take(&mut self.cut_off));
        let held = text.len() + cut_off.len();
        let room = self.own + self.size.target + self.size.margin + 2 * CHARACTER;
        // What a spare buffer holds is overwritten: to make zeros of it first would be a pass for nothing.
        let mut bytes = self.spare.pop().unwrap_or_default();
        let size = room.max(held + 1);
        bytes.reserve_exact(size.saturating_sub(bytes.len()));
        bytes.resize(size, 0);
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        bytes[text.len()..held].copy_from_slice(&cut_off);
        (bytes, held)
    }

    /// Takes all the text there is, held and new, as UTF-8; from the first broken byte on it is decoded.
    fn take_utf8(&mut self, mut bytes: Vec<u8>) {
        let end = if self.ended { bytes.len() } else { whole_characters(&bytes) };
        self.cut_off = bytes.split_off(end);
        match simd::text(bytes) {
            Ok(text) => self.text = text,
            Err(bytes) => {
                let (good, broken) = bytes.split_at(Encoding::utf8_valid_up_to(&bytes));
                self.text = String::from_utf8_lossy(good).into_owned();
                self.decoder = Some(UTF_8.new_decoder_without_bom_handling());
                let rest = [broken, &std::mem::take(&mut self.cut_off)].concat();
                self.decode(&rest);
            }
        }
    }

    fn decode(&mut self, bytes: &[u8]) {
        let Some(decoder) = &mut self.decoder else { return };
        let before = self.text.len();
        let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3);
        self.text.reserve(most);
        let (_, _, lossy) = decoder.decode_to_string(bytes, &mut self.text, self.ended);
        if lossy && self.space == Space::Disk {
            self.damaged(before);
        }
    }

    /// Notes that the text is not as it is on disk, somewhere after `before`.
    fn damaged(&mut self, before: usize) {
        self.space = Space::Decoded;
        let at = before + self.text[before..].find('\u{fffd}').unwrap_or(0);
        let line = advanced(self.position, &self.text[..at], "").line;
        self.warning.get_or_insert(decode::damaged(&self.name, self.offset + at, line));
    }

    /// Takes the next piece off the text.
    fn cut(&mut self) -> Piece {
        let rest = self.text.len() - self.own;
        let cut = if self.ended && rest <= self.size.target {
            Cut { at: self.text.len(), clean: true }
        } else {
            find_cut(&self.text, self.own, self.size.target)
        };
        let end = if cut.clean { cut.at } else { margin_end(&self.text, cut.at, self.size.margin) };
        let start = if cut.clean { cut.at } else { margin_start(&self.text, cut.at, self.size.margin) };
        let (offset, position) = (self.offset, self.position);
        self.position = advanced(position, &self.text[..start], &self.text[start..]);
        self.offset += start;
        let rest = self.text[start..].to_owned();
        let mut text = std::mem::replace(&mut self.text, rest);
        text.truncate(end);
        let own = Span::new(self.own, cut.at);
        self.own = cut.at - start;
        Piece { offset, position, text, own, space: self.space }
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Result<Piece, Finding>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(finding) = self.fill() {
            self.ended = true;
            self.own = self.text.len();
            return Some(Err(finding));
        }
        (self.own < self.text.len()).then(|| Ok(self.cut()))
    }
}

/// Fills a buffer from a place on; true where the source ends before, and the buffer with it.
fn read_to_fill(
    name: &str,
    source: &mut impl Read,
    bytes: &mut Vec<u8>,
    from: usize,
) -> Result<bool, Finding> {
    let mut filled = from;
    while filled < bytes.len() {
        match source.read(&mut bytes[filled..]) {
            Ok(0) => {
                bytes.truncate(filled);
                return Ok(true);
            }
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(cannot_read(Path::new(name), &error)),
        }
    }
    Ok(false)
}

/// How many bytes there are without the last character, if it may be cut off.
fn whole_characters(bytes: &[u8]) -> usize {
    let is_start = |b: &u8| b & 0b1100_0000 != 0b1000_0000;
    let last = bytes.len().saturating_sub(CHARACTER);
    match bytes[last..].iter().rposition(is_start) {
        Some(at) if !bytes[last + at].is_ascii() => last + at,
        _ => bytes.len(),
    }
}

#[derive(Clone, Copy)]
struct Cut {
    at: usize,
    /// At a blank line: no term runs over it.
    clean: bool,
}

/// The best place to cut in the second half of a piece.
fn find_cut(text: &str, own: usize, target: usize) -> Cut {
    let start = floor_char_boundary(text, own + target / 2);
    let end = floor_char_boundary(text, own + target);
    let window = &text[start..end];
    if let Some(at) = after_blank_line(window) {
        return Cut { at: start + at, clean: true };
    }
    let line = memchr::memrchr(b'\n', window.as_bytes()).map(|at| at + 1);
    let white =
        || window.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    Cut { at: line.or_else(white).map_or(end, |at| start + at), clean: false }
}

/// The place after the last blank line.
fn after_blank_line(text: &str) -> Option<usize> {
    let mut end = text.rfind('\n')?;
    while let Some(start) = text[..end].rfind('\n') {
        if text[start..end].trim().is_empty() {
            return Some(end + 1);
        }
        end = start;
    }
    None
}

/// Where a piece's text ends that is cut at `cut`: after a whole word where possible.
fn margin_end(text: &str, cut: usize, margin: usize) -> usize {
    let end = floor_char_boundary(text, cut + margin);
    if end == text.len() {
        return end;
    }
    text[cut..end].rfind(char::is_whitespace).map_or(end, |at| cut + at)
}

/// Where the text of the piece after the cut starts: before a whole word where possible.
fn margin_start(text: &str, cut: usize, margin: usize) -> usize {
    let start = floor_char_boundary(text, cut.saturating_sub(margin));
    let white = text[start..cut].char_indices().find(|(_, c)| c.is_whitespace());
    white.filter(|_| start > 0).map_or(start, |(at, c)| start + at + c.len_utf8())
}

/// The position after some text, given what follows it (a line feed ends the same line as a CR before it).
fn advanced(from: Position, text: &str, next: &str) -> Position {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\r', bytes).is_none() {
        let start = memchr::memrchr(b'\n', bytes).map(|at| at + 1);
        return behind(from, memchr::memchr_iter(b'\n', bytes).count(), start, text);
    }
    let follows = |at: usize| bytes.get(at + 1).or(next.as_bytes().first());
    let ends_line = |at: &usize| bytes[*at] == b'\n' || follows(*at) != Some(&b'\n');
    let mut lines = 0;
    let mut start = None;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends_line) {
        lines += 1;
        start = Some(at + 1);
    }
    behind(from, lines, start, text)
}

/// The position after so many more lines, the last of which begins at `start`.
fn behind(from: Position, lines: usize, start: Option<usize>, text: &str) -> Position {
    let line = &text[start.unwrap_or(0)..];
    let before = if start.is_some() { Position { line: 0, column: 1, utf16: 1, byte: 1 } } else { from };
    Position {
        line: from.line + lines,
        column: before.column + line.chars().count(),
        utf16: before.utf16 + line.encode_utf16().count(),
        byte: before.byte + line.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::LineIndex;

    const SMALL: PieceSize = PieceSize { target: 64, margin: 12 };

    fn pieces(bytes: &[u8], size: PieceSize) -> (Vec<Piece>, Option<Finding>) {
        let mut pieces = Pieces::new("x.txt", bytes, size).expect("text");
        let all = pieces.by_ref().map(|piece| piece.expect("a piece")).collect();
        (all, pieces.warning().cloned())
    }

    fn whole(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| piece.own.of(&piece.text)).collect()
    }

    proptest! {
        #[test]
        fn pieces_make_up_the_text(text in "([a-z]{1,9}|[ñ€😀]|[ .]|\n|\r\n|\n\n){0,200}", margin in 0_usize..40) {
            let size = PieceSize { target: 64, margin };
            let (pieces, warning) = pieces(text.as_bytes(), size);
            prop_assert_eq!(whole(&pieces), text.as_str());
            prop_assert!(warning.is_none());
            let lines = LineIndex::new(&text);
            for piece in &pieces {
                prop_assert!(text[piece.offset..].starts_with(&piece.text));
                prop_assert!(piece.text.len() <= size.target + 2 * size.margin + 8);
                prop_assert_eq!(piece.position, lines.position(&text, piece.offset));
            }
        }

        #[test]
        fn broken_bytes_are_read_as_in_a_whole_file(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            // The encoding is told from the first piece, so the damage comes later.
            let bytes = ["ñandú ".repeat(40).as_bytes(), &bytes].concat();
            if let Ok(decoded) = decode::decode("x.txt", &bytes) && decoded.encoding == "utf-8" {
                let (pieces, warning) = pieces(&bytes, PieceSize { target: 128, margin: 8 });
                prop_assert_eq!(whole(&pieces), decoded.text);
                prop_assert_eq!(warning.is_some(), decoded.warning.is_some());
            }
        }
    }

    #[test]
    fn cuts_fall_where_they_hurt_least() {
        let cases = [
            ("blank line", format!("{}\n\n{}\n{}", "a".repeat(40), "b".repeat(8), "c ".repeat(40)), 42, true),
            ("line", format!("{}\n{}", "a b ".repeat(12), "c".repeat(80)), 49, false),
            ("space", format!("{}{}", "a b ".repeat(12), "c".repeat(80)), 48, false),
            ("anywhere", "ñ".repeat(80), 64, false),
        ];
        for (what, text, cut, clean) in cases {
            let (pieces, _) = pieces(text.as_bytes(), SMALL);
            assert_eq!(pieces[0].own, Span::new(0, cut), "{what}");
            assert_eq!(pieces[0].text.len() == cut, clean, "{what}: a margin unless the cut is clean");
            assert_eq!(pieces[1].own.start == 0, clean, "{what}");
        }
    }

    #[test]
    fn a_term_on_a_cut_is_whole_in_the_piece_that_owns_it() {
        let text = "la Guardia Nacional ".repeat(40);
        let mut found = 0;
        for piece in pieces(text.as_bytes(), PieceSize { target: 64, margin: 40 }).0 {
            let owned = |at: &usize| (piece.own.start..piece.own.end).contains(at);
            found += piece.text.match_indices("Guardia Nacional").filter(|(at, _)| owned(at)).count();
        }
        assert_eq!(found, 40);
    }

    #[test]
    fn other_encodings_are_converted() {
        let latin: Vec<u8> = "Se\u{f1}al de alto. ".repeat(20).chars().map(|c| c as u8).collect();
        let (pieces, warning) = pieces(&latin, SMALL);
        assert_eq!(whole(&pieces), "Señal de alto. ".repeat(20));
        assert!(pieces.iter().all(|piece| piece.space == Space::Decoded) && warning.is_some());
        assert!(Pieces::new("x.txt", b"%PDF-1.4".as_slice(), SMALL).is_err());
    }
}
