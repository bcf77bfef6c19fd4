//! Drift: how each term of one language was really rendered, over documents and dates, and what the glossary might
//! say of it.
//!
//! A proposal is made where usage contradicts the glossary or the glossary is silent, and never of a few places in a
//! few documents: who writes the glossary decides, not a count.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::gather::{Gathered, Noted, Rendering, date_key};
use super::judge::Outcome;
use super::model::Counts;
use super::validity::{Flaw, Usage};
use super::worst::context;
use crate::concord::AlignedContext;
use crate::lang::Lang;
use crate::report::build::label;
use crate::termbase::{Status, TermRef};

/// A term with what renders it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// The id of its concept.
    pub concept: String,
    /// The preferred terms of the concept.
    pub label: String,
    /// The term.
    pub term: String,
    /// The language that it is rendered in.
    pub into: Lang,
    /// How its places are rendered.
    pub counts: Counts,
    /// What renders it, most frequent first.
    pub renderings: Vec<DriftRendering>,
    /// What the glossary might say.
    pub proposals: Vec<Advice>,
}

/// What renders a term, when and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriftRendering {
    /// A term of the glossary, or what stands in the place of one; `None` where nothing could be told.
    pub term: Option<String>,
    /// Its status in the glossary; `None` for what that does not list.
    pub status: Option<String>,
    /// What is wrong with it, if the glossary says so.
    pub flaw: Option<Flaw>,
    /// Places.
    pub count: usize,
    /// Documents.
    pub documents: usize,
    /// Places by month or year, in order of time, of documents that state a date.
    pub dates: Vec<(String, usize)>,
    /// A place, unless the texts are confidential.
    pub example: Option<AlignedContext>,
}

/// What the glossary might say of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The term.
    pub term: String,
    /// The status to give it: `preferred`, `admitted` or `deprecated`; or `forbidden`, so that gates stop it.
    pub status: String,
    /// Why.
    pub why: Why,
    /// Places that speak for it.
    pub count: usize,
    /// Out of how many.
    pub of: usize,
}

/// Why the glossary might say something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is what most write, and the glossary prefers another one.
    MostUsed,
    /// The glossary does not list it.
    Unlisted,
    /// Most write it although the glossary advises against it.
    UsedAgainstAdvice,
    /// It was in use, and is no more.
    Disused,
    /// The glossary advises against it, some write it all the same, and most another one.
    WrittenAgainstAdvice,
}

/// So many places, and so many documents, make usage …
const PLACES: usize = 5;
const DOCUMENTS: usize = 3;
/// … and such a part of what is rendered at all makes it what most write.
const MOST: f64 = 0.6;

/// The uses of one rendering.
#[derive(Default)]
struct Uses<'a> {
    places: Vec<&'a Noted>,
    documents: BTreeSet<usize>,
    dates: BTreeMap<String, usize>,
}

/// The terms that are not always rendered alike, or not as approved, those with the most such places first.
pub(super) fn drift(from: &Gathered<'_>) -> Vec<Drift> {
    let mut terms: BTreeMap<(TermRef, Lang), BTreeMap<Rendering, Uses<'_>>> = BTreeMap::new();
    for (at, noted) in from.places.iter().enumerate() {
        if !noted.place.outcome.is_counted() {
            continue;
        }
        let uses = terms.entry((noted.place.source, noted.place.into)).or_default();
        let uses = uses.entry(from.rendering(at)).or_default();
        uses.places.push(noted);
        uses.documents.insert(noted.document);
        if let Some(date) = date_key(&from.documents[noted.document]) {
            *uses.dates.entry(date).or_default() += 1;
        }
    }
    let strays = terms.into_iter().filter(|(_, uses)| uses.len() > 1 || !uses.values().all(is_approved));
    let mut all: Vec<Drift> = strays.map(|((term, into), uses)| of_term(from, term, into, &uses)).collect();
    all.sort_by_key(|drift| (Reverse(drift.counts.deviating()), Reverse(drift.counts.asked())));
    all
}

fn is_approved(uses: &Uses<'_>) -> bool {
    uses.places.iter().all(|noted| noted.place.outcome == Outcome::Approved)
}

fn of_term(from: &Gathered<'_>, term: TermRef, into: Lang, uses: &BTreeMap<Rendering, Uses<'_>>) -> Drift {
    let concept = from.concept_at(term.concept);
    let mut counts = Counts::default();
    uses.values().flat_map(|uses| &uses.places).for_each(|noted| counts.note(noted.place.outcome));
    let usage = Usage::new(from.termbase, None, None);
    let mut renderings: Vec<DriftRendering> =
        uses.iter().map(|(rendering, uses)| of_rendering(from, &usage, (rendering, into), uses)).collect();
    renderings.sort_by(|a, b| (Reverse(a.count), &a.term).cmp(&(Reverse(b.count), &b.term)));
    Drift {
        concept: concept.id.to_string(),
        label: label(from.termbase, concept),
        term: from.termbase.term(term).term.clone(),
        into,
        counts,
        proposals: proposals(&renderings),
        renderings,
    }
}

