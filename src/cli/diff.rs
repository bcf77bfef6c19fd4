//! `glosa diff`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::convert::placed;
use super::output::json_line;
use super::style::{self, paint, printable};
use crate::exchange::{Difference, FieldChange, differences};
use crate::format::terms::{self, Input, Reading};
use crate::project::files::{self, shown};
use crate::termbase::Termbase;

/// Arguments of `diff`.
#[derive(Debug, Args)]
#[command(override_usage = "glosa diff [OPTIONS] <BEFORE> <AFTER>")]
pub(super) struct DiffArgs {
    /// Two termbases in any format that `glosa convert` reads, or the seven arguments of a git diff driver
    #[arg(required = true, num_args = 1..=9, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of both [default: by their content and names]
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
}

/// Tells what is different between two termbases, by concept and field.
pub(super) fn run(args: &DiffArgs, context: &mut Context) -> Result<Exit, Failure> {
    match args.files.as_slice() {
        [before, after] => {
            let found = compare(before, after, args, context)?;
            show(&found, context)?;
            context.say(&summary(&found));
            Ok(if found.is_empty() { Exit::Done } else { Exit::Nothing })
        }
        [path, rest @ ..] if is_git(rest.len()) => {
            of_git(path, rest, args, context)?;
            Ok(Exit::Done)
        }
        _ => Err(Failure::usage("name two files to compare: glosa diff BEFORE AFTER")),
    }
}

/// Whether git calls: with the path and six arguments more (eight for a renamed file), or with the path alone for a
/// file that is not merged.
fn is_git(rest: usize) -> bool {
    rest == 6 || rest == 8 || (rest == 0 && std::env::var_os("GIT_DIFF_PATH_TOTAL").is_some())
}

/// The answer to git, which takes any exit status but 0 for a reason to stop.
fn of_git(path: &Path, rest: &[PathBuf], args: &DiffArgs, context: &mut Context) -> Result<(), Failure> {
    let name = shown(path);
    let [before, _, _, after, ..] = rest else {
        let mut out = context.output();
        writeln!(out, "* unmerged: {}", printable(&name))?;
        return out.finish();
    };
    let mut out = context.output();
    let title = format!("glosa diff {}", printable(&name));
    writeln!(out, "{}", paint(&title, style::HEAD, context.colour()))?;
    out.finish()?;
    match compare(before, after, args, context) {
        Ok(found) => show(&found, context),
        Err(Failure::Message(message)) => {
            context.say(&format!(
                "{name} cannot be compared: {message}; `git diff --no-ext-diff` shows its lines"
            ));
            Ok(())
        }
        Err(other) => Err(other),
    }
}

fn compare(
    before: &Path,
    after: &Path,
    args: &DiffArgs,
    context: &mut Context,
) -> Result<Vec<Difference>, Failure> {
    let (before, after) = (read(before, args, context)?, read(after, args, context)?);
    Ok(differences(&before, &after))
}

fn read(path: &Path, args: &DiffArgs, context: &mut Context) -> Result<Termbase, Failure> {
    if path == Path::new("/dev/null") {
        return Ok(Termbase::default());
    }
    let format = match &args.format {
        Some(name) => Some(terms::find(name).ok_or_else(|| terms::unknown(name))?),
        None => None,
    };
    let bytes = files::read(path, files::SIZE_LIMIT)?;
    let name = shown(path);
    let Reading { termbase, findings, text } = terms::read(&Input::new(&name, &bytes), format);
    match termbase {
        Some(termbase) => Ok(termbase),
        None => {
            let first = placed(findings, &text).into_iter().next();
            let message = first.map_or(String::new(), |finding| finding.message);
            context.explain(&message);
            Err(Failure::usage(format!("`{name}` was not read: {message}")))
        }
    }
}

fn show(found: &[Difference], context: &Context) -> Result<(), Failure> {
    let mut out = context.output();
    for difference in found {
        if context.globals.json {
            json_line("difference", difference, &mut out)?;
            continue;
        }
        let (title, fields) = match difference {
            Difference::Added { concept, fields } => (format!("added {concept}"), fields),
            Difference::Removed { concept, fields } => (format!("removed {concept}"), fields),
            Difference::Changed { concept, was: None, fields } => (format!("changed {concept}"), fields),
            Difference::Changed { concept, was: Some(was), fields } => {
                (format!("changed {concept} (was {was})"), fields)
            }
        };
        writeln!(out, "{}", paint(&printable(&title), style::HEAD, context.colour()))?;
        write_fields(fields, context.colour(), &mut out)?;
    }
    out.finish()
}

/// Fields, each with a line for what it was and one for what it is.
pub(super) fn write_fields(
    fields: &[FieldChange],
    colour: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    for FieldChange { field, before, after } in fields {
        for (sign, value, paint_as) in [("-", before, style::ERROR), ("+", after, style::GOOD)] {
            if let Some(value) = value {
                let line = format!("  {sign} {field}: {}", value.replace('\n', "⏎ "));
                writeln!(out, "{}", paint(&printable(&line), paint_as, colour))?;
            }
        }
    }
    Ok(())
}

fn summary(found: &[Difference]) -> String {
    let count = |is: fn(&Difference) -> bool| found.iter().filter(|difference| is(difference)).count();
    let added = count(|difference| matches!(difference, Difference::Added { .. }));
    let removed = count(|difference| matches!(difference, Difference::Removed { .. }));
    let changed = count(|difference| matches!(difference, Difference::Changed { .. }));
    format!("{added} added, {changed} changed, {removed} removed")
}
