//! The dictionary: for common words, the classes of which they can be. Fingerprints only, no words.

use rustc_hash::FxHashMap;

use super::class::Classes;
use super::features::hash;
use super::table::Table;

/// What the dictionary knows of a word; nothing of most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The classes of which some form so written can be.
    pub classes: Classes,
    /// Those of them that make up most of its uses.
    pub main: Classes,
}

/// Entries by the hash of the word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dictionary<'a>(pub(super) Table<'a, 2>);

impl<'a> Dictionary<'a> {
    /// A dictionary over a table.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Dictionary(Table::new(bytes))
    }

    /// The entry of a word in its normal form; a plural or third person without an entry of its own has that of the
    /// word without its ending.
    pub(super) fn get(&self, word: &str) -> Entry {
        let bases = ["", "s", "es", "n"].into_iter().filter_map(|ending| word.strip_suffix(ending));
        let found = bases
            .filter(|base| base.len() > 2 || base.len() == word.len())
            .find_map(|base| self.listed(base));
        found.unwrap_or_default()
    }

    fn listed(&self, word: &str) -> Option<Entry> {
        let [classes, main] = self.0.get(hash(word))?;
        Some(Entry { classes: Classes::from_bits(classes), main: Classes::from_bits(main) })
    }

    /// Lays out a dictionary; words that have the classes of their base are left out.
    pub(super) fn build(mut entries: Vec<(String, Entry)>) -> Vec<u8> {
        entries.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
        let mut listed: FxHashMap<String, Classes> = FxHashMap::default();
        let mut rows = Vec::new();
        for (word, entry) in entries {
            let base = ["s", "es", "n"].into_iter().filter_map(|ending| word.strip_suffix(ending));
            let same =
                base.filter(|base| base.len() > 2).find_map(|base| listed.get(base)) == Some(&entry.classes);
            if !same {
                rows.push((hash(&word), [entry.classes.bits(), entry.main.bits()]));
                listed.insert(word, entry.classes);
            }
        }
        Table::build(&rows)
    }
}
