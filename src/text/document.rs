use std::sync::Arc;

use serde::Serialize;

use super::{LineIndex, Parts, Position, Span};
use crate::lang::Lang;

/// A text to work on, as a reader in [`crate::format::doc`] made it.
///
/// All spans of segments and hits are bytes in [`Document::text`]; [`Document::source_span`] turns them into
/// the bytes on disk where the file is UTF-8 text (plain text, Markdown, HTML).
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The name as given by the user, or the path relative to the project with `/` between its parts.
    pub name: String,
    /// The readable text. For plain UTF-8 files these are the very bytes on disk, a BOM included.
    pub text: String,
    /// Where the readable text lies in the source.
    pub map: SourceMap,
    /// The source as a string where it differs from `text` (Markdown, HTML, XLIFF, decoded where they are not UTF-8).
    /// Documents of one file share it.
    pub source: Option<Arc<str>>,
    /// What the reader knows of the layout, in order and not overlapping; empty for plain text.
    pub blocks: Vec<Block>,
    /// Its slides, sheets, entries, units: where a reader would look for a place that has no line.
    pub parts: Parts,
    /// The language that the name or the file states.
    pub lang: Option<Lang>,
    /// The language that it states, where that is neither Spanish nor English.
    pub other_lang: Option<Box<str>>,
    /// What the document says of itself.
    pub about: About,
    /// The language that was translated, where the document is a side of a file that says which one that is.
    pub translated_from: Option<Lang>,
    /// Its name within its file, where it is a record of a file of many.
    pub record: Option<String>,
    /// What of the file stands before its source.
    pub before: Before,
    /// The text must not enter pages or exports unless forced.
    pub confidential: bool,
}

impl Document {
    /// A plain text document whose source is the text itself.
    pub fn plain(name: impl Into<String>, text: impl Into<String>) -> Self {
        Document { name: name.into(), text: text.into(), ..Document::default() }
    }

    /// The span in the source: bytes on disk when [`SourceMap::space`] is [`Space::Disk`].
    pub fn source_span(&self, span: Span) -> Span {
        self.map.to_source(span)
    }

    /// The span that leaves the program: bytes of the file, or of the text itself where that is none of its bytes.
    pub fn file_span(&self, span: Span) -> Span {
        let span = if self.map.space == Space::Disk { self.source_span(span) } else { span };
        span.shifted(self.before.bytes)
    }

    /// The name of the file: the document's own, but for records.
    pub fn file_name(&self) -> &str {
        let record = self.record.as_ref().and_then(|record| self.name.strip_suffix(record.as_str()));
        record.and_then(|file| file.strip_suffix(RECORD_MARK)).unwrap_or(&self.name)
    }

    /// Where a span lies for a reader: the record, slide, sheet, cue or unit, where there are any.
    pub fn part(&self, span: Span) -> Option<&str> {
        self.parts.at(span.start).or(self.record.as_deref())
    }

    /// [`Document::part`] where that is the place to name: the lines of an extracted text are nothing that a reader
    /// could go to.
    pub fn part_without_line(&self, span: Span) -> Option<&str> {
        self.part(span).filter(|_| !self.map.space.has_lines())
    }

    /// The very text between the ends of [`Document::file_span`].
    pub fn source_text(&self, span: Span) -> &str {
        match self.map.space {
            Space::Disk => self.source_span(span).of(self.source_str()),
            _ => span.of(&self.text),
        }
    }

    /// The source as a string: what the line numbers count in.
    pub fn source_str(&self) -> &str {
        self.source.as_deref().unwrap_or(&self.text)
    }

    /// An index of the source's lines, to be made once for many look-ups.
    pub fn line_index(&self) -> LineIndex {
        LineIndex::new(self.source_str())
    }

    /// Line and column of a span's start in the file.
    pub fn position(&self, lines: &LineIndex, span: Span) -> Position {
        self.before.seen_from(lines.position(self.source_str(), self.source_span(span).start))
    }
}

/// What stands between a file's name and a record's in the name of a document.
pub const RECORD_MARK: &str = "#";

/// What stands before a document's source in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// Bytes.
    pub bytes: usize,
    /// Line feeds.
    pub lines: usize,
    /// What stands on the last line, in characters, UTF-16 units and bytes.
    pub on_line: [usize; 3],
}

impl Before {
    /// What stands before what follows `text`.
    #[must_use]
    pub fn after(self, text: &str) -> Before {
        let start = memchr::memrchr(b'\n', text.as_bytes()).map(|at| at + 1);
        let line = &text[start.unwrap_or(0)..];
        let before = if start.is_some() { [0; 3] } else { self.on_line };
        let more = [line.chars().count(), line.encode_utf16().count(), line.len()];
        Before {
            bytes: self.bytes + text.len(),
            lines: self.lines + memchr::memchr_iter(b'\n', text.as_bytes()).count(),
            on_line: [before[0] + more[0], before[1] + more[1], before[2] + more[2]],
        }
    }

