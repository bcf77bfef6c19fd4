//! Word documents (Office Open XML): the paragraphs of `word/document.xml` in order, notes after them.
//!
//! Text struck out by tracked changes is not part of the document. A document that mostly consists of a table with a
//! text and its translation side by side is bilingual, each row a unit. A container has no offsets that mean anything to
//! a reader, so those of the text itself count.

use super::Read;
use super::fields::Field;
use super::office::{self, Noted};
use super::paragraphs::{self, Cell, Paragraph};
use crate::format::container::Container;
use crate::format::xml::{Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    office::read(name, bytes, "a Word document", |container| {
        let mut read = paragraphs::finish(name, &paragraphs(container)?, &[]);
        let noted = core_properties(container);
        read.documents.iter_mut().for_each(|document| noted.note(document));
        Ok(read)
    })
}

fn paragraphs(container: &mut Container<'_>) -> Result<Vec<Paragraph>, String> {
    let main = main_part(container).ok_or("it has no part `word/document.xml`")?;
    let mut reader = PartReader::default();
    for part in [main.as_str(), "word/footnotes.xml", "word/endnotes.xml"] {
        if container.has(part) {
            let xml = container.text(part)?;
            reader.run(&xml).map_err(|error| office::damaged(part, &xml, &error))?;
        }
    }
    Ok(reader.done)
}

