//! The words of a termbase by their keys, made to say fast that a word is *not* among them.
//!
//! Most words of a text are in no term. A key of up to sixteen bytes fits two machine words ([`Short`]); for an ASCII
//! word, folding its case is setting one bit a letter. One multiplication hashes it, and two bits of a small filter
//! say whether it may be known at all. Only then the table is asked, which compares the whole key, so the answer is
//! exact. Longer keys go through a hash map.

use std::cmp::Reverse;
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::store::{PatternView, Patterns, WordId};
use crate::packed::{Flat, Reader, Writer};
use crate::simd;

/// The number of a word of the termbase, and in its two lowest bits what it can begin: a pattern of its own
/// ([`SINGLE`]), longer ones ([`FIRST`]).
pub(super) type WordCode = u32;

/// No word of the termbase: breaks every term.
pub(super) const UNKNOWN: WordCode = 0;

/// The word is a pattern.
pub(super) const SINGLE: WordCode = 1;

/// The word begins a pattern of more words.
pub(super) const FIRST: WordCode = 2;

/// The code of a word that can begin nothing. Numbers are below 2³⁰: so many words would take some thirty gigabytes.
pub(super) fn code(number: WordId) -> WordCode {
    number << 2
}

/// The number of a word, 0 for an unknown one.
#[inline]
pub(super) fn number(code: WordCode) -> usize {
    (code >> 2) as usize
}

/// Word codes by key.
#[derive(Debug)]
pub(super) struct Vocabulary {
    filter: Filter,
    slots: Vec<Slot>,
    long: FxHashMap<Box<[u8]>, WordCode>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Short,
    code: WordCode,
}

impl Vocabulary {
    /// The words of some patterns, with the code of each by its number.
    pub(super) fn new(patterns: &Patterns, codes: &[WordCode]) -> Self {
        let (mut short, mut long) = (Vec::new(), FxHashMap::default());
        for (key, number) in patterns.keys() {
            let code = codes[number as usize];
            match Short::of_key(key.as_bytes()) {
                Some(short_key) => short.push((short_key, code)),
                None => _ = long.insert(key.as_bytes().into(), code),
            }
        }
        let uses = uses(patterns, codes.len());
        // Those that texts are likely to have often come to the place that is looked at first.
        short.sort_by_key(|&(_, code)| Reverse(uses[number(code)]));
        let slots = vec![Slot::default(); table_size(short.len())];
        let mut vocabulary = Vocabulary { filter: Filter::new(short.len()), slots, long };
        for (key, code) in short {
            let hash = key.hash();
            vocabulary.filter.insert(hash);
            let at = vocabulary.slot(key, hash);
            vocabulary.slots[at] = Slot { key, code };
        }
        vocabulary
    }

    /// Writes the words, for [`Vocabulary::read`].
    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>, patterns: &Patterns) -> io::Result<()> {
        let long: Vec<WordCode> = long(patterns).map(|key| self.long[key]).collect();
        self.filter.write(writer)?;
        writer.array(&self.slots)?;
        writer.array(&long)
    }

    /// The words of the patterns that it was written of.
    pub(super) fn read(reader: &mut Reader, patterns: &Patterns) -> Option<Vocabulary> {
        let (filter, slots) = (Filter::read(reader)?, reader.array::<Slot>()?);
        let codes: Vec<WordCode> = reader.array()?;
        let complete = long(patterns).count() == codes.len();
        let long: FxHashMap<_, _> = long(patterns).map(Box::from).zip(codes.iter().copied()).collect();
        let words = patterns.keys().len();
        let sound = complete
            && is_table(slots.iter().map(|slot| slot.code != UNKNOWN))
            && slots.iter().map(|slot| slot.code).chain(codes).all(|code| number(code) <= words);
        sound.then_some(Vocabulary { filter, slots, long })
    }

    /// The hashes of words that may be known.
    #[inline]
    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The code of a short word, [`UNKNOWN`] where it is not known.
    #[inline]
    pub(super) fn short(&self, key: Short, hash: u64) -> WordCode {
        self.slots[self.slot(key, hash)].code
    }

    /// Has the place of a hash brought nearer.
    #[inline]
    pub(super) fn prefetch(&self, hash: u64) {
        simd::prefetch(&self.slots, hash as usize & (self.slots.len() - 1));
    }

    /// The code of any word by its key, [`UNKNOWN`] where it is not known.
    pub(super) fn find(&self, key: &[u8]) -> WordCode {
        let Some(short) = Short::of_key(key) else {
            return self.long.get(key).copied().unwrap_or(UNKNOWN);
        };
        let hash = short.hash();
        if self.filter.may_hold(hash) { self.short(short, hash) } else { UNKNOWN }
    }

    /// Where a key stands, or the free place where it would; there always is one.
    #[inline]
    fn slot(&self, key: Short, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while !self.slots[at].key.is(key) && self.slots[at].code != UNKNOWN {
            at = (at + 1) & mask;
        }
        at
    }
}

impl Flat for Slot {
    const SIZE: usize = 2 * u64::SIZE + WordCode::SIZE;

    fn put(self, out: &mut Vec<u8>) {
        self.key.low.put(out);
        self.key.high.put(out);
        self.code.put(out);
    }

