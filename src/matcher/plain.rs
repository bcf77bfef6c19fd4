//! Runs of bytes that are not all ASCII, cut into words and folded by table, character by character.
//!
//! These are nearly all such runs of Spanish and English text («¿México?», “don’t”, Łódź, decomposed accents). The
//! table is made by the very functions that cut and fold everything else.

use std::array;
use std::sync::OnceLock;

use unicode_normalization::char::is_combining_mark;

use crate::text::fold;
use crate::text::tokens::is_word_char;

/// Words longer than this, folded, are left to the careful way.
const LONGEST: usize = 256;

/// The longest key of a character, in bytes.
const KEY: usize = 3;

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
                let Some(room) = key[length..].first_chunk_mut() else { return false };
                *room = bytes;
                length += usize::from(count);
                end = at + width;
            }
            Class::Mark if length == 0 => {}
            Class::Mark => match key[length - 1] {
                // With a tilde it is another letter; a key of more bytes may be one already.
                b'n' | 0x80.. => return false,
                _ => end = at + width,
            },
            Class::Skipped => {}
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
    /// It is part of a word and folds to so many of these bytes.
    Letter([u8; KEY], u8),
    /// It belongs to the letter before it, whose key leaves it out.
    Mark,
    /// Nobody sees it.
    Skipped,
    /// It stands between words.
    Parts,
    /// It is not for the table.
    Other,
}

/// So many characters are one block of the table.
const BLOCK: usize = 64;

/// The classes of the characters up to U+FFFF. A block of them is made when the first is met: most texts have few.
struct Table {
    ascii: OnceLock<[Class; 128]>,
    blocks: [OnceLock<Box<[Class; BLOCK]>>; 0x1_0000 / BLOCK],
}

static TABLE: Table = Table { ascii: OnceLock::new(), blocks: [const { OnceLock::new() }; 0x1_0000 / BLOCK] };

impl Table {
    /// The class of the character at a place and its length in bytes; `None` at the end.
    #[inline]
    fn next(&self, run: &[u8], at: usize) -> Option<(Class, usize)> {
        let low = |byte: &u8| usize::from(byte & 0x3F);
        Some(match run.get(at..)? {
            [] => return None,
            [ascii @ ..0x80, ..] => (self.ascii()[usize::from(*ascii)], 1),
            [lead @ 0xC2..0xE0, next, ..] => (self.block(usize::from(lead & 0x1F))[low(next)], 2),
            [lead @ 0xE0..0xF0, next, last, ..] => {
                (self.block(usize::from(lead & 0x0F) << 6 | low(next))[low(last)], 3)
            }
            _ => (Class::Other, 1),
        })
    }

    #[inline]
    fn ascii(&self) -> &[Class; 128] {
        self.ascii.get_or_init(|| array::from_fn(|code| class(code as u32)))
    }

    #[inline]
    fn block(&self, number: usize) -> &[Class; BLOCK] {
        let class = |at| class((number * BLOCK + at) as u32);
        self.blocks[number].get_or_init(|| Box::new(array::from_fn(class)))
    }
}

fn class(code: u32) -> Class {
    let Some(c) = char::from_u32(code) else { return Class::Other };
    match (is_combining_mark(c), is_word_char(c)) {
        (true, true) => Class::Other,
        (true, false) => Class::Mark,
        (false, true) => letter(fold::key(c.encode_utf8(&mut [0; 4])).as_bytes()),
        (false, false) if fold::is_skipped(c) => Class::Skipped,
        (false, false) => Class::Parts,
    }
}

/// A letter with this key.
fn letter(key: &[u8]) -> Class {
    let mut bytes = [0; KEY];
    match bytes.get_mut(..key.len()) {
        Some(room) if !key.is_empty() => {
            room.copy_from_slice(key);
            Class::Letter(bytes, key.len() as u8)
        }
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
            run in prop_oneof![
                "[a-zA-Z0-9áéíóúüñÑÁçßøªº²«»¿¡“”’—–…\u{A0}\u{AD}\u{300}-\u{36F}\u{200B}ﬁĀ-ʯΆ-Ͽ҃-ӿא-ת٠-٩]{0,30}",
                "[an\u{80}-\u{FFFF}]{0,12}",
            ],
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
        for run in [
            "México",
            "«Quédate",
            "¿Qué",
            "dijo—según",
            "don’t",
            "“Año”",
            "ARGÜELLES…",
            "→",
            "Łódź",
            "Київ",
            "arance\u{AD}les",
            "deportacio\u{301}n",
            "日本語",
        ] {
            assert!(words(run.as_bytes(), |_, _, _| ()), "{run}");
        }
    }
}
