//! The layout of a tidy glossary.

use std::cmp::Ordering;

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, KeyMut, Table, Value};

use crate::termbase::read::{CONCEPT_KEYS, TERM_KEYS};
use crate::text::fold::nfc;

/// Longer arrays get one item a line.
const WIDTH: usize = 100;

/// What stands before an item on a line of its own.
const INDENT: &str = "\n    ";

/// Lays out a whole document.
pub(super) fn document(document: &mut DocumentMut) {
    let trailing = own_lines(document.trailing().as_str().unwrap_or("").trim_end());
    let separator = if trailing.is_empty() || document.is_empty() { "" } else { "\n" };
    document.set_trailing(separator.to_owned() + &trailing);
    let mut is_first = true;
    for (mut key, item) in document.iter_mut() {
        match item {
            Item::Table(table) => header(table, &mut is_first),
            Item::ArrayOfTables(tables) => {
                for table in tables.iter_mut() {
                    header(table, &mut is_first);
                    concept(table);
                }
            }
            Item::Value(value) => {
                assignment(&mut key, value, "");
                is_first = false;
            }
            Item::None => {}
        }
        if let Item::Table(table) = item {
            assignments(table, "");
        }
    }
}

/// The line of a `[table]`: a blank line before it, its comments kept.
fn header(table: &mut Table, is_first: &mut bool) {
    let comments = own_lines(prefix_of(table.decor()));
    let blank = if *is_first { "" } else { "\n" };
    let suffix = end_comment(suffix_of(table.decor()));
    *table.decor_mut() = Decor::new(blank.to_owned() + &comments, suffix);
    *is_first = false;
}

/// The keys of a concept in order, each tidy; its own tables stay as they are, but for `terms` and the like.
pub(super) fn concept(table: &mut Table) {
    table.sort_values_by(|a, _, b, _| order(CONCEPT_KEYS, a, b));
    assignments(table, "");
}

/// Puts the keys of a concept in order where they were so but for these new ones.
pub(crate) fn sort_new(table: &mut Table, new: &[String]) {
    let rank = |key: &str| CONCEPT_KEYS.iter().position(|known| *known == key).unwrap_or(CONCEPT_KEYS.len());
    let old = table.iter().map(|(key, _)| key).filter(|key| !new.iter().any(|new| new == key));
    if old.map(rank).is_sorted() {
        table.sort_values_by(|a, _, b, _| order(CONCEPT_KEYS, a, b));
    }
}

fn order(keys: &[&str], a: &Key, b: &Key) -> Ordering {
    let rank = |key: &Key| keys.iter().position(|known| *known == key.get()).unwrap_or(keys.len());
    rank(a).cmp(&rank(b))
}

fn assignments(table: &mut Table, path: &str) {
    for (mut key, item) in table.iter_mut() {
        let path = format!("{path}{}", key.display_repr());
        if key.get() == "x" || key.get() == "image" {
            continue;
        }
        match item {
            Item::Value(value) => assignment(&mut key, value, &path),
            Item::Table(inner) if inner.is_dotted() => {
                key.dotted_decor_mut().clear();
                assignments(inner, &format!("{path}."));
            }
            Item::Table(inner) => assignments(inner, ""),
            Item::ArrayOfTables(inner) => inner.iter_mut().for_each(|inner| assignments(inner, "")),
            Item::None => {}
        }
    }
}

/// `key = value`, with the comments before it and behind it.
fn assignment(key: &mut KeyMut<'_>, value: &mut Value, path: &str) {
    let comments = own_lines(prefix_of(key.leaf_decor())).replace("\n\n", "\n");
    *key.leaf_decor_mut() = Decor::new(comments.trim_start_matches('\n'), " ");
    key.dotted_decor_mut().clear();
    let suffix = end_comment(suffix_of(value.decor()));
    assigned(value, path);
    *value.decor_mut() = Decor::new(" ", suffix);
}

