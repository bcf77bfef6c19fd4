//! Word lists of translation programs: OmegaT, DeepL, Google, Amazon, Xbench, Weblate.
//!
//! Each is a table with rules and limits of its own, which are kept before a byte is written:
//!
//! * **OmegaT**: source, target and comment between tabs; no quotes, no escapes, a line is an entry; `#` begins a
//!   comment (GlossaryReaderTSV).
//! * **DeepL**: source and target between tabs, no headings; a phrase has at most 1024 bytes, no control characters,
//!   no white space around it, and is the source of one entry; 10 MiB in all.
//! * **Google**: equivalent term sets, one term for a language under the language's code, with `pos` and `description`;
//!   or a unidirectional glossary, source and target between tabs without headings.
//! * **Microsoft**: source and target between tabs without headings, as Azure Document Translation takes it.
//! * **Amazon Translate**: one term for a language; 200 bytes a term, ten target languages, a source text once; 10 MB.
//! * **Xbench**: source, target and note between tabs.
//! * **Weblate**: the columns of its CSV, of which `id` has the concept's id.

use std::collections::{HashMap, HashSet};

use super::csv::{self, Quotes, lines};
use super::log::Log;
use super::loss::{LossKind, Losses};
use super::model::{languages_of, section};
use super::pairs::{self, Pair, Pairing, best, limit};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::{Finding, Severity};
use crate::termbase::{Concept, LangTag, Review, Termbase};

/// A glossary of OmegaT.
pub(super) const OMEGAT: Format = Format {
    name: "omegat",
    about: "OmegaT glossary: source, target, comment between tabs",
    extensions: &["tab", "utf8", "txt"],
    read: Some(read_omegat),
    write: Some(write_omegat),
    holds: Holds::Pairs(&["note"], &[]),
    texts: Texts::Line,
};

/// The same with commas.
pub(super) const OMEGAT_CSV: Format = Format {
    name: "omegat-csv",
    about: "OmegaT glossary with commas: source, target, comment",
    extensions: &[],
    read: Some(read_omegat_csv),
    write: Some(write_omegat_csv),
    holds: Holds::Pairs(&["note"], &[]),
    texts: Texts::Line,
};

/// A glossary of DeepL.
pub(super) const DEEPL: Format = Format {
    name: "deepl",
    about: "DeepL glossary: source and target between tabs, limits kept",
    extensions: &[],
    read: Some(read_pairs),
    write: Some(|termbase, target| {
        write_pairs(
            termbase,
            target,
            &Tabbed { name: "a DeepL glossary", refuses: deepl_refuses, most: DEEPL_FILE },
        )
    }),
    holds: Holds::Pairs(&[], &[]),
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
    texts: Texts::Lines,
};

/// A unidirectional glossary of Google Cloud Translation.
pub(super) const GOOGLE_PAIRS: Format = Format {
    name: "google-pairs",
    about: "Google Cloud Translation: unidirectional glossary, source and target between tabs",
    extensions: &[],
    read: Some(read_pairs),
    write: Some(|termbase, target| {
        write_pairs(termbase, target, &Tabbed::of("a unidirectional glossary of Google"))
    }),
    holds: Holds::Pairs(&[], &[]),
    texts: Texts::Line,
};

/// A glossary of Azure Document Translation.
pub(super) const MICROSOFT: Format = Format {
    name: "microsoft",
    about: "Microsoft Azure Document Translation glossary: source and target between tabs",
    extensions: &[],
    read: Some(read_pairs),
    write: Some(|termbase, target| {
        write_pairs(termbase, target, &Tabbed::of("a glossary of Azure Document Translation"))
    }),
    holds: Holds::Pairs(&[], &[]),
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
    texts: Texts::Lines,
};

/// Key terms of Xbench.
pub(super) const XBENCH: Format = Format {
    name: "xbench",
    about: "Xbench key terms: source, target, note between tabs",
    extensions: &[],
    read: Some(read_omegat),
    write: Some(write_xbench),
    holds: Holds::Pairs(&["note"], &[]),
    texts: Texts::Line,
};

