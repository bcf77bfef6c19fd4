//! TOML values on one line: how everything that a format has no place for travels in notes and cells.
//!
//! The TOML library may spread a string over several lines, which other programs re-wrap; here line breaks are escaped.

use toml::{Table, Value};

/// A value on one line.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(items) => bracketed('[', items.iter().map(self::value), ']'),
        Value::Table(table) => inline_table(table),
        other => other.to_string(),
    }
}

/// A basic string with its quotes. What JSON escapes, TOML reads; it wants U+007F escaped as well.
pub(crate) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// A key, in quotes where it needs them.
pub(crate) fn key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { key.to_owned() } else { string(key) }
}

fn inline_table(table: &Table) -> String {
    let fields = table.iter().map(|(key, value)| format!("{} = {}", self::key(key), self::value(value)));
    if table.is_empty() { "{}".to_owned() } else { bracketed('{', fields, '}') }
}

fn bracketed(open: char, items: impl Iterator<Item = String>, close: char) -> String {
    let space = if open == '{' { " " } else { "" };
    format!("{open}{space}{}{space}{close}", items.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_from_its_line() {
        let table: Table =
            "a = \"uno\\ndos \\\"tres\\\" \\u007f\"\nb = [1, 2.5, true, 2026-01-02]\nc.\"d e\" = {}\n\
            f = [{ g = '''x\ny''' }]\n"
                .parse()
                .expect("TOML");
        let line = value(&Value::Table(table.clone()));
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(format!("v = {line}").parse::<Table>().expect("TOML")["v"], Value::Table(table));
    }
}
