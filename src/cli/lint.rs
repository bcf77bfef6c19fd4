//! `glosa lint`.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Exit;
use super::context::{Context, Failure};
use super::style::counted;
use crate::check::{Finding, Severity, Style, render, to_json};
use crate::termbase::lint;

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = Limit::Warning, value_name = "SEVERITY")]
    fail_on: Limit,
    /// Show notes too
    #[arg(long)]
    notes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Limit {
    Error,
    Warning,
    Note,
}

impl Limit {
    pub(super) fn severity(self) -> Severity {
        match self {
            Limit::Error => Severity::Error,
            Limit::Warning => Severity::Warning,
            Limit::Note => Severity::Note,
        }
    }
}

/// Checks the glossary itself: errors of its files, then what lies within.
pub(super) fn run(args: &LintArgs, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project_unreported()?;
    let mut findings = project.findings.clone();
    findings.extend(lint(&project.termbase));
    let limit = args.fail_on.severity();
    let shown: Vec<Finding> = findings
        .iter()
        .filter(|f| args.notes || f.severity >= limit.min(Severity::Warning))
        .cloned()
        .collect();
    let mut out = context.output();
    if context.globals.json {
        for finding in &shown {
            writeln!(out, "{}", to_json(finding, &project.sources))?;
        }
    } else {
        write!(out, "{}", render(&shown, &project.sources, Style { colour: context.colour(), width: 100 }))?;
    }
    out.finish()?;
    talk(&findings, project.termbase.concepts.len(), context);
    Ok(if findings.iter().any(|finding| finding.severity >= limit) { Exit::Nothing } else { Exit::Done })
}

fn talk(findings: &[Finding], concepts: usize, context: &Context) {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    context.say(&format!(
        "{}: {}, {}, {}",
        counted(concepts, "concept"),
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(notes, "note")
    ));
    match findings.iter().max_by_key(|finding| finding.severity) {
        Some(worst) if worst.severity > Severity::Note => {
            context.next_step(&format!("`glosa explain {}` tells more", worst.rule));
        }
        Some(_) => context.next_step("`glosa lint --notes` shows the notes"),
        None => context.next_step("`glosa build` makes the page"),
    }
}
