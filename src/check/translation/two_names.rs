//! Two names for one thing that the glossary does not have: *botón de encendido*, then *tecla de arranque*, for “power
//! button”.
//!
//! Where a phrase of the source stands in two sentences that are translated word by word, and in each of them one phrase of
//! the translation is left that nothing else in the source accounts for, these two are its renderings.

use rustc_hash::FxHashMap;

use super::scope::SETTLED;
use super::shipped::is_generic;
use super::words::{Word, are_kin, translate, within};
use super::{Scope, Side};
use crate::extract::statistics::Statistics;
use crate::lang::Lang;
use crate::tagger::{Class, Classes, Tagger};
use crate::text::Span;

/// A second name: where it stands, where the first one does, and what both render.
pub(super) struct TwoNames {
    pub(super) second: Span,
    pub(super) first: Span,
    pub(super) source: Span,
}

/// The second names of a translation into a language.
pub(super) fn two_names(scope: &Scope<'_>, target: Lang) -> Vec<TwoNames> {
    let (Some(source), Some(side)) = (scope.side(target.other()), scope.side(target)) else {
        return Vec::new();
    };
    let mut repeated: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for phrase in phrases(scope, source, target.other()) {
        repeated.entry(phrase.stems.clone()).or_default().push(phrase);
    }
    let mut all: Vec<Vec<Phrase>> =
        repeated.into_values().filter(|all| (2..=MANY).contains(&all.len())).collect();
    all.sort_unstable_by_key(|all| all[0].span.start);
    let renderings = |all: &Vec<Phrase>| -> Vec<(Span, Vec<String>, Span)> {
        let of = |phrase: &Phrase| {
            let (span, stems) = rendering(scope, source, side, target, phrase)?;
            Some((span, stems, phrase.span))
        };
        all.iter().filter_map(of).collect()
    };
    all.iter().flat_map(|all| differing(&renderings(all), target)).collect()
}

/// What stands so often is no name that somebody forgot to keep.
const MANY: usize = 12;

/// A phrase of the source, once in its bead.
struct Phrase {
    stems: String,
    span: Span,
    bead: usize,
}

/// The renderings that have another word than the first one, as that has another than they: a shorter one is a later mention.
fn differing(all: &[(Span, Vec<String>, Span)], lang: Lang) -> Vec<TwoNames> {
    let Some(((first, names, _), rest)) = all.split_first() else { return Vec::new() };
    let has_more = |one: &[String], other: &[String]| {
        one.iter().any(|stem| !is_generic(stem, lang) && !other.iter().any(|other| are_kin(stem, other)))
    };
    let other = rest.iter().find(|(_, stems, _)| has_more(stems, names) && has_more(names, stems));
    other
        .map(|(second, _, source)| TwoNames { second: *second, first: *first, source: *source })
        .into_iter()
        .collect()
}

const NAMING: Classes = Classes::of(&[Class::Noun, Class::Adjective]);
const NOUNS: Classes = Classes::of(&[Class::Noun]);
const SURE: f32 = 0.6;

/// The words of a stretch, with whether each is a noun or an adjective, and a noun.
fn tagged<'s>(side: &'s Side<'_>, lang: Lang, stretch: Span) -> Vec<(&'s Word, bool, bool)> {
    let tags = Tagger::of(lang).tag(stretch.of(side.text()));
    let is = |word: &Word, classes| {
        !word.is_function
            && tags.chance(word.span.start - stretch.start, classes).is_some_and(|chance| chance >= SURE)
    };
    within(&side.words, stretch).iter().map(|word| (word, is(word, NAMING), is(word, NOUNS))).collect()
}

/// The noun phrases of sure beads, of several words or of one that is rare, those of the glossary left out.
fn phrases(scope: &Scope<'_>, side: &Side<'_>, lang: Lang) -> Vec<Phrase> {
    let sure = scope.sure_beads().filter(|bead| scope.beads[*bead].score >= SETTLED);
    let mut found = Vec::new();
    for bead in sure {
        for stretch in scope.stretches(bead, lang, 0) {
            let words = tagged(side, lang, stretch);
            for run in runs(side, &words) {
                let last = run[run.len() - 1];
                let span = Span::new(run[0].0.span.start, last.0.span.end);
                let stems: Vec<&str> =
                    run.iter().filter(|word| !word.0.is_function).map(|word| word.0.stem.as_str()).collect();
                let has_noun = if lang == Lang::En { last.2 } else { run[0].2 };
                let is_name = span.of(side.text()).contains(char::is_uppercase) && span.start > stretch.start;
                let is_known = side.analysis.hits_in(span).iter().any(|hit| hit.is_sure());
                let says = stems.len() > 1 || is_rare(stems[0], lang);
                if has_noun && !is_name && !is_known && says {
                    found.push(Phrase { stems: stems.join(" "), span, bead });
                }
            }
        }
    }
    let count = |phrase: &Phrase| {
        found.iter().filter(|other| other.bead == phrase.bead && other.stems == phrase.stems).count()
    };
    let once: Vec<bool> = found.iter().map(|phrase| count(phrase) == 1).collect();
    found.into_iter().zip(once).filter_map(|(phrase, once)| once.then_some(phrase)).collect()
}

