//! What of a text a file can hold, and what becomes of the rest: one rule for all formats that are written.
//!
//! No table, list or markup has a place for control characters, and a byte order mark is no text. They become spaces
//! before a writer sees them, so that no writer has to look for them, and the report of losses tells it. Terms that a
//! file could not tell from one another are written once.

use std::borrow::Cow;
use std::collections::HashSet;

use toml::{Table, Value};

use super::fields::{CONCEPT, Field, TERM};
use super::loss::{LossKind, Losses};
use super::model::{self, Names};
use super::scope::Scope;
use super::{Format, Holds, Target};
use crate::termbase::{Concept, ConceptId, LangSection, Settings, TermEntry, Termbase};

/// What of a text a file can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Everything: it has escapes, or refuses by itself.
    Any,
    /// Lines, ended by LF, of all characters but control characters (XML 1.0, section 2.2, and what it discourages).
    Lines,
    /// The same, without white space around a line.
    Trimmed,
    /// One line, without tabs.
    Line,
}

impl Texts {
    fn holds(self, c: char) -> bool {
        match c {
            _ if self == Texts::Any => true,
            '\t' | '\n' => self != Texts::Line,
            _ => {
                !c.is_control()
                    && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            }
        }
    }

    /// A term as the file can hold it, on one line whatever the file; `None` where it can as it is.
    fn term_held(self, term: &str) -> Option<String> {
        let line = if self == Texts::Any { None } else { Texts::Line.held(term) };
        let held = model::term_text(line.as_deref().unwrap_or(term));
        (held != term).then_some(held)
    }

    /// The text as the file can hold it; `None` where it can as it is.
    fn held(self, text: &str) -> Option<String> {
        if text.chars().all(|c| self.holds(c)) {
            let held = if self == Texts::Trimmed { trimmed(text) } else { return None };
            return (held != text).then_some(held);
        }
        let mut out = String::with_capacity(text.len());
        for c in text.replace("\r\n", "\n").chars() {
            match c {
                c if self.holds(c) => out.push(c),
                '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' if self != Texts::Line => out.push('\n'),
                '\u{feff}' => {}
                _ if out.ends_with(' ') => {}
                _ => out.push(' '),
            }
        }
        Some(trimmed(&out))
    }

    fn reason(self) -> &'static str {
        match self {
            Texts::Line => "tabs and line ends become spaces",
            Texts::Trimmed => "control characters and white space around lines",
            _ => "control characters become spaces, line ends LF",
        }
    }
}

/// The lines of a text without white space around them.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.trim().split('\n').map(|line| line.trim_matches([' ', '\t'])).collect();
    lines.join("\n")
}

/// The termbase as a format can hold its texts.
pub(super) fn held<'t>(
    termbase: &'t Termbase,
    format: &Format,
    target: &Target,
    losses: &mut Losses,
) -> Cow<'t, Termbase> {
    let room = Room { format, scope: Scope::of(termbase, format, target) };
    let stated = termbase.settings.title.as_deref().filter(|_| format.settings.contains(&"title"));
    let title = stated.filter(|_| format.texts != Texts::Any).and_then(|title| format.texts.term_held(title));
    if title.is_some() {
        let reason = "a title is a line of words with a space between them";
        losses.add_setting(LossKind::Changed, "title", reason);
    }
    let is_held = title.is_none() && termbase.concepts.iter().all(|concept| room.has_room_for(concept));
    if is_held {
        return Cow::Borrowed(termbase);
    }
    let mut names = Names::default();
    let concepts = termbase.concepts.iter().map(|concept| {
        let mut held = room.concept(concept, losses);
        held.id = ConceptId(names.free(held.id.as_str()));
        held
    });
    let title = title.or_else(|| termbase.settings.title.clone());
    let settings = Settings { title, ..termbase.settings.clone() };
    Cow::Owned(Termbase { concepts: concepts.collect(), settings })
}

/// What a format has room for.
struct Room<'a> {
    format: &'a Format,
    scope: Scope<'a>,
}

