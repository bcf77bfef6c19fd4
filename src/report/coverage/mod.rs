//! Term coverage: what a body of texts and its translations make of the glossary.
//!
//! Texts are looked at pair by pair ([`Facts::of`]), and of each only what the report needs is kept ([`Gatherer`]), so
//! that a report on ten thousand documents takes little more room than one on a hundred. Only sure hits ask for a
//! rendering ([`crate::matcher::Hit::is_sure`]): a false one would ask for what nobody owes.
//!
//! A renderer turns [`Coverage`] into the text of one file; [`FORMATS`] lists them all.

mod csv;
mod diff;
mod drift;
mod facts;
mod gather;
mod groups;
mod html;
mod json;
mod judge;
mod junit;
mod kept;
mod markdown;
mod model;
mod needed;
mod noise;
mod validity;
mod worst;

pub use diff::{ChangedConcept, ChangedUse, Changes, Earlier};
pub use drift::{Advice, Drift, DriftRendering, Why};
pub use facts::Facts;
pub use gather::{Gathered, Gatherer};
pub use model::*;
pub use validity::Flaw;

use super::TablesFor;
use crate::lang::Lang;

/// The version of the JSON form: it changes where a reader of the old one would go wrong.
pub const VERSION: u32 = 1;

/// A form in which a coverage report is written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name that `coverage -f` takes.
    pub name: &'static str,
    /// The extension of the file.
    pub extension: &'static str,
    /// Makes the text of the file.
    pub render: fn(&Coverage, &Options) -> String,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Who opens tables.
    pub tables: TablesFor,
    /// The share of required places that must be rendered as approved.
    pub gate: Option<Gate>,
}

/// All forms that go into files.
pub const FORMATS: &[Format] = &[
    Format { name: "json", extension: "json", render: json::render },
    Format { name: "csv", extension: "csv", render: csv::render },
    Format { name: "md", extension: "md", render: markdown::render },
    Format { name: "html", extension: "html", render: html::render },
    Format { name: "junit", extension: "xml", render: junit::render },
];

/// The form of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A proposal in English.
pub fn advice_in_words(advice: &Advice) -> String {
    markdown::advice(advice, Lang::En)
}

/// What is wrong with a term, in English.
pub fn flaw_word(flaw: Flaw) -> &'static str {
    super::words::flaw(flaw, Lang::En)
}

#[cfg(test)]
mod tests;
