//! Which sequences of word numbers are patterns, and where a text has them.
//!
//! Most patterns have one to three words; those are looked up word by word in one flat table of *steps*. What follows
//! the third word of a longer one, its *tail*, is found by an Aho-Corasick automaton whose alphabet is words:
//! different beginnings share their tails («… de América del Norte»), so it stays small and is built in a fraction of
//! the time that whole patterns would take. A small filter is asked before the table, since nearly all pairs of words
//! are none of a pattern's.
//! All but the automaton is flat: it is written to the cache as it is.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::{Builder, NFA};
use aho_corasick::{Anchored, MatchKind as Semantics};
use rustc_hash::FxHashMap;

use super::store::{PatternId, Patterns, WordId};
use super::vocabulary::{FIRST, Filter, SINGLE, UNKNOWN, WordCode, code, is_table, number, table_size};
use crate::packed::{Flat, Reader, Writer};
use crate::simd::{self, Work};

/// The sequences of some patterns.
#[derive(Debug)]
pub(super) struct Sequences {
    /// The patterns of one word, by its number.
    singles: Vec<Group>,
    /// Where a word leads from a node. The node of a first word is its code.
    steps: Table<Step>,
    /// The keys of the steps, and those of third nodes with the words that tails begin with.
    step_filter: Filter,
    /// The patterns of four words or more, by the node of the third and the number of the tail.
    wholes: Table<Group>,
    tails: Tails,
    /// The most words of a pattern, and no less than are asked for together.
    pub(super) longest: usize,
}

/// Patterns with the same words: the number of the first, counted from 1; 0 where there are none.
pub(super) type Group = u32;

const NONE: Group = 0;

/// What a word is behind the words before it.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    /// The patterns that end with it.
    group: Group,
    /// The node from which longer patterns go on, else 0.
    node: u32,
}

/// A place where the words of some patterns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The first word.
    pub(super) at: usize,
    /// The first of the patterns.
    pub(super) pattern: PatternId,
}

impl Sequences {
    /// The sequences of patterns, which are in the order of their words, and the code of each word by its number.
    pub(super) fn new(patterns: &Patterns) -> (Self, Vec<WordCode>) {
        let mut codes: Vec<WordCode> = (0..=patterns.keys().count() as WordId).map(code).collect();
        for first in patterns.groups() {
            let begins = if first.word_count() == 1 { SINGLE } else { FIRST };
            first.word_ids().take(1).for_each(|word| codes[word as usize] |= begins);
        }
        let mut maker = Maker::new(codes.len());
        let mut words = Vec::new();
        for first in patterns.groups() {
            words.clear();
            words.extend(first.word_ids().map(|word| codes[word as usize]));
            maker.add(&words, first.id() + 1);
        }
        (maker.finish(), codes)
    }

    /// Writes the tables, for [`Sequences::read`].
    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.singles)?;
        self.steps.write(writer)?;
        self.step_filter.write(writer)?;
        self.wholes.write(writer)?;
        self.tails.write(writer)?;
        writer.value(&self.longest)
    }

    /// The sequences of the patterns that they were written of.
    pub(super) fn read(reader: &mut Reader, patterns: &Patterns) -> Option<Sequences> {
        let words = patterns.keys().len() + 1;
        let sequences = Sequences {
            singles: reader.array()?,
            steps: Table::read(reader)?,
            step_filter: Filter::read(reader)?,
            wholes: Table::read(reader)?,
            tails: Tails::read(reader, words)?,
            longest: reader.value()?,
        };
        let known = |group: Group| group as usize <= patterns.len();
        let sound = sequences.singles.len() == words
            && sequences.singles.iter().all(|&group| known(group))
            && sequences.steps.slots.iter().all(|(_, step)| known(step.group))
            && sequences.wholes.slots.iter().all(|&(_, group)| known(group));
        sound.then_some(sequences)
    }
}

/// Places that are looked at together, so that the tables are asked for many at a time.
pub(super) const BATCH: usize = 256;

