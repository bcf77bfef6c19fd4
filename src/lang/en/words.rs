//! Everyday English words, and words that differ from borrowed ones by an accent alone.

use crate::lang::word_set::WordSet;

static ORDINARY: WordSet = WordSet::new(include_str!("../../../data/words/en.txt"));

/// Whether a lower-case word is an everyday word.
pub(crate) fn is_ordinary(word: &str) -> bool {
    ORDINARY.has(word)
}

/// Whether a word without its accents is another word: *resume*, not *cafe*.
pub(crate) fn bare_is_word(bare: &str) -> bool {
    BARE.has(bare)
}

/// The bare forms of *résumé, exposé, rosé, pâté, lamé, piqué, …*.
static BARE: WordSet = WordSet::new(
    "resume resumes expose exposes rose roses pate pates lame pique mate mates pave forte \
     coupe coupes learned blessed laches",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words() {
        for word in ["ice", "us", "aids", "start", "may", "went", "children"] {
            assert!(is_ordinary(word), "{word}");
        }
        for word in ["maquiladora", "usmca", "niño", "pero", ""] {
            assert!(!is_ordinary(word), "{word}");
        }
    }

    #[test]
    fn resume_is_a_word_and_cafe_is_not_another() {
        assert!(bare_is_word("resume") && bare_is_word("expose"));
        assert!(!bare_is_word("cafe") && !bare_is_word("naive"));
    }

    #[test]
    fn the_shipped_list_is_sorted() {
        assert!(ORDINARY.words().is_sorted());
    }
}
