//! Stems: what inflected forms of a word have in common (Snowball: M. Porter and others,
//! <https://snowballstem.org>), without accents.

use std::fmt;

use frostem::{Algorithm, Stemmer};

use crate::lang::Lang;
use crate::text::fold;

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
    /// word (WHO, US) keeps its capitals.
    pub fn of(&self, word: &str) -> (String, bool) {
        let lower = fold::lower(word);
        let stem = fold::key(&self.stemmer.stem(&lower));
        let stem = if self.lang == Lang::Es { one_root(&stem) } else { stem };
        if !self.lang.is_function_word(&lower) {
            return (stem, false);
        }
        let is_acronym = lower.chars().count() > 1 && word.chars().all(char::is_uppercase);
        if is_acronym { (stem.to_uppercase(), false) } else { (stem, true) }
    }
}

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
