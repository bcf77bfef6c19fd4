//! Bad input ends in a clear message, the rest of the work done, and nothing damaged.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Folder, Run, arg, latin, utf16};

const GLOSSARY: &str = "[[concept]]\nid = \"arancel\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n";

fn folder() -> Folder {
    Folder::new().glossary(GLOSSARY).file("good.txt", "Un arancel.\n")
}

/// The number that `scan --count` ends with.
#[track_caller]
fn count(run: &Run) -> usize {
    run.lines().last().expect("a line").parse().expect("a number")
}

/// How much larger the inputs are that only a release build takes quickly.
const fn size(release: usize, debug: usize) -> usize {
    if cfg!(debug_assertions) { debug } else { release }
}

#[test]
fn no_glossary() {
    let bare = Folder::new().file("a.txt", "Un arancel.");
    for command in ["scan", "build", "coverage", "lint", "fmt"] {
        bare.run(&[command]).exits(2).says("glosa init");
    }
    bare.run(&["-g", "none.toml", "scan", "a.txt"]).exits(2).says("`none.toml` is not there");
    bare.run(&["-g", ".", "scan", "a.txt"]).exits(2).says("is a folder");
    bare.run(&["lookup", "arancel"]).exits(2);
    let empty = Folder::new().glossary("").file("a.txt", "Un arancel.");
    empty.run(&["scan", "a.txt"]).exits(1);
    empty.run(&["lint"]).exits(0);
    empty.run(&["build", "a.txt"]).exits(1);
    empty.run(&["lookup", "arancel"]).exits(1);
    let blank = Folder::new().glossary("\u{feff}\n \n# nothing\n").file("a.txt", "Un arancel.");
    blank.run(&["scan", "a.txt"]).exits(1);
}

#[test]
fn no_corpus() {
    let none = Folder::new().glossary(&format!("[glossary]\ncorpus = [\"texts\"]\n{GLOSSARY}"));
    none.run(&["build"]).exits(2).says("texts").says("is not there");
    none.run(&["scan"]).exits(2).says("texts");
    none.run(&["coverage"]).exits(2).says("texts");
    assert!(!none.path("glossary.html").exists());
    fs::create_dir(none.path("texts")).expect("a folder");
    none.run(&["build"]).exits(2).says("there are no texts");
    none.run(&["scan"]).exits(2).says("there are no texts");
    let unnamed = Folder::new().glossary(GLOSSARY);
    unnamed.run(&["build"]).exits(2).says("corpus = [\"corpus\"]");
    unnamed.run(&["scan"]).exits(2).says("there are no texts");
    unnamed.run(&["coverage"]).exits(2).says("there are no texts");
    let hollow = Folder::new().glossary(GLOSSARY).file("corpus/a.txt", "").file("corpus/b.docx", "");
    hollow.run(&["build"]).exits(2).says("b.docx");
    hollow.run(&["scan"]).exits(2).says("b.docx");
}

#[test]
fn all_errors_of_a_glossary_are_shown_at_once() {
    let bad = "[glossary]\ntitel = \"x\"\n\n[[concept]]\nid = \"a\"\nterms.es = 7\n\n[[concept]]\nid = \"a\"\n\
               terms.en = [{ term = \"x\", statsu = \"preferred\" }]\nnote = [1]\n";
    let folder = Folder::new().glossary(bad).file("a.txt", "x");
    let commands: &[&[&str]] = &[
        &["scan", "a.txt"],
        &["build", "a.txt"],
        &["coverage", "a.txt"],
        &["lookup", "x"],
        &["concord", "x", "a.txt"],
        &["fmt"],
        &["add", "--es", "nuevo"],
        &["pin", "a", "--es", "x"],
    ];
    for command in commands {
        let run = folder.run(command).exits(2);
        run.says("glossary.toml:2:1")
            .says("glossary.toml:6:12")
            .says("glossary.toml:9:")
            .says("glossary.toml:10:")
            .says("glossary.toml:11:");
    }
    assert_eq!(folder.text("glossary.toml"), bad);
    folder.run(&["lint"]).exits(1).shows("glossary.toml:6:12").shows("title");
    let broken = Folder::new().glossary("[[concept]\nterms.es = \"a\nterms.en = 'b'\n").file("a.txt", "x");
    broken.run(&["scan", "a.txt"]).exits(2).says("glossary.toml:1:").says("glossary.toml:2:");
}

