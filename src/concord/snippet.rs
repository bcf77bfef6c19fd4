//! Snippets: a stretch of a document on one line, cut at words around its marks.

use super::Snippet;
use crate::engine::Analysis;
use crate::text::{LineIndex, Span, floor_char_boundary};

/// The most characters of a snippet; longer stretches are cut.
pub const MOST_CHARS: usize = 280;

/// The snippet of `stretch` with `marks` in it, both in bytes of the document's text. Its line is that of the
/// first mark, or of the stretch where there is none.
pub fn snippet(analysis: &Analysis, lines: &LineIndex, stretch: Span, marks: &[Span]) -> Snippet {
    let document = &analysis.document;
    let place = marks.first().copied().unwrap_or(stretch);
    let (text, marks) = one_line(&document.text, window(&document.text, stretch, place), marks);
    let (text, marks) = cut(&text, &marks, MOST_CHARS);
    Snippet { document: document.name.clone(), line: document.position(lines, place).line, text, marks }
}

/// As much of a stretch around the start of `place` as a snippet can hold, and some more: a line may be as long
/// as a file.
fn window(text: &str, stretch: Span, place: Span) -> Span {
    let reach = 8 * MOST_CHARS;
    let start = floor_char_boundary(text, place.start.saturating_sub(reach)).max(stretch.start);
    let end = floor_char_boundary(text, place.start.saturating_add(reach)).min(stretch.end);
    Span::new(start, end.max(start))
}

/// The stretch with every run of white space as one space, and the marks in it.
pub fn one_line(text: &str, stretch: Span, marks: &[Span]) -> (String, Vec<Span>) {
    let mut line = String::with_capacity(stretch.len());
    let mut moved: Vec<(usize, usize)> = vec![(0, 0); marks.len()];
    for (offset, c) in stretch.of(text).char_indices() {
        let at = stretch.start + offset;
        for (mark, place) in marks.iter().zip(&mut moved) {
            if at == mark.start {
                place.0 = line.len() + usize::from(c.is_whitespace());
            }
            if at < mark.end && at >= mark.start {
                place.1 = line.len() + if c.is_whitespace() { 1 } else { c.len_utf8() };
            }
        }
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    let end = line.trim_end().len();
    line.truncate(end);
    let spans = moved.into_iter().filter(|(start, end)| start < end && *end <= line.len());
    let spans = spans.map(|(start, end)| Span::new(start, end)).collect();
    (line, spans)
}

/// At most about `most` characters around the first mark, cut at words, with … at the cuts.
fn cut(line: &str, marks: &[Span], most: usize) -> (String, Vec<Span>) {
    if line.chars().count() <= most {
        return (line.to_owned(), marks.to_vec());
    }
    let middle = marks.first().copied().unwrap_or_default();
    let room = most.saturating_sub(middle.of(line).chars().count()) / 2;
    let from = word_start_before(line, middle.start, room);
    let from_start = from == 0;
    let room = if from_start { most.saturating_sub(line[..middle.end].chars().count()) } else { room };
    let to = word_end_after(line, middle.end, room);
    let head = if from_start { "" } else { "… " };
    let tail = if to == line.len() { "" } else { " …" };
    let inside = Span::new(from, to);
    let moved = marks.iter().filter(|mark| inside.contains(**mark));
    let moved =
        moved.map(|mark| Span::new(mark.start - from + head.len(), mark.end - from + head.len())).collect();
    (format!("{head}{}{tail}", &line[from..to]), moved)
}

/// The start of a word at most `room` characters before `at`.
fn word_start_before(line: &str, at: usize, room: usize) -> usize {
    let Some((from, _)) = line[..at].char_indices().rev().take(room.max(1)).last() else { return at };
    if from == 0 {
        return 0;
    }
    line[from..at].find(' ').map_or(at, |space| from + space + 1)
}

/// The end of a word at most `room` characters after `at`.
fn word_end_after(line: &str, at: usize, room: usize) -> usize {
    match line[at..].char_indices().nth(room) {
        None => line.len(),
        Some((to, _)) => line[at..at + to].rfind(' ').map_or(at, |space| at + space),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_marks_move_along() {
        let text = "El  arancel\n   recíproco\u{A0}entró.";
        let mark = Span::new(4, 25);
        let (line, marks) = one_line(text, Span::new(0, text.len()), &[mark]);
        assert_eq!(line, "El arancel recíproco entró.");
        assert_eq!(marks[0].of(&line), "arancel recíproco");
    }

    #[test]
    fn long_lines_are_cut_at_words_around_the_mark() {
        let line = format!("{} arancel {}", "antes ".repeat(30).trim(), "después ".repeat(30).trim());
        let at = line.find("arancel").expect("there");
        let (cut, marks) = cut(&line, &[Span::new(at, at + 7)], 60);
        assert!(cut.starts_with("… antes") && cut.ends_with("después …"), "{cut}");
        assert!(cut.chars().count() <= 66, "{cut}");
        assert_eq!(marks[0].of(&cut), "arancel");
    }

    #[test]
    fn of_a_line_as_long_as_a_file_only_the_neighbourhood_is_looked_at() {
        let text = format!("{}arancel{}", "ñandú ".repeat(2_000), " ñandú".repeat(2_000));
        let at = text.find("arancel").expect("there");
        let mark = Span::new(at, at + 7);
        let near = window(&text, Span::new(0, text.len()), mark);
        assert!(near.len() < 20 * MOST_CHARS && near.contains(mark));
        let (line, marks) = one_line(&text, near, &[mark]);
        assert_eq!(marks[0].of(&line), "arancel");
        assert_eq!(window(&text, Span::new(at, at + 9), mark), Span::new(at, at + 9));
    }
}
