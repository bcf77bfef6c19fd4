//! `glosa check`.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::findings::{FindingArgs, Language, tally};
use super::style::counted;
use super::two_texts::two_texts;
use crate::check::translation::{Options, Report, check};
use crate::check::{Severity, render};
use crate::lang::Lang;
use crate::project::collection::{self, Cut};
use crate::project::{Corpus, PairBy};
use crate::termbase::read::is_calendar_date;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// A text and its translation, folders of pairs, bilingual files, or texts alone [default: the corpus]
    paths: Vec<PathBuf>,
    /// The language translated from; else both sides are looked at
    #[arg(long, value_enum, value_name = "LANG")]
    source: Option<Language>,
    /// The date of texts that do not state theirs, such as 2026-11-28
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    findings: FindingArgs,
}

/// Checks translations against the glossary.
pub(super) fn run(args: &CheckArgs, context: &mut Context) -> Result<Exit, Failure> {
    let (project, engine) = context.engine_or_none(&args.paths)?;
    let options = options(args, project.termbase.settings.labels(), context)?;
    let corpus = match args.paths.as_slice() {
        [first, second] if !first.is_dir() && !second.is_dir() => two_texts([first, second], context)?.0,
        paths => context.corpus(&project, &engine, paths, true, PairBy::Names),
    };
    let Corpus { documents, .. } = &corpus;
    context.expect_texts(documents.len())?;
    let collection = collection::analyse(&engine, corpus, Cut::Sentences, context.jobs());
    let report = check(&engine, &collection, &options);
    let shown = args.findings.shown(&report.findings);
    let files: Vec<&str> =
        collection.documents.iter().map(|analysis| analysis.document.name.as_str()).collect();
    let rendered =
        render::Report { findings: &shown, sources: &report.sources, files: &files, ..Default::default() };
    args.findings.write(&rendered, options.ui, context)?;
    talk(&report, context);
    Ok(args.findings.exit(&report.findings))
}

fn options(args: &CheckArgs, pages: Lang, context: &Context) -> Result<Options, Failure> {
    if let Some(date) = args.date.as_ref().filter(|date| !is_calendar_date(date)) {
        let date = super::style::printable(date);
        return Err(Failure::usage(format!("--date {date} is not in the calendar; write it as 2026-11-28")));
    }
    Ok(Options {
        source: args.source.map(Language::lang),
        date: args.date.clone(),
        ui: args.findings.ui(pages, context)?,
    })
}

fn talk(report: &Report, context: &Context) {
    let mut texts = vec![counted(report.pairs, "pair")];
    if report.singles > 0 {
        texts.push(counted(report.singles, "single text"));
    }
    context.say(&format!("{}: {}", texts.join(", "), tally(&report.findings)));
    match report.findings.iter().max_by_key(|finding| finding.severity) {
        Some(worst) if worst.severity > Severity::Note => {
            context.next_step(&format!("`glosa explain {}` tells more", worst.rule));
        }
        Some(_) => context.next_step("`glosa check --notes` shows the notes"),
        None => context.next_step("`glosa coverage` tells which terms are rendered"),
    }
}
