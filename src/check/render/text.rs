//! Findings as text: each with its line, a caret under the place, and what to do.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::sources::{SourceIndex, marked_line, visible};
use super::words::Label;
use super::{Options, Report};
use crate::check::{Finding, Place, Severity, SourceFile};
use crate::lang::Lang;

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Colours, as escape sequences of a terminal.
    pub colour: bool,
    /// Columns of the terminal; longer lines of a file are cut around the caret.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Style { colour: false, width: 100 }
    }
}

/// Shows findings one below the other, each with its line, a caret, and what to do.
///
/// A place in a file that is not among `sources` is shown by its file name alone. Control characters of files
/// and messages never reach the terminal.
pub fn render(findings: &[Finding], sources: &[SourceFile], style: Style) -> String {
    let report = Report { findings, sources, ..Report::default() };
    render_report(&report, &Options { style, ..Options::default() })
}

/// [`render`], as one of the forms in which findings are written.
pub(super) fn render_report(report: &Report<'_>, options: &Options) -> String {
    let style = options.style;
    let index = SourceIndex::new(report.findings, report.sources);
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width.max(MIN_WIDTH));
    let mut out = String::new();
    for finding in report.findings {
        out.push_str(&without_empty_origins(&renderer.render(&[group(finding, &index, options.ui)])));
        out.push_str("\n\n");
    }
    out
}

/// Leaves out what the renderer puts above a line of a text whose place was named already: `:::` and no path.
fn without_empty_origins(rendered: &str) -> String {
    let shown = |line: &str| -> String {
        let mut pieces = line.split('\u{1b}');
        let first = pieces.next().unwrap_or_default().to_owned();
        first + &pieces.filter_map(|piece| piece.split_once('m')).map(|(_, text)| text).collect::<String>()
    };
    let is_kept = |line: &&str| shown(line).trim() != ":::";
    rendered.split_inclusive('\n').filter(is_kept).collect()
}

/// Narrower terminals are treated as this wide.
const MIN_WIDTH: usize = 40;

