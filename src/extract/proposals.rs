//! Proposed terms with what speaks for them: from passages of one language, or from passages and their translations.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::bilingual::{Bitext, Equivalent};
use super::glossed::Glossed;
use super::glosses::acronyms;
use super::statistics::Statistics;
use super::terms::{self, Candidate, Limits};
use crate::engine::{Analysis, Collection};
use crate::lang::Lang;
use crate::text::tokens::phrase_key;
use crate::text::{Document, SegmentKind, Span};

/// A term that a termbase may want.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The term, as it stands most often.
    pub term: String,
    /// Its language.
    pub lang: Lang,
    /// How much speaks for it, from 0; only the order means anything.
    pub score: f32,
    /// How many times more frequent its words are here than elsewhere: the mean of the natural logarithms, from 0.
    pub weirdness: f32,
    /// It is a noun or a noun phrase.
    pub is_nominal: bool,
    /// Occurrences.
    pub count: usize,
    /// Documents that have it.
    pub documents: usize,
    /// For an acronym its long form, for a long form its acronym, as a text introduces them.
    pub long_form: Option<String>,
    /// Equivalents in the other language, best first; none where no translations were read.
    pub equivalents: Vec<Equivalent>,
    /// Where it occurs.
    pub examples: Vec<Example>,
}

/// A place where a proposed term occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The document.
    pub document: String,
    /// The line in it, from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
}

/// A passage to look for terms in.
#[derive(Clone, Debug, Default)]
pub struct Passage<'a> {
    /// Its text.
    pub text: &'a str,
    /// Spans of terms that are known already.
    pub known: Vec<Span>,
    /// The number of its document.
    pub document: usize,
    /// Where it begins in the document, in bytes.
    pub start: usize,
}

/// The most examples that are kept of a term.
const EXAMPLES: usize = 3;

/// Longer passages are no examples, in bytes.
const LONGEST_EXAMPLE: usize = 400;

/// The most candidates whose equivalents are looked for.
const MOST_CANDIDATES: usize = 20_000;

/// Equivalents with a lower score are not proposed.
const DOUBTFUL: f32 = 0.05;

/// The passages of a language in the documents of a collection: sentences outside the furniture of pages.
pub fn passages(collection: &Collection, lang: Lang) -> Vec<Passage<'_>> {
    let mut found = Vec::new();
    for (document, analysis) in collection.documents.iter().enumerate() {
        let told = |of: Option<Lang>| of.or(analysis.document.lang);
        for segment in &analysis.segments {
            if told(segment.lang) == Some(lang) && segment.kind != SegmentKind::Boilerplate {
                found.push(passage(analysis, document, segment.span));
            }
        }
    }
    found
}

/// The pairs of passages that the beads of a collection's pairs are, Spanish and English.
pub fn bitext_passages(collection: &Collection) -> Vec<(Passage<'_>, Passage<'_>)> {
    let mut found = Vec::new();
    for bitext in &collection.bitexts {
        for bead in &bitext.beads {
            let side = |document: usize, segments: &[usize]| {
                let analysis = &collection.documents[document];
                let (first, last) = (segments.first()?, segments.last()?);
                let span = Span::new(
                    analysis.segments.get(*first)?.span.start,
                    analysis.segments.get(*last)?.span.end,
                );
                Some(passage(analysis, document, span))
            };
            found.extend(side(bitext.es, &bead.es).zip(side(bitext.en, &bead.en)));
        }
    }
    found
}

fn passage(analysis: &Analysis, document: usize, span: Span) -> Passage<'_> {
    let known = analysis
        .hits_in(span)
        .iter()
        .map(|hit| Span::new(hit.span.start - span.start, hit.span.end - span.start));
    Passage { text: span.of(&analysis.document.text), known: known.collect(), document, start: span.start }
}

/// What proposals are made with.
#[derive(Clone, Copy, Debug)]
pub struct Proposing<'a> {
    /// The documents of the passages.
    pub documents: &'a [&'a Document],
    /// What is known of the languages.
    pub statistics: &'a Statistics<'a>,
    /// Terms that are not wanted, as [`phrase_key`]s.
    pub rejected: &'a BTreeSet<String>,
    /// What is proposed at all.
    pub limits: Limits,
}

