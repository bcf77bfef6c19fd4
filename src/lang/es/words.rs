//! Everyday Spanish words, and words that differ from others by an accent alone.

use super::minimal_pairs;
use crate::lang::word_set::WordSet;

static ORDINARY: WordSet = WordSet::new(include_str!("../../../data/words/es.txt"));

/// Whether a lower-case word is an everyday word.
pub(crate) fn is_ordinary(word: &str) -> bool {
    ORDINARY.has(word)
}

/// Whether a word without its accents is another word.
pub(crate) fn bare_is_word(bare: &str) -> bool {
    minimal_pairs::has(bare) || is_ordinary(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words() {
        for word in ["pan", "casa", "once", "actual", "hizo", "deben", "niñas"] {
            assert!(is_ordinary(word), "{word}");
        }
        for word in ["maquiladora", "sheriff", "tmec", "the", "deportacion", ""] {
            assert!(!is_ordinary(word), "{word}");
        }
    }

    #[test]
    fn bare_forms_that_are_words() {
        for bare in ["ano", "papa", "secretaria", "publico", "el", "si", "termino", "ingles", "llego"] {
            assert!(bare_is_word(bare), "{bare}");
        }
        for bare in ["deportacion", "mexico", "migracion", "pais", "arancel"] {
            assert!(!bare_is_word(bare), "{bare}");
        }
    }

    #[test]
    fn the_shipped_list_is_sorted_and_small() {
        let words: Vec<&str> = ORDINARY.words().collect();
        assert!(words.is_sorted() && (8_000..20_000).contains(&words.len()), "{}", words.len());
    }
}
