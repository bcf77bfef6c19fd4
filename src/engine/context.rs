//! What a document tells the matcher of a hit: the language of its segment, and the class of a word in its sentence.
//!
//! Both are found only where a hit depends on them: of a long plain text the segments around the hit are made, and a
//! sentence is tagged once for all hits in it.

use std::cell::RefCell;

use crate::lang::Lang;
use crate::matcher::Context;
use crate::tagger::{Classes, Tagged, Tagger};
use crate::text::{Document, Segment, Span, segments};

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
}

impl Context for TextContext<'_> {
    fn language(&self, span: Span) -> Option<Lang> {
        self.segments.at(span).and_then(known_language)
    }

    fn chance(&self, span: Span, lang: Lang, classes: Classes) -> Option<f32> {
        let segment = self.segments.at(span)?;
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
        Segments::Lazy(LazySegments { document, made: RefCell::new(None) })
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

/// Segments made where a hit depends on them, and no others: of a long plain text those around it only.
pub(super) struct LazySegments<'a> {
    document: &'a Document,
    /// The stretch made last: which, where it starts, its segments.
    made: RefCell<Option<(usize, usize, Vec<Segment>)>>,
}

/// Plain texts longer than this are segmented a stretch at a time.
const STRETCH: usize = 8 << 10;

/// So much more is taken on either side of a stretch, for its neighbours tell the language of a short sentence.
const AROUND: usize = STRETCH / 4;

impl LazySegments<'_> {
    fn at(&self, span: Span) -> Option<Segment> {
        let text = &self.document.text;
        let whole = text.len() <= 4 * STRETCH || !self.document.blocks.is_empty();
        let stretch = if whole { 0 } else { span.start / STRETCH };
        let mut made = self.made.borrow_mut();
        if made.as_ref().is_none_or(|made| made.0 != stretch) {
            *made = Some(match whole {
                true => (stretch, 0, segments(self.document)),
                false => self.segments_around(stretch),
            });
        }
        let (_, start, segments) = made.as_ref()?;
        let segment = segment_at(segments, Span::new(span.start - start, span.end - start))?;
        Some(Segment { span: Span::new(segment.span.start + start, segment.span.end + start), ..segment })
    }

    /// The segments of a stretch, cut at lines.
    fn segments_around(&self, stretch: usize) -> (usize, usize, Vec<Segment>) {
        let text = self.document.text.as_bytes();
        let line_at =
            |at: usize| memchr::memrchr(b'\n', &text[..at.min(text.len())]).map_or(0, |line| line + 1);
        let start = line_at((stretch * STRETCH).saturating_sub(AROUND));
        let end = text.len().min((stretch + 1) * STRETCH + AROUND);
        let end = memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |line| end + line);
        let around = self.document.text.get(start..end).unwrap_or_default().to_owned();
        let around = Document { lang: self.document.lang, ..Document::plain(String::new(), around) };
        (stretch, start, segments(&around))
    }
}
