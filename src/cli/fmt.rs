//! `glosa fmt`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::style::counted;
use crate::check::SourceFile;
use crate::project::files::shown;
use crate::project::write::write;
use crate::termbase::edit::fmt;

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Glossary files [default: the project's]
    files: Vec<PathBuf>,
    /// Change nothing; exit status 1 where a file would change
    #[arg(long)]
    check: bool,
}

/// Puts glossary files in order; a file with errors is left alone.
pub(super) fn run(args: &FmtArgs, context: &mut Context) -> Result<Exit, Failure> {
    let files = if args.files.is_empty() { vec![context.glossary_file()?] } else { args.files.clone() };
    let mut changed = 0;
    for path in &files {
        changed += usize::from(file(path, args.check, context)?);
    }
    let word = if args.check { "would change" } else { "changed" };
    context.say(&format!("{changed} of {} {word}", counted(files.len(), "file")));
    Ok(if args.check && changed > 0 { Exit::Nothing } else { Exit::Done })
}

fn file(path: &Path, check: bool, context: &mut Context) -> Result<bool, Failure> {
    let name = shown(path);
    let text = context.glossary_text(path)?;
    match fmt(&name, &text, &context.surroundings(path)) {
        Ok(tidy) if tidy == text => Ok(false),
        Ok(tidy) => {
            if !check {
                write(path, tidy.as_bytes())?;
            }
            Ok(true)
        }
        Err(findings) => {
            context.report(&findings, &[SourceFile { name, text }]);
            Ok(false)
        }
    }
}
