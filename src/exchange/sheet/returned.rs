//! What an edited sheet says, against the state that was exported and that it carries along.

use std::collections::{BTreeMap, HashMap, HashSet};

use toml::Value;

use super::names::{names, slot};
use super::rows::{Column, Sheet};
use super::{Returned, ReturnedEntry, broken, homeless};
use crate::check::{Finding, Severity};
use crate::exchange::facts::{Facts, Key, SectionFacts, TermFacts};
use crate::format::terms::fields::{CONCEPT, find};
use crate::termbase::{
    Concept, ConceptId, Definition, LangSection, LangTag, Review, Status, TermEntry, Termbase,
};

/// Compares an edited sheet with the state that it carries.
///
/// # Errors
/// Where the ids are gone or stand twice: nothing can be told then.
pub(super) fn returned(name: &str, state: &Sheet, edited: &Sheet) -> Result<Returned, Finding> {
    if edited.position(&Column::Id).is_none() || edited.position(&Column::Number).is_none() {
        let message = format!("`{name}` has no columns `id` and `#`, by which its rows are known");
        return Err(broken(message).help("put both back (they are in a copy of the sheet as it was sent), or read it as a plain table with --format xlsx"));
    }
    let mut reading = Reading { name, state, edited, rows: HashMap::new(), returned: Returned::default() };
    reading.index()?;
    reading.known();
    reading.added();
    Ok(reading.returned)
}

struct Reading<'a> {
    name: &'a str,
    state: &'a Sheet,
    edited: &'a Sheet,
    /// The rows of the edited sheet by id, each with its number.
    rows: HashMap<String, Vec<(String, usize)>>,
    returned: Returned,
}

