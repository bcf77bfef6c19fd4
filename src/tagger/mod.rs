//! Which class a word has in its sentence: noun, verb, adjective …
//!
//! Many forms belong to words of several classes: *la casa* and *se casa*, *a trade deal* and *they trade*. The
//! tagger looks at the word, its ending, and its neighbours, and gives the probability of each class. It is small
//! (two tables below 200 kB), and runs only where the matcher has to decide (see [`crate::matcher::veto`]).
//!
//! ```
//! use glosa::Lang;
//! use glosa::tagger::{Class, Classes, Tagger};
//!
//! let tagged = Tagger::of(Lang::Es).tag("Se casa mañana en su casa.");
//! let verb = Classes::of(&[Class::Verb]);
//! assert!(tagged.chance(3, verb).unwrap() > 0.5);
//! assert!(tagged.chance(22, verb).unwrap() < 0.5);
//! ```

mod class;
mod dictionary;
mod features;
mod model;
mod table;
mod tokens;
pub mod train;

pub use class::{Class, Classes};
pub use dictionary::Entry;
pub use tokens::{Token, tokens};

use crate::lang::Lang;
use dictionary::Dictionary;
use model::{Lattice, MARK, Pairs, STATES, Scores, emissions};
use table::Table;

/// A tagger over its compiled tables, which are read where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Tagger<'a> {
    dictionary: Dictionary<'a>,
    weights: Table<'a, { Class::ALL.len() }>,
    /// The value of one step of a weight.
    unit: f32,
    pairs: &'a [u8],
}

/// How a file of tables begins; the next bytes are the length of the dictionary and the unit.
const MAGIC: &[u8; 4] = b"GTG1";
const HEADER: usize = 12;

impl Tagger<'static> {
    /// The tagger of a language.
    pub fn of(lang: Lang) -> Tagger<'static> {
        let bytes: &[u8] = match lang {
            Lang::Es => include_bytes!("../../data/tagger/es.bin"),
            Lang::En => include_bytes!("../../data/tagger/en.bin"),
        };
        Tagger::read(bytes).unwrap_or(Tagger::EMPTY)
    }
}

impl<'a> Tagger<'a> {
    /// Knows nothing.
    const EMPTY: Tagger<'static> =
        Tagger { dictionary: Dictionary::new(&[]), weights: Table::EMPTY, unit: 0.0, pairs: &[] };

    /// A tagger over the bytes that [`train::train`] makes.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        let rest_of = header.strip_prefix(MAGIC)?;
        let (length, unit) = rest_of.split_first_chunk::<4>()?;
        let (pairs, tables) = rest.split_at_checked(STATES * STATES)?;
        let (dictionary, weights) = tables.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        Some(Tagger {
            dictionary: Dictionary::new(dictionary),
            weights: Table::new(weights),
            unit: f32::from_le_bytes(unit.try_into().ok()?),
            pairs,
        })
    }

    /// What the dictionary knows of a word (lower case, accents kept).
    pub fn entry(&self, lower: &str) -> Entry {
        self.dictionary.get(lower)
    }

    /// Tags one sentence.
    pub fn tag(&self, sentence: &str) -> Tagged {
        let tokens = tokens(sentence);
        let words: Vec<(&str, bool)> =
            tokens.iter().map(|token| (token.span.of(sentence), token.is_word)).collect();
        Tagged { chances: self.chances(&words), tokens }
    }

    /// The probability of each class for each token; zeros for punctuation.
    pub fn chances(&self, words: &[(&str, bool)]) -> Vec<[f32; Class::ALL.len()]> {
        let views = features::sentence(&self.dictionary, words);
        let emissions = emissions(&views, |feature, scores| self.add(feature, scores));
        let lattice = Lattice::new(&emissions, &self.pairs());
        let classes = |at| {
            let states = lattice.at(at);
            std::array::from_fn(|class| states[class])
        };
        (0..words.len()).map(classes).collect()
    }

    fn add(&self, feature: u64, scores: &mut Scores) {
        if let Some(weights) = self.weights.get(feature) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += f32::from(weight as i8) * self.unit;
            }
        }
    }

    fn pairs(&self) -> Pairs {
        let weight =
            |from: usize, to: usize| self.pairs.get(from * STATES + to).map_or(0, |&byte| byte as i8);
        std::array::from_fn(|from| std::array::from_fn(|to| f32::from(weight(from, to)) * self.unit))
    }
}

/// A tagged sentence.
#[derive(Clone, Debug, Default)]
pub struct Tagged {
    tokens: Vec<Token>,
    chances: Vec<[f32; Class::ALL.len()]>,
}

impl Tagged {
    /// The probability that the token over a byte offset is of one of the classes; `None` where no word is.
    pub fn chance(&self, offset: usize, classes: Classes) -> Option<f32> {
        let at = self.tokens.partition_point(|token| token.span.end <= offset);
        self.tokens.get(at).filter(|token| token.is_word && token.span.start <= offset)?;
        let chances = self.chances.get(at)?;
        Some(
            Class::ALL
                .iter()
                .zip(chances)
                .filter(|(class, _)| classes.has(**class))
                .map(|(_, chance)| chance)
                .sum(),
        )
    }
}

const _: () = assert!(MARK == Class::ALL.len());
