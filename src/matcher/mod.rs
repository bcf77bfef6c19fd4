//! Finding the terms of a termbase in texts.

use serde::Serialize;

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
    /// The rule that made the form, for `--explain`.
    pub rule: &'static str,
    /// The form belongs to another concept too.
    pub ambiguous: bool,
}

/// How a text differs from the term, from not at all to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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

/// Which of overlapping hits are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlaps {
    /// Leftmost, then longest.
    #[default]
    Longest,
    /// All.
    All,
}
