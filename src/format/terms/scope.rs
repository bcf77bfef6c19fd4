//! Which languages of a termbase a file has: one answer for writers, for what texts become and for the report of losses.

use super::loss::{LossKind, Losses};
use super::model::languages_of;
use super::{Format, Holds, Target, pairs};
use crate::termbase::{Concept, LangSection, LangTag, Termbase};

/// The sections that a file has.
pub(super) enum Scope<'a> {
    /// Those that are asked for.
    Wanted(&'a Target),
    /// The two sides of a list of pairs.
    Sides([LangTag; 2]),
}

impl<'a> Scope<'a> {
    pub(super) fn of(termbase: &Termbase, format: &Format, target: &'a Target) -> Self {
        let pair = match format.holds {
            Holds::Pairs(..) => pairs::languages(termbase, target).ok(),
            Holds::All | Holds::Keys(..) | Holds::One(..) => None,
        };
        pair.map_or(Scope::Wanted(target), Scope::Sides)
    }

    fn has(&self, tag: &LangTag) -> bool {
        match self {
            Scope::Wanted(target) => target.wants(tag),
            Scope::Sides(_) => self.sides_of(tag).next().is_some(),
        }
    }

    /// The languages of a pair that a tag is written under.
    fn sides_of(&self, tag: &LangTag) -> impl Iterator<Item = &LangTag> {
        let sides = match self {
            Scope::Wanted(_) => None,
            Scope::Sides([source, target]) => Some([[source, target], [target, source]]),
        };
        let is_of = move |[wanted, other]: &[&LangTag; 2]| pairs::is_side(tag, wanted, other);
        sides.into_iter().flatten().filter(is_of).map(|[wanted, _]| wanted)
    }

    /// The sections of a concept that the file has.
    pub(super) fn sections<'c>(&self, concept: &'c Concept) -> impl Iterator<Item = &'c LangSection> {
        concept.sections.iter().filter(|section| self.has(&section.tag))
    }

    /// The languages of the file.
    pub(super) fn languages(&self, termbase: &Termbase) -> Vec<LangTag> {
        match self {
            Scope::Wanted(target) => {
                let mut languages = languages_of(termbase.concepts.iter());
                languages.retain(|tag| target.wants(tag));
                languages
            }
            Scope::Sides(pair) => pair.to_vec(),
        }
    }

    /// Tells the languages that the file does not have, and those that stand in it under another tag.
    pub(super) fn tell(&self, concept: &Concept, losses: &mut Losses) {
        for LangSection { tag, .. } in concept.sections.iter().filter(|section| !section.terms.is_empty()) {
            let sides: Vec<&str> = self.sides_of(tag).map(LangTag::as_str).collect();
            match self {
                Scope::Wanted(target) if target.wants(tag) => {}
                Scope::Wanted(_) => {
                    let reason = "it is not among the languages asked for";
                    losses.add(LossKind::Dropped, "languages", reason, concept);
                }
                Scope::Sides(_) if sides.is_empty() => {
                    losses.add(LossKind::Dropped, "languages", "the format has two languages", concept);
                }
                Scope::Sides(_) if sides == [tag.as_str()] => {}
                Scope::Sides(_) => {
                    let reason = format!("the file has {tag} as {}", sides.join(" and "));
                    losses.add(LossKind::Changed, "languages", &reason, concept);
                }
            }
        }
    }
}
