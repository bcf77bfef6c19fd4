//! Findings for people and for machines.
//!
//! ```
//! use glosa::check::{Finding, Severity, SourceFile, Style, render};
//! use glosa::text::Span;
//!
//! let file = SourceFile { name: "glossary.toml".to_owned(), text: "[[concept]]\nnota = \"x\"\n".to_owned() };
//! let finding = Finding::new(Severity::Error, "unknown-key", "`nota` is not a key of a concept")
//!     .at("glossary.toml", Span::new(12, 16))
//!     .help("did you mean `note`?");
//! let text = render(&[finding], &[file], Style::default());
//! assert!(text.starts_with("error[unknown-key]: `nota` is not a key of a concept\n --> glossary.toml:2:1\n"));
//! ```

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Finding, Place, Severity, SourceFile};
use crate::text::{LineIndex, Span};

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
    let index = SourceIndex::new(findings, sources);
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width.max(MIN_WIDTH));
    let mut out = String::new();
    for finding in findings {
        out.push_str(&renderer.render(&[group(finding, &index)]));
        out.push_str("\n\n");
    }
    out
}

/// A finding as one JSON object, as `--json` prints it. Lines and columns count from 1, columns in code points;
/// `end` is exclusive. Without a place, or without its file, the fields that cannot be known are `null`.
pub fn to_json(finding: &Finding, sources: &[SourceFile]) -> Value {
    finding_json(finding, &SourceIndex::new(std::slice::from_ref(finding), sources))
}

/// [`to_json`] for many findings, which looks for the lines of each file only once.
pub fn all_to_json(findings: &[Finding], sources: &[SourceFile]) -> Vec<Value> {
    let index = SourceIndex::new(findings, sources);
    findings.iter().map(|finding| finding_json(finding, &index)).collect()
}

fn finding_json(finding: &Finding, index: &SourceIndex<'_>) -> Value {
    let mut object = place_json(finding.place.as_ref(), index);
    object["type"] = json!("finding");
    object["rule"] = json!(finding.rule);
    object["severity"] = json!(finding.severity);
    object["message"] = json!(finding.message);
    object["label"] = json!(finding.label);
    object["help"] = json!(finding.help);
    object["fix"] = json!(finding.fix);
    object["related"] = finding.related.iter().map(|related| related_json(related, index)).collect();
    object
}

fn related_json((place, label): &(Place, String), index: &SourceIndex<'_>) -> Value {
    let mut object = place_json(Some(place), index);
    object["label"] = json!(label);
    object
}

fn place_json(place: Option<&Place>, index: &SourceIndex<'_>) -> Value {
    let position = |at: fn(Span) -> usize| {
        place.and_then(|place| index.find(&place.file).map(|file| file.position(at(place.span))))
    };
    let (start, end) = (position(|span| span.start), position(|span| span.end));
    json!({
        "file": place.map(|place| &place.file),
        "line": start.map(|p| p.line),
        "column": start.map(|p| p.column),
        "end_line": end.map(|p| p.line),
        "end_column": end.map(|p| p.column),
        "start": place.map(|place| place.span.start),
        "end": place.map(|place| place.span.end),
    })
}

/// Narrower terminals are treated as this wide.
const MIN_WIDTH: usize = 40;

/// Longer lines, which no person wrote, are not shown, so that many findings in one cost little.
const LONGEST_LINE: usize = 20_000;

/// The files that findings point into, with their lines.
struct SourceIndex<'a>(Vec<IndexedSource<'a>>);

struct IndexedSource<'a> {
    source: &'a SourceFile,
    lines: LineIndex,
}

impl<'a> SourceIndex<'a> {
    fn new(findings: &[Finding], sources: &'a [SourceFile]) -> Self {
        let places = |finding: &'_ Finding, name: &str| {
            let related = finding.related.iter().map(|(place, _)| place);
            finding.place.iter().chain(related).any(|place| *place.file == *name)
        };
        let used = sources.iter().filter(|s| findings.iter().any(|finding| places(finding, &s.name)));
        SourceIndex(
            used.map(|source| IndexedSource { source, lines: LineIndex::new(&source.text) }).collect(),
        )
    }

    fn find(&self, name: &str) -> Option<&IndexedSource<'a>> {
        self.0.iter().find(|file| file.source.name == name)
    }
}

