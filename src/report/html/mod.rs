//! The page: a dictionary of the glossary's concepts as the texts show them, in one file that needs nothing else.
//!
//! It can be read without JavaScript: style sheet and script only fold, filter and copy. Entries stand in two
//! columns, one a language; every entry can be linked to by its id (`glossary.html#t-mec`).
//!
//! ```
//! # use glosa::report::{self, AlignedGlossary, Options};
//! # fn show(glossary: &AlignedGlossary) -> String {
//! report::html::render(glossary, &Options::default())
//! # }
//! ```

mod entry;
mod key;

use std::collections::{BTreeSet, HashSet};

use self::entry::write_entry;
use super::aligned_glossary::{DocumentLine, Entry};
use super::view::{self, columns};
use super::words::{self, Label, counted, fill, number};
use super::writer::Html;
use super::{AlignedGlossary, Options};
use crate::lang::Lang;

pub(crate) const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("page.js");

/// No script, style, picture or font comes from elsewhere, and nothing is sent anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// Renders the page.
pub fn render(glossary: &AlignedGlossary, _options: &Options) -> String {
    let ids = glossary.entries.iter().map(|entry| entry.id.as_str()).collect();
    let page = Page { glossary, ui: glossary.ui, columns: columns(glossary), ids };
    let mut html = Html::default();
    html.trusted("<!DOCTYPE html>");
    html.tag("html").lang(page.ui.code()).body(|h| {
        write_head(h, &page);
        h.tag("body").body(|h| write_body(h, &page));
    });
    html.finish()
}

/// What every part of the page needs to know.
#[derive(Clone, Debug)]
struct Page<'a> {
    glossary: &'a AlignedGlossary,
    ui: Lang,
    columns: [Lang; 2],
    /// The ids of all entries: what may be linked to.
    ids: HashSet<&'a str>,
}

impl Page<'_> {
    fn label(&self, label: Label) -> &'static str {
        label.of(self.ui)
    }

    /// The tag of a column: as the working languages write it.
    fn tag(&self, lang: Lang) -> &str {
        let tags = &self.glossary.languages;
        tags.iter().find(|tag| Lang::from_tag(tag) == Some(lang)).map_or(lang.code(), String::as_str)
    }
}

fn write_head(h: &mut Html, page: &Page<'_>) {
    let title = format!("{} · {}", page.glossary.title, page.label(Label::AlignedGlossary));
    head(h, &title, &[STYLE], |h| {
        h.tag("script").body(|h| h.trusted("document.documentElement.className = 'js';"));
    });
}

