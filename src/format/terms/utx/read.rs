use std::collections::{HashMap, HashSet};

use toml::{Table, Value};

use super::{
    APPROVED, DATE, FORBIDDEN, HEADER, NON_STANDARD, NOT_BOTH_WAYS, PROVISIONAL, REMARKS, is_blank, pos_of,
};
use crate::check::{Finding, Severity};
use crate::format::terms::csv::{self, Quotes};
use crate::format::terms::log::{At, Log};
use crate::format::terms::model::{self, Builder};
use crate::format::terms::sheet::{Foreign, foreign_word};
use crate::format::terms::{Input, Reading, pairs, tags};
use crate::termbase::{Concept, LangTag, Review, Status, TermEntry};

/// What a column holds; that of a side is of its term.
enum Column {
    Term(usize),
    Pos(usize),
    Note(usize),
    Extra(usize, String),
    Status,
    Id,
    Comment,
    OfConcept(String),
}

impl Column {
    fn of(heading: &str) -> Column {
        let heading = heading.trim_start_matches('#').trim();
        let lower = heading.to_lowercase();
        let side = [("src:", 0), ("tgt:", 1)].into_iter().find(|(prefix, _)| lower.starts_with(prefix));
        match (side, lower.as_str()) {
            (_, "src") => Column::Term(0),
            (_, "tgt") => Column::Term(1),
            (_, "term status") => Column::Status,
            (_, "concept id") => Column::Id,
            (_, "comment") => Column::Comment,
            (Some((prefix, side)), _) => match &lower[prefix.len()..] {
                "pos" => Column::Pos(side),
                "comment" => Column::Note(side),
                _ => Column::Extra(side, heading[prefix.len()..].trim().to_owned()),
            },
            (None, _) => Column::OfConcept(heading.to_owned()),
        }
    }
}

pub(super) fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let mut text = match csv::text(input, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    if text.start > 0 {
        log.repaired("a byte order mark", At::Nowhere, "UTX has no byte order mark; it is passed over");
    }
    text.separator = b'\t';
    let grid = csv::grid(&text, Quotes::Ordinary);
    let names_languages = |line: &str| line.split(';').nth(1).is_some_and(|part| part.contains('/'));
    let is_named = text.text.trim_start_matches('\u{feff}').lines().next().is_some_and(names_languages);
    let sides = match is_named {
        true => pairs::usual_languages(),
        false => pairs::assumed(input, grid.rows.iter().filter_map(pairs::of_row), &mut log),
    };
    let mut reader = UtxReader {
        sides,
        columns: Vec::new(),
        header: Table::new(),
        statuses: HashMap::new(),
        sources: HashSet::new(),
        builder: Builder::default(),
        log,
    };
    for row in grid.rows {
        match row.cells.first().and_then(|cell| cell.strip_prefix('#')) {
            Some(remark) => reader.remark(remark, &row.cells),
            None if reader.columns.is_empty() => break,
            None => reader.row(&row.cells, &row.at),
        }
    }
    if reader.columns.is_empty() {
        let message = format!("`{}` has no line `#src⇥tgt…` that names its columns", input.name);
        let finding = Finding::new(Severity::Error, "format-syntax", message)
            .help("add it below the first line; nothing was read");
        return Reading { text: text.text, ..Reading::failed(finding) };
    }
    let (termbase, log) = reader.finish();
    Reading { termbase: Some(termbase), findings: log.finish(), text: text.text }
}

struct UtxReader<'a> {
    sides: [LangTag; 2],
    columns: Vec<Column>,
    header: Table,
    /// The status that the target terms of concepts were first told with.
    statuses: HashMap<(String, String), String>,
    /// The source terms of concepts that have been told.
    sources: HashSet<(String, String)>,
    builder: Builder,
    log: Log<'a>,
}

impl<'a> UtxReader<'a> {
    /// The first line with the languages, a further line of the header, the line of columns, or a remark.
    fn remark(&mut self, remark: &str, cells: &[String]) {
        let line = || cells.join("\t").trim_start_matches('#').trim().to_owned();
        if !self.columns.is_empty() {
            self.keep_remark(line());
        } else if remark == "src" || remark.starts_with("src:") || remark == "tgt" {
            self.columns = cells.iter().map(|cell| Column::of(cell)).collect();
        } else if remark.starts_with("UTX") {
            let line = line();
            let mut parts = line.split(';').map(str::trim).skip(1);
            if let Some((source, target)) = parts.next().and_then(|part| part.split_once('/')) {
                self.sides = [source, target].map(|tag| tags::tag(tag).tag);
            }
            parts.for_each(|part| self.property(part));
        } else if remark.split(';').all(|part| part.trim().is_empty() || part.contains(':')) {
            line().split(';').for_each(|part| self.property(part.trim()));
        } else {
            self.keep_remark(line());
        }
    }

    /// `license: CC0`, a date, or a word that stands for itself: `bidirectional`.
    fn property(&mut self, part: &str) {
        let is_date = part.starts_with(|c: char| c.is_ascii_digit());
        match part.split_once(':') {
            _ if part.is_empty() || part.eq_ignore_ascii_case(NOT_BOTH_WAYS) => {}
            _ if is_date => drop(self.header.insert(DATE.to_owned(), part.into())),
            Some((name, value)) => drop(self.header.insert(name.trim().to_owned(), value.trim().into())),
            None => drop(self.header.insert(part.to_owned(), true.into())),
        }
    }

