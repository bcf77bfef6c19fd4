//! `check` against texts whose faults are known: the imperfect collection, seeded errors and correct sentences that
//! tempt, the corpus. What is measured is printed (`cargo test --test it check -- --nocapture`).
#![allow(clippy::disallowed_macros, reason = "what is measured is told")]

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;

use glosa::check::translation::{Checker, Options, Report, check};
use glosa::check::{Finding, Severity};
use glosa::engine::{Bitext, Collection};
use glosa::project::walk::Walk;
use glosa::project::{CorpusRequest, Jobs, Place, Workers, checking, collection, outline, read_corpus};
use glosa::report::coverage::{Facts, Gatherer};
use glosa::termbase::{Source, read};
use glosa::{Document, Engine, Lang, Span};

use crate::support::{file_stems, root, termbase, termbase_of};

/// The share of correct texts in which something may be found, and what must be.
const FALSE_SEEDED: f64 = 0.02;
const RECALL_IMPERFECT: f64 = 0.97;

/// The sets of seeded errors and correct sentences, by what their files begin with, and what must be found of each.
const SETS: [(&str, f64); 6] = [
    ("", 0.95),
    ("fresh-", 0.95),
    ("fresh2-", 0.92),
    ("fresh3-", 0.94),
    ("fresh4-", 0.85),
    ("fresh5-", 0.85),
];
/// The rules about what the translation lacks, so that the fault stands in the source.
const MISSING: [&str; 3] = ["omission", "term-not-rendered", "occurrence-count"];

/// The findings of a text and its translation.
fn checked(engine: &Engine, [es, en]: [(&str, &str); 2], source: Option<Lang>) -> Report {
    let document =
        |lang, (name, text): (&str, &str)| Document { lang: Some(lang), ..Document::plain(name, text) };
    let collection = pair(engine, document(Lang::Es, es), document(Lang::En, en));
    check(engine, &collection, &Options { source, ..Options::default() })
}

/// A text and its translation, aligned.
fn pair(engine: &Engine, es: Document, en: Document) -> Collection {
    let documents = vec![engine.analyse(es), engine.analyse(en)];
    let beads = engine.align(&documents[0], &documents[1]);
    Collection { documents, bitexts: vec![Bitext { es: 0, en: 1, beads }] }
}

fn rows<const N: usize>(path: &str) -> Vec<[String; N]> {
    let text = fs::read_to_string(root().join(path)).expect("a table");
    let row = |line: &str| -> [String; N] {
        let cells: Vec<String> = line.split('\t').take(N).map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|cells| panic!("{path}: {cells:?}"))
    };
    text.lines().skip(1).map(row).collect()
}

fn lang(code: &str) -> Lang {
    Lang::from_tag(code).expect("a language")
}

fn is_loud(finding: &&Finding) -> bool {
    finding.severity >= Severity::Warning
}

/// Whether a finding is about a place: it, or what it relates to, overlaps it.
fn is_about(finding: &Finding, file: &str, span: Span) -> bool {
    let places = finding.place.iter().chain(finding.related.iter().map(|(place, _)| place));
    places.into_iter().any(|place| &*place.file == file && place.span.overlaps(span))
}

/// Where a fault stands: in the translation, or, where it is missing there, in the source.
fn place_of(fault: &str, texts: [(&str, &str); 2]) -> (String, Span) {
    let place = texts.iter().find_map(|(name, text)| {
        let at = text.find(fault)?;
        Some(((*name).to_owned(), Span::new(at, at + fault.len())))
    });
    place.unwrap_or_else(|| panic!("nowhere: {fault}"))
}

/// How many there are, and how many of them were told.
#[derive(Clone, Copy, Default)]
struct Share {
    told: usize,
    all: usize,
}

impl Share {
    fn count(&mut self, told: bool) {
        self.told += usize::from(told);
        self.all += 1;
    }

    fn of_all(self) -> f64 {
        self.told as f64 / self.all as f64
    }
}

