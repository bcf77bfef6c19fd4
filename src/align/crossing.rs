//! Passages that changed places: runs of sentences left alone on both sides, paired with one another.

use std::ops::Range;

use super::path::{Block, Judge, Step};
use super::search;

/// Shorter runs are too likely to match by chance.
const SHORTEST: usize = 2;
/// Longer runs are no moved passages but missing text.
const LONGEST: usize = 400;
/// How far apart the two places of a passage may lie, in sentences.
const FARTHEST: usize = 120;
/// What the paired sentences of a passage must share on average…
const SIMILAR: f32 = 1.5;
/// … and how much of the shorter run must be paired.
const PAIRED: f32 = 0.5;

/// Replaces runs of sentences without counterpart by beads where both sides have the same passage.
pub(super) fn pair_up(steps: &mut Vec<Step>, judge: &mut Judge<'_>) {
    let spanish = runs(steps, |step| &step.es);
    let mut english = runs(steps, |step| &step.en);
    for es in spanish {
        let found = english.iter().enumerate().filter(|(_, en)| en.place.abs_diff(es.place) <= FARTHEST);
        let best = found
            .filter_map(|(at, en)| passage(judge, &es, en).map(|passage| (at, passage)))
            .max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let Some((at, passage)) = best {
            let en = english.swap_remove(at);
            replace(steps, &es, &en, passage.steps);
        }
    }
}

/// A run of sentences without counterpart.
struct Run {
    sentences: Range<usize>,
    /// Index of its first bead among the steps, as they were.
    place: usize,
}

struct Passage {
    steps: Vec<Step>,
    value: f32,
}

fn runs(steps: &[Step], side: impl Fn(&Step) -> &Range<usize>) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for (place, step) in steps.iter().enumerate().filter(|(_, step)| step.is_null()) {
        let range = side(step);
        match found.last_mut() {
            _ if range.is_empty() => {}
            Some(run) if run.sentences.end == range.start => run.sentences.end = range.end,
            _ => found.push(Run { sentences: range.clone(), place }),
        }
    }
    found.retain(|run| (SHORTEST..=LONGEST).contains(&run.sentences.len()));
    found
}

/// The two runs aligned with one another, if they are the same passage.
fn passage(judge: &mut Judge<'_>, es: &Run, en: &Run) -> Option<Passage> {
    let (n, m) = (es.sentences.len(), en.sentences.len());
    let block = Block { es: es.sentences.clone(), en: en.sentences.clone() };
    let steps = search::best(judge, &block, &vec![0..m + 1; n + 1]);
    let paired: Vec<&Step> = steps.iter().filter(|step| !step.is_null()).collect();
    let value: f32 = paired.iter().map(|step| step.score).sum();
    let enough = paired.len() >= SHORTEST && paired.len() as f32 >= PAIRED * n.min(m) as f32;
    (enough && value >= SIMILAR * paired.len() as f32).then_some(Passage { steps, value })
}

/// Puts the passage where its Spanish sentences stood, and takes the English ones out of where they were.
fn replace(steps: &mut Vec<Step>, es: &Run, en: &Run, passage: Vec<Step>) {
    let within =
        |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
    let Some(first) =
        steps.iter().position(|s| s.is_null() && !s.es.is_empty() && within(&es.sentences, &s.es))
    else {
        return;
    };
    let old = |step: &Step| {
        step.is_null()
            && ((!step.es.is_empty() && within(&es.sentences, &step.es))
                || (!step.en.is_empty() && within(&en.sentences, &step.en)))
    };
    let before = steps.iter().take(first).filter(|step| !old(step)).count();
    steps.retain(|step| !old(step));
    steps.splice(before..before, passage);
}