/// The CSV of Weblate and Translate Toolkit.
pub(super) const WEBLATE: Format = Format {
    name: "weblate",
    about: "Weblate CSV",
    extensions: &[],
    read: Some(read_list),
    write: Some(write_weblate),
    holds: Holds::Pairs(&["id", "note", "review"], &[]),
    texts: Texts::Lines,
};

/// The most that DeepL takes, in bytes: of a file, and of a phrase.
const DEEPL_FILE: usize = 10 << 20;
const DEEPL_PHRASE: usize = 1024;
/// The most that Amazon takes, in bytes of a file and of a term, and in target languages.
const AMAZON_FILE: usize = 10 << 20;
const AMAZON_TERM: usize = 200;
const AMAZON_TARGETS: usize = 10;
/// The codes with a region that Amazon Translate and Google's Translation know; of other languages they take the code
/// without one. From the lists of languages in their documentation.
const AMAZON_REGIONS: &[&str] = &["es-MX", "fa-AF", "fr-CA", "pt-PT", "zh-TW"];
const GOOGLE_REGIONS: &[&str] = &["fr-CA", "fr-FR", "pt-BR", "pt-PT", "zh-CN", "zh-TW"];

fn read_list(input: &Input<'_>) -> Reading {
    csv::read_as(input, Quotes::Obeyed)
}

/// Reads source and target between tabs, where quotes are text, or between commas.
fn read_pairs(input: &Input<'_>) -> Reading {
    csv::read_as(input, Quotes::Ordinary)
}

/// Reads lines of source, target and comment between commas, quotes as CSV has them.
fn read_omegat_csv(input: &Input<'_>) -> Reading {
    read_lines(input, b',', Quotes::Obeyed)
}

fn read_omegat(input: &Input<'_>) -> Reading {
    read_lines(input, b'\t', Quotes::Ordinary)
}

/// Reads lines of source, target and comment; `#` begins a remark.
fn read_lines(input: &Input<'_>, separator: u8, quotes: Quotes) -> Reading {
    let mut log = Log::new(input.name);
    let mut text = match csv::text(input, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    text.separator = separator;
    let rows = csv::grid(&text, quotes).rows;
    let mut builder = super::model::Builder::default();
    let sides = pairs::assumed(input, rows.iter().filter_map(pairs::of_row), &mut log);
    for row in rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty())) {
        let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
        if cell(0).starts_with('#') {
            continue;
        }
        if cell(0).is_empty() || row.cells.len() < 2 {
            log.skipped(
                "a line without source and target",
                row.at.clone(),
                "a line without source and target is left out",
            );
            continue;
        }
        if row.cells.iter().skip(3).any(|cell| !cell.is_empty()) {
            let message = "what stands behind source, target and comment is not read";
            log.skipped("a line with more than three parts", row.at.clone(), message);
        }
        let mut concept =
            Concept { note: Some(cell(2).to_owned()).filter(|note| !note.is_empty()), ..Concept::default() };
        for (tag, text) in sides.iter().zip([cell(0), cell(1)]).filter(|(_, text)| !text.is_empty()) {
            if let Some(entry) = super::model::term(text, row.at.clone(), &mut log) {
                section(&mut concept, tag).terms.push(entry);
            }
        }
        builder.push(concept, row.at, &mut log);
    }
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text: text.text }
}

fn write_omegat(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    tabbed(termbase, target, "# -*- coding: utf-8 -*-\n")
}

fn write_omegat_csv(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut rows = Vec::new();
    for Pair { concept, source, target } in pairs::pairs(termbase, &languages, Pairing::Product, &mut losses)?
    {
        let mut row = vec![source.term.clone(), target.term.clone()];
        if row[0].starts_with('#') {
            losses.add(LossKind::Dropped, "terms", "a line that begins with # is a remark", concept);
            continue;
        }
        row.extend(concept.note.clone());
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(pairs::nothing("a glossary of OmegaT"));
    }
    Ok(Written { bytes: lines(rows.into_iter(), b',', target), losses: losses.finish() })
}

fn write_xbench(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    tabbed(termbase, target, "")
}

