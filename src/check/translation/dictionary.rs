//! Which words translate which, by the lists that were typed for this project (`data/words`): what the counted table of
//! words has seen too rarely, and what it has not seen at all.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::extract::WordStems;
use crate::lang::Lang;
use crate::lang::en::past_forms;
use crate::lang::es::irregular_roots;
use crate::text::fold;

/// Stems of both languages, numbered, and for each Spanish one those of English that it may be.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    numbers: [FxHashMap<String, u32>; 2],
    english: Vec<Vec<u32>>,
    /// For each stem of a language the first letters of its translations.
    initials: [Vec<Vec<char>>; 2],
}

/// The lists that the program carries: a line has an English word, a colon, and Spanish ones.
static SHIPPED: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::read(&[
        include_str!("../../../data/words/pairs.txt"),
        include_str!("../../../data/words/press.txt"),
        include_str!("../../../data/words/senses.txt"),
    ])
});

impl Dictionary {
    /// The one that the program carries.
    pub(super) fn shipped() -> &'static Dictionary {
        &SHIPPED
    }

    fn read(lists: &[&str]) -> Self {
        let [es, en] = Lang::ALL.map(WordStems::new);
        let mut dictionary = Dictionary::default();
        let mut further: Vec<(Lang, String, u32)> = Vec::new();
        let lines = lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
        for (english, spanish) in lines.filter_map(|line| line.split_once(':')) {
            let word = english.trim();
            let english = dictionary.enter(Lang::En, en.of(word).0);
            let past = past_forms(word).into_iter().flatten();
            further.extend(past.map(|form| (Lang::En, en.of(&form).0, english)));
            let translated = word;
            for word in spanish.split_whitespace() {
                let spanish = dictionary.enter(Lang::Es, es.of(word).0);
                let roots = irregular_roots(word).into_iter();
                further.extend(roots.map(|root| (Lang::Es, fold::key(&root), spanish)));
                let spanish = spanish as usize;
                dictionary.english.resize(dictionary.english.len().max(spanish + 1), Vec::new());
                dictionary.english[spanish].push(english);
                let letter = |word: &str| fold::key(word).chars().next();
                dictionary.add_initial(Lang::Es, spanish, letter(translated));
                dictionary.add_initial(Lang::En, english as usize, letter(word));
            }
        }
        // Irregular forms where no other word has them: detuvo, but no cuenta (contar).
        for (lang, stem, number) in further {
            dictionary.numbers[lang as usize].entry(stem).or_insert(number);
        }
        dictionary.english.iter_mut().for_each(|all| all.sort_unstable());
        dictionary
    }

    fn add_initial(&mut self, lang: Lang, number: usize, letter: Option<char>) {
        let all = &mut self.initials[lang as usize];
        all.resize(all.len().max(number + 1), Vec::new());
        all[number].extend(letter);
    }

    fn enter(&mut self, lang: Lang, stem: String) -> u32 {
        let numbers = &mut self.numbers[lang as usize];
        let next = numbers.len() as u32;
        *numbers.entry(stem).or_insert(next)
    }

    /// The number of a stem among those of its language.
    pub(super) fn number(&self, stem: &str, lang: Lang) -> Option<u32> {
        self.numbers[lang as usize].get(stem).copied()
    }

    /// Whether a translation of a stem, by its number, begins with a letter.
    pub(super) fn begins(&self, number: u32, lang: Lang, letter: char) -> bool {
        self.initials[lang as usize].get(number as usize).is_some_and(|all| all.contains(&letter))
    }

    /// Whether a Spanish stem may be an English one, by their numbers.
    pub(super) fn has(&self, es: u32, en: u32) -> bool {
        self.english.get(es as usize).is_some_and(|all| all.binary_search(&en).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_translate_those_of_their_line() {
        let dictionary = Dictionary::read(&["# a list\nwarehouse: bodega almacén\nstore: almacén tienda\n"]);
        let number = |word: &str, lang| dictionary.number(&WordStems::new(lang).of(word).0, lang);
        let has = |es: &str, en: &str| {
            number(es, Lang::Es).zip(number(en, Lang::En)).is_some_and(|(es, en)| dictionary.has(es, en))
        };
        let irregular = Dictionary::read(&["stop: detener\nforget: olvidar\nask: pedir\n"]);
        let stem = |word: &str, lang| irregular.number(&WordStems::new(lang).of(word).0, lang);
        for (one, other, lang) in [
            ("detuvo", "detener", Lang::Es),
            ("pidieron", "pedimos", Lang::Es),
            ("forgot", "forgets", Lang::En),
        ] {
            assert!(stem(one, lang).is_some() && stem(one, lang) == stem(other, lang), "{one}");
        }
        assert!(has("almacenes", "warehouse") && has("almacén", "stores") && has("bodegas", "warehouses"));
        assert!(!has("bodega", "store") && !has("tienda", "warehouse") && !has("muelle", "dock"));
    }
}
