//! Rows of a sheet: the columns, and what they show of a termbase.

use super::notes::Notes;
use super::{KEYS, dedup};
use crate::check::{Finding, Severity};
use crate::exchange::facts::shown;
use crate::format::terms::fields::{CONCEPT, find};
use crate::format::terms::is_same_heading;
use crate::termbase::{Concept, LangTag, Review, Status, Termbase};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The concept's id.
    Id,
    /// The number of the row among those of its concept, from 1.
    Number,
    /// A term of a language.
    Term(LangTag),
    /// The status of the term before.
    Status(LangTag),
    /// The definition in a language.
    Definition(LangTag),
    /// A key of the concept.
    Key(&'static str),
    /// What the colleague has to say.
    Comment,
}

impl Column {
    pub(super) fn heading(&self) -> String {
        match self {
            Column::Id => "id".to_owned(),
            Column::Number => "#".to_owned(),
            Column::Term(tag) => tag.0.clone(),
            Column::Status(tag) => format!("{tag}: status"),
            Column::Definition(tag) => format!("{tag}: definition"),
            Column::Key(key) => (*key).to_owned(),
            Column::Comment => "comment".to_owned(),
        }
    }

    pub(super) fn of_heading(heading: &str) -> Option<Column> {
        let heading = heading.trim();
        let fixed = [Column::Id, Column::Number, Column::Comment].into_iter().chain(KEYS.map(Column::Key));
        if let Some(column) = fixed.into_iter().find(|column| column.heading() == heading) {
            return Some(column);
        }
        let (tag, key) = heading.split_once(": ").unwrap_or((heading, ""));
        let tag = LangTag(tag.to_owned());
        match key {
            "" => Some(Column::Term(tag)),
            "status" => Some(Column::Status(tag)),
            "definition" => Some(Column::Definition(tag)),
            _ => None,
        }
    }

    /// The words that a cell takes, for a list to choose from.
    pub(super) fn words(&self) -> Option<&'static [&'static str]> {
        match self {
            Column::Status(_) => Some(Status::WORDS),
            Column::Key("review") => Some(Review::WORDS),
            _ => None,
        }
    }

    /// Whether a colleague is to leave it alone.
    pub(super) fn is_locked(&self) -> bool {
        matches!(self, Column::Id | Column::Number)
    }

    /// Whether it belongs to the first row of a concept only.
    pub(super) fn is_of_concept(&self) -> bool {
        matches!(self, Column::Definition(_) | Column::Key(_) | Column::Comment)
    }
}

/// Rows with their headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Option<Column>>,
    pub(super) rows: Vec<Vec<String>>,
    /// What is said of cells in comments of the spreadsheet program, by row.
    pub(super) notes: Notes,
}

impl Sheet {
    /// The exported sheet, its first row the headings.
    pub(super) fn of_cells(mut cells: Vec<Vec<String>>) -> Sheet {
        if cells.is_empty() {
            return Sheet::default();
        }
        let columns = cells.remove(0).iter().map(|heading| Column::of_heading(heading)).collect();
        Sheet { columns, rows: cells, ..Sheet::default() }
    }

