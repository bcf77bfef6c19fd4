//! What a format has no category for, as a note that people can read and glosa reads back: the word `[glosa]`, then
//! the keys as glossary.toml has them, each on a line.
//!
//! ```text
//! [glosa]
//! register = "press"
//! forms = ["envío de dinero"]
//! ```

use toml::{Table, Value};

use super::fields::{CONCEPT, Field, TERM, find};
use super::inline;
use crate::termbase::{Concept, ConceptId, TermEntry};

/// The word that such a note begins with.
const MARK: &str = "[glosa]";

/// The note for these keys; `None` for none.
pub(super) fn note(fields: &[(String, Value)]) -> Option<String> {
    let lines =
        fields.iter().map(|(key, value)| format!("\n{} = {}", inline::key(key), inline::value(value)));
    (!fields.is_empty()).then(|| MARK.to_owned() + &lines.collect::<String>())
}

/// The keys of a note that begins with the mark.
fn fields(note: &str) -> Option<Table> {
    note.trim_start().strip_prefix(MARK)?.parse().ok()
}

/// The id of a concept that a note keeps, since the format takes no such id.
pub(super) fn id_in(note: &str) -> Option<String> {
    let id = fields(note)?.remove("id")?;
    id.as_str().map(str::to_owned)
}

/// Sets what a note says of a concept; whether it is such a note.
pub(super) fn read_concept(concept: &mut Concept, note: &str) -> bool {
    let Some(mut fields) = fields(note) else { return false };
    if let Some(Value::String(id)) = fields.remove("id") {
        concept.id = ConceptId(id);
    }
    set(CONCEPT, concept, fields, |concept| &mut concept.x);
    true
}

/// Sets what a note says of a term; whether it is such a note. The status of a forbidden term is only what it says.
pub(super) fn read_term(entry: &mut TermEntry, note: &str) -> bool {
    let Some(fields) = fields(note) else { return false };
    if fields.contains_key("forbidden") {
        entry.status = None;
    }
    set_term(entry, fields);
    true
}

/// Sets these keys of a term.
pub(super) fn set_term(entry: &mut TermEntry, fields: Table) {
    set(TERM, entry, fields, |entry| &mut entry.x);
}

fn set<T>(known: &'static [Field<T>], to: &mut T, fields: Table, x: fn(&mut T) -> &mut Table) {
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("x", Value::Table(table)) => merge(x(to), table),
            (_, value) => {
                let set = find(known, &key).is_some_and(|field| (field.set)(to, value.clone()).is_ok());
                if !set {
                    x(to).insert(key, value);
                }
            }
        }
    }
}

/// Adds what was kept: categories behind those that are there.
fn merge(x: &mut Table, more: Table) {
    for (key, value) in more {
        match (x.get_mut(&key), value) {
            (Some(Value::Array(there)), Value::Array(more)) if key == super::category::KEY => {
                there.extend(more);
            }
            (_, value) => {
                x.insert(key, value);
            }
        }
    }
}

/// The stated keys of a concept that are not among these, for a note.
pub(super) fn rest_of_concept(concept: &Concept, held: &[&str]) -> Vec<(String, Value)> {
    rest(CONCEPT, concept, held)
}

/// The stated keys of a term that are not among these, for a note.
pub(super) fn rest_of_term(entry: &TermEntry, held: &[&str]) -> Vec<(String, Value)> {
    let mut rest = rest(TERM, entry, held);
    // With `forbidden` the note tells the status too, for the format's own says that it is deprecated.
    if let Some(status) = entry.status.filter(|_| entry.forbidden && held.contains(&"status")) {
        rest.push(("status".to_owned(), Value::from(status.as_str())));
    }
    rest
}

fn rest<T>(fields: &'static [Field<T>], of: &T, held: &[&str]) -> Vec<(String, Value)> {
    let unheld = fields.iter().filter(|field| !held.contains(&field.key) && field.key != "private-note");
    unheld.filter_map(|field| Some((field.key.to_owned(), (field.get)(of)?))).collect()
}
