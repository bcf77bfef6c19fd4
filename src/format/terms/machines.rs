//! Glossaries of machine translation: DeepL, Google, Microsoft, Amazon.
//!
//! Each is a table of source and translation, or of one term for a language, with [limits](Limits) of its own, which are
//! kept before a byte is written:
//!
//! * **DeepL**: source and target between tabs, no headings; a phrase has at most 1024 bytes, no control characters,
//!   no white space around it, and is the source of one entry; 10 MiB in all.
//! * **Google**: equivalent term sets, one term for a language under the language's code, with `pos` and `description`;
//!   or a unidirectional glossary, source and target between tabs without headings. A term has fewer than 1024 bytes, a
//!   file at most 10,485,760 bytes and ten million characters.
//! * **Microsoft**: source and target between tabs without headings, as Azure Document Translation takes it; 10 MB.
//! * **Amazon Translate**: one term for a language; 200 bytes a term, ten target languages, a source text once; 10 MB.

use std::collections::{HashMap, HashSet};

use super::csv::{self, Form, Quotes};
use super::loss::{LossKind, Losses};
use super::model::languages_of;
use super::pairs::{self, Pair, Pairing, best, limit};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::{Finding, Severity};
use crate::termbase::{Concept, LangSection, LangTag, PartOfSpeech, TermEntry, Termbase};

/// A glossary of DeepL.
pub(super) const DEEPL: Format = Format {
    name: "deepl",
    about: "DeepL glossary: source and target between tabs, limits kept",
    extensions: &[],
    read: Some(read_pairs),
    write: Some(|termbase, target| write_pairs(termbase, target, &DEEPL_LIMITS)),
    holds: Holds::Pairs(&[], &[]),
    settings: &[],
    texts: Texts::Any,
};

/// Equivalent term sets of Google Cloud Translation.
pub(super) const GOOGLE: Format = Format {
    name: "google",
    about: "Google Cloud Translation: equivalent term sets, one term for a language",
    extensions: &[],
    read: Some(read_list),
    write: Some(write_google),
    holds: Holds::One(&["note"], &["pos"]),
    settings: &[],
    texts: Texts::Lines,
};

/// A unidirectional glossary of Google Cloud Translation.
pub(super) const GOOGLE_PAIRS: Format = Format {
    name: "google-pairs",
    about: "Google Cloud Translation: unidirectional glossary, source and target between tabs",
    extensions: &[],
    read: Some(read_pairs),
    write: Some(|termbase, target| write_pairs(termbase, target, &GOOGLE_LIMITS)),
    holds: Holds::Pairs(&[], &[]),
    settings: &[],
    texts: Texts::Line,
};

/// A glossary of Azure Document Translation.
pub(super) const MICROSOFT: Format = Format {
    name: "microsoft",
    about: "Microsoft Azure Document Translation glossary: source and target between tabs",
    extensions: &[],
    read: Some(read_pairs),
    write: Some(|termbase, target| write_pairs(termbase, target, &MICROSOFT_LIMITS)),
    holds: Holds::Pairs(&[], &[]),
    settings: &[],
    texts: Texts::Line,
};

/// Custom terminology of Amazon Translate.
pub(super) const AMAZON: Format = Format {
    name: "amazon",
    about: "Amazon Translate custom terminology, limits kept",
    extensions: &[],
    read: Some(read_list),
    write: Some(write_amazon),
    holds: Holds::One(&[], &[]),
    settings: &[],
    texts: Texts::Lines,
};

/// What a program takes.
struct Limits {
    /// Its list, for messages.
    name: &'static str,
    /// The most bytes of a term.
    term: usize,
    /// The most bytes of a file, and the most characters.
    file: usize,
    characters: usize,
    /// What else is wrong with a term.
    refuses: fn(&str) -> Option<String>,
}

/// From the documentation of each, as of November 2026.
const DEEPL_LIMITS: Limits = Limits {
    name: "a DeepL glossary",
    term: 1024,
    file: 10 << 20,
    characters: usize::MAX,
    refuses: deepl_refuses,
};
const GOOGLE_LIMITS: Limits = Limits {
    name: "a glossary of Google",
    term: 1023,
    file: 10_485_760,
    characters: 10_000_000,
    refuses: |_| None,
};
const MICROSOFT_LIMITS: Limits = Limits {
    name: "a glossary of Azure Document Translation",
    term: usize::MAX,
    file: 10 << 20,
    characters: usize::MAX,
    refuses: |_| None,
};
const AMAZON_LIMITS: Limits =
    Limits { name: "Amazon Translate", term: 200, file: 10 << 20, characters: usize::MAX, refuses: |_| None };
