//! The oracle: the same answer as [`super::Matcher`], found in the obvious way.
//!
//! Every pattern is tried at every word of the text. Slow, and short enough to be seen to be right; the tests
//! hold the fast matcher to it, hit for hit.

use rustc_hash::FxHashMap;

use super::conditions::{Words, stands};
use super::resolve::{Candidate, resolve};
use super::store::{PatternView, Patterns};
use super::veto::Context;
use super::{Hit, Overlaps};
use crate::text::Span;
use crate::text::fold;
use crate::text::tokens::words;

/// Patterns by their first word, the one short cut of the oracle: without it the tests on real text would take
/// minutes.
#[derive(Debug)]
pub struct Naive<'p> {
    by_first: FxHashMap<&'p str, Vec<PatternView<'p>>>,
}

impl<'p> Naive<'p> {
    /// The oracle for some patterns.
    pub fn new(patterns: &'p Patterns) -> Self {
        let mut by_first: FxHashMap<&str, Vec<PatternView<'_>>> = FxHashMap::default();
        for pattern in patterns.iter() {
            let first = pattern.words().next().map_or("", |word| word.key);
            by_first.entry(first).or_default().push(pattern);
        }
        Naive { by_first }
    }

    /// The hits in a text, as [`super::Matcher::search`] gives them.
    pub fn search(&self, text: &str, overlaps: Overlaps, context: &dyn Context) -> Vec<Hit> {
        let spans: Vec<Span> = words(text).collect();
        let keys: Vec<String> = spans.iter().map(|span| fold::key(span.of(text))).collect();
        let mut candidates = Vec::new();
        for (first, key) in keys.iter().enumerate() {
            let patterns = self.by_first.get(key.as_str()).into_iter().flatten();
            for &pattern in patterns.filter(|pattern| has_keys(**pattern, &keys[first..])) {
                let Ok((span, kind)) = stands(pattern, Words { text, spans: &spans }, first) else {
                    continue;
                };
                let candidate = Candidate::new(pattern, span, kind);
                if candidate.judge(text, context).is_ok() {
                    candidates.push(candidate);
                }
            }
        }
        resolve(candidates, overlaps, text, context)
    }
}

fn has_keys(pattern: PatternView<'_>, keys: &[String]) -> bool {
    pattern.word_count() <= keys.len() && pattern.words().zip(keys).all(|(word, key)| word.key == key)
}