impl IndexedSource<'_> {
    fn position(&self, at: usize) -> crate::text::Position {
        self.lines.position(&self.source.text, at)
    }
}

fn group(finding: &Finding, index: &SourceIndex<'_>) -> Group<'static> {
    let title = level(finding.severity).primary_title(visible(&finding.message)).id(visible(finding.rule));
    let primary = finding.place.iter().map(|place| (place, &finding.label, AnnotationKind::Primary));
    let related = finding.related.iter().map(|(place, label)| (place, label, AnnotationKind::Context));
    let mut group = Group::with_title(title);
    for (place, label, kind) in primary.chain(related) {
        group = group.element(element(place, label, kind, index));
    }
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(visible(help))),
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

/// `--> file:line:column` and the line with its caret; the head alone where the file is not at hand.
fn element(place: &Place, label: &str, kind: AnnotationKind, index: &SourceIndex<'_>) -> Element<'static> {
    let path = visible(&place.file);
    let Some(file) = index.find(&place.file) else { return Origin::path(path).into() };
    let position = file.position(place.span.start);
    let line = marked_line(&file.source.text, place.span);
    if line.text.len() > LONGEST_LINE {
        return Origin::path(path).line(position.line).char_column(position.column).into();
    }
    let mut annotation = kind.span(line.caret.range());
    if !label.is_empty() {
        annotation = annotation.label(visible(label));
    }
    Snippet::source(line.text).line_start(position.line).path(path).annotation(annotation).into()
}

/// A line fit to be shown, with the bytes of it that the caret marks.
struct MarkedLine {
    text: String,
    caret: Span,
}

/// The line of a span's start; a span over several lines is marked to the end of the first.
fn marked_line(text: &str, span: Span) -> MarkedLine {
    let (before, rest) = text.split_at_checked(span.start).unwrap_or((text, ""));
    let before = before.rsplit('\n').next().unwrap_or("");
    let rest = rest.split('\n').next().unwrap_or("");
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    let (marked, after) = rest.split_at_checked(span.len()).unwrap_or((rest, ""));
    let before = visible(before);
    let marked = visible(marked);
    let caret = Span::new(before.len(), before.len() + marked.len());
    MarkedLine { text: before + &marked + &visible(after), caret }
}

/// Text with a visible sign for each control character, so that no file can send commands to the terminal.
///
/// One sign for one character keeps the columns right.
fn visible(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { sign(c) } else { c }).collect()
}

/// Controls, and the characters that turn the direction of writing around or are not seen at all.
fn is_unsafe(c: char) -> bool {
    let unseen = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}');
    (c.is_control() && c != '\t') || unseen
}

/// The picture of a control character (Unicode block Control Pictures), else the replacement character.
fn sign(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceFile {
        SourceFile { name: "g.toml".to_owned(), text: text.to_owned() }
    }

    fn finding(span: Span) -> Finding {
        Finding::new(Severity::Error, "rule", "a message").at("g.toml", span).help("a remedy")
    }

    #[test]
    fn shows_line_caret_and_help() {
        let mut finding = finding(Span::new(10, 17)).label("here");
        finding
            .related
            .push((Place { file: "g.toml".into(), span: Span::new(0, 1) }, "the other one".to_owned()));
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
        finding.place = Some(Place { file: "g.toml".into(), span: Span::new(10, 16) });
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

    #[test]
    fn json_has_places_in_lines_and_bytes() {
        let value = to_json(&finding(Span::new(6, 8)), &[source("a = 1\nñ = 2")]);
        let expected = [
            ("type", json!("finding")),
            ("file", json!("g.toml")),
            ("line", json!(2)),
            ("column", json!(1)),
            ("end_line", json!(2)),
            ("end_column", json!(2)),
            ("start", json!(6)),
            ("end", json!(8)),
            ("severity", json!("error")),
            ("help", json!("a remedy")),
        ];
        for (key, expected) in expected {
            assert_eq!(value[key], expected, "{key}");
        }
        assert_eq!(to_json(&Finding::new(Severity::Note, "rule", "m"), &[])["line"], Value::Null);
    }
}
