//! `import`, `export --for review`, `diff`, `merge`, `log`: with files, streams, and a real git repository.

use std::process::Command;

use crate::support::Folder;

const GLOSSARY: &str = "# casa\n[glossary]\ntitle = \"Prueba\"\n\n# Comercio\n[[concept]]\nid = \"arancel\"\nterms.es = \"arancel\" # uno\nterms.en = [\"tariff\", \"duty\"]\nnote = \"n\"\n\n[[concept]]\nid = \"cupo\"\nterms.es = \"cupo\"\nterms.en = \"quota\"\n";

#[test]
fn an_import_adds_joins_and_tells_conflicts() {
    let csv = "es,en,note,subject\naranceles,tariffs,otra,trade\nmuro,wall,,\n";
    let folder = Folder::new().glossary(GLOSSARY).file("in.csv", csv);
    folder.run(&["import", "in.csv", "--dry-run"]).exits(1).says("1 concept would be added");
    assert_eq!(folder.text("glossary.toml"), GLOSSARY);
    let run = folder
        .run(&["import", "in.csv"])
        .exits(1)
        .shows("conflict: `arancel` note\n  here:   n\n  theirs: otra\n");
    assert!(run.stderr.contains("1 concept added to glossary.toml, 1 concept changed"), "{}", run.stderr);
    let once = folder.text("glossary.toml");
    assert!(
        once.starts_with(
            "# casa\n[glossary]\ntitle = \"Prueba\"\n\n# Comercio\n[[concept]]\nid = \"arancel\"\n"
        ),
        "{once}"
    );
    assert!(
        once.contains("terms.es = \"arancel\" # uno\n") && once.contains("subject = \"trade\"\n"),
        "{once}"
    );
    assert!(
        once.ends_with(
            "\n[[concept]]\nid = \"muro\"\nterms.es = \"muro\"\nterms.en = \"wall\"\nreview = \"proposed\"\n"
        ),
        "{once}"
    );
    folder.run(&["import", "in.csv", "--merge", "keep"]).exits(0);
    assert_eq!(folder.text("glossary.toml"), once, "a second import changes nothing");
    let conflicts = folder.run(&["import", "in.csv", "--json"]).exits(1).objects("conflict");
    assert_eq!((&conflicts[0]["here"], &conflicts[0]["there"]), (&"n".into(), &"otra".into()));
    folder.run_with(&["import", "in.csv", "--merge", "ask"], b"").exits(2).says("the answers ended before");
    assert_eq!(folder.text("glossary.toml"), once, "nothing is half imported");
    folder
        .run_with(&["import", "in.csv", "--merge", "ask"], b"t\n")
        .exits(0)
        .shows("taken over: `arancel` note");
    assert_eq!(folder.text("glossary.toml"), once.replace("note = \"n\"", "note = \"otra\""));
    folder.run(&["lint"]).exits(0);
}

