//! XML, read with care: no file is opened, nothing is expanded, and nothing of the text is lost.
//!
//! A DOCTYPE is passed over unread. Of references only the five names of XML and those by number are resolved; any
//! other is an error, since what it stands for would have to be fetched or expanded. Text comes in pieces, for a
//! reference or a CDATA section divides it; [`Xml::text`] puts the pieces of an element together.
//!
//! Places are bytes of the source, so that text can be shown where it stands in the file.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};

use super::decode::{Decoded, decode_labelled};
use crate::check::{Finding, Severity};
use crate::text::{LineIndex, Span};

/// How deep elements may lie in one another.
const DEPTH_LIMIT: usize = 500;

/// A step through an XML text. An empty element (`<a/>`) gives a start and an end.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// An element ends; its name without prefix.
    End(String),
    /// A piece of text as it stands in the source, with its bytes there.
    Text(&'a str, Span),
    /// A reference resolved, with its bytes in the source.
    Reference(char, Span),
    /// The text ends here, with all its elements closed.
    Eof,
}

/// The start of an element.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    tag: BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without prefix.
    pub(crate) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The name as written.
    pub(crate) fn full_name(&self) -> &str {
        self.tag.name().into_inner()
    }

    /// An attribute by its name as written (`xml:lang`), references resolved.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.find(|key| key == name)
    }

    /// An attribute by its name without prefix.
    pub(crate) fn get_local(&self, name: &str) -> Option<String> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut attributes = self.tag.attributes().flatten();
        let found = attributes.find(|attribute| wanted(attribute.key.into_inner()))?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// Why an XML text cannot be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct XmlError {
    /// The byte where that shows.
    pub(crate) at: usize,
    /// What is wrong, to follow a colon.
    pub(crate) cause: String,
    /// What to do, where that is known.
    pub(crate) help: Option<&'static str>,
}

impl XmlError {
    /// An error at a byte.
    pub(crate) fn new(at: usize, cause: impl Into<String>) -> Self {
        XmlError { at, cause: cause.into(), help: None }
    }

    /// The finding for a file, with line and column of the place.
    pub(crate) fn finding(&self, name: &str, source: &str) -> Finding {
        let place = LineIndex::new(source).position(source, self.at.min(source.len()));
        let message = format!("`{name}`, line {}, column {}: {}", place.line, place.column, self.cause);
        let help =
            self.help.unwrap_or("mend the XML there, or save the file anew from the program it comes from");
        Finding::new(Severity::Error, "broken-xml", message).help(help)
    }
}

/// Reads an XML text step by step.
pub(crate) struct Xml<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where the reader's offsets count from.
    base: usize,
    depth: usize,
    begun: bool,
}

impl<'a> Xml<'a> {
    /// A reader at the start of a text, which may begin with a byte order mark.
    pub(crate) fn new(source: &'a str) -> Self {
        let base = source.len() - source.trim_start_matches('\u{feff}').len();
        let mut reader = Reader::from_str(&source[base..]);
        reader.config_mut().expand_empty_elements = true;
        Xml { source, reader, base, depth: 0, begun: false }
    }

