//! Termbase files as other programs write them, a folder a format: `FILE` beside `FILE.json`, which says what is read
//! from it. Of formats that are only written: a glossary, and beside it what is written of it. The names of the folders
//! are those of the formats; each format has one.

use std::fs;
use std::path::{Path, PathBuf};

use glosa::format::terms::{self, Format, Input, Target};

use crate::support::root;

#[test]
fn files_of_other_programs_are_read_as_stated() {
    let folders = entries(&root().join("tests/fixtures/termbases"));
    let unknown = folders.iter().find(|folder| terms::find(&name(folder)).is_none());
    assert_eq!(unknown, None, "a folder of no format");
    for format in terms::FORMATS {
        let folder = folders.iter().find(|folder| name(folder) == format.name);
        let folder = folder.unwrap_or_else(|| panic!("no fixtures of {}", format.name));
        let files: Vec<PathBuf> = entries(folder).into_iter().filter(|file| !is_statement(file)).collect();
        assert!(!files.is_empty(), "no fixtures of {}", format.name);
        for file in files {
            if format.read.is_some() { check(&file, format) } else { check_written(&file, format) }
        }
    }
}

/// Writes a glossary in a format that is not read.
fn check_written(file: &Path, format: &Format) {
    let bytes = fs::read(file).expect("a file");
    let termbase = terms::read(&Input::new(&name(file), &bytes), None).termbase.expect("a glossary");
    let written = terms::write(format, &termbase, &Target::default()).expect("within the limits").bytes;
    let stated = fs::read_to_string(file.with_file_name(format!("{}.{}", name(file), format.name)));
    assert_eq!(
        String::from_utf8_lossy(&written),
        stated.expect("what is written of it"),
        "{}",
        file.display()
    );
}

/// Reads a file as the format of its folder, and as what its content and name tell.
fn check(file: &Path, format: &Format) {
    let bytes = fs::read(file).expect("a file");
    let stated = fs::read_to_string(statement_of(file)).expect("what is read from it");
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

/// Whether a file says what is read from another, or written of it.
fn is_statement(file: &Path) -> bool {
    file.with_extension("").is_file()
}
