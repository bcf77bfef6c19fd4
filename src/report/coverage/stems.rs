//! The telling words of a text by their stems (Snowball).

use frostem::{Algorithm, Stemmer};

use crate::lang::Lang;
use crate::text::{fold, tokens};

/// The stems of the words that tell something: no function words, nothing shorter than three letters.
pub(super) fn stems(text: &str, lang: Lang) -> Vec<String> {
    let stemmer = Stemmer::new(match lang {
        Lang::Es => Algorithm::Spanish,
        Lang::En => Algorithm::English,
    });
    let lower = tokens::words(text).map(|span| fold::lower(span.of(text)));
    let telling = lower.filter(|word| word.chars().count() >= 3 && !lang.is_function_word(word));
    telling.map(|word| stemmer.stem(&word).into_owned()).collect()
}
