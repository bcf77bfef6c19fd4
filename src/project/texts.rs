//! Texts to scan, some at a time: whole documents, and the pieces of files too large to hold.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

use super::files::{self, shown};
use super::pieces::{PieceSize, Pieces};
use crate::check::Finding;
use crate::format::doc;
use crate::text::{Document, LineIndex, Position, SourceMap, Span};

/// Plain files above this size are read in pieces, in bytes.
const WHOLE: u64 = 16 << 20;

/// Documents of other formats above this size are refused, in bytes.
const LARGEST: u64 = 256 << 20;

/// About so many bytes of files are worked on at once.
const AT_ONCE: u64 = 32 << 20;

/// A document, or a piece of one.
#[derive(Debug)]
pub struct Text {
    /// The document; its text is the piece only.
    pub document: Document,
    /// Bytes of the file before the piece.
    pub offset: usize,
    /// Line and column where the piece starts.
    from: Position,
    /// What starts here belongs to this piece, the rest to its neighbours.
    own: Span,
}

impl Text {
    /// A whole document.
    pub fn whole(document: Document) -> Self {
        Text {
            document,
            offset: 0,
            from: Position { line: 1, column: 1, utf16: 1, byte: 1 },
            own: Span::new(0, usize::MAX),
        }
    }

    /// Whether a hit is this piece's to give.
    pub fn owns(&self, span: Span) -> bool {
        self.own.start <= span.start && span.start < self.own.end
    }

    /// Line and column in the file, from 1.
    pub fn place(&self, lines: &LineIndex, span: Span) -> (usize, usize) {
        let position = self.document.position(lines, span);
        let column =
            if position.line == 1 { position.column + self.from.column - 1 } else { position.column };
        (position.line + self.from.line - 1, column)
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

/// The texts under some paths, in batches of bounded size.
pub struct Texts {
    root: PathBuf,
    files: IntoIter<PathBuf>,
    findings: Vec<Finding>,
    under_way: Option<(String, Pieces<File>)>,
    margin: usize,
    /// Plain files above this size are read in pieces.
    whole: u64,
}

impl Texts {
    /// The texts under `paths`; names are relative to `root` where it holds them. `margin` is twice the length of
    /// the longest term in bytes, or more.
    pub fn new<P: AsRef<Path>>(root: &Path, paths: &[P], margin: usize) -> Self {
        let walked = files::walk(paths);
        Texts {
            root: root.to_owned(),
            files: walked.files.into_iter(),
            findings: walked.findings,
            under_way: None,
            margin,
            whole: WHOLE,
        }
    }

    /// The same, but each text whole: for work that no cut may disturb.
    pub fn whole_only<P: AsRef<Path>>(root: &Path, paths: &[P]) -> Self {
        Texts { whole: u64::MAX, ..Texts::new(root, paths, 0) }
    }

    fn name(&self, path: &Path) -> String {
        shown(path.strip_prefix(&self.root).unwrap_or(path))
    }

    /// Adds a file to the batch, or begins to take it in pieces; the bytes it takes.
    fn open(&mut self, path: &Path, batch: &mut Batch) -> u64 {
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        let plain = doc::format_of(&self.name(path)).is_none_or(|format| format.plain);
        let opened = if plain && size > self.whole { self.begin(path) } else { self.whole(path, batch) };
        if let Err(finding) = opened {
            batch.findings.push(finding);
        }
        size
    }

    fn whole(&self, path: &Path, batch: &mut Batch) -> Result<(), Finding> {
        let read = doc::read(&self.name(path), &files::read(path, LARGEST)?);
        batch.findings.extend(read.findings);
        batch.texts.extend(read.document.map(Text::whole));
        Ok(())
    }

    fn begin(&mut self, path: &Path) -> Result<(), Finding> {
        let name = self.name(path);
        let size = PieceSize { margin: self.margin.max(4 << 10), ..PieceSize::default() };
        let pieces = Pieces::new(&name, files::open(path)?, size)?;
        self.under_way = Some((name, pieces));
        Ok(())
    }

    /// The next piece of the large file under way.
    fn piece(&mut self, batch: &mut Batch) -> u64 {
        let Some((name, pieces)) = &mut self.under_way else { return 0 };
        match pieces.next() {
            Some(Ok(piece)) => {
                let bytes = piece.text.len() as u64;
                let map = SourceMap::identity(piece.space);
                let document = Document { map, ..Document::plain(name.clone(), piece.text) };
                batch.texts.push(Text {
                    document,
                    offset: piece.offset,
                    from: piece.position,
                    own: piece.own,
                });
                return bytes;
            }
            Some(Err(finding)) => batch.findings.push(finding),
            None => batch.findings.extend(pieces.warning().cloned()),
        }
        self.under_way = None;
        0
    }
}

impl Iterator for Texts {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut batch = Batch { texts: Vec::new(), findings: std::mem::take(&mut self.findings) };
        let mut bytes = 0;
        while bytes < AT_ONCE {
            if self.under_way.is_some() {
                bytes += self.piece(&mut batch);
            } else if let Some(path) = self.files.next() {
                bytes += self.open(&path, &mut batch);
            } else {
                break;
            }
        }
        let empty = batch.texts.is_empty() && batch.findings.is_empty();
        (!empty || bytes > 0).then_some(batch)
    }
}