#[test]
fn encodings_are_recognised_and_said() {
    let text = "El arancel subi\u{f3} en la regi\u{f3}n.";
    let folder = folder()
        .file("latin.txt", latin(text))
        .file("wide.txt", utf16(&format!("\u{feff}{text}")))
        .file("bare.txt", utf16(text))
        .file("broken.txt", [text.as_bytes(), b" \xff arancel"].concat())
        .file("nul.txt", "Un arancel\0 y otro \0arancel\0.")
        .file("odd.txt", [&utf16(&format!("\u{feff}{text}"))[..], b"x"].concat());
    let scan = |name: &str| folder.run(&["scan", "--count", name]).exits(0);
    assert_eq!(count(&scan("latin.txt").says("windows-1252").says("save the file as UTF-8")), 1);
    for (name, hits, quiet) in
        [("wide.txt", 1, true), ("bare.txt", 1, false), ("nul.txt", 2, true), ("odd.txt", 1, false)]
    {
        let run = scan(name);
        assert_eq!(count(&run), hits, "{name}");
        assert_eq!(!run.stderr.contains("warning"), quiet, "{name}: {}", run.stderr);
    }
    assert_eq!(count(&scan("broken.txt").says("broken bytes")), 2);
    let glossary = Folder::new()
        .file("latin.toml", latin("[[concept]]\nterms.es = \"ni\u{f1}o\"\nterms.en = \"child\"\n"));
    let glossary = glossary.file("a.txt", "El ni\u{f1}o.");
    assert_eq!(
        count(&glossary.run(&["-g", "latin.toml", "scan", "--count", "a.txt"]).exits(0).says("windows-1252")),
        1
    );
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let folder = folder()
        .file("mix/1.txt", &noise)
        .file("mix/2.txt", "Un arancel.")
        .file("mix/3.docx", "no zip")
        .file("mix/4.md", b"%PDF-1.7")
        .file("mix/5.html", "<p>tariff")
        .file("mix/sub/6.txt", "arancel");
    let run = folder.run(&["scan", "--count", "mix", "none.txt"]).exits(2);
    assert_eq!(count(&run), 3);
    let run = run
        .says("`mix/1.txt` is a binary file")
        .says("`mix/3.docx` cannot be read")
        .says("`mix/4.md` is a PDF");
    run.says("`none.txt` is not there");
    folder.run(&["build", "mix", "-o", "x.html"]).exits(2).says("1.txt").says("wrote    x.html");
    assert!(folder.text("x.html").contains("Un "));
    folder.run(&["segment", "mix"]).exits(2).shows("arancel");
    folder.run(&["coverage", "mix"]).exits(2).shows("mix/2.txt");
    folder.run(&["concord", "arancel", "mix"]).exits(2).shows("arancel");
}

#[cfg(unix)]
#[test]
fn loops_pipes_and_locks_in_a_folder() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder().file("in/a.txt", "Un arancel.").file("in/locked.txt", "Un arancel.");
    symlink(folder.path("in"), folder.path("in/loop")).expect("a link");
    symlink("itself", folder.path("in/itself")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(folder.path("in/pipe.txt")).status();
    assert!(made.expect("mkfifo runs").success());
    fs::set_permissions(folder.path("in/locked.txt"), fs::Permissions::from_mode(0o000)).expect("rights");
    let readable = fs::read(folder.path("in/locked.txt")).is_ok();
    let run = folder.run(&["scan", "--count", "in"]).says("was passed over");
    assert_eq!(count(&run), if readable { 2 } else { 1 }, "a privileged user reads everything");
    if !readable {
        run.exits(2).says("may not be read");
    }
    folder.run(&["scan", "in/pipe.txt"]).exits(2).says("pipe");
    folder.run(&["scan", "/dev/zero"]).exits(2).says("device");
    folder.run(&["build", "in", "-o", "x.html"]).says("wrote");
}

