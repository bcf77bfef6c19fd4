//! What every command shares: the options as resolved, the two streams, the exit status; see [`super::inputs`]
//! for what they read.

use std::fmt;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::output::{Output, talk};
use super::style::{self, paint};
use super::{Exit, Globals, When};
use crate::check::{Finding, Severity, SourceFile, Style, render};
use crate::project::{Jobs, write};

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// A message with what to do.
    Message(String),
    /// The streams failed.
    Io(io::Error),
}

impl Failure {
    /// A failure that the user can mend by calling differently.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Failure::Message(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Message(message) => f.write_str(message),
            Failure::Io(error) => {
                write!(f, "the output cannot be written: {error}; make room, or name a file with -o")
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        let help = finding.help.map_or(String::new(), |help| format!("\n  help: {help}"));
        Failure::Message(format!("{}{help}", finding.message))
    }
}

/// The state of a run.
pub(super) struct Context {
    /// The options.
    pub(super) globals: Globals,
    /// The worst that was met on the way.
    exit: Exit,
}

impl Context {
    /// Resolves the options; changes into the folder of `-C`.
    pub(super) fn new(mut globals: Globals) -> Result<Self, Failure> {
        if let Some(directory) = &globals.directory {
            std::env::set_current_dir(directory).map_err(|error| {
                Failure::usage(format!("cannot work in {}: {error}; name a folder", directory.display()))
            })?;
        }
        if globals.glossary.is_empty() {
            globals
                .glossary
                .extend(std::env::var_os("GLOSA_GLOSSARY").filter(|v| !v.is_empty()).map(PathBuf::from));
        }
        Ok(Context { globals, exit: Exit::Done })
    }

    /// Sees to it that an interrupted run leaves no half-written file behind. It takes a thread, so it is for commands
    /// that write files.
    pub(super) fn mind_interrupts(&self) {
        let _ = ctrlc::set_handler(|| {
            write::remove_unfinished();
            // What shells expect of an interrupted program.
            std::process::exit(130);
        });
    }

    /// The worst that was met on the way.
    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// The sink of the command's data.
    pub(super) fn output(&self) -> Output {
        Output::new(self.globals.output.clone())
    }

    /// Whether data goes out in colour.
    pub(super) fn colour(&self) -> bool {
        let terminal = io::stdout().is_terminal() && self.globals.output.is_none();
        self.colour_on(terminal)
    }

    /// Whether talk goes out in colour.
    pub(super) fn colour_err(&self) -> bool {
        self.colour_on(io::stderr().is_terminal())
    }

    fn colour_on(&self, terminal: bool) -> bool {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.globals.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !unwanted,
        }
    }

    /// The number of threads to use.
    pub(super) fn jobs(&self) -> Jobs {
        let stated = self.globals.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into()));
        stated.map_or(Jobs::AllCores, Jobs::Exactly)
    }

    /// Shows findings on stderr; an error makes the run end with trouble.
    pub(super) fn report(&mut self, findings: &[Finding], sources: &[SourceFile]) {
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            self.exit = Exit::Trouble;
        }
        let shown: Vec<Finding> = findings
            .iter()
            .filter(|f| !self.globals.quiet || f.severity == Severity::Error)
            .cloned()
            .collect();
        if !shown.is_empty() {
            let style = Style { colour: self.colour_err(), width: 100 };
            talk(&render(&shown, sources, style));
        }
    }

    /// Shows what befell single files: one line each.
    pub(super) fn report_files(&mut self, findings: &[Finding]) {
        for finding in findings {
            let (word, style) = match finding.severity {
                Severity::Error => ("error: ", style::ERROR),
                Severity::Warning => ("warning: ", style::WARNING),
                Severity::Note => ("note: ", style::QUIET),
            };
            if finding.severity == Severity::Error {
                self.exit = Exit::Trouble;
            } else if self.globals.quiet {
                continue;
            }
            let help = finding.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
            let message = style::printable(&finding.message).into_owned();
            talk(&format!("{}{message}{help}\n", paint(word, style, self.colour_err())));
        }
    }

    /// Says something on stderr, unless `-q`.
    pub(super) fn say(&self, message: &str) {
        if !self.globals.quiet {
            talk(&format!("{}\n", style::printable_lines(message)));
        }
    }

    /// Shows on a terminal how far the work is: nothing is left of it at the end.
    pub(super) fn progress(&self, what: &str, done: usize, of: usize) {
        if self.globals.quiet || !io::stderr().is_terminal() {
            return;
        }
        let end =
            if done >= of { "\r\u{1b}[K".to_owned() } else { format!("\r\u{1b}[K{done} of {of} {what}") };
        talk(&end);
    }

    /// Says on stderr why the exit status is what it is, even with `-q`.
    pub(super) fn insist(&self, message: &str) {
        talk(&format!("{}\n", style::printable_lines(message)));
    }

    /// Says on stderr what only the curious want to know: with `-v`.
    pub(super) fn explain(&self, message: &str) {
        if self.globals.verbose {
            self.say(message);
        }
    }

    /// Names one useful next step on stderr, on a terminal or with `-v`.
    pub(super) fn next_step(&self, step: &str) {
        let wanted = self.globals.verbose || io::stderr().is_terminal();
        if wanted && !self.globals.quiet {
            talk(&format!("{}\n", paint(step, style::QUIET, self.colour_err())));
        }
    }
}
