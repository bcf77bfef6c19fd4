//! The features of a word: which slots of the table it looks up.
//!
//! A letter is a code of six bits, so that the last four letters fit a register and no text is copied. Each letter
//! gives the 3- and the 4-gram that end with it, its word's start and end counting as letters; the word gives one
//! feature more. A slot is the top of a multiplicative hash (Knuth, *The Art of Computer Programming* 3, §6.4).

/// The table has two to the power of this slots.
pub(super) const BITS: u32 = 17;

/// The vocabulary has two to the power of this slots.
pub(super) const VOCABULARY_BITS: u32 = 20;

/// The code of a letter beyond those of Spanish and English but used in a language near them (ç, ã, è, ß).
pub(super) const FOREIGN: u8 = 34;
/// The code of any other letter.
pub(super) const OTHER: u8 = 35;

/// Multipliers of the hash, one for each kind of feature.
const TRIGRAM: u32 = 0x85EB_CA6B;
const TETRAGRAM: u32 = 0xC2B2_AE35;
const WHOLE: u32 = 0x27D4_EB2F;

/// A word as it is read, letter by letter.
#[derive(Clone, Copy)]
pub(super) struct Rolling {
    /// The codes of the last four letters.
    window: u32,
    /// Hash of all of them (as FNV-1, with a sum for its exclusive or).
    pub(super) hash: u32,
}

impl Rolling {
    /// Before the first letter.
    pub(super) const START: Rolling = Rolling { window: 0, hash: 1 };

    /// Takes a letter, or 0 for the word's end, and gives the slots of the n-grams that it completes.
    #[inline]
    pub(super) fn roll(&mut self, code: u8) -> [usize; 2] {
        let code = u32::from(code);
        self.window = (self.window << 6 | code) & 0xFF_FFFF;
        self.hash = self.hash.wrapping_mul(0x0100_0193).wrapping_add(code + 1);
        [slot(self.window & 0x3_FFFF, TRIGRAM), slot(self.window, TETRAGRAM)]
    }

    /// The slot in the vocabulary of the last four letters.
    #[inline]
    pub(super) fn known_letters(self) -> usize {
        (self.window.wrapping_mul(TETRAGRAM) >> (32 - VOCABULARY_BITS)) as usize
    }

    /// The slot of the whole word, once its end is taken.
    #[inline]
    pub(super) fn whole(self) -> usize {
        slot(self.hash, WHOLE)
    }
}

/// The slot in the vocabulary of a word, by its hash with its end taken.
#[inline]
pub(super) fn known_word(hash: u32) -> usize {
    (hash.wrapping_mul(WHOLE) >> (32 - VOCABULARY_BITS)) as usize
}

/// The slots in the vocabulary of each four letters of a lower-case word, its ends counting as letters; of shorter
/// words none.
pub(super) fn letters(word: impl Iterator<Item = char>) -> impl Iterator<Item = usize> {
    let mut rolling = Rolling::START;
    word.map(code).chain([0]).enumerate().filter_map(move |(at, code)| {
        rolling.roll(code);
        // The word's beginning is the first letter of the first four.
        (at >= 2).then(|| rolling.known_letters())
    })
}

#[inline]
fn slot(value: u32, multiplier: u32) -> usize {
    (value.wrapping_mul(multiplier) >> (32 - BITS)) as usize
}

/// The hash of a whole lower-case word.
pub(super) fn hash(word: &str) -> u32 {
    let mut rolling = Rolling::START;
    word.chars().for_each(|c| _ = rolling.roll(code(c)));
    rolling.roll(0);
    rolling.hash
}

/// The code of a lower-case letter; 0 is kept for the ends of words.
pub(super) fn code(c: char) -> u8 {
    match c {
        'a'..='z' => c as u8 - b'a' + 1,
        'ñ' => 27,
        'á' => 28,
        'é' => 29,
        'í' => 30,
        'ó' => 31,
        'ú' => 32,
        'ü' => 33,
        'ç' | 'ã' | 'õ' | 'à' | 'è' | 'ì' | 'ò' | 'ù' | 'â' | 'ê' | 'î' | 'ô' | 'û' | 'ä' | 'ö' | 'ß'
        | 'œ' | 'å' | 'ø' => FOREIGN,
        _ => OTHER,
    }
}

/// What a byte of text is.
pub(super) mod class {
    /// The code of a letter of ASCII; 0 for all else.
    pub(in super::super) const CODE: u8 = 0x3F;
    /// The bit that is set for capitals.
    pub(in super::super) const UPPER_BIT: u8 = 6;

    /// The class of each byte.
    pub(in super::super) static OF: [u8; 256] = table();

    const fn table() -> [u8; 256] {
        let mut classes = [0; 256];
        let mut code = 1;
        while code <= 26 {
            classes[(b'a' + code - 1) as usize] = code;
            classes[(b'A' + code - 1) as usize] = code | 1 << UPPER_BIT;
            code += 1;
        }
        classes
    }
}
