//! Reports on pairs made by hand.

use super::*;
use crate::align::Bead;
use crate::check::translation::{self as check, Checker};
use crate::engine::{Bitext, Collection, Engine};
use crate::termbase::{Source, read};
use crate::text::{About, Document};

const GLOSSARY: &str = r#"
[glossary]
languages = ["es-MX", "en-US"]
ui = "en"

[[concept]]
id = "tariff"
subject = "trade"
terms.es = [
    { term = "arancel" },
    { term = "gravamen", status = "admitted" },
    { term = "tarifa", status = "deprecated", direction = "en>es" },
    { term = "derecho arancelario", region = "es-ES" },
]
terms.en = ["tariff", { term = "impost", expect = false }]

[[concept]]
id = "usmca"
subject = "trade"
kind = "law"
terms.es = [
    { term = "Tratado entre México, Estados Unidos y Canadá", pos = "name" },
    { term = "T-MEC", type = "acronym" },
]
terms.en = [{ term = "USMCA", type = "acronym" }]

[[concept]]
id = "old-treaty"
subject = "trade"
terms.es = [{ term = "TLCAN", type = "acronym", status = "superseded", valid-until = "2020-06-30", replace-with = "T-MEC" }]
terms.en = [{ term = "NAFTA", type = "acronym" }]

[[concept]]
id = "import-duty"
terms.es = "impuesto de importación"
terms.en = "import duty"

[[concept]]
id = "asylum"
subject = "migration"
review = "proposed"
as-of = "2024-05"
terms.es = "asilo"
terms.en = "asylum"
"#;

fn engine() -> Engine {
    let result = read(&[Source::toml("glossary.toml", GLOSSARY)]);
    assert!(!result.has_errors(), "{:#?}", result.findings);
    Engine::new(result.termbase)
}

/// A pair, segment by segment, the English text a translation if `translated`.
fn pair(engine: &Engine, es: &str, en: &str, date: &str, translated: bool) -> Collection {
    let about = |original: Option<&str>| About {
        date: Some(date.to_owned()),
        desk: Some("economy".to_owned()),
        translation_of: original.map(str::to_owned),
        ..About::default()
    };
    let spanish = Document { lang: Some(Lang::Es), about: about(None), ..Document::plain("es.txt", es) };
    let original = translated.then_some("es");
    let english = Document { lang: Some(Lang::En), about: about(original), ..Document::plain("en.txt", en) };
    let documents = vec![engine.analyse_lines(spanish), engine.analyse_lines(english)];
    let lines = documents[0].segments.len();
    assert_eq!(lines, documents[1].segments.len(), "the lines go together");
    let beads = (0..lines).map(|line| Bead { es: vec![line], en: vec![line], score: 0.9 }).collect();
    Collection { documents, bitexts: vec![Bitext { es: 0, en: 1, beads }] }
}

fn facts(engine: &Engine, collection: &Collection) -> Facts {
    Facts::of(&Checker::new(engine, &check::Options::default()), collection)
}

fn report_of(es: &str, en: &str, date: &str, translated: bool) -> Coverage {
    let engine = engine();
    let collection = pair(&engine, es, en, date, translated);
    let mut gatherer = Gatherer::new(engine.termbase(), 2);
    gatherer.add(facts(&engine, &collection), &[0, 1]);
    gatherer.finish().report(&[], 2)
}

/// A report with something in all its parts.
pub(super) fn sample() -> Coverage {
    let es = "La tarifa subió.\nEl asilo tarda.\nEl arancel subió.\nEl TLCAN abrió el mercado.";
    let en = "The tariff rose.\nThe refuge takes long.\nThe tariff rose.\nNAFTA opened the market.";
    report_of(es, en, "2026-03-01", false)
}

/// Approved, otherwise, left out, by direction.
fn counts(report: &Coverage, concept: &str) -> [[usize; 3]; 2] {
    let found = report.concepts.iter().find(|one| one.concept == concept).expect("the concept");
    [found.into_es, found.into_en].map(|counts| [counts.approved, counts.otherwise, counts.left_out])
}

