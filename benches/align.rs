//! Aligning made-up texts in which sentences are left out, joined, and moved: how time grows with length.

use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
use glosa::align::{Side, align};

fn main() {
    divan::main();
}

const NOUNS: [(&str, &str); 10] = [
    ("arancel", "tariff"),
    ("puente", "bridge"),
    ("cosecha", "harvest"),
    ("juez", "judge"),
    ("acero", "steel"),
    ("frontera", "border"),
    ("maestra", "teacher"),
    ("huelga", "strike"),
    ("presa", "dam"),
    ("sequía", "drought"),
];

/// Texts of so many sentences; a word comes back after ten sentences, a pair of words after a hundred. One English
/// sentence in 23 is left out, one in 17 stands with the one before it, and one block of ten in 300 has moved.
fn texts(sentences: usize) -> [Vec<String>; 2] {
    let word = |i: usize| NOUNS[i % NOUNS.len()];
    let spanish =
        |i: usize| format!("El {} número {i} llegó antes que el {} de la ciudad.", word(i).0, word(i / 10).0);
    let english =
        |i: usize| format!("The {} number {i} arrived before the {} of the city.", word(i).1, word(i / 10).1);
    let moved = |i: usize| match i % 300 {
        100..110 => i + 10,
        110..120 => i - 10,
        _ => i,
    };
    let mut other: Vec<String> = Vec::new();
    for i in 0..sentences {
        match (other.last_mut(), moved(i)) {
            (_, i) if i % 23 == 22 => {}
            (Some(last), i) if i % 17 == 16 => *last = format!("{last} {}", english(i)),
            (_, i) => other.push(english(i)),
        }
    }
    [(0..sentences).map(spanish).collect(), other]
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn sentences(bencher: Bencher<'_, '_>, sentences: usize) {
    let [es, en] = texts(sentences);
    let (es, en) = (Side::of(es.iter().map(String::as_str)), Side::of(en.iter().map(String::as_str)));
    bencher.counter(ItemsCount::new(sentences)).bench(|| align(black_box(&es), black_box(&en)));
}