impl Proposing<'_> {
    /// Terms that stand out in passages of one language, best first.
    pub fn monolingual(&self, passages: &[Passage<'_>], lang: Lang) -> Vec<Proposal> {
        let found = self.candidates(passages, lang);
        let forms = long_forms(passages, lang);
        found.into_iter().map(|candidate| self.proposal(&candidate, passages, lang, &forms)).collect()
    }

    /// Terms that stand out in passages of either language, given by language, best first.
    pub fn of_either<'t>(&self, passages: impl Fn(Lang) -> Vec<Passage<'t>>) -> Vec<Proposal> {
        let of = |lang: Lang| self.monolingual(&passages(lang), lang);
        best_first(Lang::ALL.into_iter().flat_map(of).collect())
    }

    /// English terms that stand out in passages, with their equivalents in the Spanish passages that translate them,
    /// best first.
    pub fn bilingual(&self, pairs: &[(Passage<'_>, Passage<'_>)], bitext: &Bitext<'_>) -> Vec<Proposal> {
        let english: Vec<Passage<'_>> = pairs.iter().map(|(_, en)| en.clone()).collect();
        let mut found = self.candidates(&english, Lang::En);
        found.truncate(MOST_CANDIDATES);
        let forms = long_forms(&english, Lang::En);
        let mut occurrences: Vec<Vec<(u32, Span)>> = vec![Vec::new(); pairs.len()];
        for (number, candidate) in found.iter().enumerate() {
            for &(line, span) in &candidate.places {
                occurrences[line as usize].push((number as u32, span));
            }
        }
        let names: Vec<&str> = found.iter().map(|candidate| candidate.term.as_str()).collect();
        let equivalents = bitext.equivalents_at(&names, |line| occurrences[line].clone());
        let not_doubtful = |best: Vec<Equivalent>| best.into_iter().filter(|best| best.score >= DOUBTFUL);
        let mut equivalents: Vec<Vec<Equivalent>> =
            equivalents.into_iter().map(|found| not_doubtful(found.best).collect()).collect();
        let texts: Vec<(&str, &str)> = pairs.iter().map(|(es, en)| (es.text, en.text)).collect();
        let glossed = Glossed::of(&texts, &found, &equivalents);
        equivalents.iter_mut().enumerate().for_each(|(number, best)| glossed.put_first(number, best));
        let mut proposals: Vec<Proposal> = Vec::new();
        for (candidate, best) in found.iter().zip(equivalents) {
            let Some(first) = best.first() else { continue };
            let score = candidate.score * first.score.sqrt();
            proposals.push(Proposal {
                score,
                equivalents: best,
                ..self.proposal(candidate, &english, Lang::En, &forms)
            });
        }
        best_first(proposals)
    }

    fn candidates(&self, passages: &[Passage<'_>], lang: Lang) -> Vec<Candidate> {
        let lines: Vec<&str> = passages.iter().map(|passage| passage.text).collect();
        let known: Vec<Vec<Span>> = passages.iter().map(|passage| passage.known.clone()).collect();
        let mut found = terms::candidates(&lines, &known, lang, self.statistics, self.limits);
        found.retain(|candidate| !self.rejected.contains(&phrase_key(&candidate.term)));
        found
    }

    fn proposal(
        &self,
        candidate: &Candidate,
        passages: &[Passage<'_>],
        lang: Lang,
        forms: &FxHashMap<String, String>,
    ) -> Proposal {
        let mut documents: Vec<usize> =
            candidate.places.iter().map(|&(line, _)| passages[line as usize].document).collect();
        documents.sort_unstable();
        documents.dedup();
        Proposal {
            term: candidate.term.clone(),
            lang,
            score: candidate.score,
            weirdness: candidate.weirdness,
            is_nominal: candidate.is_nominal,
            count: candidate.count,
            documents: documents.len(),
            long_form: forms.get(&phrase_key(&candidate.term)).cloned(),
            equivalents: Vec::new(),
            examples: self.examples(candidate, passages),
        }
    }

    /// The first places, one a passage; none of confidential documents.
    fn examples(&self, candidate: &Candidate, passages: &[Passage<'_>]) -> Vec<Example> {
        let mut lines: Vec<u32> = candidate.places.iter().map(|&(line, _)| line).collect();
        lines.dedup();
        let shown = lines.iter().map(|&line| &passages[line as usize]).filter(|passage| {
            passage.text.len() <= LONGEST_EXAMPLE
                && self.documents.get(passage.document).is_some_and(|document| !document.confidential)
        });
        shown.take(EXAMPLES).map(|passage| self.example(passage)).collect()
    }

    fn example(&self, passage: &Passage<'_>) -> Example {
        let document = self.documents[passage.document];
        let span = document.source_span(Span::new(passage.start, passage.start));
        let before = document.source_str().get(..span.start).unwrap_or_default();
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let text = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Example { document: document.name.clone(), line, text }
    }
}

fn best_first(mut proposals: Vec<Proposal>) -> Vec<Proposal> {
    proposals.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.term.cmp(&b.term)));
    proposals
}

/// Acronyms and long forms that passages introduce, each leading to the other, by their [`phrase_key`]s.
fn long_forms(passages: &[Passage<'_>], lang: Lang) -> FxHashMap<String, String> {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for passage in passages {
        for (acronym, count) in acronyms(passage.text, lang) {
            *counts.entry(acronym).or_default() += count;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut forms = FxHashMap::default();
    for (acronym, _) in counts {
        forms.entry(phrase_key(&acronym.acronym)).or_insert_with(|| acronym.long_form.clone());
        forms.entry(phrase_key(&acronym.long_form)).or_insert(acronym.acronym);
    }
    forms
}
