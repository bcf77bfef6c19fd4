//! A file of the cache: read in one go and believed only when all its bytes are as they were written.
//!
//! It begins with a magic word, the key of what it holds, the length of that and its checksum (CRC-32).

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::Builder;

use super::Key;
use crate::packed::Section;

/// What all files of the cache begin with; the number is that of the format.
const MAGIC: &[u8; 8] = b"glosa\0\x01\n";

/// Bytes before what a file holds: magic word, key, length, checksum.
const HEAD: usize = MAGIC.len() + size_of::<Key>() + size_of::<u64>() + size_of::<u32>();

/// Temporary files begin so.
pub(super) const UNFINISHED: &str = ".unfinished-";

/// What a file holds under a key; `None` where it is not there, damaged, or about something else.
pub(super) fn read(path: &Path, key: &Key) -> Option<Section> {
    let file = File::open(path).ok()?;
    let size = file.metadata().ok().filter(|metadata| metadata.is_file())?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()?);
    file.take(size).read_to_end(&mut bytes).ok()?;
    open(bytes, key)
}

fn open(bytes: Vec<u8>, key: &Key) -> Option<Section> {
    let (head, content) = Section::whole(bytes).split(HEAD)?;
    (head.bytes() == make_head(key, content.bytes())).then_some(content)
}

/// Writes a file whole or not at all, for its owner only. It is not forced onto the disk: what a power failure leaves
/// of it has another checksum.
pub(super) fn write(path: &Path, key: &Key, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut file = Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(&make_head(key, content))?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

fn make_head(key: &Key, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u64).to_le_bytes();
    let checksum = crc32fast::hash(content).to_le_bytes();
    [&MAGIC[..], key, &length, &checksum].concat()
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

    fn file(content: &[u8]) -> Vec<u8> {
        [&make_head(&KEY, content), content].concat()
    }

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("deep/a.glosa");
        assert!(read(&path, &KEY).is_none());
        write(&path, &KEY, b"arancel").expect("written");
        assert_eq!(read(&path, &KEY).expect("it").bytes(), b"arancel");
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
            bytes in prop::collection::vec(any::<u8>(), 0..4),
            cut in any::<bool>(),
        ) {
            let whole = file(&content);
            let mut damaged = whole.clone();
            let at = at.index(whole.len());
            let end = whole.len().min(at + bytes.len());
            match cut {
                true => damaged.truncate(at),
                false => damaged[at..end].copy_from_slice(&bytes[..end - at]),
            }
            let read = open(damaged.clone(), &KEY).map(|content| content.bytes().to_vec());
            prop_assert_eq!(read, (damaged == whole).then_some(content));
        }
    }
}
