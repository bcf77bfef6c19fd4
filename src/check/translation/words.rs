//! The words of a text as rules compare them: by stem, and by what the shipped word table knows of it.

use super::dictionary::Dictionary;
use crate::extract::WordStems;
use crate::extract::statistics::Statistics;
use crate::lang::Lang;
use crate::text::{Span, fold, tokens};

/// A word of a text.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its stem, without accents.
    pub stem: String,
    /// Article, preposition, pronoun …
    pub is_function: bool,
    /// Its number in the shipped word table.
    pub number: Option<u32>,
    /// Its number in the shipped dictionary.
    pub entry: Option<u32>,
}

/// The words of a text, in order.
pub(super) fn words(text: &str, lang: Lang) -> Vec<Word> {
    let (stems, table, dictionary) = (WordStems::new(lang), Statistics::shipped(), Dictionary::shipped());
    let word = |span: Span| {
        let (stem, is_function) = stems.of(span.of(text));
        let (number, entry) = (table.number(&stem, lang), dictionary.number(&stem, lang));
        Word { span, is_function, number, entry, stem }
    };
    tokens::words(text).map(word).collect()
}

/// The words that lie in a span.
pub(super) fn within(words: &[Word], span: Span) -> &[Word] {
    let from = words.partition_point(|word| word.span.start < span.start);
    let to = words.partition_point(|word| word.span.start < span.end);
    &words[from..to.max(from)]
}

/// The stems of a term's words that say something, in order.
pub(super) fn telling(term: &str, lang: Lang) -> Vec<String> {
    let stems = words(term, lang).into_iter().filter(|word| !word.is_function);
    stems.map(|word| word.stem).collect()
}

/// Whether two stems of a language are of one family: *arancel*, *arancelari(o)*. They begin alike, with four letters or
/// more, and two thirds of the shorter one.
pub(super) fn are_kin(one: &str, other: &str) -> bool {
    let (one, other) = (fold::key(one), fold::key(other));
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    one == other || alike >= 4 && alike * 3 >= shorter * 2
}

/// How likely it is that a word and one of the other language translate one another, 0 to 1: by the word table, by the
/// dictionary, else by looking alike.
pub(super) fn translate(lang: Lang, word: &Word, other: &Word) -> f32 {
    let (es, en) = if lang == Lang::Es { (word, other) } else { (other, word) };
    let known = es.number.zip(en.number).and_then(|(es, en)| Statistics::shipped().probabilities(es, en));
    let known = known.map_or(0.0, |(to_english, to_spanish)| to_english.max(to_spanish));
    let is_listed = es.entry.zip(en.entry).is_some_and(|(es, en)| Dictionary::shipped().has(es, en));
    if is_listed || look_alike(&es.stem, &en.stem) { known.max(LISTED) } else { known }
}

/// A translation less [likely](translate) than this is none.
pub(super) const LIKELY: f32 = 0.02;

/// Whether the dictionary lists a word and one of the other language as translations.
pub(super) fn is_listed(lang: Lang, word: &Word, other: &Word) -> bool {
    let (es, en) = if lang == Lang::Es { (word, other) } else { (other, word) };
    es.entry.zip(en.entry).is_some_and(|(es, en)| Dictionary::shipped().has(es, en))
}

/// Whether a Spanish word and an English one are a pair that any dictionary has; phrases are not.
pub(crate) fn is_everyday(es: &str, en: &str) -> bool {
    let (es, en) = (words(es, Lang::Es), words(en, Lang::En));
    let ([es], [en]) = (es.as_slice(), en.as_slice()) else { return false };
    es.entry.zip(en.entry).is_some_and(|(es, en)| Dictionary::shipped().has(es, en))
}

/// Whether a Spanish word and an English one have one origin, by their looks; phrases have not.
pub(crate) fn is_cognate(es: &str, en: &str) -> bool {
    let (es, en) = (words(es, Lang::Es), words(en, Lang::En));
    matches!((es.as_slice(), en.as_slice()), ([es], [en]) if look_alike(&es.stem, &en.stem))
}

/// Whether the word of a language is one that the dictionary has, and not as a rendering of the other.
pub(crate) fn is_rendered_otherwise(es: &str, en: &str, of: Lang) -> bool {
    let side = match of {
        Lang::Es => words(es, Lang::Es),
        Lang::En => words(en, Lang::En),
    };
    matches!(side.as_slice(), [word] if word.entry.is_some()) && !is_everyday(es, en) && !is_cognate(es, en)
}

/// What it is worth that the dictionary lists two words, or that they look alike.
const LISTED: f32 = 0.5;

/// Names, numbers and cognates.
fn look_alike(es: &str, en: &str) -> bool {
    let alike = es.chars().zip(en.chars()).take_while(|(a, b)| a == b).count();
    let (es, en) = (es.chars().count(), en.chars().count());
    (alike == es && alike == en) || (alike >= 4 && alike * 10 >= es.max(en) * 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, lang: Lang) -> Word {
        words(text, lang).remove(0)
    }

    #[test]
    fn kin_begin_alike() {
        let cases = [("arancel", "arancelari", true), ("migr", "migratori", true), ("casa", "caso", false)];
        for (one, other, wanted) in cases {
            assert_eq!(are_kin(one, other), wanted, "{one} {other}");
        }
    }

    #[test]
    fn the_word_table_and_the_looks_tell_translations() {
        let cases = [("puente", "bridge", true), ("México", "Mexico", true), ("puente", "furniture", false)];
        for (es, en, wanted) in cases {
            assert_eq!(
                translate(Lang::Es, &word(es, Lang::Es), &word(en, Lang::En)) > 0.02,
                wanted,
                "{es} {en}"
            );
        }
    }
}
