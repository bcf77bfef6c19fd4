//! Look-up of headwords: exact, without accents, inflected, by prefix, by a word within, by stem, with typing errors.
//!
//! A stem is what a word shares with its family (deportados, deportación). Texts are never searched by stems, which
//! take *puerto* for *puerta*; somebody who looks a word up that no entry has is glad of its relatives.

mod query;
mod stems;
mod typos;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::lang::Lang;
use crate::matcher::shelf::{Extent, Shelf, Signature};
use crate::matcher::{MatchKind, Matcher, PatternView};
use crate::termbase::TermRef;
use query::{Query, holds_words};
use typos::distance;

/// How a query and an entry agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The term itself, but for case and typography.
    Exact,
    /// The term but for accents.
    Accent,
    /// An inflected or listed form.
    Inflected,
    /// The term begins with the query.
    Prefix,
    /// The query is a word or words within the term.
    Within,
    /// The words of the query are of the same families as those of the term, or as some of them, or the other way
    /// round.
    Stem,
    /// The query has one or two typing errors.
    Typo,
}

/// An entry that a query names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The term.
    pub term: TermRef,
    /// Its language.
    pub lang: Lang,
    /// How it agrees with the query.
    pub agreement: Agreement,
}

/// All forms of all terms, ready for look-up.
#[derive(Debug)]
pub struct Index {
    /// Sorted by key.
    forms: Vec<Form>,
    /// For each word, the forms as entered that hold it.
    by_word: FxHashMap<Box<str>, Vec<u32>>,
    /// One for each distinct key, with its first form.
    signatures: Vec<(Signature, u32)>,
}

#[derive(Debug)]
struct Form {
    /// The words' keys, parted by spaces.
    key: Box<str>,
    /// Lower case, accents kept.
    lower: Box<str>,
    term: TermRef,
    lang: Lang,
    inflected: bool,
}

impl Form {
    fn of(pattern: PatternView<'_>) -> Self {
        Form {
            key: join(pattern.words().map(|word| word.key)),
            lower: join(pattern.words().map(|word| word.lower)),
            term: pattern.term(),
            lang: pattern.lang(),
            inflected: pattern.kind() == MatchKind::Inflected,
        }
    }
}

/// An article before a term that is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    /// the; el, la, los, las.
    Definite,
    /// a, an; un, una, unos, unas.
    Indefinite,
}

/// The article that a query begins with, and what is left of it.
pub fn without_article(query: &str) -> Option<(Article, &str)> {
    let (first, rest) = query.trim_start().split_once(char::is_whitespace)?;
    let article = match first.to_lowercase().as_str() {
        "the" | "el" | "la" | "los" | "las" => Article::Definite,
        "a" | "an" | "un" | "una" | "unos" | "unas" => Article::Indefinite,
        _ => return None,
    };
    Some((article, rest.trim_start())).filter(|(_, rest)| !rest.is_empty())
}

/// What is found of a query; without its article, where that names an entry and the whole does not.
pub fn with_or_without_article(query: &str, find: impl Fn(&str) -> Vec<Found>) -> Vec<Found> {
    let is_named =
        |found: &[Found]| found.first().is_some_and(|first| first.agreement <= Agreement::Inflected);
    let whole = find(query);
    if is_named(&whole) {
        return whole;
    }
    let bare = without_article(query).map(|(_, bare)| find(bare)).filter(|bare| is_named(bare));
    bare.unwrap_or(whole)
}

/// The entries that a query names, as [`Index::find`] gives them for all the patterns of a shelf; only those are
/// looked at that the query may name.
pub fn find_on(shelf: &Shelf, query: &str, limit: usize) -> Vec<Found> {
    let words = Query::new(query);
    let same = shelf.possible_in([query]);
    let longer = shelf.naming(Extent::Entered, |key| words.may_be_within(key));
    let index = Index::of(same.iter().chain(longer.iter()));
    let found = index.named(&words);
    if !found.is_empty() {
        return index.ranked(found, limit);
    }
    let near = shelf.naming(Extent::Entered, |key| words.may_be_kin(key) || words.may_be_mistyped(key));
    let inflected = words.mistyped_on(shelf, Extent::Inflected);
    let index = Index::of(near.iter().chain(inflected.iter()));
    index.ranked(index.near(&words), limit)
}

