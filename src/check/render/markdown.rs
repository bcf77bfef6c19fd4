//! Findings as Markdown: what a comment on a change or a summary of a build is made of.

use std::collections::BTreeMap;

use super::sources::{SourceIndex, visible};
use super::words::{Label, summary};
use super::{Options, Report};
use crate::check::{Finding, Fix, Place};
use crate::lang::Lang;
use crate::report::markdown::{escape_inline, escape_start};

/// How much of a line is shown on either side of what is marked, in characters.
const AROUND: usize = 80;

/// Renders a heading for each file, under it a list.
pub(super) fn render(report: &Report<'_>, options: &Options) -> String {
    let index = SourceIndex::new(report.findings, report.sources);
    let ui = options.ui;
    let mut out = format!("# {}\n\n{}\n", Label::CheckReport.of(ui), summary(report, ui));
    for (file, findings) in by_file(report.findings) {
        let name = if file.is_empty() { Label::Elsewhere.of(ui).to_owned() } else { shown(file) };
        out.push_str(&format!("\n## {name}\n\n"));
        findings.iter().for_each(|finding| push(&mut out, finding, &index, ui));
    }
    out
}

/// The findings of each file, in the order of files; those of no file under an empty name.
pub(super) fn by_file(findings: &[Finding]) -> BTreeMap<&str, Vec<&Finding>> {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        files.entry(finding.place.as_ref().map_or("", |place| &place.file)).or_default().push(finding);
    }
    files
}

fn push(out: &mut String, finding: &Finding, index: &SourceIndex<'_>, ui: Lang) {
    let severity = Label::severity(finding.severity).of(ui);
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    let position = finding.place.as_ref().map(|place| shown(&index.spot(place)));
    let position =
        position.filter(|spot| !spot.is_empty()).map_or_else(String::new, |spot| format!("{spot} "));
    out.push_str(&format!(
        "- {position}**{severity}** `{}`: {}\n",
        visible(finding.rule),
        shown(&finding.message)
    ));
    if let Some(quote) = finding.place.as_ref().and_then(|place| quote(place, &finding.label, index)) {
        out.push_str(&format!("\n  > {quote}\n"));
    }
    for (place, label) in &finding.related {
        if let Some(quote) = quote(place, label, index) {
            out.push_str(&format!("\n  > {} {}: {quote}\n", shown(&place.file), shown(&index.spot(place))));
        }
    }
    if let Some(help) = &finding.help {
        out.push_str(&format!("\n  {}: {}\n", Label::Help.of(ui), shown(help)));
    }
    if let Some(fix) = &finding.fix {
        out.push_str(&format!("\n  {}\n", replacement(fix, ui)));
    }
}

fn replacement(fix: &Fix, ui: Lang) -> String {
    if fix.replacement.is_empty() {
        return Label::Delete.of(ui).to_owned();
    }
    format!("{} **{}**", Label::Replace.of(ui), shown(fix.replacement.trim()))
}

/// The line with what is marked in bold, and the word on it.
fn quote(place: &Place, label: &str, index: &SourceIndex<'_>) -> Option<String> {
    let line = index.marked_line(place)?;
    let (before, marked, after) = line.parts(AROUND);
    let marked = if marked.trim().is_empty() { shown(marked) } else { format!("**{}**", shown(marked)) };
    let label = if label.is_empty() { String::new() } else { format!(" ({})", shown(label)) };
    Some(escape_start(format!("{}{marked}{}{label}", shown(&before), shown(&after))))
}

fn shown(text: &str) -> String {
    escape_inline(&visible(text))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    #[test]
    fn a_finding_has_its_line_and_what_to_do() {
        let markdown = render(&Sample::new().report(), &Options { ui: Lang::Es, ..Options::default() });
        for part in [
            "3 hallazgos",
            "- 3:6 **error** `all-deprecated`: ",
            "> «Son **1.5 billones** de dólares», dijo",
            "Cámbiese por **1,500 millones**",
        ] {
            assert!(markdown.contains(part), "{part}: {markdown}");
        }
    }

    #[test]
    fn hostile_text_brings_no_markup() {
        let markdown = render(&Sample::hostile().report(), &Options::default());
        let code: Vec<String> = Parser::new(&markdown)
            .filter_map(|event| match event {
                Event::Html(text) | Event::InlineHtml(text) => Some(text.into_string()),
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
                Event::Code(text) if &*text != "no-reason" => Some(text.into_string()),
                _ => None,
            })
            .collect();
        assert_eq!(code, Vec::<String>::new(), "{markdown}");
    }
}
