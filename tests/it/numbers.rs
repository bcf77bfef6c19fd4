//! The rules about figures find every recorded fault of the imperfect collection, and nothing else, there and in the
//! corpus.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::root;

/// The findings about figures in a folder of pairs: rule, pair and line.
fn found(folder: &str) -> Vec<(String, String, u64)> {
    let out = Command::new(env!("CARGO_BIN_EXE_glosa"))
        .current_dir(root())
        .args(["-q", "check", "--json", folder])
        .output()
        .expect("the program runs");
    let told = |line: &str| {
        let finding: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let pair = text("file").rsplit('/').next().unwrap_or_default().trim_end_matches(".txt").to_owned();
        (text("rule"), pair, finding["line"].as_u64().unwrap_or(0))
    };
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let mut found: Vec<_> = text.lines().map(told).filter(|(rule, ..)| rule.starts_with("number-")).collect();
    found.sort();
    found
}

#[test]
fn the_corpus_has_no_wrong_figure() {
    assert_eq!(found("corpus"), []);
}

#[test]
fn every_wrong_figure_of_the_imperfect_collection_is_found_and_no_other() {
    let faults = fs::read_to_string(root().join("tests/imperfect/faults.tsv")).expect("the list of faults");
    let mut expected: Vec<(String, String, u64)> = faults
        .lines()
        .map(|row| row.split('\t').collect::<Vec<_>>())
        .filter(|row| row[3].starts_with("number-"))
        .map(|row| (row[3].to_owned(), row[0].to_owned(), row[2].parse().expect("a line")))
        .collect();
    expected.sort();
    assert!(expected.len() >= 4, "{expected:?}");
    assert_eq!(found("tests/imperfect"), expected);
}
