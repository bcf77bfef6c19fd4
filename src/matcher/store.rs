//! All patterns of a termbase, packed: what a compiled termbase consists of.
//!
//! A hundred thousand terms have millions of words in all their forms, but few distinct ones. So each distinct word
//! is kept once (`Lexemes`), a pattern names its words by number, and its conditions fill one small record.
//! [`PatternView`] reads a pattern back.

use std::hash::{BuildHasher, Hash};
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::MatchKind;
use super::gap::{Gap, GapRule};
use super::pattern::{AccentRule, CaseRule, Pattern, PatternWord, TailDot};
use super::simd;
use super::veto::Claim;
use crate::lang::Lang;
use crate::termbase::TermRef;

/// The number of a pattern in its [`Patterns`].
pub type PatternId = u32;

/// The number of a word's key: words that differ in case, accents and typography only have the same one.
pub(super) type WordId = u32;

/// Packed patterns, in the order of their words.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Patterns {
    records: Vec<Record>,
    /// The lexemes of all patterns, one pattern's after another's.
    words: Vec<u32>,
    lexemes: Lexemes,
    /// What stands, and may stand, between words: few distinct sequences.
    gaps: Vec<Gaps>,
    tails: Vec<Box<str>>,
    rules: Vec<Box<str>>,
    /// The forms as typed, where a text that has just these characters is a match.
    typed: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Record {
    term: TermRef,
    words: u32,
    word_count: u32,
    typed: u32,
    typed_length: u32,
    gaps: u32,
    tail: u16,
    rule: u16,
    lang: Lang,
    kind: MatchKind,
    case: CaseRule,
    accents: AccentRule,
    dot: TailDot,
    refused_in: Option<Lang>,
    only_in: Option<Lang>,
    claim: Claim,
    shortcut: Shortcut,
    /// The next pattern has the same words.
    more: bool,
}

impl Record {
    /// Where the form as typed stands among all of them.
    #[inline]
    fn typed(&self) -> Range<usize> {
        let start = self.typed as usize;
        start..start.saturating_add(self.typed_length as usize)
    }
}

/// When a comparison with the form as typed decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Shortcut {
    /// Never.
    None,
    /// Where the characters are the same.
    Same,
    /// Also where they differ in the case of ASCII letters, which no condition minds.
    SameInAnyCase,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Gaps {
    rules: Box<[GapRule]>,
    written: Box<[Gap]>,
}

impl Patterns {
    /// Packs patterns.
    pub fn pack(patterns: impl Iterator<Item = Pattern>) -> Self {
        let mut packer = Packer::default();
        patterns.for_each(|pattern| packer.add(pattern));
        packer.finish()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The pattern with this number.
    ///
    /// # Panics
    /// When there are not so many.
    #[inline]
    pub fn get(&self, id: PatternId) -> PatternView<'_> {
        PatternView { patterns: self, record: &self.records[id as usize], id }
    }

    /// All patterns, in the order of their words.
    pub fn iter(&self) -> impl Iterator<Item = PatternView<'_>> {
        (0..self.records.len() as u32).map(|id| self.get(id))
    }

    /// The length of the longest form, in bytes.
    pub fn longest(&self) -> usize {
        let length = |pattern: PatternView<'_>| pattern.words().map(|word| word.written.len() + 8).sum();
        self.iter().map(length).max().unwrap_or(0)
    }

    /// The first of each group of patterns with the same words.
    pub(super) fn groups(&self) -> impl Iterator<Item = PatternView<'_>> {
        let mut first = true;
        self.iter().filter(move |pattern| std::mem::replace(&mut first, !pattern.record.more))
    }

    /// The patterns with the same words as this one, from it on.
    #[inline]
    pub(super) fn group(&self, first: PatternId) -> impl Iterator<Item = PatternView<'_>> {
        let mut next = Some(first);
        std::iter::from_fn(move || {
            let pattern = self.get(next?);
            next = pattern.record.more.then_some(pattern.id + 1);
            Some(pattern)
        })
    }

    /// Has a pattern brought nearer.
    #[inline]
    pub(super) fn prefetch(&self, id: PatternId) {
        simd::prefetch(&self.records, id as usize);
    }

    /// Has the form as typed of a pattern brought nearer.
    #[inline]
    pub(super) fn prefetch_typed(&self, id: PatternId) {
        simd::prefetch(self.typed.as_bytes(), self.records[id as usize].typed as usize);
    }

    /// The keys of all distinct words with their numbers, which begin with 1.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.lexemes.keys.iter().zip(1..)
    }

    /// The patterns as bytes, for [`Patterns::from_bytes`]; `None` where they cannot be written so.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// The patterns that [`Patterns::to_bytes`] wrote; `None` where it did not.
    pub fn from_bytes(bytes: &[u8]) -> Option<Patterns> {
        postcard::from_bytes(bytes).ok().filter(Patterns::is_sound)
    }

    /// Whether all numbers lead somewhere: read from a file, they may not.
    fn is_sound(&self) -> bool {
        let last_ends = self.records.last().is_none_or(|record| !record.more);
        let sound = |record: &Record| {
            let end = record.words.checked_add(record.word_count);
            record.word_count > 0
                && end.is_some_and(|end| end as usize <= self.words.len())
                && self.gaps.get(record.gaps as usize).is_some_and(|gaps| {
                    gaps.rules.len() + 1 == record.word_count as usize
                        && gaps.written.len() == gaps.rules.len()
                })
                && (record.tail as usize) < self.tails.len()
                && (record.rule as usize) < self.rules.len()
                && self.typed.get(record.typed()).is_some()
        };
        last_ends
            && self.records.iter().all(sound)
            && self.words.iter().all(|&lexeme| (lexeme as usize) < self.lexemes.len())
            && self.lexemes.is_sound()
    }
}

