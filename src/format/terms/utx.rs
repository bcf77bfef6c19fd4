//! Universal Terminology eXchange, UTX 1.11: a table between tabs under two lines of `#`, UTF-8 without a byte order
//! mark, lines ended by CR LF. Rows with the same concept ID are synonyms.

use std::collections::HashSet;

use super::csv::{self, Quotes};
use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::pairs::{self, Pair, Pairing};
use super::sheet::{Foreign, foreign_word};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::{Finding, Severity};
use crate::termbase::{LangTag, PartOfSpeech, Review, Status, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "utx",
    about: "UTX 1.11",
    extensions: &["utx"],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["id", "note"], &["pos", "status", "forbidden"]),
    settings: &[],
    texts: Texts::Line,
};

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let mut text = match csv::text(input, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    if text.start > 0 {
        log.repaired("a byte order mark", At::Nowhere, "UTX has no byte order mark; it is passed over");
    }
    text.separator = b'\t';
    let grid = csv::grid(&text, Quotes::Ordinary);
    let mut reader = UtxReader {
        sides: pairs::languages_of(input),
        columns: Vec::new(),
        builder: Builder::default(),
        log,
    };
    for row in grid.rows {
        match row.cells.first().and_then(|cell| cell.strip_prefix('#')) {
            Some(remark) => reader.remark(remark, &row.cells),
            None if reader.columns.is_empty() => break,
            None => reader.row(&row.cells, &row.at),
        }
    }
    if reader.columns.is_empty() {
        let message = format!("`{}` has no line `#src⇥tgt…` that names its columns", input.name);
        let finding = Finding::new(Severity::Error, "format-syntax", message)
            .help("add it below the first line; nothing was read");
        return Reading { text: text.text, ..Reading::failed(finding) };
    }
    Reading { termbase: Some(reader.builder.finish()), findings: reader.log.finish(), text: text.text }
}

struct UtxReader<'a> {
    sides: [LangTag; 2],
    columns: Vec<String>,
    builder: Builder,
    log: Log<'a>,
}

impl UtxReader<'_> {
    /// The first line with the languages, the line of columns, or a remark.
    fn remark(&mut self, remark: &str, cells: &[String]) {
        if remark == "src" || remark.starts_with("src:") || remark == "tgt" {
            let bare = |cell: &String| cell.trim_start_matches('#').trim().to_lowercase();
            self.columns = cells.iter().map(bare).collect();
        } else if remark.starts_with("UTX") {
            let languages = remark.split(';').nth(1).and_then(|part| part.trim().split_once('/'));
            if let Some((source, target)) = languages {
                self.sides = [source, target].map(|tag| tags::tag(tag).tag);
            }
        }
    }

    fn row(&mut self, cells: &[String], at: &At) {
        let cell = |name: &str| {
            let column = self.columns.iter().position(|column| column == name);
            column.and_then(|column| cells.get(column)).map_or("", String::as_str)
        };
        let terms = ["src", "tgt"].map(&cell);
        let id = cell("concept id");
        let status = cell("term status");
        let comment = [cell("src:comment"), cell("tgt:comment"), cell("comment")]
            .into_iter()
            .find(|text| !text.is_empty());
        let mut entries = Vec::new();
        let sides = self.sides.iter().zip(terms).zip(["src:pos", "tgt:pos"]);
        for ((tag, text), pos) in sides.filter(|((_, text), _)| !matches!(*text, "" | "-")) {
            if let Some(mut entry) = model::term(text, at.clone(), &mut self.log) {
                set_pos(&mut entry, cell(pos));
                entries.push((tag.clone(), entry));
            }
        }
        // The status is that of the target term, or of the source where there is none.
        if let Some((_, entry)) = entries.last_mut() {
            foreign_word(Foreign::Status, entry, status);
        }
        if entries.is_empty() {
            return self.log.skipped("a row without terms", at.clone(), "a row without terms is left out");
        }
        let concept = self.builder.push_terms(id, entries);
        if concept.note.is_none() {
            concept.note = comment.map(str::to_owned);
        }
        if status == "provisional" {
            concept.review = Some(Review::Proposed);
        }
    }
}

fn set_pos(entry: &mut TermEntry, word: &str) {
    match word {
        "" | "-" => {}
        "properNoun" => entry.pos = Some(PartOfSpeech::Name),
        word => match PartOfSpeech::from_word(&word.to_lowercase()) {
            Some(pos) => entry.pos = Some(pos),
            None => {
                entry.x.insert("pos".to_owned(), word.into());
            }
        },
    }
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let [source, to] = &languages;
    let mut out = format!(
        "#UTX 1.11; {source}/{to}; bidirectional: no\r\n#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tsrc:comment\tconcept ID\r\n"
    );
    let all = pairs::pairs(termbase, &languages, Pairing::Product, &mut losses);
    let all = pairs::without_remarks(all, &mut losses);
    if all.is_empty() {
        return Ok(Written { bytes: Vec::new(), losses: losses.finish() });
    }
    tell_usage(&all, &mut losses);
    for pair in all {
        let cells = [
            pair.source.term.clone(),
            pair.target.term.clone(),
            pos(pair.source.pos),
            pos(pair.target.pos),
            status(pair.target).to_owned(),
            pair.concept.note.clone().unwrap_or_default(),
            pair.concept.id.0.clone(),
        ];
        out += &(cells.join("\t") + "\r\n");
    }
    Ok(Written { bytes: out.into_bytes(), losses: losses.finish() })
}

/// What the one status of a row does not say: that of the source, and a second of the target.
fn tell_usage(pairs: &[Pair<'_>], losses: &mut Losses) {
    let mut told: HashSet<*const TermEntry> = HashSet::new();
    for Pair { concept, source, target } in pairs {
        let reason = "UTX has that of the target term only";
        if told.insert(std::ptr::from_ref(*source)) {
            let stated = [("terms.status", source.status.is_some()), ("terms.forbidden", source.forbidden)];
            for (key, _) in stated.into_iter().filter(|(_, is_stated)| *is_stated) {
                losses.add(LossKind::Dropped, key, reason, concept);
            }
        }
        if told.insert(std::ptr::from_ref(*target)) && target.forbidden && target.status.is_some() {
            losses.add(LossKind::Dropped, "terms.status", "UTX has one word: forbidden", concept);
        }
    }
}

fn pos(pos: Option<PartOfSpeech>) -> String {
    match pos {
        None => String::new(),
        Some(PartOfSpeech::Name) => "properNoun".to_owned(),
        Some(other) => other.as_str().to_owned(),
    }
}

fn status(entry: &TermEntry) -> &'static str {
    match entry.status {
        _ if entry.forbidden => "forbidden",
        Some(Status::Deprecated) => "non-standard",
        Some(other) => other.as_str(),
        None => "",
    }
}
