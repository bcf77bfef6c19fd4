use super::Span;

/// The named parts of a document (slides, sheets, cues, units of translation), in the order of its text. A part reaches
/// up to the next one.
///
/// ```
/// use glosa::text::Parts;
///
/// let mut parts = Parts::default();
/// parts.push(0, "slide 1");
/// parts.push(40, "slide 2");
/// assert_eq!((parts.at(39), parts.at(40)), (Some("slide 1"), Some("slide 2")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Whether the parts are units of translation: in a document and its translation those of the same name go
    /// together.
    pub kind: PartKind,
    parts: Vec<(usize, Box<str>)>,
}

/// What parts are good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartKind {
    /// To tell where something stands.
    #[default]
    Place,
    /// To pair a text with its translation too.
    Unit,
}

impl Parts {
    /// No parts yet, of this kind.
    pub fn of(kind: PartKind) -> Self {
        Parts { kind, ..Parts::default() }
    }

    /// Begins a part at a byte of the text; positions must grow. A part without text gives way to the next one.
    pub fn push(&mut self, start: usize, name: impl Into<Box<str>>) {
        match self.parts.last_mut() {
            Some(last) if last.0 == start => last.1 = name.into(),
            _ => self.parts.push((start, name.into())),
        }
    }

    /// The name of the part in which a byte of the text lies.
    pub fn at(&self, at: usize) -> Option<&str> {
        let next = self.parts.partition_point(|(start, _)| *start <= at);
        self.parts.get(next.checked_sub(1)?).map(|(_, name)| &**name)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts with their bytes, the last up to the end of a text of this length.
    pub fn spans(&self, length: usize) -> impl Iterator<Item = (&str, Span)> {
        let ends = self.parts.iter().skip(1).map(|(start, _)| *start).chain([length]);
        self.parts.iter().zip(ends).map(|((start, name), end)| (&**name, Span::new(*start, end.max(*start))))
    }
}