/// The errors of a table that were found. The halves are those of its odd and its even rows.
fn seeded(engine: &Engine, path: &str) -> [Share; 2] {
    let mut halves = [Share::default(); 2];
    for (at, [rule, source, es, en, fault]) in rows::<5>(path).iter().enumerate() {
        let source = lang(source);
        let is_missing = MISSING.contains(&rule.as_str());
        let mut texts = [("es", es.as_str()), ("en", en.as_str())];
        let report = checked(engine, texts, Some(source));
        if (source == Lang::Es) != is_missing {
            texts.reverse();
        }
        let (file, span) = place_of(fault, texts);
        let is_told = |finding: &&Finding| is_loud(finding) || finding.rule == "occurrence-count";
        let about = report.findings.iter().filter(is_told).filter(|finding| is_about(finding, &file, span));
        let about: Vec<&Finding> = about.collect();
        halves[at % 2].count(!about.is_empty());
        let half = if at % 2 == 0 { "odd" } else { "even" };
        if about.is_empty() {
            println!("{half} missed {rule}: {fault} | {es} | {en}");
        } else if about.iter().all(|finding| finding.rule != rule) {
            println!("{half} as {}: {rule}: {fault}", about[0].rule);
        }
    }
    halves
}

/// The correct texts of a table that were taken for wrong, in halves likewise.
fn alarms(engine: &Engine, path: &str) -> [Share; 2] {
    let mut halves = [Share::default(); 2];
    for (at, [topic, source, es, en]) in rows::<4>(path).iter().enumerate() {
        let report = checked(engine, [("es", es), ("en", en)], Some(lang(source)));
        let loud: Vec<&Finding> = report.findings.iter().filter(is_loud).collect();
        halves[at % 2].count(!loud.is_empty());
        let half = if at % 2 == 0 { "odd" } else { "even" };
        for finding in loud {
            println!("{half} false alarm ({topic}) {}: {} | {es} | {en}", finding.rule, finding.message);
        }
    }
    halves
}

#[test]
fn seeded_errors_are_found_and_correct_sentences_left_alone() {
    let engine = Engine::new(termbase());
    for (set, least) in SETS {
        let found = seeded(&engine, &format!("tests/check/{set}seeded.tsv"));
        let wrong = alarms(&engine, &format!("tests/check/{set}correct.tsv"));
        let [found, wrong] =
            [("errors found", found), ("correct texts with a false alarm", wrong)].map(|(what, halves)| {
                let [odd, even] = halves;
                let all = Share { told: odd.told + even.told, all: odd.all + even.all };
                println!(
                    "{set}: {} of {} {what} ({:.3}); odd rows {:.3}, even rows {:.3}",
                    all.told,
                    all.all,
                    all.of_all(),
                    odd.of_all(),
                    even.of_all()
                );
                all.of_all()
            });
        assert!(found >= least && wrong <= FALSE_SEEDED, "{set}: recall {found:.3}, false alarms {wrong:.3}");
    }
}

/// Sets of single fields, by folder and name, those of other fields with a small glossary of their own. The goal (.95 and
/// 2 %) is not reached on them: the floors keep what there is.
const FIELDS: [(&str, f64, f64); 12] = [
    ("fresh6/contracts", 0.85, 0.03),
    ("fresh6/medical", 0.91, 0.03),
    ("fresh6/software", 0.88, 0.02),
    ("fresh7/news", 0.88, 0.01),
    ("fresh7/energy", 0.80, 0.02),
    ("fresh7/courts", 0.86, 0.02),
    ("fresh8/trade", 0.96, 0.01),
    ("fresh8/health", 0.96, 0.03),
    ("fresh8/finance", 0.93, 0.01),
    ("fresh9/news", 0.91, 0.01),
    ("fresh9/labor", 0.90, 0.01),
    ("fresh9/water", 0.86, 0.03),
];

#[test]
fn sets_of_single_fields_do_not_get_worse() {
    let mut worse = Vec::new();
    for (field, least, most) in FIELDS {
        let path = format!("tests/check/{field}");
        let own = format!("{path}.toml");
        let engine = Engine::new(if root().join(&own).exists() { termbase_of(&own) } else { termbase() });
        let mut found = Share::default();
        for [rule, source, es, en, fault] in &rows::<5>(&format!("{path}-seeded.tsv")) {
            let report = checked(&engine, [("es", es), ("en", en)], Some(lang(source)));
            let told = report.findings.iter().any(|finding| is_loud(&finding));
            found.count(told);
            if !told {
                println!("missed {rule}: {fault} | {es} | {en}");
            }
        }
        let [odd, even] = alarms(&engine, &format!("{path}-correct.tsv"));
        let wrong = Share { told: odd.told + even.told, all: odd.all + even.all };
        println!("{field}: {} of {} found, {} of {} false", found.told, found.all, wrong.told, wrong.all);
        if found.of_all() < least || wrong.of_all() > most {
            worse.push(field);
        }
    }
    assert!(worse.is_empty(), "{worse:?}");
}

