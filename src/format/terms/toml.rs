//! glossary.toml, read by [`crate::termbase::read()`] and written concept by concept.

use toml::Value;

use super::fields::{CONCEPT, TERM};
use super::inline;
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::{Finding, Severity};
use crate::format::decode::decode;
use crate::termbase::{self, Concept, LangSection, LangTag, Settings, Source, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "toml",
    about: "glossary.toml",
    extensions: &["toml"],
    read: Some(read),
    write: Some(write),
    holds: Holds::All,
    settings: &["title", "languages"],
    texts: Texts::Any,
};

/// The longest array of terms that stands on one line, in characters.
const LINE: usize = 100;

fn read(input: &Input<'_>) -> Reading {
    let decoded = match decode(input.name, input.bytes) {
        Ok(decoded) => decoded,
        Err(finding) => return Reading::failed(finding),
    };
    let mut read = termbase::read(&[Source::toml(input.name, &decoded.text)]);
    read.findings.extend(decoded.warning);
    read.findings.iter_mut().filter(|finding| is_harmless(finding.rule)).for_each(|finding| {
        finding.severity = Severity::Warning;
    });
    let broken = read.findings.iter().any(|finding| finding.severity == Severity::Error);
    let termbase = (!broken).then_some(read.termbase);
    Reading { termbase, findings: read.findings, text: decoded.text }
}

/// What makes a glossary unfit for work, but can be converted all the same.
fn is_harmless(rule: &str) -> bool {
    matches!(rule, "no-terms" | "missing-reference" | "two-preferred")
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut out = head(&termbase.settings);
    for concept in termbase.concepts.iter() {
        push_concept(&mut out, concept, target);
    }
    Ok(Written { bytes: out.into_bytes(), losses: Vec::new() })
}

/// The table `[glossary]`.
pub(super) fn head(settings: &Settings) -> String {
    let mut out = String::from("[glossary]\n");
    if let Some(title) = &settings.title {
        out += &format!("title = {}\n", inline::string(title));
    }
    let languages: Vec<String> = working_languages(settings).iter().map(|tag| inline::string(tag)).collect();
    out + &format!("languages = [{}]\n", languages.join(", "))
}

/// The working languages, which are Spanish and English (terms may be in any); without one, those that the reader of
/// glossary.toml assumes.
fn working_languages(settings: &Settings) -> Vec<&str> {
    let working = settings.languages.iter().filter(|tag| tag.lang().is_some());
    let tags: Vec<&str> = working.map(LangTag::as_str).collect();
    if tags.is_empty() { vec!["es-MX", "en-US"] } else { tags }
}

/// A concept as a `[[concept]]` table, its keys in the order of the manual, with a blank line before it.
pub(crate) fn push_concept(out: &mut String, concept: &Concept, target: &Target) {
    *out += &format!("\n[[concept]]\nid = {}\n", inline::string(concept.id.as_str()));
    let terms_come_behind = CONCEPT.iter().position(|field| field.key == "url").map_or(0, |at| at + 1);
    for (at, field) in CONCEPT.iter().enumerate() {
        if at == terms_come_behind {
            concept
                .sections
                .iter()
                .filter(|section| target.wants(&section.tag) && !section.terms.is_empty())
                .for_each(|s| push_section(out, s));
        }
        match (field.get)(concept) {
            Some(Value::Table(table)) if field.key == "definition" => {
                for (tag, value) in &table {
                    *out += &format!("definition.{} = {}\n", inline::key(tag), inline::value(value));
                }
            }
            Some(Value::Table(table)) => {
                *out += &format!("\n[concept.{}]\n", field.key);
                for (key, value) in &table {
                    *out += &format!("{} = {}\n", inline::key(key), inline::value(value));
                }
            }
            Some(value) => *out += &format!("{} = {}\n", field.key, inline::value(&value)),
            None => {}
        }
    }
}

fn push_section(out: &mut String, section: &LangSection) {
    let terms: Vec<String> = section.terms.iter().map(term).collect();
    let tag = inline::key(section.tag.as_str());
    let value = match terms.as_slice() {
        [only] if only.starts_with('"') => only.clone(),
        _ if terms.iter().map(|term| term.len() + 2).sum::<usize>() <= LINE => {
            format!("[{}]", terms.join(", "))
        }
        _ => format!("[\n    {},\n]", terms.join(",\n    ")),
    };
    *out += &format!("terms.{tag} = {value}\n");
}

/// A term as a string where nothing more is known of it, else as a table.
fn term(entry: &TermEntry) -> String {
    let stated = TERM
        .iter()
        .filter_map(|field| Some(format!("{} = {}", field.key, inline::value(&(field.get)(entry)?))));
    let stated: Vec<String> = stated.collect();
    let text = inline::string(&entry.term);
    if stated.is_empty() { text } else { format!("{{ term = {text}, {} }}", stated.join(", ")) }
}
