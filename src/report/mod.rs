//! Reports: models, and one renderer a file.

pub mod aligned_glossary;
pub mod build;
pub mod coverage;

pub use aligned_glossary::AlignedGlossary;
pub use build::{BuildOptions, build};
pub use coverage::{Coverage, coverage};
