//! What changed since an earlier report.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Counts, Coverage, Summary, VERSION};
use crate::lang::Lang;

/// An earlier report, as far as it is compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    r#type: String,
    version: u32,
    summary: Summary,
    concepts: Vec<EarlierConcept>,
    documents: Vec<EarlierDocument>,
    avoided: Vec<EarlierUse>,
}

#[derive(Clone, Debug, Deserialize)]
struct EarlierConcept {
    concept: String,
    label: String,
    into_es: Counts,
    into_en: Counts,
}

#[derive(Clone, Debug, Deserialize)]
struct EarlierDocument {
    document: String,
}

#[derive(Clone, Debug, Deserialize)]
struct EarlierUse {
    term: String,
    lang: Lang,
    count: usize,
}

/// What changed since an earlier report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// How required places were rendered then.
    pub required: Counts,
    /// Documents that are new.
    pub new_documents: usize,
    /// Documents that are gone.
    pub gone_documents: usize,
    /// Concepts with another share of approved places, or with other numbers of places that are not; what became worst
    /// first.
    pub concepts: Vec<ChangedConcept>,
    /// Terms to avoid that are used more often, or less.
    pub avoided: Vec<ChangedUse>,
}

/// A concept that is rendered differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedConcept {
    /// Its id.
    pub concept: String,
    /// Its preferred terms.
    pub label: String,
    /// Its places then; `None` where the glossary lacked it.
    pub then: Option<Counts>,
    /// Its places now; `None` where the glossary lacks it.
    pub now: Option<Counts>,
}

/// A term to avoid that is used more often, or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedUse {
    /// The term.
    pub term: String,
    /// Its language.
    pub lang: Lang,
    /// Hits then.
    pub then: usize,
    /// Hits now.
    pub now: usize,
}

