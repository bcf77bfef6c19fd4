//! How the pairs of a collection render a word that the glossary lacks, and the partner of a place.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::snippet::{one_line, snippet};
use super::{AlignedContext, Concordance, Evidence, Snippet};
use crate::align::Bead;
use crate::engine::Bitext;
use crate::lang::Lang;
use crate::text::{Span, fold, tokens};

/// The aligned stretch of the other document of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Partner {
    /// The document's name.
    pub document: String,
    /// Its language.
    pub lang: Lang,
    /// Line in the source, from 1.
    pub line: usize,
    /// The record, slide, cell, cue or unit, where there are any.
    pub part: Option<String>,
    /// The stretch on one line.
    pub text: String,
    /// What renders the words asked for, in bytes of `text`.
    pub marks: Vec<Span>,
    /// The marks were found by counting and are no terms of the glossary.
    pub unlisted: bool,
}

/// The stretch that a place of a document is aligned with, if it is in a pair and has a counterpart. Marked in it are
/// the terms of the concepts that stand at the place; where there are none, the first of some words in lower case, as
/// [`uses`] finds them.
pub fn partner(
    concordance: &Concordance<'_>,
    document: usize,
    span: Span,
    candidates: &[String],
) -> Option<Partner> {
    let here = concordance.document(document);
    let segment = here.segment_at(span);
    let (bitext, bead) = concordance.bead(document, segment)?;
    let (other, segments, lang) =
        if bitext.es == document { (bitext.en, &bead.en, Lang::En) } else { (bitext.es, &bead.es, Lang::Es) };
    let stretch = concordance.stretch(other, segments)?;
    let there = concordance.document(other);
    let concepts: BTreeSet<u32> =
        here.hits.iter().filter(|hit| hit.span.overlaps(span)).map(|hit| hit.term.concept).collect();
    let listed =
        there.hits_in(stretch).iter().filter(|hit| concepts.contains(&hit.term.concept) && hit.lang == lang);
    let mut marks: Vec<Span> = listed.map(|hit| hit.span).collect();
    let unlisted = marks.is_empty();
    if unlisted {
        marks = first_present(&there.document.text, stretch, candidates);
    }
    let (text, marks) = one_line(&there.document.text, stretch, &marks);
    let unlisted = unlisted && !marks.is_empty();
    Some(Partner {
        document: there.document.file_name().to_owned(),
        lang,
        line: concordance.line(other, stretch),
        part: there.document.part(stretch).map(str::to_owned),
        text,
        marks,
        unlisted,
    })
}

/// Where the first of some words that a stretch has stands in it.
fn first_present(text: &str, stretch: Span, words: &[String]) -> Vec<Span> {
    let spans: Vec<Span> = tokens::words(stretch.of(text)).map(|span| span.shifted(stretch.start)).collect();
    let places = |word: &String| -> Vec<Span> {
        spans.iter().filter(|span| fold::lower(span.of(text)) == *word).copied().collect()
    };
    words.iter().map(places).find(|places| !places.is_empty()).unwrap_or_default()
}

/// Aligned sentences that hold a word, and the words that stand beside it on the other side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses {
    /// Aligned contexts with the word marked on its side.
    pub contexts: Vec<AlignedContext>,
    /// Words of the other side, the most probable rendering first.
    pub candidates: Vec<String>,
}

/// How often a word of the other side stands in beads with the query, and in all beads.
#[derive(Clone, Debug, Default)]
struct Count {
    joint: usize,
    total: usize,
}

/// The uses of a query (any inflection is the caller's business: it gives the spans per document, in order).
pub fn uses(concordance: &Concordance<'_>, spans: &[Vec<Span>], limit: usize) -> Uses {
    let mut search = Search {
        concordance,
        spans,
        limit,
        contexts: Vec::new(),
        counts: FxHashMap::default(),
        with_query: 0,
    };
    for (bitext, bead) in concordance.beads() {
        search.side(bitext, bead, Lang::Es);
        search.side(bitext, bead, Lang::En);
    }
    Uses { candidates: ranked(search.counts, search.with_query), contexts: search.contexts }
}

struct Search<'a> {
    concordance: &'a Concordance<'a>,
    spans: &'a [Vec<Span>],
    limit: usize,
    contexts: Vec<AlignedContext>,
    counts: FxHashMap<(Lang, String), Count>,
    with_query: usize,
}

impl Search<'_> {
    /// Looks for the query on one side of a bead, and counts the words of the other.
    fn side(&mut self, bitext: &Bitext, bead: &Bead, lang: Lang) {
        let (document, segments) = bitext.side(bead, lang);
        let (other_document, other_segments) = bitext.side(bead, lang.other());
        let Some(this) = self.concordance.stretch(document, segments) else { return };
        let Some(other) = self.concordance.stretch(other_document, other_segments) else { return };
        let marks = within(self.spans.get(document).map_or(&[], Vec::as_slice), this);
        let text = other.of(&self.concordance.document(other_document).document.text);
        self.count_words(text, lang.other(), !marks.is_empty());
        if marks.is_empty() {
            return;
        }
        self.with_query += 1;
        if self.contexts.len() < self.limit {
            let this = self.snippet(document, this, marks);
            let other = self.snippet(other_document, other, &[]);
            let (es, en) = if lang == Lang::Es { (this, other) } else { (other, this) };
            let (es, en) = (Some(es), Some(en));
            self.contexts.push(AlignedContext {
                evidence: Evidence::Bead,
                es,
                en,
                score: 0.0,
                unlisted: None,
            });
        }
    }

    fn snippet(&self, document: usize, stretch: Span, marks: &[Span]) -> Snippet {
        snippet(self.concordance.document(document), self.concordance.lines(document), stretch, marks)
    }

    /// Counts the words of a bead's side that may render something, each once.
    fn count_words(&mut self, text: &str, lang: Lang, joint: bool) {
        let words = tokens::words(text).map(|span| fold::lower(span.of(text)));
        let telling = |word: &String| word.chars().count() >= 3 && !lang.is_function_word(word);
        let words: BTreeSet<String> = words.filter(telling).collect();
        for word in words {
            let count = self.counts.entry((lang, word)).or_default();
            count.total += 1;
            count.joint += usize::from(joint);
        }
    }
}

/// Those of some sorted spans that start within another.
fn within(spans: &[Span], outer: Span) -> &[Span] {
    let from = spans.partition_point(|span| span.start < outer.start);
    let to = spans.partition_point(|span| span.start < outer.end);
    &spans[from..to.max(from)]
}

/// By Dice × √joint, five at most.
fn ranked(counts: FxHashMap<(Lang, String), Count>, with_query: usize) -> Vec<String> {
    let dice = |count: &Count| {
        2.0 * count.joint as f64 / (count.total + with_query) as f64 * (count.joint as f64).sqrt()
    };
    let mut joint: Vec<((Lang, String), Count)> =
        counts.into_iter().filter(|(_, count)| count.joint > 0).collect();
    joint.sort_by(|(a, m), (b, n)| dice(n).total_cmp(&dice(m)).then_with(|| a.cmp(b)));
    joint.into_iter().take(5).map(|((_, lower), _)| lower).collect()
}