#[test]
fn a_place_that_cannot_be_written() {
    let folder = folder().file("old.html", "old").file("file", "no folder");
    fs::create_dir(folder.path("folder")).expect("a folder");
    let build = |out: &str| folder.run(&["build", "good.txt", "-f", "html", "-o", out]);
    build("folder").exits(2).says("it is a folder");
    build("none/x.html").exits(2).says("its folder is not there");
    build("file/x.html").exits(2).says("`file/x.html` cannot be written");
    folder.run(&["scan", "good.txt", "-o", "folder"]).exits(2).says("it is a folder");
    #[cfg(target_os = "linux")]
    {
        build("/dev/full").exits(2).says("the disk is full");
        folder.run(&["scan", "good.txt", "-o", "/dev/full"]).exits(2).says("the disk is full");
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it");
        let args = ["scan", "good.txt"];
        let run = folder.command(&args).stdout(full).output().expect("it runs");
        Run::new(&args, run).exits(2).says("cannot be written");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder.path("folder"), fs::Permissions::from_mode(0o555)).expect("rights");
        if fs::write(folder.path("folder/probe"), "").is_err() {
            build("folder/x.html").exits(2).says("may not be written to");
        }
    }
    assert_eq!(folder.names(), ["file", "folder", "glossary.toml", "good.txt", "old.html"]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_leaves_the_old_page() {
    let line = "El arancel subi\u{f3} y la frontera cerr\u{f3} otra vez por la tarde de hoy.\n";
    let folder = folder().file("glossary.html", "old").file("long.txt", line.repeat(size(1_000_000, 60_000)));
    let mut child = folder.command(&["build", "long.txt"]).spawn().expect("it runs");
    std::thread::sleep(Duration::from_millis(300));
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.expect("kill runs").success(), "the build is still under way");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(folder.text("glossary.html"), "old");
    assert_eq!(folder.names(), ["glossary.html", "glossary.toml", "good.txt", "long.txt"]);
}

#[test]
fn long_lines_and_large_files_end_with_every_hit() {
    let sentence = "El arancel subi\u{f3} mucho y el otro no. ";
    // Above the size from which files are read in pieces.
    let paragraph = format!("{}\nHoy un arancel.\n\nA tariff.\n", "palabra".repeat(5_000));
    let (long, large) =
        (size(50 << 20, 2 << 20) / sentence.len(), size(40 << 20, 17 << 20) / paragraph.len());
    let folder = folder().file("line.txt", sentence.repeat(long)).file("large.txt", paragraph.repeat(large));
    assert_eq!(count(&folder.run(&["scan", "--count", "line.txt"]).exits(0)), long);
    assert_eq!(count(&folder.run(&["scan", "--count", "large.txt"]).exits(0)), 2 * large);
    folder.run(&["build", "line.txt"]).exits(0).says("1 of 1 concept");
    assert_eq!(folder.run(&["segment", "--lines", "line.txt"]).exits(0).lines().len(), 1);
    let lines = folder.run(&["segment", "--lines", "--json", "large.txt"]).exits(0).json();
    assert_eq!(lines.len(), 4 * large);
    assert_eq!(lines.last().expect("a line")["start"], large * paragraph.len() - "A tariff.\n".len());
}

