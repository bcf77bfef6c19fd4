//! Finding the terms of a termbase in texts, in any case, accentuation, typography and inflection.
//!
//! A term is *expanded* into the forms in which it stands in running text ([`expand`]), each form into
//! *patterns* with its conditions ([`pattern`]); [`Matcher`] finds all candidates in one pass, [`conditions`]
//! decides which stand, and overlaps are resolved last. [`naive`] is the obviously correct twin.
//!
//! ```
//! use glosa::matcher::{Matcher, Overlaps};
//! use glosa::termbase::{Concept, LangSection, LangTag, TermEntry, Termbase};
//!
//! let section = |tag: &str, term: &str| LangSection { tag: LangTag(tag.into()), terms: vec![TermEntry::new(term)] };
//! let concept = Concept { sections: vec![section("es", "T-MEC"), section("en", "USMCA")], ..Concept::default() };
//! let termbase = Termbase { concepts: vec![concept].into(), ..Termbase::default() };
//! let matcher = Matcher::new(&termbase);
//! let text = "Under the USMCA (TMEC) framework";
//! let hits = matcher.search(text, Overlaps::Longest, &|_| None);
//! let found: Vec<_> = hits.iter().map(|hit| hit.span.of(text)).collect();
//! assert_eq!(found, ["USMCA", "TMEC"]);
//! ```

mod address;
pub mod compile;
pub mod conditions;
pub mod expand;
pub mod gap;
mod infer;
pub mod naive;
pub mod pattern;
mod plain;
mod resolve;
pub(crate) mod runs;
mod search;
mod sequences;
mod shape;
pub mod shelf;
pub mod store;
pub mod veto;
mod vocabulary;
mod window;

pub use conditions::Refusal;
pub use search::{Matcher, NearMiss};
pub use shelf::Shelf;
pub use store::{PatternId, PatternView, Patterns};
pub use veto::Context;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::termbase::TermRef;
use crate::text::Span;

/// An occurrence of a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Bytes in the document's text.
    pub span: Span,
    /// The term found.
    pub term: TermRef,
    /// The language of the term.
    pub lang: Lang,
    /// How the text differs from the term.
    pub kind: MatchKind,
    /// How sure the hit is, 0 to 1.
    pub score: f32,
    /// The pattern that matched; [`Matcher::rule`] tells the rule that made its form.
    pub pattern: PatternId,
    /// The form belongs to another concept too.
    pub ambiguous: bool,
}

impl Hit {
    /// Whether the hit is more likely right than wrong: what counts where a false hit does more harm than a missed
    /// one (`coverage`).
    pub fn is_sure(&self) -> bool {
        self.score >= SURE
    }
}

/// The least score of a sure hit.
const SURE: f32 = 0.5;

/// How a text differs from the term, from not at all to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// Not at all.
    Exact,
    /// In case.
    Case,
    /// The text leaves out accents (or adds those of the closed lists).
    Accent,
    /// In typography or spelling, or a listed further form.
    Variant,
    /// An inflected form.
    Inflected,
    /// Only near (look-up).
    Fuzzy,
}

impl MatchKind {
    /// How sure a hit of this kind is, 0 to 1.
    pub fn score(self) -> f32 {
        match self {
            MatchKind::Exact => 1.0,
            MatchKind::Case => 0.98,
            MatchKind::Accent => 0.94,
            MatchKind::Variant => 0.96,
            MatchKind::Inflected => 0.95,
            MatchKind::Fuzzy => 0.5,
        }
    }

    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MatchKind::Exact => "exact",
            MatchKind::Case => "case",
            MatchKind::Accent => "accent",
            MatchKind::Variant => "variant",
            MatchKind::Inflected => "inflected",
            MatchKind::Fuzzy => "fuzzy",
        }
    }
}

/// Which of overlapping hits are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlaps {
    /// Leftmost, then longest.
    #[default]
    Longest,
    /// All.
    All,
}

#[cfg(test)]
mod tests;