/// Finds sequences in a text.
pub(super) struct Finder<'s> {
    sequences: &'s Sequences,
    tails: TailFinder<'s>,
    /// Places where a sequence may begin.
    likely: [usize; BATCH],
    /// The hashes of the pairs of words there.
    pairs: [u64; BATCH],
    /// Places with the node behind their second word.
    nodes: Vec<(usize, u32)>,
    /// Found with one word or two, and with three or more, either in the order of the places.
    short: Vec<Found>,
    long: Vec<Found>,
}

impl<'s> Finder<'s> {
    /// One for a text, of which all words are given where it is short.
    pub(super) fn new(sequences: &'s Sequences, short_text: Option<&[WordCode]>) -> Self {
        Finder {
            sequences,
            tails: sequences.tails.finder(short_text),
            likely: [0; BATCH],
            pairs: [0; BATCH],
            nodes: Vec::new(),
            short: Vec::new(),
            long: Vec::new(),
        }
    }

    /// Puts in `found`, in the order of the places, each sequence that begins at one of `places`, of which there are
    /// [`BATCH`] at most. Behind the last of the words stand [`BEYOND`] that are unknown.
    ///
    /// All places take one step together before the next: the table's answers to them are under way at the same time.
    pub(super) fn find(&mut self, words: &[WordCode], places: Range<usize>, found: &mut Vec<Found>) {
        simd::with_best(Finding { finder: self, words, places });
        found.clear();
        merge(&self.short, &self.long, found);
    }

    /// Puts in front of `likely` the places where a sequence may begin, and tells how many they are. They are written in
    /// any case and kept or not, since nobody, the processor's guesses included, can know which.
    #[inline(always)]
    fn likely(&mut self, words: &[WordCode], places: Range<usize>) -> usize {
        let Finder { sequences: Sequences { steps, step_filter, .. }, likely, pairs, .. } = self;
        let mut begun = 0;
        for at in places {
            likely[begun % BATCH] = at;
            begun += usize::from(words[at] & (SINGLE | FIRST) != 0);
        }
        // The filter is asked when its answers to all places are under way.
        for (&at, pair) in likely.iter().take(begun).zip(&mut *pairs) {
            *pair = hash(key(words[at], words[at + 1]));
            step_filter.prefetch(*pair);
        }
        let mut count = 0;
        for i in 0..begun.min(BATCH) {
            let at = likely[i];
            let word = words[at];
            let is_pair = (word & FIRST != 0) & (words[at + 1] != UNKNOWN);
            let may_step = is_pair & step_filter.may_hold(pairs[i]);
            likely[count] = at << 1 | usize::from(may_step);
            count += usize::from((word & SINGLE != 0) | may_step);
        }
        for &at in likely[..count].iter().filter(|&at| at & 1 != 0) {
            steps.prefetch(key(words[at >> 1], words[(at >> 1) + 1]));
        }
        count
    }

    /// The sequences of one word and of two, and where longer ones may go on.
    #[inline(always)]
    fn first_steps(&mut self, words: &[WordCode], count: usize) {
        let Finder { sequences: Sequences { singles, steps, step_filter, .. }, likely, nodes, short, .. } =
            self;
        nodes.clear();
        short.clear();
        for &likely in &likely[..count] {
            let (at, may_step) = (likely >> 1, likely & 1 != 0);
            if words[at] & SINGLE != 0
                && let Some(pattern) = singles[number(words[at])].checked_sub(1)
            {
                short.push(Found { at, pattern });
            }
            if !may_step {
                continue;
            }
            let step = steps.get(key(words[at], words[at + 1]));
            if step.group != NONE {
                short.push(Found { at, pattern: step.group - 1 });
            }
            let next = key(step.node, words[at + 2]);
            if step.node != 0 && step_filter.may_hold(hash(next)) {
                steps.prefetch(next);
                nodes.push((at, step.node));
            }
        }
    }