#[test]
fn places_are_judged() {
    type Case<'a> = (&'a str, &'a str, &'a str, [[usize; 3]; 2]);
    let cases: &[Case<'_>] = &[
        ("El arancel subió.", "The tariff rose.", "tariff", [[1, 0, 0], [1, 0, 0]]),
        ("El gravamen subió.", "The tariff rose.", "tariff", [[1, 0, 0], [1, 0, 0]]),
        // Deprecated, as a rendering of the English term only.
        ("La tarifa subió.", "The tariff rose.", "tariff", [[0, 1, 0], [0, 0, 0]]),
        ("La tarifa subió.", "The fare rose.", "tariff", [[0, 0, 0], [0, 0, 0]]),
        // Usage of another region.
        ("El derecho arancelario subió.", "The tariff rose.", "tariff", [[0, 1, 0], [1, 0, 0]]),
        ("El costo subió mucho ayer.", "The tariff rose.", "tariff", [[0, 0, 1], [0, 0, 0]]),
        // What is merely accepted asks for nothing, and can render.
        ("El costo subió mucho ayer.", "The impost rose.", "tariff", [[0, 0, 0], [0, 0, 0]]),
        ("El arancel subió.", "The impost rose.", "tariff", [[0, 0, 0], [1, 0, 0]]),
        // The term's words apart, as coordination has them.
        (
            "Los impuestos de exportación e importación.",
            "The export and import duty.",
            "import-duty",
            [[1, 0, 0], [0, 0, 0]],
        ),
    ];
    for (es, en, concept, wanted) in cases {
        assert_eq!(counts(&report_of(es, en, "2026-03-01", false), concept), *wanted, "{es} ↔ {en}");
    }
}

/// The source's own word is a flaw where `check` would call it untranslated, and not where the text is about the word.
#[test]
fn the_source_s_own_word_is_no_approved_rendering() {
    let report = report_of(
        "Ayer subió el tariff de la mercancía.",
        "The tariff on the goods rose yesterday.",
        "2026",
        false,
    );
    assert_eq!(counts(&report, "tariff")[0], [0, 1, 0]);
    let rendering = &report.inconsistencies[0].renderings[0];
    assert_eq!((rendering.approved, rendering.flaw), (false, Some(Flaw::Untranslated)));
    let headword = report_of("Tariff.", "Tariff.", "2026", false);
    assert_eq!(headword.inconsistencies, []);
}

#[test]
fn a_share_is_rounded_down_everywhere() {
    let counts = |approved, otherwise| Counts { approved, otherwise, left_out: 0 };
    for (counts, wanted) in [(counts(251, 28), "89.9 %"), (counts(3, 0), "100 %"), (counts(0, 0), "—")] {
        assert_eq!(counts.percent(), wanted);
    }
    let report =
        Coverage { ui: Lang::Es, ..report_of("El arancel subió.", "The tariff rose.", "2026", false) };
    for format in FORMATS.iter().filter(|format| ["html", "md"].contains(&format.name)) {
        let shown = (format.render)(&report, &Options::default());
        assert!(shown.contains("100 %") && !shown.contains("100.0 %"), "{}", format.name);
    }
}

/// Under Spanish names the English keys would stand in no order.
#[test]
fn subjects_stand_in_the_order_of_the_names_shown() {
    let group = |key: &str| GroupCoverage { key: key.to_owned(), ..sample().subjects[0].clone() };
    let subjects = vec![group("law"), group("migration"), group("trade")];
    let report = Coverage { ui: Lang::Es, subjects, ..sample() };
    for format in FORMATS.iter().filter(|format| ["html", "md"].contains(&format.name)) {
        let shown = (format.render)(&report, &Options::default());
        let table = &shown[shown.find("Por materia").expect("the table")..];
        let places: Vec<_> = ["comercio", "derecho", "migración"].map(|name| table.find(name)).into();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: {places:?}", format.name);
    }
}

