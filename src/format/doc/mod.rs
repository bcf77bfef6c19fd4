//! Documents: bytes in, [`Document`] out, one file a format.
//!
//! A reader gives the readable text and a map from it back to the bytes of the source, so that a term found in
//! a web page can be shown where it stands in the file:
//!
//! ```
//! use glosa::format::doc;
//! use glosa::text::Span;
//!
//! let read = doc::read("nota.md", "La **Guardia** Nacional".as_bytes());
//! let document = &read.documents[0];
//! assert_eq!(document.text, "La Guardia Nacional");
//! assert_eq!(document.source_text(Span::new(3, 19)), "Guardia** Nacional");
//! ```
//!
//! A new format is a file beside this one and a line in [`FORMATS`].

mod bilingual;
mod build;
mod csv;
#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "office")]
mod epub;
mod fields;
mod front_matter;
mod grid;
#[cfg(feature = "office")]
mod hidden;
#[cfg(test)]
mod hostile;
mod html;
mod inline;
mod json;
mod markdown;
mod name;
mod news;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "office")]
mod opendocument;
#[cfg(feature = "office")]
mod paragraphs;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod po;
#[cfg(feature = "office")]
mod rtf;
#[cfg(feature = "office")]
mod sheets;
#[cfg(feature = "office")]
mod slides;
#[cfg(feature = "office")]
mod styles;
mod subtitles;
mod tmx;
mod xliff;

pub use fields::{Field, Fields};
pub use name::{NameKey, lang_of_name, loose_keys, name_keys};

use crate::check::{Finding, Severity};
use crate::format::xml;
use crate::lang::Lang;
use crate::text::date::is_date;
use crate::text::{Document, RECORD_MARK};

/// A kind of document.
#[derive(Clone, Copy, Debug)]
pub struct DocFormat {
    /// Its name.
    pub name: &'static str,
    /// The extensions of its files, in lower case without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file of it is its own text, so that a large one may be read piece by piece.
    pub plain: bool,
    read: Reader,
}

/// A function that reads a file, given its name and bytes.
#[derive(Clone, Copy, Debug)]
enum Reader {
    /// Whatever the file holds.
    Text(fn(&str, &[u8]) -> Read),
    /// Of records those fields that have a meaning.
    Records(fn(&str, &[u8], &Fields) -> Read),
}

use Reader::{Records, Text};

/// The formats that documents may have.
pub const FORMATS: &[DocFormat] = &[
    PLAIN,
    format("Markdown", &["md", "markdown"], Text(markdown::read)),
    format("HTML", &["html", "htm", "xhtml"], Text(html::read)),
    format("subtitles", &["srt", "vtt"], Text(subtitles::read)),
    format("table", &["csv", "tsv"], Records(csv::read)),
    format("JSON", &["json"], Records(json::read)),
    format("JSON lines", &["jsonl", "ndjson"], Records(json::read_lines)),
    format("PO", &["po", "pot"], Text(po::read)),
    format("XLIFF", &["xlf", "xliff", "sdlxliff", "mqxliff", "mxliff", "txlf"], Text(xliff::read)),
    format("TMX", &["tmx"], Text(tmx::read)),
    #[cfg(feature = "office")]
    format("Word", &["docx", "docm", "dotx", "dotm"], Text(docx::read)),
    #[cfg(feature = "office")]
    format("OpenDocument", &["odt", "odp", "ods", "ott", "fodt", "fodp", "fods"], Text(opendocument::read)),
    #[cfg(feature = "office")]
    format("rich text", &["rtf"], Text(rtf::read)),
    #[cfg(feature = "office")]
    format("PowerPoint", &["pptx"], Text(slides::read)),
    #[cfg(feature = "office")]
    format("Excel", &["xlsx"], Text(sheets::read)),
    #[cfg(feature = "office")]
    format("EPUB", &["epub"], Text(epub::read)),
    #[cfg(feature = "pdf")]
    format("PDF", &["pdf"], Text(pdf::read)),
    XML,
];

const XML: DocFormat = format("XML", &["xml", "nitf"], Text(news::read));

const PLAIN: DocFormat =
    DocFormat { plain: true, ..format("plain text", &["txt", "text"], Text(plain::read)) };

const fn format(name: &'static str, extensions: &'static [&'static str], read: Reader) -> DocFormat {
    DocFormat { name, extensions, plain: false, read }
}

/// What came of reading a file: as much as could be read, and what there is to say about it.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The documents: one, or the two sides of a bilingual file, or the records of a file of many; none after a finding
    /// that is an error about all of them.
    pub documents: Vec<Document>,
    /// Which of them translate one another as the file itself states, by their indices.
    pub pairs: Vec<(usize, usize)>,
    /// Errors and warnings.
    pub findings: Vec<Finding>,
}

impl Read {
    fn of(document: Document) -> Self {
        Read { documents: vec![document], ..Read::default() }
    }

    fn failed(finding: Finding) -> Self {
        Read { findings: vec![finding], ..Read::default() }
    }
}

/// Reads a file by the extension of its name; with an unknown extension what begins as XML is read as that, all else as
/// plain text. A document's language is the
/// one that the name states, else the one that the file states; of the sides of a bilingual file and of records always
/// the latter, where there is one.
pub fn read(name: &str, bytes: &[u8]) -> Read {
    read_fields(name, bytes, &Fields::default())
}

