//! Bytes that hold many things of which few are wanted: a compiled glossary as it lies in the cache.
//!
//! [`List`] is a sequence of byte strings of any length; each is found at once, and none is looked at before it is
//! asked for:
//!
//! ```
//! use glosa::packed::{List, ListWriter, Section};
//!
//! let mut writer = ListWriter::default();
//! writer.push(b"arancel");
//! writer.push(b"aduana");
//! let list = List::open(Section::whole(writer.finish().expect("short enough"))).expect("a list");
//! assert_eq!((list.len(), list.get(1)), (2, Some(&b"aduana"[..])));
//! ```

use std::ops::Range;
use std::sync::Arc;

/// Some of the bytes of a file that is held once.
#[derive(Clone, Debug, Default)]
pub struct Section {
    file: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Section {
    /// All the bytes of a file.
    pub fn whole(file: Vec<u8>) -> Self {
        Section { range: 0..file.len(), file: Arc::new(file) }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }

    /// The first `length` bytes and the rest; `None` where there are not so many.
    pub fn split(self, length: usize) -> Option<(Section, Section)> {
        let middle = self.range.start.checked_add(length).filter(|&middle| middle <= self.range.end)?;
        let first = Section { file: Arc::clone(&self.file), range: self.range.start..middle };
        Some((first, Section { range: middle..self.range.end, ..self }))
    }

    /// The section behind a length written by [`write_section`], and the rest.
    pub fn take_section(self) -> Option<(Section, Section)> {
        let (length, rest) = self.split(NUMBER)?;
        rest.split(number(length.bytes(), 0)? as usize)
    }
}

/// Appends a length and the bytes of a section; `None` where it is longer than a length can say.
pub fn write_section(out: &mut Vec<u8>, section: &[u8]) -> Option<()> {
    out.extend(u32::try_from(section.len()).ok()?.to_le_bytes());
    out.extend_from_slice(section);
    Some(())
}

/// Bytes of a number.
const NUMBER: usize = size_of::<u32>();

/// The number at an index.
fn number(bytes: &[u8], index: usize) -> Option<u32> {
    let at = index.checked_mul(NUMBER)?;
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Byte strings, each found by its number.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Where each ends.
    ends: Section,
    strings: Section,
}

impl List {
    /// The list written in a section; `None` where there is none.
    pub fn open(section: Section) -> Option<List> {
        let (ends, rest) = section.take_section()?;
        let (strings, rest) = rest.take_section()?;
        (ends.bytes().len() % NUMBER == 0 && rest.bytes().is_empty()).then_some(List { ends, strings })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.bytes().len() / NUMBER
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string at an index.
    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_sub(1).map_or(Some(0), |before| number(self.ends.bytes(), before))?;
        self.strings.bytes().get(start as usize..number(self.ends.bytes(), index)? as usize)
    }

    /// All strings, one behind the other.
    pub fn all(&self) -> &[u8] {
        self.strings.bytes()
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
        let mut out = Vec::with_capacity(self.ends.len() + self.strings.len() + 2 * NUMBER);
        write_section(&mut out, &self.ends)?;
        write_section(&mut out, &self.strings)?;
        Some(out)
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
        assert_eq!(strings, [Some(&b"uno"[..]), Some(b""), Some(b"tres"), None]);
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
