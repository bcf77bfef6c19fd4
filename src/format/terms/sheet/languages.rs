//! In which languages the terms of a table are, where its headings do not say it.

use super::{Column, Row};
use crate::format::terms::log::{At, Log};
use crate::format::terms::{Input, pairs, tags};
use crate::lang::Lang;
use crate::termbase::LangTag;
use crate::text::langid;

/// The languages of a pair of columns, or the first for a column of terms that names none.
pub(super) fn sides(columns: &[Column], rows: &[Row], input: &Input<'_>, log: &mut Log<'_>) -> [LangTag; 2] {
    let at = |wanted: &Column| columns.iter().position(|column| column == wanted);
    let term = at(&Column::RowTerm).filter(|_| at(&Column::Language).is_none());
    let is_told = at(&Column::SourceLanguage).is_some() && at(&Column::TargetLanguage).is_some();
    match (at(&Column::Source).or(term), at(&Column::Target), term) {
        (Some(source), Some(target), _) if !is_told => {
            let cell = |row: &'_ Row, at: usize| row.cells.get(at).is_some_and(|cell| !cell.is_empty());
            let full = rows.iter().filter(|row| cell(row, source) && cell(row, target));
            pairs::assumed(input, full.map(|row| [source, target].map(|at| row.cells[at].as_str())), log)
        }
        (_, _, Some(term)) => alone(columns, rows, term, input, log),
        _ => pairs::languages_of(input),
    }
}

/// The language of a column of terms that names none: one of the stated ones which no other column has; else Spanish
/// or English, as its terms read.
fn alone(columns: &[Column], rows: &[Row], at: usize, input: &Input<'_>, log: &mut Log<'_>) -> [LangTag; 2] {
    let is_named = |tag: &LangTag| {
        let same = |column: &Column| matches!(column, Column::Term(other) if tags::primary(other) == tags::primary(tag));
        columns.iter().any(same)
    };
    let in_order = |[one, other]: [LangTag; 2]| {
        if is_named(&one) && !is_named(&other) { [other, one] } else { [one, other] }
    };
    if let Some(stated) = pairs::stated(input) {
        return in_order(stated);
    }
    let cells = rows.iter().take(pairs::SAMPLE).filter_map(|row| row.cells.get(at)).map(String::as_str);
    let texts = cells.collect::<Vec<_>>().join("\n");
    let [es, en] = pairs::usual_languages();
    let reads_as = langid::log_odds(&texts).map(langid::side);
    let sides = in_order(if reads_as == Some(Lang::En) { [en, es] } else { [es, en] });
    let message = format!(
        "column {} has terms and names no language; they are taken to be {} (`--column {}=es` or `=en` says it)",
        at + 1,
        sides[0],
        at + 1
    );
    log.repaired("languages that nothing names", At::Nowhere, message);
    sides
}

/// The languages that columns name, in their order.
pub(super) fn named(columns: &[Column], sides: &[LangTag; 2]) -> Vec<LangTag> {
    let mut languages: Vec<LangTag> = Vec::new();
    for column in columns {
        let tag = match column {
            Column::Term(tag) | Column::Synonyms(Some(tag), _) => tag,
            Column::Source => &sides[0],
            Column::Target => &sides[1],
            _ => continue,
        };
        if !languages.contains(tag) {
            languages.push(tag.clone());
        }
    }
    languages
}