impl Index {
    /// Indexes the patterns of a matcher.
    pub fn new(matcher: &Matcher) -> Self {
        Index::of(matcher.patterns().iter())
    }

    fn of<'p>(patterns: impl Iterator<Item = PatternView<'p>>) -> Self {
        let mut forms: Vec<Form> =
            patterns.filter(|pattern| pattern.only_in().is_none()).map(Form::of).collect();
        forms.sort_by(|a, b| (&a.key, a.inflected, a.term).cmp(&(&b.key, b.inflected, b.term)));
        let by_word = by_word(&forms);
        let signatures = signatures(&forms);
        Index { forms, by_word, signatures }
    }

    /// The entries that a query names, best first, at most `limit`, each term once. Stems and typing errors only
    /// count where nothing agrees better.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Found> {
        let query = Query::new(query);
        let mut found = self.named(&query);
        if found.is_empty() {
            found = self.near(&query);
        }
        self.ranked(found, limit)
    }

    /// What has the query's words, itself or within.
    fn named(&self, query: &Query) -> Vec<Ranked> {
        let mut found = Vec::new();
        if query.key.is_empty() {
            return found;
        }
        self.starting_with(query, &mut found);
        if found.iter().all(|(agreement, ..)| *agreement > Agreement::Inflected) {
            self.holding(query, &mut found);
        }
        found
    }

    /// What is like the query.
    fn near(&self, query: &Query) -> Vec<Ranked> {
        let mut found = Vec::new();
        self.kindred(query, &mut found);
        self.nearly(query, &mut found);
        found
    }

    fn starting_with(&self, query: &Query, found: &mut Vec<Ranked>) {
        let from = self.forms.partition_point(|form| *form.key < *query.key);
        for (i, form) in self.forms.iter().enumerate().skip(from) {
            let Some(rest) = form.key.strip_prefix(query.key.as_str()) else { break };
            let agreement = match rest {
                "" if form.inflected => Agreement::Inflected,
                "" if *form.lower == *query.lower => Agreement::Exact,
                "" => Agreement::Accent,
                _ if form.inflected => continue,
                _ => Agreement::Prefix,
            };
            found.push((agreement, rest.len(), i as u32));
        }
    }

    fn holding(&self, query: &Query, found: &mut Vec<Ranked>) {
        // Only the forms with the query's rarest word need be looked at.
        let lists = query.key.split(' ').map(|word| self.by_word.get(word).map_or(&[][..], Vec::as_slice));
        for &i in lists.min_by_key(|list| list.len()).unwrap_or_default() {
            let key = &self.forms[i as usize].key;
            if holds_words(key, &query.key) {
                found.push((Agreement::Within, key.len(), i));
            }
        }
    }

    fn kindred(&self, query: &Query, found: &mut Vec<Ranked>) {
        let entered = self.forms.iter().zip(0..).filter(|(form, _)| !form.inflected);
        for (form, i) in entered.filter(|(form, _)| query.stems.may_be_kin(&form.key)) {
            let further = query.stems.further_words(&form.lower, form.lang);
            found.extend(further.map(|further| (Agreement::Stem, further, i)));
        }
    }

    fn nearly(&self, query: &Query, found: &mut Vec<Ranked>) {
        let wanted: Vec<char> = query.key.chars().collect();
        let mut key: Vec<char> = Vec::new();
        for (_, form) in self.signatures.iter().filter(|(signature, _)| query.may_be_near(signature)) {
            key.clear();
            key.extend(self.forms[*form as usize].key.chars());
            let distance = distance(&wanted, &key, query.errors as usize);
            found.extend(distance.map(|distance| (Agreement::Typo, distance, *form)));
        }
    }

    fn ranked(&self, mut found: Vec<Ranked>, limit: usize) -> Vec<Found> {
        let form = |i: u32| &self.forms[i as usize];
        found.sort_by_key(|&(agreement, distance, i)| (agreement, distance, form(i).term));
        let mut terms = FxHashSet::default();
        let all = found.into_iter().map(|(agreement, _, i)| Found {
            term: form(i).term,
            lang: form(i).lang,
            agreement,
        });
        all.filter(|found| terms.insert(found.term)).take(limit).collect()
    }
}

/// Agreement, distance within it, index of the form.
type Ranked = (Agreement, usize, u32);

fn join<'a>(words: impl Iterator<Item = &'a str>) -> Box<str> {
    words.collect::<Vec<_>>().join(" ").into()
}

