//! Which sequences of word numbers are patterns, and where a text has them.
//!
//! Most patterns have one to three words; those are looked up word by word in one flat table of *steps*. What follows
//! the third word of a longer one, its *tail*, goes on in a second one: different beginnings share their tails («… de
//! América del Norte»), so it stays small. A small filter is asked before the table, since nearly all pairs of words
//! are none of a pattern's. All tables are flat: they are written to the cache as they are.

use std::io::{self, Write};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::simd;
use super::store::{PatternId, Patterns, WordId};
#[cfg(test)]
use super::vocabulary::UNKNOWN;
use super::vocabulary::{Filter, is_table, table_size};
use crate::packed::{Flat, Reader, Writer};

/// The sequences of some patterns.
#[derive(Debug)]
pub(super) struct Sequences {
    /// What each word number can begin: bits of [`SINGLE`] and [`FIRST`].
    beginnings: Vec<u8>,
    /// The patterns of one word, by its number.
    singles: Vec<Group>,
    /// Where a word leads from a node. The node of a first word is its number.
    steps: Table<Step>,
    step_filter: Filter,
    /// The patterns of four words or more, by the node of the third and the number of the tail.
    wholes: Table<Group>,
    tails: Tails,
    /// The most words of a pattern, and no less than are asked for together.
    pub(super) longest: usize,
}

/// The word is a pattern.
const SINGLE: u8 = 1;

/// The word begins a pattern of more words.
const FIRST: u8 = 2;

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
    /// The sequences of patterns, which are in the order of their words.
    pub(super) fn new(patterns: &Patterns) -> Self {
        let mut maker = Maker::new(patterns.keys().count());
        let mut words = Vec::new();
        for first in patterns.groups() {
            words.clear();
            words.extend(first.word_ids());
            maker.add(&words, first.id() + 1);
        }
        maker.finish()
    }

    /// Writes the tables, for [`Sequences::read`].
    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        writer.array(&self.beginnings)?;
        writer.array(&self.singles)?;
        self.steps.write(writer)?;
        self.step_filter.write(writer)?;
        self.wholes.write(writer)?;
        self.tails.steps.write(writer)?;
        writer.value(&self.longest)
    }

    /// The sequences of the patterns that they were written of.
    pub(super) fn read(reader: &mut Reader, patterns: &Patterns) -> Option<Sequences> {
        let sequences = Sequences {
            beginnings: reader.array()?,
            singles: reader.array()?,
            steps: Table::read(reader)?,
            step_filter: Filter::read(reader)?,
            wholes: Table::read(reader)?,
            tails: Tails { steps: Table::read(reader)? },
            longest: reader.value()?,
        };
        let words = patterns.keys().len() + 1;
        let known = |group: Group| group as usize <= patterns.len();
        let sound = sequences.beginnings.len() == words
            && sequences.singles.len() == words
            && sequences.singles.iter().all(|&group| known(group))
            && sequences.steps.slots.iter().all(|(_, step)| known(step.group))
            && sequences.wholes.slots.iter().all(|&(_, group)| known(group));
        sound.then_some(sequences)
    }

    /// Puts in `found`, in the order of the places, each sequence that begins at one of `places`, of which there are
    /// [`BATCH`] at most. Behind the last word of `ids` stand [`BEYOND`] that are unknown.
    ///
    /// All places take one step together before the next: the table's answers to them are under way at the same time.
    pub(super) fn find(&self, ids: &[WordId], places: Range<usize>, found: &mut Vec<Found>) {
        found.clear();
        let mut add = |at, group: Group| {
            if group != NONE {
                found.push(Found { at, pattern: group - 1 });
            }
        };
        let (mut likely, mut nodes) = ([0; BATCH], [(0, 0); BATCH]);
        let count = self.likely(ids, places, &mut likely);
        let mut open = 0;
        for &at in &likely[..count] {
            add(at, self.singles[ids[at] as usize]);
            let step = self.steps.get(key(ids[at], ids[at + 1]));
            add(at, step.group);
            let next = key(step.node, ids[at + 2]);
            if step.node != 0 && self.step_filter.may_hold(hash(next)) {
                self.steps.prefetch(next);
                nodes[open] = (at, step.node);
                open += 1;
            }
        }
        for &(at, node) in &nodes[..open] {
            let step = self.steps.get(key(node, ids[at + 2]));
            add(at, step.group);
            if step.node != 0 {
                self.tails.find(&ids[at + FLAT..], |tail| add(at, self.wholes.get(key(step.node, tail))));
            }
        }
        found.sort_by_key(|found| found.at);
    }

    /// The places where a sequence may begin. They are written in any case and kept or not, since nobody, the
    /// processor's guesses included, can know which.
    fn likely(&self, ids: &[WordId], places: Range<usize>, likely: &mut [usize; BATCH]) -> usize {
        let mut begun = 0;
        for at in places {
            likely[begun % BATCH] = at;
            begun += usize::from(self.beginnings[ids[at] as usize] != 0);
        }
        let mut count = 0;
        for i in 0..begun.min(BATCH) {
            let at = likely[i];
            let beginning = self.beginnings[ids[at] as usize];
            let pair = self.step_filter.may_hold(hash(key(ids[at], ids[at + 1])));
            likely[count] = at;
            count += usize::from((beginning & SINGLE != 0) | ((beginning & FIRST != 0) & pair));
        }
        for &at in &likely[..count] {
            self.steps.prefetch(key(ids[at], ids[at + 1]));
        }
        count
    }
}

