//! What a conversion loses: counted by field, with the entries that had it.

use std::fmt;

use serde::Serialize;

use super::fields::{CONCEPT, TERM};
use super::{Format, Holds, Target, pairs};
use crate::check::counted;
use crate::termbase::{Concept, TermEntry, Termbase};

/// Something that is not in the written file, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Left out, or written in another way.
    pub kind: LossKind,
    /// The key of the concept or term, or what else it is (`terms`, `languages`).
    pub field: String,
    /// Why, or what it became.
    pub reason: String,
    /// The ids of the entries, each once.
    pub entries: Vec<String>,
    /// How many values it is about.
    pub count: usize,
}

/// How something is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LossKind {
    /// It is not in the file.
    Dropped,
    /// It is there in another form.
    Changed,
}

/// How many entries a line of the report names.
const NAMED: usize = 5;

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.kind {
            LossKind::Dropped => "left out",
            LossKind::Changed => "changed",
        };
        let values = if self.count == 1 { "value" } else { "values" };
        write!(f, "`{}` {verb} ({}): {} {values} in ", self.field, self.reason, self.count)?;
        let named: Vec<&str> = self.entries.iter().take(NAMED).map(String::as_str).collect();
        write!(f, "{}", named.join(", "))?;
        match self.entries.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// Gathers losses, one for each field and reason.
#[derive(Debug, Default)]
pub(super) struct Losses(Vec<Loss>);

impl Losses {
    pub(super) fn add(&mut self, kind: LossKind, field: &str, reason: &str, concept: &Concept) {
        let same = |loss: &&mut Loss| loss.kind == kind && loss.field == field && loss.reason == reason;
        let id = concept.id.as_str();
        match self.0.iter_mut().find(same) {
            Some(loss) => {
                loss.count += 1;
                if loss.entries.last().is_none_or(|last| last != id) {
                    loss.entries.push(id.to_owned());
                }
            }
            None => self.0.push(Loss {
                kind,
                field: field.to_owned(),
                reason: reason.to_owned(),
                entries: vec![id.to_owned()],
                count: 1,
            }),
        }
    }

    pub(super) fn finish(self) -> Vec<Loss> {
        self.0
    }
}

/// One line about all of it.
pub fn summary(termbase: &Termbase, losses: &[Loss]) -> String {
    let dropped = |kind| losses.iter().filter(|loss| loss.kind == kind).map(|loss| loss.count).sum::<usize>();
    format!(
        "{}, {}; {} left out, {} changed",
        counted(termbase.concepts.len(), "concept"),
        counted(termbase.terms().count(), "term"),
        counted(dropped(LossKind::Dropped), "value"),
        dropped(LossKind::Changed)
    )
}

/// The stated fields that a format has no place for.
pub(super) fn without_room(termbase: &Termbase, format: &Format, target: &Target) -> Vec<Loss> {
    let mut losses = Losses::default();
    for concept in termbase.concepts.iter() {
        let private = concept.private_note.is_some() && format.name != "toml";
        if private {
            losses.add(LossKind::Dropped, "private-note", "private notes stay in glossary.toml", concept);
        }
        match format.holds {
            Holds::All => {}
            Holds::Keys(of_concept, of_term) => keys(concept, of_concept, of_term, target, &mut losses),
            Holds::Pairs(of_concept, of_term) | Holds::One(of_concept, of_term) => {
                keys(concept, of_concept, of_term, target, &mut losses);
            }
        }
    }
    if let Holds::Pairs(..) = format.holds {
        pairs::other_languages(termbase, target, &mut losses);
    }
    losses.finish()
}

fn keys(concept: &Concept, of_concept: &[&str], of_term: &[&str], target: &Target, losses: &mut Losses) {
    const NO_PLACE: &str = "the format has no place for it";
    if concept.id_written && !of_concept.contains(&"id") {
        losses.add(LossKind::Dropped, "id", NO_PLACE, concept);
    }
    let unheld =
        CONCEPT.iter().filter(|field| !of_concept.contains(&field.key) && field.key != "private-note");
    for field in unheld.filter(|field| (field.get)(concept).is_some()) {
        losses.add(LossKind::Dropped, field.key, NO_PLACE, concept);
    }
    let sections = concept.sections.iter().filter(|section| target.wants(&section.tag));
    for entry in sections.flat_map(|section| &section.terms) {
        let stated = |entry: &TermEntry| {
            let unheld = TERM.iter().filter(|field| !of_term.contains(&field.key));
            unheld.filter(|field| (field.get)(entry).is_some()).map(|field| field.key).collect::<Vec<_>>()
        };
        for key in stated(entry) {
            losses.add(LossKind::Dropped, &format!("terms.{key}"), NO_PLACE, concept);
        }
    }
}
