//! Terms that a termbase lacks, found in texts.

pub mod bilingual;
mod forms;
mod glossed;
mod glosses;
mod phrases;
pub mod proposals;
pub mod statistics;
mod stems;
pub mod terms;
mod words;

pub use glosses::{Acronym, acronyms};
pub use stems::{WordStems, stems};
