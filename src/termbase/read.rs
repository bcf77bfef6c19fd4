//! Reading glossaries: files in layers become one [`Termbase`], and all that is wrong is told at once.
//!
//! Each [`Source`] is read alone, in the order of the layers (house base, client, this job), and laid over
//! what the earlier ones gave:
//!
//! * **Settings**: a key that a later layer states replaces the earlier one (`title`, `languages`, `ui`);
//!   `corpus`, `include` and `pairs` of all layers are kept, each with the file that it is relative to.
//! * **Concepts**: a concept whose *written* id an earlier layer already has (written or derived) changes that
//!   concept: what the later one states wins, key by key; a `terms.LANG` section replaces the section with the
//!   same tag, `definition.LANG` the definition with the same tag, and `[concept.x]` its categories one by one.
//!   An array is replaced as a whole, and an empty one changes nothing. The place of the concept is then the
//!   later file. Everything else is a new concept, behind the earlier ones.
//! * **Ids** that are not written are derived from the first term of the first working language, folded, and
//!   numbered where they are taken.
//!
//! ```
//! use glosa::termbase::{Source, read};
//!
//! let base = Source::toml("base.toml", "[[concept]]\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n");
//! let job = Source::toml("job.toml", "[[concept]]\nid = \"arancel\"\nterms.en = [\"duty\", \"tariff\"]\n");
//! let result = read(&[base, job]);
//! assert!(result.findings.is_empty());
//! assert_eq!(result.termbase.concepts.len(), 1);
//! assert_eq!(result.termbase.concepts[0].sections[1].terms[0].term, "duty");
//! ```

mod concept;
mod ids;
mod keys;
mod layers;
mod pieces;
mod recover;
mod settings;
mod table;
mod term;
mod values;

use rustc_hash::FxHashMap;
use toml::de::{DeTable, DeValue};

use super::model::{Concept, LangTag, Settings, Termbase};
use crate::check::{Finding, Severity};
use crate::text::Span;
use values::{Field, Reader};

pub(crate) use crate::text::date::is_calendar_date;
pub(super) use ids::derive as derive_ids;
pub(crate) use ids::{derive_of as derive_ids_of, free_id};
pub(crate) use keys::{CONCEPT_KEYS, TERM_KEYS};
pub(super) use settings::languages_of;

/// A glossary file as the caller read it.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The path as shown to the user.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// What it is.
    pub kind: SourceKind,
}

impl<'a> Source<'a> {
    /// A `glossary.toml`.
    pub fn toml(name: &'a str, text: &'a str) -> Self {
        Source { name, text, kind: SourceKind::Toml }
    }
}

/// What a source is.
#[derive(Clone, Debug)]
pub enum SourceKind {
    /// TOML, as in `glossary.toml`.
    Toml,
    /// A table that was parsed already (CSV, TSV): one concept a row.
    Table {
        /// The language of each column.
        languages: Vec<LangTag>,
        /// The rows, without a header.
        rows: Vec<TableRow>,
    },
}

/// A row of a two-column table.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// The cells' values, quotes and escapes undone.
    pub cells: Vec<String>,
    /// The row's bytes in the source.
    pub span: Span,
}

/// What [`read`] gives: always a termbase, as good as the sources allow, and what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct ReadResult {
    /// The merged layers.
    pub termbase: Termbase,
    /// Errors and warnings, in the order of the sources.
    pub findings: Vec<Finding>,
}

