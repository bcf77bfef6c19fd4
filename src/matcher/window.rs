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
use super::vocabulary::{Short, UNKNOWN, Vocabulary, WordCode};
use crate::simd::{self, Work};
use crate::text::Span;
use crate::text::fold;
use crate::text::tokens;

/// So many bytes of text are cut at once: with their words they stay in the nearest cache.
const STRIDE: usize = 4 << 10;

/// Runs that are looked up together, so that the table is asked for many words at a time.
const BATCH: usize = 256;

/// The words around the place where a search is.
#[derive(Debug)]
pub(super) struct Window<'v, 't> {
    vocabulary: &'v Vocabulary,
    text: &'t str,
    runs: Runs<'t>,
    room: Room,
}

/// What a window works in, for one text after the other: its memory, and what came of runs met before. It belongs to
/// one vocabulary.
#[derive(Debug, Default)]
pub(super) struct Room {
    words: Coded,
    batch: Box<Batch>,
    seen: Seen,
    edges: Vec<usize>,
}

impl<'v, 't> Window<'v, 't> {
    pub(super) fn new(vocabulary: &'v Vocabulary, text: &'t str, mut room: Room) -> Self {
        room.words.count = 0;
        Window { vocabulary, text, runs: Runs::new(text), room }
    }

    /// The room, for the next text.
    pub(super) fn into_room(self) -> Room {
        self.room
    }

    /// Where the words stand.
    pub(super) fn spans(&self) -> &[Span] {
        let words = &self.room.words;
        &words.spans[..words.count]
    }

    /// What they are; behind the last word [`BEYOND`] that are unknown.
    pub(super) fn codes(&self) -> &[WordCode] {
        let words = &self.room.words;
        &words.codes[..words.count + BEYOND]
    }

    /// Drops the first `used` words and adds those of the next stretch of text; false where the text ends with it.
    pub(super) fn advance(&mut self, used: usize) -> bool {
        self.room.words.drop_first(used);
        let mut edges = std::mem::take(&mut self.room.edges);
        let (count, more) = self.runs.next_edges(STRIDE, &mut edges);
        let (runs, _) = edges[..count].as_chunks::<2>();
        runs.chunks(BATCH).for_each(|batch| self.add(batch));
        self.room.edges = edges;
        self.room.words.end();
        more
    }

    /// Adds the words of some runs.
    fn add(&mut self, runs: &[[usize; 2]]) {
        simd::with_best(Adding { window: self, runs });
    }

    #[inline(always)]
    fn add_inlined(&mut self, runs: &[[usize; 2]]) {
        let Window { vocabulary, text, room: Room { words, batch, seen, .. }, .. } = self;
        let mut codes = [UNKNOWN; BATCH];
        batch.sort(runs, text, vocabulary);
        batch.look_up(vocabulary, &mut codes);
        words.push(runs, &codes[..runs.len()]);
        for &run in &batch.others[..batch.other_count] {
            let [start, end] = runs[run];
            let behind = runs.len() - run;
            words.replace(words.count - behind, start, seen.words(text, Span { start, end }, vocabulary));
        }
    }
}

/// Runs whose words are to be added.
struct Adding<'a, 'v, 't> {
    window: &'a mut Window<'v, 't>,
    runs: &'a [[usize; 2]],
}

impl Work for Adding<'_, '_, '_> {
    type Done = ();

    #[inline(always)]
    fn work(self) {
        self.window.add_inlined(self.runs);
    }
}

/// Words with what they are.
#[derive(Debug, Default)]
struct Coded {
    /// How many there are; what stands behind them in the lists is worth nothing.
    count: usize,
    spans: Vec<Span>,
    codes: Vec<WordCode>,
}

impl Coded {
    fn drop_first(&mut self, used: usize) {
        self.spans.copy_within(used..self.count, 0);
        self.codes.copy_within(used..self.count, 0);
        self.count -= used;
    }

