//! From a collection to the model of its aligned glossary.

use rustc_hash::FxHashMap;

use super::aligned_glossary::{
    AlignedGlossary, ConceptLink, DocumentLine, Entry, EntryDefinition, EntryTerm, PlaceCount, Rendering,
    Totals, UnlistedRendering,
};
use crate::concord::unlisted::Unlisted;
use crate::concord::{Concordance, Harvest, Occurrence, Rendered, StemCounts, harvest, renderings, unlisted};
use crate::engine::{Analysis, Collection};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::view::{article_of, preferred_for, status_for};
use crate::termbase::{Concept, ConceptId, LangTag, TermEntry, TermRef, Termbase};
use crate::text::{Span, fold};

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
    let concordance = Concordance::new(collection);
    let all = concordance.occurrences(termbase.concepts.len());
    let from =
        Harvest { concordance: &concordance, limit: options.contexts, confidential: options.confidential };
    let maker = EntryMaker::new(termbase, &concordance, from);
    let mut entries: Vec<Entry> = all.iter().enumerate().map(|(i, found)| maker.entry(i, found)).collect();
    entries.sort_by_cached_key(|entry| {
        (entry.terms.first().map(|term| fold::key(&term.term)), entry.id.clone())
    });
    let (title, ui) = title_and_ui(termbase);
    AlignedGlossary {
        title,
        languages: maker.languages.iter().map(ToString::to_string).collect(),
        ui,
        totals: totals(collection, &entries),
        documents: documents(collection),
        entries,
    }
}

/// The title of reports, and the language of their labels.
pub(super) fn title_and_ui(termbase: &Termbase) -> (String, Lang) {
    let settings = &termbase.settings;
    let ui = settings.labels();
    (settings.title.clone().unwrap_or_else(|| untitled(ui).to_owned()), ui)
}

fn untitled(ui: Lang) -> &'static str {
    match ui {
        Lang::Es => "Glosario",
        Lang::En => "Glossary",
    }
}

/// The working languages: as stated, else es-MX and en-US.
pub fn languages(termbase: &Termbase) -> Vec<LangTag> {
    match termbase.settings.languages.as_slice() {
        [] => vec![LangTag("es-MX".into()), LangTag("en-US".into())],
        stated => stated.to_vec(),
    }
}

/// The working language that a section is read in, else the section's own.
pub fn reader(termbase: &Termbase, section: &LangTag) -> LangTag {
    let same = languages(termbase).into_iter().find(|working| working.lang() == section.lang());
    same.unwrap_or_else(|| section.clone())
}

/// The term of a language that the readers of the working languages are to use.
pub fn preferred<'c>(termbase: &Termbase, concept: &'c Concept, lang: Lang) -> Option<&'c TermEntry> {
    let reader = reader(termbase, &LangTag(lang.code().to_owned()));
    preferred_for(concept, &reader).or_else(|| concept.preferred(lang))
}

/// "aduana / customs": the preferred terms of a concept in the order of the working languages.
pub fn label(termbase: &Termbase, concept: &Concept) -> String {
    let languages = languages(termbase);
    let terms = languages.iter().filter_map(|tag| preferred(termbase, concept, tag.lang()?));
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
    let line = |(i, analysis): (usize, &Analysis)| DocumentLine {
        name: analysis.document.name.clone(),
        lang: analysis.lang(),
        partner: partners[i],
        hits: analysis.hits.len(),
        words: analysis.words,
        about: analysis.document.about.clone(),
    };
    collection.documents.iter().enumerate().map(line).collect()
}

struct EntryMaker<'a> {
    termbase: &'a Termbase,
    concordance: &'a Concordance<'a>,
    from: Harvest<'a>,
    stems: StemCounts,
    languages: Vec<LangTag>,
    /// The concepts by id: links are many where concepts are.
    by_id: FxHashMap<&'a str, &'a Concept>,
}

impl<'a> EntryMaker<'a> {
    fn new(termbase: &'a Termbase, concordance: &'a Concordance<'a>, from: Harvest<'a>) -> Self {
        let by_id = termbase.concepts.iter().map(|concept| (concept.id.as_str(), concept)).collect();
        let stems = StemCounts::of(concordance);
        EntryMaker { termbase, concordance, from, stems, languages: languages(termbase), by_id }
    }

