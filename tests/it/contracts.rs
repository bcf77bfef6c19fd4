//! What other programs may rely on: the fields, the exit statuses, the streams.

use std::io::Read;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Folder, Run, latin, utf16};

const GLOSSARY: &str = r#"
[glossary]
languages = ["es-MX", "en-US"]

[[concept]]
id = "usmca"
terms.es = [{ term = "T-MEC", type = "acronym" }]
terms.en = [{ term = "USMCA", type = "acronym" }]

[[concept]]
id = "Trade/Arancel 1"
terms.es = "arancel"
terms.en = ["tariff"]

[[concept]]
id = "eu"
terms.es = [{ term = "Unión Europea", pos = "name" }, { term = "UE", type = "acronym" }]
terms.en = [{ term = "European Union", pos = "name" }]

[[concept]]
id = "port"
terms.en = "port"
terms.es = "puerto"

[[concept]]
id = "haven"
terms.es = "puerto"
terms.en = "haven"

[[concept]]
id = "port-security"
terms.en = "port security"
terms.es = "seguridad portuaria"
"#;

fn folder() -> Folder {
    Folder::new().glossary(GLOSSARY)
}

/// The bytes between a hit's ends in its file, which must be its `text`.
#[track_caller]
fn check_bytes(folder: &Folder, hit: &Value) {
    let at = |key: &str| usize::try_from(hit[key].as_u64().expect(key)).expect(key);
    let bytes = folder.read(hit["document"].as_str().expect("a document"));
    let text = hit["text"].as_str().expect("a text");
    assert_eq!(&bytes[at("start")..at("end")], text.as_bytes(), "{hit}");
}

fn field(objects: &[Value], key: &str) -> Vec<String> {
    objects.iter().map(|object| object[key].as_str().unwrap_or("null").to_owned()).collect()
}

#[test]
fn a_hit_has_the_fields_of_the_contract() {
    let folder = folder().file("a.txt", "\u{feff}El café.\nUn «T\u{2011}MEC» y USMCA.\r\n");
    let run = folder.run(&["-g", "glossary.toml", "scan", "--overlaps", "all", "--json", "a.txt"]).exits(0);
    let hits = run.objects("hit");
    let expected = json!({
        "type": "hit", "document": "a.txt", "start": 18, "end": 25, "line": 2, "column": 5, "concept": "usmca",
        "lang": "es", "term": "T-MEC", "text": "T\u{2011}MEC", "form": "T\u{2011}MEC",
    });
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(&hits[0][key], value, "{key}");
    }
    assert_eq!((&hits[1]["kind"], &hits[1]["score"]), (&json!("exact"), &json!(1.0)));
    assert!(hits.iter().all(|hit| hit.get("space").is_none()));
    hits.iter().for_each(|hit| check_bytes(&folder, hit));
    assert_eq!(run.objects("summary").len(), 1);
}

#[test]
fn ids_stay_as_written_and_two_concepts_give_two_lines() {
    let folder = folder().file("a.txt", "Arancel en el puerto: port security.");
    let concepts = |args: &[&str]| field(&folder.run(args).exits(0).objects("hit"), "concept");
    let longest = concepts(&["scan", "--json", "a.txt"]);
    assert_eq!(longest, ["Trade/Arancel 1", "port", "haven", "port-security"]);
    assert_eq!(longest, concepts(&["scan", "--overlaps", "longest", "--json", "a.txt"]));
    let mut all = concepts(&["scan", "--overlaps", "all", "--json", "a.txt"]);
    all.sort();
    assert_eq!(all, ["Trade/Arancel 1", "haven", "port", "port", "port-security"]);
}

#[test]
fn hits_in_markup_are_bytes_on_disk() {
    let folder = folder()
        .file("a.md", "# El *arancel*\n\nLa **Uni\u{f3}n** Europea, \n\n> La Uni&oacute;n\n> Europea.\n")
        .file(
            "a.html",
            "<html><body><p>El <b>aran</b>cel, la Uni&oacute;n <i>Europea</i> &amp; USMCA</p></body></html>",
        );
    let hits = folder.run(&["scan", "--json", "a.md", "a.html"]).exits(0).objects("hit");
    assert_eq!(
        field(&hits, "text"),
        [
            "arancel",
            "Uni\u{f3}n** Europea",
            "Uni&oacute;n\n> Europea",
            "aran</b>cel",
            "Uni&oacute;n <i>Europea",
            "USMCA"
        ]
    );
    assert_eq!(hits[4]["form"], "Uni\u{f3}n Europea");
    hits.iter().for_each(|hit| check_bytes(&folder, hit));
}

