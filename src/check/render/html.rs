//! Findings as a page: file by file, each with its line and what to do, and what every rule means.
//!
//! It reads without JavaScript; the choice of a severity works by the style sheet alone, only that of a rule needs
//! the script. Every finding can be linked to by its number.

use std::collections::BTreeMap;

use super::markdown::by_file;
use super::sources::{SourceIndex, visible};
use super::words::{Label, summary};
use super::{Options, Report};
use crate::check::{Finding, Fix, Place, RuleDoc, Severity, rules};
use crate::lang::Lang;
use crate::report::html::{STYLE, choice, head};
use crate::report::words::number;
use crate::report::writer::Html;

/// What this page has beside the style of the glossary's.
const CHECK: &str = include_str!("check.css");
const SCRIPT: &str = include_str!("check.js");

/// How much of a line is shown on either side of what is marked, in characters.
const AROUND: usize = 160;

/// Renders the page.
pub(super) fn render(report: &Report<'_>, options: &Options) -> String {
    let index = SourceIndex::new(report.findings, report.sources);
    let page = Page { report, index, ui: options.ui };
    let mut html = Html::default();
    html.trusted("<!DOCTYPE html>");
    html.tag("html").lang(page.ui.code()).body(|h| {
        head(h, page.label(Label::CheckReport), &[STYLE, CHECK], |h| {
            h.tag("script").body(|h| h.trusted("document.documentElement.className = 'js';"));
        });
        h.tag("body").class("check").body(|h| write_body(h, &page));
    });
    html.finish()
}

struct Page<'a> {
    report: &'a Report<'a>,
    index: SourceIndex<'a>,
    ui: Lang,
}

impl<'a> Page<'a> {
    fn label(&self, label: Label) -> &'static str {
        label.of(self.ui)
    }

    /// How often each rule found something.
    fn rules(&self) -> BTreeMap<&'a str, usize> {
        let mut rules = BTreeMap::new();
        self.report.findings.iter().for_each(|finding| *rules.entry(finding.rule).or_insert(0) += 1);
        rules
    }
}

fn write_body(h: &mut Html, page: &Page<'_>) {
    h.tag("a").class("skip").attr("href", "#glosa:findings").text(page.label(Label::SkipToFindings));
    h.tag("header").class("top").body(|h| {
        h.tag("p").class("kicker").text("glosa");
        h.tag("h1").text(page.label(Label::CheckReport));
        h.tag("p").class("truth").text(&summary(page.report, page.ui));
    });
    if !page.report.findings.is_empty() {
        write_filters(h, page);
    }
    h.tag("main").attr("id", "glosa:findings").attr("tabindex", "-1").body(|h| write_files(h, page));
    write_rules(h, page);
    h.tag("footer").class("colophon").body(|h| h.tag("p").class("made").text(page.label(Label::MadeWith)));
    h.tag("script").body(|h| h.trusted(SCRIPT));
}

fn write_filters(h: &mut Html, page: &Page<'_>) {
    h.tag("div").class("filters").body(|h| {
        write_severities(h, page);
        write_rule_choice(h, page);
        let all = number(page.report.findings.len());
        let shown = page.label(Label::ShownMany).replace("{all}", &all);
        h.tag("p")
            .class("status")
            .attr("role", "status")
            .attr("id", "glosa:status")
            .attr("data-label", &shown)
            .text("");
    });
}

/// The choice of a severity, for which the style sheet knows what to hide.
fn write_severities(h: &mut Html, page: &Page<'_>) {
    let label = page.label(Label::Severity);
    h.tag("div").class("switch").attr("role", "radiogroup").attr("aria-label", label).body(|h| {
        h.tag("span").class("label").text(label);
        let count = |severity| page.report.findings.iter().filter(|f| f.severity == severity).count();
        choice(h, "glosa:severity", "glosa:all", page.label(Label::All), page.report.findings.len(), true);
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            let word = page.label(Label::severities(severity, 2));
            choice(h, "glosa:severity", &format!("glosa:{}", class(severity)), word, count(severity), false);
        }
    });
}

fn write_rule_choice(h: &mut Html, page: &Page<'_>) {
    h.tag("div").class("subject js-only").body(|h| {
        h.tag("label").class("label").attr("for", "glosa:rule").text(page.label(Label::Rule));
        h.tag("select").attr("id", "glosa:rule").body(|h| {
            h.tag("option").attr("value", "").text(page.label(Label::All));
            for (rule, count) in page.rules() {
                h.tag("option").attr("value", rule).text(&format!("{rule} ({})", number(count)));
            }
        });
    });
}

fn write_files(h: &mut Html, page: &Page<'_>) {
    let mut numbers = 1..;
    for (file, findings) in by_file(page.report.findings) {
        h.tag("section").class("file").body(|h| {
            let name = if file.is_empty() { page.label(Label::Elsewhere) } else { file };
            h.tag("h2").body(|h| h.tag("cite").text(&visible(name)));
            for finding in findings {
                write_finding(h, page, finding, numbers.next().unwrap_or(0));
            }
        });
    }
}