/// A term that is always rendered alike is drift all the same where it is never rendered as approved.
#[test]
fn drift_has_what_is_always_wrong() {
    let engine = engine();
    let drifting = |es: &str| {
        let collection = pair(&engine, es, "The tariff rose.\nThe tariff fell.", "2026-03-01", false);
        let mut gatherer = Gatherer::new(engine.termbase(), 2);
        gatherer.add(facts(&engine, &collection), &[0, 1]);
        gatherer.finish().drift()
    };
    assert_eq!(drifting("El arancel subió.\nEl arancel bajó."), []);
    let found = drifting("La tarifa subió.\nLa tarifa bajó.");
    let told: Vec<_> = found.iter().map(|one| (one.term.as_str(), one.renderings[0].count)).collect();
    assert_eq!(told, [("tariff", 2)]);
}

#[test]
fn the_direction_that_a_text_states_is_the_only_one_that_asks() {
    let (es, en) = ("El arancel subió.\nNadie lo esperaba.", "The tariff rose.\nNobody expected the tariff.");
    assert_eq!(counts(&report_of(es, en, "2026", false), "tariff"), [[1, 0, 0], [1, 0, 0]]);
    assert_eq!(counts(&report_of(es, en, "2026", true), "tariff"), [[0, 0, 0], [1, 0, 0]]);
}

#[test]
fn later_short_forms_are_not_left_out() {
    let es =
        "El Tratado entre México, Estados Unidos y Canadá se firmó.\nNada cambió.\nEl tratado sigue vigente.";
    let en = "The USMCA was signed.\nNothing changed.\nThe USMCA is still in force.";
    let report = report_of(es, en, "2026", false);
    assert_eq!((counts(&report, "usmca"), report.summary.understood), ([[1, 0, 0], [1, 0, 0]], 1));
    let report = report_of("Subió mucho ayer.", "The USMCA rose a lot yesterday.", "2026", false);
    assert_eq!(report.summary.required, Counts::default(), "a doubtful place counts for nothing");
}

#[test]
fn a_name_is_outdated_by_the_date_of_the_text() {
    for (date, wanted, listed) in
        [("2015-04-02", [1, 0, 0], 0), ("2026", [0, 1, 0], 1), ("2020-06", [1, 0, 0], 0)]
    {
        let report = report_of("El TLCAN abrió el mercado.", "NAFTA opened the market.", date, false);
        assert_eq!(counts(&report, "old-treaty")[0], wanted, "{date}");
        let avoided: Vec<_> = report.avoided.iter().map(|used| (used.term.as_str(), used.flaw)).collect();
        assert_eq!(avoided, [("TLCAN", Flaw::Outdated)][..listed], "{date}");
    }
}

#[test]
fn sums_groups_and_lists_agree() {
    let es = "La tarifa subió.\nEl asilo tarda.\nEl arancel subió.";
    let en = "The tariff rose.\nThe refuge takes long.\nThe tariff rose.";
    let report = report_of(es, en, "2026-03-01", false);
    let required = Counts { approved: 2, otherwise: 1, left_out: 0 };
    // What is only proposed asks nobody for anything, but is counted.
    assert_eq!(report.summary.required, required);
    assert_eq!(report.summary.all, Counts { left_out: 1, ..required });
    let keys: Vec<_> = report.subjects.iter().map(|group| (group.key.as_str(), group.counts)).collect();
    assert_eq!(keys, [("migration", Counts::default()), ("trade", required)]);
    for groups in [&report.dates, &report.desks] {
        assert_eq!((groups.len(), groups[0].counts, groups[0].documents), (1, required, 2));
    }
    assert_eq!((report.dates[0].key.as_str(), report.heat.len()), ("2026-03", 1));
    assert_eq!(report.documents.iter().map(|line| line.counts.asked()).sum::<usize>(), required.asked());
    let worst = &report.inconsistencies[0];
    assert_eq!((worst.concept.as_str(), worst.into, report.inconsistencies.len()), ("tariff", Lang::Es, 1));
    let example = worst.example.as_ref().and_then(|example| example.es.as_ref()).expect("an example");
    assert_eq!((example.text.as_str(), example.line), ("La tarifa subió.", 1));
    assert_eq!(
        (report.queue[0].concept.as_str(), report.queue[0].since.as_deref()),
        ("asylum", Some("2024-05"))
    );
    let never: Vec<&str> = report.noise.never.iter().map(|one| one.concept.as_str()).collect();
    assert_eq!(never, ["usmca", "old-treaty", "import-duty"]);
}

