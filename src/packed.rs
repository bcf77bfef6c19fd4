//! Bytes that hold many things of which few are wanted: a compiled glossary as it lies in the cache.
//!
//! [`List`] is a sequence of byte strings of any length; each is found at once, and none is read before it is asked
//! for:
//!
//! ```
//! use glosa::packed::{List, ListWriter, Section};
//!
//! let mut writer = ListWriter::default();
//! writer.push(b"arancel");
//! writer.push(b"aduana");
//! let list = List::open(Section::whole(writer.finish().expect("short enough"))).expect("a list");
//! assert_eq!((list.len(), list.get(1)), (2, Some(b"aduana".to_vec())));
//! ```

mod arrays;

use std::fmt::Debug;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

pub use arrays::{Flat, Reader, Writer};

/// Where bytes come from: memory, or a file of which only what is asked for is held.
pub trait Bytes: Debug + Send + Sync {
    /// How many there are.
    fn len(&self) -> u64;

    /// Some of them; `None` where they cannot be had.
    fn read(&self, range: Range<u64>) -> Option<Vec<u8>>;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Bytes for Vec<u8> {
    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }

    fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let (start, end) = (usize::try_from(range.start).ok()?, usize::try_from(range.end).ok()?);
        self.get(start..end).map(<[u8]>::to_vec)
    }
}

/// Some of the bytes of a whole, not read yet.
#[derive(Clone, Debug)]
pub struct Section {
    whole: Arc<dyn Bytes>,
    range: Range<u64>,
}

impl Section {
    /// All bytes of a whole.
    pub fn whole(bytes: impl Bytes + 'static) -> Self {
        Section { range: 0..bytes.len(), whole: Arc::new(bytes) }
    }

    /// How many bytes it has.
    pub fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.range.is_empty()
    }

    /// Its bytes.
    pub fn read(&self) -> Option<Vec<u8>> {
        self.whole.read(self.range.clone())
    }

    /// Some of its bytes; `None` where it has not so many.
    pub fn part(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let at = |offset: u64| self.range.start.checked_add(offset).filter(|&at| at <= self.range.end);
        self.whole.read(at(range.start)?..at(range.end)?)
    }

    /// The first `length` bytes and the rest; `None` where there are not so many.
    pub fn split(self, length: u64) -> Option<(Section, Section)> {
        let middle = self.range.start.checked_add(length).filter(|&middle| middle <= self.range.end)?;
        let first = Section { whole: Arc::clone(&self.whole), range: self.range.start..middle };
        Some((first, Section { range: middle..self.range.end, ..self }))
    }

    /// The section behind a length written by [`write_section`], and the rest.
    pub fn take_section(self) -> Option<(Section, Section)> {
        let (length, rest) = self.split(NUMBER)?;
        rest.split(number(&length.read()?)?)
    }
}

/// Writes a length and the bytes of a section.
///
/// # Errors
/// When they cannot be written, or are more than a length can say.
pub fn write_section(out: &mut impl Write, section: &[u8]) -> io::Result<()> {
    begin_section(out, section.len())?;
    out.write_all(section)
}

/// Writes the length of a section whose bytes are to follow.
///
/// # Errors
/// As [`write_section`].
pub fn begin_section(out: &mut impl Write, length: usize) -> io::Result<()> {
    let length = u32::try_from(length).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())
}

/// Bytes of a number.
const NUMBER: u64 = size_of::<u32>() as u64;

/// The number that bytes begin with.
fn number(bytes: &[u8]) -> Option<u64> {
    Some(u32::from_le_bytes(*bytes.first_chunk()?).into())
}

/// Byte strings, each found by its number.
#[derive(Clone, Debug)]
pub struct List {
    /// Where each ends, as bytes.
    ends: Arc<[u8]>,
    strings: Section,
}

impl Default for List {
    fn default() -> Self {
        List { ends: Arc::default(), strings: Section::whole(Vec::new()) }
    }
}

impl List {
    /// The list written in a section; `None` where there is none.
    pub fn open(section: Section) -> Option<List> {
        let (ends, rest) = section.take_section()?;
        let (strings, rest) = rest.take_section()?;
        (ends.len() % NUMBER == 0 && rest.is_empty()).then_some(List { ends: ends.read()?.into(), strings })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len() / NUMBER as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string at an index.
    pub fn get(&self, index: usize) -> Option<Vec<u8>> {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.end(before))?;
        self.strings.part(start..self.end(index)?)
    }

    /// All strings, one behind the other.
    pub fn all(&self) -> Option<Vec<u8>> {
        self.strings.read()
    }

    fn end(&self, index: usize) -> Option<u64> {
        number(self.ends.get(index.checked_mul(NUMBER as usize)?..)?)
    }
}

/// Writes a [`List`].
#[derive(Clone, Debug, Default)]
pub struct ListWriter {
    ends: Vec<u8>,
    strings: Vec<u8>,
}

impl ListWriter {
    /// Adds a string.
    pub fn push(&mut self, string: &[u8]) {
        self.strings.extend_from_slice(string);
        // Longer than a number can say, they are refused at the end.
        self.ends.extend((self.strings.len() as u32).to_le_bytes());
    }

    /// The bytes of the list; `None` where they are more than a number can say.
    pub fn finish(self) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.size());
        self.write(&mut out).ok()?;
        Some(out)
    }

    /// How many bytes the list takes.
    pub fn size(&self) -> usize {
        self.ends.len() + self.strings.len() + 2 * NUMBER as usize
    }

    /// Writes the list.
    ///
    /// # Errors
    /// When it cannot be written, or is longer than a number can say.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_section(out, &self.ends)?;
        write_section(out, &self.strings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_short_is_no_list() {
        let mut writer = ListWriter::default();
        ["uno", "", "tres"].iter().for_each(|word| writer.push(word.as_bytes()));
        let bytes = writer.finish().expect("short enough");
        let list = List::open(Section::whole(bytes.clone())).expect("a list");
        let strings: Vec<_> = (0..4).map(|at| list.get(at)).collect();
        let word = |word: &str| Some(word.as_bytes().to_vec());
        assert_eq!(strings, [word("uno"), word(""), word("tres"), None]);
        for length in 0..bytes.len() {
            assert!(List::open(Section::whole(bytes[..length].to_vec())).is_none(), "{length}");
        }
    }

    #[test]
    fn ends_that_lead_nowhere_give_nothing() {
        let mut bytes = Vec::new();
        write_section(&mut bytes, &[9, 0, 0, 0, 2, 0, 0, 0]).expect("short enough");
        write_section(&mut bytes, b"uno").expect("short enough");
        let list = List::open(Section::whole(bytes)).expect("a list");
        assert_eq!((list.get(0), list.get(1)), (None, None));
    }
}
