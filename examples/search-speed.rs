//! How fast a text is searched in memory: `cargo run --release --example search-speed GLOSSARY.toml TEXT [ROUNDS]`.
//!
//! Prints megabytes (1e6 bytes) a second of processor time, best of the rounds, the number of hits and a checksum of
//! them, by which two versions of the matcher are seen to find the same.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a tool for those who work on the matcher"
)]

use std::fs;
use std::hash::Hasher;
use std::time::Instant;

use glosa::matcher::Hit;
use glosa::termbase::{Source, read};
use glosa::{Document, Engine, Overlaps};
use rustc_hash::FxHasher;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [glossary, text, rounds @ ..] = &arguments[..] else {
        eprintln!("usage: search-speed GLOSSARY.toml TEXT [ROUNDS]");
        return;
    };
    let rounds = rounds.first().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let toml = fs::read_to_string(glossary).expect("a glossary");
    let engine = Engine::new(read(&[Source::toml(glossary, &toml)]).termbase);
    let document = Document::plain("text", fs::read_to_string(text).expect("a text in UTF-8"));
    let mut best = f64::INFINITY;
    let mut hits = Vec::new();
    for _ in 0..rounds {
        let start = Clock::now();
        hits = engine.scan(&document, Overlaps::Longest);
        best = best.min(start.seconds());
    }
    let speed = document.text.len() as f64 / 1e6 / best;
    println!("{speed:.1} MB/s, {} hits, {:016x}", hits.len(), checksum(&hits));
}

/// The processor time of this thread where the system tells it (Linux does), else the wall's.
struct Clock {
    processor: Option<u64>,
    wall: Instant,
}

impl Clock {
    fn now() -> Self {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let processor = told.and_then(|told| told.split(' ').next()?.parse().ok());
        Clock { processor, wall: Instant::now() }
    }

    fn seconds(&self) -> f64 {
        match (self.processor, Clock::now().processor) {
            (Some(start), Some(end)) => (end - start) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn checksum(hits: &[Hit]) -> u64 {
    let mut hasher = FxHasher::default();
    for hit in hits {
        for number in [hit.span.start, hit.span.end] {
            hasher.write_usize(number);
        }
        hasher.write_u32(hit.term.concept);
        hasher.write_u32(hit.pattern);
        hasher.write_u32(hit.score.to_bits());
        hasher.write_u8(u8::from(hit.ambiguous));
        hasher.write(hit.kind.as_str().as_bytes());
    }
    hasher.finish()
}
