//! A glossary's text cut into its concepts, each with the comments before it: what is not touched stays as it is, byte
//! for byte, and what is touched is parsed alone.

use std::ops::Range;

use toml_edit::DocumentMut;

use crate::check::Finding;
use crate::termbase::Concept;
use crate::termbase::edit::{self, Surroundings, inline_concepts};

/// A text and where its concepts lie in it.
pub(super) struct Chunks<'t> {
    text: &'t str,
    /// The concepts in order, with the places of their headers.
    pub(super) concepts: Vec<Concept>,
    headers: Vec<usize>,
}

impl<'t> Chunks<'t> {
    /// Cuts a text (no byte order mark, `\n` for line ends).
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn of(name: &str, text: &'t str, around: &Surroundings) -> Result<Chunks<'t>, Vec<Finding>> {
        let concepts = edit::concepts(name, text, around)?;
        let header = |concept: &Concept| {
            let at = concept.place.as_ref()?.span.start;
            text.get(at..).is_some_and(|rest| rest.starts_with("[[")).then_some(at)
        };
        let headers: Option<Vec<usize>> = concepts.iter().map(header).collect();
        let headers = headers.ok_or_else(|| vec![inline_concepts()])?;
        Ok(Chunks { text, concepts, headers })
    }

    /// What stands before the first concept and its comments.
    pub(super) fn head(&self) -> &'t str {
        &self.text[..self.start(0)]
    }

    /// A concept with the comments before it, up to those of the next.
    pub(super) fn chunk(&self, at: usize) -> &'t str {
        &self.text[self.range(at)]
    }

    pub(super) fn range(&self, at: usize) -> Range<usize> {
        self.start(at)..self.start(at + 1)
    }

    /// Where a concept begins, its comments included.
    fn start(&self, at: usize) -> usize {
        let Some(&header) = self.headers.get(at) else { return self.text.len() };
        let floor = at.checked_sub(1).map_or(0, |before| self.headers[before]);
        let mut begin = comments_before(self.text, header, floor);
        // What looks like a comment may be the end of a long string.
        while begin < header && self.text[floor..begin].parse::<DocumentMut>().is_err() {
            begin += self.text[begin..header].find('\n').map_or(header - begin, |end| end + 1);
        }
        begin
    }
}

/// Where the blank and comment lines before a place begin.
fn comments_before(text: &str, at: usize, floor: usize) -> usize {
    let mut begin = at;
    while let Some(line) = text[floor..begin].strip_suffix('\n') {
        let start = floor + line.rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..begin].trim();
        if start <= floor && floor > 0 || !(line.is_empty() || line.starts_with('#')) {
            break;
        }
        begin = start;
        if start == floor {
            break;
        }
    }
    begin
}

/// The lines before a concept that are not about it: all up to the last blank line.
pub(super) fn apart(chunk: &str) -> &str {
    let header = chunk.find("[[").unwrap_or(0);
    let header = chunk[..header].rfind('\n').map_or(0, |end| end + 1);
    chunk[..header].rfind("\n\n").map_or("", |end| &chunk[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_concepts() {
        let text = "# house\n[glossary]\ntitle = \"x\"\n\n# one\n[[concept]] # h\nterms.es = \"a\"\nnote = \"\"\"\n# no comment\n# nor this\"\"\"\n\n# part\n\n# two\n[[concept]]\nterms.es = \"b\"\n[concept.x]\na = 1\n# end\n";
        let chunks = Chunks::of("g", text, &Surroundings::default()).expect("chunks");
        let all: Vec<&str> = (0..2).map(|at| chunks.chunk(at)).collect();
        assert_eq!(chunks.head().to_owned() + &all.concat(), text);
        assert!(all[0].starts_with("\n# one\n[[") && all[0].ends_with("nor this\"\"\"\n"), "{all:?}");
        assert_eq!(apart(all[1]), "\n# part\n");
        let first = "# c\n[[concept]]\nterms.es = \"a\"\n";
        assert_eq!(Chunks::of("g", first, &Surroundings::default()).expect("chunks").chunk(0), first);
    }

    #[test]
    fn inline_concepts_are_refused() {
        let text = "concept = [{ terms.es = \"a\" }]\n";
        assert!(Chunks::of("g", text, &Surroundings::default()).is_err());
    }
}
