//! The command line: one file a subcommand.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "this is the door to the terminal")]

use std::process::ExitCode;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