/// The head of a page that fetches nothing.
pub(crate) fn head(h: &mut Html, title: &str, styles: &[&'static str], more: impl FnOnce(&mut Html)) {
    h.tag("head").body(|h| {
        h.tag("meta").attr("charset", "utf-8").void();
        h.tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1").void();
        h.tag("meta").attr("name", "color-scheme").attr("content", "light dark").void();
        h.tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", POLICY).void();
        h.tag("link").attr("rel", "icon").attr("href", "data:,").void();
        h.tag("title").text(title);
        h.tag("style").body(|h| styles.iter().for_each(|style| h.trusted(style)));
        more(h);
    });
}

fn write_body(h: &mut Html, page: &Page<'_>) {
    h.tag("a").class("skip").attr("href", "#glosa:entries").text(page.label(Label::SkipToEntries));
    write_title(h, page);
    write_search(h, page);
    write_filters(h, page);
    write_entries(h, page);
    write_documents(h, page);
    let labels = script_labels(page.ui);
    h.tag("script").attr("type", "application/json").attr("id", "glosa:labels").body(|h| h.json(&labels));
    h.tag("script").body(|h| h.trusted(SCRIPT));
}

fn write_title(h: &mut Html, page: &Page<'_>) {
    h.tag("header").class("top").body(|h| {
        h.tag("p").class("kicker").text(page.label(Label::AlignedGlossary));
        h.tag("h1").text(&page.glossary.title);
        h.tag("p").class("truth").text(&view::truth(&page.glossary.totals, page.ui));
    });
}

fn write_search(h: &mut Html, page: &Page<'_>) {
    h.tag("div").class("search js-only").attr("role", "search").body(|h| {
        h.tag("input")
            .attr("type", "search")
            .attr("id", "glosa:q")
            .attr("aria-label", page.label(Label::Search))
            .attr("placeholder", page.label(Label::Search))
            .attr("aria-describedby", "glosa:hint")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .attr("enterkeyhint", "search")
            .void();
        h.tag("p")
            .class("status")
            .attr("role", "status")
            .attr("aria-live", "polite")
            .attr("id", "glosa:status")
            .text("");
        h.tag("p").class("hint").attr("id", "glosa:hint").text(page.label(Label::SearchHint));
    });
}

fn write_filters(h: &mut Html, page: &Page<'_>) {
    h.tag("div").class("filters").body(|h| {
        write_switch(h, page);
        write_subjects(h, page);
        write_index(h, page);
    });
}

fn write_switch(h: &mut Html, page: &Page<'_>) {
    let totals = &page.glossary.totals;
    let choices = [
        ("glosa:found", page.label(Label::ShowFound), totals.found, totals.found > 0),
        ("glosa:all", page.label(Label::ShowAll), totals.concepts, totals.found == 0),
    ];
    switch(h, "switch", page.label(Label::Show), &choices);
}

/// Choices of which one is made, each with its id, label, count and whether it is made at first. They work by the
/// style sheet alone.
pub(super) fn switch(
    h: &mut Html,
    class: &'static str,
    label: &str,
    choices: &[(&'static str, &str, usize, bool)],
) {
    h.tag("div").class(class).attr("role", "radiogroup").attr("aria-label", label).body(|h| {
        h.tag("span").class("label").text(label);
        for &(id, label, count, chosen) in choices {
            choice(h, "glosa:show", id, label, count, chosen);
        }
    });
}

/// One of the choices of a name, with its id, label, count and whether it is made at first.
pub(crate) fn choice(h: &mut Html, name: &str, id: &str, label: &str, count: usize, chosen: bool) {
    let input = h.tag("input").attr("type", "radio").attr("name", name).attr("id", id);
    let input = if chosen { input.flag("checked") } else { input };
    input.void();
    h.tag("label").attr("for", id).body(|h| {
        h.text(label);
        h.tag("span").class("count").text(&format!(" {}", number(count)));
    });
}

fn write_subjects(h: &mut Html, page: &Page<'_>) {
    let keys = page.glossary.entries.iter().filter_map(|entry| entry.subject.as_deref());
    let subjects: BTreeSet<(&str, &str)> = keys.map(|key| (words::subject(key, page.ui), key)).collect();
    if subjects.len() < 2 {
        return;
    }
    h.tag("div").class("subject js-only").body(|h| {
        h.tag("label").class("label").attr("for", "glosa:subject").text(page.label(Label::Subject));
        h.tag("select").attr("id", "glosa:subject").body(|h| {
            h.tag("option").attr("value", "").text(page.label(Label::AnySubject));
            for (subject, key) in subjects {
                h.tag("option").attr("value", key).text(subject);
            }
        });
    });
}

fn write_index(h: &mut Html, page: &Page<'_>) {
    let groups = groups(page);
    if groups.len() < 3 {
        return;
    }
    h.tag("nav").class("index").attr("aria-label", page.label(Label::Index)).body(|h| {
        for group in groups.iter().filter(|group| group.is_first) {
            let link = h.tag("a").attr("href", &format!("#glosa:{}", group.letter));
            let link = if group.is_found { link } else { link.class("absent") };
            link.text(&group.letter.to_string());
            h.text(" ");
        }
    });
}

/// Entries in a row under one letter.
struct Group<'a> {
    letter: char,
    /// No earlier group has the letter, so that it may be linked to.
    is_first: bool,
    /// One of them occurs in the texts.
    is_found: bool,
    entries: Vec<&'a Entry>,
}

fn groups<'a>(page: &Page<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for entry in &page.glossary.entries {
        let letter = key::letter(sort_term(page, entry));
        if groups.last().is_none_or(|group| group.letter != letter) {
            let is_first = groups.iter().all(|group| group.letter != letter);
            groups.push(Group { letter, is_first, is_found: false, entries: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.is_found |= view::is_found(entry);
            group.entries.push(entry);
        }
    }
    groups
}

/// The term by which an entry is sorted.
fn sort_term<'a>(page: &Page<'_>, entry: &'a Entry) -> &'a str {
    let heads = page.columns.into_iter().filter_map(|lang| view::side(entry, lang).head);
    heads.map(|term| term.term.as_str()).next().unwrap_or(&entry.id)
}

fn write_entries(h: &mut Html, page: &Page<'_>) {
    h.tag("main")
        .attr("id", "glosa:entries")
        .attr("tabindex", "-1")
        .attr("aria-label", page.label(Label::Concepts))
        .body(|h| {
            write_column_names(h, page);
            for group in groups(page) {
                write_letter(h, &group);
                for entry in &group.entries {
                    write_entry(h, page, entry);
                }
            }
        });
}

fn write_column_names(h: &mut Html, page: &Page<'_>) {
    h.tag("div").class("pair names").attr("aria-hidden", "true").body(|h| {
        for lang in page.columns {
            h.tag("p").class("label").text(view::language(lang, page.ui));
        }
    });
}

fn write_letter(h: &mut Html, group: &Group<'_>) {
    let letter = group.letter.to_string();
    let heading = h.tag("h2").class(if group.is_found { "letter" } else { "letter absent" });
    let heading = if group.is_first { heading.attr("id", &format!("glosa:{letter}")) } else { heading };
    heading.text(&letter);
}

fn write_documents(h: &mut Html, page: &Page<'_>) {
    h.tag("footer").class("colophon").body(|h| {
        if !page.glossary.documents.is_empty() {
            h.tag("details").class("texts").body(|h| {
                h.tag("summary").body(|h| write_documents_summary(h, page));
                h.tag("div").class("scroll").body(|h| write_documents_table(h, page));
            });
        }
        h.tag("p").class("made").text(page.label(Label::MadeWith));
    });
}

fn write_documents_summary(h: &mut Html, page: &Page<'_>) {
    let totals = &page.glossary.totals;
    let documents = counted(page.glossary.documents.len(), Label::DocumentOne, Label::DocumentMany, page.ui);
    let (words, hits) = (number(totals.words), number(totals.hits));
    let values = [("documents", documents.as_str()), ("words", words.as_str()), ("hits", hits.as_str())];
    h.tag("span").class("label").text(page.label(Label::Texts));
    h.text(" ");
    h.text(&fill(page.label(Label::TextsSummary), &values));
}

fn write_documents_table(h: &mut Html, page: &Page<'_>) {
    let names = [Label::Text, Label::Language, Label::Partner, Label::Words, Label::Occurrences];
    h.tag("table").body(|h| {
        h.tag("tr").body(|h| {
            for name in names {
                h.tag("th").attr("scope", "col").text(page.label(name));
            }
        });
        for document in &page.glossary.documents {
            write_document(h, page, document);
        }
    });
}

fn write_document(h: &mut Html, page: &Page<'_>, document: &DocumentLine) {
    let lang = document.lang.map_or(page.label(Label::Unknown), |lang| view::language(lang, page.ui));
    let partner = document.partner.and_then(|index| page.glossary.documents.get(index));
    h.tag("tr").body(|h| {
        h.tag("td").text(&document.name);
        h.tag("td").text(lang);
        h.tag("td").text(partner.map_or("—", |partner| partner.name.as_str()));
        h.tag("td").class("number").text(&number(document.words));
        h.tag("td").class("number").text(&number(document.hits));
    });
}

/// The labels that the script shows.
fn script_labels(ui: Lang) -> serde_json::Value {
    serde_json::json!({
        "one": Label::ResultOne.of(ui),
        "many": Label::ResultMany.of(ui),
        "near": Label::ResultNear.of(ui),
        "none": Label::ResultNone.of(ui),
        "hidden": Label::ResultHidden.of(ui),
        "showAll": Label::ShowAll.of(ui),
        "copied": Label::Copied.of(ui),
        "notCopied": Label::NotCopied.of(ui),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn page(ui: Lang) -> String {
        render(&AlignedGlossary { ui, ..sample::glossary() }, &Options::default())
    }

    #[test]
    fn hostile_text_stays_text() {
        let html = render(&sample::hostile(), &Options::default());
        assert!(!html.contains("<script>alert"), "a script got in");
        assert!(!html.contains("<b onmouseover"), "an element got in");
        assert!(!html.contains("href=\"javascript"), "an address of the wrong kind got in");
        assert!(!html.contains('\u{1b}'), "a control character got in");
        assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"), "the text itself is gone");
    }

    #[test]
    fn nothing_is_fetched() {
        let html = page(Lang::Es);
        for loader in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "sendBeacon"] {
            assert!(!html.contains(loader), "{loader}");
        }
    }

    #[test]
    fn style_and_script_cannot_end_early() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn elements_are_closed_and_ids_unique() {
        let html = page(Lang::Es);
        for name in ["article", "div", "details", "section", "p", "li", "blockquote", "span"] {
            let opened =
                html.matches(&format!("<{name} ")).count() + html.matches(&format!("<{name}>")).count();
            assert_eq!(opened, html.matches(&format!("</{name}>")).count(), "{name}");
        }
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
    }

    #[test]
    fn every_link_within_the_page_has_its_target() {
        let html = page(Lang::Es);
        for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(html.contains(&format!(" id=\"{target}\"")), "#{target} leads nowhere");
        }
    }

    #[test]
    fn the_labels_are_in_one_language() {
        let (es, en) = (page(Lang::Es), page(Lang::En));
        for label in Label::ALL {
            let (spanish, english) = (label.of(Lang::Es), label.of(Lang::En));
            if spanish.contains('{') || spanish.len() < 12 || english.len() < 12 {
                continue;
            }
            assert!(!es.contains(&format!(">{english}<")), "{label:?} is English on the Spanish page");
            assert!(!en.contains(&format!(">{spanish}<")), "{label:?} is Spanish on the English page");
        }
    }

    #[test]
    fn english_first_when_the_project_says_so() {
        let languages = vec!["en-US".into(), "es-MX".into()];
        let html = render(&AlignedGlossary { languages, ..sample::glossary() }, &Options::default());
        let article = html.split("id=\"arancel\"").nth(1).expect("the entry");
        assert!(article.find(">tariff<") < article.find(">arancel<"));
    }
}