#[test]
fn the_imperfect_collection_gives_up_its_faults() {
    let engine = Engine::new(termbase());
    let faults = rows::<5>("tests/imperfect/faults.tsv");
    let (mut found, mut quiet, mut findings, mut wrong) = (0, 0, 0, 0);
    for pair in file_stems("tests/imperfect/es") {
        let read = |side: &str| {
            fs::read_to_string(root().join(format!("tests/imperfect/{side}/{pair}.txt"))).expect("a text")
        };
        let (es, en) = (read("es"), read("en"));
        let report = checked(&engine, [("es", &es), ("en", &en)], None);
        let mut recorded = Vec::new();
        for [_, side, line, kind, fault] in faults.iter().filter(|row| row[0] == pair) {
            let text = if side == "es" { &es } else { &en };
            let line: usize = line.parse().expect("a line");
            let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let at = start + text[start..].find(fault.as_str()).expect("the fault");
            let span = Span::new(at, at + fault.len());
            let mut about = report.findings.iter().filter(|finding| is_about(finding, side, span)).peekable();
            found += usize::from(about.peek().is_some());
            if about.peek().is_none() {
                println!("missed in {pair}: {kind}: {fault}");
            }
            quiet += usize::from(about.peek().is_some() && !about.any(|finding| is_loud(&finding)));
            recorded.push((side.clone(), span));
        }
        for finding in report.findings.iter().filter(is_loud) {
            findings += 1;
            if !recorded.iter().any(|(side, span)| is_about(finding, side, *span)) {
                wrong += 1;
                println!("false alarm in {pair}: {}: {}", finding.rule, finding.message);
            }
        }
    }
    let recall = found as f64 / faults.len() as f64;
    println!(
        "imperfect: {found} of {} faults found ({recall:.3}), {quiet} of them as notes; {wrong} of {findings} findings false",
        faults.len()
    );
    assert!(recall >= RECALL_IMPERFECT, "recall {recall:.3}");
    assert!(wrong * 50 <= findings, "{wrong} of {findings} findings are false");
}

/// The texts of the corpus were written with care: what the program finds in them it should not.
#[test]
fn the_corpus_has_no_false_alarm() {
    let engine = Engine::new(termbase());
    let root = root();
    let places = [Place::open("corpus")];
    let request = CorpusRequest { jobs: Jobs::AllCores, ..CorpusRequest::new(&root, &places) };
    let collection =
        collection::analyse(&engine, read_corpus(&request), collection::Cut::Sentences, Jobs::AllCores);
    let options = Options::default();
    let report = check(&engine, &collection, &options);
    let loud: Vec<String> = report
        .findings
        .iter()
        .filter(is_loud)
        .map(|finding| format!("{:?} {}: {}", finding.place, finding.rule, finding.message))
        .collect();
    println!(
        "corpus: {} pairs, {} findings, {} of them loud",
        report.pairs,
        report.findings.len(),
        loud.len()
    );
    assert!(report.pairs > 30 && loud.is_empty(), "{}", loud.join("\n"));
}

/// A corpus whose texts are let go has the findings, and the texts to show them, of one that is held.
#[test]
fn texts_that_are_let_go_change_nothing() {
    let engine = Engine::new(termbase());
    let root = root();
    let places =
        [Place::open("tests/imperfect"), Place::open("corpus"), Place::open("tests/fixtures/documents")];
    let request = CorpusRequest::new(&root, &places);
    let held =
        collection::analyse(&engine, read_corpus(&request), collection::Cut::Sentences, Jobs::AllCores);
    let options = Options::default();
    let expected = check(&engine, &held, &options);
    assert!(expected.findings.len() > 100 && expected.singles > 0, "{}", expected.findings.len());
    let outline = outline(&request);
    for threads in [1, 4] {
        let workers = Workers::new(Jobs::Exactly(NonZeroUsize::new(threads).expect("not none")));
        let mut told = Vec::new();
        let walk =
            Walk { engine: &engine, workers: &workers, progress: &mut |done, of| told.push((done, of)) };
        let checked = checking::check(&outline, walk, &options);
        assert_eq!(checked.report, expected, "on {threads} threads");
        assert_eq!(
            (told.last(), checked.findings.len()),
            (Some(&(held.documents.len(), held.documents.len())), 0)
        );
    }
}

