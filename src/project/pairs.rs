//! Which documents translate one another, by their names.
//!
//! ```
//! use glosa::project::pairs::{Pair, pair};
//!
//! let names = ["en/nota.txt", "es/nota.txt", "es/otra.txt"];
//! let pairing = pair(&names, &[]);
//! assert_eq!(pairing.pairs, [Pair { es: 1, en: 0 }]);
//! assert_eq!(pairing.singles, [2]);
//! ```

use std::collections::BTreeMap;

use crate::check::{Finding, Severity};
use crate::format::doc::{loose_keys, name_keys};
use crate::lang::Lang;
use crate::termbase::PairPath;

/// Two documents that translate one another, by their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The Spanish one.
    pub es: usize,
    /// The English one.
    pub en: usize,
}

/// Documents in pairs and alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// The pairs, in the order of their first document.
    pub pairs: Vec<Pair>,
    /// The documents without a partner, in order.
    pub singles: Vec<usize>,
    /// Stated pairs that came to nothing.
    pub findings: Vec<Finding>,
}

/// Pairs documents by what the user states, then by the language marks in their names. Each document is in one
/// pair at most; where several would fit equally, none is taken.
pub fn pair<S: AsRef<str>>(names: &[S], stated: &[PairPath]) -> Pairing {
    let mut taken = vec![false; names.len()];
    let mut pairing = Pairing::default();
    for wanted in stated {
        match find_stated(names, &taken, wanted) {
            Ok(pair) => take(pair, &mut taken, &mut pairing),
            Err(finding) => pairing.findings.push(finding),
        }
    }
    for (_, pair) in by_name(names, &taken) {
        if !taken[pair.es] && !taken[pair.en] {
            take(pair, &mut taken, &mut pairing);
        }
    }
    pairing.pairs.sort_by_key(|pair| (pair.es.min(pair.en), *pair));
    pairing.singles = (0..names.len()).filter(|&i| !taken[i]).collect();
    pairing
}

fn take(pair: Pair, taken: &mut [bool], pairing: &mut Pairing) {
    taken[pair.es] = true;
    taken[pair.en] = true;
    pairing.pairs.push(pair);
}

fn find_stated<S: AsRef<str>>(names: &[S], taken: &[bool], wanted: &PairPath) -> Result<Pair, Finding> {
    let find = |path: &str| {
        names
            .iter()
            .position(|name| normal(name.as_ref()) == normal(path))
            .ok_or_else(|| stated_error(&format!("the pair names `{path}`, which is not in the corpus")))
    };
    let pair = Pair { es: find(&wanted.es)?, en: find(&wanted.en)? };
    if pair.es == pair.en || taken[pair.es] || taken[pair.en] {
        let message =
            format!("the pair `{}` and `{}` has a document that is paired already", wanted.es, wanted.en);
        return Err(stated_error(&message));
    }
    Ok(pair)
}

fn stated_error(message: &str) -> Finding {
    Finding::new(Severity::Warning, "stated-pair", message).help("mend `pairs` in the glossary file")
}

/// A path without `./`, with `/` between its parts.
fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "." | "")).collect();
    parts.join("/")
}

/// All pairs that names suggest, the most telling first (see [`name_keys`]).
fn by_name<S: AsRef<str>>(names: &[S], taken: &[bool]) -> Vec<(usize, Pair)> {
    let mut groups: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for (document, name) in names.iter().enumerate().filter(|(i, _)| !taken[*i]) {
        for (rank, key) in name_keys(name.as_ref()).into_iter().enumerate() {
            groups.entry(key.key).or_default().push(Candidate { document, lang: key.lang, rank });
        }
    }
    let mut pairs: Vec<(usize, Pair)> = groups.values().flat_map(|group| within(names, group)).collect();
    pairs.sort_unstable();
    pairs
}

/// More pairs under one loose key tell nothing.
const TOO_MANY: usize = 24;

