use proptest::prelude::*;

use super::*;
use crate::format::doc::Field as RecordField;
use crate::termbase::{ConceptKind, Gender, Review, Status, TermType};

fn read_one(text: &str) -> ReadResult {
    read(&[Source::toml("glossary.toml", text)])
}

fn clean(text: &str) -> Termbase {
    let result = read_one(text);
    assert_eq!(result.findings, [], "{text}");
    result.termbase
}

/// A glossary that states every key there is.
pub(in crate::termbase) const FULL: &str = r#"
[glossary]
title = "Comercio exterior"
languages = ["es-MX", "en-US"]
ui = "en"
corpus = ["corpus", { path = "clientes", confidential = true }]
include = "more/*.toml"
pairs = [{ es = "nota.txt", en = "story.txt" }]
fields = { text = "nota", lang = ["locale", "habla"] }

[[concept]]
terms.es = "arancel"
terms.en = ["tariff", "duty"]

[[concept]]
id = "remain-in-mexico"
subject = "migration"
kind = "program"
jurisdiction = "US"
definition.en = "US policy on asylum seekers"
definition.es = { text = "Política de los EE. UU.", source = "glosario" }
note = "a note"
private-note = "a private note"
source = "a source"
url = "https://example.org/a"
as-of = 2026-11-22
valid-from = 2019
valid-until = "2022-08"
replaced-by = "arancel"
related = "arancel"
broader = ["arancel"]
not-to-confuse = ["arancel"]
holder-of = "arancel"
review = "approved"
reviewed-by = "Ana"
reviewed-on = "2026-11-22"
reliability = 4
client = "a client"
project = "a project"
image = "mapa.png"
external-refs = ["IATE-1", "Q2"]
history = [{ who = "Ana", when = 2026-01-02, what = "added" }]
contexts = [{ es = "Una oración.", en = "A sentence.", source = "nota.txt", date = "2026" }]
terms.es = ["Quédate en México", { term = "Protocolos de Protección a Migrantes", type = "full form" }]
terms.en.term = "Remain in Mexico"
terms.en.status = "preferred"
terms.en.type = "phrase"
terms.en.pos = "name"
terms.en.gender = "f"
terms.en.number = "plural"
terms.en.feminine = "x"
terms.en.region = "en-US"
terms.en.register = "press"
terms.en.case = "exact"
terms.en.accents = "exact"
terms.en.inflect = false
terms.en.forms = ["MPP"]
terms.en.exclude = "remain"
terms.en.forbidden = true
terms.en.reason = "x"
terms.en.replace-with = "x"
terms.en.do-not-translate = true
terms.en.expect = false
terms.en.direction = "es>en"
terms.en.equivalence = "functional"
terms.en.role = "headline"
terms.en.pronunciation = "x"
terms.en.client = "x"
terms.en.project = "x"
terms.en.valid-from = "2019"
terms.en.valid-until = "2022"
terms.en.definition = "x"
terms.en.context = "x"
terms.en.source = "x"
terms.en.note = "x"
terms.en.usage = "x"
[concept.x]
"tbx:category" = { deep = [1, 2.5, true] }
"#;

