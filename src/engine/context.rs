//! What a document tells the matcher of a hit: the language of its segment, and the class of a word in its sentence.
//!
//! Both are found only where a hit depends on them: of a long plain text only what is around the hit is segmented, and
//! a sentence is tagged once for all hits in it.

use std::cell::RefCell;

use memchr::memmem;

use crate::lang::Lang;
use crate::matcher::Context;
use crate::pool::Pool;
use crate::tagger::{Classes, Ends, Memory, Tagged, Tagger};
use crate::text::fold::is_quote;
use crate::text::langid::Guess;
use crate::text::segment::{DECISIVE, Near, log_odds, near, near_within, spoken_segments, within_quote};
use crate::text::{Document, Segment, SegmentKind, Span, floor_char_boundary, segment_spans, segments};

/// How sure a segment's language must be before a hit is refused for it.
const KNOWN: f32 = 0.8;

/// What the taggers of both languages remember, for one context after the other: one text's words are another's too.
/// Nothing that is told depends on it.
pub(super) type Memories = Pool<[Memory; 2]>;

/// The context of hits in a document.
pub(super) struct TextContext<'a> {
    text: &'a str,
    /// Whether the text alone cannot tell its language, and nothing else does.
    tells_too_little: bool,
    segments: Segments<'a>,
    /// What was tagged last: where it stands, as which language, its classes.
    tagged: RefCell<Option<(Near, Lang, Tagged)>>,
    /// Taken when something is tagged for the first time.
    memories: RefCell<Option<[Memory; 2]>>,
    shared: &'a Memories,
}

impl Drop for TextContext<'_> {
    fn drop(&mut self) {
        if let Some(memories) = self.memories.take() {
            self.shared.give_back(memories);
        }
    }
}

impl<'a> TextContext<'a> {
    pub(super) fn new(document: &'a Document, segments: Segments<'a>, shared: &'a Memories) -> Self {
        TextContext {
            text: &document.text,
            tells_too_little: document.lang.is_none() && is_a_word_or_two(&document.text),
            segments,
            tagged: RefCell::default(),
            memories: RefCell::default(),
            shared,
        }
    }

    /// The sentence of a span, or the quotation in the other language within it.
    fn segment(&self, span: Span) -> Option<Segment> {
        self.segments.at(span).map(|segment| within_quote(self.text, segment, span))
    }
}

impl Context for TextContext<'_> {
    fn language(&self, span: Span) -> Option<Lang> {
        if self.tells_too_little {
            return None;
        }
        self.segments.language_near(span).or_else(|| self.segment(span).and_then(known_language))
    }

    fn chance(&self, span: Span, lang: Lang, classes: Classes) -> Option<f32> {
        let near = self.segments.near(self.text, span);
        let mut tagged = self.tagged.borrow_mut();
        if tagged.as_ref().is_none_or(|&(at, as_lang, _)| (at, as_lang) != (near, lang)) {
            let mut memories = self.memories.borrow_mut();
            let memory = &mut memories.get_or_insert_with(|| self.shared.take())[lang as usize];
            let ends = Ends { begins: near.begins, ends: near.ends };
            let words = Tagger::of(lang).tag_remembering(near.span.of(self.text), ends, memory);
            *tagged = Some((near, lang, words));
        }
        let (_, _, words) = tagged.as_ref()?;
        words.chance(span.start.checked_sub(near.span.start)?, classes)
    }
}

fn known_language(segment: Segment) -> Option<Lang> {
    segment.lang.filter(|_| segment.confidence >= KNOWN)
}

