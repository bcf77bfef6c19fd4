//! `glosa coverage`.

mod text;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::inputs::Reading;
use super::output::{Output, json_line};
use super::style::{counted, printable};
use crate::check::{Finding, Severity};
use crate::project::Workers;
use crate::project::coverage::{Surveyed, survey};
use crate::project::files::shown;
use crate::project::rejected::{self, Rejected};
use crate::project::walk::Walk;
use crate::report::TablesFor;
use crate::report::coverage::{
    Changes, Coverage, Earlier, FORMATS, Format, Gate, GroupCoverage, Options, format, percent,
};

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    /// Texts or folders [default: the corpus]
    paths: Vec<PathBuf>,
    /// text, json, csv, md, html or junit [default: by the name of -o, else text]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// List every concept and document as text, not only those that lack something
    #[arg(long)]
    all: bool,
    /// Fail (exit status 1) where a smaller share of required terms is rendered as approved, such as 90%
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min: Option<f64>,
    /// Tell what changed since an earlier report, as -f json wrote it
    #[arg(long, value_name = "OLD.json")]
    diff: Option<PathBuf>,
    /// Tell how each term was really rendered, over documents and dates, and what the glossary might say of it
    #[arg(long)]
    drift: bool,
    /// Entries that are only proposed count for --min too
    #[arg(long, requires = "min")]
    include_proposed: bool,
}

/// A share as people write it: 90%, 90 %, 0.9.
fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = match text.trim().strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (text.trim(), 1.0),
    };
    let share = number.parse::<f64>().ok().map(|number| number / scale);
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a share is written 90% or 0.9, from 0% to 100%".to_owned())
}

/// Tells which terms occur, are rendered, are missing.
pub(super) fn run(args: &CoverageArgs, context: &mut Context) -> Result<Exit, Failure> {
    let form = Form::choose(args.format.as_deref(), context)?;
    let earlier = args.diff.as_deref().map(|path| earlier(path, context)).transpose()?;
    let (project, engine) = context.engine()?;
    let rejected = match context.glossary_file() {
        Ok(path) => Rejected::read(&rejected::beside(&path))?,
        Err(_) => Rejected::default(),
    };
    let except: Vec<PathBuf> = args.diff.iter().cloned().collect();
    let reading = Reading { except: &except, ..Reading::default() };
    let outline = context.outline(&project, &engine, &args.paths, &reading);
    context.expect_texts(outline.corpus.documents.len())?;
    let workers = Workers::new(context.jobs());
    let progress = &mut |done, of| context.progress("documents", done, of);
    let walk = Walk { engine: &engine, workers: &workers, progress };
    let Surveyed { gathered, proposals, from_documents, findings } = survey(&outline, walk, rejected.keys());
    context.report_files(&findings);
    let mut report = gathered.report(&proposals, from_documents);
    report.drift = args.drift.then(|| gathered.drift());
    if let (Some(path), Some(earlier)) = (&args.diff, &earlier)
        && earlier.is_of_other_texts(&report)
    {
        context.report_files(&[of_other_texts(path)]);
    }
    report.changes = earlier.map(|earlier| Changes::between(&earlier, &report));
    say_alone(&report, context);
    let gate = args.min.map(|least| Gate { least, proposed: args.include_proposed });
    write(form, &report, args, gate, context)?;
    context
        .next_step("`-f html -o report.html` makes a page of it; `glosa concord TERM` shows a term's places");
    Ok(exit(&report, gate, context))
}

/// So many documents without a counterpart are named.
const NAMED: usize = 3;

/// Says which documents are without a counterpart where others have one.
fn say_alone(report: &Coverage, context: &Context) {
    let alone = report.documents.iter().filter(|document| document.partner.is_none());
    let mut names: Vec<&str> = alone.map(|document| document.document.as_str()).collect();
    if names.is_empty() || report.summary.pairs == 0 {
        return;
    }
    let told = counted(names.len(), "document");
    let more = if names.len() > NAMED { " …" } else { "" };
    names.truncate(NAMED);
    context.say(&format!("{told} without a counterpart, counted alone: {}{more}", names.join(", ")));
}

/// An earlier report.
fn earlier(path: &Path, context: &mut Context) -> Result<Earlier, Failure> {
    let text = context.glossary_text(path)?;
    Earlier::read(&text)
        .map_err(|why| Failure::usage(format!("{} cannot be compared with: {why}", shown(path))))
}

