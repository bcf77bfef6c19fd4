//! What is not to be heard of again: comments in texts, `ignore` of the settings, the baseline.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::context::{Context, Failure};
use super::super::style::counted;
use crate::check::baseline::Baseline;
use crate::check::render::Suppressed;
use crate::check::suppress::{Sifted, sift};
use crate::check::translation::Report;
use crate::project::files;
use crate::project::write::write;
use crate::termbase::Ignored;

/// Options about findings that are known already.
#[derive(Debug, Args)]
pub(super) struct GateArgs {
    /// Tell only of findings that are not in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file, as known from now on
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
}

impl GateArgs {
    /// The files that are read and written.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.baseline.iter().chain(&self.write_baseline)
    }

    /// Takes out of the report what is not to be shown, and gives it.
    pub(super) fn sift(
        &self,
        report: &mut Report,
        ignored: &[Ignored],
        is_whole: bool,
        context: &Context,
    ) -> Result<Vec<Suppressed>, Failure> {
        let findings = std::mem::take(&mut report.findings);
        let Sifted { findings, mut suppressed } = sift(findings, &report.sources, ignored, is_whole);
        report.findings = findings;
        if let Some(path) = &self.write_baseline {
            let baseline = Baseline::of(&report.findings, &report.sources);
            write(path, baseline.write().as_bytes())?;
            context.say(&format!(
                "{} in the baseline {}",
                counted(baseline.len(), "finding"),
                path.display()
            ));
            report.findings.clear();
        }
        if let Some(path) = &self.baseline {
            let (fresh, mut known, gone) =
                read(path)?.sift(std::mem::take(&mut report.findings), &report.sources);
            report.findings = fresh;
            suppressed.append(&mut known);
            if gone > 0 && is_whole {
                context.say(&format!(
                    "{} of the baseline are found no more; --write-baseline leaves them out",
                    counted(gone, "finding")
                ));
            }
        }
        Ok(suppressed)
    }
}

fn read(path: &Path) -> Result<Baseline, Failure> {
    let bytes = files::read(path, files::SIZE_LIMIT)?;
    let text = String::from_utf8_lossy(&bytes);
    Baseline::read(&text).map_err(|error| Failure::usage(format!("{} {error}", path.display())))
}
