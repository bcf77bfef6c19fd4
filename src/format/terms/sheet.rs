//! Rows and columns: what tables of terms have in common, whatever program keeps them.
//!
//! A table has one row a concept, its languages in columns (a language that comes twice has synonyms), or one row a
//! term, with a column that names its language. Rows with the same id are one concept. What a column holds is told by
//! its [heading](headings); a column of which nothing is known is kept under `x`.

mod headings;
mod languages;
mod storeys;
mod words;

use std::collections::HashMap;

use toml::Value;

use super::fields::{CONCEPT, TERM, find, set_text, to_text};
use super::log::{At, Log};
use super::model::{self, Builder, languages_in_order};
use super::{Input, Target, pairs, tags};
use crate::check::{Finding, Severity, counted};
use crate::termbase::{Concept, Definition, LangSection, LangTag, TermEntry, Termbase};
use crate::text::fold::nfc;

pub use headings::ColumnName;
use headings::columns_of;
pub(super) use headings::folded;
#[cfg(any(feature = "office", feature = "xlsx"))]
pub(crate) use headings::is_same_heading;
pub(super) use headings::{Column, Foreign, is_term_heading, names_terms};
pub(super) use words::{foreign_word, info_cell};
use words::{in_english, review};

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

struct RowReader<'a, 'l> {
    columns: Vec<Column>,
    sides: [LangTag; 2],
    builder: Builder,
    log: &'a mut Log<'l>,
}

/// A row taken apart.
#[derive(Default)]
struct Parsed {
    /// With the column of each, counted from 0.
    terms: Vec<(usize, LangTag, TermEntry)>,
    extra: Vec<(String, String)>,
}

impl RowReader<'_, '_> {
    fn row(&mut self, row: &Row) {
        let columns = std::mem::take(&mut self.columns);
        let id = cell_of(&columns, row, &Column::Id).unwrap_or_default();
        let more = row.cells.iter().skip(columns.len()).any(|cell| !cell.is_empty());
        if more {
            let message =
                format!("this row has more than the {} columns; the others are not read", columns.len());
            self.log.skipped("a row with more cells than columns", row.at.clone(), message);
        }
        let sides = self.sides_of(&columns, row);
        let parsed = self.terms(&columns, row, &sides);
        if parsed.terms.is_empty() && id.is_empty() {
            self.log.skipped("a row without terms", row.at.clone(), "a row without terms is left out");
        } else {
            self.check_pair(&columns, row);
            let lang = parsed.terms.first().map_or_else(|| self.sides[0].clone(), |(_, tag, _)| tag.clone());
            self.store(&columns, &id, parsed, row.at.clone());
            self.keys(&columns, row, &id, &lang);
        }
        self.columns = columns;
    }

    /// The languages of a pair: as the row says, else those of the file.
    fn sides_of(&self, columns: &[Column], row: &Row) -> [LangTag; 2] {
        let stated = |column| cell_of(columns, row, column).and_then(|cell| tags::of_heading(&cell));
        match (stated(&Column::SourceLanguage), stated(&Column::TargetLanguage)) {
            (Some(source), Some(target)) => [source, target],
            _ => self.sides.clone(),
        }
    }

    /// Tells a pair of which one side is missing.
    fn check_pair(&mut self, columns: &[Column], row: &Row) {
        let sides = columns
            .iter()
            .zip(&row.cells)
            .filter(|(column, _)| matches!(column, Column::Source | Column::Target | Column::Term(_)));
        let (mut filled, mut languages) = (0, 0);
        for (_, cell) in sides {
            languages += 1;
            filled += usize::from(!cell.is_empty());
        }
        if languages == 2 && filled == 1 {
            self.log.repaired(
                "a row with one language",
                row.at.clone(),
                "this row has a term in one language only",
            );
        }
    }

