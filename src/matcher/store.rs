//! All patterns of a termbase, packed: what a compiled termbase consists of.
//!
//! A hundred thousand terms have millions of words in all their forms, but few distinct ones. So each distinct word
//! is kept once (`Lexemes`), and so is each distinct set of conditions (`Manner`); a pattern names its words and its
//! manner by number. [`PatternView`] reads a pattern back.

use std::hash::{BuildHasher, Hash};
use std::io::{self, Write};
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::MatchKind;
use super::gap::{Gap, GapRule};
use super::pattern::{AccentRule, CaseRule, Pattern, PatternWord, TailDot};
use super::veto::Claim;
use crate::lang::Lang;
use crate::packed::{Flat, Reader, Writer};
use crate::simd;
use crate::termbase::TermRef;

/// The number of a pattern in its [`Patterns`].
pub type PatternId = u32;

/// The number of a word's key: words that differ in case, accents and typography only have the same one.
pub(super) type WordId = u32;

/// Packed patterns, in the order of their words.
#[derive(Debug, Default)]
pub struct Patterns {
    records: Vec<Record>,
    /// The lexemes of all patterns, one pattern's after another's.
    words: Vec<u32>,
    lexemes: Lexemes,
    few: Few,
    /// The forms as typed, where a text that has just these characters is a match.
    typed: String,
}

/// What few distinct ones there are of.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Few {
    manners: Vec<Manner>,
    /// What stands, and may stand, between words.
    gaps: Vec<Gaps>,
    tails: Vec<Box<str>>,
    rules: Vec<Box<str>>,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    term: TermRef,
    words: u32,
    word_count: u32,
    typed: u32,
    typed_length: u32,
    /// The number of its manner, and [`MORE`] where the next pattern has the same words.
    manner: u32,
}

const MORE: u32 = 1 << 31;

impl Record {
    /// Where the form as typed stands among all of them.
    #[inline]
    fn typed(&self) -> Range<usize> {
        let start = self.typed as usize;
        start..start.saturating_add(self.typed_length as usize)
    }

    #[inline]
    fn more(&self) -> bool {
        self.manner & MORE != 0
    }

    #[inline]
    fn manner(&self) -> usize {
        (self.manner & !MORE) as usize
    }
}

impl Flat for Record {
    const SIZE: usize = <[u32; 8]>::SIZE;

    fn put(self, out: &mut Vec<u8>) {
        let TermRef { concept, section, term } = self.term;
        let Record { words, word_count, typed, typed_length, manner, .. } = self;
        [concept, section, term, words, word_count, typed, typed_length, manner].put(out);
    }

    fn get(bytes: &[u8]) -> Self {
        let [concept, section, term, words, word_count, typed, typed_length, manner] = Flat::get(bytes);
        Record { term: TermRef { concept, section, term }, words, word_count, typed, typed_length, manner }
    }
}

/// All of a pattern but its term and words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Manner {
    gaps: u32,
    tail: u32,
    rule: u32,
    lang: Lang,
    kind: MatchKind,
    case: CaseRule,
    accents: AccentRule,
    dot: TailDot,
    refused_in: Option<Lang>,
    only_in: Option<Lang>,
    claim: Claim,
    shortcut: Shortcut,
}

/// When a comparison with the form as typed decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
        self.iter().filter(move |pattern| std::mem::replace(&mut first, !pattern.record.more()))
    }

    /// The patterns with the same words as this one, from it on.
    #[inline]
    pub(super) fn group(&self, first: PatternId) -> impl Iterator<Item = PatternView<'_>> {
        let mut next = Some(first);
        std::iter::from_fn(move || {
            let pattern = self.get(next?);
            next = pattern.record.more().then_some(pattern.id + 1);
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
    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = (&str, WordId)> {
        self.lexemes.keys.iter().enumerate().map(|(at, key)| (key, at as WordId + 1))
    }

    /// Writes the patterns for [`Patterns::read`].
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.records)?;
        writer.array(&self.words)?;
        self.lexemes.write(writer)?;
        writer.value(&self.few)?;
        writer.bytes(self.typed.as_bytes())
    }

    /// The patterns that [`Patterns::write`] wrote; `None` where it did not.
    pub fn read(reader: &mut Reader) -> Option<Patterns> {
        let patterns = Patterns {
            records: reader.array()?,
            words: reader.array()?,
            lexemes: Lexemes::read(reader)?,
            few: reader.value()?,
            typed: reader.text()?,
        };
        patterns.is_sound().then_some(patterns)
    }

    /// Whether all numbers lead somewhere: read from a file, they may not.
    fn is_sound(&self) -> bool {
        let last_ends = self.records.last().is_none_or(|record| !record.more());
        let sound = |record: &Record| {
            let end = record.words.checked_add(record.word_count);
            let gaps = self.few.manners.get(record.manner()).map(|manner| manner.gaps as usize);
            end.is_some_and(|end| end as usize <= self.words.len())
                && gaps.is_some_and(|at| self.few.gaps[at].rules.len() + 1 == record.word_count as usize)
                && self.typed.get(record.typed()).is_some()
        };
        self.few.is_sound()
            && last_ends
            && self.records.iter().all(sound)
            && self.words.iter().all(|&lexeme| (lexeme as usize) < self.lexemes.len())
            && self.lexemes.is_sound()
    }
}

