//! An entry of the page, from its head terms down to where it occurs.

use super::super::writer::Html;
use super::Page;
use super::key::search_key;
use crate::concord::{AlignedContext, Snippet};
use crate::lang::Lang;
use crate::report::aligned_glossary::{ConceptLink, Entry, EntryTerm, PlaceCount, Rendering};
use crate::report::view::{self, Piece, Relation, Side};
use crate::report::words::{self, Label, counted, fill, number};

/// Writes an entry.
pub(super) fn write_entry(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    let found = view::is_found(entry);
    let article = h
        .tag("article")
        .class(if found { "entry" } else { "entry absent" })
        .attr("id", &anchor(&entry.id))
        .attr("data-k", &search_key(entry));
    let article = match &entry.subject {
        Some(subject) => article.attr("data-s", subject),
        None => article,
    };
    article.body(|h| {
        write_labels(h, page, entry);
        write_terms(h, page, entry);
        write_warnings(h, page, entry);
        write_definitions(h, page, entry);
        write_renderings(h, page, entry);
        write_contexts(h, page, entry);
        write_notes(h, page, entry);
        write_places(h, page, entry);
    });
}

/// The id of an entry's element; HTML allows anything but white space.
pub(super) fn anchor(id: &str) -> String {
    id.chars()
        .map(|letter| if letter.is_whitespace() || letter.is_control() { '-' } else { letter })
        .collect()
}

