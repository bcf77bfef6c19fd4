//! `glosa convert`.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::output::json_line;
use super::style::{counted, printable};
use crate::check::{Finding, Severity};
use crate::format::terms::stream::{self, Source};
use crate::format::terms::{self, ColumnName, Format, Input, Loss, Reading, Target};
use crate::project::files::{self, shown};
use crate::project::write::write_with;
use crate::termbase::{LangTag, Termbase};
use crate::text::LineIndex;

/// Arguments of `convert`.
#[derive(Debug, Args)]
#[command(after_help = formats())]
pub(super) struct ConvertArgs {
    /// The file to read; `-` is stdin
    file: PathBuf,
    /// The format to write [default: by the extension of -o]
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// The format of the file [default: by its content and name]
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// The languages, the source first, where the file does not name them, and those to write
    #[arg(long, value_name = "es,en", value_delimiter = ',')]
    langs: Vec<String>,
    #[command(flatten)]
    columns: Columns,
    /// Write nothing if anything would be lost
    #[arg(long)]
    strict: bool,
    /// Put an apostrophe before cells of CSV and TSV that a spreadsheet would take for a formula
    #[arg(long)]
    guard_formulas: bool,
}

/// What who gives a table says of its columns.
#[derive(Debug, Args)]
pub(super) struct Columns {
    /// What a column of a table holds, where its heading does not tell: "Notas=note", "Nosotros=es-MX", 3=en:pos;
    /// may be repeated
    #[arg(long = "column", value_name = "HEADING=WHAT", value_parser = ColumnName::parse)]
    pub(super) named: Vec<ColumnName>,
}

/// The list of formats for `--help`.
fn formats() -> String {
    let line = |format: &Format| {
        let way = match (format.read.is_some(), format.write.is_some()) {
            (true, false) => " (read only)",
            (false, true) => " (write only)",
            _ => "",
        };
        format!("  {:<12} {}{way}\n", format.name, format.about)
    };
    format!("Formats:\n{}", terms::FORMATS.iter().map(line).collect::<String>())
}

/// Reads a termbase in one format and writes it in another.
pub(super) fn run(args: &ConvertArgs, context: &mut Context) -> Result<Exit, Failure> {
    let format = target_format(args.to.as_ref(), context)?;
    let languages = languages(&args.langs)?;
    if let Some(from) = too_large_to_hold(args)? {
        return stream(args, from, format, &Target { languages, ..Target::default() }, context);
    }
    let termbase = read(args, &languages, context)?;
    let target = Target { languages, guard_formulas: args.guard_formulas, ..Target::default() };
    deliver(&termbase, &Delivery { format, target, strict: args.strict }, context)
}

/// The format of a file that is too large to be read whole.
fn too_large_to_hold(args: &ConvertArgs) -> Result<Option<&'static Format>, Failure> {
    let size = std::fs::metadata(&args.file).map_or(0, |metadata| metadata.len());
    if size <= files::SIZE_LIMIT {
        return Ok(None);
    }
    let mut head = Vec::new();
    files::open(&args.file)?.take(1 << 16).read_to_end(&mut head)?;
    let named = args.from.as_ref().map(|name| terms::find(name).ok_or_else(|| terms::unknown(name)));
    let format = named.unwrap_or_else(|| terms::format_of(&Input::new(&shown(&args.file), &head)))?;
    Ok(Some(format))
}

/// Converts entry by entry what cannot be held.
fn stream(
    args: &ConvertArgs,
    from: &'static Format,
    to: &'static Format,
    target: &Target,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let Some(out) = context.globals.output.clone().filter(|_| stream::is_possible(from, to)) else {
        return Err(Failure::usage(format!(
            "`{}` is larger than {} MB and cannot be read whole; TBX and TMX of any size are converted to toml and jsonl, \
             with -o FILE",
            shown(&args.file),
            files::SIZE_LIMIT >> 20
        )));
    };
    let open = || -> Result<Box<dyn std::io::BufRead>, Finding> {
        Ok(Box::new(std::io::BufReader::with_capacity(1 << 18, files::open(&args.file)?)))
    };
    let source = Source { name: &shown(&args.file), format: from, open: &open };
    let done = write_with(&out, |file| {
        let done = stream::convert(&source, to, target, file)?;
        let skipped = done.findings.iter().find(|finding| terms::is_skip(finding)).cloned();
        let lost = || done.losses.first().map(|loss| lost(loss, Severity::Error));
        match skipped.or_else(lost).filter(|_| args.strict) {
            Some(finding) => Err(finding),
            None => Ok(done),
        }
    })?;
    context.report_files(&done.findings);
    report(&done.losses, Severity::Warning, context);
    if context.globals.json {
        return tell_losses(&done.losses).map(|()| Exit::Done);
    }
    context.say(&format!("{}, {}", counted(done.concepts, "concept"), counted(done.terms, "term")));
    Ok(Exit::Done)
}

