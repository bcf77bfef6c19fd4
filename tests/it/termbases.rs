//! Termbase files as other programs write them, a folder a format: `FILE` beside `FILE.json`, which says what is read
//! from it. The names of the folders are those of the formats.

use std::fs;
use std::path::{Path, PathBuf};

use glosa::format::terms::{self, Input, Target};

use crate::support::root;

#[test]
fn files_of_other_programs_are_read_as_stated() {
    let mut read = 0;
    for format in entries(&root().join("tests/fixtures/termbases")) {
        for file in entries(&format).into_iter().filter(|file| !is_statement(file)) {
            check(&file, &name(&format));
            read += 1;
        }
    }
    assert!(read > 25, "only {read} files");
}

/// Reads a file as the format of its folder, and as what its content and name tell.
fn check(file: &Path, format: &str) {
    let bytes = fs::read(file).expect("a file");
    let stated = fs::read_to_string(statement_of(file)).expect("what is read from it");
    let format = terms::find(format).unwrap_or_else(|| panic!("no format {format}"));
    for from in [Some(format), None] {
        let reading = terms::read(&Input::new(&name(file), &bytes), from);
        let termbase =
            reading.termbase.unwrap_or_else(|| panic!("{}: {:?}", file.display(), reading.findings));
        let json = terms::find("json").expect("a format");
        let written = terms::write(json, &termbase, &Target::default()).expect("within the limits").bytes;
        let told: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
        let stated: serde_json::Value = serde_json::from_str(&stated).expect("JSON");
        assert_eq!(
            told["concepts"],
            stated["concepts"],
            "{} as {:?}",
            file.display(),
            from.map(|from| from.name)
        );
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn statement_of(file: &Path) -> PathBuf {
    file.with_file_name(format!("{}.json", name(file)))
}

fn is_statement(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "json")
        && file.with_extension("").extension().is_some()
}
