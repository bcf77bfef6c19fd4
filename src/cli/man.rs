//! `glosa man`.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::context::{Context, Failure};
use super::{Cli, Exit};

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The subcommand whose page is wanted; without it the page of glosa itself
    command: Option<String>,
}

/// Prints a manual page (roff).
pub(super) fn run(args: &ManArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut root = Cli::command();
    root.build();
    let command = match &args.command {
        None => root,
        Some(name) => {
            let found = root.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                Failure::usage(format!("there is no command “{name}”; `glosa --help` lists them"))
            })?
        }
    };
    let mut page = Vec::new();
    let title = args.command.as_ref().map_or("glosa".to_owned(), |name| format!("glosa-{name}"));
    Man::new(command).title(title).render(&mut page)?;
    let mut out = context.output();
    out.write_all(&page)?;
    out.finish()?;
    Ok(Exit::Done)
}