    /// Has place for so many more.
    #[inline]
    fn make_room(&mut self, words: usize) {
        if self.spans.len() < self.count + words {
            self.spans.resize(self.count + words, Span::default());
            self.codes.resize(self.count + words, UNKNOWN);
        }
    }

    /// Writes unknown words behind the last.
    fn end(&mut self) {
        self.make_room(BEYOND);
        self.codes[self.count..self.count + BEYOND].fill(UNKNOWN);
    }

    /// Adds runs as if they were one word each.
    fn push(&mut self, runs: &[[usize; 2]], codes: &[WordCode]) {
        self.make_room(runs.len());
        let spans = &mut self.spans[self.count..][..runs.len()];
        for (at, &[start, end]) in runs.iter().enumerate() {
            spans[at] = Span { start, end };
        }
        self.codes[self.count..][..codes.len()].copy_from_slice(codes);
        self.count += runs.len();
    }

    /// Puts the words of a run that starts at `run`, of which there may be any number, in the place of a word.
    #[inline]
    fn replace(&mut self, at: usize, run: usize, words: &[RunWord]) {
        if words.len() != 1 {
            self.make_room(words.len());
            self.spans.copy_within(at + 1..self.count, at + words.len());
            self.codes.copy_within(at + 1..self.count, at + words.len());
            self.count = self.count - 1 + words.len();
        }
        for (i, word) in words.iter().enumerate() {
            self.spans[at + i] = Span { start: run + word.start as usize, end: run + word.end as usize };
            self.codes[at + i] = word.code;
        }
    }
}

/// So many bytes from `start` on, zeros behind the end of the text.
#[inline]
fn bytes<const N: usize>(text: &str, start: usize) -> [u8; N] {
    let rest = &text.as_bytes()[start..];
    rest.first_chunk().copied().unwrap_or_else(|| padded(rest))
}

#[cold]
#[inline(never)]
fn padded<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[..rest.len()].copy_from_slice(rest);
    bytes
}

/// What is to be looked up of some runs, by their numbers; only what stands in front of the lists counts.
#[derive(Debug)]
struct Batch {
    /// Of each run as if it were a short word; of others they are worth nothing.
    keys: [Short; BATCH],
    hashes: [u64; BATCH],
    known_count: usize,
    /// Runs that may be in the vocabulary.
    known: [usize; BATCH],
    other_count: usize,
    /// Runs that are no short words.
    others: [usize; BATCH],
}

impl Default for Batch {
    fn default() -> Self {
        Batch {
            keys: [Short::default(); BATCH],
            hashes: [0; BATCH],
            known_count: 0,
            known: [0; BATCH],
            other_count: 0,
            others: [0; BATCH],
        }
    }
}

impl Batch {
    /// Tells the short words from the other runs, and those that may be known from the rest. All are written in either
    /// list and kept or not: nobody, the processor's guesses included, can know which is which. The filter is asked when
    /// its answers to all of them are under way.
    #[inline(always)]
    fn sort(&mut self, runs: &[[usize; 2]], text: &str, vocabulary: &Vocabulary) {
        let (filter, count) = (vocabulary.filter(), runs.len().min(BATCH));
        let (mut known, mut others) = (0, 0);
        for (run, &[start, end]) in runs[..count].iter().enumerate() {
            let length = end - start;
            let (key, is_ascii) = Short::of_word(bytes(text, start), length);
            let hash = key.hash();
            filter.prefetch(hash);
            (self.keys[run], self.hashes[run]) = (key, hash);
            self.others[others % BATCH] = run;
            others += usize::from(!((length <= Short::MOST) & is_ascii));
        }
        for (run, &hash) in self.hashes[..count].iter().enumerate() {
            self.known[known % BATCH] = run;
            known += usize::from(filter.may_hold(hash));
        }
        (self.known_count, self.other_count) = (known, others);
    }

