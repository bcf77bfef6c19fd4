//! Markdown: the text that a reader sees, block by block.
//!
//! Links keep their words and lose their addresses; pictures are left out; code is kept as [`BlockKind::Code`]. What
//! front matter says (title, language, date …) is noted, and is no text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::build::{Source, TextBuilder};
use super::fields::note;
use super::{Read, front_matter, html};
use crate::format::decode::decode;
use crate::text::{BlockKind, Span};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    let mut decoded = match decode(name, bytes) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let findings = decoded.warning.take().into_iter().collect();
    let start = if decoded.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let head = front_matter::head(&decoded.text[start..]);
    let mut reader = Reader::new(&decoded.text);
    reader.run(start + head.map_or(0, |head| head.length));
    let Reader { out, .. } = reader;
    let noted = head.map(|head| front_matter::noted(&head));
    let mut document = out.finish_from(&Source::from(decoded));
    for (field, value) in noted.into_iter().flatten() {
        note(&mut document, field, &value);
    }
    Read { findings, ..Read::of(document) }
}

struct Reader<'a> {
    source: &'a str,
    out: TextBuilder,
    /// How deep in list items, innermost last.
    items: usize,
    heading: bool,
    /// Inside a picture, or a link whose words are its address.
    muted: usize,
    /// For each open link, whether it is muted.
    links: Vec<bool>,
    /// The HTML block being collected.
    raw_html: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        let out = TextBuilder::default();
        Reader { source, out, items: 0, heading: false, muted: 0, links: Vec::new(), raw_html: None }
    }

    fn run(&mut self, start: usize) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST;
        let body = &self.source[start..];
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            self.event(event, Span::new(range.start + start, range.end + start));
        }
    }

    fn event(&mut self, event: Event<'_>, at: Span) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Html(_) => self.html_line(at),
            Event::InlineHtml(tag) if is_line_break(&tag) => self.out.replaced("\n", at),
            _ if self.muted > 0 => {}
            Event::Text(text) | Event::Code(text) => self.text(&text, at),
            Event::SoftBreak => self.out.replaced(" ", at),
            Event::HardBreak => self.out.replaced("\n", at),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Item => self.items += 1,
            Tag::Heading { .. } => self.heading = true,
            Tag::Image { .. } => self.muted += 1,
            Tag::Link { link_type, .. } => {
                let address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.links.push(address);
                self.muted += usize::from(address);
            }
            _ => {}
        }
        match tag {
            Tag::CodeBlock(_) => self.out.begin(BlockKind::Code),
            Tag::TableCell => self.out.begin(BlockKind::TableCell),
            _ if is_block(&tag.to_end()) => self.out.begin(self.kind()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            TagEnd::Heading(_) => self.heading = false,
            TagEnd::Image => self.muted = self.muted.saturating_sub(1),
            TagEnd::Link => {
                let muted = self.links.pop().unwrap_or(false);
                self.muted = self.muted.saturating_sub(usize::from(muted));
            }
            TagEnd::HtmlBlock => self.html_block(),
            _ => {}
        }
        if is_block(&tag) {
            self.out.begin(self.kind());
        }
    }

    /// The kind of running text here.
    fn kind(&self) -> BlockKind {
        match (self.heading, self.items) {
            (true, _) => BlockKind::Heading,
            (_, 0) => BlockKind::Paragraph,
            _ => BlockKind::ListItem,
        }
    }

    /// Text, found again in its span (which for code includes the back-ticks).
    fn text(&mut self, text: &str, at: Span) {
        match at.of(self.source).find(text) {
            Some(offset) => {
                let start = at.start + offset;
                self.out.verbatim(self.source, Span::new(start, start + text.len()));
            }
            None => self.out.replaced(text, at),
        }
    }

    fn html_line(&mut self, at: Span) {
        let start = self.raw_html.take().map_or(at.start, |range| range.start);
        self.raw_html = Some(start..at.end);
    }

    fn html_block(&mut self) {
        if let Some(range) = self.raw_html.take() {
            html::append(self.source, Span::from(range), &mut self.out);
        }
    }
}

fn is_line_break(tag: &str) -> bool {
    matches!(tag.to_ascii_lowercase().as_str(), "<br>" | "<br/>" | "<br />")
}

