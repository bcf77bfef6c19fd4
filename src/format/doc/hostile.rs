//! Damaged files: whatever was done to them, readers end without a panic, and all spans are sound.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::read;
use crate::text::Span;

/// A file of each format that is text.
const FILES: &[(&str, &[u8])] = &[
    ("x.xlf", include_bytes!("../../../tests/fixtures/documents/steel.xlf")),
    ("x.sdlxliff", include_bytes!("../../../tests/fixtures/documents/steel.sdlxliff")),
    ("x.xliff", include_bytes!("../../../tests/fixtures/documents/steel.xliff")),
    ("x.tmx", include_bytes!("../../../tests/fixtures/documents/steel.tmx")),
    ("x.po", include_bytes!("../../../tests/fixtures/documents/steel.po")),
    ("x.csv", include_bytes!("../../../tests/fixtures/documents/steel.csv")),
    ("x.srt", include_bytes!("../../../tests/fixtures/documents/steel.es.srt")),
    ("x.vtt", include_bytes!("../../../tests/fixtures/documents/steel.en.vtt")),
    ("x.json", include_bytes!("../../../tests/fixtures/documents/messages.es.json")),
    ("x.jsonl", include_bytes!("../../../tests/fixtures/documents/records.jsonl")),
    ("x.rtf", include_bytes!("../../../tests/fixtures/documents/steel.rtf")),
    ("x.md", include_bytes!("../../../tests/fixtures/documents/steel.es.md")),
    ("x.nitf", include_bytes!("../../../tests/fixtures/documents/steel.nitf")),
    ("x.xml", include_bytes!("../../../tests/fixtures/documents/newsml.xml")),
];

/// What may be put into a file.
const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b";",
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\n",
    b"\r\n",
    b"\n\n",
    b",",
    b"\\u",
    b"\\'e",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"\0",
    b"msgid \"\"",
    b"---\n",
    b"es",
    b"\\par",
];

/// Something done to a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Drop(Index, usize),
    Put(Index, &'static [u8]),
    Repeat(Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), 1_usize..40).prop_map(|(at, length)| Damage::Drop(at, length)),
        (any::<Index>(), select(PIECES)).prop_map(|(at, piece)| Damage::Put(at, piece)),
        (any::<Index>(), 1_usize..40).prop_map(|(at, length)| Damage::Repeat(at, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damage: &[Damage]) -> Vec<u8> {
    for damage in damage {
        let length = bytes.len() + 1;
        match damage {
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Drop(at, count) => {
                let at = at.index(length);
                bytes.drain(at..bytes.len().min(at + count));
            }
            Damage::Put(at, piece) => {
                let at = at.index(length);
                bytes.splice(at..at, piece.iter().copied());
            }
            Damage::Repeat(at, count) => {
                let at = at.index(length);
                let piece = bytes[at..bytes.len().min(at + count)].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn damaged_files_are_read_or_refused((name, bytes) in select(FILES), damage in prop::collection::vec(damage(), 1..5)) {
        let read = read(name, &damaged(bytes.to_vec(), &damage));
        prop_assert!(!read.documents.is_empty() || !read.findings.is_empty());
        for document in &read.documents {
            let mut end = 0;
            for block in &document.blocks {
                prop_assert!(end <= block.span.start && document.text.get(block.span.range()).is_some());
                end = block.span.end;
            }
            let lines = document.line_index();
            for (at, c) in document.text.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                let source = document.source_span(span);
                prop_assert!(document.source_str().get(source.range()).is_some(), "{source:?}");
                if at % 64 == 0 {
                    let _ = (document.position(&lines, span), document.part(span));
                }
            }
        }
    }
}
