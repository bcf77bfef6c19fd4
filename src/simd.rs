//! The machine's own instructions: classifying sixty-four bytes at once, long multiplications and shifts in the loops
//! that look up words, fetching memory ahead of its use, and taking bytes for text that were found to be UTF-8 by a
//! faster check than the standard library's.
//!
//! This is the only unsafe code of the project. It is here because profiles show the search spending its time on these
//! things: making bits of bytes, waiting for tables larger than the nearer caches, and checking what was read. Every
//! function has a portable twin with the same results, which is used where the machine lacks the instructions.
#![allow(unsafe_code, reason = "calls to functions for processors that were asked before")]

use encoding_rs::Encoding;

use crate::matcher::runs;

/// [`runs::find_changes`], with a way to tell the bytes that words are made of.
pub(crate) type FindChanges = fn(&[[u8; 64]], bool, usize, &mut [usize]) -> usize;

/// The fastest way of this machine.
pub(crate) fn find_changes() -> FindChanges {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("popcnt") {
        if is_x86_feature_detected!("avx512bw") {
            // SAFETY: the processor has the features.
            return |blocks, inside, at, changes| unsafe {
                avx512::find_changes(blocks, inside, at, changes)
            };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has the features.
            return |blocks, inside, at, changes| unsafe { avx2::find_changes(blocks, inside, at, changes) };
        }
    }
    portable
}

/// Work that gains from instructions which not every machine has: long multiplications, shifts and counts of bits.
/// What an implementation marks `#[inline(always)]` is compiled for them.
pub(crate) trait Work {
    /// What comes of it.
    type Done;

    /// Does it.
    fn work(self) -> Self::Done;
}

/// Does some work with the best instructions of this machine.
#[inline]
pub(crate) fn with_best<W: Work>(work: W) -> W::Done {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
    {
        // SAFETY: the processor has the features.
        return unsafe { with_bmi2(work) };
    }
    work.work()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn with_bmi2<W: Work>(work: W) -> W::Done {
    work.work()
}

/// The text that bytes are; the bytes where they are not all UTF-8.
#[cfg_attr(not(feature = "project"), allow(dead_code, reason = "only files are read so"))]
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if Encoding::utf8_valid_up_to(&bytes) < bytes.len() {
        return Err(bytes);
    }
    // SAFETY: they were just found to be UTF-8.
    Ok(unsafe { String::from_utf8_unchecked(bytes) })
}

fn portable(blocks: &[[u8; 64]], inside: bool, at: usize, changes: &mut [usize]) -> usize {
    runs::find_changes(blocks, inside, at, changes, runs::word_bytes)
}

/// Has a place of a table brought to the nearest cache; nothing happens where there is no such place.
#[inline]
pub(crate) fn prefetch<T>(table: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(place) = table.get(at) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the address is that of a live value, and a prefetch reads nothing that the program could see.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(place).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (table, at);
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set1_epi8,
    };

    use crate::matcher::runs;

    #[target_feature(enable = "avx2,bmi1,popcnt")]
    pub(super) fn find_changes(blocks: &[[u8; 64]], inside: bool, at: usize, changes: &mut [usize]) -> usize {
        runs::find_changes(blocks, inside, at, changes, |block| word_bytes(block))
    }

    /// A bit for each byte that words are made of: ASCII letters, digits, and whatever is not ASCII.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn word_bytes(block: &[u8; 64]) -> u64 {
        let (halves, _) = block.as_chunks::<32>();
        u64::from(half(&halves[0])) | u64::from(half(&halves[1])) << 32
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn half(bytes: &[u8; 32]) -> u32 {
        // SAFETY: thirty-two bytes can be read, at any alignment.
        let bytes = unsafe { _mm256_loadu_si256(std::ptr::from_ref(bytes).cast()) };
        let digit = below(bytes, b'0', 10);
        let letter = below(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), b'a', 26);
        // The sign bit says that a byte is not ASCII.
        _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(digit, letter), bytes)) as u32
    }

    /// Which bytes are one of the `count` from `first` on: moved down to the lowest signed values, they are below
    /// all others.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn below(bytes: __m256i, first: u8, count: u8) -> __m256i {
        let moved = _mm256_add_epi8(bytes, _mm256_set1_epi8(0x80_u8.wrapping_sub(first) as i8));
        _mm256_cmpgt_epi8(_mm256_set1_epi8((0x80 + count) as i8), moved)
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        __m512i, _mm512_cmplt_epu8_mask, _mm512_loadu_si512, _mm512_movepi8_mask, _mm512_or_si512,
        _mm512_set1_epi8, _mm512_sub_epi8,
    };

    use crate::matcher::runs;

    #[target_feature(enable = "avx512bw,bmi1,popcnt")]
    pub(super) fn find_changes(blocks: &[[u8; 64]], inside: bool, at: usize, changes: &mut [usize]) -> usize {
        runs::find_changes(blocks, inside, at, changes, |block| word_bytes(block))
    }

    /// A bit for each byte that words are made of: ASCII letters, digits, and whatever is not ASCII.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn word_bytes(block: &[u8; 64]) -> u64 {
        // SAFETY: sixty-four bytes can be read, at any alignment.
        let bytes = unsafe { _mm512_loadu_si512(std::ptr::from_ref(block).cast()) };
        let lower = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
        below(bytes, b'0', 10) | below(lower, b'a', 26) | _mm512_movepi8_mask(bytes)
    }

    /// Which bytes are one of the `count` from `first` on.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn below(bytes: __m512i, first: u8, count: u8) -> u64 {
        let moved = _mm512_sub_epi8(bytes, _mm512_set1_epi8(first as i8));
        _mm512_cmplt_epu8_mask(moved, _mm512_set1_epi8(count as i8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_the_standard_library_takes_for_it() {
        for bytes in ["aê€😀".as_bytes(), b"", b"caf\xe9", b"\xed\xa0\x80", b"\xf0\x9f\x98"] {
            let expected = String::from_utf8(bytes.to_vec()).map_err(std::string::FromUtf8Error::into_bytes);
            assert_eq!(text(bytes.to_vec()), expected);
        }
    }

    #[test]
    fn all_ways_have_the_same_results() {
        let mut ways = vec![find_changes()];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") {
            // SAFETY: the processor has the features.
            ways.push(|blocks, inside, at, changes| unsafe {
                avx2::find_changes(blocks, inside, at, changes)
            });
        }
        for start in 0..=u8::MAX {
            let blocks: [[u8; 64]; 3] = std::array::from_fn(|block| {
                std::array::from_fn(|i| start.wrapping_add(((64 * block + i) as u8).wrapping_mul(37)))
            });
            let found = |way: FindChanges| {
                let mut changes = vec![0; 256];
                let count = way(&blocks, start % 2 == 0, 7, &mut changes);
                changes.truncate(count);
                changes
            };
            assert!(ways.iter().all(|&way| found(way) == found(portable)), "{blocks:?}");
        }
    }
}