/// What translations lack, by the name of the translation and the concept, where no other rule has the place.
type Lacking = BTreeSet<(String, String)>;

fn lacking_by_check(engine: &Engine, collection: &Collection) -> Lacking {
    let partners = collection.partners();
    let name = |at: usize| collection.documents[at].document.name.clone();
    let report = check(engine, collection, &Options::default());
    let loud = report.findings.iter().filter(is_loud).filter(|finding| finding.rule == "term-not-rendered");
    let lacking = |finding: &Finding| {
        let place = finding.place.as_ref().expect("a place");
        let at = (0..partners.len()).find(|at| name(*at) == *place.file).expect("a document");
        let analysis = &collection.documents[at];
        let stands = |hit: &&glosa::matcher::Hit| analysis.document.source_span(hit.span) == place.span;
        let hit = analysis.hits.iter().find(stands).expect("a hit");
        let concept = engine.termbase().concepts[hit.term.concept as usize].id.to_string();
        (name(partners[at].expect("a partner")), concept)
    };
    loud.map(lacking).collect()
}

/// Left out, and what may have been: where something shows in many sentences that stands in the place of the term, it
/// is rendered otherwise.
fn lacking_by_coverage(engine: &Engine, collection: &Collection) -> [Lacking; 2] {
    let options = Options::default();
    let mut gatherer = Gatherer::new(engine.termbase(), collection.documents.len());
    let numbers: Vec<usize> = (0..collection.documents.len()).collect();
    gatherer.add(Facts::of(&Checker::new(engine, &options), collection), &numbers);
    let report = gatherer.finish().report(&[], numbers.len());
    let mut lacking = <[Lacking; 2]>::default();
    for concept in &report.concepts {
        for cell in &concept.documents {
            let entry = (cell.document.to_string(), concept.concept.clone());
            if cell.counts.otherwise > 0 {
                lacking[1].insert(entry.clone());
            }
            if cell.counts.left_out > 0 {
                lacking[0].insert(entry);
            }
        }
    }
    lacking
}

/// `check` and `coverage` say the same of every term that a translation lacks.
#[test]
fn what_is_left_out_is_not_rendered_and_the_other_way_round() {
    let mut termbase = termbase();
    for rule in glosa::check::translation::rule_ids().filter(|rule| *rule != "term-not-rendered") {
        termbase.settings.check.rules.insert(rule.to_owned(), glosa::termbase::Level::Off);
    }
    let engine = Engine::new(termbase);
    let root = root();
    let places = ["corpus", "tests/imperfect"].map(Place::open);
    let request = CorpusRequest { jobs: Jobs::AllCores, ..CorpusRequest::new(&root, &places) };
    let mut collections =
        vec![collection::analyse(&engine, read_corpus(&request), collection::Cut::Sentences, Jobs::AllCores)];
    for (set, _) in SETS {
        for [_, source, es, en, _] in rows::<5>(&format!("tests/check/{set}seeded.tsv")) {
            let document = |tag: Lang, text: &str| Document {
                lang: Some(tag),
                translated_from: Some(lang(&source)),
                ..Document::plain(tag.code(), text)
            };
            collections.push(pair(&engine, document(Lang::Es, &es), document(Lang::En, &en)));
        }
    }
    let mut told = 0;
    for collection in &collections {
        let (check, [left_out, otherwise]) =
            (lacking_by_check(&engine, collection), lacking_by_coverage(&engine, collection));
        let texts = || collection.documents.iter().map(|one| one.document.text.as_str()).take(2);
        let apart: Vec<_> = left_out.difference(&check).collect();
        assert!(apart.is_empty(), "check does not tell of {apart:?}: {:?}", texts().collect::<Vec<_>>());
        let apart: Vec<_> = check.difference(&left_out).filter(|one| !otherwise.contains(one)).collect();
        assert!(apart.is_empty(), "coverage does not count {apart:?}: {:?}", texts().collect::<Vec<_>>());
        told += check.len();
    }
    println!("{told} terms that a translation lacks, the same ones for check and coverage");
    assert!(told > 10, "only {told} terms are lacking: this shows nothing");
}

