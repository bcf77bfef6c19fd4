//! memoQ's CSV: semicolons, a byte order mark, columns of the entry, then each language with its definition, its terms
//! and what is said of them, under English names. Terms beyond the columns go on in a further row of the entry.

use super::csv::{self, Form};
use super::loss::{LossKind, Losses};
use super::model::languages_in_order;
use super::sheet::{Column, Foreign, Layout, is_term_heading};
use super::{Format, Holds, Target, Texts, Written, tags};
use crate::check::Finding;
use crate::termbase::{CaseMode, Concept, LangTag, Termbase};

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
    settings: &[],
    texts: Texts::Lines,
};

/// How many terms of a language a row has.
const TERMS: usize = 2;

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let layout = layout(termbase, target);
    let mut losses = Losses::default();
    for concept in termbase.concepts.iter() {
        tell_definitions(concept, &layout, &mut losses);
        tell_case(concept, target, &mut losses);
    }
    let form = Form { headings: layout.headings(), fields: layout.fields(), separator: b';' };
    let rows = form.lines(layout.all_rows(termbase), target, &mut losses);
    Ok(Written { bytes: [b"\xef\xbb\xbf".to_vec(), rows].concat(), losses: losses.finish() })
}

/// Tells the terms of which it is said in so many words that case makes no difference.
fn tell_case(concept: &Concept, target: &Target, losses: &mut Losses) {
    let sections = concept.sections.iter().filter(|section| target.wants(&section.tag));
    for _ in sections.flat_map(|section| &section.terms).filter(|entry| entry.case == CaseMode::Any) {
        let reason = "memoQ marks only what is sensitive to it";
        losses.add(LossKind::Dropped, "terms.case", reason, concept);
    }
}

/// Tells the definitions in languages that have no columns, for they have no terms.
fn tell_definitions(concept: &Concept, layout: &Layout<'_>, losses: &mut Losses) {
    let has_column = |tag: &LangTag| {
        let mut columns = layout.columns.iter();
        columns.any(|(_, column)| matches!(column, Column::Definition(Some(one)) if one == tag))
    };
    for _ in concept.definition.keys().filter(|tag| !has_column(tag)) {
        let reason = "memoQ has that of languages with terms";
        losses.add(LossKind::Dropped, "definition", reason, concept);
    }
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
