//! Entries as small trees, one at a time, so that a large file needs the room of its largest entry.
//!
//! What is read so is written again one day, as XML perhaps: characters that XML does not allow are refused.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::guard::{Guard, Step};
use super::{Tag, XmlError};

/// How many elements an entry may have in all.
const ELEMENTS: usize = 2_000_000;

/// An element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// The name without a prefix.
    pub(crate) name: String,
    /// Whether the name had a prefix.
    pub(crate) prefixed: bool,
    /// The attributes in order; their names without prefix but for `xml:lang` and `xmlns`.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Child>,
    /// Its byte in the text.
    pub(crate) at: usize,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Child {
    Text(String),
    Node(Node),
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `xml:lang`, or `lang` as old files have it.
    pub(crate) fn lang(&self) -> Option<&str> {
        self.attribute("xml:lang").or_else(|| self.attribute("lang"))
    }

    /// The elements in it, in order.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The first element of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }

    /// The first element of a name, however deep.
    pub(crate) fn find(&self, name: &str) -> Option<&Node> {
        self.nodes().find_map(|node| if node.name == name { Some(node) } else { node.find(name) })
    }

    /// The text that stands in it and in no element in it.
    pub(crate) fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Node(_) => None,
        });
        texts.collect()
    }

    /// All text in it, that of the elements in it too.
    pub(crate) fn text(&self) -> String {
        self.text_without(&[])
    }

    /// All text in it but that within elements of these names.
    pub(crate) fn text_without(&self, names: &[&str]) -> String {
        let mut out = String::new();
        self.push_text(names, &mut out);
        out
    }

    fn push_text(&self, without: &[&str], out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Node(node) if !without.contains(&node.name.as_str()) => node.push_text(without, out),
                Child::Node(_) => {}
            }
        }
    }
}

/// What is met on the way through a file.
#[derive(Debug)]
pub(crate) enum Piece {
    /// An element that entries are in, as it opens: no children.
    Open(Node),
    /// An entry.
    Entry(Node),
}

/// The root element of a text that begins as XML does, without children.
pub(crate) fn root(text: &str) -> Option<Node> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return node(&Tag { tag }, 0).ok(),
            Event::Eof => return None,
            Event::Text(text) if !text.trim_matches('\u{feff}').trim().is_empty() => return None,
            _ => {}
        }
    }
}

/// Goes through a file in UTF-8: elements of the names given come whole, the others as they open.
///
/// # Errors
/// Where the file is not well formed, or what it holds that is not read; the place is a byte of the file.
pub(crate) fn walk(
    source: impl BufRead,
    entries: &[&str],
    mut met: impl FnMut(Piece),
) -> Result<(), XmlError> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().expand_empty_elements = true;
    let (mut guard, mut walker) = (Guard::default(), Walker::default());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let at = reader.buffer_position() as usize;
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| XmlError::broken(reader.error_position() as usize, error))?;
        match guard.step(event, at)? {
            Some(Step::Eof) => return Ok(()),
            Some(step) => walker.step(step, at, entries, &mut met).map_err(|why| XmlError::new(at, why))?,
            None => {}
        }
    }
}

/// The characters of XML 1.0, section 2.2.
pub(crate) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..) && c != '\u{fffe}'
}

#[derive(Default)]
struct Walker {
    /// The open elements; within an entry, with what was read of them.
    stack: Vec<Node>,
    /// How many elements were open when the entry began.
    whole: Option<usize>,
    /// How many elements the entry has so far.
    elements: usize,
}

impl Walker {
    fn step(
        &mut self,
        step: Step<'_>,
        at: usize,
        entries: &[&str],
        met: &mut impl FnMut(Piece),
    ) -> Result<(), String> {
        match step {
            Step::Start(tag) => return self.start(node(&tag, at)?, entries, met),
            Step::End(_) => self.close(met),
            Step::Text(text) => return self.text(&text.xml10_content()),
            Step::CData(text) => return self.text(&text.xml10_content()),
            Step::Reference(c) => return self.text(c.encode_utf8(&mut [0; 4])),
            Step::Eof => {}
        }
        Ok(())
    }

    fn start(&mut self, node: Node, entries: &[&str], met: &mut impl FnMut(Piece)) -> Result<(), String> {
        if self.whole.is_some() {
            self.elements += 1;
            if self.elements > ELEMENTS {
                return Err(format!("an entry has more than {ELEMENTS} elements"));
            }
        } else if !self.stack.is_empty() && entries.contains(&node.name.as_str()) {
            (self.whole, self.elements) = (Some(self.stack.len()), 0);
        } else {
            met(Piece::Open(node.clone()));
        }
        self.stack.push(node);
        Ok(())
    }

    fn close(&mut self, met: &mut impl FnMut(Piece)) {
        let Some(node) = self.stack.pop() else { return };
        match self.whole {
            Some(level) if level == self.stack.len() => {
                self.whole = None;
                met(Piece::Entry(node));
            }
            Some(_) => {
                if let Some(parent) = self.stack.last_mut() {
                    parent.children.push(Child::Node(node));
                }
            }
            None => {}
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        all_allowed(text)?;
        let Some(node) = self.stack.last_mut().filter(|_| self.whole.is_some()) else { return Ok(()) };
        match node.children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => node.children.push(Child::Text(text.to_owned())),
        }
        Ok(())
    }
}

/// The start of an element.
fn node(tag: &Tag<'_>, at: usize) -> Result<Node, String> {
    let mut attributes = Vec::new();
    for (key, value) in tag.attributes() {
        let local = match key.split_once(':') {
            Some(("xml" | "xmlns", _)) | None => key,
            Some((_, local)) => local,
        };
        all_allowed(&value)?;
        attributes.push((local.to_owned(), value.into_owned()));
    }
    let prefixed = tag.full_name().contains(':');
    Ok(Node { name: tag.name().to_owned(), prefixed, attributes, children: Vec::new(), at })
}

fn all_allowed(text: &str) -> Result<(), String> {
    match text.chars().find(|c| !is_allowed(*c)) {
        Some(c) => Err(format!("the character U+{:04X} is not allowed in XML", u32::from(c))),
        None => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The first element `e` of a text.
    pub(crate) fn first(text: &str) -> Result<Node, XmlError> {
        let mut found = None;
        walk(text.as_bytes(), &["e"], |piece| {
            if let Piece::Entry(node) = piece {
                found = Some(node);
            }
        })?;
        Ok(found.unwrap_or_default())
    }

    #[test]
    fn text_is_put_together_over_references_comments_and_cdata() {
        let text = "<r><e a='1&amp;&#x41;\n2'>AT&amp;T<!-- no --> &#241;<![CDATA[<&>]]>\r\n<?pi no?><i>k</i></e></r>";
        let node = first(text).expect("well formed");
        assert_eq!(node.text(), "AT&T ñ<&>\nk");
        assert_eq!(node.attribute("a"), Some("1&A 2"));
    }

    #[test]
    fn what_xml_does_not_allow_is_refused_with_its_place() {
        for (text, why, at) in [
            ("<r><e>&#1;</e></r>", "U+0001 is not allowed", 6),
            ("<r><e a='&#xFFFE;'/></r>", "U+FFFE is not allowed", 3),
            ("<r><e>", "ends before its elements do", 6),
            ("<r><e>&ntilde;</e></r>", "`&ntilde;` cannot be resolved", 6),
            ("<r><e></r>", "not well formed", 6),
        ] {
            let error = first(text).expect_err(text);
            assert!(error.cause.contains(why), "{text}: {}", error.cause);
            assert_eq!(error.at, at, "{text}");
        }
    }
}
