//! A person's first hour: a project made from a folder of texts, then worked on, the comments kept.

use crate::support::{Folder, latin, utf16};

#[test]
fn a_project_is_made_from_texts_and_a_table() {
    let rows = "español\tinglés\r\nmigración\tmigration\r\nfrontera sur\tsouthern border\r\n\"a \"\"b\"\" c\"\td\r\n";
    let tables = [
        ("latin.txt", latin(rows)),
        ("latin.csv", latin(&rows.replace('\t', ";"))),
        ("wide.txt", utf16(&format!("\u{feff}{rows}"))),
        ("mark.csv", format!("\u{feff}{}", rows.replace('\t', ",")).into_bytes()),
        ("bare.tsv", latin("migración\tmigration\nfrontera sur\tsouthern border\n")),
    ];
    for (name, table) in tables {
        let folder = Folder::new()
            .file("job/es/nota.txt", "La migración en la frontera sur.")
            .file("job/en/nota.txt", "Migration at the southern border.")
            .file(name, table);
        folder.run(&["init", "job", "--table", name]).exits(0).says("wrote");
        let glossary = folder.text("job/glossary.toml");
        assert!(glossary.contains("\"migración\"") && glossary.contains("\"southern border\""), "{name}");
        folder.run(&["-C", "job", "lint"]).exits(0);
        let hits = folder.run(&["-C", "job", "scan", "--json"]).exits(0).objects("hit");
        assert_eq!(hits.len(), 4, "{name}: {hits:?}");
        folder.run(&["-C", "job", "build"]).exits(0).says("wrote    glossary.html");
        let page = folder.text("job/glossary.html");
        assert!(page.contains("frontera sur"), "{name}");
        folder.run(&["-C", "job", "build"]).exits(0);
        assert_eq!(folder.text("job/glossary.html"), page, "{name}: the page is no text of the corpus");
        folder.run(&["init", "job", "--table", name]).exits(2).says("is there already");
    }
}

#[test]
fn a_project_needs_no_table() {
    let folder = Folder::new().file("notas/a.txt", "La Secretaría de Economía (SE) negocia el arancel.");
    folder.run(&["-C", "notas", "init"]).exits(0);
    folder.run(&["-C", "notas", "lint"]).exits(0);
    folder.run(&["-C", "notas", "add", "--es", "arancel", "--en", "tariff"]).exits(0);
    folder.run(&["-C", "notas", "scan"]).exits(0).shows("[arancel]");
    folder.run(&["init", "nowhere"]).exits(2);
    assert!(!folder.path("nowhere").exists());
}

const COMMENTED: &str = "# Mine.
[glossary] # settings
languages = [\"es-MX\", \"en-US\"]

# About duties.
[[concept]] # first
terms.en = ['tariff'] # what they pay
terms.es = \"arancel\"
# The end.
";

#[test]
fn edits_keep_comments() {
    let folder = Folder::new().glossary(COMMENTED).file("corpus/es/a.txt", "El arancel bajó mucho ayer.");
    let comments = ["# Mine.", "# settings", "# About duties.", "# first", "# what they pay", "# The end."];
    let all_there = |after: &str| {
        let text = folder.text("glossary.toml");
        for comment in comments {
            assert!(text.contains(comment), "{comment} is gone after {after}:\n{text}");
        }
        folder.run(&["lint", "--fail-on", "error"]).exits(0);
        text
    };
    folder.run(&["fmt", "--check"]).exits(1);
    folder.run(&["fmt"]).exits(0);
    assert!(all_there("fmt").contains("id = \"arancel\""));
    folder.run(&["fmt", "--check"]).exits(0);
    folder.run(&["add", "--es", "muelle", "--en", "pier"]).exits(0);
    assert!(all_there("add").contains("\"muelle\""));
    folder.run(&["add", "--es", "muelle"]).exits(2).says("muelle");
    folder.run(&["pin", "arancel"]).exits(0);
    assert!(all_there("pin").contains("El arancel bajó mucho ayer."));
    folder.run(&["pin", "none"]).exits(2);
    all_there("a refusal");
}
