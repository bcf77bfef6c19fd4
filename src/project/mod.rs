//! Files and folders: finding the project, reading the corpus, writing whole files.
//!
//! The rest of the library sees values only; here they come from disk and go back to it. What goes wrong with
//! one file is a [`Finding`](crate::check::Finding) that says what to do, and the work goes on with the others.
//! Paths are shown with `/`, relative to the project, so that results are the same on every machine.
#![allow(clippy::disallowed_methods, reason = "this is the module that touches files")]

pub mod cache;
pub mod checking;
pub mod collection;
mod content;
pub mod corpus;
pub mod coverage;
pub mod discover;
pub mod extraction;
pub mod files;
pub mod git;
mod open;
pub mod orientation;
pub mod outline;
pub mod pairs;
pub mod parallel;
pub mod pieces;
pub mod rejected;
pub mod texts;
pub mod walk;
pub mod write;

pub use cache::Cache;
pub use corpus::{Corpus, CorpusRequest, PairBy, Place, outline, read_corpus};
pub use open::{Project, columns};
pub use outline::Outline;
pub use parallel::{Jobs, Workers};
