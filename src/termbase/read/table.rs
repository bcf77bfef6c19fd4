//! Two-column tables: one concept a row, one language a column.

use super::values::Reader;
use super::{Layer, LayerEntry, TableRow};
use crate::termbase::model::{Concept, LangSection, LangTag, TermEntry};
use crate::text::Span;
use crate::text::fold::nfc;

pub(super) fn read(reader: &mut Reader<'_>, text: &str, languages: &[LangTag], rows: &[TableRow]) -> Layer {
    let concepts = rows.iter().filter_map(|row| concept(reader, text, languages, row));
    let entries =
        concepts.map(|concept| LayerEntry { concept: Box::new(concept), ..LayerEntry::default() }).collect();
    Layer { entries, ..Layer::default() }
}

/// The concept of a row; `None` for a row without terms.
fn concept(reader: &mut Reader<'_>, text: &str, languages: &[LangTag], row: &TableRow) -> Option<Concept> {
    if row.cells.iter().skip(languages.len()).any(|cell| !cell.trim().is_empty()) {
        let message = format!("this row has more than {} columns; the others are not read", languages.len());
        let help = "keep one column for each language; richer entries go into a .toml file";
        reader.warning("extra-columns", row.span, message, help);
    }
    let cells = languages.iter().zip(&row.cells);
    let mut sections: Vec<LangSection> =
        cells.filter_map(|(tag, cell)| section(reader, text, row.span, tag, cell)).collect();
    sections.shrink_to_fit();
    let place = Some(reader.place(row.span));
    (!sections.is_empty()).then(|| Concept { sections, place, ..Concept::default() })
}

fn section(reader: &Reader<'_>, text: &str, row: Span, tag: &LangTag, cell: &str) -> Option<LangSection> {
    let cell = cell.trim();
    if cell.is_empty() {
        return None;
    }
    let mut entry = TermEntry::new(nfc(cell));
    entry.place = Some(reader.place(find(text, row, cell)));
    Some(LangSection { tag: tag.clone(), terms: vec![entry] })
}

/// Where a cell stands in its row; the whole row where quoting changed its letters.
fn find(text: &str, row: Span, cell: &str) -> Span {
    match row.of(text).find(cell) {
        Some(at) => Span::new(row.start + at, row.start + at + cell.len()),
        None => row,
    }
}