fn of_rendering(
    from: &Gathered<'_>,
    usage: &Usage<'_>,
    (rendering, into): (&Rendering, Lang),
    uses: &Uses<'_>,
) -> DriftRendering {
    let (term, status, flaw) = match rendering {
        Rendering::Term(term) => {
            let status = from.termbase.section(*term).effective_status(term.term as usize);
            let name = from.termbase.term(*term).term.clone();
            (Some(name), Some(status.to_string()), usage.flaw_of_rendering(*term, into))
        }
        Rendering::Text(text) => (Some(text.clone()), None, None),
        Rendering::Nothing => (None, None, None),
    };
    DriftRendering {
        term,
        status,
        flaw,
        count: uses.places.len(),
        documents: uses.documents.len(),
        dates: uses.dates.iter().map(|(date, count)| (date.clone(), *count)).collect(),
        example: uses.places.iter().find_map(|noted| context(from, noted)),
    }
}

/// What `forbidden = true` says.
const FORBIDDEN: &str = "forbidden";

/// What usage speaks for.
fn proposals(renderings: &[DriftRendering]) -> Vec<Advice> {
    let of = renderings.iter().filter(|one| one.term.is_some()).map(|one| one.count).sum();
    let is = |one: &DriftRendering, status: Status| one.status.as_deref() == Some(status.as_str());
    let is_usage = |one: &DriftRendering| one.count >= PLACES && one.documents >= DOCUMENTS;
    let is_most = |one: &DriftRendering| is_usage(one) && one.count as f64 >= MOST * of as f64;
    // What most write may be written instead.
    let is_settled = renderings.iter().any(|one| one.flaw.is_none() && one.status.is_some() && is_most(one));
    let latest = renderings.iter().flat_map(|one| &one.dates).map(|(date, _)| date.as_str()).collect();
    let advise = |one: &DriftRendering| {
        let (status, why) = match (&one.flaw, &one.status) {
            (None, None) if is_usage(one) => (Status::Admitted.as_str(), Why::Unlisted),
            (Some(Flaw::Deprecated | Flaw::Forbidden), _) if is_most(one) => {
                (Status::Admitted.as_str(), Why::UsedAgainstAdvice)
            }
            (Some(Flaw::Deprecated), _) if is_usage(one) && is_settled => {
                (FORBIDDEN, Why::WrittenAgainstAdvice)
            }
            (None, Some(_)) if is_most(one) && is(one, Status::Admitted) => {
                (Status::Preferred.as_str(), Why::MostUsed)
            }
            (None, Some(_)) if is_usage(one) && is_disused(one, &latest) => {
                (Status::Deprecated.as_str(), Why::Disused)
            }
            _ => return None,
        };
        Some(Advice { term: one.term.clone()?, status: status.to_owned(), why, count: one.count, of })
    };
    renderings.iter().filter_map(advise).collect()
}

/// Whether something is in none of the later half of the dates, of which there must be several.
fn is_disused(one: &DriftRendering, dates: &BTreeSet<&str>) -> bool {
    let half = dates.iter().nth(dates.len() / 2).copied();
    let last = one.dates.last().map(|(date, _)| date.as_str());
    dates.len() >= 4 && last.zip(half).is_some_and(|(last, half)| last < half)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendering(
        term: &str,
        status: Option<Status>,
        flaw: Option<Flaw>,
        dates: &[(&str, usize)],
    ) -> DriftRendering {
        DriftRendering {
            term: Some(term.to_owned()),
            status: status.map(|status| status.to_string()),
            flaw,
            count: dates.iter().map(|(_, count)| count).sum(),
            documents: dates.iter().map(|(_, count)| count).sum(),
            dates: dates.iter().map(|(date, count)| ((*date).to_owned(), *count)).collect(),
            example: None,
        }
    }

    #[test]
    fn proposals_need_usage() {
        let (preferred, admitted) = (Some(Status::Preferred), Some(Status::Admitted));
        let deprecated = (Some(Status::Deprecated), Some(Flaw::Deprecated));
        let months = [("2025-01", 2), ("2025-02", 2), ("2025-03", 2), ("2025-04", 2)];
        let usual = rendering("arancel", preferred, None, &months);
        let cases: &[(DriftRendering, Option<(&str, Why)>)] = &[
            (rendering("gravamen", admitted, None, &[("2025-04", 20)]), Some(("preferred", Why::MostUsed))),
            (rendering("gravamen", admitted, None, &[("2025-04", 6)]), None),
            (rendering("gravamen", admitted, None, &[("2025-01", 6)]), Some(("deprecated", Why::Disused))),
            (rendering("tasa", None, None, &[("2025-04", 5)]), Some(("admitted", Why::Unlisted))),
            (rendering("tasa", None, None, &[("2025-04", 4)]), None),
            (
                rendering("tarifa", deprecated.0, deprecated.1, &[("2025-04", 20)]),
                Some(("admitted", Why::UsedAgainstAdvice)),
            ),
            (
                rendering("tarifa", deprecated.0, deprecated.1, &[("2025-04", 5)]),
                Some(("forbidden", Why::WrittenAgainstAdvice)),
            ),
            (rendering("tarifa", deprecated.0, deprecated.1, &[("2025-04", 7)]), None),
            (rendering("tarifa", deprecated.0, deprecated.1, &[("2025-04", 4)]), None),
        ];
        for (other, wanted) in cases {
            let found = proposals(&[usual.clone(), other.clone()]);
            let found: Vec<_> = found.iter().map(|one| (one.status.as_str(), one.why)).collect();
            assert_eq!(
                found,
                wanted.iter().copied().collect::<Vec<_>>(),
                "{} {}",
                other.term.as_deref().unwrap_or(""),
                other.count
            );
        }
    }
}