impl Reading<'_> {
    fn index(&mut self) -> Result<(), Finding> {
        for (at, row) in self.edited.rows.iter().enumerate() {
            let (id, number) = (self.edited.cell(row, &Column::Id), self.edited.cell(row, &Column::Number));
            if id.is_empty() {
                continue;
            }
            let rows = self.rows.entry(id.to_owned()).or_default();
            if let Some((_, first)) = rows.iter().find(|(known, _)| known == number && !number.is_empty()) {
                let message = format!(
                    "`{}`, row {}: `{id}` number {number} stands in row {} too",
                    self.name,
                    at + 2,
                    first + 2
                );
                return Err(broken(message).help("take one of them out; a new row has no number"));
            }
            rows.push((number.to_owned(), at));
        }
        Ok(())
    }

    /// The entries that were exported, in order.
    fn known(&mut self) {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, row) in self.state.rows.iter().enumerate() {
            let id = self.state.cell(row, &Column::Id);
            match groups.last_mut() {
                Some((last, rows)) if last == id => rows.push(at),
                _ => groups.push((id.to_owned(), vec![at])),
            }
        }
        let mut missing = 0;
        for (id, before) in groups {
            match self.rows.remove(&id) {
                Some(rows) => self.entry(&id, &before, &rows),
                None => missing += 1,
            }
        }
        if missing > 0 {
            let message = format!(
                "`{}`: {missing} of the exported concepts are not in it; they stay as they are",
                self.name
            );
            self.returned.findings.push(Finding::new(Severity::Note, "import-skipped", message));
        }
    }

    fn entry(&mut self, id: &str, before: &[usize], rows: &[(String, usize)]) {
        let mut base = Facts::default();
        let mut theirs = Facts::default();
        for tag in self.state.tags() {
            let (old, new) = self.sections(tag, before, rows);
            let sections = [(&mut base, old), (&mut theirs, new)];
            for (facts, section) in sections.into_iter().filter(|(_, section)| !section.terms.is_empty()) {
                facts.sections.push(section);
            }
        }
        let first = before.first().map(|at| &self.state.rows[*at]);
        let edited = rows.iter().find(|(number, _)| number == "1").map(|(_, at)| *at);
        if let (Some(first), Some(at)) = (first, edited) {
            base.keys = self.concept_of(self.state, first).keys;
            theirs.keys = self.edited_keys(at, &base);
        }
        let said: Vec<String> = rows.iter().filter_map(|(_, at)| self.said(*at)).collect();
        let comment = (!said.is_empty()).then(|| said.join("\n"));
        self.returned.entries.push(ReturnedEntry { id: ConceptId(id.to_owned()), base, theirs, comment });
    }

    fn is_number(&self, before: &[usize], number: &str) -> bool {
        before.iter().any(|at| self.state.cell(&self.state.rows[*at], &Column::Number) == number)
    }

    /// The terms of a language as they were exported and as they stand in the edited sheet.
    fn sections(
        &mut self,
        tag: &LangTag,
        before: &[usize],
        rows: &[(String, usize)],
    ) -> (SectionFacts, SectionFacts) {
        let mut old = SectionFacts { tag: tag.clone(), terms: Vec::new() };
        let mut slots: HashMap<String, usize> = HashMap::new();
        // The rows of the edited sheet, each with the term that stood in it; none for a row that is gone.
        let mut cells: Vec<(Option<usize>, Option<String>)> = Vec::new();
        for &at in before {
            let row = &self.state.rows[at];
            let number = self.state.cell(row, &Column::Number);
            let slot = slot(self.state.cell(row, &Column::Term(tag.clone())), &mut slots);
            let was = term(self.state, row, tag, &slot);
            let edited = rows.iter().find(|(known, _)| known == number).map(|(_, at)| *at);
            cells.push((edited, was.as_ref().map(|was| was.slot.clone())));
            old.terms.extend(was);
        }
        if self.edited.position(&Column::Term(tag.clone())).is_none() {
            return (old.clone(), old);
        }
        let further = rows.iter().filter(|(number, _)| !self.is_number(before, number));
        cells.extend(further.map(|(_, at)| (Some(*at), None)));
        let found = cells.iter().map(|(at, _)| term(self.edited, &self.edited.rows[(*at)?], tag, ""));
        let found: Vec<Option<TermFacts>> = found.collect();
        let names = names(&old, &cells, &found);
        let mut new = SectionFacts { tag: tag.clone(), terms: Vec::new() };
        for (((at, own), found), name) in cells.iter().zip(found).zip(&names) {
            match (at, found, name) {
                (Some(at), Some(term), Some(name)) => {
                    new.terms.push(self.with_status(
                        *at,
                        tag,
                        TermFacts { slot: name.clone(), ..term },
                        &old,
                    ));
                }
                // A row that is gone says nothing.
                (None, ..) if !names.contains(own) => {
                    new.terms.extend(own.as_ref().and_then(|own| old.term(own)).cloned());
                }
                _ => {}
            }
        }
        (old, new)
    }

    /// A term of the edited sheet; a status that is none counts as untouched.
    fn with_status(
        &mut self,
        at: usize,
        tag: &LangTag,
        mut term: TermFacts,
        old: &SectionFacts,
    ) -> TermFacts {
        let row = &self.edited.rows[at];
        let written = self.edited.cell(row, &Column::Status(tag.clone()));
        let is_there = self.edited.position(&Column::Status(tag.clone())).is_some();
        if !is_there || (!written.is_empty() && Status::from_word(&written.to_lowercase()).is_none()) {
            if is_there {
                self.tell(at, &format!("“{written}” is no status"), Status::WORDS);
            }
            let before = old.term(&term.slot).and_then(|was| was.keys.get("status")).cloned();
            term.keys.remove("status");
            term.keys.extend(before.map(|before| ("status", before)));
        }
        term
    }

    /// What the colleague has to say in a row: in the column for it, and in comments at its cells.
    fn said(&self, at: usize) -> Option<String> {
        let row = &self.edited.rows[at];
        let column = std::iter::once(self.edited.cell(row, &Column::Comment)).filter(|said| !said.is_empty());
        let notes = self.edited.notes.get(&at).into_iter().flatten().map(String::as_str);
        let said: Vec<&str> = column.chain(notes).collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    /// The keys of the concept as they stand in the edited sheet.
    fn edited_keys(&mut self, at: usize, base: &Facts) -> BTreeMap<Key, Value> {
        let row = &self.edited.rows[at];
        let mut keys = self.concept_of(self.edited, row).keys;
        let untouched: Vec<(Key, Value)> = base
            .keys
            .iter()
            .filter(|(key, _)| self.edited.position(&column_of(key)).is_none())
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let review = self.edited.cell(row, &Column::Key("review"));
        if !review.is_empty() && Review::from_word(&review.to_lowercase()).is_none() {
            self.tell(at, &format!("“{review}” is no stage of the review"), Review::WORDS);
            let before = base.keys.iter().find(|(key, _)| key.name == "review");
            keys.extend(before.map(|(key, value)| (key.clone(), value.clone())));
        }
        keys.extend(untouched);
        keys
    }

    /// What the cells of a concept's first row state.
    fn concept_of(&self, sheet: &Sheet, row: &[String]) -> Facts {
        let mut concept = Concept::default();
        for column in sheet.columns.iter().flatten() {
            let text = sheet.cell(row, column);
            match column {
                _ if text.is_empty() => {}
                Column::Definition(tag) => {
                    let definition = Definition { text: text.to_owned(), source: None };
                    concept.definition.insert(tag.clone(), definition);
                }
                Column::Key(key) => {
                    let value = Value::from(text);
                    // What is no value of its key is told by who reads the sheet.
                    let _ = find(CONCEPT, key).map(|field| (field.set)(&mut concept, value));
                }
                _ => {}
            }
        }
        Facts::of(&concept)
    }

    fn tell(&mut self, at: usize, what: &str, words: &[&str]) {
        let message = format!("`{}`, row {}: {what}; the cell counts as untouched", self.name, at + 2);
        let help = format!("the words are {}", words.join(", "));
        self.returned.findings.push(Finding::new(Severity::Warning, "import-skipped", message).help(help));
    }

    /// Entries that were not exported: those without an id, a row each, and those whose id nobody knows.
    fn added(&mut self) {
        let mut concepts: Vec<Concept> = Vec::new();
        let mut of_id: HashMap<&str, usize> = HashMap::new();
        let known: HashSet<&str> =
            self.state.rows.iter().map(|row| self.state.cell(row, &Column::Id)).collect();
        for (at, row) in self.edited.rows.iter().enumerate() {
            let id = self.edited.cell(row, &Column::Id);
            if known.contains(id) {
                continue;
            }
            let entry = self.new_concept(id, at);
            match of_id.get(id).filter(|_| !id.is_empty()) {
                Some(&at) => merge_rows(&mut concepts[at], entry),
                None if entry.sections.is_empty() => self.miss(at),
                None => {
                    of_id.insert(id, concepts.len());
                    concepts.push(entry);
                }
            }
        }
        self.returned.new = Termbase { concepts: concepts.into(), ..Termbase::default() };
    }

    /// Tells comments at a row of no concept.
    fn miss(&mut self, at: usize) {
        let said = self.said(at);
        self.returned.findings.extend(said.map(|said| homeless(self.name, &said)));
    }

    fn new_concept(&self, id: &str, at: usize) -> Concept {
        let row = &self.edited.rows[at];
        let mut concept = self.concept_of(self.edited, row).concept(ConceptId(id.to_owned()));
        concept.id_written = !id.is_empty();
        for tag in self.edited.tags() {
            if let Some(term) = term(self.edited, row, tag, "") {
                concept.sections.push(LangSection { tag: tag.clone(), terms: vec![term.entry()] });
            }
        }
        concept.private_note = self.said(at);
        concept
    }
}

