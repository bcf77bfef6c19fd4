//! The paragraphs of a document: from the reader's blocks, else from its lines.
//!
//! In plain text a blank line ends a paragraph. A single line break may too (most pages saved as text have one
//! paragraph a line), or it only wraps a line at 70 to 100 columns. It is taken for a wrap where the next word
//! would not have fitted, and where many such lines begin in lower case; or where a line of some length
//! without a final mark is followed by a lower-case letter.

use std::iter;

use super::super::{Block, BlockKind, Document, Span};
use super::sentence::ends_with_final_mark;
use super::{SegmentKind, furniture, is_blank};

/// A paragraph, heading or list item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    pub(super) span: Span,
    pub(super) kind: SegmentKind,
}

/// The paragraphs of a document, in order and not overlapping.
pub(super) fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let text = &document.text;
    let mut found = Vec::new();
    let mut at = 0;
    for block in &document.blocks {
        // Blocks that overlap or lie outside would break the order: what was covered stays as it was.
        let start = block.span.start.max(at);
        let end = block.span.end.min(text.len());
        if start >= end || text.get(start..end).is_none() {
            continue;
        }
        from_lines(text, Span::new(at, start), &mut found);
        from_block(text, Block { span: Span::new(start, end), kind: block.kind }, &mut found);
        at = end;
    }
    from_lines(text, Span::new(at, text.len()), &mut found);
    furniture::mark(text, &mut found);
    found
}

/// The paragraphs of plain text.
pub(super) fn plain(text: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    from_lines(text, Span::new(0, text.len()), &mut found);
    found
}

/// Within a block line breaks are spaces, except that blank lines divide and program text keeps its lines.
fn from_block(text: &str, block: Block, found: &mut Vec<Paragraph>) {
    let lines = lines(text, block.span);
    let kind = segment_kind(block.kind);
    let divides = |_: &Line, next: &Line| next.after_blank || block.kind == BlockKind::Code;
    for group in lines.chunk_by(|a, b| !divides(a, b)) {
        found.extend(joined(group).map(|span| Paragraph { span, kind }));
    }
}

fn segment_kind(kind: BlockKind) -> SegmentKind {
    match kind {
        BlockKind::Paragraph => SegmentKind::Sentence,
        BlockKind::Heading => SegmentKind::Heading,
        BlockKind::ListItem | BlockKind::TableCell => SegmentKind::ListItem,
        BlockKind::Code | BlockKind::Boilerplate => SegmentKind::Boilerplate,
    }
}

fn from_lines(text: &str, region: Span, found: &mut Vec<Paragraph>) {
    let lines = lines(text, region);
    let chunks = || lines.chunk_by(|_, next| !next.after_blank);
    let wraps = chunks().map(Breaks::of).fold(Breaks::default(), Breaks::plus).show_wrapping();
    for chunk in chunks() {
        let width = wrap_width(chunk, wraps);
        for group in chunk.chunk_by(|a, b| a.continues_in(b, width)) {
            let kind = kind_of_lines(text, group);
            found.extend(joined(group).map(|span| Paragraph { span, kind }));
        }
    }
}

fn joined(lines: &[Line]) -> Option<Span> {
    Some(Span::new(lines.first()?.span.start, lines.last()?.span.end))
}

/// Headings are short and end without a mark.
fn kind_of_lines(text: &str, lines: &[Line]) -> SegmentKind {
    let [first, rest @ ..] = lines else { return SegmentKind::Sentence };
    let short = rest.is_empty() && first.chars <= LONGEST_HEADING;
    let body = first.span.of(text);
    if first.bullet != Bullet::None {
        SegmentKind::ListItem
    } else if short
        && !first.final_mark
        && !body.ends_with([',', ';', ':'])
        && body.contains(char::is_alphabetic)
    {
        SegmentKind::Heading
    } else {
        SegmentKind::Sentence
    }
}

