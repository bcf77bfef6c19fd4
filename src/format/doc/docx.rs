//! Word documents (Office Open XML): the paragraphs of `word/document.xml` in order, notes after them.
//!
//! Text that Word does not show is not part of the document: what tracked changes struck out, hidden text, the
//! instructions of fields. A document that mostly consists of a table with a
//! text and its translation side by side is bilingual, each row a unit. A container has no offsets that mean anything to
//! a reader, so those of the text itself count.

use std::collections::HashSet;

use super::Read;
use super::fields::Field;
use super::office::{self, Noted};
use super::paragraphs::{self, Cell, Paragraph};
use super::styles::Styles;
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
    let mut reader = PartReader { styles: styles(container)?, ..PartReader::default() };
    for part in [main.as_str(), "word/footnotes.xml", "word/endnotes.xml"] {
        if container.has(part) {
            let xml = container.text(part)?;
            reader.run(&xml).map_err(|error| office::damaged(part, &xml, &error))?;
        }
    }
    Ok(reader.done)
}

/// What the styles hide.
fn styles(container: &mut Container<'_>) -> Result<Styles, String> {
    const STYLES: &str = "word/styles.xml";
    if !container.has(STYLES) {
        return Ok(Styles::default());
    }
    let source = container.text(STYLES)?;
    let read = || {
        let (mut xml, mut styles) = (Xml::new(&source), Styles::default());
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.name() {
                    "style" => styles.begin(tag.get_local("styleId").unwrap_or_default(), None),
                    "basedOn" => styles.set_parent(value(&tag)),
                    "vanish" => styles.set_hides(is_on(&tag)),
                    _ => {}
                },
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    };
    read().map_err(|error| office::damaged(STYLES, &source, &error))
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
    open: Vec<Open>,
    /// A paragraph whose end was struck out: the next one goes on with it.
    unended: Option<Paragraph>,
    /// The runs begun and not ended, each with whether it is hidden.
    runs: Vec<bool>,
    /// The fields begun and not ended, each with whether its instruction is being read.
    fields: Vec<bool>,
    /// How deep in the properties of paragraphs, which have properties of a run for the paragraph's end.
    properties: usize,
    styles: Styles,
    /// The notes whose marks were struck out, each as its element and id.
    deleted_notes: HashSet<(String, String)>,
    /// Notes so far in this part, and the name of the one that is being read.
    notes: usize,
    note: Option<String>,
    /// Open `w:t`.
    in_text: bool,
    /// The tables begun and not ended, each with the cell that it is at.
    tables: Vec<Cell>,
    tables_begun: usize,
    /// How deep in what is not to be read.
    skipped: usize,
}

/// A paragraph that has begun.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// Its style hides its text.
    hidden: bool,
    /// Its end was struck out.
    end_deleted: bool,
}

