//! Snippets: a stretch of a document on one line, cut around its marks where it is long.
//!
//! What is cut off goes from both ends alike, at the ends of clauses where there are any near, and never within a
//! hit or a name.

use super::Snippet;
use crate::engine::Analysis;
use crate::text::{LineIndex, Span, floor_char_boundary, fold};

/// The most characters of a snippet that is cut.
pub const MOST_CHARS: usize = 280;

/// A stretch with a little more than [`MOST_CHARS`] is better shown whole than cut.
const MOST_UNCUT: usize = MOST_CHARS + MOST_CHARS / 4;

/// What becomes a snippet.
#[derive(Clone, Copy, Debug)]
pub struct Cut<'a> {
    /// The stretch, in bytes of the document's text.
    pub stretch: Span,
    /// The hits in it, in order.
    pub marks: &'a [Span],
    /// The part of its characters to keep, from 0 to 1.
    pub share: f32,
}

/// The part of a text that goes into a snippet, from 0 to 1: all of it where it is short.
pub fn share(text: &str) -> f32 {
    let chars = text.chars().take(REACH).count();
    if chars <= MOST_UNCUT { 1.0 } else { MOST_CHARS as f32 / chars as f32 }
}

/// The snippet of `stretch` with `marks` in it, both in bytes of the document's text. Its line is that of the
/// first mark, or of the stretch where there is none.
pub fn snippet(analysis: &Analysis, lines: &LineIndex, stretch: Span, marks: &[Span]) -> Snippet {
    let share = share(stretch.of(&analysis.document.text));
    snippet_of(analysis, lines, Cut { stretch, marks, share })
}

/// The snippet of which a share is kept.
pub fn snippet_of(analysis: &Analysis, lines: &LineIndex, what: Cut<'_>) -> Snippet {
    let document = &analysis.document;
    let place = what.marks.first().copied().unwrap_or(what.stretch);
    let near = window(&document.text, what.stretch, place);
    let most = (near.of(&document.text).chars().count() as f32 * what.share).ceil() as usize;
    let (text, marks) = one_line(&document.text, near, what.marks);
    let (text, marks) =
        if what.share < 1.0 { cut(&text, &marks, most.min(MOST_CHARS)) } else { (text, marks) };
    Snippet {
        document: document.name.clone(),
        line: document.position(lines, place).line,
        part: document.part_without_line(place).map(str::to_owned),
        text,
        marks,
    }
}

/// How far around a place a stretch is looked at, in bytes.
const REACH: usize = 8 * MOST_CHARS;

