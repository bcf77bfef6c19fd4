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
//! let document = read.document.unwrap();
//! assert_eq!(document.text, "La Guardia Nacional");
//! assert_eq!(document.source_text(Span::new(3, 19)), "Guardia** Nacional");
//! ```
//!
//! A new format is a file beside this one and a line in [`FORMATS`].

mod build;
#[cfg(feature = "docx")]
mod docx;
mod html;
mod markdown;
mod name;
mod plain;

pub use name::{NameKey, lang_of_name, name_keys};

use crate::check::Finding;
use crate::text::Document;

/// A kind of document.
#[derive(Clone, Copy, Debug)]
pub struct DocFormat {
    /// Its name.
    pub name: &'static str,
    /// The extensions of its files, in lower case without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file of it is its own text, so that a large one may be read piece by piece.
    pub plain: bool,
    read: fn(&str, &[u8]) -> Read,
}

/// The formats that documents may have.
pub const FORMATS: &[DocFormat] = &[
    PLAIN,
    DocFormat { name: "Markdown", extensions: &["md", "markdown"], plain: false, read: markdown::read },
    DocFormat { name: "HTML", extensions: &["html", "htm", "xhtml"], plain: false, read: html::read },
    #[cfg(feature = "docx")]
    DocFormat { name: "Word", extensions: &["docx"], plain: false, read: docx::read },
];

const PLAIN: DocFormat =
    DocFormat { name: "plain text", extensions: &["txt", "text"], plain: true, read: plain::read };

/// What came of reading a file: as much as could be read, and what there is to say about it.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The document; `None` after a finding that is an error.
    pub document: Option<Document>,
    /// Errors and warnings.
    pub findings: Vec<Finding>,
}

impl Read {
    fn failed(finding: Finding) -> Self {
        Read { document: None, findings: vec![finding] }
    }
}

/// Reads a document by the extension of its name; an unknown extension is read as plain text. The document's
/// language is the one that the name states, else the one that the file states.
pub fn read(name: &str, bytes: &[u8]) -> Read {
    let mut read = (format_of(name).unwrap_or(PLAIN).read)(name, bytes);
    if let Some(document) = &mut read.document {
        name.clone_into(&mut document.name);
        document.lang = lang_of_name(name).or(document.lang);
    }
    read
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

    #[test]
    fn the_extension_chooses_the_reader() {
        for (name, format) in [("a.md", "Markdown"), ("b/C.HTML", "HTML"), ("d.txt", "plain text")] {
            assert_eq!(format_of(name).map(|f| f.name), Some(format), "{name}");
        }
        assert!(format_of("e.png").is_none() && format_of("folder.md/file").is_none());
        assert_eq!(read("e.srt", b"<i>hola</i>").document.expect("plain").text, "<i>hola</i>");
    }

    #[test]
    fn the_name_outranks_the_file_on_its_language() {
        let html = b"<html lang=en><p>Hola</p></html>";
        assert_eq!(read("page.html", html).document.and_then(|d| d.lang), Some(Lang::En));
        assert_eq!(read("page.es.html", html).document.and_then(|d| d.lang), Some(Lang::Es));
    }
}
