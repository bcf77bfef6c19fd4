//! `glosa completions`.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::context::{Context, Failure};
use super::{Cli, Exit};

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Prints the completions.
pub(super) fn run(args: &CompletionsArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "glosa", &mut script);
    let mut out = context.output();
    out.write_all(&script)?;
    out.finish()?;
    Ok(Exit::Done)
}
