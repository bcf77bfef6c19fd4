//! Families of words, told by their stems (Snowball: M. Porter and others, <https://snowballstem.org>).

use frostem::{Algorithm, Stemmer};

use crate::lang::Lang;
use crate::text::fold;

/// A stem with fewer letters says too little: *casa* and *caso* both have `cas`.
const SHORTEST: usize = 4;

/// Stems leave as many letters at the beginning of a word as they are.
const KEPT: usize = 3;

/// The stems of a query, as each language has them.
pub(super) struct Stems {
    by_lang: [(Lang, Vec<String>); 2],
    /// How words of these families begin, as keys.
    beginnings: Vec<String>,
}

impl Stems {
    /// The stems of a query in lower case.
    pub(super) fn of(lower: &str) -> Self {
        let by_lang = Lang::ALL.map(|lang| (lang, stems(lower, lang)));
        let telling = by_lang.iter().flat_map(|(_, stems)| stems.iter().filter(|stem| is_telling(stem)));
        let mut beginnings: Vec<String> =
            telling.map(|stem| fold::key(stem).chars().take(KEPT).collect()).collect();
        beginnings.dedup();
        Stems { beginnings, by_lang }
    }

    /// Whether a key may have a word of one of the families: never wrong where it has.
    pub(super) fn may_be_kin(&self, key: &str) -> bool {
        self.beginnings.iter().any(|beginning| key.split(' ').any(|word| word.starts_with(beginning)))
    }

    /// How many words a term in lower case has beside those of the query's families, or the query beside those of the
    /// term's; `None` where neither has all words of the other, side by side. Function words are passed over.
    pub(super) fn further_words(&self, lower: &str, lang: Lang) -> Option<usize> {
        let (_, wanted) = self.by_lang.iter().find(|(known, _)| *known == lang)?;
        let stems = stems(lower, lang);
        let further = stems.len().abs_diff(wanted.len());
        let (short, long) = if stems.len() < wanted.len() { (&stems, wanted) } else { (wanted, &stems) };
        let telling = short.iter().any(|stem| is_telling(stem));
        (telling && long.windows(short.len()).any(|run| run == short)).then_some(further)
    }
}

fn is_telling(stem: &str) -> bool {
    stem.chars().count() >= SHORTEST
}

fn stems(lower: &str, lang: Lang) -> Vec<String> {
    let stemmer = Stemmer::new(match lang {
        Lang::Es => Algorithm::Spanish,
        Lang::En => Algorithm::English,
    });
    let words = lower.split(' ').filter(|word| !word.is_empty() && !lang.is_function_word(word));
    words.map(|word| stemmer.stem(word).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_found_and_strangers_are_not() {
        for (query, term, lang, further) in [
            ("deportados", "deportación", Lang::Es, Some(0)),
            ("deportados", "vuelo de deportación", Lang::Es, Some(1)),
            ("deportar masivamente", "deportaciones masivas", Lang::Es, Some(0)),
            ("negotiating", "negotiation", Lang::En, Some(0)),
            ("casos", "casa", Lang::Es, None),
            ("deportaciones masivas", "deportación", Lang::Es, Some(1)),
            ("migración laboral", "migración interna", Lang::Es, None),
            ("de la", "frontera de la paz", Lang::Es, None),
            ("zzzzzz", "zapato", Lang::Es, None),
        ] {
            let stems = Stems::of(query);
            assert_eq!(stems.further_words(term, lang), further, "{query}: {term}");
            let key: Vec<String> = term.split(' ').map(fold::key).collect();
            assert!(further.is_none() || stems.may_be_kin(&key.join(" ")), "{query}: {term}");
        }
    }
}
