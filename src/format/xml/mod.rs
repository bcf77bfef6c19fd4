//! XML, read with care: no file is opened, nothing is expanded, and nothing of the text is lost.
//!
//! What is refused is refused for every reader alike ([`guard`]): an entity, a document type that declares one, elements
//! or attributes without end, text outside the root. Of references only the five names of XML and those by number are
//! resolved. Documents are read step by step with [`Xml`], whose places are bytes of the source, so that text can be
//! shown where it stands in the file; termbases entry by entry, each a small tree ([`tree`]). Text comes in pieces, for a
//! reference or a CDATA section divides it; [`Xml::text`] and the trees put the pieces of an element together.

mod guard;
pub(crate) mod tree;
mod write;

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::BytesStart;

use super::decode::{Decoded, decode_labelled};
use crate::check::{Finding, Severity};
use crate::text::{LineIndex, Span};
use guard::{Guard, Step};
pub(crate) use write::{Attribute, Writer};

/// A step through an XML text. An empty element (`<a/>`) gives a start and an end.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// An element ends; its name without prefix.
    End(String),
    /// A piece of text as it stands in the source, with its bytes there.
    #[cfg_attr(not(feature = "office"), allow(dead_code, reason = "only containers are read so"))]
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
    #[cfg_attr(not(feature = "office"), allow(dead_code, reason = "only containers are read so"))]
    pub(crate) fn get_local(&self, name: &str) -> Option<String> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        self.attributes().find(|(key, _)| wanted(key)).map(|(_, value)| value.into_owned())
    }

    /// The attributes in order: names as written, values with references resolved.
    fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let attributes = self.tag.attributes().flatten();
        attributes.filter_map(|one| Some((one.key.into_inner(), guard::value(&one).ok()?)))
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

    /// An error of the underlying reader.
    fn broken(at: usize, error: impl std::fmt::Display) -> Self {
        XmlError::new(at, format!("not well formed: {error}"))
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
    guard: Guard,
}

impl<'a> Xml<'a> {
    /// A reader at the start of a text, which may begin with a byte order mark.
    pub(crate) fn new(source: &'a str) -> Self {
        let base = source.len() - source.trim_start_matches('\u{feff}').len();
        let mut reader = Reader::from_str(&source[base..]);
        reader.config_mut().expand_empty_elements = true;
        Xml { source, reader, base, guard: Guard::default() }
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
    /// Where the text is not well-formed, or what [`guard`] refuses.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, XmlError> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| {
                XmlError::broken(self.base + self.reader.error_position() as usize, error)
            })?;
            let span = Span::new(start, self.position());
            let Some(step) = self.guard.step(event, start)? else { continue };
            return Ok(match step {
                Step::Start(tag) => Event::Start(tag),
                Step::End(tag) => Event::End(tag.local_name().into_inner().to_owned()),
                Step::Text(_) => Event::Text(span.of(self.source), span),
                Step::CData(_) => {
                    let inner = Span::new(start + "<![CDATA[".len(), span.end - "]]>".len());
                    Event::Text(inner.of(self.source), inner)
                }
                Step::Reference(c) => Event::Reference(c, span),
                Step::Eof => Event::Eof,
            });
        }
    }

    /// The text of the element that has just begun, all its elements' texts included, up to its end.
    ///
    /// # Errors
    /// As [`Xml::next`].
    #[cfg_attr(not(feature = "office"), allow(dead_code, reason = "only containers are read so"))]
    pub(crate) fn text(&mut self) -> Result<String, XmlError> {
        let mut text = String::new();
        let outside = self.guard.depth().saturating_sub(1);
        while self.guard.depth() > outside {
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
        let outside = self.guard.depth().saturating_sub(1);
        while self.guard.depth() > outside {
            if let Event::Eof = self.next()? {
                break;
            }
        }
        Ok(())
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

/// Whether a file begins as XML does, with its declaration.
pub(crate) fn is_declared(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.starts_with(b"<?xml")
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
            ("<!DOCTYPE a SYSTEM \"a.dtd\"><a><!-- no -->uno<?pi?> dos</a>\n", "<a>uno dos</a>"),
        ];
        for (source, wanted) in cases {
            assert_eq!(steps(source).as_deref(), Ok(wanted), "{source}");
        }
    }

    #[test]
    fn what_is_broken_or_would_have_to_be_opened_is_refused() {
        let deep = "<a>".repeat(guard::DEPTH + 1);
        let wide: String = (0..=guard::ATTRIBUTES).map(|i| format!(" a{i}=''")).collect();
        let wide = format!("<a{wide}/>");
        let cases = [
            ("<a>\n &e;</a>", "`&e;` cannot be resolved"),
            ("<a b=\"&e;\"/>", "`&e;` cannot be resolved"),
            ("<a b=\"&\"/>", "not well formed"),
            ("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///x\">]><a/>", "declares entities"),
            ("<!DOCTYPE a [%e;]><a/>", "declares entities"),
            ("<a>&#0;</a>", "not well formed"),
            ("<a>&#+1;</a>", "not well formed"),
            ("<a>&#x110000;</a>", "not well formed"),
            ("<a><b></a>", "not well formed"),
            ("<a b=\"1\" b=\"2\"/>", "not well formed"),
            ("<a>", "ends before its elements do"),
            ("", "there is no XML element"),
            ("text", "text outside the root element"),
            ("<a/>text", "text outside the root element"),
            ("<a/><a/>", "more than one root element"),
            (&deep, "nested more than 500 deep"),
            (&wide, "more than 200 attributes"),
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
