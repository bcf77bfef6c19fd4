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
mod memory;
mod model;
mod table;
mod tokens;
pub mod train;

pub use class::{Class, Classes};
pub use dictionary::Entry;
pub use memory::Memory;
pub use tokens::{Token, tokens};

use std::sync::OnceLock;

use crate::lang::Lang;
use dictionary::Dictionary;
use features::{Around, features, part};
use memory::{AT_EDGE, Known, Sums};
use model::{Lattice, MARK, Pairs, STATES, Scores};
use table::Table;

/// A tagger over its compiled tables, which are read where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Tagger<'a> {
    dictionary: Dictionary<'a>,
    weights: Table<'a, { Class::ALL.len() }>,
    /// The value of one step of a weight.
    unit: f32,
    pairs: &'a [u8],
    /// Made when it tags for the first time, for the shipped ones.
    ready: Option<&'a OnceLock<Ready>>,
}

/// Which ends of a sentence are there, where only some of its words are tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Whether it begins with the first word.
    pub begins: bool,
    /// Whether it ends with the last token.
    pub ends: bool,
}

impl Ends {
    /// A whole sentence.
    pub const WHOLE: Ends = Ends { begins: true, ends: true };
}

/// What is made of the tables before sentences are tagged.
#[derive(Clone, Debug)]
struct Ready {
    sieve: Vec<u64>,
    pairs: Pairs,
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
        static READY: [OnceLock<Ready>; 2] = [const { OnceLock::new() }; 2];
        let tagger = Tagger::read(bytes).unwrap_or(Tagger::EMPTY);
        Tagger { ready: Some(&READY[lang as usize]), ..tagger }
    }
}

impl<'a> Tagger<'a> {
    /// Knows nothing.
    const EMPTY: Tagger<'static> = Tagger {
        dictionary: Dictionary::new(&[]),
        weights: Table::EMPTY,
        unit: 0.0,
        pairs: &[],
        ready: None,
    };

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
            ready: None,
        })
    }

    /// What the dictionary knows of a word (lower case, accents kept).
    pub fn entry(&self, lower: &str) -> Entry {
        self.dictionary.get(lower)
    }

    /// Tags one sentence.
    pub fn tag(&self, sentence: &str) -> Tagged {
        self.tag_remembering(sentence, Ends::WHOLE, &mut Memory::default())
    }

    /// Tags one sentence of many, or some words of it. The memory is this tagger's own.
    pub fn tag_remembering(&self, sentence: &str, ends: Ends, memory: &mut Memory) -> Tagged {
        let tokens = tokens(sentence);
        let words: Vec<(&str, bool)> =
            tokens.iter().map(|token| (token.span.of(sentence), token.is_word)).collect();
        Tagged { chances: self.chances_remembering(&words, ends, memory), tokens }
    }

    /// The probability of each class for each token; zeros for punctuation.
    pub fn chances(&self, words: &[(&str, bool)]) -> Vec<[f32; Class::ALL.len()]> {
        self.chances_remembering(words, Ends::WHOLE, &mut Memory::default())
    }

    fn chances_remembering(
        &self,
        words: &[(&str, bool)],
        ends: Ends,
        memory: &mut Memory,
    ) -> Vec<[f32; Class::ALL.len()]> {
        memory.begin(self);
        // Two edges on either side, so that every token has its neighbours.
        let mut all = vec![AT_EDGE; 2];
        let places = features::places(words, ends.begins);
        all.extend(places.map(|(text, place)| memory.place(self, text, place)));
        all.extend([AT_EDGE; 2]);
        let around = all.windows(5).filter_map(<[_]>::first_chunk);
        let emissions: Vec<Scores> = around.map(|around| self.emission(memory.known(around))).collect();
        let pairs = self.ready().map_or_else(|| self.odds(), |ready| ready.pairs);
        let lattice = Lattice::over(&emissions, pairs, ends);
        let classes = |at| {
            let states = lattice.at(at);
            std::array::from_fn(|class| states[class])
        };
        (0..words.len()).map(classes).collect()
    }

    /// What speaks for each class at the token in the middle.
    fn emission(&self, around: [&Known; 5]) -> Scores {
        let [before2, before, this, after, after2] = around;
        let mut scores = [f32::NEG_INFINITY; STATES];
        if !this.view.is_word {
            scores[MARK] = 0.0;
            return scores;
        }
        let views = [&before2.view, &before.view, &this.view, &after.view, &after2.view];
        let joint = self.sums::<{ part::JOINT }>(views);
        for class in 0..Class::ALL.len() {
            let alone = this.own[class] + before.as_before[class] + after.as_after[class];
            let further = before2.as_before_2[class] + after2.as_after_2[class];
            scores[class] = (joint[class] + alone + further) as f32 * self.unit;
        }
        scores
    }

    /// The sums of the weights of some of a token's features.
    fn sums<const WANTED: u8>(&self, around: Around<'_>) -> Sums {
        let ready = self.ready();
        let mut sums = [0; Class::ALL.len()];
        features::<WANTED>(around, |feature| {
            let weights = match ready {
                Some(ready) => self.weights.get_sifted(&ready.sieve, feature),
                None => self.weights.get(feature),
            };
            if let Some(weights) = weights {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(weight as i8));
            }
        });
        sums
    }

    fn ready(&self) -> Option<&'a Ready> {
        let make = || Ready { sieve: self.weights.sieve(), pairs: self.odds() };
        self.ready.map(|ready| ready.get_or_init(make))
    }

    /// What speaks for each pair of neighbours.
    fn odds(&self) -> Pairs {
        self.pairs().map(|row| row.map(f32::exp))
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
