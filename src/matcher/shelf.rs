//! The patterns of a termbase, laid out so that the few which a short text or a query needs are found among hundreds
//! of thousands without reading the others.
//!
//! Each pattern stands under one of its words, the one that the fewest patterns have; where the words of a text are
//! known, only what stands under them need be read, and of that only what has all its words there:
//!
//! ```
//! use glosa::matcher::{Matcher, Overlaps, Shelf};
//! use glosa::packed::Section;
//! use glosa::termbase::{Source, read};
//!
//! let glossary = "[[concept]]\nterms.es = [\"arancel\", \"cuota de importación\"]\nterms.en = \"tariff\"\n";
//! let whole = Matcher::new(&read(&[Source::toml("glossary.toml", glossary)]).termbase);
//! let shelf = Shelf::open(Section::whole(Shelf::pack(whole.patterns()).expect("bytes"))).expect("a shelf");
//!
//! let text = "Los aranceles de hoy";
//! let few = Matcher::of(shelf.possible_in([text]));
//! assert_eq!(few.search(text, Overlaps::Longest, &|_| None).len(), 1);
//! assert!(few.patterns().len() < whole.patterns().len());
//! ```

mod near;

use std::borrow::Cow;
use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::MatchKind;
use super::gap::{Gap, GapRule};
use super::pattern::{AccentRule, CaseRule, Pattern, PatternWord, TailDot};
use super::shape::word;
use super::store::{PatternView, Patterns, Word, WordId};
use super::veto::Claim;
use crate::lang::Lang;
use crate::packed::{List, ListWriter, Section, begin_section, write_section};
use crate::termbase::TermRef;
use crate::text::fold;
use crate::text::tokens::words;
use near::{Near, NearMaker};

pub use near::Signature;

/// Patterns to choose from.
#[derive(Clone, Debug)]
pub struct Shelf {
    longest: usize,
    manners: List,
    /// The terms as entered and their variants.
    entered: Drawer,
    /// Their inflected forms.
    inflected: Drawer,
}

/// Some of the patterns.
#[derive(Clone, Debug)]
struct Drawer {
    /// By [`place`].
    places: List,
    near: Near,
}

/// Which patterns are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Terms as entered and their variants.
    Entered,
    /// Their inflected forms.
    Inflected,
}

/// All of a pattern but its term and words; many have the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Manner {
    lang: Lang,
    gaps: Box<[GapRule]>,
    written_gaps: Box<[Gap]>,
    tail: Box<str>,
    dot: TailDot,
    kind: MatchKind,
    rule: Box<str>,
    case: CaseRule,
    accents: AccentRule,
    refused_in: Option<Lang>,
    only_in: Option<Lang>,
    claim: Claim,
}

/// A pattern as it lies there.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Stored<'s> {
    term: TermRef,
    manner: u32,
    /// The words' keys, parted by spaces. UTF-8, but most are passed over without ever being text.
    key: &'s [u8],
    /// The words as written, parted by spaces; empty where they are their keys.
    written: &'s [u8],
}

impl Shelf {
    /// Writes a shelf with these patterns.
    ///
    /// # Errors
    /// When it cannot be written, or does not fit.
    pub fn write(patterns: &Patterns, out: &mut impl Write) -> io::Result<()> {
        let mut packer = Packer::new(patterns);
        patterns.iter().try_for_each(|pattern| packer.add(pattern))?;
        packer.write(out)
    }

