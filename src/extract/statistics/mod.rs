//! What the program knows of both languages by counting: how frequent words are, and which translate which.
//!
//! The figures come from public texts (see `docs/data.md`) and hold no sentence. They lie in one file that is read where
//! it lies: two sorted lists of stems with their frequencies, and for each Spanish stem the English ones that translate
//! it, with the probabilities of both directions.
//!
//! ```
//! use glosa::Lang;
//! use glosa::extract::statistics::Statistics;
//!
//! let statistics = Statistics::shipped();
//! assert_eq!(statistics.translations("bibliotecas")[0].english, "librari");
//! assert!(statistics.per_million("library", Lang::En) > statistics.per_million("herring", Lang::En));
//! ```

mod build;

pub use build::{Sources, build};

use std::sync::LazyLock;

use super::stems::WordStems;
use crate::lang::Lang;

/// Word frequencies and a word table, over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics<'a> {
    es: Vocabulary<'a>,
    en: Vocabulary<'a>,
    /// For each Spanish stem where its entries begin, as 32-bit numbers; one more at the end.
    starts: &'a [u8],
    entries: &'a [u8],
}

/// An English stem that translates a Spanish one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Translation<'a> {
    /// The English stem.
    pub english: &'a str,
    /// Its number among the English stems.
    pub number: u32,
    /// The probability of the English stem given the Spanish one.
    pub to_english: f32,
    /// The probability of the Spanish stem given the English one.
    pub to_spanish: f32,
}

/// How a file begins.
const MAGIC: &[u8; 4] = b"GST1";

/// Bytes of an entry: the English stem's number, two probabilities.
const ENTRY: usize = 4;

/// A byte is so many steps to the octave.
const STEPS: f32 = 16.0;

impl Statistics<'static> {
    /// Those that the program carries. Their text is looked through once only, which costs more than many look-ups.
    pub fn shipped() -> Statistics<'static> {
        static SHIPPED: LazyLock<Statistics<'static>> = LazyLock::new(|| {
            Statistics::read(include_bytes!("../../../data/statistics.bin")).unwrap_or_default()
        });
        *SHIPPED
    }
}

impl<'a> Statistics<'a> {
    /// The statistics in bytes that [`build`] made; `None` where they are none.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (es, rest) = Vocabulary::take(rest)?;
        let (en, rest) = Vocabulary::take(rest)?;
        let (starts, entries) = rest.split_at_checked((es.len() + 1) * 4)?;
        Some(Statistics { es, en, starts, entries })
    }

    /// How often a word (as written, in any form) occurs in a million words of general text; never 0: a word that is
    /// not listed has half of the least.
    pub fn per_million(&self, word: &str, lang: Lang) -> f32 {
        self.stem_per_million(&WordStems::new(lang).of(word).0, lang)
    }

    /// [`Statistics::per_million`] for a stem.
    pub fn stem_per_million(&self, stem: &str, lang: Lang) -> f32 {
        let vocabulary = self.vocabulary(lang);
        let listed = vocabulary.find(stem).and_then(|number| vocabulary.frequency(number));
        listed.unwrap_or(LEAST / 2.0)
    }

    /// The English stems that translate a Spanish word (as written, in any form), the most probable first.
    pub fn translations(&self, word: &str) -> Vec<Translation<'a>> {
        let stem = WordStems::new(Lang::Es).of(word).0;
        let mut found: Vec<_> = self.es.find(&stem).map_or_else(Vec::new, |number| self.of(number).collect());
        found.sort_by(|a, b| b.to_english.total_cmp(&a.to_english).then(a.number.cmp(&b.number)));
        found
    }

    /// The number of a stem among those of its language.
    pub fn number(&self, stem: &str, lang: Lang) -> Option<u32> {
        self.vocabulary(lang).find(stem)
    }

    /// The probabilities of an English stem given a Spanish one, and the reverse, by their numbers.
    pub fn probabilities(&self, es: u32, en: u32) -> Option<(f32, f32)> {
        let entries = self.entries_of(es);
        let number = |entry: &[u8; ENTRY]| u32::from(u16::from_le_bytes([entry[0], entry[1]]));
        let at = entries.binary_search_by_key(&en, number).ok()?;
        entries
            .get(at)
            .map(|&[_, _, to_english, to_spanish]| (probability(to_english), probability(to_spanish)))
    }

    /// The entries of a Spanish stem, by the number of the English one.
    fn entries_of(&self, es: u32) -> &'a [[u8; ENTRY]] {
        let start = |number: usize| read_u32(self.starts, number).map(|at| at as usize * ENTRY);
        let range = start(es as usize).zip(start(es as usize + 1));
        range.and_then(|(from, to)| self.entries.get(from..to)).unwrap_or(&[]).as_chunks::<ENTRY>().0
    }

    /// The translations of the Spanish stem with a number.
    fn of(&self, number: u32) -> impl Iterator<Item = Translation<'a>> + use<'a> {
        let en = self.en;
        self.entries_of(number).iter().filter_map(move |&[low, high, to_english, to_spanish]| {
            let number = u32::from(u16::from_le_bytes([low, high]));
            let english = en.get(number)?;
            let (to_english, to_spanish) = (probability(to_english), probability(to_spanish));
            Some(Translation { english, number, to_english, to_spanish })
        })
    }

    fn vocabulary(&self, lang: Lang) -> Vocabulary<'a> {
        match lang {
            Lang::Es => self.es,
            Lang::En => self.en,
        }
    }
}

