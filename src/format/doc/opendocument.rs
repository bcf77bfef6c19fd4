//! OpenDocument: text (`.odt`), slides (`.odp`), spreadsheets (`.ods`), by the paragraphs of `content.xml`.
//!
//! The flat form (`.fodt`) is the same in one file of XML. Hidden text, deleted text that is kept for review, the comments
//! of reviewers, what a spreadsheet hides and what stands for a picture are no text; footnotes are. A hit in slides or sheets tells which.

use std::ops::Range;

use super::Read;
use super::fields::Field;
use super::hidden::{Hidden, Hides, MOST_RANGES};
use super::office::{self, Noted};
use super::paragraphs::{self, Cell, Paragraph};
use super::styles::Styles;
use crate::format::container::Container;
use crate::format::xml::{self, Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    if xml::is_declared(bytes) {
        return flat(name, bytes);
    }
    office::read(name, bytes, "an OpenDocument file", |container| {
        if is_encrypted(container) {
            return Err("it is protected with a password".to_owned());
        }
        let mut reader = Reader::default();
        for part in ["styles.xml", "content.xml"] {
            // Only the text must be there.
            if part == "content.xml" || container.has(part) {
                let xml = container.text(part)?;
                reader.run(&mut Xml::new(&xml)).map_err(|error| office::damaged(part, &xml, &error))?;
            }
        }
        let noted = office::noted(container, "meta.xml", field);
        Ok(reader.finish(name, &noted))
    })
}

/// A document in one file of XML.
fn flat(name: &str, bytes: &[u8]) -> Read {
    let mut reader = Reader::default();
    match xml::read(name, bytes, |xml| reader.run(xml)) {
        Err(error) => Read::failed(error),
        Ok(((), mut decoded)) => {
            let meta = decoded.text.split("</office:meta>").next().unwrap_or("");
            let mut read = reader.finish(name, &office::noted_in(meta, field));
            read.findings.extend(decoded.warning.take());
            read
        }
    }
}

/// What an element of the metadata says.
fn field(element: &str) -> Option<Field> {
    match element {
        "title" => Some(Field::Title),
        "creation-date" => Some(Field::Date),
        "initial-creator" => Some(Field::Author),
        "language" => Some(Field::Lang),
        _ => None,
    }
}

fn is_encrypted(container: &mut Container<'_>) -> bool {
    let manifest = container.text("META-INF/manifest.xml").unwrap_or_default();
    manifest.contains("encryption-data")
}

/// Reads the paragraphs of `content.xml`, and what its styles hide.
#[derive(Default)]
struct Reader {
    done: Vec<Paragraph>,
    /// The paragraphs begun and not ended: a footnote stands within a paragraph.
    open: Vec<Paragraph>,
    tables: Vec<Cell>,
    tables_begun: usize,
    /// How many more columns the cell takes up.
    repeated: usize,
    /// How many more rows each of the open rows stands for.
    rows_repeated: Vec<usize>,
    styles: Styles,
    /// What is hidden of spreadsheets: whether the sheet is, each open row, and which columns.
    hidden: Hidden,
    hides_sheet: bool,
    hides_rows: Vec<bool>,
    hides_columns: Vec<Range<usize>>,
    columns: usize,
    /// How deep in the items of lists.
    items: usize,
    /// The names of the tables of a spreadsheet.
    sheets: Vec<String>,
    is_spreadsheet: bool,
    slides: usize,
    /// The slide or the note that is being read.
    part: Option<String>,
    footnotes: usize,
    endnotes: usize,
}

impl Reader {
    fn run(&mut self, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        loop {
            match xml.next()? {
                Event::Start(tag) if is_skipped(tag.full_name()) || self.is_hidden(&tag) => xml.skip()?,
                Event::Start(tag) => self.start(&tag),
                Event::End(name) => self.end(&name),
                Event::Text(text, _) => self.text(text),
                Event::Reference(c, _) => self.push(c.encode_utf8(&mut [0; 4])),
                Event::Eof => return Ok(()),
            }
        }
    }

    fn finish(self, name: &str, noted: &Noted) -> Read {
        let mut read = paragraphs::finish(name, &self.done, &self.sheets);
        read.documents.iter_mut().for_each(|document| noted.note(document));
        read.findings.extend(self.hidden.told(name));
        read
    }

