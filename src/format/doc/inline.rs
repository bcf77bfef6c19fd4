//! What stands within a segment of XLIFF or TMX: text, and codes of the program that the text comes from.
//!
//! Codes are no text; what they enclose is (`<g>`, `<pc>`, `<mrk>`, `<hi>`). Text within a code (`<sub>`: a footnote,
//! the words of a button) stands apart.

use std::ops::Range;

use super::build::Flow;
use crate::format::xml::{Event, Tag, Xml, XmlError};
use crate::text::Span;

/// The text of a segment.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// All of it but what stands within codes.
    pub(super) whole: Flow,
    /// The sentences that it is divided into (`<mrk mtype="seg">`), each with its `mid`.
    pub(super) sentences: Vec<(String, Flow)>,
    /// The texts within codes.
    pub(super) within_codes: Vec<Flow>,
}

/// Where text goes.
#[derive(Clone, Copy)]
enum Sink {
    Nowhere,
    Whole,
    /// To a sentence, and to the whole.
    Sentence(usize),
    WithinCode(usize),
}

/// Reads the content of the element that has just begun, up to its end.
///
/// # Errors
/// Where the XML cannot be read.
pub(super) fn content(xml: &mut Xml<'_>) -> Result<Content, XmlError> {
    let mut content = Content::default();
    let mut open = vec![Sink::Whole];
    // The code that is open, as the other program wrote it.
    let mut code = String::new();
    while let Some(&sink) = open.last() {
        let start = xml.position();
        match xml.next()? {
            Event::Start(tag) => {
                let inner = content.begin(&tag, sink, Span::new(start, xml.position()));
                open.push(inner);
                code.clear();
            }
            Event::End(name) => {
                open.pop();
                let outer = open.last().filter(|_| name == "ph" && is_white_space(&code));
                if let Some(outer) = outer {
                    content.push(*outer, |flow| flow.replaced('\n', Span::new(start, xml.position())));
                }
                code.clear();
            }
            Event::Text(text, _) if matches!(sink, Sink::Nowhere) => code.push_str(text),
            Event::Reference(c, _) if matches!(sink, Sink::Nowhere) => code.push(c),
            Event::Text(_, span) => content.push(sink, |flow| flow.verbatim(span)),
            Event::Reference(c, span) => content.push(sink, |flow| flow.replaced(c, span)),
            Event::Eof => break,
        }
    }
    Ok(content)
}

impl Content {
    /// Where the text of an element goes that begins within `sink`.
    fn begin(&mut self, tag: &Tag<'_>, sink: Sink, span: Span) -> Sink {
        match tag.name() {
            "br" => self.push(sink, |flow| flow.replaced('\n', span)),
            "x" | "ph" if is_line_break(tag) => self.push(sink, |flow| flow.replaced('\n', span)),
            "cp" => {
                let code = tag.get("hex").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
                if let Some(c) = code.and_then(char::from_u32).filter(|c| !c.is_control()) {
                    self.push(sink, |flow| flow.replaced(c, span));
                }
            }
            _ => {}
        }
        match (tag.name(), sink) {
            ("sub", _) => {
                self.within_codes.push(Flow::default());
                Sink::WithinCode(self.within_codes.len() - 1)
            }
            ("bpt" | "ept" | "ph" | "it" | "ut", _) => Sink::Nowhere,
            ("mrk", _) if tag.get("mtype").as_deref() == Some("x-sdl-deleted") => Sink::Nowhere,
            ("mrk", Sink::Whole) if tag.get("mtype").as_deref() == Some("seg") => {
                let mid = tag.get("mid").unwrap_or_else(|| (self.sentences.len() + 1).to_string());
                self.sentences.push((mid, Flow::default()));
                Sink::Sentence(self.sentences.len() - 1)
            }
            (_, sink) => sink,
        }
    }

    fn push(&mut self, sink: Sink, add: impl Fn(&mut Flow)) {
        match sink {
            Sink::Nowhere => {}
            Sink::Whole => add(&mut self.whole),
            Sink::Sentence(i) => {
                add(&mut self.whole);
                add(&mut self.sentences[i].1);
            }
            Sink::WithinCode(i) => add(&mut self.within_codes[i]),
        }
    }
}

/// Whether a code stands for white space: a line break of HTML, a tab or line end as memoQ writes it.
fn is_white_space(code: &str) -> bool {
    let Some(tag) = code.trim().strip_prefix('<') else { return false };
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != ':').next().unwrap_or("");
    match name {
        "br" | "BR" => true,
        "mq:ch" => {
            let value = tag.split_once("val=\"").and_then(|(_, rest)| rest.split_once('"'));
            value.is_some_and(|(value, _)| !value.is_empty() && value.chars().all(char::is_whitespace))
        }
        _ => false,
    }
}

/// The content without the codes that Phrase TMS (MXLIFF) writes as characters: `{1>bold<1}`, `{2}`, `{b>bold<b}`.
pub(super) fn without_written_codes(content: &Content, source: &str) -> Content {
    let clean = |flow: &Flow| flow.without(source, &written_codes(&flow.whole(source)));
    Content {
        whole: clean(&content.whole),
        sentences: content.sentences.iter().map(|(mid, flow)| (mid.clone(), clean(flow))).collect(),
        within_codes: content.within_codes.iter().map(clean).collect(),
    }
}

fn written_codes(text: &str) -> Vec<Range<usize>> {
    let mut codes = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '<']) {
        at += found;
        let length = code_length(&text[at..]);
        if length > 0 {
            codes.push(at..at + length);
        }
        at += length.max(1);
    }
    codes
}

/// How long the code is that the text begins with: a number, or the letter of a kind of type, between its marks.
fn code_length(text: &str) -> usize {
    let name = text[1..].find(['}', '>']).map_or("", |end| &text[1..=end]);
    let is_name =
        matches!(name, "b" | "i" | "u" | "^" | "_") || name.bytes().all(|byte| byte.is_ascii_digit());
    let ends = text[1 + name.len()..].chars().next();
    let fits = match text.as_bytes()[0] {
        b'{' => matches!(ends, Some('>' | '}')),
        _ => ends == Some('}'),
    };
    if is_name && fits && !name.is_empty() { name.len() + 2 } else { 0 }
}

/// `ctype="lb"` in XLIFF 1.2, `subType="xlf:lb"` in XLIFF 2, `type="lb"` in TMX.
fn is_line_break(tag: &Tag<'_>) -> bool {
    ["ctype", "subType", "type"]
        .iter()
        .filter_map(|name| tag.get(name))
        .any(|kind| matches!(kind.as_str(), "lb" | "xlf:lb" | "x-html-br" | "x-br"))
}
