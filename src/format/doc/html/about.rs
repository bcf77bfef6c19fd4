//! What a page says of itself for those who find and share it: its title, date, author and section.
//!
//! `<meta>` is what such programs go by, then JSON-LD of schema.org; a `<title>` often has the name of the house behind
//! the headline, and a `<time>` may be that of another text, so both are asked last.

use html5gum::StartTag;
use serde_json::Value;

use super::collect::{Place, attribute};
use crate::format::doc::fields::{self, Field};
use crate::text::Document;

/// Names in `<meta name>`, `property` or `itemprop`, in lower case, and what they say; of several the first here counts.
const METAS: &[(&str, Field)] = &[
    ("article:published_time", Field::Date),
    ("datepublished", Field::Date),
    ("date", Field::Date),
    ("dc.date", Field::Date),
    ("dc.date.issued", Field::Date),
    ("dcterms.date", Field::Date),
    ("dcterms.issued", Field::Date),
    ("dcterms.created", Field::Date),
    ("pubdate", Field::Date),
    ("publishdate", Field::Date),
    ("parsely-pub-date", Field::Date),
    ("sailthru.date", Field::Date),
    ("og:title", Field::Title),
    ("dc.title", Field::Title),
    ("dcterms.title", Field::Title),
    ("author", Field::Author),
    ("dc.creator", Field::Author),
    ("article:section", Field::Desk),
];
/// Members of an article in JSON-LD.
const LINKED: &[(&str, Field)] =
    &[("datePublished", Field::Date), ("headline", Field::Title), ("articleSection", Field::Desk)];
/// The ranks of what is asked behind the metas.
const OF_LINKED: usize = 100;
const OF_TITLE: usize = 200;
const OF_TIME: usize = 201;
/// The most bytes of a title and of linked data that are looked at.
const TITLE: usize = 1 << 12;
const DATA: usize = 1 << 20;

/// What was found, and the text of the element that is open.
#[derive(Debug, Default)]
pub(super) struct AboutPage {
    said: Vec<(usize, Field, String)>,
    title: String,
    data: String,
    in_data: bool,
}

impl AboutPage {
    /// An element begins.
    pub(super) fn start(&mut self, tag: &StartTag<usize>, place: Place) {
        match tag.name.as_slice() {
            b"meta" => self.meta(tag),
            b"time" => {
                let is_own = place.main || attribute(tag, b"itemprop").as_deref() == Some("datePublished");
                let date = attribute(tag, b"datetime").filter(|_| is_own);
                self.said.extend(date.map(|date| (OF_TIME, Field::Date, date)));
            }
            b"script" => {
                let kind = attribute(tag, b"type").unwrap_or_default();
                self.in_data = kind.trim().eq_ignore_ascii_case("application/ld+json");
            }
            _ => {}
        }
    }

    fn meta(&mut self, tag: &StartTag<usize>) {
        let Some(content) = attribute(tag, b"content") else { return };
        for name in [b"property".as_slice(), b"name", b"itemprop"] {
            let name = attribute(tag, name).unwrap_or_default().trim().to_lowercase();
            if let Some(rank) = METAS.iter().position(|(known, _)| *known == name) {
                self.said.push((rank, METAS[rank].1, content.clone()));
            }
        }
    }

    /// Text of a `<title>`.
    pub(super) fn title(&mut self, text: &str) {
        if self.title.len() + text.len() <= TITLE {
            self.title += text;
        }
    }

    /// Text of a `<script>`.
    pub(super) fn script(&mut self, text: &str) {
        if self.in_data && self.data.len() + text.len() <= DATA {
            self.data += text;
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self, element: &[u8]) {
        match element {
            b"title" => {
                let title = std::mem::take(&mut self.title);
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                self.said.push((OF_TITLE, Field::Title, title));
            }
            b"script" if std::mem::take(&mut self.in_data) => {
                if let Ok(data) = serde_json::from_str(&std::mem::take(&mut self.data)) {
                    self.linked(&data);
                }
            }
            _ => {}
        }
    }

    /// An article in JSON-LD, alone, in a list or in a graph.
    fn linked(&mut self, data: &Value) {
        match data {
            Value::Array(items) => items.iter().for_each(|item| self.linked(item)),
            Value::Object(members) => {
                for (rank, (name, field)) in LINKED.iter().enumerate() {
                    let text = members.get(*name).and_then(Value::as_str);
                    self.said.extend(text.map(|text| (OF_LINKED + rank, *field, text.to_owned())));
                }
                members.get("@graph").into_iter().for_each(|graph| self.linked(graph));
            }
            _ => {}
        }
    }

    /// Notes with a document what was found.
    pub(super) fn note(mut self, document: &mut Document) {
        self.said.sort_by_key(|(rank, ..)| *rank);
        for (_, field, text) in &self.said {
            fields::note(document, *field, text);
        }
    }
}
