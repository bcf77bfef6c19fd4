//! XML, safely: what every XML format of terms is read with.
//!
//! Entries come one at a time as small trees, so that a large file needs the room of its largest entry. Only the five
//! names and character references of XML 1.0 are resolved; a document type that declares entities is refused, one that
//! does not is passed over, and nothing outside the file is ever opened.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::log::{At, Log};
use crate::check::{Finding, Severity};
use crate::format::decode;
use crate::text::Span;

/// How deep elements may stand in one another.
const DEPTH: usize = 200;
/// How many attributes an element may have.
const ATTRIBUTES: usize = 200;
/// How many elements an entry may have in all.
const ELEMENTS: usize = 2_000_000;

/// An element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// The name without a prefix.
    pub(super) name: String,
    /// Whether the name had a prefix.
    pub(super) prefixed: bool,
    /// The attributes in order; their names without prefix but for `xml:lang` and `xmlns`.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
    /// Its byte in the text.
    pub(super) at: usize,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Child {
    Text(String),
    Node(Node),
}

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `xml:lang`, or `lang` as old files have it.
    pub(super) fn lang(&self) -> Option<&str> {
        self.attribute("xml:lang").or_else(|| self.attribute("lang"))
    }

    /// The elements in it, in order.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The first element of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }

    /// The first element of a name, however deep.
    pub(super) fn find(&self, name: &str) -> Option<&Node> {
        self.nodes().find_map(|node| if node.name == name { Some(node) } else { node.find(name) })
    }

    /// The text that stands in it and in no element in it.
    pub(super) fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Node(_) => None,
        });
        texts.collect()
    }

    /// All text in it, that of the elements in it too.
    pub(super) fn text(&self) -> String {
        self.text_without(&[])
    }

    /// All text in it but that within elements of these names.
    pub(super) fn text_without(&self, names: &[&str]) -> String {
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
pub(super) enum Piece {
    /// An element that entries are in, as it opens: no children.
    Open(Node),
    /// An entry.
    Entry(Node),
}

/// Decodes a file: by its byte order mark, else as it declares, else as UTF-8.
pub(super) fn decode(name: &str, bytes: &[u8], log: &mut Log<'_>) -> Result<String, Finding> {
    let guess = decode::sniff(name, bytes)?;
    let utf16 = matches!(guess.encoding.name(), "UTF-16LE" | "UTF-16BE");
    let declared = declared(bytes);
    let other = declared
        .as_deref()
        .filter(|_| !utf16)
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let text = match other.map(encoding_rs::Encoding::output_encoding) {
        _ if utf16 => guess.encoding.decode(bytes).0.into_owned(),
        Some(encoding) if encoding != encoding_rs::UTF_8 && std::str::from_utf8(bytes).is_err() => {
            encoding.decode(bytes).0.into_owned()
        }
        Some(encoding) if encoding != encoding_rs::UTF_8 => utf8(name, bytes)?,
        _ => utf8(name, bytes)?,
    };
    let says_utf16 =
        declared.as_deref().is_some_and(|label| label.to_ascii_lowercase().starts_with("utf-16"));
    if says_utf16 && !utf16 {
        log.repaired(
            "a wrong declaration",
            At::Nowhere,
            "it says that it is UTF-16, but is UTF-8, and is read so",
        );
    }
    match text.char_indices().find(|(_, c)| !is_allowed(*c)) {
        None => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Some((at, c)) => {
            let line = text[..at].matches('\n').count() + 1;
            let message =
                format!("`{name}`, line {line}: the character U+{:04X} is not allowed in XML", u32::from(c));
            Err(Finding::new(Severity::Error, "format-syntax", message).help("remove it; nothing was read"))
        }
    }
}

fn utf8(name: &str, bytes: &[u8]) -> Result<String, Finding> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let at = error.valid_up_to();
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
        let message = format!(
            "`{name}` is not UTF-8, first at byte {at} (line {line}), and declares no other encoding"
        );
        Finding::new(Severity::Error, "format-syntax", message)
            .help("declare its encoding in the first line, or save it as UTF-8; nothing was read")
    })
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration =
        head.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = value.chars().next()?;
    value[1..].split(quote).next().map(str::to_owned)
}