/// The glossary of the two tests below: a term advised against whatever is translated, and one forbidden.
const SMALL: &str = r#"
[glossary]
languages = ["es-MX", "en-US"]
[[concept]]
terms.es = ["arancel", { term = "tarifa", status = "deprecated" }]
terms.en = "tariff"
[[concept]]
terms.es = ["migrante", { term = "ilegales", forbidden = true, replace-with = "migrantes" }]
terms.en = ["migrant", { term = "illegal alien", forbidden = true }]
"#;

#[test]
fn what_a_pair_has_wrong_is_told_once_and_a_missing_translation_too() {
    let engine = Engine::new(read(&[Source::toml("glossary.toml", SMALL)]).termbase);
    type Case<'a> = ([&'a str; 2], &'a [(&'a str, &'a str)]);
    let cases: &[Case<'_>] = &[
        // The glossary calls «tarifa» wrong: then “tariff” is no false friend of it.
        (
            ["La tarifa del acero sube mañana.", "The steel tariff rises tomorrow."],
            &[("deprecated-term", "es")],
        ),
        (["", "The tariff rises. Nobody knows why."], &[("omission", "en")]),
        (["", ""], &[]),
    ];
    for ([es, en], wanted) in cases {
        let report = checked(&engine, [("es", es), ("en", en)], None);
        let place =
            |finding: &Finding| finding.place.as_ref().map_or(String::new(), |place| place.file.to_string());
        let told: Vec<_> = report.findings.iter().filter(is_loud).map(|one| (one.rule, place(one))).collect();
        let told: Vec<_> = told.iter().map(|(rule, file)| (*rule, file.as_str())).collect();
        assert_eq!(told, *wanted, "{es} ↔ {en}");
    }
}

/// What `--fix` would write: the forms agree, with capitals and the English article, or nothing is changed.
#[test]
fn fixes_agree_with_what_stands_around_them() {
    let engine = Engine::new(read(&[Source::toml("glossary.toml", SMALL)]).termbase);
    let cases = [
        ("es", "Un ilegal cruzó el río.", "An illegal alien crossed the river.", "Un migrante cruzó el río."),
        ("es", "Los ilegales cruzaron.", "The illegal aliens crossed.", "Los migrantes cruzaron."),
        ("es", "LOS ILEGALES CRUZARON", "THE ILLEGAL ALIENS CROSSED", "LOS MIGRANTES CRUZARON"),
        (
            "en",
            "Un ilegal cruzó el río.",
            "An illegal alien crossed the river.",
            "A migrant crossed the river.",
        ),
        ("en", "Los ilegales cruzaron.", "The illegal aliens crossed.", "The migrants crossed."),
    ];
    for (side, es, en, wanted) in cases {
        let report = checked(&engine, [("es", es), ("en", en)], None);
        let fixes = glosa::check::fix::by_file(&report.findings);
        let text = if side == "es" { es } else { en };
        let fixed = glosa::check::fix::apply(text, fixes.get(side).into_iter().flatten().copied());
        assert_eq!(fixed.text, wanted);
        let again = if side == "es" { [("es", wanted), ("en", en)] } else { [("es", es), ("en", wanted)] };
        let again = checked(&engine, again, None);
        assert_eq!(glosa::check::fix::by_file(&again.findings).get(side), None, "fixed twice");
    }
}

#[test]
fn the_manual_has_a_line_for_every_rule() {
    let page = fs::read_to_string(root().join("docs/check.md")).expect("the page");
    for rule in glosa::check::translation::rule_ids() {
        assert!(page.contains(&format!("\n| `{rule}` | ")), "docs/check.md has no line for {rule}");
    }
}

/// A rule at work: its glossary, a Spanish and an English text in which it finds something, and the one of the two that is
/// wrong as it should be.
struct Example {
    rule: &'static str,
    glossary: &'static str,
    es: &'static str,
    en: &'static str,
    mended: Mended,
}

