//! The word classes that the tagger tells apart, and sets of them.

use std::ops::{BitAnd, BitOr};

use serde::{Deserialize, Serialize};

/// A coarse word class. The discriminants are the tagger's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Common noun.
    Noun,
    /// Proper name: every content word of it.
    Name,
    /// Verb, auxiliaries included.
    Verb,
    /// Adjective, participles used as such included.
    Adjective,
    /// Adverb.
    Adverb,
    /// Determiner or pronoun.
    Determiner,
    /// Preposition, conjunction, particle.
    Function,
    /// Numbers, symbols, interjections, cited words of another language.
    Other,
}

impl Class {
    /// All classes, in the order of their rows.
    pub const ALL: [Class; 8] = [
        Class::Noun,
        Class::Name,
        Class::Verb,
        Class::Adjective,
        Class::Adverb,
        Class::Determiner,
        Class::Function,
        Class::Other,
    ];

    /// The letter used in tagged text: `N P V A R D F X`.
    pub fn letter(self) -> char {
        match self {
            Class::Noun => 'N',
            Class::Name => 'P',
            Class::Verb => 'V',
            Class::Adjective => 'A',
            Class::Adverb => 'R',
            Class::Determiner => 'D',
            Class::Function => 'F',
            Class::Other => 'X',
        }
    }

    /// The class of a letter.
    pub fn from_letter(letter: char) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.letter() == letter)
    }

    /// What one calls the class in a message.
    pub fn name(self) -> &'static str {
        match self {
            Class::Noun => "noun",
            Class::Name => "name",
            Class::Verb => "verb",
            Class::Adjective => "adjective",
            Class::Adverb => "adverb",
            Class::Determiner => "determiner or pronoun",
            Class::Function => "preposition or conjunction",
            Class::Other => "number or symbol",
        }
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Classes(u8);

impl Classes {
    /// None.
    pub const NONE: Classes = Classes(0);

    /// The set of some classes.
    pub const fn of(classes: &[Class]) -> Classes {
        let (mut bits, mut at) = (0, 0);
        while at < classes.len() {
            bits |= 1 << classes[at] as u8;
            at += 1;
        }
        Classes(bits)
    }

    /// From its bits: bit 0 is the first of [`Class::ALL`].
    pub fn from_bits(bits: u8) -> Classes {
        Classes(bits)
    }

    /// Its bits.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether a class is in the set.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether no class is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set without a class.
    pub fn without(self, class: Class) -> Classes {
        Classes(self.0 & !(1 << class as u8))
    }

    /// Whether all classes of the set are in the other.
    pub fn within(self, other: Classes) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether the two have a class in common.
    pub fn meets(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Classes {
    type Output = Classes;

    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

impl BitAnd for Classes {
    type Output = Classes;

    fn bitand(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }
}
