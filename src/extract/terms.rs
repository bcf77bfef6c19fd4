//! Terms of one language that stand out in texts.
//!
//! A candidate is a run of content words, function words such as *de* and *of* allowed between them, that occurs
//! again and again. It ranks high where it is frequent in the texts and its words are rare elsewhere: log frequency ×
//! log *weirdness* (K. Ahmad, L. Gillam and L. Tostevin, “University of Surrey Participation in TREC8: Weirdness
//! Indexing for Logical Document Extrapolation and Retrieval”, 1999), against the shipped
//! [`Statistics`]. What mostly occurs inside longer candidates counts for the rest of its occurrences only (C-value:
//! K. Frantzi, S. Ananiadou and H. Mima, “Automatic recognition of multi-word terms: the C-value/NC-value method”,
//! International Journal on Digital Libraries 3, 2000). Several words are a candidate only where they are a noun phrase in
//! most of their places.
//!
//! ```
//! use glosa::Lang;
//! use glosa::extract::statistics::Statistics;
//! use glosa::extract::terms::{Limits, candidates};
//!
//! let lines = ["El juicio de amparo procede.", "Un juicio de amparo tarda.", "Los juicios de amparo abundan."];
//! let found = candidates(&lines, &[], Lang::Es, &Statistics::shipped(), Limits::default());
//! assert_eq!((found[0].term.as_str(), found[0].count), ("juicio de amparo", 3));
//! ```

use rustc_hash::FxHashMap;

use super::forms::{Forms, Naming, head, is_name};
use super::phrases::nominal_shares;
use super::statistics::Statistics;
use super::words::{Side, Word};
use crate::lang::Lang;
use crate::tagger::{Class, Classes, Tagger};
use crate::text::date::MONTHS;
use crate::text::{Span, fold};

/// A proposed term.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// As it stands most often.
    pub term: String,
    /// How much it looks like a term, from 0; only the order means anything.
    pub score: f32,
    /// Occurrences, inflected ones too.
    pub count: usize,
    /// Where it occurs: the index of the line, and the bytes in it.
    pub places: Vec<(u32, Span)>,
    /// How many times more frequent its words are here than elsewhere: the mean of the natural logarithms, from 0.
    pub weirdness: f32,
    /// It is a noun or a noun phrase in most places.
    pub is_nominal: bool,
}

/// What is proposed at all.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The least occurrences.
    pub count: usize,
    /// The most content words.
    pub words: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { count: 2, words: 5 }
    }
}

/// The candidates in lines of a language, best first. `known` are for each line the spans of terms that need not be
/// proposed; what lies wholly within one does not count.
pub fn candidates(
    lines: &[&str],
    known: &[Vec<Span>],
    lang: Lang,
    statistics: &Statistics<'_>,
    limits: Limits,
) -> Vec<Candidate> {
    let side = Side::new(lines.to_vec(), lang);
    let groups = Groups::collect(&side, known, limits);
    groups.ranked(&side, statistics)
}

/// Occurrences of a run of content words.
#[derive(Default)]
struct Group {
    places: Vec<(u32, Span)>,
    forms: Forms,
    /// The occurrences of the most frequent longer candidate that has it.
    within: usize,
}

/// Candidates by the lexemes of their content words.
struct Groups {
    list: Vec<(Vec<u32>, Group)>,
}

impl Groups {
    fn collect(side: &Side<'_>, known: &[Vec<Span>], limits: Limits) -> Self {
        // Most runs occur once: they are counted before anything is kept of them.
        let mut counts: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
        each_run(side, known, limits, |_, _, key| match counts.get_mut(key) {
            Some(count) => *count += 1,
            None => {
                counts.insert(key.to_vec(), 1);
            }
        });
        counts.retain(|_, count| *count as usize >= limits.count);
        let mut groups: FxHashMap<Vec<u32>, Group> = FxHashMap::default();
        each_run(side, known, limits, |line, words, key| {
            if counts.contains_key(key) {
                groups.entry(key.to_vec()).or_default().add(side, line, words);
            }
        });
        let mut list: Vec<_> = groups.into_iter().collect();
        list.sort_by(|a, b| a.0.cmp(&b.0));
        let mut groups = Groups { list };
        groups.count_nested();
        groups
    }

