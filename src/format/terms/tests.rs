//! What is written is read again, in every format that is both.

mod told;

use proptest::prelude::*;

use super::fields::{CONCEPT, TERM};
use super::*;
use crate::termbase::{Concept, LangSection, Source, TermEntry};

/// Concepts with much that they can have, hostile texts among it.
const SAMPLE: &str = r#"
[glossary]
title = "Ejemplo & <prueba>"
languages = ["es-MX", "en"]

[[concept]]
id = "arancel"
subject = "trade"
kind = "law"
jurisdiction = "MX"
definition.es-MX = { text = "Impuesto a la importación.", source = "mesa" }
definition.en = "Tax on imports."
definition.fr = "Taxe"
note = "uno\ndos"
source = "mesa <a&b>"
url = "https://example.org/a?b=1&c=2"
valid-from = 2020-01-02
related = ["cupo"]
broader = ["cupo"]
review = "proposed"
reliability = 4
client = "desk"
external-refs = ["IATE-1"]
history = [{ who = "A. Pérez", when = 2024-03-01, what = "origination" }]
contexts = [{ es = "Sube.", en = "It rises." }]
terms.es-MX = [
    { term = "arancel", status = "preferred", pos = "noun", gender = "masculine", forms = ["aranceles"], note = "n" },
    { term = "tarifa", forbidden = true, reason = "otra cosa", replace-with = "arancel" },
    { term = "gravamen", status = "deprecated", region = "es-MX", register = "press", context = "El gravamen sube." },
]
terms.en = [{ term = "tariff", type = "full form", pos = "noun" }, { term = "R&D <x> \"q\"", case = "exact", x = { desk = "a" } }]
x.desk = "economy"
x.category = [{ element = "descrip", type = "x-desk", text = "economy" }]

[[concept]]
id = "cupo"
terms.es-MX = "cupo"
terms.en = "=SUM(A1)"
image = "not a link"
history = [{ what = "checked" }]

[[concept]]
id = "1234 ñ/€"
terms.en = { term = "USMCA", pos = "name", gender = "common", number = "plural", inflect = false, expect = false }
terms.es-MX = ["T-MEC", "Tratado, el; de \"todos\"", "uno", "dos", "tres", "cuatro"]
"#;

fn sample() -> Termbase {
    let read = crate::termbase::read(&[Source::toml("g.toml", SAMPLE)]);
    assert_eq!(read.findings, []);
    read.termbase
}

fn both_ways() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.read.is_some() && format.write.is_some())
}

fn written(format: &Format, termbase: &Termbase) -> Vec<u8> {
    let written = write(format, termbase, &Target::default());
    written.unwrap_or_else(|findings| panic!("{}: {findings:?}", format.name)).bytes
}

fn read_again(format: &Format, bytes: &[u8]) -> Termbase {
    let reading = read(&Input::new("x.es-MX_en.dat", bytes), Some(format));
    reading.termbase.unwrap_or_else(|| panic!("{}: {:?}", format.name, reading.findings))
}

/// A concept without places, and without what does not travel.
fn plain(concept: &Concept) -> Concept {
    let mut concept = concept.clone();
    concept.place = None;
    concept.private_note = None;
    concept.id_written = true;
    concept.sections.sort_by(|a, b| a.tag.cmp(&b.tag));
    concept.sections.iter_mut().flat_map(|section| &mut section.terms).for_each(|entry| entry.place = None);
    concept
}

/// What is left of a concept in a format that holds these keys.
fn held(concept: &Concept, of_concept: &[&str], of_term: &[&str]) -> Concept {
    let mut left = Concept { id: concept.id.clone(), id_written: true, ..Concept::default() };
    for field in CONCEPT.iter().filter(|field| of_concept.contains(&field.key)) {
        if let Some(value) = (field.get)(concept) {
            (field.set)(&mut left, value).expect(field.key);
        }
    }
    for section in &concept.sections {
        let terms = section.terms.iter().map(|entry| {
            let mut kept = TermEntry::new(entry.term.clone());
            for field in TERM.iter().filter(|field| of_term.contains(&field.key)) {
                if let Some(value) = (field.get)(entry) {
                    (field.set)(&mut kept, value).expect(field.key);
                }
            }
            kept
        });
        left.sections.push(LangSection { tag: section.tag.clone(), terms: terms.collect() });
    }
    left
}

#[test]
fn formats_that_hold_all_give_all_back() {
    let sample = sample();
    for format in both_ways().filter(|format| format.holds == Holds::All) {
        let again = read_again(format, &written(format, &sample));
        assert_eq!(
            again.settings.title.is_some(),
            !matches!(format.name, "csv" | "tsv" | "xlsx" | "ods" | "jsonl" | "multiterm"),
            "{}",
            format.name
        );
        let concepts: Vec<Concept> = again.concepts.iter().map(plain).collect();
        for (concept, wanted) in concepts.iter().zip(sample.concepts.iter().map(plain)) {
            assert_eq!(*concept, wanted, "{}", format.name);
        }
        assert_eq!(concepts.len(), sample.concepts.len(), "{}", format.name);
    }
}

#[test]
fn formats_that_hold_keys_give_those_back() {
    let sample = sample();
    for format in both_ways() {
        let Holds::Keys(of_concept, of_term) = format.holds else { continue };
        // Words for usage and workflow stand for one another there, which the report of losses says of them.
        let exact: Vec<&str> =
            of_term.iter().copied().filter(|key| !matches!(*key, "status" | "forbidden" | "case")).collect();
        let of_concept: Vec<&str> =
            of_concept.iter().copied().filter(|key| !matches!(*key, "review" | "definition")).collect();
        let again = read_again(format, &written(format, &sample));
        for (concept, wanted) in again.concepts.iter().zip(sample.concepts.iter()) {
            let sorted = |concept: &Concept| {
                let mut held = plain(&held(concept, &of_concept, &exact));
                held.sections
                    .iter_mut()
                    .for_each(|section| section.terms.sort_by(|a, b| a.term.cmp(&b.term)));
                held
            };
            assert_eq!(sorted(concept), sorted(wanted), "{}", format.name);
        }
    }
}

#[test]
fn pairs_come_back_together() {
    let sample = sample();
    for format in both_ways().filter(|format| matches!(format.holds, Holds::Pairs(..) | Holds::One(..))) {
        let again = read_again(format, &written(format, &sample));
        let has = |one: &str, other: &str| {
            again.concepts.iter().any(|concept| {
                let terms: Vec<&str> =
                    concept.sections.iter().flat_map(|s| &s.terms).map(|t| t.term.as_str()).collect();
                terms.contains(&one) && terms.contains(&other)
            })
        };
        assert!(
            has("arancel", "tariff") && has("cupo", "=SUM(A1)") && has("T-MEC", "USMCA"),
            "{}: {again:#?}",
            format.name
        );
    }
}

#[test]
fn a_second_export_is_the_first() {
    let sample = sample();
    for format in both_ways() {
        let first = written(format, &sample);
        let second = written(format, &read_again(format, &first));
        assert!(
            first == second,
            "{}:\n{}\n{}",
            format.name,
            String::from_utf8_lossy(&first),
            String::from_utf8_lossy(&second)
        );
    }
}

#[test]
fn losses_are_told_by_field_and_entry() {
    let losses = |name: &str| {
        let format = find(name).expect(name);
        write(format, &sample(), &Target::default()).expect(name).losses
    };
    assert_eq!(losses("toml"), []);
    assert_eq!(losses("json"), []);
    let omegat = losses("omegat");
    let of = |field: &str| {
        omegat.iter().find(|loss| loss.field == field).unwrap_or_else(|| panic!("{field}: {omegat:?}"))
    };
    assert_eq!((of("subject").entries.as_slice(), of("terms.pos").count), (&["arancel".to_owned()][..], 3));
    assert!(losses("tbx").iter().all(|loss| loss.kind == LossKind::Changed), "nothing is left out");
}

#[test]
fn limits_are_kept_before_anything_is_written() {
    let toml = |terms: &str| {
        let text = format!(
            "[[concept]]\nid = \"a\"\n{terms}\n[[concept]]\nid = \"b\"\nterms.es = \"x\"\nterms.en = \"y\"\n"
        );
        crate::termbase::read(&[Source::toml("g.toml", &text)]).termbase
    };
    let refused = |name: &str, termbase: &Termbase, why: &str| {
        let findings = write(find(name).expect(name), termbase, &Target::default()).expect_err(why);
        assert!(
            findings.iter().any(|finding| finding.message.contains(why) && finding.message.contains("`a`")),
            "{findings:?}"
        );
    };
    let long = toml(&format!("terms.es = \"{}\"\nterms.en = \"z\"", "ñ".repeat(513)));
    refused("deepl", &long, "1026 bytes");
    refused("amazon", &long, "1026 bytes");
    refused("deepl", &toml("terms.es = \"x\\u0007\"\nterms.en = \"z\""), "control character");
    let twice = toml("terms.es = [\"w\", \"w\"]\nterms.en = \"z\"");
    refused("deepl", &twice, "is the source of another entry");
    assert!(write(find("amazon").expect("amazon"), &twice, &Target::default()).is_ok());
}