    /// An edited sheet, with the columns that were exported: by their headings, else by what another heading means
    /// if it can be only one of them. What stands in further columns, and which columns are gone, is told.
    pub(super) fn edited(name: &str, mut cells: Vec<Vec<String>>, state: &Sheet) -> (Sheet, Vec<Finding>) {
        if cells.is_empty() {
            return (Sheet::default(), Vec::new());
        }
        let (headings, rows) = (cells.remove(0), cells);
        let mut missing: Vec<&Column> = state.columns.iter().flatten().collect();
        let mut take = |is_meant: &dyn Fn(&Column) -> bool| {
            let mut meant = (0..missing.len()).filter(|at| is_meant(missing[*at]));
            match (meant.next(), meant.next()) {
                (Some(at), None) => Some(missing.remove(at).clone()),
                _ => None,
            }
        };
        let mut columns: Vec<Option<Column>> =
            headings.iter().map(|heading| take(&|column| column.heading() == heading.trim())).collect();
        for (column, heading) in columns.iter_mut().zip(&headings).filter(|(column, _)| column.is_none()) {
            *column = take(&|column| is_same_heading(heading, &column.heading()));
        }
        let mut findings = Vec::new();
        let mut tell = |message: String, help: &str| {
            findings.push(Finding::new(Severity::Warning, "import-skipped", message).help(help));
        };
        for (at, heading) in headings.iter().enumerate().filter(|(at, _)| columns[*at].is_none()) {
            if rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.trim().is_empty())) {
                tell(
                    format!("`{name}`: the column “{heading}” is none of those exported; it is not read"),
                    "give it the heading that it was sent with, or import the file as a plain table with --format xlsx",
                );
            }
        }
        for column in missing.iter().filter(|column| !column.is_locked()) {
            tell(
                format!("`{name}`: the column “{}” is gone; its values stay as they are", column.heading()),
                "empty its cells to take values out",
            );
        }
        (Sheet { columns, rows, ..Sheet::default() }, findings)
    }

    /// The cells, the headings first.
    pub(super) fn cells(&self) -> Vec<Vec<String>> {
        let heading = |column: &Option<Column>| column.as_ref().map(Column::heading).unwrap_or_default();
        let headings = self.columns.iter().map(heading).collect();
        std::iter::once(headings).chain(self.rows.iter().cloned()).collect()
    }

    pub(super) fn position(&self, wanted: &Column) -> Option<usize> {
        self.columns.iter().position(|column| column.as_ref() == Some(wanted))
    }

    pub(super) fn cell<'s>(&self, row: &'s [String], wanted: &Column) -> &'s str {
        self.position(wanted).and_then(|at| row.get(at)).map_or("", |cell| cell.trim())
    }

    /// The languages that have a column of terms.
    pub(super) fn tags(&self) -> Vec<&LangTag> {
        let terms = self.columns.iter().flatten();
        terms.filter_map(|column| if let Column::Term(tag) = column { Some(tag) } else { None }).collect()
    }
}

/// The sheet of a termbase; a bare one has terms only.
pub(super) fn sheet_of(termbase: &Termbase, is_bare: bool) -> Sheet {
    let mut tags: Vec<LangTag> = Vec::new();
    let mut defined: Vec<LangTag> = Vec::new();
    for concept in termbase.concepts.iter() {
        tags.extend(concept.sections.iter().map(|section| section.tag.clone()));
        defined.extend(concept.definition.keys().cloned());
        dedup(&mut tags);
        dedup(&mut defined);
    }
    // Spanish and English first, each before its regions; the others behind.
    for tags in [&mut tags, &mut defined] {
        tags.sort_by_key(|tag| (tag.lang().is_none(), tag.lang(), tag.region().is_some()));
    }
    if defined.is_empty() {
        defined = tags.iter().take(2).cloned().collect();
    }
    let mut columns = vec![Column::Id, Column::Number];
    for tag in tags {
        columns.push(Column::Term(tag.clone()));
        if !is_bare {
            columns.push(Column::Status(tag));
        }
    }
    if !is_bare {
        columns.extend(defined.into_iter().map(Column::Definition));
        columns.extend(KEYS.map(Column::Key));
        columns.push(Column::Comment);
    }
    let rows = termbase.concepts.iter().flat_map(|concept| rows_of(concept, &columns)).collect();
    Sheet { columns: columns.into_iter().map(Some).collect(), rows, ..Sheet::default() }
}

fn rows_of(concept: &Concept, columns: &[Column]) -> Vec<Vec<String>> {
    let longest = concept.sections.iter().map(|section| section.terms.len()).max().unwrap_or(0).max(1);
    (0..longest)
        .map(|number| columns.iter().map(|column| cell_of(concept, column, number)).collect())
        .collect()
}

fn cell_of(concept: &Concept, column: &Column, number: usize) -> String {
    let term = |tag: &LangTag| {
        let section = concept.sections.iter().find(|section| section.tag == *tag)?;
        section.terms.get(number)
    };
    let text = match column {
        Column::Id => Some(concept.id.0.clone()),
        Column::Number => Some((number + 1).to_string()),
        Column::Term(tag) => term(tag).map(|entry| entry.term.clone()),
        Column::Status(tag) => term(tag).and_then(|entry| entry.status).map(|status| status.to_string()),
        _ if number > 0 => None,
        Column::Definition(tag) => concept.definition.get(tag).map(|definition| definition.text.clone()),
        Column::Key(key) => {
            find(CONCEPT, key).and_then(|field| (field.get)(concept)).map(|value| shown(&value))
        }
        Column::Comment => None,
    };
    text.unwrap_or_default()
}