    /// Whether an element is text that is not shown, by its style or by itself.
    fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "span" | "p" | "h" => tag.get_local("style-name").is_some_and(|style| self.styles.hides(&style)),
            "section" => match tag.get_local("display").as_deref() {
                Some("none") => true,
                Some("condition") => tag.get_local("is-hidden").as_deref() == Some("true"),
                _ => false,
            },
            "hidden-text" => tag.get_local("is-hidden").as_deref() != Some("false"),
            _ => false,
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "style" => {
                let name = tag.get("style:name").unwrap_or_default();
                self.styles.begin(name, tag.get("style:parent-style-name"));
            }
            "text-properties" => {
                if let Some(display) = tag.get("text:display") {
                    self.styles.set_hides(display == "none");
                }
            }
            "table-properties" => {
                if let Some(display) = tag.get("table:display") {
                    self.styles.set_hides(display == "false");
                }
            }
            "p" => self.begin(BlockKind::Paragraph),
            "h" => self.begin(BlockKind::Heading),
            "s" => {
                let count = tag.get_local("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.push(&" ".repeat(count.min(80)));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "list-item" => self.items += 1,
            "spreadsheet" => self.is_spreadsheet = true,
            "page" => {
                self.slides += 1;
                self.part = Some(format!("slide {}", self.slides));
            }
            "note" => self.note(tag),
            "table" => self.table(tag),
            "table-row" => {
                self.rows_repeated.push(more(tag, "number-rows-repeated"));
                self.hides_rows.push(is_invisible(tag));
                self.at_table(Cell::next_row);
            }
            "table-column" => {
                let columns = self.columns..self.columns + more(tag, "number-columns-repeated") + 1;
                self.columns = columns.end;
                if is_invisible(tag) && self.hides_columns.len() < MOST_RANGES {
                    self.hides_columns.push(columns);
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.at_table(Cell::next_column);
                self.repeated = more(tag, "number-columns-repeated");
            }
            _ => {}
        }
    }

    fn note(&mut self, tag: &Tag<'_>) {
        let is_endnote = tag.get_local("note-class").as_deref() == Some("endnote");
        let (kind, number) =
            if is_endnote { ("endnote", &mut self.endnotes) } else { ("footnote", &mut self.footnotes) };
        *number += 1;
        self.part = Some(format!("{kind} {number}"));
    }

    fn table(&mut self, tag: &Tag<'_>) {
        self.tables.push(Cell::before_first(self.tables_begun));
        self.tables_begun += 1;
        if self.is_spreadsheet {
            self.hides_sheet = tag.get_local("style-name").is_some_and(|style| self.styles.hides(&style));
            self.hides_columns.clear();
            self.columns = 0;
            let name = tag.get_local("name").unwrap_or_else(|| format!("sheet {}", self.tables_begun));
            self.sheets.push(name);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                let paragraph = self.open.pop().filter(|paragraph| !paragraph.text.trim().is_empty());
                let seen = paragraph.filter(|paragraph| !self.is_hidden_cell(paragraph));
                self.done.extend(seen);
            }
            "list-item" => self.items = self.items.saturating_sub(1),
            "page" | "note" => self.part = None,
            "table" => _ = self.tables.pop(),
            "table-row" => {
                self.hides_rows.pop();
                let repeated = self.rows_repeated.pop().unwrap_or(0);
                self.at_table(|cell| cell.row = cell.row.wrapping_add(repeated));
            }
            "table-cell" | "covered-table-cell" => {
                let repeated = std::mem::take(&mut self.repeated);
                self.at_table(|cell| cell.column = cell.column.wrapping_add(repeated));
            }
            _ => {}
        }
    }

    /// Whether a paragraph stands in a cell of a spreadsheet that is not seen, which is noted.
    fn is_hidden_cell(&mut self, paragraph: &Paragraph) -> bool {
        let Some(cell) = paragraph.cell.filter(|_| self.is_spreadsheet) else { return false };
        let how = match () {
            () if self.hides_sheet => Hides::Sheet,
            () if self.hides_rows.contains(&true) => Hides::Row,
            () if self.hides_columns.iter().any(|columns| columns.contains(&cell.column)) => Hides::Column,
            () => return false,
        };
        let sheet = self.sheets.get(cell.table).map_or("", String::as_str);
        self.hidden.add(how, sheet, [cell.table, cell.row, cell.column]);
        true
    }

    fn at_table(&mut self, change: impl Fn(&mut Cell)) {
        self.tables.last_mut().into_iter().for_each(change);
    }