#[test]
fn texts_that_are_added_one_by_one_make_the_same_report() {
    let engine = engine();
    let es = "El arancel subió.\nEl costo subió mucho ayer.";
    let en = "The tariff rose.\nThe tariff rose.";
    let (one, other) =
        (pair(&engine, es, en, "2026", false), pair(&engine, "El TLCAN.", "NAFTA.", "2026", false));
    let mut apart = Gatherer::new(engine.termbase(), 4);
    apart.add(facts(&engine, &one), &[0, 1]);
    apart.add(facts(&engine, &other), &[2, 3]);
    let mut both = one;
    both.append(other);
    let mut together = Gatherer::new(engine.termbase(), 4);
    together.add(facts(&engine, &both), &[0, 1, 2, 3]);
    assert_eq!(apart.finish().report(&[], 4), together.finish().report(&[], 4));
}

/// Of places that are rendered alike only some keep their sentences; the others are counted all the same.
#[test]
fn places_are_counted_beyond_what_is_kept() {
    let engine = engine();
    let pairs = 300;
    let mut gatherer = Gatherer::new(engine.termbase(), 2 * pairs);
    for at in 0..pairs {
        let es = format!("La tarifa número {at} subió.");
        let en = format!("The tariff number {at} rose.");
        let collection = pair(&engine, &es, &en, "2026", false);
        gatherer.add(facts(&engine, &collection), &[2 * at, 2 * at + 1]);
    }
    let report = gatherer.finish().report(&[], 2 * pairs);
    assert_eq!(counts(&report, "tariff")[0], [0, pairs, 0]);
    assert!(report.inconsistencies[0].example.is_some(), "{:?}", report.inconsistencies[0]);
}

#[test]
fn every_format_is_deterministic_and_says_what_is_wrong() {
    let report = report_of("La tarifa subió.", "The tariff rose.", "2026-03-01", false);
    for format in FORMATS {
        let options = Options { gate: Some(Gate { least: 0.9, proposed: false }), ..Options::default() };
        let text = (format.render)(&report, &options);
        assert!(text.ends_with('\n') && text.contains("tarifa"), "{}: {text}", format.name);
        assert_eq!(text, (format.render)(&report, &options), "{}", format.name);
    }
}

#[test]
fn junit_says_what_the_gate_says() {
    let report =
        report_of("La tarifa subió.\nEl arancel subió.", "The tariff rose.\nThe tariff rose.", "2026", false);
    let junit = |least: Option<f64>| {
        let gate = least.map(|least| Gate { least, proposed: false });
        (format("junit").expect("a format").render)(&report, &Options { gate, ..Options::default() })
    };
    for (least, failures) in [(None, 0), (Some(0.5), 0), (Some(0.9), 2)] {
        let text = junit(least);
        assert_eq!(text.matches("<failure").count(), failures, "{text}");
        assert!(text.contains(&format!("failures=\"{failures}\"")), "{text}");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut cases = 0;
        loop {
            match reader.read_event().expect("well-formed") {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) => {
                    cases += usize::from(tag.name().as_ref() == "testcase");
                }
                _ => {}
            }
        }
        assert_eq!(cases, 2, "{text}");
    }
}
