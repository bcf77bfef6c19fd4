//! Rows as terms and concepts: what each cell says, by the column that it stands in.

use super::cells::{is_other, keep_extra, set_definition, set_key, set_term_key, several_lines};
use super::words::{foreign_word, review};
use super::{Column, Row};
use crate::format::terms::fields::{TERM, find, set_text};
use crate::format::terms::log::{At, Log};
use crate::format::terms::model::{self, Builder};
use crate::format::terms::tags;
use crate::termbase::{Concept, LangTag, TermEntry};

/// Takes rows in, one after the other.
pub(super) struct RowReader<'a, 'l> {
    pub(super) columns: Vec<Column>,
    pub(super) sides: [LangTag; 2],
    pub(super) builder: Builder,
    pub(super) log: &'a mut Log<'l>,
}

/// A row taken apart.
#[derive(Default)]
struct Parsed {
    /// With the column of each, counted from 0.
    terms: Vec<(usize, LangTag, TermEntry)>,
    extra: Vec<(String, String)>,
}

impl RowReader<'_, '_> {
    pub(super) fn row(&mut self, row: &Row) {
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
            keep_extra(entry, |entry| &mut entry.x, std::mem::take(&mut parsed.extra));
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
        keep_extra(concept, |concept| &mut concept.x, of_concept);
        if let Some([section, term]) = first.and_then(|(tag, text)| place_of(concept, &tag, &text)) {
            keep_extra(&mut concept.sections[section].terms[term], |entry| &mut entry.x, of_term);
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

/// Where a term stands: its section, and its place there.
fn place_of(concept: &Concept, tag: &LangTag, text: &str) -> Option<[usize; 2]> {
    let section = concept.sections.iter().position(|section| section.tag == *tag)?;
    let term = concept.sections[section].terms.iter().position(|entry| entry.term == text)?;
    Some([section, term])
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