/// The address of an entry on this page; what an address may not hold is escaped by its bytes.
fn fragment(id: &str) -> String {
    let mut out = String::from("#");
    for letter in anchor(id).chars() {
        if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '~') {
            out.push(letter);
        } else {
            out.extend(letter.to_string().bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    out
}

/// Subject, kind, jurisdiction, review, and a link to the entry itself.
fn write_labels(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    h.tag("p").class("labels").body(|h| {
        let mut words: Vec<&str> = view::classification(entry, page.ui);
        if !view::is_found(entry) {
            words.push(page.label(Label::NotInTexts));
        }
        for word in words {
            h.tag("span").class("label").text(word);
        }
        h.tag("a")
            .class("here")
            .attr("href", &fragment(&entry.id))
            .attr("aria-label", page.label(Label::LinkHere))
            .text("#");
    });
}

fn write_terms(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    h.tag("div").class("pair terms").body(|h| {
        for (column, lang) in page.columns.into_iter().enumerate() {
            let side = view::side(entry, lang);
            h.tag("div").class("side").body(|h| {
                write_head_term(h, page, &side, column == 0);
                write_also(h, page, &side);
                for term in &side.avoid {
                    write_avoid(h, page, term);
                }
            });
        }
    });
    write_other_languages(h, page, entry);
}

/// The first column's term is the entry's heading, the second's stands beside it.
fn write_head_term(h: &mut Html, page: &Page<'_>, side: &Side<'_>, is_heading: bool) {
    h.tag("p").class("label side-name").text(view::language(side.lang, page.ui));
    h.tag("div").class("head").body(|h| {
        let name = if is_heading { "h3" } else { "p" };
        h.tag(name).class("term").lang(page.tag(side.lang)).body(|h| match side.head {
            Some(term) => write_term_with_article(h, term),
            None => h.tag("span").class("none").lang(page.ui.code()).text(page.label(Label::NoTerm)),
        });
        if let Some(term) = side.head {
            write_copy_button(h, page, term);
        }
    });
    if let Some(term) = side.head {
        h.tag("p").class("facts").text(&view::facts(term, page.glossary).join(" · "));
        write_term_note(h, page, term);
    }
}

fn write_term_with_article(h: &mut Html, term: &EntryTerm) {
    if let Some(article) = &term.article {
        h.tag("span").class("article").text(article);
        h.text(" ");
    }
    h.tag("b").class("word").text(&term.term);
}

fn write_copy_button(h: &mut Html, page: &Page<'_>, term: &EntryTerm) {
    let copy = page.label(Label::Copy);
    h.tag("button")
        .class("copy js-only")
        .attr("type", "button")
        .attr("aria-label", &format!("{copy} {}", term.term))
        .text(copy);
}

fn write_term_note(h: &mut Html, page: &Page<'_>, term: &EntryTerm) {
    if let Some(note) = &term.note {
        h.tag("p").class("term-note").text(&labelled(page, Label::Note, note));
    }
}

fn write_also(h: &mut Html, page: &Page<'_>, side: &Side<'_>) {
    if side.also.is_empty() {
        return;
    }
    h.tag("div").class("also").body(|h| {
        h.tag("span").class("label").text(page.label(Label::Also));
        h.tag("ul").body(|h| {
            for term in &side.also {
                h.tag("li").body(|h| write_small_term(h, page, term));
            }
        });
    });
}

fn write_small_term(h: &mut Html, page: &Page<'_>, term: &EntryTerm) {
    h.tag("span").lang(&term.lang).body(|h| write_term_with_article(h, term));
    h.text(" ");
    h.tag("span").class("facts").text(&view::facts(term, page.glossary).join(" · "));
    write_term_note(h, page, term);
}

/// A term not to be written, why, and what to write instead.
fn write_avoid(h: &mut Html, page: &Page<'_>, term: &EntryTerm) {
    let warning = if term.forbidden { Label::Forbidden } else { Label::Avoid };
    h.tag("p").class("avoid").body(|h| {
        h.tag("span").class("label warn").text(page.label(warning));
        h.text(" ");
        h.tag("s").lang(&term.lang).text(&term.term);
        h.text(" ");
        h.tag("span").class("facts").text(&view::facts(term, page.glossary).join(" · "));
        let advice = view::advice(term, page.ui);
        if !advice.is_empty() {
            h.tag("span").class("advice").text(&advice);
        }
    });
}

fn write_other_languages(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    let terms: Vec<&EntryTerm> = view::other_languages(entry).collect();
    if terms.is_empty() {
        return;
    }
    h.tag("p").class("line").body(|h| {
        h.tag("span").class("label").text(page.label(Label::OtherLanguages));
        for term in terms {
            h.text(&format!(" {} ", term.lang));
            h.tag("i").lang(&term.lang).text(&term.term);
        }
    });
}

fn write_warnings(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    let confusable = view::links(entry, Relation::Confusable);
    if !confusable.is_empty() {
        h.tag("p").class("line confuse").body(|h| {
            h.tag("span").class("label warn").text(page.label(Label::Confusable));
            write_links(h, page, &confusable);
        });
    }
    let validity = view::validity(entry, page.ui);
    let replaced_by = view::links(entry, Relation::ReplacedBy);
    if validity.is_empty() && replaced_by.is_empty() {
        return;
    }
    h.tag("p").class("line validity").body(|h| {
        h.text(&validity.join(" · "));
        if !replaced_by.is_empty() {
            h.tag("span").class("label").text(page.label(Label::ReplacedBy));
            write_links(h, page, &replaced_by);
        }
    });
}

/// Concepts that are not on the page, because it was made of a part of the glossary, are named only.
fn write_links(h: &mut Html, page: &Page<'_>, links: &[&ConceptLink]) {
    for (i, link) in links.iter().enumerate() {
        h.text(if i == 0 { " " } else { " · " });
        if page.ids.contains(link.id.as_str()) {
            h.tag("a").attr("href", &fragment(&link.id)).text(&link.label);
        } else {
            h.text(&link.label);
        }
    }
}

fn write_definitions(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    if entry.definitions.is_empty() {
        return;
    }
    h.tag("div").class("pair definitions").body(|h| {
        for lang in page.columns {
            h.tag("div").class("side").body(|h| {
                if let Some(definition) = view::definition(entry, lang) {
                    h.tag("p").class("definition").lang(&definition.lang).text(&definition.text);
                    write_source(h, page, definition.source.as_deref());
                }
            });
        }
    });
}

fn write_source(h: &mut Html, page: &Page<'_>, source: Option<&str>) {
    if let Some(source) = source {
        h.tag("p").class("source").text(&labelled(page, Label::Source, words::source(source, page.ui)));
    }
}

/// Each column says how the other language's occurrences are rendered in it.
fn write_renderings(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    if entry.rendered_es.is_empty() && entry.rendered_en.is_empty() {
        return;
    }
    h.tag("div").class("pair renderings").body(|h| {
        for lang in page.columns {
            h.tag("div").class("side").body(|h| write_rendering_list(h, page, entry, lang));
        }
    });
}

fn write_rendering_list(h: &mut Html, page: &Page<'_>, entry: &Entry, lang: Lang) {
    let renderings = view::renderings(entry, lang);
    if renderings.is_empty() {
        return;
    }
    h.tag("p").body(|h| {
        h.tag("span").class("label").text(view::into_language(lang, page.ui));
        for (i, rendering) in renderings.iter().enumerate() {
            h.text(if i == 0 { " " } else { " · " });
            write_rendering(h, page, rendering, lang);
        }
    });
}

fn write_rendering(h: &mut Html, page: &Page<'_>, rendering: &Rendering, lang: Lang) {
    match &rendering.term {
        Some(term) => h.tag("i").lang(page.tag(lang)).text(term),
        None => h.text(page.label(Label::RenderedOtherwise)),
    }
    let count = format!(" {}", number(rendering.count));
    let places = view::rendering_places(page.glossary, rendering).join(" · ");
    h.tag("span").class("count").attr("title", &places).text(&count);
    if rendering.term.is_none() {
        write_unlisted(h, page, rendering, lang);
        h.tag("span").class("where").text(&format!(" ({places})"));
    }
}

/// What seems to stand where no term of the glossary does.
fn write_unlisted(h: &mut Html, page: &Page<'_>, rendering: &Rendering, lang: Lang) {
    for (i, (text, count)) in view::unlisted(rendering).enumerate() {
        h.text(if i == 0 { ": " } else { ", " });
        h.tag("i").lang(page.tag(lang)).text(text);
        h.tag("span").class("count").text(&format!(" {}", number(count)));
    }
    if !rendering.unlisted.is_empty() {
        h.tag("span").class("where").text(&format!(", {}", page.label(Label::Unlisted)));
    }
}

/// The best context in the open, the others folded.
fn write_contexts(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    let Some((best, others)) = entry.contexts.split_first() else { return };
    write_context(h, page, best);
    if others.is_empty() {
        return;
    }
    h.tag("details").class("more").body(|h| {
        let summary = counted(others.len(), Label::MoreContextsOne, Label::MoreContextsMany, page.ui);
        h.tag("summary").text(&summary);
        for context in others {
            write_context(h, page, context);
        }
    });
}

fn write_context(h: &mut Html, page: &Page<'_>, context: &AlignedContext) {
    let alone = context.es.is_none() || context.en.is_none();
    h.tag("div").class(if alone { "pair context alone" } else { "pair context" }).body(|h| {
        if let Some(caveat) = view::caveat(context, page.ui) {
            h.tag("p").class("evidence label").text(caveat);
        }
        for lang in page.columns {
            if let Some(snippet) = view::snippet(context, lang) {
                write_snippet(h, page, snippet, lang);
            }
        }
    });
}

fn write_snippet(h: &mut Html, page: &Page<'_>, snippet: &Snippet, lang: Lang) {
    h.tag("blockquote").body(|h| {
        h.tag("p").lang(page.tag(lang)).body(|h| {
            for piece in view::pieces(snippet) {
                match piece {
                    Piece::Plain(text) => h.text(text),
                    Piece::Hit(text) => h.tag("mark").text(text),
                }
            }
        });
        h.tag("footer").body(|h| {
            h.tag("cite").text(view::cited(snippet, page.ui));
            if let Some(part) = &snippet.part {
                h.text(&format!(", {part}"));
            } else if snippet.line > 0 {
                h.text(&format!(", {}", fill(page.label(Label::Line), &[("n", &number(snippet.line))])));
            }
        });
    });
}

fn write_notes(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    for relation in [Relation::Related, Relation::Broader] {
        let links = view::links(entry, relation);
        if !links.is_empty() {
            h.tag("p").class("line").body(|h| {
                h.tag("span").class("label").text(page.label(relation.label()));
                write_links(h, page, &links);
            });
        }
    }
    for (label, text) in view::remarks(entry, page.ui) {
        write_remark(h, page, label, text);
    }
    if let Some(url) = entry.url.as_deref().filter(|url| is_web_address(url)) {
        h.tag("p").class("line").body(|h| {
            h.tag("a").attr("href", url).attr("rel", "noopener noreferrer").text(page.label(Label::ReadMore));
        });
    }
}

fn write_remark(h: &mut Html, page: &Page<'_>, label: Label, text: &str) {
    h.tag("p").class("line").body(|h| {
        h.tag("span").class("label").text(&format!("{}:", page.label(label)));
        h.text(" ");
        h.text(text);
    });
}

fn labelled(page: &Page<'_>, label: Label, text: &str) -> String {
    format!("{}: {text}", page.label(label))
}

/// A glossary may come from anyone: only web addresses become links.
fn is_web_address(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

fn write_places(h: &mut Html, page: &Page<'_>, entry: &Entry) {
    if entry.places.is_empty() {
        return;
    }
    h.tag("details").class("places").body(|h| {
        h.tag("summary").text(&view::occurrences(entry, page.ui));
        h.tag("ul").body(|h| {
            for place in &entry.places {
                h.tag("li").body(|h| write_place(h, page, place));
            }
        });
    });
}

fn write_place(h: &mut Html, page: &Page<'_>, place: &PlaceCount) {
    h.tag("cite").text(view::document_name(page.glossary, place));
    h.tag("span").class("count").text(&format!(" {}", number(place.count)));
    if place.line > 0 {
        let from = fill(page.label(Label::FromLine), &[("n", &number(place.line))]);
        h.text(&format!(", {from}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_anchors_and_addresses() {
        let cases =
            [("t-mec", "t-mec", "#t-mec"), ("año 1", "año-1", "#año-1"), ("50%\"", "50%\"", "#50%25%22")];
        for (id, expected_anchor, expected_fragment) in cases {
            assert_eq!(anchor(id), expected_anchor);
            assert_eq!(fragment(id), expected_fragment);
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        for (url, expected) in [
            ("https://example.org", true),
            ("HTTP://example.org", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("é", false),
        ] {
            assert_eq!(is_web_address(url), expected, "{url}");
        }
    }
}
