//! What is asked for, and which keys may be an answer.

use memchr::memmem::Finder;

use super::stems::Stems;
use crate::matcher::Patterns;
use crate::matcher::shelf::{Extent, Shelf, Signature};
use crate::text::tokens;

/// A query.
pub(super) struct Query {
    /// The keys of its words, parted by spaces.
    pub(super) key: String,
    /// The words in lower case, accents kept.
    pub(super) lower: String,
    /// The families of its words.
    pub(super) stems: Stems,
    /// The most typing errors that are forgiven.
    pub(super) errors: u32,
    signature: Signature,
    finder: Finder<'static>,
}

impl Query {
    pub(super) fn new(query: &str) -> Self {
        let (key, lower) = (tokens::phrase_key(query), tokens::phrase_lower(query));
        let errors = match key.chars().count() {
            0..4 => 0,
            4..=6 => 1,
            _ => 2,
        };
        let finder = Finder::new(&key).into_owned();
        Query { stems: Stems::of(&lower), signature: Signature::new(&key), finder, errors, key, lower }
    }

    /// Whether a key may begin with the query or have its words: never wrong where it does.
    pub(super) fn may_be_within(&self, key: &[u8]) -> bool {
        !self.key.is_empty() && self.finder.find(key).is_some()
    }

    /// Whether a key may have a word of the query's families: never wrong where it has.
    pub(super) fn may_be_kin(&self, key: &[u8]) -> bool {
        str::from_utf8(key).is_ok_and(|key| self.stems.may_be_kin(key))
    }

    /// Whether a key may be the query but for typing errors: never wrong where it is.
    pub(super) fn may_be_mistyped(&self, key: &[u8]) -> bool {
        // An error adds or takes away a character of up to four bytes.
        let near = key.len().abs_diff(self.key.len()) <= 4 * self.errors as usize;
        near && str::from_utf8(key).is_ok_and(|key| self.may_be_near(&Signature::new(key)))
    }

    /// The patterns of a shelf that may be the query but for typing errors.
    pub(super) fn mistyped_on(&self, shelf: &Shelf, extent: Extent) -> Patterns {
        match self.errors {
            0 => Patterns::default(),
            errors => shelf.nearly(extent, &self.signature, errors, |key| self.may_be_mistyped(key)),
        }
    }

    /// Whether the key of a signature may be the query but for typing errors.
    pub(super) fn may_be_near(&self, signature: &Signature) -> bool {
        self.errors > 0 && signature.may_be_near(&self.signature, self.errors)
    }
}

/// Whether whole words of a key are the words of another.
pub(super) fn holds_words(key: &str, words: &str) -> bool {
    let bytes = key.as_bytes();
    let bounded = |at: usize| {
        let end = at + words.len();
        (at == 0 || bytes[at - 1] == b' ') && bytes.get(end).is_none_or(|&next| next == b' ')
    };
    key.match_indices(words).any(|(at, _)| bounded(at))
}
