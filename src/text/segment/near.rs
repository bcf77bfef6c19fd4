//! The part of a sentence around a place: what a word's class depends on, found without cutting the whole text.

use super::super::{Span, floor_char_boundary};
use super::layout::{SHORTEST_WRAPPED, is_item};
use super::sentence::sentences;

/// Some words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    /// Where they stand.
    pub(crate) span: Span,
    /// Whether the sentence begins with the first.
    pub(crate) begins: bool,
    /// Whether the sentence ends with the last.
    pub(crate) ends: bool,
}

/// So many words on either side of the place. The next ones hardly tell more: what the tagger looks at reaches two
/// words far, and what neighbours pass on fades with each.
const WORDS: usize = 4;

/// They are looked for so many bytes far, since what has no white space has no end.
const REACH: usize = 160;

/// The words around a place in a sentence.
pub(crate) fn near_within(text: &str, sentence: Span, place: Span) -> Near {
    let start = before(text, sentence.start, place.start);
    let end = after(text, place.end, sentence.end);
    Near { span: Span::new(start, end), begins: start == sentence.start, ends: end == sentence.end }
}

/// The words around a place of a plain text of which the sentences are not known. Where lines end as those of wrapped
/// text do, the sentence goes on; what comes of more than the nearest lines is not seen.
pub(crate) fn near(text: &str, place: Span) -> Near {
    let start = before(text, 0, place.start);
    let end = after(text, place.end, text.len());
    let both = Span::new(start, end);
    let mut breaks = memchr::memchr_iter(b'\n', both.of(text).as_bytes())
        .map(|at| both.start + at)
        .filter(|&at| ends_paragraph(text, at));
    let (mut from, mut to) = (None, None);
    for at in &mut breaks {
        if at < place.start {
            from = Some(at + 1);
        } else {
            to = Some(at);
            break;
        }
    }
    let paragraph = Span::new(from.unwrap_or(start), to.unwrap_or(end));
    let sentence = sentences(paragraph.of(text))
        .into_iter()
        .map(|sentence| sentence.shifted(paragraph.start))
        .take_while(|sentence| sentence.start <= place.start)
        .last()
        .unwrap_or(paragraph);
    Near {
        span: sentence,
        begins: from.is_some() || start == 0 || sentence.start > first_word(text, paragraph),
        ends: to.is_some() || end == text.len() || sentence.end < last_word(text, paragraph),
    }
}

fn first_word(text: &str, span: Span) -> usize {
    span.end - span.of(text).trim_start().len()
}

fn last_word(text: &str, span: Span) -> usize {
    span.start + span.of(text).trim_end().len()
}

/// Whether a line feed ends a paragraph: before a blank line, behind a line too short to be wrapped, before an item of a
/// list.
fn ends_paragraph(text: &str, line_feed: usize) -> bool {
    let bytes = text.as_bytes();
    let from = line_feed.saturating_sub(SHORTEST_WRAPPED);
    let short = from == 0 || memchr::memchr(b'\n', &bytes[from..line_feed]).is_some();
    let until = floor_char_boundary(text, line_feed + 1 + REACH);
    let rest = &text[line_feed + 1..until];
    let next = rest.lines().next().unwrap_or_default().trim();
    short || next.is_empty() || is_item(next)
}

/// Where the word begins that stands so many words before a place, but not before `from`.
fn before(text: &str, from: usize, place: usize) -> usize {
    let from = from.max(floor_char_boundary(text, place.saturating_sub(REACH)));
    let bytes = &text.as_bytes()[..place];
    let starts = memchr::memrchr3_iter(b' ', b'\n', b'\t', &bytes[from..]).map(|white| from + white + 1);
    starts.filter(|&start| bytes.get(start).is_some_and(|b| !is_white(*b))).nth(WORDS - 1).unwrap_or(from)
}

/// Where the word ends that stands so many words behind a place, but not behind `until`.
fn after(text: &str, place: usize, until: usize) -> usize {
    let until = until.min(floor_char_boundary(text, place + REACH)).max(place);
    let bytes = &text.as_bytes()[..until];
    let ends = memchr::memchr3_iter(b' ', b'\n', b'\t', &bytes[place..]).map(|white| place + white);
    ends.filter(|&end| end > place && !is_white(bytes[end - 1])).nth(WORDS - 1).unwrap_or(until)
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn around<'t>(text: &'t str, word: &str) -> (&'t str, bool, bool) {
        let start = text.find(word).expect("the word");
        let Near { span, begins, ends } = near(text, Span::new(start, start + word.len()));
        (span.of(text), begins, ends)
    }

    #[test]
    fn some_words_on_either_side() {
        let text = "Uno dos tres cuatro cinco seis CASA siete ocho nueve diez once doce.";
        assert_eq!(around(text, "CASA"), ("tres cuatro cinco seis CASA siete ocho nueve diez", false, false));
        assert_eq!(around(text, "dos"), ("Uno dos tres cuatro cinco seis", true, false));
        assert_eq!(around(text, "once"), ("siete ocho nueve diez once doce.", false, true));
    }

    #[test]
    fn sentences_and_paragraphs_end_it() {
        assert_eq!(around("No vino. Se CASA hoy. El lunes no.", "CASA"), ("Se CASA hoy.", true, true));
        assert_eq!(around("Lo dijo el Sr. Casas en CASA de Ana.", "CASA").0, "el Sr. Casas en CASA de Ana.");
        let lines = "Archivo\nGuardar la CASA\nImprimir\n\nUna línea que bien puede estar cortada por su largo\n\
                     y sigue en la FINCA de siempre";
        assert_eq!(around(lines, "CASA"), ("Guardar la CASA", true, true));
        assert_eq!(around(lines, "FINCA"), ("y sigue en la FINCA de siempre", false, true));
        assert_eq!(around("- Se vende\n- La CASA", "CASA").0, "- La CASA");
    }

    proptest! {
        #[test]
        fn the_place_is_in_it(text in "(?:[ \n\t.]|[a-zÁñ]{1,9}|[«»]|\r\n|\u{A0}|[a-z]{200}){1,40}", at in 0_usize..200, length in 0_usize..9) {
            let start = floor_char_boundary(&text, at.min(text.len()));
            let end = floor_char_boundary(&text, (start + length).min(text.len())).max(start);
            let place = Span::new(start, end);
            prop_assume!(!place.of(&text).trim().is_empty() && place.of(&text).trim() == place.of(&text) && !place.of(&text).contains([' ', '\n', '.', '\t', '\r']));
            for found in [near(&text, place), near_within(&text, Span::new(0, text.len()), place)] {
                prop_assert!(found.span.contains(place), "{found:?} {place:?}");
                prop_assert!(text.get(found.span.range()).is_some());
            }
        }
    }
}
