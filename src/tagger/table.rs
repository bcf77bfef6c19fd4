//! Open-addressing tables read as they lie: a two-byte fingerprint and `N` bytes a slot.
//!
//! A key is a 64-bit hash: its high half chooses the slot, its low half is the fingerprint; an empty slot has
//! fingerprint 0. Two keys with the same fingerprint near the same slot are one: with 16 bits and short runs that
//! happens to one absent key in some twenty thousand.

/// A table over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a, const N: usize> {
    bytes: &'a [u8],
}

impl<'a, const N: usize> Table<'a, N> {
    const SLOT: usize = N + 2;

    /// A table of nothing.
    pub(super) const EMPTY: Table<'static, N> = Table { bytes: &[] };

    /// A table over bytes; odd bytes at the end are not looked at.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Table { bytes }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: u64) -> Option<[u8; N]> {
        let slots = self.bytes.len() / Self::SLOT;
        let from = first_slot(key, slots) * Self::SLOT;
        // Once round, from the key's own slot on.
        let (before, after) = self.bytes[..slots * Self::SLOT].split_at(from);
        for slot in after.chunks_exact(Self::SLOT).chain(before.chunks_exact(Self::SLOT)) {
            let (print, value) = slot.split_first_chunk()?;
            match u16::from_le_bytes(*print) {
                0 => return None,
                found if found == fingerprint(key) => return value.try_into().ok(),
                _ => {}
            }
        }
        None
    }

    /// For each slot, one bit of sixty-four for each fingerprint that stands there or further on before a free slot: most
    /// keys that are not in the table are told by it at once.
    pub(super) fn sieve(&self) -> Vec<u64> {
        let slots = self.bytes.len() / Self::SLOT;
        let mut sieve = vec![0; slots];
        // Twice round, since a run of taken slots may go over the end.
        for at in (0..slots).rev().chain((0..slots).rev()) {
            let print = u16::from_le_bytes([self.bytes[at * Self::SLOT], self.bytes[at * Self::SLOT + 1]]);
            let next = sieve[if at + 1 == slots { 0 } else { at + 1 }];
            sieve[at] = if print == 0 { 0 } else { next | bit(print) };
        }
        sieve
    }

    /// [`get`](Self::get) with the sieve of this table.
    #[inline]
    pub(super) fn get_sifted(&self, sieve: &[u64], key: u64) -> Option<[u8; N]> {
        let may_be = sieve.get(first_slot(key, sieve.len()))? & bit(fingerprint(key)) != 0;
        if may_be { self.get(key) } else { None }
    }

    /// Lays out a table with room for a third more than the entries, in their order; of keys that the table
    /// cannot tell apart the first stays.
    pub(super) fn build(entries: &[(u64, [u8; N])]) -> Vec<u8> {
        let slots = entries.len() + entries.len() / 3 + 1;
        let mut bytes = vec![0; slots * Self::SLOT];
        for (key, value) in entries {
            insert::<N>(&mut bytes, slots, *key, value);
        }
        bytes
    }
}

fn insert<const N: usize>(bytes: &mut [u8], slots: usize, key: u64, value: &[u8; N]) {
    let mut at = first_slot(key, slots);
    loop {
        let slot = &mut bytes[at * (N + 2)..(at + 1) * (N + 2)];
        match u16::from_le_bytes([slot[0], slot[1]]) {
            0 => {
                slot[..2].copy_from_slice(&fingerprint(key).to_le_bytes());
                slot[2..].copy_from_slice(value);
                return;
            }
            found if found == fingerprint(key) => return,
            _ => at = (at + 1) % slots,
        }
    }
}

fn first_slot(key: u64, slots: usize) -> usize {
    (((key >> 32) * slots as u64) >> 32) as usize
}

fn bit(print: u16) -> u64 {
    1 << (print % 64)
}

fn fingerprint(key: u64) -> u16 {
    (key as u16).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let key = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let entries: Vec<(u64, [u8; 1])> = (1..200).map(|i| (key(i), [i as u8])).collect();
        let bytes = Table::<1>::build(&entries);
        let table = Table::<1>::new(&bytes);
        assert!((1..200).all(|i| table.get(key(i)) == Some([i as u8])));
        assert!((200..400).filter(|&i| table.get(key(i)).is_some()).count() < 3);
        let sieve = table.sieve();
        assert!((1..400).all(|i| table.get_sifted(&sieve, key(i)) == table.get(key(i))));
        assert_eq!(Table::<1>::new(&[]).get(7), None);
        assert_eq!(Table::<1>::new(&[]).get_sifted(&[], 7), None);
    }
}