/// The characters of XML 1.0, section 2.2.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..) && c != '\u{fffe}'
}

/// The name of the root element, if the text begins as XML does.
pub(super) fn root(text: &str) -> Option<Node> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return element(&tag, 0).ok(),
            Event::Eof => return None,
            Event::Text(text) if !text.xml10_content().trim().is_empty() => return None,
            _ => {}
        }
    }
}

/// Goes through a file: elements of the names given come whole, the others as they open.
///
/// # Errors
/// The finding that says where the file is not well formed, or what it holds that is not read.
pub(super) fn walk(
    name: &str,
    text: &str,
    entries: &[&str],
    mut met: impl FnMut(Piece),
) -> Result<(), Finding> {
    let mut walker = Walker { name, stack: Vec::new(), whole: None, elements: 0, rooted: false };
    let mut reader = Reader::from_str(text);
    loop {
        let at = position(&reader);
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(at);
            broken(name, at.min(text.len()), &format!("not well formed: {error}"))
        })?;
        if matches!(event, Event::Eof) {
            return walker.end(text.len());
        }
        walker.event(event, at, entries, &mut met).map_err(|why| broken(name, at, &why))?;
    }
}

/// As [`walk`], for a file too large to hold, in UTF-8: what is held is the entry at hand.
///
/// # Errors
/// As [`walk`]; the place is a byte of the file.
pub(super) fn walk_stream(
    name: &str,
    source: impl BufRead,
    entries: &[&str],
    mut met: impl FnMut(Piece),
) -> Result<(), Finding> {
    let mut walker = Walker { name, stack: Vec::new(), whole: None, elements: 0, rooted: false };
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let at = position(&reader);
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return walker.end(at),
            Ok(event) => event,
            Err(error) => return Err(broken(name, at, &format!("not well formed: {error}"))),
        };
        walker.event(event, at, entries, &mut met).map_err(|why| broken(name, at, &why))?;
    }
}

fn position<R>(reader: &Reader<R>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn broken(name: &str, at: usize, why: &str) -> Finding {
    Finding::new(Severity::Error, "format-syntax", why.to_owned())
        .at(name, Span::new(at, at))
        .help("correct this place; nothing was read")
}

struct Walker<'a> {
    name: &'a str,
    /// The open elements; within an entry, with what was read of them.
    stack: Vec<Node>,
    /// How many elements were open when the entry began.
    whole: Option<usize>,
    /// How many elements the entry has so far.
    elements: usize,
    rooted: bool,
}

impl Walker<'_> {
    fn event(
        &mut self,
        event: Event<'_>,
        at: usize,
        entries: &[&str],
        met: &mut impl FnMut(Piece),
    ) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.start(&tag, at, entries, met),
            Event::Empty(tag) => {
                self.start(&tag, at, entries, met)?;
                self.close(met);
                Ok(())
            }
            Event::End(_) => {
                self.close(met);
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.text(&resolved(&reference)?),
            Event::DocType(doctype) => doctype_without_entities(&doctype.xml10_content()),
            _ => Ok(()),
        }
    }

    fn start(
        &mut self,
        tag: &BytesStart<'_>,
        at: usize,
        entries: &[&str],
        met: &mut impl FnMut(Piece),
    ) -> Result<(), String> {
        let node = element(tag, at)?;
        if self.stack.len() >= DEPTH {
            return Err(format!("elements stand more than {DEPTH} deep in one another"));
        }
        if self.stack.is_empty() && std::mem::replace(&mut self.rooted, true) {
            return Err("there is more than one root element".to_owned());
        }
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
        let Some(node) = self.stack.last_mut() else {
            let blank = text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty();
            return if blank { Ok(()) } else { Err("there is text outside the root element".to_owned()) };
        };
        if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
            return Err(format!("the character U+{:04X} is not allowed in XML", u32::from(c)));
        }
        if self.whole.is_some() {
            match node.children.last_mut() {
                Some(Child::Text(before)) => before.push_str(text),
                _ => node.children.push(Child::Text(text.to_owned())),
            }
        }
        Ok(())
    }

    fn end(&self, at: usize) -> Result<(), Finding> {
        match self.stack.last() {
            Some(node) => {
                Err(broken(self.name, at, &format!("not well formed: the file ends within <{}>", node.name)))
            }
            None if !self.rooted => Err(broken(self.name, 0, "there is no XML element in it")),
            None => Ok(()),
        }
    }
}

