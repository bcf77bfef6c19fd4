//! The fast matcher: Aho-Corasick over word ids.
//!
//! A text is cut into words; each word's key (case, accents and typography folded away) is looked up in the
//! glossary's vocabulary; the ids, written as a prefix-free byte code, run through an aho-corasick automaton
//! whose patterns are the word sequences of the terms. So the automaton's alphabet is words: whole words come
//! out exact, white space and punctuation cost nothing, and no folded copy of the text is made. Whatever the
//! automaton finds is a candidate; [`super::conditions`] decides which stand, and overlaps are resolved last.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind as Semantics};
use rustc_hash::FxHashMap;

use super::conditions::{Words, stands};
use super::pattern::{Pattern, patterns};
use super::resolve::resolve;
use super::{Hit, Overlaps, Refusal};
use crate::lang::Lang;
use crate::termbase::Termbase;
use crate::text::Span;
use crate::text::fold;
use crate::text::tokens::words;

/// A compiled termbase. Immutable; searching needs no lock.
#[derive(Debug)]
pub struct Matcher {
    vocabulary: FxHashMap<Box<str>, WordId>,
    patterns: Vec<Pattern>,
    /// For each sequence of the automaton, its patterns: a range of `patterns`.
    groups: Vec<(u32, u32)>,
    automaton: Option<AhoCorasick>,
}

type WordId = u32;

/// No word of the vocabulary: breaks every term.
const UNKNOWN: WordId = 0;

impl Matcher {
    /// Compiles all terms of a termbase.
    pub fn new(termbase: &Termbase) -> Self {
        let mut vocabulary = FxHashMap::default();
        let with_code =
            |pattern: Pattern| (code(keys(&pattern).map(|key| intern(&mut vocabulary, key))), pattern);
        let mut all: Vec<(Vec<u8>, Pattern)> = all_patterns(termbase).map(with_code).collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut groups: Vec<(u32, u32)> = Vec::new();
        let mut start = 0;
        for same in all.chunk_by(|(a, _), (b, _)| a == b) {
            let end = start + same.len() as u32;
            groups.push((start, end));
            start = end;
        }
        let automaton = automaton(groups.iter().map(|&(first, _)| &all[first as usize].0));
        let patterns = all.into_iter().map(|(_, pattern)| pattern).collect();
        Matcher { vocabulary, patterns, groups, automaton }
    }

    /// The patterns: every way in which every term may stand.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The length of the longest form, in bytes.
    pub fn longest(&self) -> usize {
        let length = |pattern: &Pattern| pattern.words.iter().map(|word| word.written.len() + 8).sum();
        self.patterns.iter().map(length).max().unwrap_or(0)
    }

    /// The hits in a text. `language` tells the language of the segment that a span lies in, where it is known
    /// with confidence; it is asked only where a hit depends on it.
    pub fn search(
        &self,
        text: &str,
        overlaps: Overlaps,
        language: &dyn Fn(Span) -> Option<Lang>,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.candidates(text, &mut |pattern, words, first| {
            hits.extend(judge(pattern, words, first, language).ok());
        });
        resolve(hits, overlaps, language)
    }

    /// What was refused in a text, and why: for `--explain`.
    pub fn near_misses(&self, text: &str, language: &dyn Fn(Span) -> Option<Lang>) -> Vec<NearMiss<'_>> {
        let mut misses = Vec::new();
        self.candidates(text, &mut |pattern, words, first| {
            if let Err(refusal) = judge(pattern, words, first, language) {
                let last = first + pattern.words.len() - 1;
                let span = Span::new(words.spans[first].start, words.spans[last].end);
                misses.push(NearMiss { span, pattern, refusal });
            }
        });
        misses
    }

    fn candidates<'s>(&'s self, text: &str, found: &mut dyn FnMut(&'s Pattern, Words<'_>, usize)) {
        let Some(automaton) = &self.automaton else { return };
        let spans: Vec<Span> = words(text).collect();
        let (codes, starts) = self.encode(text, &spans);
        let words = Words { text, spans: &spans };
        // Candidates come in the order of their ends, so the word behind each is found by walking on.
        let mut behind = 0;
        for candidate in automaton.find_overlapping_iter(&codes) {
            while starts.get(behind).is_some_and(|&start| start < candidate.end()) {
                behind += 1;
            }
            let (from, to) = self.groups[candidate.pattern().as_usize()];
            for pattern in &self.patterns[from as usize..to as usize] {
                found(pattern, words, behind - pattern.words.len());
            }
        }
    }

    /// The words of a text as codes, and where each word's code starts.
    fn encode(&self, text: &str, spans: &[Span]) -> (Vec<u8>, Vec<usize>) {
        let mut codes = Vec::with_capacity(spans.len() * 2);
        let mut starts = Vec::with_capacity(spans.len());
        let mut lookup = Lookup::new(&self.vocabulary);
        for span in spans {
            starts.push(codes.len());
            push_code(lookup.id(span.of(text)), &mut codes);
        }
        (codes, starts)
    }
}