/// The most target languages of Amazon.
const AMAZON_TARGETS: usize = 10;
/// The codes with a region that Amazon Translate and Google's Translation know; of other languages they take the code
/// without one. From the lists of languages in their documentation.
const AMAZON_REGIONS: &[&str] = &["es-MX", "fa-AF", "fr-CA", "pt-PT", "zh-TW"];
const GOOGLE_REGIONS: &[&str] = &["fr-CA", "fr-FR", "pt-BR", "pt-PT", "zh-CN", "zh-TW"];

/// How much of a term that is too long is shown, in characters.
const SHOWN: usize = 30;

impl Limits {
    /// What is wrong with the terms of an entry.
    fn broken_by(&self, concept: &Concept, terms: &[&TermEntry]) -> Vec<Finding> {
        let wrong = |entry: &&TermEntry| {
            let term = entry.term.as_str();
            if term.len() > self.term {
                let start: String = term.chars().take(SHOWN).collect();
                return Some(format!("“{start}…” has {} bytes, {} are allowed", term.len(), self.term));
            }
            (self.refuses)(term)
        };
        let told = |what: String| limit(self.name, concept, &what, "shorten or correct the term");
        terms.iter().filter_map(wrong).map(told).collect()
    }

    /// The finding for a file that is too large.
    fn too_large(&self, bytes: &[u8]) -> Option<Finding> {
        let characters = bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count();
        let (size, most, unit) = match bytes.len() > self.file {
            true => (bytes.len(), self.file, "bytes"),
            false => (characters, self.characters, "characters"),
        };
        let message = format!("the file would have {size} {unit}; {} takes {most}", self.name);
        (size > most).then(|| {
            Finding::new(Severity::Error, "export-limit", message)
                .help("divide the termbase, by subject for example")
        })
    }

    /// The file, if nothing is wrong with it.
    fn kept(
        &self,
        bytes: Vec<u8>,
        losses: Losses,
        mut broken: Vec<Finding>,
    ) -> Result<Written, Vec<Finding>> {
        broken.extend(self.too_large(&bytes));
        if broken.is_empty() { Ok(Written { bytes, losses: losses.finish() }) } else { Err(broken) }
    }
}

/// What is wrong with a phrase for DeepL, but its length.
fn deepl_refuses(phrase: &str) -> Option<String> {
    if phrase.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')) {
        Some(format!("{} has a control character", super::inline::string(phrase)))
    } else if phrase.trim() != phrase || phrase.is_empty() {
        Some(format!("“{phrase}” has white space around it"))
    } else {
        None
    }
}

fn read_list(input: &Input<'_>) -> Reading {
    csv::read_as(input, Quotes::Obeyed)
}

/// Reads source and target between tabs, where quotes are text, or between commas.
fn read_pairs(input: &Input<'_>) -> Reading {
    csv::read_as(input, Quotes::Ordinary)
}

/// The sources written so far, where the target takes each once.
struct Sources<'c> {
    target: &'c str,
    concepts: HashMap<String, &'c Concept>,
}

impl<'c> Sources<'c> {
    fn of(target: &'c str) -> Self {
        Sources { target, concepts: HashMap::new() }
    }

    /// Adds a source; the finding where another entry has it.
    fn add(&mut self, source: &str, concept: &'c Concept) -> Option<Finding> {
        let other = self.concepts.insert(source.to_owned(), concept)?;
        let what = format!("“{source}” is the source of another entry, `{}`", other.id);
        Some(limit(self.target, concept, &what, "a source stands once: take one of the two out"))
    }
}

/// Source and target between tabs, a source once; there are no quotes to put a tab into.
fn write_pairs(termbase: &Termbase, target: &Target, limits: &Limits) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut broken = Vec::new();
    let mut sources = Sources::of(limits.name);
    let mut out = String::new();
    for Pair { concept, source, target } in
        pairs::pairs(termbase, &languages, Pairing::UsableTarget, &mut losses)
    {
        broken.extend(limits.broken_by(concept, &[source, target]));
        broken.extend(sources.add(&source.term, concept));
        out += &format!("{}\t{}\n", source.term, target.term);
    }
    limits.kept(out.into_bytes(), losses, broken)
}