const LONGEST_HEADING: usize = 100;
/// Lines are wrapped within these widths, in characters.
const NARROWEST: usize = 40;
const WIDEST: usize = 120;
/// A shorter line that ends in lower case before lower case is an item of a bare list, not a wrapped line.
pub(super) const SHORTEST_WRAPPED: usize = 30;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Without the white space around.
    span: Span,
    /// Blank lines stand before it.
    after_blank: bool,
    bullet: Bullet,
    /// Length in characters.
    chars: usize,
    /// Length of the first word in characters.
    first_word: usize,
    starts_lower: bool,
    final_mark: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bullet {
    None,
    /// With its item.
    Item,
    /// Alone on its line.
    Bare,
}

impl Line {
    fn new(text: &str, span: Span, after_blank: bool) -> Self {
        let body = span.of(text);
        Line {
            span,
            after_blank,
            bullet: bullet(body),
            chars: body.chars().count(),
            first_word: body.chars().take_while(|c| !c.is_whitespace()).count(),
            starts_lower: body.starts_with(char::is_lowercase),
            final_mark: ends_with_final_mark(body),
        }
    }

    /// Whether the next line belongs to the same paragraph.
    fn continues_in(&self, next: &Line, width: Option<usize>) -> bool {
        let fits_not = width.is_some_and(|width| self.is_full(next, width));
        let runs_on = next.starts_lower && !self.final_mark && self.chars >= SHORTEST_WRAPPED;
        match (self.bullet, next.bullet) {
            (_, Bullet::Item | Bullet::Bare) => false,
            (Bullet::Bare, Bullet::None) => true,
            _ => fits_not || runs_on,
        }
    }

    /// Whether the first word of the next line would not have fitted. Wrapping by hand is a little uneven.
    fn is_full(&self, next: &Line, width: usize) -> bool {
        self.chars + 1 + next.first_word > width - width / 8
    }
}

/// What the line breaks of a chunk look like.
#[derive(Clone, Copy, Default)]
struct Breaks {
    /// Between lines narrow enough to be wrapped.
    all: usize,
    /// Those before a lower-case letter with no final mark before.
    run_on: usize,
}

impl Breaks {
    fn of(chunk: &[Line]) -> Self {
        let narrow = chunk.iter().all(|line| line.chars <= WIDEST);
        if !narrow || widest(chunk) < NARROWEST {
            return Breaks::default();
        }
        let run_on = chunk.iter().zip(chunk.iter().skip(1)).filter(|(a, b)| !a.final_mark && b.starts_lower);
        Breaks { all: chunk.len() - 1, run_on: run_on.count() }
    }

    fn plus(self, other: Breaks) -> Self {
        Breaks { all: self.all + other.all, run_on: self.run_on + other.run_on }
    }

    /// In running text most wrapped lines go on in lower case; of lines that are paragraphs hardly one does.
    fn show_wrapping(self) -> bool {
        self.run_on * 4 > self.all
    }
}

fn widest(chunk: &[Line]) -> usize {
    chunk.iter().map(|line| line.chars).max().unwrap_or(0)
}

/// The width at which a chunk of lines is wrapped, if it is. Short chunks look as the whole document does.
fn wrap_width(chunk: &[Line], document_wraps: bool) -> Option<usize> {
    let width = widest(chunk);
    let breaks = Breaks::of(chunk);
    let wraps = if breaks.all >= 3 { breaks.show_wrapping() } else { document_wraps };
    (breaks.all > 0 && wraps).then_some(width)
}

/// The lines of a region that are not blank.
fn lines(text: &str, region: Span) -> Vec<Line> {
    let mut found = Vec::new();
    let mut at = region.start;
    let mut after_blank = false;
    for piece in pieces(region.of(text)) {
        let body = piece.trim_start_matches(is_blank);
        let start = at + piece.len() - body.len();
        let body = body.trim_end_matches(is_blank);
        // The LF of a CR LF is no line of its own.
        let half_of_crlf = piece == "\n" && at > region.start && text.as_bytes().get(at - 1) == Some(&b'\r');
        if !body.is_empty() {
            found.push(Line::new(text, Span::new(start, start + body.len()), after_blank));
            after_blank = false;
        } else if !half_of_crlf {
            after_blank = true;
        }
        at += piece.len();
    }
    found
}

