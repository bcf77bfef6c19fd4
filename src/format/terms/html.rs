//! A table in HTML, laid out as [`super::sheet`] tells: a page that any browser shows and any mail takes.
//!
//! Nothing is fetched, everything escaped; a line break within a cell is `<br>`. Read is the first table of a page.

use std::collections::HashMap;

use html5gum::Token;

use super::log::{At, Log, without_nul};
use super::sheet::{self, Grid, Layout, Row};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, markdown};
use crate::check::Finding;
use crate::format::markup::tokens;
use crate::format::room::Room;
use crate::termbase::Termbase;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "a table in HTML, one row a concept, languages in columns",
    extensions: &["html", "htm"],
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
    let Some(table) = Table::first_of(&text) else {
        return Reading { text, ..Reading::failed(sheet::spread_too_far(input.name)) };
    };
    if table.rows.is_empty() {
        return Reading { text, ..Reading::failed(markdown::no_table(input.name)) };
    }
    let mut builder = match sheet::read(Grid { rows: table.rows }, input, &mut log) {
        Ok(builder) => builder,
        Err(finding) => return Reading { text, ..Reading::failed(finding) },
    };
    builder.settings.title = table.title;
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text }
}

/// The first table of a page, as it is read.
struct Table {
    title: Option<String>,
    rows: Vec<Row>,
    /// The text of the cell or title that is open.
    words: Option<String>,
    /// Whether what follows is a script or a style.
    in_code: bool,
    /// Whether a row is open.
    in_row: bool,
    /// How many rows and columns the open cell spans.
    spans: [usize; 2],
    /// Cells that reach into the next rows, by their columns: the number of the last row, their text.
    reaching: HashMap<usize, (usize, String)>,
    room: Room,
}

/// No cell spans more rows or columns than this.
const SPAN: usize = 1000;

impl Table {
    /// `None` if its cells span more than there is room for.
    fn first_of(text: &str) -> Option<Table> {
        let mut table = Table {
            title: None,
            rows: Vec::new(),
            words: None,
            in_code: false,
            in_row: false,
            spans: [1, 1],
            reaching: HashMap::new(),
            room: Room::for_spread(),
        };
        for token in tokens(text) {
            match token {
                Token::StartTag(tag) => {
                    let span = |name: &[u8]| {
                        let stated = tag.attributes.iter().find(|(key, _)| ***key == *name);
                        let number = stated
                            .and_then(|(_, value)| std::str::from_utf8(value).ok()?.trim().parse().ok());
                        number.unwrap_or(1).clamp(1, SPAN)
                    };
                    table.start(&tag.name, [span(b"rowspan"), span(b"colspan")])?;
                }
                Token::EndTag(tag) if &**tag.name == b"table" => break,
                Token::EndTag(tag) => table.end(&tag.name)?,
                Token::String(piece) => table.text(&String::from_utf8_lossy(&piece)),
                _ => {}
            }
        }
        table.close_row()?;
        Some(table)
    }

    fn start(&mut self, name: &[u8], spans: [usize; 2]) -> Option<()> {
        match name {
            b"title" => self.words = Some(String::new()),
            b"script" | b"style" => self.in_code = true,
            b"tr" => {
                self.close_row()?;
                let at = At::Words(format!("row {}", self.rows.len() + 1));
                self.rows.push(Row::new(Vec::new(), at));
                self.in_row = true;
            }
            b"td" | b"th" => {
                self.close_cell()?;
                self.words = Some(String::new());
                // A heading over several rows is none in the second.
                self.spans = if name == b"th" { [1, spans[1]] } else { spans };
            }
            b"br" => self.text("\n"),
            _ => {}
        }
        Some(())
    }

    fn end(&mut self, name: &[u8]) -> Option<()> {
        match name {
            b"title" => {
                let title = self.words.take().unwrap_or_default();
                self.title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
            }
            b"script" | b"style" => self.in_code = false,
            b"td" | b"th" => self.close_cell()?,
            b"tr" => self.close_row()?,
            _ => {}
        }
        Some(())
    }

    fn text(&mut self, piece: &str) {
        if self.in_code {
            return;
        }
        self.words.iter_mut().for_each(|words| words.push_str(piece));
    }

    fn close_cell(&mut self) -> Option<()> {
        let Some(cell) = self.words.take() else { return Some(()) };
        self.reach()?;
        let ([rows, columns], cell) = (self.spans, cell.trim().to_owned());
        let end = self.rows.len() + rows - 1;
        let Some(row) = self.rows.last_mut() else { return Some(()) };
        let next = row.cells.len() + columns;
        if rows > 1 {
            self.reaching.insert(row.cells.len(), (end, cell.clone()));
        }
        row.cells.push(cell);
        self.room.take((columns - 1) * size_of::<String>())?;
        row.cells.resize(next, String::new());
        Some(())
    }

    fn close_row(&mut self) -> Option<()> {
        self.close_cell()?;
        if std::mem::take(&mut self.in_row) {
            self.reach()?;
        }
        Some(())
    }

    /// Puts the cells from above that stand here into the row.
    fn reach(&mut self) -> Option<()> {
        let number = self.rows.len();
        let Some(row) = self.rows.last_mut() else { return Some(()) };
        while let Some((_, cell)) = self.reaching.get(&row.cells.len()).filter(|(end, _)| *end >= number) {
            self.room.take(size_of::<String>() + cell.len())?;
            row.cells.push(cell.clone());
        }
        Some(())
    }
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let layout = Layout::wide(termbase, target)?;
    let mut out = String::from("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");
    if let Some(title) = &termbase.settings.title {
        out += &format!("<title>{}</title>\n", escaped(title));
    }
    out += "</head>\n<body>\n<table>\n";
    push_row(&mut out, &layout.headings(), "th");
    layout.all_rows(termbase).for_each(|(_, row)| push_row(&mut out, &row, "td"));
    out += "</table>\n</body>\n</html>\n";
    Ok(Written { bytes: out.into_bytes(), losses: Vec::new() })
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
