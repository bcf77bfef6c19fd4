//! The first page: all that the person in charge needs, on one sheet.

use super::{Page, charts};
use crate::concord::Snippet;
use crate::report::coverage::markdown::changed;
use crate::report::coverage::{AvoidedUse, Counts, Inconsistency, RenderingCount};
use crate::report::view::{self, Piece};
use crate::report::words::{Label, fill, flaw, number};
use crate::report::writer::Html;

/// So many lines of a list go on the sheet.
const LINES: usize = 8;

pub(super) fn write(h: &mut Html, page: &Page<'_>) {
    h.tag("main").class("sheet").body(|h| {
        h.tag("header").class("top").body(|h| {
            h.tag("p").class("kicker").text(page.label(Label::TermCoverage));
            h.tag("h1").text(&page.report.title);
            h.tag("p").class("truth").text(&texts(page));
        });
        h.tag("div").class("measure").body(|h| {
            write_share(h, page);
            write_trend(h, page);
        });
        h.tag("div").class("columns").body(|h| {
            write_inconsistencies(h, page);
            h.tag("div").class("side").body(|h| {
                write_avoided(h, page);
                write_needed(h, page);
                write_queue(h, page);
            });
        });
    });
}

/// What was read, in a sentence.
fn texts(page: &Page<'_>) -> String {
    let summary = &page.report.summary;
    let dates = &page.report.dates;
    let period = match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first.key == last.key => format!(", {}", first.key),
        (Some(first), Some(last)) => format!(", {}–{}", first.key, last.key),
        _ => String::new(),
    };
    let (documents, pairs, words) = (number(summary.documents), number(summary.pairs), number(summary.words));
    let values = [
        ("documents", documents.as_str()),
        ("pairs", pairs.as_str()),
        ("words", words.as_str()),
        ("period", period.as_str()),
    ];
    fill(page.label(Label::CoverageTexts), &values)
}

fn write_share(h: &mut Html, page: &Page<'_>) {
    let counts = page.report.summary.required;
    h.tag("section").class("share").attr("aria-labelledby", "share").body(|h| {
        h.tag("h2").attr("id", "share").text(page.label(Label::RequiredShare));
        if counts.asked() == 0 {
            return h.tag("p").text(page.label(Label::NothingRequired));
        }
        h.tag("p").class("figure").body(|h| {
            h.tag("strong").text(&counts.percent());
            h.text(" ");
            h.tag("span").class("of").text(&of(page, counts));
        });
        charts::write_bar(h, page, counts);
        if let Some(changes) = &page.report.changes {
            h.tag("p").class("more").text(&changed(changes, page.report));
        }
    });
}

/// "2,670 of 2,897 places".
fn of(page: &Page<'_>, counts: Counts) -> String {
    let (approved, asked) = (number(counts.approved), number(counts.asked()));
    fill(page.label(Label::PlacesOf), &[("n", &approved), ("of", &asked)])
}

fn write_trend(h: &mut Html, page: &Page<'_>) {
    h.tag("section").class("trend").attr("aria-labelledby", "trend").body(|h| {
        h.tag("h2").attr("id", "trend").text(page.label(Label::Trend));
        charts::write_trend(h, page);
    });
}

fn write_inconsistencies(h: &mut Html, page: &Page<'_>) {
    h.tag("section").class("worst").attr("aria-labelledby", "worst").body(|h| {
        h.tag("h2").attr("id", "worst").text(page.label(Label::Inconsistencies));
        if page.report.inconsistencies.is_empty() {
            return h.tag("p").class("nothing").text(page.label(Label::NoneFound));
        }
        h.tag("ol")
            .body(|h| page.report.inconsistencies.iter().for_each(|one| write_inconsistency(h, page, one)));
    });
}

