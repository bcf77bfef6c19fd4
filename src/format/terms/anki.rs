//! Cards for Anki: a note for each concept, its terms on the two sides, as the text import of Anki 2.1.54 and later
//! takes it.
//!
//! The lines at the top that begin with `#` name the separator, the columns and which of them has the id of the note,
//! so that importing again changes cards and adds none. Fields are HTML; of several terms each stands on a line.

use html5gum::Token;

use super::html::escaped;
use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, csv, pairs};
use crate::check::Finding;
use crate::format::markup::tokens;
use crate::termbase::{Concept, ConceptId, LangTag, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "anki",
    about: "cards for Anki: text with tabs, a note for each concept",
    extensions: &[],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["id", "subject", "note"], &[]),
    settings: &[],
    texts: Texts::Trimmed,
};

/// What the file begins with.
pub(super) const START: &str = "#separator:";
const HEAD: &str =
    "#separator:tab\n#html:true\n#columns:Front\tBack\tNote\tTags\tId\n#tags column:4\n#guid column:5\n";

/// Which columns have what, from 0.
struct Columns {
    tags: Option<usize>,
    id: Option<usize>,
    /// Whether the fields are HTML; they are unless the file says otherwise.
    html: bool,
}

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let mut text = match csv::text(input, &mut log) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    text.separator = separator(&text.text);
    let column = |name: &str| {
        let line = text.text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().parse::<usize>().ok()?.checked_sub(1)
    };
    let html = !text.text.lines().any(|line| line.trim_end().eq_ignore_ascii_case("#html:false"));
    let columns = Columns { tags: column("#tags column:"), id: column("#guid column:"), html };
    let sides = pairs::languages_of(input);
    let mut builder = Builder::default();
    for row in csv::grid(&text, csv::Quotes::Obeyed).rows {
        if !row.cells.iter().all(String::is_empty)
            && !row.cells.first().is_some_and(|cell| cell.starts_with('#'))
        {
            let concept = note(&row.cells, &columns, &sides, &row.at, &mut log);
            builder.push(concept, row.at, &mut log);
        }
    }
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text: text.text }
}

fn separator(text: &str) -> u8 {
    let named = text.lines().find_map(|line| line.strip_prefix(START)).unwrap_or("tab").trim();
    match named.to_lowercase().as_str() {
        "comma" | "," => b',',
        "semicolon" | ";" => b';',
        "pipe" | "|" => b'|',
        _ => b'\t',
    }
}

fn note(cells: &[String], columns: &Columns, sides: &[LangTag; 2], at: &At, log: &mut Log<'_>) -> Concept {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let plain = |html: &str| if columns.html { plain(html) } else { html.to_owned() };
    let named = |column: Option<usize>| column.map_or("", cell);
    let mut concept = Concept { id: ConceptId(named(columns.id).to_owned()), ..Concept::default() };
    let fields: Vec<usize> =
        (0..cells.len()).filter(|at| Some(*at) != columns.tags && Some(*at) != columns.id).collect();
    for (tag, field) in sides.iter().zip(&fields) {
        for line in plain(cell(*field)).lines().filter(|line| !line.trim().is_empty()) {
            if let Some(entry) = model::term(line, at.clone(), log) {
                model::push_term(&mut concept, tag, entry);
            }
        }
    }
    let text = |text: String| Some(model::prose(&text)).filter(|text| !text.is_empty());
    concept.note = fields.get(2).and_then(|field| text(plain(cell(*field))));
    concept.subject = text(named(columns.tags).replace('_', " "));
    concept
}

/// HTML as plain text, `<br>` as the end of a line.
fn plain(html: &str) -> String {
    let mut out = String::new();
    for token in tokens(html) {
        match token {
            Token::String(text) => out += &String::from_utf8_lossy(&text).replace(['\n', '\r'], " "),
            Token::StartTag(tag) if matches!(&**tag.name, b"br" | b"div" | b"p") => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut out = HEAD.to_owned();
    for concept in termbase.concepts.iter() {
        let sides = pairs::equivalents(concept, [&languages[0], &languages[1]], &mut losses);
        let Some([front, back]) = sides.map(|sides| sides.map(|terms| side(&terms))) else { continue };
        let subject = concept.subject.as_deref().unwrap_or_default();
        let tag: String = subject.split_whitespace().collect::<Vec<_>>().join("_");
        if tag.replace('_', " ") != subject {
            losses.add(LossKind::Changed, "subject", "a tag is one word", concept);
        }
        let note = concept.note.as_deref().map_or_else(String::new, field);
        out += &format!("{front}\t{back}\t{note}\t{}\t{}\n", word(&tag), word(concept.id.as_str()));
    }
    let bytes = if out == HEAD { Vec::new() } else { out.into_bytes() };
    Ok(Written { bytes, losses: losses.finish() })
}

/// The terms of a side, each on a line.
fn side(terms: &[&TermEntry]) -> String {
    terms.iter().map(|entry| field(&entry.term)).collect::<Vec<_>>().join("<br>")
}

/// A tag or the id, which are no HTML.
fn word(text: &str) -> String {
    if text.contains(['"', '\t', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

/// A field: HTML without the characters that end or begin one, or begin a remark.
fn field(text: &str) -> String {
    let html = escaped(text).replace('#', "&#35;").replace("\r\n", "\n").replace(['\n', '\r'], "<br>");
    html.replace('\t', " ")
}
