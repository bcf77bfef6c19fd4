//! Texts to scan, some at a time: whole documents, and the pieces of files too large to hold.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

use super::files::{self, SIZE_LIMIT, shown};
use super::parallel::Jobs;
use super::pieces::{PieceSize, Pieces};
use crate::check::Finding;
use crate::format::doc::{self, Fields};
use crate::text::{Document, LineIndex, Position, SourceMap, Span};

/// What is read whole and what in pieces, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Plain files above this size are read in pieces. Documents of other formats are always read whole, up to
    /// [`SIZE_LIMIT`].
    pub whole: u64,
    /// How large the pieces are.
    pub piece: PieceSize,
    /// About so many bytes are worked on at once.
    pub at_once: u64,
}

/// So many pieces for each thread are worked on at once: when one has no more to do, the others have little.
const PIECES_A_THREAD: usize = 8;

impl Sizes {
    /// Nothing in pieces: what is too large to be read whole is refused.
    pub fn whole() -> Self {
        Sizes { whole: SIZE_LIMIT, ..Sizes::searching(0, Jobs::AllCores) }
    }

    /// Pieces that show enough beyond their ends to find terms of up to so many bytes. Hits are those of the whole
    /// file as long as no run of overlapping terms is longer than the margin, and no sentence that decides a
    /// homograph.
    pub fn searching(longest: usize, jobs: Jobs) -> Self {
        let usual = PieceSize::default();
        let piece = PieceSize { margin: usual.margin.max(longest.saturating_mul(2)), ..usual };
        // One thread takes a text while it is still in the nearer caches; several need some to share.
        let at_once = match jobs.threads() {
            1 => 1,
            threads => threads * PIECES_A_THREAD,
        };
        Sizes { whole: 2 << 20, piece, at_once: (at_once * piece.target) as u64 }
    }
}

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

    /// Whether the file begins here: this is no later piece of it.
    pub fn is_first(&self) -> bool {
        self.offset + self.own.start == 0
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
    sizes: Sizes,
    fields: Fields,
}

impl Texts {
    /// The texts under `paths`; names are relative to `root` where it holds them.
    pub fn new<P: AsRef<Path>>(root: &Path, paths: &[P], sizes: Sizes) -> Self {
        let walked = files::walk(paths);
        Texts {
            root: root.to_owned(),
            files: walked.files.into_iter(),
            findings: walked.findings,
            under_way: None,
            sizes,
            fields: Fields::default(),
        }
    }

    /// Takes back texts that are done with: their memory will do for those to come.
    pub fn reuse(&mut self, texts: Vec<Text>) {
        if let Some((_, pieces)) = &mut self.under_way {
            texts.into_iter().for_each(|text| pieces.reuse(text.document.text));
        }
    }

    /// The same with what the fields of records mean.
    #[must_use]
    pub fn with_fields(self, fields: &Fields) -> Self {
        Texts { fields: fields.clone(), ..self }
    }

    fn name(&self, path: &Path) -> String {
        shown(path.strip_prefix(&self.root).unwrap_or(path))
    }

    /// Adds a file to the batch, or begins to take it in pieces; the bytes it takes.
    fn open(&mut self, path: &Path, batch: &mut Batch) -> u64 {
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        let plain = doc::format_of(&self.name(path)).is_none_or(|format| format.plain);
        let in_pieces = plain && size > self.sizes.whole && self.sizes.whole < SIZE_LIMIT;
        let opened = if in_pieces { self.begin(path) } else { self.whole(path, batch) };
        if let Err(finding) = opened {
            batch.findings.push(finding);
        }
        size
    }

    fn whole(&self, path: &Path, batch: &mut Batch) -> Result<(), Finding> {
        let read = doc::read_fields(&self.name(path), &files::read(path, SIZE_LIMIT)?, &self.fields);
        batch.findings.extend(read.findings);
        batch.texts.extend(read.documents.into_iter().map(Text::whole));
        Ok(())
    }

    fn begin(&mut self, path: &Path) -> Result<(), Finding> {
        let name = self.name(path);
        let pieces = Pieces::new(&name, files::open(path)?, self.sizes.piece)?;
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
        while bytes < self.sizes.at_once {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::Engine;
    use crate::matcher::Overlaps;
    use crate::termbase::{Concept, LangSection, LangTag, TermEntry, TermRef, Termbase};

    const TERMS: [&str; 6] =
        ["Guardia Nacional", "Nacional de Migración", "T-MEC", "EE. UU.", "arancel", "aranceles recíprocos"];

    fn engine() -> Engine {
        let section =
            |term: &str| LangSection { tag: LangTag("es".into()), terms: vec![TermEntry::new(term)] };
        let concept = |term: &&str| Concept { sections: vec![section(term)], ..Concept::default() };
        Engine::new(Termbase { concepts: TERMS.iter().map(concept).collect(), ..Termbase::default() })
    }

    /// A hit: its term, its span in the file, its line and column.
    type Placed = (TermRef, Span, (usize, usize));

    /// The hits of a file with their places, and how many texts it was read as.
    fn hits(path: &Path, sizes: Sizes, overlaps: Overlaps) -> (Vec<Placed>, usize) {
        let engine = engine();
        let (mut found, mut texts) = (Vec::new(), 0);
        for text in Texts::new(Path::new(""), &[path], sizes).flat_map(|batch| batch.texts) {
            texts += 1;
            assert_eq!(text.is_first(), texts == 1);
            let lines = text.document.line_index();
            let owned = engine.scan(&text.document, overlaps).into_iter().filter(|hit| text.owns(hit.span));
            found.extend(
                owned.map(|hit| (hit.term, hit.span.shifted(text.offset), text.place(&lines, hit.span))),
            );
        }
        (found, texts)
    }

    /// Terms and their parts, with what may stand between words; blank lines only where `blank` is set.
    fn text(blank: bool) -> impl Strategy<Value = String> {
        let mut pieces = vec![
            "Guardia",
            "Nacional",
            "de",
            "Migración",
            "T",
            "MEC",
            "TMEC",
            "EE",
            "UU",
            "arancel",
            "aranceles",
            "recíprocos",
            "año",
            "an\u{303}o",
        ];
        pieces.extend(TERMS);
        let mut gaps = vec![" ", " ", " ", "-", ". ", ".", "\n", "\r\n", ", ", "\u{A0}", "\u{AD}", "…"];
        if blank {
            gaps.extend(["\n\n", "\r\n\r\n", "\n \n"]);
        }
        let pair = (prop::sample::select(pieces), prop::sample::select(gaps));
        let join = |pairs: Vec<(&str, &str)>| pairs.into_iter().flat_map(|(a, b)| [a, b]).collect();
        prop::collection::vec(pair, 0..120).prop_map(join)
    }

    proptest! {
        #[test]
        fn pieces_have_the_hits_of_the_whole(
            text in prop_oneof![text(true), text(false)], target in 64_usize..400, all in any::<bool>(),
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("x.txt");
            fs::write(&path, &text).expect("a file");
            let overlaps = if all { Overlaps::All } else { Overlaps::Longest };
            let margin = 2 * engine().longest();
            let small = Sizes { whole: 64, piece: PieceSize { target, margin }, at_once: 1 };
            let (whole, _) = hits(&path, Sizes::whole(), overlaps);
            let (pieces, texts) = hits(&path, small, overlaps);
            prop_assert_eq!(pieces, whole);
            prop_assert!(texts > 1 || text.len() <= 64 + target);
        }
    }
}