    /// Writes what the words are that may be known, each at the number of its run.
    #[inline(always)]
    fn look_up(&self, vocabulary: &Vocabulary, codes: &mut [WordCode; BATCH]) {
        const AHEAD: usize = 8;
        for (at, run) in self.known[..self.known_count].iter().map(|run| run % BATCH).enumerate() {
            vocabulary.prefetch(self.hashes[self.known[(at + AHEAD) % BATCH] % BATCH]);
            codes[run] = vocabulary.short(self.keys[run], self.hashes[run]);
        }
    }
}

/// What came of runs met before.
#[derive(Debug, Default)]
struct Seen {
    places: Places,
    /// The words of the run that was asked for.
    words: Vec<RunWord>,
}

impl Seen {
    /// The words of a run of a text.
    #[inline]
    fn words(&mut self, text: &str, run: Span, vocabulary: &Vocabulary) -> &[RunWord] {
        let key = RunKey::new(text, run);
        match key.and_then(|key| self.places.find(key)) {
            Some(at) => self.places.0[at].words(),
            None => self.cut(run.of(text), key, vocabulary),
        }
    }

    /// Cuts a run into its words: by table where that can be, else the careful way.
    #[cold]
    fn cut(&mut self, run: &str, key: Option<RunKey>, vocabulary: &Vocabulary) -> &[RunWord] {
        let words = &mut self.words;
        words.clear();
        let word = |start: usize, end: usize, key: &[u8]| RunWord {
            start: start as u32,
            end: end as u32,
            code: vocabulary.find(key),
        };
        if !plain::words(run.as_bytes(), |start, end, key| words.push(word(start, end, key))) {
            words.clear();
            let spans = tokens::words(run);
            words.extend(spans.map(|span| word(span.start, span.end, fold::key(span.of(run)).as_bytes())));
        }
        if let Some(key) = key {
            self.places.put(key, words);
        }
        words
    }
}

/// A word of a run, its span counted from where the run starts.
#[derive(Clone, Copy, Debug, Default)]
struct RunWord {
    start: u32,
    end: u32,
    code: WordCode,
}

/// The bytes of a run, up to thirty-two.
#[derive(Clone, Copy, Debug, Default)]
struct RunKey([Short; 2]);

impl RunKey {
    fn new(text: &str, run: Span) -> Option<RunKey> {
        let length = run.end - run.start;
        let bytes: [u8; 2 * Short::MOST] = bytes(text, run.start);
        let (halves, _) = bytes.as_chunks();
        let low = Short::of_bytes(halves[0], length);
        let high = Short::of_bytes(halves[1], length.saturating_sub(Short::MOST));
        (length <= bytes.len()).then_some(RunKey([low, high]))
    }

    fn hash(self) -> u64 {
        let RunKey([first, second]) = self;
        first.xor(second).hash()
    }
}

/// Runs with their words, the later one displacing the earlier at the same place.
#[derive(Debug, Default)]
struct Places(Vec<Place>);

/// A run with the one or two words that it nearly always has, in a line of the cache. No run is empty.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Place {
    run: RunKey,
    words: [RunWord; 2],
    count: u8,
}

impl Place {
    #[inline]
    fn words(&self) -> &[RunWord] {
        &self.words[..usize::from(self.count).min(self.words.len())]
    }
}

impl Places {
    const COUNT: usize = 4096;

    /// Where a run stands.
    #[inline]
    fn find(&self, run: RunKey) -> Option<usize> {
        let at = run.hash() as usize % Places::COUNT;
        let found = self.0.get(at)?.run;
        (found.0[0].is(run.0[0]) && found.0[1].is(run.0[1])).then_some(at)
    }

    /// Keeps the words of a run, where they are few.
    fn put(&mut self, run: RunKey, words: &[RunWord]) {
        if self.0.is_empty() {
            self.0.resize(Places::COUNT, Place::default());
        }
        let mut place = Place { run, count: words.len() as u8, ..Place::default() };
        if let Some(room) = place.words.get_mut(..words.len()) {
            room.copy_from_slice(words);
            self.0[run.hash() as usize % Places::COUNT] = place;
        }
    }
}
