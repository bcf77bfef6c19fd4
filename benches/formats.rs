//! Large termbases between formats: 100,000 concepts from TBX to TOML to a workbook take seconds.

mod synthetic;

use divan::Bencher;
use divan::counter::BytesCount;
use glosa::format::terms::stream::{self, Source};
use glosa::format::terms::{self, Format, Input, Target};

fn main() {
    divan::main();
}

const CONCEPTS: usize = 100_000;

fn format(name: &str) -> &'static Format {
    terms::find(name).expect("a format of the table")
}

/// The made-up termbase in a format.
fn file(name: &str) -> Vec<u8> {
    terms::write(format(name), &synthetic::termbase(CONCEPTS), &Target::default())
        .expect("within the limits")
        .bytes
}

/// From the bytes of one format to those of another.
fn convert(bencher: Bencher<'_, '_>, from: &str, to: &str) {
    let bytes = file(from);
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let read = terms::read(&Input::new("terms", &bytes), Some(format(from)));
        let termbase = read.termbase.expect("what was written is read");
        terms::write(format(to), &termbase, &Target::default()).expect("within the limits").bytes.len()
    });
}

#[divan::bench(sample_count = 3)]
fn tbx_to_toml(bencher: Bencher<'_, '_>) {
    convert(bencher, "tbx", "toml");
}

#[divan::bench(sample_count = 3)]
fn toml_to_xlsx(bencher: Bencher<'_, '_>) {
    convert(bencher, "toml", "xlsx");
}

/// Entry by entry, as files are converted that are too large to hold.
#[divan::bench(args = ["tbx", "tmx"], sample_count = 3)]
fn streamed_to_toml(bencher: Bencher<'_, '_>, from: &str) {
    let bytes = file(from);
    let open = || Ok(Box::new(std::io::Cursor::new(bytes.clone())) as Box<dyn std::io::BufRead>);
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let source = Source { name: "terms", format: format(from), open: &open };
        stream::convert(&source, format("toml"), &Target::default(), &mut std::io::sink())
            .expect("well formed")
            .terms
    });
}
