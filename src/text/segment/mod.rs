//! Sentence segmentation for Spanish and English.
//!
//! Three steps: `layout` finds the paragraphs (blank lines, bullets, wrapped lines, the reader's blocks),
//! `sentence` cuts each at its sentence ends, and `language` gives every sentence a language, short ones
//! with the help of their neighbours; `quotes` finds what is quoted in the other language. All steps are linear in the length of the text.
//!
//! ```
//! use glosa::{Lang, text::{Document, segments}};
//!
//! let document = Document::plain("nota.txt", "El Sr. Luna llegó. “We are ready,” he said.");
//! let found = segments(&document);
//! assert_eq!(found.len(), 2);
//! assert_eq!(found[1].span.of(&document.text), "“We are ready,” he said.");
//! assert_eq!((found[0].lang, found[1].lang), (Some(Lang::Es), Some(Lang::En)));
//! ```

mod furniture;
mod language;
mod layout;
mod near;
mod quotes;
mod sentence;

use serde::Serialize;

pub(crate) use language::DECISIVE;
pub(crate) use near::{Near, near, near_within};
pub(crate) use quotes::log_odds;
pub use quotes::{Quote, quotes, within_quote};

use super::{Document, Span, langid};
use crate::lang::Lang;

/// A sentence, heading or list item, with its own language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Bytes in the document's text, without the white space around.
    pub span: Span,
    /// The language; `None` (`und`) where there are no words of either.
    pub lang: Option<Lang>,
    /// How sure the language is, 0 to 1; the matcher's language test wants at least 0.8.
    pub confidence: f32,
    /// What kind of text it is.
    pub kind: SegmentKind,
}

/// What a segment is, as far as a snippet's worth is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// A sentence of running text.
    Sentence,
    /// A title or headline.
    Heading,
    /// An item of a list.
    ListItem,
    /// Page furniture.
    Boilerplate,
}

/// Divides a document into segments, in order and not overlapping, with their languages. Every character but
/// white space is in one of them.
pub fn segments(document: &Document) -> Vec<Segment> {
    with_languages(&document.text, &layout::paragraphs(document), document.lang)
}

/// The segments of a plain text, of which a language may be stated, for their languages only: page furniture is not
/// told from the rest.
pub(crate) fn spoken_segments(text: &str, stated: Option<Lang>) -> Vec<Segment> {
    with_languages(text, &layout::plain(text), stated)
}

fn with_languages(text: &str, paragraphs: &[layout::Paragraph], stated: Option<Lang>) -> Vec<Segment> {
    let cut: Vec<(Span, SegmentKind)> = cut(text, paragraphs).collect();
    let odds: Vec<Option<f32>> = cut.iter().map(|(span, _)| log_odds(span.of(text))).collect();
    let guesses = language::smooth(&odds, stated);
    cut.into_iter()
        .zip(guesses)
        .map(|((span, kind), guess)| Segment { span, lang: guess.lang, confidence: guess.confidence, kind })
        .collect()
}

/// The spans of a plain text's segments, without their languages.
pub fn segment_spans(text: &str) -> Vec<Span> {
    cut(text, &layout::plain(text)).map(|(span, _)| span).collect()
}

/// Each line (ended by LF) as a segment judged alone; blank lines are segments too, with empty spans.
pub fn line_segments(text: &str) -> Vec<Segment> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches(is_blank);
        let at = if body.is_empty() { start } else { start + line.len() - body.len() };
        let body = body.trim_end_matches(is_blank);
        let guess = langid::Guess::from_log_odds(log_odds(body));
        found.push(Segment {
            span: Span::new(at, at + body.len()),
            lang: guess.lang,
            confidence: guess.confidence,
            kind: SegmentKind::Sentence,
        });
        start += line.len();
    }
    found
}

fn cut<'a>(
    text: &'a str,
    paragraphs: &'a [layout::Paragraph],
) -> impl Iterator<Item = (Span, SegmentKind)> + 'a {
    paragraphs.iter().flat_map(move |paragraph| {
        let spans = sentence::sentences(paragraph.span.of(text));
        spans.into_iter().map(move |span| (span.shifted(paragraph.span.start), paragraph.kind))
    })
}

/// White space, or the byte order mark that a file may begin with.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Block, BlockKind};

    fn of(text: &str) -> Vec<(&str, SegmentKind)> {
        let document = Document::plain("t", text);
        segments(&document).iter().map(|s| (s.span.of(text), s.kind)).collect()
    }

    #[test]
    fn languages_of_mixed_text_lean_on_the_neighbours() {
        let text = "The talks began on Monday in the capital. “Es una propuesta justa para todos”, dijo Vega. \
                    Local total. The ministers will meet again.";
        let langs: Vec<_> = segments(&Document::plain("t", text)).iter().map(|s| s.lang).collect();
        assert_eq!(langs, [Some(Lang::En), Some(Lang::Es), Some(Lang::En), Some(Lang::En)]);
    }

    #[test]
    fn no_words_no_language() {
        let found = segments(&Document::plain("t", "Precio final\n\n1,700 — 25 %\n"));
        assert_eq!(found.iter().map(|s| s.lang).collect::<Vec<_>>(), [Some(Lang::Es), None]);
    }

    #[test]
    fn blocks_end_segments_and_give_their_kind() {
        let text = "Aviso Abierto hasta tarde. Mañana no. fin";
        let block = |start, end, kind| Block { span: Span::new(start, end), kind };
        let mut document = Document::plain("t", text);
        document.blocks = vec![block(0, 5, BlockKind::Heading), block(6, 38, BlockKind::ListItem)];
        let got: Vec<_> = segments(&document).iter().map(|s| (s.span.of(text), s.kind)).collect();
        let wanted = [
            ("Aviso", SegmentKind::Heading),
            ("Abierto hasta tarde.", SegmentKind::ListItem),
            ("Mañana no.", SegmentKind::ListItem),
            ("fin", SegmentKind::Heading),
        ];
        assert_eq!(got, wanted);
    }

    #[test]
    fn a_byte_order_mark_is_outside() {
        assert_eq!(of("\u{FEFF}Hola a todos."), [("Hola a todos.", SegmentKind::Sentence)]);
    }

    #[test]
    fn lines_judged_alone() {
        let text = "la ley\n\n  the law \n7";
        let got: Vec<_> = line_segments(text).iter().map(|s| (s.span.of(text), s.lang)).collect();
        assert_eq!(got, [("la ley", Some(Lang::Es)), ("", None), ("the law", Some(Lang::En)), ("7", None)]);
    }

    proptest! {
        #[test]
        fn in_order_and_covering_all(text in "(?:[ \n\t]|[.!?…]|[a-zÁñ]{1,4}|[«»“”\"()¿—-]|[0-9]|\\PC|Sr\\.|\r\n|\n\n){0,60}") {
            let mut covered = 0;
            for span in segment_spans(&text) {
                let skipped = text.get(covered..span.start);
                prop_assert!(skipped.is_some_and(|gap| gap.chars().all(is_blank)), "{skipped:?}");
                let body = span.of(&text);
                prop_assert!(!body.is_empty() && body.trim_matches(is_blank) == body);
                covered = span.end;
            }
            prop_assert!(text[covered..].chars().all(is_blank));
        }
    }
}