/// The start of an element.
fn element(tag: &BytesStart<'_>, at: usize) -> Result<Node, String> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| format!("not well formed: {error}"))?;
        if attributes.len() >= ATTRIBUTES {
            return Err(format!("an element has more than {ATTRIBUTES} attributes"));
        }
        let key = attribute.key.as_ref();
        let local = match key.split_once(':') {
            Some(("xml" | "xmlns", _)) | None => key,
            Some((_, local)) => local,
        };
        attributes.push((local.to_owned(), unescaped(&attribute.value)?));
    }
    let name = tag.name();
    let prefixed = name.as_ref().contains(':');
    Ok(Node { name: tag.local_name().as_ref().to_owned(), prefixed, attributes, children: Vec::new(), at })
}

/// The value of an attribute: white space as spaces, references resolved.
fn unescaped(value: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find(['&', '\t', '\n', '\r']) {
        out += &rest[..at];
        if !rest[at..].starts_with('&') {
            out.push(' ');
            rest = &rest[at + 1..];
            continue;
        }
        let (name, behind) = rest[at + 1..].split_once(';').ok_or("not well formed: a & without its ;")?;
        out += &resolved(&BytesRef::new(name))?;
        rest = behind;
    }
    Ok(out + rest)
}

/// What a reference stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    let name = reference.xml10_content();
    let named = match &*name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    if !named.is_empty() {
        return Ok(named.to_owned());
    }
    match reference.resolve_char_ref() {
        Ok(Some(c)) if is_allowed(c) => Ok(c.to_string()),
        Ok(Some(_)) => {
            Err(format!("the character reference &{name}; stands for a character that XML does not allow"))
        }
        Ok(None) => {
            Err(format!("&{name}; is an entity; only &amp; &lt; &gt; &quot; &apos; and &#…; are read"))
        }
        Err(error) => Err(format!("not well formed: {error}")),
    }
}

/// A document type that only names its DTD is passed over; it is never opened.
fn doctype_without_entities(doctype: &str) -> Result<(), String> {
    let declares =
        doctype.contains("<!ENTITY") || doctype.split_once('[').is_some_and(|(_, inner)| inner.contains('%'));
    if declares { Err("the document type declares entities, which are not read".to_owned()) } else { Ok(()) }
}

/// The finding for XML of another kind.
pub(super) fn another_kind(name: &str, root: &Node, wanted: &str) -> Finding {
    let message = format!("`{name}` is XML, but not {wanted}: its root element is <{}>", root.name);
    Finding::new(Severity::Error, "format-syntax", message)
        .help("name its format with --from; nothing was read")
}

/// Writes elements on lines of their own, indented; or without any white space between them.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<String>,
    compact: bool,
}

/// An attribute, or none where the value is missing.
pub(super) type Attribute<'a> = (&'a str, Option<&'a str>);