fn tabbed(termbase: &Termbase, target: &Target, heading: &str) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut out = heading.to_owned();
    for Pair { concept, source, target } in pairs::pairs(termbase, &languages, Pairing::Product, &mut losses)?
    {
        if source.term.starts_with('#') {
            losses.add(LossKind::Dropped, "terms", "a line that begins with # is a remark", concept);
            continue;
        }
        let note = concept.note.as_deref().map_or_else(String::new, |note| format!("\t{note}"));
        out += &format!("{}\t{}{note}\n", source.term, target.term);
    }
    if out == heading {
        return Err(pairs::nothing("a list of lines"));
    }
    Ok(Written { bytes: out.into_bytes(), losses: losses.finish() })
}

/// The sources written so far, where the target takes each once.
struct Sources<'c> {
    target: &'c str,
    help: &'c str,
    concepts: HashMap<String, &'c Concept>,
}

impl<'c> Sources<'c> {
    fn of(target: &'c str, help: &'c str) -> Self {
        Sources { target, help, concepts: HashMap::new() }
    }

    /// Adds a source; the finding where another entry has it.
    fn add(&mut self, source: &str, concept: &'c Concept) -> Option<Finding> {
        let other = self.concepts.insert(source.to_owned(), concept)?;
        let what = format!("“{source}” is the source of another entry, `{}`", other.id);
        Some(limit(self.target, concept, &what, self.help))
    }
}

/// What a program wants of source and target between tabs, a source once; there are no quotes to put a tab into.
struct Tabbed {
    /// The program's list, for messages.
    name: &'static str,
    /// What is wrong with a phrase, if it takes not all.
    refuses: fn(&str) -> Option<String>,
    /// The most bytes of a file.
    most: usize,
}

impl Tabbed {
    /// A list that any phrases may stand in, as many as one likes.
    const fn of(name: &'static str) -> Self {
        Tabbed { name, refuses: |_| None, most: usize::MAX }
    }
}

fn write_pairs(termbase: &Termbase, target: &Target, list: &Tabbed) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut broken = Vec::new();
    let mut sources = Sources::of(list.name, "a source stands once: take one of the two out");
    let mut out = String::new();
    for Pair { concept, source, target } in
        pairs::pairs(termbase, &languages, Pairing::UsableTarget, &mut losses)?
    {
        let refused = [source, target].into_iter().filter_map(|entry| (list.refuses)(&entry.term));
        broken.extend(refused.map(|what| limit(list.name, concept, &what, "shorten or correct the term")));
        broken.extend(sources.add(&source.term, concept));
        out += &format!("{}\t{}\n", source.term, target.term);
    }
    if out.len() > list.most {
        broken.push(too_large(list.name, out.len(), list.most));
    }
    if broken.is_empty() {
        Ok(Written { bytes: out.into_bytes(), losses: losses.finish() })
    } else {
        Err(broken)
    }
}

/// What is wrong with a phrase for DeepL.
fn deepl_refuses(phrase: &str) -> Option<String> {
    let what = if phrase.len() > DEEPL_PHRASE {
        format!(
            "“{}…” has {} bytes, {DEEPL_PHRASE} are allowed",
            phrase.chars().take(30).collect::<String>(),
            phrase.len()
        )
    } else if phrase.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')) {
        format!("{} has a control character", super::inline::string(phrase))
    } else if phrase.trim() != phrase || phrase.is_empty() {
        format!("“{phrase}” has white space around it")
    } else {
        return None;
    };
    Some(what)
}

fn too_large(program: &str, size: usize, most: usize) -> Finding {
    let message = format!("the file would have {size} bytes; {program} takes {most}");
    Finding::new(Severity::Error, "export-limit", message).help("divide the termbase, by subject for example")
}

fn write_google(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let languages = with_codes(wanted(termbase, target), GOOGLE_REGIONS, "Google")?;
    let mut sets = Vec::new();
    for concept in termbase.concepts.iter().filter(|concept| has_terms(concept, target)) {
        let set = one_term_each(concept, &languages, &mut losses);
        if set.iter().filter(|term| !term.is_empty()).count() < 2 {
            let reason = "a set has terms to be used in two languages";
            losses.add(LossKind::Dropped, "concept", reason, concept);
        } else {
            sets.push((concept, set));
        }
    }
    if sets.is_empty() {
        return Err(pairs::nothing("a glossary of Google"));
    }
    let pos = sets.iter().any(|(concept, _)| shared_pos(concept).is_some());
    let note = sets.iter().any(|(concept, _)| concept.note.is_some());
    let mut heading: Vec<String> = languages.iter().map(|column| column.heading.clone()).collect();
    heading.extend(pos.then(|| "pos".to_owned()));
    heading.extend(note.then(|| "description".to_owned()));
    let rows = sets.into_iter().map(|(concept, mut row)| {
        if pos {
            row.push(shared_pos(concept).map_or("", crate::termbase::PartOfSpeech::as_str).to_owned());
        }
        if note {
            row.push(concept.note.clone().unwrap_or_default());
        }
        row
    });
    let bytes = lines(std::iter::once(heading).chain(rows), b',', target);
    Ok(Written { bytes, losses: losses.finish() })
}

