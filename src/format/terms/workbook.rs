//! Workbooks: XLSX and ODS, laid out as [`super::sheet`] tells.
//!
//! Every cell is written as text, so that no term becomes a date, a number or a formula. Read is the first sheet that
//! is not hidden. What a workbook unpacks to is limited before anything is made of it.

use std::collections::HashSet;
use std::io::{Cursor, Read as _, Write as _};

use calamine::{DataRef, Dimensions, Reader as _, SheetVisible, Xlsx};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::log::{At, Log};
use super::loss::{Loss, LossKind, Losses};
use super::pairs::limit;
use super::sheet::{self, Grid, Layout, Row};
use super::xml::{self, Node, Piece, Writer};
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::{Finding, Severity};
use crate::format::room::Room;
use crate::termbase::{CaseMode, Concept, Review, Status, Termbase};

/// Office Open XML.
pub(super) const XLSX: Format = Format {
    name: "xlsx",
    about: "Excel workbook, one row a concept, languages in columns",
    extensions: &["xlsx", "xlsm"],
    read: Some(read_xlsx),
    write: Some(|termbase, target| write(&Layout::wide(termbase, target)?, termbase)),
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// The workbook that Phrase imports.
pub(super) const PHRASE: Format = Format {
    name: "phrase",
    about: "Phrase term base workbook, one row a term",
    extensions: &[],
    read: Some(read_xlsx),
    write: Some(write_phrase),
    holds: Holds::Keys(
        &["id", "note", "subject", "review"],
        &["status", "forbidden", "pos", "type", "gender", "number", "usage", "case"],
    ),
    settings: &[],
    texts: Texts::Lines,
};

/// OpenDocument.
pub(super) const ODS: Format = Format {
    name: "ods",
    about: "OpenDocument spreadsheet, one row a concept, languages in columns",
    extensions: &["ods"],
    read: Some(read_ods),
    write: Some(write_ods),
    holds: Holds::All,
    settings: &[],
    texts: Texts::Lines,
};

/// The most that the parts may unpack to, in bytes.
const UNPACKED: u64 = 128 << 20;
/// The most that they may grow; sheets grow some twentyfold, a bomb a thousandfold.
const GROWTH: u64 = 200;
/// So much is unpacked however much it grew.
const SMALL: u64 = 16 << 20;
/// The most cells that are read, empty ones before others of their row among them.
const CELLS: usize = 5_000_000;
/// The most columns of a sheet.
const COLUMNS: usize = 16_384;
/// How often a repeated cell of an ODS row counts.
const REPEATED: usize = 256;

fn broken(name: &str, why: &str) -> Finding {
    Finding::new(Severity::Error, "format-syntax", format!("`{name}` cannot be read as a workbook: {why}"))
        .help("open it in a spreadsheet program and save it again; nothing was read")
}

/// How many bytes all parts unpack to.
///
/// # Errors
/// They are far more than a table is. Sizes that the archive states are not believed.
fn check_size(name: &str, bytes: &[u8]) -> Result<u64, Finding> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(name, &error.to_string()))?;
    let limit = UNPACKED.min((bytes.len() as u64).saturating_mul(GROWTH).max(SMALL));
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(name, &error.to_string()))?;
        let unpacked = std::io::copy(&mut part.take(limit + 1), &mut std::io::sink());
        total += unpacked.map_err(|error| broken(name, &error.to_string()))?;
        if total > limit {
            return Err(broken(name, &format!("it unpacks to more than {} MB", limit >> 20)));
        }
    }
    Ok(total)
}

fn read_xlsx(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let grid = check_size(input.name, input.bytes).and_then(|size| xlsx_grid(input, size, &mut log));
    finish(grid, input, log)
}

fn finish(grid: Result<Grid, Finding>, input: &Input<'_>, mut log: Log<'_>) -> Reading {
    match grid.and_then(|grid| sheet::read(grid, input, &mut log)) {
        Ok(builder) => {
            Reading { termbase: Some(builder.finish()), findings: log.finish(), text: String::new() }
        }
        Err(finding) => Reading::failed(finding),
    }
}

