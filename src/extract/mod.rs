//! Terms that a termbase lacks, found in texts.

mod glosses;

pub use glosses::{Acronym, acronyms};
