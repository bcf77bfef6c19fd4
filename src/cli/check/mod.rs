//! `glosa check`.

mod changed;
mod gate;
mod repair;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::Args;

use self::changed::only_changed;
use self::gate::GateArgs;
use self::repair::repair;
use super::Exit;
use super::context::{Context, Failure};
use super::findings::{FindingArgs, Language, tally};
use super::inputs::Reading;
use super::style::counted;
use super::two_texts::two_texts;
use crate::check::Severity;
use crate::check::render::{self, Suppressed};
use crate::check::translation::{Options, Report};
use crate::engine::Engine;
use crate::lang::Lang;
use crate::project::checking::{Checked, check};
use crate::project::outline::Outline;
use crate::project::walk::Walk;
use crate::project::{Corpus, Project, Workers};
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
    /// Check only the texts that this file names, a path a line, each with its partner; `-` is stdin
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Make the replacements that are safe, in plain text and Markdown; never within quotations
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    gate: GateArgs,
    #[command(flatten)]
    findings: FindingArgs,
}

/// Checks translations against the glossary.
pub(super) fn run(args: &CheckArgs, context: &mut Context) -> Result<Exit, Failure> {
    let (project, engine) = context.engine_or_none(&args.paths)?;
    let options = options(args, project.termbase.settings.labels(), context)?;
    let paths = paths(args, &project, &engine);
    let root = if paths.is_empty() { project.root.as_path() } else { Path::new("") };
    let only = args.files_from.as_deref().map(changed::named).transpose()?;
    let mut outline = outline(args, &paths, only.as_deref(), &project, &engine, context)?;
    if let Some(named) = only {
        only_changed(&mut outline, root, &named, context);
    }
    if args.files_from.is_some() && outline.corpus.documents.is_empty() {
        context.say("none of the files named is a text of the corpus");
        return Ok(Exit::Done);
    }
    let corpus = &outline.corpus;
    context.expect_texts(corpus.documents.len())?;
    let workers = Workers::new(context.jobs());
    let progress = &mut |done, of| context.progress("documents", done, of);
    let walk = Walk { engine: &engine, workers: &workers, progress };
    let Checked { mut report, findings } = check(&outline, walk, &options);
    context.report_files(&findings);
    let is_whole = args.paths.is_empty() && args.files_from.is_none();
    let ignored = &engine.termbase().settings.check.ignore;
    let suppressed = args.gate.sift(&mut report, ignored, is_whole, context)?;
    if args.fix {
        repair(&mut report, corpus, root, context)?;
    }
    write(&report, &suppressed, corpus, &options, args, context)?;
    say_alone(corpus, context);
    say_termless(&project, &engine, context);
    talk(&report, suppressed.len(), context);
    Ok(args.findings.exit(&report.findings))
}

/// The paths to look under: those named; where no corpus is stated, texts are named among all those of the project.
fn paths(args: &CheckArgs, project: &Project, engine: &Engine) -> Vec<PathBuf> {
    let is_named = args.files_from.is_some() && args.paths.is_empty();
    if is_named && project.corpus(&engine.termbase().settings).is_empty() {
        let root = project.root.as_path();
        return vec![if root.as_os_str().is_empty() { PathBuf::from(".") } else { root.to_owned() }];
    }
    args.paths.clone()
}

fn outline(
    args: &CheckArgs,
    paths: &[PathBuf],
    only: Option<&[PathBuf]>,
    project: &Project,
    engine: &Engine,
    context: &mut Context,
) -> Result<Outline, Failure> {
    let except: Vec<PathBuf> = args.gate.files().chain(&args.files_from).cloned().collect();
    let reading = Reading { only, except: &except, ..Reading::default() };
    Ok(match paths {
        [first, second] if !first.is_dir() && !second.is_dir() => {
            Outline::whole(two_texts([first, second], context)?.0)
        }
        paths => context.outline(project, engine, paths, &reading),
    })
}

fn write(
    report: &Report,
    suppressed: &[Suppressed],
    corpus: &Corpus,
    options: &Options,
    args: &CheckArgs,
    context: &Context,
) -> Result<(), Failure> {
    let shown = args.findings.shown(&report.findings);
    let files: Vec<&str> = corpus.documents.iter().map(|document| document.file_name()).collect();
    let rendered = render::Report { findings: &shown, suppressed, sources: &report.sources, files: &files };
    args.findings.write(&rendered, options.ui, context)
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

/// Says where there are no terms to check for.
fn say_termless(project: &Project, engine: &Engine, context: &Context) {
    if engine.termbase().concepts.is_empty() {
        let why = if project.glossaries.is_empty() {
            "there is no glossary here (`glosa init` begins one)"
        } else {
            "the glossary has no entries (`glosa add` makes one)"
        };
        context.say(&format!("{why}: only what needs no terms is checked, such as figures and omissions"));
    }
}

/// So many texts without a counterpart are named.
const NAMED: usize = 3;

/// Says which texts name their language, as one of a pair does, and have no counterpart.
fn say_alone(corpus: &Corpus, context: &Context) {
    let paired: HashSet<usize> = corpus.pairs.iter().flat_map(|pair| [pair.es, pair.en]).collect();
    let documents = corpus.documents.iter().enumerate();
    let alone = documents.filter(|(at, document)| !paired.contains(at) && document.lang.is_some());
    let mut names: Vec<&str> = alone.map(|(_, document)| document.name.as_str()).collect();
    if names.is_empty() {
        return;
    }
    let told = counted(names.len(), "text");
    let more = if names.len() > NAMED { " …" } else { "" };
    names.truncate(NAMED);
    context.say(&format!("{told} without a counterpart, checked alone: {}{more}", names.join(", ")));
}

fn talk(report: &Report, suppressed: usize, context: &Context) {
    let mut texts = vec![counted(report.pairs, "pair")];
    if report.singles > 0 {
        texts.push(counted(report.singles, "single text"));
    }
    let hidden = if suppressed > 0 { format!("; {suppressed} suppressed") } else { String::new() };
    context.say(&format!("{}: {}{hidden}", texts.join(", "), tally(&report.findings)));
    match report.findings.iter().max_by_key(|finding| finding.severity) {
        Some(worst) if worst.severity > Severity::Note => {
            context.next_step(&format!("`glosa explain {}` tells more", worst.rule));
        }
        Some(_) => context.next_step("`glosa check --notes` shows the notes"),
        None => context.next_step("`glosa coverage` tells which terms are rendered"),
    }
}