    fn terms(&mut self, columns: &[Column], row: &Row, sides: &[LangTag; 2]) -> Parsed {
        let mut parsed = Parsed::default();
        let language = cell_of(columns, row, &Column::Language);
        let filled = columns.iter().zip(&row.cells).enumerate().filter(|(_, (_, cell))| !cell.is_empty());
        for (at, (column, cell)) in filled {
            let tag = match column {
                Column::Term(tag) | Column::Synonyms(Some(tag), _) => tag.clone(),
                Column::Source => sides[0].clone(),
                Column::Target => sides[1].clone(),
                Column::RowTerm => {
                    model::lang_tag(language.as_deref().unwrap_or_default(), row.at.clone(), self.log)
                }
                Column::Extra(name) => {
                    parsed.extra.push((name.clone(), cell.clone()));
                    continue;
                }
                _ => continue,
            };
            let term_type = if let Column::Synonyms(_, term_type) = column { *term_type } else { None };
            let cells: Vec<String> = match column {
                Column::Synonyms(..) => cell.split([';', '\n']).map(str::to_owned).collect(),
                _ => several_lines(cell, &row.at, self.log),
            };
            for cell in cells.iter().filter(|one| cells.len() == 1 || !one.trim().is_empty()) {
                if let Some(mut entry) = model::term(cell, row.at.clone(), self.log) {
                    entry.term_type = term_type;
                    parsed.terms.push((at, tag.clone(), entry));
                }
            }
        }
        self.term_keys(columns, row, &mut parsed);
        parsed
    }

    /// The keys of terms: those of the last column of terms, or of all where none stands before.
    fn term_keys(&mut self, columns: &[Column], row: &Row, parsed: &mut Parsed) {
        let marked = columns.iter().any(|column| matches!(column, Column::Term(_)));
        let filled = columns.iter().zip(&row.cells).enumerate().filter(|(_, (_, cell))| !cell.is_empty());
        for (at, (column, cell)) in filled {
            let own = match column {
                Column::TermKey(tag, _) | Column::TermWord(tag, _) => owner(columns, at, Some(tag)),
                _ => owner(columns, at, None),
            };
            let all = matches!(column, Column::AnyKey(_) | Column::Word(_))
                && (!marked || all_share(columns, column));
            let source = if all { self.spared(column, cell, parsed, row) } else { None };
            let is_meant =
                |from: usize, tag: &LangTag| all && source.as_ref() != Some(tag) || own == Some(from);
            let entries = parsed.terms.iter_mut().filter(|(from, tag, _)| is_meant(*from, tag));
            for (_, tag, entry) in entries {
                match column {
                    Column::TermKey(_, key) | Column::AnyKey(key) => {
                        set_term_key(entry, tag, key, cell, &row.at, self.log);
                    }
                    Column::Word(word) | Column::TermWord(_, word) => foreign_word(*word, entry, cell),
                    _ => {}
                }
            }
        }
    }

    /// The language whose terms a word on usage for a whole row is not about: that a term is not to be used is said of
    /// the translation, not of what it translates. It is told, for who wrote the table may have meant the other.
    fn spared(&mut self, column: &Column, cell: &str, parsed: &Parsed, row: &Row) -> Option<LangTag> {
        let (_, source, _) = parsed.terms.first()?;
        let (_, other, _) = parsed.terms.iter().find(|(_, tag, _)| tag != source)?;
        if !advises_against(column, cell) {
            return None;
        }
        let message = format!(
            "“{cell}” is taken to be said of `{other}`, not of `{source}`; a column `{source}:status` says it of that"
        );
        self.log.repaired("a word on usage for all languages of a row", row.at.clone(), message);
        Some(source.clone())
    }