#[test]
fn imports_go_into_the_layer_that_is_named() {
    let base = "[[concept]]\nid = \"arancel\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n";
    let folder = Folder::new()
        .file("base.toml", base)
        .glossary("[glossary]\ninclude = [\"base.toml\"]\n\n[[concept]]\nterms.es = \"cupo\"\nterms.en = \"quota\"\n")
        .file("in.csv", "es,en,subject\narancel,tariff,trade\nmuro,wall,\n");
    folder.run(&["import", "in.csv"]).exits(0);
    let text = folder.text("glossary.toml");
    assert!(text.contains("[[concept]]\nid = \"arancel\"\nsubject = \"trade\"\n"), "{text}");
    assert_eq!(folder.text("base.toml"), base);
    folder.run(&["import", "in.csv"]).exits(0);
    assert_eq!(folder.text("glossary.toml"), text);
    folder.run(&["import", "in.csv", "--into", "base.toml", "--review", "approved"]).exits(0);
    assert!(
        folder.text("base.toml").contains("subject = \"trade\"")
            && folder.text("base.toml").contains("review = \"approved\"")
    );
    folder.run(&["import", "in.csv", "--into", "new.toml"]).exits(0);
    assert!(folder.text("new.toml").starts_with("[[concept]]\nid = \"arancel\"\n"));
    folder.run(&["import", "in.csv", "--into", "new.csv"]).exits(2).says("is no glossary.toml");
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let long = GLOSSARY.replace("[[concept]]", "[[concept]");
    let folder = Folder::new()
        .glossary(GLOSSARY)
        .file("cut.tbx", "<?xml version=\"1.0\"?><tbx><text><body><conceptEntry id=\"a\">")
        .file("x.dat", "hola")
        .file("dup.csv", "id,es,en\na,muro,wall\n")
        .file("plural.csv", "es,en\naranceles,tariffs\nmuro,wall\n")
        .file("broken/glossary.toml", long);
    let before = folder.names();
    for (args, why) in [
        (&["import", "cut.tbx"][..], "nothing was imported"),
        (&["import", "x.dat"], "no format"),
        (&["import", "none.csv"], "is not there"),
        (&["import", "dup.csv", "cut.tbx"], "nothing was imported"),
        (&["import", "dup.csv", "--format", "word"], "unknown format `word`"),
        (&["import", "plural.csv", "--strict"], "--strict allows no loss"),
        (&["import", "dup.csv", "-g", "broken/glossary.toml"], "the glossary has errors"),
        (&["diff", "cut.tbx", "dup.csv"], "was not read"),
        (&["merge", "glossary.toml", "broken/glossary.toml", "dup.csv"], "nothing was merged"),
    ] {
        folder.run(args).exits(2).says(why);
        assert_eq!(folder.text("glossary.toml"), GLOSSARY, "{args:?}");
    }
    assert_eq!(folder.names(), before);
    // A byte order mark and the kind of line ends stay.
    let windows = format!("\u{feff}{}", GLOSSARY.replace('\n', "\r\n"));
    let folder = folder.glossary(&windows);
    folder.run(&["import", "dup.csv"]).exits(0);
    let after = folder.text("glossary.toml");
    assert!(after.starts_with(&windows) && !after.replace("\r\n", "").contains('\n'), "{after}");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_goes_out_for_review_and_comes_back() {
    let folder = Folder::new().glossary(GLOSSARY);
    folder.run(&["export", "--for", "review", "-o", "r.xlsx"]).exits(0).says("2 concepts for review");
    let meanwhile = GLOSSARY.replace("note = \"n\"", "note = \"m\"");
    let folder = folder.glossary(&meanwhile);
    folder.run(&["import", "r.xlsx", "--merge", "theirs"]).exits(0).says("0 concepts changed");
    assert_eq!(folder.text("glossary.toml"), meanwhile);
    let long = GLOSSARY.replace("note = \"n\"", &format!("note = \"{}\"", "ñ".repeat(32_768)));
    let long = Folder::new().glossary(&long);
    long.run(&["export", "--for", "review", "-o", "r.xlsx"])
        .exits(2)
        .says("more than 32,767 characters under “note”");
    folder.run(&["export", "--for", "review", "-o", "r.odt"]).exits(2).says("write xlsx or docx");
    #[cfg(feature = "office")]
    {
        folder.run(&["export", "--for", "review", "-o", "r.docx"]).exits(0);
        folder.run(&["import", "r.docx"]).exits(0).says("0 concepts changed");
    }
}

#[test]
fn differences_are_told_by_field() {
    let other = GLOSSARY.replace("\"duty\"", "\"levy\"").replace("id = \"cupo\"", "id = \"cuota\"");
    let folder = Folder::new().glossary(GLOSSARY).file("b.toml", other);
    let wanted = "changed arancel\n  - terms.en: duty\n  + terms.en: levy\nchanged cuota (was cupo)\n";
    let run = folder.run(&["diff", "glossary.toml", "b.toml"]).exits(1).says("0 added, 2 changed, 0 removed");
    assert_eq!(run.out(), wanted);
    folder.run(&["diff", "b.toml", "b.toml"]).exits(0);
    let lines = folder.run(&["diff", "glossary.toml", "b.toml", "--json"]).exits(1).objects("difference");
    assert_eq!((&lines[1]["change"], &lines[1]["was"]), (&"changed".into(), &"cupo".into()));
    folder.run(&["diff", "b.toml"]).exits(2).says("name two files");
}

/// Git in a folder, with nothing of the user's settings.
fn git(folder: &Folder, args: &[&str]) -> (bool, String) {
    let mut command = Command::new("git");
    command.args([
        "-c",
        "user.name=Ana",
        "-c",
        "user.email=ana@example.org",
        "-c",
        "init.defaultBranch=main",
    ]);
    command
        .args(args)
        .current_dir(folder.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_AUTHOR_DATE", "2026-11-02T10:00:00Z").env("GIT_COMMITTER_DATE", "2026-11-02T10:00:00Z");
    command.env_remove("GLOSA_GLOSSARY");
    let output = command.output().expect("git runs");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    )
}

/// A repository with the glossary in it and the drivers set as the manual says.
fn repository() -> Option<Folder> {
    if Command::new("git").arg("--version").output().is_err() {
        return None;
    }
    let folder =
        Folder::new().glossary(GLOSSARY).file(".gitattributes", "glossary.toml diff=glosa merge=glosa\n");
    let program = env!("CARGO_BIN_EXE_glosa");
    for args in [
        &["init", "-q"][..],
        &["config", "diff.glosa.command", &format!("'{program}' diff")],
        &[
            "config",
            "merge.glosa.driver",
            &format!("'{program}' merge %O %A %B -o %A --marker-size %L --name %P"),
        ],
        &["add", "."],
        &["commit", "-qm", "Comienzo"],
    ] {
        let (done, said) = git(&folder, args);
        assert!(done, "{args:?}: {said}");
    }
    Some(folder)
}

#[track_caller]
fn commit(folder: &Folder, branch: &[&str], text: &str, message: &str) {
    if !branch.is_empty() {
        let (done, said) = git(folder, &[&["checkout", "-q"], branch].concat());
        assert!(done, "{said}");
    }
    std::fs::write(folder.path("glossary.toml"), text).expect("the glossary");
    let (done, said) = git(folder, &["commit", "-qam", message]);
    assert!(done, "{said}");
}

#[test]
fn git_merges_by_field_and_marks_what_has_to_be_decided() {
    let Some(folder) = repository() else { return };
    // Neighbouring lines of one concept: git alone would see a conflict.
    commit(
        &folder,
        &["-b", "other"],
        &GLOSSARY.replace("\"duty\"]", "\"duty\", \"levy\"]").replace("# casa", "# la casa"),
        "Levy",
    );
    commit(
        &folder,
        &["main"],
        &GLOSSARY.replace("note = \"n\"", "note = \"m\" # mía\nsubject = \"trade\""),
        "Nota",
    );
    let (done, said) = git(&folder, &["merge", "-q", "-m", "Juntos", "other"]);
    assert!(done, "{said}");
    let merged = folder.text("glossary.toml");
    assert!(
        merged.starts_with("# la casa\n")
            && merged.contains("terms.en = [\"tariff\", \"duty\", \"levy\"]\nnote = \"m\" # mía\n"),
        "{merged}"
    );
    let (_, shown) = git(&folder, &["diff", "HEAD^", "--", "glossary.toml"]);
    assert_eq!(shown, "glosa diff glossary.toml\nchanged arancel\n  + terms.en: levy\n");

    commit(&folder, &["-b", "third"], &merged.replace("note = \"m\" # mía", "note = \"suya\""), "Suya");
    commit(&folder, &["main"], &merged.replace("note = \"m\" # mía", "note = \"nuestra\""), "Nuestra");
    let (done, said) = git(&folder, &["merge", "-q", "third"]);
    assert!(!done && said.contains("conflict in glossary.toml: `arancel` note"), "{said}");
    let marked = folder.text("glossary.toml");
    assert!(
        marked.contains("<<<<<<< ours\nnote = \"nuestra\"\n=======\nnote = \"suya\"\n>>>>>>> theirs\n"),
        "{marked}"
    );
    let (_, status) = git(&folder, &["status", "--short"]);
    assert!(status.starts_with("UU glossary.toml"), "{status}");
    folder.run(&["lint"]).exits(1).shows("a merge is not settled").says("1 error, 0 warnings");
    let (_, shown) = git(&folder, &["diff"]);
    assert!(shown.contains("++<<<<<<< ours\n"), "{shown}");
    for (of, says) in [("HEAD", "a merge is not settled"), ("--cached", "nmerged")] {
        let (done, shown) = git(&folder, &["diff", of]);
        assert!(done && shown.contains(says), "{of}: {shown}");
    }
}

#[test]
fn what_cannot_be_read_is_merged_by_its_lines_and_told() {
    let Some(folder) = repository() else { return };
    let broken = format!("{GLOSSARY}\n[[concept]\nid = \"rota\"\n");
    commit(&folder, &["-b", "other"], &broken, "Rota");
    let ours = format!("{GLOSSARY}\n[[concept]]\nid = \"nuestra\"\nterms.es = \"muro\"\n");
    commit(&folder, &["main"], &ours, "Nuestra");
    let (done, said) = git(&folder, &["merge", "-q", "other"]);
    assert!(!done && said.contains("glossary.toml cannot be read on every side"), "{said}");
    let marked = folder.text("glossary.toml");
    let theirs = "[[concept]\nid = \"rota\"\n>>>>>>> glossary.toml (theirs)\n";
    assert!(marked.contains("id = \"nuestra\"") && marked.contains(theirs), "{marked}");
    let (_, status) = git(&folder, &["status", "--short"]);
    assert!(status.starts_with("UU glossary.toml"), "{status}");
}

#[test]
fn the_log_tells_what_the_repository_lacks() {
    let Some(folder) = repository() else { return };
    commit(&folder, &[], &GLOSSARY.replace("note = \"n\"", "note = \"m\""), "Nota");
    let (_, blob) = git(&folder, &["rev-parse", "HEAD^:glossary.toml"]);
    let object = folder.path(&format!(".git/objects/{}/{}", &blob[..2], blob[2..].trim()));
    std::fs::remove_file(object).expect("the object is loose");
    folder.run(&["log", "arancel"]).exits(2).says("git does not give `glossary.toml` as it was in ");
}

#[test]
fn the_log_takes_a_merged_entry_for_committed() {
    let Some(folder) = repository() else { return };
    commit(&folder, &["-b", "other"], &GLOSSARY.replace("\"duty\"", "\"levy\""), "Levy");
    let (done, said) = git(&folder, &["checkout", "-q", "-"]);
    assert!(done, "{said}");
    commit(&folder, &[], &GLOSSARY.replace("note = \"n\"", "note = \"m\""), "Nota");
    let (done, said) = git(&folder, &["merge", "-q", "-m", "Las dos", "other"]);
    assert!(done, "{said}");
    let shown = folder.run(&["log", "arancel"]).exits(0).lines().join("\n");
    assert!(shown.contains("+ terms.en: levy") && shown.contains("+ note: m"), "{shown}");
    assert!(!shown.contains("not committed yet"), "{shown}");
}

#[test]
fn the_log_tells_the_history_of_an_entry() {
    let Some(folder) = repository() else { return };
    let second = GLOSSARY.replace("note = \"n\"", "note = \"m\"");
    commit(&folder, &[], &second, "Nota");
    commit(&folder, &[], &second.replace("\"quota\"", "\"cap\""), "Otra cosa");
    let third = second.replace("id = \"arancel\"", "id = \"tarifa\"");
    commit(&folder, &[], &third, "Nombre");
    std::fs::write(folder.path("glossary.toml"), third.replace("\"duty\"", "\"levy\""))
        .expect("the glossary");
    let run = folder.run(&["log", "tarifa"]).exits(0);
    let lines: Vec<String> = run
        .lines()
        .into_iter()
        .map(|line| match line.split_once("2026-11-02 ") {
            Some((_, rest)) => rest.split_once(' ').expect("a hash").1.to_owned(),
            None => line,
        })
        .collect();
    assert_eq!(
        lines,
        [
            "not committed yet",
            "  - terms.en: duty",
            "  + terms.en: levy",
            "Ana: Nombre",
            "  - id: arancel",
            "  + id: tarifa",
            "Ana: Nota",
            "  - note: n",
            "  + note: m",
            "Ana: Comienzo",
            "  + terms.es: arancel",
            "  + terms.en: tariff",
            "  + terms.en: duty",
            "  + note: n",
        ]
    );
    assert_eq!(folder.run(&["log", "cupo", "-n", "1", "--json"]).exits(0).objects("revision").len(), 1);
    folder.run(&["log", "cupos"]).exits(2).says("did you mean `cupo`?");
    let bare = Folder::new().glossary(GLOSSARY);
    bare.run(&["log", "cupo"]).exits(2).says("is in no git repository");
    let mut without = bare.command(&["log", "cupo"]);
    let run = crate::support::Run::new(&["log"], without.env("PATH", "").output().expect("it runs"));
    run.exits(2).says("the program `git` is not there");
}
