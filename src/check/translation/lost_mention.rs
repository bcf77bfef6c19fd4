//! A mention that is gone with its place: “an outbreak in Sonora and one in Zacatecas”, «un brote en Sonora».
//!
//! A term that stands once less may have been left to be understood, and so may a name. But where a sentence has both, the
//! text has the name nowhere, and the translation is as much shorter, what was said of the two is gone.

use super::counts::mentions;
use super::covered::covered;
use super::words::{Word, within};
use super::{Scope, Side};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::{Span, fold};

/// The stretches of a bead's source, each from a mention that is lost to the name beside it.
pub(super) fn lost(scope: &Scope<'_>, bead: usize, source: Lang) -> Option<Span> {
    let (side, other) = (scope.side(source)?, scope.side(source.other())?);
    if !is_shorter(scope, bead, source) {
        return None;
    }
    let mention = fewer(scope, bead, source)?;
    let whole = [Span::new(0, other.text().len())];
    let name = scope.stretches(bead, source, 0).into_iter().find_map(|span| {
        let found = covered(scope, source, span, &whole);
        let is_lost = |word: &&Word| {
            is_name(side, source, span, word)
                && found.iter().any(|found| found.span == word.span && !found.is_found)
        };
        within(&side.words, span).iter().find(is_lost)
    })?;
    Some(Span::new(mention.span.start.min(name.span.start), mention.span.end.max(name.span.end)))
}

/// The last mention of a concept in a bead that has fewer of them in the translation, whose text has the concept.
fn fewer<'a>(scope: &Scope<'a>, bead: usize, source: Lang) -> Option<&'a Hit> {
    let target = source.other();
    let own = scope.hits_in(source, &scope.stretches(bead, source, 0), source);
    let there = scope.hits_in(target, &scope.stretches(bead, target, scope.reach(bead)), target);
    let count = |side: &Side<'_>, hits: &[&'a Hit], concept: u32| {
        let mut same: Vec<&Hit> = hits.iter().copied().filter(|hit| hit.term.concept == concept).collect();
        same.sort_by_key(|hit| hit.span.start);
        mentions(side.text(), &same)
    };
    let (side, other) = (scope.side(source)?, scope.side(target)?);
    own.iter().rev().copied().find(|hit| {
        let concept = hit.term.concept;
        hit.is_sure()
            && !hit.ambiguous
            && count(other, &there, concept) < count(side, &own, concept)
            && other.sure(target).any(|other| other.term.concept == concept)
    })
}

/// Whether a word is a name: a capital within a sentence, in no term, and no common noun: *República*.
fn is_name(side: &Side<'_>, lang: Lang, sentence: Span, word: &Word) -> bool {
    let written = word.span.of(side.text());
    let begins = side.text()[sentence.start..word.span.start].chars().all(|c| !c.is_alphanumeric());
    !begins
        && !word.is_function
        && written.chars().count() >= NAME
        && written.starts_with(char::is_uppercase)
        && written.contains(char::is_lowercase)
        && word.entry.is_none()
        && !lang.is_ordinary(&fold::lower(written))
        && side.analysis.hits_in(word.span).is_empty()
}

/// Shorter names are initials and Mr as often.
const NAME: usize = 4;

/// Whether a translation is shorter than usual by so much of its sentence that a part of it is missing.
fn is_shorter(scope: &Scope<'_>, bead: usize, source: Lang) -> bool {
    scope.length(bead, source.other()) as f64 <= SHARE * scope.length(bead, source) as f64
}

/// What is left of a sentence that lost a part of it.
const SHARE: f64 = 0.7;

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = \"brote\"
terms.en = \"outbreak\"
";

    #[test]
    fn a_mention_is_lost_with_the_place_beside_it() {
        let es = "El brote de Sonora empezó en un rancho y el brote de Zacatecas, en una boda.";
        for (en, wanted) in [
            ("The Sonora outbreak began on a ranch.", 1),
            ("The Sonora outbreak began on a ranch and the Zacatecas outbreak at a wedding.", 0),
            ("The outbreaks in Sonora and Zacatecas began on a ranch and at a wedding.", 0),
        ] {
            assert_eq!(found("omission", GLOSSARY, Lang::Es, es, en).len(), wanted, "{en}");
        }
    }
}