/// Places that are looked at together, so that the tables are asked for many at a time.
pub(super) const BATCH: usize = 256;

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
pub(super) const BEYOND: usize = FLAT - 1;

struct Maker {
    longest: usize,
    beginnings: Vec<u8>,
    singles: Vec<Group>,
    steps: FxHashMap<u64, Step>,
    nodes: u32,
    wholes: FxHashMap<u64, Group>,
    tails: TailMaker,
}

impl Maker {
    fn new(words: usize) -> Self {
        Maker {
            longest: 0,
            beginnings: vec![0; words + 1],
            singles: vec![NONE; words + 1],
            steps: FxHashMap::default(),
            nodes: words as u32,
            wholes: FxHashMap::default(),
            tails: TailMaker::default(),
        }
    }

    fn add(&mut self, words: &[WordId], group: Group) {
        self.longest = self.longest.max(words.len());
        let (flat, tail) = words.split_at(words.len().min(FLAT));
        match *flat {
            [only] => {
                self.beginnings[only as usize] |= SINGLE;
                self.singles[only as usize] = group;
            }
            [first, ref between @ .., last] => {
                self.beginnings[first as usize] |= FIRST;
                let node = between.iter().fold(first, |node, &word| self.node(node, word));
                if tail.is_empty() {
                    self.steps.entry(key(node, last)).or_default().group = group;
                } else {
                    let node = self.node(node, last);
                    let tail = self.tails.add(tail);
                    self.wholes.insert(key(node, tail), group);
                }
            }
            [] => {}
        }
    }

    /// The node behind a word from which longer patterns go on.
    fn node(&mut self, before: u32, word: WordId) -> u32 {
        let step = self.steps.entry(key(before, word)).or_default();
        if step.node == 0 {
            self.nodes += 1;
            step.node = self.nodes;
        }
        step.node
    }

    fn finish(self) -> Sequences {
        Sequences {
            beginnings: self.beginnings,
            singles: self.singles,
            step_filter: filter(self.steps.keys()),
            steps: Table::new(self.steps),
            wholes: Table::new(self.wholes),
            tails: Tails { steps: Table::new(self.tails.steps) },
            longest: self.longest.max(FLAT),
        }
    }
}

fn filter<'k>(keys: impl ExactSizeIterator<Item = &'k u64>) -> Filter {
    let mut filter = Filter::new(keys.len());
    keys.for_each(|&key| filter.insert(hash(key)));
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

/// What follows the third word of longer patterns: a trie whose edges are words.
#[derive(Debug)]
struct Tails {
    /// Where a word leads from a node. The group of a step is the number of the tail that ends with it.
    steps: Table<Step>,
}

/// The node before the first word of a tail.
const ROOT: u32 = 1;

impl Tails {
    /// Calls `found` with the numbers of the tails that the words begin with.
    #[inline]
    fn find(&self, words: &[WordId], mut found: impl FnMut(u32)) {
        let mut node = ROOT;
        for &word in words {
            let step = self.steps.get(key(node, word));
            if step.group != NONE {
                found(step.group);
            }
            if step.node == 0 {
                return;
            }
            node = step.node;
        }
    }
}

#[derive(Default)]
struct TailMaker {
    steps: FxHashMap<u64, Step>,
    tails: u32,
    nodes: u32,
}

impl TailMaker {
    /// The number of a tail.
    fn add(&mut self, tail: &[WordId]) -> u32 {
        let mut node = ROOT;
        let Some((&last, before)) = tail.split_last() else { return NONE };
        for &word in before {
            let step = self.steps.entry(key(node, word)).or_default();
            if step.node == 0 {
                self.nodes += 1;
                step.node = ROOT + self.nodes;
            }
            node = step.node;
        }
        let step = self.steps.entry(key(node, last)).or_default();
        if step.group == NONE {
            self.tails += 1;
            step.group = self.tails;
        }
        step.group
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences(all: &[&[WordId]]) -> Sequences {
        let mut maker = Maker::new(10);
        (0..).zip(all).for_each(|(i, words)| maker.add(words, i + 1));
        maker.finish()
    }

    #[test]
    fn all_sequences_are_found() {
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
        let text = [1, 2, 3, 4, 7, 5, 6, 3, 4, 9, 1, UNKNOWN, UNKNOWN];
        let expected = [(0, 0), (0, 1), (0, 2), (0, 3), (1, 4), (2, 5), (5, 6), (7, 5), (9, 7), (10, 0)];
        let mut found = Vec::new();
        sequences.find(&text, 0..text.len() - BEYOND, &mut found);
        assert_eq!(found.iter().map(|found| (found.at, found.pattern)).collect::<Vec<_>>(), expected);
    }
}
