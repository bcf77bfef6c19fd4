//! Tokens to blocks: the texts of a page, each with what is known of its place.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token};

use super::elements::{Element, ends_implicitly, hints_at_furniture};
use super::head::Head;
use crate::format::markup::{tokens, tokens_with};
use crate::text::{BlockKind, Span};

/// How far an end tag looks for its start; keeps hostile nesting from costing quadratic time.
const REACH: usize = 256;

/// A page taken to pieces.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The texts in order.
    pub(super) blocks: Vec<RawBlock>,
    /// The language tag of the page.
    pub(super) lang: Option<String>,
    /// What the page says of itself.
    pub(super) head: Head,
}

/// The text between two block tags.
#[derive(Debug)]
pub(super) struct RawBlock {
    pub(super) kind: BlockKind,
    pub(super) place: Place,
    pub(super) parts: Vec<Part>,
    /// Running words, and how many of them are links.
    pub(super) words: usize,
    pub(super) link_words: usize,
}

/// A piece of a block, with its bytes in the source.
#[derive(Debug)]
pub(super) enum Part {
    /// As it stands.
    Text(Span),
    /// A character reference, resolved.
    Reference(String, Span),
    /// `<br>`.
    LineBreak(Span),
}

/// Where on the page a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Nobody reads it.
    pub(super) never: bool,
    /// In navigation, a footer and the like.
    pub(super) furniture: bool,
    /// In a form.
    pub(super) form: bool,
    /// In `<main>` or `<article>`.
    pub(super) main: bool,
    /// A class or id hints at furniture.
    pub(super) hint: bool,
    pub(super) link: bool,
    pub(super) raised: bool,
}

/// Takes a piece of a page to pieces.
pub(super) fn collect(source: &str, piece: Span) -> Page {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut collector =
        Collector { source, base: piece.start, page: Page::default(), open: Vec::new(), block: None };
    for token in tokens_with(piece.of(source), emitter) {
        collector.token(token);
    }
    collector.end_block();
    collector.page
}

struct Collector<'a> {
    source: &'a str,
    /// Where the tokenizer's offsets count from.
    base: usize,
    page: Page,
    open: Vec<Open>,
    block: Option<RawBlock>,
}

/// An open element with what holds inside it.
struct Open {
    name: Vec<u8>,
    breaks: bool,
    place: Place,
    kind: BlockKind,
}

