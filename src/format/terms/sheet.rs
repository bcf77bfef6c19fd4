//! Rows and columns: what tables of terms have in common, whatever program keeps them.
//!
//! A table has one row a concept, its languages in columns (a language that comes twice has synonyms), or one row a
//! term, with a column that names its language. Rows with the same id are one concept. What a column holds is told by
//! its [heading](headings); a column of which nothing is known is kept under `x`.

mod cells;
mod headings;
mod languages;
mod layout;
mod reader;
mod storeys;
mod words;

use super::Input;
use super::log::{At, Log};
use super::model::Builder;
use crate::check::{Finding, Severity};

pub use headings::ColumnName;
use headings::columns_of;
pub(super) use headings::folded;
#[cfg(any(feature = "office", feature = "xlsx"))]
pub(crate) use headings::is_same_heading;
pub(super) use headings::{Column, Foreign, is_term_heading, names_terms};
pub(super) use layout::Layout;
#[cfg(feature = "xlsx")]
pub(super) use layout::term_cell;
use reader::RowReader;
pub(super) use words::foreign_word;

/// A table as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
    /// Whether its first row is known to name the columns.
    pub(super) is_named: bool,
}

/// A row with its place.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    pub(super) at: At,
    /// Whether one of its cells shows an error.
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "only workbooks ask for it"))]
    pub(super) has_error: bool,
}

impl Row {
    /// A row at a place.
    pub(super) fn new(cells: Vec<String>, at: impl Into<At>) -> Row {
        Row { cells, at: at.into(), has_error: false }
    }
}

/// The finding for a table without [room](crate::format::room::Room) for its cells.
pub(super) fn spread_too_far(name: &str) -> Finding {
    let message =
        format!("`{name}` has cells that reach over others, and would fill more than 32 MB of them");
    Finding::new(Severity::Error, "format-syntax", message)
        .help("give each row cells of its own; nothing was read")
}

/// The most columns of a table of terms; reading takes time with their square.
pub(super) const COLUMNS: usize = 1000;

/// The finding for a table of so many columns.
pub(super) fn too_wide(name: &str, width: usize) -> Finding {
    let message = format!("`{name}` has {width} columns; a table of terms has at most {COLUMNS}");
    Finding::new(Severity::Error, "format-columns", message)
        .help("give a table with a row for each concept or term; nothing was read")
}

/// Reads a table, its first row the headings where it names columns.
///
/// # Errors
/// A column that the input names is not there, or there are far too many.
pub(super) fn read(grid: Grid, input: &Input<'_>, log: &mut Log<'_>) -> Result<Builder, Finding> {
    let is_named = grid.is_named;
    let filled = grid.rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let mut rows: Vec<Row> = filled.collect();
    let last = |row: &Row| row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let width = rows.iter().map(last).max().unwrap_or(0);
    if width > COLUMNS {
        return Err(too_wide(input.name, width));
    }
    let (columns, sides) = columns_of(&mut rows, is_named, input, log)?;
    let mut builder = Builder::default();
    builder.settings.languages = languages::named(&columns, &sides);
    let mut reader = RowReader { columns, sides, builder, log };
    if rows.is_empty() {
        reader.log.skipped("a table without rows", At::Nowhere, "there is a heading and no row below it");
    }
    rows.into_iter().for_each(|row| reader.row(&row));
    reader.builder.keep_languages_in_use();
    Ok(reader.builder)
}
