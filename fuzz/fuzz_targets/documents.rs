//! Documents: any bytes under any name are read or refused, and all spans are sound. The first line of an input is the
//! name of the file, whose extension tells the format.
#![no_main]

use glosa::format::doc;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some(end) = input.iter().position(|&byte| byte == b'\n') else { return };
    let Ok(name) = std::str::from_utf8(&input[..end]) else { return };
    let read = doc::read(name, &input[end + 1..]);
    for &(a, b) in &read.pairs {
        assert!(a < read.documents.len() && b < read.documents.len() && a != b);
    }
    for document in &read.documents {
        for block in &document.blocks {
            assert!(document.text.get(block.span.range()).is_some(), "a block outside the text");
        }
        for (_, span) in document.parts.spans(document.text.len()) {
            assert!(document.text.get(span.range()).is_some(), "a part outside the text");
        }
    }
});
