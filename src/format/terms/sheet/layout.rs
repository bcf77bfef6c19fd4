//! How a termbase is laid out as a table: its columns with their headings, and the rows of each concept.

use std::collections::HashMap;

use super::headings::is_term_heading;
use super::words::info_cell;
use super::{COLUMNS, Column, Foreign};
use crate::check::{Finding, Severity};
use crate::format::terms::fields::{CONCEPT, Field, TERM, find, to_text};
use crate::format::terms::model::languages_in_order;
use crate::format::terms::{Target, pairs};
use crate::termbase::{Concept, LangSection, LangTag, TermEntry, Termbase};

/// How a table is laid out.
pub(in crate::format::terms) struct Layout<'a> {
    /// The columns with their headings.
    pub(in crate::format::terms) columns: Vec<(String, Column)>,
    target: &'a Target,
}

/// More terms of a language than this go on in a further row with the same id.
const TERMS_IN_A_ROW: usize = 4;

impl<'a> Layout<'a> {
    /// One row a concept: id, languages with the keys that their terms have, keys of the concept.
    ///
    /// # Errors
    /// It has more columns than are read.
    pub(in crate::format::terms) fn wide(
        termbase: &Termbase,
        target: &'a Target,
    ) -> Result<Self, Vec<Finding>> {
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
            let used = |field: &&Field<TermEntry>| {
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
    pub(in crate::format::terms) fn of(columns: Vec<(String, Column)>, target: &'a Target) -> Self {
        Layout { columns, target }
    }

    /// The headings.
    pub(in crate::format::terms) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|(heading, _)| heading.clone()).collect()
    }

    /// What the columns have, as the report of losses names it.
    pub(in crate::format::terms) fn fields(&self) -> Vec<String> {
        self.columns.iter().map(|(_, column)| column.field()).collect()
    }

    /// The rows of all concepts.
    pub(in crate::format::terms) fn all_rows<'t>(
        &self,
        termbase: &'t Termbase,
    ) -> impl Iterator<Item = (&'t Concept, Vec<String>)> {
        let rows = |concept| self.rows(concept).into_iter().map(move |row| (concept, row));
        termbase.concepts.iter().flat_map(rows)
    }

    /// The rows of a concept: more than one where it has more terms than the columns.
    pub(in crate::format::terms) fn rows(&self, concept: &Concept) -> Vec<Vec<String>> {
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
pub(in crate::format::terms) fn term_cell(entry: &TermEntry, key: &str) -> String {
    find(TERM, key).and_then(|field| (field.get)(entry)).map_or_else(String::new, |value| to_text(&value))
}

fn definition_cell(concept: &Concept, tag: &LangTag) -> String {
    let value = find(CONCEPT, "definition").and_then(|field| (field.get)(concept));
    value.as_ref().and_then(|value| value.get(tag.as_str())).map_or_else(String::new, to_text)
}
