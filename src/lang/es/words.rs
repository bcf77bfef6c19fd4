//! Everyday Spanish words, and words that differ from others by an accent alone.

use super::minimal_pairs;
use crate::lang::word_set::WordSet;

static ORDINARY: WordSet = WordSet::new(include_str!("../../../data/words/es.txt"));

/// Whether a lower-case word is an everyday word.
pub(crate) fn is_ordinary(word: &str) -> bool {
    ORDINARY.has(word)
}

/// Whether a word without its accents is another word.
pub(crate) fn bare_is_word(bare: &str) -> bool {
    minimal_pairs::has(bare) || is_ordinary(bare)
}