    fn store(&mut self, columns: &[Column], id: &str, mut parsed: Parsed, at: At) {
        if columns.contains(&Column::RowTerm)
            && let Some((.., entry)) = parsed.terms.first_mut()
        {
            keep_extra(&mut entry.x, std::mem::take(&mut parsed.extra));
        }
        let terms: Vec<_> = parsed.terms.into_iter().map(|(_, tag, entry)| (tag, entry)).collect();
        let first = terms.first().map(|(tag, entry)| (tag.clone(), entry.term.clone()));
        let concept = if columns.contains(&Column::Source) {
            self.builder.push_pair(id, &terms, &at, self.log)
        } else {
            self.builder.push_variants(id, terms)
        };
        // What another row of the concept says otherwise is of the terms of this row.
        let (of_term, of_concept): (Vec<_>, Vec<_>) =
            parsed.extra.into_iter().partition(|(name, text)| is_other(&concept.x, name, text));
        keep_extra(&mut concept.x, of_concept);
        if let Some([section, term]) = first.and_then(|(tag, text)| place_of(concept, &tag, &text)) {
            keep_extra(&mut concept.sections[section].terms[term].x, of_term);
        } else if !of_term.is_empty() {
            let message = format!(
                "`{id}` has other values in a row before; those of this row, without terms, are left out"
            );
            self.log.skipped("a second value of a key", at, message);
        }
    }

    fn keys(&mut self, columns: &[Column], row: &Row, id: &str, lang: &LangTag) {
        let concept = match id {
            "" => match self.builder.last() {
                Some(concept) => concept,
                None => return,
            },
            id => self.builder.of_id(id),
        };
        for (column, cell) in columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            match column {
                Column::Key(key) => set_key(concept, key, cell, &row.at, self.log),
                Column::Definition(tag) => {
                    set_definition(concept, tag.as_ref().unwrap_or(lang), cell, &row.at, self.log);
                }
                Column::Word(word) | Column::TermWord(_, word) => review(*word, concept, cell),
                _ => {}
            }
        }
    }
}

/// The column of the terms that a column is about: the last before it, of a language if one is named; else the first of
/// that language.
fn owner(columns: &[Column], at: usize, language: Option<&LangTag>) -> Option<usize> {
    let is_term = |column: &Column| matches!(column, Column::Term(_));
    let fits = |wanted: &LangTag, exactly: bool| {
        let of_language = move |column: &Column| matches!(column, Column::Term(tag) if tag == wanted || (!exactly && tags::primary(tag) == tags::primary(wanted)));
        columns[..at].iter().rposition(of_language).or_else(|| columns.iter().position(of_language))
    };
    language
        .and_then(|wanted| fits(wanted, true).or_else(|| fits(wanted, false)))
        .or_else(|| columns[..at].iter().rposition(is_term))
}

/// The terms of a cell that has lines: each is one, unless it goes on in the next.
fn several_lines(cell: &str, at: &At, log: &mut Log<'_>) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for line in cell.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match terms.last_mut().filter(|before| goes_on(before, line)) {
            Some(before) => *before = format!("{before} {line}"),
            None => terms.push(line.to_owned()),
        }
    }
    if cell.contains('\n') {
        let shown = terms.iter().map(|term| format!("“{term}”")).collect::<Vec<_>>().join(", ");
        let message =
            format!("a cell with several lines is read as {}: {shown}", counted(terms.len(), "term"));
        log.repaired("a cell with several lines", at.clone(), message);
    }
    terms
}

/// Whether a term that ends with a line goes on in the next: at a comma, a hyphen, or a word that binds.
fn goes_on(line: &str, next: &str) -> bool {
    const BINDING: &[&str] = &[
        "a", "al", "con", "contra", "de", "del", "e", "el", "en", "entre", "la", "las", "los", "o", "para",
        "por", "sobre", "u", "y", "and", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to",
        "with",
    ];
    let binds = |word: Option<&str>| word.is_some_and(|word| BINDING.contains(&word));
    line.ends_with([',', '-', '(', '/'])
        || next.starts_with([')', '('])
        || binds(line.split(' ').next_back())
        || binds(next.split(' ').next())
}

/// Whether a column is the only one of its kind and stands behind the last language: it is about all terms of a row.
fn all_share(columns: &[Column], column: &Column) -> bool {
    let mut same = columns.iter().enumerate().filter(|(_, one)| *one == column).map(|(at, _)| at);
    let last = columns.iter().rposition(|column| matches!(column, Column::Term(_)));
    matches!((same.next(), same.next()), (Some(at), None) if Some(at) > last)
}