#[test]
fn terms_that_a_file_could_not_tell_apart_are_written_once_and_told() {
    let text = "id = \"a\"\nterms.en = [{ term = \"w\", pos = \"noun\" }, { term = \"w\", pos = \"verb\" }]\nterms.es = \"z\"";
    let homographs = read_again(find("toml").expect("toml"), format!("[[concept]]\n{text}\n").as_bytes());
    for (name, terms) in [("memoq", 1), ("csv", 2), ("json", 2), ("utx", 1), ("tbx", 2)] {
        let format = find(name).expect(name);
        let written = write(format, &homographs, &Target::default()).expect(name);
        let again = read_again(format, &written.bytes);
        let english =
            again.concepts[0].sections.iter().find(|section| section.tag.as_str().starts_with("en"));
        assert_eq!(english.map_or(0, |section| section.terms.len()), terms, "{name}");
        let told = written.losses.iter().any(|loss| loss.field == "terms");
        assert_eq!(told, terms == 1, "{name}");
    }
    // A text alone says nothing that the same text with its keys has not said.
    let text = "id = \"a\"\nterms.en = [{ term = \"w\", context = \"A w.\" }, { term = \"w\", pos = \"verb\" }]\nterms.es = \"z\"";
    let termbase = read_again(find("toml").expect("toml"), format!("[[concept]]\n{text}\n").as_bytes());
    let first = written(find("memoq").expect("memoq"), &termbase);
    assert_eq!(
        written(find("memoq").expect("memoq"), &read_again(find("memoq").expect("memoq"), &first)),
        first
    );
}

#[test]
fn a_workbook_has_no_column_for_what_was_left_out() {
    let text = format!(
        "[[concept]]\nid = \"a\"\nnote = \"{}\"\nterms.es = \"x\"\nterms.en = \"y\"\n",
        "n".repeat(32_768)
    );
    let termbase = crate::termbase::read(&[Source::toml("g.toml", &text)]).termbase;
    let format = find("xlsx").expect("xlsx");
    let first = write(format, &termbase, &Target::default()).expect("a workbook");
    assert_eq!(first.losses.iter().map(|loss| loss.field.as_str()).collect::<Vec<_>>(), ["note"]);
    let read = read(&Input::new("g.xlsx", &first.bytes), Some(format)).termbase.expect("a termbase");
    assert_eq!(write(format, &read, &Target::default()).expect("a workbook").bytes, first.bytes);
}

#[test]
fn regions_become_codes_that_the_target_knows() {
    let heading = |name: &str, terms: &str| {
        let text = format!("[[concept]]\nid = \"a\"\n{terms}\n");
        let termbase = crate::termbase::read(&[Source::toml("g.toml", &text)]).termbase;
        let written = write(find(name).expect(name), &termbase, &Target::default())?;
        let told = written.losses.iter().any(|loss| loss.field == "languages");
        Ok((String::from_utf8_lossy(&written.bytes).lines().next().unwrap_or_default().to_owned(), told))
    };
    let regional = "terms.es-MX = \"x\"\nterms.en-US = \"y\"";
    assert_eq!(heading("amazon", regional), Ok(("es-MX,en".to_owned(), true)));
    assert_eq!(heading("google", regional), Ok(("es,en".to_owned(), true)));
    assert_eq!(heading("google", "terms.es = \"x\"\nterms.en = \"y\""), Ok(("es,en".to_owned(), false)));
    let apart = "terms.es-MX = \"x\"\nterms.es-ES = \"w\"\nterms.en-US = \"y\"";
    assert_eq!(heading("amazon", apart).map(|(heading, _)| heading).as_deref(), Ok("es-MX,es,en"));
    let findings: Vec<crate::check::Finding> = heading("google", apart).expect_err("one code for both");
    assert!(findings[0].message.contains("two columns would be `es`"), "{findings:?}");
}

#[test]
fn a_file_without_an_entry_is_not_written() {
    let text =
        "[[concept]]\nid = \"a\"\nterms.es = \"#muro\"\nterms.en = \"wall\"\n[[concept]]\nid = \"b\"\n";
    let termbase = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
    for name in ["omegat", "omegat-csv", "xbench", "utx", "vale"] {
        let findings = write(find(name).expect(name), &termbase, &Target::default()).expect_err(name);
        let [told @ .., error] = findings.as_slice() else { panic!("{name}: nothing is told") };
        assert!(error.severity == Severity::Error && error.help.is_some(), "{name}: {findings:?}");
        assert!(
            told.iter().any(|one| one.message.contains(" in a")),
            "what became of it, {name}: {findings:?}"
        );
    }
    let french = Target { languages: vec![LangTag("fr".to_owned())], ..Target::default() };
    for format in both_ways().filter(|format| format.texts != Texts::Any) {
        if let Ok(written) = write(format, &termbase, &french) {
            let again = read_again(format, &written.bytes);
            assert!(!again.concepts.is_empty(), "{}", format.name);
        }
    }
}

#[test]
#[cfg(feature = "rdf")]
fn literals_keep_their_layout() {
    let text = "[[concept]]\nid = \"a\"\nterms.es = \"muro\"\nnote = \"uno\\n  - dos\\n\\ttres\"\ndefinition.es = \"a\\n  b\"\n";
    let termbase = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
    for name in ["skos", "skos-jsonld"] {
        let format = find(name).expect(name);
        let again = read_again(format, &written(format, &termbase));
        assert_eq!(again.concepts[0].note.as_deref(), Some("uno\n  - dos\n\ttres"), "{name}");
        assert_eq!(again.concepts[0].definition, termbase.concepts[0].definition, "{name}");
    }
}

#[test]
fn what_is_streamed_is_what_is_read_whole() {
    let sample = sample();
    for (from, to) in
        [("tbx", "jsonl"), ("tbx", "toml"), ("tbx-v2", "jsonl"), ("tmx", "jsonl"), ("tmx", "toml")]
    {
        let (from, to) = (find(from).expect(from), find(to).expect(to));
        let bytes = written(from, &sample);
        let whole = written(to, &read_again(from, &bytes));
        let open = || -> Result<Box<dyn std::io::BufRead>, Finding> {
            Ok(Box::new(std::io::Cursor::new(bytes.clone())))
        };
        let source = stream::Source { name: "x", format: from, open: &open };
        let mut out = Vec::new();
        let done = stream::convert(&source, to, &Target::default(), &mut out).expect("well formed");
        assert_eq!(
            String::from_utf8_lossy(&out),
            String::from_utf8_lossy(&whole),
            "{} {}",
            from.name,
            to.name
        );
        assert_eq!((done.concepts, done.terms), (3, sample.terms().count()), "{}", from.name);

        let cut = bytes[..bytes.len() / 2].to_vec();
        let open = || -> Result<Box<dyn std::io::BufRead>, Finding> {
            Ok(Box::new(std::io::Cursor::new(cut.clone())))
        };
        let mut out = Vec::new();
        let error =
            stream::convert(&stream::Source { open: &open, ..source }, to, &Target::default(), &mut out);
        assert!(error.expect_err("cut off").message.contains("byte") && out.is_empty());
    }
}

#[test]
fn what_is_only_written() {
    let text = |name: &str, target: &Target| {
        let written =
            write(find(name).expect(name), &sample(), target).unwrap_or_else(|f| panic!("{name}: {f:?}"));
        (String::from_utf8(written.bytes).expect("UTF-8"), written.losses)
    };
    let (rule, _) = text("vale", &Target::default());
    assert!(rule.ends_with("swap:\n  \"gravamen\": \"arancel\"\n  \"tarifa\": \"arancel\"\n"), "{rule}");
    let (prompt, losses) = text("prompt", &Target::default());
    assert!(
        prompt.contains(
            "\n- arancel | tarifa | gravamen => tariff | R&D <x> \"q\"; meaning: Tax on imports.\n"
        ),
        "{prompt}"
    );
    assert!(!losses.iter().any(|loss| loss.field == "concept"), "{losses:?}");
    let other_way =
        Target { languages: ["en", "es"].map(|tag| LangTag(tag.to_owned())).to_vec(), ..Target::default() };
    let (prompt, _) = text("prompt", &other_way);
    assert!(
        prompt.contains("=> arancel; never: tarifa (write arancel; otra cosa) | gravamen; meaning: Impuesto"),
        "{prompt}"
    );
    for limit in [230, 300, 400] {
        let (prompt, losses) = text("prompt", &Target { limit: Some(limit), ..Target::default() });
        assert!(prompt.chars().count() <= limit && prompt.lines().count() > 1, "{limit}: {prompt}");
        let left_out: usize =
            losses.iter().filter(|loss| loss.field == "concept").map(|loss| loss.count).sum();
        assert_eq!(prompt.lines().count() - 1 + left_out, 3, "{limit}: {prompt}");
    }
    let (whole, _) = text("prompt", &Target::default());
    let (shorter, losses) =
        text("prompt", &Target { limit: Some(whole.chars().count() - 1), ..Target::default() });
    assert_eq!(shorter.lines().count(), whole.lines().count(), "definitions go first: {shorter}");
    assert!(losses.iter().any(|loss| loss.field == "definition"), "{losses:?}");
    let none =
        write(find("prompt").expect("prompt"), &sample(), &Target { limit: Some(100), ..Target::default() });
    let none = none.expect_err("no room");
    assert!(none.iter().any(|one| one.message.contains("does not fit within the limit)")), "{none:?}");
}

