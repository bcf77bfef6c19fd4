//! The words of a termbase by their keys, made to say fast that a word is *not* among them.
//!
//! Most words of a text are in no term. An ASCII word of up to sixteen letters fits two machine words ([`Short`]):
//! its case is folded by setting one bit a letter, one multiplication hashes it, and one bit of a small filter says
//! whether it may be known at all. Only then the table is asked, which compares the whole key, so the answer is
//! exact. Longer words and those with other letters go through a hash map.

use rustc_hash::FxHashMap;

use super::store::{Patterns, WordId};

/// No word of the vocabulary: breaks every term.
pub(super) const UNKNOWN: WordId = 0;

/// Word numbers by key.
#[derive(Debug)]
pub(super) struct Vocabulary {
    filter: Filter,
    slots: Vec<Slot>,
    long: FxHashMap<Box<str>, WordId>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Short,
    id: WordId,
}

impl Vocabulary {
    /// The words of some patterns.
    pub(super) fn new(patterns: &Patterns) -> Self {
        let short = || patterns.keys().filter_map(|(key, id)| Some((Short::of_key(key)?, id)));
        let long = patterns.keys().filter(|(key, _)| Short::of_key(key).is_none());
        let long = long.map(|(key, id)| (key.into(), id)).collect();
        let count = short().count();
        let slots = vec![Slot::default(); (2 * count).next_power_of_two().max(2)];
        let mut vocabulary = Vocabulary { filter: Filter::new(count), slots, long };
        for (key, id) in short() {
            let hash = key.hash();
            vocabulary.filter.insert(hash);
            let at = vocabulary.slot(key, hash);
            vocabulary.slots[at] = Slot { key, id };
        }
        vocabulary
    }

    /// Whether a word of this hash may be known.
    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        self.filter.may_hold(hash)
    }

    /// The number of a short word, [`UNKNOWN`] where it is not known.
    #[inline]
    pub(super) fn short(&self, key: Short, hash: u64) -> WordId {
        self.slots[self.slot(key, hash)].id
    }

    /// The number of any word by its key.
    pub(super) fn find(&self, key: &str) -> WordId {
        match Short::of_key(key) {
            Some(short) => self.short(short, short.hash()),
            None => self.long.get(key).copied().unwrap_or(UNKNOWN),
        }
    }

    /// Where a key stands, or the free place where it would.
    #[inline]
    fn slot(&self, key: Short, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        // At least half of the table is free, so the walk ends.
        while self.slots[at].id != UNKNOWN && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }
}

/// An ASCII word of up to sixteen letters and digits in lower case, padded with zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Short {
    low: u64,
    high: u64,
}

impl Short {
    /// The most bytes it holds.
    pub(super) const MOST: usize = 16;

    /// The first `length` of sixteen bytes, which must be ASCII letters and digits; `None` where one is not ASCII.
    #[inline]
    pub(super) fn of_word(bytes: [u8; 16], length: usize) -> Option<Short> {
        let word = u128::from_le_bytes(bytes) & (u128::MAX >> (128 - 8 * length));
        // In letters this bit tells the case; digits have it too.
        let lower = word | (u128::from_le_bytes([0x20; 16]) & (u128::MAX >> (128 - 8 * length)));
        let ascii = word & u128::from_le_bytes([0x80; 16]) == 0;
        ascii.then_some(Short { low: lower as u64, high: (lower >> 64) as u64 })
    }

    /// A key, where it fits.
    fn of_key(key: &str) -> Option<Short> {
        let length = key.len();
        let fits = (1..=Short::MOST).contains(&length) && key.bytes().all(|b| b.is_ascii_alphanumeric());
        let mut bytes = [0; Short::MOST];
        fits.then(|| bytes[..length].copy_from_slice(key.as_bytes()))?;
        Short::of_word(bytes, length)
    }

    /// Mixes all bits into the low and the high ones.
    #[inline]
    pub(super) fn hash(self) -> u64 {
        folded_product(self.low ^ 0x9E37_79B9_7F4A_7C15, self.high ^ 0xD6E8_FEB8_6659_FD93)
    }
}

/// The two halves of a 64 × 64 bit product, combined: the mixing step of wyhash (Wang Yi, 2019).
#[inline]
pub(super) fn folded_product(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A set that may hold too much and never too little: one bit for each hash, sixteen bits for each member.
#[derive(Debug)]
pub(super) struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

impl Filter {
    /// An empty one for so many members.
    pub(super) fn new(members: usize) -> Self {
        let bits = (16 * members).next_power_of_two().max(64);
        Filter { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() }
    }

    /// Adds a hash, of which the high bits are used.
    pub(super) fn insert(&mut self, hash: u64) {
        let bit = hash >> self.shift;
        self.bits[(bit / 64) as usize] |= 1 << (bit % 64);
    }

    /// Whether a hash may have been added.
    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let bit = hash >> self.shift;
        self.bits[(bit / 64) as usize] >> (bit % 64) & 1 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_told_apart_and_case_is_not() {
        let short = |word: &str| {
            let mut bytes = [b'X'; 16];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            Short::of_word(bytes, word.len())
        };
        assert_eq!(short("TMec4"), Short::of_key("tmec4"));
        assert_eq!(short("ABCDEFGHIJKLMNOP"), Short::of_key("abcdefghijklmnop"));
        assert_ne!(short("a"), short("aa"));
        assert_eq!(short("año"), None);
        assert_eq!(Short::of_key("un asilo"), None);
        assert_eq!(Short::of_key("contrarrevolucionarios"), None);
    }

    #[test]
    fn filters_forget_nothing() {
        let hashes: Vec<u64> =
            (0..500).map(|n| folded_product(n ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)).collect();
        let mut filter = Filter::new(hashes.len());
        hashes.iter().for_each(|&hash| filter.insert(hash));
        assert!(hashes.iter().all(|&hash| filter.may_hold(hash)));
        let strange = (1000..2000).map(|n| folded_product(n ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93));
        assert!(strange.filter(|&hash| filter.may_hold(hash)).count() < 200);
    }
}
