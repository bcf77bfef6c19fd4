//! From a text to word numbers, a window at a time.
//!
//! A text is cut into *runs* of ASCII letters, digits and all other bytes that are not ASCII
//! ([`runs`](super::runs)). A run of up to sixteen ASCII bytes is a word and looked up at once; one with Spanish letters
//! and the usual quotes and dashes is cut and folded by table ([`plain`](super::plain)); any other is cut and folded
//! the careful way, and what came of it is remembered by its bytes, so that this is paid once for each spelling and
//! not for each occurrence. White space and punctuation cost nothing, and no folded copy of the text is made.

use super::plain;
use super::runs::Runs;
use super::sequences::BEYOND;
use super::store::WordId;
use super::vocabulary::{Short, UNKNOWN, Vocabulary};
use crate::text::Span;
use crate::text::fold;
use crate::text::tokens;

/// So many bytes of text are cut at once: their words stay in the nearer caches.
const STRIDE: usize = 16 << 10;

/// Runs that are looked up together, so that the table is asked for many words at a time.
const BATCH: usize = 256;

/// The words around the place where a search is.
#[derive(Debug)]
pub(super) struct Window<'v, 't> {
    vocabulary: &'v Vocabulary,
    text: &'t str,
    runs: Runs<'t>,
    /// Words not dropped yet.
    pub(super) spans: Vec<Span>,
    /// Their numbers; behind the last word of the text [`BEYOND`] that are unknown.
    pub(super) ids: Vec<WordId>,
    seen: Seen,
    edges: Vec<usize>,
}

impl<'v, 't> Window<'v, 't> {
    pub(super) fn new(vocabulary: &'v Vocabulary, text: &'t str) -> Self {
        Window {
            vocabulary,
            text,
            runs: Runs::new(text),
            spans: Vec::new(),
            ids: Vec::new(),
            seen: Seen::default(),
            edges: Vec::new(),
        }
    }

    /// Drops the first `used` words and adds those of the next stretch of text; false where there is none.
    pub(super) fn advance(&mut self, used: usize) -> bool {
        self.spans.drain(..used);
        self.ids.drain(..used);
        let mut edges = std::mem::take(&mut self.edges);
        let more = self.runs.next_edges(STRIDE, &mut edges);
        let (runs, _) = edges.as_chunks::<2>();
        runs.chunks(BATCH).for_each(|batch| self.add(batch));
        self.edges = edges;
        if !more {
            self.ids.extend([UNKNOWN; BEYOND]);
        }
        more
    }

    /// Adds the words of some runs.
    fn add(&mut self, runs: &[[usize; 2]]) {
        let mut known = [Known::default(); BATCH];
        let mut count = 0;
        for &[start, end] in runs {
            let length = end - start;
            let short = if length <= Short::MOST { Short::of_word(self.bytes(start), length) } else { None };
            let Some(key) = short else {
                self.add_other(start, end);
                continue;
            };
            let hash = key.hash();
            known[count] = Known { key, hash, at: self.ids.len() };
            // Written in any case and kept or not: nobody can guess which words are known.
            count += usize::from(self.vocabulary.may_hold(hash));
            self.spans.push(Span::new(start, end));
            self.ids.push(UNKNOWN);
        }
        for known in &known[..count] {
            self.ids[known.at] = self.vocabulary.short(known.key, known.hash);
        }
    }

    /// Adds the words of a run that is not ASCII, or long.
    fn add_other(&mut self, start: usize, end: usize) {
        let before = self.ids.len();
        let run = &self.text[start..end];
        let all_plain = plain::words(run.as_bytes(), |from, to, key| {
            self.spans.push(Span::new(start + from, start + to));
            self.ids.push(self.vocabulary.find(key));
        });
        if all_plain {
            return;
        }
        self.spans.truncate(before);
        self.ids.truncate(before);
        for word in self.seen.words(run, self.vocabulary) {
            self.spans.push(Span::new(start + word.start as usize, start + word.end as usize));
            self.ids.push(word.id);
        }
    }

    /// Sixteen bytes from `start` on, zeros behind the end of the text.
    #[inline]
    fn bytes(&self, start: usize) -> [u8; 16] {
        let rest = &self.text.as_bytes()[start..];
        if let Some(bytes) = rest.first_chunk() {
            return *bytes;
        }
        let mut bytes = [0; 16];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
    }
}

/// A word that may be in the vocabulary.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    key: Short,
    hash: u64,
    at: usize,
}

/// What came of runs met before, by their bytes: as many as places, the later one displacing the earlier.
#[derive(Debug, Default)]
struct Seen {
    places: Vec<Place>,
}

#[derive(Clone, Debug, Default)]
struct Place {
    run: Box<str>,
    words: Vec<RunWord>,
}

/// A word of a run, its span counted from where the run starts.
#[derive(Clone, Copy, Debug)]
struct RunWord {
    start: u32,
    end: u32,
    id: WordId,
}

impl Seen {
    const PLACES: usize = 4096;

    fn words(&mut self, run: &str, vocabulary: &Vocabulary) -> &[RunWord] {
        if self.places.is_empty() {
            self.places.resize(Seen::PLACES, Place::default());
        }
        let place = &mut self.places[hash(run.as_bytes()) as usize % Seen::PLACES];
        if *place.run != *run {
            place.words.clear();
            place.words.extend(tokens::words(run).map(|span| RunWord {
                start: span.start as u32,
                end: span.end as u32,
                id: vocabulary.find(fold::key(span.of(run)).as_bytes()),
            }));
            place.run = run.into();
        }
        &place.words
    }
}

fn hash(bytes: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}