#[test]
fn every_key_is_read() {
    let termbase = clean(FULL);
    let settings = &termbase.settings;
    assert_eq!(settings.title.as_deref(), Some("Comercio exterior"));
    assert_eq!(settings.include, ["more/*.toml"]);
    assert!(!settings.corpus[0].confidential && settings.corpus[1].confidential);
    assert_eq!(settings.corpus[0].base.as_deref(), Some("glossary.toml"));
    assert_eq!(settings.pairs[0].en, "story.txt");
    let fields = ["nota", "habla", "idioma"].map(|name| settings.fields.of(name));
    assert_eq!(fields, [Some(RecordField::Text), Some(RecordField::Lang), None]);
    let (simple, full) = (&termbase.concepts[0], &termbase.concepts[1]);
    assert_eq!((simple.id.as_str(), simple.id_written), ("arancel", false));
    assert_eq!((full.id.as_str(), full.id_written), ("remain-in-mexico", true));
    assert_eq!((full.kind, full.review), (Some(ConceptKind::Programme), Some(Review::Approved)));
    assert_eq!(full.as_of.as_deref(), Some("2026-11-22"));
    assert_eq!((full.valid_from.as_deref(), full.reliability), (Some("2019"), Some(4)));
    assert_eq!(full.definition[&LangTag("es".to_owned())].source.as_deref(), Some("glosario"));
    assert_eq!(full.history[0].when.as_deref(), Some("2026-01-02"));
    assert_eq!(full.x["tbx:category"]["deep"][1].as_float(), Some(2.5));
    let spanish = &full.sections[0].terms;
    assert_eq!(spanish[1].term_type, Some(TermType::FullForm));
    assert_eq!(spanish[0].place.as_ref().map(|p| p.span.of(FULL)), Some("\"Quédate en México\""));
    let english = &full.sections[1].terms[0];
    assert_eq!((english.status, english.gender), (Some(Status::Preferred), Some(Gender::Feminine)));
    assert!(english.is_literal() && english.forbidden && english.do_not_translate);
    assert_eq!(english.exclude, ["remain"]);
}

#[test]
fn the_lists_of_keys_and_the_readers_agree() {
    // Every listed key is stated in FULL, and FULL is read without a finding.
    let lists = [keys::GLOSSARY_KEYS, CONCEPT_KEYS, TERM_KEYS, keys::DEFINITION_KEYS, keys::CONTEXT_KEYS];
    for key in lists.into_iter().flatten().filter(|key| **key != "text") {
        let stated =
            [format!("\n{key} = "), format!("\n{key}."), format!("{{ {key} = "), format!(", {key} = ")];
        let header = format!("[concept.{key}]");
        let en = format!("terms.en.{key} = ");
        let found = stated.iter().chain([&header, &en]).any(|text| FULL.contains(text.as_str()));
        assert!(found, "{key} is not tried");
    }
}

#[test]
fn errors_name_the_place_and_the_remedy() {
    let concept = |rest: &str| format!("[[concept]]\nid = \"a\"\nterms.en = \"a\"\n{rest}\n");
    let cases = [
        (concept("nota = \"x\""), "unknown-key", "nota", "`note`"),
        (concept("zzzzzz = 1"), "unknown-key", "zzzzzz", "the keys of a concept are id, subject"),
        (
            concept("do-not-translate = true"),
            "unknown-key",
            "do-not-translate",
            "it is a key of a term: terms.es = { term = \"…\", do-not-translate = … }",
        ),
        ("[glosary]\n".to_owned(), "unknown-key", "glosary", "`glossary`"),
        (concept("note = 5"), "wrong-type", "5", "note = \"…\""),
        (concept("terms = \"x\""), "duplicate-key", "terms", "keep one"),
        ("[[concept]]\nterms = \"x\"\n".to_owned(), "wrong-type", "\"x\"", "terms.es = … and terms.en = …"),
        (concept("definition = \"x\""), "wrong-type", "\"x\"", "definition.es"),
        (
            concept("kind = \"ofice\""),
            "unknown-word",
            "\"ofice\"",
            "\"office\"? the words are term, institution",
        ),
        (concept("as-of = \"22/11/2026\""), "bad-date", "\"22/11/2026\"", "2026-11-22"),
        (concept("as-of = 2026-11-22T10:00:00Z"), "bad-date", "2026-11-22T10:00:00Z", "2026-11-22"),
        (concept("reliability = 9"), "out-of-range", "9", "1 to 5"),
        (concept("terms.es = []"), "empty-term", "[]", "remove"),
        (concept("terms.es = [\"b\", \" \"]"), "empty-term", "\" \"", "remove"),
        (
            concept("terms.es = { status = \"preferred\" }"),
            "missing-key",
            "{ status = \"preferred\" }",
            "term =",
        ),
        (concept("terms.es = { term = \"b\", statu = \"x\" }"), "unknown-key", "statu", "`status`"),
        (concept("terms.es_MX = \"b\""), "bad-language-tag", "es_MX", "`es-MX`"),
        (concept("terms.esp = \"b\""), "bad-language-tag", "esp", "`es`"),
        (concept("related = \"b\""), "missing-reference", "\"b\"", "`a`"),
        (concept("note = \"x\"\nnote = \"y\""), "duplicate-key", "note", "array"),
        ("[concept]\nterms.en = \"a\"\n".to_owned(), "single-brackets", "concept", "[[concept]]"),
        ("[[concept]]\nid = \"a\"\n".to_owned(), "no-terms", "[[concept]]", "terms.es"),
        (
            "[glossary]\nlanguages = [\"fr\", \"en\"]\n".to_owned(),
            "bad-language-tag",
            "\"fr\"",
            "`es` or `en`",
        ),
        (
            "[glossary]\ncorpus = [{ confidential = true }]\n".to_owned(),
            "missing-key",
            "{ confidential = true }",
            "path",
        ),
        ("[glossary]\npairs = [{ es = \"a\" }]\n".to_owned(), "missing-key", "{ es = \"a\" }", "en ="),
        ("[[concept]]\nterms.es = \"a\n".to_owned(), "toml-syntax", "", "quotes"),
    ];
    for (text, rule, at, help) in cases {
        let result = read_one(&text);
        let [finding] = result.findings.as_slice() else { panic!("{text}: {:#?}", result.findings) };
        let place = finding.place.as_ref().expect("a place");
        assert_eq!((finding.rule, place.span.of(&text)), (rule, at), "{text}");
        assert!(crate::check::rules::find(rule).is_some(), "{rule} is not explained");
        let remedy = finding.help.as_deref().unwrap_or("");
        assert!(remedy.contains(help), "{text}: {remedy}");
    }
}

