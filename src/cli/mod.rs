//! The command line: one file a subcommand, each only between the arguments and an operation of the engine.
//!
//! stdout is data, stderr is talk. Exit status 0: done, and found; 1: nothing found, or findings at or above the
//! limit; 2: could not do it, or not all of it.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "this is the door to the terminal")]

mod add;
mod align;
mod build;
mod check;
mod completions;
mod concord;
mod context;
mod convert;
mod coverage;
mod diff;
mod explain;
mod export;
mod extract;
mod findings;
mod fmt;
mod import;
mod init;
mod inputs;
mod lint;
mod log;
mod lookup;
mod man;
mod merge;
mod output;
mod pin;
mod review;
mod scan;
mod segment;
mod sheet;
mod style;
mod two_texts;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use context::{Context, Failure};

/// Bilingual (Spanish/English) glossary and translation aid: finds terms in any form, pairs sentences, builds
/// aligned glossaries.
#[derive(Debug, Parser)]
#[command(
    name = "glosa",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
#[command(after_help = "Exit status: 0 done (and found), 1 nothing found or findings, 2 could not do it.")]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
struct Globals {
    /// Glossary file; may be repeated, later ones win [default: glossary.toml here or above]
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Global options")]
    glossary: Vec<PathBuf>,
    /// Work in this folder
    #[arg(
        short = 'C',
        long = "directory",
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    directory: Option<PathBuf>,
    /// Give JSON, one object a line
    #[arg(long, global = true, help_heading = "Global options")]
    json: bool,
    /// Write to this file instead of stdout
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Global options")]
    output: Option<PathBuf>,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true, help_heading = "Global options")]
    quiet: bool,
    /// Say more on stderr
    #[arg(short, long, global = true, help_heading = "Global options")]
    verbose: bool,
    /// Use colors
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN", help_heading = "Global options")]
    color: When,
    /// Threads [default: all cores]
    #[arg(short, long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Global options")]
    jobs: Option<u16>,
    /// Compile the glossary anew and keep nothing of it
    #[arg(long, global = true, help_heading = "Global options")]
    no_cache: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the aligned glossary with context snippets: the main job
    Build(build::BuildArgs),
    /// Mark the terms in texts
    Scan(scan::ScanArgs),
    /// Look terms up, in either language, in any form
    Lookup(lookup::LookupArgs),
    /// Show a word in its contexts (KWIC)
    Concord(concord::ConcordArgs),
    /// Pair the sentences of texts and their translations
    Align(align::AlignArgs),
    /// Divide texts into sentences with their language
    Segment(segment::SegmentArgs),
    /// Propose terms that the glossary lacks, with their equivalents
    Extract(extract::ExtractArgs),
    /// Tell which terms occur, are rendered, are missing
    Coverage(coverage::CoverageArgs),
    /// Check translations: terms, names, regions, false friends, omissions
    Check(check::CheckArgs),
    /// Write a preparation sheet of texts: their terms, names and figures
    Sheet(sheet::SheetArgs),
    /// Turn a termbase of one format into another
    Convert(convert::ConvertArgs),
    /// Write the project's glossary in another format
    Export(export::ExportArgs),
    /// Take termbases into the glossary, concept by concept
    Import(import::ImportArgs),
    /// Tell what is different between two termbases, by concept and field
    Diff(diff::DiffArgs),
    /// Merge two glossary files that come from the same one, by concept and field
    Merge(merge::MergeArgs),
    /// Tell how an entry came to be what it is, from git
    Log(log::LogArgs),
    /// Check the glossary itself
    Lint(lint::LintArgs),
    /// Put the glossary file in order, comments kept
    Fmt(fmt::FmtArgs),
    /// Add a concept to the glossary file
    Add(add::AddArgs),
    /// Pin a context to a concept
    Pin(pin::PinArgs),
    /// Walk through the entries that are only proposed
    Review(review::ReviewArgs),
    /// Make a project from a folder of texts
    Init(init::InitArgs),
    /// Explain a rule that findings name in brackets
    Explain(explain::ExplainArgs),
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
}

impl Command {
    /// Whether it writes files that nobody named with `-o`.
    fn writes_files(&self) -> bool {
        matches!(
            self,
            Command::Build(_)
                | Command::Extract(_)
                | Command::Fmt(_)
                | Command::Import(_)
                | Command::Add(_)
                | Command::Pin(_)
                | Command::Review(_)
                | Command::Init(_)
        )
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Done, and found.
    Done = 0,
    /// Nothing found, or findings at or above the limit.
    Nothing = 1,
    /// Could not do it, or not all of it.
    Trouble = 2,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(Exit::Trouble as u8);
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::SUCCESS };
        }
    };
    let mut context = match Context::new(cli.globals) {
        Ok(context) => context,
        Err(failure) => return report(&failure, false),
    };
    if cli.command.writes_files() || context.globals.output.is_some() {
        context.mind_interrupts();
    }
    let exit = match run(&cli.command, &mut context) {
        Ok(exit) => exit,
        Err(failure) => return report(&failure, context.colour_err()),
    };
    ExitCode::from(exit.max(context.exit()) as u8)
}

fn run(command: &Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Build(args) => build::run(args, context),
        Command::Scan(args) => scan::run(args, context),
        Command::Lookup(args) => lookup::run(args, context),
        Command::Concord(args) => concord::run(args, context),
        Command::Align(args) => align::run(args, context),
        Command::Segment(args) => segment::run(args, context),
        Command::Extract(args) => extract::run(args, context),
        Command::Coverage(args) => coverage::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Sheet(args) => sheet::run(args, context),
        Command::Convert(args) => convert::run(args, context),
        Command::Export(args) => export::run(args, context),
        Command::Import(args) => import::run(args, context),
        Command::Diff(args) => diff::run(args, context),
        Command::Merge(args) => merge::run(args, context),
        Command::Log(args) => log::run(args, context),
        Command::Lint(args) => lint::run(args, context),
        Command::Fmt(args) => fmt::run(args, context),
        Command::Add(args) => add::run(args, context),
        Command::Pin(args) => pin::run(args, context),
        Command::Review(args) => review::run(args, context),
        Command::Init(args) => init::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::Completions(args) => completions::run(args, context),
        Command::Man(args) => man::run(args, context),
    }
}

/// Says why the program could not do its work. A closed pipe is no failure.
fn report(failure: &Failure, colour: bool) -> ExitCode {
    match failure {
        Failure::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        _ => {
            let message = failure.to_string();
            let shown = style::printable_lines(&message);
            output::talk(&format!("{}{shown}\n", style::paint("error: ", style::ERROR, colour)));
            ExitCode::from(Exit::Trouble as u8)
        }
    }
}