fn write_inconsistency(h: &mut Html, page: &Page<'_>, one: &Inconsistency) {
    h.tag("li").body(|h| {
        h.tag("p").body(|h| {
            h.tag("strong").text(&one.label);
            h.text(" ");
            h.tag("span").class("label").text(view::into_language(one.into, page.ui));
            h.text(" ");
            h.tag("span").class("count").text(&of(page, one.counts));
        });
        h.tag("p").class("renderings").body(|h| write_renderings(h, page, &one.renderings));
        for snippet in one.example.iter().flat_map(|example| [&example.es, &example.en]).flatten() {
            let lang = if is_english(one, snippet) { "en" } else { "es" };
            h.tag("p").class("example").body(|h| {
                h.tag("q").lang(lang).body(|h| write_marked(h, snippet));
                h.text(" ");
                h.tag("cite").text(&view::citation_in(snippet, page.ui));
            });
        }
    });
}

fn is_english(one: &Inconsistency, snippet: &Snippet) -> bool {
    one.example.as_ref().and_then(|example| example.en.as_ref()) == Some(snippet)
}

fn write_renderings(h: &mut Html, page: &Page<'_>, renderings: &[RenderingCount]) {
    for (at, rendering) in renderings.iter().enumerate() {
        h.text(if at > 0 { " · " } else { "" });
        match &rendering.term {
            Some(term) if rendering.approved => h.tag("span").class("good").text(term),
            Some(term) => h.tag("span").class("bad").text(term),
            None => h.tag("em").text(page.label(Label::LeftOut)),
        }
        h.tag("span").class("count").text(&format!(" {}", number(rendering.count)));
    }
}

fn write_marked(h: &mut Html, snippet: &Snippet) {
    for piece in view::pieces(snippet) {
        match piece {
            Piece::Plain(text) => h.text(text),
            Piece::Hit(text) => h.tag("mark").text(text),
        }
    }
}

fn write_avoided(h: &mut Html, page: &Page<'_>) {
    h.tag("section").attr("aria-labelledby", "avoided").body(|h| {
        h.tag("h2").attr("id", "avoided").text(page.label(Label::AvoidedInUse));
        write_list(h, page, &page.report.avoided, |h, used: &AvoidedUse| {
            h.tag("span").class("bad").lang(used.lang.code()).text(&used.term);
            h.text(&format!(" ({}, {})", used.lang.code(), flaw(used.flaw, page.ui)));
            if let Some(instead) = &used.instead {
                h.text(" → ");
                h.tag("span").class("good").text(instead);
            }
            h.tag("span").class("count").text(&format!(" {}", number(used.count)));
        });
    });
}

fn write_needed(h: &mut Html, page: &Page<'_>) {
    h.tag("section").attr("aria-labelledby", "needed").body(|h| {
        h.tag("h2").attr("id", "needed").text(page.label(Label::NeededTerms));
        let terms = &page.report.needed.terms;
        if terms.is_empty() {
            return h.tag("p").class("nothing").text(page.label(Label::NoneFound));
        }
        h.tag("ul").class("needed").body(|h| {
            for term in terms {
                h.tag("li").body(|h| {
                    h.tag("strong").lang(term.lang.code()).text(&term.term);
                    if let Some(equivalent) = term.equivalents.first() {
                        h.text(" ");
                        h.tag("span").lang(term.lang.other().code()).text(equivalent);
                    }
                    h.tag("span").class("count").text(&format!(" {}", number(term.count)));
                });
            }
        });
    });
}

fn write_queue(h: &mut Html, page: &Page<'_>) {
    h.tag("section").attr("aria-labelledby", "queue").body(|h| {
        h.tag("h2").attr("id", "queue").text(page.label(Label::Queue));
        write_list(h, page, &page.report.queue, |h, one| {
            h.text(&one.label);
            let since = one.since.as_deref().unwrap_or(page.label(Label::NoDate));
            h.tag("span").class("count").text(&format!(" {since}"));
        });
    });
}

/// The first lines of a list, and how many more there are.
fn write_list<T>(h: &mut Html, page: &Page<'_>, items: &[T], line: impl Fn(&mut Html, &T)) {
    if items.is_empty() {
        return h.tag("p").class("nothing").text(page.label(Label::NoneFound));
    }
    h.tag("ul").body(|h| {
        items.iter().take(LINES).for_each(|item| h.tag("li").body(|h| line(h, item)));
    });
    if let Some(more) = items.len().checked_sub(LINES).filter(|more| *more > 0) {
        h.tag("p").class("more").text(&fill(page.label(Label::AndMore), &[("n", &number(more))]));
    }
}