#[test]
fn all_errors_are_told_in_one_run_and_the_rest_is_read() {
    let text = "[[concept]]\nnota = 1\nterms.es = \"uno\"\n\n[[concept]]\nterms.en = 5\n\n[[concept]]\nterms.es = \n\
                \n[[concept]]\nterms.es = \"dos\"\nkind = \"x\"\n";
    let result = read_one(text);
    let rules: Vec<&str> = result.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["unknown-key", "wrong-type", "toml-syntax", "unknown-word"]);
    assert!(result.termbase.find("dos").is_some());
}

#[test]
fn a_duplicate_id_points_at_both() {
    let text = "[[concept]]\nid = \"a\"\nterms.es = \"x\"\n[[concept]]\nid = \"a\"\nterms.es = \"y\"\n";
    let result = read_one(text);
    assert_eq!(result.findings.len(), 1);
    let finding = &result.findings[0];
    let first = finding.related[0].0.span.start;
    assert_eq!((finding.rule, first), ("duplicate-id", text.find("\"a\"").unwrap_or(0)));
    assert!(finding.place.as_ref().is_some_and(|place| place.span.start > first));
    assert_eq!(result.termbase.concepts[1].id.as_str(), "a-2");
}

#[test]
fn ids_are_derived_and_numbered() {
    let text = "[[concept]]\nterms.en = \"bank\"\nterms.es = \"banco\"\n[[concept]]\nterms.es = \"Banco\"\n\
                [[concept]]\nid = \"banco-2\"\nterms.es = \"banca\"\n[[concept]]\nterms.en = \"bench\"\n\
                [[concept]]\nterms.es = \"¿?\"\n";
    let ids: Vec<String> = clean(text).concepts.into_iter().map(|concept| concept.id.0).collect();
    assert_eq!(ids, ["banco", "banco-3", "banco-2", "bench", "concept"]);
}

