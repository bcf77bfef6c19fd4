//! Documents of all formats, as the program reads them: `tests/fixtures/documents` has one of each.

use serde_json::Value;

use crate::support::{Folder, docx};

const GLOSSARY: &str = r#"
[[concept]]
id = "tariff"
terms.es = "arancel"
terms.en = "tariff"

[[concept]]
id = "national-guard"
terms.es = { term = "Guardia Nacional", pos = "name" }
terms.en = { term = "National Guard", pos = "name" }
"#;

const TARIFF: [&str; 2] = ["tariff", "arancel"];
const GUARD: [&str; 2] = ["National Guard", "Guardia Nacional"];

/// A folder with these fixtures.
fn folder(names: &[&str]) -> Folder {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/documents/");
    names.iter().fold(Folder::new().glossary(GLOSSARY), |folder, name| {
        let bytes =
            std::fs::read(format!("{fixtures}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"));
        folder.file(name, bytes)
    })
}

/// The hits of a file, each as its form and its part, after a check of the bytes that they name.
fn hits(name: &str) -> Vec<(String, String)> {
    let folder = folder(&[name]);
    let run = folder.run(&["scan", "--json", name]).exits(0);
    let bytes = folder.read(name);
    let shown = |hit: &Value| {
        assert_eq!(hit["document"], name);
        let at = |key: &str| usize::try_from(hit[key].as_u64().expect(key)).expect(key);
        if hit.get("space").is_none() {
            let text = hit["text"].as_str().expect("a text");
            assert_eq!(&bytes[at("start")..at("end")], text.as_bytes(), "{hit}");
            let before = &bytes[..at("start")];
            assert_eq!(at("line"), before.iter().filter(|b| **b == b'\n').count() + 1, "{hit}");
        }
        let form: String =
            hit["form"].as_str().expect("a form").split_whitespace().collect::<Vec<_>>().join(" ");
        (form, hit["part"].as_str().unwrap_or("").to_owned())
    };
    run.objects("hit").iter().map(shown).collect()
}

#[test]
fn hits_keep_their_place_in_every_format() {
    let sides = |first: &str, second: &str| {
        [(TARIFF[0], first), (GUARD[0], second), (TARIFF[1], first), (GUARD[1], second)]
            .map(|(form, part)| (form.to_owned(), part.to_owned()))
            .to_vec()
    };
    let hit = |form: &str, part: &str| (form.to_owned(), part.to_owned());
    let cases = [
        ("steel.xlf", sides("lead", "second")),
        ("steel.sdlxliff", sides("d0b4a5c1/1", "d0b4a5c1/2")),
        ("steel.xliff", sides("u1/s1", "u1/s2")),
        ("steel.tmx", sides("lead", "2")),
        ("steel.po", sides("lead", "entry 2")),
        ("steel.csv", sides("lead", "second")),
        ("steel.es.srt", vec![hit(TARIFF[1], "cue 1"), hit(GUARD[1], "cue 2")]),
        ("steel.en.vtt", vec![hit(TARIFF[0], "cue lead"), hit(GUARD[0], "cue 2")]),
        ("messages.es.json", vec![hit(TARIFF[1], "news.lead"), hit(GUARD[1], "more.1")]),
        ("messages.en.json", vec![hit(GUARD[0], "more.1"), hit(TARIFF[0], "news.lead")]),
        (
            "records.jsonl",
            vec![
                hit("Tariff", "n1"),
                hit(TARIFF[0], "n1"),
                hit(GUARD[0], "n1"),
                hit("Arancel", "n2"),
                hit(TARIFF[1], "n2"),
                hit(GUARD[1], "n2"),
            ],
        ),
        ("steel.rtf", vec![hit(TARIFF[1], ""), hit(TARIFF[1], ""), hit(TARIFF[1], ""), hit(GUARD[1], "")]),
        ("steel.es.md", vec![hit(TARIFF[1], ""), hit(GUARD[1], "")]),
        ("steel.nitf", vec![hit(TARIFF[1], ""), hit(TARIFF[1], ""), hit(GUARD[1], "")]),
        (
            "newsml.xml",
            [("n1", "Tariff", TARIFF[0], GUARD[0]), ("n2", "Arancel", TARIFF[1], GUARD[1])]
                .into_iter()
                .flat_map(|(id, title, tariff, guard)| {
                    [title, tariff, guard].map(|form| hit(form, &format!("urn:newsml:example.org:{id}")))
                })
                .collect(),
        ),
    ];
    for (name, wanted) in cases {
        assert_eq!(hits(name), wanted, "{name}");
    }
}

