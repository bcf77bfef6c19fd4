//! Puts together a document's text, its blocks and parts, and the map back to the source.

use std::ops::Range;
use std::sync::Arc;

use crate::format::decode::Decoded;
use crate::text::{Block, BlockKind, Document, PartKind, Parts, SourceMap, Space, Span};

/// What stands between two blocks in the text.
const BLOCK_BREAK: &str = "\n\n";

/// Collects text block by block. An empty block leaves no trace.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    parts: Parts,
    /// The name of a part that has begun and has no text yet.
    part: Option<Box<str>>,
    kind: Option<BlockKind>,
    /// The open text is laid out in lines, and no block.
    plain: bool,
    start: usize,
}

impl TextBuilder {
    /// A builder whose parts are units of translation.
    pub(super) fn of_units() -> Self {
        TextBuilder { parts: Parts::of(PartKind::Unit), ..TextBuilder::default() }
    }

    /// Ends the open block, if any, and starts one of this kind.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.kind = Some(kind);
    }

    /// Ends the open block and starts text that is laid out in lines, as plain text is.
    pub(super) fn begin_plain(&mut self) {
        self.end();
        self.plain = true;
    }

    /// Ends the open block. Text that comes outside any block makes a paragraph.
    pub(super) fn end(&mut self) {
        if let Some(kind) = self.kind.take()
            && self.start < self.text.len()
        {
            self.blocks.push(Block { span: Span::new(self.start, self.text.len()), kind });
        }
        self.plain = false;
        self.start = self.text.len();
    }

    /// Ends the open block and begins a part.
    pub(super) fn part(&mut self, name: impl Into<Box<str>>) {
        self.end();
        self.part = Some(name.into());
    }

    /// Begins a part within the open block.
    pub(super) fn part_within(&mut self, name: impl Into<Box<str>>) {
        self.part = Some(name.into());
    }

    /// Whether the open block has no text yet.
    pub(super) fn at_block_start(&self) -> bool {
        self.start == self.text.len()
    }

    /// Whether there is no text at all.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a piece of the source as it stands.
    pub(super) fn verbatim(&mut self, source: &str, span: Span) {
        let piece = span.of(source);
        if !piece.is_empty() {
            self.break_before();
            self.map.push_verbatim(self.text.len(), span.start, span.len());
            self.text.push_str(piece);
        }
    }

    /// Adds text that stands for a piece of the source.
    pub(super) fn replaced(&mut self, text: &str, source: Span) {
        if !text.is_empty() {
            self.break_before();
            self.map.push_replaced(self.text.len(), text.len(), source.start, source.len());
            self.text.push_str(text);
        }
    }

    /// Adds text of a container that has no source to point into.
    #[cfg(any(feature = "office", feature = "pdf"))]
    pub(super) fn extracted(&mut self, text: &str) {
        if !text.is_empty() {
            self.break_before();
            self.text.push_str(text);
        }
    }

    /// Adds a block of a container's text, without the white space around it.
    #[cfg(any(feature = "office", feature = "pdf"))]
    pub(super) fn block(&mut self, kind: BlockKind, text: &str) {
        self.begin(kind);
        self.extracted(text.trim());
        self.end();
    }

    /// The document of a file, or of a part of one, that is text itself.
    pub(super) fn finish_from(self, source: &Source) -> Document {
        let TextBuilder { text, mut map, blocks, parts, .. } = self.ended();
        map.space = source.space;
        Document { text, map, blocks, parts, source: Some(Arc::clone(&source.text)), ..Document::default() }
    }

    /// The document of a container or of converted text: its offsets are those of the text itself.
    pub(super) fn finish_extracted(self) -> Document {
        let TextBuilder { text, blocks, parts, .. } = self.ended();
        Document { text, map: SourceMap::extracted(), blocks, parts, ..Document::default() }
    }

    fn ended(mut self) -> Self {
        self.end();
        self
    }

    /// Sets the first text of a block off from the block before.
    fn break_before(&mut self) {
        if self.kind.is_none() && !self.plain {
            self.kind = Some(BlockKind::Paragraph);
        }
        if self.at_block_start() && !self.text.is_empty() {
            self.text.push_str(BLOCK_BREAK);
            self.start = self.text.len();
        }
        if let Some(name) = self.part.take() {
            self.parts.push(self.text.len(), name);
        }
    }
}