#[test]
fn later_layers_win_key_by_key() {
    let base = Source::toml(
        "base.toml",
        "[glossary]\ntitle = \"Base\"\nlanguages = [\"en-US\", \"es-MX\"]\ncorpus = [\"a\"]\n\
         [[concept]]\nterms.en = \"tariff\"\nterms.es = [\"arancel\", \"tarifa\"]\nnote = \"n\"\nsubject = \"trade\"\n",
    );
    let job = Source::toml(
        "job.toml",
        "[glossary]\ntitle = \"Job\"\ncorpus = [\"b\"]\n\
         [[concept]]\nid = \"tariff\"\nterms.es = \"impuesto\"\nnote = \"later\"\n[[concept]]\nterms.en = \"tariff\"\n",
    );
    let result = read(&[base, job]);
    assert_eq!(result.findings, []);
    let Termbase { settings, concepts } = result.termbase;
    assert_eq!(settings.title.as_deref(), Some("Job"));
    assert_eq!(settings.languages[0].as_str(), "en-US");
    let corpus: Vec<_> = settings.corpus.iter().map(|c| (c.path.as_str(), c.base.as_deref())).collect();
    assert_eq!(corpus, [("a", Some("base.toml")), ("b", Some("job.toml"))]);
    assert_eq!((concepts[0].note.as_deref(), concepts[0].subject.as_deref()), (Some("later"), Some("trade")));
    let spanish: Vec<&str> = concepts[0].terms_of(crate::Lang::Es).map(|t| t.term.as_str()).collect();
    assert_eq!(spanish, ["impuesto"]);
    assert_eq!(concepts[1].id.as_str(), "tariff-2");
    assert_eq!(concepts[0].place.as_ref().map(|place| &*place.file), Some("job.toml"));
}

#[test]
fn rows_become_concepts() {
    let text = "arancel,tariff\n,\nmaíz,\ncuota,quota,extra\n";
    let row = |cells: &[&str], start: usize, end: usize| TableRow {
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        span: Span::new(start, end),
    };
    let rows = vec![
        row(&["arancel", "tariff"], 0, 14),
        row(&["", ""], 15, 16),
        row(&["maíz", ""], 17, 23),
        row(&["cuota", "quota", "extra"], 24, 41),
    ];
    let languages = vec![LangTag("es".to_owned()), LangTag("en".to_owned())];
    let kind = SourceKind::Table { languages, rows };
    let result = read(&[Source { name: "terms.csv", text, kind }]);
    let ids: Vec<&str> = result.termbase.concepts.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["arancel", "maiz", "cuota"]);
    assert_eq!(result.findings.iter().map(|f| f.rule).collect::<Vec<_>>(), ["extra-columns"]);
    let place = result.termbase.concepts[0].sections[1].terms[0].place.as_ref();
    assert_eq!(place.map(|place| place.span.of(text)), Some("tariff"));
}

#[test]
fn includes_are_found_in_a_broken_file_too() {
    let text = "[glossary]\ninclude = [\"a.toml\", 5, \"b/*.csv\"]\n[[concept]]\nterms.es = \n";
    assert_eq!(includes(&Source::toml("g.toml", text)), ["a.toml", "b/*.csv"]);
}

#[test]
fn a_byte_order_mark_and_nfd_are_no_obstacle() {
    let text = "\u{feff}[[concept]]\nterms.es = \"Me\u{301}xico\"\n";
    let termbase = clean(text);
    let term = &termbase.concepts[0].sections[0].terms[0];
    assert_eq!(term.term, "México");
    assert_eq!(term.place.as_ref().map(|p| p.span.of(text)), Some("\"Me\u{301}xico\""));
}

proptest! {
    #[test]
    fn never_panics_on_any_text(text in "\\PC*") {
        read_one(&text);
    }

    #[test]
    fn never_panics_on_damaged_glossaries(
        cuts in prop::collection::vec((0usize..FULL.len(), 0usize..12, "[\\[\\]{}=\".,\\nñ\u{0}#'a-c ]{0,4}"), 1..6),
    ) {
        let mut text = FULL.to_owned();
        for (at, length, put) in cuts {
            let floor = |mut at: usize| { at = at.min(text.len()); while !text.is_char_boundary(at) { at -= 1; } at };
            let range = floor(at)..floor(at + length);
            text.replace_range(range, &put);
        }
        let result = read_one(&text);
        crate::termbase::lint(&result.termbase);
        let file = crate::check::SourceFile { name: "glossary.toml".to_owned(), text: text.clone() };
        crate::check::render(&result.findings, &[file], crate::check::Style::default());
        for place in result.findings.iter().filter_map(|finding| finding.place.as_ref()) {
            prop_assert!(text.get(place.span.range()).is_some());
        }
    }
}