/// The value of an assignment: the only place where an array may take several lines.
pub(crate) fn assigned(value: &mut Value, path: &str) {
    value.decor_mut().clear();
    if let Value::Array(array) = value {
        let gaps = gaps(array);
        for item in array.iter_mut() {
            item.decor_mut().clear();
            plain(item);
        }
        let has_comments = gaps.iter().any(|gap| gap.contains('#'));
        let is_long = |array: &Array| path.chars().count() + 3 + array_text(array).chars().count() > WIDTH;
        one_line(array);
        if has_comments || array_text(array).contains('\n') || is_long(array) {
            one_item_a_line(array, &gaps);
        }
    } else {
        plain(value);
    }
}

fn array_text(array: &Array) -> String {
    array.to_string().trim().to_owned()
}

/// What stands before each item, and behind the last: comments, but for white space.
fn gaps(array: &Array) -> Vec<String> {
    let mut gaps = Vec::with_capacity(array.len() + 1);
    let mut before = String::new();
    for item in array {
        gaps.push(before + prefix_of(item.decor()));
        before = suffix_of(item.decor()).to_owned();
    }
    gaps.push(before + array.trailing().as_str().unwrap_or(""));
    gaps
}

fn one_line(array: &mut Array) {
    for (index, item) in array.iter_mut().enumerate() {
        *item.decor_mut() = Decor::new(if index == 0 { "" } else { " " }, "");
    }
    array.set_trailing("");
    array.set_trailing_comma(false);
}

fn one_item_a_line(array: &mut Array, gaps: &[String]) {
    for (item, gap) in array.iter_mut().zip(gaps) {
        *item.decor_mut() = Decor::new(gap_lines(gap) + INDENT, "");
    }
    let last = gaps.last().map_or("", String::as_str);
    let trailing = gap_lines(last) + "\n";
    array.set_trailing_comma(!array.is_empty());
    array.set_trailing(trailing);
}

/// The comments of a gap: one behind the item before stays there, the others get lines of their own.
fn gap_lines(gap: &str) -> String {
    let mut lines = gap.split('\n').map(str::trim);
    let beside = lines.next().filter(|line| !line.is_empty()).map(|line| format!(" {line}"));
    let own = lines.filter(|line| !line.is_empty()).map(|line| format!("{INDENT}{line}"));
    beside.into_iter().chain(own).collect()
}

/// A value on one line; what takes several lines (comments, long strings) stays as it is.
fn plain(value: &mut Value) {
    if value.to_string().trim().contains('\n') {
        return;
    }
    match value {
        Value::String(text) if !text.value().contains(char::is_control) => {
            *value = Value::from(nfc(text.value()).into_owned());
        }
        Value::Array(array) => {
            array.iter_mut().for_each(plain);
            one_line(array);
        }
        Value::InlineTable(table) => inline_table(table),
        _ => {}
    }
}

fn inline_table(table: &mut InlineTable) {
    if table.iter().any(|(_, value)| value.as_inline_table().is_some_and(InlineTable::is_dotted)) {
        return;
    }
    if table.contains_key("term") {
        table.sort_values_by(|a, _, b, _| order(TERM_KEYS, a, b));
    }
    table.set_trailing("");
    table.set_trailing_comma(false);
    let last = table.len().saturating_sub(1);
    for (index, (mut key, value)) in table.iter_mut().enumerate() {
        *key.leaf_decor_mut() = Decor::new(" ", " ");
        plain(value);
        *value.decor_mut() = Decor::new(" ", if index == last { " " } else { "" });
    }
}

/// Comments on lines of their own, without indentation, at most one blank line between them.
fn own_lines(raw: &str) -> String {
    let mut out = String::new();
    let mut is_blank = false;
    for line in raw.lines().map(str::trim) {
        if line.is_empty() {
            is_blank = true;
            continue;
        }
        if is_blank && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        is_blank = false;
    }
    if is_blank && !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A comment at the end of a line, where its author put it.
fn end_comment(raw: &str) -> String {
    let raw = raw.trim_end();
    if raw.starts_with('#') { format!(" {raw}") } else { raw.to_owned() }
}

fn prefix_of(decor: &Decor) -> &str {
    decor.prefix().and_then(|raw| raw.as_str()).unwrap_or("")
}

fn suffix_of(decor: &Decor) -> &str {
    decor.suffix().and_then(|raw| raw.as_str()).unwrap_or("")
}