impl Few {
    fn is_sound(&self) -> bool {
        let sound = |manner: &Manner| {
            (manner.gaps as usize) < self.gaps.len()
                && (manner.tail as usize) < self.tails.len()
                && (manner.rule as usize) < self.rules.len()
        };
        let same_length = |gaps: &Gaps| gaps.rules.len() == gaps.written.len();
        self.manners.iter().all(sound) && self.gaps.iter().all(same_length)
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
        self.manner().lang
    }

    /// How many words it has, at least one.
    #[inline]
    pub fn word_count(self) -> usize {
        self.record.word_count as usize
    }

    /// Its words.
    #[inline]
    pub fn words(self) -> impl ExactSizeIterator<Item = Word<'p>> {
        self.lexemes().iter().map(move |&lexeme| self.patterns.lexemes.get(lexeme))
    }

    /// The numbers of its words' keys.
    #[inline]
    pub(super) fn word_ids(self) -> impl ExactSizeIterator<Item = WordId> {
        self.lexemes().iter().map(move |&lexeme| self.patterns.lexemes.ids[lexeme as usize])
    }

    #[inline]
    fn lexemes(self) -> &'p [u32] {
        let from = self.record.words as usize;
        &self.patterns.words[from..from + self.word_count()]
    }

    #[inline]
    fn manner(self) -> &'p Manner {
        &self.patterns.few.manners[self.record.manner()]
    }

    /// What may stand between its words, and what the form itself has there.
    #[inline]
    pub fn gaps(self) -> impl Iterator<Item = (&'p GapRule, &'p Gap)> {
        let gaps = &self.patterns.few.gaps[self.manner().gaps as usize];
        // Not zipped: that would be a call at every word.
        (0..gaps.rules.len()).map(|at| (&gaps.rules[at], &gaps.written[at]))
    }

    /// Characters that must follow the last word at once (`+` in C++).
    #[inline]
    pub fn tail(self) -> &'p str {
        &self.patterns.few.tails[self.manner().tail as usize]
    }

    /// Whether a full stop right behind the last word belongs to the match.
    #[inline]
    pub fn dot(self) -> TailDot {
        self.manner().dot
    }

    /// How the form differs from the term as entered.
    #[inline]
    pub fn kind(self) -> MatchKind {
        self.manner().kind
    }

    /// The rule that made the form.
    pub fn rule(self) -> &'p str {
        &self.patterns.few.rules[self.manner().rule as usize]
    }

    /// The condition on case.
    #[inline]
    pub fn case(self) -> CaseRule {
        self.manner().case
    }

    /// The condition on accents.
    #[inline]
    pub fn accents(self) -> AccentRule {
        self.manner().accents
    }

    /// The language in whose segments the form does not count: there it is an everyday word.
    #[inline]
    pub fn refused_in(self) -> Option<Lang> {
        self.manner().refused_in
    }

    /// The only language in whose segments the form counts.
    #[inline]
    pub fn only_in(self) -> Option<Lang> {
        self.manner().only_in
    }

    /// What a one-word form must be in its sentence.
    #[inline]
    pub fn claim(self) -> Claim {
        self.manner().claim
    }

    /// The form as typed, and when being equal to it decides.
    #[inline]
    pub(super) fn shortcut(self) -> (Shortcut, &'p [u8]) {
        (self.manner().shortcut, &self.patterns.typed.as_bytes()[self.record.typed()])
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
#[derive(Debug, Default)]
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

    #[inline]
    fn get(&self, at: u32) -> Word<'_> {
        let key = self.keys.get(self.ids[at as usize] - 1);
        let lower = self.lower.get(at);
        Word { key, written: self.written.get(at), lower: if lower.is_empty() { key } else { lower } }
    }

    fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        self.written.write(writer)?;
        self.lower.write(writer)?;
        writer.array(&self.ids)?;
        self.keys.write(writer)
    }

    fn read(reader: &mut Reader) -> Option<Lexemes> {
        Some(Lexemes {
            written: Strings::read(reader)?,
            lower: Strings::read(reader)?,
            ids: reader.array()?,
            keys: Strings::read(reader)?,
        })
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
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(self.text.len() as u32);
    }

    #[inline]
    fn get(&self, at: u32) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.text[start as usize..self.ends[at as usize] as usize]
    }

    fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len() as u32).map(|at| self.get(at))
    }

    fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.bytes(self.text.as_bytes())?;
        writer.array(&self.ends)
    }

    fn read(reader: &mut Reader) -> Option<Strings> {
        Some(Strings { text: reader.text()?, ends: reader.array()? })
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
    lexemes: Numbers,
    keys: Numbers,
    manners: Numbers,
    gaps: Numbers,
    tails: Numbers,
    rules: Numbers,
}

