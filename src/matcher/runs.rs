//! Runs of bytes that words are made of: ASCII letters, digits, and whatever is not ASCII.
//!
//! Sixty-four bytes at a time become one bit each ([`word_bytes`]); where the bits change, a run starts or ends.

use crate::simd::{self, FindChanges};

/// The runs of a text, in order.
#[derive(Debug)]
pub(crate) struct Runs<'t> {
    text: &'t str,
    /// How far the text is done.
    at: usize,
    /// Where the run starts that was not ended yet.
    open: Option<usize>,
    find_changes: FindChanges,
}

impl<'t> Runs<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Runs { text, at: 0, open: None, find_changes: simd::find_changes() }
    }

    /// Puts the starts and ends, in turn, of the runs that end within the next `stride` bytes in front of `edges`, which
    /// grows where it must; how many there are, and whether the text goes on.
    pub(crate) fn next_edges(&mut self, stride: usize, edges: &mut Vec<usize>) -> (usize, bool) {
        edges.resize(edges.len().max(stride + 2 * MOST), 0);
        let bytes = self.text.as_bytes();
        let until = bytes.len().min(self.at + stride);
        let (blocks, rest) = bytes[self.at..until].as_chunks::<64>();
        let mut count = 0;
        if let Some(open) = self.open.take() {
            edges[0] = open;
            count = 1;
        }
        self.add(blocks, edges, &mut count);
        if until == bytes.len() && !rest.is_empty() {
            let mut block = [0; 64];
            block[..rest.len()].copy_from_slice(rest);
            self.add(&[block], edges, &mut count);
            self.at = until;
        }
        let more = self.at < bytes.len();
        if count % 2 == 1 {
            if more {
                count -= 1;
                self.open = Some(edges[count]);
            } else {
                edges[count] = self.at;
                count += 1;
            }
        }
        (count, more)
    }

    /// Adds the edges within some blocks.
    fn add(&mut self, blocks: &[[u8; 64]], edges: &mut [usize], count: &mut usize) {
        *count += (self.find_changes)(blocks, *count % 2 == 1, self.at, &mut edges[*count..]);
        self.at += 64 * blocks.len();
    }
}

/// So many edges a block has at most.
const MOST: usize = 64;

/// Puts the places where runs start and end in `changes`, which has room for all of them and a block's more, and tells
/// how many there are. The blocks begin `at` so many bytes; `inside` a run or not.
///
/// Inlined into a function for each kind of processor ([`simd`](crate::simd)), which `word_bytes` belongs to.
#[inline(always)]
pub(crate) fn find_changes(
    blocks: &[[u8; 64]],
    inside: bool,
    mut at: usize,
    changes: &mut [usize],
    word_bytes: impl Fn(&[u8; 64]) -> u64,
) -> usize {
    let (mut inside, mut count) = (u64::from(inside), 0);
    for block in blocks {
        let word = word_bytes(block);
        count += put_places(word ^ (word << 1 | inside), at, &mut changes[count..]);
        inside = word >> 63;
        at += 64;
    }
    count
}

/// Puts the places of the set bits in front of a slice, and tells how many they are. More is written than that, since
/// a loop of which the length can be guessed is worth more than the writing saved.
#[inline(always)]
fn put_places(mut bits: u64, at: usize, places: &mut [usize]) -> usize {
    let count = bits.count_ones() as usize;
    let places: &mut [usize; MOST] = places.first_chunk_mut().expect("room for a block");
    for eight in places.as_chunks_mut::<8>().0 {
        for place in eight {
            *place = at + bits.trailing_zeros() as usize;
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            break;
        }
    }
    count
}

/// A bit for each byte that words are made of, the first byte's the lowest: the portable way. Eight bytes at a time; the high bit of
/// each byte of `marks` says what became of it.
pub(crate) fn word_bytes(block: &[u8; 64]) -> u64 {
    let (eights, _) = block.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | eight_word_bytes(u64::from_le_bytes(*eight)))
}

fn eight_word_bytes(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let ascii = bytes & !HIGH;
    // With the high bit free, adding carries into it from the given byte on.
    let from = |byte: u64| ascii + (0x80 - byte) * ONES;
    let digit = from(0x30) & !from(0x3A);
    let lower = ascii | (0x20 * ONES);
    let from = |byte: u64| lower + (0x80 - byte) * ONES;
    let letter = from(0x61) & !from(0x7B);
    let marks = ((digit | letter) | bytes) & HIGH;
    // Gathers the eight high bits in the uppermost byte.
    (marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_byte_is_told() {
        for byte in 0..=u8::MAX {
            let mut block = [b' '; 64];
            block[37] = byte;
            let expected = u64::from(byte.is_ascii_alphanumeric() || byte >= 0x80) << 37;
            assert_eq!(word_bytes(&block), expected, "{byte:#x}");
        }
    }

    proptest! {
        #[test]
        fn runs_are_those_of_a_walk(text in "[a-z0-9 ,é—]{0,300}", stride in 1_usize..4) {
            let is_word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
            let expected: Vec<&str> = text
                .split(|c: char| c.is_ascii() && !is_word(c as u8))
                .filter(|run| !run.is_empty())
                .collect();
            let (mut runs, mut edges, mut found) = (Runs::new(&text), Vec::new(), Vec::new());
            loop {
                let (count, more) = runs.next_edges(64 * stride, &mut edges);
                found.extend(edges[..count].chunks(2).map(|run| &text[run[0]..run[1]]));
                if !more { break }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
