//! Findings as annotations of GitHub Actions: workflow commands, one a line, which the log turns into notes on the
//! lines of a pull request (GitHub Docs, “Workflow commands for GitHub Actions”).

use super::sources::{SourceIndex, visible};
use super::words::Label;
use super::{Options, Report};
use crate::check::{Finding, Severity};

/// Renders one command a line.
pub(super) fn render(report: &Report<'_>, options: &Options) -> String {
    let index = SourceIndex::new(report.findings, report.sources);
    report.findings.iter().map(|finding| command(finding, &index, options)).collect()
}

fn command(finding: &Finding, index: &SourceIndex<'_>, options: &Options) -> String {
    let mut properties = place(finding, index);
    properties.push(("title", format!("glosa: {}", finding.rule)));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let help = finding.help.iter().map(|help| format!("\n{}: {help}", Label::Help.of(options.ui)));
    let part = finding.place.as_ref().and_then(|place| place.part_without_line());
    let message = part.map_or_else(|| finding.message.clone(), |part| format!("{part}: {}", finding.message));
    let message: String = std::iter::once(message).chain(help).collect();
    format!("::{} {}::{}\n", word(finding.severity), properties.join(","), data(&message))
}

/// The place; a part that has no lines goes before the message. Columns count only within one line.
fn place(finding: &Finding, index: &SourceIndex<'_>) -> Vec<(&'static str, String)> {
    let Some(place) = &finding.place else { return Vec::new() };
    let mut properties = vec![("file", place.file.replace('\\', "/"))];
    let Some((start, end)) = index.lines(place) else { return properties };
    properties.extend([("line", start.line.to_string()), ("endLine", end.line.to_string())]);
    if start.line == end.line {
        properties.extend([("col", start.column.to_string()), ("endColumn", end.column.to_string())]);
    }
    properties
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Text after the second `::`, line breaks kept.
fn data(text: &str) -> String {
    text.split('\n').map(|line| visible(line).replace('%', "%25")).collect::<Vec<_>>().join("%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    visible(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::SourceFile;
    use crate::text::Span;

    #[test]
    fn a_command_has_the_place_and_what_to_do() {
        let sources = [SourceFile { name: "a,b.txt".to_owned(), text: "uno\nel año 100 %\n".to_owned() }];
        let finding =
            Finding::new(Severity::Note, "rule", "100 %::x").at("a,b.txt", Span::new(7, 11)).help("y");
        let report = Report { findings: &[finding], sources: &sources, ..Report::default() };
        let expected = "::notice file=a%2Cb.txt,line=2,endLine=2,col=4,endColumn=7,title=glosa%3A rule::\
                        100 %25::x%0Ahelp: y\n";
        assert_eq!(render(&report, &Options::default()), expected);
    }

    #[test]
    fn a_message_cannot_give_commands() {
        let finding = Finding::new(Severity::Error, "rule", "x\r\n::set-output name=a::b");
        let report = Report { findings: &[finding], ..Report::default() };
        let shown = render(&report, &Options::default());
        assert_eq!(shown.lines().count(), 1, "{shown}");
        assert!(!shown.contains('\r'), "{shown:?}");
    }
}
