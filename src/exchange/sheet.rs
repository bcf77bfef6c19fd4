//! Sheets for review: the glossary as rows that a colleague edits, and what comes back of them.
//!
//! A sheet has a row for each pair of terms, the concept's other fields in its first row. It carries the state that
//! was exported within itself. What comes back is compared with that state, not with the glossary: so a field that the
//! colleague left alone says nothing, whatever has become of it in the glossary meanwhile.

#[cfg(feature = "office")]
pub mod docx;
#[cfg(feature = "xlsx")]
mod names;
#[cfg(feature = "xlsx")]
mod notes;
#[cfg(feature = "xlsx")]
mod returned;
#[cfg(feature = "xlsx")]
mod rows;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use toml::Value;

use super::facts::{Facts, Key, SectionFacts, TEXT, TermFacts};
use crate::check::{Finding, Severity};
use crate::termbase::{ConceptId, LangTag, Termbase};

/// Writes a termbase as a sheet for review: `xlsx`, or `docx`, which has terms only.
///
/// # Errors
/// Where the format is none of those, or its limits are broken.
pub fn write(format: &str, termbase: &Termbase) -> Result<Vec<u8>, Finding> {
    let _ = termbase;
    match format {
        #[cfg(feature = "xlsx")]
        "xlsx" => xlsx::write(termbase),
        #[cfg(feature = "office")]
        "docx" => docx::write(termbase),
        other => {
            let message = format!("a sheet for review is no `{other}`");
            Err(Finding::new(Severity::Error, "format-unknown", message).help("write xlsx or docx"))
        }
    }
}

/// Reads what came back of a sheet for review; `None` for any other file.
pub fn read(name: &str, bytes: &[u8]) -> Option<Result<Returned, Finding>> {
    #[cfg(feature = "xlsx")]
    if xlsx::is_review(bytes) {
        return Some(xlsx::read(name, bytes));
    }
    #[cfg(feature = "office")]
    if docx::is_review(bytes) {
        return Some(docx::read(name, bytes));
    }
    let _ = (name, bytes);
    None
}

/// The keys of a concept that have a column.
const KEYS: [&str; 3] = ["subject", "note", "review"];

/// What came back of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReturnedEntry {
    /// The id that it was exported under.
    pub id: ConceptId,
    /// What was exported of it.
    pub(super) base: Facts,
    /// What it is in the sheet.
    pub(super) theirs: Facts,
    /// What the colleague has to say of it.
    pub comment: Option<String>,
}

/// What came back of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// The entries that were exported.
    pub entries: Vec<ReturnedEntry>,
    /// Entries that the colleague has written.
    pub new: Termbase,
    /// What could not be taken as it stands.
    pub findings: Vec<Finding>,
}

#[cfg(any(feature = "office", feature = "xlsx"))]
fn broken(message: impl Into<String>) -> Finding {
    Finding::new(Severity::Error, "import-skipped", message)
}

/// The finding for a comment that is said of no concept.
#[cfg(any(feature = "office", feature = "xlsx"))]
fn homeless(name: &str, said: &str) -> Finding {
    let message = format!("`{name}`: a comment is at no concept, so it is taken to none: “{said}”");
    Finding::new(Severity::Warning, "import-skipped", message)
}

#[cfg(any(feature = "office", feature = "xlsx"))]
fn dedup(tags: &mut Vec<LangTag>) {
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
}

/// What a sheet shows of an entry.
pub(super) fn shown_part(facts: &Facts, like: &[&Facts]) -> Facts {
    let shown = |key: &Key| KEYS.contains(&key.name) || key.name == "definition";
    let text = |value: &Value| value.get("text").cloned().unwrap_or_else(|| value.clone());
    let keys = facts.keys.iter().filter(|(key, _)| shown(key)).map(|(key, value)| (key.clone(), text(value)));
    let in_sheet = |tag: &LangTag| like.iter().any(|facts| facts.section(tag).is_some());
    let sections = facts.sections.iter().filter(|section| in_sheet(&section.tag)).map(|section| {
        let terms = section.terms.iter().map(|term| {
            let keys = term.keys.iter().filter(|(key, _)| matches!(**key, TEXT | "status"));
            TermFacts {
                slot: term.slot.clone(),
                keys: keys.map(|(key, value)| (*key, value.clone())).collect(),
            }
        });
        SectionFacts { tag: section.tag.clone(), terms: terms.collect() }
    });
    Facts { keys: keys.collect(), sections: sections.collect() }
}

/// An entry with what a sheet shows of it made as it is here; all else stays.
pub(super) fn with_part(whole: &Facts, before: &Facts, after: &Facts) -> Facts {
    let mut facts = whole.clone();
    for key in before.keys.keys().chain(after.keys.keys()) {
        match after.keys.get(key) {
            new if new == before.keys.get(key) => {}
            None => _ = facts.keys.remove(key),
            Some(new) => match facts.keys.get_mut(key) {
                Some(Value::Table(table)) => _ = table.insert("text".to_owned(), new.clone()),
                _ => _ = facts.keys.insert(key.clone(), new.clone()),
            },
        }
    }
    for section in &after.sections {
        let terms: Vec<TermFacts> = section
            .terms
            .iter()
            .map(|term| {
                let known = whole.section(&section.tag).and_then(|section| section.term(&term.slot));
                let mut keys = known.map(|known| known.keys.clone()).unwrap_or_default();
                keys.remove("status");
                keys.extend(term.keys.clone());
                TermFacts { slot: term.slot.clone(), keys }
            })
            .collect();
        match facts.sections.iter_mut().find(|known| known.tag == section.tag) {
            Some(known) => known.terms = terms,
            None => facts.sections.push(SectionFacts { tag: section.tag.clone(), terms }),
        }
    }
    let is_gone = |section: &SectionFacts| {
        before.section(&section.tag).is_some() && after.section(&section.tag).is_none()
    };
    facts.sections.retain(|section| !is_gone(section));
    facts
}
