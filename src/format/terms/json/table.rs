//! JSON of other programs as a table: objects whose keys name languages as headings do, or an object of terms with
//! their translations.
//!
//! ```text
//! [{"es": "arancel", "en": "tariff", "nota": "comercio"}]      {"arancel": "tariff"}
//! ```

use super::Json;
use crate::check::Finding;
use crate::format::room::Room;
use crate::format::terms::Input;
use crate::format::terms::log::Log;
use crate::format::terms::sheet::{self, COLUMNS, Grid, Row};

type Fields = [(String, Json)];

/// The table of a document; `None` where it is none.
///
/// # Errors
/// It would be far too large.
pub(super) fn of(document: &Json, input: &Input<'_>) -> Result<Option<Grid>, Finding> {
    if let Json::List(list) = document {
        return of_objects(list.iter().enumerate(), "entry", input);
    }
    if sheet::names_terms(document.fields().iter().map(|(key, _)| key.as_str())) {
        return of_objects([(0, document)].into_iter(), "entry", input);
    }
    let mut lists = document.fields().iter().filter_map(|(_, value)| match value {
        Json::List(list) if list.iter().any(|one| !one.fields().is_empty()) => Some(list),
        _ => None,
    });
    if let (Some(list), None) = (lists.next(), lists.next()) {
        return of_objects(list.iter().enumerate(), "entry", input);
    }
    let is_text = |value: &Json| {
        value.text().is_some()
            || !value.items().is_empty() && value.items().iter().all(|one| one.text().is_some())
    };
    let fields = document.fields();
    Ok((!fields.is_empty() && fields.iter().all(|(_, value)| is_text(value))).then(|| pairs(fields)))
}

/// The table of lines with an object each.
///
/// # Errors
/// It would be far too large.
pub(super) fn of_lines(text: &str, input: &Input<'_>, log: &mut Log<'_>) -> Result<Option<Grid>, Finding> {
    let lines = || text.trim_start_matches('\u{feff}').lines().enumerate();
    let first = lines().find(|(_, line)| !line.trim().is_empty());
    let first: Option<Json> = first.and_then(|(_, line)| serde_json::from_str(line).ok());
    let is_table = first.is_some_and(|first| {
        first.get("languages").is_none()
            && sheet::names_terms(first.fields().iter().map(|(key, _)| key.as_str()))
    });
    if !is_table {
        return Ok(None);
    }
    let mut objects: Vec<(usize, Json)> = Vec::new();
    for (at, line) in lines().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(object @ Json::Object(_)) => objects.push((at, object)),
            _ => {
                let message = "it is no object of JSON; the line is left out";
                log.skipped("a line that is no object", format!("line {}", at + 1), message);
            }
        }
    }
    of_objects(objects.iter().map(|(at, object)| (*at, object)), "line", input)
}

/// The keys of all objects as headings, and a row for each.
fn of_objects<'j>(
    objects: impl Iterator<Item = (usize, &'j Json)> + Clone,
    what: &str,
    input: &Input<'_>,
) -> Result<Option<Grid>, Finding> {
    let mut headings: Vec<&str> = Vec::new();
    for (key, _) in objects.clone().flat_map(|(_, object)| object.fields()) {
        if !headings.contains(&key.as_str()) {
            headings.push(key);
        }
        if headings.len() > COLUMNS {
            return Err(sheet::too_wide(input.name, headings.len()));
        }
    }
    if !sheet::names_terms(headings.iter().copied()) {
        return Ok(None);
    }
    let mut room = Room::for_spread();
    let mut rows = vec![Row::new(headings.iter().map(|key| (*key).to_owned()).collect(), 0)];
    for (at, object) in objects {
        let cells = row(object.fields(), &headings);
        let empty = cells.iter().filter(|cell| cell.is_empty()).count();
        room.take(empty * size_of::<String>()).ok_or_else(|| sheet::spread_too_far(input.name))?;
        rows.push(Row::new(cells, format!("{what} {}", at + 1)));
    }
    Ok(Some(Grid { rows, is_named: true }))
}

fn row(fields: &Fields, headings: &[&str]) -> Vec<String> {
    let mut cells = Vec::new();
    for (key, value) in fields {
        let Some(at) = headings.iter().position(|heading| heading == key) else { continue };
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        cells[at] = cell(value);
    }
    cells
}

/// A value as a cell; of a list each item is a line.
fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Text(text) => text.trim().to_owned(),
        Json::List(items) if items.iter().all(|item| !matches!(item, Json::List(_) | Json::Object(_))) => {
            items.iter().map(cell).collect::<Vec<_>>().join("\n")
        }
        other => other.to_toml_text(),
    }
}

/// Terms with their translations.
fn pairs(fields: &Fields) -> Grid {
    let mut rows = vec![Row::new(["source", "target"].map(str::to_owned).to_vec(), 0)];
    rows.extend((1..).zip(fields).map(|(number, (key, value))| {
        Row::new(vec![key.trim().to_owned(), cell(value)], format!("entry {number}"))
    }));
    Grid { rows, is_named: true }
}
