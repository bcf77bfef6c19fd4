//! Findings of every kind to test the renderers with, and hostile ones.

use super::{Report, Suppressed, SuppressionKind};
use crate::check::{Finding, Fix, Place, Severity, SourceFile};
use crate::text::Span;

/// Findings with their files.
pub(super) struct Sample {
    pub(super) findings: Vec<Finding>,
    pub(super) suppressed: Vec<Suppressed>,
    pub(super) sources: Vec<SourceFile>,
    pub(super) files: Vec<&'static str>,
}

const SPANISH: &str = "Se anuncian inversiones\n\n«Son 1.5 billones de dólares», dijo el secretario; el año próximo subirán.\n\nEl arancel sube el lunes.\n";
const ENGLISH: &str =
    "Investments announced\n\n“It is $1.5 billion,” the secretary said; they will rise next year.\n";

impl Sample {
    /// An error with a fix and a related place, a warning, a note without a place, and one that is suppressed.
    pub(super) fn new() -> Self {
        let (es, en) = ("notas/inversión es.txt", "notas/inversión en.txt");
        let mut scale = Finding::new(
            Severity::Error,
            "all-deprecated",
            "“1.5 billones” is a thousand times “$1.5 billion”",
        )
        .at(es, span(SPANISH, "1.5 billones"))
        .label("1,500,000,000,000")
        .help("write «1,500 millones»");
        scale.related.push((place(en, ENGLISH, "$1.5 billion"), "1,500,000,000".to_owned()));
        scale.fix =
            Some(Fix { place: place(es, SPANISH, "1.5 billones"), replacement: "1,500 millones".into() });
        let term = Finding::new(Severity::Warning, "no-reason", "“arancel” has no counterpart")
            .at(es, span(SPANISH, "arancel"));
        let note = Finding::new(Severity::Note, "unwritten-id", "one concept has no id of its own");
        let quoted = Finding::new(Severity::Warning, "no-reason", "“secretario” has no counterpart")
            .at(es, span(SPANISH, "secretario"));
        let suppressed =
            Suppressed { finding: quoted, kind: SuppressionKind::InSource, reason: "as he said it".into() };
        Sample {
            findings: vec![scale, term, note],
            suppressed: vec![suppressed],
            sources: vec![source(es, SPANISH), source(en, ENGLISH)],
            files: vec![es, en, "notas/otra.txt"],
        }
    }

    /// Findings of which every text that comes from outside tries to leave its place.
    pub(super) fn hostile() -> Self {
        let text = format!("{HOSTILE} marked {HOSTILE}\n");
        let place = place(HOSTILE, &text, "marked");
        let mut finding = Finding::new(Severity::Error, "no-reason", HOSTILE)
            .at(HOSTILE, place.span)
            .label(HOSTILE)
            .help(HOSTILE);
        finding.related.push((place.clone(), HOSTILE.to_owned()));
        finding.fix = Some(Fix { place, replacement: HOSTILE.to_owned() });
        let suppressed = Suppressed {
            finding: finding.clone(),
            kind: SuppressionKind::External,
            reason: HOSTILE.to_owned(),
        };
        Sample {
            findings: vec![finding],
            suppressed: vec![suppressed],
            sources: vec![source(HOSTILE, &text)],
            files: vec![HOSTILE],
        }
    }

    pub(super) fn report(&self) -> Report<'_> {
        Report {
            findings: &self.findings,
            suppressed: &self.suppressed,
            sources: &self.sources,
            files: &self.files,
        }
    }
}

/// Text that tries to leave its place in every form.
pub(super) const HOSTILE: &str = "</script><script>alert('x')</script><b onmouseover=\"x\">&amp; ]]> \u{1b}[31m\u{9b}2J\u{85}\r::error::x%0A `*_[a](b)|";

fn source(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), text: text.to_owned() }
}

fn span(text: &str, marked: &str) -> Span {
    let start = text.find(marked).expect("the marked text");
    Span::new(start, start + marked.len())
}

fn place(file: &str, text: &str, marked: &str) -> Place {
    Place::new(file, span(text, marked))
}