/// The names of a workbook's sheets, hidden ones among them; none where it cannot be read.
pub(crate) fn sheet_names(bytes: &[u8]) -> Vec<String> {
    if check_size("", bytes).is_err() {
        return Vec::new();
    }
    let workbook = Xlsx::new(Cursor::new(bytes));
    workbook
        .map(|workbook| workbook.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect())
        .unwrap_or_default()
}

/// The cells of a sheet, else of the first visible one, row by row as they stand there; a row with a cell that cannot
/// be read is empty.
pub(crate) fn cells_of(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
) -> Result<(Vec<Vec<String>>, Vec<Finding>), Finding> {
    let mut log = Log::new(name);
    let size = check_size(name, bytes)?;
    let grid = sheet_rows(name, (bytes, size), sheet, &mut log)?.0.finish(&mut log);
    let mut cells: Vec<Vec<String>> = Vec::new();
    for row in grid.rows {
        let number =
            if let At::Words(words) = &row.at { words.trim_start_matches("row ").parse() } else { Ok(0) };
        let at = number.map_or(cells.len(), |number: usize| number.saturating_sub(1)).max(cells.len());
        cells.resize(at, Vec::new());
        cells.push(if row.has_error { Vec::new() } else { row.cells });
    }
    Ok((cells, log.finish()))
}

fn xlsx_grid(input: &Input<'_>, size: u64, log: &mut Log<'_>) -> Result<Grid, Finding> {
    let (mut rows, merged) = sheet_rows(input.name, (input.bytes, size), None, log)?;
    rows.spread(&merged).ok_or_else(|| sheet::spread_too_far(input.name))?;
    Ok(rows.finish(log))
}

/// The rows of a sheet of a file, whose bytes unpack to so many, and which of its cells are merged.
fn sheet_rows<'f>(
    file: &'f str,
    (bytes, size): (&[u8], u64),
    sheet: Option<&str>,
    log: &mut Log<'_>,
) -> Result<(Rows<'f>, Vec<Dimensions>), Finding> {
    let wrong = |error: calamine::XlsxError| broken(file, &error.to_string());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(wrong)?;
    let visible: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let Some(name) = sheet.or(visible.first().map(String::as_str)) else {
        return Err(broken(file, "it has no visible sheet"));
    };
    if visible.len() > 1 && sheet.is_none() {
        let message = format!("only the first sheet, `{name}`, is read, of {}", visible.len());
        log.skipped("further sheets", At::Nowhere, message);
    }
    let mut cells = workbook.worksheet_cells_reader(name).map_err(wrong)?;
    let mut rows = Rows { file, rows: Vec::new(), numbers: Vec::new(), unread: Vec::new() };
    let mut count = 0;
    let mut room = Room::for_shared(size);
    while let Some(cell) = cells.next_cell_with_formula().map_err(wrong)? {
        if let DataRef::SharedString(text) = cell.value {
            let too_much = "its cells repeat long texts, far more than a table of terms does";
            room.take(text.len()).ok_or_else(|| broken(file, too_much))?;
        }
        count += rows.put(cell.pos, &cell.value, cell.formula.is_some(), log)?.max(1);
        if count > CELLS {
            return Err(broken(file, &format!("it has more than {CELLS} cells")));
        }
    }
    drop(cells);
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    Ok((rows, merged))
}

/// Rows as cells come, in order.
struct Rows<'f> {
    file: &'f str,
    rows: Vec<Row>,
    /// Where in the sheet they are, from 0.
    numbers: Vec<u32>,
    /// A cell of the row that cannot be read.
    unread: Vec<(usize, String)>,
}

