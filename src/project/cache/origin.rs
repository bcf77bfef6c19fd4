//! What a glossary was read from, and whether that is still so.
//!
//! A file of the same size and times as when it was read is taken to be the same; any other is read and its contents
//! compared by hash. So is one that was changed within two seconds before it was read: it may have been changed again
//! without its time telling so.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::project::discover::includes;
use crate::project::files;

/// Clocks of file systems tick as slowly as this (FAT: two seconds).
const FRESH: Duration = Duration::from_secs(2);

/// The files of a glossary as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// All files that took part, in the order in which they were read.
    pub files: Vec<OriginFile>,
    /// What their `include` patterns named.
    pub inclusions: Vec<Inclusion>,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginFile {
    /// Its path, relative to the working folder.
    pub path: PathBuf,
    /// The hash (BLAKE3) of its contents.
    pub hash: [u8; 32],
    /// What the system said of it just before; `None` where that proves nothing.
    stamp: Option<Stamp>,
}

/// The files that the patterns of a glossary file named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inclusion {
    /// The file with the patterns.
    pub glossary: PathBuf,
    /// The patterns.
    pub patterns: Vec<String>,
    /// What they named, in order.
    pub files: Vec<PathBuf>,
}

/// What the system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    modified: SystemTime,
    /// When the file or what is said of it was changed, which no program can set back; 0 where that is not known.
    changed: i64,
}

impl Stamp {
    /// What the system says of a file now.
    ///
    /// # Errors
    /// When it says nothing.
    pub fn of(path: &Path) -> io::Result<Stamp> {
        let metadata = fs::metadata(path)?;
        Ok(Stamp { size: metadata.len(), modified: metadata.modified()?, changed: changed(&metadata) })
    }

    /// The stamp, where it was long enough unchanged to prove anything.
    fn settled(self) -> Option<Stamp> {
        let age = SystemTime::now().duration_since(self.modified).ok()?;
        (age > FRESH).then_some(self)
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

impl OriginFile {
    /// A file whose contents were read after its stamp was taken.
    pub fn new(path: &Path, stamp: Option<Stamp>, contents: &[u8]) -> Self {
        let hash = blake3::hash(contents).into();
        OriginFile { path: path.to_owned(), hash, stamp: stamp.and_then(Stamp::settled) }
    }

    /// The file as it is now, where its contents are the same.
    fn again(&self) -> Option<OriginFile> {
        let stamp = Stamp::of(&self.path).ok()?;
        if self.stamp == Some(stamp) {
            return Some(self.clone());
        }
        let contents = files::read(&self.path, files::SIZE_LIMIT).ok()?;
        Some(OriginFile::new(&self.path, Some(stamp), &contents)).filter(|now| now.hash == self.hash)
    }
}

impl Origin {
    /// The same files as they are now; `None` where one has other contents, or other files are included.
    pub fn again(&self) -> Option<Origin> {
        let files = self.files.iter().map(OriginFile::again).collect::<Option<_>>()?;
        let same = |inclusion: &Inclusion| {
            let (now, findings) = includes(&inclusion.glossary, &inclusion.patterns);
            findings.is_empty() && now == inclusion.files
        };
        let inclusions = self.inclusions.clone();
        inclusions.iter().all(same).then_some(Origin { files, inclusions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(path: &Path, contents: &str) -> Origin {
        fs::write(path, contents).expect("a file");
        let file = OriginFile::new(path, Stamp::of(path).ok(), contents.as_bytes());
        Origin { files: vec![file], inclusions: Vec::new() }
    }

    fn set_modified(path: &Path, age: Duration) {
        let file = fs::File::options().write(true).open(path).expect("the file");
        file.set_modified(SystemTime::now() - age).expect("its time");
    }

    #[test]
    fn a_file_just_changed_is_read_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.toml");
        let known = origin(&path, "uno");
        assert_eq!(known.again(), Some(known.clone()));
        let before = Stamp::of(&path).expect("a stamp").modified;
        fs::write(&path, "dos").expect("a file");
        fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(before))
            .expect("its time");
        assert_eq!(known.again(), None, "same size and time, other contents");
    }

    #[test]
    fn a_file_touched_is_the_same() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.toml");
        let known = origin(&path, "uno");
        set_modified(&path, Duration::from_secs(100));
        let now = known.again().expect("the same contents");
        assert!(known.files[0].stamp.is_none() && now.files[0].stamp.is_some());
        fs::remove_file(&path).expect("it is there");
        assert_eq!(now.again(), None);
    }

    #[test]
    fn a_new_included_file_is_seen() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.toml");
        fs::write(dir.path().join("b.csv"), "").expect("a file");
        let inclusion = Inclusion {
            glossary: path.clone(),
            patterns: vec!["*.csv".to_owned()],
            files: vec![dir.path().join("b.csv")],
        };
        let known = Origin { inclusions: vec![inclusion], ..origin(&path, "uno") };
        assert!(known.again().is_some());
        fs::write(dir.path().join("c.csv"), "").expect("a file");
        assert_eq!(known.again(), None);
    }
}
