//! Arrays of numbers and small records as they lie in a file: little-endian, one behind the other, each array behind
//! its length. Read back, they are ready for use.
//!
//! ```
//! use glosa::packed::{Reader, Section, Writer};
//!
//! let mut bytes = Vec::new();
//! let mut writer = Writer::new(&mut bytes);
//! writer.array(&[7_u32, 9])?;
//! writer.bytes(b"arancel")?;
//! let mut reader = Reader::new(Section::whole(bytes));
//! assert_eq!(reader.array::<u32>(), Some(vec![7, 9]));
//! assert_eq!(reader.bytes(), Some(b"arancel".to_vec()));
//! assert_eq!(reader.array::<u32>(), None);
//! # Ok::<(), std::io::Error>(())
//! ```

use std::io::{self, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Section;

/// What lies in arrays. All bytes mean something: what is read is sound or told apart by its values.
pub trait Flat: Copy {
    /// How many bytes it takes.
    const SIZE: usize;

    /// Writes these bytes.
    fn put(self, out: &mut Vec<u8>);

    /// Reads them.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Flat for $number {
            const SIZE: usize = size_of::<$number>();

            #[inline]
            fn put(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }

            #[inline]
            fn get(bytes: &[u8]) -> Self {
                bytes.first_chunk().map_or(0, |bytes| <$number>::from_le_bytes(*bytes))
            }
        }
    )*};
}

numbers!(u8 u32 u64);

impl<const N: usize> Flat for [u32; N] {
    const SIZE: usize = 4 * N;

    #[inline]
    fn put(self, out: &mut Vec<u8>) {
        self.into_iter().for_each(|number| number.put(out));
    }

    #[inline]
    fn get(bytes: &[u8]) -> Self {
        let mut numbers = [0; N];
        let (chunks, _) = bytes.as_chunks::<4>();
        numbers.iter_mut().zip(chunks).for_each(|(number, bytes)| *number = u32::from_le_bytes(*bytes));
        numbers
    }
}

/// So many bytes are written or read at once: they stay in the nearest cache but one.
const STRETCH: usize = 64 << 10;

/// Writes arrays.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// A writer of what goes here.
    pub fn new(out: W) -> Self {
        Writer { out }
    }

    /// Writes an array.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn array<T: Flat>(&mut self, items: &[T]) -> io::Result<()> {
        self.length(items.len())?;
        let mut stretch = Vec::with_capacity(STRETCH);
        for some in items.chunks(STRETCH / T::SIZE) {
            stretch.clear();
            some.iter().for_each(|item| item.put(&mut stretch));
            self.out.write_all(&stretch)?;
        }
        Ok(())
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length(bytes.len())?;
        self.out.write_all(bytes)
    }

    /// Writes something small that is no array.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn value(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.bytes(&postcard::to_allocvec(value).map_err(io::Error::other)?)
    }

    fn length(&mut self, length: usize) -> io::Result<()> {
        self.out.write_all(&(length as u64).to_le_bytes())
    }
}

/// Reads what a [`Writer`] wrote, in the same order. `None` is what is not there.
#[derive(Debug)]
pub struct Reader {
    section: Section,
    at: u64,
}

impl Reader {
    /// A reader from the beginning of a section.
    pub fn new(section: Section) -> Self {
        Reader { section, at: 0 }
    }

    /// Reads an array.
    pub fn array<T: Flat>(&mut self) -> Option<Vec<T>> {
        let length = self.length(T::SIZE)?;
        let mut items = Vec::with_capacity(length);
        while items.len() < length {
            let some = (length - items.len()).min(STRETCH / T::SIZE);
            let bytes = self.next(some * T::SIZE)?;
            items.extend(bytes.chunks_exact(T::SIZE).map(T::get));
        }
        Some(items)
    }

    /// Reads bytes.
    pub fn bytes(&mut self) -> Option<Vec<u8>> {
        let length = self.length(1)?;
        self.next(length)
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    /// Reads something small that is no array.
    pub fn value<T: DeserializeOwned>(&mut self) -> Option<T> {
        postcard::from_bytes(&self.bytes()?).ok()
    }

    /// What follows.
    pub fn rest(self) -> Option<Section> {
        let (_, rest) = self.section.split(self.at)?;
        Some(rest)
    }

    /// Whether all was read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.section.len()
    }

    /// How many items of a size are to follow, if they can.
    fn length(&mut self, size: usize) -> Option<usize> {
        let length = u64::get(&self.next(u64::SIZE)?);
        let bytes = length.checked_mul(size as u64)?;
        (bytes <= self.section.len() - self.at).then(|| usize::try_from(length).ok())?
    }

    fn next(&mut self, length: usize) -> Option<Vec<u8>> {
        let end = self.at.checked_add(length as u64)?;
        let bytes = self.section.part(self.at..end)?;
        self.at = end;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = Writer::new(&mut bytes);
        writer.array(&(0..40_000).collect::<Vec<u32>>()).expect("numbers");
        writer.array(&[[1, 2, 3], [4, 5, u32::MAX]]).expect("records");
        writer.value(&("a", Some(1.5))).expect("a value");
        bytes
    }

    /// Numbers, records, a value.
    type Written = (Vec<u32>, Vec<[u32; 3]>, (String, Option<f64>));

    fn read(bytes: &[u8]) -> Option<Written> {
        let mut reader = Reader::new(Section::whole(bytes.to_vec()));
        let read = (reader.array()?, reader.array()?, reader.value()?);
        reader.is_at_end().then_some(read)
    }

    #[test]
    fn arrays_are_the_same_again() {
        let (numbers, records, value) = read(&written()).expect("all of it");
        assert!(numbers.into_iter().eq(0..40_000));
        assert_eq!(records, [[1, 2, 3], [4, 5, u32::MAX]]);
        assert_eq!(value, ("a".to_owned(), Some(1.5)));
    }

    #[test]
    fn what_is_cut_short_is_nothing() {
        let bytes = written();
        for length in (0..bytes.len()).step_by(997).chain(bytes.len() - 60..bytes.len()) {
            assert!(read(&bytes[..length]).is_none(), "{length}");
        }
        let mut endless = bytes;
        endless[..8].fill(0xFF);
        assert!(read(&endless).is_none(), "a length beyond all bounds takes no memory");
    }
}
