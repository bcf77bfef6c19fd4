//! Findings as SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS Standard, errata 01), which code
//! hosting services and editors read.
//!
//! Columns count code points, which the run states. Rules come with the whole of their explanation. Fingerprints are
//! made of content ([`fingerprint`]), so that a finding is known again when it moves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::sources::SourceIndex;
use super::{Options, Report, Suppressed, SuppressionKind};
use crate::check::{Finding, Fix, Place, RuleDoc, Severity, fingerprint, rules};
use crate::text::{Position, fold, printable};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Renders one run.
pub(super) fn render(report: &Report<'_>, _options: &Options) -> String {
    // JSON may hold the controls above ASCII as they are; nobody needs them here.
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run(report)] });
    format!("{log:#}\n").chars().map(|c| if c == '\n' { c } else { printable(c) }).collect()
}

fn run(report: &Report<'_>) -> Value {
    let suppressed = report.suppressed.iter().map(|suppressed| (&suppressed.finding, Some(suppressed)));
    let all: Vec<(&Finding, Option<&Suppressed>)> =
        report.findings.iter().map(|finding| (finding, None)).chain(suppressed).collect();
    let fingerprints = fingerprint::fingerprints(all.iter().map(|(finding, _)| *finding), report.sources);
    let sarif = Sarif { index: SourceIndex::of(report), rules: used_rules(&all) };
    let results: Vec<Value> = all
        .iter()
        .zip(&fingerprints)
        .map(|((finding, suppressed), print)| sarif.result(finding, *suppressed, print))
        .collect();
    // A bilingual file is two texts, and one artifact.
    let files: BTreeSet<&str> = report.files.iter().copied().collect();
    json!({
        "tool": { "driver": {
            "name": "glosa",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": sarif.rules.keys().map(|id| rule(id)).collect::<Vec<_>>(),
        } },
        "columnKind": "unicodeCodePoints",
        "artifacts": files.iter().map(|file| json!({ "location": location(file) })).collect::<Vec<_>>(),
        "results": results,
    })
}

/// The rules that found something, each with its number.
fn used_rules<'a>(all: &[(&'a Finding, Option<&Suppressed>)]) -> BTreeMap<&'a str, usize> {
    let mut rules: BTreeMap<&str, usize> = all.iter().map(|(finding, _)| (finding.rule, 0)).collect();
    rules.values_mut().enumerate().for_each(|(number, index)| *index = number);
    rules
}

/// A rule with its explanation.
fn rule(id: &str) -> Value {
    let Some(doc) = rules::find(id) else { return json!({ "id": id }) };
    json!({
        "id": id,
        "shortDescription": { "text": doc.summary },
        "fullDescription": { "text": doc.what },
        "help": { "text": help_text(doc), "markdown": help_markdown(doc) },
    })
}

fn help_text(doc: &RuleDoc) -> String {
    let RuleDoc { what, why, example, fix, .. } = doc;
    format!("{what}\n\nWhy: {why}\n\nExample: {example}\n\nWhat to do: {fix}")
}

fn help_markdown(doc: &RuleDoc) -> String {
    let RuleDoc { what, why, example, fix, .. } = doc;
    let code = |text: &str| format!("\n\n    {}\n", text.replace('\n', "\n    "));
    format!("{what}\n\n**Why**: {why}\n\n**Example**:{}\n**What to do**: {fix}\n", code(example))
}

struct Sarif<'a> {
    index: SourceIndex<'a>,
    rules: BTreeMap<&'a str, usize>,
}

