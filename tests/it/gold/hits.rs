//! The terms that the engine finds against those marked by hand: the same place and the same concept.

use std::collections::BTreeSet;
use std::fmt::Write;

use glosa::text::LineIndex;
use glosa::{Document, Engine, Lang, Overlaps, Span};

use super::{Score, corpus_document, number, rows};
use crate::support::{file_stems, termbase};

const FLOOR_PRECISION: f64 = 0.995;
const FLOOR_RECALL: f64 = 0.997;

/// A concept at a place of the file.
type Mark = (Span, String);

/// The marks of the gold.
fn gold(lang: Lang, name: &str, document: &Document) -> BTreeSet<Mark> {
    let path = format!("tests/gold/hits/{}/{name}.tsv", lang.code());
    let lines = document.line_index();
    let mark = |[line, nth, text, concept]: [String; 4]| {
        let (at, nth) = (number(&path, &line), number(&path, &nth));
        let span = place_of(&text.replace("\\n", "\n"), at, nth, document.source_str(), &lines);
        (span.unwrap_or_else(|| panic!("{path}: line {line} has no “{text}” number {nth}")), concept)
    };
    rows(&path).into_iter().map(mark).collect()
}

/// Where a text stands in the source the `nth` time of those that start on a line, both counted from 1.
fn place_of(text: &str, line: usize, nth: usize, source: &str, lines: &LineIndex) -> Option<Span> {
    let start = lines.line_start(line)?;
    let end = lines.line_start(line + 1).unwrap_or(source.len());
    let (at, _) = source[start..].match_indices(text).nth(nth.checked_sub(1)?)?;
    (start + at < end).then(|| Span::new(start + at, start + at + text.len()))
}

fn found(engine: &Engine, document: &Document) -> BTreeSet<Mark> {
    let concept = |term: u32| engine.termbase().concepts[term as usize].id.to_string();
    let hits = engine.scan(document, Overlaps::Longest);
    hits.iter().map(|hit| (document.source_span(hit.span), concept(hit.term.concept))).collect()
}

/// The hits of a document scored; those that differ go into the report.
fn score(lang: Lang, name: &str, engine: &Engine, report: &mut String) -> Score {
    let document = corpus_document(lang, name);
    let (wanted, found) = (gold(lang, name, &document), found(engine, &document));
    let score = Score::of(&wanted, &found);
    let _ = writeln!(report, "{}: {score}", document.name);
    let lines = document.line_index();
    for (what, marks) in [("missing", wanted.difference(&found)), ("false", found.difference(&wanted))] {
        for (span, concept) in marks {
            let line = lines.position(document.source_str(), span.start).line;
            let _ = writeln!(report, "  line {line}: {what}: “{}” {concept}", span.of(document.source_str()));
        }
    }
    score
}

#[test]
fn scan_finds_the_terms() {
    let engine = Engine::new(termbase());
    let (mut total, mut report) = (Score::default(), String::new());
    for lang in Lang::ALL {
        for name in file_stems(&format!("tests/gold/hits/{}", lang.code())) {
            total.add(score(lang, &name, &engine, &mut report));
        }
    }
    let good = total.precision() >= FLOOR_PRECISION && total.recall() >= FLOOR_RECALL;
    assert!(good, "{total}\n{report}");
}
