//! The best aligned contexts of a concept.
//!
//! Three kinds of evidence: a bead of a pair that has a term on both sides; a gloss within a text («USMCA
//! (T-MEC)»); and, where there is neither, the best snippet of each language. Whole sentences that say what the
//! term means come first, headlines and page furniture last, and no sentence
//! twice.

use rustc_hash::FxHashSet;

use super::defining::is_defining;
use super::snippet::{Cut, MOST_CHARS, one_line, share, snippet_of};
use super::unlisted::{CONFIDENT, UnlistedRenderings};
use super::{AlignedContext, Concordance, Evidence, HeldBead, Occurrence, Snippet};
use crate::engine::Engine;
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Concept, Context, Termbase};
use crate::text::{Document, SegmentKind, Span, fold};

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
pub fn harvest(
    concept: &Concept,
    occurrences: &[Occurrence],
    unlisted: &UnlistedRenderings,
    from: Harvest<'_>,
) -> Vec<AlignedContext> {
    let occurrences: Vec<Occurrence> =
        occurrences.iter().filter(|occurrence| from.may_quote(occurrence.document)).copied().collect();
    let mut candidates = from.candidates(&occurrences, unlisted);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    // Snippets are cut only as far down the list as they are wanted.
    let mut shown = Shown::default();
    let pinned: Vec<AlignedContext> = pinned(concept);
    pinned.iter().for_each(|context| _ = shown.is_new(context));
    let found = candidates.iter().map(|candidate| from.context(candidate));
    let found = found.filter(|context| shown.is_new(context)).take(from.limit);
    pinned.into_iter().chain(found).collect()
}

/// The pinned contexts, in which the terms are looked for.
fn pinned(concept: &Concept) -> Vec<AlignedContext> {
    if concept.contexts.is_empty() {
        return Vec::new();
    }
    let engine = Engine::new(Termbase { concepts: vec![concept.clone()].into(), ..Termbase::default() });
    let side = |text: &Option<String>, source: &Option<String>| {
        let analysis = engine.analyse(Document::plain(source.clone().unwrap_or_default(), text.clone()?));
        let marks: Vec<Span> = apart(analysis.hits.iter().map(|hit| hit.span));
        let text = &analysis.document.text;
        let (text, marks) = one_line(text, Span::new(0, text.len()), &marks);
        Some(Snippet { document: analysis.document.name, line: 0, part: None, text, marks })
    };
    let aligned = |context: &Context| AlignedContext {
        evidence: Evidence::Pinned,
        es: side(&context.es, &context.source),
        en: side(&context.en, &context.source),
        score: 10.0,
        unlisted: None,
    };
    concept.contexts.iter().map(aligned).collect()
}

/// Those of some spans in order that overlap none before them.
fn apart(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut done = 0;
    let is_apart = |span: &Span| {
        let is_apart = span.start >= done;
        done = done.max(span.end);
        is_apart
    };
    spans.filter(is_apart).collect()
}

/// The sentences shown so far, by their words.
#[derive(Default)]
struct Shown(FxHashSet<String>);

impl Shown {
    /// Whether no sentence of a context has been shown, and its two sides are not one and the same. What is new
    /// counts as shown from now on.
    fn is_new(&mut self, context: &AlignedContext) -> bool {
        let sides: Vec<String> = [&context.es, &context.en]
            .into_iter()
            .flatten()
            .map(|snippet| fold::key(&snippet.text))
            .collect();
        let is_same = matches!(sides.as_slice(), [es, en] if es == en);
        let is_new = !is_same && sides.iter().all(|side| !self.0.contains(side));
        if is_new {
            self.0.extend(sides);
        }
        is_new
    }
}

/// A context before its snippets are cut.
struct Candidate {
    evidence: Evidence,
    es: Option<Stretch>,
    en: Option<Stretch>,
    score: f32,
    unlisted: Option<Lang>,
}

/// One side of a candidate: a stretch of a document with the hits in it.
struct Stretch {
    document: usize,
    span: Span,
    marks: Vec<Span>,
}

impl<'a> Harvest<'a> {
    /// All contexts that the occurrences may give, unsorted.
    fn candidates(&self, occurrences: &[Occurrence], unlisted: &UnlistedRenderings) -> Vec<Candidate> {
        let held = self.concordance.held(occurrences);
        let bead = |held| Some(self.with_unlisted(self.bead(held, occurrences)?, unlisted));
        let mut found: Vec<Candidate> = held.iter().filter_map(bead).collect();
        found.extend(occurrences.windows(2).filter_map(|pair| self.apposition(pair, occurrences)));
        let complete = found.iter().any(|candidate| candidate.es.is_some() && candidate.en.is_some());
        if !complete {
            let comparable = self.comparable(occurrences, &found);
            found.extend(comparable);
        }
        found
    }

    fn context(&self, candidate: &Candidate) -> AlignedContext {
        let sides = [&candidate.es, &candidate.en].into_iter().flatten();
        let share = sides.map(|stretch| self.share(stretch)).fold(1.0, f32::min);
        let side = |stretch: &Option<Stretch>| stretch.as_ref().map(|stretch| self.snippet(stretch, share));
        AlignedContext {
            evidence: candidate.evidence,
            es: side(&candidate.es),
            en: side(&candidate.en),
            score: candidate.score,
            unlisted: candidate.unlisted,
        }
    }

    /// The part of a stretch that goes into a snippet.
    fn share(&self, stretch: &Stretch) -> f32 {
        share(stretch.span.of(&self.concordance.document(stretch.document).document.text))
    }