    fn count_nested(&mut self) {
        let mut within: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
        for (key, group) in self.list.iter().filter(|(key, _)| key.len() > 1) {
            for part in (1..key.len()).flat_map(|length| key.windows(length)) {
                let most = within.entry(part.to_vec()).or_default();
                *most = (*most).max(group.places.len());
            }
        }
        for (key, group) in &mut self.list {
            group.within = within.get(key).copied().unwrap_or_default();
        }
    }

    fn ranked(self, side: &Side<'_>, statistics: &Statistics<'_>) -> Vec<Candidate> {
        let weirdness = weirdness(side, statistics);
        let candidate = |(key, group): (Vec<u32>, Group)| {
            let stems = key.iter().map(|&lexeme| side.lexemes[lexeme as usize]);
            let weirdness = stems.map(|stem| weirdness[stem as usize]).sum::<f32>() / key.len() as f32;
            let score = group.weight() * weirdness;
            // Most are parts of others or everyday words: they need no name.
            if score <= 0.0 {
                return None;
            }
            let term = group.name(side.lang);
            let score = score * termhood(&term, side.lang);
            (score > 0.0).then_some(Candidate {
                term,
                score,
                count: group.places.len(),
                places: group.places,
                weirdness,
                is_nominal: false,
            })
        };
        let mut found: Vec<Candidate> = self.list.into_iter().filter_map(candidate).collect();
        let shares = nominal_shares(&found, &side.texts, side.lang);
        for (candidate, share) in found.iter_mut().zip(shares) {
            candidate.is_nominal = share >= MOSTLY;
        }
        found.retain(|candidate| {
            candidate.is_nominal || is_name(&candidate.term) || !candidate.term.contains(' ')
        });
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.term.cmp(&b.term)));
        found
    }
}

/// A candidate is what it is in such a part of its places.
const MOSTLY: f32 = 0.5;

impl Group {
    fn add(&mut self, side: &Side<'_>, line: usize, words: &[Word]) {
        let span = Span::new(words[0].span.start, words[words.len() - 1].span.end);
        self.places.push((line as u32, span));
        let begins = words[0].after_break || span.start == side.lines[line][0].span.start;
        self.forms.add(span.of(side.texts[line]), begins, 1);
    }

    fn name(&self, lang: Lang) -> String {
        let name = self.forms.name(lang, Naming::Singular);
        let classes = may_be(&name, lang);
        let is_verb = !classes.is_empty() && classes.within(Classes::of(&[Class::Verb]));
        if is_verb { self.forms.name(lang, Naming::Infinitive) } else { name }
    }

    /// The logarithm of how often it occurs on its own.
    fn weight(&self) -> f32 {
        (self.places.len().saturating_sub(self.within) as f32).ln_1p()
    }
}

/// For each stem the logarithm of how many times more frequent it is here than elsewhere, at least 0.
fn weirdness(side: &Side<'_>, statistics: &Statistics<'_>) -> Vec<f32> {
    let mut counts = vec![0u32; side.stems.len()];
    side.lines.iter().flatten().for_each(|word| counts[word.stem as usize] += 1);
    let million = counts.iter().sum::<u32>().max(1) as f32 / 1e6;
    let one = |(stem, count): (&super::words::Stem, u32)| {
        (count as f32 / million / statistics.stem_per_million(&stem.key, side.lang)).ln().max(0.0)
    };
    side.stems.iter().zip(counts).map(one).collect()
}

/// Calls `take` with every run that may be a term: its line, its words, the lexemes of its content words.
fn each_run(
    side: &Side<'_>,
    known: &[Vec<Span>],
    limits: Limits,
    mut take: impl FnMut(usize, &[Word], &[u32]),
) {
    let mut key = Vec::new();
    for (line, words) in side.lines.iter().enumerate() {
        let known = known.get(line).map_or(&[][..], Vec::as_slice);
        let text = side.texts[line];
        for start in (0..words.len()).filter(|&at| may_begin(words, at, text)) {
            key.clear();
            let mut end = Some(start);
            while let Some(at) = end {
                key.push(words[at].lexeme);
                let span = Span::new(words[start].span.start, words[at].span.end);
                if !known.iter().any(|known| known.start <= span.start && span.end <= known.end) {
                    take(line, &words[start..=at], &key);
                }
                end = if key.len() < limits.words { next(words, at, text, side.lang) } else { None };
            }
        }
    }
}

