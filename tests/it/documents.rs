//! Documents of all formats, as the program reads them: `tests/fixtures/documents` has one of each.

use serde_json::Value;

use crate::support::{Folder, archive, docx, latin, utf16};

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
        (
            "steel.rtf",
            vec![
                hit(TARIFF[1], "paragraph 1"),
                hit(TARIFF[1], "paragraph 2"),
                hit(TARIFF[1], "paragraph 3"),
                hit(GUARD[1], "paragraph 4"),
            ],
        ),
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

/// A Word document with a paragraph, a table whose second row has what is wrong, and a note.
fn word() -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let row = |cells: [&str; 2]| {
        let cells = cells.map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell)));
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let table = row(["Tema", "Nota"]) + &row(["Comercio", "La tarifa sube."]);
    let body = format!("{}<w:p/>{}<w:tbl>{table}</w:tbl>", paragraph("Uno."), paragraph("Otra tarifa."));
    let body = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    let note = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
         <w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>",
        paragraph("Véase la tarifa.")
    );
    archive(&[("word/document.xml", body.as_bytes()), ("word/footnotes.xml", note.as_bytes())])
}

/// A glossary with a word that is advised against, which texts alone are checked for.
const ADVISED: &str = r#"
[[concept]]
terms.es = ["arancel", { term = "tarifa", status = "deprecated" }]
terms.en = ["tariff", { term = "duty", status = "deprecated" }]
"#;

#[test]
fn every_command_names_the_part_of_a_document_without_lines() {
    let folder = Folder::new().glossary(ADVISED).file("nota.docx", word());
    let parts = ["paragraph 2", "table 1, row 2", "footnote 1"];
    let of = |objects: &[Value]| {
        objects.iter().map(|o| o["part"].as_str().unwrap_or("?").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of(&folder.run(&["scan", "--json", "nota.docx"]).exits(0).objects("hit")), parts);
    assert_eq!(of(&folder.run(&["concord", "tarifa", "--json", "nota.docx"]).objects("kwic")), parts);
    folder.run(&["concord", "tarifa", "nota.docx"]).exits(0).shows("nota.docx:table 1, row 2");
    let findings = folder.run(&["check", "--json", "nota.docx"]).exits(1).objects("finding");
    assert_eq!(of(&findings), parts);
    assert!(findings.iter().all(|finding| finding["space"] == "extracted"), "{findings:?}");
    let shown = [
        ("text", "--> nota.docx: table 1, row 2\n"),
        ("text", " |\n | La tarifa sube.\n |    ^^^^^^\n"),
        ("junit", "deprecated-term table 1, row 2\""),
        ("github", "::warning file=nota.docx,title=glosa%3A deprecated-term::table 1, row 2: "),
        ("html", "table 1, row 2"),
        ("md", "- table 1, row 2 **"),
        ("sarif", "\"fullyQualifiedName\": \"nota.docx#table 1, row 2\""),
    ];
    for (format, words) in shown {
        folder.run(&["check", "-f", format, "nota.docx"]).exits(1).shows(words);
    }
    let sarif = folder.run(&["check", "-f", "sarif", "nota.docx"]).out();
    assert!(!sarif.contains("startLine") && sarif.contains("\"text\": \"La tarifa sube.\""), "{sarif}");
}

#[test]
fn the_two_sides_of_a_table_point_into_their_own_texts() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |es: &str, en: &str| format!("<w:tr>{}{}</w:tr>", cell(es), cell(en));
    let rows = row("Español", "English") + &row("El arancel sube el lunes.", "The duty will rise on Monday.");
    let bytes = docx(&format!("<w:tbl>{rows}</w:tbl>"));
    let folder = Folder::new().glossary(ADVISED).file("tabla.docx", bytes);
    let run = folder.run(&["check", "tabla.docx"]).exits(1);
    run.shows("--> tabla.docx: table 1, row 2\n").shows("| The duty will rise on Monday.");
}

#[test]
fn records_are_found_on_the_lines_of_their_file() {
    let records =
        "{\"id\": \"a\", \"text\": \"Sin nada, señor.\"}\n\n{\"id\": \"b\", \"text\": \"La tarifa sube.\"}\n";
    let folder = Folder::new().glossary(ADVISED).file("x.jsonl", records);
    let finding = &folder.run(&["check", "--json", "x.jsonl"]).exits(1).objects("finding")[0];
    let place = ["file", "line", "column", "part"].map(|key| finding[key].clone());
    assert_eq!(place, [Value::from("x.jsonl"), 3.into(), 25.into(), "b".into()]);
    let at = usize::try_from(finding["start"].as_u64().expect("a start")).expect("a start");
    assert!(records[at..].starts_with("tarifa"), "{finding}");
    folder
        .run(&["check", "-f", "github", "x.jsonl"])
        .shows("file=x.jsonl,line=3,endLine=3,col=25,endColumn=31");
}

#[test]
fn lines_and_columns_are_those_of_an_editor_in_every_encoding() {
    let srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\n¿Qué sube?\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nLa tarifa, señor.\r\n";
    let tmx = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n<tu><tuv xml:lang=\"es\"><seg>Señor: la tarifa</seg></tuv>\n<tuv xml:lang=\"en\"><seg>Sir: the tariff</seg></tuv></tu>\n</body></tmx>\n";
    let html = "<html lang=es>\n<meta charset=windows-1252>\n<p>Año\n<p>La <b>tarifa</b>\n";
    let jsonl = "{\"text\": \"Año.\"}\n{\"text\": \"La tarifa sube.\"}\n";
    let csv = "Español;English\nAño;Year\nLa tarifa;The tariff\n";
    let xliff = "<?xml version=\"1.0\"?>\n<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"es\"><body>\n<trans-unit id=\"1\"><source>Year</source><target>Año</target></trans-unit>\n<trans-unit id=\"2\"><source>The tariff</source>\n<target>La tarifa</target></trans-unit></body></file></xliff>\n";
    let files = [
        ("a.srt", srt, [7, 4]),
        ("b.tmx", tmx, [3, 39]),
        ("c.html", html, [4, 10]),
        ("d.jsonl", jsonl, [2, 14]),
        ("e.csv", csv, [3, 4]),
        ("f.xlf", xliff, [5, 12]),
        ("g.md", "# Año\n\nLa *tarifa*\n", [3, 5]),
        ("h.txt", "Año\nLa tarifa\n", [2, 4]),
    ];
    let with_bom = |text: &str| [vec![0xff, 0xfe], utf16(text)].concat();
    for (name, text, [line, column]) in files {
        for bytes in [text.as_bytes().to_vec(), latin(text), with_bom(text)] {
            let folder = Folder::new().glossary(ADVISED).file(name, bytes);
            for (command, kind) in [("scan", "hit"), ("check", "finding")] {
                let found = folder.run(&[command, "--json", name]).objects(kind);
                let found: Vec<[&Value; 2]> = found
                    .iter()
                    .filter(|object| object["form"] == "tarifa" || object["rule"] == "deprecated-term")
                    .map(|object| [&object["line"], &object["column"]])
                    .collect();
                assert_eq!(found, [[&Value::from(line), &Value::from(column)]], "{command} {name}");
            }
        }
    }
}
