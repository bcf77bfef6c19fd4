//! Spanish.

pub mod double_accents;
pub mod abbreviations;
pub mod stopwords;

use super::{Inflectable, InflectedForm};

pub(super) fn is_ordinary(_word: &str) -> bool {
    false
}

pub(super) fn bare_is_word(_bare: &str) -> bool {
    false
}

pub(super) fn inflect(_term: &Inflectable<'_>) -> Vec<InflectedForm> {
    Vec::new()
}