#[test]
fn a_dictionary_is_sorted_as_its_readers_search() {
    let Some(format) = find("stardict") else { return };
    let text = "[[concept]]\nid = \"a\"\nterms.es = [\"b\", \"A\", \"Z\", \"ñ\", \"a\"]\nterms.en = [\"x\", \"y\"]\nnote = \"uno\\n\\ndos\"\n";
    let termbase = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
    let bytes = written(format, &termbase);
    #[cfg(feature = "office")]
    {
        let mut container = crate::format::container::Container::open(&bytes).expect("a ZIP");
        let index = container.bytes("glossary.idx").expect("an index");
        let words: Vec<&[u8]> = index
            .split(|byte| *byte == 0)
            .map(|word| word.get(word.len().saturating_sub(2)..).unwrap_or(word))
            .collect();
        assert!(
            words[0].ends_with(b"A") && index.windows(3).any(|three| three == "ñ\0".as_bytes()),
            "{words:?}"
        );
        assert_eq!(container.text("glossary.dict").as_deref(), Ok("x\ny\n\nuno\ndos"));
    }
    let again = read_again(format, &bytes);
    let concept = &again.concepts[0];
    assert_eq!(
        (again.concepts.len(), concept.sections[0].terms.len(), concept.sections[1].terms.len()),
        (1, 5, 2)
    );
    assert_eq!(concept.note.as_deref(), Some("uno\ndos"));
}

#[test]
fn tags_and_ids_of_cards_are_no_html() {
    let format = find("anki").expect("anki");
    let text = "#separator:tab\n#html:true\n#tags column:4\n#guid column:5\na &amp; b\tc\t\tR&D<br>\tx&y\n";
    let termbase = read_again(format, text.as_bytes());
    let concept = &termbase.concepts[0];
    assert_eq!((concept.subject.as_deref(), concept.id.as_str()), (Some("R&D<br>"), "x&y"));
    assert_eq!(concept.sections[0].terms[0].term, "a & b");
    assert_eq!(read_again(format, &written(format, &termbase)).concepts[0].subject, concept.subject);
}

#[test]
fn a_table_without_terms_has_a_heading_and_a_term_that_comes_twice_is_one_unless_it_says_something_else() {
    let csv = find("csv").expect("csv");
    let bare = read_again(csv, b"id,es,en,ours\nduty,,,1\n");
    for name in ["csv", "html", "markdown", "xlsx"] {
        let format = find(name).expect("a format");
        let first = written(format, &bare);
        let again = read_again(format, &first);
        assert_eq!(again.concepts.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["duty"], "{name}");
        assert_eq!(written(format, &again), first, "{name}");
    }
    let terms = |text: &str| read_again(csv, text.as_bytes()).concepts[0].sections[0].terms.clone();
    let said = |text: &str| terms(text).iter().map(|term| term.region.clone()).collect::<Vec<_>>();
    for id in ["", "duty"] {
        let wide = |first: &str, second: &str| {
            said(&format!("id,es,es:region,es,es:region\n{id},cuota,{first},cuota,{second}\n"))
        };
        assert_eq!(wide("MX", "").len(), 1, "{id}");
        assert_eq!(wide("MX", "MX").len(), 1, "{id}");
        assert_eq!(wide("MX", "ES").len(), 2, "{id}");
        let paired = format!("id,source,target,pos\n{id},cuota,fee,noun\n{id},cuota,quota,\n");
        assert_eq!(said(&paired).len(), 1, "{id}");
    }
}

