//! Runs of bytes that words are made of: ASCII letters, digits, and whatever is not ASCII.
//!
//! Sixty-four bytes at a time become one bit each ([`word_bytes`]); where the bits change, a run starts or ends.

use super::simd::{Classify, classify};

/// The runs of a text, in order.
#[derive(Debug)]
pub(super) struct Runs<'t> {
    text: &'t str,
    /// How far the text is done.
    at: usize,
    /// Where the run starts that was not ended yet.
    open: Option<usize>,
    classify: Classify,
}

impl<'t> Runs<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Runs { text, at: 0, open: None, classify: classify() }
    }

    /// The starts and ends, in turn, of the runs that end within the next `stride` bytes; false where the text is
    /// done.
    pub(super) fn next_edges(&mut self, stride: usize, edges: &mut Vec<usize>) -> bool {
        edges.clear();
        edges.extend(self.open.take());
        let bytes = self.text.as_bytes();
        let until = bytes.len().min(self.at + stride);
        let (blocks, rest) = bytes[self.at..until].as_chunks::<64>();
        let mut inside = u64::from(edges.len() % 2 == 1);
        for block in blocks {
            let word = (self.classify)(block);
            push_changes(word ^ (word << 1 | inside), self.at, edges);
            inside = word >> 63;
            self.at += 64;
        }
        if until == bytes.len() && !rest.is_empty() {
            let mut block = [0; 64];
            block[..rest.len()].copy_from_slice(rest);
            let word = (self.classify)(&block);
            push_changes(word ^ (word << 1 | inside), self.at, edges);
            self.at = until;
        }
        let done = self.at == bytes.len();
        if edges.len() % 2 == 1 {
            if done { edges.push(self.at) } else { self.open = edges.pop() }
        }
        !done
    }
}

/// Adds the places of the set bits.
#[inline]
fn push_changes(mut changes: u64, at: usize, edges: &mut Vec<usize>) {
    edges.reserve(64);
    while changes != 0 {
        edges.push(at + changes.trailing_zeros() as usize);
        changes &= changes - 1;
    }
}

/// A bit for each byte that words are made of, the first byte's the lowest: the portable way. Eight bytes at a time; the high bit of
/// each byte of `marks` says what became of it.
pub(super) fn word_bytes(block: &[u8; 64]) -> u64 {
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
                let more = runs.next_edges(64 * stride, &mut edges);
                found.extend(edges.chunks(2).map(|run| &text[run[0]..run[1]]));
                if !more { break }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
