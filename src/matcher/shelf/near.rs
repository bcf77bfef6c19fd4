//! Which keys may be a query but for typing errors, found without reading the keys.
//!
//! The *signature* of a key says which characters and which pairs of neighbours it has; keys that few errors part have
//! signatures that differ in few bits. Those of all patterns lie together, by the length of their keys, so that only
//! the few lengths in question are read.

use std::io;
use std::ops::RangeInclusive;

use crate::packed::{Flat, Reader, Section, Writer};

/// What keys with few typing errors have in common, so that far keys are passed over without measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// A bit for each character. An error changes two at the most.
    chars: u32,
    /// A bit for each two neighbours. An error (two letters exchanged) changes six at the most.
    pairs: u32,
    length: u32,
}

impl Signature {
    /// The signature of a key.
    pub fn new(key: &str) -> Self {
        let mut signature = Signature { chars: 0, pairs: 0, length: 0 };
        let mut before = 0;
        for c in key.chars().map(u32::from) {
            signature.chars |= 1 << (c % 32);
            signature.pairs |= 1 << ((before * 7 + c) % 31);
            signature.length += 1;
            before = c;
        }
        signature
    }

    /// Whether so many errors may part the two keys: never wrong where they do.
    pub fn may_be_near(&self, other: &Signature, errors: u32) -> bool {
        self.length.abs_diff(other.length) <= errors
            && (self.chars ^ other.chars).count_ones() <= 2 * errors
            && (self.pairs ^ other.pairs).count_ones() <= 6 * errors
    }

    /// How long keys are that so many errors may part from this one, in characters.
    fn lengths(&self, errors: u32) -> RangeInclusive<u32> {
        self.length.saturating_sub(errors)..=self.length.saturating_add(errors)
    }
}

/// Signatures by length, each with the place where keys of it stand.
#[derive(Clone, Debug)]
pub(super) struct Near {
    /// How many keys are shorter than each length, and than one more than the longest.
    starts: Vec<u32>,
    entries: Section,
}

/// Characters, pairs, place.
type Entry = [u32; 3];

impl Near {
    /// The places where keys may stand that so many errors part from the one of a signature, ascending.
    pub(super) fn places(&self, wanted: &Signature, errors: u32) -> Option<Vec<usize>> {
        let mut places = Vec::new();
        for length in wanted.lengths(errors) {
            let bound = |length: u32| self.starts.get(length as usize).or(self.starts.last()).copied();
            let at = |length| Some(u64::from(bound(length)?) * Entry::SIZE as u64);
            let bytes = self.entries.part(at(length)?..at(length.saturating_add(1))?)?;
            let entries = bytes.chunks_exact(Entry::SIZE).map(Entry::get);
            let near = entries
                .filter(|&[chars, pairs, _]| Signature { chars, pairs, length }.may_be_near(wanted, errors));
            places.extend(near.map(|[.., place]| place as usize));
        }
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    pub(super) fn open(section: Section) -> Option<Near> {
        let mut reader = Reader::new(section);
        let starts: Vec<u32> = reader.array()?;
        let entries = reader.rest()?;
        let all = u64::from(*starts.last()?) * Entry::SIZE as u64;
        (starts.is_sorted() && entries.len() == all).then_some(Near { starts, entries })
    }
}

/// Makes a [`Near`].
#[derive(Debug, Default)]
pub(super) struct NearMaker {
    entries: Vec<(u32, Entry)>,
}

impl NearMaker {
    /// Adds a key that stands at a place.
    pub(super) fn add(&mut self, key: &str, place: usize) {
        let Signature { chars, pairs, length } = Signature::new(key);
        self.entries.push((length, [chars, pairs, place as u32]));
    }

    pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
        self.entries.sort_unstable();
        self.entries.dedup();
        let longest = self.entries.last().map_or(0, |&(length, _)| length);
        let shorter = |length: u32| self.entries.partition_point(|&(other, _)| other < length) as u32;
        let starts: Vec<u32> = (0..=longest.saturating_add(1)).map(shorter).collect();
        let mut out = Vec::with_capacity(Entry::SIZE * self.entries.len());
        Writer::new(&mut out).array(&starts)?;
        self.entries.iter().for_each(|(_, entry)| entry.put(&mut out));
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(keys: &[String]) -> Near {
        let mut maker = NearMaker::default();
        keys.iter().enumerate().for_each(|(place, key)| maker.add(key, place));
        Near::open(Section::whole(maker.finish().expect("bytes"))).expect("signatures")
    }

    proptest! {
        #[test]
        fn nothing_near_is_passed_over(
            keys in prop::collection::vec("[a-dñ ]{0,12}", 0..9), query in "[a-dñ ]{1,12}",
        ) {
            let near = near(&keys);
            let signature = Signature::new(&query);
            for (place, key) in keys.iter().enumerate() {
                let errors = strsim::osa_distance(key, &query) as u32;
                prop_assert!(Signature::new(key).may_be_near(&signature, errors));
                prop_assert!(near.places(&signature, errors).expect("places").contains(&place));
            }
        }
    }

    #[test]
    fn keys_of_other_lengths_and_letters_are_passed_over() {
        let keys = ["arancel", "aranceles", "tarifario", "cuota"].map(str::to_owned);
        assert_eq!(near(&keys).places(&Signature::new("arancles"), 1), Some(vec![0, 1]));
    }

    #[test]
    fn what_is_cut_short_is_nothing() {
        let mut maker = NearMaker::default();
        maker.add("arancel", 3);
        let bytes = maker.finish().expect("bytes");
        for length in 0..bytes.len() {
            assert!(Near::open(Section::whole(bytes[..length].to_vec())).is_none(), "{length}");
        }
    }
}
