//! What a cell says: the terms in it, the value of its key, what is kept under `x`.

use toml::Value;

use super::headings::folded;
use super::words::in_english;
use crate::check::counted;
use crate::format::terms::fields::{CONCEPT, TERM, find, set_text, to_text};
use crate::format::terms::log::{At, Log};
use crate::format::terms::{model, tags};
use crate::termbase::{Concept, Definition, LangTag, TermEntry};
use crate::text::fold::nfc;

/// The terms of a cell that has lines: each is one, unless it goes on in the next.
pub(super) fn several_lines(cell: &str, at: &At, log: &mut Log<'_>) -> Vec<String> {
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
    terms.iter().for_each(|term| tell_list(term, at, log));
    terms
}

/// Tells a term that may be several. It is kept as it is, for a term may well have such a character in it.
fn tell_list(term: &str, at: &At, log: &mut Log<'_>) {
    let parts = |mark: &&str| {
        let is_term = |part: &str| part.trim_start().starts_with(char::is_alphanumeric);
        term.contains(*mark) && term.split(*mark).all(is_term)
    };
    if let Some(mark) = [";", "|", " / "].into_iter().find(parts) {
        let message = format!(
            "“{term}” is read as one term; if “{}” parts several, give each a line or a column of its own, or head \
             the column “synonyms”",
            mark.trim()
        );
        log.repaired("a cell that may have several terms", at.clone(), message);
    }
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

pub(super) fn keep_extra<T>(of: &mut T, x: fn(&mut T) -> &mut toml::Table, extra: Vec<(String, String)>) {
    for (name, text) in extra {
        let x = x(of);
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
pub(super) fn is_other(x: &toml::Table, name: &str, text: &str) -> bool {
    x.get(name).is_some_and(|known| known.as_str() != Some(text))
}

/// Sets a key; of a further note, from another row or column, a line is made, any other second value is told.
pub(super) fn set_key(concept: &mut Concept, key: &str, cell: &str, at: &At, log: &mut Log<'_>) {
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

pub(super) fn set_term_key(
    entry: &mut TermEntry,
    tag: &LangTag,
    key: &str,
    cell: &str,
    at: &At,
    log: &mut Log<'_>,
) {
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

pub(super) fn set_definition(concept: &mut Concept, tag: &LangTag, cell: &str, at: &At, log: &mut Log<'_>) {
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
