//! The lines of a page, as its content stream draws them (ISO 32000-1, 8.4, 9.3, 9.4).

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::columns::in_reading_order;
use super::font::Font;

/// A gap as wide as this share of the font's size is a space.
const SPACE: f64 = 0.18;
/// A gap wider than this many sizes is wider than those between words, and may part columns.
const WIDE: f64 = 1.2;
/// The most gaps of a line that are noted.
const GAP_LIMIT: usize = 64;
/// What stands farther apart than this many sizes is not one line.
const APART: f64 = 4.0;
/// A step across the line of this share of the size begins another line; less is a raised or lowered letter.
const STEP: f64 = 0.6;
/// How deep forms may lie in one another.
const DEPTH_LIMIT: usize = 12;
/// The most states that are kept.
const STATE_LIMIT: usize = 512;
/// The most that a document may draw, in operations: some hundred thousand pages.
const OPERATION_LIMIT: usize = 100_000_000;
/// The most that the content of one page or form may hold, in bytes.
const CONTENT_LIMIT: usize = 64 << 20;

/// Words at one height, in the order in which they are drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where it begins and ends along the line, in points.
    pub(super) start: f64,
    pub(super) end: f64,
    /// How high on the page it is.
    pub(super) height: f64,
    /// The font's size in points.
    pub(super) size: f64,
    /// The gaps in it that are wider than those between words.
    pub(super) gaps: Vec<Gap>,
}

/// A wide gap in a line.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    /// The byte of the line's text that follows it.
    pub(super) at: usize,
    /// Where the text before it ends, and that behind it begins, in points.
    pub(super) end: f64,
    pub(super) start: f64,
}

/// Reads pages.
#[derive(Default)]
pub(super) struct Reader {
    fonts: HashMap<ObjectIdentifier, Rc<Font>>,
    operations: usize,
    /// Glyphs whose characters could be told, and others.
    pub(super) known: usize,
    pub(super) unknown: usize,
}

impl Reader {
    /// The lines of a page.
    ///
    /// # Errors
    /// Where there is more on it than any page needs.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<Vec<Line>, &'static str> {
        let mut drawing = Drawing { reader: self, lines: Vec::new(), direction: (1.0, 0.0) };
        if let Some(content) = page.page_stream() {
            drawing.run(content, page.resources(), Matrix::IDENTITY, 0)?;
        }
        let mut lines = drawing.lines;
        lines.retain(|line| !line.text.trim().is_empty());
        Ok(in_reading_order(lines))
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Rc<Font> {
        let Some(dict) = resources.get_font(name) else { return Rc::new(Font::unknown()) };
        match dict.obj_id() {
            Some(id) => Rc::clone(self.fonts.entry(id).or_insert_with(|| Rc::new(Font::new(&dict)))),
            None => Rc::new(Font::new(&dict)),
        }
    }
}

/// `[a b 0; c d 0; e f 1]`.
#[derive(Clone, Copy, Debug)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn shift(x: f64, y: f64) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let (Matrix([a, b, c, d, e, f]), Matrix([g, h, i, j, k, l])) = (self, other);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }
}

/// What `q` keeps and `Q` restores.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Rc<Font>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

struct Drawing<'r> {
    reader: &'r mut Reader,
    lines: Vec<Line>,
    /// Which way the text runs.
    direction: (f64, f64),
}

