//! The coverage report: what its schema says of it, and what it makes of many texts.

use std::fs;

use serde_json::Value;

use crate::support::{Folder, root};

const GLOSSARY: &str = r#"
[glossary]
languages = ["es-MX", "en-US"]
corpus = ["corpus"]

[[concept]]
id = "tariff"
subject = "trade"
terms.es = ["arancel", { term = "tarifa", status = "deprecated", direction = "en>es" }]
terms.en = ["tariff"]

[[concept]]
id = "asylum"
review = "proposed"
terms.es = "asilo"
terms.en = "asylum"
"#;

/// Asserts that a value is what a JSON Schema says, as far as ours goes: types, `enum`, `const`, `anyOf`, objects that
/// are closed, lists, references.
fn check(value: &Value, schema: &Value, whole: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").expect("a definition");
        return check(value, &whole["$defs"][name], whole, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = any.iter().any(|schema| check(value, schema, whole, at).is_ok());
        return if fits { Ok(()) } else { Err(format!("{at}: none of several")) };
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return if allowed.contains(value) { Ok(()) } else { Err(format!("{at}: {value}")) };
    }
    if let Some(only) = schema.get("const") {
        return if only == value { Ok(()) } else { Err(format!("{at}: {value}")) };
    }
    let types = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        other => return Err(format!("{at}: the schema has the type {other}")),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = types.contains(&is) || (is == "integer" && types.contains(&"number"));
    if !fits {
        return Err(format!("{at}: {is}, not {types:?}"));
    }
    if let Value::Array(items) = value {
        items
            .iter()
            .enumerate()
            .try_for_each(|(i, item)| check(item, &schema["items"], whole, &format!("{at}/{i}")))?;
    }
    if let Value::Object(members) = value {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            members.get(name).ok_or(format!("{at}: no {name}"))?;
        }
        for (name, member) in members {
            let known = schema["properties"].get(name).ok_or(format!("{at}: {name} is unknown"))?;
            check(member, known, whole, &format!("{at}/{name}"))?;
        }
    }
    Ok(())
}

/// A corpus of so many pairs; in every fifth the tariff is rendered by a term that is not approved.
fn corpus(pairs: usize) -> Folder {
    let mut folder = Folder::new().glossary(GLOSSARY);
    for i in 0..pairs {
        let word = if i % 5 == 0 { "La tarifa" } else { "El arancel" };
        let head = format!("---\ndate: 2026-0{}-01\ndesk: d{}\n---\n\n", 1 + i % 4, i % 3);
        let es = format!("{head}{word} {i} subió.\n\nEl asilo sigue igual.\n");
        let en = format!("{head}The tariff {i} rose.\n\nThe asylum is the same.\n");
        folder = folder.file(&format!("corpus/es/n{i:04}.md"), es).file(&format!("corpus/en/n{i:04}.md"), en);
    }
    folder
}

