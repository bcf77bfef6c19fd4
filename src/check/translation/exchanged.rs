//! A term rendered by that of another concept, of which the source has nothing: *lessee* for the «arrendador».
//!
//! No glossary says of all its concepts which are not to be confused. Where a sentence is translated word by word, one term
//! of the source is not rendered, and one term stands in the translation that nothing in the source accounts for, the one
//! stands for the other.

use super::covered::{LITERAL_FOR_LONG, literal_beside};
use super::rendering::are_related;
use super::words::{LIKELY, Word, are_kin, translate, within};
use super::{Scope, Side};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::Span;

/// The terms of a translation that stand for others of the source, with those.
pub(super) fn exchanged<'a>(scope: &Scope<'a>, target: Lang) -> Vec<(&'a Hit, &'a Hit)> {
    scope.sure_beads().filter_map(|bead| Sentence::new(scope, bead, target)?.exchanged()).collect()
}

/// A bead with the hits of both sides.
struct Sentence<'s, 'a> {
    scope: &'s Scope<'a>,
    bead: usize,
    target: Lang,
    source: &'s Side<'a>,
    side: &'s Side<'a>,
    /// The hits of the source, and of the translation.
    hits: [Vec<&'a Hit>; 2],
}

impl<'s, 'a> Sentence<'s, 'a> {
    fn new(scope: &'s Scope<'a>, bead: usize, target: Lang) -> Option<Self> {
        let (source, side) = (scope.side(target.other())?, scope.side(target)?);
        let hits = [target.other(), target]
            .map(|lang| scope.hits_in(lang, &scope.stretches(bead, lang, scope.reach(bead)), lang));
        Some(Sentence { scope, bead, target, source, side, hits })
    }

    fn exchanged(&self) -> Option<(&'a Hit, &'a Hit)> {
        let strange: Vec<&Hit> = self.hits[1].iter().copied().filter(|hit| self.is_strange(hit)).collect();
        let wrong = only(&strange)?;
        let lacking: Vec<&Hit> =
            self.hits[0].iter().copied().filter(|hit| self.is_lacking(hit, wrong)).collect();
        let meant = only(&lacking)?;
        (self.fit(meant, wrong) && self.is_literal(meant, wrong)).then_some((meant, wrong))
    }

    /// Whether nothing in the source has the concept of a term of the translation, or one that belongs to it.
    fn is_strange(&self, hit: &Hit) -> bool {
        let concept = self.scope.concept(hit);
        hit.is_sure()
            && !hit.ambiguous
            && self.scope.entry(hit).is_usable()
            && !self.hits[0].iter().any(|other| {
                other.term.concept == hit.term.concept || are_related(concept, self.scope.concept(other))
            })
    }

    /// Whether a term of the source is not rendered, but by words of the one that is strange: *sign* in, for *sign out*.
    fn is_lacking(&self, hit: &Hit, wrong: &Hit) -> bool {
        let entry = self.scope.entry(hit);
        let is_asked = hit.is_sure() && !hit.ambiguous && entry.is_usable() && entry.expect != Some(false);
        if !is_asked || entry.direction.is_some_and(|direction| direction.target() != self.target) {
            return false;
        }
        let concept = self.scope.concept(hit);
        let is_rendered = self.hits[1].iter().any(|other| {
            other.term.concept == hit.term.concept || are_related(concept, self.scope.concept(other))
        });
        let stems = self.scope.index.stems(self.scope.termbase, hit.term.concept, self.target);
        let others: Vec<&Word> = self.others(self.target, wrong).collect();
        let found = |stem: &&String| others.iter().any(|word| are_kin(stem, &word.stem));
        // Of a long name a word or two stand there for something else: *Mexican* exports.
        let has_part = |stems: &Vec<String>| stems.iter().filter(found).count() * 2 >= stems.len().max(1);
        !is_rendered && !stems.iter().any(has_part)
    }