impl Collector<'_> {
    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => {
                let span = self.span(text.span);
                self.page.head.text(span.of(self.source));
                self.text(span);
            }
            _ => {}
        }
    }

    fn span(&self, span: html5gum::Span<usize>) -> Span {
        Span::new(self.base + span.start, self.base + span.end.max(span.start))
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let element = Element::of(&tag.name);
        if let Some(implied) = ends_implicitly(&tag.name) {
            self.close(|open| implied.names.contains(&open), |open| implied.barriers.contains(&open));
        }
        if element.breaks() {
            self.end_block();
        }
        if element == Element::LineBreak {
            let span = self.span(tag.span);
            self.part(Part::LineBreak(span), 0);
        }
        if self.page.lang.is_none() && matches!(tag.name.as_slice(), b"html" | b"body") {
            self.page.lang = attribute(tag, b"lang").or_else(|| attribute(tag, b"xml:lang"));
        }
        self.page.head.start(tag);
        // Only foreign elements (`<svg/>`) may close themselves.
        let closed = tag.self_closing && element == Element::Never;
        if !element.is_empty(&tag.name) && !closed {
            let open = self.opened(tag, element);
            self.open.push(open);
        }
    }

    /// The element with what it inherits and what its attributes add.
    fn opened(&self, tag: &StartTag<usize>, element: Element) -> Open {
        let (mut place, mut kind) = self.here();
        let role = attribute(tag, b"role").and_then(|role| Element::of_role(role.trim().as_bytes()));
        let note =
            attribute(tag, b"epub:type").filter(|kind| matches!(kind.as_str(), "noteref" | "backlink"));
        match note.map(|_| Element::Raised).or(role).unwrap_or(element) {
            Element::Never | Element::Deleted => place.never = true,
            Element::Furniture => place.furniture = true,
            Element::Header if !place.main => place.furniture = true,
            Element::Form => place.form = true,
            Element::Main => place.main = true,
            Element::Link => place.link = true,
            Element::Raised => place.raised = true,
            Element::Heading => kind = BlockKind::Heading,
            Element::Item => kind = BlockKind::ListItem,
            Element::Cell => kind = BlockKind::TableCell,
            Element::Preformatted => kind = BlockKind::Code,
            Element::Paragraph if kind != BlockKind::ListItem => kind = BlockKind::Paragraph,
            _ => {}
        }
        place.never |= is_hidden(tag);
        place.hint |=
            !matches!(tag.name.as_slice(), b"html" | b"body" | b"main" | b"article") && has_hint(tag);
        Open { name: tag.name.to_vec(), breaks: element.breaks(), place, kind }
    }

    fn here(&self) -> (Place, BlockKind) {
        self.open.last().map_or((Place::default(), BlockKind::Paragraph), |open| (open.place, open.kind))
    }

    fn end(&mut self, name: &[u8]) {
        self.page.head.end();
        if Element::of(name).breaks() {
            self.end_block();
        }
        self.close(|open| open == name, |_| false);
    }

    /// Closes the innermost element that is wanted, with all in it, unless a barrier stands before it.
    fn close(&mut self, wanted: impl Fn(&[u8]) -> bool, barrier: impl Fn(&[u8]) -> bool) {
        let near = self.open.iter().enumerate().rev().take(REACH);
        let found = near.take_while(|(_, open)| !barrier(&open.name)).find(|(_, open)| wanted(&open.name));
        if let Some((at, _)) = found {
            if self.open[at..].iter().any(|open| open.breaks) {
                self.end_block();
            }
            self.open.truncate(at);
        }
    }

    fn end_block(&mut self) {
        let block = self.block.take();
        self.page.blocks.extend(block.filter(|block| block.words > 0));
    }

    /// Adds running text.
    fn text(&mut self, span: Span) {
        let text = span.of(self.source);
        let place = self.here().0;
        if place.never || (place.raised && is_note_mark(text)) {
            return;
        }
        let mut at = span.start;
        for piece in text.split(NO_TAG) {
            self.resolve(piece, at);
            at += piece.len() + NO_TAG.len();
        }
    }

    /// Adds text, its character references resolved one by one.
    fn resolve(&mut self, text: &str, start: usize) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let length = reference_len(rest).or_else(|| rest.find('&')).unwrap_or(rest.len());
            self.piece(&rest[..length], start + at);
            at += length;
        }
    }

    /// Adds text without references, or one reference.
    fn piece(&mut self, text: &str, start: usize) {
        let span = Span::new(start, start + text.len());
        if text.starts_with('&') {
            let resolved = resolved(text);
            if resolved != text {
                return self.part(Part::Reference(resolved, span), 1);
            }
        }
        self.part(Part::Text(span), text.split_ascii_whitespace().count());
    }

    fn part(&mut self, part: Part, words: usize) {
        let (place, kind) = self.here();
        let new = || RawBlock { kind, place, parts: Vec::new(), words: 0, link_words: 0 };
        let block = self.block.get_or_insert_with(new);
        block.words += words;
        block.link_words += if place.link { words } else { 0 };
        block.parts.push(part);
    }
}

/// An end tag without a name is nothing; the tokenizer leaves it within the span of the text around it.
const NO_TAG: &str = "</>";

/// Text with its character references resolved.
pub(super) fn resolved(text: &str) -> String {
    let string = |token| match token {
        Token::String(text) => Some(String::from_utf8_lossy(&text).into_owned()),
        _ => None,
    };
    tokens(text).filter_map(string).collect()
}

/// The length of the character reference (or stray ampersand) at the start of a text.
fn reference_len(text: &str) -> Option<usize> {
    let body = text.strip_prefix('&')?;
    let name = body.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    Some(1 + name + usize::from(body[name..].starts_with(';')))
}

fn is_note_mark(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "[]()*†‡".contains(c))
}

fn is_hidden(tag: &StartTag<usize>) -> bool {
    let style = attribute(tag, b"style").unwrap_or_default().to_ascii_lowercase();
    tag.attributes.contains_key(b"hidden".as_slice()) || style.replace(' ', "").contains("display:none")
}

fn has_hint(tag: &StartTag<usize>) -> bool {
    [b"class".as_slice(), b"id"]
        .into_iter()
        .filter_map(|name| attribute(tag, name))
        .any(|c| hints_at_furniture(&c))
}

pub(super) fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}
