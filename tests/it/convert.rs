//! `glosa convert`: exit statuses, streams, files; the formats themselves are tested beside their code.

use serde_json::Value;

use crate::support::{Folder, latin, utf16};

const TBX: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>own</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><descrip type="subjectField">trade</descrip><descrip type="x-desk">economy</descrip>
<langSec xml:lang="es_MX"><termSec><term>arancel</term><termNote type="administrativeStatus">preferred</termNote></termSec></langSec>
<langSec xml:lang="en"><termSec><term>AT&amp;T &lt;x&gt;</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"#;

#[test]
fn json_has_the_fields_of_the_contract_and_warnings_are_lines() {
    let folder = Folder::new().file("t.tbx", TBX);
    let run = folder.run(&["convert", "t.tbx", "--to", "json"]).exits(0);
    let document: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let concept = &document["concepts"][0];
    assert_eq!(concept["id"], "c1");
    assert_eq!(concept["languages"]["es-MX"]["terms"][0]["term"], "arancel");
    assert_eq!(concept["languages"]["es-MX"]["terms"][0]["status"], "preferred");
    assert_eq!(concept["languages"]["en"]["terms"][0]["term"], "AT&T <x>");
    assert!(concept["languages"]["en"]["terms"][0].get("status").is_none(), "only what is stated");
    assert_eq!(concept["x"]["category"][0]["text"], "economy");
    assert!(run.stderr.lines().all(|line| line.starts_with("warning: t.tbx:")), "{}", run.stderr);
    assert!(
        run.stderr.contains("“es_MX” is read as `es-MX`") && run.stderr.contains("x-desk"),
        "{}",
        run.stderr
    );
}

#[test]
fn there_and_back_through_files() {
    let folder = Folder::new().file("t.tbx", TBX);
    let names = ["out.toml", "out.xlsx", "out.tmx", "out.csv", "out.tsv", "out.json"];
    for name in names.into_iter().filter(|name| cfg!(feature = "xlsx") || *name != "out.xlsx") {
        folder.run(&["convert", "t.tbx", "-o", name]).exits(0);
        folder.run(&["convert", name, "--to", "tbx-v2", "-o", "back.tbx"]).exits(0);
        let run = folder.run(&["convert", "back.tbx", "--to", "omegat", "--langs", "es,en"]).exits(0);
        assert!(run.out().ends_with("arancel\tAT&T <x>\n"), "{name}: {}", run.out());
    }
}

#[test]
fn a_refusal_leaves_nothing_behind() {
    let long = format!("es,en\n{},x\n", "ñ".repeat(600));
    let folder = Folder::new()
        .file("cut.tbx", &TBX[..400])
        .file("bomb.tbx", TBX.replace("<tbx ", "<!DOCTYPE tbx [<!ENTITY a \"b\">]>\n<tbx "))
        .file("quote.csv", "es,en\n\"arancel,tariff\n")
        .file("long.csv", long)
        .file("title.csv", "Glosario de la mesa,,\nid,es,en\n1,arancel,tariff\n")
        .file("t.tbx", TBX)
        .file("old.txt", "old")
        .file("base.sdltb", b"\0\x01\0\0Standard Jet DB\0".as_slice());
    let before = folder.names();
    for (args, why) in [
        (&["convert", "cut.tbx", "-o", "out.json"][..], "not well formed"),
        (&["convert", "bomb.tbx", "-o", "out.json"], "declares entities"),
        (&["convert", "quote.csv", "-o", "out.json"], "quote.csv:2:1: a quotation mark"),
        (&["convert", "long.csv", "--to", "deepl", "-o", "old.txt"], "1200 bytes, 1024 are allowed"),
        (&["convert", "t.tbx", "--to", "deepl", "--strict", "-o", "out.tsv"], "--strict allows no loss"),
        (&["convert", "title.csv", "--to", "csv", "--strict", "-o", "out.csv"], "--strict allows no loss"),
        (&["convert", "t.tbx", "--to", "word"], "unknown format `word`"),
        (&["convert", "t.tbx", "--from", "word", "--to", "json"], "unknown format `word`"),
        (&["convert", "t.tbx", "--to", "tei"], "unsupported format to write"),
        (&["convert", "base.sdltb", "--to", "json"], "a termbase of MultiTerm"),
        (&["convert", "t.tbx", "-o", "base.sdltb"], "a termbase of MultiTerm"),
        (&["convert", "none.tbx", "--to", "json"], "is not there"),
        (&["convert", "t.tbx"], "which format"),
    ] {
        let run = folder.run(args).exits(2).says(why);
        assert_eq!(run.out(), "", "{args:?}");
    }
    assert_eq!(folder.names(), before);
    assert_eq!(folder.text("old.txt"), "old");
}

#[test]
fn encodings_and_the_standard_input() {
    let folder =
        Folder::new().file("l.tab", latin("año\tyear\n")).file("u.txt", utf16("\u{feff}muro\twall\tnota\n"));
    let run = folder.run(&["convert", "l.tab", "--to", "json"]).exits(0).shows("año");
    assert!(run.stderr.starts_with("warning: ") && run.stderr.contains("windows-1252"), "{}", run.stderr);
    folder.run(&["convert", "u.txt", "--to", "csv"]).exits(0).shows("muro,wall,nota");
    folder.run_with(&["convert", "-", "--to", "json"], TBX.as_bytes()).exits(0).shows("arancel");
    folder
        .run_with(&["convert", "-", "--from", "csv", "--to", "tsv"], b"es,en\nmuro,wall\n")
        .exits(0)
        .shows("muro\twall");
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    #[cfg(all(feature = "office", feature = "xlsx"))]
    {
        let spaces = vec![b' '; 40 << 20];
        let bomb = crate::support::archive(&[("xl/workbook.xml", &spaces[..])]);
        let folder = Folder::new().file("bomb.xlsx", bomb);
        folder.run(&["convert", "bomb.xlsx", "--to", "json"]).exits(2).says("unpacks to more than");
    }
}