fn cell_of(columns: &[Column], row: &Row, wanted: &Column) -> Option<String> {
    let at = columns.iter().position(|column| column == wanted)?;
    row.cells.get(at).filter(|cell| !cell.is_empty()).cloned()
}

fn keep_extra(x: &mut toml::Table, extra: Vec<(String, String)>) {
    for (name, text) in extra {
        let name = if name.is_empty() { "column".to_owned() } else { name };
        // An `x` of our own comes as TOML.
        match (
            name.as_str(),
            format!("v = {text}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("v")),
        ) {
            ("x", Some(Value::Table(table))) => x.extend(table),
            _ => {
                x.insert(name, Value::String(text));
            }
        }
    }
}

/// Whether `x` has this key already, with another text.
fn is_other(x: &toml::Table, name: &str, text: &str) -> bool {
    x.get(name).is_some_and(|known| known.as_str() != Some(text))
}

/// Where a term stands: its section, and its place there.
fn place_of(concept: &Concept, tag: &LangTag, text: &str) -> Option<[usize; 2]> {
    let section = concept.sections.iter().position(|section| section.tag == *tag)?;
    let term = concept.sections[section].terms.iter().position(|entry| entry.term == text)?;
    Some([section, term])
}

/// Sets a key; of a further note, from another row or column, a line is made, any other second value is told.
fn set_key(concept: &mut Concept, key: &str, cell: &str, at: &At, log: &mut Log<'_>) {
    let Some(field) = find(CONCEPT, key) else { return };
    if let Some(known) = (field.get)(concept) {
        let mut other = Concept::default();
        if set_text(field, &mut other, cell).is_ok() && (field.get)(&other) == Some(known.clone()) {
            return;
        }
        match key {
            "note" => model::add_note(&mut concept.note, cell),
            _ => {
                let message = format!(
                    "the concept has the `{key}` “{}” already; “{cell}” is left out",
                    to_text(&known)
                );
                log.skipped("a second value of a key", at.clone(), message);
            }
        }
        return;
    }
    if let Err(wanted) = set_text(field, concept, cell) {
        let message = format!("`{key}` is to be {wanted}; “{cell}” is kept under `x`");
        log.repaired("a value that its key does not take", at.clone(), message);
        concept.x.insert(key.to_owned(), Value::from(cell));
    }
}

fn set_term_key(entry: &mut TermEntry, tag: &LangTag, key: &str, cell: &str, at: &At, log: &mut Log<'_>) {
    let Some(field) = find(TERM, key) else { return };
    let word = match key {
        "region" => tags::of_region(cell, tag).map(|tag| tag.0),
        _ => in_english(key, &folded(cell)).map(str::to_owned),
    };
    let mut said = TermEntry::new(entry.term.clone());
    if let Err(wanted) = set_text(field, &mut said, word.as_deref().unwrap_or(cell)) {
        let message = format!("`{key}` is to be {wanted}; “{cell}” is kept under `x`");
        log.repaired("a value that its key does not take", at.clone(), message);
        said.x.insert(key.to_owned(), Value::from(cell));
    }
    model::merge_told(entry, &said, at, log);
}

fn set_definition(concept: &mut Concept, tag: &LangTag, cell: &str, at: &At, log: &mut Log<'_>) {
    let field = find(CONCEPT, "definition");
    let own = cell.starts_with('{').then(|| format!("v = {cell}").parse::<toml::Table>().ok()).flatten();
    let value = own.and_then(|mut table| table.remove("v"));
    let table = value.map(|value| Value::Table([(tag.0.clone(), value)].into_iter().collect()));
    let set = table.zip(field).is_some_and(|(table, field)| (field.set)(concept, table).is_ok());
    if !set {
        let text = nfc(cell).into_owned();
        if concept.definition.get(tag).is_some_and(|known| known.text != text) {
            let message = format!("the concept has a definition in `{tag}` already; “{cell}” is left out");
            log.skipped("a second value of a key", at.clone(), message);
        }
        concept.definition.entry(tag.clone()).or_insert(Definition { text, source: None });
    }
}

/// Whether a cell says that a term is not to be used, why, or what to write instead.
fn advises_against(column: &Column, cell: &str) -> bool {
    let mut entry = TermEntry::default();
    match column {
        Column::AnyKey("reason" | "replace-with") => return true,
        Column::AnyKey(key) => {
            let _ = find(TERM, key).map(|field| set_text(field, &mut entry, cell));
        }
        Column::Word(word) => foreign_word(*word, &mut entry, cell),
        _ => {}
    }
    !entry.is_usable()
}

/// How a table is laid out.
pub(super) struct Layout<'a> {
    /// The columns with their headings.
    pub(super) columns: Vec<(String, Column)>,
    target: &'a Target,
}