/// The pairs that names of real life make likely (see [`loose_keys`]), to be confirmed by what the documents say.
pub(super) fn likely<S: AsRef<str>>(names: &[S]) -> Vec<Pair> {
    let mut groups: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
    for (document, name) in names.iter().enumerate() {
        for key in loose_keys(name.as_ref()) {
            groups.entry(key.key).or_default()[usize::from(key.lang == Lang::En)].push(document);
        }
    }
    let few = groups.into_values().filter(|[es, en]| es.len() * en.len() <= TOO_MANY);
    let all = |[es, en]: [Vec<usize>; 2]| {
        let each = |es: usize| en.clone().into_iter().map(move |en| Pair { es, en });
        es.into_iter().flat_map(each).filter(|pair| pair.es != pair.en).collect::<Vec<_>>()
    };
    few.flat_map(all).collect()
}

/// A document under one of its keys.
#[derive(Clone, Copy)]
struct Candidate {
    document: usize,
    lang: Lang,
    /// How telling the key is; 0 is most.
    rank: usize,
}

/// The pairs of documents with the same key: first those with the same extension, then what is left if it is
/// one of each language.
fn within<S: AsRef<str>>(names: &[S], group: &[Candidate]) -> Vec<(usize, Pair)> {
    let mut by_extension: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for candidate in group {
        by_extension.entry(extension(names[candidate.document].as_ref())).or_default().push(*candidate);
    }
    let mut left = Vec::new();
    let mut pairs = Vec::new();
    for same in by_extension.into_values() {
        match only_pair(&same) {
            Some(pair) => pairs.push(pair),
            None => left.extend(same),
        }
    }
    pairs.extend(only_pair(&left));
    pairs
}

fn only_pair(candidates: &[Candidate]) -> Option<(usize, Pair)> {
    let only = |lang| {
        let mut of_lang = candidates.iter().filter(move |candidate| candidate.lang == lang);
        of_lang.next().filter(|_| of_lang.next().is_none())
    };
    let (es, en) = (only(Lang::Es)?, only(Lang::En)?);
    (es.document != en.document).then(|| (es.rank + en.rank, Pair { es: es.document, en: en.document }))
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_make_pairs() {
        type Case<'a> = (&'a [&'a str], &'a [(usize, usize)]);
        let cases: &[Case<'_>] = &[
            (&["corpus/en/x.txt", "corpus/es/x.txt"], &[(1, 0)]),
            (&["x.en.md", "x.es.md", "y.es.md"], &[(1, 0)]),
            (&["x_ES.docx", "x_EN.docx"], &[(0, 1)]),
            (&["en-x.txt", "es-x.txt"], &[(1, 0)]),
            (&["es.txt", "en.txt"], &[(0, 1)]),
            (&["english/a.txt", "english/b.txt", "español/a.txt", "español/b.txt"], &[(2, 0), (3, 1)]),
            (&["es/x.docx", "en/x.html"], &[(0, 1)]),
            (&["es/x.docx", "es/x.txt", "en/x.txt"], &[(1, 2)]),
            (&["es/x.docx", "es/x.html", "en/x.txt"], &[]),
            (&["es/x.es.txt", "en/x.en.txt", "es/x.txt", "en/x.txt"], &[(0, 1), (2, 3)]),
            (&["es/quien-es.txt", "en/quien-es.txt"], &[(0, 1)]),
            (&["es/x.txt", "es/y.txt", "fr/x.txt"], &[]),
            (&["es/2024/x.txt", "en/2025/x.txt"], &[]),
            (&[], &[]),
        ];
        for (names, wanted) in cases {
            let pairing = pair(names, &[]);
            let pairs: Vec<_> = pairing.pairs.iter().map(|pair| (pair.es, pair.en)).collect();
            assert_eq!(pairs, *wanted, "{names:?}");
            assert_eq!(pairing.singles.len() + 2 * pairs.len(), names.len(), "{names:?}");
        }
    }

    #[test]
    fn stated_pairs_come_first() {
        let stated = |es: &str, en: &str| PairPath { es: es.to_owned(), en: en.to_owned(), base: None };
        let names = ["es/a.txt", "en/a.txt", "en/b.txt"];
        let pairing = pair(
            &names,
            &[stated("./es/a.txt", "en\\b.txt"), stated("es/a.txt", "en/a.txt"), stated("x", "y")],
        );
        assert_eq!((pairing.pairs, pairing.singles), (vec![Pair { es: 0, en: 2 }], vec![1]));
        assert_eq!(pairing.findings.len(), 2);
    }
}