/// The part of speech that all terms of a concept have which have one.
fn shared_pos(concept: &Concept) -> Option<crate::termbase::PartOfSpeech> {
    let mut all = concept.sections.iter().flat_map(|section| &section.terms).filter_map(|entry| entry.pos);
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
    let mut sources = Sources::of("Amazon Translate", "a source term stands once: take one of the two out");
    let mut rows = vec![languages.iter().map(|column| column.heading.clone()).collect::<Vec<_>>()];
    for concept in termbase.concepts.iter().filter(|concept| has_terms(concept, target)) {
        let row = one_term_each(concept, &languages, &mut losses);
        for term in row.iter().filter(|term| term.len() > AMAZON_TERM) {
            let what = format!("“{term}” has {} bytes, {AMAZON_TERM} are allowed", term.len());
            broken.push(limit("Amazon Translate", concept, &what, "shorten the term or leave the entry out"));
        }
        let translated = row.iter().skip(1).any(|term| !term.is_empty());
        let Some(source) = row.first().filter(|source| !source.is_empty() && translated) else {
            losses.add(
                LossKind::Dropped,
                "concept",
                "it has no term in the source language, or in no other",
                concept,
            );
            continue;
        };
        broken.extend(sources.add(source, concept));
        rows.push(row);
    }
    if rows.len() < 2 {
        let message = format!(
            "no entry has a term in {} and a translation",
            languages.first().map_or("", |column| &column.heading)
        );
        broken.push(
            Finding::new(Severity::Error, "export-limit", message).help("name the languages: --langs es,en"),
        );
    }
    let bytes = lines(rows.into_iter(), b',', target);
    if bytes.len() > AMAZON_FILE {
        broken.push(too_large("Amazon Translate", bytes.len(), AMAZON_FILE));
    }
    if broken.is_empty() { Ok(Written { bytes, losses: losses.finish() }) } else { Err(broken) }
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

fn has_terms(concept: &Concept, target: &Target) -> bool {
    concept.sections.iter().any(|section| target.wants(&section.tag) && !section.terms.is_empty())
}

/// The best term of each column.
fn one_term_each(concept: &Concept, columns: &[OneTerm], losses: &mut Losses) -> Vec<String> {
    let mut row = Vec::new();
    for column in columns {
        let sections = || concept.sections.iter().filter(|section| column.tags.contains(&section.tag));
        let terms = pairs::usable(sections().flat_map(|section| &section.terms).collect(), concept, losses);
        for _ in 1..terms.len() {
            losses.add(LossKind::Dropped, "terms", "one term for a language", concept);
        }
        if sections().any(|section| section.tag.0 != column.heading) {
            losses.add(LossKind::Changed, "languages", "the target has a code without the region", concept);
        }
        row.push(best(&terms).map_or_else(String::new, |entry| entry.term.clone()));
    }
    row
}

fn write_weblate(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let heading = [
        "location",
        "source",
        "target",
        "id",
        "fuzzy",
        "context",
        "translator_comments",
        "developer_comments",
    ];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for Pair { concept, source, target } in pairs::pairs(termbase, &languages, Pairing::Product, &mut losses)?
    {
        let fuzzy = if concept.review == Some(Review::Proposed) { "True" } else { "False" };
        let note = concept.note.clone().unwrap_or_default();
        let cells = ["", &source.term, &target.term, concept.id.as_str(), fuzzy, "", "", &note];
        rows.push(cells.map(str::to_owned).to_vec());
    }
    Ok(Written { bytes: lines(rows.into_iter(), b',', target), losses: losses.finish() })
}