#[test]
fn other_encodings_have_offsets_of_the_text() {
    let text = "La Uni\u{f3}n Europea y el arancel.";
    let folder = folder()
        .file("latin.txt", latin(text))
        .file("wide.txt", utf16(&format!("\u{feff}{text}")))
        .file("bare.txt", utf16(text))
        .file("latin.html", latin(&format!("<p>{text}</p>")));
    #[cfg(feature = "office")]
    let folder =
        folder.file("a.docx", crate::support::docx(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")));
    for name in ["latin.txt", "wide.txt", "bare.txt", "latin.html", "a.docx"] {
        if !folder.path(name).exists() {
            continue;
        }
        let hits = folder.run(&["scan", "--json", name]).exits(0).objects("hit");
        assert_eq!(field(&hits, "text"), ["Uni\u{f3}n Europea", "arancel"], "{name}");
        assert_eq!(field(&hits, "space"), ["extracted", "extracted"], "{name}");
        let shift = if name == "wide.txt" { 3 } else { 0 };
        assert_eq!(hits[0]["start"].as_u64(), Some(3 + shift), "{name}");
    }
    folder.run(&["scan", "latin.txt"]).says("windows-1252");
}

#[test]
fn count_is_the_number_of_hits() {
    let folder = folder()
        .file("a/one.txt", "Un arancel y otro arancel: T-MEC.")
        .file("a/two.txt", "Nothing.")
        .file("a/three.md", "The *tariff* in port.");
    for overlaps in ["longest", "all"] {
        let args = |last| ["scan", "--overlaps", overlaps, last, "a"];
        let hits = folder.run(&args("--json")).exits(0).objects("hit").len();
        let lines = folder.run(&args("--count")).exits(0).lines();
        assert_eq!(lines.last(), Some(&hits.to_string()));
        assert_eq!(lines.len(), 4, "a line a document: {lines:?}");
        let both = folder.run(&["scan", "--overlaps", overlaps, "--count", "--json", "a"]).exits(0);
        assert_eq!(both.lines().last(), Some(&hits.to_string()));
    }
    assert_eq!(folder.run(&["scan", "--count", "a/two.txt"]).exits(1).lines().last(), Some(&"0".to_owned()));
}

#[test]
fn segments_and_lines() {
    let folder = Folder::new()
        .file("a.txt", "\u{feff}La frontera est\u{e1} cerrada hoy. The border is closed today.\n\n12 34\n")
        .file("l.txt", "La frontera est\u{e1} cerrada.\r\n\n!!!\nThe border\rstays closed.\nfin");
    let run = folder.run(&["segment", "--json", "a.txt"]).exits(0);
    let segments = run.objects("segment");
    assert_eq!(field(&segments, "lang"), ["es", "en", "und"]);
    segments.iter().for_each(|segment| check_bytes(&folder, segment));
    let lines = folder.run(&["segment", "--lines", "--json", "l.txt"]).exits(0).objects("segment");
    assert_eq!(
        field(&lines, "text"),
        ["La frontera est\u{e1} cerrada.", "", "!!!", "The border\rstays closed.", "fin"]
    );
    assert_eq!(field(&lines[..4], "lang"), ["es", "und", "und", "en"]);
    assert_ne!(lines[4]["lang"], "und", "a line with a word has a language");
    let blank = folder.run_with(&["segment", "--lines", "--json", "-"], b"\n\n").exits(0);
    assert_eq!(blank.objects("segment").len(), 2);
}

fn shared(folder: Folder) -> Folder {
    let mut folder = folder;
    for i in 0..12 {
        let es = format!(
            "El arancel {i} subi\u{f3}. La Uni\u{f3}n Europea respondi\u{f3}.\n\nEl puerto {i} cerr\u{f3}."
        );
        let en =
            format!("Tariff {i} went up. The European Union answered.\n\nThe port security in port {i}.");
        folder = folder.file(&format!("corpus/es/n{i}.txt"), es).file(&format!("corpus/en/n{i}.txt"), en);
    }
    folder
}

#[test]
fn threads_and_files_change_no_byte() {
    let folder = shared(folder());
    let commands: &[&[&str]] = &[
        &["build", "-f", "json"],
        &["build", "-f", "html", "-o", "-"],
        &["build", "-f", "csv"],
        &["scan", "--json"],
        &["scan"],
        &["coverage", "--json"],
        &["coverage"],
        &["segment", "--json", "corpus"],
        &["concord", "arancel", "--pair"],
    ];
    for command in commands {
        let run = |more: &[&str]| folder.run(&[*command, more].concat()).exits(0).stdout;
        let one = run(&["-j", "1"]);
        assert!(!one.is_empty(), "{command:?}");
        assert_eq!(one, run(&["-j", "4"]), "{command:?}");
        if !command.contains(&"-o") {
            assert_eq!(run(&["-o", "out.x"]), b"", "{command:?}");
            assert_eq!(folder.read("out.x"), one, "{command:?}");
        }
        assert!(!one.contains(&0x1b), "{command:?}: an escape code");
        assert!(
            !one.windows(4).any(|w| w == b"/tmp"),
            "{command:?}: an absolute path in {}",
            String::from_utf8_lossy(&one)
        );
    }
    let scanned = folder.run(&["scan", "--json", "-o", "-"]).exits(0).stdout;
    assert_eq!(scanned, folder.run(&["scan", "--json"]).stdout);
    assert!(!folder.names().contains(&"-".to_owned()), "`-o -` is stdout");
}

#[test]
fn colours_come_only_when_asked_for() {
    let folder = folder().file("a.txt", "Un arancel.");
    let always = folder.run(&["--color", "always", "scan", "a.txt"]).exits(0);
    assert!(always.out().contains('\u{1b}'));
    let plain = folder.run(&["scan", "a.txt"]).exits(0);
    assert!(!plain.out().contains('\u{1b}') && !plain.stderr.contains('\u{1b}'));
    let args = ["scan", "a.txt"];
    let no_color =
        Run::new(&args, folder.command(&args).env("NO_COLOR", "1").output().expect("it runs")).exits(0);
    assert_eq!(no_color.stdout, plain.stdout);
}

#[test]
fn exit_statuses() {
    let folder =
        folder().file("a.txt", "Un arancel.").file("b.txt", "Nada.").file("bad.toml", "[[concept]]\nx = 1\n");
    let cases: &[(&[&str], i32)] = &[
        (&["scan", "a.txt"], 0),
        (&["scan", "b.txt"], 1),
        (&["scan", "a.txt", "none.txt"], 2),
        (&["scan", "--nonsense"], 2),
        (&["frobnicate"], 2),
        (&[], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["lookup", "arancel"], 0),
        (&["lookup", "xyzzyx"], 1),
        (&["concord", "arancel", "a.txt"], 0),
        (&["concord", "zzz", "a.txt"], 1),
        (&["coverage", "a.txt"], 0),
        (&["coverage", "b.txt"], 1),
        (&["build", "b.txt", "-o", "x.html"], 1),
        (&["-g", "bad.toml", "lint"], 1),
        (&["-g", "bad.toml", "scan", "a.txt"], 2),
        (&["explain", "none-such"], 2),
        (&["-C", "nowhere", "scan"], 2),
        (&["build", "-f", "pptx", "a.txt"], 2),
        (&["scan", "--only", "none", "a.txt"], 2),
    ];
    for (args, code) in cases {
        folder.run(args).exits(*code);
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = folder().file("a.txt", "Un arancel y el puerto.\n".repeat(20_000));
    for args in [["scan", "a.txt"], ["segment", "a.txt"], ["concord", "arancel"], ["coverage", "a.txt"]] {
        let args = if args[0] == "concord" { vec!["concord", "arancel", "a.txt"] } else { args.to_vec() };
        let mut child = folder.command(&args).spawn().expect("it runs");
        drop(child.stdout.take());
        let mut talk = String::new();
        child.stderr.take().expect("its talk").read_to_string(&mut talk).expect("talk");
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{args:?}: {talk}");
        assert!(!talk.contains("panic") && !talk.contains("error"), "{args:?}: {talk}");
    }
}

#[test]
fn nobody_listening_to_the_talk_is_no_failure() {
    let folder = folder().file("a.txt", "Un arancel.").file("c.txt", latin("Se\u{f1}al: arancel."));
    for args in [&["scan", "a.txt"][..], &["scan", "c.txt"], &["build", "a.txt", "-o", "x.json"], &["lint"]] {
        let mut child = folder.command(args).spawn().expect("it runs");
        drop(child.stderr.take());
        let code = child.wait_with_output().expect("it ends").status.code();
        assert!(matches!(code, Some(0 | 1)), "{args:?}: {code:?}");
    }
    let mut child = folder.command(&["scan", "none.txt"]).stdout(Stdio::null()).spawn().expect("it runs");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
}

#[test]
fn stdin_and_folders() {
    let folder = Folder::new().file("p/glossary.toml", GLOSSARY).file("p/a.txt", "El T-MEC.");
    let hits = folder.run_with(&["-C", "p", "scan", "--json", "-"], b"USMCA").exits(0).objects("hit");
    assert_eq!((field(&hits, "document"), field(&hits, "concept")), (vec!["-".into()], vec!["usmca".into()]));
    folder.run(&["-C", "p", "scan", "a.txt"]).exits(0).shows("a.txt:1:4:");
    folder.run(&["-g", "p/glossary.toml", "scan", "p/a.txt"]).exits(0).shows("p/a.txt:1:4:");
    folder.run(&["scan", "p/a.txt"]).exits(2).says("there is no glossary.toml");
    folder.run_with(&["segment", "--json", "-"], "Sin glosario.".as_bytes()).exits(0);
}

#[test]
fn later_layers_win() {
    let folder = Folder::new()
        .file("house.toml", "[[concept]]\nid = \"tariff\"\nterms.es = \"tarifa\"\nterms.en = \"tariff\"\n")
        .file("client.toml", "[[concept]]\nid = \"tariff\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n")
        .file("a.txt", "The tariff.");
    let run = |first, second| folder.run(&["-g", first, "-g", second, "scan", "a.txt"]).exits(0);
    run("house.toml", "client.toml").shows("arancel");
    run("client.toml", "house.toml").shows("tarifa");
}

#[test]
fn tables_are_included_whatever_their_encoding() {
    let folder = Folder::new()
        .glossary("[glossary]\ninclude = [\"more/*.toml\", \"more/*.csv\", \"more/*.tsv\"]\n")
        .file("more/a.toml", "[[concept]]\nterms.es = \"muelle\"\nterms.en = \"pier\"\n")
        .file("more/b.csv", latin("Espa\u{f1}ol;Ingl\u{e9}s\nni\u{f1}ez;childhood\n"))
        .file("more/c.tsv", utf16("\u{feff}EN\tES\r\ntrade war\tguerra comercial\r\n"))
        .file("more/d.csv", "\u{feff}\"remesa, la\",remittance\n")
        .file("a.txt", "The pier, his childhood, a trade war, the remittance.");
    let run = folder.run(&["scan", "a.txt"]).exits(0);
    for term in ["muelle", "ni\u{f1}ez", "guerra comercial", "remesa, la"] {
        assert!(run.out().contains(term), "{term}: {}", run.out());
    }
}

#[test]
fn confidential_text_stays_out_of_what_is_handed_on() {
    let folder = Folder::new()
        .glossary(
            "[glossary]\ncorpus = [\"open\", { path = \"clients\", confidential = true }]\n\
             [[concept]]\nid = \"arancel\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n",
        )
        .file("open/es/a.txt", "El arancel bajó.")
        .file("open/en/a.txt", "The tariff fell.")
        .file("clients/es/b.txt", "El arancel de Zutanita SA es enorme.")
        .file("clients/en/b.txt", "The tariff of Zutanita Inc. is huge.");
    for format in ["html", "md", "json", "csv", "toml", "text"] {
        let build =
            |more: &[&str]| folder.run(&[&["build", "-f", format, "-o", "-"], more].concat()).exits(0).stdout;
        let named = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("Zutanita");
        assert!(!named(&build(&[])), "{format}");
        assert!(named(&build(&["--confidential"])) || format == "toml", "{format}");
        assert!(String::from_utf8_lossy(&build(&[])).contains("bajó") || format == "toml", "{format}");
        // A narrower request on the command line lifts nothing.
        assert!(!named(&build(&["clients"])), "{format}: named by the user");
    }
    folder.run(&["pin", "arancel", "-n", "1"]).exits(2).says("confidential");
    folder.run(&["pin", "arancel", "-n", "2"]).exits(0);
    assert!(!folder.text("glossary.toml").contains("Zutanita"));
}

#[test]
fn tables_for_excel_begin_with_a_mark() {
    let folder = shared(folder());
    let csv = |more: &[&str]| folder.run(&[&["build", "-f", "csv"], more].concat()).exits(0).stdout;
    let (marked, plain) = (csv(&[]), csv(&["--plain"]));
    assert_eq!(marked.strip_prefix("\u{feff}".as_bytes()), Some(&plain[..]));
    assert!(!plain.starts_with("\u{feff}".as_bytes()));
}

#[test]
fn completions_and_manual() {
    let folder = Folder::new();
    for (shell, sign) in [("bash", "complete -F"), ("zsh", "#compdef glosa"), ("fish", "complete -c glosa")] {
        folder.run(&["completions", shell]).exits(0).shows(sign);
    }
    folder.run(&["man"]).exits(0).shows(".TH glosa 1");
    folder.run(&["man", "scan"]).exits(0).shows("overlaps");
    folder.run(&["man", "nonsense"]).exits(2).says("nonsense");
}