    /// The text that is read.
    pub(crate) fn source(&self) -> &'a str {
        self.source
    }

    /// The byte that is read next.
    pub(crate) fn position(&self) -> usize {
        self.base + self.reader.buffer_position() as usize
    }

    /// The next step.
    ///
    /// # Errors
    /// Where the text is not well-formed, nested too deep, or names an entity.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, XmlError> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| {
                XmlError::new(self.base + self.reader.error_position() as usize, error.to_string())
            })?;
            let span = Span::new(start, self.position());
            match event {
                Raw::Start(tag) => return self.start(tag, start),
                Raw::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Event::End(tag.local_name().into_inner().to_owned()));
                }
                Raw::Text(_) => return Ok(Event::Text(span.of(self.source), span)),
                Raw::CData(_) => {
                    let inner = Span::new(start + "<![CDATA[".len(), span.end - "]]>".len());
                    return Ok(Event::Text(inner.of(self.source), inner));
                }
                Raw::GeneralRef(reference) => {
                    let c =
                        resolved(&reference.into_inner()).map_err(|error| XmlError { at: start, ..error })?;
                    return Ok(Event::Reference(c, span));
                }
                Raw::Eof => return self.end(),
                Raw::Empty(_) | Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => {}
            }
        }
    }

    /// The text of the element that has just begun, all its elements' texts included, up to its end.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(crate) fn text(&mut self) -> Result<String, XmlError> {
        let mut text = String::new();
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next()? {
                Event::Text(piece, _) => text.push_str(piece),
                Event::Reference(c, _) => text.push(c),
                Event::Eof => break,
                Event::Start(_) | Event::End(_) => {}
            }
        }
        Ok(text)
    }

    /// Passes over the element that has just begun.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(crate) fn skip(&mut self) -> Result<(), XmlError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Event::Eof = self.next()? {
                break;
            }
        }
        Ok(())
    }

    fn start(&mut self, tag: BytesStart<'a>, at: usize) -> Result<Event<'a>, XmlError> {
        self.depth += 1;
        self.begun = true;
        if self.depth > DEPTH_LIMIT {
            return Err(XmlError::new(at, format!("elements are nested more than {DEPTH_LIMIT} deep")));
        }
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| XmlError::new(at, error.to_string()))?;
            if let Some(name) =
                attribute.value.contains('&').then(|| unknown_name(&attribute.value)).flatten()
            {
                return Err(XmlError { at, ..unresolved(name) });
            }
        }
        Ok(Event::Start(Tag { tag }))
    }

    fn end(&mut self) -> Result<Event<'a>, XmlError> {
        match (self.begun, self.depth) {
            (true, 0) => Ok(Event::Eof),
            (true, _) => Err(XmlError::new(self.source.len(), "the text ends before its elements do")),
            (false, _) => Err(XmlError::new(self.source.len(), "there is no XML element")),
        }
    }
}

/// Reads the bytes of an XML file, in the encoding that they state or seem to be in, with `parse`.
///
/// # Errors
/// A finding that names the file, the place and the cause.
pub(crate) fn read<T>(
    name: &str,
    bytes: &[u8],
    parse: impl FnOnce(&mut Xml<'_>) -> Result<T, XmlError>,
) -> Result<(T, Decoded), Finding> {
    let decoded = decode_labelled(name, bytes, stated_encoding(bytes))?;
    let parsed = parse(&mut Xml::new(&decoded.text)).map_err(|error| error.finding(name, &decoded.text))?;
    Ok((parsed, decoded))
}

/// The name in the first reference of an attribute's value that cannot be resolved.
fn unknown_name(value: &str) -> Option<&str> {
    let mut references = value.split('&').skip(1);
    references.find_map(|rest| {
        let name = rest.split_once(';').map_or("", |(name, _)| name);
        resolved(name).is_err().then_some(name)
    })
}

/// The character that a reference names, given what stands between `&` and `;`.
fn resolved(name: &str) -> Result<char, XmlError> {
    let number = |digits: &str, radix| {
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| *c != '\0')
    };
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(hex), _) => number(hex, 16),
            (_, Some(decimal)) => number(decimal, 10),
            _ => None,
        },
    };
    c.ok_or_else(|| unresolved(name))
}

fn unresolved(name: &str) -> XmlError {
    let shown: String = name.chars().take(40).collect();
    XmlError {
        help: Some(
            "write the character itself; entities other than &amp; &lt; &gt; &quot; &apos; are never opened",
        ),
        ..XmlError::new(0, format!("the reference `&{shown};` cannot be resolved"))
    }
}