impl Rows<'_> {
    /// Takes a cell; how many cells the row has got by it, empty ones among them.
    ///
    /// # Errors
    /// It is beyond the columns of a table of terms.
    fn put(
        &mut self,
        (row, column): (u32, u32),
        value: &DataRef<'_>,
        is_formula: bool,
        log: &mut Log<'_>,
    ) -> Result<usize, Finding> {
        if self.numbers.last() != Some(&row) {
            self.numbers.push(row);
            self.rows.push(Row::new(Vec::new(), format!("row {}", row + 1)));
        }
        let (name, at) = (cell_name(row, column), self.rows.len() - 1);
        let (Some(current), Ok(column)) = (self.rows.last_mut(), usize::try_from(column)) else {
            return Ok(0);
        };
        if column >= COLUMNS {
            return Ok(0);
        }
        let before = current.cells.len();
        match text(value) {
            Some(text) if !text.is_empty() => {
                if column >= sheet::COLUMNS {
                    return Err(sheet::too_wide(self.file, column + 1));
                }
                if matches!(value, DataRef::DateTime(_)) {
                    let message = format!("cell {name} is a date, and is read as {text}");
                    log.repaired("a date in a cell", At::Nowhere, message);
                }
                current.cells.resize(current.cells.len().max(column + 1), String::new());
                current.cells[column] = text;
            }
            Some(_) if is_formula => self.unread.push((at, name)),
            Some(_) => {}
            None => {
                current.has_error = true;
                let message = format!("cell {name} shows an error and is left out");
                log.skipped("a cell with an error", At::Nowhere, message);
            }
        }
        Ok(current.cells.len() - before)
    }

    /// Cells that are merged over several rows hold for each of these that has something of its own; `None` if there
    /// is no room for them.
    fn spread(&mut self, merged: &[Dimensions]) -> Option<()> {
        let has_own: Vec<bool> =
            self.rows.iter().map(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
        let mut room = Room::for_spread();
        for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
            let (Ok(first), Ok(column)) =
                (self.numbers.binary_search(&region.start.0), usize::try_from(region.start.1))
            else {
                continue;
            };
            let Some(text) = self.rows[first].cells.get(column).cloned() else { continue };
            // In a damaged sheet rows stand in no order.
            let end = self.numbers.partition_point(|number| *number <= region.end.0).max(first + 1);
            let below = self.rows[first + 1..end].iter_mut().zip(&has_own[first + 1..end]);
            for (Row { cells, .. }, has_own) in below {
                let added = (column + 1).saturating_sub(cells.len());
                room.take(text.len() + (added + 1) * size_of::<String>())?;
                if *has_own {
                    cells.resize(cells.len().max(column + 1), String::new());
                    if cells[column].is_empty() {
                        cells[column].clone_from(&text);
                    }
                }
            }
        }
        Some(())
    }

    /// The rows without those in which a formula has no value: half a row is no entry.
    fn finish(mut self, log: &mut Log<'_>) -> Grid {
        for (row, name) in &self.unread {
            let message = format!("cell {name} has a formula without a value; its row is left out");
            log.skipped("a formula without a value", At::Nowhere, message);
            self.rows[*row].cells.clear();
        }
        Grid { rows: self.rows, is_named: false }
    }
}

/// `A5`.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// The text of a cell; `None` for an error.
fn text(value: &DataRef<'_>) -> Option<String> {
    Some(match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) => return None,
        DataRef::Empty => String::new(),
    })
}

fn read_ods(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let grid = check_size(input.name, input.bytes).and_then(|_| ods_grid(input, &mut log));
    finish(grid, input, log)
}

fn ods_grid(input: &Input<'_>, log: &mut Log<'_>) -> Result<Grid, Finding> {
    let wrong = |error: String| broken(input.name, &error);
    let mut archive = ZipArchive::new(Cursor::new(input.bytes)).map_err(|error| wrong(error.to_string()))?;
    let part = archive.by_name("content.xml").map_err(|error| wrong(error.to_string()))?;
    let mut bytes = Vec::new();
    part.take(UNPACKED).read_to_end(&mut bytes).map_err(|error| wrong(error.to_string()))?;
    let content = xml::decode(input.name, &bytes, log)?;
    let mut rows: Vec<Row> = Vec::new();
    let (mut tables, mut number) = (0, 0);
    let mut room = Some(Room::for_spread());
    xml::walk(input.name, &content, &["table-row"], |piece| match piece {
        Piece::Open(node) if node.name == "table" => tables += 1,
        Piece::Entry(node) if tables == 1 => {
            number += 1;
            let cells = room.as_mut().and_then(|room| ods_cells(&node, room));
            match cells {
                Some(cells) => rows.push(Row::new(cells, format!("row {number}"))),
                None => room = None,
            }
        }
        _ => {}
    })
    .map_err(|mut finding| {
        finding.place = None;
        wrong(finding.message)
    })?;
    if room.is_none() {
        return Err(sheet::spread_too_far(input.name));
    }
    if tables > 1 {
        log.skipped("further sheets", At::Nowhere, format!("only the first sheet is read, of {tables}"));
    }
    Ok(Grid { rows, is_named: false })
}

