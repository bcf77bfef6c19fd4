//! Tables of terms as text: CSV and TSV, as [`super::sheet`] lays them out.
//!
//! Read with any separator, with or without headings; written by RFC 4180, UTF-8. A cell that a spreadsheet would take
//! for a formula is written as it is, unless [`Target::guard_formulas`] asks for an apostrophe before it.

use csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::log::{Log, without_nul};
use super::loss::{LossKind, Losses};
use super::sheet::{self, Grid, Layout, Row};
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::{Finding, Severity};
use crate::format::table::{sniff_separator, stated_separator};
use crate::termbase::{Concept, Termbase};
use crate::text::Span;

/// Comma-separated values.
pub(super) const CSV: Format = Format {
    name: "csv",
    about: "a table, one row a concept, languages in columns (comma, RFC 4180)",
    extensions: &["csv"],
    read: Some(read),
    write: Some(|termbase, target| write(termbase, target, b',')),
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// Tab-separated values.
pub(super) const TSV: Format = Format {
    name: "tsv",
    about: "the same with tabs",
    extensions: &["tsv"],
    read: Some(read),
    write: Some(|termbase, target| write(termbase, target, b'\t')),
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// The text of a table.
pub(super) struct Text {
    pub(super) text: String,
    /// Where the rows begin, behind a byte order mark and a line `sep=;`.
    pub(super) start: usize,
    pub(super) separator: u8,
}

fn read(input: &Input<'_>) -> Reading {
    read_as(input, Quotes::Obeyed)
}

/// Reads a table; where tabs stand between its cells, quotes are what is said of them, unless they plainly are text.
pub(super) fn read_as(input: &Input<'_>, in_tabs: Quotes) -> Reading {
    let mut log = Log::new(input.name);
    let mut text = match text(input, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    if in_tabs == Quotes::Ordinary && text.text[text.start..].lines().all(|line| line.contains('\t')) {
        text.separator = b'\t';
    }
    let ordinary = in_tabs == Quotes::Ordinary || has_plain_quotes(&text.text[text.start..]);
    let ordinary = text.separator == b'\t' && ordinary;
    let unclosed = if ordinary { None } else { unclosed_quote(&text.text, text.start, text.separator) };
    if let Some(at) = unclosed {
        let finding = Finding::new(
            Severity::Error,
            "format-syntax",
            "a quotation mark opens a cell and is never closed",
        )
        .at(input.name, Span::new(at, at + 1))
        .help("close it, or write two for one that is part of the text: \"\"; nothing was read");
        return Reading { text: text.text, ..Reading::failed(finding) };
    }
    let grid = grid(&text, if ordinary { Quotes::Ordinary } else { Quotes::Obeyed });
    match sheet::read(grid, input, &mut log) {
        Ok(builder) => Reading { termbase: Some(builder.finish()), findings: log.finish(), text: text.text },
        Err(finding) => Reading { text: text.text, ..Reading::failed(finding) },
    }
}

/// Decodes a table and finds out its separator. What has no characters, or NULs, is none.
pub(super) fn text(input: &Input<'_>, log: &mut Log<'_>) -> Result<Text, Finding> {
    let text = log.text_of(input)?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        let message = format!("`{}` is empty", input.name);
        return Err(Finding::new(Severity::Error, "format-syntax", message).help("give a file with terms"));
    }
    let text = without_nul(input.name, text)?;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (start, separator) = match stated_separator(&text[start..]) {
        Some((separator, length)) => (start + length, separator),
        None => (start, sniff_separator(&text[start..])),
    };
    Ok(Text { text, start, separator })
}

/// Whether a quotation mark at a cell's start encloses the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    Obeyed,
    Ordinary,
}

/// A row has at most so many empty cells behind its last.
const EMPTIES: usize = 64;

/// The rows of a table, the cells without the white space around them.
pub(super) fn grid(text: &Text, quotes: Quotes) -> Grid {
    let mut reader = ReaderBuilder::new()
        .delimiter(text.separator)
        .has_headers(false)
        .flexible(true)
        .quoting(quotes == Quotes::Obeyed)
        .from_reader(&text.text.as_bytes()[text.start..]);
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    // The text is UTF-8 and rows may be of any length, so reading ends only with the text.
    while reader.read_record(&mut record).unwrap_or(false) {
        let from = record.position().map_or(0, |position| position.byte() as usize) + text.start;
        let skipped =
            text.text.get(from..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        // Millions of separators with nothing between them are no table.
        if cells.len() > EMPTIES {
            let last = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            cells.truncate(last.max(EMPTIES));
            cells.shrink_to_fit();
        }
        rows.push(Row::new(cells, from + skipped));
    }
    Grid { rows }
}

/// Whether quotation marks are plainly text in a file with tabs, as in a glossary of DeepL: a cell goes on behind the
/// mark that would close it, and none lacks one.
fn has_plain_quotes(text: &str) -> bool {
    let cells = || text.lines().flat_map(|line| line.split('\t')).map(str::trim);
    let quoted = || cells().filter_map(|cell| cell.strip_prefix('"'));
    let goes_on = |inner: &str| {
        inner.replace("\"\"", "").find('"').is_some_and(|at| at + 1 < inner.replace("\"\"", "").len())
    };
    let closed = |inner: &str| inner.replace("\"\"", "").contains('"');
    quoted().any(goes_on) && quoted().all(closed)
}

/// Where a quotation mark opens a cell that does not end.
fn unclosed_quote(text: &str, start: usize, separator: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut cell_start, mut open) = (start, true, None);
    while let Some(&byte) = bytes.get(at) {
        match (open, byte) {
            (None, b'"') if cell_start => open = Some(at),
            (Some(_), b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (Some(_), b'"') => open = None,
            _ => {}
        }
        cell_start = open.is_none() && (byte == separator || byte == b'\n' || byte == b'\r');
        at += 1;
    }
    open
}

fn write(termbase: &Termbase, target: &Target, separator: u8) -> Result<Written, Vec<Finding>> {
    let layout = Layout::wide(termbase, target)?;
    let mut losses = Losses::default();
    let form = Form { headings: layout.headings(), fields: layout.fields(), separator };
    let bytes = form.lines(layout.all_rows(termbase), target, &mut losses);
    Ok(Written { bytes, losses: losses.finish() })
}

/// How a table stands in a file.
pub(super) struct Form {
    /// The first line; none where it is empty.
    pub(super) headings: Vec<String>,
    /// What the columns have, as the report of losses names it.
    pub(super) fields: Vec<String>,
    pub(super) separator: u8,
}

impl Form {
    /// Rows as text, by RFC 4180; tabs between cells and plain line ends for a TSV.
    pub(super) fn lines<'c>(
        &self,
        rows: impl Iterator<Item = (&'c Concept, Vec<String>)>,
        target: &Target,
        losses: &mut Losses,
    ) -> Vec<u8> {
        let terminator = if self.separator == b'\t' { Terminator::Any(b'\n') } else { Terminator::CRLF };
        let mut writer = WriterBuilder::new()
            .delimiter(self.separator)
            .flexible(true)
            .quote_style(QuoteStyle::Necessary)
            .terminator(terminator)
            .from_writer(Vec::new());
        // Writing into memory does not fail, and rows may be of any length.
        if !self.headings.is_empty() {
            let _ = writer.write_record(&self.headings);
        }
        for (concept, mut row) in rows {
            if target.guard_formulas {
                self.guard(concept, &mut row, losses);
            }
            let _ = writer.write_record(&row);
        }
        writer.into_inner().unwrap_or_default()
    }

    /// Puts an apostrophe before the cells that a spreadsheet would take for a formula, and tells it.
    fn guard(&self, concept: &Concept, row: &mut [String], losses: &mut Losses) {
        let is_risky = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        for (cell, field) in row.iter_mut().zip(&self.fields).filter(|(cell, _)| is_risky(cell)) {
            cell.insert(0, '\'');
            losses.add(LossKind::Changed, field, "an apostrophe guards it from being a formula", concept);
        }
    }
}
