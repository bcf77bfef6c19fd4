//! OpenDocument: text (`.odt`), slides (`.odp`), spreadsheets (`.ods`), by the paragraphs of `content.xml`.
//!
//! Deleted text that is kept for review and the comments of reviewers are no text; footnotes are. A hit in slides or
//! sheets tells which.

use super::Read;
use super::fields::Field;
use super::office;
use super::paragraphs::{self, Cell, Paragraph};
use crate::format::container::Container;
use crate::format::xml::{Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    office::read(name, bytes, "an OpenDocument file", |container| {
        if is_encrypted(container) {
            return Err("it is protected with a password".to_owned());
        }
        let xml = container.text("content.xml")?;
        let mut reader = Reader::default();
        reader.run(&xml).map_err(|error| office::damaged("content.xml", &xml, &error))?;
        let mut read = paragraphs::finish(name, &reader.done, &reader.sheets);
        let noted = office::noted(container, "meta.xml", |name| match name {
            "title" => Some(Field::Title),
            "creation-date" => Some(Field::Date),
            "initial-creator" => Some(Field::Author),
            "language" => Some(Field::Lang),
            _ => None,
        });
        read.documents.iter_mut().for_each(|document| noted.note(document));
        Ok(read)
    })
}

fn is_encrypted(container: &mut Container<'_>) -> bool {
    let manifest = container.text("META-INF/manifest.xml").unwrap_or_default();
    manifest.contains("encryption-data")
}

/// Reads the paragraphs of `content.xml`.
#[derive(Default)]
struct Reader {
    done: Vec<Paragraph>,
    /// The paragraphs begun and not ended: a footnote stands within a paragraph.
    open: Vec<Paragraph>,
    tables: Vec<Cell>,
    tables_begun: usize,
    /// How many columns the cell takes up.
    repeated: usize,
    /// How deep in the items of lists.
    items: usize,
    /// The names of the tables of a spreadsheet.
    sheets: Vec<String>,
    is_spreadsheet: bool,
    slides: usize,
    part: Option<String>,
}

impl Reader {
    fn run(&mut self, xml: &str) -> Result<(), XmlError> {
        let mut xml = Xml::new(xml);
        loop {
            match xml.next()? {
                Event::Start(tag) if is_skipped(tag.name()) => xml.skip()?,
                Event::Start(tag) => self.start(&tag),
                Event::End(name) => self.end(&name),
                Event::Text(text, _) => self.text(text),
                Event::Reference(c, _) => self.push(c.encode_utf8(&mut [0; 4])),
                Event::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
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
            "table" => self.table(tag),
            "table-row" => self.at_table(Cell::next_row),
            "table-cell" | "covered-table-cell" => {
                self.at_table(Cell::next_column);
                let repeated = tag.get_local("number-columns-repeated").and_then(|n| n.parse().ok());
                self.repeated = repeated.unwrap_or(1).clamp(1, 1 << 14) - 1;
            }
            _ => {}
        }
    }

    fn table(&mut self, tag: &Tag<'_>) {
        self.tables.push(Cell::before_first(self.tables_begun));
        self.tables_begun += 1;
        if self.is_spreadsheet {
            let name = tag.get_local("name").unwrap_or_else(|| format!("sheet {}", self.tables_begun));
            self.sheets.push(name);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                let paragraph = self.open.pop().filter(|paragraph| !paragraph.text.trim().is_empty());
                self.done.extend(paragraph);
            }
            "list-item" => self.items = self.items.saturating_sub(1),
            "page" => self.part = None,
            "table" => _ = self.tables.pop(),
            "table-cell" | "covered-table-cell" => {
                let repeated = std::mem::take(&mut self.repeated);
                self.at_table(|cell| cell.column = cell.column.wrapping_add(repeated));
            }
            _ => {}
        }
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

/// Text deleted, comments, the numbers of notes and pages, and what only programs read.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "note-citation"
            | "page-number"
            | "page-count"
            | "bookmark-ref"
            | "automatic-styles"
            | "font-face-decls"
            | "scripts"
            | "script"
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