    /// The sequences of three words and more.
    #[inline(always)]
    fn last_steps(&mut self, words: &[WordCode]) {
        let Finder { sequences: Sequences { steps, step_filter, wholes, .. }, tails, nodes, long, .. } = self;
        long.clear();
        let mut add = |at, group: Group| {
            if group != NONE {
                long.push(Found { at, pattern: group - 1 });
            }
        };
        for &(at, node) in &*nodes {
            let step = steps.get(key(node, words[at + 2]));
            add(at, step.group);
            if step.node != 0 && step_filter.may_hold(hash(key(step.node, words[at + FLAT]))) {
                tails.find(&words[at + FLAT..], |tail| add(at, wholes.get(key(step.node, tail))));
            }
        }
    }
}

/// Places of a text at which sequences are to be found.
struct Finding<'a, 's> {
    finder: &'a mut Finder<'s>,
    words: &'a [WordCode],
    places: Range<usize>,
}

impl Work for Finding<'_, '_> {
    type Done = ();

    #[inline(always)]
    fn work(self) {
        let count = self.finder.likely(self.words, self.places);
        self.finder.first_steps(self.words, count);
        self.finder.last_steps(self.words);
    }
}

/// Both lists in the order of the places; at one place the shorter sequences first.
fn merge(short: &[Found], long: &[Found], all: &mut Vec<Found>) {
    let mut rest = short.iter().copied().peekable();
    for &long in long {
        while let Some(short) = rest.next_if(|short| short.at <= long.at) {
            all.push(short);
        }
        all.push(long);
    }
    all.extend(rest);
}

