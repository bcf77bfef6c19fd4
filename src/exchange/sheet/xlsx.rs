//! The sheet for review as an Excel workbook: ids locked, lists to choose from, the exported state on a hidden sheet.
//!
//! The protection has no password: it is there against slips of the hand. Every cell is text, and one that a
//! spreadsheet would take for a formula when somebody edits it bears Excel's mark for text (`quotePrefix`).

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use super::returned::returned;
use super::rows::{Column, Sheet, sheet_of};
use super::{Returned, broken, homeless, notes};
use crate::check::{Finding, Severity};
use crate::format::terms::workbook;
use crate::termbase::Termbase;

/// The visible sheet.
const REVIEW: &str = "Review";
/// The hidden sheet with the exported state.
const STATE: &str = "glosa-state";
/// Rows for new entries.
const EMPTY_ROWS: u32 = 100;
/// The most rows of an Excel sheet.
const ROWS: usize = 1_048_576;

/// Writes a termbase as a workbook for review.
///
/// # Errors
/// What breaks the limits of a workbook.
pub fn write(termbase: &Termbase) -> Result<Vec<u8>, Finding> {
    let sheet = sheet_of(termbase, false);
    let limit = |why: String| {
        let message = format!("the workbook cannot be written: {why}");
        Finding::new(Severity::Error, "export-limit", message)
            .help("shorten what is too long, or export a part of the glossary, as with --subject")
    };
    if let Some((id, heading)) = too_long(&sheet) {
        let why = format!("`{id}` has more than 32,767 characters under “{heading}”, which no cell takes");
        return Err(limit(why));
    }
    if sheet.rows.len() + EMPTY_ROWS as usize >= ROWS {
        return Err(limit(format!("it would have {} rows", sheet.rows.len())));
    }
    save(&sheet).map_err(|error| limit(error.to_string()))
}

/// The entry and the heading of a text that no cell takes.
fn too_long(sheet: &Sheet) -> Option<(&str, String)> {
    sheet.rows.iter().find_map(|row| {
        let at = row.iter().position(|cell| workbook::is_too_long(cell))?;
        let heading = sheet.columns.get(at)?.as_ref().map(Column::heading)?;
        Some((row.first()?.as_str(), heading))
    })
}

/// Whether a workbook is one for review, with its state or without.
pub fn is_review(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK") {
        return false;
    }
    let names = workbook::sheet_names(bytes);
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let locked = [Column::Id, Column::Number].map(|column| column.heading());
    let has_locked = || {
        let cells = workbook::cells_of("", bytes, Some(REVIEW));
        cells.is_ok_and(|(rows, _)| rows.first().is_some_and(|headings| headings.starts_with(&locked)))
    };
    has(STATE) || has(REVIEW) && has_locked()
}

/// Reads what came back of a workbook for review.
///
/// # Errors
/// Where it cannot be read, its state is gone, or the ids are gone or stand twice.
pub fn read(name: &str, bytes: &[u8]) -> Result<Returned, Finding> {
    let has_state = || workbook::sheet_names(bytes).iter().any(|name| name == STATE);
    let (state, state_findings) = workbook::cells_of(name, bytes, Some(STATE))
        .map_err(|cause| if has_state() { cause } else { without_state(name) })?;
    let (edited, findings) = workbook::cells_of(name, bytes, None)?;
    let state = Sheet::of_cells(state);
    let (mut edited, about_columns) = Sheet::edited(name, edited, &state);
    let about_notes = take_notes(name, bytes, &mut edited);
    let mut returned = returned(name, &state, &edited)?;
    returned.findings.extend(about_columns);
    returned.findings.extend(about_notes);
    debug_assert!(state_findings.is_empty());
    let is_about_sheets = |finding: &Finding| finding.message.contains("only the first sheet");
    returned.findings.extend(findings.into_iter().filter(|finding| !is_about_sheets(finding)));
    Ok(returned)
}

/// Gives a sheet what is said of its rows in comments of the spreadsheet program; what is told of the others.
fn take_notes(name: &str, bytes: &[u8], sheet: &mut Sheet) -> Vec<Finding> {
    let notes = match notes::read(bytes) {
        Ok(notes) => notes,
        Err(why) => {
            let message = format!("the comments in `{name}` cannot be read: {why}; they are left out");
            return vec![Finding::new(Severity::Warning, "import-skipped", message)];
        }
    };
    // The first row is that of the headings.
    let of_row = |row: usize| row.checked_sub(1).filter(|row| *row < sheet.rows.len());
    let (there, elsewhere): (Vec<_>, Vec<_>) =
        notes.into_iter().map(|(row, said)| (of_row(row), said)).partition(|(row, _)| row.is_some());
    sheet.notes.extend(there.into_iter().filter_map(|(row, said)| Some((row?, said))));
    elsewhere.iter().flat_map(|(_, said)| said).map(|said| homeless(name, said)).collect()
}

