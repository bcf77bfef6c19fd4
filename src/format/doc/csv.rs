//! Tables in text, comma- or tab-separated: two columns that translate one another, records, or cells.
//!
//! Columns that are named (or look) Spanish and English make each row a unit of translation. Where a heading names a
//! text (see [`super::fields`]) each row is a document; elsewhere every cell with words in it is a block.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Flow, Source, TextBuilder};
use super::fields::{Field, Fields, note};
use super::grid::{self, Columns};
use crate::check::{Finding, Severity};
use crate::format::decode::{Decoded, decode};
use crate::format::table::{self, Row, Table};
use crate::lang::Lang;
use crate::text::{Before, BlockKind, Document, Span};

pub(super) fn read(name: &str, bytes: &[u8], fields: &Fields) -> Read {
    let mut decoded = match decode(name, bytes) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let warning = decoded.warning.take();
    let mut table = table::read(&decoded.text);
    take_heading(&mut table, fields);
    let headings: Vec<Option<Field>> =
        table.heading.iter().flat_map(|row| &row.cells).map(|cell| fields.of(cell)).collect();
    let mut read = if let Some(columns) = columns(&table, &headings) {
        let out = bilingual(&table, &headings, columns, &decoded.text);
        let tag = |lang: Lang| Some(lang.code().to_owned());
        let source = if columns.es_first() { Lang::Es } else { Lang::En };
        out.finish(
            name,
            Some(&Source::from(decoded)),
            &Tags { source: tag(source), target: tag(source.other()), directed: false },
        )
    } else if headings.contains(&Some(Field::Text)) {
        records(&table, &headings, &decoded)
    } else {
        Read::of(cells(&table, &decoded.text).finish_from(&Source::from(decoded)))
    };
    read.findings.extend(warning.into_iter().chain(unclosed(name, &table)));
    read
}

/// What there is to say of quotation marks that are never closed.
fn unclosed(name: &str, table: &Table) -> Option<Finding> {
    let line = table.unclosed.first()?;
    let more = match table.unclosed.len() - 1 {
        0 => String::new(),
        more => format!("; {more} more of its lines are broken"),
    };
    let message = format!(
        "`{name}`, line {line}: a quotation mark opens a cell and is never closed; the line was read as it stands{more}"
    );
    Some(
        Finding::new(Severity::Warning, "broken-line", message)
            .help("close it, or write it twice if it is text"),
    )
}

/// Takes the first row for a heading where it names a text and something else.
fn take_heading(table: &mut Table, fields: &Fields) {
    let Some(first) = table.rows.first().filter(|_| table.heading.is_none()) else { return };
    let known: Vec<Field> = first.cells.iter().filter_map(|cell| fields.of(cell)).collect();
    if known.len() > 1 && known.contains(&Field::Text) {
        table.heading = Some(table.rows.remove(0));
    }
}

/// The columns of a text and its translation: as they are named, else as they look, if they are not named as something
/// else.
fn columns(table: &Table, headings: &[Option<Field>]) -> Option<Columns> {
    if let (Some(es), Some(en)) = (table.column(Lang::Es), table.column(Lang::En)) {
        return Some(Columns { es, en, heading: true });
    }
    let rows: Vec<Vec<&str>> =
        table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect();
    let is_text = |column: usize| {
        headings
            .get(column)
            .copied()
            .flatten()
            .is_none_or(|field| matches!(field, Field::Text | Field::Title))
    };
    grid::columns(&rows).filter(|columns| is_text(columns.es) && is_text(columns.en))
}

fn bilingual(table: &Table, headings: &[Option<Field>], columns: Columns, text: &str) -> Bilingual {
    let mut out = Bilingual::new();
    let id = headings.iter().position(|field| *field == Some(Field::Id));
    for row in &table.rows {
        let id = id.and_then(|column| row.cells.get(column)).filter(|id| !id.is_empty());
        out.unit(&id.map_or_else(|| format!("row {}", row.line), String::clone));
        let flows = flows(row, text);
        for (column, side) in
            [(columns.es.min(columns.en), &mut out.source), (columns.es.max(columns.en), &mut out.target)]
        {
            if let Some(flow) = flows.get(column) {
                flow.write(text, Some(BlockKind::Paragraph), side);
            }
        }
    }
    out
}

/// Each row as a document whose source is the row itself.
fn records(table: &Table, headings: &[Option<Field>], decoded: &Decoded) -> Read {
    let mut read = Read::default();
    let mut before = Before::default();
    let mut done = 0;
    for (i, row) in table.rows.iter().enumerate() {
        before = before.after(&decoded.text[done..row.span.start]);
        done = row.span.start;
        let mut document = record(row, headings, decoded);
        document.before = before;
        document.record = Some(document.about.id.clone().unwrap_or_else(|| (i + 1).to_string()));
        read.documents.push(document);
    }
    read
}

fn record(row: &Row, headings: &[Option<Field>], decoded: &Decoded) -> Document {
    let source = row.span.of(&decoded.text);
    let alone = Row { span: Span::new(0, source.len()), ..row.clone() };
    let mut out = TextBuilder::default();
    let flows = flows(&alone, source);
    for (field, kind) in [(Field::Title, Some(BlockKind::Heading)), (Field::Text, None)] {
        for (flow, _) in flows.iter().zip(headings).filter(|(_, of)| **of == Some(field)) {
            flow.write(source, kind, &mut out);
        }
    }
    let mut document = out.finish_from(&Source { text: source.into(), space: decoded.space });
    for (cell, field) in row.cells.iter().zip(headings) {
        if let Some(field) = field {
            note(&mut document, *field, cell);
        }
    }
    document
}