/// `word/document.xml`, which some programs number.
fn main_part(container: &Container<'_>) -> Option<String> {
    let is_main = |name: &String| {
        let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
        number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    container.names().into_iter().filter(is_main).min()
}

/// What `docProps/core.xml` says of the document.
pub(super) fn core_properties(container: &mut Container<'_>) -> Noted {
    office::noted(container, "docProps/core.xml", |name| match name {
        "title" => Some(Field::Title),
        "created" => Some(Field::Date),
        "creator" => Some(Field::Author),
        "language" => Some(Field::Lang),
        _ => None,
    })
}

/// Reads the paragraphs of parts.
#[derive(Default)]
struct PartReader {
    done: Vec<Paragraph>,
    /// The paragraphs begun and not ended: a text box stands within a paragraph.
    paragraphs: Vec<Paragraph>,
    /// Open `w:t`.
    in_text: bool,
    /// The tables begun and not ended, each with the cell that it is at.
    tables: Vec<Cell>,
    tables_begun: usize,
    /// How deep in what is not to be read.
    skipped: usize,
}

impl PartReader {
    fn run(&mut self, xml: &str) -> Result<(), XmlError> {
        let mut xml = Xml::new(xml);
        loop {
            match xml.next()? {
                Event::Start(tag) => self.start(&tag),
                Event::End(name) => self.end(&name),
                Event::Text(text, _) => self.text(text),
                Event::Reference(c, _) => self.text(c.encode_utf8(&mut [0; 4])),
                Event::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            name if is_skipped(name) => self.skipped += 1,
            "p" => self.begin_paragraph(),
            "t" => self.in_text = true,
            "tbl" => {
                self.tables.push(Cell::before_first(self.tables_begun));
                self.tables_begun += 1;
            }
            "tr" => self.at_table(Cell::next_row),
            "tc" => self.at_table(Cell::next_column),
            "tab" | "ptab" if tag.get_local("pos").is_none() => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "pStyle" if is_heading(&value(tag)) => self.set_kind(BlockKind::Heading),
            "outlineLvl" if value(tag) != "9" => self.set_kind(BlockKind::Heading),
            "numPr" => self.set_list_item(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if is_skipped(name) => self.skipped = self.skipped.saturating_sub(1),
            "p" => self.end_paragraph(),
            "t" => self.in_text = false,
            "tbl" => _ = self.tables.pop(),
            _ => {}
        }
    }

    fn at_table(&mut self, change: impl Fn(&mut Cell)) {
        self.tables.last_mut().into_iter().for_each(change);
    }

    fn begin_paragraph(&mut self) {
        let cell = self.tables.last().filter(|cell| cell.is_begun()).copied();
        let kind = if cell.is_some() { BlockKind::TableCell } else { BlockKind::Paragraph };
        self.paragraphs.push(Paragraph { kind, cell, ..Paragraph::default() });
    }

    fn end_paragraph(&mut self) {
        let paragraph = self.paragraphs.pop().filter(|paragraph| !paragraph.text.trim().is_empty());
        self.done.extend(paragraph);
    }

    fn set_kind(&mut self, kind: BlockKind) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.kind = kind;
        }
    }

    fn set_list_item(&mut self) {
        if self.paragraphs.last().is_some_and(|paragraph| paragraph.kind == BlockKind::Paragraph) {
            self.set_kind(BlockKind::ListItem);
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.skipped == 0
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }
}

/// Text moved away or struck out, and the second copy of a drawing's text for old programs.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback")
}

/// Styles keep their English ids in most languages of Word, but not in Spanish ("Ttulo1", "Ttulo").
fn is_heading(style: &str) -> bool {
    let style = style.to_lowercase();
    ["heading", "title", "subtitle", "ttulo", "título", "titulo", "subttulo", "subtítulo"]
        .iter()
        .any(|heading| style.starts_with(heading))
}

/// The attribute `w:val`.
fn value(tag: &Tag<'_>) -> String {
    tag.get_local("val").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;
    use crate::format::container::tests::archive;
    use crate::text::{Document, Space};

    fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        archive(&[&[("word/document.xml", xml.as_bytes())], more].concat())
    }

    fn document(body: &str) -> Document {
        let notes: &[u8] =
            "<w:footnotes><w:p><w:r><w:t>Véase el anexo.</w:t></w:r></w:p></w:footnotes>".as_bytes();
        read("x.docx", &docx(body, &[("word/footnotes.xml", notes)])).documents.remove(0)
    }

    #[test]
    fn paragraphs_become_blocks() {
        use BlockKind::{Heading, ListItem, Paragraph, TableCell};
        let document = document(
            "<w:p><w:pPr><w:pStyle w:val=\"Ttulo1\"/></w:pPr><w:r><w:t>Acuerdo</w:t></w:r></w:p>\
             <w:p/><w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr>\
             <w:r><w:t xml:space=\"preserve\">La Guar</w:t></w:r><w:r><w:t>dia&#x20;&amp; m&#225;s</w:t></w:r></w:p>\
             <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>uno</w:t><w:tab/><w:t>dos</w:t><w:br/><w:t>tres</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>celda</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        let blocks: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text))).collect();
        assert_eq!(
            blocks,
            [
                (Heading, "Acuerdo"),
                (Paragraph, "La Guardia & más"),
                (ListItem, "uno\tdos\ntres"),
                (TableCell, "celda"),
                (Paragraph, "Véase el anexo."),
            ]
        );
        assert_eq!(document.map.space, Space::Extracted);
    }

    #[test]
    fn struck_out_and_doubled_text_is_left_out() {
        let document = document(
            "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:ins><w:r><w:t>c</w:t></w:r></w:ins>\
             <w:moveFrom><w:r><w:t>d</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>\
             <w:Fallback><w:p><w:r><w:t>e</w:t></w:r></w:p></w:Fallback><w:r><w:noBreakHyphen/><w:t>f</w:t></w:r></w:p>",
        );
        assert_eq!(document.blocks.first().map(|block| block.span.of(&document.text)), Some("ac\u{2011}f"));
    }

    #[test]
    fn a_table_of_a_text_and_its_translation_is_bilingual() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row =
            |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>());
        let body = format!(
            "<w:p><w:r><w:t>Para revisar con calma</w:t></w:r></w:p><w:tbl>{}{}{}</w:tbl>",
            row(&["ID", "English", "Español (México)", "Comentario"]),
            row(&["1", "The border was closed on Monday.", "La frontera se cerró el lunes.", "ok"]),
            row(&["2", "The agents found nothing at all.", "", "falta"]),
        );
        let core = "<cp:coreProperties><dc:title>Nota</dc:title><dcterms:created>2025-03-01T08:00:00Z</dcterms:created>\
                    </cp:coreProperties>";
        let read = read("x.docx", &docx(&body, &[("docProps/core.xml", core.as_bytes())]));
        let wanted = [
            ["table 1, row 2", "The border was closed on Monday.", "La frontera se cerró el lunes."],
            ["table 1, row 3", "The agents found nothing at all.", ""],
            ["paragraph 1", "", "Para revisar con calma"],
        ];
        assert_eq!(units(&read), wanted);
        assert_eq!(read.pairs, [(0, 1)]);
        assert_eq!(read.documents[1].about.date.as_deref(), Some("2025-03-01"));
    }

    #[test]
    fn damage_is_told() {
        let cases = [
            (b"not a zip".to_vec(), "container is damaged"),
            (b"\xd0\xcf\x11\xe0\xa1".to_vec(), "old Office version"),
            (archive(&[("mimetype", b"x")]), "no part"),
            (archive(&[("word/document.xml", b"<a><b></a>")]), "`word/document.xml` is damaged, line 1"),
            (archive(&[("word/document.xml", b"<a>&x;</a>")]), "`&x;` cannot be resolved"),
        ];
        for (bytes, cause) in cases {
            let read = read("x.docx", &bytes);
            assert!(read.documents.is_empty(), "{cause}");
            assert!(read.findings[0].message.contains(cause), "{cause}: {}", read.findings[0].message);
        }
    }
}