#[test]
fn deep_and_huge_documents() {
    let deep = size(100_000, 20_000);
    let folder = folder()
        .file("div.html", format!("<body>{}<p>El arancel", "<div>".repeat(deep)))
        .file("bold.html", format!("{}El arancel", "<b><i>".repeat(deep)))
        .file("quote.md", format!("{}El arancel\n", "> ".repeat(deep)))
        .file("list.md", format!("{}El arancel\n", "* ".repeat(deep)))
        .file("links.md", format!("{}arancel", "[a](".repeat(deep)))
        .file("marks.md", format!("{}arancel", "*a **b _c ".repeat(deep)))
        .file("huge.md", "# Hoy\n\nEl *arancel* [sube](x).\n\n".repeat(deep))
        .file("tags.html", format!("{}El arancel", "<p class=\"a>b\">".repeat(deep)))
        .file("refs.html", format!("{} El arancel", "&amp;&#0;&#x110000;&nbsp".repeat(deep)));
    for (name, hits) in [
        ("div.html", 1),
        ("bold.html", 1),
        ("quote.md", 1),
        ("list.md", 1),
        ("links.md", 1),
        ("marks.md", 1),
        ("huge.md", deep),
        ("tags.html", 1),
        ("refs.html", 1),
    ] {
        let start = Instant::now();
        assert_eq!(count(&folder.run(&["scan", "--count", name]).exits(0)), hits, "{name}");
        folder.run(&["build", name]).exits(0);
        assert!(start.elapsed() < Duration::from_secs(30), "{name} took {:?}", start.elapsed());
    }
}

#[cfg(feature = "office")]
#[test]
fn hostile_word_documents() {
    use crate::support::{archive, docx};
    let bomb = [b"<w:document>".as_slice(), &vec![b' '; size(300, 40) << 20]].concat();
    let entities = "<!DOCTYPE w [<!ENTITY a \"arancel\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                    <!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                    <w:document><w:body><w:p><w:r><w:t>Un arancel &b;&x;</w:t></w:r></w:p></w:body></w:document>";
    let nested =
        docx(&format!("{}<w:t>arancel</w:t>{}", "<w:p><w:r>".repeat(50_000), "</w:r></w:p>".repeat(50_000)));
    let folder = folder()
        .file("bomb.docx", archive(&[("word/document.xml", &bomb)]))
        .file("entities.docx", archive(&[("word/document.xml", entities.as_bytes())]))
        .file("nested.docx", nested)
        .file(
            "slip.docx",
            archive(&[("../../evil.txt", b"x"), ("word/document.xml", b"<w:p><w:t>arancel</w:t></w:p>")]),
        );
    folder.run(&["scan", "bomb.docx"]).exits(2).says("far more than its text can be");
    let run = folder.run(&["scan", "--json", "entities.docx"]).exits(2).says("declares entities");
    assert!(!run.out().contains("root:"));
    folder.run(&["scan", "--count", "nested.docx"]).exits(2).says("nested more than 500 deep");
    folder.run(&["scan", "--count", "slip.docx"]).exits(0);
    assert!(!folder.names().contains(&"evil.txt".to_owned()));
}

