//! Excel (Office Open XML): the cells that hold words and are seen, sheet by sheet.

use std::ops::RangeInclusive;

use super::Read;
use super::docx::core_properties;
use super::hidden::{Hidden, Hides, MOST_RANGES};
use super::office;
use super::paragraphs::{self, Cell, Paragraph, cell_name};
use crate::format::container::{Container, Links};
use crate::format::room::Room;
use crate::format::xml::{Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

const MAIN: &str = "xl/workbook.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    office::read(name, bytes, "an Excel file", |container| {
        let xml = container.text(MAIN)?;
        let damaged = |error: XmlError| office::damaged(MAIN, &xml, &error);
        let names = office::attributes(&xml, "sheet", "name").map_err(damaged)?;
        let ids = office::attributes(&xml, "sheet", "r:id").map_err(damaged)?;
        let links = Links::of(container, MAIN);
        let strings = strings(container)?;
        let states = office::attributes(&xml, "sheet", "state").map_err(damaged)?;
        let mut room = Some(Room::for_shared(container.unpacked()));
        let (mut cells, mut hidden) = (Vec::new(), Hidden::default());
        for (table, (sheet, id)) in names.iter().zip(&ids).enumerate() {
            let Some(part) = links.part(id).filter(|part| container.has(part)) else { continue };
            let xml = container.text(&part)?;
            let (strings, cells, room) = (&strings, &mut cells, &mut room);
            let mut reader = Reader {
                strings,
                sheet,
                table,
                cells,
                row: 0,
                column: 0,
                room,
                hidden: &mut hidden,
                hides_sheet: states
                    .get(table)
                    .is_some_and(|state| matches!(state.as_str(), "hidden" | "veryHidden")),
                hides_row: false,
                hides_columns: Vec::new(),
            };
            reader.run(&xml).map_err(|error| office::damaged(&part, &xml, &error))?;
            if room.is_none() {
                return Err("its cells repeat long texts, far more than a sheet of words does".to_owned());
            }
        }
        let mut read = paragraphs::finish(name, &cells, &names);
        let noted = core_properties(container);
        read.documents.iter_mut().for_each(|document| noted.note(document));
        read.findings.extend(hidden.told(name));
        Ok(read)
    })
}

/// The strings that cells refer to by number.
fn strings(container: &mut Container<'_>) -> Result<Vec<String>, String> {
    if !container.has(STRINGS) {
        return Ok(Vec::new());
    }
    let source = container.text(STRINGS)?;
    let read = || {
        let mut xml = Xml::new(&source);
        let mut strings = Vec::new();
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.name() == "si" => strings.push(rich_text(&mut xml)?),
                Event::Eof => return Ok(strings),
                _ => {}
            }
        }
    };
    read().map_err(|error| office::damaged(STRINGS, &source, &error))
}

/// The text of a string in runs, without the reading aids that Japanese has.
fn rich_text(xml: &mut Xml<'_>) -> Result<String, XmlError> {
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name() == "rPh" => xml.skip()?,
            Event::Start(tag) if tag.name() == "t" => text += &xml.text()?,
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return Ok(text),
            Event::End(_) => depth -= 1,
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

/// Reads the cells of a sheet.
struct Reader<'a> {
    strings: &'a [String],
    sheet: &'a str,
    table: usize,
    cells: &'a mut Vec<Paragraph>,
    row: usize,
    column: usize,
    /// For the texts that cells refer to; `None` where there was too little.
    room: &'a mut Option<Room>,
    hidden: &'a mut Hidden,
    hides_sheet: bool,
    hides_row: bool,
    /// The columns that are hidden, from 1.
    hides_columns: Vec<RangeInclusive<usize>>,
}

impl Reader<'_> {
    fn run(&mut self, xml: &str) -> Result<(), XmlError> {
        let mut xml = Xml::new(xml);
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.name() == "row" => {
                    let number = tag.get("r").and_then(|r| r.parse::<usize>().ok());
                    self.row = number.map_or(self.row + 1, |number| number.clamp(1, 1 << 20));
                    self.column = 0;
                    self.hides_row = is_on(&tag, "hidden");
                }
                Event::Start(tag) if tag.name() == "col" && is_on(&tag, "hidden") => {
                    let number = |name| tag.get(name).and_then(|number| number.parse::<usize>().ok());
                    let (first, last) = (number("min").unwrap_or(0), number("max").unwrap_or(0));
                    if self.hides_columns.len() < MOST_RANGES {
                        self.hides_columns.push(first..=last);
                    }
                }
                Event::Start(tag) if tag.name() == "c" => self.cell(&tag, &mut xml)?,
                Event::Eof => return Ok(()),
                _ if self.room.is_none() => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        let column = tag.get("r").and_then(|reference| column_of(&reference));
        self.column = column.unwrap_or(self.column + 1);
        let kind = tag.get("t").unwrap_or_default();
        let mut value = String::new();
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.name() {
                    "v" => value = xml.text()?,
                    "is" => value = rich_text(xml)?,
                    _ => xml.skip()?,
                },
                Event::End(_) | Event::Eof => break,
                _ => {}
            }
        }
        let text = match kind.as_str() {
            "s" => value.trim().parse().ok().and_then(|number| self.shared(number)),
            "str" | "inlineStr" => Some(value),
            _ => None,
        };
        if let Some(text) = text.filter(|text| text.contains(char::is_alphabetic)) {
            let cell = Cell { table: self.table, row: self.row.max(1) - 1, column: self.column - 1 };
            if let Some(how) = self.hides() {
                self.hidden.add(how, self.sheet, [cell.table, cell.row, cell.column]);
                return Ok(());
            }
            let part = Some(cell_name(self.sheet, cell));
            self.cells.push(Paragraph { text, kind: BlockKind::TableCell, cell: Some(cell), part });
        }
        Ok(())
    }

    /// Why the cell at hand is not seen.
    fn hides(&self) -> Option<Hides> {
        let hides_column = || self.hides_columns.iter().any(|columns| columns.contains(&self.column));
        match () {
            () if self.hides_sheet => Some(Hides::Sheet),
            () if self.hides_row => Some(Hides::Row),
            () if hides_column() => Some(Hides::Column),
            () => None,
        }
    }

    /// The string of a number, as long as there is room.
    fn shared(&mut self, number: usize) -> Option<String> {
        let text = self.strings.get(number)?;
        let taken = self.room.as_mut()?.take(text.len());
        if taken.is_none() {
            *self.room = None;
        }
        taken.map(|()| text.clone())
    }
}