/// More terms of a language than this go on in a further row with the same id.
const TERMS_IN_A_ROW: usize = 4;

impl<'a> Layout<'a> {
    /// One row a concept: id, languages with the keys that their terms have, keys of the concept.
    ///
    /// # Errors
    /// It has more columns than are read.
    pub(super) fn wide(termbase: &Termbase, target: &'a Target) -> Result<Self, Vec<Finding>> {
        let mut layouts = (1..=TERMS_IN_A_ROW).rev().map(|terms| Layout::with(terms, termbase, target));
        layouts.find(|layout| layout.columns.len() <= COLUMNS).ok_or_else(|| {
            let message = format!("a table of all that is stated would have more than {COLUMNS} columns");
            vec![
                Finding::new(Severity::Error, "export-limit", message)
                    .help("name some of the languages (--langs es,en), or write another format"),
            ]
        })
    }

    /// The same with at most so many terms of a language in a row.
    fn with(most: usize, termbase: &Termbase, target: &'a Target) -> Self {
        let mut columns = vec![("id".to_owned(), Column::Id)];
        let concepts = || termbase.concepts.iter();
        let mut languages = languages_in_order(termbase);
        languages.retain(|tag| target.wants(tag));
        if languages.is_empty() {
            // A heading is told by the languages that it names.
            languages.extend(pairs::usual_languages());
        }
        for tag in languages {
            let sections =
                || concepts().flat_map(|concept| &concept.sections).filter(|section| section.tag == tag);
            let terms = sections().map(|section| section.terms.len()).max().unwrap_or(1).min(most);
            let used = |field: &&super::fields::Field<TermEntry>| {
                sections().flat_map(|section| &section.terms).any(|entry| (field.get)(entry).is_some())
            };
            let keys: Vec<&'static str> = TERM.iter().filter(used).map(|field| field.key).collect();
            for _ in 0..terms {
                columns.push((term_heading(&tag), Column::Term(tag.clone())));
                columns.extend(
                    keys.iter().map(|key| (format!("{tag}:{key}"), Column::TermKey(tag.clone(), key))),
                );
            }
        }
        columns.extend(concept_columns(termbase));
        Layout { columns, target }
    }

    /// Columns as stated.
    pub(super) fn of(columns: Vec<(String, Column)>, target: &'a Target) -> Self {
        Layout { columns, target }
    }