#[cfg(feature = "office")]
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[cfg(feature = "office")]
#[test]
fn containers_that_name_a_part_again_and_again() {
    use crate::support::archive;
    let times = |xml: &str| xml.repeat(size(100_000, 20_000));
    let chapter = format!("<html><body><p>{}</p></body></html>", "un arancel ".repeat(2_000));
    let spine = format!(
        "<package><manifest><item id=\"a\" href=\"a.html\" media-type=\"application/xhtml+xml\"/></manifest>\
         <spine>{}</spine></package>",
        times("<itemref idref=\"a\"/>")
    );
    let names = "<container><rootfile full-path=\"p.opf\"/></container>";
    let show = format!("<p:presentation>{}</p:presentation>", times("<p:sldId r:id=\"r1\"/>"));
    let slide = "<p:sld><a:p><a:r><a:t>un arancel</a:t></a:r></a:p></p:sld>";
    let rels = |links: &[(&str, &str, &str)]| {
        let link = |(id, kind, target): &(&str, &str, &str)| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        format!("<Relationships>{}</Relationships>", links.iter().map(link).collect::<String>())
    };
    let of_show = rels(&[("r1", "slide", "s.xml")]);
    let root = rels(&[("r1", "officeDocument", "xl/workbook.xml")]);
    let of_book =
        rels(&[("r1", "worksheet", "worksheets/s.xml"), ("r2", "sharedStrings", "sharedStrings.xml")]);
    let book =
        format!("<workbook><sheets>{}</sheets></workbook>", "<sheet name=\"S\" r:id=\"r1\"/>".repeat(9));
    let strings = format!("<sst><si><t>{}</t></si></sst>", "arancel ".repeat(4_000));
    let cells: String =
        (1..2_000).map(|i| format!("<row r=\"{i}\"><c r=\"A{i}\" t=\"s\"><v>0</v></c></row>")).collect();
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let folder = folder()
        .file(
            "spine.epub",
            archive(&[
                ("META-INF/container.xml", names.as_bytes()),
                ("p.opf", spine.as_bytes()),
                ("a.html", chapter.as_bytes()),
            ]),
        )
        .file(
            "show.pptx",
            archive(&[
                ("ppt/presentation.xml", show.as_bytes()),
                ("ppt/_rels/presentation.xml.rels", of_show.as_bytes()),
                ("ppt/s.xml", slide.as_bytes()),
            ]),
        )
        .file(
            "strings.xlsx",
            archive(&[
                ("_rels/.rels", root.as_bytes()),
                ("xl/workbook.xml", book.as_bytes()),
                ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
                ("xl/worksheets/s.xml", sheet.as_bytes()),
                ("xl/sharedStrings.xml", strings.as_bytes()),
            ]),
        );
    assert_eq!(count(&folder.run(&["scan", "--count", "spine.epub"]).exits(0)), 2_000);
    assert_eq!(count(&folder.run(&["scan", "--count", "show.pptx"]).exits(0)), 1);
    folder.run(&["scan", "strings.xlsx"]).exits(2).says("repeat long texts");
    folder.run(&["convert", "strings.xlsx", "--to", "json"]).exits(2).says("repeat long texts");
}

#[test]
fn tables_whose_cells_reach_over_far_too_many_others() {
    let table = |rows: &str| format!("<table><tr><th>Español<th>Inglés<th>Nota{rows}</table>");
    let long = "palabra ".repeat(20_000);
    let deep = format!("<tr><td>aduana<td>customs<td rowspan=1000>{long}{}", "<tr><td>a<td>b".repeat(900));
    let crowded = format!("<tr>{}{}", "<td rowspan=1000>a".repeat(100_000), "<tr><td>b".repeat(1000));
    let wide = format!("<tr>{}", "<td colspan=1000>a".repeat(100_000));
    let sane =
        "<tr><td>aduana<td>customs<td rowspan=2>una nota<tr><td>arancel<td>tariff<tr><td>cuota<td>quota";
    let folder = folder()
        .file("deep.html", table(&deep))
        .file("crowded.html", table(&crowded))
        .file("wide.html", table(&wide))
        .file("early.html", "<table><title>a<tr><th>es<th>en<tr><td>aduana<td>customs</table>")
        .file("sane.html", table(sane));
    for name in ["deep.html", "crowded.html", "wide.html"] {
        folder.run(&["convert", name, "--to", "json", "-o", "out.json"]).exits(2).says("reach over others");
    }
    assert!(!folder.names().contains(&"out.json".to_owned()));
    assert!(
        folder.run(&["convert", "early.html", "--to", "omegat"]).exits(0).out().contains("aduana\tcustoms")
    );
    let run = folder.run(&["convert", "sane.html", "--to", "omegat"]).exits(0);
    assert_eq!(run.out().matches("una nota").count(), 2);
}

