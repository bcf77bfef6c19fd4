//! Folding, cutting into words, compiling and searching.
#![allow(clippy::disallowed_methods, reason = "the project's own files are what is measured on")]

mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use glosa::matcher::{Matcher, Overlaps};
use glosa::termbase::{Source, Termbase, read};
use glosa::text::{fold, tokens};
use glosa::{Document, Engine};

fn main() {
    divan::main();
}

/// The plain texts of the corpus, one after the other, some 5 MB of them.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    collect(&root().join("corpus"), &mut text);
    text.repeat((5 << 20) / text.len().max(1) + 1)
});

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, text: &mut String) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            text.push_str(&fs::read_to_string(&path).expect("a text"));
        }
    }
}

/// The project's own glossary, whose terms the texts hold, and made-up ones that they do not.
fn termbase(concepts: usize) -> Termbase {
    let glossary = fs::read_to_string(root().join("glossary.toml")).expect("the glossary");
    let own = read(&[Source::toml("glossary.toml", &glossary)]).termbase;
    let concepts = own.concepts.into_iter().chain(synthetic::termbase(concepts).concepts).collect();
    Termbase { concepts, ..own }
}

#[divan::bench]
fn folding(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(&*TEXT)).bench(|| fold::key(&TEXT));
}

#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(&*TEXT)).bench(|| tokens::words(&TEXT).count());
}

#[divan::bench(args = [0, 10_000, 100_000], sample_count = 10)]
fn search(bencher: Bencher<'_, '_>, concepts: usize) {
    let matcher = Matcher::new(&termbase(concepts));
    assert!(matcher.search(&TEXT, Overlaps::Longest, &|_| None).len() > 1_000);
    let bencher = bencher.counter(BytesCount::of_str(&*TEXT));
    bencher.bench(|| matcher.search(&TEXT, Overlaps::Longest, &|_| None));
}

/// With what the sentences around the hits tell.
#[divan::bench(args = [0, 10_000], sample_count = 10)]
fn scan(bencher: Bencher<'_, '_>, concepts: usize) {
    let engine = Engine::new(termbase(concepts));
    let document = Document::plain("corpus.txt", TEXT.clone());
    let bencher = bencher.counter(BytesCount::of_str(&*TEXT));
    bencher.bench(|| engine.scan(&document, Overlaps::Longest));
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3)]
fn compile(bencher: Bencher<'_, '_>, concepts: usize) {
    let termbase = termbase(concepts);
    bencher.bench(|| Matcher::new(&termbase));
}
