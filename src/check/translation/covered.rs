//! Which words of one side of a bead the other side has something of: by the glossary, the shipped word table, and looks.

use rustc_hash::FxHashMap;

use super::words::{Word, translate, within};
use super::{Scope, Side};
use crate::check::quantity::number_word;
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::{Span, fold};

/// A word of the source, and whether the translation has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Covered {
    pub(super) span: Span,
    /// No article, preposition, pronoun …
    pub(super) is_content: bool,
    /// One that says something, and of no term that is not rendered, which other rules tell of.
    pub(super) is_telling: bool,
    pub(super) is_found: bool,
}

/// A word that is less likely a translation than this is none.
const KNOWN: f32 = 0.004;

/// The words of a stretch of a text, with whether some stretches of the other side have them.
pub(super) fn covered(scope: &Scope<'_>, lang: Lang, span: Span, opposite: &[Span]) -> Vec<Covered> {
    let (Some(side), Some(other)) = (scope.side(lang), scope.side(lang.other())) else { return Vec::new() };
    let rendered = scope.hits_in(lang.other(), opposite, lang.other());
    let hits = side.analysis.hits_in(span);
    let in_rendered_hit = |word: &Word| {
        let around = hits.iter().filter(|hit| hit.span.contains(word.span));
        around.into_iter().any(|hit| rendered.iter().any(|other| other.term.concept == hit.term.concept))
    };
    let targets: Vec<&Word> = opposite.iter().flat_map(|span| within(&other.words, *span)).collect();
    let has = |word: &Word| targets.iter().any(|target| translate(lang, word, target) >= KNOWN);
    let number =
        |side: &Side<'_>, word: &Word, lang| number_word(&fold::key(word.span.of(side.text())), lang);
    let has_number = |word: &Word| {
        number(side, word, lang).is_some_and(|value| {
            targets.iter().any(|target| number(other, target, lang.other()) == Some(value))
        })
    };
    let words = within(&side.words, span).iter();
    words
        .map(|word| Covered {
            span: word.span,
            is_content: !word.is_function,
            is_telling: !word.is_function
                && (in_rendered_hit(word) || !hits.iter().any(|hit| hit.span.contains(word.span))),
            is_found: has(word) || in_rendered_hit(word) || has_number(word),
        })
        .collect()
}

/// The same, each word of the other side for as many words as it stands there: of what is said twice and rendered once,
/// the second is not found.
pub(super) fn covered_each(scope: &Scope<'_>, lang: Lang, span: Span, opposite: &[Span]) -> Vec<Covered> {
    let mut words = covered(scope, lang, span, opposite);
    let (Some(side), Some(other)) = (scope.side(lang), scope.side(lang.other())) else { return words };
    let mut before: FxHashMap<&str, usize> = FxHashMap::default();
    for (found, word) in words.iter_mut().zip(within(&side.words, span)) {
        let earlier = before.entry(word.stem.as_str()).or_default();
        if found.is_telling && *earlier > 0 {
            let targets = opposite.iter().flat_map(|span| within(&other.words, *span));
            let known = targets.filter(|target| translate(lang, word, target) >= KNOWN).count();
            found.is_found &= known > *earlier;
        }
        *earlier += 1;
    }
    words
}

/// In a bead less literal than this a term may be said in other words.
pub(super) const LITERAL: f64 = 0.75;

/// Terms of several words have fewer paraphrases.
pub(super) const LITERAL_FOR_LONG: f64 = 0.65;

/// How literal a bead is around a term: the share of its telling words, on both sides, that the other side has, 0 to 1.
/// The term is not counted against it, nor are so many words for it.
pub(super) fn literalness(scope: &Scope<'_>, bead: usize, term: &Hit, for_it: u32) -> f64 {
    let [telling, found] = beside(scope, bead, &[(term.lang, term.span)]);
    f64::from(found + for_it) / f64::from(telling.max(1))
}

/// How literal a bead is: the share of the telling words of both sides that the other side has, 0 to 1.
pub(super) fn literal_share(scope: &Scope<'_>, bead: usize) -> f64 {
    literal_beside(scope, bead, &[])
}

/// How literal a bead is beside some places, which do not count.
pub(super) fn literal_beside(scope: &Scope<'_>, bead: usize, places: &[(Lang, Span)]) -> f64 {
    let [telling, found] = beside(scope, bead, places);
    if telling == 0 { 0.0 } else { f64::from(found) / f64::from(telling) }
}

/// How many telling words both sides of a bead have beside some places, and how many of them the other side has.
fn beside(scope: &Scope<'_>, bead: usize, places: &[(Lang, Span)]) -> [u32; 2] {
    let (mut telling, mut found) = (0_u32, 0_u32);
    for lang in Lang::ALL {
        let opposite = scope.stretches(bead, lang.other(), scope.reach(bead));
        let stretches = scope.stretches(bead, lang, 0);
        let words = stretches.iter().flat_map(|span| covered(scope, lang, *span, &opposite));
        let is_beside =
            |word: &Covered| !places.iter().any(|(of, span)| *of == lang && span.contains(word.span));
        for word in words.filter(|word| word.is_telling && is_beside(word)) {
            telling += 1;
            found += u32::from(word.is_found);
        }
    }
    [telling, found]
}