/// What the spans of a document point into: the text of its file, or a part of it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) text: Arc<str>,
    pub(super) space: Space,
}

impl Source {
    /// A part of the file.
    pub(super) fn part(&self, span: Span) -> Source {
        Source { text: span.of(&self.text).into(), space: self.space }
    }
}

impl From<Decoded> for Source {
    fn from(decoded: Decoded) -> Self {
        Source { text: decoded.text.into(), space: decoded.space }
    }
}

/// Text of a source in pieces, collected before it is known where it goes.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Verbatim(Span),
    Replaced(String, Span),
}

impl Piece {
    fn of<'p>(&'p self, source: &'p str) -> &'p str {
        match self {
            Piece::Verbatim(span) => span.of(source),
            Piece::Replaced(text, _) => text,
        }
    }

    fn is_blank(&self, source: &str) -> bool {
        self.of(source).trim().is_empty()
    }
}

impl Flow {
    /// Adds a piece of the source as it stands.
    pub(super) fn verbatim(&mut self, span: Span) {
        self.pieces.push(Piece::Verbatim(span));
    }

    /// Adds text that stands for a piece of the source.
    pub(super) fn replaced(&mut self, text: impl Into<String>, span: Span) {
        self.pieces.push(Piece::Replaced(text.into(), span));
    }

    /// The flow without these parts of its text, which lie in their order.
    pub(super) fn without(&self, source: &str, parts: &[Range<usize>]) -> Flow {
        let mut flow = Flow::default();
        let mut start = 0;
        for piece in &self.pieces {
            let end = start + piece.of(source).len();
            let mut kept = start;
            for part in parts.iter().filter(|part| part.start < end && part.end > start) {
                flow.keep(piece, kept - start..part.start.max(kept) - start);
                kept = part.end.min(end);
            }
            flow.keep(piece, kept - start..end - start);
            start = end;
        }
        flow
    }

    /// Takes over these bytes of a piece.
    fn keep(&mut self, piece: &Piece, bytes: Range<usize>) {
        match piece {
            _ if bytes.is_empty() => {}
            Piece::Verbatim(span) => {
                self.verbatim(Span::new(span.start + bytes.start, span.start + bytes.end));
            }
            Piece::Replaced(text, span) => self.replaced(&text[bytes], *span),
        }
    }

    /// Whether there is no text but white space.
    pub(super) fn is_blank(&self, source: &str) -> bool {
        self.pieces.iter().all(|piece| piece.is_blank(source))
    }

    /// The text, without the white space around it.
    pub(super) fn text(&self, source: &str) -> String {
        self.whole(source).trim().to_owned()
    }

    /// All of the text.
    pub(super) fn whole(&self, source: &str) -> String {
        self.pieces.iter().map(|piece| piece.of(source)).collect()
    }

    /// Writes the text as a block, or laid out in lines where no kind is given, without the white space around it.
    pub(super) fn write(&self, source: &str, kind: Option<BlockKind>, out: &mut TextBuilder) {
        match kind {
            Some(kind) => out.begin(kind),
            None => out.begin_plain(),
        }
        let is_text = |piece: &Piece| !piece.is_blank(source);
        let first = self.pieces.iter().position(is_text).unwrap_or(self.pieces.len());
        let last = self.pieces.iter().rposition(is_text).unwrap_or(0);
        for (i, piece) in self.pieces.iter().enumerate().skip(first).take_while(|(i, _)| *i <= last) {
            let text = piece.of(source);
            let left = if i == first { text.len() - text.trim_start().len() } else { 0 };
            let right = if i == last { text.len() - text.trim_end().len() } else { 0 };
            match piece {
                Piece::Verbatim(span) => {
                    out.verbatim(source, Span::new(span.start + left, span.end - right));
                }
                Piece::Replaced(text, span) => out.replaced(&text[left..text.len() - right], *span),
            }
        }
        out.end();
    }
}
