//! From a collection to the model of its aligned glossary.

use super::aligned_glossary::{
    AlignedGlossary, ConceptLink, DocumentLine, Entry, EntryDefinition, EntryTerm, PlaceCount, Rendering,
    Totals,
};
use crate::concord::harvest::{Harvest, harvest, line_indices};
use crate::concord::{Occurrence, occurrences, renderings};
use crate::engine::Collection;
use crate::lang::Lang;
use crate::termbase::view::article_of;
use crate::termbase::{Concept, ConceptId, LangTag, TermRef, Termbase};
use crate::text::LineIndex;
use crate::text::fold;

/// What goes into an aligned glossary.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions {
    /// The most contexts of a concept, pinned ones apart.
    pub contexts: usize,
    /// Whether confidential documents may be quoted.
    pub confidential: bool,
}

impl Default for BuildOptions {
    fn default() -> Self {
        BuildOptions { contexts: 5, confidential: false }
    }
}

/// Builds the model: every concept of the termbase, with what the collection shows of it.
pub fn build(termbase: &Termbase, collection: &Collection, options: BuildOptions) -> AlignedGlossary {
    let lines = line_indices(&collection.documents);
    let all = occurrences(collection, termbase.concepts.len());
    let from =
        Harvest { collection, lines: &lines, limit: options.contexts, confidential: options.confidential };
    let maker = EntryMaker { termbase, collection, lines: &lines, from };
    let mut entries: Vec<Entry> = all.iter().enumerate().map(|(i, found)| maker.entry(i, found)).collect();
    entries.sort_by_cached_key(|entry| {
        (entry.terms.first().map(|term| fold::key(&term.term)), entry.id.clone())
    });
    let settings = &termbase.settings;
    AlignedGlossary {
        title: settings.title.clone().unwrap_or_else(|| "Glosario".to_owned()),
        languages: languages(termbase).iter().map(ToString::to_string).collect(),
        ui: settings.ui.or_else(|| languages(termbase).first().and_then(LangTag::lang)).unwrap_or(Lang::Es),
        totals: totals(collection, &entries),
        documents: documents(collection),
        entries,
    }
}

/// The working languages: as stated, else es-MX and en-US.
pub fn languages(termbase: &Termbase) -> Vec<LangTag> {
    match termbase.settings.languages.as_slice() {
        [] => vec![LangTag("es-MX".into()), LangTag("en-US".into())],
        stated => stated.to_vec(),
    }
}

/// "aduana / customs": the preferred terms of a concept in the order of the working languages.
pub fn label(termbase: &Termbase, concept: &Concept) -> String {
    let languages = languages(termbase);
    let terms = languages.iter().filter_map(|tag| concept.preferred(tag.lang()?));
    let label = terms.map(|term| term.term.as_str()).collect::<Vec<_>>().join(" / ");
    if label.is_empty() { concept.id.to_string() } else { label }
}

fn totals(collection: &Collection, entries: &[Entry]) -> Totals {
    let found = || entries.iter().filter(|entry| entry.count_es + entry.count_en > 0);
    Totals {
        concepts: entries.len(),
        found: found().count(),
        without_es: found().filter(|entry| entry.count_es == 0).count(),
        without_en: found().filter(|entry| entry.count_en == 0).count(),
        documents: collection.documents.len(),
        pairs: collection.bitexts.len(),
        single: collection.documents.len() - 2 * collection.bitexts.len(),
        hits: collection.documents.iter().map(|analysis| analysis.hits.len()).sum(),
        words: collection.documents.iter().map(|analysis| analysis.words).sum(),
    }
}

fn documents(collection: &Collection) -> Vec<DocumentLine> {
    let partners = collection.partners();
    let line = |(i, analysis): (usize, &crate::engine::Analysis)| DocumentLine {
        name: analysis.document.name.clone(),
        lang: analysis.lang(),
        partner: partners[i],
        hits: analysis.hits.len(),
        words: analysis.words,
    };
    collection.documents.iter().enumerate().map(line).collect()
}

struct EntryMaker<'a> {
    termbase: &'a Termbase,
    collection: &'a Collection,
    lines: &'a [LineIndex],
    from: Harvest<'a>,
}

