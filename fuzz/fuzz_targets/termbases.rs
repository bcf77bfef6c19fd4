//! Termbase formats: any bytes in any format of the table are read or refused; what was read is written in that format
//! as often as one likes to the same bytes, in the languages that it was read in: where a format has no place for a region,
//! the file is in the language itself. The first line of an input names the format.
#![no_main]

use glosa::Termbase;
use glosa::format::terms::{self, Input, Target};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some(end) = input.iter().position(|&byte| byte == b'\n') else { return };
    let Some(format) = std::str::from_utf8(&input[..end]).ok().and_then(terms::find) else { return };
    let name = "x.es-en.txt";
    let Some(termbase) = terms::read(&Input::new(name, &input[end + 1..]), Some(format)).termbase else { return };
    let target = |termbase: &Termbase| Target { languages: termbase.settings.languages.clone(), ..Target::default() };
    let Ok(first) = terms::write(format, &termbase, &target(&termbase)) else { return };
    let Some(again) = terms::read(&Input::new(name, &first.bytes), Some(format)).termbase else {
        assert!(format.read.is_none() || termbase.concepts.is_empty(), "{}: cannot read what it wrote", format.name);
        return;
    };
    let second = terms::write(format, &again, &target(&again)).expect("what was within the limits is so again");
    assert!(second.bytes == first.bytes || is_archive(&first.bytes), "{}: a second export differs", format.name);
});

/// Archives hold the compressed parts in an order and with times of their own.
fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}