    fn keep_remark(&mut self, line: String) {
        let list = self.header.entry(REMARKS).or_insert_with(|| Value::Array(Vec::new()));
        if let (Value::Array(list), false) = (list, line.is_empty()) {
            list.push(line.into());
        }
    }

    fn row(&mut self, cells: &[String], at: &At) {
        if cells.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
            let message =
                format!("this row has more than the {} columns; the others are not read", self.columns.len());
            self.log.skipped("a row with more cells than columns", at.clone(), message);
        }
        let columns = std::mem::take(&mut self.columns);
        let filled = || columns.iter().zip(cells).filter(|(_, cell)| !is_blank(cell));
        let [mut id, mut status] = [""; 2];
        let mut terms: [Option<TermEntry>; 2] = [None, None];
        for (column, cell) in filled() {
            match column {
                Column::Term(side) => terms[*side] = model::term(cell, at.clone(), &mut self.log),
                Column::Id => id = cell,
                Column::Status => status = cell,
                _ => {}
            }
        }
        if terms.iter().any(Option::is_some) {
            filled().for_each(|(column, cell)| self.term_key(&mut terms, column, cell, at));
            self.set_status(id, status, &mut terms);
            let entries = self.sides.iter().cloned().zip(terms);
            let entries: Vec<_> = entries.filter_map(|(tag, entry)| Some((tag, entry?))).collect();
            let concept = self.builder.push_pair(id, &entries, at, &mut self.log);
            filled().for_each(|(column, cell)| concept_key(concept, column, cell, at, &mut self.log));
        } else {
            self.log.skipped("a row without terms", at.clone(), "a row without terms is left out");
        }
        self.columns = columns;
    }

    /// What a column says of a term.
    fn term_key(&mut self, terms: &mut [Option<TermEntry>; 2], column: &Column, cell: &str, at: &At) {
        let (Column::Pos(side) | Column::Note(side) | Column::Extra(side, _)) = column else { return };
        let Some(entry) = &mut terms[*side] else {
            let message = format!("“{cell}” is about a term that is not there, and is left out");
            return self.log.skipped("a key without its term", at.clone(), message);
        };
        match column {
            Column::Note(_) => entry.note = Some(model::prose(cell)),
            Column::Extra(_, name) => drop(entry.x.insert(name.clone(), cell.into())),
            _ => match pos_of(cell) {
                Some(pos) => entry.pos = Some(pos),
                None => drop(entry.x.insert("pos".to_owned(), cell.into())),
            },
        }
    }

    /// The status of a row is that of its target term, or of the source where there is none, or where the target term
    /// has stood with another status in a row before, and the source is new.
    fn set_status(&mut self, id: &str, word: &str, terms: &mut [Option<TermEntry>; 2]) {
        let key = |entry: &TermEntry| (id.to_owned(), entry.term.clone());
        let [source, target] = terms;
        let is_new = source.as_ref().is_some_and(|entry| self.sources.insert(key(entry)));
        let before = target
            .as_ref()
            .filter(|_| !id.is_empty())
            .map(|entry| self.statuses.entry(key(entry)).or_insert_with(|| word.to_owned()).as_str() != word);
        match (source, target) {
            (Some(entry), None) => set_status(entry, word),
            (Some(entry), Some(_)) if is_new && before == Some(true) => set_status(entry, word),
            (_, Some(entry)) => set_status(entry, word),
            (None, None) => {}
        }
    }

    fn finish(mut self) -> (crate::termbase::Termbase, Log<'a>) {
        if !self.header.is_empty() {
            self.builder.settings.x.insert(HEADER.to_owned(), Value::Table(self.header));
        }
        let [_, target] = &self.sides;
        self.builder.each(|concept| settle_provisional(concept, target));
        (self.builder.finish(), self.log)
    }
}

/// What a column says of a concept: a comment becomes a line of the note.
fn concept_key(concept: &mut Concept, column: &Column, text: &str, at: &At, log: &mut Log<'_>) {
    match column {
        Column::Comment => model::add_note(&mut concept.note, text),
        Column::OfConcept(name) if concept.x.get(name).is_some_and(|known| known.as_str() != Some(text)) => {
            let message = format!("the concept has another `{name}` in a row before; “{text}” is left out");
            log.skipped("a second value of a key", at.clone(), message);
        }
        Column::OfConcept(name) => drop(concept.x.insert(name.clone(), text.into())),
        _ => {}
    }
}

fn set_status(entry: &mut TermEntry, word: &str) {
    match word.to_lowercase().as_str() {
        APPROVED => entry.status = Some(Status::Preferred),
        NON_STANDARD => entry.status = Some(Status::Deprecated),
        FORBIDDEN => entry.forbidden = true,
        "" => {}
        _ => {
            let before = entry.clone();
            foreign_word(Foreign::Status, entry, word);
            if *entry == before {
                entry.x.insert("status".to_owned(), word.into());
            }
        }
    }
}

/// Where all target terms are provisional, the concept is; else those which are keep the word.
fn settle_provisional(concept: &mut Concept, target: &LangTag) {
    let sections = &mut concept.sections;
    let at = sections.iter().position(|section| section.tag == *target).unwrap_or(0);
    let Some(section) = sections.get_mut(at) else { return };
    let is_provisional = |entry: &TermEntry| {
        let word = entry.x.get("status").and_then(Value::as_str);
        word.is_some_and(|word| word.eq_ignore_ascii_case(PROVISIONAL))
    };
    if section.terms.iter().all(is_provisional) {
        section.terms.iter_mut().for_each(|entry| drop(entry.x.remove("status")));
        concept.review = Some(Review::Proposed);
    }
}