/// A noun more frequent than this, in a million, has synonyms that are no other name.
const COMMON: f32 = 8.0;

fn is_rare(stem: &str, lang: Lang) -> bool {
    !is_generic(stem, lang) && Statistics::shipped().stem_per_million(stem, lang) < COMMON
}

/// The longest runs of nouns and adjectives, in which *de* and “of” may join two.
fn runs<'w, 's>(side: &Side<'_>, words: &'w [(&'s Word, bool, bool)]) -> Vec<&'w [(&'s Word, bool, bool)]> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut last = at;
        while words[at].1
            && let Some(next) = (last + 1..words.len().min(last + 3)).find(|next| words[*next].1)
            && joins(side, words[last].0, words[next].0)
        {
            last = next;
        }
        if words[at].1 {
            found.push(&words[at..=last]);
        }
        at = last + 1;
    }
    found
}

/// Whether nothing but a space or a preposition stands between two words.
fn joins(side: &Side<'_>, one: &Word, other: &Word) -> bool {
    let between = side.text()[one.span.end..other.span.start].trim();
    matches!(between, "" | "de" | "del" | "of")
}

/// The one phrase of a literal translation that nothing but the phrase of the source accounts for, with its stems.
fn rendering(
    scope: &Scope<'_>,
    source: &Side<'_>,
    side: &Side<'_>,
    target: Lang,
    phrase: &Phrase,
) -> Option<(Span, Vec<String>)> {
    let lang = target.other();
    let own = scope.stretches(phrase.bead, lang, 0);
    let others: Vec<&Word> = own
        .iter()
        .flat_map(|span| within(&source.words, *span))
        .filter(|word| !word.is_function && !phrase.span.contains(word.span))
        .collect();
    let stretches = scope.stretches(phrase.bead, target, 0);
    let words: Vec<(&Word, bool, bool)> =
        stretches.iter().flat_map(|span| tagged(side, target, *span)).collect();
    let hits = scope.hits_in(lang, &own, lang);
    let is_listed = |word: &Word| {
        let around = side.analysis.hits_in(word.span).iter().filter(|hit| hit.span.contains(word.span));
        around.into_iter().any(|hit| hits.iter().any(|other| other.term.concept == hit.term.concept))
    };
    let is_accounted =
        |word: &Word| is_listed(word) || others.iter().any(|other| translate(target, word, other) >= KNOWN);
    let left: Vec<&Word> =
        words.iter().filter(|word| word.1 && !is_accounted(word.0)).map(|word| word.0).collect();
    let telling: Vec<&Word> = words.iter().map(|word| word.0).filter(|word| !word.is_function).collect();
    let rest: Vec<&&Word> =
        telling.iter().filter(|word| !left.iter().any(|left| left.span == word.span)).collect();
    let is_found = |word: &&&Word| telling.iter().any(|other| translate(lang, word, other) >= KNOWN);
    let found =
        others.iter().filter(is_found).count() + rest.iter().filter(|word| is_accounted(word)).count();
    let is_literal = others.len() > 1 && found as f64 >= LITERAL * (others.len() + rest.len()) as f64;
    let is_one =
        (1..=LONGEST).contains(&left.len()) && left.windows(2).all(|pair| joins(side, pair[0], pair[1]));
    let is_name = left.iter().any(|word| word.span.of(side.text()).starts_with(char::is_uppercase));
    let span = Span::new(left.first()?.span.start, left.last()?.span.end);
    let begins = stretches.iter().any(|stretch| {
        let before = side.text().get(stretch.start..span.start);
        before.is_some_and(|before| before.split(' ').count() < 3)
    });
    (is_literal && is_one && (!is_name || begins))
        .then(|| (span, left.iter().map(|word| word.stem.clone()).collect()))
}

/// A word that is less likely a translation than this is none.
const KNOWN: f32 = 0.004;
/// So much of what is beside the phrase must have a counterpart.
const LITERAL: f64 = 0.7;
/// A name has so many telling words at most.
const LONGEST: usize = 4;

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    #[test]
    fn a_second_name_is_told() {
        let es = "Presione el botón de encendido durante cinco segundos. Si la tecla de arranque no se ilumina, cargue el teléfono toda la noche.";
        let en = "Press the power button for five seconds. If the power button does not light up, charge the phone all night.";
        assert_eq!(found("inconsistent-rendering", "", Lang::En, es, en), ["tecla de arranque"]);
        let same = es.replace("la tecla de arranque", "el botón");
        assert!(found("inconsistent-rendering", "", Lang::En, &same, en).is_empty());
    }
}
