//! The concepts found as `[[concept]]` tables of a glossary.toml, with their contexts, to add to another glossary
//! or to keep with the job.
//!
//! ```toml
//! [[concept]]
//! id = "arancel"
//! terms.es = [{ term = "arancel", pos = "noun" }, "gravamen"]
//! terms.en = "tariff"
//! contexts = [
//!     { es = "Sube el arancel.", en = "The tariff goes up.", source = "actas.es.md:3 · actas.en.md:3" },
//! ]
//! ```

use std::collections::HashSet;

use toml_edit::{Key, Value};

use super::aligned_glossary::{ConceptLink, Entry, EntryDefinition, EntryTerm};
use super::view;
use super::{AlignedGlossary, Options};
use crate::concord::AlignedContext;

/// Renders the concepts found.
pub fn render(glossary: &AlignedGlossary, _options: &Options) -> String {
    let mut out = format!("# {}\n", glossary.title.replace(char::is_control, " "));
    let found: Vec<&Entry> = glossary.entries.iter().filter(|entry| view::is_found(entry)).collect();
    let ids: HashSet<&str> = found.iter().map(|entry| entry.id.as_str()).collect();
    for entry in found {
        out.push_str("\n[[concept]]\n");
        push_concept(&mut out, entry, &ids);
    }
    out
}

/// Links lead to concepts of the fragment only: a glossary may not name concepts that it does not have.
fn push_concept(out: &mut String, entry: &Entry, ids: &HashSet<&str>) {
    push_string(out, "id", Some(&entry.id));
    push_string(out, "subject", entry.subject.as_deref());
    push_string(out, "kind", entry.kind.as_deref());
    push_string(out, "jurisdiction", entry.jurisdiction.as_deref());
    for definition in &entry.definitions {
        push_definition(out, definition);
    }
    push_terms(out, &entry.terms);
    push_string(out, "note", entry.note.as_deref());
    push_string(out, "source", entry.source.as_deref());
    push_string(out, "url", entry.url.as_deref());
    push_string(out, "as-of", entry.as_of.as_deref());
    push_string(out, "valid-from", entry.valid_from.as_deref());
    push_string(out, "valid-until", entry.valid_until.as_deref());
    let successor = entry.replaced_by.as_ref().map(|link| link.id.as_str());
    push_string(out, "replaced-by", successor.filter(|id| ids.contains(id)));
    push_links(out, "related", &entry.related, ids);
    push_links(out, "broader", &entry.broader, ids);
    push_links(out, "not-to-confuse", &entry.not_to_confuse, ids);
    push_string(out, "review", entry.review.as_deref());
    push_contexts(out, &entry.contexts);
}

fn push_string(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        out.push_str(&format!("{key} = {}\n", string(value)));
    }
}

/// A TOML string with its quotes.
fn string(text: &str) -> String {
    Value::from(text).to_string()
}

/// A key, in quotes where it needs them.
fn key(text: &str) -> String {
    Key::new(text).to_string()
}

