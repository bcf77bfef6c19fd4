//! The report as a page that needs nothing else: one sheet for the person in charge, and behind it what it is made of.
//!
//! The page can be read and printed without JavaScript; the script only sorts tables.

mod charts;
mod sheet;
mod tables;

use super::{Coverage, Options};
use crate::lang::Lang;
use crate::report::html::{STYLE, head};
use crate::report::words::Label;
use crate::report::writer::Html;

const OWN_STYLE: &str = include_str!("coverage.css");
const SCRIPT: &str = include_str!("coverage.js");

/// Renders the page.
pub(super) fn render(report: &Coverage, _options: &Options) -> String {
    let page = Page { report, ui: report.ui };
    let mut html = Html::default();
    html.trusted("<!DOCTYPE html>");
    html.tag("html").lang(page.ui.code()).body(|h| {
        let title = format!("{} · {}", report.title, page.label(Label::TermCoverage));
        head(h, &title, &[STYLE, OWN_STYLE], |h| {
            h.tag("script").body(|h| h.trusted("document.documentElement.className = 'js';"));
        });
        h.tag("body").class("coverage").body(|h| write_body(h, &page));
    });
    html.finish()
}

/// What every part of the page needs to know.
#[derive(Clone, Copy)]
struct Page<'a> {
    report: &'a Coverage,
    ui: Lang,
}

impl Page<'_> {
    fn label(&self, label: Label) -> &'static str {
        label.of(self.ui)
    }
}

fn write_body(h: &mut Html, page: &Page<'_>) {
    h.tag("a").class("skip").attr("href", "#tables").text(page.label(Label::SkipToTables));
    sheet::write(h, page);
    h.tag("div").attr("id", "tables").attr("tabindex", "-1").body(|h| {
        charts::write_heat(h, page);
        tables::write(h, page);
    });
    h.tag("footer").class("colophon").body(|h| {
        h.tag("p").class("made").text(page.label(Label::MadeWith));
    });
    h.tag("script").body(|h| h.trusted(SCRIPT));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::coverage::tests::sample;

    #[test]
    fn hostile_text_stays_text_and_nothing_is_fetched() {
        let mut report = sample();
        let hostile = "</script><script>alert('x')</script>\u{1b}";
        report.title = hostile.to_owned();
        report.concepts.iter_mut().for_each(|concept| concept.label = hostile.to_owned());
        report.documents.iter_mut().for_each(|document| document.document = hostile.to_owned());
        report.inconsistencies.iter_mut().for_each(|one| one.label = hostile.to_owned());
        report.subjects.iter_mut().for_each(|group| group.key = hostile.to_owned());
        let html = render(&report, &Options::default());
        assert!(!html.contains("<script>alert") && !html.contains('\u{1b}'), "markup got in");
        assert!(html.contains("&lt;script&gt;alert"), "the text itself is gone");
        for loader in ["src=", "@import", "url(", "fetch("] {
            assert!(!html.contains(loader), "{loader}");
        }
        assert!(!OWN_STYLE.contains("</") && !SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn elements_are_closed_and_ids_unique() {
        for ui in Lang::ALL {
            let html = render(&Coverage { ui, ..sample() }, &Options::default());
            for name in ["section", "table", "tr", "td", "th", "svg", "g", "div", "ol", "li"] {
                let opened =
                    html.matches(&format!("<{name} ")).count() + html.matches(&format!("<{name}>")).count();
                assert_eq!(opened, html.matches(&format!("</{name}>")).count(), "{name}");
            }
            let mut ids: Vec<&str> =
                html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all);
        }
    }
}