impl ReadResult {
    /// Whether anything is so wrong that no result can be trusted.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads glossaries in layer order; the later one wins, as the module's documentation tells.
pub fn read(sources: &[Source<'_>]) -> ReadResult {
    let mut findings = Vec::new();
    let layers = sources.iter().map(|source| read_layer(source, &mut findings)).collect();
    let termbase = layers::merge(layers, &mut findings);
    sort(&mut findings, sources);
    ReadResult { termbase, findings }
}

/// Puts findings into the order of the sources, and of the text in each.
fn sort(findings: &mut [Finding], sources: &[Source<'_>]) {
    let layer: FxHashMap<&str, usize> =
        sources.iter().enumerate().map(|(i, source)| (source.name, i)).collect();
    let position = |finding: &Finding| {
        finding.place.as_ref().map(|place| (layer.get(&*place.file).copied(), place.span.start))
    };
    findings.sort_by_key(position);
}

/// The patterns of further term files that a source includes, for the caller to load before [`read`].
pub fn includes(source: &Source<'_>) -> Vec<String> {
    match source.kind {
        SourceKind::Toml => settings::includes(source.text),
        SourceKind::Table { .. } => Vec::new(),
    }
}

/// One source, read alone.
#[derive(Debug, Default)]
pub(super) struct Layer {
    pub(super) file: String,
    pub(super) settings: Settings,
    pub(super) entries: Vec<LayerEntry>,
    /// References to other concepts, to be checked when all layers are known.
    references: Vec<Reference>,
    /// A syntax error hid part of the file, so that what seems to be missing may be there.
    broken: bool,
}

impl Layer {
    /// Adds what stands behind it.
    fn append(&mut self, mut later: Layer) {
        self.settings.check.overlay(std::mem::take(&mut later.settings.check));
        if self.entries.is_empty() {
            later.settings.check = std::mem::take(&mut self.settings.check);
            *self = later;
            return;
        }
        self.entries.append(&mut later.entries);
        self.references.append(&mut later.references);
    }

    /// Moves all places: the text begins so many bytes behind the beginning of the file.
    fn shift(&mut self, by: usize) {
        for entry in &mut self.entries {
            entry.concept.places_mut().for_each(|place| place.span = place.span.shifted(by));
            entry.id_span = entry.id_span.map(|span| span.shifted(by));
        }
        self.references.iter_mut().for_each(|reference| reference.span = reference.span.shifted(by));
    }
}

/// A concept with the place of its id.
#[derive(Debug, Default)]
pub(super) struct LayerEntry {
    pub(super) concept: Box<Concept>,
    id_span: Option<Span>,
    /// Something is wrong with it, so that what seems to be missing may be there.
    troubled: bool,
}

/// A reference by id.
#[derive(Debug)]
struct Reference {
    key: String,
    id: String,
    span: Span,
}

/// Reads one source without looking at others.
pub(super) fn read_layer(source: &Source<'_>, findings: &mut Vec<Finding>) -> Layer {
    let mut reader = Reader::new(source.name);
    let mut layer = match &source.kind {
        SourceKind::Toml => pieces::read(&mut reader, source.text, pieces::PIECE)
            .unwrap_or_else(|| read_toml(&mut reader, source.text)),
        SourceKind::Table { languages, rows } => table::read(&mut reader, source.text, languages, rows),
    };
    source.name.clone_into(&mut layer.file);
    reader.finish(source.text, findings);
    layer
}

fn read_toml(reader: &mut Reader<'_>, text: &str) -> Layer {
    let (document, errors) = DeTable::parse_recoverable(text);
    let marks = if errors.is_empty() { Vec::new() } else { recover::conflict_marks(text) };
    if !marks.is_empty() {
        marks.into_iter().for_each(|span| reader.unsettled(span));
        return Layer { broken: true, ..Layer::default() };
    }
    if !recover::is_lost(&errors) {
        return read_document(reader, text, document.get_ref(), &errors);
    }
    let (blanked, told) = recover::blank_errors(text);
    for error in told {
        reader.syntax_error(&error.message, error.span);
    }
    let (document, errors) = DeTable::parse_recoverable(&blanked);
    Layer { broken: true, ..read_document(reader, text, document.get_ref(), &errors) }
}

fn read_document(
    reader: &mut Reader<'_>,
    text: &str,
    document: &DeTable<'_>,
    errors: &[toml::de::Error],
) -> Layer {
    let mut layer = Layer { broken: !errors.is_empty(), ..Layer::default() };
    for error in errors {
        let span = values::span(error.span().unwrap_or(0..0));
        if recover::is_duplicate(error) && span.of(text) == "concept" {
            reader.single_brackets(span);
        } else if recover::is_duplicate(error) {
            reader.duplicate_key(span);
        } else {
            reader.syntax_error(error.message(), span);
        }
    }
    for field in values::fields_of(document) {
        top_level(reader, &mut layer, field);
    }
    layer
}

fn top_level(reader: &mut Reader<'_>, layer: &mut Layer, field: Field<'_>) {
    match field.name {
        "glossary" => {
            let check = std::mem::take(&mut layer.settings.check);
            layer.settings = Settings { check, ..settings::read(reader, field) };
        }
        "check" => layer.settings.check = settings::check(reader, field),
        "concept" => {
            if matches!(field.value, DeValue::Table(_)) {
                reader.single_brackets(field.name_span);
            }
            for item in reader.tables(field) {
                let entry = concept::read(reader, item, &mut layer.references);
                layer.entries.push(entry);
            }
        }
        _ => reader.unknown_key(field, "a glossary", keys::TOP_KEYS),
    }
}

#[cfg(test)]
pub(super) mod tests;
