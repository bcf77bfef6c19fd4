//! Stems: what inflected forms of a word have in common (Snowball: M. Porter and others,
//! <https://snowballstem.org>), without accents.

use std::fmt;

use frostem::{Algorithm, Stemmer};

use crate::lang::Lang;
use crate::text::{fold, tokens};

/// Makes stems of words of one language.
pub struct WordStems {
    lang: Lang,
    stemmer: Stemmer,
}

impl WordStems {
    /// For a language.
    pub fn new(lang: Lang) -> Self {
        let algorithm = match lang {
            Lang::Es => Algorithm::Spanish,
            Lang::En => Algorithm::English,
        };
        WordStems { lang, stemmer: Stemmer::new(algorithm) }
    }

    /// The stem of a word as written, and whether it is a function word. An acronym that is written like a function
    /// word (WHO, US) keeps its capitals; a number in capitals is part of a name (Air Force One).
    pub fn of(&self, word: &str) -> (String, bool) {
        let lower = fold::lower(word);
        let stem = fold::key(&self.stemmer.stem(&lower));
        let stem = if self.lang == Lang::Es { one_root(&stem) } else { stem };
        if !self.lang.is_function_word(&lower) {
            return (stem, false);
        }
        let is_acronym = lower.chars().count() > 1 && word.chars().all(char::is_uppercase);
        let is_number =
            matches!(lower.as_str(), "one" | "uno" | "una") && word.starts_with(char::is_uppercase);
        if is_acronym { (stem.to_uppercase(), false) } else { (stem, !is_number) }
    }

    /// The suffix that made a word (as written) of another, if it has one: the stem of *deportation* is that of
    /// *deport*, but it is a word of its own.
    pub fn derivation(&self, word: &str) -> &'static str {
        let key = fold::key(&fold::lower(word));
        let (singular, suffixes) = match self.lang {
            Lang::Es => (key.strip_suffix("es").or_else(|| key.strip_suffix('s')).unwrap_or(&key), SPANISH),
            Lang::En => (key.strip_suffix('s').unwrap_or(&key), ENGLISH),
        };
        let ends = |suffix: &&&str| [&*key, singular].iter().any(|form| form.ends_with(**suffix));
        suffixes.iter().find(ends).copied().unwrap_or_default()
    }
}

/// The stems of the words of a text that tell something: no function words, nothing shorter than three letters.
pub fn stems(text: &str, lang: Lang) -> Vec<String> {
    let stems = WordStems::new(lang);
    let words = tokens::words(text).map(|span| span.of(text)).filter(|word| word.chars().count() >= 3);
    words.map(|word| stems.of(word)).filter(|(_, is_function)| !is_function).map(|(stem, _)| stem).collect()
}

/// Suffixes of Spanish derivation that stems go without, accents left out; longer ones before their ends.
const SPANISH: &[&str] = &[
    "amiento", "imiento", "acion", "icion", "ucion", "sion", "cion", "ador", "edor", "idor", "adora",
    "edora", "idora", "mente", "ancia", "encia", "ante", "ista", "ismo", "able", "ible", "idad", "logia",
    "ivo", "iva", "oso", "osa", "aje", "eria", "ero", "era", "ico", "ica", "al", "ario", "aria",
];

/// Those of English derivation, and *-ing*: *trafficking*, *dumping*.
const ENGLISH: &[&str] = &[
    "ation", "ition", "ution", "sion", "tion", "ment", "ness", "ance", "ence", "ancy", "ency", "ity", "itie",
    "ism", "ist", "ant", "ent", "able", "ible", "ive", "ize", "ization", "ful", "less", "ous", "ally", "ly",
    "al", "ing", "er", "or", "ee", "age", "ship", "ary", "ery", "ic",
];

/// A Spanish stem as its verb or noun has it in other forms: contien- is conten-, empiec- empez-, busqu- busc-.
fn one_root(stem: &str) -> String {
    if stem.chars().count() < 4 || stem.contains(|c: char| !c.is_alphabetic()) {
        return stem.to_owned();
    }
    let vowels = stem.replace("ie", "e").replace("ue", "o");
    let spelt = [("qu", "c"), ("gu", "g"), ("z", "c")];
    let end = spelt.iter().find_map(|(end, as_)| vowels.strip_suffix(end).map(|root| root.to_owned() + as_));
    end.unwrap_or(vowels)
}

impl fmt::Debug for WordStems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordStems").field("lang", &self.lang).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stem = |word: &str, lang| WordStems::new(lang).of(word);
        for (a, b) in [("contienen", "contener"), ("empiecen", "empezó"), ("busquen", "buscar")] {
            assert_eq!(stem(a, Lang::Es).0, stem(b, Lang::Es).0, "{a}");
        }
        assert_eq!(stem("WHO", Lang::En), ("WHO".to_owned(), false));
        assert!(stem("who", Lang::En).1);
    }
}