fn may_begin(words: &[Word], at: usize, text: &str) -> bool {
    let word = words[at].span.of(text);
    if words[at].is_function
        || word.chars().count() < 2
        || word.starts_with(char::is_uppercase) && word.ends_with("’s")
    {
        return false;
    }
    // A number begins names only: 1944 Water Treaty.
    let before_name = || words.get(at + 1).is_some_and(|next| !next.after_break && is_capital(next, text));
    if word.contains(char::is_alphabetic) { !is_number(word) } else { before_name() }
}

/// Numbers up to twelve in letters, which terms seldom begin with; one is a function word.
fn is_number(word: &str) -> bool {
    matches!(
        word,
        "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "dos"
            | "tres"
            | "cuatro"
            | "cinco"
            | "seis"
            | "siete"
            | "ocho"
            | "nueve"
            | "diez"
            | "once"
            | "doce"
    )
}

/// The content word that goes on a run, past the function words that a term may have inside.
fn next(words: &[Word], at: usize, text: &str, lang: Lang) -> Option<usize> {
    let ahead = |step: usize| words.get(at + step).filter(|word| !word.after_break);
    let mut between = Vec::new();
    for step in 1..=3 {
        let word = ahead(step)?;
        if !word.is_function {
            let capitals = is_capital(&words[at], text) && is_capital(word, text);
            return bridges(&between, capitals, lang).then_some(at + step);
        }
        between.push(fold::lower(word.span.of(text)));
    }
    None
}

fn is_capital(word: &Word, text: &str) -> bool {
    word.span.of(text).chars().next().is_some_and(char::is_uppercase)
}

/// Whether function words may stand inside a term; in names more of them may.
fn bridges(between: &[String], in_name: bool, lang: Lang) -> bool {
    let between: Vec<&str> = between.iter().map(String::as_str).collect();
    let name = in_name
        && matches!(
            between[..],
            ["a" | "al" | "en" | "para" | "y" | "e" | "con" | "and" | "for" | "in" | "on" | "to"]
        );
    name || match lang {
        Lang::Es => matches!(between[..], [] | ["de" | "del"] | ["de", "la" | "las" | "los"]),
        Lang::En => matches!(between[..], [] | ["of" | "for"] | ["of", "the"]),
    }
}

/// How much a candidate counts by the classes that its head may have: a noun or an unknown word fully, a verb or an
/// adjective alone less, what can be no term not at all.
fn termhood(term: &str, lang: Lang) -> f32 {
    if is_date(term) {
        return 0.0;
    }
    if is_name(term) {
        return 1.0;
    }
    let classes = may_be(head(term, lang), lang);
    if classes.is_empty() || classes.meets(Classes::of(&[Class::Noun, Class::Name])) {
        1.0
    } else if term.contains([' ', '-']) || !classes.meets(Classes::of(&[Class::Adjective, Class::Verb])) {
        0.0
    } else {
        LONE
    }
}

/// Whether a candidate is a month, alone or with its year.
fn is_date(term: &str) -> bool {
    let is_month = |word: &str| MONTHS.iter().any(|(es, en)| word == *es || word == *en);
    let is_part =
        |word: &str| is_month(word) || word == "de" || word.bytes().all(|byte| byte.is_ascii_digit());
    term.split(' ').any(is_month) && term.split(' ').all(is_part)
}

/// What a verb or an adjective alone counts.
const LONE: f32 = 0.5;

/// The classes that the tagger's dictionary knows of a word; an English form in *-ing* may be a noun.
fn may_be(word: &str, lang: Lang) -> Classes {
    let word = fold::lower(word);
    let classes = Tagger::of(lang).entry(&word).classes;
    let gerund = lang == Lang::En && !classes.is_empty() && word.ends_with("ing");
    if gerund { classes | Classes::of(&[Class::Noun]) } else { classes }
}
