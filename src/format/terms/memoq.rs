//! memoQ's CSV: semicolons, a byte order mark, columns of the entry, then each language with its definition, its terms
//! and what is said of them, under English names. Terms beyond the columns go on in a further row of the entry.

use super::csv::{self, lines};
use super::model::languages_in_order;
use super::sheet::{Column, Foreign, Layout, is_term_heading};
use super::{Format, Holds, Target, Texts, Written, tags};
use crate::check::Finding;
use crate::termbase::{LangTag, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "memoq",
    about: "memoQ term base CSV",
    extensions: &[],
    read: csv::CSV.read,
    write: Some(write),
    holds: Holds::Keys(
        &["id", "subject", "client", "project", "note", "definition"],
        &["context", "case", "forbidden"],
    ),
    texts: Texts::Lines,
};

/// How many terms of a language a row has.
const TERMS: usize = 2;

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let layout = layout(termbase, target);
    let rows = termbase.concepts.iter().flat_map(|concept| layout.rows(concept));
    let rows = lines(std::iter::once(layout.headings()).chain(rows), b';', target);
    Ok(Written { bytes: [b"\xef\xbb\xbf".to_vec(), rows].concat(), losses: Vec::new() })
}

fn layout<'a>(termbase: &Termbase, target: &'a Target) -> Layout<'a> {
    let extra = |name: &str| (name.to_owned(), Column::Extra(name.to_owned()));
    let key = |name: &str, key| (name.to_owned(), Column::Key(key));
    let mut columns = vec![
        ("Entry_ID".to_owned(), Column::Id),
        key("Entry_Subject", "subject"),
        extra("Entry_Domain"),
        key("Entry_ClientID", "client"),
        key("Entry_ProjectID", "project"),
        extra("Entry_Created"),
        extra("Entry_Creator"),
        extra("Entry_LastModified"),
        extra("Entry_Modifier"),
        key("Entry_Note", "note"),
    ];
    for tag in languages_in_order(termbase).into_iter().filter(|tag| target.wants(tag)) {
        columns.extend(of_language(&tag));
    }
    Layout::of(columns, target)
}

fn of_language(tag: &LangTag) -> Vec<(String, Column)> {
    let english = tags::english_name(tag);
    let named =
        tag.region().map_or(english.clone(), |region| format!("{english}_{}", region.replace('-', "_")));
    let plain = is_term_heading(&named, tag);
    let (term, definition) = match plain {
        true => (named.clone(), format!("{named}_Def")),
        false => (format!("term:{tag}"), format!("definition:{tag}")),
    };
    let mut columns = vec![(definition, Column::Definition(Some(tag.clone())))];
    for _ in 0..TERMS {
        columns.push((term.clone(), Column::Term(tag.clone())));
        columns.push(("Term_Info".to_owned(), Column::TermWord(tag.clone(), Foreign::Info)));
        columns.push(("Term_Example".to_owned(), Column::TermKey(tag.clone(), "context")));
    }
    columns
}
