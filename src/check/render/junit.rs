//! Findings as a JUnit report, which most CI services show: a suite for each file, a case for each finding, and one
//! that passes for a file without any.
//!
//! Findings below the limit are cases that pass, with what was found in their output: they fail no build.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::sources::{SourceIndex, visible};
use super::words::Label;
use super::{Options, Report};
use crate::check::Finding;

/// Renders the report.
pub(super) fn render(report: &Report<'_>, options: &Options) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    let junit = Junit { index: SourceIndex::new(report.findings, report.sources), options };
    // Writing into memory does not fail.
    let _ = junit.write(&suites(report), &mut xml);
    String::from_utf8_lossy(&xml.into_inner()).into_owned() + "\n"
}

type Suites<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

/// The findings of each file that was checked; those of no file stand under an empty name.
fn suites<'a>(report: &Report<'a>) -> Suites<'a> {
    let mut suites: Suites<'_> = report.files.iter().map(|file| (*file, Vec::new())).collect();
    for finding in report.findings {
        let file = finding.place.as_ref().map_or("", |place| &place.file);
        suites.entry(file).or_default().push(finding);
    }
    suites
}

struct Junit<'a> {
    index: SourceIndex<'a>,
    options: &'a Options,
}

impl Junit<'_> {
    fn write(&self, suites: &Suites<'_>, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let all: Vec<&Finding> = suites.values().flatten().copied().collect();
        let clean = suites.values().filter(|findings| findings.is_empty()).count();
        let counts = self.counts(&all, clean);
        xml.create_element("testsuites")
            .with_attribute(("name", "glosa"))
            .with_attributes(counts.iter().map(attribute))
            .write_inner_content(|xml| {
                suites.iter().try_for_each(|(file, found)| self.suite(file, found, xml))
            })?;
        Ok(())
    }

    fn counts(&self, findings: &[&Finding], clean: usize) -> [(&'static str, String); 3] {
        let failures = findings.iter().filter(|finding| self.fails(finding)).count();
        let tests = findings.len() + clean;
        [("tests", tests.to_string()), ("failures", failures.to_string()), ("errors", "0".to_owned())]
    }

    fn fails(&self, finding: &Finding) -> bool {
        finding.fails(self.options.fail_on)
    }

    fn suite(&self, file: &str, findings: &[&Finding], xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let name =
            if file.is_empty() { Label::Elsewhere.of(self.options.ui).to_owned() } else { visible(file) };
        let counts = self.counts(findings, usize::from(findings.is_empty()));
        xml.create_element("testsuite")
            .with_attribute(("name", name.as_str()))
            .with_attributes(counts.iter().map(attribute))
            .write_inner_content(|xml| {
                if findings.is_empty() {
                    let label = Label::NothingFound.of(self.options.ui);
                    let case = xml.create_element("testcase").with_attribute(("name", label));
                    case.with_attribute(("classname", name.as_str())).write_empty()?;
                }
                findings.iter().try_for_each(|finding| self.case(&name, finding, xml))
            })?;
        Ok(())
    }

    fn case(&self, file: &str, finding: &Finding, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let name = format!("{} {}", finding.rule, self.position(finding));
        let case = xml.create_element("testcase").with_attribute(("name", name.trim_end()));
        case.with_attribute(("classname", file)).write_inner_content(|xml| {
            let details = self.details(finding);
            let text = BytesText::new(&details);
            if !self.fails(finding) {
                xml.create_element("system-out").write_text_content(text)?;
                return Ok(());
            }
            xml.create_element("failure")
                .with_attribute(("type", finding.rule))
                .with_attribute(("message", visible(&finding.message).as_str()))
                .write_text_content(text)?;
            Ok(())
        })?;
        Ok(())
    }

    /// `12:5`, the part, or nothing.
    fn position(&self, finding: &Finding) -> String {
        finding.place.as_ref().map_or_else(String::new, |place| self.index.spot(place))
    }

    /// What was found, where, the line, and what to do.
    fn details(&self, finding: &Finding) -> String {
        let ui = self.options.ui;
        let severity = Label::severity(finding.severity).of(ui);
        let mut lines = vec![format!("{severity}[{}]: {}", finding.rule, visible(&finding.message))];
        if let Some(place) = &finding.place {
            lines.push(
                format!("{}:{}", visible(&place.file), self.position(finding))
                    .trim_end_matches(':')
                    .to_owned(),
            );
            if let Some(line) = self.index.marked_line(place) {
                let (before, marked, after) = line.parts(60);
                lines.push(format!("{before}[{marked}]{after}"));
            }
        }
        lines.extend(finding.help.iter().map(|help| format!("{}: {}", Label::Help.of(ui), visible(help))));
        lines.join("\n").replace('\t', " ")
    }
}

fn attribute<'a>((name, value): &'a (&'static str, String)) -> (&'a str, &'a str) {
    (name, value)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::check::Severity;

    #[test]
    fn only_what_is_grave_enough_fails() {
        let sample = Sample::new();
        let count = |fail_on| {
            render(&sample.report(), &Options { fail_on, ..Options::default() }).matches("<failure ").count()
        };
        let grave = |least| sample.findings.iter().filter(|finding| finding.severity >= least).count();
        for severity in [Severity::Note, Severity::Warning, Severity::Error] {
            assert_eq!(count(severity), grave(severity), "{severity:?}");
        }
    }

    #[test]
    fn a_file_without_findings_passes() {
        let sample = Sample::new();
        let report = Report { findings: &[], ..sample.report() };
        let xml = render(&report, &Options::default());
        assert_eq!(xml.matches("<testcase ").count(), sample.files.len());
        assert!(xml.contains("failures=\"0\""), "{xml}");
    }
}
