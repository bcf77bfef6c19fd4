//! What word processors, spreadsheets and slides consist of: paragraphs, some in the cells of tables.
//!
//! Where most of the text stands in tables with a text and its translation side by side, each of their rows is a unit
//! of translation.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::TextBuilder;
use super::grid::{self, Columns};
use crate::lang::Lang;
use crate::text::{BlockKind, langid};

/// A paragraph with its place.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) kind: BlockKind,
    pub(super) cell: Option<Cell>,
    /// The name of the part that it stands in.
    pub(super) part: Option<String>,
}

impl Default for Paragraph {
    fn default() -> Self {
        Paragraph { text: String::new(), kind: BlockKind::Paragraph, cell: None, part: None }
    }
}

/// The cell of a table, by numbers from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Cell {
    /// Where a table begins: its first row and cell are yet to come.
    pub(super) fn before_first(table: usize) -> Self {
        Cell { table, row: usize::MAX, column: usize::MAX }
    }

    /// Whether a row and a cell have begun.
    pub(super) fn is_begun(self) -> bool {
        self.row != usize::MAX && self.column != usize::MAX
    }

    pub(super) fn next_row(&mut self) {
        self.row = self.row.wrapping_add(1);
        self.column = usize::MAX;
    }

    pub(super) fn next_column(&mut self) {
        self.column = self.column.wrapping_add(1);
    }
}

/// The most columns of a table that are looked at to find a text and its translation.
const WIDTH: usize = 64;

/// The documents that some paragraphs make; tables without a name are numbered.
pub(super) fn finish(name: &str, paragraphs: &[Paragraph], tables: &[String]) -> Read {
    match bilingual(paragraphs, tables) {
        Some((out, tags)) => out.finish(name, None, &tags),
        None => Read::of(text(paragraphs, tables).finish_extracted()),
    }
}

/// A text whose parts are what a paragraph is told to stand in, else the rows of tables and the other paragraphs, which
/// are counted.
fn text(paragraphs: &[Paragraph], tables: &[String]) -> TextBuilder {
    let mut out = TextBuilder::default();
    let mut alone = 0;
    for paragraph in paragraphs {
        out.part(match (&paragraph.part, paragraph.cell) {
            (Some(part), _) => part.clone(),
            (None, Some(cell)) => row_name(tables, cell),
            (None, None) => {
                alone += 1;
                format!("paragraph {alone}")
            }
        });
        out.block(paragraph.kind, &paragraph.text);
    }
    out
}

/// The name of a row: `table 1, row 2`.
fn row_name(tables: &[String], cell: Cell) -> String {
    match tables.get(cell.table) {
        Some(table) => format!("{table}, row {}", cell.row + 1),
        None => format!("table {}, row {}", cell.table + 1, cell.row + 1),
    }
}

/// The tables of a text and its translation hold at least two thirds of such a document's text. Columns beside named
/// ones (notes, states) do not count.
fn bilingual(paragraphs: &[Paragraph], tables: &[String]) -> Option<(Bilingual, Tags)> {
    let bitexts = bitexts(paragraphs);
    let es_first = bitexts.iter().flatten().next()?.columns.es_first();
    let (mut paired, mut all) = (0, 0);
    for paragraph in paragraphs {
        let length = paragraph.text.len();
        match paragraph.cell.and_then(|cell| Some((cell, bitexts[cell.table]?))) {
            Some((cell, bitext)) if bitext.columns.lang(cell.column).is_some() => paired += length,
            Some((_, bitext)) if bitext.heading.is_some() => continue,
            _ => {}
        }
        all += length;
    }
    if paired * 3 < all * 2 {
        return None;
    }
    let mut writer = Writer { out: Bilingual::new(), tables, es_first, row: None, alone: 0 };
    for paragraph in paragraphs {
        match paragraph.cell.and_then(|cell| Some((cell, bitexts[cell.table]?))) {
            Some((cell, bitext)) if bitext.heading.is_none_or(|heading| cell.row >= heading) => {
                writer.cell(paragraph, cell, bitext);
            }
            _ => writer.alone(paragraph),
        }
    }
    let tag = |lang: Lang| Some(lang.code().to_owned());
    let source = if es_first { Lang::Es } else { Lang::En };
    Some((writer.out, Tags { source: tag(source), target: tag(source.other()), directed: false }))
}

