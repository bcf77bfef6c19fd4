//! Look-up among 100,000 concepts: each query is to take less than 10 ms once the index is there.

mod synthetic;

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use glosa::lookup::{Agreement, Index};
use glosa::matcher::Matcher;

use synthetic::{english, spanish, termbase};

fn main() {
    divan::main();
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&Matcher::new(&termbase(100_000))));

fn bench(bencher: Bencher<'_, '_>, query: &str, agreement: Agreement) {
    let best = INDEX.find(query, 5).first().map(|found| found.agreement);
    assert_eq!(best, Some(agreement), "{query}");
    bencher.bench(|| INDEX.find(black_box(query), 5));
}

#[divan::bench]
fn exact(bencher: Bencher<'_, '_>) {
    bench(bencher, &spanish(70_004), Agreement::Exact);
}

#[divan::bench]
fn accent_free(bencher: Bencher<'_, '_>) {
    bench(bencher, &spanish(50_000).replace('ó', "o"), Agreement::Accent);
}

#[divan::bench]
fn inflected(bencher: Bencher<'_, '_>) {
    bench(bencher, &format!("{}s", english(50_000)), Agreement::Inflected);
}

/// One letter: a good part of all terms begins with it.
#[divan::bench]
fn prefix(bencher: Bencher<'_, '_>) {
    bench(bencher, "m", Agreement::Prefix);
}

/// A word that stands in every fifth term.
#[divan::bench]
fn within(bencher: Bencher<'_, '_>) {
    bench(bencher, "of the", Agreement::Within);
}

#[divan::bench]
fn typo(bencher: Bencher<'_, '_>) {
    bench(bencher, &spanish(50_000).replacen('c', "z", 1), Agreement::Typo);
}

/// Two errors in a long phrase.
#[divan::bench]
fn typos(bencher: Bencher<'_, '_>) {
    bench(bencher, &spanish(70_004).replacen("de", "ed", 1).replacen('m', "n", 1), Agreement::Typo);
}

/// Nothing like it anywhere: everything is looked at.
#[divan::bench]
fn nothing(bencher: Bencher<'_, '_>) {
    assert!(INDEX.find("xyzzyxwvvut", 5).is_empty());
    bencher.bench(|| INDEX.find(black_box("xyzzyxwvvut"), 5));
}

#[divan::bench(sample_count = 3)]
fn index(bencher: Bencher<'_, '_>) {
    let matcher = Matcher::new(&termbase(100_000));
    bencher.bench(|| Index::new(&matcher));
}