#[inline]
fn key(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// Fibonacci hashing (Knuth, TAOCP 3, 6.4): the high bits are the good ones.
#[inline]
fn hash(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// So many words of a pattern go by the table of steps.
const FLAT: usize = 3;

/// So many words behind its first a step may ask for.
pub(super) const BEYOND: usize = FLAT;

struct Maker {
    longest: usize,
    singles: Vec<Group>,
    steps: FxHashMap<u64, Step>,
    nodes: u32,
    wholes: FxHashMap<u64, Group>,
    /// The third nodes with the words that follow them.
    beyond: Vec<u64>,
    tails: FxHashMap<Box<[WordCode]>, u32>,
}

impl Maker {
    /// One for so many words, the unknown one included.
    fn new(words: usize) -> Self {
        Maker {
            longest: 0,
            singles: vec![NONE; words],
            steps: FxHashMap::default(),
            // No node is a code.
            nodes: code(words as WordId),
            wholes: FxHashMap::default(),
            beyond: Vec::new(),
            tails: FxHashMap::default(),
        }
    }

    fn add(&mut self, words: &[WordCode], group: Group) {
        self.longest = self.longest.max(words.len());
        let (flat, tail) = words.split_at(words.len().min(FLAT));
        match *flat {
            [only] => self.singles[number(only)] = group,
            [first, ref between @ .., last] => {
                let node = between.iter().fold(first, |node, &word| self.node(node, word));
                if let [next, ..] = *tail {
                    let node = self.node(node, last);
                    self.beyond.push(key(node, next));
                    let known = self.tails.len() as u32;
                    let tail = *self.tails.entry(tail.into()).or_insert(known);
                    self.wholes.insert(key(node, tail), group);
                } else {
                    self.steps.entry(key(node, last)).or_default().group = group;
                }
            }
            [] => {}
        }
    }

    /// The node behind a word from which longer patterns go on.
    fn node(&mut self, before: u32, word: WordCode) -> u32 {
        let step = self.steps.entry(key(before, word)).or_default();
        if step.node == 0 {
            self.nodes += 1;
            step.node = self.nodes;
        }
        step.node
    }

    fn finish(self) -> Sequences {
        let tails = Tails::new(self.tails, self.singles.len());
        Sequences {
            singles: self.singles,
            step_filter: filter(self.steps.keys().chain(&self.beyond).copied()),
            steps: Table::new(self.steps),
            wholes: Table::new(self.wholes),
            tails,
            longest: self.longest.max(FLAT),
        }
    }
}

fn filter(keys: impl Iterator<Item = u64> + Clone) -> Filter {
    let mut filter = Filter::new(keys.clone().count());
    keys.for_each(|key| filter.insert(hash(key)));
    filter
}

/// A flat hash table that is read only.
#[derive(Debug)]
struct Table<V> {
    /// Key 0 is a free place: the numbers of nodes begin with 1.
    slots: Vec<(u64, V)>,
    shift: u32,
}

impl Flat for Step {
    const SIZE: usize = <[u32; 2]>::SIZE;

    fn put(self, out: &mut Vec<u8>) {
        [self.group, self.node].put(out);
    }

    #[inline]
    fn get(bytes: &[u8]) -> Self {
        let [group, node] = Flat::get(bytes);
        Step { group, node }
    }
}

impl<V: Flat> Flat for (u64, V) {
    const SIZE: usize = u64::SIZE + V::SIZE;

    fn put(self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    #[inline]
    fn get(bytes: &[u8]) -> Self {
        let (key, value) = bytes.split_at(u64::SIZE);
        (u64::get(key), V::get(value))
    }
}

impl<V: Flat> Table<V> {
    fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.slots)
    }

    fn read(reader: &mut Reader) -> Option<Table<V>> {
        let slots: Vec<(u64, V)> = reader.array()?;
        let sound = is_table(slots.iter().map(|&(key, _)| key != 0));
        let shift = 64 - slots.len().trailing_zeros();
        sound.then_some(Table { slots, shift })
    }
}

impl<V: Copy + Default> Table<V> {
    fn new(entries: FxHashMap<u64, V>) -> Self {
        let size = table_size(entries.len());
        let mut table = Table { slots: vec![(0, V::default()); size], shift: 64 - size.trailing_zeros() };
        for (key, value) in entries {
            let at = table.slot(key);
            table.slots[at] = (key, value);
        }
        table
    }

    /// Has the place of a key brought nearer.
    #[inline]
    fn prefetch(&self, key: u64) {
        simd::prefetch(&self.slots, (hash(key) >> self.shift) as usize);
    }

    /// The value of a key, the default where there is none.
    #[inline]
    fn get(&self, key: u64) -> V {
        self.slots[self.slot(key)].1
    }

    /// Where a key stands, or the free place where it would; there always is one.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash(key) >> self.shift) as usize & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }
}

/// What follows the third word of longer patterns.
#[derive(Debug, Default)]
struct Tails {
    /// The words of the distinct tails, one behind the other by their numbers.
    words: Vec<WordCode>,
    /// Where each ends among them.
    ends: Vec<u32>,
    /// The rank of each word by its number among the words of tails, the most frequent 1: its short code. 0 for others.
    ranks: Vec<u32>,
    /// The automaton of all of them.
    all: OnceLock<TailAutomaton>,
    /// Words searched without it.
    searched: AtomicUsize,
}

impl Tails {
    /// The tails by their numbers, of word numbers below `words`.
    fn new(numbered: FxHashMap<Box<[WordCode]>, u32>, words: usize) -> Self {
        let mut numbered: Vec<(Box<[WordCode]>, u32)> = numbered.into_iter().collect();
        numbered.sort_unstable_by_key(|&(_, number)| number);
        let mut tails = Tails::default();
        for (tail, _) in numbered {
            tails.words.extend_from_slice(&tail);
            tails.ends.push(tails.words.len() as u32);
        }
        tails.ranks = ranks(&tails.words, words);
        tails
    }

    fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.words)?;
        writer.array(&self.ends)?;
        writer.array(&self.ranks)
    }

    /// The tails that were written, of word numbers below `words`.
    fn read(reader: &mut Reader, words: usize) -> Option<Tails> {
        let tails = Tails {
            words: reader.array()?,
            ends: reader.array()?,
            ranks: reader.array()?,
            ..Tails::default()
        };
        let sound = tails.ranks.len() == words
            && tails.words.iter().all(|&word| number(word) < words)
            && tails.ends.is_sorted()
            && tails.ends.last().is_none_or(|&end| end as usize <= tails.words.len());
        sound.then_some(tails)
    }

    /// The words of a tail.
    fn get(&self, tail: u32) -> &[WordCode] {
        let start = tail.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.words[start as usize..self.ends[tail as usize] as usize]
    }

    fn finder(&self, short_text: Option<&[WordCode]>) -> TailFinder<'_> {
        let own = short_text.filter(|words| {
            let before = self.searched.fetch_add(words.len(), Ordering::Relaxed);
            self.all.get().is_none() && before < self.ends.len()
        });
        let own = own.map(|words| self.of_words(words));
        TailFinder { tails: self, own }
    }

    /// The automaton of the tails that a text of these words can hold.
    fn of_words(&self, words: &[WordCode]) -> TailAutomaton {
        let mut there = vec![false; self.ranks.len()];
        words.iter().for_each(|&word| there[number(word)] = true);
        let possible = |tail: &[WordCode]| tail.iter().all(|&word| there[number(word)]);
        let tails = (0..self.ends.len() as u32).filter(|&tail| possible(self.get(tail)));
        self.automaton(tails.collect())
    }

    fn all(&self) -> &TailAutomaton {
        self.all.get_or_init(|| self.automaton((0..self.ends.len() as u32).collect()))
    }

    fn automaton(&self, numbers: Vec<u32>) -> TailAutomaton {
        let codes = |&tail: &u32| {
            let ranks = self.get(tail).iter().map(|&word| self.ranks[number(word)]);
            ranks.flat_map(|rank| bytes_of(rank).into_iter()).collect::<Vec<u8>>()
        };
        let codes = numbers.iter().map(codes);
        // It fails beyond two thousand million states only, for which there would be no memory.
        let built = Builder::new().match_kind(Semantics::Standard).prefilter(false).build(codes);
        TailAutomaton { automaton: built.ok(), numbers }
    }
}

