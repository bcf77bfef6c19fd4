//! KWIC: key words in context, one line an occurrence, the key words in one column.

use std::cmp::Ordering;

use unicode_width::UnicodeWidthStr;

use crate::text::{Span, floor_char_boundary, fold};

/// A concordance line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KwicLine {
    /// The document's name.
    pub document: String,
    /// Index of the document in the collection.
    pub index: usize,
    /// Line in the source, from 1.
    pub line: usize,
    /// The record, slide, cell, cue or unit, where there are any.
    pub part: Option<String>,
    /// Where the key words are, in bytes of the document's text.
    pub span: Span,
    /// What stands before, on one line.
    pub left: String,
    /// The key words.
    pub node: String,
    /// What stands behind, on one line.
    pub right: String,
}

/// The order of concordance lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the corpus.
    #[default]
    Corpus,
    /// By the words before, from the key words leftwards.
    Left,
    /// By the words behind.
    Right,
}

/// Cuts the context of a span out of a text, `width` columns on either side. The context ends at a blank line.
pub fn context(text: &str, span: Span, width: usize) -> (String, String, String) {
    // A window of a few times the width is enough, however long the line is.
    let window = width.saturating_mul(8) + 64;
    let before = &text[floor_char_boundary(text, span.start.saturating_sub(window))..span.start];
    let after = &text[span.end..floor_char_boundary(text, span.end.saturating_add(window))];
    let before = &before[BLANK_LINE.iter().filter_map(|blank| ends_at(before, blank)).max().unwrap_or(0)..];
    let after =
        &after[..BLANK_LINE.iter().filter_map(|blank| after.find(blank)).min().unwrap_or(after.len())];
    (keep_right(before, width), one_line(span.of(text)), keep_left(after, width))
}

/// What parts paragraphs.
const BLANK_LINE: [&str; 2] = ["\n\n", "\n\r\n"];

/// Where the last occurrence ends.
fn ends_at(text: &str, what: &str) -> Option<usize> {
    text.rfind(what).map(|at| at + what.len())
}

/// Sorts lines; equal ones keep their order.
pub fn sort(lines: &mut [KwicLine], order: Order) {
    let words = |text: &str| fold::key(text).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let leftwards = |line: &KwicLine| words(&line.left).into_iter().rev().collect::<Vec<_>>();
    match order {
        Order::Corpus => {}
        Order::Left => lines.sort_by_cached_key(leftwards),
        Order::Right => lines.sort_by_cached_key(|line| words(&line.right)),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last `width` columns, cut at a word.
fn keep_right(text: &str, width: usize) -> String {
    let tail: String = {
        let from = text.char_indices().rev().nth(width.saturating_mul(2)).map_or(0, |(at, _)| at);
        one_line(&text[from..]) + if text.ends_with(char::is_whitespace) { " " } else { "" }
    };
    let mut kept = tail.as_str();
    while kept.width() > width {
        kept = match kept.find(' ').map(|at| &kept[at + 1..]) {
            Some(rest) if !rest.is_empty() => rest,
            _ => return kept.chars().rev().take(width).collect::<Vec<_>>().into_iter().rev().collect(),
        };
    }
    kept.to_owned()
}

/// The first `width` columns, cut at a word.
fn keep_left(text: &str, width: usize) -> String {
    let head: String = {
        let to = text.char_indices().nth(width.saturating_mul(2)).map_or(text.len(), |(at, _)| at);
        (if text.starts_with(char::is_whitespace) { " " } else { "" }).to_owned() + &one_line(&text[..to])
    };
    let mut kept = head.as_str();
    while kept.width().cmp(&width) == Ordering::Greater {
        kept = match kept.rfind(' ').map(|at| &kept[..at]) {
            Some(rest) if !rest.is_empty() => rest,
            _ => return kept.chars().take(width).collect(),
        };
    }
    kept.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_at_words_and_stays_in_the_paragraph() {
        let text = "Título.\n\nEl nuevo\narancel entra en vigor mañana.\n\nOtro.";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let at = text.find("arancel").expect("there");
            let (left, node, right) = context(&text, Span::new(at, at + 7), 12);
            assert_eq!((left.as_str(), node.as_str(), right.as_str()), ("El nuevo ", "arancel", " entra en"));
            assert_eq!(context(&text, Span::new(at, at + 7), 80).2, " entra en vigor mañana.");
            assert_eq!(context(&text, Span::new(at, at + 7), 80).0, "El nuevo ");
        }
    }
}