fn by_word(forms: &[Form]) -> FxHashMap<Box<str>, Vec<u32>> {
    let mut by_word: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, form)| !form.inflected && form.key.contains(' ')) {
        for word in form.key.split(' ') {
            by_word.entry(word.into()).or_default().push(i as u32);
        }
    }
    by_word
}

fn signatures(forms: &[Form]) -> Vec<(Signature, u32)> {
    let mut start = 0;
    forms
        .chunk_by(|a, b| a.key == b.key)
        .map(|same| {
            let form = start as u32;
            start += same.len();
            (Signature::new(&same[0].key), form)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Concept, LangSection, LangTag, TermEntry, Termbase};

    fn termbase(terms: &[(&str, &str)]) -> Termbase {
        let concept = |&(tag, term): &(&str, &str)| Concept {
            sections: vec![LangSection { tag: LangTag(tag.into()), terms: vec![TermEntry::new(term)] }],
            ..Concept::default()
        };
        Termbase { concepts: terms.iter().map(concept).collect(), ..Termbase::default() }
    }

    fn index(terms: &[(&str, &str)]) -> Index {
        Index::new(&Matcher::new(&termbase(terms)))
    }

    #[test]
    fn an_article_is_left_out_where_the_rest_is_an_entry() {
        let index =
            index(&[("en", "tariff"), ("en", "The Hague"), ("es", "arancel"), ("en", "rear the cattle")]);
        for (query, concept) in [
            ("the tariffs", Some(0)),
            ("A tariff", Some(0)),
            ("los aranceles", Some(2)),
            ("the hague", Some(1)),
            // The whole is looked for first, and for all that is no entry.
            ("the cattle", Some(3)),
            ("the", Some(1)),
            ("the zebra", None),
        ] {
            let found = with_or_without_article(query, |query| index.find(query, 1));
            assert_eq!(found.first().map(|found| found.term.concept), concept, "{query}");
        }
    }

    #[test]
    fn queries_find_entries() {
        let index = index(&[
            ("es", "arancel"),
            ("es", "Quédate en México"),
            ("en", "Remain in Mexico"),
            ("es", "vuelo de deportación"),
            ("es", "T-MEC"),
        ]);
        for (query, concept, agreement) in [
            ("arancel", 0, Agreement::Exact),
            ("Arancel", 0, Agreement::Exact),
            ("quedate en mexico", 1, Agreement::Accent),
            ("REMAIN IN MEXICO", 2, Agreement::Exact),
            ("remain", 2, Agreement::Prefix),
            ("deportacion", 3, Agreement::Within),
            ("in mexico", 2, Agreement::Within),
            ("deportados", 3, Agreement::Stem),
            ("aranzel", 0, Agreement::Typo),
            ("tmec", 4, Agreement::Exact),
            ("t mec", 4, Agreement::Exact),
        ] {
            let found = index.find(query, 5);
            let best = found.first().map(|found| (found.term.concept, found.agreement));
            assert_eq!(best, Some((concept, agreement)), "{query}");
        }
        assert!(index.find("elo de", 5).is_empty(), "parts of words are not within");
        assert!(index.find("zzzzzz", 5).is_empty() && index.find("", 5).is_empty());
    }

    #[test]
    fn a_shelf_gives_the_same_entries() {
        let terms: Vec<(&str, &str)> = [
            "arancel",
            "aranceles compensatorios",
            "vuelo de deportación",
            "T-MEC",
            "Quédate en México",
            "deportar",
        ]
        .map(|term| ("es", term))
        .into_iter()
        .chain(["tariff", "attorney general", "rule of origin", "Remain in Mexico"].map(|term| ("en", term)))
        .collect();
        let matcher = Matcher::new(&termbase(&terms));
        let packed = Shelf::pack(matcher.patterns()).expect("bytes");
        let shelf = Shelf::open(crate::packed::Section::whole(packed)).expect("a shelf");
        let index = Index::new(&matcher);
        for query in [
            "arancel",
            "aranceles",
            "arancles",
            "ARANCÉL",
            "deportados",
            "deportando",
            "attorneys general",
            "tmec",
            "mexico",
            "remain",
            "de",
            "rules origin",
            "orgin",
            "zzzzzz",
            "",
            "a",
        ] {
            assert_eq!(find_on(&shelf, query, 9), index.find(query, 9), "{query}");
        }
    }
}
