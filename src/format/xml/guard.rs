//! What no reader of XML takes, whatever it reads.
//!
//! Entities and what could declare them, nesting and attributes without end, more than one root, text outside it. Only
//! the five names of XML 1.0 (section 4.6) and character references are resolved.

use std::borrow::Cow;

use quick_xml::escape::{EscapeError, resolve_xml_entity};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesCData, BytesEnd, BytesRef, BytesStart, BytesText, Event};
use quick_xml::{Error, XmlVersion};

use super::{Tag, XmlError};

/// How deep elements may lie in one another.
pub(super) const DEPTH: usize = 500;
/// How many attributes an element may have.
pub(super) const ATTRIBUTES: usize = 200;

/// A step that has been looked at. An empty element gives a start and an end.
pub(super) enum Step<'a> {
    Start(Tag<'a>),
    End(BytesEnd<'a>),
    Text(BytesText<'a>),
    CData(BytesCData<'a>),
    Reference(char),
    Eof,
}

/// Looks at every step.
#[derive(Debug, Default)]
pub(super) struct Guard {
    depth: usize,
    rooted: bool,
}

impl Guard {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The step that an event at a byte is, unless it says nothing (a comment, a declaration).
    ///
    /// # Errors
    /// What is wrong with it, at that byte.
    pub(super) fn step<'a>(&mut self, event: Event<'a>, at: usize) -> Result<Option<Step<'a>>, XmlError> {
        Ok(Some(match event {
            Event::Start(tag) => self.start(tag, at)?,
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Step::End(tag)
            }
            Event::Text(text) if self.depth > 0 => Step::Text(text),
            Event::Text(text) => return is_blank(&text, at).map(|()| None),
            Event::CData(text) if self.depth > 0 => Step::CData(text),
            Event::GeneralRef(name) if self.depth > 0 => Step::Reference(resolved(&name, at)?),
            Event::CData(_) | Event::GeneralRef(_) => return Err(outside(at)),
            Event::Eof => self.end(at)?,
            Event::DocType(doctype) if declares_entities(&doctype) => {
                let help = "write the characters themselves, and remove the declarations";
                let cause = "the document type declares entities, which are not read";
                return Err(XmlError { help: Some(help), ..XmlError::new(at, cause) });
            }
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                return Ok(None);
            }
        }))
    }

    fn start<'a>(&mut self, tag: BytesStart<'a>, at: usize) -> Result<Step<'a>, XmlError> {
        if self.depth == 0 && std::mem::replace(&mut self.rooted, true) {
            return Err(XmlError::new(at, "there is more than one root element"));
        }
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(XmlError::new(at, format!("elements are nested more than {DEPTH} deep")));
        }
        for (number, attribute) in tag.attributes().enumerate() {
            if number == ATTRIBUTES {
                return Err(XmlError::new(at, format!("an element has more than {ATTRIBUTES} attributes")));
            }
            let attribute = attribute.map_err(|error| XmlError::broken(at, error))?;
            value(&attribute).map_err(|error| match error {
                Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => unresolved(&name, at),
                error => XmlError::broken(at, error),
            })?;
        }
        Ok(Step::Start(Tag { tag }))
    }

    fn end(&self, at: usize) -> Result<Step<'static>, XmlError> {
        match (self.rooted, self.depth) {
            (true, 0) => Ok(Step::Eof),
            (true, _) => Err(XmlError::broken(at, "the text ends before its elements do")),
            (false, _) => Err(XmlError::new(at, "there is no XML element")),
        }
    }
}

/// What stands outside the root is white space.
fn is_blank(text: &str, at: usize) -> Result<(), XmlError> {
    let is_blank = text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty();
    if is_blank { Ok(()) } else { Err(outside(at)) }
}

fn outside(at: usize) -> XmlError {
    XmlError::new(at, "there is text outside the root element")
}

/// The value of an attribute: white space as spaces, references resolved.
pub(super) fn value<'a>(attribute: &Attribute<'a>) -> Result<Cow<'a, str>, Error> {
    attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_xml_entity)
}

/// The character that a reference stands for.
fn resolved(reference: &BytesRef<'_>, at: usize) -> Result<char, XmlError> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| XmlError::broken(at, error))? {
        return Ok(c);
    }
    let named = resolve_xml_entity(reference).and_then(|text| text.chars().next());
    named.ok_or_else(|| unresolved(reference, at))
}

fn unresolved(name: &str, at: usize) -> XmlError {
    let shown: String = name.chars().take(40).collect();
    XmlError {
        help: Some(
            "write the character itself; entities other than &amp; &lt; &gt; &quot; &apos; are never opened",
        ),
        ..XmlError::new(at, format!("the reference `&{shown};` cannot be resolved"))
    }
}

/// A document type that only names its DTD is passed over; it is never opened.
fn declares_entities(doctype: &str) -> bool {
    doctype.contains("<!ENTITY") || doctype.split_once('[').is_some_and(|(_, inner)| inner.contains('%'))
}
