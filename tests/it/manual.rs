//! The manual and the program agree: its TOML can be read, and no key goes untold.

use std::fs;
use std::path::{Path, PathBuf};

use glosa::check::rules;
use glosa::termbase::{ReadResult, Source, read};

use crate::support::root;

fn manual(page: &str) -> String {
    fs::read_to_string(root().join(page)).expect("a page of the manual")
}

/// The TOML of the fenced blocks of a page.
fn toml_blocks(text: &str) -> Vec<&str> {
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default()).collect()
}

fn read_one(text: &str) -> ReadResult {
    read(&[Source::toml("glossary.toml", text)])
}

#[test]
fn the_examples_of_glossaries_have_no_findings() {
    for page in ["README.md", "docs/glossary.md", "docs/guia.md"] {
        let text = manual(page);
        let blocks = toml_blocks(&text);
        assert!(!blocks.is_empty(), "{page} shows a glossary");
        for block in blocks {
            assert_eq!(read_one(block).findings, [], "{page}:\n{block}");
        }
    }
}

/// The keys of a table, as the error about an unknown one lists them.
fn keys(broken: &str) -> Vec<String> {
    let findings = read_one(broken).findings;
    let help = findings.iter().find(|finding| finding.rule == "unknown-key").and_then(|f| f.help.clone());
    let help = help.expect("the keys are listed");
    help.rsplit(" are ").next().unwrap_or_default().split(", ").map(str::to_owned).collect()
}

#[test]
fn the_manual_tells_every_key() {
    let text = manual("docs/glossary.md");
    for (broken, least) in [
        ("[glossary]\nqqqqqqqqqqqq = 1\n", 6),
        ("[check]\nqqqqqqqqqqqq = 1\n", 1),
        ("[[concept]]\nterms.es = \"a\"\nqqqqqqqqqqqq = 1\n", 29),
        ("[[concept]]\nterms.es = { term = \"a\", qqqqqqqqqqqq = 1 }\n", 32),
    ] {
        let keys = keys(broken);
        assert!(keys.len() >= least, "only {keys:?}");
        for key in keys {
            assert!(text.contains(&format!("\n| `{key}")), "docs/glossary.md has no line about `{key}`");
        }
    }
}

/// The rules that a source file names: what follows the severity of a finding.
fn rules_named(source: &str) -> Vec<&str> {
    let calls = source.split("Severity::").skip(1).filter_map(|rest| rest.split_once(", \""));
    let named = calls.filter(|(severity, _)| severity.chars().all(char::is_alphabetic));
    named.filter_map(|(_, rest)| rest.split('"').next()).collect()
}

#[test]
fn every_rule_is_explained() {
    let mut named = 0;
    for path in walk(&root().join("src")) {
        let source = fs::read_to_string(&path).expect("a source file");
        for rule in rules_named(source.split("#[cfg(test)]").next().unwrap_or_default()) {
            named += 1;
            assert!(rules::find(rule).is_some(), "`glosa explain {rule}` knows nothing ({})", path.display());
        }
    }
    assert!(named > 20, "only {named} findings in the source");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
