//! Quotations in the other language: *the program known as «Quédate en México» ended*.
//!
//! What stands between a pair of quotation marks is judged alone, and what stands around it too. Where both are sure
//! and differ, the sentence has the language of what is around, and the quotation its own.

use super::super::Span;
use super::super::langid::{self, Guess, Tally};
use super::Segment;
use crate::lang::Lang;

/// Around a quotation there must be as many words as this to tell its language.
const WORDS_AROUND: u32 = 3;
/// The log-odds beyond which what is around is sure (a probability of 0.95), and the quotation (0.88).
const SURE_AROUND: f32 = 3.0;
const SURE_WITHIN: f32 = 2.0;

/// A quotation in the other language than the sentence around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quote {
    /// What stands between the marks, in bytes of the document's text.
    pub span: Span,
    /// Its language.
    pub lang: Lang,
    /// How sure the language is, 0.5 to 1.
    pub confidence: f32,
}

/// The quotations in the other language within a segment of a text, in order.
pub fn quotes(text: &str, segment: Span) -> Vec<Quote> {
    let sentence = segment.of(text);
    let Some(around) = around(sentence) else { return Vec::new() };
    let quote = |span: Span| {
        let within = langid::log_odds(span.of(sentence)).filter(|within| differs(*within, around))?;
        let Guess { lang, confidence } = Guess::from_log_odds(Some(within));
        Some(Quote { span: span.shifted(segment.start), lang: lang?, confidence })
    };
    Quoted::of(sentence).filter_map(quote).collect()
}

/// The segment that a span in it is judged by: the quotation in the other language around the span, where there is one.
pub fn within_quote(text: &str, segment: Segment, span: Span) -> Segment {
    let quote = quotes(text, segment.span).into_iter().find(|quote| quote.span.contains(span));
    quote.map_or(segment, |Quote { span, lang, confidence }| Segment {
        span,
        lang: Some(lang),
        confidence,
        ..segment
    })
}

/// The log-odds of a sentence, positive for Spanish; quotations in the other language do not count.
pub(crate) fn log_odds(sentence: &str) -> Option<f32> {
    let around = around(sentence).filter(|around| {
        let mut within = Quoted::of(sentence).filter_map(|span| langid::log_odds(span.of(sentence)));
        within.any(|within| differs(within, *around))
    });
    around.or_else(|| langid::log_odds(sentence))
}

fn differs(within: f32, around: f32) -> bool {
    within.abs() >= SURE_WITHIN && (within > 0.0) != (around > 0.0)
}

/// The log-odds of what is around quotations, if there are any and it is sure.
fn around(sentence: &str) -> Option<f32> {
    let mut quoted = Quoted::of(sentence).peekable();
    quoted.peek()?;
    let mut from = 0;
    let before = quoted.map(|span| sentence.get(std::mem::replace(&mut from, span.end)..span.start));
    let mut pieces: Vec<&str> = before.flatten().collect();
    pieces.extend(sentence.get(from..));
    let around = Tally::of(pieces);
    around.log_odds().filter(|odds| around.words >= WORDS_AROUND && odds.abs() >= SURE_AROUND)
}

/// The stretches between quotation marks, in order, none within another.
struct Quoted<'a> {
    sentence: &'a str,
    at: usize,
}

impl<'a> Quoted<'a> {
    fn of(sentence: &'a str) -> Self {
        Quoted { sentence, at: 0 }
    }
}

impl Iterator for Quoted<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            let rest = self.sentence.as_bytes().get(self.at..)?;
            // The first bytes of all that opens; most sentences have none.
            let at = self.at + memchr::memchr3(b'"', 0xC2, 0xE2, rest)?;
            let opening = self.sentence.get(at..)?.chars().next()?;
            let start = at + opening.len_utf8();
            self.at = start;
            let closing = match opening {
                '"' => '"',
                '«' => '»',
                '“' | '„' => '”',
                '‹' => '›',
                _ => continue,
            };
            if let Some(length) = self.sentence.get(start..)?.find(closing) {
                self.at = start + length + closing.len_utf8();
                return Some(Span::new(start, start + length));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_have_their_own_language_and_sentences_theirs() {
        let cases = [
            ("The program known as «Quédate en México» ended in June.", Lang::En, Some("Quédate en México")),
            ("El programa “Remain in Mexico” terminó en junio.", Lang::Es, Some("Remain in Mexico")),
            (
                "La prensa lo llamó \"the border wall that was never built\", según el diario.",
                Lang::Es,
                Some("the border wall that was never built"),
            ),
            ("“We are done,” the mayor told reporters.", Lang::En, None),
            ("El acuerdo “entrará en vigor mañana”, dijo la ministra.", Lang::Es, None),
            ("The report has no \"quotation in it", Lang::En, None),
        ];
        for (text, lang, quoted) in cases {
            assert_eq!(Guess::from_log_odds(log_odds(text)).lang, Some(lang), "{text}");
            let found = quotes(text, Span::new(0, text.len()));
            assert_eq!(found.first().map(|quote| quote.span.of(text)), quoted, "{text}");
            assert!(found.iter().all(|quote| quote.lang != lang), "{text}");
        }
    }

    #[test]
    fn long_quotations_do_not_make_the_sentence() {
        let text = "Members of the committee read out «la frontera no es un muro, sino un lugar donde viven y trabajan \
                    millones de personas de los dos países» on Monday.";
        assert_eq!(Guess::from_log_odds(log_odds(text)).lang, Some(Lang::En));
        assert_eq!(
            Guess::from_log_odds(langid::log_odds(text)).lang,
            Some(Lang::Es),
            "or the test shows nothing"
        );
    }

    #[test]
    fn a_hit_is_judged_by_the_quotation_around_it() {
        let text = "Officials said «la frontera es segura» once more.";
        let segment = super::super::segments(&crate::text::Document::plain("t", text))[0];
        let lang_of = |word: &str| {
            let at = text.find(word).expect("there");
            within_quote(text, segment, Span::new(at, at + word.len())).lang
        };
        assert_eq!((lang_of("segura"), lang_of("once")), (Some(Lang::Es), Some(Lang::En)));
    }
}