/// Whether the element stands on lines of its own.
fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    fn markdown(source: &str) -> Document {
        read("x.md", source.as_bytes()).documents.remove(0)
    }

    fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
        document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text))).collect()
    }

    #[test]
    fn the_layout_becomes_blocks() {
        use BlockKind::{Code, Heading, ListItem, Paragraph, TableCell};
        let document = markdown(
            "---\nlang: es\n---\n# El T-MEC\n\nUna [línea](https://example.org \"t\")\ncortada.\n\n\
             * uno\n  * dos\n* tres\n\n| es | en |\n|---|---|\n| cal | lime |\n\n```\nlet x;\n```\nfin <b>ya</b>\n",
        );
        assert_eq!(
            blocks(&document),
            [
                (Heading, "El T-MEC"),
                (Paragraph, "Una línea cortada."),
                (ListItem, "uno"),
                (ListItem, "dos"),
                (ListItem, "tres"),
                (TableCell, "es"),
                (TableCell, "en"),
                (TableCell, "cal"),
                (TableCell, "lime"),
                (Code, "let x;\n"),
                (Paragraph, "fin ya"),
            ]
        );
    }

    #[test]
    fn text_maps_back_to_the_very_bytes() {
        let cases = [
            ("El *acuerdo* comercial", "acuerdo comercial", "acuerdo* comercial"),
            ("> la patrulla\n> fronteriza", "patrulla fronteriza", "patrulla\n> fronteriza"),
            ("caf&eacute; frío", "café frío", "caf&eacute; frío"),
            ("a\\*b", "*b", "*b"),
            ("\u{feff}# Título", "Título", "Título"),
            ("el `código` va", "código", "código"),
            ("[Corte][1]\n\n[1]: https://example.org", "Corte", "Corte"),
            ("uno  \ndos", "uno\ndos", "uno  \ndos"),
        ];
        for (source, wanted, bytes) in cases {
            let document = markdown(source);
            let at = document.text.find(wanted).unwrap_or_else(|| panic!("{wanted} in {:?}", document.text));
            assert_eq!(document.source_text(Span::new(at, at + wanted.len())), bytes, "{source}");
        }
    }

    #[test]
    fn addresses_pictures_and_tags_are_no_text() {
        let document = markdown(
            "![muro](m.png) ve <https://example.org> y\n\n<div class=x>\n<p>El <i>río</i></p>\n</div>\n",
        );
        assert_eq!(document.text.trim_start(), "ve  y\n\nEl río");
    }

    #[test]
    fn front_matter_is_noted() {
        let yaml = "---\ntitle: \"El muro: hoy\" # n\nlang: es-MX\ndate: 2025-03-01T08:00\ntags: [a, b]\n  author: x\n---\nUno\n";
        let toml = "\u{feff}+++\ntitle = 'El muro: hoy'\nlang = \"es-MX\"\ndate = 2025-03-01\n[extra]\nauthor = \"x\"\n+++\nUno\n";
        for source in [yaml, toml] {
            let document = markdown(source);
            assert_eq!(document.text, "Uno");
            assert_eq!(document.lang, Some(crate::lang::Lang::Es));
            let about = &document.about;
            assert_eq!(
                (about.title.as_deref(), about.date.as_deref()),
                (Some("El muro: hoy"), Some("2025-03-01"))
            );
            assert_eq!(about.author, None);
        }
    }

    #[test]
    fn rules_are_not_front_matter() {
        assert_eq!(markdown("---\nsin cierre").text, "sin cierre");
        assert_eq!(markdown("---\nEl texto.\n\n---\nEl resto.").text, "El texto.\n\nEl resto.");
        assert_eq!(markdown("---\nEn suma: el texto.\n\n---\n").text, "En suma: el texto.");
        assert_eq!(markdown("uno\n\n---\n\ndos\n\n---\n").text, "uno\n\ndos");
    }

    proptest::proptest! {
        /// Whatever the signs, every character maps to itself in the source, to white space or to a reference.
        #[test]
        fn any_signs_map_back(source in "(#|\\*|_|`|~|\\[|\\]|\\(x\\)|!|>|-|\\||&amp;|<p>|</p>|<br>|\n|\n\n|  |año|1\\. |\\\\){0,40}") {
            let document = markdown(&source);
            for (at, c) in document.text.char_indices() {
                let bytes = document.source_text(Span::new(at, at + c.len_utf8()));
                proptest::prop_assert!(
                    bytes.starts_with(c) || c.is_whitespace() || bytes.starts_with(['&', '`']),
                    "{c:?} from {bytes:?}"
                );
            }
        }
    }
}