impl EntryMaker<'_> {
    fn entry(&self, index: usize, found: &[Occurrence]) -> Entry {
        let concept = &self.termbase.concepts[index];
        let count = |lang| found.iter().filter(|o| o.hit(self.collection).lang == lang).count();
        let renderings = renderings(self.collection, found);
        let text = |date: &Option<String>| date.clone();
        Entry {
            id: concept.id.to_string(),
            subject: concept.subject.clone(),
            kind: concept.kind.map(|kind| kind.to_string()),
            jurisdiction: concept.jurisdiction.clone(),
            definitions: self.definitions(concept),
            note: concept.note.clone(),
            source: concept.source.clone(),
            url: concept.url.clone(),
            as_of: text(&concept.as_of),
            valid_from: text(&concept.valid_from),
            valid_until: text(&concept.valid_until),
            replaced_by: concept.replaced_by.as_ref().map(|id| self.link(id)),
            related: self.links(&concept.related),
            broader: self.links(&concept.broader),
            not_to_confuse: self.links(&concept.not_to_confuse),
            review: concept.review.map(|review| review.to_string()),
            terms: self.terms(index, found),
            count_es: count(Lang::Es),
            count_en: count(Lang::En),
            places: self.places(found),
            rendered_en: self.rendered(&renderings.in_english),
            rendered_es: self.rendered(&renderings.in_spanish),
            contexts: harvest(concept, found, self.from),
        }
    }

    fn definitions(&self, concept: &Concept) -> Vec<EntryDefinition> {
        let mut all: Vec<EntryDefinition> = concept
            .definition
            .iter()
            .map(|(tag, definition)| EntryDefinition {
                lang: tag.to_string(),
                text: definition.text.clone(),
                source: definition.source.clone(),
            })
            .collect();
        all.sort_by_key(|definition| self.rank(&LangTag(definition.lang.clone())));
        all
    }

    /// The place of a tag among the working languages: the tag itself, its language, then the rest.
    fn rank(&self, tag: &LangTag) -> (usize, bool, LangTag) {
        let languages = languages(self.termbase);
        let of_lang =
            languages.iter().position(|other| other.lang() == tag.lang()).unwrap_or(languages.len());
        let regional = tag.region().is_some() && !languages.contains(tag);
        (of_lang, regional, tag.clone())
    }

    fn terms(&self, index: usize, found: &[Occurrence]) -> Vec<EntryTerm> {
        let concept = &self.termbase.concepts[index];
        let mut sections: Vec<usize> = (0..concept.sections.len()).collect();
        sections.sort_by_key(|&i| self.rank(&concept.sections[i].tag));
        let at = |section: usize, term: usize| TermRef {
            concept: index as u32,
            section: section as u32,
            term: term as u32,
        };
        sections
            .into_iter()
            .flat_map(|section| (0..concept.sections[section].terms.len()).map(move |term| at(section, term)))
            .map(|at| self.term(at, found))
            .collect()
    }

    fn term(&self, at: TermRef, found: &[Occurrence]) -> EntryTerm {
        let (entry, section) = (self.termbase.term(at), self.termbase.section(at));
        EntryTerm {
            lang: section.tag.to_string(),
            term: entry.term.clone(),
            status: section.effective_status(at.term as usize).to_string(),
            forbidden: entry.forbidden,
            term_type: entry.term_type.map(|kind| kind.to_string()),
            pos: entry.pos.map(|pos| pos.to_string()),
            gender: entry.gender.map(|gender| gender.to_string()),
            article: article_of(entry, self.termbase.concepts[at.concept as usize].kind).map(str::to_owned),
            feminine: entry.feminine.clone(),
            region: entry.region.as_ref().map(ToString::to_string),
            register: entry.register.map(|register| register.to_string()),
            reason: entry.reason.clone(),
            replace_with: entry.replace_with.clone(),
            equivalence: entry.equivalence.map(|equivalence| equivalence.to_string()),
            note: entry.note.clone().or_else(|| entry.usage.clone()),
            count: found.iter().filter(|o| o.hit(self.collection).term == at).count(),
        }
    }

    fn places(&self, found: &[Occurrence]) -> Vec<PlaceCount> {
        let place = |same: &[Occurrence]| {
            let first = same[0];
            let document = &self.collection.documents[first.document].document;
            let line = document.position(&self.lines[first.document], first.hit(self.collection).span).line;
            PlaceCount { document: first.document, line, count: same.len() }
        };
        found.chunk_by(|a, b| a.document == b.document).map(place).collect()
    }

    fn rendered(&self, counts: &[(Option<TermRef>, usize)]) -> Vec<Rendering> {
        let term = |at: &TermRef| self.termbase.term(*at).term.clone();
        counts.iter().map(|(at, count)| Rendering { term: at.as_ref().map(term), count: *count }).collect()
    }

    fn links(&self, ids: &[ConceptId]) -> Vec<ConceptLink> {
        ids.iter().map(|id| self.link(id)).collect()
    }

    fn link(&self, id: &ConceptId) -> ConceptLink {
        let concept = self.termbase.find(id.as_str()).map(|i| &self.termbase.concepts[i]);
        let label = concept.map_or_else(|| id.to_string(), |concept| label(self.termbase, concept));
        ConceptLink { id: id.to_string(), label }
    }
}
