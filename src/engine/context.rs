//! What a document tells the matcher of a hit: the language of its segment, and the class of a word in its sentence.
//!
//! Both are found only where a hit depends on them: of a long plain text only what is around the hit is segmented, and
//! a sentence is tagged once for all hits in it.

use std::cell::RefCell;

use memchr::memmem;

use crate::lang::Lang;
use crate::matcher::Context;
use crate::tagger::{Classes, Tagged, Tagger};
use crate::text::langid::Guess;
use crate::text::segment::{DECISIVE, log_odds, within_quote};
use crate::text::{Document, Segment, SegmentKind, Span, floor_char_boundary, segment_spans, segments};

/// How sure a segment's language must be before a hit is refused for it.
const KNOWN: f32 = 0.8;

/// The context of hits in a document.
pub(super) struct TextContext<'a> {
    text: &'a str,
    segments: Segments<'a>,
    /// The sentence tagged last: where it starts, as which language, its classes.
    tagged: RefCell<Option<(usize, Lang, Tagged)>>,
}

impl<'a> TextContext<'a> {
    pub(super) fn new(document: &'a Document, segments: Segments<'a>) -> Self {
        TextContext { text: &document.text, segments, tagged: RefCell::default() }
    }

    /// The sentence of a span, or the quotation in the other language within it.
    fn segment(&self, span: Span) -> Option<Segment> {
        self.segments.at(span).map(|segment| within_quote(self.text, segment, span))
    }
}

impl Context for TextContext<'_> {
    fn language(&self, span: Span) -> Option<Lang> {
        self.segment(span).and_then(known_language)
    }

    fn chance(&self, span: Span, lang: Lang, classes: Classes) -> Option<f32> {
        let segment = self.segment(span)?;
        if known_language(segment).is_some_and(|known| known != lang) {
            return None;
        }
        let start = segment.span.start;
        let mut tagged = self.tagged.borrow_mut();
        if tagged.as_ref().is_none_or(|&(at, as_lang, _)| (at, as_lang) != (start, lang)) {
            *tagged = Some((start, lang, Tagger::of(lang).tag(segment.span.of(self.text))));
        }
        let (_, _, sentence) = tagged.as_ref()?;
        sentence.chance(span.start.checked_sub(start)?, classes)
    }
}

fn known_language(segment: Segment) -> Option<Lang> {
    segment.lang.filter(|_| segment.confidence >= KNOWN)
}

/// The segments of a document.
pub(super) enum Segments<'a> {
    /// All, made before.
    Made(&'a [Segment]),
    /// Made when asked for.
    Lazy(LazySegments<'a>),
}

impl<'a> Segments<'a> {
    pub(super) fn lazy(document: &'a Document) -> Self {
        Segments::Lazy(LazySegments { document, paragraph: RefCell::default(), made: RefCell::new(None) })
    }

    /// The segment that a span starts in.
    fn at(&self, span: Span) -> Option<Segment> {
        match self {
            Segments::Made(segments) => segment_at(segments, span),
            Segments::Lazy(lazy) => lazy.at(span),
        }
    }
}

fn segment_at(segments: &[Segment], span: Span) -> Option<Segment> {
    let after = segments.partition_point(|segment| segment.span.start <= span.start);
    segments.get(after.checked_sub(1)?).copied()
}

/// Segments made where a hit depends on them, and no others: of a long plain text the sentence around the hit, and
/// where that is too short to tell its language, those around it.
pub(super) struct LazySegments<'a> {
    document: &'a Document,
    /// The paragraph cut last.
    paragraph: RefCell<Paragraph>,
    /// The stretch made last: which, where it starts, its segments.
    made: RefCell<Option<(usize, usize, Vec<Segment>)>>,
}

/// Plain texts longer than this are segmented bit by bit.
const LONG: usize = 32 << 10;

/// So much text is segmented at once where neighbours must tell the language, and a quarter of it on either side.
const STRETCH: usize = 2 << 10;

