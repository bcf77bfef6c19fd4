//! The dictionary: for common words, the classes of which they can be. Fingerprints only, no words.

use super::class::Classes;
use super::table::Table;

/// What the dictionary knows of a word; nothing of most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The classes of which some form so written can be.
    pub classes: Classes,
    /// Words used alike have one number; 0 where it is not known.
    pub cluster: u8,
}

/// Entries by the hash of the word.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary<'a>(pub(super) Table<'a, 2>);

impl Dictionary<'_> {
    /// The entry of a word, by the hash of its normal form.
    pub(super) fn get(&self, hash: u64) -> Entry {
        match self.0.get(hash) {
            Some([classes, cluster]) => Entry { classes: Classes::from_bits(classes), cluster },
            None => Entry::default(),
        }
    }
}