fn write_google(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut broken = Vec::new();
    let languages = with_codes(wanted(termbase, target), GOOGLE_REGIONS, "Google")?;
    let mut sets: Vec<(&Concept, Set<'_>)> = Vec::new();
    for concept in termbase.concepts.iter() {
        let set = one_term_each(concept, &languages, &mut losses);
        let terms: Vec<&TermEntry> = set.iter().flatten().copied().collect();
        if terms.len() < 2 {
            let reason = "a set has terms to be used in two languages";
            losses.add(LossKind::Dropped, "concept", reason, concept);
        } else {
            broken.extend(GOOGLE_LIMITS.broken_by(concept, &terms));
            sets.push((concept, set));
        }
    }
    let keys: Vec<[String; 2]> =
        sets.iter().map(|(concept, set)| google_keys(concept, set, &mut losses)).collect();
    let used = [0, 1].map(|at| keys.iter().any(|keys| !keys[at].is_empty()));
    let columns = [("pos", "terms.pos"), ("description", "note")].into_iter().zip(used);
    let columns: Vec<(&str, &str)> = columns.filter_map(|(column, used)| used.then_some(column)).collect();
    let form = Form {
        headings: headings(&languages).chain(columns.iter().map(|(name, _)| (*name).to_owned())).collect(),
        fields: term_fields(&languages).chain(columns.iter().map(|(_, field)| (*field).to_owned())).collect(),
        separator: b',',
    };
    let rows = sets.iter().zip(keys).map(|((concept, set), keys)| {
        let keys = keys.into_iter().zip(used).filter_map(|(key, used)| used.then_some(key));
        (*concept, texts(set).chain(keys).collect())
    });
    let bytes = form.lines(rows, target, &mut losses);
    let bytes = if sets.is_empty() { Vec::new() } else { bytes };
    GOOGLE_LIMITS.kept(bytes, losses, broken)
}

/// The part of speech of a set, and its description.
fn google_keys(concept: &Concept, set: &Set<'_>, losses: &mut Losses) -> [String; 2] {
    let pos = shared_pos(set);
    for entry in set.iter().flatten() {
        match (pos, entry.pos) {
            (None, Some(_)) => {
                let reason = "a set has one for all its terms, and these have several";
                losses.add(LossKind::Dropped, "terms.pos", reason, concept);
            }
            (Some(_), None) => {
                losses.add(LossKind::Changed, "terms.pos", "a set has one for all its terms", concept);
            }
            _ => {}
        }
    }
    [pos.map_or("", PartOfSpeech::as_str).to_owned(), concept.note.clone().unwrap_or_default()]
}

/// The part of speech of all terms of a set that have one.
fn shared_pos(set: &Set<'_>) -> Option<PartOfSpeech> {
    let mut all = set.iter().flatten().filter_map(|entry| entry.pos);
    let first = all.next()?;
    all.all(|pos| pos == first).then_some(first)
}

fn write_amazon(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let mut broken = Vec::new();
    let languages = with_codes(wanted(termbase, target), AMAZON_REGIONS, "Amazon Translate")?;
    if languages.len() > AMAZON_TARGETS + 1 {
        let message = format!(
            "{} languages; Amazon Translate takes a source and {AMAZON_TARGETS} targets",
            languages.len()
        );
        broken.push(Finding::new(Severity::Error, "export-limit", message).help("name them: --langs es,en"));
    }
    let mut sources = Sources::of(AMAZON_LIMITS.name);
    let mut sets: Vec<(&Concept, Set<'_>)> = Vec::new();
    for concept in termbase.concepts.iter() {
        let set = one_term_each(concept, &languages, &mut losses);
        let terms: Vec<&TermEntry> = set.iter().flatten().copied().collect();
        let Some(source) = set.first().copied().flatten().filter(|_| terms.len() > 1) else {
            let reason = "it has no term to be used in the source language, or in no other";
            losses.add(LossKind::Dropped, "concept", reason, concept);
            continue;
        };
        broken.extend(AMAZON_LIMITS.broken_by(concept, &terms));
        broken.extend(sources.add(&source.term, concept));
        sets.push((concept, set));
    }
    let form = Form {
        headings: headings(&languages).collect(),
        fields: term_fields(&languages).collect(),
        separator: b',',
    };
    let rows = sets.iter().map(|(concept, set)| (*concept, texts(set).collect()));
    let bytes = form.lines(rows, target, &mut losses);
    let bytes = if sets.is_empty() { Vec::new() } else { bytes };
    AMAZON_LIMITS.kept(bytes, losses, broken)
}

/// The terms of a concept, one for each column.
type Set<'c> = Vec<Option<&'c TermEntry>>;

fn headings(columns: &[OneTerm]) -> impl Iterator<Item = String> {
    columns.iter().map(|column| column.heading.clone())
}

fn term_fields(columns: &[OneTerm]) -> impl Iterator<Item = String> {
    columns.iter().map(|_| "terms".to_owned())
}

fn texts(set: &Set<'_>) -> impl Iterator<Item = String> {
    set.iter().map(|entry| entry.map_or_else(String::new, |entry| entry.term.clone()))
}

/// A column of a format with one term for a language: its heading, and the tags whose terms it has.
struct OneTerm {
    heading: String,
    tags: Vec<LangTag>,
}

/// The columns: as stated, else all languages, Spanish and English first. Regions of a language share a column unless an
/// entry has two of them.
fn wanted(termbase: &Termbase, target: &Target) -> Vec<OneTerm> {
    let mut languages = languages_of(termbase.concepts.iter());
    languages.retain(|tag| target.wants(tag));
    let rank = |tag: &LangTag| match target.languages.as_slice() {
        [] => ["es", "en"].iter().position(|code| *code == tags::primary(tag)).unwrap_or(2),
        stated => stated.iter().position(|one| one == tag || one.as_str() == tags::primary(tag)).unwrap_or(0),
    };
    languages.sort_by_key(rank);
    let mut columns: Vec<OneTerm> = Vec::new();
    for tag in languages {
        let code = tags::primary(&tag);
        let apart = termbase.concepts.iter().any(|concept| {
            concept.sections.iter().filter(|section| tags::primary(&section.tag) == code).count() > 1
        });
        match columns
            .iter_mut()
            .find(|column| !apart && column.tags.iter().any(|one| tags::primary(one) == code))
        {
            Some(column) => {
                column.heading = code.to_owned();
                column.tags.push(tag);
            }
            None => columns.push(OneTerm { heading: tag.0.clone(), tags: vec![tag] }),
        }
    }
    columns
}

/// The columns under codes that the target knows: those with regions that are given, else the language's own.
fn with_codes(
    mut columns: Vec<OneTerm>,
    regions: &[&str],
    program: &str,
) -> Result<Vec<OneTerm>, Vec<Finding>> {
    for column in columns.iter_mut().filter(|column| !regions.contains(&column.heading.as_str())) {
        column.heading = tags::primary(&LangTag(column.heading.clone())).to_owned();
    }
    let mut seen = HashSet::new();
    let Some(twice) = columns.iter().find(|column| !seen.insert(&column.heading)) else { return Ok(columns) };
    let message = format!(
        "{program} has one code for the regions of a language: two columns would be `{}`",
        twice.heading
    );
    let help = "name one of the regions: --langs es-MX,en-US";
    Err(vec![Finding::new(Severity::Error, "export-limit", message).help(help)])
}

/// The best term of each column.
fn one_term_each<'c>(concept: &'c Concept, columns: &[OneTerm], losses: &mut Losses) -> Set<'c> {
    let mut row = Vec::new();
    for column in columns {
        let sections = || concept.sections.iter().filter(|section| column.tags.contains(&section.tag));
        let terms = pairs::usable(sections().flat_map(|section| &section.terms).collect(), concept, losses);
        for _ in 1..terms.len() {
            losses.add(LossKind::Dropped, "terms", "one term for a language", concept);
        }
        let is_told = |section: &LangSection| !section.terms.is_empty() && section.tag.0 != column.heading;
        if !terms.is_empty() && sections().any(is_told) {
            losses.add(LossKind::Changed, "languages", "the target has a code without the region", concept);
        }
        row.push(best(&terms));
    }
    row
}
