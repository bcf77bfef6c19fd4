//! `glosa lint`.

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::findings::{FindingArgs, tally};
use super::style::counted;
use crate::check::render::Report;
use crate::check::{Finding, Severity};
use crate::termbase::lint;

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    #[command(flatten)]
    findings: FindingArgs,
}

/// Checks the glossary itself: errors of its files, then what lies within.
pub(super) fn run(args: &LintArgs, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project_unreported()?;
    let mut findings = project.findings.clone();
    findings.extend(lint(&project.termbase));
    let shown = args.findings.shown(&findings);
    let files: Vec<&str> = project.sources.iter().map(|source| source.name.as_str()).collect();
    let report = Report { findings: &shown, sources: &project.sources, files: &files, ..Report::default() };
    let ui = args.findings.ui(project.termbase.settings.labels(), context)?;
    args.findings.write(&report, ui, context)?;
    talk(&findings, project.termbase.concepts.len(), context);
    Ok(args.findings.exit(&findings))
}

fn talk(findings: &[Finding], concepts: usize, context: &Context) {
    context.say(&format!("{}: {}", counted(concepts, "concept"), tally(findings)));
    match findings.iter().max_by_key(|finding| finding.severity) {
        Some(worst) if worst.severity > Severity::Note => {
            context.next_step(&format!("`glosa explain {}` tells more", worst.rule));
        }
        Some(_) => context.next_step("`glosa lint --notes` shows the notes"),
        None => context.next_step("`glosa build` makes the page"),
    }
}
