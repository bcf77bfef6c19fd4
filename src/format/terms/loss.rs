//! What a conversion loses: counted by field, with the entries that had it.

use std::fmt;

use serde::Serialize;

use super::fields::{CONCEPT, TERM};
use super::scope::Scope;
use super::{Format, Target, has_room};
use crate::check::counted;
use crate::termbase::{Concept, LangTag, Settings, Termbase};

/// Something that is not in the written file, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Left out, or written in another way.
    pub kind: LossKind,
    /// The key of the concept or term, or what else it is (`terms`, `languages`).
    pub field: String,
    /// Why, or what it became.
    pub reason: String,
    /// The ids of the entries, each once; none where it is of the termbase as a whole.
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
        write!(f, "`{}` {verb} ({})", self.field, self.reason)?;
        if self.entries.is_empty() {
            return Ok(());
        }
        let values = if self.count == 1 { "value" } else { "values" };
        write!(f, ": {} {values} in ", self.count)?;
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
    /// A loss of a concept.
    pub(super) fn add(&mut self, kind: LossKind, field: &str, reason: &str, concept: &Concept) {
        let loss = self.of(kind, field, reason);
        let id = concept.id.as_str();
        loss.count += 1;
        if loss.entries.last().is_none_or(|last| last != id) {
            loss.entries.push(id.to_owned());
        }
    }

    /// A loss of the termbase as a whole.
    pub(super) fn add_setting(&mut self, kind: LossKind, field: &str, reason: &str) {
        self.of(kind, field, reason).count += 1;
    }

    /// The loss of this kind, with nothing in it if it is new.
    fn of(&mut self, kind: LossKind, field: &str, reason: &str) -> &mut Loss {
        let same = |loss: &Loss| loss.kind == kind && loss.field == field && loss.reason == reason;
        let at = self.0.iter().position(same).unwrap_or(self.0.len());
        if at == self.0.len() {
            let (field, reason) = (field.to_owned(), reason.to_owned());
            self.0.push(Loss { kind, field, reason, entries: Vec::new(), count: 0 });
        }
        &mut self.0[at]
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

/// What a format has no place for.
const NO_PLACE: &str = "the format has no place for it";

/// The stated fields that a format has no place for, and the languages that are not written.
pub(super) fn without_room(termbase: &Termbase, format: &Format, target: &Target) -> Vec<Loss> {
    let mut losses = Losses::default();
    let scope = Scope::of(termbase, format, target);
    settings(termbase, format, &scope, &mut losses);
    for concept in termbase.concepts.iter() {
        of_concept(concept, format, &scope, &mut losses);
    }
    losses.finish()
}

/// The same of one concept.
pub(super) fn of_concept(concept: &Concept, format: &Format, scope: &Scope<'_>, losses: &mut Losses) {
    if concept.private_note.is_some() && format.name != "toml" {
        losses.add(LossKind::Dropped, "private-note", "private notes stay in glossary.toml", concept);
    }
    if let (Some(of_concept), Some(of_term)) = format.holds.keys() {
        keys(concept, of_concept, of_term, scope, losses);
    }
    scope.tell(concept, losses);
}

/// What a format has no place for of that which is said of the whole. Where the texts are and how they are checked is no
/// part of a termbase, but of a project, whose file has a place for it.
fn settings(termbase: &Termbase, format: &Format, scope: &Scope<'_>, losses: &mut Losses) {
    let has = |setting| format.settings.contains(&setting);
    let settings = &termbase.settings;
    title(settings, format, losses);
    if !has("languages") && says_languages(termbase, scope) {
        let reason = "the format has no place for the working languages";
        losses.add_setting(LossKind::Dropped, "languages", reason);
    }
    let of_project = Settings {
        title: settings.title.clone(),
        languages: settings.languages.clone(),
        ..Settings::default()
    };
    if format.name == "toml" && *settings != of_project {
        losses.add_setting(LossKind::Dropped, "glossary", "settings of the project stay in its own file");
    }
}

/// Tells the title where there is no place for it.
pub(super) fn title(settings: &Settings, format: &Format, losses: &mut Losses) {
    if settings.title.is_some() && !format.settings.contains(&"title") {
        losses.add_setting(LossKind::Dropped, "title", NO_PLACE);
    }
}

/// Whether the working languages are others than those which are assumed, and than those of the file.
fn says_languages(termbase: &Termbase, scope: &Scope<'_>) -> bool {
    let mut stated = termbase.settings.languages.clone();
    let is_assumed = stated.iter().map(LangTag::as_str).eq(["es-MX", "en-US"]);
    let mut written = scope.languages(termbase);
    stated.sort();
    written.sort();
    !is_assumed && !stated.is_empty() && stated != written
}

fn keys(concept: &Concept, of_concept: &[&str], of_term: &[&str], scope: &Scope<'_>, losses: &mut Losses) {
    if concept.id_written && !of_concept.contains(&"id") {
        losses.add(LossKind::Dropped, "id", NO_PLACE, concept);
    }
    for field in CONCEPT.iter().filter(|field| field.key != "private-note") {
        if (field.get)(concept).is_some_and(|stated| !has_room(of_concept, field.key, &stated)) {
            losses.add(LossKind::Dropped, field.key, NO_PLACE, concept);
        }
    }
    for entry in scope.sections(concept).flat_map(|section| &section.terms) {
        for field in TERM {
            if (field.get)(entry).is_some_and(|stated| !has_room(of_term, field.key, &stated)) {
                losses.add(LossKind::Dropped, &format!("terms.{}", field.key), NO_PLACE, concept);
            }
        }
    }
}
