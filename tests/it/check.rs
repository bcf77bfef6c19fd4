//! `check` against texts whose faults are known: the imperfect collection, seeded errors and correct sentences that
//! tempt, the corpus. What is measured is printed (`cargo test --test it check -- --nocapture`).
#![allow(clippy::disallowed_macros, reason = "what is measured is told")]

use std::fs;
use std::num::NonZeroUsize;

use glosa::check::translation::{Options, Report, check};
use glosa::check::{Finding, Severity};
use glosa::engine::{Bitext, Collection};
use glosa::project::{CorpusRequest, Jobs, Place, checking, collection, read_corpus};
use glosa::{Document, Engine, Lang, Span};

use crate::support::{file_stems, root, termbase};

/// What must be found, and the share of correct texts in which nothing may be.
const RECALL_SEEDED: f64 = 0.95;
const FALSE_SEEDED: f64 = 0.02;
const RECALL_IMPERFECT: f64 = 0.97;

/// The findings of a text and its translation.
fn checked(engine: &Engine, [es, en]: [(&str, &str); 2], source: Option<Lang>) -> Report {
    let analyse = |lang, (name, text): (&str, &str)| {
        engine.analyse(Document { lang: Some(lang), ..Document::plain(name, text) })
    };
    let documents = vec![analyse(Lang::Es, es), analyse(Lang::En, en)];
    let beads = engine.align(&documents[0], &documents[1]);
    let collection = Collection { documents, bitexts: vec![Bitext { es: 0, en: 1, beads }] };
    check(engine, &collection, &Options { source, ..Options::default() })
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

#[test]
fn seeded_errors_are_found_and_correct_sentences_left_alone() {
    let engine = Engine::new(termbase());
    let seeded = rows::<5>("tests/check/seeded.tsv");
    let (mut found, mut by_name) = (0, 0);
    for [rule, source, es, en, fault] in &seeded {
        let source = lang(source);
        let is_missing = ["omission", "term-not-rendered"].contains(&rule.as_str());
        let mut texts = [("es", es.as_str()), ("en", en.as_str())];
        let report = checked(&engine, texts, Some(source));
        if (source == Lang::Es) != is_missing {
            texts.reverse();
        }
        let (file, span) = place_of(fault, texts);
        let about: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| is_loud(finding) && is_about(finding, &file, span))
            .collect();
        found += usize::from(!about.is_empty());
        by_name += usize::from(about.iter().any(|finding| finding.rule == rule));
        if about.is_empty() {
            println!("missed {rule}: {fault} | {es} | {en}");
        } else if about.iter().all(|finding| finding.rule != rule) {
            println!("as {}: {rule}: {fault}", about[0].rule);
        }
    }
    let correct = rows::<4>("tests/check/correct.tsv");
    let mut alarms = 0;
    for [topic, source, es, en] in &correct {
        let report = checked(&engine, [("es", es), ("en", en)], Some(lang(source)));
        let loud: Vec<&Finding> = report.findings.iter().filter(is_loud).collect();
        alarms += usize::from(!loud.is_empty());
        for finding in loud {
            println!("false alarm ({topic}) {}: {} | {es} | {en}", finding.rule, finding.message);
        }
    }
    let recall = found as f64 / seeded.len() as f64;
    let rate = alarms as f64 / correct.len() as f64;
    println!(
        "seeded: {found} of {} errors found ({recall:.3}), {by_name} under their own rule; \
         {alarms} of {} correct texts with a false alarm ({rate:.3})",
        seeded.len(),
        correct.len()
    );
    assert!(seeded.len() >= 200 && correct.len() >= 200);
    assert!(recall >= RECALL_SEEDED && rate <= FALSE_SEEDED, "recall {recall:.3}, false alarms {rate:.3}");
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
    let threads = Jobs::Exactly(NonZeroUsize::MIN.saturating_add(3));
    assert_eq!(checking::check(&engine, &collection, &options, threads), report, "on four threads");
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

#[test]
fn the_manual_has_a_line_for_every_rule() {
    let page = fs::read_to_string(root().join("docs/check.md")).expect("the page");
    for rule in glosa::check::translation::rule_ids() {
        assert!(page.contains(&format!("\n| `{rule}` | ")), "docs/check.md has no line for {rule}");
    }
}
