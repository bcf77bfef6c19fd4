//! The aligned glossary as JSON: the model as it is, with `"type":"glossary"` in front.

use serde::Serialize;

use super::{AlignedGlossary, Options};

#[derive(Serialize)]
struct Tagged<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    glossary: &'a AlignedGlossary,
}

/// Renders the aligned glossary as one JSON object, indented.
pub fn render(glossary: &AlignedGlossary, _options: &Options) -> String {
    let tagged = Tagged { r#type: "glossary", glossary };
    // Strings, numbers, lists and fixed names: there is nothing in the model that JSON cannot hold.
    let mut json = serde_json::to_string_pretty(&tagged).unwrap_or_default();
    json.push('\n');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_model_is_there_under_its_names() {
        let text = render(&sample::hostile(), &Options::default());
        let value: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        assert!(text.starts_with("{\n  \"type\": \"glossary\""));
        assert_eq!(value["entries"][0]["id"], sample::HOSTILE);
        assert_eq!(value["entries"][0]["contexts"][0]["evidence"], "bead");
    }
}