enum Mended {
    Es(&'static str),
    En(&'static str),
}

const TARIFF: &str = "[[concept]]\nterms.es = [\"arancel\", { term = \"tarifa\", status = \"deprecated\" }]\n\
                      terms.en = \"tariff\"\n";

/// What `glosa explain` tells of each rule about translations, as whole texts.
const EXAMPLES: &[Example] = &[
    Example {
        rule: "number-scale",
        glossary: "",
        es: "La planta costará 1.5 billones de dólares.",
        en: "The plant will cost $1.5 billion.",
        mended: Mended::Es("La planta costará 1,500 millones de dólares."),
    },
    Example {
        rule: "number-mismatch",
        glossary: "",
        es: "La policía aseguró 63 pipas en Hidalgo.",
        en: "Police seized 36 tank trucks in Hidalgo.",
        mended: Mended::Es("La policía aseguró 36 pipas en Hidalgo."),
    },
    Example {
        rule: "number-missing",
        glossary: "",
        es: "Los empleados reciben hasta 1,200 acciones al año.",
        en: "Employees receive shares every year.",
        mended: Mended::En("Employees receive up to 1,200 shares every year."),
    },
    Example {
        rule: "forbidden-term",
        glossary: "[[concept]]\nterms.es = \"inmigrante indocumentado\"\nterms.en = [\"undocumented immigrant\", \
                   { term = \"illegal alien\", forbidden = true }]\n",
        es: "La patrulla detuvo a 20 inmigrantes indocumentados.",
        en: "The patrol detained 20 illegal aliens.",
        mended: Mended::En("The patrol detained 20 undocumented immigrants."),
    },
    Example {
        rule: "do-not-translate",
        glossary: "[[concept]]\nterms.es = { term = \"CBP One\", do-not-translate = true }\n\
                   terms.en = { term = \"CBP One\", do-not-translate = true }\n",
        es: "Los migrantes pedían cita en CBP Uno.",
        en: "Migrants asked for appointments on CBP One.",
        mended: Mended::Es("Los migrantes pedían cita en CBP One."),
    },
    Example {
        rule: "outdated-name",
        glossary: "[[concept]]\nterms.es = [\"T-MEC\", { term = \"TLCAN\", valid-until = 2020-06-30 }]\n\
                   terms.en = \"USMCA\"\n",
        es: "CIUDAD DE MÉXICO, 9 de enero de 2026.- El TLCAN se revisará este año.",
        en: "MEXICO CITY, Jan. 9, 2026 — The USMCA will be reviewed this year.",
        mended: Mended::Es("CIUDAD DE MÉXICO, 9 de enero de 2026.- El T-MEC se revisará este año."),
    },
    Example {
        rule: "deprecated-term",
        glossary: TARIFF,
        es: "La tarifa al acero subió.",
        en: "The tariff on steel rose.",
        mended: Mended::Es("El arancel al acero subió."),
    },
    Example {
        rule: "false-friend",
        glossary: "",
        es: "Actualmente, el camión venía vacío.",
        en: "The truck was actually empty.",
        mended: Mended::Es("En realidad, el camión venía vacío."),
    },
    Example {
        rule: "wrong-concept",
        glossary: "[[concept]]\nid = \"sre\"\nnot-to-confuse = [\"state\"]\nterms.es = \"secretaria de Relaciones \
                   Exteriores\"\nterms.en = \"foreign secretary\"\n[[concept]]\nid = \"state\"\n\
                   terms.es = \"secretario de Estado\"\nterms.en = \"secretary of state\"\n",
        es: "La secretaria de Relaciones Exteriores viajó a Ottawa.",
        en: "The secretary of state traveled to Ottawa.",
        mended: Mended::En("The foreign secretary traveled to Ottawa."),
    },
    Example {
        rule: "opposite-meaning",
        glossary: "",
        es: "El gobierno subió el impuesto de exportación.",
        en: "The government raised the import duty.",
        mended: Mended::Es("El gobierno subió el impuesto de importación."),
    },
    Example {
        rule: "regional-mix",
        glossary: "[glossary]\nlanguages = [\"es-MX\", \"en-US\"]\n",
        es: "El agente perdió su ordenador en Laredo.",
        en: "The agent lost his computer in Laredo.",
        mended: Mended::Es("El agente perdió su computadora en Laredo."),
    },
    Example {
        rule: "untranslated-term",
        glossary: "[[concept]]\nterms.es = \"gasoducto\"\nterms.en = \"pipeline\"\n",
        es: "El pipeline cruza la frontera.",
        en: "The pipeline crosses the border.",
        mended: Mended::Es("El gasoducto cruza la frontera."),
    },
    Example {
        rule: "inconsistent-rendering",
        glossary: "[[concept]]\nterms.es = \"cadena de suministro\"\nterms.en = \"supply chain\"\n",
        es: "La cadena de suministro se rompió en abril. Las empresas quieren acercar su red de suministro.",
        en: "The supply chain broke in April. Companies want to bring their supply chain closer.",
        mended: Mended::Es(
            "La cadena de suministro se rompió en abril. Las empresas quieren acercar su cadena de suministro.",
        ),
    },
    Example {
        rule: "acronym-not-introduced",
        glossary: "",
        es: "Las pilas están sujetas a una Norma Oficial Mexicana (NOM).",
        en: "Batteries are subject to a NOM.",
        mended: Mended::En("Batteries are subject to a Mexican Official Standard (NOM)."),
    },
    Example {
        rule: "first-mention",
        glossary: "[[concept]]\nterms.es = [{ term = \"Oficina de Control de Activos Extranjeros\", role = \
                   \"first-mention\" }, { term = \"OFAC\", type = \"acronym\" }]\n\
                   terms.en = [\"Office of Foreign Assets Control\", { term = \"OFAC\", type = \"acronym\" }]\n",
        es: "La OFAC sancionó a dos empresas.",
        en: "OFAC sanctioned two companies.",
        mended: Mended::Es("La Oficina de Control de Activos Extranjeros (OFAC) sancionó a dos empresas."),
    },
    Example {
        rule: "omission",
        glossary: "",
        es: "Los concursantes deben demostrar que 40 por ciento del acero es mexicano.",
        en: "The bidders must show that 40 percent of the steel is Mexican, and that no family will lose its home \
             without compensation.",
        mended: Mended::Es(
            "Los concursantes deben demostrar que 40 por ciento del acero es mexicano y que ninguna familia perderá su \
             casa sin indemnización.",
        ),
    },
    Example {
        rule: "negation-lost",
        glossary: "",
        es: "Abra la válvula.",
        en: "Do not open the valve.",
        mended: Mended::Es("No abra la válvula."),
    },
    Example {
        rule: "term-not-rendered",
        glossary: TARIFF,
        es: "Los productores pagarán un peaje.",
        en: "Producers will pay a tariff.",
        mended: Mended::Es("Los productores pagarán un arancel."),
    },
    Example {
        rule: "occurrence-count",
        glossary: TARIFF,
        es: "El arancel se cobra por la fracción.",
        en: "The tariff is charged by the tariff item.",
        mended: Mended::Es("El arancel se cobra por la fracción del arancel."),
    },
];

/// What a rule's explanation shows, the rule finds; and what the explanation tells to do rids of it.
#[test]
fn every_rule_finds_its_example_and_not_what_is_mended() {
    let mut wrong = Vec::new();
    for rule in glosa::check::translation::RULES {
        let id = rule.doc.id;
        let example = EXAMPLES.iter().find(|example| example.rule == id);
        let Some(Example { glossary, es, en, mended, .. }) = example else {
            wrong.push(format!("{id} has no example"));
            continue;
        };
        let read = read(&[Source::toml("glossary.toml", glossary)]);
        assert!(read.findings.is_empty(), "{id}: {:?}", read.findings);
        let engine = Engine::new(read.termbase);
        let (source, whole) = match mended {
            Mended::Es(es) => (Lang::En, [*es, *en]),
            Mended::En(en) => (Lang::Es, [*es, *en]),
        };
        let found = |[es, en]: [&str; 2]| -> Vec<&str> {
            let analysed = |name: &str, lang, text: &str| {
                engine.analyse(Document { lang: Some(lang), ..Document::plain(name, text) })
            };
            let (es, en) = (analysed("es.txt", Lang::Es, es), analysed("en.txt", Lang::En, en));
            let beads = engine.align(&es, &en);
            let collection =
                Collection { documents: vec![es, en], bitexts: vec![Bitext { es: 0, en: 1, beads }] };
            let options = Options { source: Some(source), ..Options::default() };
            check(&engine, &collection, &options).findings.iter().map(|finding| finding.rule).collect()
        };
        let (bad, good) = (found([es, en]), found(whole));
        if !bad.contains(&id) || !good.is_empty() {
            wrong.push(format!("{id}: {bad:?}, mended {good:?}"));
        }
        // The explanation speaks of these very texts.
        let quoted = rule.doc.example.split(['“', '”', '«', '»']).skip(1).step_by(2);
        let all = [*es, *en].concat().to_lowercase();
        if !quoted.clone().any(|quoted| all.contains(&quoted.to_lowercase())) {
            wrong.push(format!("{id}: nothing of “{}” is in its texts", rule.doc.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