    /// The bytes of a shelf with these patterns; `None` where they do not fit.
    pub fn pack(patterns: &Patterns) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        Shelf::write(patterns, &mut bytes).ok()?;
        Some(bytes)
    }

    /// The shelf that [`Shelf::write`] wrote; `None` where it did not.
    pub fn open(section: Section) -> Option<Shelf> {
        let (longest, rest) = section.take_section()?;
        let (manners, rest) = rest.take_section()?;
        let (entered, rest) = rest.take_section()?;
        let (inflected, _) = rest.take_section()?;
        Some(Shelf {
            longest: postcard::from_bytes(&longest.read()?).ok()?,
            manners: List::open(manners)?,
            entered: Drawer::open(entered)?,
            inflected: Drawer::open(inflected)?,
        })
    }

    /// The length of the longest form, as [`Matcher::longest`](super::Matcher::longest) gives it.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// All patterns.
    pub fn all(&self) -> Patterns {
        let bytes = [self.entered.places.all(), self.inflected.places.all()];
        self.patterns(bytes.iter().flatten().flat_map(|bytes| records(bytes)))
    }

    /// The patterns that some texts can hold.
    pub fn possible_in<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Patterns {
        let keys = |text: &'t str| {
            words(text).map(move |span| unparted(&fold::key(span.of(text))).into_owned().into_bytes())
        };
        let there: FxHashSet<Vec<u8>> = texts.into_iter().flat_map(keys).collect();
        let mut bytes = Vec::new();
        for list in [&self.entered.places, &self.inflected.places] {
            let places: FxHashSet<usize> = there.iter().map(|word| place(word, list.len())).collect();
            bytes.extend(places.into_iter().filter_map(|at| list.get(at)));
        }
        let stored = bytes.iter().flat_map(|bytes| records(bytes));
        self.patterns(stored.filter(|stored| words_of(stored.key).all(|word| there.contains(word))))
    }

    /// The patterns whose keys, parted by spaces, are asked for.
    pub fn naming(&self, extent: Extent, mut wanted: impl FnMut(&[u8]) -> bool) -> Patterns {
        let bytes = self.drawer(extent).places.all().unwrap_or_default();
        self.patterns(records(&bytes).filter(|stored| wanted(stored.key)))
    }

    /// Those of the patterns asked for whose keys so many typing errors may part from the one of a signature.
    pub fn nearly(
        &self,
        extent: Extent,
        signature: &Signature,
        errors: u32,
        mut wanted: impl FnMut(&[u8]) -> bool,
    ) -> Patterns {
        let drawer = self.drawer(extent);
        let places = drawer.near.places(signature, errors).unwrap_or_default();
        let bytes: Vec<Vec<u8>> = places.into_iter().filter_map(|at| drawer.places.get(at)).collect();
        let stored = bytes.iter().flat_map(|bytes| records(bytes));
        self.patterns(stored.filter(|stored| wanted(stored.key)))
    }

    fn drawer(&self, extent: Extent) -> &Drawer {
        match extent {
            Extent::Entered => &self.entered,
            Extent::Inflected => &self.inflected,
        }
    }

    fn patterns<'s>(&self, stored: impl Iterator<Item = Stored<'s>>) -> Patterns {
        let mut manners = FxHashMap::default();
        Patterns::pack(stored.filter_map(|stored| {
            let manner = manners.entry(stored.manner).or_insert_with(|| self.manner(stored.manner));
            pattern(stored, manner.clone()?)
        }))
    }

    fn manner(&self, number: u32) -> Option<Manner> {
        postcard::from_bytes(&self.manners.get(number as usize)?).ok()
    }
}

impl Drawer {
    fn open(section: Section) -> Option<Drawer> {
        let (places, near) = section.take_section()?;
        Some(Drawer { places: List::open(places)?, near: Near::open(near)? })
    }
}

fn pattern(stored: Stored<'_>, manner: Manner) -> Option<Pattern> {
    let written = if stored.written.is_empty() { stored.key } else { stored.written };
    let words: Box<[_]> = read_words(str::from_utf8(written).ok()?);
    let sound = words.len() == manner.gaps.len() + 1 && words.len() == manner.written_gaps.len() + 1;
    sound.then(|| Pattern {
        term: stored.term,
        lang: manner.lang,
        words,
        gaps: manner.gaps,
        written_gaps: manner.written_gaps,
        tail: manner.tail,
        dot: manner.dot,
        kind: manner.kind,
        rule: String::from(manner.rule).into(),
        case: manner.case,
        accents: manner.accents,
        refused_in: manner.refused_in,
        only_in: manner.only_in,
        claim: manner.claim,
    })
}

impl Manner {
    fn of(pattern: PatternView<'_>) -> Self {
        let (gaps, written_gaps): (Vec<GapRule>, Vec<Gap>) =
            pattern.gaps().map(|(rule, written)| (rule.clone(), written.clone())).unzip();
        Manner {
            lang: pattern.lang(),
            gaps: gaps.into(),
            written_gaps: written_gaps.into(),
            tail: pattern.tail().into(),
            dot: pattern.dot(),
            kind: pattern.kind(),
            rule: pattern.rule().into(),
            case: pattern.case(),
            accents: pattern.accents(),
            refused_in: pattern.refused_in(),
            only_in: pattern.only_in(),
            claim: pattern.claim(),
        }
    }
}

