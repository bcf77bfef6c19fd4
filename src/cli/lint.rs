//! `glosa lint`.

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::findings::FindingArgs;
use super::style::counted;
use crate::check::render::Report;
use crate::check::{Finding, Severity};
use crate::termbase::lint;

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    #[command(flatten)]
    findings: FindingArgs,
    /// Show notes too
    #[arg(long)]
    notes: bool,
}

/// Checks the glossary itself: errors of its files, then what lies within.
pub(super) fn run(args: &LintArgs, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project_unreported()?;
    let mut findings = project.findings.clone();
    findings.extend(lint(&project.termbase));
    let least = args.findings.limit().min(Severity::Warning);
    let shown: Vec<Finding> =
        findings.iter().filter(|finding| args.notes || finding.severity >= least).cloned().collect();
    let report = Report { findings: &shown, sources: &project.sources, ..Report::default() };
    args.findings.write(&report, project.termbase.settings.labels(), context)?;
    talk(&findings, project.termbase.concepts.len(), context);
    Ok(args.findings.exit(&findings))
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
