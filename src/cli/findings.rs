//! What commands share that show findings as their data: which of them, in what form, the exit status.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Exit;
use super::context::{Context, Failure};
use super::style::{counted, printable};
use crate::check::render::{self, FORMATS, Format, Options, Report};
use crate::check::{Finding, Severity, Style};
use crate::lang::Lang;

/// Options of commands that show findings.
#[derive(Debug, Args)]
pub(super) struct FindingArgs {
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = Limit::Warning, value_name = "SEVERITY")]
    fail_on: Limit,
    /// Show notes too
    #[arg(long)]
    notes: bool,
    /// text, json, sarif, junit, github, html or md [default: by the name of the output file, else text]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// The language of what is said [default: of html and md, that of the glossary's pages; else en]
    #[arg(long, value_enum, value_name = "LANG")]
    ui: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Limit {
    Error,
    Warning,
    Note,
}

/// A working language, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Es,
    En,
}

impl Language {
    pub(super) fn lang(self) -> Lang {
        match self {
            Language::Es => Lang::Es,
            Language::En => Lang::En,
        }
    }
}

impl FindingArgs {
    /// The least severity that makes a check fail.
    pub(super) fn limit(&self) -> Severity {
        match self.fail_on {
            Limit::Error => Severity::Error,
            Limit::Warning => Severity::Warning,
            Limit::Note => Severity::Note,
        }
    }

    /// The findings that are to be shown.
    pub(super) fn shown(&self, findings: &[Finding]) -> Vec<Finding> {
        let least = if self.notes { Severity::Note } else { self.limit().min(Severity::Warning) };
        findings.iter().filter(|finding| finding.severity >= least).cloned().collect()
    }

    /// 1 where a finding is grave enough.
    pub(super) fn exit(&self, findings: &[Finding]) -> Exit {
        let fails = findings.iter().any(|finding| finding.fails(self.limit()));
        if fails { Exit::Nothing } else { Exit::Done }
    }

    /// The language of what is said, where the project's pages are in `pages`.
    pub(super) fn ui(&self, pages: Lang, context: &Context) -> Result<Lang, Failure> {
        let default = if self.form(context)?.is_page { pages } else { Lang::En };
        Ok(self.ui.map_or(default, Language::lang))
    }

    /// Writes the report.
    pub(super) fn write(&self, report: &Report<'_>, ui: Lang, context: &Context) -> Result<(), Failure> {
        let format = self.form(context)?;
        let style = Style { colour: context.colour(), width: 100 };
        let text = (format.render)(report, &Options { style, ui, fail_on: self.limit() });
        let mut out = context.output();
        out.write_all(text.as_bytes())?;
        out.finish()
    }

    /// The form that is named, else that of the output file, else text or JSON.
    fn form(&self, context: &Context) -> Result<&'static Format, Failure> {
        if let Some(name) = &self.format {
            return render::format(name).ok_or_else(|| unknown(name));
        }
        let file = context.globals.output.as_ref();
        let extension = file.and_then(|path| path.extension()).and_then(|extension| extension.to_str());
        let by_file = FORMATS.iter().find(|format| extension == Some(format.extension));
        let default = if context.globals.json { "json" } else { "text" };
        Ok(by_file.or_else(|| render::format(default)).unwrap_or(&FORMATS[0]))
    }
}

fn unknown(name: &str) -> Failure {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    Failure::usage(format!("unknown format “{}”; there are {}", printable(name), names.join(", ")))
}

/// “1 error, 2 warnings, 0 notes”.
pub(super) fn tally(findings: &[Finding]) -> String {
    let tally = |severity, noun| {
        counted(findings.iter().filter(|finding| finding.severity == severity).count(), noun)
    };
    let nouns = [("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];
    nouns.map(|(noun, severity)| tally(severity, noun)).join(", ")
}
