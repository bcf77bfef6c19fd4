//! Look-up of headwords: exact, without accents, inflected, by prefix, by a word within, with typing errors.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::lang::Lang;
use crate::matcher::{MatchKind, Matcher};
use crate::termbase::TermRef;
use crate::text::tokens;

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
    signatures: Vec<Signature>,
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

/// What keys with few typing errors have in common, so that far keys are passed over without measuring.
#[derive(Clone, Copy, Debug)]
struct Signature {
    /// A bit for each character. An error changes two at the most.
    chars: u64,
    /// A bit for each two neighbours. An error (two letters exchanged) changes six at the most.
    pairs: u64,
    len: u32,
    form: u32,
}

impl Signature {
    fn new(key: &str, form: u32) -> Self {
        let mut signature = Signature { chars: 0, pairs: 0, len: 0, form };
        let mut before = 0;
        for c in key.chars().map(u32::from) {
            signature.chars |= 1 << (c % 64);
            signature.pairs |= 1 << ((before * 7 + c) % 61);
            signature.len += 1;
            before = c;
        }
        signature
    }

    fn may_be_near(&self, other: &Signature, errors: u32) -> bool {
        self.len.abs_diff(other.len) <= errors
            && (self.chars ^ other.chars).count_ones() <= 2 * errors
            && (self.pairs ^ other.pairs).count_ones() <= 6 * errors
    }
}

impl Index {
    /// Indexes the patterns of a matcher.
    pub fn new(matcher: &Matcher) -> Self {
        let mut forms: Vec<Form> = matcher
            .patterns()
            .iter()
            .filter(|pattern| pattern.only_in().is_none())
            .map(|pattern| Form {
                key: join(pattern.words().map(|word| word.key)),
                lower: join(pattern.words().map(|word| word.lower)),
                term: pattern.term(),
                lang: pattern.lang(),
                inflected: pattern.kind() == MatchKind::Inflected,
            })
            .collect();
        forms.sort_by(|a, b| (&a.key, a.inflected, a.term).cmp(&(&b.key, b.inflected, b.term)));
        let by_word = by_word(&forms);
        let signatures = signatures(&forms);
        Index { forms, by_word, signatures }
    }

    /// The entries that a query names, best first, at most `limit`, each term once. Typing errors are only
    /// forgiven where nothing agrees better than by a word within.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Found> {
        let query = Query::new(query);
        if query.key.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.starting_with(&query, &mut found);
        if found.iter().all(|(agreement, ..)| *agreement > Agreement::Inflected) {
            self.holding(&query, &mut found);
        }
        if found.is_empty() {
            self.nearly(&query, &mut found);
        }
        self.ranked(found, limit)
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

    fn nearly(&self, query: &Query, found: &mut Vec<Ranked>) {
        let wanted = Signature::new(&query.key, 0);
        let errors = match wanted.len {
            0..4 => return,
            4..=6 => 1,
            _ => 2,
        };
        let query: Vec<char> = query.key.chars().collect();
        let mut key: Vec<char> = Vec::new();
        for signature in self.signatures.iter().filter(|signature| signature.may_be_near(&wanted, errors)) {
            key.clear();
            key.extend(self.forms[signature.form as usize].key.chars());
            if let Some(distance) = distance(&query, &key, errors as usize) {
                found.push((Agreement::Typo, distance, signature.form));
            }
        }
    }

    fn ranked(&self, mut found: Vec<Ranked>, limit: usize) -> Vec<Found> {
        let form = |i: u32| &self.forms[i as usize];
        found.sort_by_key(|&(agreement, distance, i)| (agreement, distance, form(i).term));
        let mut terms = rustc_hash::FxHashSet::default();
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

struct Query {
    key: String,
    lower: String,
}

impl Query {
    fn new(query: &str) -> Self {
        Query { key: tokens::phrase_key(query), lower: tokens::phrase_lower(query) }
    }
}

/// Whether whole words of a key are the words of another.
fn holds_words(key: &str, words: &str) -> bool {
    let bytes = key.as_bytes();
    let bounded = |at: usize| {
        let end = at + words.len();
        (at == 0 || bytes[at - 1] == b' ') && bytes.get(end).is_none_or(|&next| next == b' ')
    };
    key.match_indices(words).any(|(at, _)| bounded(at))
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> Box<str> {
    words.collect::<Vec<_>>().join(" ").into()
}

/// The number of typing errors between two keys (a letter too many, too few, another, two exchanged), where it is
/// `most` at most: the optimal string alignment distance, given up as soon as it must be more.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let far = most + 1;
    let [mut before, mut last, mut row] =
        [vec![far; b.len() + 1], (0..=b.len()).collect(), vec![far; b.len() + 1]];
    for (i, &x) in a.iter().enumerate() {
        // Farther from the diagonal every place is more than `most` away.
        let (from, to) = (i.saturating_sub(most), (i + far).min(b.len()));
        row.fill(far);
        row[0] = i + 1;
        for j in from..to {
            let y = b[j];
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        if row.iter().min() > Some(&most) {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    last.pop().filter(|&distance| distance <= most)
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

fn signatures(forms: &[Form]) -> Vec<Signature> {
    let mut start = 0;
    forms
        .chunk_by(|a, b| a.key == b.key)
        .map(|same| {
            let form = start as u32;
            start += same.len();
            Signature::new(&same[0].key, form)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::termbase::{Concept, LangSection, LangTag, TermEntry, Termbase};

    fn index(terms: &[(&str, &str)]) -> Index {
        let concept = |&(tag, term): &(&str, &str)| Concept {
            sections: vec![LangSection { tag: LangTag(tag.into()), terms: vec![TermEntry::new(term)] }],
            ..Concept::default()
        };
        let termbase = Termbase { concepts: terms.iter().map(concept).collect(), ..Termbase::default() };
        Index::new(&Matcher::new(&termbase))
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

    proptest! {
        #[test]
        fn signatures_pass_over_nothing_near(a in "[a-dñ ]{1,12}", b in "[a-dñ ]{1,12}") {
            let errors = strsim::osa_distance(&a, &b) as u32;
            prop_assert!(Signature::new(&a, 0).may_be_near(&Signature::new(&b, 0), errors));
        }

        #[test]
        fn distances_are_those_of_the_textbook(a in "[a-cñ]{0,8}", b in "[a-cñ]{0,8}", most in 0..4usize) {
            let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let expected = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance(&x, &y, most), (expected <= most).then_some(expected));
        }
    }
}
