//! Word lists of translation programs: OmegaT, Xbench, Weblate.
//!
//! * **OmegaT**: source, target and comment between tabs; no quotes, no escapes, a line is an entry; `#` begins a
//!   comment (GlossaryReaderTSV).
//! * **Xbench**: source, target and note between tabs.
//! * **Weblate**: the columns of its CSV, of which `id` has the concept's id.

use super::csv::{self, Form, Quotes};
use super::log::Log;
use super::loss::Losses;
use super::model::section;
use super::pairs::{self, Pair, Pairing};
use super::sheet::Grid;
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::Finding;
use crate::termbase::{Concept, Review, Termbase};

/// A glossary of OmegaT.
pub(super) const OMEGAT: Format = Format {
    name: "omegat",
    about: "OmegaT glossary: source, target, comment between tabs",
    extensions: &["tab", "utf8", "txt"],
    read: Some(read_omegat),
    write: Some(write_omegat),
    holds: Holds::Pairs(&["note"], &[]),
    settings: &[],
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
    settings: &[],
    texts: Texts::Line,
};

/// Key terms of Xbench.
pub(super) const XBENCH: Format = Format {
    name: "xbench",
    about: "Xbench key terms: source, target, note between tabs",
    extensions: &[],
    read: Some(read_omegat),
    write: Some(write_xbench),
    holds: Holds::Pairs(&["note"], &[]),
    settings: &[],
    texts: Texts::Line,
};

/// The CSV of Weblate and Translate Toolkit.
pub(super) const WEBLATE: Format = Format {
    name: "weblate",
    about: "Weblate CSV",
    extensions: &[],
    read: csv::CSV.read,
    write: Some(write_weblate),
    holds: Holds::Pairs(&["id", "note", "review"], &[]),
    settings: &[],
    texts: Texts::Lines,
};

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
    let Grid { rows } = csv::grid(&text, quotes);
    let mut builder = super::model::Builder::default();
    let sides = pairs::languages_of(input);
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
    let mut losses = Losses::default();
    let fields = ["terms", "terms", "note"].map(str::to_owned).to_vec();
    let form = Form { headings: Vec::new(), fields, separator: b',' };
    let rows = rows(termbase, target, &mut losses)?;
    let bytes = form.lines(rows.into_iter(), target, &mut losses);
    Ok(Written { bytes, losses: losses.finish() })
}

fn write_xbench(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    tabbed(termbase, target, "")
}

fn tabbed(termbase: &Termbase, target: &Target, heading: &str) -> Result<Written, Vec<Finding>> {
    let mut losses = Losses::default();
    let rows = rows(termbase, target, &mut losses)?;
    let lines: String = rows.iter().map(|(_, row)| row.join("\t") + "\n").collect();
    let bytes = if lines.is_empty() { Vec::new() } else { [heading, &lines].concat().into_bytes() };
    Ok(Written { bytes, losses: losses.finish() })
}

/// Source, target and, where there is one, the note.
fn rows<'t>(
    termbase: &'t Termbase,
    target: &Target,
    losses: &mut Losses,
) -> Result<Vec<(&'t Concept, Vec<String>)>, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let all = pairs::pairs(termbase, &languages, Pairing::Product, losses);
    let row = |Pair { concept, source, target }: Pair<'t>| {
        let terms = [source, target].map(|entry| entry.term.clone()).into_iter();
        (concept, terms.chain(concept.note.clone()).collect())
    };
    Ok(pairs::without_remarks(all, losses).into_iter().map(row).collect())
}

/// The columns of Weblate, and what they have of a termbase.
const WEBLATE_COLUMNS: &[(&str, &str)] = &[
    ("location", ""),
    ("source", "terms"),
    ("target", "terms"),
    ("id", "id"),
    ("fuzzy", "review"),
    ("context", ""),
    ("translator_comments", ""),
    ("developer_comments", "note"),
];

fn write_weblate(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let all = pairs::pairs(termbase, &languages, Pairing::Product, &mut losses);
    pairs::tell_review(termbase, &mut losses);
    if all.is_empty() {
        return Ok(Written { bytes: Vec::new(), losses: losses.finish() });
    }
    let (headings, fields) =
        WEBLATE_COLUMNS.iter().map(|(name, field)| ((*name).to_owned(), (*field).to_owned())).unzip();
    let row = |Pair { concept, source, target }: Pair<'_>| {
        let fuzzy = if concept.review == Some(Review::Proposed) { "True" } else { "False" };
        let note = concept.note.as_deref().unwrap_or_default();
        let cells = ["", &source.term, &target.term, concept.id.as_str(), fuzzy, "", "", note];
        cells.map(str::to_owned).to_vec()
    };
    let rows = all.iter().map(|pair| (pair.concept, row(*pair)));
    let bytes = Form { headings, fields, separator: b',' }.lines(rows, target, &mut losses);
    Ok(Written { bytes, losses: losses.finish() })
}
