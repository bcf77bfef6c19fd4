//! Exchange of concepts: importing them, comparing and merging glossaries, sheets for review.
//!
//! All of it goes by concept and by field. [`Facts`] are what is stated of a concept, key by key and term by term;
//! [`merge`] brings two changes of the same concept together, [`Pairing`] finds the entry that is the same concept as
//! another, [`Importer`] takes entries in, [`revise`] writes what has changed into the text of a glossary and leaves
//! the rest of it as it is.
//!
//! ```
//! use glosa::exchange::{Prefer, merge};
//! use glosa::termbase::{Concept, Source, read};
//!
//! let concept = |line: &str| -> Option<Concept> {
//!     let text = format!("[[concept]]\nid = \"arancel\"\nterms.es = \"arancel\"\n{line}");
//!     read(&[Source::toml("g.toml", &text)]).termbase.concepts.into_iter().next()
//! };
//! let (base, ours) = (concept(""), concept("subject = \"trade\"\n"));
//! let theirs = concept("note = \"also: gravamen\"\n");
//! let merged = merge(base.as_ref(), ours.as_ref(), theirs.as_ref(), Prefer::Ours);
//! assert!(merged.conflicts.is_empty());
//! let merged = merged.concept.expect("it is in both");
//! assert_eq!((merged.subject.as_deref(), merged.note.as_deref()), (Some("trade"), Some("also: gravamen")));
//! ```

mod chunks;
mod combine;
mod diff;
mod facts;
mod import;
mod merge;
mod pairing;
mod revise;
pub mod sheet;
#[cfg(test)]
mod tests;
mod texts;

pub use diff::{Difference, FieldChange, differences, entry_changes};
pub use facts::{Facts, Key, SectionFacts, TermFacts};
pub use import::{ImportConflict, Imported, Importer, NewReview, Side};
pub use merge::{FieldConflict, Merged, Prefer, merge};
pub use pairing::{Pairing, Sameness};
pub use revise::{Revision, revise};
pub use texts::{MergedText, Version, merge_texts};