impl Earlier {
    /// Reads the report that `coverage -f json` wrote.
    ///
    /// # Errors
    /// In a sentence: that the text is no such report, or is one of another version.
    pub fn read(text: &str) -> Result<Earlier, String> {
        #[derive(Deserialize)]
        struct Head {
            r#type: String,
            version: u32,
        }
        let text = text.trim_start_matches('\u{feff}');
        let none =
            |why: String| format!("it is no coverage report: {why}; make one with `glosa coverage -f json`");
        let head: Head = serde_json::from_str(text).map_err(|error| none(error.to_string()))?;
        if head.r#type != "coverage" {
            return Err(none(format!("its type is “{}”", head.r#type)));
        }
        if head.version != VERSION {
            return Err(format!(
                "it is a coverage report of version {}, and this program compares with version {VERSION}; make a \
                 new one of the old texts with this program",
                head.version
            ));
        }
        serde_json::from_str(text).map_err(|error| none(error.to_string()))
    }
}

impl Earlier {
    /// Whether a report is of other texts altogether: both have documents, and none is in both.
    pub fn is_of_other_texts(&self, report: &Coverage) -> bool {
        let now: HashSet<&str> = report.documents.iter().map(|document| document.document.as_str()).collect();
        let is_known = |document: &EarlierDocument| now.contains(document.document.as_str());
        !now.is_empty() && !self.documents.is_empty() && !self.documents.iter().any(is_known)
    }
}

impl Changes {
    /// Compares a report with an earlier one.
    pub fn between(earlier: &Earlier, report: &Coverage) -> Changes {
        debug_assert!(earlier.r#type == "coverage" && earlier.version == VERSION);
        let names = |names: &mut dyn Iterator<Item = &String>| {
            names.cloned().collect::<std::collections::BTreeSet<_>>()
        };
        let then = names(&mut earlier.documents.iter().map(|document| &document.document));
        let now = names(&mut report.documents.iter().map(|document| &document.document));
        Changes {
            required: earlier.summary.required,
            new_documents: now.difference(&then).count(),
            gone_documents: then.difference(&now).count(),
            concepts: concepts(earlier, report),
            avoided: avoided(earlier, report),
        }
    }
}

/// Two values under one key, then and now.
fn merged<K: Ord, V>(
    then: impl Iterator<Item = (K, V)>,
    now: impl Iterator<Item = (K, V)>,
) -> BTreeMap<K, [Option<V>; 2]> {
    let mut all: BTreeMap<K, [Option<V>; 2]> = BTreeMap::new();
    then.for_each(|(key, value)| all.entry(key).or_default()[0] = Some(value));
    now.for_each(|(key, value)| all.entry(key).or_default()[1] = Some(value));
    all
}

fn concepts(earlier: &Earlier, report: &Coverage) -> Vec<ChangedConcept> {
    let then = earlier.concepts.iter().map(|one| {
        let mut counts = one.into_es;
        counts += one.into_en;
        (&one.concept, (&one.label, counts))
    });
    let now = report.concepts.iter().map(|one| (&one.concept, (&one.label, one.counts())));
    let differs = |then: Counts, now: Counts| {
        then.share() != now.share() || (then.otherwise, then.left_out) != (now.otherwise, now.left_out)
    };
    let mut changed: Vec<ChangedConcept> = merged(then, now)
        .into_iter()
        .filter(|(_, [then, now])| match (then, now) {
            (Some((_, then)), Some((_, now))) => differs(*then, *now),
            _ => true,
        })
        .map(|(concept, [then, now])| ChangedConcept {
            concept: concept.clone(),
            label: now.or(then).map(|(label, _)| label.clone()).unwrap_or_default(),
            then: then.map(|(_, counts)| counts),
            now: now.map(|(_, counts)| counts),
        })
        .collect();
    changed.sort_by(worst_first);
    changed
}

/// By how many places more than then are not as approved.
fn worst_first(a: &ChangedConcept, b: &ChangedConcept) -> Ordering {
    let deviating = |counts: Option<Counts>| counts.map_or(0, |counts| counts.deviating()) as i64;
    let more = |one: &ChangedConcept| deviating(one.now) - deviating(one.then);
    more(b).cmp(&more(a)).then_with(|| a.concept.cmp(&b.concept))
}

fn avoided(earlier: &Earlier, report: &Coverage) -> Vec<ChangedUse> {
    let then = earlier.avoided.iter().map(|used| ((&used.term, used.lang), used.count));
    let now = report.avoided.iter().map(|used| ((&used.term, used.lang), used.count));
    let changed = merged(then, now).into_iter().map(|((term, lang), [then, now])| ChangedUse {
        term: term.clone(),
        lang,
        then: then.unwrap_or(0),
        now: now.unwrap_or(0),
    });
    changed.filter(|used| used.then != used.now).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::super::{Options, format};
    use super::*;

    fn json(report: &Coverage) -> String {
        (format("json").expect("a format").render)(report, &Options::default())
    }

    #[test]
    fn a_report_does_not_differ_from_itself() {
        let report = sample();
        let changes = Changes::between(&Earlier::read(&json(&report)).expect("a report"), &report);
        assert_eq!((changes.new_documents, changes.gone_documents), (0, 0));
        assert!(changes.concepts.is_empty() && changes.avoided.is_empty(), "{changes:?}");
        assert_eq!(changes.required, report.summary.required);
    }

    #[test]
    fn what_changed_is_told_worst_first() {
        let report = sample();
        let mut old = sample();
        old.documents[0].document = "other.txt".to_owned();
        old.concepts[0].into_es.otherwise = 0;
        old.concepts[2].into_en.left_out += 7;
        old.concepts.pop();
        old.avoided.clear();
        let changes = Changes::between(&Earlier::read(&json(&old)).expect("a report"), &report);
        assert_eq!((changes.new_documents, changes.gone_documents), (1, 1));
        let ids: Vec<&str> = changes.concepts.iter().map(|one| one.concept.as_str()).collect();
        assert_eq!(ids, ["asylum", "tariff", "old-treaty"]);
        assert_eq!(changes.concepts[0].then, None);
        assert!(changes.avoided.iter().all(|used| used.then == 0 && used.now > 0));
    }

    #[test]
    fn a_report_of_other_texts_is_known_for_one() {
        let mut report = sample();
        let earlier = Earlier::read(&json(&report)).expect("a report");
        assert!(!earlier.is_of_other_texts(&report));
        report.documents.iter_mut().for_each(|document| document.document.insert_str(0, "elsewhere/"));
        assert!(earlier.is_of_other_texts(&report));
        report.documents.clear();
        assert!(!earlier.is_of_other_texts(&report));
    }

    #[test]
    fn other_files_are_refused() {
        let report = json(&sample());
        let cases = [
            ("nothing".to_owned(), "no coverage report"),
            ("{\"type\":\"glossary\",\"version\":1}".to_owned(), "its type is “glossary”"),
            (report.replacen("\"version\": 1", "\"version\": 9", 1), "of version 9"),
            (report.replacen("\"summary\"", "\"sum\"", 1), "no coverage report"),
        ];
        for (text, wanted) in cases {
            let error = Earlier::read(&text).expect_err(wanted);
            assert!(error.contains(wanted), "{error}");
        }
    }
}
