//! Reading on behind a syntax error.
//!
//! The TOML library goes on inside the statement that is broken, so that one open quote drowns the rest of the
//! file in errors. Here the file is cut into its tables, and in each the lines that do not parse are blanked out
//! one by one: each mistake is told once, and all other lines are read. Nothing moves, so positions hold.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::values::span;
use crate::text::Span;

/// A line that is not TOML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// What is wrong.
    pub(super) message: String,
    /// Where in the whole text.
    pub(super) span: Span,
}

/// Whether the library's errors make it lose its way; a key written twice does not.
pub(super) fn is_lost(errors: &[Error]) -> bool {
    errors.iter().any(|error| !is_duplicate(error))
}

/// Whether a key is written twice.
pub(super) fn is_duplicate(error: &Error) -> bool {
    error.message() == "duplicate key"
}

/// The lines with which a merge begins to show two versions; none unless there are lines that end one.
pub(super) fn conflict_marks(text: &str) -> Vec<Span> {
    let mut marks = Vec::new();
    let (mut at, mut ended) = (0, false);
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<<") {
            marks.push(Span::new(at, at + line.trim_end().len()));
        }
        ended |= line.starts_with(">>>>>>>");
        at += line.len();
    }
    if ended { marks } else { Vec::new() }
}

/// The text with the lines that do not parse blanked out, and what is wrong with them, in order.
pub(super) fn blank_errors(text: &str) -> (String, Vec<SyntaxError>) {
    let mut blanked = String::with_capacity(text.len());
    let mut errors = Vec::new();
    // Each error costs some passes over its table: a hostile file may not make them many.
    let mut budget = 16 * text.len() + 1_000_000;
    for block in blocks(text) {
        let start = blanked.len();
        let mut block = Block { text: block.to_owned(), start };
        while let Some(error) = block.first_error() {
            budget = budget.saturating_sub(3 * block.text.len());
            let lines = if budget == 0 { block.rest(&error) } else { block.blame(&error) };
            errors.push(block.told(error, &lines));
            block.blank(&lines);
        }
        blanked.push_str(&block.text);
    }
    (blanked, errors)
}

/// What stands before the first concept and in `[glossary]`.
pub(super) fn outside_concepts(text: &str) -> String {
    blocks(text).into_iter().filter(|block| !block.trim_start().starts_with("[[concept]]")).collect()
}

/// The text cut before each `[glossary]` and `[[concept]]`.
fn blocks(text: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let head = line.trim_start();
        if (head.starts_with("[[concept]]") || head.starts_with("[glossary]")) && at > start {
            blocks.extend(text.get(start..at));
            start = at;
        }
        at += line.len();
    }
    blocks.extend(text.get(start..));
    blocks
}

/// A table of the file, with the position of its text.
struct Block {
    text: String,
    start: usize,
}

impl Block {
    fn first_error(&self) -> Option<SyntaxError> {
        let (_, errors) = DeTable::parse_recoverable(&self.text);
        let first =
            errors.into_iter().filter(|error| !is_duplicate(error)).min_by_key(|error| at(error).start)?;
        Some(SyntaxError { message: first.message().to_owned(), span: at(&first) })
    }

    /// The line to blank out: that of the error, or the one before when the error is only its echo, as behind an
    /// open bracket.
    fn blame(&self, error: &SyntaxError) -> Range<usize> {
        let line = line_at(&self.text, error.span.start);
        let before = self.text.get(..line.start).unwrap_or("").trim_end();
        if before.is_empty() {
            return line;
        }
        let previous = line_at(&self.text, before.len() - 1);
        if self.is_blank(&line) {
            return previous;
        }
        let left = |lines: &Range<usize>| DeTable::parse_recoverable(&blank(&self.text, lines)).1.len();
        if left(&previous) < left(&line) { previous } else { line }
    }

    /// All from the line of the error on; where nothing is left there, the whole table. Something goes in any case.
    fn rest(&self, error: &SyntaxError) -> Range<usize> {
        let rest = line_at(&self.text, error.span.start).start..self.text.len();
        if self.is_blank(&rest) { 0..self.text.len() } else { rest }
    }

    fn is_blank(&self, lines: &Range<usize>) -> bool {
        self.text.get(lines.clone()).is_none_or(|text| text.trim().is_empty())
    }

    /// The error in terms of the whole text; where the line before is to blame, that is what is told.
    fn told(&self, error: SyntaxError, lines: &Range<usize>) -> SyntaxError {
        if lines.end > error.span.start.min(self.text.len().saturating_sub(1)) {
            return SyntaxError { span: error.span.shifted(self.start), ..error };
        }
        let line = self.text.get(lines.clone()).unwrap_or("");
        let indent = line.len() - line.trim_start().len();
        let start = self.start + lines.start + indent;
        SyntaxError {
            message: "a bracket or quote of this line is not closed".to_owned(),
            span: Span::new(start, start + line.trim().len()),
        }
    }

    fn blank(&mut self, lines: &Range<usize>) {
        self.text = blank(&self.text, lines);
    }
}

fn at(error: &Error) -> Span {
    span(error.span().unwrap_or(0..0))
}

/// The line that an offset lies in, with its line end.
fn line_at(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let before = bytes.get(..offset).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let rest = bytes.get(offset..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |at| offset + at + 1);
    if start == end { last_line(text) } else { start..end }
}

/// For an error behind the last line end: the last line that has anything.
fn last_line(text: &str) -> Range<usize> {
    match text.trim_end().len() {
        0 => 0..text.len(),
        end => line_at(text, end - 1),
    }
}

/// The text with spaces for all but the line ends of a range of whole lines.
fn blank(text: &str, lines: &Range<usize>) -> String {
    let (before, rest) = text.split_at_checked(lines.start).unwrap_or((text, ""));
    let (gone, after) = rest.split_at_checked(lines.len()).unwrap_or((rest, ""));
    let spaces: String = gone.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    [before, &spaces, after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_is_told_once_and_the_rest_is_kept() {
        let text = "a = 1\n[[concept]]\nb = [\"x\", \"y\nc = 2\n[[concept]]\nd = [\"x\",\ne = 3\nf = ñ\n\n\
                    [[concept]]\ng = 5 6\nh = 4";
        let (blanked, errors) = blank_errors(text);
        let told: Vec<&str> = errors.iter().map(|error| error.span.of(text)).collect();
        assert_eq!(told.len(), 4, "{errors:#?}");
        assert_eq!(&told[1..3], ["d = [\"x\",", "ñ"]);
        assert_eq!(blanked.len(), text.len());
        for kept in ["a = 1", "c = 2", "e = 3", "h = 4"] {
            assert_eq!(blanked.find(kept), text.find(kept), "{kept}");
        }
        assert_eq!(DeTable::parse_recoverable(&blanked).1, []);
    }

    #[test]
    fn hostile_files_end_in_time() {
        let text = "= [\n".repeat(200_000);
        let (blanked, errors) = blank_errors(&text);
        assert!(blanked.trim().is_empty() && errors.len() < 100, "{}", errors.len());
    }

    /// With nothing left of the budget, and the error told where nothing stands: it ends all the same.
    #[test]
    fn what_is_never_closed_ends_too() {
        let text = "= [\n".repeat(200_000) + &"[[concept]]\na = [\n\n   \n".repeat(3);
        let (blanked, errors) = blank_errors(&text);
        assert_eq!(DeTable::parse_recoverable(&blanked).1, []);
        assert!(errors.len() < 100, "{}", errors.len());
    }
}