/// The cells of a row; `None` if repeated ones find no room.
fn ods_cells(row: &Node, room: &mut Room) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut written = 0;
    for cell in row.nodes().filter(|cell| matches!(cell.name.as_str(), "table-cell" | "covered-table-cell")) {
        let paragraphs: Vec<String> =
            cell.nodes().filter(|child| child.name == "p").map(Node::text).collect();
        let repeated =
            cell.attribute("number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1);
        let text = paragraphs.join("\n").trim().to_owned();
        let repeated = repeated.clamp(1, REPEATED);
        room.take((repeated - 1) * text.len())?;
        cells.extend(std::iter::repeat_n(text, repeated));
        written += 1;
        if cells.len() > COLUMNS {
            break;
        }
    }
    cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
    room.take(cells.len().saturating_sub(written) * size_of::<String>())?;
    Some(cells)
}

fn write(layout: &Layout<'_>, termbase: &Termbase) -> Result<Written, Vec<Finding>> {
    let (headings, fields) = (layout.headings(), layout.fields());
    let (rows, losses) = fitting_rows(&fields, layout.all_rows(termbase))?;
    let (headings, rows) = without_emptied(headings, &fields, rows, &losses);
    finished(&headings, rows, losses)
}

/// Takes out the columns of which nothing is left, for what they had was left out: the file is as if it had not been.
fn without_emptied(
    headings: Vec<String>,
    fields: &[String],
    rows: Vec<Vec<String>>,
    losses: &[Loss],
) -> (Vec<String>, Vec<Vec<String>>) {
    let used: HashSet<&String> = rows
        .iter()
        .flat_map(|row| row.iter().zip(&headings))
        .filter_map(|(cell, heading)| (!cell.is_empty()).then_some(heading))
        .collect();
    let is_emptied = |(heading, field): (&String, &String)| {
        !used.contains(heading) && losses.iter().any(|loss| loss.field == *field)
    };
    let stays: Vec<bool> = headings.iter().zip(fields).map(|column| !is_emptied(column)).collect();
    let kept = |row: Vec<String>| {
        row.into_iter().zip(&stays).filter_map(|(cell, stays)| stays.then_some(cell)).collect()
    };
    let rows = rows.into_iter().map(kept).collect();
    (kept(headings), rows)
}

/// The most that a cell of Excel has, in UTF-16 units.
const CELL: usize = 32_767;

/// Whether a text is too long for a cell.
pub(crate) fn is_too_long(text: &str) -> bool {
    text.len() > CELL && text.encode_utf16().count() > CELL
}

/// Leaves out what no cell can have; a term of that size is refused.
fn fitting(
    concept: &Concept,
    row: Vec<String>,
    fields: &[String],
    losses: &mut Losses,
    broken: &mut Vec<Finding>,
) -> Vec<String> {
    let mut fit = |(cell, field): (String, &String)| {
        if !is_too_long(&cell) {
            return cell;
        }
        if !matches!(field.as_str(), "terms" | "id") {
            losses.add(
                LossKind::Dropped,
                field,
                "a cell of a workbook has at most 32,767 characters",
                concept,
            );
        } else {
            let what = "a term or the id has more than 32,767 characters";
            broken.push(limit("a workbook", concept, what, "leave the entry out, or write csv"));
        }
        String::new()
    };
    row.into_iter().zip(fields).map(&mut fit).collect()
}