    /// Fills up what is known of the text before with blanks, so that what follows has its place.
    pub fn pad(self, known: &mut String) {
        let missing = self.bytes.saturating_sub(known.len());
        let lines = self.lines.saturating_sub(memchr::memchr_iter(b'\n', known.as_bytes()).count());
        let on_line = if lines > 0 { self.on_line[0] } else { missing };
        known.extend(std::iter::repeat_n(' ', missing.saturating_sub(lines + on_line)));
        known.extend(std::iter::repeat_n('\n', lines.min(missing)));
        known.extend(std::iter::repeat_n(' ', on_line.min(missing.saturating_sub(lines))));
    }

    /// A position in what follows, as one in the file.
    fn seen_from(self, inner: Position) -> Position {
        let [chars, utf16, bytes] = if inner.line == 1 { self.on_line } else { [0; 3] };
        Position {
            line: inner.line + self.lines,
            column: inner.column + chars,
            utf16: inner.utf16 + utf16,
            byte: inner.byte + bytes,
        }
    }
}

/// What a document says of itself, as written there; nothing of it comes from the file system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// The name by which others refer to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its date: year, month and day as ISO 8601 writes them where they can be told, else as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The desk, section or department that it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// The id of the document that it translates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation_of: Option<String>,
}

impl About {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == About::default()
    }
}

/// What a piece of the layout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A title or headline.
    Heading,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// Program text; kept, but no place for good snippets.
    Code,
    /// Page furniture: navigation, advertisement, footer.
    Boilerplate,
}

/// A piece of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes in [`Document::text`].
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// Which bytes the spans that leave the program count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Space {
    /// Bytes of the file on disk.
    #[default]
    Disk,
    /// Bytes of the file's text, decoded from another encoding: its lines are those of the file.
    #[serde(rename = "extracted")]
    Decoded,
    /// Bytes of the text extracted from a container, whose lines nobody sees.
    Extracted,
}

impl Space {
    /// Whether lines and columns are those of the file, as an editor shows it.
    pub fn has_lines(self) -> bool {
        self != Space::Extracted
    }
}

/// Maps spans of the extracted text to spans of the source. The default is the identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// What the source spans count.
    pub space: Space,
    /// Pieces in text order; empty means the identity.
    pieces: Vec<Piece>,
}

/// `text_len` bytes of text at `text` come from `source_len` bytes of source at `source`; the two are the same
/// bytes when the lengths agree and `verbatim` is set, else the piece is one unit (an entity, an inserted break).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    text: usize,
    text_len: usize,
    source: usize,
    source_len: usize,
    verbatim: bool,
}

impl SourceMap {
    /// The identity in a space.
    pub fn identity(space: Space) -> Self {
        SourceMap { space, pieces: Vec::new() }
    }

    /// The identity in the space of extracted text.
    pub fn extracted() -> Self {
        SourceMap::identity(Space::Extracted)
    }

    /// Adds `len` bytes that stand in text and source alike. Text positions must grow.
    pub fn push_verbatim(&mut self, text: usize, source: usize, len: usize) {
        self.push(Piece { text, text_len: len, source, source_len: len, verbatim: true });
    }

    /// Adds text that stands for other bytes of the source, such as a character reference; `source_len` may be 0.
    pub fn push_replaced(&mut self, text: usize, text_len: usize, source: usize, source_len: usize) {
        self.push(Piece { text, text_len, source, source_len, verbatim: false });
    }

    /// Lets the source begin later, after its first `bytes`.
    pub fn begin_after(&mut self, bytes: usize) {
        self.pieces.iter_mut().for_each(|piece| piece.source = piece.source.saturating_sub(bytes));
    }

    fn push(&mut self, piece: Piece) {
        if piece.text_len == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut() {
            debug_assert!(last.text + last.text_len <= piece.text, "pieces come in text order");
            let joins = last.verbatim
                && piece.verbatim
                && last.text + last.text_len == piece.text
                && last.source + last.source_len == piece.source;
            if joins {
                last.text_len += piece.text_len;
                last.source_len += piece.source_len;
                return;
            }
        }
        self.pieces.push(piece);
    }

    /// The source span of a span of text.
    pub fn to_source(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            return span;
        }
        let start = self.start_of(span.start);
        let end = if span.is_empty() { start } else { self.end_of(span.end) };
        Span::new(start, end.max(start))
    }

    fn start_of(&self, at: usize) -> usize {
        let i = self.pieces.partition_point(|p| p.text + p.text_len <= at);
        match self.pieces.get(i) {
            Some(p) if p.verbatim && at >= p.text => p.source + (at - p.text),
            Some(p) => p.source,
            None => self.pieces.last().map_or(at, |p| p.source + p.source_len),
        }
    }

    fn end_of(&self, at: usize) -> usize {
        let i = self.pieces.partition_point(|p| p.text < at);
        match i.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some(p) if p.verbatim => p.source + (at - p.text).min(p.source_len),
            Some(p) => p.source + p.source_len,
            None => self.pieces.first().map_or(at, |p| p.source),
        }
    }
}