/// Adds the terms of a further row, and what is said there.
fn merge_rows(concept: &mut Concept, row: Concept) {
    match (&mut concept.private_note, &row.private_note) {
        (Some(said), Some(more)) => *said += &format!("\n{more}"),
        (said @ None, Some(more)) => *said = Some(more.clone()),
        (_, None) => {}
    }
    for section in row.sections {
        match concept.sections.iter_mut().find(|known| known.tag == section.tag) {
            Some(known) => known.terms.extend(section.terms),
            None => concept.sections.push(section),
        }
    }
}

fn column_of(key: &Key) -> Column {
    match &key.part {
        Some(part) => Column::Definition(LangTag(part.clone())),
        None => Column::Key(key.name),
    }
}

/// The term of a row and language, with its status where that is one.
fn term(sheet: &Sheet, row: &[String], tag: &LangTag, slot: &str) -> Option<TermFacts> {
    let text = sheet.cell(row, &Column::Term(tag.clone()));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    let entry = TermEntry {
        status: Status::from_word(&sheet.cell(row, &Column::Status(tag.clone())).to_lowercase()),
        ..TermEntry::new(unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect::<String>())
    };
    let section = LangSection { tag: tag.clone(), terms: vec![entry] };
    let facts = Facts::of(&Concept { sections: vec![section], ..Concept::default() });
    let mut term = facts.sections.into_iter().next()?.terms.into_iter().next()?;
    slot.clone_into(&mut term.slot);
    Some(term)
}

#[cfg(test)]
mod tests;
