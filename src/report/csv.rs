//! The aligned glossary as a table: one row a concept, for spreadsheets (RFC 4180).
//!
//! ```text
//! id,subject,…,es,es_status,…,en,…,count_es,count_en,…
//! arancel,comercio,…,arancel,preferred,…,tariff,…,47,44,…
//! ```
//!
//! A cell that a spreadsheet would take for a formula is written with an apostrophe before it.

use super::aligned_glossary::{Entry, EntryTerm, Rendering};
use super::view::{self, Side};
use super::{AlignedGlossary, Options, TablesFor};
use crate::lang::Lang;

/// Makes a cell of a row.
type Cell = fn(&Row<'_>) -> String;

/// The columns: the name, and what stands under it.
const COLUMNS: &[(&str, Cell)] = &[
    ("id", |row| row.entry.id.clone()),
    ("subject", |row| text(row.entry.subject.as_ref())),
    ("jurisdiction", |row| text(row.entry.jurisdiction.as_ref())),
    ("es", |row| head(&row.es)),
    ("es_status", |row| head_status(&row.es)),
    ("es_also", |row| terms(&row.es.also)),
    ("es_avoid", |row| terms(&row.es.avoid)),
    ("en", |row| head(&row.en)),
    ("en_status", |row| head_status(&row.en)),
    ("en_also", |row| terms(&row.en.also)),
    ("en_avoid", |row| terms(&row.en.avoid)),
    ("count_es", |row| row.entry.count_es.to_string()),
    ("count_en", |row| row.entry.count_en.to_string()),
    ("documents", |row| row.entry.places.len().to_string()),
    ("rendered_es", |row| rendered(&row.entry.rendered_es)),
    ("rendered_en", |row| rendered(&row.entry.rendered_en)),
    ("evidence", |row| evidence(row.entry)),
    ("context_es", |row| context(row.entry, Lang::Es)),
    ("source_es", |row| source(row.entry, Lang::Es)),
    ("context_en", |row| context(row.entry, Lang::En)),
    ("source_en", |row| source(row.entry, Lang::En)),
    ("definition_es", |row| definition(row.entry, Lang::Es)),
    ("definition_en", |row| definition(row.entry, Lang::En)),
    ("note", |row| text(row.entry.note.as_ref())),
    ("valid_from", |row| text(row.entry.valid_from.as_ref())),
    ("valid_until", |row| text(row.entry.valid_until.as_ref())),
    ("review", |row| text(row.entry.review.as_ref())),
    ("unlisted_es", |row| unlisted(&row.entry.rendered_es)),
    ("unlisted_en", |row| unlisted(&row.entry.rendered_en)),
];

/// What a row is made from.
struct Row<'a> {
    entry: &'a Entry,
    es: Side<'a>,
    en: Side<'a>,
}

/// Renders all concepts as rows.
pub fn render(glossary: &AlignedGlossary, options: &Options) -> String {
    let mut out = String::new();
    if options.tables == TablesFor::Spreadsheet {
        out.push('\u{feff}');
    }
    push_row(&mut out, COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    for entry in &glossary.entries {
        let row = Row { entry, es: view::side(entry, Lang::Es), en: view::side(entry, Lang::En) };
        push_row(&mut out, COLUMNS.iter().map(|(_, cell)| cell(&row)));
    }
    out
}

/// Appends a row, its cells quoted where need be and no formula among them.
pub(crate) fn push_row(out: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        push_cell(out, &cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &str) {
    let guard = if is_formula(cell) { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        out.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
    } else {
        out.push_str(guard);
        out.push_str(cell);
    }
}

/// Whether a spreadsheet would run the cell; a number with its sign is none.
pub(super) fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err()
}

fn text(field: Option<&String>) -> String {
    field.cloned().unwrap_or_default()
}

fn head(side: &Side<'_>) -> String {
    side.head.map(|term| term.term.clone()).unwrap_or_default()
}

fn head_status(side: &Side<'_>) -> String {
    side.head.map(|term| term.status.clone()).unwrap_or_default()
}

fn terms(terms: &[&EntryTerm]) -> String {
    terms.iter().map(|term| term.term.as_str()).collect::<Vec<_>>().join("; ")
}

fn rendered(renderings: &[Rendering]) -> String {
    let one = |r: &Rendering| format!("{} {}", r.term.as_deref().unwrap_or("?"), r.count);
    renderings.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn unlisted(renderings: &[Rendering]) -> String {
    let one = |(text, count): (&str, usize)| format!("{text} {count}");
    renderings.iter().flat_map(view::unlisted).map(one).collect::<Vec<_>>().join("; ")
}

fn evidence(entry: &Entry) -> String {
    let word = entry.contexts.first().and_then(|context| serde_json::to_value(context.evidence).ok());
    word.as_ref().and_then(|word| word.as_str()).unwrap_or("").to_owned()
}

fn context(entry: &Entry, lang: Lang) -> String {
    let snippet = entry.contexts.first().and_then(|context| view::snippet(context, lang));
    snippet.map(|snippet| snippet.text.clone()).unwrap_or_default()
}

fn source(entry: &Entry, lang: Lang) -> String {
    let snippet = entry.contexts.first().and_then(|context| view::snippet(context, lang));
    snippet.map(view::citation).unwrap_or_default()
}

fn definition(entry: &Entry, lang: Lang) -> String {
    view::definition(entry, lang).map(|definition| definition.text.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn cells_are_quoted_and_guarded() {
        let cases = [
            ("arancel", "arancel"),
            ("a, b", "\"a, b\""),
            ("di \"sí\"", "\"di \"\"sí\"\"\""),
            ("=1+1", "'=1+1"),
            ("-5", "-5"),
            ("-ción", "'-ción"),
            ("@x,y", "\"'@x,y\""),
            ("+52 55", "'+52 55"),
            ("\ttab", "'\ttab"),
        ];
        for (cell, expected) in cases {
            let mut out = String::new();
            push_cell(&mut out, cell);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn a_csv_reader_gets_back_every_row() {
        let glossary = sample::glossary();
        let table = render(&glossary, &Options { tables: TablesFor::Program });
        let mut reader = ::csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), glossary.entries.len());
        assert_eq!(
            (&rows[1][3], &rows[1][7], &rows[1][14]),
            ("arancel", "tariff", "arancel 41; gravamen 3; ? 2")
        );
    }

    #[test]
    fn a_spreadsheet_gets_a_byte_order_mark_and_crlf() {
        let table = render(&sample::glossary(), &Options::default());
        assert!(table.starts_with("\u{feff}id,subject,"));
        assert_eq!(table.matches("\r\n").count(), table.matches('\n').count());
    }
}