/// A pattern, read from the pack.
#[derive(Clone, Copy, Debug)]
pub struct PatternView<'p> {
    patterns: &'p Patterns,
    record: &'p Record,
    id: PatternId,
}

impl<'p> PatternView<'p> {
    /// Its number.
    #[inline]
    pub fn id(self) -> PatternId {
        self.id
    }

    /// The term.
    #[inline]
    pub fn term(self) -> TermRef {
        self.record.term
    }

    /// Its language.
    #[inline]
    pub fn lang(self) -> Lang {
        self.record.lang
    }

    /// How many words it has, at least one.
    #[inline]
    pub fn word_count(self) -> usize {
        self.record.word_count as usize
    }

    /// Its words.
    pub fn words(self) -> impl ExactSizeIterator<Item = Word<'p>> {
        self.lexemes().iter().map(move |&lexeme| self.patterns.lexemes.get(lexeme))
    }

    /// The numbers of its words' keys.
    pub(super) fn word_ids(self) -> impl ExactSizeIterator<Item = WordId> {
        self.lexemes().iter().map(move |&lexeme| self.patterns.lexemes.ids[lexeme as usize])
    }

    fn lexemes(self) -> &'p [u32] {
        let from = self.record.words as usize;
        &self.patterns.words[from..from + self.word_count()]
    }

    /// What may stand between its words, and what the form itself has there.
    pub fn gaps(self) -> impl Iterator<Item = (&'p GapRule, &'p Gap)> {
        let gaps = &self.patterns.gaps[self.record.gaps as usize];
        gaps.rules.iter().zip(&gaps.written)
    }

    /// Characters that must follow the last word at once (`+` in C++).
    pub fn tail(self) -> &'p str {
        &self.patterns.tails[self.record.tail as usize]
    }

    /// Whether a full stop right behind the last word belongs to the match.
    #[inline]
    pub fn dot(self) -> TailDot {
        self.record.dot
    }

    /// How the form differs from the term as entered.
    #[inline]
    pub fn kind(self) -> MatchKind {
        self.record.kind
    }

    /// The rule that made the form.
    pub fn rule(self) -> &'p str {
        &self.patterns.rules[self.record.rule as usize]
    }

    /// The condition on case.
    #[inline]
    pub fn case(self) -> CaseRule {
        self.record.case
    }

    /// The condition on accents.
    #[inline]
    pub fn accents(self) -> AccentRule {
        self.record.accents
    }

    /// The language in whose segments the form does not count: there it is an everyday word.
    #[inline]
    pub fn refused_in(self) -> Option<Lang> {
        self.record.refused_in
    }

    /// The only language in whose segments the form counts.
    #[inline]
    pub fn only_in(self) -> Option<Lang> {
        self.record.only_in
    }

    /// What a one-word form must be in its sentence.
    pub fn claim(self) -> Claim {
        self.record.claim
    }

    /// The form as typed, and when being equal to it decides.
    #[inline]
    pub(super) fn shortcut(self) -> (Shortcut, &'p [u8]) {
        (self.record.shortcut, &self.patterns.typed.as_bytes()[self.record.typed()])
    }
}

/// A word of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'p> {
    /// Folded to its key: what is searched.
    pub key: &'p str,
    /// NFC with case and accents.
    pub written: &'p str,
    /// Lower case, accents kept.
    pub lower: &'p str,
}

/// The distinct words of all patterns.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Lexemes {
    written: Strings,
    /// The lower forms; empty where it is the key.
    lower: Strings,
    /// The number of each lexeme's key.
    ids: Vec<WordId>,
    /// The distinct keys, number 1 first.
    keys: Strings,
}

impl Lexemes {
    fn len(&self) -> usize {
        self.ids.len()
    }

    fn get(&self, at: u32) -> Word<'_> {
        let key = self.keys.get(self.ids[at as usize] - 1);
        let lower = self.lower.get(at);
        Word { key, written: self.written.get(at), lower: if lower.is_empty() { key } else { lower } }
    }

    fn is_sound(&self) -> bool {
        let named = |&id: &WordId| id > 0 && id as usize <= self.keys.len();
        self.written.is_sound()
            && self.lower.is_sound()
            && self.keys.is_sound()
            && self.written.len() == self.len()
            && self.lower.len() == self.len()
            && self.ids.iter().all(named)
    }
}

