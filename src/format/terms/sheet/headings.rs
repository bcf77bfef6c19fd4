//! What the columns of a table hold: told by their headings, in Spanish or English, or by who gives the table
//! ([`ColumnName`]).

use unicode_normalization::UnicodeNormalization;

use super::Row;
use crate::check::{Finding, Severity};
use crate::format::terms::fields::{CONCEPT, TERM, find};
use crate::format::terms::log::Log;
use crate::format::terms::{Input, pairs, tags};
use crate::termbase::LangTag;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::format::terms) enum Column {
    /// The concept's id.
    Id,
    /// Terms of a language.
    Term(LangTag),
    /// Further terms of a language, with semicolons or line ends between them; of the language before where none is
    /// named.
    Synonyms(Option<LangTag>),
    /// A key of a language's term, that of the column before it where there are several: `es:pos`.
    TermKey(LangTag, &'static str),
    /// A key of terms whose heading does not say of which: `pos`.
    AnyKey(&'static str),
    /// A key of the concept.
    Key(&'static str),
    /// The definition in a language; without one in that of the row.
    Definition(Option<LangTag>),
    /// The language of the row's term.
    Language,
    /// The row's term.
    RowTerm,
    /// The source term of a pair, and its translation.
    Source,
    Target,
    /// The source language of a pair, and the target language.
    SourceLanguage,
    TargetLanguage,
    /// A flag or word of another program.
    Word(Foreign),
    /// Kept under `x`, of the concept or of the row's term.
    Extra(String),
    /// Not read; or always empty, a column that the format wants.
    Blank,
}

/// Columns of other programs whose words are not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format::terms) enum Foreign {
    /// Usage or workflow: `Approved`, `New`, `forbidden` …
    Status,
    /// True for a term to be preferred.
    Preferred,
    /// True for a term whose case counts.
    CaseSensitive,
    /// True for what nobody has approved.
    Fuzzy,
    /// Flags of memoQ: `CaseSense;Exact`.
    Info,
}

/// What a column of a table holds, as who gives the table says.
///
/// ```
/// use glosa::format::terms::{self, ColumnName, Input};
///
/// let table = "Nosotros,Ellos\narancel,tariff\n";
/// let columns = ["Nosotros=es-MX", "Ellos=en-US"].map(|name| ColumnName::parse(name).expect("a column"));
/// let input = Input { columns: columns.to_vec(), ..Input::new("t.csv", table.as_bytes()) };
/// let termbase = terms::read(&input, None).termbase.expect("a termbase");
/// assert_eq!(termbase.concepts[0].sections[1].tag.as_str(), "en-US");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// Its heading in the file, or its number, the first being 1.
    column: String,
    /// What it holds, as a heading that is understood.
    holds: String,
}

impl ColumnName {
    /// Reads `HEADING=WHAT` or `NUMBER=WHAT`. What a column can hold: a language (`es-MX`), `id`, a key of concepts
    /// (`note`, `definition`, `definition:es`), a key of terms (`pos`, `en:pos`), `synonyms:en`, or `-` for nothing
    /// that is to be read.
    ///
    /// # Errors
    /// What is wrong, with what can be written instead.
    pub fn parse(written: &str) -> Result<ColumnName, String> {
        let Some((column, holds)) = written.rsplit_once('=').map(|(a, b)| (a.trim(), b.trim())) else {
            return Err(format!("“{written}” is no column; write HEADING=WHAT, such as \"Notas=note\""));
        };
        if column.is_empty() || column.parse() == Ok(0) {
            return Err(format!("“{written}” names no column; write its heading or its number from 1"));
        }
        if holds != NOTHING && heading(holds).is_none() {
            let keys = CONCEPT.iter().map(|field| field.key).chain(TERM.iter().map(|field| field.key));
            let mut keys: Vec<&str> = keys.filter(|key| !matches!(*key, "x" | "private-note")).collect();
            keys.sort_unstable();
            keys.dedup();
            return Err(format!(
                "a column cannot hold “{holds}”; it can hold a language (es-MX, en), synonyms:en, definition:en, id, {}, \
                 en:pos and the like for one language, or - to leave it out",
                keys.join(", ")
            ));
        }
        Ok(ColumnName { column: column.to_owned(), holds: holds.to_owned() })
    }

    /// Its place among the columns, if it is told by a number.
    fn number(&self) -> Option<usize> {
        self.column.parse::<usize>().ok()?.checked_sub(1)
    }

    fn is_heading(&self, cell: &str) -> bool {
        folded(cell) == folded(&self.column) && !cell.trim().is_empty()
    }

    fn column(&self) -> Column {
        heading(&self.holds).unwrap_or(Column::Blank)
    }
}

/// What [`ColumnName`] says of a column that is not to be read.
const NOTHING: &str = "-";
/// A heading stands at most behind so many rows of titles.
const TITLES: usize = 10;

/// What the columns hold; the row of headings, and titles above it, are taken from the rows.
///
/// # Errors
/// A column that the input names is not there.
pub(super) fn columns_of(
    rows: &mut Vec<Row>,
    input: &Input<'_>,
    log: &mut Log<'_>,
) -> Result<Vec<Column>, Finding> {
    let sides = pairs::languages_of(input);
    let headings = heading_row(rows, &input.columns);
    let mut found = match headings {
        None => headless(rows),
        Some(at) => {
            let above: Vec<Row> = rows.drain(..=at).collect();
            let [titles @ .., headings] = above.as_slice() else { return Ok(Vec::new()) };
            for title in titles {
                let message = "a title above the headings is left out";
                log.skipped("a title above the headings", title.at.clone(), message);
            }
            named(&headings.cells, &input.columns, input.name)?
        }
    };
    for (name, at) in input.columns.iter().filter_map(|name| Some((name, name.number()?))) {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(found.len());
        if at >= width {
            let message = format!("`{}` has no column {}, only {width}", input.name, name.column);
            return Err(Finding::new(Severity::Error, "format-columns", message)
                .help("give the number of a column, or its heading; nothing was read"));
        }
        found.resize(found.len().max(at + 1), Column::Blank);
        found[at] = name.column();
    }
    if headings.is_none() && !input.columns.is_empty() {
        // What is left of the usual pair stands by itself.
        for column in &mut found {
            match column {
                Column::Source => *column = Column::Term(sides[0].clone()),
                Column::Target => *column = Column::Term(sides[1].clone()),
                _ => {}
            }
        }
    }
    Ok(settled(found, &sides))
}

/// The row that names the columns: with a heading that the input names; else the first, or the first that plainly does
/// below titles, which have a row to themselves.
fn heading_row(rows: &[Row], names: &[ColumnName]) -> Option<usize> {
    let mut first = rows.iter().take(TITLES);
    if names.iter().any(|name| name.number().is_none()) {
        let has = |row: &Row| names.iter().any(|name| row.cells.iter().any(|cell| name.is_heading(cell)));
        return Some(first.position(has).unwrap_or(0)).filter(|_| !rows.is_empty());
    }
    if names_its_languages(rows) {
        return None;
    }
    if rows.first().is_some_and(|row| is_heading(&row.cells)) {
        return Some(0);
    }
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let named = |row: &Row| row.cells.iter().filter(|cell| heading(cell).is_some()).count();
    let at = first.position(|row| filled(row) > 1)?;
    (at > 0 && named(&rows[at]) >= 2 && is_heading(&rows[at].cells)).then_some(at)
}

/// What the headings say, and the input of some of them.
///
/// # Errors
/// The input names a heading that is not there.
fn named(cells: &[String], names: &[ColumnName], file: &str) -> Result<Vec<Column>, Finding> {
    for name in names.iter().filter(|name| name.number().is_none()) {
        if !cells.iter().any(|cell| name.is_heading(cell)) {
            let message = format!("`{file}` has no column “{}”", name.column);
            let there: Vec<&str> =
                cells.iter().map(String::as_str).filter(|cell| !cell.trim().is_empty()).collect();
            let help = format!("its headings are: {}; nothing was read", there.join(" | "));
            return Err(Finding::new(Severity::Error, "format-columns", message).help(help));
        }
    }
    let column = |cell: &String| match names.iter().find(|name| name.is_heading(cell)) {
        Some(name) => name.column(),
        None => heading(cell).unwrap_or_else(|| Column::Extra(cell.trim().to_owned())),
    };
    Ok(cells.iter().map(column).collect())
}

/// Whether rows are pairs that state their languages, as DeepL has them: `arancel,tariff,es,en`.
fn names_its_languages(rows: &[Row]) -> bool {
    let language = |cell: Option<&String>| cell.is_some_and(|cell| tags::of_heading(cell).is_some());
    let is_pair = |row: &Row| {
        language(row.cells.get(2))
            && language(row.cells.get(3))
            && row.cells[..2].iter().all(|cell| heading(cell).is_none())
    };
    !rows.is_empty() && rows.iter().take(TITLES).all(is_pair)
}

/// Two columns, and a note perhaps; or, as DeepL has it, the languages of the two in two more.
fn headless(rows: &[Row]) -> Vec<Column> {
    let is_language =
        |row: &Row, at: usize| row.cells.get(at).is_some_and(|cell| tags::of_heading(cell).is_some());
    let mut columns = vec![Column::Source, Column::Target];
    if rows.iter().any(|row| is_language(row, 2) && is_language(row, 3)) {
        columns.extend([Column::SourceLanguage, Column::TargetLanguage]);
    } else if rows.iter().any(|row| row.cells.len() > 2) {
        columns.push(Column::Key("note"));
    }
    columns
}

/// Whether a row names columns: all of it does, or two cells do, or one that can be nothing but a language.
fn is_heading(cells: &[String]) -> bool {
    let filled = || cells.iter().filter(|cell| !cell.trim().is_empty());
    let named = filled().filter(|cell| heading(cell).is_some()).count();
    let certain = filled().any(|cell| cell.len() > 3 && tags::of_heading(cell).is_some());
    named > 0 && (named >= 2 || named == filled().count() || certain)
}

/// Columns in the light of the others, from left to right.
fn settled(mut columns: Vec<Column>, sides: &[LangTag; 2]) -> Vec<Column> {
    let long = columns.contains(&Column::Language);
    if !long && columns.contains(&Column::Target) && !columns.contains(&Column::Source) {
        // `Término`, `Equivalente`
        let source = columns.iter_mut().find(|column| **column == Column::RowTerm);
        source.into_iter().for_each(|column| *column = Column::Source);
    }
    let paired = columns.contains(&Column::Source) && columns.contains(&Column::Target);
    // Before any column of terms, a key that concepts have too is the concept's.
    let mut behind_terms = long || paired;
    let mut language = sides[0].clone();
    for column in &mut columns {
        match column {
            Column::RowTerm if !long => *column = Column::Term(sides[0].clone()),
            Column::Source if !paired => *column = Column::Key("source"),
            Column::Target if !paired => *column = Column::Extra("target".to_owned()),
            Column::AnyKey(key) if !behind_terms && find(CONCEPT, key).is_some() => {
                *column = Column::Key(key);
            }
            _ => {}
        }
        match column {
            Column::Term(tag) => (language, behind_terms) = (tag.clone(), true),
            Column::Source => language = sides[0].clone(),
            Column::Target => language = sides[1].clone(),
            Column::Synonyms(tag @ None) => *tag = Some(language.clone()),
            _ => {}
        }
    }
    columns
}

/// What a heading says; `None` where nothing is known of it.
fn heading(cell: &str) -> Option<Column> {
    let cell = cell.trim();
    if let Some((before, behind)) = cell.split_once(':') {
        return marked(before.trim(), behind.trim());
    }
    let folded = folded(cell);
    known(&folded).or_else(|| of_language(cell, &folded))
}

/// `es:pos`, `definition:es`, `synonyms:es`, `term:x-desk`.
fn marked(before: &str, behind: &str) -> Option<Column> {
    match before {
        "term" => Some(Column::Term(tags::tag(behind).tag)),
        "synonyms" => Some(Column::Synonyms(Some(tags::tag(behind).tag))),
        "definition" => Some(Column::Definition(Some(tags::tag(behind).tag))),
        "src" | "tgt" => None,
        _ => find(TERM, behind).map(|field| Column::TermKey(tags::tag(before).tag, field.key)),
    }
}

/// A language alone, or beside a word: `Español`, `es-MX`, `English_Def`, `Término en inglés`, `term_en`.
fn of_language(cell: &str, folded: &str) -> Option<Column> {
    if let Some(tag) = tags::of_heading(cell).or_else(|| tags::of_words(folded)) {
        return Some(Column::Term(tag));
    }
    let words: Vec<&str> = folded.split(' ').collect();
    // `term_en`, where the last word is the language and no preposition.
    let [first, .., last] = words.as_slice() else { return None };
    for at in (1..words.len()).rev() {
        let (head, tail) = (words[..at].join(" "), words[at..].join(" "));
        let tail = tail.strip_prefix("en ").or(tail.strip_prefix("in ")).unwrap_or(&tail);
        if let Some(column) = lang_of(tail).and_then(|tag| in_language(&head, tag)) {
            return Some(column);
        }
        let (head, tail) = (words[..words.len() - at].join(" "), words[words.len() - at..].join(" "));
        if let Some(column) = lang_of(&head).and_then(|tag| in_language(&tail, tag)) {
            return Some(column);
        }
    }
    // A region that nobody knows: `Español (Aztlán)`.
    (words.len() == 2 && first.len() > 3 && last != first).then(|| lang_of(first).map(Column::Term))?
}

/// What a word beside a language says: `Definición (ES)`, `Sinónimos EN`.
fn in_language(word: &str, tag: LangTag) -> Option<Column> {
    match word {
        "term" | "termino" | "terminos" | "terms" | "text" | "texto" | "equivalente" | "equivalent"
        | "traduccion" | "translation" => Some(Column::Term(tag)),
        "def" => Some(Column::Definition(Some(tag))),
        _ => match known(word)? {
            Column::Definition(None) => Some(Column::Definition(Some(tag))),
            Column::Synonyms(None) => Some(Column::Synonyms(Some(tag))),
            Column::AnyKey(key) => Some(Column::TermKey(tag, key)),
            Column::Key(key) => find(TERM, key).map(|field| Column::TermKey(tag, field.key)),
            _ => None,
        },
    }
}

fn lang_of(words: &str) -> Option<LangTag> {
    tags::of_words(words).or_else(|| tags::of_heading(&words.replace(' ', "-")))
}

/// Headings in use, folded.
fn known(folded: &str) -> Option<Column> {
    use Column::{
        AnyKey, Definition, Extra, Id, Key, Language, RowTerm, Source, SourceLanguage, Synonyms,
        TargetLanguage, Word,
    };
    Some(match folded {
        "id" | "concept id" | "conceptid" | "entry id" | "cid" | "concept" | "concepto" => Id,
        "language" | "lang" | "locale" | "idioma" | "lengua" => Language,
        "term" | "termino" | "terms" | "terminos" => RowTerm,
        "synonym" | "synonyms" | "sinonimo" | "sinonimos" => Synonyms(None),
        "source" | "origen" | "source term" => Source,
        "target" | "destino" | "target term" | "traduccion" | "translation" | "equivalente"
        | "equivalent" => Column::Target,
        "source lang" | "source language" => SourceLanguage,
        "target lang" | "target language" => TargetLanguage,
        "status" | "estado" | "estatus" | "term status" => Word(Foreign::Status),
        "preferred" => Word(Foreign::Preferred),
        "case sensitive" => Word(Foreign::CaseSensitive),
        "fuzzy" => Word(Foreign::Fuzzy),
        "term info" => Word(Foreign::Info),
        "forbidden" => AnyKey("forbidden"),
        "translatable" => Extra("translatable".to_owned()),
        "part of speech" | "partofspeech" | "categoria gramatical" | "pos" => AnyKey("pos"),
        "term type" | "termtype" | "type" | "tipo" => AnyKey("type"),
        "gender" | "genero" => AnyKey("gender"),
        "number" | "numero" => AnyKey("number"),
        "usage" | "uso" => AnyKey("usage"),
        "example" | "examples" | "ejemplo" | "ejemplos" | "context example" | "term example" | "contexto" => {
            AnyKey("context")
        }
        "definition" | "definicion" => Definition(None),
        "description" | "descripcion" | "developer comments" => Key("note"),
        "note" | "notes" | "nota" | "notas" | "comment" | "comments" | "comentario" | "comentarios"
        | "remarks" | "observaciones" | "entry note" => Key("note"),
        "subject" | "tema" | "domain" | "dominio" | "area" | "entry subject" | "subject field" => {
            Key("subject")
        }
        "entry clientid" | "client" | "cliente" => Key("client"),
        "entry projectid" | "project" | "proyecto" => Key("project"),
        "fuente" => Key("source"),
        _ => {
            let key = folded.replace(' ', "-");
            match (find(CONCEPT, &key), find(TERM, &key)) {
                (Some(field), _) if field.key != "x" => Key(field.key),
                (_, Some(field)) if field.key != "x" => AnyKey(field.key),
                _ => return None,
            }
        }
    })
}

/// In lower case without accents, with single spaces for what joins words.
pub(super) fn folded(cell: &str) -> String {
    let bare = cell.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    let spaced: String = bare.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a heading names terms of this language and nothing else.
pub(in crate::format::terms) fn is_term_heading(written: &str, tag: &LangTag) -> bool {
    heading(written) == Some(Column::Term(tag.clone()))
}

/// Whether two headings name the same, of terms also where one of them leaves out the region.
#[cfg(any(feature = "office", feature = "xlsx"))]
pub(crate) fn is_same_heading(one: &str, other: &str) -> bool {
    match (heading(one), heading(other)) {
        (Some(Column::Term(one)), Some(Column::Term(other))) => {
            one == other || one.lang().is_some() && one.lang() == other.lang()
        }
        (one, other) => one.is_some() && one == other,
    }
}
