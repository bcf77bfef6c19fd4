//! Ids: derived where they are not written, unique in a termbase.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::LayerEntry;
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::termbase::concepts::Concepts;
use crate::termbase::model::{Concept, ConceptId, LangTag};

/// Derived ids are cut at a hyphen before this length.
const LONGEST: usize = 60;

/// Gives an id to every entry that has none, avoiding those that `taken` holds and those that are written.
///
/// An id that is written twice in the file is an error; the second entry goes on under a numbered one.
pub(in crate::termbase) fn derive(
    entries: &mut [LayerEntry],
    taken: &FxHashMap<String, usize>,
    languages: &[LangTag],
    findings: &mut Vec<Finding>,
) {
    let mut names = Names { own: FxHashMap::default(), taken, next: FxHashMap::default() };
    let twice = written(entries, &mut names, findings);
    for (index, entry) in entries.iter_mut().enumerate() {
        if !entry.concept.id_written {
            let stem = stem(&entry.concept, languages);
            entry.concept.id = ConceptId(names.free(stem, index));
        } else if twice.contains(&index) {
            let stem = entry.concept.id.0.clone();
            entry.concept.id = ConceptId(names.free(stem, index));
        }
    }
}

/// Gives an id to every concept that has none.
#[allow(clippy::vec_box, reason = "a termbase has them so, and they need not be moved")]
pub(crate) fn derive_of(concepts: Vec<Box<Concept>>, languages: &[LangTag]) -> Concepts {
    let entry = |concept| LayerEntry { concept, id_span: None, troubled: false };
    let mut entries: Vec<LayerEntry> = concepts.into_iter().map(entry).collect();
    derive(&mut entries, &FxHashMap::default(), languages, &mut Vec::new());
    entries.into_iter().map(|entry| entry.concept).collect()
}

/// An id for a new concept that is not taken.
pub(crate) fn free_id(
    concept: &Concept,
    languages: &[LangTag],
    is_taken: impl Fn(&str) -> bool,
) -> ConceptId {
    let stem = stem(concept, languages);
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|id| !is_taken(id));
    ConceptId(free.unwrap_or(stem))
}

/// Notes the written ids; gives the (ascending) indices of entries whose id an earlier one has.
fn written(entries: &[LayerEntry], names: &mut Names<'_>, findings: &mut Vec<Finding>) -> Vec<usize> {
    let mut twice = Vec::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.concept.id_written) {
        let id = entry.concept.id.as_str();
        match names.own.get(id) {
            Some(&first) => {
                findings.extend(entries.get(first).and_then(|first| duplicate(first, entry)));
                twice.push(index);
            }
            None => {
                names.own.insert(id.to_owned(), index);
            }
        }
    }
    twice
}

fn duplicate(first: &LayerEntry, second: &LayerEntry) -> Option<Finding> {
    let message = format!("the id `{}` is written twice in this file", second.concept.id);
    let mut finding = Finding::new(Severity::Error, "duplicate-id", message)
        .label("a second concept with this id")
        .help("give one of them another id, or put their terms into one concept");
    let mut second_place = second.concept.place.clone()?;
    second_place.span = second.id_span?;
    let mut first_place = first.concept.place.clone()?;
    first_place.span = first.id_span?;
    finding.place = Some(second_place);
    finding.related.push((first_place, "first used here".to_owned()));
    Some(finding)
}

/// The names in use.
struct Names<'a> {
    /// Of this file, with the entry's index.
    own: FxHashMap<String, usize>,
    /// Of the layers before.
    taken: &'a FxHashMap<String, usize>,
    /// The next number to try for a stem, so that ten thousand equal stems stay cheap.
    next: FxHashMap<String, u32>,
}

impl Names<'_> {
    fn is_used(&self, name: &str) -> bool {
        self.own.contains_key(name) || self.taken.contains_key(name)
    }

    /// The stem, or the stem with the first free number from 2.
    fn free(&mut self, stem: String, index: usize) -> String {
        let mut name = stem.clone();
        if self.is_used(&name) {
            let mut number = self.next.get(&stem).copied().unwrap_or(2);
            name = format!("{stem}-{number}");
            while self.is_used(&name) {
                number += 1;
                name = format!("{stem}-{number}");
            }
            self.next.insert(stem, number + 1);
        }
        self.own.insert(name.clone(), index);
        name
    }
}

/// What an id is derived from: the first term of the first working language that has one, else any.
fn stem(concept: &Concept, languages: &[LangTag]) -> String {
    let wanted = languages.iter().filter_map(LangTag::lang).chain(Lang::ALL);
    let first = wanted
        .filter_map(|lang| concept.terms_of(lang).next())
        .chain(concept.sections.iter().flat_map(|section| &section.terms))
        .map(|term| slug(&term.term))
        .find(|slug| !slug.is_empty());
    first.unwrap_or_else(|| "concept".to_owned())
}

/// ASCII letters and digits in lower case, all else as single hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST {
        let cut = slug[..LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_short() {
        let cases = [
            ("Quédate en México", "quedate-en-mexico"),
            ("T-MEC", "t-mec"),
            ("EE. UU.", "ee-uu"),
            ("  ¿Qué?  ", "que"),
            ("niñez migrante", "ninez-migrante"),
            ("…", ""),
        ];
        for (term, expected) in cases {
            assert_eq!(slug(term), expected, "{term}");
        }
        let long = slug(&"palabra ".repeat(40));
        assert!(long.len() <= LONGEST && long.ends_with("palabra"), "{long}");
    }
}