/// The rank of each of so many word numbers by how often it stands in tails.
fn ranks(tails: &[WordCode], words: usize) -> Vec<u32> {
    let mut counts = vec![0_u32; words];
    tails.iter().for_each(|&word| counts[number(word)] += 1);
    let mut used: Vec<usize> = (0..words).filter(|&word| counts[word] > 0).collect();
    used.sort_by_key(|&word| std::cmp::Reverse(counts[word]));
    let mut ranks = vec![0; words];
    used.iter().zip(1..).for_each(|(&word, rank)| ranks[word] = rank);
    ranks
}

#[derive(Debug)]
struct TailAutomaton {
    automaton: Option<NFA>,
    /// The numbers of its tails.
    numbers: Vec<u32>,
}

/// Finds tails in a text.
struct TailFinder<'s> {
    tails: &'s Tails,
    own: Option<TailAutomaton>,
}

impl TailFinder<'_> {
    /// Calls `found` with the numbers of the tails that the words begin with.
    fn find(&self, words: &[WordCode], mut found: impl FnMut(u32)) {
        let TailAutomaton { automaton: Some(automaton), numbers } =
            self.own.as_ref().unwrap_or_else(|| self.tails.all())
        else {
            return;
        };
        let Ok(mut state) = automaton.start_state(Anchored::Yes) else { return };
        let mut walked = 0;
        for &word in words {
            for byte in bytes_of(self.tails.ranks[number(word)]).into_iter() {
                state = automaton.next_state(Anchored::Yes, state, byte);
                walked += 1;
            }
            if automaton.is_dead(state) {
                return;
            }
            if let Some(pattern) = matched(automaton, state, walked) {
                found(numbers[pattern]);
            }
        }
    }
}

