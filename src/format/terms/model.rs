//! Making a termbase of what a reader finds: ids, sections, texts.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use toml::Value;

use super::fields::{Field, TERM, to_text};
use super::log::{At, Log};
use super::tags;
use crate::termbase::read::derive_ids_of;
use crate::termbase::{Concept, ConceptId, LangSection, LangTag, Settings, TermEntry, Termbase};
use crate::text::fold::nfc;

/// Names that are taken, and free ones made of them.
#[derive(Debug, Default)]
pub(super) struct Names {
    used: HashSet<String>,
    /// The next number to try for a stem, so that many equal stems stay cheap.
    next: HashMap<String, usize>,
}

impl Names {
    /// Takes a name; whether it was free.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.used.insert(name.to_owned())
    }

    /// Takes the stem, or the stem with the first free number from 2.
    pub(super) fn free(&mut self, stem: &str) -> String {
        if self.take(stem) {
            return stem.to_owned();
        }
        let number = self.next.entry(stem.to_owned()).or_insert(2);
        loop {
            let name = format!("{stem}-{number}");
            *number += 1;
            if self.used.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Gathers concepts in order.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) settings: Settings,
    /// Boxed, as a termbase has them, so that they need not be moved.
    #[allow(clippy::vec_box, reason = "a termbase has them so")]
    concepts: Vec<Box<Concept>>,
    /// The ids that are written, with the concept's index.
    ids: HashMap<String, usize>,
    names: Names,
    /// The terms of concepts that several rows may tell, by the hash of the concept's index, their language and their
    /// text, each with its place in its section; a hash, for there may be as many as terms.
    told: HashMap<u64, usize>,
    /// Those of them that have keys, by the hash of all that they say.
    variants: HashSet<u64>,
}

impl Builder {
    /// Adds a concept. One whose id is taken goes on under another.
    pub(super) fn push(&mut self, mut concept: Concept, at: impl Into<At>, log: &mut Log<'_>) {
        concept.sections.retain(|section| !section.terms.is_empty());
        concept.details.settle();
        concept
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.terms)
            .for_each(|entry| entry.details.settle());
        let id = concept.id.0.clone();
        concept.id_written = !id.is_empty();
        if concept.id_written {
            concept.id = ConceptId(self.names.free(&id));
            if concept.id.0 != id {
                let message = format!("a second entry `{id}`, renamed `{}`", concept.id);
                log.repaired("an id that two entries have", at, message);
            }
            self.ids.insert(concept.id.0.clone(), self.concepts.len());
        }
        self.concepts.push(Box::new(concept));
    }

    /// The concept with an id, which is added where there is none; without an id a new one.
    pub(super) fn of_id(&mut self, id: &str) -> &mut Concept {
        let at = self.index_of(id);
        &mut self.concepts[at]
    }

    fn index_of(&mut self, id: &str) -> usize {
        if let Some(at) = self.ids.get(id).filter(|_| !id.is_empty()) {
            return *at;
        }
        let id_written = !id.is_empty();
        if id_written {
            self.names.take(id);
            self.ids.insert(id.to_owned(), self.concepts.len());
        }
        let concept = Concept { id: ConceptId(id.to_owned()), id_written, ..Concept::default() };
        self.concepts.push(Box::new(concept));
        self.concepts.len() - 1
    }

    /// Adds the terms of a row that pairs them to the concept with an id. Rows that pair synonyms name a term more than
    /// once: what a later one says of it besides is added. What it says otherwise is about the other term of the row;
    /// where that does not say it either, it is told.
    pub(super) fn push_pair(
        &mut self,
        id: &str,
        terms: &[(LangTag, TermEntry)],
        place: &At,
        log: &mut Log<'_>,
    ) -> &mut Concept {
        let at = self.index_of(id);
        let mut refused = Vec::new();
        for (number, (tag, entry)) in terms.iter().enumerate() {
            let section = section(&mut self.concepts[at], tag);
            let key = hash_of(&(at, tag, &entry.term));
            match self.told.get(&key) {
                Some(known) => {
                    let keys = merge(&mut section.terms[*known], entry);
                    refused.extend(keys.into_iter().map(|field| (number, field)));
                }
                None => {
                    self.told.insert(key, section.terms.len());
                    let mut entry = entry.clone();
                    entry.details.settle();
                    section.terms.push(entry);
                }
            }
        }
        for (number, field) in refused {
            let (entry, said) = (&terms[number].1, (field.get)(&terms[number].1));
            let is_said = |(other, (_, entry)): (usize, &(LangTag, TermEntry))| {
                other != number && (field.get)(entry) == said
            };
            if !terms.iter().enumerate().any(is_said) {
                let said = said.as_ref().map(to_text).unwrap_or_default();
                let message = format!(
                    "“{}” has another `{}` in a row before; “{said}” is left out",
                    entry.term, field.key
                );
                log.skipped("a second value of a key", place.clone(), message);
            }
        }
        &mut self.concepts[at]
    }

    /// Adds the terms of a row that pairs nothing to the concept with an id: one of a text that is there already is
    /// another term if it says something else of itself.
    pub(super) fn push_variants(&mut self, id: &str, terms: Vec<(LangTag, TermEntry)>) -> &mut Concept {
        let at = self.index_of(id);
        for (tag, entry) in terms {
            let section = section(&mut self.concepts[at], &tag);
            let known = self.told.entry(hash_of(&(at, &tag, &entry.term)));
            let text_is_new = matches!(known, Entry::Vacant(_));
            known.or_insert(section.terms.len());
            let has_keys = entry != TermEntry::new(entry.term.clone());
            let keys_are_new = has_keys && self.variants.insert(hash_of(&(at, &tag, format!("{entry:?}"))));
            if text_is_new || keys_are_new {
                section.terms.push(entry);
            }
        }
        &mut self.concepts[at]
    }

    /// Leaves of the languages that the settings name those in which there are terms.
    pub(super) fn keep_languages_in_use(&mut self) {
        let used: HashSet<&LangTag> =
            self.concepts.iter().flat_map(|concept| &concept.sections).map(|section| &section.tag).collect();
        self.settings.languages.retain(|tag| used.contains(tag));
        for tag in languages_of(self.concepts.iter().map(Box::as_ref)) {
            if !self.settings.languages.contains(&tag) {
                self.settings.languages.push(tag);
            }
        }
    }

    /// Does something with every concept.
    pub(super) fn each(&mut self, change: impl FnMut(&mut Concept)) {
        self.concepts.iter_mut().map(Box::as_mut).for_each(change);
    }

    /// The last concept.
    pub(super) fn last(&mut self) -> Option<&mut Concept> {
        self.concepts.last_mut().map(Box::as_mut)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// The termbase, each concept with an id.
    pub(super) fn finish(mut self) -> Termbase {
        if self.settings.languages.is_empty() {
            self.settings.languages = languages_of(self.concepts.iter().map(Box::as_ref));
        }
        Termbase { concepts: derive_ids_of(self.concepts, &self.settings.languages), settings: self.settings }
    }
}