#[test]
fn bilingual_files_are_pairs_as_they_are() {
    let cases: &[(&[&str], usize)] = &[
        (&["steel.xlf"], 1),
        (&["steel.sdlxliff"], 1),
        (&["steel.xliff"], 1),
        (&["steel.tmx"], 1),
        (&["steel.po"], 1),
        (&["steel.csv"], 1),
        (&["messages.es.json", "messages.en.json"], 1),
        (&["records.jsonl"], 1),
        (&["newsml.xml"], 1),
        (&["steel.es.srt", "steel.en.vtt"], 1),
        (&["steel.rtf"], 0),
    ];
    for (names, pairs) in cases {
        let folder = folder(names);
        let run = folder.run(&[&["coverage", "--json"], *names].concat());
        let summary = &run.objects("summary")[0];
        assert_eq!(summary["pairs"], *pairs, "{names:?}");
        if *pairs > 0 {
            let required = &summary["required"];
            assert!(required["approved"].as_u64() >= Some(2), "{names:?} {summary}");
            assert_eq!(
                (&required["otherwise"], &required["left_out"]),
                (&0.into(), &0.into()),
                "{names:?} {summary}"
            );
        }
    }
}

#[test]
fn units_are_never_aligned_anew() {
    // The units are in another order, and alike: only their names tell which go together.
    let messages = |lang: &str, order: [usize; 3], text: &str| {
        let members = order.map(|i| format!("\"k{i}\": \"{}\"", text.replace('#', &i.to_string())));
        (format!("m.{lang}.json"), format!("{{{}}}", members.join(", ")))
    };
    let (es, en) =
        (messages("es", [1, 2, 3], "Aviso del arancel"), messages("en", [3, 1, 2], "Notice of the tariff"));
    let folder = Folder::new().glossary(GLOSSARY).file(&es.0, &es.1).file(&en.0, &en.1);
    let run = folder.run(&["concord", "arancel", "--pair", "--json", &es.0, &en.0]).exits(0);
    let lines = run.objects("kwic");
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line["pair"]["text"] == "Notice of the tariff"), "{lines:?}");
}

#[test]
fn one_broken_file_does_not_cost_the_others() {
    let broken: &[(&str, &[u8], &str)] = &[
        ("a.xlf", b"<xliff>\n<file>", "`a.xlf`, line 2"),
        (
            "b.tmx",
            b"<!DOCTYPE tmx [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><tmx>&e;</tmx>",
            "declares entities",
        ),
        ("c.docx", b"PK\x03\x04broken", "`c.docx` cannot be read"),
        ("d.odt", b"PK", "`d.odt` cannot be read"),
        ("e.rtf", b"no rich text", "`e.rtf` cannot be read"),
        ("f.json", b"{\"a\": \n \"b\"", "`f.json`, line 2"),
        ("g.jsonl", b"{\"text\": \"uno\"}\n{\"text\": ", "`g.jsonl`, line 2"),
        ("h.epub", b"", "`h.epub` cannot be read"),
        ("i.pptx", b"x", "`i.pptx` cannot be read"),
        ("j.xlsx", b"x", "`j.xlsx` cannot be read"),
        ("k.xml", b"<project/>", "its root is `project`"),
        ("l.po", b"\x7fELF\0\0\0", "`l.po` is a program"),
    ];
    let good = docx("<w:p><w:r><w:t>El arancel</w:t></w:r></w:p>");
    let folder = broken
        .iter()
        .fold(Folder::new().glossary(GLOSSARY), |folder, (name, bytes, _)| folder.file(name, bytes));
    let run = folder.file("z.docx", good).run(&["scan", "--json", "."]).exits(2);
    for (name, _, message) in broken {
        assert!(run.stderr.contains(message), "{name}: {message:?} is not in\n{}", run.stderr);
    }
    assert_eq!(run.objects("hit").len(), 1);
    assert!(!run.stderr.contains("root:"));
}

#[test]
fn fields_are_named_in_the_glossary() {
    let glossary = format!(
        "[glossary]\nfields = {{ text = [\"cuerpo_nota\", \"entrada\"], lang = \"locale\" }}\n{GLOSSARY}"
    );
    let record = "{\"entrada\": \"Un arancel\", \"cuerpo_nota\": \"Otro arancel\", \"body\": \"tariff\", \"locale\": \"es-MX\"}";
    let folder = Folder::new().glossary(&glossary).file("x.jsonl", record);
    assert_eq!(folder.run(&["scan", "--json", "x.jsonl"]).exits(0).objects("hit").len(), 2);
    let wrong = glossary.replace("lang =", "langue =");
    let folder = Folder::new().glossary(&wrong).file("x.jsonl", record);
    folder.run(&["scan", "x.jsonl"]).exits(2).says("langue");
}
