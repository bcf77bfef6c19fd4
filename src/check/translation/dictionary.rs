//! Which words translate which, by the lists that were typed for this project (`data/words`): what the counted table of
//! words has seen too rarely, and what it has not seen at all.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::extract::WordStems;
use crate::lang::Lang;
use crate::lang::en::past_forms;
use crate::text::fold;

/// Stems of both languages, numbered, and for each Spanish one those of English that it may be.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    numbers: [FxHashMap<String, u32>; 2],
    english: Vec<Vec<u32>>,
}

/// The lists that the program carries: a line has an English word, a colon, and Spanish ones.
static SHIPPED: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::read(&[
        include_str!("../../../data/words/pairs.txt"),
        include_str!("../../../data/words/press.txt"),
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
        let lines = lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
        for (english, spanish) in lines.filter_map(|line| line.split_once(':')) {
            let word = english.trim();
            let english = dictionary.enter(Lang::En, en.of(word).0);
            let past = past_forms(word).into_iter().flatten().map(|form| en.of(&form).0);
            past.for_each(|stem| dictionary.enter_also(Lang::En, stem, english));
            for word in spanish.split_whitespace() {
                let spanish = dictionary.enter(Lang::Es, es.of(word).0);
                strong_stems(word)
                    .into_iter()
                    .for_each(|stem| dictionary.enter_also(Lang::Es, stem, spanish));
                let spanish = spanish as usize;
                dictionary.english.resize(dictionary.english.len().max(spanish + 1), Vec::new());
                dictionary.english[spanish].push(english);
            }
        }
        dictionary.english.iter_mut().for_each(|all| all.sort_unstable());
        dictionary
    }

    fn enter(&mut self, lang: Lang, stem: String) -> u32 {
        let numbers = &mut self.numbers[lang as usize];
        let next = numbers.len() as u32;
        *numbers.entry(stem).or_insert(next)
    }

    /// Enters a further stem of a word, where no other word has it.
    fn enter_also(&mut self, lang: Lang, stem: String, number: u32) {
        self.numbers[lang as usize].entry(stem).or_insert(number);
    }

    /// The number of a stem among those of its language.
    pub(super) fn number(&self, stem: &str, lang: Lang) -> Option<u32> {
        self.numbers[lang as usize].get(stem).copied()
    }

    /// Whether a Spanish stem may be an English one, by their numbers.
    pub(super) fn has(&self, es: u32, en: u32) -> bool {
        self.english.get(es as usize).is_some_and(|all| all.binary_search(&en).is_ok())
    }
}

/// Ends of Spanish infinitives with the roots of their irregular forms, strong preterites first: *detener, detuvo,
/// detenga* (RAE and ASALE, Nueva gramática de la lengua española, chapter 4).
const STRONG: &[(&str, &[&str])] = &[
    ("tener", &["tuv", "teng", "tendr"]),
    ("poner", &["pus", "pong", "pondr"]),
    ("hacer", &["hic", "hag", "har"]),
    ("decir", &["dij", "dig", "dir"]),
    ("traer", &["traj", "traig"]),
    ("venir", &["vin", "veng", "vendr"]),
    ("ducir", &["duj", "duzc"]),
    ("salir", &["salg", "saldr"]),
    ("querer", &["quis", "querr"]),
    ("poder", &["pud", "podr"]),
    ("saber", &["sup", "sabr"]),
    ("caer", &["caig", "cay"]),
    ("andar", &["anduv"]),
];

/// The further stems of an irregular Spanish infinitive.
fn strong_stems(infinitive: &str) -> Vec<String> {
    let strong = STRONG.iter().find_map(|(end, roots)| Some((infinitive.strip_suffix(end)?, *roots)));
    if let Some((prefix, roots)) = strong {
        return roots.iter().map(|root| fold::key(prefix) + root).collect();
    }
    // pedir, pidió; morir, murió.
    let root = infinitive.strip_suffix("ir").unwrap_or("");
    let Some(at) = root.rfind(['e', 'o']).filter(|at| !root[at + 1..].contains(['a', 'i', 'u'])) else {
        return Vec::new();
    };
    let vowel = if root[at..].starts_with('e') { "i" } else { "u" };
    vec![fold::key(&format!("{}{vowel}{}", &root[..at], &root[at + 1..]))]
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