impl Sarif<'_> {
    fn result(&self, finding: &Finding, suppressed: Option<&Suppressed>, fingerprint: &str) -> Value {
        let mut result = json!({
            "ruleId": finding.rule,
            "ruleIndex": self.rules.get(finding.rule),
            "level": level(finding.severity),
            "message": { "text": message(finding) },
            "partialFingerprints": { format!("glosa/v{}", fingerprint::VERSION): fingerprint },
        });
        if let Some(place) = &finding.place {
            result["locations"] = json!([self.location(place, "")]);
        }
        if !finding.related.is_empty() {
            let related = finding.related.iter().map(|(place, label)| self.location(place, label));
            result["relatedLocations"] = related.collect();
        }
        if let Some(fix) = finding.fix.as_ref().and_then(|fix| self.fix(fix)) {
            result["fixes"] = json!([fix]);
        }
        if let Some(suppressed) = suppressed {
            result["suppressions"] = json!([suppression(suppressed)]);
        }
        result
    }

    /// The file with the lines, and the part as a logical location. Where there are no lines, no region could be right
    /// (SARIF 3.30): the message shows the text.
    fn location(&self, place: &Place, label: &str) -> Value {
        let mut location = json!({ "physicalLocation": self.physical(place) });
        if let Some(part) = place.part() {
            let qualified = format!("{}#{part}", place.file);
            location["logicalLocations"] = json!([{ "name": part, "fullyQualifiedName": qualified }]);
        }
        let line = self.index.marked_line(place).filter(|_| !place.space().has_lines());
        let words: Vec<&str> = [Some(label), line.as_ref().map(|line| line.text.as_str())]
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty())
            .collect();
        if !words.is_empty() {
            location["message"] = json!({ "text": words.join(": ") });
        }
        location
    }

    fn physical(&self, place: &Place) -> Value {
        let mut physical = json!({ "artifactLocation": location(&place.file) });
        if let Some((start, end)) = self.index.lines(place) {
            physical["region"] = region(start, end);
            if let Some(line) = self.index.marked_line(place) {
                physical["region"]["snippet"] = json!({ "text": line.parts(0).1 });
                physical["contextRegion"] =
                    json!({ "startLine": start.line, "snippet": { "text": line.text } });
            }
        }
        physical
    }

    fn fix(&self, fix: &Fix) -> Option<Value> {
        let (start, end) = self.index.range(&fix.place)?;
        Some(json!({ "artifactChanges": [{
            "artifactLocation": location(&fix.place.file),
            "replacements": [{
                "deletedRegion": region(start, end),
                "insertedContent": { "text": fix.replacement },
            }],
        }] }))
    }
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    })
}

fn message(finding: &Finding) -> String {
    match &finding.help {
        // Where the page has a line each, this is one text of sentences.
        Some(help) => format!("{}. {}", finding.message, fold::capitalized(help)),
        None => finding.message.clone(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn suppression(suppressed: &Suppressed) -> Value {
    let kind = match suppressed.kind {
        SuppressionKind::InSource => "inSource",
        SuppressionKind::External => "external",
    };
    // Without `status`, which some copies of the schema call `state`: what is not stated is accepted (SARIF 3.27.23).
    let mut value = json!({ "kind": kind });
    if !suppressed.reason.is_empty() {
        value["justification"] = json!(suppressed.reason);
    }
    value
}

/// A file's name as a reference of RFC 3986: relative to where the check was run, or of the scheme `file`.
fn location(name: &str) -> Value {
    let path: String = name.replace('\\', "/").bytes().map(encoded).collect();
    let drive = name.as_bytes().get(1) == Some(&b':');
    let uri = match path.strip_prefix('/') {
        Some(rest) => format!("file:///{rest}"),
        None if drive => format!("file:///{path}"),
        None => path,
    };
    json!({ "uri": uri })
}

/// A byte of a path: as it is, or as `%` and its value (RFC 3986, section 2.1).
fn encoded(byte: u8) -> String {
    let is_plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    if is_plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn run_of(sample: &Sample) -> Value {
        let log: Value =
            serde_json::from_str(&render(&sample.report(), &Options::default())).expect("it is JSON");
        log["runs"][0].clone()
    }

    #[test]
    fn every_result_names_a_rule_of_the_run() {
        let run = run_of(&Sample::new());
        for result in run["results"].as_array().expect("results") {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("an index");
            let rule = &run["tool"]["driver"]["rules"][index];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(rule["help"]["text"].as_str().is_some_and(|help| help.contains("Why: ")), "{rule}");
        }
    }

    #[test]
    fn columns_count_code_points_and_fixes_replace_the_marked_text() {
        let sample = Sample::new();
        let run = run_of(&sample);
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = &run["results"][0];
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let line: Vec<char> = sample.sources[0].text.lines().nth(2).expect("the line").chars().collect();
        let column = |key: &str| usize::try_from(region[key].as_u64().expect(key)).expect(key) - 1;
        let marked: String = line[column("startColumn")..column("endColumn")].iter().collect();
        assert_eq!((region["startLine"].as_u64(), marked.as_str()), (Some(3), "1.5 billones"));
        assert_eq!(region["snippet"]["text"], "1.5 billones");
        let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(replacement["insertedContent"]["text"], "1,500 millones");
    }

    #[test]
    fn what_is_suppressed_says_so() {
        let run = run_of(&Sample::new());
        let results = run["results"].as_array().expect("results");
        let suppressions: Vec<&Value> = results.iter().filter_map(|r| r.get("suppressions")).collect();
        assert_eq!(suppressions.len(), 1);
        assert_eq!(suppressions[0][0]["kind"], "inSource");
    }

    #[test]
    fn names_of_files_become_uris() {
        let uri = |name: &str| location(name)["uri"].clone();
        assert_eq!(uri("notas/año 1#2.txt"), "notas/a%C3%B1o%201%232.txt");
        assert_eq!(uri("/srv/a.txt"), "file:///srv/a.txt");
        assert_eq!(uri("C:\\notas\\a.txt"), "file:///C%3A/notas/a.txt");
    }
}