impl PartReader {
    fn run(&mut self, xml: &str) -> Result<(), XmlError> {
        let mut xml = Xml::new(xml);
        loop {
            match xml.next()? {
                Event::Start(tag) if is_earlier(tag.name()) || self.is_deleted_note(&tag) => xml.skip()?,
                Event::Start(tag) => self.start(&tag),
                Event::End(name) => self.end(&name),
                Event::Text(text, _) => self.text(text),
                Event::Reference(c, _) => self.text(c.encode_utf8(&mut [0; 4])),
                Event::Eof => {
                    self.end_unended();
                    self.notes = 0;
                    return Ok(());
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "del" | "moveFrom" if self.properties > 0 => self.delete_end(),
            name if is_skipped(name) => self.skipped += 1,
            "pPr" => self.properties += 1,
            "r" => self.runs.push(self.open.last().is_some_and(|open| open.hidden)),
            "vanish" if self.properties == 0 => self.set_hidden(is_on(tag)),
            "rStyle" if self.properties == 0 && self.styles.hides(&value(tag)) => self.set_hidden(true),
            "pStyle" if self.styles.hides(&value(tag)) => self.hide_paragraph(),
            "fldChar" => self.field(&tag.get_local("fldCharType").unwrap_or_default()),
            "p" => self.begin_paragraph(),
            "t" => self.in_text = true,
            // Others are what stands between the text and its notes.
            kind @ ("footnote" | "endnote") if tag.get_local("type").is_none() => {
                self.notes += 1;
                self.note = Some(format!("{kind} {}", self.notes));
            }
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
            "footnoteReference" | "endnoteReference" if self.skipped > 0 => {
                let kind = tag.name().trim_end_matches("Reference").to_owned();
                self.deleted_notes.insert((kind, tag.get_local("id").unwrap_or_default()));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" if self.properties > 0 => {}
            name if is_skipped(name) => self.skipped = self.skipped.saturating_sub(1),
            "pPr" => self.properties = self.properties.saturating_sub(1),
            "r" => _ = self.runs.pop(),
            "p" => self.end_paragraph(),
            "t" => self.in_text = false,
            "footnote" | "endnote" => self.note = None,
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
        let mut paragraph = Paragraph { kind, cell, part: self.note.clone(), ..Paragraph::default() };
        match self.unended.take().filter(|_| self.skipped == 0) {
            Some(before) if before.cell == cell => paragraph.text = before.text,
            before => self.finish(before),
        }
        self.open.push(Open { paragraph, ..Open::default() });
    }

    fn end_paragraph(&mut self) {
        let Some(Open { paragraph, end_deleted, .. }) = self.open.pop() else { return };
        if self.open.is_empty() {
            // An instruction does not go beyond its paragraph: a field that is damaged hides no more than that.
            self.fields.iter_mut().for_each(|instruction| *instruction = false);
        }
        if end_deleted && self.unended.is_none() {
            self.unended = Some(paragraph);
        } else {
            self.finish(Some(paragraph));
        }
    }

    fn end_unended(&mut self) {
        let unended = self.unended.take();
        self.finish(unended);
    }

    fn finish(&mut self, paragraph: Option<Paragraph>) {
        self.done.extend(paragraph.filter(|paragraph| !paragraph.text.trim().is_empty()));
    }

    fn set_kind(&mut self, kind: BlockKind) {
        if let Some(open) = self.open.last_mut() {
            open.paragraph.kind = kind;
        }
    }

    fn set_list_item(&mut self) {
        if self.open.last().is_some_and(|open| open.paragraph.kind == BlockKind::Paragraph) {
            self.set_kind(BlockKind::ListItem);
        }
    }

    /// Strikes out the end of the paragraph.
    fn delete_end(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.end_deleted = true;
        }
    }

    fn hide_paragraph(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.hidden = true;
        }
    }

    /// Hides or shows the run.
    fn set_hidden(&mut self, hidden: bool) {
        if let Some(run) = self.runs.last_mut() {
            *run = hidden;
        }
    }

    /// A mark within a field: it begins with its instruction, its result follows.
    fn field(&mut self, mark: &str) {
        match mark {
            "begin" if self.fields.len() < 64 => self.fields.push(true),
            "separate" => self.fields.last_mut().into_iter().for_each(|instruction| *instruction = false),
            "end" => _ = self.fields.pop(),
            _ => {}
        }
    }

    /// Whether what is being read is the result of a field within the instruction of another, which nobody sees.
    fn is_in_instruction(&self) -> bool {
        self.fields.split_last().is_some_and(|(_, outer)| outer.contains(&true))
    }

    fn is_deleted_note(&self, tag: &Tag<'_>) -> bool {
        let is_note = matches!(tag.name(), "footnote" | "endnote") && !self.deleted_notes.is_empty();
        let id = || (tag.name().to_owned(), tag.get_local("id").unwrap_or_default());
        is_note && self.deleted_notes.contains(&id())
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        let shown = self.skipped == 0 && !self.runs.contains(&true) && !self.is_in_instruction();
        if let Some(open) = self.open.last_mut().filter(|_| shown) {
            open.paragraph.text.push_str(text);
        }
    }
}

/// Text moved away or struck out, and the second copy of a drawing's text for old programs.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback")
}

/// Properties as they were before tracked changes.
fn is_earlier(name: &str) -> bool {
    name.ends_with("PrChange")
}

/// Whether a property that is on or off is on.
fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(value(tag).as_str(), "0" | "false" | "off")
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

    /// The paragraphs of a document with styles of its own, the note's apart.
    fn shown(body: &str) -> Vec<String> {
        let styles: &[u8] = b"<w:styles><w:style w:styleId=\"Oculto\"><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:styleId=\"Marca\"><w:basedOn w:val=\"Oculto\"/></w:style></w:styles>";
        let document = read("x.docx", &docx(body, &[("word/styles.xml", styles)])).documents.remove(0);
        document.blocks.iter().map(|block| block.span.of(&document.text).to_owned()).collect()
    }