/// A paragraph is looked for so far on either side.
const REACH: usize = 1 << 10;

/// A paragraph with its sentences.
#[derive(Default)]
struct Paragraph {
    span: Span,
    sentences: Vec<Span>,
    /// The sentence asked for last, with its log-odds.
    asked: Option<(Span, Option<f32>)>,
}

impl LazySegments<'_> {
    fn at(&self, span: Span) -> Option<Segment> {
        let whole = self.document.text.len() <= LONG || !self.document.blocks.is_empty();
        match if whole { None } else { self.sentence(span) } {
            Some(sentence) => Some(sentence),
            None if whole => self.among_neighbours(span, 0, || (0, segments(self.document))),
            None => {
                let stretch = span.start / STRETCH;
                self.among_neighbours(span, stretch, || self.segments_around(stretch))
            }
        }
    }

    /// The sentence of a span where it tells its language by itself.
    fn sentence(&self, span: Span) -> Option<Segment> {
        let text = &self.document.text;
        let mut paragraph = self.paragraph.borrow_mut();
        if !paragraph.span.contains(span) {
            *paragraph = paragraph_around(text, span);
        }
        let after = paragraph.sentences.partition_point(|sentence| sentence.start <= span.start);
        let sentence = *paragraph.sentences.get(after.checked_sub(1)?)?;
        let odds = match paragraph.asked {
            Some((asked, odds)) if asked == sentence => odds,
            _ => log_odds(sentence.of(text)),
        };
        paragraph.asked = Some((sentence, odds));
        let guess = Guess::from_log_odds(odds.filter(|odds| odds.abs() >= DECISIVE));
        guess.lang?;
        Some(Segment {
            span: sentence,
            lang: guess.lang,
            confidence: guess.confidence,
            kind: SegmentKind::Sentence,
        })
    }

    /// The segment of a span in a stretch, which `make` makes with where it starts.
    fn among_neighbours(
        &self,
        span: Span,
        stretch: usize,
        make: impl FnOnce() -> (usize, Vec<Segment>),
    ) -> Option<Segment> {
        let mut made = self.made.borrow_mut();
        if made.as_ref().is_none_or(|made| made.0 != stretch) {
            let (start, segments) = make();
            *made = Some((stretch, start, segments));
        }
        let (_, start, segments) = made.as_ref()?;
        let segment = segment_at(segments, Span::new(span.start - start, span.end - start))?;
        Some(Segment { span: segment.span.shifted(*start), ..segment })
    }

    /// The segments of a stretch, cut at lines, and where it starts.
    fn segments_around(&self, stretch: usize) -> (usize, Vec<Segment>) {
        let text = &self.document.text;
        let from = (stretch * STRETCH).saturating_sub(STRETCH / 4);
        let start = memchr::memrchr(b'\n', &text.as_bytes()[..from]).map_or(0, |line| line + 1);
        let end = text.len().min((stretch + 1) * STRETCH + STRETCH / 4);
        let end = memchr::memchr(b'\n', &text.as_bytes()[end..]).map_or(text.len(), |line| end + line);
        let around = text.get(start..end).unwrap_or_default().to_owned();
        let around = Document { lang: self.document.lang, ..Document::plain(String::new(), around) };
        (start, segments(&around))
    }
}

/// The paragraph around a span: between blank lines, or as far as is looked.
fn paragraph_around(text: &str, span: Span) -> Paragraph {
    let from = floor_char_boundary(text, span.start.saturating_sub(REACH));
    let to = floor_char_boundary(text, text.len().min(span.end + REACH));
    let start = memmem::rfind(&text.as_bytes()[from..span.start], b"\n\n").map_or(from, |at| from + at + 2);
    let end = memmem::find(&text.as_bytes()[span.end..to], b"\n\n").map_or(to, |at| span.end + at);
    let sentences = segment_spans(&text[start..end]);
    let sentences = sentences.into_iter().map(|sentence| sentence.shifted(start)).collect();
    Paragraph { span: Span::new(start, end), sentences, asked: None }
}
