//! Real texts and the project's own glossary for the tests, and the program run in a folder of its own.

#[cfg(feature = "cli")]
mod run;
mod tagged;

use std::fs;
use std::path::{Path, PathBuf};

use glosa::Termbase;
use glosa::termbase::{Source, read};

#[cfg(feature = "cli")]
pub(crate) use run::{Folder, Run, arg, latin, utf16};
#[cfg(all(feature = "cli", feature = "office"))]
pub(crate) use run::{archive, docx};
pub(crate) use tagged::{Token, tagged_texts};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The project's glossary.
pub(crate) fn termbase() -> Termbase {
    termbase_of("glossary.toml")
}

/// A glossary of the repository, by its path there.
pub(crate) fn termbase_of(path: &str) -> Termbase {
    let text = fs::read_to_string(root().join(path)).expect("the glossary is there");
    let result = read(&[Source::toml(path, &text)]);
    assert!(!result.has_errors(), "the glossary is clean: {:#?}", result.findings);
    result.termbase
}

/// The names of the files in a folder of the repository without their extensions, in order.
pub(crate) fn file_stems(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let stem = |path: PathBuf| path.file_stem().expect("a file name").to_string_lossy().into_owned();
    let mut stems: Vec<String> = entries.map(|entry| stem(entry.expect("an entry").path())).collect();
    stems.sort();
    stems
}

/// The plain texts of the corpus, with their names, in order.
pub(crate) fn plain_texts() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    collect(&root().join("corpus"), &mut paths);
    paths.sort();
    assert!(paths.len() > 10, "the corpus is there");
    paths
        .into_iter()
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a text of the corpus")))
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the corpus") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            paths.push(path);
        }
    }
}