    #[test]
    fn hidden_text_is_left_out() {
        let run = |properties: &str, text: &str| {
            format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
        };
        let p = |properties: &str, runs: &[String]| {
            format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", runs.concat())
        };
        let cases = [
            (p("", &[run("", "a"), run("<w:vanish/>", "b"), run("<w:vanish w:val=\"0\"/>", "c")]), "ac"),
            (p("", &[run("<w:rStyle w:val=\"Marca\"/>", "a"), run("<w:rStyle w:val=\"Otra\"/>", "b")]), "b"),
            (p("", &[run("<w:rStyle w:val=\"Marca\"/><w:vanish w:val=\"false\"/>", "a")]), "a"),
            (p("<w:rPr><w:vanish/></w:rPr>", &[run("", "a")]), "a"),
            (p("", &[run("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", "a")]), "a"),
            (p("<w:pStyle w:val=\"Oculto\"/>", &[run("", "a")]) + &p("", &[run("", "b")]), "b"),
        ];
        for (body, wanted) in cases {
            assert_eq!(shown(&body), [wanted], "{body}");
        }
    }

    #[test]
    fn what_stands_in_the_instruction_of_a_field_is_no_text() {
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
        let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        let inner = format!("{begin}<w:r><w:instrText>REF x</w:instrText></w:r>{separate}{}{end}", text("n"));
        let nested = format!("<w:p>{begin}{inner}{separate}{}{end}{}</w:p>", text("a"), text("b"));
        assert_eq!(shown(&nested), ["ab"]);
        assert_eq!(shown(&format!("<w:p>{begin}{separate}{inner}{end}</w:p>")), ["n"]);
        // A field that is not ended hides nothing beyond its paragraph.
        let open = format!("<w:p>{begin}{}</w:p><w:p>{inner}</w:p>", text("a"));
        assert_eq!(shown(&open), ["a", "n"]);
    }

    #[test]
    fn paragraphs_whose_end_was_struck_out_are_one() {
        let p = |properties: &str, text: &str| {
            format!(
                "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
            )
        };
        let deleted = "<w:rPr><w:del w:id=\"1\"/></w:rPr>";
        let body = p(deleted, "La Guardia ") + &p(deleted, "Nacional ") + &p("", "llega.") + &p("", "Otra.");
        assert_eq!(shown(&body), ["La Guardia Nacional llega.", "Otra."]);
        let in_cells = format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            p(deleted, "uno"),
            p("", "dos")
        );
        assert_eq!(shown(&(in_cells + &p(deleted, "fin"))), ["uno", "dos", "fin"]);
    }

    #[test]
    fn a_note_whose_mark_was_struck_out_is_left_out() {
        let notes: &[u8] =
            b"<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>\
            <w:footnote w:id=\"2\"><w:p><w:r><w:t>nota</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let body = "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:del>\
            <w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
        let document = read("x.docx", &docx(body, &[("word/footnotes.xml", notes)])).documents.remove(0);
        assert_eq!(document.text, "a\n\nnota");
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
    fn a_title_above_the_headings_and_long_notes_beside_the_text_are_no_pair() {
        let row = |cells: &[&str]| {
            let cells =
                cells.iter().map(|text| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"));
            format!("<w:tr>{}</w:tr>", cells.collect::<String>())
        };
        let note = "Una nota larga que el revisor dejó sobre este segmento. ".repeat(20);
        let body = format!(
            "<w:tbl>{}{}{}{}</w:tbl>",
            row(&["Comunicado de prensa"]),
            row(&["#", "English (United States)", "Spanish (Mexico)", "Comment"]),
            row(&["1", "The border was closed on Monday.", "La frontera se cerró el lunes.", &note]),
            row(&["2", "The agents found nothing at all.", "Los agentes no encontraron nada.", &note]),
        );
        let wanted = [
            ["table 1, row 3", "The border was closed on Monday.", "La frontera se cerró el lunes."],
            ["table 1, row 4", "The agents found nothing at all.", "Los agentes no encontraron nada."],
            ["paragraph 1", "", "Comunicado de prensa"],
        ];
        assert_eq!(units(&read("x.docx", &docx(&body, &[]))), wanted);
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
