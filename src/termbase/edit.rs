//! Edits that keep what a person wrote: comments, order and all that an edit is not about.
//!
//! ```
//! use glosa::termbase::edit::{Surroundings, fmt};
//!
//! let text = "[[concept]]\nterms.en=['tariff','duty'] # both\nterms.es=\"arancel\"\n";
//! let tidy = fmt("glossary.toml", text, &Surroundings::default());
//! let expected = "[[concept]]\nid = \"arancel\"\nterms.en = [\"tariff\", \"duty\"] # both\nterms.es = \"arancel\"\n";
//! assert_eq!(tidy.as_deref(), Ok(expected));
//! ```

mod add;
mod pin;
mod settle;
pub(crate) mod tidy;

use rustc_hash::FxHashMap;
use toml_edit::{DocumentMut, Item, Table, Value};

use super::model::{Concept, ConceptId, LangTag};
use super::read::{self, Layer, Source};
use crate::check::{Finding, Severity};
use crate::text::Span;

pub use add::{Duplicates, NewConcept, add, add_several};
pub use pin::pin;
pub use settle::{Verdict, settle};

/// What lies around a file that is edited: derived ids depend on it.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The working languages, where another layer states them; else those of the file count.
    pub languages: Vec<LangTag>,
    /// The ids of earlier layers, which a derived id must not take.
    pub taken: Vec<ConceptId>,
}

/// Formats a glossary and writes the ids that are not written; formatting twice changes nothing more.
///
/// Keys of a concept come in the order of the manual, comments move with the key below them. Strings get plain
/// quotes, arrays of more than 100 columns one item a line, concepts one blank line between them. Text becomes
/// NFC. `[concept.x]` and strings over several lines stay as they are.
///
/// # Errors
/// What is wrong with the file; it is then left alone.
pub fn fmt(name: &str, text: &str, around: &Surroundings) -> Result<String, Vec<Finding>> {
    let layer = layer(name, text, around)?;
    edit(name, text, |document| {
        if let Some(concepts) = document.get_mut("concept").and_then(Item::as_array_of_tables_mut) {
            for (table, entry) in concepts.iter_mut().zip(&layer.entries) {
                write_id(table, entry.concept.id.as_str());
            }
        }
        tidy::document(document);
        Ok(())
    })
}

fn write_id(table: &mut Table, id: &str) {
    if !table.contains_key("id") {
        table.insert("id", Item::Value(Value::from(id)));
    }
}

/// The concepts of a file with their ids and places; errors stop the edit.
pub(crate) fn concepts(name: &str, text: &str, around: &Surroundings) -> Result<Vec<Concept>, Vec<Finding>> {
    Ok(layer(name, text, around)?.entries.into_iter().map(|entry| *entry.concept).collect())
}

/// Reads the file alone, its ids derived; errors stop the edit.
fn layer(name: &str, text: &str, around: &Surroundings) -> Result<Layer, Vec<Finding>> {
    let mut findings = Vec::new();
    let mut layer = read::read_layer(&Source::toml(name, text), &mut findings);
    let taken: FxHashMap<String, usize> = around.taken.iter().map(|id| (id.0.clone(), 0)).collect();
    let languages = read::languages_of(&layer.settings, &around.languages);
    read::derive_ids(&mut layer.entries, &taken, &languages, &mut findings);
    findings.retain(|finding| finding.severity == Severity::Error);
    if findings.is_empty() { Ok(layer) } else { Err(findings) }
}

/// Parses, changes and writes a document; a byte order mark and the kind of line ends are kept.
fn edit(
    name: &str,
    text: &str,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), Vec<Finding>>,
) -> Result<String, Vec<Finding>> {
    keeping_line_ends(text, |body| {
        let mut document: DocumentMut = body.parse().map_err(|error| vec![syntax(name, text, &error)])?;
        change(&mut document)?;
        Ok(document.to_string())
    })
}

/// Changes a text that is given without its byte order mark and with `\n` for line ends; both are as before then.
pub(crate) fn keeping_line_ends(
    text: &str,
    change: impl FnOnce(&str) -> Result<String, Vec<Finding>>,
) -> Result<String, Vec<Finding>> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let is_crlf = body.contains("\r\n");
    let body = if is_crlf { body.replace("\r\n", "\n") } else { body.to_owned() };
    let written = change(&body)?;
    Ok(mark.to_owned() + &if is_crlf { written.replace('\n', "\r\n") } else { written })
}

/// That concepts in an array of inline tables cannot be edited.
pub(crate) fn inline_concepts() -> Finding {
    Finding::new(Severity::Error, "inline-concepts", "the concepts stand in one array")
        .help("write each concept as a [[concept]] table of its own")
}

fn syntax(name: &str, text: &str, error: &toml_edit::TomlError) -> Finding {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    Finding::new(Severity::Error, "toml-syntax", format!("not valid TOML: {}", error.message()))
        .at(name, Span::new(at, at))
        .help("correct this place; `glosa lint` shows all of them")
}

#[cfg(test)]
mod tests;
