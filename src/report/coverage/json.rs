//! The report as one JSON object, which `--diff` reads again; `docs/coverage.schema.json` describes it.

use serde::Serialize;

use super::{Coverage, Options, VERSION};

#[derive(Serialize)]
struct Tagged<'a> {
    r#type: &'static str,
    version: u32,
    #[serde(flatten)]
    report: &'a Coverage,
}

/// Renders the report, indented.
pub(super) fn render(report: &Coverage, _options: &Options) -> String {
    let tagged = Tagged { r#type: "coverage", version: VERSION, report };
    // Strings, numbers, lists and fixed names: there is nothing in the model that JSON cannot hold.
    let mut json = serde_json::to_string_pretty(&tagged).unwrap_or_default();
    json.push('\n');
    json
}
