//! Puts together a document's text, its blocks, and the map back to the source.

use crate::format::decode::Decoded;
use crate::text::{Block, BlockKind, Document, SourceMap, Space, Span};

/// What stands between two blocks in the text.
const BLOCK_BREAK: &str = "\n\n";

/// Collects text block by block. An empty block leaves no trace.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    kind: Option<BlockKind>,
    start: usize,
}

impl TextBuilder {
    /// Ends the open block, if any, and starts one of this kind.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.kind = Some(kind);
    }

    /// Ends the open block. Text that comes outside any block makes a paragraph.
    pub(super) fn end(&mut self) {
        if let Some(kind) = self.kind.take()
            && self.start < self.text.len()
        {
            self.blocks.push(Block { span: Span::new(self.start, self.text.len()), kind });
        }
        self.start = self.text.len();
    }

    /// Whether the open block has no text yet.
    pub(super) fn at_block_start(&self) -> bool {
        self.start == self.text.len()
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
    #[cfg(feature = "docx")]
    pub(super) fn extracted(&mut self, text: &str) {
        if !text.is_empty() {
            self.break_before();
            self.text.push_str(text);
        }
    }

    /// The document, with `decoded` as its source.
    pub(super) fn finish_from(self, decoded: Decoded) -> Document {
        match decoded.space {
            Space::Extracted => self.finish_extracted(),
            Space::Disk => {
                let TextBuilder { text, map, blocks, .. } = self.ended();
                Document { text, map, blocks, source: Some(decoded.text), ..Document::default() }
            }
        }
    }

    /// The document of a container or of converted text: its offsets are those of the text itself.
    pub(super) fn finish_extracted(self) -> Document {
        let TextBuilder { text, blocks, .. } = self.ended();
        Document { text, map: SourceMap::extracted(), blocks, ..Document::default() }
    }

    fn ended(mut self) -> Self {
        self.end();
        self
    }

    /// Sets the first text of a block off from the block before.
    fn break_before(&mut self) {
        if self.kind.is_none() {
            self.kind = Some(BlockKind::Paragraph);
        }
        if self.at_block_start() && !self.text.is_empty() {
            self.text.push_str(BLOCK_BREAK);
            self.start = self.text.len();
        }
    }
}
