//! What renderers of findings say of their own, in Spanish and English.

use std::collections::HashSet;

use super::Report;
use crate::check::Severity;
use crate::lang::Lang;
use crate::report::words::{fill, labels, number};

labels! {
    Error: "error" | "error";
    Warning: "advertencia" | "warning";
    Note: "nota" | "note";
    Errors: "errores" | "errors";
    Warnings: "advertencias" | "warnings";
    Notes: "notas" | "notes";
    Help: "ayuda" | "help";
    CheckReport: "Revisión de textos" | "Text check";
    NothingFound: "Nada que señalar." | "Nothing to report.";
    FindingOne: "1 hallazgo" | "1 finding";
    FindingMany: "{n} hallazgos" | "{n} findings";
    FileOne: "1 archivo" | "1 file";
    FileMany: "{n} archivos" | "{n} files";
    FoundIn: "{findings} en {files}" | "{findings} in {files}";
    Checked: "Archivos revisados: {n}" | "Files checked: {n}";
    Elsewhere: "Sin archivo" | "No file";
    Replace: "Cámbiese por" | "Replace with";
    Delete: "Bórrese" | "Delete";
    What: "Qué" | "What";
    Why: "Por qué" | "Why";
    Example: "Ejemplo" | "Example";
    Fix: "Qué hacer" | "What to do";
    Severity: "Gravedad" | "Severity";
    Rule: "Regla" | "Rule";
    Rules: "Reglas" | "Rules";
    All: "todo" | "all";
    LinkHere: "Enlace a este hallazgo" | "Link to this finding";
    SkipToFindings: "Ir a los hallazgos" | "Skip to the findings";
    ShownMany: "Se muestran {n} de {all}" | "Showing {n} of {all}";
    MadeWith: "Hecho con glosa" | "Made with glosa";
}

impl Label {
    /// The word for a severity.
    pub(super) fn severity(severity: Severity) -> Label {
        match severity {
            Severity::Error => Label::Error,
            Severity::Warning => Label::Warning,
            Severity::Note => Label::Note,
        }
    }

    /// The word for a number of findings of a severity.
    pub(super) fn severities(severity: Severity, count: usize) -> Label {
        match severity {
            _ if count == 1 => Label::severity(severity),
            Severity::Error => Label::Errors,
            Severity::Warning => Label::Warnings,
            Severity::Note => Label::Notes,
        }
    }
}

/// How much was found, and where: “3 findings in 2 files: 1 error, 2 warnings”.
pub(super) fn summary(report: &Report<'_>, ui: Lang) -> String {
    if report.findings.is_empty() {
        let checked = fill(Label::Checked.of(ui), &[("n", &number(report.files.len()))]);
        return format!("{} {checked}.", Label::NothingFound.of(ui));
    }
    let files: HashSet<&str> = report
        .findings
        .iter()
        .filter_map(|finding| finding.place.as_ref())
        .map(|place| &*place.file)
        .collect();
    let findings = counted(report.findings.len(), Label::FindingOne, Label::FindingMany, ui);
    let found = match files.len() {
        0 => findings,
        n => {
            let files = counted(n, Label::FileOne, Label::FileMany, ui);
            fill(Label::FoundIn.of(ui), &[("findings", &findings), ("files", &files)])
        }
    };
    let severities = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let count = report.findings.iter().filter(|finding| finding.severity == severity).count();
        (count > 0).then(|| format!("{} {}", number(count), Label::severities(severity, count).of(ui)))
    });
    format!("{found}: {}.", severities.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A number of things.
fn counted(count: usize, one: Label, many: Label, ui: Lang) -> String {
    if count == 1 { one.of(ui).to_owned() } else { fill(many.of(ui), &[("n", &number(count))]) }
}
