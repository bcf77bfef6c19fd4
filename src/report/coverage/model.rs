//! The model of a coverage report.

use std::ops::AddAssign;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Changes, Drift, Flaw};
use crate::concord::{AlignedContext, Snippet};
use crate::lang::Lang;
use crate::text::About;

/// What a body of texts and its translations make of a glossary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The title of the glossary.
    pub title: String,
    /// The language of labels.
    pub ui: Lang,
    /// The sums.
    pub summary: Summary,
    /// The concepts in the order of the termbase.
    pub concepts: Vec<ConceptCoverage>,
    /// The documents in corpus order.
    pub documents: Vec<DocumentCoverage>,
    /// By subject field, in alphabetical order; concepts without one are under "".
    pub subjects: Vec<GroupCoverage>,
    /// By language of the text: for a place, that of the translation.
    pub languages: Vec<GroupCoverage>,
    /// By month of the documents' own dates, or by year where they state no more, in order of time; documents without
    /// a date are left out.
    pub dates: Vec<GroupCoverage>,
    /// By desk; documents that name none are left out.
    pub desks: Vec<GroupCoverage>,
    /// Subject × date, where there are places.
    pub heat: Vec<HeatCell>,
    /// Concepts whose required places differ most from what is approved, worst first, ten at most.
    pub inconsistencies: Vec<Inconsistency>,
    /// Terms in the texts that ought not to be there, most frequent first.
    pub avoided: Vec<AvoidedUse>,
    /// What the glossary lacks most, twenty at most.
    pub needed: Needed,
    /// The entries that wait for approval, oldest first.
    pub queue: Vec<Queued>,
    /// Entries that do no good.
    pub noise: Noise,
    /// What changed since an earlier report, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
    /// How terms were really rendered, where that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<Vec<Drift>>,
}

/// How many places are rendered how. The denominator is [`Counts::asked`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rendered by a term that may be used there.
    pub approved: usize,
    /// Rendered by another one: deprecated, forbidden, outdated, of another region, or not listed.
    pub otherwise: usize,
    /// Not rendered by anything that could be told.
    pub left_out: usize,
}

impl Counts {
    /// All places that ask for a rendering.
    pub fn asked(&self) -> usize {
        self.approved + self.otherwise + self.left_out
    }

    /// The part that is rendered as approved, from 0 to 1; `None` where nothing asks.
    pub fn share(&self) -> Option<f64> {
        (self.asked() > 0).then(|| self.approved as f64 / self.asked() as f64)
    }

    /// The share in words, or a dash where nothing asks.
    pub fn percent(&self) -> String {
        self.share().map_or_else(|| "—".to_owned(), percent)
    }

    /// Places that are not as approved.
    pub fn deviating(&self) -> usize {
        self.otherwise + self.left_out
    }
}

/// A share as a percentage, rounded down so that what is below a limit never looks as if it met it.
pub fn percent(share: f64) -> String {
    let tenths = (share * 1000.0 + 1e-9).floor() / 10.0;
    if tenths.fract() == 0.0 { format!("{tenths:.0} %") } else { format!("{tenths:.1} %") }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.approved += other.approved;
        self.otherwise += other.otherwise;
        self.left_out += other.left_out;
    }
}

/// The sums of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Concepts in the termbase.
    pub concepts: usize,
    /// Concepts seen in both languages.
    pub both: usize,
    /// Concepts seen in Spanish only.
    pub only_es: usize,
    /// Concepts seen in English only.
    pub only_en: usize,
    /// Concepts never seen.
    pub never: usize,
    /// Documents.
    pub documents: usize,
    /// Pairs of documents.
    pub pairs: usize,
    /// Running words.
    pub words: usize,
    /// Sure hits.
    pub hits: usize,
    /// Places of required concepts: those that gate.
    pub required: Counts,
    /// Places of all concepts, those that are only proposed too.
    pub all: Counts,
    /// Places that no count holds, since a short form or nothing is enough there: the thing was named before.
    pub understood: usize,
}

/// The coverage of a concept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptCoverage {
    /// Its id.
    pub concept: String,
    /// Its preferred terms, "arancel / tariff".
    pub label: String,
    /// Subject field.
    pub subject: Option<String>,
    /// `proposed`, `reviewed` or `approved`; `None` where the entry says nothing, which means approved.
    pub review: Option<String>,
    /// Whether its places are required: whether the entry is more than proposed.
    pub required: bool,
    /// Sure hits of Spanish terms.
    pub count_es: usize,
    /// Sure hits of English terms.
    pub count_en: usize,
    /// Places that ask for a Spanish rendering.
    pub into_es: Counts,
    /// Places that ask for an English rendering.
    pub into_en: Counts,
    /// What renders it, most frequent first.
    pub renderings: Vec<RenderingCount>,
    /// The documents it occurs in.
    pub documents: Vec<Cell>,
}

impl ConceptCoverage {
    /// The places of both directions.
    pub fn counts(&self) -> Counts {
        let mut counts = self.into_es;
        counts += self.into_en;
        counts
    }
}

