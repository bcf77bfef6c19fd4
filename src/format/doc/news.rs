//! XML by its root element: news (NewsML-G2, NITF), and what has an extension of its own besides (XLIFF, TMX, XHTML).
//!
//! Of a news item its headline and text are read; its language, date, author and what it translates are noted. A
//! message of many items is many documents.

use super::build::{Flow, Source, TextBuilder};
use super::fields::{Field, note};
use super::inline::content;
use super::{Read, html, tmx, xliff};
use crate::check::{Finding, Severity};
use crate::format::decode::decode_labelled;
use crate::format::xml::{self, Event, Tag, Xml, XmlError};
use crate::text::{Before, BlockKind, Document, Span};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    match root(name, bytes) {
        Err(error) => Read::failed(error),
        Ok(root) => match root.as_str() {
            "xliff" => xliff::read(name, bytes),
            "tmx" => tmx::read(name, bytes),
            "html" => html::read(name, bytes),
            "nitf" | "newsItem" | "newsMessage" => news(name, bytes),
            _ => Read::failed(other(name, &root)),
        },
    }
}

/// The name of the first element.
fn root(name: &str, bytes: &[u8]) -> Result<String, Finding> {
    let decoded = decode_labelled(name, bytes, xml::stated_encoding(bytes))?;
    let mut xml = Xml::new(&decoded.text);
    loop {
        match xml.next().map_err(|error| error.finding(name, &decoded.text))? {
            Event::Start(tag) => return Ok(tag.name().to_owned()),
            Event::Eof => return Ok(String::new()),
            _ => {}
        }
    }
}

/// XML of other kinds is data as often as text: in a folder it is passed over.
fn other(name: &str, root: &str) -> Finding {
    let message = format!("`{name}` is XML of a kind that is not read (its root is `{root}`)");
    Finding::new(Severity::Warning, "other-xml", message)
        .help("NewsML-G2, NITF, XLIFF, TMX and XHTML are; give others as HTML or plain text")
}

fn news(name: &str, bytes: &[u8]) -> Read {
    match xml::read(name, bytes, Reader::read) {
        Err(error) => Read::failed(error),
        Ok((items, mut decoded)) => {
            let findings = decoded.warning.take().into_iter().collect();
            let many = items.len() > 1;
            let source = Source::from(decoded);
            let mut before = Before::default();
            let mut documents = Vec::with_capacity(items.len());
            for (i, item) in items.into_iter().enumerate() {
                before = before.after(&source.text[before.bytes..item.span.start]);
                let part = source.part(item.span);
                let mut document = item.document(before, &part);
                if many {
                    let number = (i + 1).to_string();
                    document.record = Some(document.about.id.clone().unwrap_or(number));
                }
                documents.push(document);
            }
            Read { documents, findings, ..Read::default() }
        }
    }
}

/// A news item.
#[derive(Default)]
struct Item {
    /// Its bytes in the file.
    span: Span,
    out: TextBuilder,
    noted: Vec<(Field, String)>,
    /// The headline outside the content, until it is written above it.
    headline: Option<Flow>,
}

impl Item {
    /// The item as a document whose source is the item itself.
    fn document(self, before: Before, source: &Source) -> Document {
        let mut document = self.out.finish_from(source);
        document.map.begin_after(before.bytes);
        document.before = before;
        self.noted.iter().for_each(|(field, value)| note(&mut document, *field, value));
        document
    }
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    item: Item,
    /// Names of the open elements.
    open: Vec<String>,
    /// The text of the open block.
    flow: Flow,
    kind: Option<BlockKind>,
    /// How deep in the content of an item: NITF's body, NewsML-G2's content set.
    content: usize,
}

