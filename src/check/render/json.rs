//! Findings as JSON, one object a line, as `--json` prints them.

use serde_json::{Value, json};

use super::sources::SourceIndex;
use super::{Options, Report};
use crate::check::{Finding, Place, SourceFile};
use crate::text::Space;

/// A finding as one JSON object. Lines and columns count from 1, columns in code points; `end` is exclusive. Without
/// a place, or without its file, the fields that cannot be known are `null`.
pub fn to_json(finding: &Finding, sources: &[SourceFile]) -> Value {
    finding_json(finding, &SourceIndex::new([finding], sources))
}

/// [`to_json`] for many findings, which looks for the lines of each file only once.
pub fn all_to_json(findings: &[Finding], sources: &[SourceFile]) -> Vec<Value> {
    let index = SourceIndex::new(findings, sources);
    findings.iter().map(|finding| finding_json(finding, &index)).collect()
}

/// Renders one object a line.
pub(super) fn render(report: &Report<'_>, _options: &Options) -> String {
    let objects = all_to_json(report.findings, report.sources);
    objects.iter().map(|object| ascii_controls(&object.to_string()) + "\n").collect()
}

/// JSON leaves the controls above ASCII as they are; some programs take U+0085 for the end of a line.
fn ascii_controls(json: &str) -> String {
    let escape = |c: char| if c.is_control() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    json.chars().map(escape).collect()
}

fn finding_json(finding: &Finding, index: &SourceIndex<'_>) -> Value {
    let mut object = place_json(finding.place.as_ref(), index);
    object["type"] = json!("finding");
    object["rule"] = json!(finding.rule);
    object["severity"] = json!(finding.severity);
    object["message"] = json!(finding.message);
    object["label"] = json!(finding.label);
    object["help"] = json!(finding.help);
    object["fix"] = json!(finding.fix);
    object["proposed"] = json!(finding.proposed);
    object["related"] = finding.related.iter().map(|related| related_json(related, index)).collect();
    object
}

fn related_json((place, label): &(Place, String), index: &SourceIndex<'_>) -> Value {
    let mut object = place_json(Some(place), index);
    object["label"] = json!(label);
    object
}

fn place_json(place: Option<&Place>, index: &SourceIndex<'_>) -> Value {
    let range = place.and_then(|place| index.range(place));
    let mut object = json!({
        "file": place.map(|place| &place.file),
        "line": range.map(|(start, _)| start.line),
        "column": range.map(|(start, _)| start.column),
        "end_line": range.map(|(_, end)| end.line),
        "end_column": range.map(|(_, end)| end.column),
        "start": place.map(|place| place.span.start),
        "end": place.map(|place| place.span.end),
    });
    if let Some(part) = place.and_then(|place| place.part()) {
        object["part"] = json!(part);
    }
    if let Some(place) = place.filter(|place| place.space() != Space::Disk) {
        object["space"] = json!(place.space());
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Severity;
    use crate::text::Span;

    #[test]
    fn json_has_places_in_lines_and_bytes() {
        let source = SourceFile { name: "g.toml".to_owned(), text: "a = 1\nñ = 2".to_owned() };
        let finding =
            Finding::new(Severity::Error, "rule", "a message").at("g.toml", Span::new(6, 8)).help("a remedy");
        let value = to_json(&finding, &[source]);
        let expected = [
            ("type", json!("finding")),
            ("file", json!("g.toml")),
            ("line", json!(2)),
            ("column", json!(1)),
            ("end_line", json!(2)),
            ("end_column", json!(2)),
            ("start", json!(6)),
            ("end", json!(8)),
            ("severity", json!("error")),
            ("help", json!("a remedy")),
        ];
        for (key, expected) in expected {
            assert_eq!(value[key], expected, "{key}");
        }
        assert_eq!(to_json(&Finding::new(Severity::Note, "rule", "m"), &[])["line"], Value::Null);
    }
}
