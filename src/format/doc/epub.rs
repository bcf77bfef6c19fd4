//! EPUB: the texts of a book in its order of reading.

use std::collections::{HashMap, HashSet};

use super::Read;
use super::build::TextBuilder;
use super::fields::Field;
use super::html;
use super::office;
use crate::check::{Finding, Severity};
use crate::format::container::{Container, resolve};
use crate::format::decode::decode_labelled;
use crate::format::xml::{Event, Xml, XmlError, stated_encoding};
use crate::text::Span;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    office::read(name, bytes, "an EPUB", |container| {
        let package = package_name(container)?;
        let xml = container.text(&package)?;
        let chapters = chapters(&xml).map_err(|error| office::damaged(&package, &xml, &error))?;
        let mut out = TextBuilder::default();
        let mut seen = HashSet::new();
        let mut findings = Vec::new();
        let parts = chapters.iter().map(|chapter| resolve(&package, chapter));
        for part in parts.filter(|part| seen.insert(part.clone())) {
            if container.has(&part) {
                append(container, &part, &mut out)?;
            } else {
                findings.push(missing(name, &part));
            }
        }
        let mut document = out.finish_extracted();
        let noted = office::noted(container, &package, |name| match name {
            "title" => Some(Field::Title),
            "date" => Some(Field::Date),
            "creator" => Some(Field::Author),
            "language" => Some(Field::Lang),
            "identifier" => Some(Field::Id),
            _ => None,
        });
        noted.note(&mut document);
        Ok(Read { findings, ..Read::of(document) })
    })
}

fn missing(name: &str, part: &str) -> Finding {
    let message = format!("`{name}` names the chapter `{part}`, which is not in it");
    Finding::new(Severity::Warning, "broken-document", message)
        .help("the other chapters were read; get the book anew if that one matters")
}

/// The package document, which `META-INF/container.xml` names.
fn package_name(container: &mut Container<'_>) -> Result<String, String> {
    const CONTAINER: &str = "META-INF/container.xml";
    let xml = container.text(CONTAINER)?;
    let names = office::attributes(&xml, "rootfile", "full-path");
    let names = names.map_err(|error| office::damaged(CONTAINER, &xml, &error))?;
    names.into_iter().next().ok_or_else(|| format!("`{CONTAINER}` names no package"))
}

/// The links to the chapters in the order of reading; the table of contents is none.
fn chapters(package: &str) -> Result<Vec<String>, XmlError> {
    let mut xml = Xml::new(package);
    let mut items: HashMap<String, String> = HashMap::new();
    let mut chapters = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name() == "item" => {
                let kind = tag.get("media-type").unwrap_or_default();
                let contents = tag.get("properties").is_some_and(|list| list.split(' ').any(|p| p == "nav"));
                if kind.contains("html") && !contents {
                    items.insert(tag.get("id").unwrap_or_default(), tag.get("href").unwrap_or_default());
                }
            }
            Event::Start(tag) if tag.name() == "itemref" => {
                let id = tag.get("idref").unwrap_or_default();
                chapters.extend(items.get(&id).cloned());
            }
            Event::Eof => return Ok(chapters),
            _ => {}
        }
    }
}

fn append(container: &mut Container<'_>, part: &str, out: &mut TextBuilder) -> Result<(), String> {
    let bytes = container.bytes(part)?;
    let decoded = decode_labelled(part, &bytes, stated_encoding(&bytes))
        .map_err(|error| format!("{} (perhaps it is protected against copying)", error.message))?;
    let source = as_html(&decoded.text);
    let mut chapter = TextBuilder::default();
    html::append(&source, Span::new(0, source.len()), &mut chapter);
    let chapter = chapter.finish_extracted();
    for (i, block) in chapter.blocks.iter().enumerate() {
        out.part(format!("{part}, paragraph {}", i + 1));
        out.block(block.kind, block.span.of(&chapter.text));
    }
    Ok(())
}

