//! How the pairs of a collection render a word that the glossary lacks, and the partner of a place.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::rendering::stretch;
use super::snippet::{one_line, snippet};
use super::{AlignedContext, Evidence};
use crate::engine::{Bitext, Collection};
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
    /// The stretch on one line.
    pub text: String,
}

/// The stretch that a place of a document is aligned with, if it is in a pair and has a counterpart.
pub fn partner(collection: &Collection, document: usize, span: Span) -> Option<Partner> {
    let bitext = collection.bitexts.iter().find(|bitext| bitext.es == document || bitext.en == document)?;
    let is_spanish = bitext.es == document;
    let segment = collection.documents[document].segment_at(span);
    let bead =
        bitext.beads.iter().find(|bead| if is_spanish { &bead.es } else { &bead.en }.contains(&segment))?;
    let (other, segments, lang) =
        if is_spanish { (bitext.en, &bead.en, Lang::En) } else { (bitext.es, &bead.es, Lang::Es) };
    let stretch = stretch(collection, other, segments)?;
    let document = &collection.documents[other].document;
    let (text, _) = one_line(&document.text, stretch, &[]);
    let line = document.position(&document.line_index(), stretch).line;
    Some(Partner { document: document.name.clone(), lang, line, text })
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
    written: String,
}

/// The uses of a query (any inflection is the caller's business: it gives the spans per document).
pub fn uses(collection: &Collection, spans: &[Vec<Span>], limit: usize) -> Uses {
    let mut found = Uses::default();
    let mut counts: FxHashMap<(Lang, String), Count> = FxHashMap::default();
    let mut with_query = 0;
    for bitext in &collection.bitexts {
        for bead in &bitext.beads {
            let sides = [(bitext.es, &bead.es, Lang::Es), (bitext.en, &bead.en, Lang::En)];
            for (i, (document, segments, _)) in sides.iter().enumerate() {
                let Some(this) = stretch(collection, *document, segments) else { continue };
                let (other_document, other_segments, other_lang) = sides[1 - i];
                let Some(other) = stretch(collection, other_document, other_segments) else { continue };
                let marks: Vec<Span> =
                    spans[*document].iter().filter(|span| this.contains(**span)).copied().collect();
                let text = other.of(&collection.documents[other_document].document.text);
                count_words(text, other_lang, !marks.is_empty(), &mut counts);
                with_query += usize::from(!marks.is_empty());
                if !marks.is_empty() && found.contexts.len() < limit {
                    found.contexts.push(context(collection, bitext, [&bead.es, &bead.en], i, &marks));
                }
            }
        }
    }
    found.candidates = ranked(counts, with_query);
    found
}

fn count_words(text: &str, lang: Lang, joint: bool, counts: &mut FxHashMap<(Lang, String), Count>) {
    let mut seen = std::collections::BTreeSet::new();
    for word in tokens::words(text).map(|span| span.of(text)) {
        let lower = fold::lower(word);
        if lower.chars().count() < 3 || lang.is_function_word(&lower) || !seen.insert(lower.clone()) {
            continue;
        }
        let count = counts.entry((lang, lower)).or_default();
        count.total += 1;
        count.joint += usize::from(joint);
        if joint && count.written.is_empty() {
            count.written = word.to_owned();
        }
    }
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

fn context(
    collection: &Collection,
    bitext: &Bitext,
    bead: [&Vec<usize>; 2],
    side: usize,
    marks: &[Span],
) -> AlignedContext {
    let snippet_of = |document: usize, segments: &[usize], marks: &[Span]| {
        let analysis = &collection.documents[document];
        let stretch = stretch(collection, document, segments)?;
        Some(snippet(analysis, &analysis.document.line_index(), stretch, marks))
    };
    let marks_of = |i: usize| if i == side { marks } else { &[] };
    AlignedContext {
        evidence: Evidence::Bead,
        es: snippet_of(bitext.es, bead[0], marks_of(0)),
        en: snippet_of(bitext.en, bead[1], marks_of(1)),
        score: 0.0,
    }
}
