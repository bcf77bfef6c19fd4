//! What a page says of itself: date, title, author, section, in `<meta>`, JSON-LD and `<time>`.

use html5gum::StartTag;

use super::collect::{attribute, resolved};
use crate::format::doc::fields::Field;

/// What is said, the most telling first.
#[derive(Debug, Default)]
pub(super) struct Head {
    said: Vec<(Rank, Field, String)>,
    /// What the text of the open element is.
    open: Option<Open>,
}

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// `<meta>`, for machines.
    Meta,
    /// Structured data of schema.org.
    LinkedData,
    /// An element that is marked as the date of publication, the title of the page.
    Marked,
    /// The first time of the page.
    Other,
}

#[derive(Clone, Copy, Debug)]
enum Open {
    Title,
    LinkedData,
}

/// Names of `<meta>` (`name`, `property` or `itemprop`, in small letters) with what they say: Open Graph, Dublin Core,
/// schema.org, and what newsrooms and search engines use.
const META: &[(&str, Field)] = &[
    ("article:published_time", Field::Date),
    ("og:published_time", Field::Date),
    ("datepublished", Field::Date),
    ("dc.date", Field::Date),
    ("dc.date.issued", Field::Date),
    ("dcterms.date", Field::Date),
    ("dcterms.issued", Field::Date),
    ("dcterms.created", Field::Date),
    ("citation_publication_date", Field::Date),
    ("parsely-pub-date", Field::Date),
    ("publication_date", Field::Date),
    ("publish-date", Field::Date),
    ("publishdate", Field::Date),
    ("pubdate", Field::Date),
    ("date", Field::Date),
    ("fecha", Field::Date),
    ("og:title", Field::Title),
    ("dc.title", Field::Title),
    ("author", Field::Author),
    ("dc.creator", Field::Author),
    ("article:section", Field::Desk),
];

impl Head {
    /// What the page says, as [`note`](crate::format::doc::fields::note) takes it: the first of a field counts.
    pub(super) fn into_said(mut self) -> impl Iterator<Item = (Field, String)> {
        self.said.sort_by_key(|(rank, ..)| *rank);
        self.said.into_iter().map(|(_, field, value)| (field, value))
    }

    pub(super) fn start(&mut self, tag: &StartTag<usize>) {
        let content = || attribute(tag, b"content").filter(|content| !content.trim().is_empty());
        self.open = None;
        match tag.name.as_slice() {
            b"meta" => {
                let names = [b"name".as_slice(), b"property", b"itemprop"];
                let named = names
                    .iter()
                    .filter_map(|name| attribute(tag, name))
                    .find_map(|name| META.iter().find(|(known, _)| name.trim().eq_ignore_ascii_case(known)));
                if let Some(((_, field), value)) = named.zip(content()) {
                    self.said.push((Rank::Meta, *field, value));
                }
            }
            b"title" => self.open = Some(Open::Title),
            b"script" => {
                let kind = attribute(tag, b"type").unwrap_or_default();
                self.open =
                    kind.trim().eq_ignore_ascii_case("application/ld+json").then_some(Open::LinkedData);
            }
            b"time" => {
                let is_marked = attribute(tag, b"itemprop")
                    .is_some_and(|name| name.eq_ignore_ascii_case("datePublished"))
                    || tag.attributes.contains_key(b"pubdate".as_slice());
                let rank = if is_marked { Rank::Marked } else { Rank::Other };
                self.said.extend(attribute(tag, b"datetime").map(|date| (rank, Field::Date, date)));
            }
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        match self.open {
            None => {}
            Some(Open::Title) => {
                let words: Vec<&str> = text.split_whitespace().collect();
                self.said.push((Rank::Marked, Field::Title, resolved(&words.join(" "))));
            }
            Some(Open::LinkedData) => {
                let value = serde_json::from_str(text).unwrap_or_default();
                let date = published(&value).map(|date| (Rank::LinkedData, Field::Date, date.to_owned()));
                self.said.extend(date);
            }
        }
    }

    pub(super) fn end(&mut self) {
        self.open = None;
    }
}

/// The first `datePublished` of structured data: of a thing, of a list of things, or of a graph.
fn published(value: &serde_json::Value) -> Option<&str> {
    let things = match value {
        serde_json::Value::Array(things) => Some(things),
        thing => thing.get("@graph").and_then(serde_json::Value::as_array),
    };
    let of = |thing: &'_ serde_json::Value| thing.get("datePublished").is_some();
    let thing = if of(value) { Some(value) } else { things?.iter().find(|thing| of(thing)) };
    thing?.get("datePublished")?.as_str()
}
