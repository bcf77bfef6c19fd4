//! The imperfect collection is as `faults.tsv` says: every fault stands where it is recorded.

use std::fs;

use crate::support::root;

const KINDS: &[&str] = &[
    "acronym-not-introduced",
    "deprecated-term",
    "do-not-translate",
    "false-friend",
    "forbidden-term",
    "inconsistent-rendering",
    "number-mismatch",
    "number-scale",
    "omission",
    "outdated-name",
    "regional-mix",
    "untranslated-term",
    "wrong-concept",
];

#[test]
fn every_fault_stands_on_its_line() {
    let folder = root().join("tests/imperfect");
    let faults = fs::read_to_string(folder.join("faults.tsv")).expect("the list of faults");
    let rows: Vec<Vec<&str>> = faults.lines().skip(1).map(|row| row.split('\t').collect()).collect();
    assert!(rows.len() > 50, "only {} faults", rows.len());
    for row in rows {
        let [pair, side, line, kind, text, ..] = row.as_slice() else { panic!("a row too short: {row:?}") };
        let file = fs::read_to_string(folder.join(side).join(format!("{pair}.txt"))).expect("a text");
        let line = file.lines().nth(line.parse::<usize>().expect("a line number") - 1).expect("a line");
        assert_eq!(line.matches(text).count(), 1, "{pair} {side}: {text}");
        assert!(KINDS.contains(kind), "{pair} {side}: {kind}");
    }
}