/// Spaces within words: a few characters of other scripts fold to a space and a mark.
const INNER_SPACE: &str = "\u{1}";

/// A word without the character that parts words.
fn unparted(word: &str) -> Cow<'_, str> {
    if word.contains(' ') { word.replace(' ', INNER_SPACE).into() } else { word.into() }
}

/// The words of a pattern by how they are written.
fn read_words(written: &str) -> Box<[PatternWord]> {
    written.split(' ').map(|part| word(&part.replace(INNER_SPACE, " "))).collect()
}

/// The words of a key.
fn words_of(key: &[u8]) -> impl Iterator<Item = &[u8]> {
    key.split(|&byte| byte == b' ')
}

/// The patterns written one behind the other.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = Stored<'_>> {
    std::iter::from_fn(move || {
        let (stored, rest) = postcard::take_from_bytes(bytes).ok()?;
        bytes = rest;
        Some(stored)
    })
}

/// About so many patterns stand under the words of one place.
const TOGETHER: usize = 16;

/// Where the patterns stand that are found by a word: a hash (FNV-1a) that no version of a library changes.
fn place(word: &[u8], places: usize) -> usize {
    let mix = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = word.iter().fold(0xCBF2_9CE4_8422_2325, mix);
    (hash % places.max(1) as u64) as usize
}

struct Packer {
    longest: usize,
    manners: ListWriter,
    numbers: FxHashMap<Vec<u8>, u32>,
    /// How many patterns have each word.
    counts: FxHashMap<WordId, u32>,
    entered: DrawerMaker,
    inflected: DrawerMaker,
}

struct DrawerMaker {
    places: Vec<Vec<u8>>,
    near: NearMaker,
}

impl DrawerMaker {
    fn new(patterns: usize) -> Self {
        DrawerMaker { places: vec![Vec::new(); patterns.div_ceil(TOGETHER)], near: NearMaker::default() }
    }

    fn add(&mut self, rarest: &str, key: &str, stored: &Stored<'_>) -> io::Result<()> {
        let at = place(rarest.as_bytes(), self.places.len());
        let records = std::mem::take(&mut self.places[at]);
        self.places[at] = postcard::to_extend(stored, records).map_err(io::Error::other)?;
        self.near.add(key, at);
        Ok(())
    }

    fn write(self, out: &mut impl Write) -> io::Result<()> {
        let mut list = ListWriter::default();
        self.places.into_iter().for_each(|records| list.push(&records));
        let near = self.near.finish()?;
        begin_section(out, size_of::<u32>() + list.size() + near.len())?;
        begin_section(out, list.size())?;
        list.write(out)?;
        out.write_all(&near)
    }
}

impl Packer {
    fn new(patterns: &Patterns) -> Self {
        let mut counts = FxHashMap::default();
        patterns.iter().flat_map(PatternView::word_ids).for_each(|id| *counts.entry(id).or_default() += 1);
        let inflected = patterns.iter().filter(|pattern| is_inflected(*pattern)).count();
        Packer {
            longest: patterns.longest(),
            manners: ListWriter::default(),
            numbers: FxHashMap::default(),
            counts,
            entered: DrawerMaker::new(patterns.len() - inflected),
            inflected: DrawerMaker::new(inflected),
        }
    }

    fn add(&mut self, pattern: PatternView<'_>) -> io::Result<()> {
        let key = pattern.words().map(|word| unparted(word.key)).collect::<Vec<_>>().join(" ");
        let written = pattern.words().map(|word| unparted(word.written)).collect::<Vec<_>>().join(" ");
        let stored = Stored {
            term: pattern.term(),
            manner: self.manner(&Manner::of(pattern))?,
            key: key.as_bytes(),
            written: if written == key { &[] } else { written.as_bytes() },
        };
        let count = |&(_, id): &(_, WordId)| self.counts.get(&id).copied();
        let (rarest, _) = key
            .split(' ')
            .zip(pattern.word_ids())
            .min_by_key(count)
            .filter(|_| is_read_back(pattern, &written))
            .ok_or_else(|| io::Error::other("a word that is not read back as it was"))?;
        let drawer = if is_inflected(pattern) { &mut self.inflected } else { &mut self.entered };
        drawer.add(rarest, &key, &stored)
    }