/// A candidate that is no hit.
#[derive(Clone, Debug)]
pub struct NearMiss<'a> {
    /// Where.
    pub span: Span,
    /// What was nearly found.
    pub pattern: &'a Pattern,
    /// Why it was refused.
    pub refusal: Refusal,
}

/// Every pattern of every term.
fn all_patterns(termbase: &Termbase) -> impl Iterator<Item = Pattern> {
    let lang = |at| termbase.section(at).tag.lang();
    termbase.terms().filter_map(move |(at, term)| Some(patterns(term, at, lang(at)?))).flatten()
}

/// The hit that a candidate is, or why it is none.
pub(super) fn judge(
    pattern: &Pattern,
    words: Words<'_>,
    first: usize,
    language: &dyn Fn(Span) -> Option<Lang>,
) -> Result<Hit, Refusal> {
    let (span, kind) = stands(pattern, words, first)?;
    let depends = pattern.refused_in.is_some() || pattern.only_in.is_some();
    if depends {
        let lang = language(span);
        let refused = lang.is_some() && lang == pattern.refused_in;
        let elsewhere = pattern.only_in.is_some_and(|only| lang.is_some_and(|lang| lang != only));
        if refused || elsewhere {
            return Err(Refusal::Language);
        }
    }
    Ok(Hit {
        span,
        term: pattern.term,
        lang: pattern.lang,
        kind,
        score: kind.score(),
        rule: pattern.rule,
        ambiguous: false,
    })
}

fn keys(pattern: &Pattern) -> impl Iterator<Item = &str> {
    pattern.words.iter().map(|word| &*word.key)
}

fn intern(vocabulary: &mut FxHashMap<Box<str>, WordId>, key: &str) -> WordId {
    if let Some(&id) = vocabulary.get(key) {
        return id;
    }
    let id = vocabulary.len() as WordId + 1;
    vocabulary.insert(key.into(), id);
    id
}

/// The automaton of some codes; none where there are no terms.
fn automaton<'c>(codes: impl ExactSizeIterator<Item = &'c Vec<u8>>) -> Option<AhoCorasick> {
    if codes.len() == 0 {
        return None;
    }
    // It fails beyond two thousand million states only, for which there would be no memory.
    AhoCorasick::builder()
        .match_kind(Semantics::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(codes)
        .ok()
}

/// Looks words up, remembering those that had to be folded the long way.
struct Lookup<'v, 't> {
    vocabulary: &'v FxHashMap<Box<str>, WordId>,
    seen: FxHashMap<&'t str, WordId>,
    buffer: String,
}

impl<'v, 't> Lookup<'v, 't> {
    fn new(vocabulary: &'v FxHashMap<Box<str>, WordId>) -> Self {
        Lookup { vocabulary, seen: FxHashMap::default(), buffer: String::new() }
    }

    fn id(&mut self, word: &'t str) -> WordId {
        if word.is_ascii() {
            self.buffer.clear();
            self.buffer.push_str(word);
            self.buffer.make_ascii_lowercase();
            return self.vocabulary.get(self.buffer.as_str()).copied().unwrap_or(UNKNOWN);
        }
        let vocabulary = self.vocabulary;
        *self
            .seen
            .entry(word)
            .or_insert_with(|| vocabulary.get(fold::key(word).as_str()).copied().unwrap_or(UNKNOWN))
    }
}

/// A prefix-free code in which a first byte is never a later one, so that matches fall on whole words:
/// 80–BF one byte, C0–DF two, E0–EF three, F0–FF five.
fn push_code(id: WordId, out: &mut Vec<u8>) {
    let low = |shift: u32| ((id >> shift) & 0x7F) as u8;
    match id {
        0..0x40 => out.push(0x80 | id as u8),
        0x40..0x1000 => out.extend([0xC0 | (id >> 7) as u8, low(0)]),
        0x1000..0x4_0000 => out.extend([0xE0 | (id >> 14) as u8, low(7), low(0)]),
        _ => out.extend([0xF0 | (id >> 28) as u8, low(21), low(14), low(7), low(0)]),
    }
}

fn code(ids: impl Iterator<Item = WordId>) -> Vec<u8> {
    let mut out = Vec::new();
    ids.for_each(|id| push_code(id, &mut out));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_begins_another() {
        let ids = [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xFFF, 0x1000, 0x3_FFFF, 0x4_0000, u32::MAX];
        let codes: Vec<Vec<u8>> = ids.iter().map(|&id| code([id].into_iter())).collect();
        for (i, a) in codes.iter().enumerate() {
            assert!(a[0] >= 0x80 && a[1..].iter().all(|&b| b < 0x80), "{a:?}");
            assert!(codes.iter().enumerate().all(|(j, b)| i == j || !b.starts_with(a)), "{a:?}");
        }
    }
}