    /// The headings.
    pub(super) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|(heading, _)| heading.clone()).collect()
    }

    /// What the columns have, as the report of losses names it.
    pub(super) fn fields(&self) -> Vec<String> {
        self.columns.iter().map(|(_, column)| column.field()).collect()
    }

    /// The rows of all concepts.
    pub(super) fn all_rows<'t>(
        &self,
        termbase: &'t Termbase,
    ) -> impl Iterator<Item = (&'t Concept, Vec<String>)> {
        let rows = |concept| self.rows(concept).into_iter().map(move |row| (concept, row));
        termbase.concepts.iter().flat_map(rows)
    }

    /// The rows of a concept: more than one where it has more terms than the columns.
    pub(super) fn rows(&self, concept: &Concept) -> Vec<Vec<String>> {
        let wanted = concept.sections.iter().filter(|section| self.target.wants(&section.tag));
        let mut left: HashMap<&LangTag, &[TermEntry]> =
            wanted.map(|section: &LangSection| (&section.tag, section.terms.as_slice())).collect();
        let mut rows = Vec::new();
        loop {
            rows.push(self.row(concept, &mut left, rows.is_empty()));
            let shown = |tag: &LangTag| {
                self.columns.iter().any(|(_, column)| matches!(column, Column::Term(t) if t == tag))
            };
            if left.iter().all(|(tag, terms)| terms.is_empty() || !shown(tag)) {
                return rows;
            }
        }
    }

    fn row<'c>(
        &self,
        concept: &'c Concept,
        left: &mut HashMap<&'c LangTag, &'c [TermEntry]>,
        first: bool,
    ) -> Vec<String> {
        let mut current: Option<&TermEntry> = None;
        let mut cells = Vec::new();
        for (_, column) in &self.columns {
            let cell = match column {
                Column::Id => concept.id.0.clone(),
                Column::Term(tag) => {
                    current = left.get_mut(tag).and_then(|terms| {
                        let (one, rest) = terms.split_first()?;
                        *terms = rest;
                        Some(one)
                    });
                    current.map_or_else(String::new, |entry| entry.term.clone())
                }
                Column::TermKey(_, key) => current.map_or_else(String::new, |entry| term_cell(entry, key)),
                Column::TermWord(_, Foreign::Info) => current.map_or_else(String::new, info_cell),
                Column::Key(key) if first => cell(concept, key),
                Column::Definition(Some(tag)) if first => definition_cell(concept, tag),
                Column::Extra(name) if first => match name.as_str() {
                    "x" => cell(concept, "x"),
                    name => concept.x.get(name).map_or_else(String::new, to_text),
                },
                _ => String::new(),
            };
            cells.push(cell);
        }
        cells
    }
}

impl Column {
    /// What it has, as the report of losses names it; empty for what is none of the termbase.
    fn field(&self) -> String {
        match self {
            Column::Id => "id".to_owned(),
            Column::Term(_) => "terms".to_owned(),
            Column::TermKey(_, key) => format!("terms.{key}"),
            Column::Key(key) => (*key).to_owned(),
            Column::Definition(_) => "definition".to_owned(),
            Column::Extra(_) => "x".to_owned(),
            _ => String::new(),
        }
    }
}

fn term_heading(tag: &LangTag) -> String {
    if is_term_heading(tag.as_str(), tag) { tag.0.clone() } else { format!("term:{tag}") }
}

/// The columns of the keys that concepts have.
fn concept_columns(termbase: &Termbase) -> Vec<(String, Column)> {
    let mut columns = Vec::new();
    for field in CONCEPT.iter().filter(|field| field.key != "private-note") {
        if !termbase.concepts.iter().any(|concept| (field.get)(concept).is_some()) {
            continue;
        }
        match field.key {
            "definition" => {
                let mut tags: Vec<&LangTag> =
                    termbase.concepts.iter().flat_map(|c| c.definition.keys()).collect();
                tags.sort();
                tags.dedup();
                columns.extend(
                    tags.into_iter()
                        .map(|tag| (format!("definition:{tag}"), Column::Definition(Some(tag.clone())))),
                );
            }
            "x" => columns.push(("x".to_owned(), Column::Extra("x".to_owned()))),
            key => columns.push((if key == "source" { "fuente" } else { key }.to_owned(), Column::Key(key))),
        }
    }
    columns
}

fn cell(concept: &Concept, key: &str) -> String {
    find(CONCEPT, key)
        .and_then(|field| (field.get)(concept))
        .map_or_else(String::new, |value| to_text(&value))
}

/// The value of a term's key as a cell.
pub(super) fn term_cell(entry: &TermEntry, key: &str) -> String {
    find(TERM, key).and_then(|field| (field.get)(entry)).map_or_else(String::new, |value| to_text(&value))
}

fn definition_cell(concept: &Concept, tag: &LangTag) -> String {
    let value = find(CONCEPT, "definition").and_then(|field| (field.get)(concept));
    value.as_ref().and_then(|value| value.get(tag.as_str())).map_or_else(String::new, to_text)
}
