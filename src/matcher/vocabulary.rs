//! The words of a termbase by their keys, made to say fast that a word is *not* among them.
//!
//! Most words of a text are in no term. A key of up to sixteen bytes fits two machine words ([`Short`]); for an ASCII
//! word, folding its case is setting one bit a letter. One multiplication hashes it, and one bit of a small filter
//! says whether it may be known at all. Only then the table is asked, which compares the whole key, so the answer is
//! exact. Longer keys go through a hash map.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::store::{Patterns, WordId};
use crate::packed::{Flat, Reader, Writer};

/// No word of the vocabulary: breaks every term.
pub(super) const UNKNOWN: WordId = 0;

/// Word numbers by key.
#[derive(Debug)]
pub(super) struct Vocabulary {
    filter: Filter,
    slots: Vec<Slot>,
    long: FxHashMap<Box<[u8]>, WordId>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Short,
    id: WordId,
}

impl Vocabulary {
    /// The words of some patterns.
    pub(super) fn new(patterns: &Patterns) -> Self {
        let short = || patterns.keys().filter_map(|(key, id)| Some((Short::of_key(key.as_bytes())?, id)));
        let count = short().count();
        let slots = vec![Slot::default(); table_size(count)];
        let mut vocabulary = Vocabulary { filter: Filter::new(count), slots, long: long(patterns) };
        for (key, id) in short() {
            let hash = key.hash();
            vocabulary.filter.insert(hash);
            let at = vocabulary.slot(key, hash);
            vocabulary.slots[at] = Slot { key, id };
        }
        vocabulary
    }

    /// Writes the table of short words, for [`Vocabulary::read`].
    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        self.filter.write(writer)?;
        writer.array(&self.slots)
    }

    /// The words of the patterns that it was written of.
    pub(super) fn read(reader: &mut Reader, patterns: &Patterns) -> Option<Vocabulary> {
        let (filter, slots) = (Filter::read(reader)?, reader.array::<Slot>()?);
        let words = patterns.keys().len();
        let sound = is_table(slots.iter().map(|slot| slot.id != UNKNOWN))
            && slots.iter().all(|slot| slot.id as usize <= words);
        sound.then(|| Vocabulary { filter, slots, long: long(patterns) })
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

    /// The number of any word by its key, [`UNKNOWN`] where it is not known.
    pub(super) fn find(&self, key: &[u8]) -> WordId {
        let Some(short) = Short::of_key(key) else {
            return self.long.get(key).copied().unwrap_or(UNKNOWN);
        };
        let hash = short.hash();
        if self.may_hold(hash) { self.short(short, hash) } else { UNKNOWN }
    }

    /// Where a key stands, or the free place where it would; there always is one.
    #[inline]
    fn slot(&self, key: Short, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].id != UNKNOWN && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }
}

impl Flat for Slot {
    const SIZE: usize = 2 * u64::SIZE + WordId::SIZE;

    fn put(self, out: &mut Vec<u8>) {
        self.key.low.put(out);
        self.key.high.put(out);
        self.id.put(out);
    }

    #[inline]
    fn get(bytes: &[u8]) -> Self {
        let (low, rest) = bytes.split_at(u64::SIZE);
        let (high, id) = rest.split_at(u64::SIZE);
        Slot { key: Short { low: u64::get(low), high: u64::get(high) }, id: WordId::get(id) }
    }
}

/// The words whose keys are too long for the table.
fn long(patterns: &Patterns) -> FxHashMap<Box<[u8]>, WordId> {
    let long = patterns.keys().filter(|(key, _)| key.len() > Short::MOST);
    long.map(|(key, id)| (key.as_bytes().into(), id)).collect()
}

/// Whether so many places, taken or free, make a flat hash table: one in which every search ends.
pub(super) fn is_table(mut taken: impl ExactSizeIterator<Item = bool>) -> bool {
    taken.len().is_power_of_two() && taken.any(|taken| !taken)
}

/// The size of a flat hash table: a power of two, a quarter of it free at least.
pub(super) fn table_size(entries: usize) -> usize {
    (entries + entries / 3 + 1).next_power_of_two().max(2)
}

/// A key of up to sixteen bytes, padded with zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Short {
    low: u64,
    high: u64,
}

/// All bits of the first so many bytes.
const MASKS: [u128; Short::MOST + 1] = {
    let mut masks = [0; Short::MOST + 1];
    let mut length = 1;
    while length <= Short::MOST {
        masks[length] = u128::MAX >> (128 - 8 * length);
        length += 1;
    }
    masks
};

impl Short {
    /// The most bytes it holds.
    pub(super) const MOST: usize = 16;

    /// The key of a word, the first `length` of sixteen bytes; `None` where one is no ASCII letter or digit, which it
    /// must be where it is ASCII at all.
    #[inline]
    pub(super) fn of_word(bytes: [u8; 16], length: usize) -> Option<Short> {
        let mask = MASKS[length.min(Short::MOST)];
        let word = u128::from_le_bytes(bytes) & mask;
        // In letters this bit tells the case; digits have it too.
        let lower = word | (u128::from_le_bytes([0x20; 16]) & mask);
        let ascii = word & u128::from_le_bytes([0x80; 16]) == 0;
        ascii.then_some(Short { low: lower as u64, high: (lower >> 64) as u64 })
    }

    /// A key, where it fits.
    pub(super) fn of_key(key: &[u8]) -> Option<Short> {
        let mut bytes = [0; Short::MOST];
        bytes.get_mut(..key.len())?.copy_from_slice(key);
        let key = u128::from_le_bytes(bytes);
        Some(Short { low: key as u64, high: (key >> 64) as u64 })
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

    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.bits)
    }

    pub(super) fn read(reader: &mut Reader) -> Option<Filter> {
        let bits: Vec<u64> = reader.array()?;
        let shift = 64 - (64 * bits.len()).trailing_zeros();
        bits.len().is_power_of_two().then_some(Filter { bits, shift })
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
        assert_eq!(short("TMec4"), Short::of_key(b"tmec4"));
        assert_eq!(short("ABCDEFGHIJKLMNOP"), Short::of_key(b"abcdefghijklmnop"));
        assert_ne!(short("a"), short("aa"));
        assert_eq!(short("año"), None);
        assert_eq!(Short::of_key(b"contrarrevolucionarios"), None);
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
