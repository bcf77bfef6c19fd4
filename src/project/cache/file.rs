//! A file of the cache, believed only when all its bytes are as they were written.
//!
//! It begins with a magic word, the key of what it holds, the length of that and its checksum (CRC-32).

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;

use tempfile::Builder;

use super::Key;
use crate::packed::{Bytes, Section};

/// What all files of the cache begin with; the number is that of the format.
const MAGIC: &[u8; 8] = b"glosa\0\x01\n";

/// Bytes before what a file holds: magic word, key, length, checksum.
const HEAD: usize = MAGIC.len() + size_of::<Key>() + size_of::<u64>() + size_of::<u32>();

/// Temporary files begin so.
pub(super) const UNFINISHED: &str = ".unfinished-";

/// What a file holds under a key; `None` where it is not there, damaged, or about something else. All of it is read
/// once, to be sure of it, and what is asked for once more: to hold all would take longer than both.
pub(super) fn read(path: &Path, key: &Key) -> Option<Section> {
    let file = File::open(path).ok()?;
    let length =
        file.metadata().ok().filter(|metadata| metadata.is_file())?.len().checked_sub(HEAD as u64)?;
    let content = Content { file: Mutex::new(file), length };
    let mut head = [0; HEAD];
    content.fill(0, &mut head)?;
    (head[..] == make_head(key, length, content.checksum()?)).then(|| Section::whole(content))
}

/// What an open file holds behind its head. The file cannot change: others take its place whole.
#[derive(Debug)]
struct Content {
    file: Mutex<File>,
    length: u64,
}

/// So many bytes are read at once for the checksum: they stay in the nearest cache but one.
const STRETCH: usize = 128 << 10;

impl Content {
    fn checksum(&self) -> Option<u32> {
        let mut hasher = crc32fast::Hasher::new();
        let mut stretch = vec![0; STRETCH];
        let mut at = 0;
        while at < self.length {
            let length = usize::try_from(self.length - at).unwrap_or(STRETCH).min(STRETCH);
            self.fill(HEAD as u64 + at, &mut stretch[..length])?;
            hasher.update(&stretch[..length]);
            at += length as u64;
        }
        Some(hasher.finalize())
    }

    /// Fills a buffer with the bytes of the file from a place on.
    fn fill(&self, at: u64, buffer: &mut [u8]) -> Option<()> {
        let mut file = self.file.lock().ok()?;
        read_at(&mut file, at, buffer).ok()
    }
}

/// One call to the system in place of two: it is made some hundred times.
#[cfg(unix)]
fn read_at(file: &mut File, at: u64, buffer: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(not(unix))]
fn read_at(file: &mut File, at: u64, buffer: &mut [u8]) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(buffer)
}

impl Bytes for Content {
    fn len(&self) -> u64 {
        self.length
    }

    fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let length = range.end.checked_sub(range.start).filter(|_| range.end <= self.length)?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        self.fill(HEAD as u64 + range.start, &mut bytes)?;
        Some(bytes)
    }
}

/// Writes a file whole or not at all, for its owner only. It is not forced onto the disk: what a power failure leaves
/// of it has another checksum.
pub(super) fn write(
    path: &Path,
    key: &Key,
    content: impl FnOnce(&mut Checked<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut file = Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(&[0; HEAD])?;
    let head = write_content(file.as_file(), key, content)?;
    file.rewind()?;
    file.write_all(&head)?;
    file.persist(path)?;
    Ok(())
}

/// Writes the content of a file; gives the head that belongs before it.
fn write_content(
    file: &File,
    key: &Key,
    content: impl FnOnce(&mut Checked<'_>) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let out = BufWriter::with_capacity(STRETCH, file);
    let mut checked = Checked { out, hasher: crc32fast::Hasher::new(), length: 0 };
    content(&mut checked)?;
    checked.flush()?;
    Ok(make_head(key, checked.length, checked.hasher.finalize()))
}

/// The content of a file while it is written.
pub(super) struct Checked<'f> {
    out: BufWriter<&'f File>,
    hasher: crc32fast::Hasher,
    length: u64,
}

impl Write for Checked<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn make_head(key: &Key, length: u64, checksum: u32) -> Vec<u8> {
    [&MAGIC[..], key, &length.to_le_bytes(), &checksum.to_le_bytes()].concat()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: Key = [7; 32];

    fn bytes(section: &Section) -> Vec<u8> {
        section.read().expect("bytes")
    }

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("deep/a.glosa");
        assert!(read(&path, &KEY).is_none());
        write(&path, &KEY, |out| out.write_all(b"arancel")).expect("written");
        assert_eq!(read(&path, &KEY).as_ref().map(bytes), Some(b"arancel".to_vec()));
        assert!(read(&path, &[8; 32]).is_none(), "another key");
        assert!(read(dir.path(), &KEY).is_none(), "a folder");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&dir.path().join("deep"))), (0o600, 0o700));
        }
    }

    proptest! {
        #[test]
        fn no_damage_goes_unseen(
            content in prop::collection::vec(any::<u8>(), 0..60),
            at in any::<prop::sample::Index>(),
            more in prop::collection::vec(any::<u8>(), 0..4),
            cut in any::<bool>(),
        ) {
            let file = tempfile::NamedTempFile::new().expect("a file");
            write(file.path(), &KEY, |out| out.write_all(&content)).expect("written");
            let whole = fs::read(file.path()).expect("it");
            let mut damaged = whole.clone();
            let at = at.index(whole.len());
            let end = whole.len().min(at + more.len());
            match cut {
                true => damaged.truncate(at),
                false => damaged[at..end].copy_from_slice(&more[..end - at]),
            }
            fs::write(file.path(), &damaged).expect("damaged");
            let expected = (damaged == whole).then_some(content);
            prop_assert_eq!(read(file.path(), &KEY).as_ref().map(bytes), expected);
        }
    }
}
