//! Terms that were proposed and are not wanted: a sorted text beside the glossary, one term a line, kept in version
//! control with it. Lines that begin with `#` are comments and stay at the top.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::{self, shown};
use super::write::write;
use crate::check::Finding;
use crate::format::decode::decode;
use crate::text::tokens::phrase_key;

/// What the file says when it is made.
const HEAD: &str = "# Terms that `glosa extract` does not propose again, one a line, sorted.\n";

/// The terms of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejected {
    comments: String,
    /// By their keys.
    terms: BTreeMap<String, String>,
    keys: BTreeSet<String>,
}

/// The file that belongs to a glossary: `glossary.rejected.txt` beside `glossary.toml`.
pub fn beside(glossary: &Path) -> PathBuf {
    glossary.with_extension("rejected.txt")
}

impl Rejected {
    /// Reads the file; one that is not there rejects nothing.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(path: &Path) -> Result<Self, Finding> {
        if !path.exists() {
            return Ok(Rejected { comments: HEAD.to_owned(), ..Rejected::default() });
        }
        let text = decode(&shown(path), &files::read(path, files::SIZE_LIMIT)?)?.text;
        let mut rejected = Rejected::default();
        for line in text.lines().map(|line| line.trim_start_matches('\u{feff}').trim()) {
            if line.starts_with('#') {
                rejected.comments += &format!("{line}\n");
            } else {
                rejected.add(line);
            }
        }
        Ok(rejected)
    }

    /// Adds a term; `false` where it is there already or has no words.
    pub fn add(&mut self, term: &str) -> bool {
        let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = phrase_key(&term);
        if key.is_empty() || !self.keys.insert(key.clone()) {
            return false;
        }
        self.terms.insert(key, term);
        true
    }

    /// The keys ([`phrase_key`]) of the terms.
    pub fn keys(&self) -> &BTreeSet<String> {
        &self.keys
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Finding> {
        let terms: String = self.terms.values().map(|term| format!("{term}\n")).collect();
        write(path, (self.comments.clone() + &terms).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_kept_once_and_sorted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = beside(&folder.path().join("glossary.toml"));
        let mut rejected = Rejected::read(&path).expect("nothing yet");
        assert!(
            rejected.add("press  conference") && rejected.add("Año") && !rejected.add("Press conference")
        );
        assert!(!rejected.add(" — "));
        rejected.write(&path).expect("written");
        let text = std::fs::read_to_string(&path).expect("a file");
        assert_eq!(text, format!("{HEAD}Año\npress conference\n"));
        assert_eq!(Rejected::read(&path).expect("read"), rejected);
        assert!(path.ends_with("glossary.rejected.txt"));
    }
}