/// The encoding that the XML declaration of a file states.
pub(crate) fn stated_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(256)];
    let declaration = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memmem::find(declaration, b"?>")?];
    let after = &declaration[memchr::memmem::find(declaration, b"encoding")? + "encoding".len()..];
    let mut parts = after.splitn(3, |b| matches!(b, b'"' | b'\''));
    parts.next()?;
    parts.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps of a text on one line.
    fn steps(source: &str) -> Result<String, XmlError> {
        let mut xml = Xml::new(source);
        let mut steps = String::new();
        loop {
            match xml.next()? {
                Event::Start(tag) => steps += &format!("<{}>", tag.name()),
                Event::End(name) => steps += &format!("</{name}>"),
                Event::Text(text, span) => {
                    assert_eq!(span.of(source), text);
                    steps += text;
                }
                Event::Reference(c, span) => {
                    assert!(span.of(source).starts_with('&') && span.of(source).ends_with(';'));
                    steps.push(c);
                }
                Event::Eof => return Ok(steps),
            }
        }
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        let cases = [
            ("<a>AT&amp;T &#233;&#xF1; <![CDATA[<b> & c]]>!</a>", "<a>AT&T éñ <b> & c!</a>"),
            ("\u{feff}<?xml version=\"1.0\"?><x:a y=\"1\"/>", "<a></a>"),
            ("<!DOCTYPE a [<!ENTITY e \"x\">]><a><!-- no -->uno<?pi?> dos</a>", "<a>uno dos</a>"),
        ];
        for (source, wanted) in cases {
            assert_eq!(steps(source).as_deref(), Ok(wanted), "{source}");
        }
    }

    #[test]
    fn what_is_broken_or_would_have_to_be_opened_is_refused() {
        let deep = "<a>".repeat(DEPTH_LIMIT + 1);
        let cases = [
            ("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///x\">]><a>\n &e;</a>", "`&e;` cannot be resolved"),
            ("<a b=\"&e;\"/>", "`&e;` cannot be resolved"),
            ("<a>&#0;</a>", "cannot be resolved"),
            ("<a>&#x110000;</a>", "cannot be resolved"),
            ("<a><b></a>", ""),
            ("<a b=\"1\" b=\"2\"/>", ""),
            ("<a>", "ends before its elements do"),
            ("", "there is no XML element"),
            ("text", "there is no XML element"),
            (&deep, "nested more than 500 deep"),
        ];
        for (source, cause) in cases {
            let error = steps(source).expect_err(source);
            assert!(error.cause.contains(cause), "{source}: {}", error.cause);
        }
        let error = steps(cases[0].0).expect_err("an entity").finding("x.xml", cases[0].0);
        assert!(error.message.starts_with("`x.xml`, line 2, column 2: "), "{}", error.message);
    }

    #[test]
    fn elements_are_read_or_passed_over_whole() {
        let mut xml = Xml::new("<a><b>x<c>y</c>&lt;</b><d><e/>z</d>w</a>");
        let mut next = || xml.next().expect("a step");
        assert!(matches!(next(), Event::Start(_)) && matches!(next(), Event::Start(_)));
        assert_eq!(xml.text().as_deref(), Ok("xy<"));
        assert!(matches!(xml.next(), Ok(Event::Start(tag)) if tag.name() == "d"));
        assert_eq!(xml.skip(), Ok(()));
        assert!(matches!(xml.next(), Ok(Event::Text("w", _))));
    }

    #[test]
    fn the_declaration_names_the_encoding() {
        let cases: [(&[u8], Option<&[u8]>); 4] = [
            (b"<?xml version=\"1.0\" encoding='ISO-8859-1'?>", Some(b"ISO-8859-1")),
            (b"\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\" ?>", Some(b"UTF-8")),
            (b"<?xml version=\"1.0\"?><a encoding=\"x\">", None),
            (b"<a/>", None),
        ];
        for (bytes, wanted) in cases {
            assert_eq!(stated_encoding(bytes), wanted);
        }
    }

    proptest::proptest! {
        /// Whatever the input, reading ends in an error or with every byte seen, and never in a panic.
        #[test]
        fn any_input_is_read_or_refused(source in "(<a>|</a>|<b c=\"|\">|<!\\[CDATA\\[|\\]\\]>|&amp;|&#1|;|&x;|<!--|-->|<\\?|\\?>|ñ|<|>|\"|<!DOCTYPE |\\[|\\]){0,24}") {
            let _ = steps(&source);
        }
    }
}
