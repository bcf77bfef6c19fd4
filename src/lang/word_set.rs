//! A fixed set of words written as one text, indexed at first use.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// Words parted by white space: `static NUMBERS: WordSet = WordSet::new("uno dos tres")`.
pub(super) struct WordSet {
    text: &'static str,
    index: OnceLock<FxHashSet<&'static str>>,
}

impl WordSet {
    /// A set of the words of `text`.
    pub(super) const fn new(text: &'static str) -> Self {
        WordSet { text, index: OnceLock::new() }
    }

    /// Whether `word` is in the set, letter for letter.
    pub(super) fn has(&self, word: &str) -> bool {
        self.index.get_or_init(|| self.text.split_ascii_whitespace().collect()).contains(word)
    }

    /// The words, in the order of the text.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.text.split_ascii_whitespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        static SET: WordSet = WordSet::new("pan  sal\nvino");
        assert!(SET.has("pan") && SET.has("vino"));
        assert!(!SET.has("pa") && !SET.has("") && !SET.has("pan sal"));
        assert_eq!(SET.words().count(), 3);
    }
}
