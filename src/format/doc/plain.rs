//! Plain text: the file is the document.

use super::Read;
use crate::format::decode::decode;
use crate::text::{Document, SourceMap};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    match decode(name, bytes) {
        Err(error) => Read::failed(error),
        Ok(decoded) => {
            let mut document = Document::plain(name, decoded.text);
            document.map = SourceMap::identity(decoded.space);
            Read { findings: decoded.warning.into_iter().collect(), ..Read::of(document) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Space, Span};

    #[test]
    fn offsets_count_the_byte_order_mark() {
        let document = read("x.txt", "\u{feff}Aduana".as_bytes()).documents.remove(0);
        let at = document.text.find("Aduana").expect("the word");
        assert_eq!(document.source_span(Span::new(at, at + 6)), Span::new(3, 9));
        assert_eq!(document.map.space, Space::Disk);
    }

    #[test]
    fn converted_text_has_offsets_of_its_own() {
        let read = read("x.txt", b"\xbfQu\xe9 tal?");
        assert_eq!(read.documents[0].map.space, Space::Decoded);
        assert_eq!(read.findings.len(), 1);
    }
}
