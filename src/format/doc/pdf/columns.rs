//! Columns that are drawn line by line across the page, brought into the order in which they are read.
//!
//! Most programs draw a column to its end before the next one; then there is nothing to do. Where rows that follow one
//! another are torn by gaps that leave a common strip of the page free, from the first to the last of them, and words
//! stand on both sides of it in [`LEAST`] rows at least, the strip parts columns. Numbers, bullets and figures beside a
//! text are none.

use super::content::Line;

/// So many rows with words on both sides of a strip make columns of them.
const LEAST: usize = 3;
/// Fewer letters on average are a number, a bullet or a label, and no column.
const LETTERS: usize = 4;
/// A row this far below the one before, in sizes, does not belong to its columns.
const FAR: f64 = 2.5;
/// A strip has to be as wide as this share of the size all along.
const NARROW: f64 = 0.9;

/// No page that people made has more columns, or more rows in them.
const MOST_STRIPS: usize = 16;
const MOST_ROWS: usize = 300;

/// A part of a line between gaps.
#[derive(Clone, Debug)]
struct Fragment<'l> {
    text: &'l str,
    start: f64,
    end: f64,
    line: &'l Line,
}

impl Fragment<'_> {
    fn letters(&self) -> usize {
        self.text.chars().filter(|c| c.is_alphabetic()).count()
    }
}

/// What stands at one height, from the left to the right, as it is drawn.
struct Row<'l> {
    lines: Vec<&'l Line>,
    fragments: Vec<Fragment<'l>>,
}

impl Row<'_> {
    fn height(&self) -> f64 {
        self.lines[0].height
    }

    fn size(&self) -> f64 {
        self.lines[0].size
    }
}

/// The lines of a page, columns one after the other.
pub(super) fn in_reading_order(lines: Vec<Line>) -> Vec<Line> {
    let rows = rows(&lines);
    if rows.iter().filter(|row| row.fragments.len() > 1).count() < LEAST {
        return lines;
    }
    let mut ordered = Vec::with_capacity(lines.len());
    let mut rest = rows.as_slice();
    while let Some((first, others)) = rest.split_first() {
        match band(rest) {
            Some((length, strips)) => {
                write(&rest[..length], &strips, &mut ordered);
                rest = &rest[length..];
            }
            None => {
                ordered.extend(first.lines.iter().map(|line| (*line).clone()));
                rest = others;
            }
        }
    }
    ordered
}

fn rows(lines: &[Line]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in lines {
        let is_beside = |row: &&mut Row<'_>| {
            let last = row.lines[row.lines.len() - 1];
            (row.height() - line.height).abs() < 0.3 * row.size() && line.start >= last.end
        };
        match rows.last_mut().filter(is_beside) {
            Some(row) => {
                row.lines.push(line);
                row.fragments.extend(fragments(line));
            }
            None => rows.push(Row { lines: vec![line], fragments: fragments(line) }),
        }
    }
    rows
}

fn fragments(line: &Line) -> Vec<Fragment<'_>> {
    let (mut found, mut from, mut start) = (Vec::new(), 0, line.start);
    for gap in &line.gaps {
        found.push(Fragment { text: line.text[from..gap.at].trim(), start, end: gap.end, line });
        (from, start) = (gap.at, gap.start);
    }
    found.push(Fragment { text: line.text[from..].trim(), start, end: line.end, line });
    found
}

/// A strip that no text has entered so far.
#[derive(Clone, Copy)]
struct Strip {
    from: f64,
    to: f64,
    /// Rows with text on both sides, and their letters on each.
    rows: usize,
    letters: [usize; 2],
    /// The number of rows up to the last of these.
    reach: usize,
}

impl Strip {
    /// The strip below one more row, unless the row enters it.
    fn below(self, row: &Row<'_>, number: usize) -> Option<Strip> {
        let (mut strip, mut letters) = (self, [0; 2]);
        let middle = (self.from + self.to) / 2.0;
        for fragment in &row.fragments {
            let side = usize::from((fragment.start + fragment.end) / 2.0 > middle);
            match side {
                0 => strip.from = strip.from.max(fragment.end),
                _ => strip.to = strip.to.min(fragment.start),
            }
            letters[side] += fragment.letters();
        }
        if strip.to - strip.from < NARROW * row.size() {
            return None;
        }
        if letters.iter().all(|count| *count > 0) {
            strip.rows += 1;
            strip.reach = number + 1;
            strip.letters = [strip.letters[0] + letters[0], strip.letters[1] + letters[1]];
        }
        Some(strip)
    }

    fn parts_columns(&self) -> bool {
        self.rows >= LEAST && self.letters.iter().all(|letters| *letters >= LETTERS * self.rows)
    }
}

/// How many of the first rows stand in columns, and the strips between these.
fn band(rows: &[Row<'_>]) -> Option<(usize, Vec<Strip>)> {
    let [first, ..] = rows else { return None };
    let gap = |pair: &[Fragment<'_>]| Strip {
        from: pair[0].end,
        to: pair[1].start,
        rows: 0,
        letters: [0; 2],
        reach: 0,
    };
    let mut strips: Vec<Strip> = first.fragments.windows(2).take(MOST_STRIPS).map(gap).collect();
    let mut length = 0;
    for (number, row) in rows.iter().take(MOST_ROWS).enumerate() {
        if number > 0 && !follows(&rows[number - 1], row) {
            break;
        }
        let below: Vec<Strip> = strips.iter().filter_map(|strip| strip.below(row, number)).collect();
        let lost = strips.iter().filter(|strip| strip.parts_columns()).count()
            > below.iter().filter(|strip| strip.parts_columns()).count();
        if below.is_empty() || lost {
            break;
        }
        (strips, length) = (below, number + 1);
    }
    strips.retain(Strip::parts_columns);
    let reach = strips.iter().map(|strip| strip.reach).max()?;
    // A column may be longer than the others, as far as its lines go on closely.
    let is_close = |at: &usize| rows[at - 1].height() - rows[*at].height() < 1.7 * rows[*at].size();
    let longer = (reach..length).take_while(is_close).count();
    Some((reach + longer, strips))
}

/// Whether a row stands closely below another one.
fn follows(row: &Row<'_>, next: &Row<'_>) -> bool {
    let down = row.height() - next.height();
    down > 0.0 && down < FAR * row.size().max(next.size())
}

/// Writes the columns of some rows one after the other.
fn write(rows: &[Row<'_>], strips: &[Strip], out: &mut Vec<Line>) {
    let column = |fragment: &Fragment<'_>| strips.iter().filter(|strip| strip.to <= fragment.start).count();
    for number in 0..=strips.len() {
        for row in rows {
            let own: Vec<&Fragment<'_>> =
                row.fragments.iter().filter(|fragment| column(fragment) == number).collect();
            let ([first, ..], Some(last)) = (own.as_slice(), own.last()) else { continue };
            let texts: Vec<&str> = own.iter().map(|fragment| fragment.text).collect();
            let Line { height, size, .. } = *first.line;
            let text = texts.join(" ");
            out.push(Line { text, start: first.start, end: last.end, height, size, gaps: Vec::new() });
        }
    }
}
