//! What each HTML element means for the text of a page.

/// What an element does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Its text is for machines or for use, not for reading.
    Never,
    /// Running text that was struck out.
    Deleted,
    /// Page furniture wherever it stands.
    Furniture,
    /// Furniture unless it stands in the main text.
    Header,
    /// Furniture unless the whole page stands in it.
    Form,
    /// Main text by its author's word.
    Main,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// Text with its own white space.
    Preformatted,
    /// Another element on lines of its own.
    Block,
    /// A line break.
    LineBreak,
    /// An element that never has content.
    Void,
    /// A link.
    Link,
    /// A raised piece, perhaps the mark of a footnote.
    Raised,
    /// Part of the running text.
    Inline,
}

impl Element {
    /// The meaning of a tag name in lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"title" | b"textarea"
            | b"select" | b"datalist" | b"button" | b"iframe" | b"noframes" | b"noembed" | b"object"
            | b"audio" | b"video" | b"canvas" => Self::Never,
            b"del" => Self::Deleted,
            b"nav" | b"aside" | b"footer" | b"menu" | b"dialog" => Self::Furniture,
            b"header" => Self::Header,
            b"form" => Self::Form,
            b"main" | b"article" => Self::Main,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"p" => Self::Paragraph,
            b"li" => Self::Item,
            b"td" | b"th" => Self::Cell,
            b"pre" | b"listing" | b"xmp" => Self::Preformatted,
            b"br" => Self::LineBreak,
            b"img" | b"input" | b"meta" | b"link" | b"base" | b"wbr" | b"source" | b"track" | b"embed"
            | b"area" | b"col" | b"param" => Self::Void,
            b"a" => Self::Link,
            b"sup" => Self::Raised,
            b"html" | b"head" | b"body" | b"div" | b"section" | b"blockquote" | b"ul" | b"ol" | b"dl"
            | b"dt" | b"dd" | b"table" | b"thead" | b"tbody" | b"tfoot" | b"tr" | b"caption" | b"figure"
            | b"figcaption" | b"address" | b"fieldset" | b"legend" | b"details" | b"summary" | b"center"
            | b"hgroup" | b"search" | b"hr" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// The meaning of an ARIA role, where it changes that of the tag.
    pub(super) fn of_role(role: &[u8]) -> Option<Self> {
        match role {
            b"navigation" | b"banner" | b"contentinfo" | b"complementary" | b"search" | b"menu"
            | b"menubar" | b"dialog" | b"alertdialog" | b"toolbar" => Some(Self::Furniture),
            b"main" | b"article" => Some(Self::Main),
            b"doc-noteref" | b"doc-backlink" => Some(Self::Raised),
            _ => None,
        }
    }

    /// Whether the element breaks the line before and after it.
    pub(super) fn breaks(self) -> bool {
        use Element::{Deleted, Inline, LineBreak, Link, Raised, Void};
        !matches!(self, LineBreak | Void | Link | Raised | Deleted | Inline)
    }

    /// Whether the element has no end tag.
    pub(super) fn is_empty(self, name: &[u8]) -> bool {
        matches!(self, Self::LineBreak | Self::Void) || name == b"hr"
    }
}

/// An end that a start tag implies.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImpliedEnd {
    /// The elements that end, if open.
    pub(super) names: &'static [&'static [u8]],
    /// The elements beyond which they are not looked for.
    pub(super) barriers: &'static [&'static [u8]],
}

/// What a start tag ends without saying so.
pub(super) fn ends_implicitly(name: &[u8]) -> Option<ImpliedEnd> {
    let (names, barriers): (&[&[u8]], &[&[u8]]) = match name {
        b"li" => (&[b"li"], &[b"ul", b"ol", b"menu"]),
        b"dt" | b"dd" => (&[b"dt", b"dd"], &[b"dl"]),
        b"td" | b"th" => (&[b"td", b"th"], &[b"tr", b"table"]),
        b"tr" => (&[b"tr"], &[b"table"]),
        b"a" => (&[b"a"], &[b"td", b"th", b"table"]),
        _ if Element::of(name).breaks() => (&[b"p"], &[b"td", b"th", b"table", b"div", b"li", b"section"]),
        _ => return None,
    };
    Some(ImpliedEnd { names, barriers })
}

/// Words in a class or id that tell of furniture.
const FURNITURE_WORDS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie",
    "cookies",
    "footer",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "popup",
    "promo",
    "publicidad",
    "related",
    "relacionadas",
    "relacionados",
    "share",
    "sharing",
    "sidebar",
    "social",
    "sponsored",
    "subscribe",
    "toolbar",
    "widget",
];

/// Whether a class or id hints at furniture.
pub(super) fn hints_at_furniture(class: &str) -> bool {
    class
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| FURNITURE_WORDS.iter().any(|furniture| word.eq_ignore_ascii_case(furniture)))
}