    fn begin(&mut self, kind: BlockKind) {
        let cell = self.tables.last().filter(|cell| cell.is_begun()).copied();
        let kind = match kind {
            BlockKind::Paragraph if cell.is_some() => BlockKind::TableCell,
            BlockKind::Paragraph if self.items > 0 => BlockKind::ListItem,
            kind => kind,
        };
        let part = match cell.filter(|_| self.is_spreadsheet) {
            Some(cell) => self.sheets.get(cell.table).map(|sheet| paragraphs::cell_name(sheet, cell)),
            None => self.part.clone(),
        };
        self.open.push(Paragraph { kind, cell, part, ..Paragraph::default() });
    }

    /// White space in the file is one space, none at a paragraph's start.
    fn text(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        for c in text.chars() {
            let white = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !white {
                paragraph.text.push(c);
            } else if !paragraph.text.is_empty() && !paragraph.text.ends_with([' ', '\n', '\t']) {
                paragraph.text.push(' ');
            }
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }
}

/// Whether a row or a column is not seen, by itself or because a filter leaves it out.
fn is_invisible(tag: &Tag<'_>) -> bool {
    matches!(tag.get_local("visibility").as_deref(), Some("collapse" | "filter"))
}

/// How many more columns or rows a cell or row stands for.
fn more(tag: &Tag<'_>, attribute: &str) -> usize {
    let repeated: Option<usize> = tag.get_local(attribute).and_then(|number| number.parse().ok());
    repeated.unwrap_or(1).clamp(1, 1 << 20) - 1
}

/// Text deleted, comments, the numbers of notes and pages, what stands for a picture, pages to be filled, and what only
/// programs read.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "text:tracked-changes"
            | "office:annotation"
            | "text:note-citation"
            | "text:page-number"
            | "text:page-count"
            | "svg:title"
            | "svg:desc"
            | "office:master-styles"
            | "office:meta"
            | "office:settings"
            | "office:font-face-decls"
            | "office:scripts"
            | "office:binary-data"
            | "text:script"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;
    use crate::format::container::tests::archive;
    use crate::text::Document;

    fn read_content(body: &str) -> Read {
        let xml =
            format!("<office:document-content><office:body>{body}</office:body></office:document-content>");
        let meta = "<office:document-meta><office:meta><dc:title>Informe</dc:title><dc:language>es-MX</dc:language>\
                    <meta:creation-date>2025-03-01T08:00:00</meta:creation-date></office:meta></office:document-meta>";
        read("x.odt", &archive(&[("content.xml", xml.as_bytes()), ("meta.xml", meta.as_bytes())]))
    }

    fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
        document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text))).collect()
    }

    #[test]
    fn paragraphs_become_blocks() {
        use BlockKind::{Heading, ListItem, Paragraph, TableCell};
        let read = read_content(
            "<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>viejo</text:p></text:deletion>\
             </text:changed-region></text:tracked-changes><text:h>Acuerdo</text:h><text:p>La <text:span>Guar</text:span>dia\n  \
             Nacional<text:s text:c=\"2\"/>&amp;<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Nota.</text:p>\
             </text:note-body></text:note> más<office:annotation><text:p>¿Seguro?</text:p></office:annotation></text:p>\
             <text:list><text:list-item><text:p>uno<text:line-break/>dos</text:p></text:list-item></text:list>\
             <table:table><table:table-row><table:table-cell><text:p>celda</text:p></table:table-cell></table:table-row></table:table>\
             </office:text>",
        );
        let document = &read.documents[0];
        let wanted = [
            (Heading, "Acuerdo"),
            (Paragraph, "Nota."),
            (Paragraph, "La Guardia Nacional  & más"),
            (ListItem, "uno\ndos"),
            (TableCell, "celda"),
        ];
        assert_eq!(blocks(document), wanted);
        assert_eq!(
            (document.about.title.as_deref(), document.about.date.as_deref()),
            (Some("Informe"), Some("2025-03-01"))
        );
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        let styles = "<office:automatic-styles><style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style>\
            <style:style style:name=\"T2\" style:parent-style-name=\"T1\"/></office:automatic-styles>";
        let cases = [
            ("a<text:span text:style-name=\"T1\">b</text:span>c", "ac"),
            (
                "a<text:span text:style-name=\"T2\">b</text:span><text:span text:style-name=\"T3\">c</text:span>",
                "ac",
            ),
            ("a<text:hidden-text text:condition=\"x\">b</text:hidden-text>", "a"),
            ("a<text:hidden-text text:is-hidden=\"false\">b</text:hidden-text>", "ab"),
            ("a<draw:frame><draw:image/><svg:title>b</svg:title><svg:desc>c</svg:desc></draw:frame>d", "ad"),
            (
                "v\u{e9}ase <text:bookmark-ref text:ref-name=\"x\">el arancel</text:bookmark-ref>, <text:title>T</text:title>",
                "v\u{e9}ase el arancel, T",
            ),
        ];
        for (body, wanted) in cases {
            let read = read_content(&format!(
                "{styles}<office:text><text:section text:display=\"none\"><text:p>no</text:p></text:section><text:p>{body}</text:p></office:text>"
            ));
            assert_eq!(read.documents[0].text, wanted, "{body}");
        }
    }

    #[test]
    fn a_flat_file_is_read_as_one_in_parts() {
        let source = "\u{feff}<?xml version=\"1.0\"?><office:document><office:meta><dc:title>Informe</dc:title></office:meta>\
            <office:master-styles><style:footer><text:p>Pie</text:p></style:footer></office:master-styles>\
            <office:body><office:text><text:p>La frontera<text:line-break/>cerrada</text:p></office:text></office:body></office:document>";
        let document = read("x.fodt", source.as_bytes()).documents.remove(0);
        assert_eq!(
            (document.text.as_str(), document.about.title.as_deref()),
            ("La frontera\ncerrada", Some("Informe"))
        );
        assert_eq!(read("x.fodt", b"<?xml version=\"1.0\"?><a><b>").findings[0].rule, "broken-xml");
    }

    #[test]
    fn rows_that_stand_for_many_are_counted() {
        let row = |repeated: &str, text: &str| {
            format!(
                "<table:table-row{repeated}><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
            )
        };
        let repeated = " table:number-rows-repeated=\"3\"";
        let sheet = read_content(&format!(
            "<office:spreadsheet><table:table table:name=\"H\">{}{}{}</table:table></office:spreadsheet>",
            row(repeated, ""),
            row(repeated, "tres veces"),
            row("", "despu\u{e9}s"),
        ));
        let document = &sheet.documents[0];
        let part = |word: &str| document.parts.at(document.text.find(word).expect("it"));
        assert_eq!((part("tres"), part("despu")), (Some("H!A4"), Some("H!A7")));
    }

    #[test]
    fn hidden_cells_of_sheets_are_told_and_not_read() {
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let row = |visible: &str, cells: &[&str]| {
            let cells: String = cells.iter().map(|text| cell(text)).collect();
            format!("<table:table-row table:visibility=\"{visible}\">{cells}</table:table-row>")
        };
        let rows = row("visible", &["a1", "b1", "c1"]) + &row("filter", &["a2"]) + &row("collapse", &["a3"]);
        let columns = "<table:table-column/><table:table-column table:number-columns-repeated=\"1\" table:visibility=\"collapse\"/>";
        let styles = "<office:automatic-styles><style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style>\
            <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>";
        let table = |name: &str, style: &str| {
            format!(
                "<table:table table:name=\"{name}\" table:style-name=\"{style}\">{columns}{rows}</table:table>"
            )
        };
        let read = read_content(&format!(
            "{styles}<office:spreadsheet>{}{}</office:spreadsheet>",
            table("H", "ta1"),
            table("Datos", "ta2")
        ));
        assert_eq!(read.documents[0].text, "a1\n\nc1");
        let told = "`x.odt`: the sheet “Datos”, 2 rows, 1 column with words, hidden and not read";
        assert_eq!(read.findings.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), [told]);
    }

    #[test]
    fn slides_and_sheets_are_parts() {
        let slides = read_content(
            "<office:presentation><draw:page><text:p>Uno</text:p></draw:page><draw:page><text:p>Dos</text:p></draw:page></office:presentation>",
        );
        let document = &slides.documents[0];
        assert_eq!(document.parts.at(document.text.find("Dos").expect("it")), Some("slide 2"));
        let sheet = read_content(
            "<office:spreadsheet><table:table table:name=\"Hoja1\"><table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
             <table:table-cell><text:p>Total</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>",
        );
        assert_eq!(sheet.documents[0].parts.at(0), Some("Hoja1!C1"));
    }

    #[test]
    fn a_sheet_of_a_text_and_its_translation_is_bilingual() {
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let row = |es: &str, en: &str| format!("<table:table-row>{}{}</table:table-row>", cell(es), cell(en));
        let read = read_content(&format!(
            "<office:spreadsheet><table:table table:name=\"Textos\">{}{}</table:table></office:spreadsheet>",
            row("es", "en"),
            row("El muro fronterizo", "The border wall"),
        ));
        assert_eq!(units(&read), [["Textos, row 2", "El muro fronterizo", "The border wall"]]);
    }
}