impl Xml {
    /// A document with its declaration.
    pub(super) fn new() -> Self {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), ..Xml::default() }
    }

    /// A document without white space between elements, for readers that take it for text.
    pub(super) fn compact() -> Self {
        Xml { compact: true, ..Xml::new() }
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.start(name, attributes);
        self.out.push('>');
        self.end_line();
        self.open.push(name.to_owned());
    }

    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out += &format!("</{name}>");
            self.end_line();
        }
    }

    /// An element with text, or an empty one.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.start(name, attributes);
        if text.is_empty() {
            self.out += "/>";
        } else {
            self.out.push('>');
            escape(text, false, &mut self.out);
            self.out += &format!("</{name}>");
        }
        self.end_line();
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.into_bytes()
    }

    fn start(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.indent();
        self.out.push('<');
        self.out += name;
        for (key, value) in attributes {
            if let Some(value) = value {
                self.out += &format!(" {key}=\"");
                escape(value, true, &mut self.out);
                self.out.push('"');
            }
        }
    }

    fn indent(&mut self) {
        let depth = if self.compact { 0 } else { self.open.len() };
        self.out.extend(std::iter::repeat_n(' ', depth));
    }

    fn end_line(&mut self) {
        if !self.compact {
            self.out.push('\n');
        }
    }
}

/// Text as XML has it; characters that XML does not allow are left out.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' if attribute => *out += "&quot;",
            '\r' => *out += "&#13;",
            '\n' | '\t' if attribute => *out += &format!("&#{};", u32::from(c)),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Result<Node, Finding> {
        let mut found = None;
        walk("x.xml", text, &["e"], |piece| {
            if let Piece::Entry(node) = piece {
                found = Some(node);
            }
        })?;
        Ok(found.unwrap_or_default())
    }

    #[test]
    fn text_is_put_together_over_references_comments_and_cdata() {
        let text =
            "<r><e a='1&amp;&#x41;\n2'>AT&amp;T<!-- no --> &#241;<![CDATA[<&>]]><?pi no?><i>k</i></e></r>";
        let node = first(text).expect("well formed");
        assert_eq!(node.text(), "AT&T ñ<&>k");
        assert_eq!(node.attribute("a"), Some("1&A 2"));
    }

    #[test]
    fn what_is_not_well_formed_or_not_safe_is_refused() {
        let deep = "<a>".repeat(300);
        for (text, why) in [
            ("<r><e>", "ends within <e>"),
            ("<r><e></r>", "not well formed"),
            ("<r/><r/>", "more than one root"),
            ("<r/>x", "text outside"),
            ("", "no XML element"),
            ("<r a='1' a='2'/>", "not well formed"),
            ("<r><e>&ntilde;</e></r>", "is an entity"),
            ("<r><e a='&x;'/></r>", "is an entity"),
            ("<r><e>&#1;</e></r>", "does not allow"),
            ("<!DOCTYPE r [<!ENTITY x 'y'>]><r/>", "declares entities"),
            ("<!DOCTYPE r [%x;]><r/>", "declares entities"),
            (deep.as_str(), "deep"),
        ] {
            let finding = first(text).expect_err(text);
            assert!(finding.message.contains(why), "{text}: {}", finding.message);
        }
        assert!(first("<!DOCTYPE r SYSTEM \"http://example.org/x.dtd\"><r><e/></r>").is_ok());
    }

    #[test]
    fn encodings_are_told_by_mark_and_declaration() {
        let mut log = Log::new("x.xml");
        let mut read = |bytes: &[u8]| decode("x.xml", bytes, &mut log).map_err(|finding| finding.message);
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><e>a\xf1o</e>";
        assert!(read(latin).expect("Latin-1").contains("año"));
        let utf16: Vec<u8> = "\u{feff}<e>año</e>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&utf16).expect("UTF-16"), "<e>año</e>");
        assert!(
            read(b"<?xml version='1.0' encoding='UTF-8'?><e>a\xf1o</e>").expect_err("no").contains("byte 42")
        );
        assert!(read(b"<e>\x01</e>").expect_err("no").contains("U+0001"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let hostile = "a&b<c>\"d'\r\n\te ]]> \u{1}ñ";
        let mut xml = Xml::new();
        xml.open("r", &[]);
        xml.leaf("e", &[("a", Some(hostile)), ("b", None)], hostile);
        let text = String::from_utf8(xml.finish()).expect("UTF-8");
        let node = first(&text).expect("well formed");
        let kept = hostile.replace('\u{1}', "");
        assert_eq!((node.text(), node.attribute("a")), (kept.clone(), Some(kept.as_str())));
    }
}