    /// The telling words of a side's bead, those of a hit and of others of its concept left out.
    fn others<'w>(&'w self, lang: Lang, hit: &'w Hit) -> impl Iterator<Item = &'w Word> + 'w {
        let hits = &self.hits[usize::from(lang == self.target)];
        let same: Vec<Span> = hits
            .iter()
            .filter(|other| other.term.concept == hit.term.concept)
            .map(|other| other.span)
            .collect();
        let side = if lang == self.target { self.side } else { self.source };
        let stretches = self.scope.stretches(self.bead, lang, self.scope.reach(self.bead));
        let words = stretches.into_iter().flat_map(|span| within(&side.words, span));
        words.filter(move |word| !word.is_function && !same.iter().any(|span| span.contains(word.span)))
    }

    /// Whether neither of the two has another reason to stand there, nor may one rightly be the other.
    fn fit(&self, meant: &Hit, wrong: &Hit) -> bool {
        let telling = |side: &'s Side<'a>, hit: &Hit| -> Vec<&'s Word> {
            within(&side.words, hit.span).iter().filter(|word| !word.is_function).collect()
        };
        let (own, strange) = (telling(self.source, meant), telling(self.side, wrong));
        let accounts = |one: &Word, other: &Word| translate(self.target, one, other) >= LIKELY;
        // Two long names may have a word in common: *agreement*, *tratado*.
        let alike = strange.iter().filter(|word| own.iter().any(|own| accounts(word, own))).count();
        let has_reason = alike * 2 >= strange.len()
            || strange
                .iter()
                .any(|word| self.others(self.target.other(), meant).any(|other| accounts(word, other)));
        let is_rendered =
            own.iter().any(|own| self.others(self.target, wrong).any(|word| accounts(word, own)));
        let [one, other] = [meant, wrong].map(|hit| self.scope.entry(hit).pos);
        let is_of_kind = self.scope.concept(meant).kind == self.scope.concept(wrong).kind;
        is_of_kind
            && !own.is_empty()
            && !strange.is_empty()
            && !has_reason
            && !is_rendered
            && (one == other || one.is_none() || other.is_none())
    }

    /// Whether most other telling words of both sides have a counterpart.
    fn is_literal(&self, meant: &Hit, wrong: &Hit) -> bool {
        let places = [(meant.lang, meant.span), (wrong.lang, wrong.span)];
        literal_beside(self.scope, self.bead, &places) >= LITERAL_FOR_LONG
    }
}

/// The first of some hits, where all are of one concept.
fn only<'a>(hits: &[&'a Hit]) -> Option<&'a Hit> {
    let first = *hits.first()?;
    hits.iter().all(|hit| hit.term.concept == first.term.concept).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = \"arrendador\"
terms.en = [\"lessor\", \"landlord\"]
[[concept]]
terms.es = \"arrendatario\"
terms.en = [\"lessee\", \"tenant\"]
[[concept]]
terms.es = { term = \"cerrar sesión\", pos = \"verb\" }
terms.en = { term = \"sign out\", pos = \"verb\" }
[[concept]]
terms.es = { term = \"iniciar sesión\", pos = \"verb\" }
terms.en = { term = \"sign in\", pos = \"verb\" }
";

    #[test]
    fn a_term_that_stands_for_another_is_found() {
        for (es, en, wanted) in [
            (
                "El arrendador pagará los daños de la casa.",
                "The lessee shall pay for damage to the house.",
                "lessee",
            ),
            (
                "El arrendador pagará los daños de la casa.",
                "The landlord shall pay for damage to the house.",
                "",
            ),
            ("El arrendador pagará al arrendatario.", "The landlord shall pay the tenant.", ""),
            ("Para cerrar sesión, abra el menú principal.", "To sign in, open the main menu.", "sign in"),
            ("Para cerrar sesión, abra el menú principal.", "To log off, open the main menu.", ""),
            ("El dueño pagará los daños de la casa.", "The tenant shall pay for damage to the house.", ""),
        ] {
            assert_eq!(found("wrong-concept", GLOSSARY, Lang::Es, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
