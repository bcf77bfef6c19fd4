//! The best aligned contexts of a concept.
//!
//! Three kinds of evidence: a bead of a pair that has a term on both sides; a gloss within a text («USMCA
//! (T-MEC)»); and, where there is neither, the best snippet of each language. Whole sentences that say what the
//! term means come first, headlines and page furniture last, and no text twice.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use super::defining::is_defining;
use super::rendering::stretch;
use super::snippet::snippet;
use super::{AlignedContext, Evidence, Occurrence, Snippet};
use crate::engine::{Analysis, Bitext, Collection};
use crate::lang::Lang;
use crate::termbase::Concept;
use crate::text::{LineIndex, SegmentKind, Span, fold};

/// What harvesting needs beside the concept.
#[derive(Clone, Copy, Debug)]
pub struct Harvest<'a> {
    /// The documents and pairs.
    pub collection: &'a Collection,
    /// A line index for each document.
    pub lines: &'a [LineIndex],
    /// The most contexts to give, pinned ones apart.
    pub limit: usize,
    /// Whether confidential documents may be quoted.
    pub confidential: bool,
}

/// The contexts of a concept, best first; the order depends on the collection only.
pub fn harvest(concept: &Concept, occurrences: &[Occurrence], from: Harvest<'_>) -> Vec<AlignedContext> {
    let quotable =
        |o: &&Occurrence| from.confidential || !from.collection.documents[o.document].document.confidential;
    let occurrences: Vec<Occurrence> = occurrences.iter().filter(quotable).copied().collect();
    let mut found = from.beads(&occurrences);
    found.extend(from.appositions(&occurrences));
    let complete = found.iter().any(|context| context.es.is_some() && context.en.is_some());
    if !complete {
        found.extend(from.comparable(&occurrences));
    }
    found.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
    let mut seen = FxHashSet::default();
    found.retain(|context| seen.insert(content(context)));
    found.truncate(from.limit);
    let mut all: Vec<AlignedContext> = concept.contexts.iter().map(pinned).collect();
    all.extend(found);
    all
}

fn pinned(context: &crate::termbase::Context) -> AlignedContext {
    let side = |text: &Option<String>| {
        text.as_ref().map(|text| Snippet {
            document: context.source.clone().unwrap_or_default(),
            line: 0,
            text: text.clone(),
            marks: Vec::new(),
        })
    };
    AlignedContext { evidence: Evidence::Pinned, es: side(&context.es), en: side(&context.en), score: 10.0 }
}

/// What makes two contexts the same: their words.
fn content(context: &AlignedContext) -> String {
    let side = |snippet: &Option<Snippet>| snippet.as_ref().map_or(String::new(), |s| fold::key(&s.text));
    format!("{}\n{}", side(&context.es), side(&context.en))
}

