//! The oracle: the same answer as [`super::Matcher`], found in the obvious way.
//!
//! Every pattern is tried at every word of the text. Slow, and short enough to be seen to be right; the tests
//! hold the fast matcher to it, hit for hit.

use super::conditions::Words;
use super::pattern::Pattern;
use super::resolve::resolve;
use super::search::judge;
use super::{Hit, Overlaps};
use crate::lang::Lang;
use crate::text::Span;
use crate::text::fold;
use crate::text::tokens::words;

/// The hits of some patterns in a text, as [`super::Matcher::search`] gives them.
pub fn search(
    patterns: &[Pattern],
    text: &str,
    overlaps: Overlaps,
    language: &dyn Fn(Span) -> Option<Lang>,
) -> Vec<Hit> {
    let spans: Vec<Span> = words(text).collect();
    let keys: Vec<String> = spans.iter().map(|span| fold::key(span.of(text))).collect();
    let mut hits = Vec::new();
    for first in 0..keys.len() {
        for pattern in patterns.iter().filter(|pattern| has_keys(pattern, &keys[first..])) {
            hits.extend(judge(pattern, Words { text, spans: &spans }, first, language).ok());
        }
    }
    resolve(hits, overlaps, language)
}

fn has_keys(pattern: &Pattern, keys: &[String]) -> bool {
    pattern.words.len() <= keys.len() && pattern.words.iter().zip(keys).all(|(word, key)| *word.key == **key)
}
