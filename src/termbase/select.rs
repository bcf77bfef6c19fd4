//! A part of a termbase: the concepts and terms that are as asked.
//!
//! ```
//! use glosa::termbase::select::{Selection, select};
//! use glosa::termbase::{Source, read};
//!
//! let text = "[[concept]]\nsubject = \"trade\"\nterms.es = \"arancel\"\n[[concept]]\nterms.es = \"muro\"\n";
//! let termbase = read(&[Source::toml("g.toml", text)]).termbase;
//! let trade = Selection { subjects: vec!["Trade".to_owned()], ..Selection::default() };
//! assert_eq!(select(&termbase, &trade).concepts.len(), 1);
//! ```

use super::model::{Concept, LangSection, Review, Status, Termbase};

/// What is asked; an empty list asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Subjects, in any case.
    pub subjects: Vec<String>,
    /// Clients, in any case; a concept or a term of it may be for the client.
    pub clients: Vec<String>,
    /// Stages of the workflow; a concept that states none is approved.
    pub reviews: Vec<Review>,
    /// Statuses of terms, as readers see them.
    pub statuses: Vec<Status>,
}

/// The concepts that are as asked, with those of their terms that are. A concept that keeps no term is left out, and
/// references to concepts that are left out are dropped.
pub fn select(termbase: &Termbase, selection: &Selection) -> Termbase {
    let wanted = termbase.concepts.iter().filter(|concept| selection.wants(concept));
    let mut concepts: Vec<Concept> = wanted.filter_map(|concept| selection.with_terms(concept)).collect();
    let ids: std::collections::HashSet<String> =
        concepts.iter().map(|concept| concept.id.0.clone()).collect();
    for concept in &mut concepts {
        let known = |id: &super::model::ConceptId| ids.contains(&id.0);
        let Some(stated) = concept.details.get_mut() else { continue };
        stated.related.retain(known);
        stated.broader.retain(known);
        stated.not_to_confuse.retain(known);
        stated.replaced_by = stated.replaced_by.take().filter(known);
        stated.holder_of = stated.holder_of.take().filter(known);
    }
    Termbase { settings: termbase.settings.clone(), concepts: concepts.into() }
}

impl Selection {
    fn wants(&self, concept: &Concept) -> bool {
        let terms = || concept.sections.iter().flat_map(|section| &section.terms);
        let for_client = has(&self.clients, concept.client.as_ref())
            || terms().any(|term| has(&self.clients, term.client.as_ref()));
        let review = concept.review.unwrap_or(Review::Approved);
        has(&self.subjects, concept.subject.as_ref())
            && for_client
            && (self.reviews.is_empty() || self.reviews.contains(&review))
    }

    fn with_terms(&self, concept: &Concept) -> Option<Concept> {
        let mut concept = concept.clone();
        if !self.statuses.is_empty() {
            concept.sections.iter_mut().for_each(|section| self.keep_terms(section));
            concept.sections.retain(|section| !section.terms.is_empty());
        }
        (self.statuses.is_empty() || !concept.sections.is_empty()).then_some(concept)
    }

    fn keep_terms(&self, section: &mut LangSection) {
        let statuses: Vec<Status> = (0..section.terms.len()).map(|at| section.effective_status(at)).collect();
        let mut statuses = statuses.into_iter();
        section.terms.retain(|_| statuses.next().is_some_and(|status| self.statuses.contains(&status)));
    }
}

/// Whether a value is one of those asked.
fn has(asked: &[String], value: Option<&String>) -> bool {
    asked.is_empty()
        || value.is_some_and(|value| asked.iter().any(|one| one.to_lowercase() == value.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Source, read};

    const TEXT: &str = "[[concept]]\nid = \"a\"\nsubject = \"trade\"\nrelated = [\"b\"]\nterms.es = [\"arancel\", \"tasa\"]\n\
        terms.en = { term = \"tariff\", client = \"Desk\" }\n[[concept]]\nid = \"b\"\nreview = \"proposed\"\n\
        terms.en = { term = \"wall\", status = \"deprecated\" }\n";

    fn selected(selection: &Selection) -> Vec<(String, usize, usize)> {
        let termbase = read(&[Source::toml("g.toml", TEXT)]).termbase;
        let part = select(&termbase, selection);
        let count = |concept: &Concept| concept.sections.iter().map(|section| section.terms.len()).sum();
        part.concepts
            .iter()
            .map(|concept| (concept.id.0.clone(), count(concept), concept.related.len()))
            .collect()
    }

    #[test]
    fn what_is_asked_is_kept() {
        let texts = |text: &str| vec![text.to_owned()];
        let cases = [
            (Selection::default(), vec![("a", 3, 1), ("b", 1, 0)]),
            (Selection { subjects: texts("TRADE"), ..Selection::default() }, vec![("a", 3, 0)]),
            (Selection { clients: texts("desk"), ..Selection::default() }, vec![("a", 3, 0)]),
            (Selection { clients: texts("other"), ..Selection::default() }, vec![]),
            (Selection { reviews: vec![Review::Proposed], ..Selection::default() }, vec![("b", 1, 0)]),
            (Selection { reviews: vec![Review::Approved], ..Selection::default() }, vec![("a", 3, 0)]),
            (Selection { statuses: vec![Status::Preferred], ..Selection::default() }, vec![("a", 2, 0)]),
            (Selection { statuses: vec![Status::Deprecated], ..Selection::default() }, vec![("b", 1, 0)]),
        ];
        for (selection, wanted) in cases {
            let wanted: Vec<(String, usize, usize)> =
                wanted.into_iter().map(|(id, terms, related)| (id.to_owned(), terms, related)).collect();
            assert_eq!(selected(&selection), wanted, "{selection:?}");
        }
    }
}