/// Sorted stems with their frequencies.
#[derive(Clone, Copy, Debug, Default)]
struct Vocabulary<'a> {
    /// Where each ends in `text`, as 32-bit numbers.
    ends: &'a [u8],
    text: &'a str,
    frequencies: &'a [u8],
}

impl<'a> Vocabulary<'a> {
    /// The vocabulary that bytes begin with, and the rest.
    fn take(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (count, length) = (u32::from_le_bytes(*count) as usize, u32::from_le_bytes(*length) as usize);
        let (ends, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (frequencies, rest) = rest.split_at_checked(count)?;
        let (text, rest) = rest.split_at_checked(length)?;
        Some((Vocabulary { ends, text: std::str::from_utf8(text).ok()?, frequencies }, rest))
    }

    fn len(&self) -> usize {
        self.frequencies.len()
    }

    fn get(&self, number: u32) -> Option<&'a str> {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(Some(0), |before| read_u32(self.ends, before))?;
        self.text.get(start as usize..read_u32(self.ends, number)? as usize)
    }

    fn find(&self, stem: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle)?.cmp(stem) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn frequency(&self, number: u32) -> Option<f32> {
        self.frequencies.get(number as usize).map(|&byte| LEAST * (f32::from(byte) / STEPS).exp2())
    }
}

/// Occurrences in a million words that the byte 0 stands for.
const LEAST: f32 = 0.5;

fn frequency_byte(per_million: f32) -> u8 {
    ((per_million / LEAST).log2() * STEPS).round().clamp(0.0, 255.0) as u8
}

/// A probability as a byte: 0 is 1, each step further is 1/16 of an octave less.
fn probability_byte(probability: f32) -> u8 {
    (-probability.log2() * STEPS).round().clamp(0.0, 255.0) as u8
}

fn probability(byte: u8) -> f32 {
    (-f32::from(byte) / STEPS).exp2()
}

fn read_u32(bytes: &[u8], index: usize) -> Option<u32> {
    let bytes = bytes.get(index.checked_mul(4)?..)?;
    Some(u32::from_le_bytes(*bytes.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_figures() {
        let statistics = Statistics::shipped();
        for (spanish, english) in [("archivos", "file"), ("devuelve", "return"), ("número", "number")] {
            let found = statistics.translations(spanish);
            assert_eq!(found.first().map(|t| t.english), Some(english), "{spanish}");
        }
        assert!(statistics.translations("ñandú").is_empty());
        assert!(statistics.per_million("the", Lang::En) > 20_000.0);
    }

    #[test]
    fn bytes_cut_short_or_changed_are_read_without_harm() {
        let lines = [("la casa roja", "the red house"), ("la casa", "the house"), ("roja", "red")];
        let sources = Sources { bitext: &lines, ..Sources::default() };
        let bytes = build(sources).expect("small enough");
        assert!(Statistics::read(&bytes).is_some());
        for length in 0..bytes.len() {
            if let Some(statistics) = Statistics::read(&bytes[..length]) {
                statistics.translations("casa");
            }
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xA5;
            if let Some(statistics) = Statistics::read(&damaged) {
                statistics.translations("casa");
                statistics.per_million("house", Lang::En);
            }
        }
    }
}
