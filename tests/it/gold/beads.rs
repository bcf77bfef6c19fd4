//! Sentence alignment against the beads drawn by hand, *strict*: a bead found counts when the very same one is in
//! the gold. Beads with nothing on one side are no positives; a sentence wrongly joined costs precision.
//!
//! Beads are compared by where their sides stand in the texts, so the gold holds whatever the segmenter does; where
//! it divides both sides of a bead the gold knows only the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use glosa::align::Bead;
use glosa::engine::Analysis;
use glosa::{Engine, Lang, Span};

use super::squeezed::Squeezed;
use super::{Score, corpus_document, number, rows};
use crate::support::{file_stems, termbase};

const FLOOR_PRECISION: f64 = 0.990;
const FLOOR_RECALL: f64 = 0.992;
const FLOOR_F1: f64 = 0.991;

/// The two sides of a bead, as the gold names them.
const CODES: [&str; 2] = ["es", "en"];

/// The places of a bead's Spanish and English sides, neighbours joined.
type Places = [Vec<Span>; 2];

/// One text of a pair.
struct Side {
    analysis: Analysis,
    squeezed: Squeezed,
}

impl Side {
    fn new(engine: &Engine, lang: Lang, name: &str) -> Self {
        let analysis = engine.analyse(corpus_document(lang, name));
        let squeezed = Squeezed::new(&analysis.document.text);
        Side { analysis, squeezed }
    }

    /// The place of a sentence that starts on a line of the file and is none of `taken`.
    fn place_of(&self, sentence: &str, line: usize, taken: &BTreeSet<Span>) -> Option<Span> {
        let document = &self.analysis.document;
        let lines = document.line_index();
        let sentence = Squeezed::new(sentence).text;
        let starts_on = |place: &Span| document.position(&lines, self.squeezed.span(*place)).line == line;
        let places = self.squeezed.text.match_indices(&sentence);
        let mut places = places.map(|(at, _)| Span::new(at, at + sentence.len()));
        places.find(|place| starts_on(place) && !taken.contains(place))
    }

    fn places_of(&self, segments: &[usize]) -> Vec<Span> {
        joined(segments.iter().map(|&i| self.squeezed.place(self.analysis.segments[i].span)).collect())
    }

    /// The text of some places, for the report.
    fn text_of(&self, places: &[Span]) -> String {
        let text = |&place| self.squeezed.span(place).of(&self.analysis.document.text);
        places.iter().map(text).collect::<Vec<_>>().join(" … ").replace('\n', " ")
    }
}

/// Places in order, those that touch as one.
fn joined(mut places: Vec<Span>) -> Vec<Span> {
    places.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if last.end == place.start => last.end = place.end,
            _ => joined.push(place),
        }
    }
    joined
}

/// The beads of the gold; its sentences must be all that the two texts have.
fn gold(name: &str, sides: &[Side; 2]) -> BTreeSet<Places> {
    let path = format!("tests/gold/beads/{name}.tsv");
    let mut beads: BTreeMap<usize, Places> = BTreeMap::new();
    let mut taken = [BTreeSet::new(), BTreeSet::new()];
    for [bead, lang, line, text] in rows(&path) {
        let side = CODES.iter().position(|code| *code == lang);
        let side = side.unwrap_or_else(|| panic!("{path}: “{lang}” is no side"));
        let place = sides[side].place_of(&text, number(&path, &line), &taken[side]);
        let place = place.unwrap_or_else(|| panic!("{path}: {lang} line {line} has no more “{text}”"));
        taken[side].insert(place);
        beads.entry(number(&path, &bead)).or_default()[side].push(place);
    }
    for (side, taken) in sides.iter().zip(taken) {
        let all = vec![Span::new(0, side.squeezed.text.len())];
        assert_eq!(joined(taken.into_iter().collect()), all, "{path}: a text is not covered once");
    }
    beads.into_values().map(|bead| bead.map(joined)).collect()
}

fn found(beads: &[Bead], sides: &[Side; 2]) -> BTreeSet<Places> {
    beads.iter().map(|bead| [sides[0].places_of(&bead.es), sides[1].places_of(&bead.en)]).collect()
}

/// The beads of a pair scored; those that differ go into the report.
fn score(name: &str, engine: &Engine, report: &mut String) -> Score {
    let sides = [Lang::Es, Lang::En].map(|lang| Side::new(engine, lang, name));
    let both = |beads: BTreeSet<Places>| -> BTreeSet<Places> {
        beads.into_iter().filter(|bead| bead.iter().all(|side| !side.is_empty())).collect()
    };
    let wanted = both(gold(name, &sides));
    let found = both(found(&engine.align(&sides[0].analysis, &sides[1].analysis), &sides));
    let score = Score::of(&wanted, &found);
    let _ = writeln!(report, "{name}: {score}");
    for (what, beads) in [("missing", wanted.difference(&found)), ("false", found.difference(&wanted))] {
        for [es, en] in beads {
            let _ = writeln!(report, "  {what}: {} = {}", sides[0].text_of(es), sides[1].text_of(en));
        }
    }
    score
}

#[test]
fn alignment_finds_the_beads() {
    let engine = Engine::new(termbase());
    let (mut total, mut report) = (Score::default(), String::new());
    for name in file_stems("tests/gold/beads") {
        total.add(score(&name, &engine, &mut report));
    }
    let good =
        total.precision() >= FLOOR_PRECISION && total.recall() >= FLOOR_RECALL && total.f1() >= FLOOR_F1;
    assert!(good, "{total}\n{report}");
}
