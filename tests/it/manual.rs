//! The manual and the program agree: its TOML can be read, and no key goes untold.

use std::fs;

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
