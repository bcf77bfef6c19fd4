//! Word documents (Office Open XML): the paragraphs of `word/document.xml` in order, notes after them.
//!
//! Text struck out by tracked changes is not part of the document. A container has no offsets that mean
//! anything to a reader, so those of the text itself count.

use std::io::{Cursor, Read as _};

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::Read;
use super::build::TextBuilder;
use crate::check::{Finding, Severity};
use crate::text::BlockKind;

/// The most that a part may hold when unpacked, in bytes.
const PART_LIMIT: u64 = 256 << 20;
/// The most that a part may grow when unpacked; prose in XML grows some tenfold, a bomb a thousandfold.
const GROWTH_LIMIT: u64 = 250;
/// A part of this size is unpacked however much it grew.
const SMALL: u64 = 16 << 20;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    match text_of(bytes) {
        Ok(out) => Read { document: Some(out.finish_extracted()), findings: Vec::new() },
        Err(cause) => {
            let message = format!("`{name}` cannot be read as a Word document: {cause}");
            let finding = Finding::new(Severity::Error, "broken-docx", message);
            Read::failed(finding.help("open it in a word processor and save it again as .docx"))
        }
    }
}

fn text_of(bytes: &[u8]) -> Result<TextBuilder, String> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err("it is an old .doc file, or protected with a password".to_owned());
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("its container is damaged ({error})"))?;
    let main = main_part(&archive).ok_or("it has no part `word/document.xml`")?;
    let mut out = TextBuilder::default();
    for part in [main.as_str(), "word/footnotes.xml", "word/endnotes.xml"] {
        if archive.index_for_name(part).is_some() {
            let xml = unpack(&mut archive, part)?;
            PartReader::new(&mut out).run(&xml).map_err(|cause| format!("`{part}` is damaged ({cause})"))?;
        }
    }
    Ok(out)
}

/// `word/document.xml`, which some programs number.
fn main_part(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    let names = || archive.file_names().filter_map(Result::ok);
    let is_main = |name: &str| {
        let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
        number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    names().filter(|name| is_main(name)).min().map(|name| name.into_owned())
}

fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &str) -> Result<String, String> {
    let file = archive.by_name(part).map_err(|error| format!("`{part}` cannot be unpacked ({error})"))?;
    let limit = PART_LIMIT.min(file.compressed_size().saturating_mul(GROWTH_LIMIT).max(SMALL));
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("`{part}` cannot be unpacked ({error})"))?;
    if bytes.len() as u64 > limit {
        return Err(format!(
            "`{part}` unpacks to more than {} MB, far more than its text can be",
            limit >> 20
        ));
    }
    let decoded = crate::format::decode::decode(part, &bytes).map_err(|error| error.message)?;
    Ok(decoded.text)
}

/// Reads the paragraphs of one part.
struct PartReader<'a> {
    out: &'a mut TextBuilder,
    /// The paragraphs begun and not ended: a text box stands within a paragraph.
    paragraphs: Vec<Paragraph>,
    /// Open `w:t`.
    in_text: bool,
    /// How deep in table cells.
    cells: usize,
    /// How deep in what is not to be read.
    skipped: usize,
}

struct Paragraph {
    text: String,
    kind: BlockKind,
}

impl<'a> PartReader<'a> {
    fn new(out: &'a mut TextBuilder) -> Self {
        PartReader { out, paragraphs: Vec::new(), in_text: false, cells: 0, skipped: 0 }
    }

    fn run(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = XmlReader::from_str(xml.trim_start_matches('\u{feff}'));
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.local_name().as_ref());
                }
                Event::End(tag) => self.end(tag.local_name().as_ref()),
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => self.text(&resolved(&reference)),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            name if is_skipped(name) => self.skipped += 1,
            "p" => self.begin_paragraph(),
            "t" => self.in_text = true,
            "tc" => self.cells += 1,
            "tab" | "ptab" if !self.in_properties(tag) => self.push("\t"),
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
            "tc" => self.cells = self.cells.saturating_sub(1),
            _ => {}
        }
    }

    /// A tab stop in the paragraph's properties states its place; a tab in the text does not.
    fn in_properties(&self, tag: &BytesStart<'_>) -> bool {
        tag.attributes().flatten().any(|attribute| attribute.key.local_name().as_ref() == "pos")
    }

    fn begin_paragraph(&mut self) {
        let kind = if self.cells > 0 { BlockKind::TableCell } else { BlockKind::Paragraph };
        self.paragraphs.push(Paragraph { text: String::new(), kind });
    }

    fn end_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraphs.pop().filter(|paragraph| !paragraph.text.trim().is_empty()) {
            self.out.begin(paragraph.kind);
            self.out.extracted(paragraph.text.trim());
            self.out.end();
        }
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
fn value(tag: &BytesStart<'_>) -> String {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == "val")
        .map(|attribute| attribute.value.into_owned())
        .unwrap_or_default()
}

/// One of XML's five named references or a numbered one; any other stays as written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    match &*reference.borrow().into_inner() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::text::{Document, Space};

    fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(content).expect("its content");
        }
        writer.finish().expect("an archive").into_inner()
    }

    fn document(body: &str) -> Document {
        let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        let notes: &[u8] =
            "<w:footnotes><w:p><w:r><w:t>Véase el anexo.</w:t></w:r></w:p></w:footnotes>".as_bytes();
        let bytes = docx(&[("word/document.xml", xml.as_bytes()), ("word/footnotes.xml", notes)]);
        read("x.docx", &bytes).document.expect("a document")
    }

    #[test]
    fn paragraphs_become_blocks() {
        use BlockKind::{Heading, ListItem, Paragraph, TableCell};
        let document = document(
            "<w:p><w:pPr><w:pStyle w:val=\"Ttulo1\"/></w:pPr><w:r><w:t>Acuerdo</w:t></w:r></w:p>\
             <w:p/><w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr>\
             <w:r><w:t xml:space=\"preserve\">La Guar</w:t></w:r><w:r><w:t>dia&#x20;&amp;&nada; m&#225;s</w:t></w:r></w:p>\
             <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>uno</w:t><w:tab/><w:t>dos</w:t><w:br/><w:t>tres</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>celda</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        let blocks: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text))).collect();
        assert_eq!(
            blocks,
            [
                (Heading, "Acuerdo"),
                (Paragraph, "La Guardia &&nada; más"),
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
    fn damage_is_told_and_bombs_do_not_go_off() {
        let bomb = [b"<w:document>".as_slice(), &vec![b' '; 64 << 20]].concat();
        let cases = [
            (b"not a zip".to_vec(), "container is damaged"),
            (docx(&[("mimetype", b"x")]), "no part"),
            (docx(&[("word/document.xml", b"<a><b></a>")]), "is damaged"),
            (docx(&[("word/document.xml", &bomb)]), "unpacks to more than 16 MB"),
        ];
        for (bytes, cause) in cases {
            let read = read("x.docx", &bytes);
            assert!(read.document.is_none(), "{cause}");
            assert!(read.findings[0].message.contains(cause), "{cause}: {}", read.findings[0].message);
        }
        let whole = docx(&[("word/document.xml", b"<a/>")]);
        assert!((0..whole.len()).all(|cut| super::read("x.docx", &whole[..cut]).document.is_none()));
    }
}
