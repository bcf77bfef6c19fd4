//! Reports: models, and one renderer a file.

pub mod aligned_glossary;

pub use aligned_glossary::AlignedGlossary;
