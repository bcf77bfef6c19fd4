//! Texts without their white space: places that neither wrapped lines nor another cut of the sentences move.

use glosa::Span;

/// A text without its white space. A *place* is a span of it.
pub(super) struct Squeezed {
    pub(super) text: String,
    /// Where each character starts: here, and in the whole text.
    starts: Vec<(usize, usize)>,
}

impl Squeezed {
    pub(super) fn new(whole: &str) -> Self {
        let mut squeezed = Squeezed { text: String::with_capacity(whole.len()), starts: Vec::new() };
        for (at, c) in whole.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            squeezed.starts.push((squeezed.text.len(), at));
            squeezed.text.push(c);
        }
        squeezed
    }

    /// The place of a span of the whole text.
    pub(super) fn place(&self, span: Span) -> Span {
        let here = |offset| {
            let i = self.starts.partition_point(|&(_, whole)| whole < offset);
            self.starts.get(i).map_or(self.text.len(), |&(here, _)| here)
        };
        Span::new(here(span.start), here(span.end))
    }

    /// The span of the whole text that a place takes, the white space within it included.
    pub(super) fn span(&self, place: Span) -> Span {
        let whole = |here| self.starts[self.starts.partition_point(|&(at, _)| at < here)].1;
        let last = place.of(&self.text).char_indices().next_back();
        let end = last.map_or(place.start, |(at, c)| whole(place.start + at) + c.len_utf8());
        Span::new(whole(place.start), end)
    }
}