#[test]
fn hostile_glossaries() {
    let folder = folder().file("a.txt", "Un arancel y a.");
    let cases = [
        ("deep.toml", format!("x = {}{}", "[".repeat(10_000), "]".repeat(10_000)), 2),
        ("tables.toml", format!("x = {}1{}", "{a=".repeat(10_000), "}".repeat(10_000)), 2),
        ("dotted.toml", format!("{}x = 1\n", "a.".repeat(10_000)), 2),
        ("header.toml", format!("[{}x]\n", "a.".repeat(10_000)), 2),
        ("open.toml", "[[concept]]\nterms.es = \"\"\"arancel".to_owned(), 2),
        ("long.toml", format!("{GLOSSARY}[[concept]]\nterms.es = \"{}\"\n", "muy ".repeat(2_500)), 0),
        ("word.toml", format!("{GLOSSARY}[[concept]]\nterms.es = \"{}\"\n", "x".repeat(10_000)), 0),
        ("empty.toml", format!("{GLOSSARY}[[concept]]\nterms.es = \"\"\n"), 2),
        ("nothing.toml", format!("{GLOSSARY}[[concept]]\nterms.es = [\"\u{ad}\", \"…\", \"\u{301}\"]\n"), 0),
        ("bare.toml", "[[concept]]\n".to_owned(), 2),
        ("self.toml", format!("[glossary]\ninclude = [\"self.toml\", \"*.none\"]\n{GLOSSARY}"), 0),
        ("table.csv", "\"arancel,tariff\n\"\"\"".to_owned(), 1),
    ];
    let mut folder = folder;
    for (name, content, _) in &cases {
        folder = folder.file(name, content);
    }
    for (name, _, code) in &cases {
        let run = folder.run(&["-g", name, "scan", "a.txt"]).exits(*code);
        if *code == 2 {
            run.says(
                &format!("{name}:1:")
                    .replace("open.toml:1", "open.toml:2")
                    .replace("empty.toml:1", "empty.toml:6"),
            );
        }
        let lint = folder.run(&["-g", name, "lint"]);
        assert!(matches!(lint.code, Some(0 | 1)), "{name}: {:?} {}", lint.code, lint.stderr);
    }
    folder.run(&["-g", "nothing.toml", "lint"]).exits(1);
}

#[test]
fn very_many_synonyms() {
    let terms: Vec<String> = (0..size(1_000_000, 20_000)).map(|i| format!("\"voz{i}\"")).collect();
    let folder = Folder::new()
        .glossary(&format!("[[concept]]\nid = \"x\"\nterms.en = \"x\"\nterms.es = [{}]\n", terms.join(",")))
        .file("a.txt", "La voz123 y la voz7.");
    assert_eq!(count(&folder.run(&["scan", "--count", "a.txt"]).exits(0)), 2);
}

const HOSTILE: &str = r#"
[glossary]
title = "</title><script>alert(1)</script>"

[[concept]]
id = "x"
note = "<img src=x onerror=alert(1)>"
definition.en = "=1+1 </script><script>alert(2)</script>"
source = "javascript:alert(1)"
url = "javascript:alert(3)"
terms.es = ["=cmd|calc", "\"onmouseover=alert(4) x\"", "arancel"]
terms.en = ["@tariff", "+1 tariff", "-tariff", "<b>tariff</b>", "tariff\u001b[31m\u0007\u202e"]
"#;

