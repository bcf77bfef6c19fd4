//! A rule for Vale, the linter of prose: what is not to be written, with what to write instead.
//!
//! The file is a rule of the kind [substitution](https://vale.sh/docs/checks/substitution); put it into a folder of
//! `StylesPath`, its name ending in `.yml`. Only terms that are forbidden, deprecated or superseded make an entry.

use std::collections::BTreeMap;

use super::loss::{LossKind, Losses};
use super::{Format, Holds, Target, Texts, Written, pairs};
use crate::check::Finding;
use crate::termbase::{Concept, LangSection, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "vale",
    about: "a rule for Vale: terms not to be used, and what to write instead",
    extensions: &["yml"],
    read: None,
    write: Some(write),
    holds: Holds::Keys(&[], &["status", "forbidden", "replace-with"]),
    settings: &[],
    texts: Texts::Any,
};

const HEAD: &str =
    "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nlevel: error\nignorecase: true\nswap:\n";

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut swaps: BTreeMap<String, String> = BTreeMap::new();
    for concept in termbase.concepts.iter() {
        for section in concept.sections.iter().filter(|section| target.wants(&section.tag)) {
            swap(concept, section, &mut swaps, &mut losses);
        }
    }
    if swaps.is_empty() {
        return Ok(Written { bytes: Vec::new(), losses: losses.finish() });
    }
    let lines = swaps.iter().map(|(bad, good)| format!("  {}: {}\n", quoted(&literal(bad)), quoted(good)));
    let bytes = (HEAD.to_owned() + &lines.collect::<String>()).into_bytes();
    Ok(Written { bytes, losses: losses.finish() })
}

fn swap(concept: &Concept, section: &LangSection, swaps: &mut BTreeMap<String, String>, losses: &mut Losses) {
    let usable: Vec<&TermEntry> = section.terms.iter().filter(|entry| entry.is_usable()).collect();
    for entry in &section.terms {
        if entry.is_usable() {
            losses.add(
                LossKind::Dropped,
                "terms",
                "a rule for Vale has only what is not to be used",
                concept,
            );
            continue;
        }
        let stated = entry.replace_with.as_deref();
        match stated.or_else(|| pairs::best(&usable).map(|best| best.term.as_str())) {
            Some(good) => _ = swaps.entry(entry.term.clone()).or_insert_with(|| good.to_owned()),
            None => {
                losses.add(LossKind::Dropped, "terms", "there is no other term to be used for it", concept);
            }
        }
    }
}

/// A regular expression for the very text.
fn literal(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A string of YAML in double quotes, which JSON strings are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
