//! The best aligned contexts of a concept.
//!
//! Three kinds of evidence: a bead of a pair that has a term on both sides; a gloss within a text («USMCA
//! (T-MEC)»); and, where there is neither, the best snippet of each language. Whole sentences that say what the
//! term means come first, headlines and page furniture last, and no text twice.

use rustc_hash::FxHashSet;

use super::defining::is_defining;
use super::snippet::{MOST_CHARS, snippet};
use super::{AlignedContext, Concordance, Evidence, HeldBead, Occurrence, Snippet};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Concept, Context};
use crate::text::{SegmentKind, Span, fold};

/// What harvesting needs beside the concept.
#[derive(Clone, Copy, Debug)]
pub struct Harvest<'a> {
    /// The documents and pairs.
    pub concordance: &'a Concordance<'a>,
    /// The most contexts to give, pinned ones apart.
    pub limit: usize,
    /// Whether confidential documents may be quoted.
    pub confidential: bool,
}

/// The contexts of a concept, best first; the order depends on the collection only.
pub fn harvest(concept: &Concept, occurrences: &[Occurrence], from: Harvest<'_>) -> Vec<AlignedContext> {
    let occurrences: Vec<Occurrence> =
        occurrences.iter().filter(|occurrence| from.may_quote(occurrence.document)).copied().collect();
    let mut candidates = from.candidates(&occurrences);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    // Snippets are cut only as far down the list as they are wanted.
    let mut seen = FxHashSet::default();
    let found = candidates.iter().map(|candidate| from.context(candidate));
    let found = found.filter(|context| seen.insert(content(context))).take(from.limit);
    concept.contexts.iter().map(pinned).chain(found).collect()
}

