//! Compiled glossaries in the cache: every run answers as if there were none.

use std::fs;
use std::path::PathBuf;

use crate::support::{Folder, Run};

const TEXT: &str = "Los aranceles de 7 suben. The tariff 12 was cut; deportados.\n";

/// Enough terms to be kept.
fn glossary(first: &str) -> String {
    let concept = |n: usize| format!("[[concept]]\nterms.es = \"cuota {n}\"\nterms.en = \"tariff {n}\"\n");
    format!("[[concept]]\nterms.es = \"{first}\"\n") + &(0..300).map(concept).collect::<String>()
}

fn folder() -> Folder {
    Folder::new().glossary(&glossary("arancel")).file("a.txt", TEXT)
}

/// Runs the program with the cache in the folder itself.
fn run(folder: &Folder, args: &[&str]) -> Run {
    let output = folder.command(args).env("GLOSA_CACHE", folder.path("cache")).output();
    Run::new(args, output.expect("the program runs"))
}

fn kept(folder: &Folder) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.path("cache")).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Some answers, one after the other.
fn answers(folder: &Folder) -> String {
    let commands: [&[&str]; 5] = [
        &["scan", "--json", "a.txt"],
        &["scan", "--explain", "a.txt"],
        &["lookup", "--json", "aranceles"],
        &["lookup", "tarif 12"],
        &["concord", "tariff", "a.txt"],
    ];
    commands.into_iter().map(|args| run(folder, args)).map(|run| run.out() + &run.stderr).collect()
}

#[test]
fn a_warm_run_answers_as_a_cold_one() {
    let folder = folder();
    let without = run(&folder, &["--no-cache", "scan", "--json", "a.txt"]).out();
    assert!(kept(&folder).is_empty());
    let cold = run(&folder, &["scan", "--json", "a.txt"]).out();
    assert_eq!(kept(&folder).len(), 3, "an index, what short texts need, and the whole");
    assert!(cold.contains("arancel") && cold == without);
    let first = answers(&folder);
    assert_eq!(first, answers(&folder));
    fs::remove_dir_all(folder.path("cache")).expect("the cache");
    assert_eq!(first, answers(&folder));
}

#[test]
fn a_changed_glossary_is_read_again() {
    let folder = folder();
    let hits = |folder: &Folder| run(folder, &["scan", "--count", "a.txt"]).lines().pop();
    assert_eq!(hits(&folder).as_deref(), Some("2"));
    // Of the same length, within the same second.
    fs::write(folder.path("glossary.toml"), glossary("tributo")).expect("the glossary");
    assert_eq!(hits(&folder).as_deref(), Some("1"));
    let include = format!("[glossary]\ninclude = [\"more/*.csv\"]\n{}", glossary("tributo"));
    fs::write(folder.path("glossary.toml"), include).expect("the glossary");
    let folder = folder.file("more/one.csv", "es,en\nsuben,rise\n");
    assert_eq!(hits(&folder).as_deref(), Some("2"));
    let folder = folder.file("more/two.csv", "es,en\narancel,tariff\n");
    assert_eq!(hits(&folder).as_deref(), Some("3"));
    fs::remove_file(folder.path("more/one.csv")).expect("the file");
    assert_eq!(hits(&folder).as_deref(), Some("2"));
}

#[test]
fn warnings_are_shown_each_time() {
    let text = format!("[glossary]\ninclude = [\"none/*.csv\"]\n{}", glossary("arancel"));
    let folder = folder().glossary(&text);
    for _ in 0..2 {
        run(&folder, &["scan", "a.txt"]).exits(0).says("none/*.csv");
    }
}

#[test]
fn damage_goes_unseen() {
    let folder = folder();
    let right = answers(&folder);
    for damage in 0..4 {
        for path in kept(&folder) {
            let mut bytes = fs::read(&path).expect("a file");
            match damage {
                0 => bytes.truncate(bytes.len() / 2),
                1 => bytes.clear(),
                2 => bytes[60..].iter_mut().for_each(|byte| *byte ^= 0x55),
                _ => bytes = b"something else altogether, and long enough to be a file of the cache".to_vec(),
            }
            fs::write(&path, bytes).expect("a file");
        }
        assert_eq!(answers(&folder), right, "damage {damage}");
    }
}

#[test]
fn files_under_each_others_names_are_not_believed() {
    let folder = folder();
    let right = answers(&folder);
    let [short, whole] = ["short", "whole"].map(|wanted| {
        kept(&folder).into_iter().find(|path| path.extension().is_some_and(|is| is == wanted)).expect(wanted)
    });
    fs::write(folder.path("glossary.toml"), glossary("tributo")).expect("the glossary");
    let other = answers(&folder);
    let others = kept(&folder).into_iter().filter(|path| *path != short && *path != whole);
    for path in others.filter(|path| path.extension().is_some_and(|is| is != "index")) {
        let from = if path.extension() == short.extension() { &short } else { &whole };
        fs::copy(from, path).expect("a copy");
    }
    assert_ne!(right, other);
    assert_eq!(answers(&folder), other);
}

#[test]
fn a_cache_that_cannot_be_written_changes_nothing() {
    let folder = folder().file("cache", "a file where the folder would be");
    run(&folder, &["scan", "--count", "a.txt"]).exits(0).shows("2");
    run(&folder, &["-v", "scan", "--count", "a.txt"]).exits(0).says("was not kept");
}
