//! `glosa check`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::context::{Context, Failure};
use super::lint::Limit;
use super::style::counted;
use super::two_texts::two_texts;
use crate::check::translation::{Options, Report, check};
use crate::check::{Severity, Style, all_to_json, render};
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
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = Limit::Warning, value_name = "SEVERITY")]
    fail_on: Limit,
    /// Show notes too
    #[arg(long)]
    notes: bool,
    /// The language of messages
    #[arg(long, value_enum, default_value_t = Language::En, value_name = "LANG")]
    ui: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Es,
    En,
}

impl Language {
    fn lang(self) -> Lang {
        match self {
            Language::Es => Lang::Es,
            Language::En => Lang::En,
        }
    }
}

/// Checks translations against the glossary.
pub(super) fn run(args: &CheckArgs, context: &mut Context) -> Result<Exit, Failure> {
    let options = options(args)?;
    let (project, engine) = context.engine_or_none(&args.paths)?;
    let corpus = match args.paths.as_slice() {
        [first, second] if !first.is_dir() && !second.is_dir() => two_texts([first, second], context)?.0,
        paths => context.corpus(&project, &engine, paths, true, PairBy::Names),
    };
    let Corpus { documents, .. } = &corpus;
    context.expect_texts(documents.len())?;
    let collection = collection::analyse(&engine, corpus, Cut::Sentences, context.jobs());
    let report = check(&engine, &collection, &options);
    write(&report, args, context)?;
    talk(&report, context);
    let limit = args.fail_on.severity();
    let fails = report.findings.iter().any(|finding| finding.severity >= limit);
    Ok(if fails { Exit::Nothing } else { Exit::Done })
}

fn options(args: &CheckArgs) -> Result<Options, Failure> {
    if let Some(date) = args.date.as_ref().filter(|date| !is_calendar_date(date)) {
        let date = super::style::printable(date);
        return Err(Failure::usage(format!("--date {date} is not in the calendar; write it as 2026-11-28")));
    }
    Ok(Options { source: args.source.map(Language::lang), date: args.date.clone(), ui: args.ui.lang() })
}

fn write(report: &Report, args: &CheckArgs, context: &Context) -> Result<(), Failure> {
    let least = if args.notes { Severity::Note } else { args.fail_on.severity().min(Severity::Warning) };
    let shown: Vec<_> = report.findings.iter().filter(|finding| finding.severity >= least).cloned().collect();
    let mut out = context.output();
    if context.globals.json {
        for finding in all_to_json(&shown, &report.sources) {
            writeln!(out, "{finding}")?;
        }
    } else {
        write!(out, "{}", render(&shown, &report.sources, Style { colour: context.colour(), width: 100 }))?;
    }
    out.finish()
}

fn talk(report: &Report, context: &Context) {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let mut texts = vec![counted(report.pairs, "pair")];
    if report.singles > 0 {
        texts.push(counted(report.singles, "single text"));
    }
    context.say(&format!(
        "{}: {}, {}, {}",
        texts.join(", "),
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(notes, "note")
    ));
    match report.findings.iter().max_by_key(|finding| finding.severity) {
        Some(worst) if worst.severity > Severity::Note => {
            context.next_step(&format!("`glosa explain {}` tells more", worst.rule));
        }
        Some(_) => context.next_step("`glosa check --notes` shows the notes"),
        None => context.next_step("`glosa coverage` tells which terms are rendered"),
    }
}