    /// The snippet of a side, which keeps as much as the side that has to be cut most: both tell the same.
    fn snippet(&self, stretch: &Stretch, share: f32) -> Snippet {
        let Stretch { document, span, marks } = stretch;
        let (analysis, lines) = (self.concordance.document(*document), self.concordance.lines(*document));
        snippet_of(analysis, lines, Cut { stretch: *span, marks, share })
    }

    pub(super) fn may_quote(&self, document: usize) -> bool {
        self.confidential || !self.concordance.document(document).document.confidential
    }

    fn hit(&self, occurrence: Occurrence) -> &'a Hit {
        occurrence.hit(self.concordance.collection())
    }

    fn bead(&self, held: &HeldBead<'_>, all: &[Occurrence]) -> Option<Candidate> {
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
            es: Some(self.stretch(bitext.es, es_segments, all)?),
            en: Some(self.stretch(bitext.en, en_segments, all)?),
            score: if both { 2.0 } else { -2.0 } + sureness(bead.score) + worth,
            unlisted: None,
        })
    }

    /// A bead that lacks a listed term on one side, with what renders it there marked, where that is known.
    fn with_unlisted(&self, mut candidate: Candidate, unlisted: &UnlistedRenderings) -> Candidate {
        for (lang, side) in [(Lang::Es, &mut candidate.es), (Lang::En, &mut candidate.en)] {
            let Some(stretch) = side.as_mut().filter(|stretch| stretch.marks.is_empty()) else { continue };
            let places = unlisted.in_lang(lang).iter().flat_map(|rendering| &rendering.places);
            let here = places
                .filter(|(document, span)| *document == stretch.document && stretch.span.contains(*span));
            stretch.marks = here.map(|(_, span)| *span).collect();
            stretch.marks.sort_unstable();
            if !stretch.marks.is_empty() {
                candidate.unlisted = Some(lang);
                candidate.score += UNLISTED;
            }
        }
        candidate
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

    /// A stretch with all hits of the concept in it, of either language.
    fn stretch(&self, document: usize, segments: &[usize], all: &[Occurrence]) -> Option<Stretch> {
        let span = self.concordance.stretch(document, segments)?;
        let (first, last) = ((document, *segments.first()?), (document, *segments.last()?));
        let from = all.partition_point(|o| (o.document, o.segment) < first);
        let within = all[from..].iter().take_while(|o| (o.document, o.segment) <= last);
        let marks = apart(within.map(|o| self.hit(*o).span).filter(|mark| span.contains(*mark)));
        Some(Stretch { document, span, marks })
    }

    /// «USMCA (T-MEC)»: terms of both languages with nothing but brackets, a dash or “or” between them.
    fn apposition(&self, pair: &[Occurrence], all: &[Occurrence]) -> Option<Candidate> {
        let &[first, second] = pair else { return None };
        let (a, b) = (self.hit(first), self.hit(second));
        if first.document != second.document || a.lang == b.lang || a.span.end > b.span.start {
            return None;
        }
        let analysis = self.concordance.document(first.document);
        if !is_gloss(&analysis.document.text[a.span.end..b.span.start]) {
            return None;
        }
        let side = self.stretch(first.document, &[first.segment, second.segment], all);
        let segment = analysis.segments.get(first.segment);
        let spanish = segment.and_then(|s| s.lang).or_else(|| analysis.lang()) == Some(Lang::Es);
        let (es, en) = if spanish { (side, None) } else { (None, side) };
        let score = 1.0 + self.worth(first.document, &[first.segment], Lang::En);
        Some(Candidate { evidence: Evidence::Apposition, es, en, score, unlisted: None })
    }

    /// The best snippet of each language in sentences that `found` does not show, each in its own.
    fn comparable(&self, occurrences: &[Occurrence], found: &[Candidate]) -> Option<Candidate> {
        let stretches = found.iter().flat_map(|candidate| [&candidate.es, &candidate.en]).flatten();
        let shown: FxHashSet<(usize, usize)> = stretches.map(|s| (s.document, s.span.start)).collect();
        let start =
            |o: &Occurrence| self.concordance.stretch(o.document, &[o.segment]).map(|span| span.start);
        let is_shown = |o: &Occurrence| start(o).is_some_and(|start| shown.contains(&(o.document, start)));
        let best = |lang: Lang, other: Option<Occurrence>| {
            let is_other = |o: &Occurrence| other.is_some_and(|other| same_segment(*o, other));
            let of_lang = occurrences.iter().filter(|o| self.hit(**o).lang == lang);
            let free = of_lang.filter(|o| !is_other(o) && !is_shown(o));
            let valued = free.map(|o| (self.worth(o.document, &[o.segment], lang), *o));
            // The first of the best.
            valued.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, best)| best)
        };
        let es = best(Lang::Es, None);
        let en = best(Lang::En, es);
        let side =
            |o: Option<Occurrence>| o.and_then(|o| self.stretch(o.document, &[o.segment], occurrences));
        let (es, en) = (side(es), side(en));
        let any = es.is_some() || en.is_some();
        any.then_some(Candidate { evidence: Evidence::Comparable, es, en, score: -3.0, unlisted: None })
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

/// What it is worth that a rendering which the glossary lacks is shown: less than a listed one.
const UNLISTED: f32 = 2.0;

/// What an unsure bead is worth less: its two sides may not belong together.
const UNSURE: f32 = 3.0;

fn sureness(score: f32) -> f32 {
    if score < CONFIDENT { score - UNSURE } else { score }
}

fn same_segment(one: Occurrence, other: Occurrence) -> bool {
    (one.document, one.segment) == (other.document, other.segment)
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