impl Harvest<'_> {
    fn beads(&self, occurrences: &[Occurrence]) -> Vec<AlignedContext> {
        let mut found = Vec::new();
        for bitext in &self.collection.bitexts {
            let es = of_document(occurrences, bitext.es);
            let en = of_document(occurrences, bitext.en);
            if !es.is_empty() || !en.is_empty() {
                found.extend(self.beads_of(bitext, es, en));
            }
        }
        found
    }

    fn beads_of(&self, bitext: &Bitext, es: &[Occurrence], en: &[Occurrence]) -> Vec<AlignedContext> {
        let mut found = Vec::new();
        for bead in &bitext.beads {
            let es_marks = self.marks(es, &bead.es, Lang::Es);
            let en_marks = self.marks(en, &bead.en, Lang::En);
            let both = !es_marks.is_empty() && !en_marks.is_empty();
            if (es_marks.is_empty() && en_marks.is_empty()) || bead.es.is_empty() || bead.en.is_empty() {
                continue;
            }
            let es_side = self.side(bitext.es, &bead.es, &es_marks);
            let en_side = self.side(bitext.en, &bead.en, &en_marks);
            let worth = self.worth(bitext.es, &bead.es, Lang::Es) + self.worth(bitext.en, &bead.en, Lang::En);
            let score = if both { 2.0 } else { -2.0 } + bead.score + worth;
            found.push(AlignedContext { evidence: Evidence::Bead, es: es_side, en: en_side, score });
        }
        found
    }

    /// «USMCA (T-MEC)»: terms of both languages with nothing but brackets, a dash or “or” between them.
    fn appositions(&self, occurrences: &[Occurrence]) -> Vec<AlignedContext> {
        let glossed = |pair: &&[Occurrence]| {
            let (a, b) = (pair[0].hit(self.collection), pair[1].hit(self.collection));
            pair[0].document == pair[1].document && a.lang != b.lang && a.span.end <= b.span.start && {
                let text = &self.collection.documents[pair[0].document].document.text;
                is_gloss(&text[a.span.end..b.span.start])
            }
        };
        let context = |pair: &[Occurrence]| {
            let [first, second] = pair else { return None };
            let analysis = &self.collection.documents[first.document];
            let marks = [first.hit(self.collection).span, second.hit(self.collection).span];
            let side = self.side(first.document, &[first.segment, second.segment], &marks);
            let score = 1.0 + self.worth(first.document, &[first.segment], Lang::En);
            let (es, en) = match analysis.segments.get(first.segment).and_then(|s| s.lang).or(analysis.lang())
            {
                Some(Lang::Es) => (side, None),
                _ => (None, side),
            };
            Some(AlignedContext { evidence: Evidence::Apposition, es, en, score })
        };
        occurrences.windows(2).filter(glossed).filter_map(context).collect()
    }

    /// The best snippet of each language.
    fn comparable(&self, occurrences: &[Occurrence]) -> Option<AlignedContext> {
        let best = |lang: Lang| {
            let of_lang = occurrences.iter().filter(|o| o.hit(self.collection).lang == lang);
            let worth = |o: &Occurrence| self.worth(o.document, &[o.segment], lang);
            let best = of_lang.fold(None, |best: Option<&Occurrence>, next| match best {
                Some(best) if worth(best) >= worth(next) => Some(best),
                _ => Some(next),
            })?;
            self.side(best.document, &[best.segment], &[best.hit(self.collection).span])
        };
        let (es, en) = (best(Lang::Es), best(Lang::En));
        (es.is_some() || en.is_some()).then_some(AlignedContext {
            evidence: Evidence::Comparable,
            es,
            en,
            score: -3.0,
        })
    }

    /// The spans of a language's hits in some segments.
    fn marks(&self, occurrences: &[Occurrence], segments: &[usize], lang: Lang) -> Vec<Span> {
        let inside = occurrences.iter().filter(|o| segments.contains(&o.segment));
        inside.map(|o| o.hit(self.collection)).filter(|hit| hit.lang == lang).map(|hit| hit.span).collect()
    }

    fn side(&self, document: usize, segments: &[usize], marks: &[Span]) -> Option<Snippet> {
        let stretch = stretch(self.collection, document, segments)?;
        Some(snippet(&self.collection.documents[document], &self.lines[document], stretch, marks))
    }

    /// How good an example some segments are: running sentences of a readable length that define something.
    fn worth(&self, document: usize, segments: &[usize], lang: Lang) -> f32 {
        let analysis = &self.collection.documents[document];
        let all = || segments.iter().filter_map(|&i| analysis.segments.get(i));
        let kind = all().map(|segment| kind_worth(segment.kind)).fold(0.0, f32::min);
        let Some(stretch) = stretch(self.collection, document, segments) else { return -4.0 };
        let text = stretch.of(&analysis.document.text);
        let defining = if is_defining(lang, text) { 0.6 } else { 0.0 };
        kind + length_worth(text.chars().count()) + defining - 0.1 * (segments.len() as f32 - 1.0)
    }
}

fn kind_worth(kind: SegmentKind) -> f32 {
    match kind {
        SegmentKind::Sentence => 0.0,
        SegmentKind::ListItem => -0.3,
        SegmentKind::Heading => -1.2,
        SegmentKind::Boilerplate => -2.5,
    }
}

/// Best between 60 and 200 characters.
fn length_worth(chars: usize) -> f32 {
    match chars {
        0..25 => -0.8,
        25..60 => -0.3,
        60..=200 => 0.0,
        201..=280 => -0.2,
        _ => -0.5,
    }
}

fn is_gloss(between: &str) -> bool {
    let trimmed = between.trim();
    let brackets =
        matches!(trimmed, "(" | "[" | "/" | "—" | "–" | "=" | "(«" | "(“" | "” (" | "» (" | "\" (" | "(\"");
    brackets
        || matches!(
            fold::key(trimmed).as_str(),
            ", or" | ", o" | "or" | "o" | "(en espanol" | "(in spanish" | ", en espanol," | ", in spanish,"
        )
}

fn of_document(occurrences: &[Occurrence], document: usize) -> &[Occurrence] {
    let from = occurrences.partition_point(|o| o.document < document);
    let to = occurrences.partition_point(|o| o.document <= document);
    &occurrences[from..to]
}

/// A line index for every document of a collection.
pub fn line_indices(documents: &[Analysis]) -> Vec<LineIndex> {
    documents.iter().map(|analysis| analysis.document.line_index()).collect()
}