/// A text of fewer than three words: the very term that is asked for would choose its language.
fn is_a_word_or_two(text: &str) -> bool {
    text.split_whitespace().nth(2).is_none()
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

    /// The words around a span in its sentence.
    fn near(&self, text: &str, span: Span) -> Near {
        let sentence = match self {
            Segments::Made(segments) => segment_at(segments, span),
            Segments::Lazy(lazy) => lazy.whole(span),
        };
        sentence.map_or_else(|| near(text, span), |sentence| near_within(text, sentence.span, span))
    }

    /// The language that the words around a span tell by themselves, where sentences are not made anyway.
    fn language_near(&self, span: Span) -> Option<Lang> {
        match self {
            Segments::Lazy(lazy) if !lazy.is_made_whole() => lazy.language_near(span),
            Segments::Made(_) | Segments::Lazy(_) => None,
        }
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
const STRETCH: usize = 1 << 10;

/// Blank lines are looked for so far on either side; a paragraph that is longer is cut into parts.
const REACH: usize = 4 << 10;

/// The length of what ends a paragraph.
const BLANK: usize = "\n\n".len();

/// A part of a long paragraph begins at the first line that starts so far into the text, or a multiple of it.
const PART: usize = 2 << 10;

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
        let stretch = span.start / STRETCH;
        self.whole(span)
            .or_else(|| self.sentence(span))
            .or_else(|| self.among_neighbours(span, stretch, || self.segments_around(stretch)))
    }

    /// The segment of a span in a document that is segmented whole.
    fn whole(&self, span: Span) -> Option<Segment> {
        let neighbours = || self.among_neighbours(span, 0, || (0, segments(self.document)));
        self.is_made_whole().then(neighbours).flatten()
    }

    fn is_made_whole(&self) -> bool {
        self.document.text.len() <= LONG || !self.document.blocks.is_empty()
    }

    /// The language of the words around a span, where they are as sure as a sentence must be. Beside quotation marks
    /// they are not asked: it may change there.
    fn language_near(&self, span: Span) -> Option<Lang> {
        let words = near(&self.document.text, span).span.of(&self.document.text);
        if words.contains(is_quote) {
            return None;
        }
        let odds = log_odds(words).filter(|odds| odds.abs() >= DECISIVE);
        Guess::from_log_odds(odds).lang
    }

    /// The sentence of a span where it tells its language by itself.
    fn sentence(&self, span: Span) -> Option<Segment> {
        let text = &self.document.text;
        let mut paragraph = self.paragraph.borrow_mut();
        if !paragraph.span.range().contains(&span.start) {
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
        (start, spoken_segments(text.get(start..end).unwrap_or_default(), self.document.lang))
    }
}

/// The paragraph in which a span starts, between blank lines, or the part of it where it is long. Which that is depends
/// on the text alone, not on what was asked before.
fn paragraph_around(text: &str, span: Span) -> Paragraph {
    let bytes = text.as_bytes();
    let from = span.start.saturating_sub(REACH);
    let to = text.len().min(span.start + REACH);
    let before = memmem::rfind(&bytes[from..span.start], b"\n\n").map(|at| from + at + BLANK);
    let after = memmem::find(&bytes[span.start..to], b"\n\n").map(|at| span.start + at);
    let start = before.or((from == 0).then_some(0));
    let end = after.or((to == text.len()).then_some(to));
    let (start, end) = match (start, end) {
        (Some(start), Some(end)) if end - start + BLANK <= REACH => (start, end),
        _ => {
            let (part, next) = part_around(text, span.start);
            (start.map_or(part, |start| start.max(part)), end.map_or(next, |end| end.min(next)))
        }
    };
    let sentences = segment_spans(&text[start..end]);
    let sentences = sentences.into_iter().map(|sentence| sentence.shifted(start)).collect();
    Paragraph { span: Span::new(start, end), sentences, asked: None }
}

/// Where the part of a place begins, and where the next one does.
fn part_around(text: &str, place: usize) -> (usize, usize) {
    let number = place / PART;
    let (this, next) = (part_start(text, number), part_start(text, number + 1));
    if place < this { (part_start(text, number - 1), this) } else { (this, next) }
}

/// Where a part begins: at a line where one starts in its first half.
fn part_start(text: &str, number: usize) -> usize {
    let start = number * PART;
    if number == 0 || start >= text.len() {
        return start.min(text.len());
    }
    let half = &text.as_bytes()[start..text.len().min(start + PART / 2)];
    memchr::memchr(b'\n', half).map_or_else(|| floor_char_boundary(text, start), |line| start + line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs of many lengths, in turn in either language; every fourth without an end of line.
    fn text() -> String {
        let spanish =
            "El juez dijo que no habrá acuerdo en la frontera mientras los dos gobiernos sigan sin hablar";
        let english =
            "The judge said that there will be no deal on the border while the two sides do not talk";
        let mut text = String::new();
        for i in 0..40_usize {
            let sentence = if i % 2 == 0 { spanish } else { english };
            let between = if i % 4 == 3 { ". " } else { ".\n" };
            text += &[sentence].repeat(1 + i * i % 97).join(between);
            text += if i % 5 == 0 { "\n\n" } else { ".\n\n" };
        }
        text
    }

    #[test]
    fn a_text_of_two_words_tells_no_language_unless_it_is_stated() {
        let told = |text: &str, lang: Option<Lang>| {
            let document = Document { lang, ..Document::plain("text", text) };
            let memories = Memories::default();
            TextContext::new(&document, Segments::lazy(&document), &memories).language(Span::new(0, 3))
        };
        assert_eq!(told("los cafés\n", None), None);
        assert_eq!(told("los cafés\n", Some(Lang::Es)), Some(Lang::Es));
        assert_eq!(told("los cafés de la ciudad\n", None), Some(Lang::Es));
    }

    #[test]
    fn what_is_told_of_a_place_does_not_depend_on_what_was_asked_before() {
        let document = Document::plain("text", text());
        assert!(document.text.len() > 2 * LONG);
        let spans: Vec<Span> = crate::text::tokens::words(&document.text).step_by(7).collect();
        let memories = Memories::default();
        let context = || TextContext::new(&document, Segments::lazy(&document), &memories);
        let told = |context: &TextContext<'_>, span: Span| {
            let noun = Classes::of(&[crate::tagger::Class::Noun]);
            (context.segments.at(span).map(|segment| segment.span), context.chance(span, Lang::Es, noun))
        };
        let (forwards, backwards) = (context(), context());
        let mut expected: Vec<_> = spans.iter().map(|&span| told(&forwards, span)).collect();
        expected.reverse();
        let found: Vec<_> = spans.iter().rev().map(|&span| told(&backwards, span)).collect();
        assert_eq!(found, expected);
        let languages: Vec<_> = spans.iter().map(|&span| context().language(span)).collect();
        assert!(languages.contains(&Some(Lang::Es)) && languages.contains(&Some(Lang::En)));
    }
}