/// Adds to a term what another mention of it says, notes line by line; gives the fields back which it has otherwise.
fn merge(known: &mut TermEntry, other: &TermEntry) -> Vec<&'static Field<TermEntry>> {
    let mut refused = Vec::new();
    for field in TERM {
        let Some(said) = (field.get)(other) else { continue };
        let merged = match (field.key, (field.get)(known), said) {
            (_, None, said) => said,
            (_, Some(there), said) if there == said => continue,
            ("note", Some(Value::String(there)), Value::String(said)) => {
                let mut note = Some(there);
                add_note(&mut note, &said);
                Value::String(note.unwrap_or_default())
            }
            ("x", Some(Value::Table(there)), Value::Table(mut said)) => {
                if there.iter().any(|(key, value)| said.get(key).is_some_and(|other| other != value)) {
                    refused.push(field);
                    continue;
                }
                said.extend(there);
                Value::Table(said)
            }
            _ => {
                refused.push(field);
                continue;
            }
        };
        // It takes what another of its kind gave.
        if (field.set)(known, merged).is_err() {
            refused.push(field);
        }
    }
    refused
}

/// Adds to a term what a further cell says of it; what it says otherwise than one before is told.
pub(super) fn merge_told(known: &mut TermEntry, said: &TermEntry, at: &At, log: &mut Log<'_>) {
    for field in merge(known, said) {
        let value = (field.get)(said).as_ref().map(to_text).unwrap_or_default();
        let message = format!("“{}” has another `{}` already; “{value}” is left out", said.term, field.key);
        log.skipped("a second value of a key", at.clone(), message);
    }
}