#[test]
fn quotation_marks_are_text_where_they_can_be_nothing_else() {
    let terms = |text: &str| {
        let reading = read(&Input::new("x.es-en.tsv", text.as_bytes()), None);
        let termbase = reading.termbase.unwrap_or_else(|| panic!("{:?}", reading.findings));
        termbase.terms().map(|(_, entry)| entry.term.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        terms("\"comillas\"\t\"quotes\" inside\nmuro\twall\n"),
        ["\"comillas\"", "\"quotes\" inside", "muro", "wall"]
    );
    assert_eq!(terms("\"muro\"\t\"the \"\"wall\"\"\"\n"), ["muro", "the \"wall\""]);
}

#[test]
fn two_regions_of_a_language_are_two_sides() {
    let section = |tag: &str, term: &str| LangSection {
        tag: LangTag(tag.to_owned()),
        terms: vec![TermEntry::new(term)],
    };
    let sections = vec![section("es", "a"), section("es-MX", "b"), section("es-ES", "c")];
    let concept = Concept { sections, ..Concept::default() };
    let sides = |source: &str, target: &str| {
        let [source, target] = [source, target].map(|tag| LangTag(tag.to_owned()));
        pairs::sides(&concept, [&source, &target])
            .map(|side| side.iter().map(|term| term.term.as_str()).collect::<String>())
    };
    assert_eq!(sides("es", "es-MX"), ["ac", "b"]);
    assert_eq!(sides("es-MX", "es-ES"), ["ab", "ac"]);
    assert_eq!(sides("es", "en"), ["abc", ""]);
}

#[test]
fn what_is_hostile_or_broken_gives_an_error_and_no_termbase() {
    let gzip = [&b"\x1f\x8b\x08\0"[..], &[0; 40]].concat();
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.tbx", b"", "is empty"),
        ("a.csv", b" \n", "is empty"),
        ("a.tbx", b"<html/>", "root element is <html>"),
        ("a.tbx", b"<!DOCTYPE tbx [<!ENTITY a 'b'>]><tbx/>", "declares entities"),
        ("a.tbx", b"<tbx><text>&a;</text></tbx>", "`&a;` cannot be resolved"),
        ("a.tbx", b"<tbx><text>", "ends before its elements do"),
        ("a.tbx", &gzip, "gzip"),
        ("a.csv", b"es,en\nara\0ncel,x\n", "NUL"),
        ("a.csv", b"es,en\n\"arancel,x\ny,z\n", "never closed"),
        ("a.utx", b"#UTX 1.11; es/en\narancel\ttariff\n", "columns"),
        ("a.json", b"{\"concepts\": 1}", "no list"),
        ("a.json", b"{", "not valid JSON"),
        ("a.po", b"msgid \"a\nmsgstr \"b\"\n", "quotes"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.dat", b"hola", "no format"),
    ];
    for (name, bytes, why) in cases {
        let reading = read(&Input::new(name, bytes), None);
        assert!(reading.termbase.is_none(), "{name}: {why}");
        assert!(
            reading.findings.iter().any(|f| f.message.contains(why) && f.help.is_some()),
            "{name}: {:?}",
            reading.findings
        );
    }
}

/// What is written of a termbase in TOML, and the fields of what is lost.
fn text_and_losses(name: &str, toml: &str) -> (String, Vec<String>) {
    let read = crate::termbase::read(&[Source::toml("g.toml", toml)]);
    assert_eq!(read.findings, []);
    let written = write(find(name).expect(name), &read.termbase, &Target::default()).expect(name);
    let losses = written.losses.iter().map(ToString::to_string).collect();
    (String::from_utf8_lossy(&written.bytes).into_owned(), losses)
}

#[test]
fn what_is_not_to_be_used_is_no_translation() {
    let text = "[[concept]]\nid = \"good\"\nterms.es = \"cuota\"\nterms.en = [{ term = \"quoty\", forbidden = true, replace-with = \"quota\" }, \"quota\"]\n\
        [[concept]]\nid = \"none\"\nterms.es = \"arancel\"\nterms.en = { term = \"tariffy\", status = \"deprecated\" }\n\
        [[concept]]\nid = \"source\"\nterms.es = [{ term = \"tasa\", forbidden = true, reason = \"r\" }, \"derecho\"]\nterms.en = \"duty\"\n";
    let lists = ["deepl", "google", "google-pairs", "amazon", "microsoft"];
    for name in lists {
        let (written, losses) = text_and_losses(name, text);
        assert!(["cuota", "quota", "derecho", "duty"].iter().all(|term| written.contains(term)), "{name}");
        assert!(!["quoty", "tariffy", "arancel", "tasa"].iter().any(|term| written.contains(term)), "{name}");
        let told = |field: &str, entry: &str| {
            losses.iter().any(|loss| loss.starts_with(&format!("`{field}` left out")) && loss.contains(entry))
        };
        assert!(told("terms", "good, none, source") && told("concept", "none"), "{name}: {losses:?}");
    }
    // A source that is outdated stays: texts have it.
    let outdated = "[[concept]]\nid = \"a\"\nterms.es = { term = \"gravamen\", status = \"deprecated\" }\nterms.en = \"tariff\"\n";
    assert_eq!(text_and_losses("deepl", outdated).0, "gravamen\ttariff\n");
    // Who looks a term up finds what is not to be used, too.
    for name in ["omegat", "omegat-csv", "xbench", "weblate", "xliff", "anki"] {
        let (written, losses) = text_and_losses(name, text);
        assert!(["quoty", "tariffy", "tasa"].iter().all(|term| written.contains(term)), "{name}");
        assert!(losses.iter().any(|loss| loss.contains("forbidden")), "{name}: {losses:?}");
    }
    assert!(
        text_and_losses("po", text).0.contains("quota") && !text_and_losses("po", text).0.contains("quoty")
    );
    // A format with a column for it says so.
    assert!(text_and_losses("utx", text).0.contains("tariffy\t\t\tnon-standard"));
}

#[test]
fn definitions_and_synonyms_come_back_from_xliff() {
    let text = "[[concept]]\nid = \"la tecla\"\ndefinition.en = { text = \"A key.\", source = \"db\" }\ndefinition.es = \"Una tecla.\"\n\
        terms.es = [\"tecla TAB\", \"tabulador\"]\nterms.en = [{ term = \"TAB key\", source = \"NYT\" }, \"tabulator\"]\n";
    let (written, losses) = text_and_losses("xliff", text);
    assert_eq!(losses, [] as [String; 0]);
    let again = read_again(find("xliff").expect("xliff"), written.as_bytes());
    let wanted = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
    assert_eq!(
        again.concepts.iter().map(plain).collect::<Vec<_>>(),
        wanted.concepts.iter().map(plain).collect::<Vec<_>>()
    );
    let twice = "[[concept]]\nid = \"a\"\nterms.es = [{ term = \"x\", pos = \"noun\" }, { term = \"x\", pos = \"verb\" }]\nterms.en = \"y\"\n";
    let (written, losses) = text_and_losses("xliff", twice);
    assert_eq!(written.matches("<unit ").count(), 1);
    assert!(
        losses.iter().any(|loss| loss.starts_with("`terms` left out (the same stands there")),
        "{losses:?}"
    );
    let marked = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="es"><file id="f"><unit id="u"><segment>
        <source>Press <mrk id="m1" type="term" value="a key" ref="https://example.org/tab">TAB</mrk></source></segment></unit></file></xliff>"#;
    let concept = &read_again(find("xliff").expect("xliff"), marked.as_bytes()).concepts[0];
    assert_eq!(concept.definition[&LangTag("en".to_owned())].text, "a key");
    assert_eq!(concept.url.as_deref(), Some("https://example.org/tab"));
}

#[test]
#[cfg(feature = "rdf")]
fn what_others_say_in_skos_comes_back() {
    let text = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
        <http://e.org/c1> a skos:Concept ; skos:prefLabel "arancel"@es-MX , "tariff"@en ; skos:hiddenLabel "tarif"@en ;
          skos:definition "A tax"@en , "Another"@en ; skos:example "It rose."@en ; skos:notation "382" ; skos:scopeNote "s" ;
          skos:historyNote "h1" , "h2" ; skos:editorialNote "e"@en ; skos:exactMatch <http://d.org/x> ;
          dct:created "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ; <http://o.org/p> "<o>" ; skos:narrower <http://e.org/c2> .
        <http://e.org/c2> a skos:Concept ; skos:prefLabel "cupo"@es-MX ."#;
    let skos = find("skos").expect("skos");
    let reading = read(&Input::new("x.ttl", text.as_bytes()), Some(skos));
    assert!(reading.findings.iter().any(|finding| finding.message.contains("hidden label")));
    let termbase = reading.termbase.expect("a termbase");
    let concept = &termbase.concepts[0];
    let kept = |key: &str| concept.x.get(key).map(ToString::to_string).unwrap_or_default();
    assert_eq!(kept("skos:historyNote"), r#"["h1", "h2"]"#);
    assert_eq!(kept("skos:exactMatch"), r#""<http://d.org/x>""#);
    let json = written(find("json").expect("json"), &termbase);
    assert_eq!(format_of(&Input::new("x.json", &json)).expect("a format").name, "json");
    assert_eq!(kept("uri"), r#""http://e.org/c1""#);
    assert_eq!(concept.sections[1].terms[0].context.as_deref(), Some("It rose."));
    assert_eq!(termbase.concepts[1].broader, [crate::termbase::ConceptId("382".to_owned())]);
    for name in ["skos", "skos-jsonld"] {
        let format = find(name).expect(name);
        let bytes = written(format, &termbase);
        let again = read_again(format, &bytes);
        let whole = |of: &Termbase| of.concepts.iter().map(plain).collect::<Vec<_>>();
        assert_eq!(whole(&again), whole(&termbase), "{name}");
        if name == "skos" {
            let turtle = String::from_utf8_lossy(&bytes);
            for line in [
                "<http://e.org/c1> a skos:Concept",
                r#"dct:created "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>"#,
                r#"skos:editorialNote "e"@en"#,
                r#"skos:definition "Another"@en"#,
                r#"<http://o.org/p> "<o>""#,
                "skos:broader <http://e.org/c1>",
            ] {
                assert!(turtle.contains(line), "{line}: {turtle}");
            }
        }
    }
}

#[cfg(any(feature = "rdf", feature = "xlsx"))]
const USAGE: &str = "[[concept]]\nid = \"a\"\nreview = \"reviewed\"\nterms.en = \"e\"\nterms.es = [{ term = \"y\", forbidden = true, \
    reason = \"r\" }, { term = \"x\", status = \"preferred\", case = \"any\" }, { term = \"z\", status = \"admitted\" }, \
    { term = \"w\", status = \"superseded\" }]\n[[concept]]\nid = \"b\"\nterms.es = \"plain\"\nterms.en = { term = \"hidden\", status = \"deprecated\", reason = \"r\" }\n";

#[test]
#[cfg(feature = "rdf")]
fn labels_rule_over_what_is_told_of_them() {
    let skos = find("skos").expect("skos");
    let (text, losses) = text_and_losses("skos", USAGE);
    for told in
        ["`terms.forbidden` changed (it is a hidden label", "`terms.status` changed", "`review` changed"]
    {
        assert!(losses.iter().any(|loss| loss.starts_with(told)), "{told}: {losses:?}");
    }
    let edited = text.replace("skos:altLabel \"z\"@es", "skos:altLabel \"zeta\"@es");
    assert_ne!(edited, text);
    let terms = read_again(skos, edited.as_bytes()).concepts[0]
        .sections
        .iter()
        .find(|section| section.tag.0 == "es")
        .expect("es")
        .terms
        .clone();
    let said: Vec<_> = terms
        .iter()
        .map(|term| (term.term.as_str(), term.status.map(|status| status.as_str()), term.forbidden))
        .collect();
    assert_eq!(
        said,
        [
            ("y", None, true),
            ("x", Some("preferred"), false),
            ("w", Some("superseded"), false),
            ("zeta", None, false)
        ]
    );
    let simple = "[[concept]]\nid = \"a\"\nterms.es = [\"x\", \"y\", { term = \"z\", status = \"deprecated\" }]\nterms.en = \"e\"\n";
    assert!(!text_and_losses("skos", simple).0.contains("glosa:term"), "labels say all");
}

#[test]
#[cfg(feature = "xlsx")]
fn what_phrase_has_no_word_for_is_told() {
    let losses = text_and_losses("phrase", USAGE).1;
    for told in [
        "`review` changed (Phrase has New and Approved): 1 value in a",
        "`terms.status` dropped",
        "`terms.status` changed (Phrase has it as forbidden): 2 values in a, b",
        "`terms.case` left out",
    ] {
        let told = told.replace("dropped", "left out");
        assert!(losses.iter().any(|loss| loss.starts_with(&told)), "{told}: {losses:?}");
    }
    let termbase = crate::termbase::read(&[Source::toml("g.toml", USAGE)]).termbase;
    let phrase = find("phrase").expect("phrase");
    assert_eq!(read_again(phrase, &written(phrase, &termbase)).concepts[1].review, None);
}

#[test]
fn fields_of_multiterm_are_fields_again() {
    let text = r#"<?xml version="1.0"?><mtf><conceptGrp><concept>1</concept><system type="entryClass">5</system>
        <transacGrp><transac type="origination">ana</transac><date>2019-03-01T10:11:12</date></transacGrp>
        <descripGrp><descrip type="Graphic">a.png</descrip></descripGrp><descripGrp><descrip type="Bild" multimedia="b.png"/></descripGrp>
        <descripGrp><descrip type="Note">See <xref Clink="2">entry 2</xref></descrip></descripGrp>
        <languageGrp><language type="English" lang="EN-US"/><descripGrp><descrip type="Definition">A tax.</descrip><descripGrp><descrip type="Source">DRAE</descrip></descripGrp></descripGrp>
        <termGrp><term>tariff</term><descripGrp><descrip type="Context">A 25% tariff.</descrip><descripGrp><descrip type="Source">NYT</descrip></descripGrp></descripGrp>
        <descripGrp><descrip type="Note">avoid</descrip></descripGrp><descripGrp><descrip type="Desk">economy</descrip></descripGrp></termGrp></languageGrp></conceptGrp>
        <conceptGrp><concept>2</concept><foo>bar</foo><languageGrp><language type="English" lang="EN-US"/><termGrp><term>duty</term><transacGrp><transac type="origination">ana</transac></transacGrp></termGrp></languageGrp></conceptGrp></mtf>"#;
    let format = find("multiterm").expect("multiterm");
    let reading = read(&Input::new("x.xml", text.as_bytes()), Some(format));
    for told in ["<foo> is not kept", "who changed a term"] {
        let skip = reading.findings.iter().find(|finding| finding.message.contains(told)).expect(told);
        assert!(is_skip(skip), "{told}");
    }
    let termbase = reading.termbase.expect("a termbase");
    let concept = &termbase.concepts[0];
    assert_eq!(concept.related, [crate::termbase::ConceptId("2".to_owned())]);
    assert_eq!(concept.image.as_deref(), Some("a.png"));
    assert_eq!(concept.definition[&LangTag("en-US".to_owned())].source.as_deref(), Some("DRAE"));
    let again = write(format, &termbase, &Target::default()).expect("multiterm");
    assert_eq!(again.losses, [], "nothing is in a note of glosa");
    let units: Vec<u16> =
        again.bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let xml = String::from_utf16(&units).expect("UTF-16");
    for wanted in [
        r#"<system type="entryClass">5</system>"#,
        "<date>2019-03-01T10:11:12</date>",
        r#"<descrip type="Bild">b.png</descrip>"#,
        r#"<descrip type="Graphic">a.png</descrip>"#,
        r#"<xref Clink="2">2</xref>"#,
        r#"<descrip type="Context">A 25% tariff.</descrip>"#,
        r#"<descrip type="Desk">economy</descrip>"#,
        r#"<descrip type="Definition">A tax.</descrip>"#,
    ] {
        assert!(xml.contains(wanted), "{wanted}: {xml}");
    }
    let whole = |of: &Termbase| of.concepts.iter().map(plain).collect::<Vec<_>>();
    assert_eq!(whole(&read_again(format, &again.bytes)), whole(&termbase));
}

#[test]
fn what_a_memory_says_of_its_units_comes_back_and_the_rest_is_told() {
    let text = r#"<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="phrase" o-tmf="x" adminlang="en" srclang="es" datatype="plaintext"><prop type="p">v</prop><ude name="u" base="b"/></header><body>
        <tu tuid="a" creationdate="20200102T030405Z" creationid="ana" usagecount="3"><tuv xml:lang="es"><seg>aran<bpt i="1">b</bpt>cel<ept i="1">b</ept></seg></tuv><tuv xml:lang="en" changeid="luis"><seg>tariff</seg></tuv></tu></body></tmx>"#;
    let format = find("tmx").expect("tmx");
    let reading = read(&Input::new("x.tmx", text.as_bytes()), Some(format));
    for told in ["<ude> of the header", "“arancel” has codes"] {
        assert!(reading.findings.iter().any(|one| is_skip(one) && one.message.contains(told)), "{told}");
    }
    let termbase = reading.termbase.expect("a termbase");
    let again = String::from_utf8(written(format, &termbase)).expect("UTF-8");
    let tu = r#"<tu tuid="a" creationdate="20200102T030405Z" creationid="ana" usagecount="3">"#;
    assert!(tu.split(' ').all(|part| again.contains(part.trim_end_matches('>'))), "{again}");
    assert!(again.contains(r#"<prop type="p">v</prop>"#), "{again}");
    assert!(again.contains(r#"xml:lang="en" changeid="luis""#) && !again.contains("[glosa]"), "{again}");
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zñ ]{1,12}", "[a-zñÁéü0-9 \"';,\t<>&#=|¿«»—+@-]{1,16}"]
        .prop_map(|text| model::term_text(&text))
        .prop_filter("text", |text| !text.is_empty())
}

/// Text with what is no letter: control characters, ends of lines and paragraphs, marks of direction, a byte order
/// mark, what Unicode has no characters for.
fn hostile_text() -> impl Strategy<Value = String> {
    "[a-zñ #\"'=|\\\\<&\u{0}\u{7}\u{b}\u{e}\u{1b}\u{1f}\u{7f}\u{85}\u{9f}\t\r\n\u{2028}\u{2029}\u{ad}\u{a0}\u{200b}\u{200e}\u{202e}\u{2066}\u{feff}\u{fffe}\u{ffff}]{1,10}"
        .prop_map(|text| crate::text::fold::nfc(text.trim()).into_owned())
        .prop_filter("text", |text| text.contains(char::is_alphabetic))
}

prop_compose! {
    fn any_concept(text: fn() -> BoxedStrategy<String>)(
        id in "[a-z][a-z0-9-]{0,6}",
        es in prop::collection::btree_set(text(), 1..6),
        en in prop::collection::btree_set(text(), 1..3),
        note in prop::option::of(text().prop_map(|text| model::prose(&text))),
        status in prop::sample::select(vec![None, Some(crate::termbase::Status::Preferred), Some(crate::termbase::Status::Superseded)]),
        forbidden in any::<bool>(),
    ) -> Concept {
        let terms = |texts: std::collections::BTreeSet<String>| texts.into_iter().map(TermEntry::new).collect::<Vec<_>>();
        let mut sections = vec![
            LangSection { tag: LangTag("es-MX".to_owned()), terms: terms(es) },
            LangSection { tag: LangTag("en".to_owned()), terms: terms(en) },
        ];
        sections[0].terms[0].status = status;
        sections[1].terms[0].forbidden = forbidden;
        Concept { id: crate::termbase::ConceptId(id), id_written: true, note, sections, ..Concept::default() }
    }
}

/// A termbase of those concepts whose ids no other has.
fn distinct(concepts: Vec<Concept>) -> Termbase {
    let mut ids = std::collections::HashSet::new();
    let concepts = concepts.into_iter().filter(|concept| ids.insert(concept.id.clone()));
    let languages = ["es-MX", "en"].map(|tag| LangTag(tag.to_owned())).to_vec();
    let settings = crate::termbase::Settings { languages, ..Default::default() };
    Termbase { concepts: concepts.collect(), settings }
}

/// What is not as it should be when a termbase is written and read again.
fn trouble_with(format: &Format, termbase: &Termbase) -> Option<String> {
    let target = Target { languages: termbase.settings.languages.clone(), ..Target::default() };
    let Ok(first) = write(format, termbase, &target) else { return None };
    let text = String::from_utf8_lossy(&first.bytes);
    let reading = read(&Input::new("x.es-MX_en.dat", &first.bytes), Some(format));
    let Some(again) = reading.termbase.filter(|again| !again.concepts.is_empty()) else {
        return Some(format!("nothing of it is read\n{text:?}"));
    };
    // Where the format has no place for a region, the file is in the language itself.
    let stated = model::languages_of(again.concepts.iter());
    let as_read = |tag: &LangTag| {
        if stated.contains(tag) { tag.clone() } else { LangTag(tags::primary(tag).to_owned()) }
    };
    let target = Target { languages: target.languages.iter().map(as_read).collect(), ..target };
    let second = match write(format, &again, &target) {
        Ok(second) => second.bytes,
        Err(findings) => return Some(format!("a second export is refused: {findings:?}\n{text:?}")),
    };
    if first.bytes != second {
        return Some(format!("a second export differs\n{text:?}\n{:?}", String::from_utf8_lossy(&second)));
    }
    let controls = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let has_controls = termbase.terms().any(|(_, entry)| entry.term.contains(controls));
    if format.texts == Texts::Any {
        let terms =
            |of: &Termbase| of.terms().map(|(_, entry)| model::term_text(&entry.term)).collect::<Vec<_>>();
        return (format.holds == Holds::All && terms(termbase) != terms(&again))
            .then(|| format!("{again:#?}"));
    }
    let told = first.losses.iter().any(|loss| loss.kind == LossKind::Changed && loss.field == "terms");
    let text = crate::format::decode::decode("x", &first.bytes).map(|decoded| decoded.text);
    let kept = text.is_ok_and(|text| text.contains(controls));
    (kept || has_controls && !told).then(|| format!("{:?}", first.losses))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn generated_termbases_come_back(concepts in prop::collection::vec(any_concept(|| any_text().boxed()), 1..5)) {
        let termbase = distinct(concepts);
        for format in both_ways().filter(|format| format.holds == Holds::All) {
            let bytes = written(format, &termbase);
            let again = read_again(format, &bytes);
            let (before, after): (Vec<_>, Vec<_>) = (termbase.concepts.iter().map(plain).collect(), again.concepts.iter().map(plain).collect());
            prop_assert_eq!(before, after, "{}", format.name);
        }
    }

    /// Whatever is in a text: it is written in a way that can be read, or refused; the second export is the first;
    /// what is not as it was is told.
    #[test]
    fn hostile_texts_are_written_so_that_they_can_be_read(
        concepts in prop::collection::vec(any_concept(|| hostile_text().boxed()), 1..4),
    ) {
        let termbase = distinct(concepts);
        for format in both_ways() {
            prop_assert_eq!(trouble_with(format, &termbase), None, "{}", format.name);
        }
    }

    #[test]
    fn readers_never_panic(at in 0usize..2000, put in prop::collection::vec(any::<u8>(), 0..6), cut in 0usize..40) {
        let sample = sample();
        for format in both_ways() {
            let mut bytes = written(format, &sample);
            let at = at % bytes.len();
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, put.iter().copied());
            let _ = read(&Input::new("x.tbx", &bytes), Some(format));
            let _ = read(&Input::new("x.dat", &bytes), None);
        }
    }
}

#[test]
fn references_to_ids_that_xml_does_not_take_come_back() {
    let text = "[[concept]]\nid = \"1\"\nterms.es = \"a\"\nrelated = [\"b c\"]\n\
                [[concept]]\nid = \"b c\"\nterms.es = \"b\"\nrelated = [\"1\"]\n\
                [[concept]]\nid = \"b_c\"\nterms.es = \"c\"\nrelated = [\"1\", \"b c\"]\n";
    let termbase = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
    for name in ["tbx", "tbx-dct", "tbx-v2"] {
        let format = find(name).expect("a format");
        let bytes = written(format, &termbase);
        let related = |termbase: &Termbase| {
            termbase.concepts.iter().map(|one| (one.id.0.clone(), one.related.clone())).collect::<Vec<_>>()
        };
        assert_eq!(related(&read_again(format, &bytes)), related(&termbase), "{name}");
        let open = || Ok(Box::new(std::io::Cursor::new(bytes.clone())) as Box<dyn std::io::BufRead>);
        let mut out = Vec::new();
        let source = stream::Source { name: "x", format, open: &open };
        let jsonl = find("jsonl").expect("a format");
        stream::convert(&source, jsonl, &Target::default(), &mut out).expect("well formed");
        assert_eq!(related(&read_again(jsonl, &out)), related(&termbase), "{name}, streamed");
    }
}

#[test]
fn rows_and_columns_that_say_different_things_of_one_concept_lose_nothing_in_silence() {
    let csv = find("csv").expect("csv");
    let text = "id,es,en,note,comment,subject,review,ours\n\
                1,arancel,tariff,n1,c1,trade,approved,a\n\
                1,gravamen,duty,n2,c1,law,proposed,b\n\
                1,tasa,levy,n1,,trade,approved,a\n";
    let reading = read(&Input::new("t.csv", text.as_bytes()), Some(csv));
    assert!(reading.has_skipped());
    let told: Vec<&str> = reading.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "the concept has the `subject` “trade” already; “law” is left out",
            "the concept has the `review` “approved” already; “proposed” is left out"
        ]
    );
    let concept = reading.termbase.expect("a termbase").concepts[0].clone();
    assert_eq!(concept.note.as_deref(), Some("n1\nc1\nn2"));
    let ours = |x: &::toml::Table| x.get("ours").and_then(|value| value.as_str()).map(str::to_owned);
    assert_eq!(
        (ours(&concept.x), ours(&concept.sections[0].terms[1].x)),
        (Some("a".into()), Some("b".into()))
    );
    let wide = format!("es,en{}\na,b{}\n", ",x".repeat(1_000), ",1".repeat(1_000));
    let refused = read(&Input::new("t.csv", wide.as_bytes()), Some(csv));
    assert!(refused.termbase.is_none() && refused.findings[0].message.contains("1002 columns"));
    let omegat = find("omegat").expect("omegat");
    assert!(read(&Input::new("g.txt", b"a\tb\tc\td\n"), Some(omegat)).has_skipped());
}

/// A file as its format is read, with what was told.
fn told(name: &str, text: &str) -> (Termbase, Vec<String>) {
    let reading = read(&Input::new(name, text.as_bytes()), None);
    let told = reading.findings.iter().map(|finding| finding.message.clone()).collect();
    (reading.termbase.unwrap_or_else(|| panic!("{name}: {told:?}")), told)
}

fn as_toml(termbase: &Termbase) -> String {
    String::from_utf8(written(find("toml").expect("toml"), termbase)).expect("UTF-8")
}

#[test]
fn every_row_of_utx_says_what_it_says() {
    let text = "#UTX 1.11; es/en; 2024-03-01T10:00:00Z; copyright: Mesa (2024); license: CC0; bidirectional; Dictionary ID: d1\r\n\
        #description: aguas\r\n\
        #src\ttgt\tsrc:pos\ttgt:pos\tterm status\tsrc:comment\ttgt:comment\tcomment\tsrc:Plural\tmarket\tconcept ID\r\n\
        presa\tdam\tnoun\tnoun\tapproved\tla obra\tthe wall\tuno\tpresas\tMX\t1\r\n\
        # revisar\r\n\
        represa\tdam\tsentence\tnoun\tnon-standard\t-\tthe works\tdos\t\tMX\t1\r\n\
        presa\tbarrage\tnoun\t\tprovisional\tel agua\t\tuno\t\tUS\t1\r\n\
        cauce\triverbed\tnoun\tnoun\tdoubtful\t\t\t\t\t\t2\r\n\
        vaso\tpool\t\t\tprovisional\t\t\t\t\t\t3\r\n";
    let (termbase, messages) = told("agua.utx", text);
    assert_eq!(
        as_toml(&termbase),
        r#"[glossary]
languages = ["es", "en"]
x.utx = { "Dictionary ID" = "d1", bidirectional = true, copyright = "Mesa (2024)", date = "2024-03-01T10:00:00Z", description = "aguas", license = "CC0", remarks = ["revisar"] }

[[concept]]
id = "1"
note = "uno\ndos"
terms.es = [
    { term = "presa", pos = "noun", note = "la obra\nel agua", x = { Plural = "presas" } },
    { term = "represa", status = "deprecated", x = { pos = "sentence" } },
]
terms.en = [
    { term = "dam", status = "preferred", pos = "noun", note = "the wall\nthe works" },
    { term = "barrage", x = { status = "provisional" } },
]

[concept.x]
market = "MX"

[[concept]]
id = "2"
terms.es = [{ term = "cauce", pos = "noun" }]
terms.en = [{ term = "riverbed", pos = "noun", x = { status = "doubtful" } }]

[[concept]]
id = "3"
terms.es = "vaso"
terms.en = "pool"
review = "proposed"
"#
    );
    let left_out = "the concept has another `market` in a row before; “US” is left out";
    assert_eq!(messages, [left_out]);
    let utx = find("utx").expect("utx");
    let first = write(utx, &termbase, &Target::default()).expect("UTX");
    let again = read_again(utx, &first.bytes);
    let header = |termbase: &Termbase| termbase.settings.x.get("utx").cloned();
    assert_eq!(header(&again), header(&termbase));
    let lines = String::from_utf8(first.bytes).expect("UTF-8");
    let heading = "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tsrc:Plural\tsrc:comment\ttgt:comment\tcomment\tmarket\tconcept ID\r";
    assert_eq!(lines.split('\n').nth(3), Some(heading), "{lines}");
    assert_eq!(written(utx, &again), lines.as_bytes());
}

#[test]
fn utx_has_four_words_for_usage_and_tells_what_they_do_not_say() {
    let text = "[[concept]]\nid = \"a\"\nreview = \"proposed\"\nterms.es = { term = \"presa\", status = \"admitted\" }\n\
        terms.en = [{ term = \"a\", status = \"preferred\" }, { term = \"b\", status = \"admitted\" }, \
        { term = \"c\", status = \"superseded\" }, { term = \"d\", forbidden = true, x = { y = [1] } }]\n";
    let termbase = crate::termbase::read(&[Source::toml("g.toml", text)]).termbase;
    let written = write(find("utx").expect("utx"), &termbase, &Target::default()).expect("UTX");
    let lines = String::from_utf8(written.bytes).expect("UTF-8");
    let words: Vec<&str> = lines.lines().skip(2).filter_map(|line| line.split('\t').nth(4)).collect();
    assert_eq!(words, ["provisional", "provisional", "non-standard", "forbidden"]);
    let told = |field: &str| {
        written.losses.iter().filter(|loss| loss.field == field).map(|loss| loss.count).sum::<usize>()
    };
    let losses = [told("terms.status"), told("review"), told("terms.x")];
    assert_eq!(losses, [4, 2, 1], "{:?}", written.losses);
}

#[test]
fn a_cell_that_may_have_several_terms_is_told() {
    let cases = [
        ("tariff; duty", true),
        ("tariff|duty", true),
        ("tariff / duty", true),
        ("and/or", false),
        ("C;", false),
        ("tariff", false),
    ];
    for (cell, is_told) in cases {
        for table in [format!("es,en\narancel,{cell}\n"), format!("source,target\narancel,{cell}\n")] {
            let (termbase, messages) = told("t.es-en.csv", &table);
            assert_eq!(termbase.concepts[0].sections[1].terms[0].term, cell);
            let is_said = messages.iter().any(|message| message.contains("is read as one term"));
            assert_eq!(is_said, is_told, "{cell}: {messages:?}");
        }
    }
    let (termbase, messages) = told("t.csv", "es,en,Synonyms EN\narancel,tariff,duty; levy\n");
    assert_eq!((termbase.concepts[0].sections[1].terms.len(), messages), (3, Vec::new()));
}

#[test]
fn regions_are_tags_whatever_a_table_calls_them() {
    let cases = [
        ("es-MX", "es-MX", None),
        ("México", "es-MX", None),
        ("EE. UU.", "es-US", None),
        ("Estados Unidos de América", "es-US", None),
        ("MX", "es-MX", None),
        ("América Latina", "es-419", None),
        ("es_MX", "es-MX", None),
        ("el norte del país", "", Some("el norte del país")),
    ];
    for (cell, region, kept) in cases {
        let (termbase, messages) = told("t.csv", &format!("es,es:region,en\narancel,{cell},tariff\n"));
        let entry = &termbase.concepts[0].sections[0].terms[0];
        assert_eq!(entry.region.as_ref().map_or("", LangTag::as_str), region, "{cell}");
        assert_eq!(entry.x.get("region").and_then(::toml::Value::as_str), kept, "{cell}");
        assert_eq!(messages.len(), usize::from(kept.is_some()), "{messages:?}");
        let glossary = as_toml(&termbase);
        let again = crate::termbase::read(&[Source::toml("g.toml", &glossary)]);
        assert!(
            again.findings.iter().all(|finding| finding.rule != "bad-language-tag"),
            "{cell}: {glossary}"
        );
    }
    let json = r#"{"concepts":[{"id":"a","languages":{"es":{"terms":[{"term":"b","region":"México"},{"term":"c","region":"norte"}]}}}]}"#;
    let terms = &told("t.json", json).0.concepts[0].sections[0].terms;
    assert_eq!(terms[0].region.as_ref().map(LangTag::as_str), Some("es-MX"));
    assert_eq!((&terms[1].region, terms[1].x.get("region")), (&None, Some(&"norte".into())));
}

#[test]
fn a_markdown_table_is_refused_by_its_headings() {
    let wide = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(20_002));
    let text = format!("{}{}{}", wide(" a "), wide("---"), "| x |\n".repeat(2000));
    let reading = read(&Input::new("t.md", text.as_bytes()), None);
    assert!(reading.findings[0].message.contains("20002 columns"), "{:?}", reading.findings);
}

/// Without the heading of the file.
fn concepts_of(name: &str, text: &str) -> String {
    let all = as_toml(&told(name, text).0);
    all.split_once("[[concept]]\n").map(|(_, concepts)| concepts.to_owned()).unwrap_or_default()
}

#[test]
fn headings_in_two_rows_are_one() {
    let wanted = "id = \"7\"\ndefinition.en = \"tax\"\ndefinition.es = \"impuesto\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n";
    for table in [
        "ID,Español,,English,\n,Término,Definición,Term,Definition\n7,arancel,impuesto,tariff,tax\n",
        "ID,Español,Español,English,English\nID,Término,Definición,Term,Definition\n7,arancel,impuesto,tariff,tax\n",
        "ID,Término,,Definición,\n,es,en,es,en\n7,arancel,tariff,impuesto,tax\n",
    ] {
        assert_eq!(concepts_of("t.csv", table), wanted, "{table}");
    }
    let plain = "Español,English\ntérmino,term\n";
    assert!(concepts_of("t.csv", plain).contains("\"término\""), "a row of terms is no heading");
}

#[test]
fn headings_of_other_programs_say_what_they_say() {
    // A language in brackets, and what is of the concept (Crowdin).
    let table = "Term [en],Description [en],Part Of Speech [en],Status [en],Note [en],Lemma [en],Term [es-MX],Status [es-MX],\
        Concept Definition,Concept Subject,Concept Note,Concept URL,Concept Figure\n\
        tariff,A tax.,noun,preferred,see duty,tariff,arancel,not recommended,Tax on imports,trade,cn,http://c,f.png\n";
    let wanted = r#"id = "tariff"
subject = "trade"
definition.en = "Tax on imports"
note = "cn"
url = "http://c"
terms.en = [{ term = "tariff", status = "preferred", pos = "noun", note = "A tax.\nsee duty" }]
terms.es-MX = [{ term = "arancel", status = "deprecated" }]
image = "f.png"

[concept.x]
"Lemma [en]" = "tariff"
"#;
    assert_eq!(concepts_of("t.csv", table), wanted);
    // A language before a word, a column of terms without one (Lokalise, Phrase).
    let table = "term;description;casesensitive;translatable;forbidden;tags;es;es_description\n\
        tariff on imports;a tax;yes;no;no;trade;arancel;un impuesto\n";
    let (termbase, messages) = told("t.csv", table);
    let all = as_toml(&termbase);
    assert!(
        all.contains(
            "terms.en = [{ term = \"tariff on imports\", case = \"exact\", do-not-translate = true }]"
        ),
        "{all}"
    );
    assert!(all.contains("terms.es = [{ term = \"arancel\", note = \"un impuesto\" }]"), "{all}");
    assert!(messages.len() == 1 && messages[0].contains("names no language"), "{messages:?}");
    // A row a term, under letters for entry, language and term (IATE); names in three languages (TERMIUM Plus).
    let table = "E_ID,E_DOMAINS,L_CODE,T_TERM,T_TYPE,T_EVALUATION\n33,trade,es,arancel,,Preferred\n33,trade,en,TRF,Abbreviation,Obsolete\n";
    let iate = concepts_of("t.csv", table);
    assert!(iate.starts_with("id = \"33\"\nsubject = \"trade\"\n"), "{iate}");
    assert!(iate.contains("{ term = \"TRF\", status = \"deprecated\", type = \"abbreviation\" }"), "{iate}");
    let table = "TERM_EN,ABBREVIATION_EN,SYNONYMS_EN,TERME_FR,UNIVERSAL_ENTRY_ES\ntariff,TRF,duty; levy,tarif,arancel\n";
    let termium = concepts_of("t.csv", table);
    assert!(
        termium.contains(
            "terms.en = [\"tariff\", { term = \"TRF\", type = \"abbreviation\" }, \"duty\", \"levy\"]"
        ) && termium.contains("terms.fr = \"tarif\"\nterms.es = \"arancel\""),
        "{termium}"
    );
}

#[test]
fn languages_that_nothing_names_are_told_and_go_by_the_texts() {
    let list = "tariff\tarancel\nborder wall\tmuro fronterizo\nasylum seekers in the country\tsolicitantes de asilo en el país\n";
    for (name, text) in
        [("t.tsv", list.to_owned()), ("t.tab", list.to_owned()), ("t.csv", list.replace('\t', ","))]
    {
        let (termbase, messages) = told(name, &text);
        assert!(messages.len() == 1 && messages[0].contains("--langs es,en"), "{name}: {messages:?}");
        assert_eq!(termbase.concepts[0].sections[0].tag.as_str(), "en", "{name}");
        let (termbase, messages) = told(&name.replace("t.", "t.es-en."), &text);
        assert_eq!((termbase.concepts[0].sections[0].tag.as_str(), messages.len()), ("es", 0), "{name}");
    }
    let columns = "en,es\n,muro\ntariff,arancel\n";
    let termbase = told("t.csv", columns).0;
    assert_eq!(termbase.settings.languages.iter().map(LangTag::as_str).collect::<Vec<_>>(), ["en", "es"]);
    let csv = String::from_utf8(written(find("csv").expect("csv"), &termbase)).expect("UTF-8");
    assert!(csv.starts_with("id,en,es\r\n"), "{csv}");
}

#[test]
fn lines_of_a_cell_are_terms_unless_one_goes_on() {
    let table = "es,en,Estado\n\"arancel\ngravamen\",tariff,Rechazado\n\
        \"Tratado entre México,\nEstados Unidos y Canadá\",USMCA,no usar\ncupo,quota,Obsoleto\n";
    let (termbase, messages) = told("t.csv", table);
    let terms = |at: usize, side: usize| {
        let terms = termbase.concepts[at].sections[side].terms.iter();
        terms.map(|entry| (entry.term.as_str(), entry.status, entry.forbidden)).collect::<Vec<_>>()
    };
    let deprecated = Some(crate::termbase::Status::Deprecated);
    assert_eq!(terms(0, 0), [("arancel", None, false), ("gravamen", None, false)]);
    assert_eq!(terms(1, 0), [("Tratado entre México, Estados Unidos y Canadá", None, false)]);
    // What is not to be used is the translation.
    assert_eq!(terms(0, 1), [("tariff", deprecated, false)]);
    assert_eq!(terms(1, 1), [("USMCA", None, true)]);
    assert_eq!(terms(2, 1), [("quota", deprecated, false)]);
    let of_lines = messages.iter().filter(|message| !message.contains("is taken to be said of"));
    assert_eq!(of_lines.count(), 2, "{messages:?}");
}

#[test]
fn json_of_other_programs_is_read_as_a_table() {
    for (name, text) in [
        (
            "t.json",
            r#"[{"es": "arancel", "en": ["tariff", "duty"], "nota": "comercio", "n": 1}, {"es": "cupo"}]"#,
        ),
        (
            "t.json",
            r#"{"version": 2, "entries": [{"es": "arancel", "en": ["tariff", "duty"], "nota": "comercio", "n": 1}, {"es": "cupo"}]}"#,
        ),
        (
            "t.jsonl",
            "{\"es\": \"arancel\", \"en\": [\"tariff\", \"duty\"], \"nota\": \"comercio\", \"n\": 1}\n{\"es\": \"cupo\"}\n",
        ),
    ] {
        let concepts = concepts_of(name, text);
        let wanted = "id = \"arancel\"\nnote = \"comercio\"\nterms.es = \"arancel\"\nterms.en = [\"tariff\", \"duty\"]\n\n[concept.x]\nn = \"1\"\n";
        assert!(concepts.starts_with(wanted), "{text}: {concepts}");
        assert!(concepts.contains("terms.es = \"cupo\""), "{text}: {concepts}");
    }
    let pairs = concepts_of("t.json", r#"{"arancel": "tariff", "muro fronterizo": ["border wall", "wall"]}"#);
    assert!(
        pairs.contains("terms.es = \"muro fronterizo\"\nterms.en = [\"border wall\", \"wall\"]"),
        "{pairs}"
    );
    let ours = concepts_of(
        "t.json",
        r#"{"concepts": [{"languages": {"es": "arancel", "en": {"terms": ["tariff"], "note": "n"}}}]}"#,
    );
    assert!(ours.contains("terms.es = \"arancel\"") && ours.contains("\"en:note\" = \"n\""), "{ours}");
    let wide: Vec<String> = (0..1001).map(|n| format!("{{\"es\":\"a\",\"k{n}\":1}}")).collect();
    let refused = read(&Input::new("t.json", format!("[{}]", wide.join(",")).as_bytes()), None);
    assert!(
        refused.termbase.is_none() && refused.findings[0].message.contains("columns"),
        "{:?}",
        refused.findings
    );
    let none = read(&Input::new("t.json", br#"{"a": 1}"#), None);
    assert!(none.findings[0].message.contains("no list of `concepts`"), "{:?}", none.findings);
}

#[test]
fn flags_of_memoq_come_back() {
    let table = "Entry_ID;English;Term_Info;Spanish;Term_Info\n1;tariff;CaseSense;arancel;HalfPrefix;\n2;quota;CaseSense;Exact;Forbidden;cupo;\n"
        .replace("CaseSense;Exact;Forbidden", "\"CaseSense;Exact;Forbidden\"")
        .replace("HalfPrefix;\n", "HalfPrefix\n");
    let memoq = find("memoq").expect("memoq");
    let termbase = read(&Input::new("t.csv", table.as_bytes()), Some(memoq)).termbase.expect("a termbase");
    let quota = &termbase.concepts[1].sections[0].terms[0];
    assert!(quota.forbidden && quota.case == crate::termbase::CaseMode::Exact);
    let first = written(memoq, &termbase);
    let lines = String::from_utf8(first.clone()).expect("UTF-8");
    for cell in [";tariff;CaseSense;", ";arancel;HalfPrefix;", ";quota;\"CaseSense;Exact;Forbidden\";"] {
        assert!(lines.contains(cell), "{cell}: {lines}");
    }
    assert_eq!(written(memoq, &read_again(memoq, &first)), first);
}

#[test]
fn what_files_say_of_themselves_comes_back() {
    let header = r#"<title>Aguas</title></titleStmt><publicationStmt><p>Mesa</p></publicationStmt><sourceDesc><p>Ley de Aguas</p></sourceDesc></fileDesc>
        <encodingDesc><p type="XCSURI">x.xcs</p><p>Revisado</p></encodingDesc><revisionDesc><change><p>Alta</p></change></revisionDesc>"#;
    let text = format!(
        "<martif type=\"TBX-Basic\" xml:lang=\"es\"><martifHeader><fileDesc><titleStmt>{header}</martifHeader><text><body>\
         <termEntry id=\"a\"><xref type=\"xGraphic\" target=\"f.png\">the wall</xref><langSet xml:lang=\"es\"><tig><term>presa</term>\
         <termNote type=\"geographicalUsage\">Sonora</termNote><xref type=\"externalCrossReference\" target=\"http://p\">p</xref></tig></langSet>\
         </termEntry></body></text></martif>"
    );
    let (termbase, _) = told("t.tbx", &text);
    let kept = |termbase: &Termbase| {
        (termbase.settings.title.clone(), termbase.settings.x.clone(), plain(&termbase.concepts[0]))
    };
    let x = &termbase.settings.x["tbx"];
    assert_eq!(
        (&x["sourceDesc"][0], &x["revisionDesc"][0], &x["encodingDesc"][0]),
        (&"Ley de Aguas".into(), &"Alta".into(), &"Revisado".into())
    );
    for name in ["tbx", "tbx-dct", "tbx-v2", "tbx-linguist", "toml", "json"] {
        let format = find(name).expect(name);
        assert_eq!(kept(&read_again(format, &written(format, &termbase))), kept(&termbase), "{name}");
    }
    let text = "<tmx version=\"1.4\"><header creationtool=\"x\" creationtoolversion=\"1\" segtype=\"phrase\" o-tmf=\"x\" adminlang=\"en\" srclang=\"es\" datatype=\"x\">\
        <note>Aguas de Sonora</note><prop type=\"x-client\">CONAGUA</prop></header><body><tu><tuv xml:lang=\"es\"><seg>presa</seg></tuv><tuv xml:lang=\"en\"><seg>dam</seg></tuv></tu></body></tmx>";
    let (termbase, messages) = told("t.tmx", text);
    assert_eq!(messages, Vec::<String>::new());
    let tmx = find("tmx").expect("tmx");
    let again = written(tmx, &termbase);
    assert!(String::from_utf8_lossy(&again).contains("<prop type=\"x-client\">CONAGUA</prop>"));
    assert_eq!(read_again(tmx, &again).settings.x, termbase.settings.x);
}

#[test]
fn what_catalogues_and_glossaries_say_besides_is_kept_or_told() {
    let text = "#: src/a.c:1\n#. uno\n#, fuzzy, c-format\n#| msgid \"dique\"\nmsgctxt \"1\"\nmsgid \"presa\"\nmsgstr \"dam\"\n\n#~ msgid \"vieja\"\n#~ msgstr \"old\"\n";
    let (termbase, messages) = told("t.es-en.po", text);
    assert!(
        messages.iter().any(|m| m.contains("#|")) && messages.iter().any(|m| m.contains("#~")),
        "{messages:?}"
    );
    let again = String::from_utf8(written(find("po").expect("po"), &termbase)).expect("UTF-8");
    assert!(again.contains("#. uno\n#: src/a.c:1\n#, fuzzy, c-format\nmsgctxt \"1\"\n"), "{again}");
    let text = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="es" trgLang="en"><file id="f"><unit id="u">
        <gls:glossary xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" xmlns:my="urn:my"><gls:glossEntry id="g" my:rank="1"><gls:term>presa</gls:term>
        <gls:translation id="t1" my:by="ana">dam</gls:translation><my:more>x</my:more></gls:glossEntry></gls:glossary><segment><source>presa</source></segment></unit></file></xliff>"#;
    let (termbase, messages) = told("t.xlf", text);
    let concept = &termbase.concepts[0];
    assert!(concept.x.keys().any(|key| key.ends_with("rank")), "{concept:?}");
    assert!(concept.sections[1].terms[0].x.keys().any(|key| key.ends_with("by")), "{concept:?}");
    assert!(
        messages.iter().any(|message| message.contains("<more> of a glossary entry is not kept")),
        "{messages:?}"
    );
}
