//! The fast matcher: sequences of word numbers in a window that moves over the text.
//!
//! [`window`](super::window) makes word numbers of the text, [`sequences`](super::sequences) says where they are a
//! pattern's. So the alphabet is words: whole words come out exact, white space and punctuation cost nothing. What is
//! found is a candidate; [`super::conditions`] decides which stand, and overlaps are resolved last.

use std::io::{self, Write};

use super::compile::{Bounds, compile};
use super::conditions::{Words, stands};
use super::resolve::{Candidate, Resolver};
use super::sequences::{BATCH, Finder, Found, Sequences};
use super::store::{PatternId, PatternView, Patterns};
use super::veto::Context;
use super::vocabulary::Vocabulary;
use super::window::{Room, Window};
use super::{Hit, Overlaps, Refusal};
use crate::packed::{Reader, Section, Writer};
use crate::pool::Pool;
use crate::termbase::Termbase;
use crate::text::Span;

/// A compiled termbase. Immutable; searches of several threads do not wait for one another.
#[derive(Debug)]
pub struct Matcher {
    patterns: Patterns,
    vocabulary: Vocabulary,
    sequences: Sequences,
    rooms: Pool<Room>,
}

impl Matcher {
    /// Compiles all terms of a termbase.
    pub fn new(termbase: &Termbase) -> Self {
        Matcher::of(compile(termbase, Bounds::default()).patterns)
    }

    /// The matcher of some patterns.
    pub fn of(patterns: Patterns) -> Self {
        let (sequences, codes) = Sequences::new(&patterns);
        let vocabulary = Vocabulary::new(&patterns, &codes);
        Matcher { patterns, vocabulary, sequences, rooms: Pool::default() }
    }

    /// Writes all that a search needs, for [`Matcher::read`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        let mut writer = Writer::new(out);
        self.patterns.write(&mut writer)?;
        self.vocabulary.write(&mut writer, &self.patterns)?;
        self.sequences.write(&mut writer)
    }

    /// The matcher that [`Matcher::write`] wrote, its tables ready for use; `None` where it did not.
    pub fn read(section: Section) -> Option<Matcher> {
        let mut reader = Reader::new(section);
        let patterns = Patterns::read(&mut reader)?;
        let vocabulary = Vocabulary::read(&mut reader, &patterns)?;
        let sequences = Sequences::read(&mut reader, &patterns)?;
        reader.is_at_end().then_some(Matcher { patterns, vocabulary, sequences, rooms: Pool::default() })
    }

    /// The patterns: every way in which every term may stand.
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// The rule that made the form which a pattern matches, for `--explain`.
    ///
    /// # Panics
    /// When the pattern is another matcher's.
    pub fn rule(&self, pattern: PatternId) -> &str {
        self.patterns.get(pattern).rule()
    }

    /// The length of the longest form, in bytes.
    pub fn longest(&self) -> usize {
        self.patterns.longest()
    }

    /// The hits in a text. The context is asked only where a hit depends on it: `&|_| None` is one that knows
    /// nothing.
    pub fn search(&self, text: &str, overlaps: Overlaps, context: &dyn Context) -> Vec<Hit> {
        let mut resolver = Resolver::new(overlaps, text, context);
        self.candidates(text, |words, places| {
            // From the longest on: what a hit covers need not be looked at.
            for place in places.iter().rev() {
                resolver.settle();
                if resolver.covers(words, place.at + self.patterns.get(place.pattern).word_count() - 1) {
                    continue;
                }
                for pattern in self.patterns.group(place.pattern) {
                    if let Ok((span, kind)) = stands(pattern, words, place.at) {
                        resolver.push(Candidate::new(pattern, span, kind));
                    }
                }
            }
        });
        resolver.finish()
    }

    /// What was refused in a text, and why: for `--explain`.
    pub fn near_misses(&self, text: &str, context: &dyn Context) -> Vec<NearMiss<'_>> {
        let mut misses = Vec::new();
        self.candidates(text, |words, places| {
            for place in places {
                for pattern in self.patterns.group(place.pattern) {
                    if let Err(refusal) = judge(pattern, words, place.at, context) {
                        let last = place.at + pattern.word_count() - 1;
                        let span = Span::new(words.spans[place.at].start, words.spans[last].end);
                        misses.push(NearMiss { span, pattern, refusal });
                    }
                }
            }
        });
        misses
    }

    /// Calls `found` for each place of a text where patterns' words stand, in their order, with the shorter patterns
    /// first.
    fn candidates(&self, text: &str, mut found: impl FnMut(Words<'_>, &[Found])) {
        if self.patterns.is_empty() {
            return;
        }
        let mut window = Window::new(&self.vocabulary, text, self.rooms.take());
        let (mut finder, mut places) = (None, Vec::new());
        // One word is kept before the place of the search, and as many behind it as the longest pattern has.
        let (mut used, mut from, mut more) = (0, 0, true);
        while more {
            more = window.advance(used);
            let count = window.spans().len();
            let to = if more { count.saturating_sub(self.sequences.longest).max(from) } else { count };
            let words = Words { text, spans: window.spans() };
            let finder =
                finder.get_or_insert_with(|| Finder::new(&self.sequences, (!more).then_some(window.codes())));
            for start in (from..to).step_by(BATCH) {
                finder.find(window.codes(), start..to.min(start + BATCH), &mut places);
                places.iter().for_each(|place| self.patterns.prefetch(place.pattern));
                places.iter().for_each(|place| self.patterns.prefetch_typed(place.pattern));
                places.chunk_by(|a, b| a.at == b.at).for_each(|places| found(words, places));
            }
            used = to.saturating_sub(1);
            from = to - used;
        }
        self.rooms.give_back(window.into_room());
    }
}

/// A candidate that is no hit.
#[derive(Clone, Copy, Debug)]
pub struct NearMiss<'a> {
    /// Where.
    pub span: Span,
    /// What was nearly found.
    pub pattern: PatternView<'a>,
    /// Why it was refused.
    pub refusal: Refusal,
}

/// The hit that a candidate is, or why it is none.
pub(super) fn judge(
    pattern: PatternView<'_>,
    words: Words<'_>,
    first: usize,
    context: &dyn Context,
) -> Result<Hit, Refusal> {
    let (span, kind) = stands(pattern, words, first)?;
    Candidate::new(pattern, span, kind).judge(words.text, context)
}
