//! Front matter: what the head of a Markdown file says of it, in YAML between `---` or in TOML between `+++`.
//!
//! Of YAML only lines `key: value` at the margin are read, which is how titles, languages and dates are written.

use super::fields::{Field, Fields};

/// The head of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'a> {
    /// Its bytes, both fences included.
    pub(super) length: usize,
    content: &'a str,
    toml: bool,
}

/// The head of a text, if it has one.
pub(super) fn head(text: &str) -> Option<Head<'_>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == fence {
            let content = &text[first.len()..at];
            if fence == "---" && !is_yaml(content) {
                return None;
            }
            return Some(Head { length: at + line.len(), content, toml: fence == "+++" });
        }
        at += line.len();
    }
    None
}

/// Whether lines between two rules are a head, and not text: they begin with a key, or there are none.
fn is_yaml(content: &str) -> bool {
    let mut lines = content.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let is_key = |key: &str| !key.is_empty() && !key.contains(char::is_whitespace);
    lines.next().is_none_or(|line| {
        line.split_once(':')
            .is_some_and(|(key, value)| is_key(key) && (value.is_empty() || value.starts_with(' ')))
    })
}

/// What the head says in fields that are known.
pub(super) fn noted(head: &Head<'_>) -> Vec<(Field, String)> {
    let fields = Fields::default();
    let members = if head.toml { toml_members(head.content) } else { yaml_members(head.content) };
    members.into_iter().filter_map(|(key, value)| Some((fields.of(&key)?, value))).collect()
}

fn toml_members(content: &str) -> Vec<(String, String)> {
    let Ok(table) = content.parse::<toml::Table>() else { return Vec::new() };
    let text = |value: toml::Value| match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    table.into_iter().filter_map(|(key, value)| Some((key, text(value)?))).collect()
}

fn yaml_members(content: &str) -> Vec<(String, String)> {
    let lines = content.lines().filter(|line| !line.starts_with([' ', '\t', '#', '-']));
    let members = lines.filter_map(|line| line.split_once(':'));
    members.map(|(key, value)| (key.trim().to_owned(), yaml_scalar(value.trim()))).collect()
}

/// A scalar without its quotation marks or the comment after it; nothing for lists and blocks.
fn yaml_scalar(value: &str) -> String {
    let quoted = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.split_once(quote));
    match (quoted('"').or_else(|| quoted('\'')), value.chars().next()) {
        (Some((inner, _)), _) => inner.to_owned(),
        (None, Some('[' | '{' | '|' | '>' | '&' | '*')) => String::new(),
        _ => value.split(" #").next().unwrap_or("").trim().to_owned(),
    }
}
