//! `glosa coverage`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::output::json_line;
use super::style::{self, counted, paint, printable};
use crate::report::coverage::{ConceptCoverage, Coverage, DocumentCoverage, coverage};

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    /// Texts or folders [default: the corpus]
    paths: Vec<PathBuf>,
    /// List every concept, not only those that lack something
    #[arg(long)]
    all: bool,
}

/// Tells which terms occur, are rendered, are missing.
pub(super) fn run(args: &CoverageArgs, context: &mut Context) -> Result<Exit, Failure> {
    let (project, engine) = context.engine()?;
    let collection = context.collection(&project, &engine, &args.paths, true);
    context.expect_texts(collection.documents.len())?;
    let report = coverage(engine.termbase(), &collection);
    let mut out = context.output();
    if context.globals.json {
        json_lines(&report, &mut out)?;
    } else {
        text(&report, args.all, context.colour(), &mut out)?;
    }
    out.finish()?;
    context.next_step("`glosa coverage --all` lists every concept; `glosa concord TERM` shows its places");
    let found = report.summary.concepts > report.summary.never;
    Ok(if found { Exit::Done } else { Exit::Nothing })
}

fn json_lines(report: &Coverage, out: &mut impl Write) -> Result<(), Failure> {
    for concept in &report.concepts {
        json_line("concept", concept, out)?;
    }
    for document in &report.documents {
        json_line("document", document, out)?;
    }
    json_line("summary", &report.summary, out)
}

fn text(report: &Coverage, all: bool, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{}", paint("documents", style::HEAD, colour))?;
    writeln!(out, "{:>8} {:>8} {:>8}", "words", "hits", "concepts")?;
    for document in &report.documents {
        document_line(document, out)?;
    }
    writeln!(out, "\n{}", paint("concepts", style::HEAD, colour))?;
    writeln!(out, "{:>6} {:>6} {:>11}", "es", "en", "rendered")?;
    let lacking = |concept: &&ConceptCoverage| {
        all || concept.count_es == 0 || concept.count_en == 0 || concept.rendered < concept.expected
    };
    for concept in report.concepts.iter().filter(lacking) {
        concept_line(concept, colour, out)?;
    }
    let s = report.summary;
    writeln!(
        out,
        "\n{}: {} in both languages, {} in Spanish only, {} in English only, {} never",
        counted(s.concepts, "concept"),
        s.both,
        s.only_es,
        s.only_en,
        s.never
    )?;
    writeln!(
        out,
        "{}, {}; rendered in {} of {} aligned places{}",
        counted(s.documents, "document"),
        counted(s.pairs, "pair"),
        s.rendered,
        s.expected,
        percent(s.rendered, s.expected)
    )?;
    Ok(())
}

fn document_line(document: &DocumentCoverage, out: &mut impl Write) -> Result<(), Failure> {
    let lang = document.lang.map_or("und", |lang| lang.code());
    let partner = document.partner.as_ref().map_or(String::new(), |partner| format!(" ↔ {partner}"));
    let (words, hits, concepts) = (document.words, document.hits, document.concepts);
    writeln!(
        out,
        "{words:>8} {hits:>8} {concepts:>8}  {lang}  {}{}",
        printable(&document.document),
        printable(&partner)
    )?;
    Ok(())
}

fn concept_line(concept: &ConceptCoverage, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let rendered = if concept.expected == 0 {
        "—".to_owned()
    } else {
        format!("{}/{}", concept.rendered, concept.expected)
    };
    let missing = match (concept.count_es, concept.count_en) {
        (0, 0) => "  never",
        (0, _) => "  Spanish missing",
        (_, 0) => "  English missing",
        _ => "",
    };
    let (es, en) = (concept.count_es, concept.count_en);
    writeln!(
        out,
        "{es:>6} {en:>6} {rendered:>11}  {}{}",
        printable(&concept.label),
        paint(missing, style::WARNING, colour)
    )?;
    Ok(())
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { String::new() } else { format!(" ({:.0} %)", part as f64 * 100.0 / whole as f64) }
}
