//! Lines to paragraphs.
//!
//! Lines that follow one another closely in one size are a paragraph; larger letters than most of the text has are a
//! heading; what stands at the same height on most pages is furniture. A hyphen at a line's end before a small letter
//! divides a word.

use std::collections::HashMap;

use super::super::build::TextBuilder;
use super::content::Line;
use crate::text::BlockKind;

/// Lines this far apart, in sizes, are of different paragraphs.
const APART: f64 = 1.7;
/// Letters this much larger than the usual ones make a heading.
const LARGER: f64 = 1.15;

/// The text of pages.
pub(super) fn write(pages: &[Vec<Line>]) -> TextBuilder {
    let usual = usual_size(pages);
    let repeated = repeated(pages);
    let mut out = TextBuilder::default();
    for (number, page) in pages.iter().enumerate() {
        out.part(format!("page {}", number + 1));
        for paragraph in page.chunk_by(|line, next| !is_furniture(&repeated, line) && continues(line, next)) {
            let [first, ..] = paragraph else { continue };
            let kind = if is_furniture(&repeated, first) {
                BlockKind::Boilerplate
            } else if first.size > usual * LARGER {
                BlockKind::Heading
            } else {
                BlockKind::Paragraph
            };
            out.block(kind, &joined(paragraph));
        }
    }
    out
}

/// Whether the next line belongs to the same paragraph: close below, in the same size, and not set in after a full stop.
fn continues(line: &Line, next: &Line) -> bool {
    let down = line.height - next.height;
    let same_size = (line.size - next.size).abs() < 0.1 * line.size.max(next.size);
    let ended = line.text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', '»']);
    let set_in = next.start - line.start > 0.8 * line.size;
    same_size && down > 0.0 && down < APART * line.size && !(ended && set_in) && !is_item(&next.text)
}

/// A bullet opens an item.
fn is_item(text: &str) -> bool {
    text.trim_start().starts_with(['•', '▪', '●', '◦', '■', '–', '—'])
}

fn joined(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        let next = line.text.trim();
        let divided = text.ends_with('-') && next.starts_with(char::is_lowercase);
        if divided && text[..text.len() - 1].ends_with(char::is_alphabetic) {
            // The reader of the text may want to know that a hyphen was there; the matcher passes over it.
            text.pop();
            text.push('\u{ad}');
        } else if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(next);
    }
    text
}

/// The size that most characters have.
fn usual_size(pages: &[Vec<Line>]) -> f64 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *counts.entry((line.size * 2.0).round() as i64).or_default() += line.text.len();
    }
    let most = counts.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(0.0, |(size, _)| size as f64 / 2.0)
}

/// A line as it is recognised on another page: its height, and its text with any number in it.
type Furniture = (i64, String);

fn furniture_of(line: &Line) -> Furniture {
    let text = line.text.trim().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    (line.height.round() as i64, text.replace("00", "0"))
}

/// What stands on most pages, of three at least.
fn repeated(pages: &[Vec<Line>]) -> HashMap<Furniture, usize> {
    let mut counts: HashMap<Furniture, usize> = HashMap::new();
    for page in pages {
        let mut on_page: Vec<Furniture> = page.iter().map(furniture_of).collect();
        on_page.sort_unstable();
        on_page.dedup();
        on_page.into_iter().for_each(|line| *counts.entry(line).or_default() += 1);
    }
    counts.retain(|_, count| *count >= 3 && *count * 2 > pages.len());
    counts
}

fn is_furniture(repeated: &HashMap<Furniture, usize>, line: &Line) -> bool {
    !repeated.is_empty() && repeated.contains_key(&furniture_of(line))
}
