//! The files that findings point into, with their lines: looked up by name.

use std::collections::{HashMap, HashSet};

use super::Report;
use crate::check::{Finding, Place, SourceFile};
use crate::text::{LineIndex, Position, Span, floor_char_boundary};

/// The files that some findings point into.
pub(super) struct SourceIndex<'a>(HashMap<&'a str, IndexedSource<'a>>);

/// A file with its lines.
pub(super) struct IndexedSource<'a> {
    /// The file.
    pub(super) source: &'a SourceFile,
    lines: LineIndex,
}

impl<'a> SourceIndex<'a> {
    /// Finds the lines of the files that the findings point into, and of no others.
    pub(super) fn new<'f>(
        findings: impl IntoIterator<Item = &'f Finding>,
        sources: &'a [SourceFile],
    ) -> Self {
        let used: HashSet<&str> = findings.into_iter().flat_map(places).map(|place| &*place.file).collect();
        let used = sources.iter().filter(|source| used.contains(source.name.as_str()));
        let indexed = used.map(|source| {
            (source.name.as_str(), IndexedSource { source, lines: LineIndex::new(&source.text) })
        });
        SourceIndex(indexed.collect())
    }

    /// The files of all that a report tells of.
    pub(super) fn of(report: &Report<'a>) -> Self {
        let suppressed = report.suppressed.iter().map(|suppressed| &suppressed.finding);
        SourceIndex::new(report.findings.iter().chain(suppressed), report.sources)
    }

    /// The file of that name.
    pub(super) fn find(&self, name: &str) -> Option<&IndexedSource<'a>> {
        self.0.get(name)
    }

    /// Where a place begins and ends, where its file is at hand.
    pub(super) fn range(&self, place: &Place) -> Option<(Position, Position)> {
        let file = self.find(&place.file)?;
        Some((file.position(place.span.start), file.position(place.span.end)))
    }

    /// Where a place is for a reader: `12:5`, or its part where there are no lines to go by; empty where neither can be
    /// told.
    pub(super) fn spot(&self, place: &Place) -> String {
        if let Some(part) = place.part_without_line() {
            return visible(part);
        }
        self.range(place).map_or_else(String::new, |(start, _)| format!("{}:{}", start.line, start.column))
    }

    /// Where a place begins and ends in lines of its file, where it has any and is at hand.
    pub(super) fn lines(&self, place: &Place) -> Option<(Position, Position)> {
        self.range(place).filter(|_| place.space().has_lines())
    }

    /// The line on which a place begins, with the place marked.
    pub(super) fn marked_line(&self, place: &Place) -> Option<MarkedLine> {
        marked_line(&self.find(&place.file)?.source.text, place.span)
    }
}

impl IndexedSource<'_> {
    /// The line and column of a byte.
    pub(super) fn position(&self, at: usize) -> Position {
        self.lines.position(&self.source.text, at)
    }
}

fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    finding.place.iter().chain(finding.related.iter().map(|(place, _)| place))
}

/// Longer lines, which no person wrote, are not shown, so that many findings in one cost little.
pub(super) const LONGEST_LINE: usize = 20_000;

/// A line fit to be shown, with the bytes of it that are marked.
pub(super) struct MarkedLine {
    /// The line, its control characters made visible.
    pub(super) text: String,
    /// What is marked.
    pub(super) caret: Span,
}

impl MarkedLine {
    /// What stands before the mark, what is marked, and what stands after; at most `context` characters on each side,
    /// with an ellipsis where more is left out.
    pub(super) fn parts(&self, context: usize) -> (String, &str, String) {
        let (before, rest) = self.text.split_at_checked(self.caret.start).unwrap_or((&self.text, ""));
        let (marked, after) = rest.split_at_checked(self.caret.len()).unwrap_or((rest, ""));
        let before = match before.char_indices().rev().nth(context) {
            Some((at, c)) => format!("…{}", &before[at + c.len_utf8()..]),
            None => before.trim_start().to_owned(),
        };
        let after = match after.char_indices().nth(context) {
            Some((at, _)) => format!("{}…", &after[..at]),
            None => after.trim_end().to_owned(),
        };
        (before, marked, after)
    }
}

/// The line of a span's start, unless it is longer than [`LONGEST_LINE`]; a span over several lines is marked to the
/// end of the first. A byte order mark is none of its characters.
pub(super) fn marked_line(text: &str, span: Span) -> Option<MarkedLine> {
    let (before, rest) = text.split_at_checked(span.start).unwrap_or((text, ""));
    // No more is looked at than may be shown: where many findings are in one line, that would take for ever.
    let from = floor_char_boundary(before, before.len().saturating_sub(LONGEST_LINE + 1));
    let to = floor_char_boundary(rest, LONGEST_LINE + 1);
    let before = before[from..].rsplit('\n').next().unwrap_or("");
    let rest = rest[..to].split('\n').next().unwrap_or("");
    if before.len() + rest.len() > LONGEST_LINE {
        return None;
    }
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    let (marked, after) = rest.split_at_checked(span.len()).unwrap_or((rest, ""));
    let before = visible(before);
    let marked = visible(marked);
    let caret = Span::new(before.len(), before.len() + marked.len());
    Some(MarkedLine { text: before + &marked + &visible(after), caret })
}

/// Text with a visible sign for each control character, so that no file can send commands to the terminal.
///
/// One sign for one character keeps the columns right.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { sign(c) } else { c }).collect()
}

/// Controls, and the characters that turn the direction of writing around or are not seen at all.
pub(super) fn is_unsafe(c: char) -> bool {
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