fn hash_of(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// The languages of concepts in the order in which they first stand there.
pub(super) fn languages_of<'a>(concepts: impl IntoIterator<Item = &'a Concept>) -> Vec<LangTag> {
    let mut languages: Vec<LangTag> = Vec::new();
    for section in concepts.into_iter().flat_map(|concept| &concept.sections) {
        if !languages.contains(&section.tag) {
            languages.push(section.tag.clone());
        }
    }
    languages
}

/// The languages in use, those that the settings name first, in their order.
pub(super) fn languages_in_order(termbase: &Termbase) -> Vec<LangTag> {
    let mut languages = languages_of(termbase.concepts.iter());
    let named = &termbase.settings.languages;
    let rank = |tag: &LangTag| {
        let exactly = named.iter().position(|one| one == tag);
        let general = || named.iter().position(|one| tags::primary(one) == tags::primary(tag));
        exactly.or_else(general).unwrap_or(named.len())
    };
    languages.sort_by_key(rank);
    languages
}

/// The section of a language, which is added where there is none.
pub(super) fn section<'a>(concept: &'a mut Concept, tag: &LangTag) -> &'a mut LangSection {
    let at = concept.sections.iter().position(|section| section.tag == *tag).unwrap_or_else(|| {
        // Most concepts have two languages with one term each, and a term is large.
        concept.sections.reserve_exact(if concept.sections.is_empty() { 2 } else { 1 });
        concept.sections.push(LangSection { tag: tag.clone(), terms: Vec::with_capacity(1) });
        concept.sections.len() - 1
    });
    &mut concept.sections[at]
}

/// A term as it is stored: NFC, white space within as one space, none around. Empty where nothing is left.
pub(super) fn term_text(text: &str) -> String {
    let words =
        text.split([' ', '\t', '\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).filter(|word| !word.is_empty());
    nfc(words.collect::<Vec<_>>().join(" ").trim()).into_owned()
}

/// A longer text as it is stored: NFC, none of the white space around. A line break before blanks is layout.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.trim().split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let layout = line.starts_with([' ', '\t']);
        if at > 0 {
            out.truncate(if layout { out.trim_end_matches([' ', '\t']).len() } else { out.len() });
            out.push(if layout { ' ' } else { '\n' });
        }
        out += if layout { line.trim_start_matches([' ', '\t']) } else { line };
    }
    nfc(&out).into_owned()
}

/// Adds to a note what it does not say yet, as further lines.
pub(super) fn add_note(note: &mut Option<String>, text: &str) {
    let text = prose(text);
    match note {
        _ if text.is_empty() => {}
        Some(note) if format!("\n{note}\n").contains(&format!("\n{text}\n")) => {}
        Some(note) => *note += &format!("\n{text}"),
        None => *note = Some(text),
    }
}

/// A term to be stored; `None`, with a finding, where it is empty. Characters that nobody sees are told.
pub(super) fn term(text: &str, at: impl Into<At>, log: &mut Log<'_>) -> Option<TermEntry> {
    let text = term_text(text);
    let at = at.into();
    if text.is_empty() {
        log.skipped("an empty term", at, "a term without text is left out");
        return None;
    }
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        let message =
            format!("a term has the invisible character U+{:04X} in it, which is kept", u32::from(hidden));
        log.repaired("an invisible character in a term", at, message);
    }
    Some(TermEntry::new(text))
}

/// Adds a term to the section of its language.
pub(super) fn push_term(concept: &mut Concept, tag: &LangTag, entry: TermEntry) {
    section(concept, tag).terms.push(entry);
}

/// A tag put right, with a finding where more than its case was.
pub(super) fn lang_tag(written: &str, at: impl Into<At>, log: &mut Log<'_>) -> LangTag {
    let tag = tags::tag(written);
    if tag.repaired && tag.tag.as_str() == "und" {
        let message = format!("“{written}” is no language tag (BCP 47); its terms are kept under `und`");
        log.repaired("no language tag", at, message);
    } else if tag.repaired {
        log.repaired(
            "a language tag put right",
            at,
            format!("the language “{written}” is read as `{}`", tag.tag),
        );
    }
    tag.tag
}

/// Soft hyphen, zero-width characters but joiners, marks of direction.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_goes_and_the_text_stays() {
        assert_eq!(term_text("\n   border\n\t wall\u{a0}x \u{a0} \r\n"), "border wall\u{a0}x");
        assert_eq!(prose("  uno  \n    dos\ntres\r\ncuatro "), "uno dos\ntres\ncuatro");
        assert_eq!(prose("a\n\nb"), "a\n\nb");
    }
}