/// The pattern that was walked from the start to a state. Its first pattern may be a shorter one that it ends with.
#[inline]
fn matched(automaton: &NFA, state: StateID, walked: usize) -> Option<usize> {
    let pattern = automaton.is_match(state).then(|| automaton.match_pattern(state, 0))?;
    (automaton.pattern_len(pattern) == walked).then_some(pattern.as_usize())
}

/// A prefix-free code in which a first byte is never a later one, so that matches fall on whole words:
/// 80–BF one byte, C0–DF two, E0–EF three, F0–FF five.
#[inline]
fn bytes_of(rank: u32) -> Code {
    let low = |shift: u32| ((rank >> shift) & 0x7F) as u8;
    let (bytes, length) = match rank {
        0..0x40 => ([0x80 | rank as u8, 0, 0, 0, 0], 1),
        0x40..0x1000 => ([0xC0 | (rank >> 7) as u8, low(0), 0, 0, 0], 2),
        0x1000..0x4_0000 => ([0xE0 | (rank >> 14) as u8, low(7), low(0), 0, 0], 3),
        _ => ([0xF0 | (rank >> 28) as u8, low(21), low(14), low(7), low(0)], 5),
    };
    Code { bytes, length }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code {
    bytes: [u8; 5],
    length: usize,
}

impl Code {
    fn into_iter(self) -> impl Iterator<Item = u8> {
        self.bytes.into_iter().take(self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packed::Section;

    #[test]
    fn no_code_begins_another() {
        let ranks = [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xFFF, 0x1000, 0x3_FFFF, 0x4_0000, u32::MAX];
        let codes: Vec<Vec<u8>> = ranks.iter().map(|&rank| bytes_of(rank).into_iter().collect()).collect();
        for (i, a) in codes.iter().enumerate() {
            assert!(a[0] >= 0x80 && a[1..].iter().all(|&b| b < 0x80), "{a:?}");
            assert!(codes.iter().enumerate().all(|(j, b)| i == j || !b.starts_with(a)), "{a:?}");
        }
    }

    /// The code of a word of the test below.
    fn coded(word: WordId) -> WordCode {
        let begins = match word {
            1 => SINGLE | FIRST,
            9 => SINGLE,
            2 | 3 | 5 => FIRST,
            _ => 0,
        };
        code(word) | begins
    }

    fn sequences(all: &[&[WordId]]) -> Sequences {
        let mut maker = Maker::new(10);
        for (i, words) in (1..).zip(all) {
            maker.add(&words.iter().copied().map(coded).collect::<Vec<_>>(), i);
        }
        maker.finish()
    }

    #[test]
    fn all_sequences_are_found_with_one_automaton_or_many() {
        let sequences = sequences(&[
            &[1],
            &[1, 2],
            &[1, 2, 3],
            &[1, 2, 3, 4, 7],
            &[2, 3, 4],
            &[3, 4],
            &[5, 6, 3, 4, 9],
            &[9],
        ]);
        let text = [1, 2, 3, 4, 7, 5, 6, 3, 4, 9, 1].map(coded).into_iter().chain([UNKNOWN; BEYOND]);
        let text: Vec<WordCode> = text.collect();
        let expected = [(0, 0), (0, 1), (0, 2), (0, 3), (1, 4), (2, 5), (5, 6), (7, 5), (9, 7), (10, 0)];
        let mut bytes = Vec::new();
        sequences.tails.write(&mut Writer::new(&mut bytes)).expect("bytes");
        let mut reader = Reader::new(Section::whole(bytes));
        let again = Sequences { tails: Tails::read(&mut reader, 10).expect("tails"), ..sequences };
        for short_text in [Some(&text[..]), None] {
            let mut found = Vec::new();
            Finder::new(&again, short_text).find(&text, 0..text.len() - BEYOND, &mut found);
            assert_eq!(found.iter().map(|found| (found.at, found.pattern)).collect::<Vec<_>>(), expected);
        }
    }
}
