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
