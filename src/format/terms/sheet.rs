//! Rows and columns: what tables of terms have in common, whatever program keeps them.
//!
//! A table has one row a concept, its languages in columns (a language that comes twice has synonyms), or one row a
//! term, with a column that names its language. Rows with the same id are one concept. What a column holds is told by
//! its heading; a column of which nothing is known is kept under `x`.

use std::collections::HashMap;

use toml::Value;
use unicode_normalization::UnicodeNormalization;

use super::fields::{CONCEPT, TERM, find, set_text, to_text};
use super::log::{At, Log};
use super::model::{self, Builder, languages_of};
use super::{Input, Target, pairs, tags};
use crate::termbase::{
    CaseMode, Concept, Definition, LangSection, LangTag, Review, Status, TermEntry, Termbase,
};
use crate::text::fold::nfc;

/// A table as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
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

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The concept's id.
    Id,
    /// Terms of a language.
    Term(LangTag),
    /// A key of the term in the last column of terms: `es:pos`.
    TermKey(&'static str),
    /// A key of terms whose heading does not say of which: `pos`.
    AnyKey(&'static str),
    /// A key of the concept.
    Key(&'static str),
    /// The definition in a language; without one in that of the row.
    Definition(Option<LangTag>),
    /// The language of the row's term.
    Language,
    /// The row's term.
    RowTerm,
    /// The source term of a pair, and its translation.
    Source,
    Target,
    /// The source language of a pair, and the target language.
    SourceLanguage,
    TargetLanguage,
    /// A flag or word of another program.
    Word(Foreign),
    /// Kept under `x`, of the concept or of the row's term.
    Extra(String),
    /// Always empty: a column that the format wants.
    Blank,
}

/// Columns of other programs whose words are not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// Usage or workflow: `Approved`, `New`, `forbidden` …
    Status,
    /// True for a term to be preferred.
    Preferred,
    /// True for a term whose case counts.
    CaseSensitive,
    /// True for what nobody has approved.
    Fuzzy,
}

/// Reads a table, its first row the headings where it names columns.
pub(super) fn read(grid: Grid, input: &Input<'_>, log: &mut Log<'_>) -> Builder {
    let filled = grid.rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let mut rows: Vec<Row> = filled.collect();
    let sides = pairs::languages_of(input);
    let columns = match rows.first() {
        Some(first) if is_heading(&first.cells) => columns(&rows.remove(0).cells, &sides),
        _ => headless(&rows),
    };
    let mut reader = RowReader { columns, sides, builder: Builder::default(), log };
    if rows.is_empty() {
        reader.log.skipped("a table without rows", At::Nowhere, "there is a heading and no row below it");
    }
    rows.iter().for_each(|row| reader.row(row));
    reader.builder
}

/// Two columns, and a note perhaps; or, as DeepL has it, the languages of the two in two more.
fn headless(rows: &[Row]) -> Vec<Column> {
    let is_language =
        |row: &Row, at: usize| row.cells.get(at).is_some_and(|cell| tags::of_heading(cell).is_some());
    let mut columns = vec![Column::Source, Column::Target];
    if rows.iter().any(|row| is_language(row, 2) && is_language(row, 3)) {
        columns.extend([Column::SourceLanguage, Column::TargetLanguage]);
    } else if rows.iter().any(|row| row.cells.len() > 2) {
        columns.push(Column::Key("note"));
    }
    columns
}

/// Whether a row names columns: all of it does, or two cells do, or one that can be nothing but a language.
fn is_heading(cells: &[String]) -> bool {
    let filled = || cells.iter().filter(|cell| !cell.trim().is_empty());
    let named = filled().filter(|cell| heading(cell).is_some()).count();
    let certain = filled().any(|cell| cell.len() > 3 && tags::of_heading(cell).is_some());
    named > 0 && (named >= 2 || named == filled().count() || certain)
}

/// What the headings say, read from left to right.
fn columns(cells: &[String], sides: &[LangTag; 2]) -> Vec<Column> {
    let mut columns: Vec<Column> = cells
        .iter()
        .map(|cell| heading(cell).unwrap_or_else(|| Column::Extra(cell.trim().to_owned())))
        .collect();
    let long = columns.contains(&Column::Language);
    let paired = columns.contains(&Column::Source) && columns.contains(&Column::Target);
    for column in &mut columns {
        match column {
            Column::RowTerm if !long => *column = Column::Term(sides[0].clone()),
            Column::Source if !paired => *column = Column::Key("source"),
            Column::Target if !paired => *column = Column::Extra("target".to_owned()),
            _ => {}
        }
    }
    // Before any column of terms, a key that concepts have too is the concept's.
    let mut behind_terms = long || paired;
    for column in &mut columns {
        match column {
            Column::Term(_) => behind_terms = true,
            Column::AnyKey(key) if !behind_terms && find(CONCEPT, key).is_some() => {
                *column = Column::Key(key);
            }
            _ => {}
        }
    }
    columns
}

/// What a heading says; `None` where nothing is known of it.
fn heading(cell: &str) -> Option<Column> {
    let cell = cell.trim();
    if let Some((tag, key)) = cell.split_once(':') {
        return marked(tag.trim(), key.trim());
    }
    let folded = folded(cell);
    known(&folded).or_else(|| of_language(cell, &folded))
}

/// `es:pos`, `definition:es`, `term:x-desk`.
fn marked(before: &str, behind: &str) -> Option<Column> {
    match before {
        "term" => Some(Column::Term(tags::tag(behind).tag)),
        "definition" => Some(Column::Definition(Some(tags::tag(behind).tag))),
        "src" | "tgt" => None,
        _ => find(TERM, behind).map(|field| Column::TermKey(field.key)),
    }
}

/// A language alone, or beside a word: `Español`, `es-MX`, `English_Def`, `Término en inglés`, `term_en`.
fn of_language(cell: &str, folded: &str) -> Option<Column> {
    if let Some(tag) = tags::of_heading(cell).or_else(|| tags::of_words(folded)) {
        return Some(Column::Term(tag));
    }
    if let Some(tag) = folded.strip_suffix(" def").or(folded.strip_suffix(" definition")).and_then(lang_of) {
        return Some(Column::Definition(Some(tag)));
    }
    let words: Vec<&str> = folded.split(' ').filter(|word| !matches!(*word, "en" | "in" | "")).collect();
    match words.as_slice() {
        ["term" | "termino" | "terminos" | "terms" | "text" | "texto"] if folded.contains(' ') => {
            lang_of(folded.rsplit(' ').next()?)
        }
        ["term" | "termino" | "terminos" | "terms" | "text" | "texto", word] => lang_of(word),
        [word, "term" | "terms" | "termino"] => lang_of(word),
        // A region that nobody knows: `Español (Aztlán)`.
        [word, _] if word.len() > 3 => lang_of(word),
        _ => None,
    }
    .map(Column::Term)
}

fn lang_of(word: &str) -> Option<LangTag> {
    tags::of_words(word).or_else(|| tags::of_heading(&word.replace(' ', "-")))
}

/// Headings in use, folded.
fn known(folded: &str) -> Option<Column> {
    use Column::{
        AnyKey, Definition, Extra, Id, Key, Language, RowTerm, Source, SourceLanguage, TargetLanguage, Word,
    };
    Some(match folded {
        "id" | "concept id" | "conceptid" | "entry id" | "cid" | "concept" | "concepto" => Id,
        "language" | "lang" | "locale" | "idioma" | "lengua" => Language,
        "term" | "termino" | "terms" | "terminos" => RowTerm,
        "source" | "origen" | "source term" => Source,
        "target" | "destino" | "target term" | "traduccion" | "translation" => Column::Target,
        "source lang" | "source language" => SourceLanguage,
        "target lang" | "target language" => TargetLanguage,
        "status" | "estado" | "term status" => Word(Foreign::Status),
        "preferred" => Word(Foreign::Preferred),
        "case sensitive" => Word(Foreign::CaseSensitive),
        "fuzzy" => Word(Foreign::Fuzzy),
        "forbidden" => AnyKey("forbidden"),
        "translatable" => Extra("translatable".to_owned()),
        "part of speech" | "partofspeech" | "categoria gramatical" | "pos" => AnyKey("pos"),
        "term type" | "termtype" | "type" | "tipo" => AnyKey("type"),
        "gender" | "genero" => AnyKey("gender"),
        "number" | "numero" => AnyKey("number"),
        "usage" | "uso" => AnyKey("usage"),
        "example" | "context example" | "term example" => AnyKey("context"),
        "definition" | "definicion" => Definition(None),
        "description" | "descripcion" | "developer comments" => Key("note"),
        "note" | "notes" | "nota" | "notas" | "comment" | "comments" | "comentario" | "entry note" => {
            Key("note")
        }
        "subject" | "tema" | "domain" | "entry subject" | "subject field" => Key("subject"),
        "entry clientid" | "client" | "cliente" => Key("client"),
        "entry projectid" | "project" | "proyecto" => Key("project"),
        "fuente" => Key("source"),
        _ => {
            let key = folded.replace(' ', "-");
            match (find(CONCEPT, &key), find(TERM, &key)) {
                (Some(field), _) if field.key != "x" => Key(field.key),
                (_, Some(field)) if field.key != "x" => AnyKey(field.key),
                _ => return None,
            }
        }
    })
}

/// In lower case without accents, with single spaces for what joins words.
fn folded(cell: &str) -> String {
    let bare = cell.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    let spaced: String = bare.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
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
    terms: Vec<(LangTag, TermEntry)>,
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
            let lang = parsed.terms.first().map_or_else(|| self.sides[0].clone(), |(tag, _)| tag.clone());
            self.store(&columns, &id, parsed);
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
        for (column, cell) in columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            let tag = match column {
                Column::Term(tag) => tag.clone(),
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
            if let Some(entry) = model::term(cell, row.at.clone(), self.log) {
                parsed.terms.push((tag, entry));
            }
        }
        self.term_keys(columns, row, &mut parsed);
        parsed
    }

    /// The keys of terms: those of the last column of terms, or of all where none stands before.
    fn term_keys(&mut self, columns: &[Column], row: &Row, parsed: &mut Parsed) {
        let (mut current, mut next) = (None, 0);
        let marked = columns.iter().any(|column| matches!(column, Column::Term(_)));
        for (column, cell) in columns.iter().zip(&row.cells) {
            match column {
                Column::Term(_) => {
                    let there = !model::term_text(cell).is_empty();
                    current = there.then_some(next);
                    next += usize::from(there);
                }
                Column::TermKey(key) if !cell.is_empty() => {
                    let own = current.and_then(|at| parsed.terms.get_mut(at));
                    own.into_iter().for_each(|(_, entry)| set_term_key(entry, key, cell, &row.at, self.log));
                }
                Column::AnyKey(key) if !cell.is_empty() => {
                    let all = !marked || all_share(columns, column);
                    for (at, (_, entry)) in parsed.terms.iter_mut().enumerate() {
                        if all || current == Some(at) {
                            set_term_key(entry, key, cell, &row.at, self.log);
                        }
                    }
                }
                Column::Word(word) if !cell.is_empty() => {
                    for (at, (_, entry)) in parsed.terms.iter_mut().enumerate() {
                        if !marked || all_share(columns, column) || current == Some(at) {
                            foreign_word(*word, entry, cell);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn store(&mut self, columns: &[Column], id: &str, mut parsed: Parsed) {
        if columns.contains(&Column::RowTerm)
            && let Some((_, entry)) = parsed.terms.first_mut()
        {
            keep_extra(&mut entry.x, std::mem::take(&mut parsed.extra));
        }
        let concept = if columns.contains(&Column::Source) {
            self.builder.push_terms(id, parsed.terms)
        } else {
            self.builder.push_variants(id, parsed.terms)
        };
        keep_extra(&mut concept.x, parsed.extra);
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
                Column::Definition(tag) => set_definition(concept, tag.as_ref().unwrap_or(lang), cell),
                Column::Word(word) => review(*word, concept, cell),
                _ => {}
            }
        }
    }
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

fn set_key(concept: &mut Concept, key: &str, cell: &str, at: &At, log: &mut Log<'_>) {
    let Some(field) = find(CONCEPT, key) else { return };
    if let Err(wanted) = set_text(field, concept, cell) {
        let message = format!("`{key}` is to be {wanted}; “{cell}” is kept under `x`");
        log.repaired("a value that its key does not take", at.clone(), message);
        concept.x.insert(key.to_owned(), Value::from(cell));
    }
}

fn set_term_key(entry: &mut TermEntry, key: &str, cell: &str, at: &At, log: &mut Log<'_>) {
    let Some(field) = find(TERM, key) else { return };
    if let Err(wanted) = set_text(field, entry, cell) {
        let message = format!("`{key}` is to be {wanted}; “{cell}” is kept under `x`");
        log.repaired("a value that its key does not take", at.clone(), message);
        entry.x.insert(key.to_owned(), Value::from(cell));
    }
}

fn set_definition(concept: &mut Concept, tag: &LangTag, cell: &str) {
    let field = find(CONCEPT, "definition");
    let own = cell.starts_with('{').then(|| format!("v = {cell}").parse::<toml::Table>().ok()).flatten();
    let value = own.and_then(|mut table| table.remove("v"));
    let table = value.map(|value| Value::Table([(tag.0.clone(), value)].into_iter().collect()));
    let set = table.zip(field).is_some_and(|(table, field)| (field.set)(concept, table).is_ok());
    if !set {
        let definition = Definition { text: nfc(cell).into_owned(), source: None };
        concept.definition.entry(tag.clone()).or_insert(definition);
    }
}

/// The words of other programs for usage, made ours. A word that is none of them is kept under `x`.
pub(super) fn foreign_word(word: Foreign, entry: &mut TermEntry, cell: &str) {
    let lower = cell.trim().to_lowercase();
    let yes = matches!(lower.as_str(), "1" | "true" | "yes" | "verdadero" | "sí" | "si" | "x");
    match word {
        Foreign::Preferred if yes => entry.status = Some(Status::Preferred),
        Foreign::CaseSensitive if yes => entry.case = CaseMode::Exact,
        Foreign::Status => match lower.as_str() {
            "forbidden" | "prohibido" | "prohibida" => entry.forbidden = true,
            "preferente" | "preferido" | "preferida" => entry.status = Some(Status::Preferred),
            "admitido" | "admitida" | "aceptado" | "aceptada" => entry.status = Some(Status::Admitted),
            "non-standard" | "not recommended" | "obsolete" | "desaconsejado" | "desaconsejada"
            | "obsoleto" | "obsoleta" => entry.status = Some(Status::Deprecated),
            "new" | "approved" | "provisional" | "proposed" | "reviewed" | "" => {}
            _ => match Status::from_word(&lower) {
                Some(status) => entry.status = Some(status),
                None => {
                    entry.x.insert("status".to_owned(), Value::from(cell));
                }
            },
        },
        _ => {}
    }
}

/// The words of other programs for the workflow, made ours.
fn review(word: Foreign, concept: &mut Concept, cell: &str) {
    let lower = cell.trim().to_lowercase();
    match (word, lower.as_str()) {
        (Foreign::Status, "new" | "provisional" | "proposed") | (Foreign::Fuzzy, "true" | "1") => {
            concept.review = Some(Review::Proposed);
        }
        (Foreign::Status, "approved") => concept.review = concept.review.or(Some(Review::Approved)),
        (Foreign::Status, "reviewed") => concept.review = concept.review.or(Some(Review::Reviewed)),
        _ => {}
    }
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
    pub(super) fn wide(termbase: &Termbase, target: &'a Target) -> Self {
        let mut columns = vec![("id".to_owned(), Column::Id)];
        let concepts = || termbase.concepts.iter();
        let mut languages = languages_of(concepts());
        languages.retain(|tag| target.wants(tag));
        if languages.is_empty() {
            // A heading is told by the languages that it names.
            languages.extend(pairs::usual_languages());
        }
        for tag in languages {
            let sections =
                || concepts().flat_map(|concept| &concept.sections).filter(|section| section.tag == tag);
            let most = sections().map(|section| section.terms.len()).max().unwrap_or(1).min(TERMS_IN_A_ROW);
            let used = |field: &&super::fields::Field<TermEntry>| {
                sections().flat_map(|section| &section.terms).any(|entry| (field.get)(entry).is_some())
            };
            let keys: Vec<&'static str> = TERM.iter().filter(used).map(|field| field.key).collect();
            for _ in 0..most {
                columns.push((term_heading(&tag), Column::Term(tag.clone())));
                columns.extend(keys.iter().map(|key| (format!("{tag}:{key}"), Column::TermKey(key))));
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
                Column::TermKey(key) => current.map_or_else(String::new, |entry| term_cell(entry, key)),
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

/// Whether a heading names anything but terms and ids.
#[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "only workbooks ask for it"))]
pub(super) fn is_key_heading(written: &str) -> bool {
    !matches!(
        heading(written),
        Some(Column::Id | Column::Term(_) | Column::RowTerm | Column::Source | Column::Target)
    )
}

/// Whether a heading names terms of this language and nothing else.
pub(super) fn is_term_heading(written: &str, tag: &LangTag) -> bool {
    heading(written) == Some(Column::Term(tag.clone()))
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