    /// The number of a manner.
    fn manner(&mut self, manner: &Manner) -> io::Result<u32> {
        let bytes = postcard::to_allocvec(manner).map_err(io::Error::other)?;
        if let Some(&known) = self.numbers.get(&bytes) {
            return Ok(known);
        }
        let number = self.numbers.len() as u32;
        self.manners.push(&bytes);
        self.numbers.insert(bytes, number);
        Ok(number)
    }

    fn write(self, out: &mut impl Write) -> io::Result<()> {
        write_section(out, &postcard::to_allocvec(&self.longest).map_err(io::Error::other)?)?;
        begin_section(out, self.manners.size())?;
        self.manners.write(out)?;
        self.entered.write(out)?;
        self.inflected.write(out)
    }
}

/// Whether the words of a pattern come back from how they are written, as all known words do.
fn is_read_back(pattern: PatternView<'_>, written: &str) -> bool {
    let again = read_words(written);
    let same = |(old, new): (Word<'_>, &PatternWord)| {
        (old.key, old.written, old.lower) == (&*new.key, &*new.written, &*new.lower)
    };
    again.len() == pattern.word_count() && pattern.words().zip(&again).all(same)
}

fn is_inflected(pattern: PatternView<'_>) -> bool {
    pattern.kind() == MatchKind::Inflected
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matcher::{Matcher, Overlaps};
    use crate::termbase::{Source, Termbase, read};

    fn termbase() -> Termbase {
        let glossary = "[[concept]]\nterms.es = [\"arancel\", \"cuota de importación\", \"EE. UU.\"]\n\
            terms.en = [\"tariff\", \"U.S.\", \"rule of origin\", \"C++\"]\n\
            [[concept]]\nterms.es = [{ term = \"deportar\", pos = \"verb\" }, \"Ciudad Juárez\", \"Peña\"]\n\
            terms.en = [{ term = \"deport\", pos = \"verb\" }, \"G20\", \"asylum seeker\", \"Juárez\", \"AA ͺ\"]\n";
        read(&[Source::toml("g.toml", glossary)]).termbase
    }

    fn shelf(patterns: &Patterns) -> Shelf {
        Shelf::open(Section::whole(Shelf::pack(patterns).expect("bytes"))).expect("a shelf")
    }

    #[test]
    fn nothing_is_lost() {
        let matcher = Matcher::new(&termbase());
        let shelf = shelf(matcher.patterns());
        let told = |patterns: &Patterns| {
            let tell =
                |pattern| format!("{:?} {:?}", Manner::of(pattern), pattern.words().collect::<Vec<_>>());
            let mut told: Vec<String> = patterns.iter().map(tell).collect();
            told.sort();
            told
        };
        assert_eq!(told(&shelf.all()), told(matcher.patterns()));
        assert_eq!(shelf.longest(), matcher.longest());
    }

    #[test]
    fn what_is_cut_short_is_no_shelf() {
        let packed = Shelf::pack(Matcher::new(&termbase()).patterns()).expect("bytes");
        for length in (0..packed.len()).step_by(7) {
            assert!(Shelf::open(Section::whole(packed[..length].to_vec())).is_none(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn a_text_has_the_hits_of_the_whole(text in "(arancel(es)?|AA|ͺ|CUOTAS?|de|la|importaci[oó]n|importaciones|EE|UU|U\\.S\\.|deport(ado|arlos)|G-20|asylum|seekers?|Pe[nñ]a|[ .,-]|C\\+\\+){0,12}") {
            let matcher = Matcher::new(&termbase());
            let few = Matcher::of(shelf(matcher.patterns()).possible_in([text.as_str()]));
            let hits = |matcher: &Matcher| {
                let hits = matcher.search(&text, Overlaps::All, &|_| None);
                hits.into_iter().map(|hit| (hit.span, hit.term, hit.kind, matcher.rule(hit.pattern).to_owned())).collect::<Vec<_>>()
            };
            prop_assert_eq!(hits(&few), hits(&matcher));
        }
    }
}