/// Whether an attribute that is on or off is on.
fn is_on(tag: &Tag<'_>, name: &str) -> bool {
    tag.get(name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

/// The number of a column, from 1: 28 for `AB7`.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |n, letter| n * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    (1..=1 << 14).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;
    use crate::format::container::tests::archive;

    fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
        workbook_of(
            "<sheet name=\"Hoja 1\" r:id=\"r1\"/>",
            &format!("<sheetData>{sheet}</sheetData>"),
            strings,
        )
    }

    /// A workbook whose sheets all have this content.
    fn workbook_of(sheets: &str, sheet: &str, strings: &str) -> Vec<u8> {
        let workbook = format!("<workbook><sheets>{sheets}</sheets></workbook>");
        let sheet = format!("<worksheet>{sheet}</worksheet>");
        let strings = format!("<sst>{strings}</sst>");
        archive(&[
            (MAIN, workbook.as_bytes()),
            (
                "xl/_rels/workbook.xml.rels",
                b"<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            ),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            (STRINGS, strings.as_bytes()),
        ])
    }

    #[test]
    fn hidden_cells_are_told_and_not_read() {
        let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"str\"><v>{text}</v></c>");
        let sheet = format!(
            "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\">{}{}</row>\
             <row r=\"2\" hidden=\"1\">{}</row><row r=\"3\" hidden=\"0\">{}</row></sheetData>",
            cell("A1", "uno"),
            cell("C1", "columna"),
            cell("A2", "fila"),
            cell("A3", "tres"),
        );
        let sheets = "<sheet name=\"Hoja\" r:id=\"r1\"/><sheet name=\"Datos\" state=\"hidden\" r:id=\"r1\"/>";
        let read = read("x.xlsx", &workbook_of(sheets, &sheet, ""));
        assert_eq!(read.documents[0].text, "uno\n\ntres");
        let told = "`x.xlsx`: the sheet “Datos”, 1 row, 1 column with words, hidden and not read";
        assert_eq!(read.findings.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), [told]);
    }

    #[test]
    fn cells_with_words_are_blocks() {
        let sheet = "<row r=\"2\"><c r=\"AB2\" t=\"s\"><v>1</v></c><c t=\"n\"><v>7</v></c></row>\
                     <row><c t=\"inlineStr\"><is><t>en línea</t></is></c><c t=\"str\"><f>A1</f><v>fórmula</v></c><c t=\"s\"><v>99</v></c></row>";
        let strings = "<si><t>no</t></si><si><r><t xml:space=\"preserve\">La </t></r><r><t>Guardia &amp; más</t></r><rPh><t>x</t></rPh></si>";
        let document = read("x.xlsx", &workbook(sheet, strings)).documents.remove(0);
        let shown: Vec<_> = document
            .blocks
            .iter()
            .map(|b| (document.parts.at(b.span.start).unwrap_or(""), b.span.of(&document.text)))
            .collect();
        let wanted =
            [("Hoja 1!AB2", "La Guardia & más"), ("Hoja 1!A3", "en línea"), ("Hoja 1!B3", "fórmula")];
        assert_eq!(shown, wanted);
    }

    #[test]
    fn two_columns_are_a_text_and_its_translation() {
        let row = |n: usize, a: usize| {
            format!(
                "<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>{a}</v></c><c r=\"C{n}\" t=\"s\"><v>{}</v></c></row>",
                a + 1
            )
        };
        let strings = ["en", "es", "The wall", "El muro"].map(|s| format!("<si><t>{s}</t></si>")).concat();
        let read = read("x.xlsx", &workbook(&(row(1, 0) + &row(5, 2)), &strings));
        assert_eq!(units(&read), [["Hoja 1, row 5", "The wall", "El muro"]]);
    }
}
