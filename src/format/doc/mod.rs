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
mod subtitles;
mod tmx;
mod xliff;

pub use fields::{Field, Fields};
pub use name::{NameKey, lang_of_name, loose_keys, name_keys};

use crate::check::{Finding, Severity};
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
    format("Word", &["docx"], Text(docx::read)),
    #[cfg(feature = "office")]
    format("OpenDocument", &["odt", "odp", "ods"], Text(opendocument::read)),
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
    format("XML", &["xml", "nitf"], Text(news::read)),
];

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

/// Reads a file by the extension of its name; an unknown extension is read as plain text. A document's language is the
/// one that the name states, else the one that the file states; of the sides of a bilingual file and of records always
/// the latter, where there is one.
pub fn read(name: &str, bytes: &[u8]) -> Read {
    read_fields(name, bytes, &Fields::default())
}

/// As [`read`], with the meanings of the fields that records have.
pub fn read_fields(name: &str, bytes: &[u8], fields: &Fields) -> Read {
    let mut read = match format_of(name).unwrap_or(PLAIN).read {
        Text(read) => read(name, bytes),
        Records(read) => read(name, bytes, fields),
    };
    read.findings.extend(odd_date(name, &read.documents));
    let many = read.documents.len() > 1;
    let of_name = lang_of_name(name);
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
    use crate::lang::Lang;

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
    }

    #[test]
    fn the_name_outranks_the_file_on_its_language() {
        let html = b"<html lang=en><p>Hola</p></html>";
        assert_eq!(read("page.html", html).documents[0].lang, Some(Lang::En));
        assert_eq!(read("page.es.html", html).documents[0].lang, Some(Lang::Es));
    }
}
