//! Termbases too large to hold: from a file to a file, entry by entry.
//!
//! Two passes: the first tells whether the file is well formed, and which ids, persons and languages it has; the second
//! writes. In memory are the entry at hand and the ids. TBX and TMX in UTF-8 are read so; JSON lines and TOML, which are
//! a concept after another, are written so.

use std::io::{BufRead, Write};

use super::log::Log;
use super::loss::{self, Loss, Losses};
use super::model::Names;
use super::scope::Scope;
use super::tbx::{self, TbxStream};
use super::xml::{self, Node, Piece};
use super::{Format, Target, json, tags, tmx, toml};
use crate::check::{Finding, Severity};
use crate::termbase::read::derive_ids_of;
use crate::termbase::{Concept, ConceptId, LangTag, Settings};

/// A file that can be read twice.
pub struct Source<'a> {
    /// The path as shown.
    pub name: &'a str,
    /// Its format.
    pub format: &'static Format,
    /// Opens it, at its beginning.
    pub open: &'a dyn Fn() -> Result<Box<dyn BufRead>, Finding>,
}

/// What was converted.
#[derive(Clone, Debug, Default)]
pub struct Streamed {
    /// How many concepts.
    pub concepts: usize,
    /// How many terms.
    pub terms: usize,
    /// What had to be put right.
    pub findings: Vec<Finding>,
    /// What of the entries is not in the file.
    pub losses: Vec<Loss>,
}

/// Whether a file of one format can be converted to another without holding it.
pub fn is_possible(from: &Format, to: &Format) -> bool {
    (from.name.starts_with("tbx") || from.name == "tmx") && matches!(to.name, "jsonl" | "toml")
}

/// Converts a file of a format for which it [is possible](is_possible).
///
/// # Errors
/// The finding that says why the file cannot be read, or the output not written.
pub fn convert(
    source: &Source<'_>,
    to: &Format,
    target: &Target,
    out: &mut dyn Write,
) -> Result<Streamed, Finding> {
    let mut reader = TbxStream::new(Log::new(source.name));
    let settings = learn(source, &mut reader)?;
    let mut done = Streamed::default();
    let mut names = Names::default();
    let mut losses = Losses::default();
    loss::title(&settings, to, &mut losses);
    let mut failed = None;
    let mut put = |bytes: &[u8]| {
        if failed.is_none() {
            failed = out.write_all(bytes).err();
        }
    };
    if to.name == "toml" {
        put(toml::head(&settings).as_bytes());
    }
    walk(source, |piece| {
        let Piece::Entry(node) = piece else { return };
        let Some(concept) = concept(source, &node, &mut reader) else { return };
        let concept = named(concept, &node, &settings, &mut names, reader.log());
        done.concepts += 1;
        done.terms += concept.sections.iter().map(|section| section.terms.len()).sum::<usize>();
        loss::of_concept(&concept, to, &Scope::Wanted(target), &mut losses);
        put(&entry(&concept, to, target));
    })?;
    if let Some(error) = failed {
        let message = format!("the output cannot be written: {error}");
        return Err(Finding::new(Severity::Error, "export-limit", message).help("make room, and try again"));
    }
    done.losses = losses.finish();
    done.findings = reader.finish().into_iter().map(in_bytes).collect();
    Ok(done)
}

fn walk(source: &Source<'_>, met: impl FnMut(Piece)) -> Result<(), Finding> {
    let entries = if is_tmx(source) { &["tu", "header"][..] } else { tbx::ENTRIES };
    xml::walk_stream(source.name, (source.open)()?, entries, met).map_err(in_bytes)
}

fn is_tmx(source: &Source<'_>) -> bool {
    source.format.name == "tmx"
}

/// The finding with its place as a byte of the file, of which there is no text to show.
fn in_bytes(mut finding: Finding) -> Finding {
    if let Some(place) = finding.place.take() {
        finding.message = format!("`{}`, byte {}: {}", place.file, place.span.start, finding.message);
    }
    finding
}

/// The first pass.
fn learn(source: &Source<'_>, reader: &mut TbxStream<'_>) -> Result<Settings, Finding> {
    let mut settings = Settings::default();
    let (mut wrong, mut rooted) = (None, false);
    walk(source, |piece| {
        match &piece {
            Piece::Open(node) if is_tmx(source) => {
                if !std::mem::replace(&mut rooted, true) && node.name != "tmx" {
                    wrong = Some(xml::another_kind(source.name, node, "TMX"));
                }
            }
            Piece::Entry(node) if node.name == "header" => settings.title = tmx::title(node),
            _ if is_tmx(source) => {}
            piece => wrong = wrong.take().or(reader.learn(piece, source.name)),
        }
        if let Piece::Entry(node) = piece {
            learn_languages(&node, &mut settings.languages);
        }
    })?;
    settings.title = settings.title.or_else(|| reader.title().map(str::to_owned));
    wrong.map_or(Ok(settings), Err)
}

/// The languages of the sections of an entry that has terms in them.
fn learn_languages(entry: &Node, languages: &mut Vec<LangTag>) {
    for section in
        entry.nodes().filter(|node| node.name == "tuv" || tbx::LANGUAGES.contains(&node.name.as_str()))
    {
        let tag = tags::tag(section.lang().unwrap_or_default()).tag;
        if !languages.contains(&tag) {
            languages.push(tag);
        }
    }
}

/// The concept of an entry; `None` for what is no entry.
fn concept(source: &Source<'_>, node: &Node, reader: &mut TbxStream<'_>) -> Option<Concept> {
    match node.name.as_str() {
        "tu" if is_tmx(source) => Some(tmx::unit(node, reader.log())),
        "conceptEntry" | "termEntry" | "entry" if !is_tmx(source) => Some(reader.concept(node)),
        _ => None,
    }
}

/// The concept with an id that no other has.
fn named(
    mut concept: Concept,
    node: &Node,
    settings: &Settings,
    names: &mut Names,
    log: &mut Log<'_>,
) -> Concept {
    concept.sections.retain(|section| !section.terms.is_empty());
    concept.id_written = !concept.id.0.is_empty();
    let written = concept.id.0.clone();
    if !concept.id_written {
        let derived = derive_ids_of(vec![Box::new(concept.clone())], &settings.languages);
        concept.id = derived.into_iter().next().map_or_else(ConceptId::default, |one| one.id);
    }
    concept.id = ConceptId(names.free(&concept.id.0));
    if concept.id_written && concept.id.0 != written {
        let message = format!("a second entry `{written}`, renamed `{}`", concept.id);
        log.repaired("an id that two entries have", node.at, message);
    }
    concept
}

fn entry(concept: &Concept, to: &Format, target: &Target) -> Vec<u8> {
    if to.name == "jsonl" {
        return json::line(concept, target);
    }
    let mut text = String::new();
    toml::push_concept(&mut text, concept, target);
    text.into_bytes()
}