/// An inline table of the fields that are there.
fn inline_table(fields: &[(&str, Option<String>)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .filter_map(|(key, value)| value.as_ref().map(|value| format!("{key} = {value}")))
        .collect();
    format!("{{ {} }}", fields.join(", "))
}

fn push_definition(out: &mut String, definition: &EntryDefinition) {
    let text = string(&definition.text);
    let value = match &definition.source {
        Some(source) => inline_table(&[("text", Some(text)), ("source", Some(string(source)))]),
        None => text,
    };
    out.push_str(&format!("definition.{} = {value}\n", key(&definition.lang)));
}

/// The terms by language tag, each tag once, in the order in which the tags come first.
fn push_terms(out: &mut String, terms: &[EntryTerm]) {
    let mut tags: Vec<&str> = Vec::new();
    for term in terms {
        if !tags.contains(&term.lang.as_str()) {
            tags.push(&term.lang);
        }
    }
    for tag in tags {
        let of_tag = terms.iter().filter(|term| term.lang == tag).enumerate();
        let values: Vec<String> = of_tag.map(|(place, entry)| term(place, entry)).collect();
        let value = match values.as_slice() {
            [only] if only.starts_with('"') || only.starts_with('\'') => only.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        out.push_str(&format!("terms.{} = {value}\n", key(tag)));
    }
}

/// A term as a string where nothing more is known of it, else as a table.
fn term(place: usize, entry: &EntryTerm) -> String {
    let field = |value: &Option<String>| value.as_deref().map(string);
    let fields = [
        ("term", Some(string(&entry.term))),
        ("status", stated_status(place, entry).map(string)),
        ("type", field(&entry.term_type)),
        ("pos", field(&entry.pos)),
        ("gender", field(&entry.gender)),
        ("feminine", field(&entry.feminine)),
        ("region", field(&entry.region)),
        ("register", field(&entry.register)),
        ("forbidden", entry.forbidden.then(|| "true".to_owned())),
        ("reason", field(&entry.reason)),
        ("replace-with", field(&entry.replace_with)),
        ("equivalence", field(&entry.equivalence)),
        ("note", field(&entry.note)),
    ];
    let stated = fields.iter().filter(|(_, value)| value.is_some()).count();
    if stated == 1 { string(&entry.term) } else { inline_table(&fields) }
}

/// The status where the place does not tell it already: the first term is preferred, the others admitted.
fn stated_status(place: usize, entry: &EntryTerm) -> Option<&str> {
    let implied = if place == 0 { "preferred" } else { "admitted" };
    Some(entry.status.as_str()).filter(|status| !status.is_empty() && *status != implied)
}

fn push_links(out: &mut String, key: &str, links: &[ConceptLink], ids: &HashSet<&str>) {
    let known = links.iter().filter(|link| ids.contains(link.id.as_str()));
    let known: Vec<String> = known.map(|link| string(&link.id)).collect();
    if !known.is_empty() {
        out.push_str(&format!("{key} = [{}]\n", known.join(", ")));
    }
}

fn push_contexts(out: &mut String, contexts: &[AlignedContext]) {
    if contexts.is_empty() {
        return;
    }
    out.push_str("contexts = [\n");
    for context in contexts {
        out.push_str(&format!("    {},\n", context_table(context)));
    }
    out.push_str("]\n");
}

fn context_table(context: &AlignedContext) -> String {
    let mut sources: Vec<String> =
        [&context.es, &context.en].into_iter().flatten().map(view::citation).collect();
    sources.dedup();
    let text =
        |snippet: &Option<crate::concord::Snippet>| snippet.as_ref().map(|snippet| string(&snippet.text));
    inline_table(&[
        ("es", text(&context.es)),
        ("en", text(&context.en)),
        ("source", Some(string(&sources.join(" · ")))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn parsed(glossary: &AlignedGlossary) -> ::toml::Table {
        render(glossary, &Options::default()).parse().expect("valid TOML")
    }

    #[test]
    fn the_concepts_found_are_there_with_terms_and_contexts() {
        let table = parsed(&sample::glossary());
        let concepts = table["concept"].as_array().expect("concepts");
        assert_eq!(concepts.len(), sample::glossary().totals.found);
        let tariff = &concepts[1];
        assert_eq!(tariff["terms"]["es-MX"][2]["status"].as_str(), Some("deprecated"));
        assert_eq!(tariff["terms"]["en-US"][0]["term"].as_str(), Some("tariff"));
        assert_eq!(tariff["not-to-confuse"][0].as_str(), Some("aduana"));
        assert!(concepts[2].get("not-to-confuse").is_none(), "a link to a concept that is not there");
        assert_eq!(tariff["contexts"].as_array().map(Vec::len), Some(3));
        assert_eq!(concepts[0]["terms"]["en-US"][0].as_str(), Some("customs"), "a plain term is a string");
    }

    #[test]
    fn hostile_text_comes_back_as_it_was() {
        let table = parsed(&sample::hostile());
        assert_eq!(table["concept"][0]["note"].as_str(), Some(sample::HOSTILE));
        assert_eq!(table["concept"][0]["contexts"][0]["es"].as_str(), Some(sample::HOSTILE));
    }
}