    fn entry(&self, index: usize, found: &[Occurrence]) -> Entry {
        let concept = &self.termbase.concepts[index];
        let count = |lang| self.hits(found).filter(|hit| hit.lang == lang).count();
        let renderings = renderings(self.concordance, found);
        let unlisted = unlisted(self.from, &self.stems, found);
        Entry {
            id: concept.id.to_string(),
            subject: concept.subject.clone(),
            kind: concept.kind.map(|kind| kind.to_string()),
            jurisdiction: concept.jurisdiction.clone(),
            definitions: self.definitions(concept),
            note: concept.note.clone(),
            source: concept.source.clone(),
            url: concept.url.clone(),
            as_of: concept.as_of.clone(),
            valid_from: concept.valid_from.clone(),
            valid_until: concept.valid_until.clone(),
            replaced_by: concept.replaced_by.as_ref().map(|id| self.link(id)),
            related: self.links(&concept.related),
            broader: self.links(&concept.broader),
            not_to_confuse: self.links(&concept.not_to_confuse),
            review: concept.review.map(|review| review.to_string()),
            terms: self.terms(index, found),
            count_es: count(Lang::Es),
            count_en: count(Lang::En),
            places: self.places(found),
            rendered_en: self.rendered(&renderings.in_english, unlisted.in_lang(Lang::En)),
            rendered_es: self.rendered(&renderings.in_spanish, unlisted.in_lang(Lang::Es)),
            contexts: harvest(concept, found, &unlisted, self.from),
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
        let of_lang = self.languages.iter().position(|other| other.lang() == tag.lang());
        let of_lang = of_lang.unwrap_or(self.languages.len());
        let regional = tag.region().is_some() && !self.languages.contains(tag);
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
        let mut counts: FxHashMap<TermRef, usize> = FxHashMap::default();
        self.hits(found).for_each(|hit| *counts.entry(hit.term).or_default() += 1);
        sections
            .into_iter()
            .flat_map(|section| (0..concept.sections[section].terms.len()).map(move |term| at(section, term)))
            .map(|at| self.term(at, counts.get(&at).copied().unwrap_or(0)))
            .collect()
    }

    fn term(&self, at: TermRef, count: usize) -> EntryTerm {
        let (entry, section) = (self.termbase.term(at), self.termbase.section(at));
        EntryTerm {
            lang: section.tag.to_string(),
            term: entry.term.clone(),
            status: status_for(section, at.term as usize, &reader(self.termbase, &section.tag)).to_string(),
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
            count,
        }
    }

    fn hits<'o>(&'o self, found: &'o [Occurrence]) -> impl Iterator<Item = &'o Hit> {
        found.iter().map(|occurrence| occurrence.hit(self.concordance.collection()))
    }

    fn places(&self, found: &[Occurrence]) -> Vec<PlaceCount> {
        let place = |o: &Occurrence| (o.document, o.hit(self.concordance.collection()).span);
        self.by_document(&found.iter().map(place).collect::<Vec<_>>())
    }

    /// Places in order, put together by document.
    fn by_document(&self, places: &[(usize, Span)]) -> Vec<PlaceCount> {
        let place = |same: &[(usize, Span)]| {
            let (document, span) = same[0];
            PlaceCount { document, line: self.concordance.line(document, span), count: same.len() }
        };
        places.chunk_by(|a, b| a.0 == b.0).map(place).collect()
    }

    fn rendered(&self, found: &[Rendered], unlisted: &[Unlisted]) -> Vec<Rendering> {
        let one = |rendered: &Rendered| Rendering {
            term: rendered.term.map(|at| self.termbase.term(at).term.clone()),
            count: rendered.places.len(),
            places: self.places(&rendered.places),
            unlisted: match rendered.term {
                Some(_) => Vec::new(),
                None => unlisted.iter().map(|unlisted| self.unlisted(unlisted)).collect(),
            },
        };
        found.iter().map(one).collect()
    }

    fn unlisted(&self, found: &Unlisted) -> UnlistedRendering {
        UnlistedRendering {
            text: found.text.clone(),
            count: found.places.len(),
            places: self.by_document(&found.places),
        }
    }

    fn links(&self, ids: &[ConceptId]) -> Vec<ConceptLink> {
        ids.iter().map(|id| self.link(id)).collect()
    }

    fn link(&self, id: &ConceptId) -> ConceptLink {
        let concept = self.by_id.get(id.as_str());
        let label = concept.map_or_else(|| id.to_string(), |concept| label(self.termbase, concept));
        ConceptLink { id: id.to_string(), label }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::termbase::{Source, read};

    #[test]
    fn a_foreign_term_is_never_preferred() {
        let text = "[glossary]\nlanguages = [\"es-MX\", \"en-US\"]\n[[concept]]\nid = \"computer\"\n\
                    terms.es-ES = \"ordenador\"\nterms.es = \"computadora\"\nterms.en = \"computer\"\n";
        let engine = Engine::new(read(&[Source::toml("glossary.toml", text)]).termbase);
        let termbase = engine.termbase();
        assert_eq!(label(termbase, &termbase.concepts[0]), "computadora / computer");
        let glossary = build(termbase, &Collection::default(), BuildOptions::default());
        let statuses: Vec<_> = glossary.entries[0].terms.iter().map(|t| (&*t.term, &*t.status)).collect();
        assert_eq!(
            statuses,
            [("computadora", "preferred"), ("ordenador", "admitted"), ("computer", "preferred")]
        );
    }
}