fn without_state(name: &str) -> Finding {
    let message = format!(
        "`{name}` has lost the hidden sheet with what was exported, so nobody can tell what was changed"
    );
    broken(message).help("copy the edited cells into a workbook as it was sent, or read it as a plain table with --format xlsx")
}

fn save(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The date that every workbook bears: output depends on input only.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    review(sheet, workbook.add_worksheet().set_name(REVIEW)?)?;
    let state = workbook.add_worksheet().set_name(STATE)?;
    for (number, row) in (0..).zip(sheet.cells()) {
        for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            state.write_string(number, column, cell)?;
        }
    }
    state.set_very_hidden(true).protect();
    workbook.save_to_buffer()
}

/// How cells look.
struct Looks {
    heading: Format,
    locked: Format,
    open: Format,
    guarded: Format,
    grey: Format,
}

impl Looks {
    fn new() -> Looks {
        let text = || Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        Looks {
            heading: Format::new().set_bold().set_background_color("#DDE6EE").set_align(FormatAlign::Top),
            locked: text().set_font_color("#777777"),
            open: text().set_unlocked(),
            guarded: text().set_unlocked().set_quote_prefix(),
            grey: text().set_background_color("#F2F2F2"),
        }
    }

    /// The format of a cell: of a concept's further rows only the terms are open.
    fn of(&self, column: &Column, cell: &str, is_first: bool) -> &Format {
        match column {
            column if column.is_locked() => &self.locked,
            Column::Comment => &self.open,
            column if column.is_of_concept() && !is_first => &self.grey,
            _ if cell.starts_with(['=', '+', '-', '@', '\t', '\'']) => &self.guarded,
            _ => &self.open,
        }
    }
}

fn review(sheet: &Sheet, page: &mut Worksheet) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let columns: Vec<&Column> = sheet.columns.iter().flatten().collect();
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX - EMPTY_ROWS);
    for (at, column) in (0..).zip(&columns) {
        page.write_string_with_format(0, at, column.heading(), &looks.heading)?;
        page.set_column_width(at, width(column))?;
        if let Some(words) = column.words() {
            let rule = DataValidation::new()
                .allow_list_strings(words)?
                .set_error_title("glosa")?
                .set_error_message("Choose a word of the list, or leave the cell empty.")?;
            page.add_data_validation(1, at, last_row + EMPTY_ROWS, at, &rule)?;
        }
    }
    let mut before = "";
    for (number, row) in (1..).zip(&sheet.rows) {
        let id = row.first().map_or("", String::as_str);
        for ((at, column), cell) in (0..).zip(&columns).zip(row) {
            put(page, number, at, cell, looks.of(column, cell, id != before))?;
        }
        before = id;
    }
    for number in last_row + 1..=last_row + EMPTY_ROWS {
        for (at, column) in (0..).zip(&columns) {
            page.write_blank(number, at, looks.of(column, "", true))?;
        }
    }
    page.set_freeze_panes(1, 2)?;
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.autofilter(0, 0, last_row + EMPTY_ROWS, last_column)?;
    let allowed = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    page.protect_with_options(&allowed);
    Ok(())
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &str, format: &Format) -> Result<(), XlsxError> {
    match cell {
        "" => page.write_blank(row, column, format)?,
        cell => page.write_string_with_format(row, column, cell, format)?,
    };
    Ok(())
}

/// In characters of the standard font.
fn width(column: &Column) -> f64 {
    match column {
        Column::Id => 22.0,
        Column::Number => 4.0,
        Column::Status(_) | Column::Key("review") => 13.0,
        Column::Key("subject") => 16.0,
        Column::Term(_) => 30.0,
        _ => 40.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::Source;

    #[test]
    fn a_workbook_that_has_lost_its_state_is_told() {
        let text = "[[concept]]\nid = \"a\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n";
        let termbase = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
        let whole = write(&termbase).expect("a workbook");
        assert!(is_review(&whole) && read("r.xlsx", &whole).is_ok());
        let mut workbook = Workbook::new();
        let page = workbook.add_worksheet().set_name(REVIEW).expect("a name");
        review(&sheet_of(&termbase, false), page).expect("a sheet");
        let without = workbook.save_to_buffer().expect("a workbook");
        assert!(is_review(&without));
        let told = read("r.xlsx", &without).expect_err("what is wrong");
        assert!(told.message.contains("lost the hidden sheet"), "{}", told.message);
    }
}