/// The parts of a spreadsheet but its content: what it is, and the list of parts.
const ODS_KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
const ODS_MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\n\
    <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>\n\
    <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\n\
    </manifest:manifest>\n";

fn write_ods(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let layout = Layout::wide(termbase, target)?;
    let rows = layout.all_rows(termbase).map(|(_, row)| row);
    let content = ods_content(std::iter::once(layout.headings()).chain(rows));
    let parts = [
        ("mimetype", ODS_KIND.as_bytes()),
        ("META-INF/manifest.xml", ODS_MANIFEST.as_bytes()),
        ("content.xml", &content),
    ];
    ods_archive(&parts).map(|bytes| Written { bytes, losses: Vec::new() }).map_err(|error| {
        let message = format!("the spreadsheet cannot be written: {error}");
        vec![Finding::new(Severity::Error, "export-limit", message).help("divide the termbase, or write csv")]
    })
}

/// The part with the cells, each text; a line of a cell is a paragraph.
fn ods_content(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut xml = Writer::compact();
    let space = |name: &str| format!("urn:oasis:names:tc:opendocument:xmlns:{name}:1.0");
    let (office, table, text) = (space("office"), space("table"), space("text"));
    xml.open(
        "office:document-content",
        &[
            ("xmlns:office", Some(&office)),
            ("xmlns:table", Some(&table)),
            ("xmlns:text", Some(&text)),
            ("office:version", Some("1.2")),
        ],
    );
    xml.open("office:body", &[]);
    xml.open("office:spreadsheet", &[]);
    xml.open("table:table", &[("table:name", Some("Glossary"))]);
    for row in rows {
        xml.open("table:table-row", &[]);
        for cell in row {
            xml.open("table:table-cell", &[("office:value-type", (!cell.is_empty()).then_some("string"))]);
            cell.lines().for_each(|line| xml.leaf("text:p", &[], line));
            xml.close();
        }
        xml.close();
    }
    xml.finish()
}

/// A container whose first part, uncompressed, says what it is.
fn ods_archive(parts: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method =
            if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method))?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The date that every workbook bears: output depends on input only.
const MADE: (u16, u8, u8) = (2000, 1, 1);

/// Rows, cell by cell.
type Table = Vec<Vec<String>>;

/// The rows without what no cell can have, and what that is.
fn fitting_rows<'c>(
    fields: &[String],
    rows: impl Iterator<Item = (&'c Concept, Vec<String>)>,
) -> Result<(Table, Vec<Loss>), Vec<Finding>> {
    let (mut losses, mut broken) = (Losses::default(), Vec::new());
    let rows = rows.map(|(concept, row)| fitting(concept, row, fields, &mut losses, &mut broken)).collect();
    if broken.is_empty() { Ok((rows, losses.finish())) } else { Err(broken) }
}

fn finished(headings: &[String], rows: Table, losses: Vec<Loss>) -> Result<Written, Vec<Finding>> {
    save(headings, rows.into_iter()).map(|bytes| Written { bytes, losses }).map_err(|error| {
        let message = format!("the workbook cannot be written: {error}");
        vec![Finding::new(Severity::Error, "export-limit", message).help("divide the termbase, or write csv")]
    })
}

fn save(headings: &[String], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(MADE.0, MADE.1, MADE.2)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    let bold = CellFormat::new().set_bold();
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (number, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(number, column, cell)?;
        }
    }
    workbook.save_to_buffer()
}

/// The columns of Phrase's import, by its names.
const PHRASE_COLUMNS: &[(&str, &str)] = &[
    ("Preferred", "preferred"),
    ("Forbidden", "forbidden"),
    ("Case sensitive", "case"),
    ("Part of speech", "pos"),
    ("Term type", "type"),
    ("Gender", "gender"),
    ("Number", "number"),
    ("Usage", "usage"),
];

