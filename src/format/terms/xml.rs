//! XML of terms: decoded strictly, since half-read characters would be terms, and told with the place in the file.

use std::io::BufRead;

use super::log::{At, Log};
use crate::check::{Finding, Severity};
use crate::format::decode;
use crate::format::xml::tree::{self, is_allowed};
use crate::format::xml::{XmlError, stated_encoding};
use crate::text::Span;

pub(super) use crate::format::xml::tree::{Child, Node, Piece, root};
pub(super) use crate::format::xml::{Attribute, Writer};

/// Decodes a file: by its byte order mark, else as it declares, else as UTF-8.
pub(super) fn decode(name: &str, bytes: &[u8], log: &mut Log<'_>) -> Result<String, Finding> {
    let guess = decode::sniff(name, bytes)?;
    let utf16 = matches!(guess.encoding.name(), "UTF-16LE" | "UTF-16BE");
    let declared = stated_encoding(bytes);
    let other = declared.filter(|_| !utf16).and_then(encoding_rs::Encoding::for_label);
    let (text, _, is_broken) = match other.map(encoding_rs::Encoding::output_encoding) {
        _ if utf16 => guess.encoding.decode(bytes),
        Some(encoding) if encoding != encoding_rs::UTF_8 && std::str::from_utf8(bytes).is_err() => {
            encoding.decode(bytes)
        }
        _ => (utf8(name, bytes)?.into(), encoding_rs::UTF_8, false),
    };
    let text = text.into_owned();
    if is_broken {
        log.skipped(
            "characters that cannot be read",
            At::Nowhere,
            "bytes that its encoding lacks are read as U+FFFD",
        );
    }
    if let Some(label) = declared.filter(|label| !utf16 && encoding_rs::Encoding::for_label(label).is_none())
    {
        log.add(decode::unknown_label(name, label, "utf-8"));
    }
    let says_utf16 = declared.is_some_and(|label| label.to_ascii_lowercase().starts_with(b"utf-16"));
    if says_utf16 && !utf16 {
        log.repaired(
            "a wrong declaration",
            At::Nowhere,
            "it says that it is UTF-16, but is UTF-8, and is read so",
        );
    }
    match text.char_indices().find(|(_, c)| !is_allowed(*c)) {
        None => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Some((at, c)) => {
            let line = text[..at].matches('\n').count() + 1;
            let message =
                format!("`{name}`, line {line}: the character U+{:04X} is not allowed in XML", u32::from(c));
            Err(Finding::new(Severity::Error, "format-syntax", message).help("remove it; nothing was read"))
        }
    }
}

fn utf8(name: &str, bytes: &[u8]) -> Result<String, Finding> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let at = error.valid_up_to();
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
        let message = format!(
            "`{name}` is not UTF-8, first at byte {at} (line {line}), and declares no other encoding"
        );
        Finding::new(Severity::Error, "format-syntax", message)
            .help("declare its encoding in the first line, or save it as UTF-8; nothing was read")
    })
}

/// Goes through a file: elements of the names given come whole, the others as they open.
///
/// # Errors
/// The finding that says where the file is not well formed, or what it holds that is not read.
pub(super) fn walk(name: &str, text: &str, entries: &[&str], met: impl FnMut(Piece)) -> Result<(), Finding> {
    tree::walk(text.as_bytes(), entries, met)
        .map_err(|error| broken(name, XmlError { at: error.at.min(text.len()), ..error }))
}

/// As [`walk`], for a file too large to hold, in UTF-8: what is held is the entry at hand.
///
/// # Errors
/// As [`walk`]; the place is a byte of the file.
pub(super) fn walk_stream(
    name: &str,
    source: impl BufRead,
    entries: &[&str],
    met: impl FnMut(Piece),
) -> Result<(), Finding> {
    tree::walk(source, entries, met).map_err(|error| broken(name, error))
}

fn broken(name: &str, error: XmlError) -> Finding {
    let help = error.help.unwrap_or("correct this place");
    Finding::new(Severity::Error, "format-syntax", error.cause)
        .at(name, Span::new(error.at, error.at))
        .help(format!("{help}; nothing was read"))
}

/// The finding for XML of another kind.
pub(super) fn another_kind(name: &str, root: &Node, wanted: &str) -> Finding {
    let message = format!("`{name}` is XML, but not {wanted}: its root element is <{}>", root.name);
    Finding::new(Severity::Error, "format-syntax", message)
        .help("name its format with --from; nothing was read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_mark_and_declaration() {
        let mut log = Log::new("x.xml");
        let mut read = |bytes: &[u8]| decode("x.xml", bytes, &mut log).map_err(|finding| finding.message);
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><e>a\xf1o</e>";
        assert!(read(latin).expect("Latin-1").contains("año"));
        let utf16: Vec<u8> = "\u{feff}<e>año</e>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&utf16).expect("UTF-16"), "<e>año</e>");
        assert!(
            read(b"<?xml version='1.0' encoding='UTF-8'?><e>a\xf1o</e>").expect_err("no").contains("byte 42")
        );
        assert!(read(b"<e>\x01</e>").expect_err("no").contains("U+0001"));
    }
}