impl Drawing<'_> {
    fn run(
        &mut self,
        content: &[u8],
        resources: &Resources<'_>,
        matrix: Matrix,
        depth: usize,
    ) -> Result<(), &'static str> {
        if content.len() > CONTENT_LIMIT {
            return Err("a page unpacks to far more than its text can be");
        }
        let state = State {
            matrix,
            font: Rc::new(Font::unknown()),
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut text = Text { state, kept: Vec::new(), at: Matrix::IDENTITY, line: Matrix::IDENTITY };
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            self.reader.operations += 1;
            if self.reader.operations > OPERATION_LIMIT {
                return Err("it draws more than any document needs");
            }
            match operation {
                Op::TextFont(font) => {
                    text.state.font = self.reader.font(resources, font.0);
                    text.state.size = font.1.as_f64();
                }
                Op::ShowText(shown) => self.show(&mut text, shown.0.as_bytes()),
                Op::ShowTexts(shown) => self.show_all(&mut text, shown.0),
                Op::NextLineAndShowText(shown) => {
                    text.next_line(0.0, -text.state.leading);
                    self.show(&mut text, shown.0.as_bytes());
                }
                Op::ShowTextWithParameters(shown) => {
                    text.state.word_spacing = shown.0.as_f64();
                    text.state.character_spacing = shown.1.as_f64();
                    text.next_line(0.0, -text.state.leading);
                    self.show(&mut text, shown.2.as_bytes());
                }
                Op::XObject(form) if depth < DEPTH_LIMIT => {
                    if let Some(form) = resources.get_x_object(form.0) {
                        self.form(&form, resources, text.state.matrix, depth)?;
                    }
                }
                other => text.change(&other),
            }
        }
        Ok(())
    }

    /// A form is content of its own; pictures are none.
    fn form(
        &mut self,
        form: &Stream<'_>,
        outer: &Resources<'_>,
        matrix: Matrix,
        depth: usize,
    ) -> Result<(), &'static str> {
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() != Some(b"Form") {
            return Ok(());
        }
        let Ok(content) = form.decoded() else { return Ok(()) };
        let own =
            dict.get::<Array<'_>>("Matrix").map(|list| list.iter::<f32>().map(f64::from).collect::<Vec<_>>());
        let own = own.and_then(|list| <[f64; 6]>::try_from(list).ok()).map_or(Matrix::IDENTITY, Matrix);
        match dict.get::<Dict<'_>>("Resources") {
            Some(resources) => self.run(&content, &Resources::new(resources), own.then(matrix), depth + 1),
            None => self.run(&content, outer, own.then(matrix), depth + 1),
        }
    }

    /// Strings with steps between them, in thousandths of the size.
    fn show_all(&mut self, text: &mut Text, list: &Array<'_>) {
        for item in list.iter::<Object<'_>>() {
            match item {
                Object::String(string) => self.show(text, string.as_bytes()),
                Object::Number(step) => {
                    text.advance(-step.as_f64() / 1000.0 * text.state.size * text.state.scale);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &mut Text, bytes: &[u8]) {
        let font = Rc::clone(&text.state.font);
        let length = if font.wide { 2 } else { 1 };
        for code in bytes.chunks(length) {
            let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
            let shown = font.text(number);
            match &shown {
                Some(_) => self.reader.known += 1,
                None => self.reader.unknown += 1,
            }
            let state = &text.state;
            let word = if code == b" " { state.word_spacing } else { 0.0 };
            let width = font.width(number) * state.size;
            let start = text.place();
            text.advance((width + state.character_spacing + word) * state.scale);
            self.glyph(shown.as_deref().unwrap_or("\u{fffd}"), start, text);
        }
    }

    /// Adds a glyph to its line, or begins one.
    fn glyph(&mut self, shown: &str, start: (f64, f64), text: &Text) {
        let (size, direction) = text.size_and_direction();
        let along = |(x, y): (f64, f64)| x * direction.0 + y * direction.1;
        let across = |(x, y): (f64, f64)| y * direction.0 - x * direction.1;
        let (from, to, height) = (along(start), along(text.place()), across(start));
        let turned = (direction.0 - self.direction.0).abs() + (direction.1 - self.direction.1).abs() > 0.01;
        self.direction = direction;
        let follows = |line: &&mut Line| {
            let gap = from - line.end;
            let level = (height - line.height).abs() < STEP * line.size.max(size);
            !turned && level && gap > -1.5 * size.max(line.size) && gap < APART * size.max(line.size)
        };
        match self.lines.last_mut().filter(follows) {
            Some(line) => {
                let wide = from - line.end > SPACE * size;
                if wide && !line.text.ends_with(' ') && shown != " " {
                    line.text.push(' ');
                }
                if from - line.end > WIDE * size && line.gaps.len() < GAP_LIMIT {
                    line.gaps.push(Gap { at: line.text.len(), end: line.end, start: from });
                }
                line.text.push_str(shown);
                line.end = to;
                // A raised number is no measure of its line.
                if size > line.size {
                    (line.size, line.height) = (size, height);
                }
            }
            None => {
                self.lines.push(Line {
                    text: shown.to_owned(),
                    start: from,
                    end: to,
                    height,
                    size,
                    gaps: Vec::new(),
                });
            }
        }
    }
}

/// The text state and where the next glyph goes.
struct Text {
    state: State,
    kept: Vec<State>,
    at: Matrix,
    line: Matrix,
}

impl Text {
    /// Operations that change the state only.
    fn change(&mut self, operation: &Op<'_, '_>) {
        match operation {
            Op::SaveState(_) if self.kept.len() < STATE_LIMIT => self.kept.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.kept.pop() {
                    self.state = state;
                }
            }
            Op::Transform(by) => {
                let by = [by.0, by.1, by.2, by.3, by.4, by.5].map(|number| number.as_f64());
                self.state.matrix = Matrix(by).then(self.state.matrix);
            }
            Op::BeginText(_) => (self.at, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Op::CharacterSpacing(value) => self.state.character_spacing = value.0.as_f64(),
            Op::WordSpacing(value) => self.state.word_spacing = value.0.as_f64(),
            Op::HorizontalScaling(value) => self.state.scale = value.0.as_f64() / 100.0,
            Op::TextLeading(value) => self.state.leading = value.0.as_f64(),
            Op::TextRise(value) => self.state.rise = value.0.as_f64(),
            Op::NextLine(step) => self.next_line(step.0.as_f64(), step.1.as_f64()),
            Op::NextLineAndSetLeading(step) => {
                self.state.leading = -step.1.as_f64();
                self.next_line(step.0.as_f64(), step.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::SetTextMatrix(to) => {
                let to = [to.0, to.1, to.2, to.3, to.4, to.5].map(|number| number.as_f64());
                (self.at, self.line) = (Matrix(to), Matrix(to));
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.at = self.line;
    }

    fn advance(&mut self, by: f64) {
        self.at = Matrix::shift(by, 0.0).then(self.at);
    }

    /// Where the next glyph goes on the page.
    fn place(&self) -> (f64, f64) {
        let Matrix([.., x, y]) = self.at.then(self.state.matrix);
        (x, y)
    }

    /// The size of the font on the page, and which way the text runs, as a vector of length 1.
    fn size_and_direction(&self) -> (f64, (f64, f64)) {
        let Matrix([a, b, c, d, ..]) = self.at.then(self.state.matrix);
        let length = a.hypot(b);
        let direction = if length > 0.0 { (a / length, b / length) } else { (1.0, 0.0) };
        ((c.hypot(d) * self.state.size).abs().max(0.1), direction)
    }
}