impl Room<'_> {
    /// Whether all of a concept that the format holds can be written as it is.
    fn has_room_for(&self, concept: &Concept) -> bool {
        let texts = self.format.texts;
        let (of_concept, of_term) = self.format.holds.keys();
        let mut terms = self.scope.sections(concept).flat_map(|section| &section.terms);
        texts.held(concept.id.as_str()).is_none()
            && texts.has_room_for(concept, CONCEPT, of_concept)
            && terms.all(|entry| {
                texts.term_held(&entry.term).is_none() && texts.has_room_for(entry, TERM, of_term)
            })
            && (texts == Texts::Any || self.scope.sections(concept).all(has_each_text_once))
    }

    /// What the file says of a term, by which it is another than one of the same text.
    fn stated(&self, entry: &TermEntry) -> Vec<Value> {
        let keys = match self.format.holds {
            Holds::All => None,
            Holds::Keys(_, keys) => Some(keys),
            // Rows name a term for each of its partners.
            Holds::Pairs(..) | Holds::One(..) => Some(&[] as &[&str]),
        };
        let held = TERM.iter().filter(|field| keys.is_none_or(|keys| keys.contains(&field.key)));
        held.filter_map(|field| (field.get)(entry)).collect()
    }

    /// The concept as the format can hold it.
    fn concept(&self, concept: &Concept, losses: &mut Losses) -> Concept {
        if self.has_room_for(concept) {
            return concept.clone();
        }
        let (of_concept, _) = self.format.holds.keys();
        let mut tell = |kind, key: &str, reason| losses.add(kind, key, reason, concept);
        let mut held = Concept {
            id: concept.id.clone(),
            id_written: concept.id_written,
            place: concept.place.clone(),
            ..Concept::default()
        };
        if let Some(id) = self.format.texts.held(concept.id.as_str()) {
            held.id = ConceptId(id);
            tell(LossKind::Changed, "id", self.format.texts.reason());
        }
        for key in self.format.texts.copy(concept, &mut held, CONCEPT, of_concept) {
            tell(LossKind::Changed, key, self.format.texts.reason());
        }
        held.sections =
            self.scope.sections(concept).map(|section| self.section(section, &mut tell)).collect();
        held
    }

    fn section(
        &self,
        section: &LangSection,
        tell: &mut impl FnMut(LossKind, &str, &'static str),
    ) -> LangSection {
        let mut terms = Vec::new();
        let (mut texts, mut variants) = (HashSet::new(), HashSet::new());
        for entry in &section.terms {
            let changed = self.format.texts.term_held(&entry.term);
            let mut held = TermEntry::new(changed.clone().unwrap_or_else(|| entry.term.clone()));
            held.place.clone_from(&entry.place);
            let keys = self.format.texts.copy(entry, &mut held, TERM, self.format.holds.keys().1);
            if held.term.is_empty() {
                tell(LossKind::Dropped, "terms", "nothing of it can be written");
                continue;
            }
            let stated = self.stated(&held);
            let is_new_text = texts.insert(held.term.clone());
            let is_new = match stated.is_empty() {
                true => is_new_text,
                false => variants.insert(format!("{} {stated:?}", held.term)),
            };
            if self.format.texts != Texts::Any && !is_new {
                tell(LossKind::Dropped, "terms", "the same stands there already");
                continue;
            }
            if changed.is_some() {
                tell(LossKind::Changed, "terms", "a term is a line of words with a space between them");
            }
            for key in keys {
                tell(LossKind::Changed, &format!("terms.{key}"), self.format.texts.reason());
            }
            terms.push(held);
        }
        LangSection { tag: section.tag.clone(), terms }
    }
}

/// Whether anything of a field is written by a format that holds these keys.
fn is_written(key: &str, keys: &[&str]) -> bool {
    keys.contains(&key) || key == "x" && keys.iter().any(|key| key.starts_with("x."))
}

fn has_each_text_once(section: &LangSection) -> bool {
    let mut seen = HashSet::new();
    section.terms.len() < 2 || section.terms.iter().all(|entry| seen.insert(&entry.term))
}

impl Texts {
    /// Whether the fields with these keys, or all, can be written as they are.
    fn has_room_for<T>(self, of: &T, fields: &[Field<T>], keys: Option<&[&str]>) -> bool {
        if self == Texts::Any {
            return true;
        }
        let mut held = fields.iter().filter(|field| keys.is_none_or(|keys| is_written(field.key, keys)));
        held.all(|field| (field.get)(of).is_none_or(|value| self.value_held(&value).is_none()))
    }

    /// Copies all fields, those with these keys (or all) as they can be held; the keys of those that are not what they were.
    fn copy<T>(self, from: &T, to: &mut T, fields: &[Field<T>], keys: Option<&[&str]>) -> Vec<&'static str> {
        let mut changed = Vec::new();
        for field in fields {
            let Some(value) = (field.get)(from) else { continue };
            let is_written = keys.is_none_or(|keys| is_written(field.key, keys));
            let held = if is_written { self.value_held(&value) } else { None };
            changed.extend(held.is_some().then_some(field.key));
            // What a field has given it takes.
            let _ = (field.set)(to, held.unwrap_or(value));
        }
        changed
    }

    /// A value with all its texts, names too, as they can be held; `None` where they can as they are.
    fn value_held(self, value: &Value) -> Option<Value> {
        let or_same = |value: &Value| self.value_held(value).unwrap_or_else(|| value.clone());
        match value {
            Value::String(text) => self.held(text).map(Value::String),
            Value::Array(items) => {
                let changed = items.iter().any(|item| self.value_held(item).is_some());
                changed.then(|| Value::Array(items.iter().map(or_same).collect()))
            }
            Value::Table(table) => {
                let name = |key: &String| self.held(key).unwrap_or_else(|| key.clone());
                let changed = table
                    .iter()
                    .any(|(key, value)| self.held(key).is_some() || self.value_held(value).is_some());
                changed.then(|| {
                    Value::Table(
                        table.iter().map(|(key, value)| (name(key), or_same(value))).collect::<Table>(),
                    )
                })
            }
            _ => None,
        }
    }
}