/// A table of a text and its translation.
#[derive(Clone, Copy)]
struct Bitext {
    columns: Columns,
    /// The row that names the columns; titles may stand above it.
    heading: Option<usize>,
}

/// The tables of a text and its translation, by their numbers.
fn bitexts(paragraphs: &[Paragraph]) -> Vec<Option<Bitext>> {
    let mut grids: Vec<Grid> = Vec::new();
    for paragraph in paragraphs {
        let Some(cell) = paragraph.cell else { continue };
        if grids.len() <= cell.table {
            grids.resize_with(cell.table + 1, Grid::default);
        }
        grids[cell.table].add(cell, &paragraph.text);
    }
    grids.iter().map(Grid::bitext).collect()
}

/// The rows of a table that are not blank.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<String>>,
    /// Their numbers in the table.
    numbers: Vec<usize>,
}

impl Grid {
    fn add(&mut self, cell: Cell, text: &str) {
        if self.numbers.last() != Some(&cell.row) {
            self.rows.push(Vec::new());
            self.numbers.push(cell.row);
        }
        if let Some(row) = self.rows.last_mut().filter(|_| cell.column < WIDTH) {
            if row.len() <= cell.column {
                row.resize(cell.column + 1, String::new());
            }
            row[cell.column].push_str(text);
        }
    }

    fn bitext(&self) -> Option<Bitext> {
        let (titles, columns) = grid::columns_below_titles(&self.rows)?;
        let heading = self.numbers.get(titles).copied().filter(|_| columns.heading);
        Some(Bitext { columns, heading })
    }
}

/// Writes the two sides of a bilingual document.
struct Writer<'a> {
    out: Bilingual,
    tables: &'a [String],
    es_first: bool,
    /// The table and row of the unit.
    row: Option<(usize, usize)>,
    /// Paragraphs outside such tables so far.
    alone: usize,
}

impl Writer<'_> {
    /// A cell in one of the two columns; numbers and notes in the others are no text of the pair.
    fn cell(&mut self, paragraph: &Paragraph, cell: Cell, bitext: Bitext) {
        let row = (cell.table, cell.row);
        let is_text = bitext.heading != Some(cell.row);
        let Some(lang) = bitext.columns.lang(cell.column).filter(|_| is_text) else { return };
        if self.row.replace(row) != Some(row) {
            self.out.unit(&row_name(self.tables, cell));
        }
        self.side(lang).block(BlockKind::Paragraph, &paragraph.text);
    }

    /// A paragraph outside the tables: a unit without a translation.
    fn alone(&mut self, paragraph: &Paragraph) {
        self.row = None;
        match &paragraph.part {
            Some(part) => self.out.unit(part),
            None => {
                self.alone += 1;
                self.out.unit(&format!("paragraph {}", self.alone));
            }
        }
        let lang = langid::identify(&paragraph.text).lang;
        let lang = lang.unwrap_or(if self.es_first { Lang::Es } else { Lang::En });
        self.side(lang).block(paragraph.kind, &paragraph.text);
    }

    fn side(&mut self, lang: Lang) -> &mut TextBuilder {
        if (lang == Lang::Es) == self.es_first { &mut self.out.source } else { &mut self.out.target }
    }
}

/// The name of a cell of a spreadsheet: `Sheet1!B4`.
pub(super) fn cell_name(sheet: &str, cell: Cell) -> String {
    let mut letters = Vec::new();
    let mut column = cell.column + 1;
    while column > 0 {
        letters.push(b'A' + ((column - 1) % 26) as u8);
        column = (column - 1) / 26;
    }
    let letters: String = letters.iter().rev().map(|letter| char::from(*letter)).collect();
    format!("{sheet}!{letters}{}", cell.row + 1)
}