#[test]
fn the_report_is_what_its_schema_says() {
    let schema = fs::read_to_string(root().join("docs/coverage.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let folder = corpus(10);
    folder.run(&["coverage", "-f", "json", "-o", "old.json"]).exits(0);
    for args in
        [&["coverage", "-f", "json"][..], &["coverage", "-f", "json", "--diff", "old.json", "--drift"]]
    {
        let report: Value = serde_json::from_slice(&folder.run(args).exits(0).stdout).expect("JSON");
        check(&report, &schema, &schema, "").unwrap_or_else(|error| panic!("{error}"));
        assert!(!report["inconsistencies"].as_array().expect("a list").is_empty());
        let mut broken = report.clone();
        broken["summary"]["required"]["approved"] = "many".into();
        assert!(check(&broken, &schema, &schema, "").is_err(), "the schema allows anything");
    }
}

#[test]
fn many_texts_are_counted_to_the_last() {
    // More pairs than are learnt from.
    let pairs = 450;
    let folder = corpus(pairs);
    let run = folder.run(&["coverage", "--json", "--min", "80%"]).exits(0);
    let summary = &run.objects("summary")[0];
    let counts = |approved: usize, otherwise: usize| serde_json::json!({ "approved": approved, "otherwise": otherwise, "left_out": 0 });
    // Each pair asks for a Spanish and an English rendering; what is wrong one way asks for none the other.
    assert_eq!(summary["required"], counts(pairs * 8 / 5, pairs / 5), "{summary}");
    assert_eq!(summary["all"], counts(pairs * 18 / 5, pairs / 5), "{summary}");
    assert_eq!(run.objects("date").len(), 4);
    assert_eq!(run.objects("desk").len(), 3);
    let one = folder.run(&["coverage", "--json", "-j", "1"]).exits(0).stdout;
    assert_eq!(one, folder.run(&["coverage", "--json", "-j", "3"]).exits(0).stdout);
    folder.run(&["coverage", "--min", "95%"]).exits(1).says("--min 95 % failed");
    folder.run(&["coverage", "--min", "95%", "-q"]).exits(1).says("--min 95 % failed");
}

#[test]
fn confidential_texts_are_counted_and_not_quoted() {
    let glossary = GLOSSARY.replace(
        "corpus = [\"corpus\"]",
        "corpus = [\"corpus\", { path = \"secret\", confidential = true }]",
    );
    let es = "La tarifa de Zaragüelles subió.\n\nZaragüelles pidió otra cosa.\n\nDijo Zaragüelles que no.\n"
        .repeat(3);
    let en =
        "The tariff of Grubenhagen rose.\n\nGrubenhagen wanted something else.\n\nGrubenhagen said no.\n"
            .repeat(3);
    let folder = corpus(2).glossary(&glossary).file("secret/es/a.md", es).file("secret/en/a.md", en);
    for format in ["text", "json", "csv", "md", "html", "junit"] {
        let run = folder.run(&["coverage", "--drift", "-f", format]).exits(0);
        let out = run.out();
        assert!(!out.contains("Zarag") && !out.contains("Grubenhagen"), "{format}: {out}");
        assert!(out.contains("tarifa"), "{format}: {out}");
    }
    let summary = &folder.run(&["coverage", "--json"]).objects("summary")[0];
    assert_eq!(summary["required"]["otherwise"], 4, "{summary}");
}

/// A pair with a wrong word, of an entry that is only proposed.
fn with_proposed() -> Folder {
    let glossary = GLOSSARY.replace(
        "terms.es = \"asilo\"",
        "terms.es = [\"asilo\", { term = \"refugio\", status = \"deprecated\" }]",
    );
    let folder = Folder::new().glossary(&glossary);
    folder.file("corpus/es/a.txt", "El refugio tarda.\n").file("corpus/en/a.txt", "The asylum takes long.\n")
}

#[test]
fn entries_that_are_only_proposed_gate_nothing() {
    let folder = with_proposed();
    let run = folder.run(&["check", "--json"]).exits(0);
    let found = &run.objects("finding")[0];
    assert_eq!((&found["rule"], &found["proposed"]), (&"deprecated-term".into(), &true.into()), "{found}");
    assert!(
        found["help"].as_str().is_some_and(|help| help.ends_with("(the entry is only proposed)")),
        "{found}"
    );
    assert!(!folder.run(&["check", "-f", "junit"]).exits(0).out().contains("<failure"));
    folder.run(&["check", "--fail-on", "note"]).exits(0);
    folder.run(&["coverage", "--min", "90%"]).exits(0).says("no place requires a term");
    folder.run(&["coverage", "--min", "90%", "--include-proposed"]).exits(1).says("required places");
    // The same entry approved gates both.
    let approved = folder.text("glossary.toml").replace("review = \"proposed\"\n", "");
    let folder = with_proposed().glossary(&approved);
    folder.run(&["check"]).exits(1);
    folder.run(&["coverage", "--min", "90%"]).exits(1);
}

/// A way to write a file of one sentence and its translation, from one language into another.
type Bilingual = fn([&str; 2], [&str; 2]) -> String;

/// The bilingual formats that state which side was translated.
const BILINGUAL: [(&str, Bilingual); 3] = [
    ("xliff", |[source, target], [from, into]| {
        format!(
            "<xliff version=\"1.2\"><file source-language=\"{from}\" target-language=\"{into}\"><body>\
             <trans-unit id=\"1\"><source>{source}</source><target>{target}</target></trans-unit></body></file></xliff>"
        )
    }),
    ("tmx", |[source, target], [from, into]| {
        // The variants of a unit stand in any order: only `srclang` tells.
        format!(
            "<tmx version=\"1.4\"><header srclang=\"{from}\"/><body><tu>\
             <tuv xml:lang=\"{into}\"><seg>{target}</seg></tuv>\
             <tuv xml:lang=\"{from}\"><seg>{source}</seg></tuv></tu></body></tmx>"
        )
    }),
    ("po", |[source, target], [from, into]| {
        format!(
            "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
             \"Language: {into}\\n\"\n\"X-Source-Language: {from}\\n\"\n\n\
             msgid \"{source}\"\nmsgstr \"{target}\"\n"
        )
    }),
];

#[test]
fn bilingual_files_are_judged_in_the_direction_that_they_state() {
    let (es, en) = ("El arancel subió.", "The tariff rose.");
    for (format, units) in BILINGUAL {
        let folder = Folder::new()
            .glossary(GLOSSARY)
            .file(&format!("en-es.{format}"), units([en, es], ["en", "es"]))
            .file(&format!("es-en.{format}"), units([es, en], ["es", "en"]));
        for (file, into_es, into_en) in [("en-es", 1, 0), ("es-en", 0, 1)] {
            let file = format!("{file}.{format}");
            let run = folder.run(&["coverage", "--json", &file]).exits(0);
            let concept = &run.objects("concept")[0];
            let asked = (&concept["into_es"]["approved"], &concept["into_en"]["approved"]);
            assert_eq!(asked, (&into_es.into(), &into_en.into()), "{file}: {concept}");
        }
    }
}

/// A deprecated word in the text that was translated is not the translation's fault.
#[test]
fn bilingual_files_are_checked_in_the_direction_that_they_state() {
    let (es, en) = ("La tarifa subió.", "The tariff rose.");
    for (format, units) in BILINGUAL {
        let folder = Folder::new()
            .glossary(GLOSSARY)
            .file(&format!("source.{format}"), units([es, en], ["es", "en"]))
            .file(&format!("target.{format}"), units([en, es], ["en", "es"]));
        for (file, wanted) in [("source", false), ("target", true)] {
            let file = format!("{file}.{format}");
            let found = folder.run(&["check", "--json", &file]).objects("finding");
            let is_told = found.iter().any(|finding| finding["rule"] == "deprecated-term");
            assert_eq!(is_told, wanted, "{file}: {found:?}");
        }
    }
}

/// A memory of texts translated both ways states no direction, so both sides are asked.
#[test]
fn a_memory_without_a_source_language_is_asked_both_ways() {
    let [_, (_, tmx), _] = BILINGUAL;
    let memory = tmx(["El arancel subió.", "The tariff rose."], ["es", "en"]);
    let memory = memory.replace("srclang=\"es\"", "srclang=\"*all*\"");
    let folder = Folder::new().glossary(GLOSSARY).file("both.tmx", memory);
    let concept = &folder.run(&["coverage", "--json", "both.tmx"]).exits(0).objects("concept")[0];
    let asked = (&concept["into_es"]["approved"], &concept["into_en"]["approved"]);
    assert_eq!(asked, (&1.into(), &1.into()), "{concept}");
}

#[test]
fn what_the_run_itself_reads_and_writes_is_no_text() {
    let folder = corpus(2);
    let documents = |run: crate::support::Run| run.objects("summary")[0]["documents"].clone();
    folder.run(&["coverage", "-f", "json", "-o", "corpus/report.json"]).exits(0);
    let run = folder.run(&["coverage", "--json", "--diff", "corpus/report.json"]).exits(0);
    assert_eq!(documents(run), 4);
    folder.run(&["check", "corpus", "--write-baseline", "corpus/known.json"]).exits(0);
    folder.run(&["check", "corpus", "--baseline", "corpus/known.json"]).exits(0).says("2 pairs");
    let again = folder.run(&["check", "corpus", "--baseline", "corpus/known.json", "-o", "corpus/found.md"]);
    assert!(!again.exits(0).stderr.contains("known.json"));
}

#[test]
fn changed_files_are_named_where_no_corpus_is_stated() {
    let glossary = GLOSSARY.replace("corpus = [\"corpus\"]\n", "");
    let folder = Folder::new()
        .glossary(&glossary)
        .file("texts/es/a.txt", "La tarifa subió.\n")
        .file("texts/en/a.txt", "The tariff rose.\n")
        .file("texts/en/b.txt", "Nothing rose.\n")
        .file("changed.txt", "texts/es/a.txt\nsrc/main.rs\n");
    folder.run(&["check", "--files-from", "changed.txt"]).exits(1).says("1 pair");
    let none = folder.file("changed.txt", "src/main.rs\n");
    none.run(&["check", "--files-from", "changed.txt"]).exits(0).says("none of the files named");
}
