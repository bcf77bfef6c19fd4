//! Counts by what documents and concepts have in common: subject, language, date, desk.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::gather::{Gathered, date_key};
use super::judge::Outcome;
use super::model::{Counts, GroupCoverage};

/// What there is to be told in common, in each way.
#[derive(Default)]
pub(super) struct AllGroups {
    pub(super) subjects: Groups,
    pub(super) languages: Groups,
    pub(super) dates: Groups,
    pub(super) desks: Groups,
}

impl AllGroups {
    /// Puts together what has something in common.
    pub(super) fn of(from: &Gathered<'_>) -> AllGroups {
        let mut groups = AllGroups::default();
        for (number, document) in from.documents.iter().enumerate() {
            let whole = [
                (&mut groups.languages, document.lang.map(|lang| lang.code().to_owned())),
                (&mut groups.dates, date_key(document)),
                (&mut groups.desks, document.about.desk.clone()),
            ];
            for (group, key) in whole.into_iter().filter_map(|(group, key)| Some((group, key?))) {
                document.cells.iter().for_each(|cell| group.note_hits(&key, number, *cell));
                group.note_document(&key, number);
            }
            for cell in &document.cells {
                groups.subjects.note_hits(from.subject(cell.0), number, *cell);
            }
        }
        for noted in from.required() {
            let document = &from.documents[noted.document];
            let outcome = noted.place.outcome;
            groups.subjects.note(from.subject(noted.place.concept), outcome);
            groups.languages.note(noted.place.into.code(), outcome);
            date_key(document).iter().for_each(|date| groups.dates.note(date, outcome));
            document.about.desk.iter().for_each(|desk| groups.desks.note(desk, outcome));
        }
        groups
    }
}

/// What has something in common, by that.
#[derive(Default)]
pub(super) struct Groups(BTreeMap<String, Group>);

#[derive(Default)]
struct Group {
    documents: usize,
    /// The document counted last.
    last: Option<usize>,
    hits: usize,
    concepts: FxHashSet<u32>,
    counts: Counts,
}

impl Groups {
    fn at(&mut self, key: &str) -> &mut Group {
        if !self.0.contains_key(key) {
            self.0.insert(key.to_owned(), Group::default());
        }
        self.0.entry(key.to_owned()).or_default()
    }

    fn note_document(&mut self, key: &str, number: usize) {
        let group = self.at(key);
        group.documents += usize::from(group.last.replace(number) != Some(number));
    }

    fn note_hits(&mut self, key: &str, number: usize, (concept, hits): (u32, [usize; 2])) {
        self.note_document(key, number);
        let group = self.at(key);
        group.hits += hits[0] + hits[1];
        group.concepts.insert(concept);
    }

    fn note(&mut self, key: &str, outcome: Outcome) {
        self.at(key).counts.note(outcome);
    }

    /// The groups in the order of their keys.
    pub(super) fn list(self) -> Vec<GroupCoverage> {
        let line = |(key, group): (String, Group)| GroupCoverage {
            key,
            documents: group.documents,
            hits: group.hits,
            concepts: group.concepts.len(),
            counts: group.counts,
        };
        self.0.into_iter().map(line).collect()
    }
}
