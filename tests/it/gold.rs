//! What was marked by hand in texts of the corpus (`tests/gold`), against what the library finds there.
//!
//! The floors lie just under what was measured when they were set. A floor is raised with what it guards, and
//! lowered only with a reason in the commit that does so.

mod beads;
mod hits;
mod squeezed;
mod words;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;

use glosa::format::doc;
use glosa::{Document, Lang};

use crate::support::root;

/// The extensions that the texts with gold have in the corpus.
const EXTENSIONS: &[&str] = &["txt", "md", "html"];

/// A document of the corpus, by its language and the name that its gold has.
fn corpus_document(lang: Lang, name: &str) -> Document {
    let names = EXTENSIONS.iter().map(|extension| format!("corpus/{}/{name}.{extension}", lang.code()));
    let path = names.into_iter().find(|path| root().join(path).exists());
    let path = path.unwrap_or_else(|| panic!("the corpus has no {name} in {}", lang.code()));
    let bytes = fs::read(root().join(&path)).expect("a text of the corpus");
    doc::read(&path, &bytes).documents.pop().expect("a text that can be read")
}

/// The rows of a table of the gold under its heading, cell by cell.
fn rows<const CELLS: usize>(path: &str) -> Vec<[String; CELLS]> {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let cells = |row: &str| -> [String; CELLS] {
        let cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{path}: not {CELLS} cells: {row}"))
    };
    text.lines().skip(1).map(cells).collect()
}

/// The number in a cell of a table.
fn number(path: &str, cell: &str) -> usize {
    cell.parse().unwrap_or_else(|_| panic!("{path}: “{cell}” is no number"))
}

/// How many of the things wanted were found.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    /// Found and wanted.
    right: usize,
    /// Found.
    found: usize,
    /// Wanted: those of the gold.
    wanted: usize,
}

impl Score {
    fn of<T: Ord>(wanted: &BTreeSet<T>, found: &BTreeSet<T>) -> Self {
        Score { right: wanted.intersection(found).count(), found: found.len(), wanted: wanted.len() }
    }

    fn add(&mut self, other: Score) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.wanted)
    }

    fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.wanted)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { right, found, wanted } = self;
        let (precision, recall, f1) = (self.precision(), self.recall(), self.f1());
        write!(f, "P {precision:.4} R {recall:.4} F1 {f1:.4} ({right} right, {found} found, {wanted} wanted)")
    }
}
