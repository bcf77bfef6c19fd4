//! What a spreadsheet hides: sheets, rows and columns, which are no more part of the document than hidden text is. They
//! are told, for a filter hides rows too.

use std::collections::BTreeSet;

use crate::check::{Finding, Severity};

/// So many ranges of hidden columns are looked at; no sheet that people made has more.
pub(super) const MOST_RANGES: usize = 1 << 10;

/// What was hidden and has words in it.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    sheets: BTreeSet<String>,
    rows: BTreeSet<(usize, usize)>,
    columns: BTreeSet<(usize, usize)>,
}

/// Why a cell is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hides {
    Sheet,
    Row,
    Column,
}

impl Hidden {
    /// Notes a cell with words that is not seen, by the numbers of its sheet, row and column.
    pub(super) fn add(&mut self, how: Hides, sheet: &str, [table, row, column]: [usize; 3]) {
        match how {
            Hides::Sheet => _ = self.sheets.insert(sheet.to_owned()),
            Hides::Row => _ = self.rows.insert((table, row)),
            Hides::Column => _ = self.columns.insert((table, column)),
        }
    }

    /// What there is to say of it.
    pub(super) fn told(&self, name: &str) -> Option<Finding> {
        let counted = |count: usize, noun: &str| match count {
            0 => None,
            1 => Some(format!("1 {noun}")),
            count => Some(format!("{count} {noun}s")),
        };
        let sheets: Vec<&str> = self.sheets.iter().map(String::as_str).collect();
        let sheets = (!sheets.is_empty()).then(|| format!("the sheet “{}”", sheets.join("”, “")));
        let all = [sheets, counted(self.rows.len(), "row"), counted(self.columns.len(), "column")];
        let all: Vec<String> = all.into_iter().flatten().collect();
        (!all.is_empty()).then(|| {
            let message = format!("`{name}`: {} with words, hidden and not read", all.join(", "));
            Finding::new(Severity::Warning, "hidden-cells", message)
                .help("show them in the spreadsheet, and take its filter off, to have them read")
        })
    }
}