    #[inline]
    fn get(bytes: &[u8]) -> Self {
        let (low, rest) = bytes.split_at(u64::SIZE);
        let (high, code) = rest.split_at(u64::SIZE);
        Slot { key: Short { low: u64::get(low), high: u64::get(high) }, code: WordCode::get(code) }
    }
}

/// The keys that are too long for the table, in the order of their numbers.
fn long(patterns: &Patterns) -> impl Iterator<Item = &[u8]> {
    patterns.keys().map(|(key, _)| key.as_bytes()).filter(|key| key.len() > Short::MOST)
}

/// Whether so many places, taken or free, make a flat hash table: one in which every search ends.
pub(super) fn is_table(mut taken: impl ExactSizeIterator<Item = bool>) -> bool {
    taken.len().is_power_of_two() && taken.any(|taken| !taken)
}

/// How many different sequences have each word, by its number.
fn uses(patterns: &Patterns, words: usize) -> Vec<u32> {
    let mut uses = vec![0; words];
    patterns.groups().flat_map(PatternView::word_ids).for_each(|number| uses[number as usize] += 1);
    uses
}

/// The size of a flat hash table: a power of two, half of it free at least, so that most keys stand where they are
/// looked for first.
pub(super) fn table_size(entries: usize) -> usize {
    (2 * entries + 1).next_power_of_two()
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

    /// The key of a word, the first `length` of sixteen bytes, and whether they are ASCII, which its key is worth
    /// nothing without: then all are letters and digits.
    #[inline]
    pub(super) fn of_word(bytes: [u8; 16], length: usize) -> (Short, bool) {
        // In letters this bit tells the case; digits have it too.
        let lower = u128::from_le_bytes(bytes) | u128::from_le_bytes([0x20; 16]);
        let lower = lower & MASKS[length.min(Short::MOST)];
        let is_ascii = lower & u128::from_le_bytes([0x80; 16]) == 0;
        (Short { low: lower as u64, high: (lower >> 64) as u64 }, is_ascii)
    }

    /// The first `length` of sixteen bytes as they are; all of them where it is more.
    #[inline]
    pub(super) fn of_bytes(bytes: [u8; 16], length: usize) -> Short {
        let bytes = u128::from_le_bytes(bytes) & MASKS[length.min(Short::MOST)];
        Short { low: bytes as u64, high: (bytes >> 64) as u64 }
    }

    /// A key, where it fits.
    pub(super) fn of_key(key: &[u8]) -> Option<Short> {
        let mut bytes = [0; Short::MOST];
        bytes.get_mut(..key.len())?.copy_from_slice(key);
        let key = u128::from_le_bytes(bytes);
        Some(Short { low: key as u64, high: (key >> 64) as u64 })
    }

    /// Whether both are the same, told at once and not half by half.
    #[inline]
    pub(super) fn is(self, other: Short) -> bool {
        (self.low ^ other.low) | (self.high ^ other.high) == 0
    }

    /// Both in one, the other one's bits moved so that equal ones do not vanish.
    #[inline]
    pub(super) fn xor(self, other: Short) -> Short {
        Short { low: self.low ^ other.low.rotate_left(17), high: self.high ^ other.high.rotate_left(31) }
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

/// A set that may hold too much and never too little: a Bloom filter with two bits for each hash, both in one word
/// (Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007, section 3), and eight bits or
/// more for each member.
#[derive(Debug)]
pub(super) struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

/// The places in a word that six bits of a hash name.
const PLACES: u32 = 6;

impl Filter {
    /// An empty one for so many members.
    pub(super) fn new(members: usize) -> Self {
        Filter::of(vec![0; members.div_ceil(8).next_power_of_two()])
    }

    fn of(bits: Vec<u64>) -> Self {
        let shift = 64 - bits.len().trailing_zeros() - PLACES;
        Filter { bits, shift }
    }

    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.bits)
    }

    pub(super) fn read(reader: &mut Reader) -> Option<Filter> {
        let bits: Vec<u64> = reader.array()?;
        bits.len().is_power_of_two().then(|| Filter::of(bits))
    }

    /// Adds a hash, of which the high bits are used.
    pub(super) fn insert(&mut self, hash: u64) {
        let (word, [first, second]) = self.places(hash);
        self.bits[word] |= 1 << first | 1 << second;
    }

    /// Whether a hash may have been added.
    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let (word, [first, second]) = self.places(hash);
        let bits = self.bits[word];
        (bits >> first) & (bits >> second) & 1 != 0
    }

    /// Has what is known of a hash brought nearer.
    #[inline]
    pub(super) fn prefetch(&self, hash: u64) {
        simd::prefetch(&self.bits, self.places(hash).0);
    }

    /// The word of a hash and its bits in it.
    #[inline]
    fn places(&self, hash: u64) -> (usize, [u64; 2]) {
        let first = hash >> self.shift;
        let second = hash >> (self.shift - PLACES);
        ((first >> PLACES) as usize, [first % 64, second % 64])
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
            let (key, is_ascii) = Short::of_word(bytes, word.len());
            is_ascii.then_some(key)
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
        assert!(strange.filter(|&hash| filter.may_hold(hash)).count() < 100);
    }
}