fn write_phrase(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let of_terms = || PHRASE_COLUMNS.iter().map(|(name, key)| (*name, format!("terms.{key}")));
    let columns = [("Concept ID", "id"), ("Language", "languages"), ("Term", "terms"), ("Status", "review")];
    let columns = columns.map(|(name, field)| (name, field.to_owned())).into_iter().chain(of_terms());
    let last = [("Subject", "subject"), ("Note", "note")].map(|(name, field)| (name, field.to_owned()));
    let (headings, fields): (Vec<String>, Vec<String>) =
        columns.chain(last).map(|(name, field)| (name.to_owned(), field)).unzip();
    let rows = termbase
        .concepts
        .iter()
        .flat_map(|concept| phrase_rows(concept, target).into_iter().map(move |row| (concept, row)));
    let (rows, losses) = fitting_rows(&fields, rows)?;
    let mut written = if rows.is_empty() {
        Written { bytes: Vec::new(), losses }
    } else {
        finished(&headings, rows, losses)?
    };
    let mut losses = Losses::default();
    termbase.concepts.iter().for_each(|concept| phrase_losses(concept, target, &mut losses));
    written.losses.extend(losses.finish());
    Ok(written)
}

/// What the words of Phrase do not say as it is meant.
fn phrase_losses(concept: &Concept, target: &Target, losses: &mut Losses) {
    if concept.review == Some(Review::Reviewed) {
        losses.add(LossKind::Changed, "review", "Phrase has New and Approved", concept);
    }
    let sections = concept.sections.iter().filter(|section| target.wants(&section.tag));
    let mut terms = sections.flat_map(|section| &section.terms).peekable();
    if terms.peek().is_none() {
        losses.add(LossKind::Dropped, "concept", "a row has a term", concept);
    }
    for entry in terms {
        match entry.status {
            None | Some(Status::Preferred) => {}
            Some(Status::Deprecated | Status::Superseded) => {
                losses.add(LossKind::Changed, "terms.status", "Phrase has it as forbidden", concept);
            }
            Some(_) => {
                let reason = "Phrase has preferred and forbidden terms";
                losses.add(LossKind::Dropped, "terms.status", reason, concept);
            }
        }
        if entry.case == CaseMode::Any {
            losses.add(LossKind::Dropped, "terms.case", "Phrase has exact or not", concept);
        }
    }
}

fn phrase_rows(concept: &Concept, target: &Target) -> Vec<Vec<String>> {
    let status = match concept.review {
        None => "",
        Some(Review::Proposed) => "New",
        Some(_) => "Approved",
    };
    let mut rows = Vec::new();
    let sections = concept.sections.iter().filter(|section| target.wants(&section.tag));
    for (section, entry) in
        sections.flat_map(|section| section.terms.iter().map(move |entry| (section, entry)))
    {
        let mut row =
            vec![concept.id.0.clone(), section.tag.0.clone(), entry.term.clone(), status.to_owned()];
        row.extend(PHRASE_COLUMNS.iter().map(|(_, key)| match *key {
            "preferred" => yes(entry.status == Some(Status::Preferred)),
            "forbidden" => yes(!entry.is_usable()),
            "case" => yes(entry.case == CaseMode::Exact),
            key => sheet::term_cell(entry, key),
        }));
        row.extend([&concept.subject, &concept.note].map(|text| text.clone().unwrap_or_default()));
        rows.push(row);
    }
    rows
}

fn yes(value: bool) -> String {
    if value { "TRUE".to_owned() } else { "FALSE".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_far_from_the_others_take_no_room() {
        let sheet = |rows: u32, column: u16| {
            let mut workbook = Workbook::new();
            let page = workbook.add_worksheet();
            for row in 0..rows {
                page.write_string(row, 0, "arancel").expect("a cell");
                page.write_string(row, column, "tariff").expect("a cell");
            }
            cells_of("x.xlsx", &workbook.save_to_buffer().expect("a workbook"), None)
        };
        assert_eq!(sheet(10, 999).expect("within the columns").0[9][999], "tariff");
        let told = |rows, column| sheet(rows, column).expect_err("too far").message;
        assert!(told(1, 1000).contains("has 1001 columns; a table of terms has at most 1000"));
        assert!(told(5_100, 990).contains("more than 5000000 cells"));
    }
}