impl Reader {
    fn read(xml: &mut Xml<'_>) -> Result<Vec<Item>, XmlError> {
        let mut reader = Reader::default();
        loop {
            let start = xml.position();
            match xml.next()? {
                Event::Start(tag) if tag.name() == "br" && reader.content > 0 => {
                    reader.flow.replaced('\n', Span::new(start, xml.position()));
                    xml.skip()?;
                }
                Event::Start(tag) => reader.start(&tag, xml)?,
                Event::End(name) => reader.end(&name, xml),
                Event::Text(_, span) if reader.content > 0 => reader.flow.verbatim(span),
                Event::Reference(c, span) if reader.content > 0 => reader.flow.replaced(c, span),
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(reader.items)
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        if is_item(tag.name()) && !self.open.iter().any(|open| is_item(open)) {
            self.item.span = Span::new(xml.position(), xml.position());
        }
        self.attributes(tag);
        let parent = self.open.last().map_or("", String::as_str).to_owned();
        let field = self.field(tag.name(), &parent);
        if let Some(field) = field.filter(|_| self.content == 0) {
            let flow = content(xml)?.whole;
            // The version's date comes first in an item, and says least of when the text was written.
            let at = if is_first_date(tag.name()) { 0 } else { self.item.noted.len() };
            self.item.noted.insert(at, (field, flow.text(xml.source())));
            if tag.name() == "headline" {
                self.item.headline.get_or_insert(flow);
            }
            return Ok(());
        }
        if let Some(kind) = block(tag.name()).filter(|_| self.content > 0) {
            self.flush(xml.source());
            self.kind = Some(kind);
        }
        let inner = self.content > 0 || is_content(tag.name());
        self.content += usize::from(inner);
        self.open.push(tag.name().to_owned());
        Ok(())
    }

    fn end(&mut self, name: &str, xml: &Xml<'_>) {
        self.open.pop();
        if self.content > 0 {
            if block(name).is_some() || self.content == 1 {
                self.flush(xml.source());
            }
            self.content -= 1;
        }
        if is_item(name) && !self.open.iter().any(|open| is_item(open)) {
            self.item.span.end = xml.position();
            if let Some(headline) = self.item.headline.take() {
                // A package, or a picture: there is no other text.
                headline.write(xml.source(), Some(BlockKind::Heading), &mut self.item.out);
            }
            self.items.push(std::mem::take(&mut self.item));
        }
    }

    /// Ends the open block.
    fn flush(&mut self, source: &str) {
        let flow = std::mem::take(&mut self.flow);
        let kind = self.kind.take();
        if flow.is_blank(source) {
            return;
        }
        if let Some(headline) = self.item.headline.take()
            && headline.text(source) != flow.text(source)
        {
            headline.write(source, Some(BlockKind::Heading), &mut self.item.out);
        }
        // Text in no block is plain text, as inline data has it.
        flow.write(source, kind, &mut self.item.out);
    }

    /// What an element outside the content says, by its name and its parent's.
    fn field(&self, name: &str, parent: &str) -> Option<Field> {
        match (name, parent) {
            ("headline", _) | ("title", "head") => Some(Field::Title),
            ("contentCreated" | "firstCreated" | "versionCreated", _) => Some(Field::Date),
            ("by", _) | ("name", "creator") => Some(Field::Author),
            ("name", "service") => Some(Field::Desk),
            _ => None,
        }
    }

    /// What attributes say; dates that say more come first.
    fn attributes(&mut self, tag: &Tag<'_>) {
        let mut say = |field: Field, attribute: &str| {
            self.item.noted.extend(tag.get(attribute).map(|value| (field, value)));
        };
        match tag.name() {
            "newsItem" | "packageItem" => {
                say(Field::Id, "guid");
                say(Field::Lang, "xml:lang");
            }
            "inlineXML" | "inlineData" | "nitf" | "html" => say(Field::Lang, "xml:lang"),
            "doc-id" => say(Field::Id, "id-string"),
            "date.issue" | "story.date" => say(Field::Date, "norm"),
            "pubdata" => say(Field::Desk, "position.section"),
            "link" if tag.get("rel").is_some_and(|rel| rel.ends_with("translatedFrom")) => {
                say(Field::TranslationOf, "residref");
                say(Field::TranslationOf, "href");
            }
            _ => {}
        }
    }
}

/// Elements that are an item, the outermost of those in one another.
fn is_item(name: &str) -> bool {
    matches!(name, "newsItem" | "packageItem" | "nitf")
}

/// Elements whose date counts before those that stand above them.
fn is_first_date(name: &str) -> bool {
    matches!(name, "contentCreated" | "firstCreated")
}

/// Elements in which the text of an item stands.
fn is_content(name: &str) -> bool {
    matches!(name, "body" | "inlineData" | "body.content")
}

/// What elements of the text stand on lines of their own.
fn block(name: &str) -> Option<BlockKind> {
    match name {
        "p" | "div" | "block" | "bq" | "blockquote" | "byline" | "dateline" | "media-caption" | "caption"
        | "tagline" | "abstract" | "note" | "credit" | "hedline" | "head" | "table" | "tr" | "ul" | "ol"
        | "pre" | "media" => Some(BlockKind::Paragraph),
        "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" | "dt" | "dd" => Some(BlockKind::ListItem),
        "td" | "th" => Some(BlockKind::TableCell),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
        document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text))).collect()
    }

    #[test]
    fn nitf() {
        let source = "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf xml:lang=\"es-MX\"><head><title>El muro</title>\
            <docdata><doc-id id-string=\"n1\"/><date.issue norm=\"20250301T080000Z\"/></docdata><pubdata position.section=\"Nacional\"/></head>\n\
            <body><body.head><hedline><hl1>Cierra el muro</hl1></hedline><byline>Por Ana Luna</byline></body.head>\
            <body.content><p>La <em>Guardia</em>\n   Nacional &amp; más.<br/>Hoy.</p><p/><ul><li>uno</li></ul></body.content></body></nitf>";
        let document = read("x.xml", source.as_bytes()).documents.remove(0);
        let wanted = [
            (BlockKind::Heading, "Cierra el muro"),
            (BlockKind::Paragraph, "Por Ana Luna"),
            (BlockKind::Paragraph, "La Guardia\n   Nacional & más.\nHoy."),
            (BlockKind::ListItem, "uno"),
        ];
        assert_eq!(blocks(&document), wanted);
        let about = &document.about;
        assert_eq!((about.id.as_deref(), about.date.as_deref()), (Some("n1"), Some("2025-03-01")));
        assert_eq!((about.title.as_deref(), about.desk.as_deref()), (Some("El muro"), Some("Nacional")));
        assert_eq!(document.lang, Some(Lang::Es));
        let at = document.text.find("Guardia").expect("the word");
        assert_eq!(document.source_text(Span::new(at, at + 7)), "Guardia");
    }

    #[test]
    fn a_message_of_items_is_many_documents() {
        let item = |id: &str, lang: &str, link: &str, text: &str| {
            format!(
                "<newsItem guid=\"{id}\" xml:lang=\"{lang}\"><itemMeta><versionCreated>2025-04-01T00:00:00Z</versionCreated>{link}</itemMeta>\
                 <contentMeta><contentCreated>2025-03-01T00:00:00Z</contentCreated><headline>Title</headline><by>Ana</by></contentMeta>\
                 <contentSet><inlineXML contenttype=\"application/xhtml+xml\"><html><head><title>No</title></head><body><p>{text}</p></body></html></inlineXML></contentSet></newsItem>"
            )
        };
        let link = "<link rel=\"irel:translatedFrom\" residref=\"a\"/>";
        let source = format!(
            "<newsMessage><itemSet>{}{}</itemSet></newsMessage>",
            item("a", "en", "", "The wall"),
            item("b", "es", link, "El muro")
        );
        let read = read("x.xml", source.as_bytes());
        let shown: Vec<_> = read
            .documents
            .iter()
            .map(|d| (d.record.as_deref(), d.text.as_str(), d.lang, d.about.translation_of.as_deref()))
            .collect();
        let wanted = [
            (Some("a"), "Title\n\nThe wall", Some(Lang::En), None),
            (Some("b"), "Title\n\nEl muro", Some(Lang::Es), Some("a")),
        ];
        assert_eq!(shown, wanted);
        let second = &read.documents[1];
        assert_eq!(second.about.date.as_deref(), Some("2025-03-01"));
        let at = second.text.find("muro").expect("the word");
        let span = Span::new(at, at + 4);
        assert_eq!(second.file_span(span).of(&source), "muro");
        let column = source[..source.find("muro").expect("it")].chars().count() + 1;
        assert_eq!(second.position(&second.line_index(), span).column, column);
    }

    #[test]
    fn the_date_of_an_item_is_that_of_its_content_else_of_its_versions() {
        let date = |item: &str, content: &str| {
            let source = format!(
                "<newsItem guid=\"a\"><itemMeta>{item}</itemMeta><contentMeta>{content}</contentMeta>\
                 <contentSet><inlineData>Texto.</inlineData></contentSet></newsItem>"
            );
            read("x.xml", source.as_bytes()).documents.remove(0).about.date
        };
        let version = "<versionCreated>2025-04-03T00:00:00Z</versionCreated>";
        let first = "<firstCreated>2025-04-02T00:00:00Z</firstCreated>";
        assert_eq!(date(version, "").as_deref(), Some("2025-04-03"));
        assert_eq!(date(&format!("{version}{first}"), "").as_deref(), Some("2025-04-02"));
        let content = "<contentCreated>2025-04-01</contentCreated>";
        assert_eq!(date(&format!("{version}{first}"), content).as_deref(), Some("2025-04-01"));
        assert_eq!(date("", ""), None);
    }

    #[test]
    fn a_package_and_a_picture_have_their_headlines() {
        let item = |name: &str, id: &str, headline: &str, content: &str| {
            format!(
                "<{name} guid=\"{id}\"><contentMeta><headline>{headline}</headline></contentMeta>{content}</{name}>"
            )
        };
        let refs =
            "<groupSet><group><itemRef residref=\"a\"><title>Foto</title></itemRef></group></groupSet>";
        let picture =
            "<contentSet><remoteContent href=\"x.jpg\"><altText>no</altText></remoteContent></contentSet>";
        let source = format!(
            "<newsMessage><itemSet>{}{}</itemSet></newsMessage>",
            item("newsItem", "a", "El muro, de noche", picture),
            item("packageItem", "p", "Lo mejor del día", refs)
        );
        let read = read("x.xml", source.as_bytes());
        let shown: Vec<_> = read.documents.iter().map(|d| (d.record.as_deref(), d.text.as_str())).collect();
        assert_eq!(shown, [(Some("a"), "El muro, de noche"), (Some("p"), "Lo mejor del día")]);
    }

    #[test]
    fn the_root_tells_the_kind() {
        let message = |text: &str| read("x.xml", text.as_bytes()).findings[0].message.clone();
        assert!(message("<project/>").contains("its root is `project`"));
        assert_eq!(read("x.xml", b"<html><p>Hola</p></html>").documents[0].text, "Hola");
        assert!(message("<xliff>").contains("ends before"));
    }
}