/// Many short strings in one.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, string: &str) -> u32 {
        self.text.push_str(string);
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    fn get(&self, at: u32) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.text[start as usize..self.ends[at as usize] as usize]
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|at| self.get(at))
    }

    fn is_sound(&self) -> bool {
        let mut start = 0;
        self.ends.iter().all(|&end| {
            let fits = start <= end && self.text.is_char_boundary(end as usize);
            start = end;
            fits
        })
    }
}

/// Packs patterns one by one.
#[derive(Default)]
struct Packer {
    packed: Patterns,
    lexemes: FxHashMap<PatternWord, u32>,
    keys: FxHashMap<Box<str>, WordId>,
    gaps: Interned<Gaps>,
    tails: Interned<Box<str>>,
    rules: Interned<Box<str>>,
}

impl Packer {
    fn add(&mut self, pattern: Pattern) {
        let typed = typed(&pattern);
        let shortcut = shortcut(&pattern, typed.as_deref());
        let words = self.packed.words.len() as u32;
        let word_count = pattern.words.len() as u32;
        for word in pattern.words {
            let lexeme = self.lexeme(word);
            self.packed.words.push(lexeme);
        }
        self.packed.records.push(Record {
            term: pattern.term,
            words,
            word_count,
            typed: self.packed.typed.len() as u32,
            typed_length: typed.as_ref().map_or(0, String::len) as u32,
            gaps: self.gaps.number(Gaps { rules: pattern.gaps, written: pattern.written_gaps }),
            tail: self.tails.number(pattern.tail) as u16,
            rule: self.rules.number(pattern.rule.into()) as u16,
            lang: pattern.lang,
            kind: pattern.kind,
            case: pattern.case,
            accents: pattern.accents,
            dot: pattern.dot,
            refused_in: pattern.refused_in,
            only_in: pattern.only_in,
            claim: pattern.claim,
            shortcut,
            more: false,
        });
        self.packed.typed.push_str(typed.as_deref().unwrap_or_default());
    }

    fn lexeme(&mut self, word: PatternWord) -> u32 {
        if let Some(&known) = self.lexemes.get(&word) {
            return known;
        }
        let lexemes = &mut self.packed.lexemes;
        let id = *self.keys.entry(word.key.clone()).or_insert_with(|| lexemes.keys.push(&word.key) + 1);
        lexemes.ids.push(id);
        lexemes.lower.push(if word.lower == word.key { "" } else { &word.lower });
        let number = lexemes.written.push(&word.written);
        self.lexemes.insert(word, number);
        number
    }

    fn finish(mut self) -> Patterns {
        (self.packed.gaps, self.packed.tails, self.packed.rules) =
            (self.gaps.all, self.tails.all, self.rules.all);
        let mut records = std::mem::take(&mut self.packed.records);
        let ids = |record: &Record| {
            let words = &self.packed.words[record.words as usize..][..record.word_count as usize];
            words.iter().map(|&lexeme| self.packed.lexemes.ids[lexeme as usize])
        };
        records.sort_by(|a, b| ids(a).cmp(ids(b)));
        for at in 1..records.len() {
            records[at - 1].more = ids(&records[at - 1]).eq(ids(&records[at]));
        }
        Patterns { records, ..self.packed }
    }
}

/// Numbers distinct values.
struct Interned<T> {
    all: Vec<T>,
    numbers: FxHashMap<u64, Vec<u32>>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Interned { all: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Eq + Hash> Interned<T> {
    fn number(&mut self, value: T) -> u32 {
        let same_hash = self.numbers.entry(FxBuildHasher.hash_one(&value)).or_default();
        if let Some(&known) = same_hash.iter().find(|&&known| self.all[known as usize] == value) {
            return known;
        }
        let number = self.all.len() as u32;
        self.all.push(value);
        same_hash.push(number);
        number
    }
}

/// The form as it would be typed, where its own gaps fit what may stand between its words.
fn typed(pattern: &Pattern) -> Option<String> {
    let mut text = String::from(&*pattern.words[0].written);
    for (word, (rule, gap)) in pattern.words[1..].iter().zip(pattern.gaps.iter().zip(&pattern.written_gaps)) {
        text.push_str(gap.typed().filter(|_| rule.allows(gap))?);
        text.push_str(&word.written);
    }
    Some(text)
}

fn shortcut(pattern: &Pattern, typed: Option<&str>) -> Shortcut {
    let plain_end = pattern.tail.is_empty() && pattern.dot == TailDot::No;
    match typed.filter(|_| plain_end) {
        None => Shortcut::None,
        Some(_) if pattern.case == CaseRule::Any => Shortcut::SameInAnyCase,
        Some(_) => Shortcut::Same,
    }
}