fn of_other_texts(path: &Path) -> Finding {
    let message = format!("{} tells of none of these texts", shown(path));
    Finding::new(Severity::Warning, "other-report", message)
        .help("is it a report of another project, or made in another folder?")
}

/// How the report is written.
#[derive(Clone, Copy)]
enum Form {
    /// For the terminal.
    Text,
    /// JSON, an object a line.
    Lines,
    /// A file.
    File(&'static Format),
}

impl Form {
    /// The form that is named, else JSON lines where those are wanted, else that of the output file, else text.
    fn choose(name: Option<&str>, context: &Context) -> Result<Form, Failure> {
        let output = context.globals.output.as_ref();
        let extension = output.and_then(|path| path.extension()).and_then(|end| end.to_str());
        match (name, extension) {
            (Some("text"), _) => Ok(Form::Text),
            (Some(name), _) => format(name).map(Form::File).ok_or_else(|| {
                let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                let name = printable(name);
                Failure::usage(format!("unknown format “{name}”; there are text, {}", names.join(", ")))
            }),
            (None, _) if context.globals.json => Ok(Form::Lines),
            (None, Some(end)) => {
                let known = FORMATS.iter().find(|format| format.extension == end);
                Ok(known.map_or(Form::Text, Form::File))
            }
            (None, None) => Ok(Form::Text),
        }
    }
}

fn write(
    form: Form,
    report: &Coverage,
    args: &CoverageArgs,
    gate: Option<Gate>,
    context: &Context,
) -> Result<(), Failure> {
    let mut out = context.output();
    match form {
        Form::Text => text::write(report, args.all, context.colour(), &mut out)?,
        Form::Lines => json_lines(report, &mut out)?,
        Form::File(format) => {
            let spreadsheet = matches!(out, Output::File(..));
            let tables = if spreadsheet { TablesFor::Spreadsheet } else { TablesFor::Program };
            out.write_all((format.render)(report, &Options { tables, gate }).as_bytes())?;
        }
    }
    out.finish()
}

fn json_lines(report: &Coverage, out: &mut impl Write) -> Result<(), Failure> {
    report.concepts.iter().try_for_each(|concept| json_line("concept", concept, out))?;
    report.documents.iter().try_for_each(|document| json_line("document", document, out))?;
    let mut groups = |kind: &str, groups: &[GroupCoverage]| {
        groups.iter().try_for_each(|group| json_line(kind, group, out))
    };
    groups("subject", &report.subjects)?;
    groups("language", &report.languages)?;
    groups("date", &report.dates)?;
    groups("desk", &report.desks)?;
    report.inconsistencies.iter().try_for_each(|one| json_line("inconsistency", one, out))?;
    report.avoided.iter().try_for_each(|used| json_line("avoided", used, out))?;
    report.needed.terms.iter().try_for_each(|term| json_line("needed", term, out))?;
    report.queue.iter().try_for_each(|one| json_line("queued", one, out))?;
    json_line("noise", &report.noise, out)?;
    report.drift.iter().flatten().try_for_each(|drift| json_line("drift", drift, out))?;
    report.changes.iter().try_for_each(|changes| json_line("changes", changes, out))?;
    json_line("summary", &report.summary, out)
}

/// The exit status, with a line that says why where a gate is shut.
fn exit(report: &Coverage, gate: Option<Gate>, context: &Context) -> Exit {
    let summary = &report.summary;
    let Some(gate) = gate else {
        return if summary.concepts > summary.never { Exit::Done } else { Exit::Nothing };
    };
    let counts = gate.counts(summary);
    let least = percent(gate.least);
    match (counts.share(), gate.passes(summary)) {
        (None, _) => {
            context.say(&format!("--min {least}: no place requires a term, so nothing was measured"));
        }
        (Some(share), passes) => {
            let told =
                format!("{} of {} required places ({})", counts.approved, counts.asked(), percent(share));
            let end = if passes { "passed" } else { "failed" };
            let line = format!("--min {least} {end}: {told} are rendered as approved");
            if passes {
                context.say(&line);
            } else {
                context.insist(&line);
            }
        }
    }
    if gate.passes(summary) { Exit::Done } else { Exit::Nothing }
}
