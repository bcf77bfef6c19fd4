//! Runs of ASCII, letters of the European scripts and the usual punctuation, cut into words and folded by table.
//!
//! These are nearly all runs of Spanish and English text that are not ASCII («¿México?», “don’t”, Łódź). The table is
//! made by the very functions that cut and fold everything else.

use std::array;
use std::sync::OnceLock;

use unicode_normalization::char::is_combining_mark;

use crate::text::fold;
use crate::text::tokens::is_word_char;

/// Words longer than this, folded, are left to the careful way.
const LONGEST: usize = 64;

/// Calls `found` for each word of a run with where it starts and ends and its key. False where the run has other
/// characters, or a word too long; what was found then is worth nothing.
pub(super) fn words(run: &[u8], mut found: impl FnMut(usize, usize, &[u8])) -> bool {
    let (mut key, mut length) = ([0; LONGEST], 0);
    let (mut at, mut start, mut end) = (0, 0, 0);
    while let Some((class, width)) = TABLE.next(run, at) {
        match class {
            Class::Other => return false,
            Class::Parts => {
                if length > 0 {
                    found(start, end, &key[..length]);
                }
                length = 0;
            }
            Class::Letter(bytes, count) => {
                start = if length == 0 { at } else { start };
                let Some([first, second]) = key.get_mut(length..length + 2) else { return false };
                (*first, *second) = (bytes[0], bytes[1]);
                length += usize::from(count);
                end = at + width;
            }
        }
        at += width;
    }
    if length > 0 {
        found(start, end, &key[..length]);
    }
    true
}

/// What a character does to the words around it.
#[derive(Clone, Copy, Debug)]
enum Class {
    /// It is part of a word and folds to these bytes, one or two.
    Letter([u8; 2], u8),
    /// It stands between words.
    Parts,
    /// It is not for the table.
    Other,
}

/// The classes of U+0000–U+07FF, letters of the scripts of Europe and the Near East, and of U+2000–U+2FFF, punctuation,
/// arrows, lines and other signs. Sixty-four of them are made when the first is met: most texts have few of them.
struct Table {
    ascii: OnceLock<[Class; 128]>,
    letters: [OnceLock<[Class; 64]>; 32],
    signs: [OnceLock<[Class; 64]>; 64],
}

static TABLE: Table = Table {
    ascii: OnceLock::new(),
    letters: [const { OnceLock::new() }; 32],
    signs: [const { OnceLock::new() }; 64],
};

impl Table {
    /// The class of the character at a place and its length in bytes; `None` at the end.
    #[inline]
    fn next(&self, run: &[u8], at: usize) -> Option<(Class, usize)> {
        let low = |byte: &u8| usize::from(byte & 0x3F);
        Some(match run.get(at..)? {
            [] => return None,
            [ascii @ ..0x80, ..] => (self.ascii()[usize::from(*ascii)], 1),
            [lead @ 0xC2..0xE0, next, ..] => {
                let block = usize::from(lead & 0x1F);
                (classes(&self.letters[block], block << 6)[low(next)], 2)
            }
            [0xE2, next, last, ..] => {
                (classes(&self.signs[low(next)], 0x2000 | low(next) << 6)[low(last)], 3)
            }
            _ => (Class::Other, 1),
        })
    }

    #[inline]
    fn ascii(&self) -> &[Class; 128] {
        self.ascii.get_or_init(|| array::from_fn(|code| class(code as u32)))
    }
}

/// The classes of sixty-four characters, the first of which is given.
#[inline]
fn classes(block: &OnceLock<[Class; 64]>, first: usize) -> &[Class; 64] {
    block.get_or_init(|| array::from_fn(|at| class((first | at) as u32)))
}

fn class(code: u32) -> Class {
    let Some(c) = char::from_u32(code) else { return Class::Other };
    if fold::is_skipped(c) || is_combining_mark(c) {
        return Class::Other;
    }
    if !is_word_char(c) {
        return Class::Parts;
    }
    match *fold::key(c.encode_utf8(&mut [0; 4])).as_bytes() {
        [one] => Class::Letter([one, 0], 1),
        [one, two] => Class::Letter([one, two], 2),
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::tokens;

    proptest! {
        #[test]
        fn words_and_keys_are_those_of_the_careful_way(
            run in "[a-zA-Z0-9áéíóúüñÑÁçßøªº²«»¿¡“”’—–…\u{A0}\u{AD}\u{301}\u{200B}ﬁĀ-ʯΆ-Ͽ҃-ӿא-ת٠-٩]{0,30}",
        ) {
            let mut found = Vec::new();
            let all = words(run.as_bytes(), |start, end, key| found.push((start, end, key.to_vec())));
            let expected: Vec<_> = tokens::words(&run)
                .map(|span| (span.start, span.end, fold::key(span.of(&run)).into_bytes()))
                .collect();
            if all {
                prop_assert_eq!(found, expected);
            } else {
                let usual = |c: char| c.is_ascii() || "áéíóúüñÑÁç«»¿¡“”’—–…\u{A0}".contains(c);
                prop_assert!(!run.chars().all(usual), "{}", run);
            }
        }
    }

    #[test]
    fn spanish_text_is_plain() {
        for run in
            ["México", "«Quédate", "¿Qué", "dijo—según", "don’t", "“Año”", "ARGÜELLES…", "→", "Łódź", "Київ"]
        {
            assert!(words(run.as_bytes(), |_, _, _| ()), "{run}");
        }
    }
}
