//! Reading and checking large glossaries: 100,000 concepts are to load in under a second.

use divan::Bencher;
use glosa::termbase::{Source, lint, read};

fn main() {
    divan::main();
}

/// A glossary of `concepts` entries, one in ten of them with everything that an entry usually has.
fn glossary(concepts: usize) -> String {
    let mut text = String::from("[glossary]\ntitle = \"Bench\"\n\n");
    for i in 0..concepts {
        text.push_str("[[concept]]\n");
        if i % 10 == 0 {
            text.push_str(&format!(
                "id = \"concepto-{i}\"\nsubject = \"trade\"\nas-of = 2026-11-22\nrelated = [\"concepto-0\"]\n\
                 definition.en = \"A made-up entry with the number {i}\"\n"
            ));
        }
        text.push_str(&format!(
            "terms.es = [\"término {i}\", {{ term = \"T{i}\", type = \"acronym\" }}]\n\
             terms.en = \"term {i}\"\n\n"
        ));
    }
    text
}

#[divan::bench(args = [1_000, 100_000], sample_count = 5)]
fn load(bencher: Bencher<'_, '_>, concepts: usize) {
    let text = glossary(concepts);
    bencher.bench(|| read(&[Source::toml("glossary.toml", &text)]));
}

/// The worst names: all concepts derive the same id.
#[divan::bench(sample_count = 5)]
fn load_colliding_ids(bencher: Bencher<'_, '_>) {
    let text = "[[concept]]\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n".repeat(100_000);
    bencher.bench(|| read(&[Source::toml("glossary.toml", &text)]));
}

/// The worst contents: each line is wrong.
#[divan::bench(sample_count = 5)]
fn load_with_errors(bencher: Bencher<'_, '_>) {
    let text = "[[concept]]\nterms.es = \"arancel\"\nnota = 5\nrelated = \"none\"\n".repeat(20_000);
    bencher.bench(|| read(&[Source::toml("glossary.toml", &text)]));
}

#[divan::bench(sample_count = 5)]
fn check(bencher: Bencher<'_, '_>) {
    let text = glossary(100_000);
    let termbase = read(&[Source::toml("glossary.toml", &text)]).termbase;
    bencher.bench(|| lint(&termbase));
}