/// As much of a stretch around the start of `place` as a snippet can hold, and some more: a line may be as long
/// as a file.
fn window(text: &str, stretch: Span, place: Span) -> Span {
    let start = floor_char_boundary(text, place.start.saturating_sub(REACH)).max(stretch.start);
    let end = floor_char_boundary(text, place.start.saturating_add(REACH)).min(stretch.end);
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

/// At most about `most` characters around the first mark, with … at the cuts.
fn cut(line: &str, marks: &[Span], most: usize) -> (String, Vec<Span>) {
    let middle = marks.first().copied().unwrap_or_default();
    let chars = |span: Span| span.of(line).chars().count();
    let (before, after) = (chars(Span::new(0, middle.start)), chars(Span::new(middle.end, line.len())));
    let room = most.saturating_sub(chars(middle));
    // What one end has no need of the other may have.
    let half = room / 2;
    let (left, right) = (half.max(room.saturating_sub(after)), half.max(room.saturating_sub(before)));
    let from =
        if before <= left { 0 } else { start_after(line, marks, Room { at: middle.start, chars: left }) };
    let to = if after <= right {
        line.len()
    } else {
        end_before(line, marks, Room { at: middle.end, chars: right })
    };
    let head = if from == 0 { "" } else { "… " };
    let kept = &line[from..to];
    let trimmed =
        if to == line.len() { kept } else { kept.trim_end_matches(|c| is_clause_sign(c) || c == ' ') };
    let tail = if to == line.len() { "" } else { " …" };
    let inside = Span::new(from, to);
    let moved = marks.iter().filter(|mark| inside.contains(**mark));
    let moved =
        moved.map(|mark| Span::new(mark.start - from + head.len(), mark.end - from + head.len())).collect();
    (format!("{head}{trimmed}{tail}"), moved)
}

/// How many characters there is room for beside a place.
#[derive(Clone, Copy)]
struct Room {
    at: usize,
    chars: usize,
}

/// Where to begin: at the first clause in the farther half of the room before a place, else at its first word.
fn start_after(line: &str, marks: &[Span], room: Room) -> usize {
    let back =
        |chars: usize| line[..room.at].char_indices().rev().take(chars).last().map_or(room.at, |(i, _)| i);
    let (farthest, half) = (back(room.chars), back(room.chars / 2));
    let places = || cut_places(line, marks).filter(|place| place.at >= farthest && place.at <= room.at);
    let clause = places().find(|place| place.is_clause && place.at <= half);
    clause.or_else(|| places().next()).map_or(room.at, |place| place.at)
}

/// Where to end: at the last clause in the farther half of the room after a place, else at its last word.
fn end_before(line: &str, marks: &[Span], room: Room) -> usize {
    let ahead =
        |chars: usize| line[room.at..].char_indices().nth(chars).map_or(line.len(), |(i, _)| room.at + i);
    let (farthest, half) = (ahead(room.chars), ahead(room.chars / 2));
    let places = || cut_places(line, marks).filter(|place| place.at <= farthest && place.at > room.at);
    let clause = places().filter(|place| place.is_clause && place.at >= half).last();
    clause.or_else(|| places().last()).map_or(room.at, |place| place.at)
}

/// A place at which a line may be cut: the start of a word, within no hit and no name.
struct CutPlace {
    at: usize,
    /// After a comma, colon, semicolon or dash, or before a conjunction.
    is_clause: bool,
}

fn cut_places<'a>(line: &'a str, marks: &'a [Span]) -> impl Iterator<Item = CutPlace> + 'a {
    let starts = line.match_indices(' ').map(|(space, _)| space + 1);
    let free = starts.filter(|at| marks.iter().all(|mark| *at <= mark.start || *at >= mark.end));
    free.filter(|at| !is_in_name(&line[..*at], &line[*at..])).map(|at| {
        let next = line[at..].split(' ').next().unwrap_or("");
        let after_sign =
            line[..at].trim_end().ends_with(|c| is_clause_sign(c) || matches!(c, '.' | '?' | '!'));
        CutPlace { at, is_clause: after_sign || CONJUNCTIONS.contains(&fold::lower(next).as_str()) }
    })
}

/// Whether what comes before and after a place is one name: *Secretaría de | Economía*, *Agricultura, | Ganadería*.
fn is_in_name(before: &str, after: &str) -> bool {
    let is_linking = |word: &&str| LINKS.contains(word);
    let last = before.split_whitespace().rev().find(|word| !is_linking(word)).unwrap_or("");
    let first = after.split_whitespace().find(|word| !is_linking(word)).unwrap_or("");
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let is_open = last.trim_end_matches(',').ends_with(char::is_alphabetic);
    is_name(last) && is_open && is_name(first)
}

fn is_clause_sign(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '—' | '–')
}

/// Words that link the parts of a name.
const LINKS: [&str; 13] =
    ["de", "del", "la", "las", "los", "el", "y", "e", "of", "the", "and", "for", "para"];

/// Conjunctions of both languages that begin a clause.
const CONJUNCTIONS: [&str; 24] = [
    "y", "e", "o", "u", "pero", "sino", "que", "cuando", "porque", "aunque", "mientras", "donde", "and",
    "or", "but", "that", "which", "who", "when", "while", "because", "although", "where", "so",
];

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
    fn cuts_are_at_clauses_and_never_in_a_hit_or_a_name() {
        let line = "Aunque el Servicio de Administración Tributaria pidió más tiempo, la Secretaría de Economía \
                    publicó el arancel en el Diario Oficial de la Federación, y la medida rige desde el lunes.";
        let cases = [
            (110, "… la Secretaría de Economía publicó el arancel en el Diario Oficial de la Federación …"),
            (60, "… publicó el arancel en el …"),
            (10, "… arancel …"),
        ];
        let at = line.find("arancel").expect("there");
        let federation = line.find("Diario Oficial").expect("there");
        let marks = [Span::new(at, at + 7), Span::new(federation, federation + 32)];
        for (most, expected) in cases {
            let (shown, moved) = cut(line, &marks, most);
            assert_eq!(shown, expected, "{most}");
            assert_eq!(moved[0].of(&shown), "arancel");
        }
    }

    #[test]
    fn a_line_is_cut_where_it_is_much_too_long() {
        assert_eq!(share(&"ñ".repeat(MOST_UNCUT)), 1.0);
        assert_eq!(share(&"ñ".repeat(2 * MOST_CHARS)), 0.5);
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
