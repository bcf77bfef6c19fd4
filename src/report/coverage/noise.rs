//! Entries that do no good, and entries that wait for approval.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::gather::{Gathered, Tally};
use super::model::{Counts, Noise, Noisy, Queued};
use crate::report::build::label;
use crate::termbase::{Concept, Review, Termbase};

/// For each concept found within the hits of others: which those are, and how often.
pub(super) type Shadows = BTreeMap<u32, BTreeMap<u32, usize>>;

/// In fewer documents nothing is generic.
const ENOUGH: usize = 10;
/// A generic entry is hit in so many of the documents …
const NEARLY_ALL: f64 = 0.9;
/// … and so many times in a thousand words.
const OFTEN: f64 = 3.0;
/// An entry that is asked for so many times and never rendered as approved is always violated.
const ALWAYS: usize = 3;

/// Finds the entries that do no good.
pub(super) fn noise(from: &Gathered<'_>, tallies: &[Tally], shadows: &Shadows) -> Noise {
    let words: usize = from.documents.iter().map(|document| document.words).sum();
    let mut noise = Noise::default();
    for (at, tally) in tallies.iter().enumerate() {
        let noisy = |count, of, by: Option<u32>| Noisy {
            concept: from.concept_at(at as u32).id.to_string(),
            label: label(from.termbase, from.concept_at(at as u32)),
            count,
            of,
            by: by.map(|by| label(from.termbase, from.concept_at(by))),
        };
        let hits = tally.hits[0] + tally.hits[1];
        match shadows.get(&(at as u32)).and_then(|over| over.iter().max_by_key(|(_, count)| **count)) {
            Some((by, count)) if hits == 0 => {
                let of = shadows[&(at as u32)].values().sum();
                noise.shadowed.push(noisy(*count, of, Some(*by)));
            }
            None if hits == 0 => noise.never.push(noisy(0, 0, None)),
            _ => {}
        }
        let documents = from.documents.len();
        if is_generic(tally.documents, documents, hits as f64 * 1000.0 / words.max(1) as f64) {
            noise.generic.push(noisy(tally.documents, documents, None));
        }
        let mut counts = Counts::default();
        tally.counts.iter().for_each(|one| counts += *one);
        if counts.asked() >= ALWAYS && counts.approved == 0 {
            noise.violated.push(noisy(counts.deviating(), counts.asked(), None));
        }
    }
    noise
}

fn is_generic(documents: usize, of: usize, per_thousand: f64) -> bool {
    of >= ENOUGH && documents as f64 >= NEARLY_ALL * of as f64 && per_thousand >= OFTEN
}

/// The entries that wait for approval, oldest first; those without a date last.
pub(super) fn queue(termbase: &Termbase, tallies: &[Tally]) -> Vec<Queued> {
    let waiting = termbase.concepts.iter().zip(tallies).filter_map(|(concept, tally)| {
        let review = concept.review.filter(|review| *review != Review::Approved)?;
        Some(Queued {
            concept: concept.id.to_string(),
            label: label(termbase, concept),
            review: review.to_string(),
            since: since(concept),
            hits: tally.hits[0] + tally.hits[1],
        })
    });
    let mut queue: Vec<Queued> = waiting.collect();
    queue.sort_by(|a, b| {
        let key = |one: &Queued| (one.since.is_none(), one.since.clone(), Reverse(one.hits));
        key(a).cmp(&key(b))
    });
    queue
}

/// The oldest date that an entry states of its own history.
fn since(concept: &Concept) -> Option<String> {
    let history = concept.history.iter().filter_map(|line| line.when.clone());
    history.chain(concept.reviewed_on.clone()).chain(concept.as_of.clone()).min()
}