impl Packer {
    fn add(&mut self, pattern: Pattern) {
        let typed = typed(&pattern);
        let shortcut = shortcut(&pattern, typed.as_deref());
        let words = self.packed.words.len() as u32;
        for word in &pattern.words {
            let lexeme = self.lexeme(word);
            self.packed.words.push(lexeme);
        }
        let record = Record {
            term: pattern.term,
            words,
            word_count: pattern.words.len() as u32,
            typed: self.packed.typed.len() as u32,
            typed_length: typed.as_ref().map_or(0, String::len) as u32,
            manner: self.manner(pattern, shortcut),
        };
        self.packed.records.push(record);
        self.packed.typed.push_str(typed.as_deref().unwrap_or_default());
    }

    fn manner(&mut self, pattern: Pattern, shortcut: Shortcut) -> u32 {
        let few = &mut self.packed.few;
        let gaps = Gaps { rules: pattern.gaps, written: pattern.written_gaps };
        let manner = Manner {
            gaps: self.gaps.number(&mut few.gaps, gaps),
            tail: self.tails.number(&mut few.tails, pattern.tail),
            rule: self.rules.number(&mut few.rules, pattern.rule.into()),
            lang: pattern.lang,
            kind: pattern.kind,
            case: pattern.case,
            accents: pattern.accents,
            dot: pattern.dot,
            refused_in: pattern.refused_in,
            only_in: pattern.only_in,
            claim: pattern.claim,
            shortcut,
        };
        self.manners.number(&mut few.manners, manner)
    }

    fn lexeme(&mut self, word: &PatternWord) -> u32 {
        let lexemes = &mut self.packed.lexemes;
        let word = Word { key: &word.key, written: &word.written, lower: &word.lower };
        let hash = FxBuildHasher.hash_one((word.key, word.written));
        if let Some(known) = self.lexemes.find(hash, |known| lexemes.get(known) == word) {
            return known;
        }
        let hash_of_key = FxBuildHasher.hash_one(word.key);
        let known = self.keys.find(hash_of_key, |known| lexemes.keys.get(known) == word.key);
        let key = known.unwrap_or_else(|| {
            lexemes.keys.push(word.key);
            self.keys.add(hash_of_key)
        });
        lexemes.ids.push(key + 1);
        lexemes.lower.push(if word.lower == word.key { "" } else { word.lower });
        lexemes.written.push(word.written);
        self.lexemes.add(hash)
    }

    fn finish(self) -> Patterns {
        let mut packed = self.packed;
        let mut records = std::mem::take(&mut packed.records);
        let ids = |record: &Record| {
            let words = &packed.words[record.words as usize..][..record.word_count as usize];
            words.iter().map(|&lexeme| packed.lexemes.ids[lexeme as usize])
        };
        records.sort_by(|a, b| ids(a).cmp(ids(b)));
        for at in 1..records.len() {
            if ids(&records[at - 1]).eq(ids(&records[at])) {
                records[at - 1].manner |= MORE;
            }
        }
        Patterns { records, ..packed }
    }
}

/// The numbers of distinct values, found by their hashes. The values themselves lie elsewhere, and only once.
#[derive(Default)]
struct Numbers {
    /// The last value of each hash.
    last: FxHashMap<u64, u32>,
    /// For each value the one before with the same hash; itself where there is none.
    before: Vec<u32>,
}

impl Numbers {
    /// The number of a value, told by its hash and a comparison.
    fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = *self.last.get(&hash)?;
        while !is_it(at) {
            let before = self.before[at as usize];
            if before == at {
                return None;
            }
            at = before;
        }
        Some(at)
    }

    /// The number of a new value.
    fn add(&mut self, hash: u64) -> u32 {
        let number = self.before.len() as u32;
        self.before.push(self.last.insert(hash, number).unwrap_or(number));
        number
    }

    /// The number of a value among others, to which it is added where it is new.
    fn number<T: Eq + Hash>(&mut self, all: &mut Vec<T>, value: T) -> u32 {
        let hash = FxBuildHasher.hash_one(&value);
        self.find(hash, |known| all[known as usize] == value).unwrap_or_else(|| {
            all.push(value);
            self.add(hash)
        })
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
