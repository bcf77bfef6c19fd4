//! Candidates, word alignment and the equivalents of terms over 500 pairs of made-up sentences.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use glosa::Lang;
use glosa::extract::bilingual::Bitext;
use glosa::extract::statistics::Statistics;
use glosa::extract::terms::{self, Limits};

fn main() {
    divan::main();
}

const NOUNS: [(&str, &str); 8] = [
    ("arancel", "tariff"),
    ("frontera", "border"),
    ("puente", "bridge"),
    ("cosecha", "harvest"),
    ("juez", "judge"),
    ("garita", "crossing"),
    ("acero", "steel"),
    ("amparo", "injunction"),
];

/// Sentences in which any two nouns meet in turn.
static LINES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let line = |i: usize| {
        let (a, b, c) = (NOUNS[i % 8], NOUNS[i / 8 % 8], NOUNS[i / 64 % 8]);
        let es = format!("El {} del {} llegó en {i} antes que el nuevo {} de la ciudad.", a.0, b.0, c.0);
        let en = format!("The {} {} arrived in {i} before the new {} of the city.", b.1, a.1, c.1);
        (es, en)
    };
    (0..500).map(line).collect()
});

fn lines() -> Vec<(&'static str, &'static str)> {
    LINES.iter().map(|(es, en)| (es.as_str(), en.as_str())).collect()
}

#[divan::bench]
fn candidates(bencher: Bencher<'_, '_>) {
    let lines: Vec<&str> = LINES.iter().map(|(_, english)| english.as_str()).collect();
    let statistics = Statistics::shipped();
    bencher.bench(|| terms::candidates(black_box(&lines), &[], Lang::En, &statistics, Limits::default()));
}

#[divan::bench]
fn align_words(bencher: Bencher<'_, '_>) {
    let lines = lines();
    bencher.bench(|| Bitext::new(black_box(&lines), &Statistics::shipped()));
}

#[divan::bench]
fn equivalents(bencher: Bencher<'_, '_>) {
    let bitext = Bitext::new(&lines(), &Statistics::shipped());
    let terms = NOUNS.map(|(_, english)| english);
    let found = bitext.equivalents(&terms);
    assert!(found.iter().zip(NOUNS).all(|(found, (spanish, _))| found.best[0].term == spanish));
    bencher.bench(|| bitext.equivalents(black_box(&terms)));
}