#[test]
fn hostile_text_is_escaped_wherever_it_goes() {
    let text = "<script>alert(5)</script> \u{1b}]0;owned\u{7} arancel \u{202e}evil\u{9b}31m & \"quoted\" tariff\r\n=1+1 arancel";
    let folder = Folder::new().glossary(HOSTILE).file("a<b>.txt", text).file("t\u{1b}[31m.txt", text);
    let files = ["a<b>.txt", "t\u{1b}[31m.txt"];
    let control =
        |c: char| c.is_control() && c != '\n' && c != '\t' || ('\u{202a}'..='\u{202e}').contains(&c);
    let commands: &[&[&str]] = &[
        &["scan"],
        &["scan", "--explain"],
        &["scan", "--count"],
        &["segment"],
        &["concord", "arancel"],
        &["coverage", "--all"],
        &["build", "-f", "text"],
    ];
    for command in commands {
        let run = folder.run(&[*command, &files].concat()).exits(0);
        assert!(!run.out().contains(control), "{command:?}: {:?}", run.out());
        assert!(!run.stderr.contains(control), "{command:?}: {:?}", run.stderr);
    }
    for command in [
        &["lookup", "arancel"][..],
        &["lookup", "x\u{1b}[31mx"],
        &["scan", "none\u{1b}[31m"],
        &["lint"],
        &["man", "\u{1b}[31m"],
        &["-C", "\u{1b}[31m", "scan"],
        &["scan", "--only", "\u{1b}[31m", "a<b>.txt"],
        &["build", "-f", "\u{1b}[31m"],
        &["pin", "\u{1b}[31m"],
    ] {
        let run = folder.run(command);
        assert!(!run.out().contains(control), "{command:?}: {:?}", run.out());
        assert!(!run.stderr.contains(control), "{command:?}: {:?}", run.stderr);
    }
    let page = folder.run(&[&["build", "-f", "html", "-o", "-"][..], &files].concat()).exits(0).out();
    for bad in [
        "alert(1)</script>",
        "alert(2)</script>",
        "<script>alert(5)",
        "<img src=x",
        "href=\"javascript:",
        "<b>tariff</b>",
        "\"onmouseover=alert",
    ] {
        assert!(!page.contains(bad), "{bad} in the page");
    }
    let csv = folder.run(&[&["build", "-f", "csv"][..], &files].concat()).exits(0).out();
    for cell in csv.split(['\n', ',']).map(|cell| cell.trim_start_matches(['\u{feff}', '"'])) {
        assert!(!cell.starts_with(['=', '@', '+']), "a formula: {cell}");
    }
}

#[test]
fn odd_names_and_arguments() {
    let folder = folder()
        .file("-o.txt", "Un arancel.")
        .file("espacio y ñ.txt", "Un arancel.")
        .file("--.txt", "arancel");
    folder.run(&["scan", "--", "-o.txt", "espacio y ñ.txt", "--.txt"]).exits(0).shows("espacio y ñ.txt:1:4:");
    folder.run(&["scan", &arg(&folder.path("good.txt"))]).exits(0);
    folder.run(&["scan", "-j", "0", "good.txt"]).exits(2);
    folder.run(&["scan", "-w", "0", "good.txt"]).exits(0);
    folder.run(&["scan", "-w", "1000", "good.txt"]).exits(0);
    folder.run(&["scan", "-w", "18446744073709551615", "good.txt"]).exits(2).says("--width");
    folder.run(&["concord", "", "good.txt"]).exits(1);
    folder.run(&["concord", "arancel", "-w", "4000000000", "good.txt"]).exits(2);
    folder.run(&["lookup", ""]).exits(1);
    folder.run(&["lookup", &"a".repeat(100_000)]).exits(1);
    folder.run(&["pin", "arancel", "-n", "18446744073709551615"]).exits(2);
    folder.run(&["build", "--contexts", "18446744073709551615", "good.txt", "-o", "x.html"]).exits(0);
    folder.run(&["add", "--es", "\u{1b}x\"\n]"]).exits(0);
    folder.run(&["lint", "--fail-on", "error"]).exits(0);
    #[cfg(unix)]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let odd = OsStr::from_bytes(b"bad\xff.txt");
        fs::write(folder.path("").join(odd), "Un arancel.").expect("a file");
        let run = folder.command(&[OsStr::new("scan"), odd]).stdin(Stdio::null()).output().expect("it runs");
        Run::new(&["scan"], run).exits(0);
        let build = [OsStr::new("build"), OsStr::new("-o"), OsStr::new("y.html"), odd];
        let run = folder.command(&build).output().expect("it runs");
        Run::new(&["build"], run).exits(0);
    }
}
