//! PowerPoint (Office Open XML): the paragraphs of each slide in the order of the show, its notes after it.

use std::collections::HashSet;

use super::Read;
use super::docx::core_properties;
use super::office;
use super::paragraphs::{self, Cell, Paragraph};
use crate::format::container::{Container, Links};
use crate::format::xml::{Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

const MAIN: &str = "ppt/presentation.xml";

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    office::read(name, bytes, "a PowerPoint file", |container| {
        let mut reader = Reader::default();
        for (i, slide) in slides(container)?.iter().enumerate() {
            reader.part(container, slide, format!("slide {}", i + 1))?;
            let notes = Links::of(container, slide).to("notesSlide");
            for notes in notes.iter().filter(|notes| container.has(notes)).cloned().collect::<Vec<_>>() {
                reader.part(container, &notes, format!("slide {}, notes", i + 1))?;
            }
        }
        let mut read = paragraphs::finish(name, &reader.done, &[]);
        let noted = core_properties(container);
        read.documents.iter_mut().for_each(|document| noted.note(document));
        Ok(read)
    })
}

/// The parts of the slides in the order of the show, each once.
fn slides(container: &mut Container<'_>) -> Result<Vec<String>, String> {
    let xml = container.text(MAIN)?;
    let links = Links::of(container, MAIN);
    let ids =
        office::attributes(&xml, "sldId", "r:id").map_err(|error| office::damaged(MAIN, &xml, &error))?;
    let mut seen = HashSet::new();
    let slides = ids.iter().filter_map(|id| links.part(id)).filter(|slide| seen.insert(slide.clone()));
    Ok(slides.filter(|slide| container.has(slide)).collect())
}

#[derive(Default)]
struct Reader {
    done: Vec<Paragraph>,
    part: String,
    open: Option<Paragraph>,
    /// Open `a:t`.
    in_text: bool,
    /// The shape holds a title.
    is_title: bool,
    tables: usize,
    cell: Option<Cell>,
}

impl Reader {
    fn part(&mut self, container: &mut Container<'_>, part: &str, shown: String) -> Result<(), String> {
        let xml = container.text(part)?;
        self.part = shown;
        self.run(&xml).map_err(|error| office::damaged(part, &xml, &error))
    }

    fn run(&mut self, xml: &str) -> Result<(), XmlError> {
        let mut xml = Xml::new(xml);
        loop {
            match xml.next()? {
                // A second copy for old programs, and numbers of slides.
                Event::Start(tag) if tag.name() == "Fallback" => xml.skip()?,
                Event::Start(tag) if is_number(&tag) => xml.skip()?,
                Event::Start(tag) => self.start(&tag),
                Event::End(name) => self.end(&name),
                Event::Text(text, _) if self.in_text => self.push(text),
                Event::Reference(c, _) if self.in_text => self.push(c.encode_utf8(&mut [0; 4])),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.full_name() {
            "p:sp" => self.is_title = false,
            "p:ph" => self.is_title = matches!(tag.get("type").as_deref(), Some("title" | "ctrTitle")),
            "a:p" => {
                let kind = match self.cell {
                    Some(_) => BlockKind::TableCell,
                    None if self.is_title => BlockKind::Heading,
                    None => BlockKind::ListItem,
                };
                let part = Some(self.part.clone());
                self.open = Some(Paragraph { kind, cell: self.cell, part, text: String::new() });
            }
            "a:t" => self.in_text = true,
            "a:br" => self.push("\n"),
            "a:tbl" => {
                self.cell = Some(Cell::before_first(self.tables));
                self.tables += 1;
            }
            "a:tr" => self.cell.iter_mut().for_each(Cell::next_row),
            "a:tc" => self.cell.iter_mut().for_each(Cell::next_column),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                let paragraph = self.open.take().filter(|paragraph| !paragraph.text.trim().is_empty());
                self.done.extend(paragraph);
            }
            "tbl" => self.cell = None,
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.open {
            paragraph.text.push_str(text);
        }
    }
}

fn is_number(tag: &Tag<'_>) -> bool {
    tag.full_name() == "a:fld" && tag.get("type").as_deref() == Some("slidenum")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::container::tests::archive;

    #[test]
    fn slides_come_in_the_order_of_the_show() {
        let slide = |title: &str, text: &str| {
            format!(
                "<p:sld><p:sp><p:nvPr><p:ph type=\"title\"/></p:nvPr><a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:sp>\
                 <p:sp><a:p><a:r><a:t>{text}</a:t></a:r><a:br/><a:r><a:t>&amp; más</a:t></a:r><a:fld type=\"slidenum\"><a:t>7</a:t></a:fld></a:p></p:sp></p:sld>"
            )
        };
        let (one, two) = (slide("Uno", "muro"), slide("Dos", "arancel"));
        let parts: &[(&str, &[u8])] = &[
            (MAIN, b"<p:presentation><p:sldIdLst><p:sldId r:id=\"b\"/><p:sldId r:id=\"a\"/></p:sldIdLst></p:presentation>"),
            (
                "ppt/_rels/presentation.xml.rels",
                b"<Relationships><Relationship Id=\"a\" Target=\"slides/slide1.xml\"/><Relationship Id=\"b\" Target=\"/ppt/slides/slide2.xml\"/></Relationships>",
            ),
            ("ppt/slides/slide1.xml", one.as_bytes()),
            ("ppt/slides/slide2.xml", two.as_bytes()),
            (
                "ppt/slides/_rels/slide2.xml.rels",
                b"<Relationships><Relationship Id=\"x\" Type=\"http://x/notesSlide\" Target=\"../notesSlides/n.xml\"/></Relationships>",
            ),
            ("ppt/notesSlides/n.xml", b"<p:notes><a:p><a:t>Decir</a:t></a:p></p:notes>"),
        ];
        let document = read("x.pptx", &archive(parts)).documents.remove(0);
        let shown: Vec<_> = document
            .blocks
            .iter()
            .map(|b| (document.parts.at(b.span.start).unwrap_or(""), b.kind, b.span.of(&document.text)))
            .collect();
        let wanted = [
            ("slide 1", BlockKind::Heading, "Dos"),
            ("slide 1", BlockKind::ListItem, "arancel\n& más"),
            ("slide 1, notes", BlockKind::ListItem, "Decir"),
            ("slide 2", BlockKind::Heading, "Uno"),
            ("slide 2", BlockKind::ListItem, "muro\n& más"),
        ];
        assert_eq!(shown, wanted);
    }
}