#[test]
fn losses_are_json_lines_on_request() {
    let folder = Folder::new().file("t.tbx", TBX);
    let run = folder.run(&["convert", "t.tbx", "--to", "deepl", "-o", "out.tsv", "--json"]).exits(0);
    let losses = run.objects("loss");
    let subject = losses.iter().find(|loss| loss["field"] == "subject").expect("the subject is lost");
    assert_eq!((&subject["kind"], &subject["entries"][0]), (&Value::from("dropped"), &Value::from("c1")));
    assert_eq!(folder.text("out.tsv"), "arancel\tAT&T <x>\n");
}

const SHEET: &str =
    "Glosario 2026,,,\nNosotros,Ellos,Visto bueno,Código\nárbol,tree,aprobado,A1\nraíz,root,,A2\n";

#[test]
fn columns_are_what_one_says_they_are() {
    let folder = Folder::new().file("t.csv", SHEET).file("t.tbx", TBX).file("pair.csv", "árbol,A1,tree\n");
    let named = ["Nosotros=es-MX", "ellos=en", "Visto bueno=status", "Código=-"];
    let mut args = vec!["convert", "t.csv", "--to", "jsonl"];
    args.extend(named.iter().flat_map(|name| ["--column", name]));
    let run = folder.run(&args).exits(0);
    let lines: Vec<serde_json::Value> =
        run.out().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2, "{}", run.out());
    assert_eq!(lines[0]["languages"]["es-MX"]["terms"][0]["term"], "árbol");
    assert_eq!(lines[0]["languages"]["en"]["terms"][0]["term"], "tree");
    assert_eq!(lines[0]["review"], "approved");
    assert_eq!(lines[0].get("x"), None);
    let run = folder.run(&["convert", "pair.csv", "--to", "omegat", "--column", "2=-", "--column", "3=en"]);
    assert!(run.exits(0).out().ends_with("árbol\ttree\n"));
    for (args, why) in [
        (&["convert", "t.csv", "--to", "json", "--column", "Nota=note"][..], "has no column “Nota”"),
        (
            &["convert", "t.csv", "--to", "json", "--column", "Ellos=idioma inglés"],
            "cannot hold “idioma inglés”",
        ),
        (&["convert", "t.csv", "--to", "json", "--column", "Ellos"], "write HEADING=WHAT"),
        (&["convert", "t.csv", "--to", "json", "--column", "9=note"], "has no column 9, only 4"),
        (&["convert", "t.tbx", "--to", "json", "--column", "Ellos=en"], "is no table with columns"),
    ] {
        assert_eq!(folder.run(args).exits(2).says(why).out(), "", "{args:?}");
    }
}

#[test]
fn languages_that_nothing_names_are_told_and_turned_by_the_texts() {
    let tei = "<TEI><text><body><entry><form><orth>the steel tariff</orth></form><sense><cit type=\"trans\">\
               <quote>el arancel al acero</quote></cit></sense></entry></body></text></TEI>";
    let xdxf =
        "<xdxf><ar><k>the steel tariff</k><def><deftext>el arancel al acero</deftext></def></ar></xdxf>";
    let half = "<xdxf lang_from=\"en\"><ar><k>tariff</k><def><deftext>arancel</deftext></def></ar></xdxf>";
    let glossml =
        "<glossary><glossEntry><langEntry><term>the steel tariff</term></langEntry></glossEntry></glossary>";
    let xliff = "<xliff version=\"2.1\"><file id=\"f\"><unit id=\"u\"><glossary><glossEntry><term>the steel tariff</term>\
                 <translation>el arancel al acero</translation></glossEntry></glossary></unit></file></xliff>";
    let po = "msgid \"the steel tariff\"\nmsgstr \"el arancel al acero\"\n";
    let keyed = "msgid \"menu.file.open\"\nmsgstr \"Open the steel tariff\"\n";
    let both = "nothing names its languages; they are taken to be en and es";
    let cases = [
        ("a.tei", tei, both),
        ("b.xdxf", xdxf, both),
        ("c.xdxf", half, "nothing names the language of its translations; it is taken to be es"),
        ("d.gml", glossml, "nothing names the language of its headwords; it is taken to be en"),
        ("e.xlf", xliff, both),
        ("f.po", po, both),
        ("g.po", keyed, "nothing names its language; it is taken to be en"),
    ];
    for (name, text, told) in cases {
        let folder = Folder::new().file(name, text);
        let run = folder.run(&["convert", name, "--to", "json"]).exits(0).says(told);
        assert_eq!(run.stderr.matches("taken to be").count(), 1, "{name}: {}", run.stderr);
        let document: Value = serde_json::from_slice(&run.stdout).expect("JSON");
        let languages = &document["concepts"][0]["languages"];
        assert!(
            languages["en"]["terms"][0]["term"].as_str().is_some_and(|term| term.contains("ariff")),
            "{name}: {languages}"
        );
        // What is said outranks the looks, and nothing is told.
        let run = folder.run(&["convert", name, "--to", "json", "--langs", "es,en"]).exits(0);
        assert!(!run.stderr.contains("taken to be"), "{name}: {}", run.stderr);
    }
}