/// How often a concept is rendered by something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RenderingCount {
    /// The language of the rendering.
    pub lang: Lang,
    /// The term, or what stands in the place of one; `None` where nothing could be told.
    pub term: Option<String>,
    /// Whether it may be used there.
    pub approved: bool,
    /// What is wrong with it, if the glossary says so; nothing for what the glossary does not list.
    pub flaw: Option<Flaw>,
    /// Places.
    pub count: usize,
}

/// A concept in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The document's name.
    pub document: Arc<str>,
    /// Sure hits of Spanish terms.
    pub count_es: usize,
    /// Sure hits of English terms.
    pub count_en: usize,
    /// How the concept is rendered there, where the document is (or may be) the translation.
    pub counts: Counts,
}

/// The coverage of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentCoverage {
    /// Its name.
    pub document: String,
    /// Its language.
    pub lang: Option<Lang>,
    /// Its partner's name.
    pub partner: Option<String>,
    /// Running words.
    pub words: usize,
    /// Sure hits.
    pub hits: usize,
    /// Distinct concepts.
    pub concepts: usize,
    /// How it renders what its partner asks for: required concepts only.
    pub counts: Counts,
    /// What it says of itself.
    #[serde(flatten)]
    pub about: About,
}

/// The coverage of documents, or concepts, that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupCoverage {
    /// What they have in common.
    pub key: String,
    /// Documents that have something of it.
    pub documents: usize,
    /// Sure hits.
    pub hits: usize,
    /// Distinct concepts hit.
    pub concepts: usize,
    /// How required concepts are rendered.
    pub counts: Counts,
}

/// A subject at a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeatCell {
    /// The subject, or "".
    pub subject: String,
    /// The month, or the year.
    pub date: String,
    /// How required concepts are rendered.
    pub counts: Counts,
}

/// A concept that is not rendered as approved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inconsistency {
    /// Its id.
    pub concept: String,
    /// Its preferred terms.
    pub label: String,
    /// The language in which it is so.
    pub into: Lang,
    /// How its places are rendered.
    pub counts: Counts,
    /// What renders it, most frequent first.
    pub renderings: Vec<RenderingCount>,
    /// A place where it is not rendered as approved, unless the texts are confidential.
    pub example: Option<AlignedContext>,
}

/// A term in use that ought not to be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AvoidedUse {
    /// The id of its concept.
    pub concept: String,
    /// The term.
    pub term: String,
    /// Its language.
    pub lang: Lang,
    /// Why it ought not to be used.
    pub flaw: Flaw,
    /// What to write instead, where the glossary says so.
    pub instead: Option<String>,
    /// Hits.
    pub count: usize,
    /// Documents.
    pub documents: usize,
    /// A place, unless the texts are confidential.
    pub example: Option<Snippet>,
}

/// What the glossary lacks most.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Needed {
    /// Documents that were looked through for it; of large collections a part, evenly spread.
    pub from_documents: usize,
    /// The terms, the most needed first.
    pub terms: Vec<NeededTerm>,
}

/// A term that the glossary lacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeededTerm {
    /// The term.
    pub term: String,
    /// Its language.
    pub lang: Lang,
    /// What seems to render it.
    pub equivalents: Vec<String>,
    /// Occurrences.
    pub count: usize,
    /// Documents that have it.
    pub documents: usize,
}

/// An entry that waits for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Queued {
    /// The id of the concept.
    pub concept: String,
    /// Its preferred terms.
    pub label: String,
    /// `proposed` or `reviewed`.
    pub review: String,
    /// The oldest date that the entry states of itself.
    pub since: Option<String>,
    /// Sure hits in the texts.
    pub hits: usize,
}

/// Entries that do no good.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Noise {
    /// Never hit.
    pub never: Vec<Noisy>,
    /// Hit in nearly all documents, all the time.
    pub generic: Vec<Noisy>,
    /// Always covered by another entry.
    pub shadowed: Vec<Noisy>,
    /// Never rendered as approved, though often asked for.
    pub violated: Vec<Noisy>,
}

/// An entry that does no good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Noisy {
    /// The id of the concept.
    pub concept: String,
    /// Its preferred terms.
    pub label: String,
    /// What there is to be counted of it, out of how many: documents with a hit for generic entries, places not as
    /// approved for violated ones, occurrences within others for shadowed ones.
    pub count: usize,
    /// The whole that `count` is a part of.
    pub of: usize,
    /// The entry that covers it.
    pub by: Option<String>,
}

/// What a report must show to pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gate {
    /// The least share of places rendered as approved, from 0 to 1.
    pub least: f64,
    /// Entries that are only proposed count too.
    pub proposed: bool,
}

impl Gate {
    /// The places that count.
    pub fn counts(&self, summary: &Summary) -> Counts {
        if self.proposed { summary.all } else { summary.required }
    }

    /// Whether the report passes: where nothing asks, it does.
    pub fn passes(&self, summary: &Summary) -> bool {
        self.counts(summary).share().is_none_or(|share| share >= self.least)
    }
}