fn group(finding: &Finding, index: &SourceIndex<'_>, ui: Lang) -> Group<'static> {
    let level = level(finding.severity).with_name(Label::severity(finding.severity).of(ui));
    let title = level.primary_title(visible(&finding.message)).id(visible(finding.rule));
    let primary = finding.place.iter().map(|place| (place, &finding.label, AnnotationKind::Primary));
    let related = finding.related.iter().map(|(place, label)| (place, label, AnnotationKind::Context));
    let mut group = Group::with_title(title);
    for (place, label, kind) in primary.chain(related) {
        group = group.elements(elements(place, label, kind, index));
    }
    match &finding.help {
        Some(help) => group.element(Level::HELP.with_name(Label::Help.of(ui)).message(visible(help))),
        None => group,
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// `--> file:line:column`, or `--> file: part` where lines are none of the file's, and the line with its caret; the
/// head alone where the file is not at hand.
fn elements(
    place: &Place,
    label: &str,
    kind: AnnotationKind,
    index: &SourceIndex<'_>,
) -> Vec<Element<'static>> {
    let path = visible(&place.file);
    let part = place.part_without_line().map(|part| Origin::path(format!("{path}: {}", visible(part))));
    let Some(file) = index.find(&place.file) else {
        return vec![part.unwrap_or_else(|| Origin::path(path)).into()];
    };
    let position = file.position(place.span.start);
    let Some(line) = marked_line(&file.source.text, place.span) else {
        let by_line = || Origin::path(path).line(position.line).char_column(position.column);
        return vec![part.unwrap_or_else(by_line).into()];
    };
    let mut annotation = kind.span(line.caret.range());
    if !label.is_empty() {
        annotation = annotation.label(visible(label));
    }
    let snippet = Snippet::source(line.text).annotation(annotation);
    match part {
        Some(part) => vec![part.into(), snippet.line_numbering(false).into()],
        None => vec![snippet.line_start(position.line).path(path).into()],
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::is_unsafe;
    use super::*;
    use crate::text::Span;

    fn source(text: &str) -> SourceFile {
        SourceFile { name: "g.toml".to_owned(), text: text.to_owned() }
    }

    fn finding(span: Span) -> Finding {
        Finding::new(Severity::Error, "rule", "a message").at("g.toml", span).help("a remedy")
    }

    #[test]
    fn shows_line_caret_and_help() {
        let mut finding = finding(Span::new(10, 17)).label("here");
        finding.related.push((Place::new("g.toml", Span::new(0, 1)), "the other one".to_owned()));
        let expected = "\
error[rule]: a message
 --> g.toml:2:5
  |
2 | b = \"año\" # x
  |     ^^^^^ here
  |
 ::: g.toml:1:1
  |
1 | a = 1
  | - the other one
  |
  = help: a remedy

";
        let sources = [source("a = 1\nb = \"año\" # x\n")];
        finding.place = Some(Place::new("g.toml", Span::new(10, 16)));
        assert_eq!(render(&[finding], &sources, Style::default()), expected);
    }

    #[test]
    fn nothing_can_command_the_terminal() {
        let text = "x = \"\u{1b}[31m\u{9b}2J\u{202e}\t\"\n";
        let mut finding = finding(Span::new(0, 1)).label("\u{1b}]0;x\u{7}");
        finding.message.push_str("\u{1b}[2J\nmore");
        let shown = render(&[finding], &[source(text)], Style::default());
        assert!(shown.chars().all(|c| c == '\n' || !is_unsafe(c)), "{shown}");
        assert!(shown.contains("␛[31m\u{fffd}2J\u{fffd}    \""), "{shown}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let style = Style { colour: false, width: 60 };
        let text = format!("{}NEEDLE{}", "á".repeat(3000), "z".repeat(3000));
        let shown = render(&[finding(Span::new(6000, 6006))], &[source(&text)], style);
        assert!(shown.contains("--> g.toml:1:3001\n") && shown.contains("^^^^^^"), "{shown}");
        assert!(shown.contains("áNEEDLEz") && shown.lines().all(|line| line.chars().count() < 80), "{shown}");
    }

    #[test]
    fn a_line_that_no_person_wrote_is_named_only() {
        let text = "z".repeat(1_000_000);
        let shown = render(&[finding(Span::new(500_000, 500_001))], &[source(&text)], Style::default());
        assert!(shown.contains("--> g.toml:1:500001\n") && shown.len() < 200, "{shown}");
    }

    #[test]
    fn many_findings_in_one_line_take_no_longer_each() {
        let text = "los ilegales. ".repeat(200_000);
        let findings: Vec<Finding> =
            (0..20_000).map(|i| finding(Span::new(140 * i + 4, 140 * i + 12))).collect();
        assert!(marked_line(&text, Span::new(1_400_000, 1_400_003)).is_none());
        let shown = render(&findings, &[source(&text)], Style::default());
        assert_eq!(shown.matches("error[rule]").count(), findings.len());
    }

    #[test]
    fn a_byte_order_mark_is_no_character_of_the_line() {
        let shown =
            render(&[finding(Span::new(7, 15))], &[source("\u{feff}los ilegales\n")], Style::default());
        assert!(shown.contains("--> g.toml:1:5\n"), "{shown}");
        assert!(shown.contains("1 | los ilegales\n  |     ^^^^^^^^"), "{shown}");
    }

    #[test]
    fn odd_places_are_shown_too() {
        let sources = [source("a\r\nb")];
        for span in [Span::new(4, 4), Span::new(0, 4), Span::new(9, 12), Span::new(1, 2)] {
            let shown = render(&[finding(span)], &sources, Style::default());
            assert!(shown.contains("--> g.toml:") && shown.contains('^'), "{shown}");
        }
        let elsewhere = Finding::new(Severity::Note, "rule", "m").at("unknown.toml", Span::new(3, 4));
        assert!(render(&[elsewhere], &sources, Style::default()).contains("--> unknown.toml\n"));
        let nowhere = Finding::new(Severity::Warning, "rule", "m");
        assert_eq!(render(&[nowhere], &sources, Style::default()), "warning[rule]: m\n\n");
    }
}