/// A text cut behind each LF and CR.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Whether a line is an item of a list, or the mark of one.
pub(super) fn is_item(line: &str) -> bool {
    bullet(line) != Bullet::None
}

/// A dash, star, dot or number at the start of a list item. A dash without a space opens speech.
fn bullet(body: &str) -> Bullet {
    let marker = body.get(..marker_len(body)).unwrap_or("");
    let rest = body.get(marker.len()..).unwrap_or("");
    match (marker.is_empty(), rest.chars().next()) {
        (true, _) => Bullet::None,
        (false, None) => Bullet::Bare,
        (false, Some(c)) if c.is_whitespace() && !is_rule(rest) => Bullet::Item,
        _ => Bullet::None,
    }
}

/// `- Advertisement -`: marks on both sides are decoration.
fn is_rule(rest: &str) -> bool {
    rest.ends_with([' ', '-', '*', '–', '—']) && rest.trim_end_matches(['-', '*', '–', '—']).ends_with(' ')
}

fn marker_len(body: &str) -> usize {
    let Some(first) = body.chars().next() else { return 0 };
    if matches!(first, '-' | '–' | '*' | '•' | '·' | '▪' | '◦' | '‣' | '●' | '○' | '+') {
        return first.len_utf8();
    }
    let digits = body.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let label = if digits == 0 && first.is_ascii_lowercase() { 1 } else { digits };
    match body.as_bytes().get(label) {
        Some(b'.' | b')') if (1..=3).contains(&label) => label + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SegmentKind::{Boilerplate, Heading, ListItem, Sentence};

    fn of(text: &str) -> Vec<(String, SegmentKind)> {
        let mut found = plain(text);
        furniture::mark(text, &mut found);
        found.iter().map(|p| (p.span.of(text).replace(['\n', '\r'], " "), p.kind)).collect()
    }

    fn check(text: &str, wanted: &[(&str, SegmentKind)]) {
        let wanted: Vec<_> = wanted.iter().map(|(text, kind)| (text.to_string(), *kind)).collect();
        assert_eq!(of(text), wanted, "{text}");
    }

    #[test]
    fn one_paragraph_a_line() {
        check(
            "Reabre el puente\nEl puente reabrió el lunes tras dos semanas de obras y una larga espera.\nLos vecinos lo celebraron.\n",
            &[
                ("Reabre el puente", Heading),
                ("El puente reabrió el lunes tras dos semanas de obras y una larga espera.", Sentence),
                ("Los vecinos lo celebraron.", Sentence),
            ],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The harbour was closed for a week after the storm, and the\r\n\
                    fishermen waited for news in the town of Santa Clara with\r\n\
                    Captain Ruiz until it was over.\r\n\r\nNobody was hurt.";
        let paragraphs = of(text);
        assert_eq!(paragraphs.len(), 2, "{paragraphs:?}");
        assert!(paragraphs[0].0.ends_with("Captain Ruiz until it was over."));
    }

    #[test]
    fn lists() {
        check(
            "Lleve consigo:\n- el pasaporte\n* la carta\n2) dos fotos\n-\nNombre suelto\n— No sé —dijo.",
            &[
                ("Lleve consigo:", Sentence),
                ("- el pasaporte", ListItem),
                ("* la carta", ListItem),
                ("2) dos fotos", ListItem),
                ("- Nombre suelto", ListItem),
                ("— No sé —dijo.", Sentence),
            ],
        );
    }

    #[test]
    fn furniture_is_marked() {
        check(
            "- Advertisement -\n\nThe fair opens today.\n\nVer mapa\nVer mapa\nVer mapa",
            &[
                ("- Advertisement -", Boilerplate),
                ("The fair opens today.", Sentence),
                ("Ver mapa", Boilerplate),
                ("Ver mapa", Boilerplate),
                ("Ver mapa", Boilerplate),
            ],
        );
    }
}