/// As [`read`], with the meanings of the fields that records have.
pub fn read_fields(name: &str, bytes: &[u8], fields: &Fields) -> Read {
    let format = format_of(name).unwrap_or(if xml::is_declared(bytes) { XML } else { PLAIN });
    let mut read = match format.read {
        Text(read) => read(name, bytes),
        Records(read) => read(name, bytes, fields),
    };
    let of_name = lang_of_name(name);
    leave_out_foreign(name, &mut read, of_name);
    read.findings.extend(odd_date(name, &read.documents));
    let many = read.documents.len() > 1;
    for document in &mut read.documents {
        document.name = match &document.record {
            Some(record) => format!("{name}{RECORD_MARK}{record}"),
            None => name.to_owned(),
        };
        let of_file = document.lang;
        document.lang = if many { of_file.or(of_name) } else { of_name.or(of_file) };
    }
    read
}

/// Leaves out the records of a text file, or the file, that state another language; what a file is named outranks what it
/// states. The properties of an office document often come from a template, and are not believed so far.
fn leave_out_foreign(name: &str, read: &mut Read, of_name: Option<Lang>) {
    let of_all = read.documents.len();
    if !read.pairs.is_empty() || of_all == 1 && of_name.is_some() {
        return;
    }
    let mut tags: Vec<Box<str>> = Vec::new();
    read.documents.retain_mut(|document| {
        let other = document.other_lang.take().filter(|_| document.map.space.has_lines());
        let is_kept = other.is_none();
        tags.extend(other);
        is_kept
    });
    let left_out = tags.len();
    tags.sort_unstable();
    tags.dedup();
    let tags = tags.join("`, `");
    let what = match (left_out, of_all) {
        (0, _) => return,
        (1, 1) => format!("`{name}` states that it is in `{tags}`"),
        (1, _) => format!("a record of `{name}` states that it is in `{tags}`"),
        (many, _) => format!("{many} records of `{name}` state that they are in `{tags}`"),
    };
    let message = format!("{what}, neither Spanish nor English: left out");
    read.findings.push(
        Finding::new(Severity::Warning, "foreign-language", message)
            .help("mend the language where it is stated if it is wrong there"),
    );
}

/// What there is to say of dates that are stated and cannot be told.
fn odd_date(name: &str, documents: &[Document]) -> Option<Finding> {
    let dates = documents.iter().filter_map(|document| document.about.date.as_deref());
    let odd: Vec<&str> = dates.filter(|date| !is_date(date)).collect();
    let first = odd.first()?;
    let all = if odd.len() > 1 { format!(", as are {} more", odd.len() - 1) } else { String::new() };
    let message = format!("{name}: the date “{first}” is not understood{all}");
    Some(Finding::new(Severity::Warning, "document-date", message).help("write dates as 2026-11-28"))
}

/// The format that a file's extension stands for.
pub fn format_of(name: &str) -> Option<DocFormat> {
    let extension = name::extension(name)?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The units of a bilingual file: name, source, translation, blocks on one line.
    pub(super) fn units(read: &Read) -> Vec<[String; 3]> {
        let mut units: Vec<[String; 3]> = Vec::new();
        for (side, document) in read.documents.iter().enumerate() {
            for (name, span) in document.parts.spans(document.text.len()) {
                let text = span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
                match units.iter_mut().find(|unit| unit[0] == name) {
                    Some(unit) => unit[side + 1] = text,
                    None => {
                        let mut unit = [name.to_owned(), String::new(), String::new()];
                        unit[side + 1] = text;
                        units.push(unit);
                    }
                }
            }
        }
        units
    }

    #[test]
    fn the_extension_chooses_the_reader() {
        for (name, format) in [("a.md", "Markdown"), ("b/C.HTML", "HTML"), ("d.txt", "plain text")] {
            assert_eq!(format_of(name).map(|f| f.name), Some(format), "{name}");
        }
        assert!(format_of("e.png").is_none() && format_of("folder.md/file").is_none());
        assert_eq!(read("e.rst", b"<i>hola</i>").documents[0].text, "<i>hola</i>");
        let declared = b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<resources><string>hola</string></resources>";
        assert_eq!(read("e.resx", declared).findings[0].rule, "other-xml");
    }

    #[test]
    fn records_in_another_language_are_told_and_left_out() {
        let record = |lang: &str| format!("{{\"text\": \"un arancel\", \"lang\": \"{lang}\"}}\n");
        let records = record("es-MX") + &record("fr") + &record("pt-BR") + &record("fr");
        let read = read("x.jsonl", records.as_bytes());
        assert_eq!((read.documents.len(), read.documents[0].lang), (1, Some(Lang::Es)));
        let told = "3 records of `x.jsonl` state that they are in `fr`, `pt-BR`, neither Spanish nor English: left out";
        assert_eq!(read.findings.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), [told]);
    }

    #[test]
    fn the_name_outranks_the_file_on_its_language() {
        let french = b"<html lang=fr><p>Bonjour</p></html>";
        assert!(read("page.html", french).documents.is_empty());
        assert_eq!(read("page.es.html", french).documents[0].lang, Some(Lang::Es));
        let html = b"<html lang=en><p>Hola</p></html>";
        assert_eq!(read("page.html", html).documents[0].lang, Some(Lang::En));
        assert_eq!(read("page.es.html", html).documents[0].lang, Some(Lang::Es));
    }
}
