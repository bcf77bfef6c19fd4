//! A table in HTML, laid out as [`super::sheet`] tells: a page that any browser shows and any mail takes.
//!
//! Nothing is fetched, everything escaped; a line break within a cell is `<br>`. Read is the first table of a page.

use html5gum::{Token, Tokenizer};

use super::log::{At, Log};
use super::sheet::{self, Grid, Layout, Row};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, markdown};
use crate::termbase::Termbase;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "a table in HTML, one row a concept, languages in columns",
    extensions: &["html", "htm"],
    read: Some(read),
    write: Some(|termbase, target| Ok(write(termbase, target))),
    holds: Holds::All,
    texts: Texts::Lines,
};

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    let text = match log.text_of(input) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let table = Table::first_of(&text);
    if table.rows.is_empty() {
        return Reading { text, ..Reading::failed(markdown::no_table(input.name)) };
    }
    let mut builder = sheet::read(Grid { rows: table.rows }, input, &mut log);
    builder.settings.title = table.title;
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text }
}

/// The first table of a page, as it is read.
#[derive(Default)]
struct Table {
    title: Option<String>,
    rows: Vec<Row>,
    /// The text of the cell or title that is open.
    words: Option<String>,
}

impl Table {
    fn first_of(text: &str) -> Table {
        let mut table = Table::default();
        // A tokenizer of text in memory does not fail.
        for Ok(token) in Tokenizer::new(text) {
            match token {
                Token::StartTag(tag) => table.start(&tag.name),
                Token::EndTag(tag) if &**tag.name == b"table" => break,
                Token::EndTag(tag) => table.end(&tag.name),
                Token::String(piece) => table.text(&String::from_utf8_lossy(&piece)),
                _ => {}
            }
        }
        table.close_cell();
        table
    }

    fn start(&mut self, name: &[u8]) {
        match name {
            b"title" => self.words = Some(String::new()),
            b"tr" => {
                self.close_cell();
                let at = At::Words(format!("row {}", self.rows.len() + 1));
                self.rows.push(Row::new(Vec::new(), at));
            }
            b"td" | b"th" => {
                self.close_cell();
                self.words = Some(String::new());
            }
            b"br" => self.text("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"title" => {
                let title = self.words.take().unwrap_or_default();
                self.title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
            }
            b"td" | b"th" | b"tr" => self.close_cell(),
            _ => {}
        }
    }

    fn text(&mut self, piece: &str) {
        self.words.iter_mut().for_each(|words| words.push_str(piece));
    }

    fn close_cell(&mut self) {
        if let (Some(row), Some(cell)) = (self.rows.last_mut(), self.words.take()) {
            row.cells.push(cell.trim().to_owned());
        }
    }
}

fn write(termbase: &Termbase, target: &Target) -> Written {
    let layout = Layout::wide(termbase, target);
    let mut out = String::from("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");
    if let Some(title) = &termbase.settings.title {
        out += &format!("<title>{}</title>\n", escaped(title));
    }
    out += "</head>\n<body>\n<table>\n";
    push_row(&mut out, &layout.headings(), "th");
    let rows = termbase.concepts.iter().flat_map(|concept| layout.rows(concept));
    rows.for_each(|row| push_row(&mut out, &row, "td"));
    out += "</table>\n</body>\n</html>\n";
    Written { bytes: out.into_bytes(), losses: Vec::new() }
}

fn push_row(out: &mut String, cells: &[String], element: &str) {
    *out += "<tr>";
    for cell in cells {
        *out += &format!("<{element}>{}</{element}>", escaped(cell).replace('\n', "<br>"));
    }
    *out += "</tr>\n";
}

/// Text as HTML has it; a term may begin with what is white space to HTML only within, never around it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            letter => out.push(letter),
        }
    }
    out
}
