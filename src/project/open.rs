//! The project: its glossary's layers, read and merged.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::cache::origin::{Inclusion, Origin, OriginFile, Stamp};
use super::corpus::Place;
use super::discover::{find_glossary, folder_of, includes, resolve};
use super::files::{self, shown};
use crate::check::{Finding, Severity, SourceFile};
use crate::format::decode::decode;
use crate::format::table::{self, Column, Table};
use crate::lang::Lang;
use crate::termbase::{self, CorpusPath, LangTag, Settings, Source, SourceKind, TableRow, Termbase};

/// The largest glossary file that is read, in bytes.
const GLOSSARY_LIMIT: u64 = 512 << 20;

/// A project: its folder and its glossary.
#[derive(Debug, Default)]
pub struct Project {
    /// The folder of the last glossary file; the documents' names are relative to it.
    pub root: PathBuf,
    /// The glossary files named by the user or found, without what they include.
    pub glossaries: Vec<PathBuf>,
    /// All layers, merged.
    pub termbase: Termbase,
    /// What is wrong with them.
    pub findings: Vec<Finding>,
    /// The files' texts, for messages that show a line.
    pub sources: Vec<SourceFile>,
    /// The files that took part.
    pub origin: Origin,
}

impl Project {
    /// Reads the glossary files in order, each after what it includes; without any, the `glossary.toml` of the
    /// working folder or of one above it.
    ///
    /// # Errors
    /// A finding where there is no glossary, or none of the files can be read.
    pub fn open(glossaries: &[PathBuf]) -> Result<Project, Finding> {
        let glossaries = named_or_found(glossaries)?;
        let mut layers = Layers::default();
        for path in &glossaries {
            layers.load(path)?;
        }
        let Layers { files, mut findings, origin, .. } = layers;
        let sources: Vec<Source<'_>> = files.iter().map(Layer::source).collect();
        let mut read = termbase::read(&sources);
        findings.append(&mut read.findings);
        let sources =
            files.into_iter().map(|layer| SourceFile { name: layer.name, text: layer.text }).collect();
        Ok(Project { termbase: read.termbase, findings, sources, origin, ..Project::bare(glossaries) })
    }

    /// The project of these glossary files with nothing of their contents.
    pub(super) fn bare(glossaries: Vec<PathBuf>) -> Project {
        let root = glossaries.last().map(|path| folder_of(path).to_owned()).unwrap_or_default();
        Project { root, glossaries, ..Project::default() }
    }
}

impl Project {
    /// The corpus that the settings name, relative to the project's folder; else its folder `corpus`.
    pub fn corpus(&self, settings: &Settings) -> Vec<Place> {
        if settings.corpus.is_empty() && self.root.join("corpus").is_dir() {
            return vec![Place::open("corpus")];
        }
        settings.corpus.iter().map(|stated| self.located(stated)).collect()
    }

    fn located(&self, stated: &CorpusPath) -> Place {
        let base = stated.base.as_ref();
        let path =
            base.map_or_else(|| PathBuf::from(&stated.path), |base| resolve(Path::new(base), &stated.path));
        let relative = path.strip_prefix(&self.root).unwrap_or(&path);
        let here = relative.as_os_str().is_empty();
        let path = if here { PathBuf::from(".") } else { relative.to_owned() };
        Place { path, confidential: stated.confidential }
    }

    /// The files and folders of the corpus that the settings call confidential.
    pub fn confidential(&self, settings: &Settings) -> Vec<PathBuf> {
        let confidential = self.corpus(settings).into_iter().filter(|place| place.confidential);
        confidential.map(|place| self.root.join(place.path)).collect()
    }
}

/// The glossary files named, else the one that lies here or above.
pub(super) fn named_or_found(glossaries: &[PathBuf]) -> Result<Vec<PathBuf>, Finding> {
    match glossaries {
        [] => Ok(vec![find_glossary(Path::new(".")).ok_or_else(no_glossary)?]),
        named => Ok(named.to_vec()),
    }
}

fn no_glossary() -> Finding {
    Finding::new(Severity::Error, "no-glossary", "there is no glossary.toml in this folder or above it")
        .help("`glosa init` makes one here, `-g FILE` names one elsewhere")
}

/// A file of terms.
struct Layer {
    name: String,
    text: String,
    /// The languages of the columns, for a table.
    table: Option<(Vec<LangTag>, Vec<TableRow>)>,
}

impl Layer {
    fn source(&self) -> Source<'_> {
        let kind = match &self.table {
            Some((languages, rows)) => SourceKind::Table { languages: languages.clone(), rows: rows.clone() },
            None => SourceKind::Toml,
        };
        Source { name: &self.name, text: &self.text, kind }
    }
}

#[derive(Default)]
struct Layers {
    files: Vec<Layer>,
    findings: Vec<Finding>,
    seen: HashSet<PathBuf>,
    origin: Origin,
}

impl Layers {
    /// Reads what a file includes, then the file itself, each once.
    fn load(&mut self, path: &Path) -> Result<(), Finding> {
        if !self.seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
            return Ok(());
        }
        let layer = self.read(path)?;
        let patterns = termbase::includes(&layer.source());
        let (included, mut findings) = includes(path, &patterns);
        self.findings.append(&mut findings);
        if !patterns.is_empty() {
            let inclusion = Inclusion { glossary: path.to_owned(), patterns, files: included.clone() };
            self.origin.inclusions.push(inclusion);
        }
        for file in included {
            if let Err(finding) = self.load(&file) {
                self.findings.push(finding);
            }
        }
        self.files.push(layer);
        Ok(())
    }

    fn read(&mut self, path: &Path) -> Result<Layer, Finding> {
        let name = shown(path);
        let stamp = Stamp::of(path).ok();
        let contents = files::read(path, GLOSSARY_LIMIT)?;
        self.origin.files.push(OriginFile::new(path, stamp, &contents));
        let decoded = decode(&name, &contents)?;
        self.findings.extend(decoded.warning);
        let table = is_table(path).then(|| columns(&table::read(&decoded.text)));
        Ok(Layer { name, text: decoded.text, table })
    }
}

fn is_table(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    ["csv", "tsv", "tab", "txt"].iter().any(|table| extension.eq_ignore_ascii_case(table))
}

/// The two columns of terms: as their headings say, else Spanish and English in this order.
pub fn columns(table: &Table) -> (Vec<LangTag>, Vec<TableRow>) {
    let is = |lang| table.column(lang);
    let (es, en) = match (is(Lang::Es), is(Lang::En)) {
        (Some(es), Some(en)) => (es, en),
        (Some(es), None) => (es, first_other(table, es)),
        (None, Some(en)) => (first_other(table, en), en),
        (None, None) => (0, 1),
    };
    let languages = Lang::ALL.map(|lang| LangTag(lang.code().to_owned())).to_vec();
    let cell = |cells: &[String], at: usize| cells.get(at).cloned().unwrap_or_default();
    let row = |row: &table::Row| TableRow {
        cells: vec![cell(&row.cells, es), cell(&row.cells, en)],
        span: row.span,
    };
    (languages, table.rows.iter().map(row).collect())
}

/// The first column without a heading of its own, or simply the first other one.
fn first_other(table: &Table, taken: usize) -> usize {
    let free = |&at: &usize| at != taken && table.columns[at] == Column::Unknown;
    (0..table.columns.len()).find(free).unwrap_or(usize::from(taken == 0))
}