fn pinned(context: &Context) -> AlignedContext {
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

/// A context before its snippets are cut.
struct Candidate {
    evidence: Evidence,
    es: Option<Stretch>,
    en: Option<Stretch>,
    score: f32,
}

/// One side of a candidate: a stretch of a document with the hits in it.
struct Stretch {
    document: usize,
    span: Span,
    marks: Vec<Span>,
}

impl<'a> Harvest<'a> {
    /// All contexts that the occurrences may give, unsorted.
    fn candidates(&self, occurrences: &[Occurrence]) -> Vec<Candidate> {
        let held = self.concordance.held(occurrences);
        let mut found: Vec<Candidate> = held.iter().filter_map(|held| self.bead(held)).collect();
        found.extend(occurrences.windows(2).filter_map(|pair| self.apposition(pair)));
        let complete = found.iter().any(|candidate| candidate.es.is_some() && candidate.en.is_some());
        if !complete {
            found.extend(self.comparable(occurrences));
        }
        found
    }

    fn context(&self, candidate: &Candidate) -> AlignedContext {
        let side = |stretch: &Option<Stretch>| stretch.as_ref().map(|stretch| self.snippet(stretch));
        AlignedContext {
            evidence: candidate.evidence,
            es: side(&candidate.es),
            en: side(&candidate.en),
            score: candidate.score,
        }
    }

    fn snippet(&self, stretch: &Stretch) -> Snippet {
        let Stretch { document, span, marks } = stretch;
        snippet(self.concordance.document(*document), self.concordance.lines(*document), *span, marks)
    }

    fn may_quote(&self, document: usize) -> bool {
        self.confidential || !self.concordance.document(document).document.confidential
    }

    fn hit(&self, occurrence: Occurrence) -> &'a Hit {
        occurrence.hit(self.concordance.collection())
    }

    fn bead(&self, held: &HeldBead<'_>) -> Option<Candidate> {
        let HeldBead { bitext, bead, es, en } = held;
        // Either side may be confidential, the one without a hit too.
        if !self.may_quote(bitext.es) || !self.may_quote(bitext.en) {
            return None;
        }
        let (es_segments, en_segments) =
            (self.readable(bitext.es, &bead.es, es), self.readable(bitext.en, &bead.en, en));
        let worth =
            self.worth(bitext.es, es_segments, Lang::Es) + self.worth(bitext.en, en_segments, Lang::En);
        let both = !es.is_empty() && !en.is_empty();
        Some(Candidate {
            evidence: Evidence::Bead,
            es: Some(self.stretch(bitext.es, es_segments, es)?),
            en: Some(self.stretch(bitext.en, en_segments, en)?),
            score: if both { 2.0 } else { -2.0 } + bead.score + worth,
        })
    }

    /// The segments of one side of a bead; of a side too long for a snippet only the first that holds a hit.
    fn readable<'s>(&self, document: usize, segments: &'s [usize], found: &[Occurrence]) -> &'s [usize] {
        let analysis = self.concordance.document(document);
        let stretch = self.concordance.stretch(document, segments);
        let fits = stretch.is_none_or(|stretch| fits(stretch.of(&analysis.document.text)));
        let first = found.first().and_then(|first| segments.iter().position(|&s| s == first.segment));
        match first {
            Some(at) if !fits => &segments[at..=at],
            _ => segments,
        }
    }

    fn stretch(&self, document: usize, segments: &[usize], found: &[Occurrence]) -> Option<Stretch> {
        let span = self.concordance.stretch(document, segments)?;
        let marks = found.iter().map(|o| self.hit(*o).span).filter(|mark| span.contains(*mark)).collect();
        Some(Stretch { document, span, marks })
    }

    /// «USMCA (T-MEC)»: terms of both languages with nothing but brackets, a dash or “or” between them.
    fn apposition(&self, pair: &[Occurrence]) -> Option<Candidate> {
        let &[first, second] = pair else { return None };
        let (a, b) = (self.hit(first), self.hit(second));
        if first.document != second.document || a.lang == b.lang || a.span.end > b.span.start {
            return None;
        }
        let analysis = self.concordance.document(first.document);
        if !is_gloss(&analysis.document.text[a.span.end..b.span.start]) {
            return None;
        }
        let side = self.stretch(first.document, &[first.segment, second.segment], pair);
        let segment = analysis.segments.get(first.segment);
        let spanish = segment.and_then(|s| s.lang).or_else(|| analysis.lang()) == Some(Lang::Es);
        let (es, en) = if spanish { (side, None) } else { (None, side) };
        let score = 1.0 + self.worth(first.document, &[first.segment], Lang::En);
        Some(Candidate { evidence: Evidence::Apposition, es, en, score })
    }

    /// The best snippet of each language.
    fn comparable(&self, occurrences: &[Occurrence]) -> Option<Candidate> {
        let best = |lang: Lang| {
            let of_lang = occurrences.iter().filter(|o| self.hit(**o).lang == lang);
            let valued = of_lang.map(|o| (self.worth(o.document, &[o.segment], lang), o));
            // The first of the best.
            let (_, best) = valued.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
            self.stretch(best.document, &[best.segment], &[*best])
        };
        let (es, en) = (best(Lang::Es), best(Lang::En));
        let any = es.is_some() || en.is_some();
        any.then_some(Candidate { evidence: Evidence::Comparable, es, en, score: -3.0 })
    }

    /// How good an example some segments are: running sentences of a readable length that define something.
    fn worth(&self, document: usize, segments: &[usize], lang: Lang) -> f32 {
        let analysis = self.concordance.document(document);
        let all = || segments.iter().filter_map(|&i| analysis.segments.get(i));
        let kind = all().map(|segment| kind_worth(segment.kind)).fold(0.0, f32::min);
        let Some(stretch) = self.concordance.stretch(document, segments) else { return -4.0 };
        let text = stretch.of(&analysis.document.text);
        kind + text_worth(text, lang) - 0.1 * (segments.len() as f32 - 1.0)
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

/// What is longer in bytes fills no snippet, and is not looked at: a line may be as long as a file.
const MOST_BYTES: usize = 4 * MOST_CHARS;

/// Whether a stretch goes into a snippet uncut.
fn fits(text: &str) -> bool {
    text.len() <= MOST_BYTES && text.chars().count() <= MOST_CHARS
}

/// Best between 60 and 200 characters, and where it defines something.
fn text_worth(text: &str, lang: Lang) -> f32 {
    if text.len() > MOST_BYTES {
        return TOO_LONG;
    }
    let defining = if is_defining(lang, text) { 0.6 } else { 0.0 };
    defining
        + match text.chars().count() {
            0..25 => -0.8,
            25..60 => -0.3,
            60..=200 => 0.0,
            201..=MOST_CHARS => -0.2,
            _ => TOO_LONG,
        }
}

const TOO_LONG: f32 = -0.5;

/// Nothing that parts a term from its gloss is longer than this, in bytes.
const MOST_BETWEEN: usize = 32;

fn is_gloss(between: &str) -> bool {
    if between.len() > MOST_BETWEEN {
        return false;
    }
    let trimmed = between.trim();
    let brackets =
        matches!(trimmed, "(" | "[" | "/" | "—" | "–" | "=" | "(«" | "(“" | "” (" | "» (" | "\" (" | "(\"");
    brackets
        || matches!(
            fold::key(trimmed).as_str(),
            ", or" | ", o" | "or" | "o" | "(en espanol" | "(in spanish" | ", en espanol," | ", in spanish,"
        )
}
