//! What the tool knows of each language.

pub mod en;
pub mod es;
mod forms;
mod word_set;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language that the tool works in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Spanish.
    Es,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Es, Lang::En];

    /// The primary subtag (BCP 47): `es` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Es => "es",
            Lang::En => "en",
        }
    }

    /// The language of a tag such as `es-MX`, by its primary subtag in any case.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        Lang::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.code()))
    }

    /// The other of the two.
    pub fn other(self) -> Lang {
        match self {
            Lang::Es => Lang::En,
            Lang::En => Lang::Es,
        }
    }

    /// Whether `word` (NFC, lower case, accents kept) is an everyday word of the language.
    pub fn is_ordinary(self, word: &str) -> bool {
        match self {
            Lang::Es => es::is_ordinary(word),
            Lang::En => en::is_ordinary(word),
        }
    }

    /// Whether `word` (NFC, lower case, accents kept) is a function word: article, preposition, pronoun …
    pub fn is_function_word(self, word: &str) -> bool {
        match self {
            Lang::Es => es::stopwords::is_function_word(word),
            Lang::En => en::stopwords::is_function_word(word),
        }
    }

    /// Whether `bare`, a term's word with its accents left out (NFC, lower case), is another word of the
    /// language, so that the accents must be there (ano, papa, secretaria, publico, el).
    pub fn bare_is_word(self, bare: &str) -> bool {
        match self {
            Lang::Es => es::bare_is_word(bare),
            Lang::En => en::bare_is_word(bare),
        }
    }

    /// The further surface forms of a term of this language: inflected forms, never the term itself.
    pub fn inflect(self, term: &Inflectable<'_>) -> Vec<InflectedForm> {
        match self {
            Lang::Es => es::inflect(term),
            Lang::En => en::inflect(term),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What inflection needs to know of a term.
#[derive(Clone, Copy, Debug)]
pub struct Inflectable<'a> {
    /// The term as entered.
    pub term: &'a str,
    /// Its part of speech, where stated or derived.
    pub pos: Option<crate::termbase::PartOfSpeech>,
    /// Its grammatical gender, where stated.
    pub gender: Option<crate::termbase::Gender>,
    /// The feminine form of a noun for persons, where stated.
    pub feminine: Option<&'a str>,
}

/// A form made by a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InflectedForm {
    /// The form as it stands in running text.
    pub form: String,
    /// The rule that made it, for `--explain`: "plural in -es", "feminine".
    pub rule: &'static str,
}
