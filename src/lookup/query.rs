//! What is asked for, and which keys may be an answer.

use super::stems::Stems;
use super::typos::Signature;
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
}

impl Query {
    pub(super) fn new(query: &str) -> Self {
        let (key, lower) = (tokens::phrase_key(query), tokens::phrase_lower(query));
        let errors = match key.chars().count() {
            0..4 => 0,
            4..=6 => 1,
            _ => 2,
        };
        Query { stems: Stems::of(&lower), signature: Signature::new(&key), errors, key, lower }
    }

    /// Whether a key begins with the query or has its words.
    pub(super) fn may_be_within(&self, key: &str) -> bool {
        !self.key.is_empty() && (key.starts_with(&self.key) || holds_words(key, &self.key))
    }

    /// Whether a key may have the query's stems, or be the query but for typing errors.
    pub(super) fn may_be_like(&self, key: &str) -> bool {
        self.stems.may_be_kin(key) || self.may_be_near(&Signature::new(key))
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