/// How a termbase is to be written.
pub(super) struct Delivery {
    pub(super) format: &'static Format,
    pub(super) target: Target,
    /// Write nothing where anything would be lost.
    pub(super) strict: bool,
}

/// Writes a termbase and tells what is lost.
pub(super) fn deliver(
    termbase: &Termbase,
    delivery: &Delivery,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let written = match terms::write(delivery.format, termbase, &delivery.target) {
        Ok(written) => written,
        Err(findings) => return Ok(refuse(&findings, context)),
    };
    if delivery.strict && !written.losses.is_empty() {
        report(&written.losses, Severity::Error, context);
        return Err(no_loss());
    }
    report(&written.losses, Severity::Warning, context);
    let mut out = context.output();
    out.write_all(&written.bytes)?;
    out.finish()?;
    if context.globals.output.is_some() {
        tell(termbase, &written.losses, context)?;
    }
    Ok(Exit::Done)
}

/// The format named, else that of the output file's extension.
pub(super) fn target_format(name: Option<&String>, context: &Context) -> Result<&'static Format, Failure> {
    match (name, &context.globals.output) {
        (Some(name), _) => terms::find(name).ok_or_else(|| terms::unknown(name).into()),
        (None, Some(path)) => terms::of_name(&shown(path)).ok_or_else(|| terms::unknown(&shown(path)).into()),
        (None, None) => Err(Failure::usage("which format? name it, or name a file with -o")),
    }
}

/// Language tags as given, each checked.
pub(super) fn languages(written: &[String]) -> Result<Vec<LangTag>, Failure> {
    let tag = |written: &String| {
        terms::language(written).ok_or_else(|| {
            Failure::usage(format!(
                "“{written}” is no language tag; write --langs es,en or --langs es-MX,en-US"
            ))
        })
    };
    written.iter().map(tag).collect()
}

fn read(args: &ConvertArgs, languages: &[LangTag], context: &mut Context) -> Result<Termbase, Failure> {
    let from = match &args.from {
        Some(name) => Some(terms::find(name).ok_or_else(|| terms::unknown(name))?),
        None => None,
    };
    let bytes = bytes(&args.file)?;
    let name = shown(&args.file);
    let columns = args.columns.named.clone();
    let input = Input { name: &name, bytes: &bytes, languages: languages.to_vec(), columns };
    let reading = terms::read(&input, from);
    let has_skipped = reading.has_skipped();
    let Reading { termbase, findings, text } = reading;
    context.report_files(&placed(findings, &text));
    if args.strict && has_skipped {
        return Err(no_loss());
    }
    termbase.ok_or_else(|| Failure::usage(format!("`{name}` was not read; nothing was written")))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    Ok(files::read(path, files::SIZE_LIMIT)?)
}

/// Findings whose message begins with their place.
pub(super) fn placed(findings: Vec<Finding>, text: &str) -> Vec<Finding> {
    let lines = LineIndex::new(text);
    let placed = |mut finding: Finding| {
        if let Some(place) = &finding.place {
            let at = lines.position(text, place.span.start);
            finding.message = format!("{}:{}:{}: {}", place.file, at.line, at.column, finding.message);
        }
        finding
    };
    findings.into_iter().map(placed).collect()
}

fn no_loss() -> Failure {
    Failure::usage("nothing was written: --strict allows no loss")
}

fn refuse(findings: &[Finding], context: &mut Context) -> Exit {
    context.report_files(findings);
    context.say("nothing was written");
    Exit::Trouble
}

pub(super) fn report(losses: &[Loss], severity: Severity, context: &mut Context) {
    context.report_files(&losses.iter().map(|loss| lost(loss, severity)).collect::<Vec<_>>());
}

fn lost(loss: &Loss, severity: Severity) -> Finding {
    Finding::new(severity, "export-loss", loss.to_string())
}

/// What went into a file: a line for people, or the report of losses as JSON lines.
fn tell(termbase: &Termbase, losses: &[Loss], context: &Context) -> Result<(), Failure> {
    if !context.globals.json {
        context.say(&printable(&terms::summary(termbase, losses)));
        return Ok(());
    }
    tell_losses(losses)
}

/// The report of losses as JSON lines.
fn tell_losses(losses: &[Loss]) -> Result<(), Failure> {
    let mut out = super::output::Output::new(None);
    for loss in losses {
        json_line("loss", loss, &mut out)?;
    }
    out.finish()
}
