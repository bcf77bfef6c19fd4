//! What commands share that show findings as their data: the form, the limit, the exit status.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Exit;
use super::context::{Context, Failure};
use super::style::printable;
use crate::check::render::{self, FORMATS, Format, Options, Report};
use crate::check::{Finding, Severity, Style};
use crate::lang::Lang;

/// Options of commands that show findings.
#[derive(Debug, Args)]
pub(super) struct FindingArgs {
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = Limit::Warning, value_name = "SEVERITY")]
    fail_on: Limit,
    /// text, json, sarif, junit, github, html or md [default: by the name of the output file, else text]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Language of labels, es or en [default: of pages, that of the glossary's pages; else en]
    #[arg(long, value_name = "LANG", value_parser = lang)]
    labels: Option<Lang>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Limit {
    Error,
    Warning,
    Note,
}

fn lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| "write es or en".to_owned())
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

    /// 1 where a finding is grave enough.
    pub(super) fn exit(&self, findings: &[Finding]) -> Exit {
        let fails = findings.iter().any(|finding| finding.severity >= self.limit());
        if fails { Exit::Nothing } else { Exit::Done }
    }

    /// Writes the report; `ui` is the language of the project's pages.
    pub(super) fn write(&self, report: &Report<'_>, ui: Lang, context: &Context) -> Result<(), Failure> {
        let format = self.form(context)?;
        let default = if format.is_page { ui } else { Lang::En };
        let options = Options {
            style: Style { colour: context.colour(), width: 100 },
            ui: self.labels.unwrap_or(default),
            fail_on: self.limit(),
        };
        let mut out = context.output();
        out.write_all((format.render)(report, &options).as_bytes())?;
        out.finish()
    }

    /// The form that is named, else that of the output file, else text or JSON.
    pub(super) fn form(&self, context: &Context) -> Result<&'static Format, Failure> {
        if let Some(name) = &self.format {
            return render::format(name).ok_or_else(|| {
                let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                Failure::usage(format!(
                    "unknown format “{}”; there are {}",
                    printable(name),
                    names.join(", ")
                ))
            });
        }
        let file = context.globals.output.as_ref();
        let extension = file.and_then(|path| path.extension()).and_then(|extension| extension.to_str());
        let by_file = FORMATS.iter().find(|format| extension == Some(format.extension));
        let default = if context.globals.json { "json" } else { "text" };
        Ok(by_file.or_else(|| render::format(default)).unwrap_or(&FORMATS[0]))
    }
}
