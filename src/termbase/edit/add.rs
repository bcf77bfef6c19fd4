use rustc_hash::FxHashSet;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

use super::{Surroundings, fmt, inline_concepts, tidy};
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::termbase::model::{Concept, LangTag, Review, TermEntry, Termbase};
use crate::termbase::read::{Source, read};
use crate::text::tokens::phrase_key;

/// A concept to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewConcept {
    /// The id; derived from the first term where it is not given.
    pub id: Option<String>,
    /// Subject field.
    pub subject: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// How far it is in the workflow, where it is not approved by hand.
    pub review: Option<Review>,
    /// The terms, by language.
    pub terms: Vec<(LangTag, Vec<String>)>,
}

/// What to do with a concept one of whose terms is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// Refuse it and name the entry that has the term.
    #[default]
    Refuse,
    /// Add it all the same.
    Allow,
}

/// Adds a concept at the end of a glossary, with its id; not a byte of what is there changes.
///
/// `termbase` is what is known, all layers and this text among them: a term of it is not added again, and an id
/// of it is not taken.
///
/// # Errors
/// The entry that has the term or the id, or what is wrong with the new concept.
pub fn add(
    text: &str,
    termbase: &Termbase,
    concept: &NewConcept,
    duplicates: Duplicates,
) -> Result<String, Vec<Finding>> {
    if let Some(id) = concept.id.as_ref().filter(|id| termbase.find(id).is_some()) {
        return Err(vec![exists(termbase.find(id).and_then(|at| termbase.concepts.get(at)), id)]);
    }
    let found = if duplicates == Duplicates::Refuse { existing(termbase, concept) } else { Vec::new() };
    if !found.is_empty() {
        return Err(found);
    }
    let around = Surroundings {
        languages: termbase.settings.languages.clone(),
        taken: termbase.concepts.iter().map(|concept| concept.id.clone()).collect(),
    };
    let block = fmt("the new concept", &block(concept), &around)?;
    append(text, &block)
}

/// Adds those of some concepts that have no term of the termbase, each with its id; tells how many they are.
///
/// # Errors
/// What is wrong with the file or the concepts.
pub fn add_several(
    text: &str,
    termbase: &Termbase,
    concepts: &[NewConcept],
) -> Result<(String, usize), Vec<Finding>> {
    let known: FxHashSet<(Option<Lang>, String)> = termbase
        .terms()
        .map(|(at, term)| (termbase.section(at).tag.lang(), phrase_key(&term.term)))
        .collect();
    let keys = |concept: &NewConcept| -> Vec<(Option<Lang>, String)> {
        let of = |(tag, terms): &(LangTag, Vec<String>)| {
            terms.iter().map(|term| (tag.lang(), phrase_key(term))).collect::<Vec<_>>()
        };
        concept.terms.iter().flat_map(of).collect()
    };
    let new: Vec<&NewConcept> =
        concepts.iter().filter(|concept| !keys(concept).iter().any(|key| known.contains(key))).collect();
    if new.is_empty() {
        return Ok((text.to_owned(), 0));
    }
    let around = Surroundings {
        languages: termbase.settings.languages.clone(),
        taken: termbase.concepts.iter().map(|concept| concept.id.clone()).collect(),
    };
    let blocks: String = new.iter().map(|concept| block(concept) + "\n").collect();
    let blocks = fmt("the new concepts", &blocks, &around)?;
    Ok((append(text, &blocks)?, new.len()))
}

fn append(text: &str, block: &str) -> Result<String, Vec<Finding>> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let separator = match text.trim_start_matches('\u{feff}').trim() {
        "" => "",
        _ if text.ends_with('\n') => line_end,
        _ => &line_end.repeat(2),
    };
    let written = text.to_owned() + separator + &block.replace('\n', line_end);
    match written.trim_start_matches('\u{feff}').parse::<DocumentMut>() {
        Ok(_) => Ok(written),
        Err(_) => Err(unfit(text)),
    }
}

/// Why nothing can be added: errors that were there before, or concepts in an array of inline tables.
fn unfit(text: &str) -> Vec<Finding> {
    let mut findings = read(&[Source::toml("glossary", text)]).findings;
    findings.retain(|finding| finding.rule == "toml-syntax" || finding.rule == "duplicate-key");
    if findings.is_empty() {
        findings.push(inline_concepts());
    }
    findings
}

/// The new concept alone, as TOML.
fn block(concept: &NewConcept) -> String {
    let mut table = Table::new();
    let texts = [
        ("id", &concept.id),
        ("subject", &concept.subject),
        ("note", &concept.note),
        ("source", &concept.source),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            table.insert(key, Item::Value(Value::from(text)));
        }
    }
    if let Some(review) = concept.review {
        table.insert("review", Item::Value(Value::from(review.as_str())));
    }
    table.insert("terms", Item::Table(terms_table(&concept.terms)));
    tidy::concept(&mut table);
    let mut concepts = ArrayOfTables::new();
    concepts.push(table);
    let mut document = DocumentMut::new();
    document.insert("concept", Item::ArrayOfTables(concepts));
    document.to_string()
}

/// `terms.es = …` and the like.
pub(super) fn terms_table(terms: &[(LangTag, Vec<String>)]) -> Table {
    let mut table = Table::new();
    table.set_dotted(true);
    for (tag, terms) in terms {
        let value = match terms.as_slice() {
            [one] => Value::from(one),
            several => Value::Array(several.iter().collect::<Array>()),
        };
        table.insert(tag.as_str(), Item::Value(value));
    }
    table
}

/// Entries that have one of the terms already.
fn existing(termbase: &Termbase, concept: &NewConcept) -> Vec<Finding> {
    let mut wanted = Vec::new();
    for (tag, terms) in &concept.terms {
        wanted.extend(terms.iter().map(|term| (tag.lang(), phrase_key(term))));
    }
    let has = |at, term: &TermEntry| {
        let lang = termbase.section(at).tag.lang();
        wanted.iter().any(|(wanted, key)| *wanted == lang && *key == phrase_key(&term.term))
    };
    let hits = termbase.terms().filter(|(at, term)| has(*at, term));
    hits.filter_map(|(at, term)| Some(has_term(termbase.concepts.get(at.concept as usize)?, term))).collect()
}

fn has_term(concept: &Concept, term: &TermEntry) -> Finding {
    let message = format!("“{}” is in the glossary already, in the concept `{}`", term.term, concept.id);
    let mut finding = Finding::new(Severity::Error, "existing-term", message)
        .help("add to that concept, or force a new one if it is another thing");
    finding.place.clone_from(&term.place);
    finding
}

fn exists(concept: Option<&Concept>, id: &str) -> Finding {
    let mut finding =
        Finding::new(Severity::Error, "duplicate-id", format!("there is a concept `{id}` already"))
            .label("this one")
            .help("give the new concept another id");
    finding.place = concept.and_then(|concept| concept.place.clone());
    finding
}