fn cells(table: &Table, text: &str) -> TextBuilder {
    let mut out = TextBuilder::default();
    for row in table.heading.iter().chain(&table.rows) {
        for (cell, flow) in row.cells.iter().zip(flows(row, text)) {
            if cell.contains(char::is_alphabetic) {
                flow.write(text, Some(BlockKind::TableCell), &mut out);
            }
        }
    }
    out
}

/// The cells of a row, found again in their order in its text.
fn flows(row: &Row, text: &str) -> Vec<Flow> {
    let whole = row.span.of(text);
    let mut at = 0;
    row.cells
        .iter()
        .map(|cell| {
            let written = cell.replace('"', "\"\"");
            let doubled = if whole[at..].contains(&written) { &written } else { cell };
            let Some(start) = whole[at..].find(doubled.as_str()).filter(|_| !cell.is_empty()) else {
                return Flow::default();
            };
            let start = at + start;
            at = start + doubled.len();
            pieces(doubled, row.span.start + start, doubled.len() > cell.len())
        })
        .collect()
}

/// A cell's text as written, of two quotation marks only the first where they are doubled.
fn pieces(written: &str, start: usize, doubled: bool) -> Flow {
    let mut flow = Flow::default();
    let mut at = 0;
    while doubled && let Some(quote) = written[at..].find("\"\"") {
        flow.verbatim(Span::new(start + at, start + at + quote));
        flow.replaced('"', Span::new(start + at + quote, start + at + quote + 2));
        at += quote + 2;
    }
    flow.verbatim(Span::new(start + at, start + written.len()));
    flow
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;

    fn csv(source: &str) -> Read {
        read("x.csv", source.as_bytes(), &Fields::default())
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told_with_its_line() {
        let read = csv("es,en\n\"El muro,The wall\n\"El arancel, hoy\",The tariff\n");
        let wanted = [["2", "\"El muro", "The wall"], ["3", "El arancel, hoy", "The tariff"]];
        assert_eq!(
            units(&read).iter().map(|unit| unit[1..].to_vec()).collect::<Vec<_>>(),
            wanted.map(|u| u[1..].to_vec())
        );
        assert!(
            read.findings[0].message.starts_with("`x.csv`, line 2: a quotation mark"),
            "{:?}",
            read.findings
        );
    }

    #[test]
    fn columns_of_two_languages_are_pairs() {
        let source =
            "id;English;Español;nota\nk1;\"The \"\"wall\"\"; here\";\"El «muro»\naquí\";x\n;Duty;Arancel;\n";
        let read = csv(source);
        assert_eq!(
            units(&read),
            [["k1", "The \"wall\"; here", "El «muro» aquí"], ["row 4", "Duty", "Arancel"]]
        );
        let spanish = &read.documents[1];
        let at = spanish.text.find("Arancel").expect("the word");
        let span = Span::new(at, at + 7);
        assert_eq!(spanish.source_text(span), "Arancel");
        assert_eq!(spanish.position(&spanish.line_index(), span).line, 4);
        let english = &read.documents[0];
        assert_eq!(english.source_text(Span::new(4, 10)), "\"\"wall\"\"");
    }

    #[test]
    fn a_heading_that_names_a_text_makes_records() {
        let source = "fecha,id,texto,idioma\n2025-03-01,a,\"El muro\",es\n,b,The wall,en\n";
        let read = csv(source);
        let shown: Vec<_> =
            read.documents.iter().map(|d| (d.record.as_deref(), d.text.as_str(), d.lang)).collect();
        assert_eq!(shown, [(Some("a"), "El muro", Some(Lang::Es)), (Some("b"), "The wall", Some(Lang::En))]);
        let second = &read.documents[1];
        assert_eq!(second.file_span(Span::new(4, 8)).of(source), "wall");
        assert_eq!(second.position(&second.line_index(), Span::new(4, 8)).line, 3);
        assert_eq!(read.documents[0].about.date.as_deref(), Some("2025-03-01"));
    }

    #[test]
    fn a_column_that_names_languages_is_no_text() {
        let read = csv(
            "fecha;texto;idioma;autor\n2025-03-01;El muro de la frontera;es;The Newsroom\n2025-03-02;The wall at the border;en;The Newsroom\n",
        );
        let texts: Vec<&str> = read.documents.iter().map(|document| document.text.as_str()).collect();
        assert_eq!(texts, ["El muro de la frontera", "The wall at the border"]);
    }

    #[test]
    fn other_tables_are_cells() {
        let read = csv("Puerto,Cruces\nOtay,1200\nNogales,\"3,400\"\n");
        assert_eq!(read.documents[0].text, "Puerto\n\nCruces\n\nOtay\n\nNogales");
    }

    proptest::proptest! {
        /// Whatever the signs, a cell maps to the bytes that it was read from.
        #[test]
        fn any_table_maps_back(source in "(a|ñ|\"|\"\"|,|;|\n|\r\n| |\t|es|en){0,30}") {
            for document in csv(&source).documents {
                for (at, c) in document.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                    let bytes = document.source_text(Span::new(at, at + c.len_utf8()));
                    proptest::prop_assert_eq!(bytes, c.to_string());
                }
            }
        }
    }
}
