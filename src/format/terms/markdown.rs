//! A Markdown table, laid out as [`super::sheet`] tells, below a heading with the title: for a wiki or a repository.
//!
//! Every sign that Markdown reads is escaped; a line break within a cell is `<br>`. Read is the first table of a text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::log::{At, Log, without_nul};
use super::sheet::{self, Grid, Layout, Row};
use super::{Format, Holds, Input, Reading, Target, Texts, Written};
use crate::check::{Finding, Severity};
use crate::termbase::Termbase;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "a Markdown table, one row a concept, languages in columns",
    extensions: &["md", "markdown"],
    read: Some(read),
    write: Some(write),
    holds: Holds::All,
    settings: &["title"],
    texts: Texts::Lines,
};

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match log.text_of(input).and_then(|text| without_nul(input.name, text)) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let (title, rows) = first_table(&text);
    if rows.is_empty() {
        return Reading { text, ..Reading::failed(no_table(input.name)) };
    }
    let mut builder = match sheet::read(Grid { rows }, input, &mut log) {
        Ok(builder) => builder,
        Err(finding) => return Reading { text, ..Reading::failed(finding) },
    };
    builder.settings.title = title;
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text }
}

/// The finding for a text without a table.
pub(super) fn no_table(name: &str) -> Finding {
    Finding::new(Severity::Error, "format-syntax", format!("`{name}` has no table of terms"))
        .help("give a file with a table whose headings name the languages; nothing was read")
}

/// The heading before the first table, and the rows of that table.
fn first_table(text: &str) -> (Option<String>, Vec<Row>) {
    let (mut title, mut rows) = (None, Vec::new());
    let mut words: Option<String> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => words = Some(String::new()),
            Event::End(TagEnd::Heading(_)) if title.is_none() && rows.is_empty() => {
                title = words.take().map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                rows.push(Row::new(Vec::new(), At::Byte(range.start)));
            }
            Event::End(TagEnd::TableCell) => {
                let cell = words.take().unwrap_or_default();
                rows.last_mut().into_iter().for_each(|row| row.cells.push(cell.trim().to_owned()));
            }
            Event::End(TagEnd::Table) => break,
            Event::Text(piece) | Event::Code(piece) => {
                words.as_mut().into_iter().for_each(|words| words.push_str(&piece));
            }
            Event::InlineHtml(tag) if is_line_break(&tag) => {
                words.as_mut().into_iter().for_each(|words| words.push('\n'));
            }
            _ => {}
        }
    }
    (title, rows)
}

fn is_line_break(tag: &str) -> bool {
    matches!(tag.to_ascii_lowercase().as_str(), "<br>" | "<br/>" | "<br />")
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let layout = Layout::wide(termbase, target)?;
    let headings = layout.headings();
    let mut out = String::new();
    if let Some(title) = &termbase.settings.title {
        out += &format!("# {}\n\n", escaped(title).replace("<br>", " "));
    }
    push_row(&mut out, &headings);
    out += &format!("|{}\n", " --- |".repeat(headings.len()));
    layout.all_rows(termbase).for_each(|(_, row)| push_row(&mut out, &row));
    Ok(Written { bytes: out.into_bytes(), losses: Vec::new() })
}

fn push_row(out: &mut String, cells: &[String]) {
    *out += &format!("| {} |\n", cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "));
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out += "<br>",
            letter if letter.is_ascii_punctuation() && !",.;:'()/".contains(letter) => {
                out.extend(['\\', letter]);
            }
            letter => out.push(letter),
        }
    }
    out
}