fn write_finding(h: &mut Html, page: &Page<'_>, finding: &Finding, nth: usize) {
    let article = h.tag("article").class(match finding.severity {
        Severity::Error => "finding error",
        Severity::Warning => "finding warning",
        Severity::Note => "finding note",
    });
    let id = format!("f{nth}");
    article.attr("id", &id).attr("data-rule", finding.rule).body(|h| {
        h.tag("p").class("labels").body(|h| {
            h.tag("span").class("severity").text(page.label(Label::severity(finding.severity)));
            write_rule_name(h, finding.rule);
            let here = h.tag("a").class("here").attr("href", &format!("#{id}"));
            here.attr("aria-label", page.label(Label::LinkHere)).text(&number(nth));
        });
        h.tag("h3").text(&visible(&finding.message));
        if let Some(place) = &finding.place {
            write_place(h, page, place, &finding.label, false);
        }
        for (place, label) in &finding.related {
            write_place(h, page, place, label, true);
        }
        write_remedy(h, page, finding);
    });
}

/// The rule's name, which leads to its explanation where there is one.
fn write_rule_name(h: &mut Html, rule: &str) {
    match rules::find(rule) {
        Some(doc) => h.tag("a").attr("href", &format!("#rule:{}", doc.id)).text(rule),
        None => h.tag("span").text(&visible(rule)),
    }
}

/// The line of a place, with its number; the file's name too where it is another one's.
fn write_place(h: &mut Html, page: &Page<'_>, place: &Place, label: &str, elsewhere: bool) {
    let line = page.index.marked_line(place);
    h.tag("div").class(if elsewhere { "place elsewhere" } else { "place" }).body(|h| {
        h.tag("p").class("where").body(|h| {
            if elsewhere {
                h.tag("cite").text(&visible(&place.file));
                h.text(" ");
            }
            h.text(&page.index.spot(place));
        });
        if let Some(line) = line {
            let (before, marked, after) = line.parts(AROUND);
            h.tag("p").class("line").body(|h| {
                h.text(&before);
                h.tag("mark").text(marked);
                h.text(&after);
            });
        }
        if !label.is_empty() {
            h.tag("p").class("term-note").text(&visible(label));
        }
    });
}

fn write_remedy(h: &mut Html, page: &Page<'_>, finding: &Finding) {
    if let Some(help) = &finding.help {
        h.tag("p").class("remedy").text(&visible(help));
    }
    if let Some(fix) = &finding.fix {
        h.tag("p").class("remedy").body(|h| write_fix(h, page, fix));
    }
}

fn write_fix(h: &mut Html, page: &Page<'_>, fix: &Fix) {
    let label = if fix.replacement.is_empty() { Label::Delete } else { Label::Replace };
    h.text(page.label(label));
    h.text(" ");
    if let Some(line) = page.index.marked_line(&fix.place) {
        h.tag("del").text(line.parts(0).1);
        h.text(" ");
    }
    h.tag("ins").text(&visible(&fix.replacement));
}

/// What the rules mean that found something.
fn write_rules(h: &mut Html, page: &Page<'_>) {
    let docs: Vec<&RuleDoc> = page.rules().keys().filter_map(|rule| rules::find(rule)).collect();
    if docs.is_empty() {
        return;
    }
    h.tag("section").class("rules").attr("aria-labelledby", "glosa:rules").body(|h| {
        h.tag("h2").attr("id", "glosa:rules").text(page.label(Label::Rules));
        docs.iter().for_each(|doc| write_rule(h, page, doc));
    });
}

fn write_rule(h: &mut Html, page: &Page<'_>, doc: &RuleDoc) {
    h.tag("article").class("rule").attr("id", &format!("rule:{}", doc.id)).body(|h| {
        h.tag("h3").text(doc.id);
        h.tag("p").class("facts").text(doc.summary);
        h.tag("dl").body(|h| {
            let parts = [(Label::What, doc.what), (Label::Why, doc.why), (Label::Fix, doc.fix)];
            for (label, text) in parts {
                h.tag("dt").class("label").text(page.label(label));
                h.tag("dd").text(text);
            }
            h.tag("dt").class("label").text(page.label(Label::Example));
            h.tag("dd").body(|h| h.tag("code").text(doc.example));
        });
    });
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{HOSTILE, Sample};
    use super::*;

    fn page(ui: Lang) -> String {
        render(&Sample::new().report(), &Options { ui, ..Options::default() })
    }

    #[test]
    fn hostile_text_stays_text() {
        let html = render(&Sample::hostile().report(), &Options::default());
        assert!(!html.contains("<script>alert") && !html.contains("<b onmouseover"), "markup got in");
        assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"), "the text itself is gone");
        assert!(HOSTILE.contains("</script>"));
    }

    #[test]
    fn nothing_is_fetched_and_style_and_script_cannot_end_early() {
        let html = page(Lang::Es);
        for loader in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "sendBeacon"] {
            assert!(!html.contains(loader), "{loader}");
        }
        assert!(!CHECK.contains("</") && !SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn every_link_within_the_page_has_its_target() {
        let html = page(Lang::Es);
        for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(html.contains(&format!(" id=\"{target}\"")), "#{target} leads nowhere");
        }
    }

    #[test]
    fn labels_are_in_the_language_asked_for() {
        assert!(page(Lang::Es).contains("3 hallazgos en 1 archivo: 1 error, 1 advertencia, 1 nota."));
        assert!(page(Lang::En).contains("3 findings in 1 file: 1 error, 1 warning, 1 note."));
    }
}