/// Elements that HTML knows to be empty.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// XHTML of a book as HTML of a page: with `<a></a>` for `<a/>`, which HTML takes for an element that is left open, and
/// notes and the ends of chapters, which would be furniture of a page, as parts of the text.
fn as_html(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..=start]);
        rest = &rest[start + 1..];
        if let Some(slash) = rest.strip_prefix('/') {
            out.push('/');
            rest = slash;
        }
        let name = tag_name(rest);
        out.push_str(if FURNITURE.contains(&name) { "div" } else { name });
        rest = &rest[name.len()..];
        let end = rest.find(['<', '>']).unwrap_or(rest.len());
        let is_closed = rest[end..].starts_with('>') && rest[..end].ends_with('/');
        if is_closed && !name.is_empty() && !EMPTY.contains(&name) {
            let name = if FURNITURE.contains(&name) { "div" } else { name };
            out.push_str(&rest[..end - 1]);
            out.push_str("></");
            out.push_str(name);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// Elements in which a book has notes and the ends of chapters.
const FURNITURE: &[&str] = &["aside", "footer"];

/// The name of the tag that the text after `<` or `</` begins with; empty where it is none.
fn tag_name(text: &str) -> &str {
    let length =
        text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':')).unwrap_or(text.len());
    let name = &text[..length];
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::container::tests::archive;
    use crate::lang::Lang;

    #[test]
    fn chapters_come_in_the_order_of_reading() {
        let package = "<package><metadata><dc:title>El muro</dc:title><dc:language>es</dc:language><dc:date>2019-05-01</dc:date></metadata>\
                       <manifest><item id=\"n\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\
                       <item id=\"a\" href=\"t/uno%20a.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"t/dos.xhtml\" \
                       media-type=\"application/xhtml+xml\"/><item id=\"c\" href=\"x.css\" media-type=\"text/css\"/><item id=\"d\" href=\"t/tres.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
                       <spine><itemref idref=\"n\"/><itemref idref=\"b\"/><itemref idref=\"a\"/><itemref idref=\"c\"/><itemref idref=\"d\"/></spine></package>";
        let page = |text: &str| {
            format!(
                "<?xml version=\"1.0\"?><html><head><title/><script src=\"x\"/></head><body>{text}</body></html>"
            )
        };
        let (one, two) = (
            page(
                "<h1>Dos</h1><p>La <a id=\"p\"/>Guardia<a epub:type=\"noteref\" href=\"#n\">1</a>&#160;Nacional<br/>y&nbsp;más.</p>",
            ),
            page(
                "<p>Primera.</p><aside epub:type=\"footnote\"><p>Nota.</p></aside><footer><p>Fin.</p></footer>",
            ),
        );
        let bytes = archive(&[
            (
                "META-INF/container.xml",
                b"<container><rootfiles><rootfile full-path=\"OEBPS/p.opf\"/></rootfiles></container>",
            ),
            ("OEBPS/p.opf", package.as_bytes()),
            ("OEBPS/nav.xhtml", b"<html><body><p>No</p></body></html>"),
            ("OEBPS/t/uno a.xhtml", one.as_bytes()),
            ("OEBPS/t/dos.xhtml", two.as_bytes()),
        ]);
        let read = read("x.epub", &bytes);
        assert!(read.findings[0].message.contains("`OEBPS/t/tres.xhtml`"), "{:?}", read.findings);
        let document = &read.documents[0];
        assert_eq!(
            document.text,
            "Primera.\n\nNota.\n\nFin.\n\nDos\n\nLa Guardia\u{a0}Nacional\ny\u{a0}más."
        );
        assert_eq!(
            document.parts.at(document.text.find("Dos").expect("it")),
            Some("OEBPS/t/uno a.xhtml, paragraph 1")
        );
        assert_eq!((document.lang, document.about.date.as_deref()), (Some(Lang::Es), Some("2019-05-01")));
    }

    #[test]
    fn xhtml_becomes_html() {
        let cases = [
            ("<p><a id=\"x\"/>uno<br/></p>", "<p><a id=\"x\"></a>uno<br/></p>"),
            ("a /> b <i /> c", "a /> b <i ></i> c"),
            ("<aside class=\"x\">a</aside><footer/>", "<div class=\"x\">a</div><div></div>"),
            ("<asides>a</asides> < aside", "<asides>a</asides> < aside"),
            ("<p>1 < 2 /></p>", "<p>1 < 2 /></p>"),
            ("<ñ/>", "<ñ/>"),
        ];
        for (source, wanted) in cases {
            assert_eq!(as_html(source), wanted);
        }
    }
}
