//! What the readers of containers share: messages, and what a part with metadata says.

use super::Read;
use super::fields::{Field, note};
use crate::check::{Finding, Severity};
use crate::format::container::Container;
use crate::format::xml::{Event, Xml, XmlError};
use crate::text::{Document, LineIndex};

/// Reads a container with `parts`; what goes wrong is told as being no `what`.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    what: &str,
    parts: impl FnOnce(&mut Container<'_>) -> Result<Read, String>,
) -> Read {
    Container::open(bytes).and_then(|mut container| parts(&mut container)).unwrap_or_else(|cause| {
        let message = format!("`{name}` cannot be read as {what}: {cause}");
        let help = "open it in the program it comes from and save it anew, without a password";
        Read::failed(Finding::new(Severity::Error, "broken-document", message).help(help))
    })
}

/// The cause where a part is no XML.
pub(super) fn damaged(part: &str, xml: &str, error: &XmlError) -> String {
    let place = LineIndex::new(xml).position(xml, error.at.min(xml.len()));
    format!("`{part}` is damaged, line {}, column {} ({})", place.line, place.column, error.cause)
}

/// What a container says of its document.
#[derive(Debug, Default)]
pub(super) struct Noted(Vec<(Field, String)>);

impl Noted {
    /// Notes it with a document.
    pub(super) fn note(&self, document: &mut Document) {
        for (field, value) in &self.0 {
            note(document, *field, value);
        }
    }
}

/// The texts of the elements of a part that stand for fields. A part that is missing or damaged says nothing.
pub(super) fn noted(
    container: &mut Container<'_>,
    part: &str,
    field: impl Fn(&str) -> Option<Field>,
) -> Noted {
    let Some(xml) = container.has(part).then(|| container.text(part).ok()).flatten() else {
        return Noted::default();
    };
    noted_in(&xml, field)
}

/// As [`noted`], of the text of a part.
pub(super) fn noted_in(xml: &str, field: impl Fn(&str) -> Option<Field>) -> Noted {
    Noted(fields(xml, field))
}

fn fields(xml: &str, field: impl Fn(&str) -> Option<Field>) -> Vec<(Field, String)> {
    let mut xml = Xml::new(xml);
    let mut found = Vec::new();
    while let Ok(event) = xml.next() {
        match event {
            Event::Start(tag) => {
                if let Some(field) = field(tag.name()) {
                    found.extend(xml.text().map(|text| (field, text)));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// An attribute of every element of a name, in order; empty where an element lacks it.
pub(super) fn attributes(xml: &str, element: &str, attribute: &str) -> Result<Vec<String>, XmlError> {
    let mut xml = Xml::new(xml);
    let mut values = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name() == element => values.push(tag.get(attribute).unwrap_or_default()),
            Event::Eof => return Ok(values),
            _ => {}
        }
    }
}
