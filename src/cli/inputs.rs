//! What commands work on: the project and its glossary, texts, tables, the corpus.

use std::path::{Path, PathBuf};

use super::Exit;
use super::context::{Context, Failure};
use crate::check::Severity;
use crate::engine::{Collection, Engine};
use crate::format::decode::decode;
use crate::format::table::{self, Table};
use crate::project::collection::{self, Cut};
use crate::project::discover::find_glossary;
use crate::project::files::{self, shown};
use crate::project::texts::{Sizes, Texts};
use crate::project::{Cache, Corpus, CorpusRequest, Outline, PairBy, Place, Project, outline, read_corpus};
use crate::termbase::edit::Surroundings;
use crate::termbase::{PairPath, Termbase};

/// How texts are read and paired.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// Whether the pairs that the project states are made.
    pub(super) stated_pairs: bool,
    /// How the others are paired.
    pub(super) pair_by: PairBy,
    /// Only these files are wanted, with their partners.
    pub(super) only: Option<&'a [PathBuf]>,
    /// Files that the command reads for another reason, and that are no texts; what it writes to is none in any case.
    pub(super) except: &'a [PathBuf],
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Reading { stated_pairs: true, pair_by: PairBy::Names, only: None, except: &[] }
    }
}

impl Context {
    /// Opens the project with its glossary compiled, from the cache where that can be trusted.
    pub(super) fn engine(&mut self) -> Result<(Project, Engine), Failure> {
        let cache = if self.globals.no_cache { None } else { Cache::of_user() };
        let known = cache.as_ref().and_then(|cache| cache.open(&self.globals.glossary));
        if let Some(known) = known {
            return Ok(known);
        }
        let (project, engine) = self.fresh_engine()?;
        if let Some(Err(error)) = cache.map(|cache| cache.store(&project, &engine)) {
            self.explain(&format!("the compiled glossary was not kept: {error}"));
        }
        Ok((project, engine))
    }

    /// Opens the project and compiles its glossary, whatever is in the cache.
    pub(super) fn fresh_engine(&mut self) -> Result<(Project, Engine), Failure> {
        let mut project = self.project()?;
        let engine = Engine::new(std::mem::take(&mut project.termbase));
        self.report(engine.findings(), &project.sources);
        Ok((project, engine))
    }

    /// Opens the project and reports the findings of its glossary; errors among them end the command.
    pub(super) fn project(&mut self) -> Result<Project, Failure> {
        let project = self.project_unreported()?;
        self.report(&project.findings, &project.sources);
        if project.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Failure::usage(
                "the glossary has errors; mend them first (`glosa lint` shows them all)",
            ));
        }
        Ok(project)
    }

    /// Opens the project; its findings are the caller's to report.
    pub(super) fn project_unreported(&self) -> Result<Project, Failure> {
        Ok(Project::open(&self.globals.glossary)?)
    }

    /// As [`Context::engine`], but works without a glossary where texts are named.
    pub(super) fn engine_or_none(&mut self, paths: &[PathBuf]) -> Result<(Project, Engine), Failure> {
        let nameless = self.globals.glossary.is_empty() && find_glossary(Path::new(".")).is_none();
        if nameless && !paths.is_empty() {
            return Ok((Project::default(), Engine::new(Termbase::default())));
        }
        self.engine()
    }

    /// The glossary file that edits go to: the last one named, else the project's own.
    pub(super) fn glossary_file(&self) -> Result<PathBuf, Failure> {
        match self.globals.glossary.last() {
            Some(named) => Ok(named.clone()),
            None => find_glossary(Path::new(".")).ok_or_else(|| {
                Failure::usage("there is no glossary.toml in this folder or above it; `glosa init` makes one")
            }),
        }
    }

    /// The text of a glossary file that is to be edited.
    pub(super) fn glossary_text(&mut self, path: &Path) -> Result<String, Failure> {
        let decoded = decode(&shown(path), &files::read(path, files::SIZE_LIMIT)?)?;
        self.report_files(decoded.warning.as_slice());
        Ok(decoded.text)
    }

    /// A table of terms.
    pub(super) fn table(&mut self, path: &Path) -> Result<Table, Failure> {
        Ok(table::read(&self.glossary_text(path)?))
    }

    /// What lies around a glossary file: the languages and ids of the other layers.
    pub(super) fn surroundings(&self, path: &Path) -> Surroundings {
        let others: Vec<PathBuf> =
            self.globals.glossary.iter().filter(|other| *other != path).cloned().collect();
        if others.is_empty() {
            return Surroundings::default();
        }
        Project::open(&others).map_or_else(
            |_| Surroundings::default(),
            |project| Surroundings {
                languages: project.termbase.settings.languages,
                taken: project.termbase.concepts.iter().map(|concept| concept.id.clone()).collect(),
            },
        )
    }

    /// The texts to scan: those named, else the corpus.
    pub(super) fn texts(&self, project: &Project, engine: &Engine, paths: &[PathBuf]) -> Texts {
        let sizes = Sizes::searching(engine.longest(), self.jobs());
        let fields = &engine.termbase().settings.fields;
        if !paths.is_empty() {
            return Texts::new(Path::new(""), paths, sizes).with_fields(fields);
        }
        let corpus = project.corpus(&engine.termbase().settings);
        let paths: Vec<PathBuf> = corpus.iter().map(|path| project.root.join(&path.path)).collect();
        Texts::new(&project.root, &paths, sizes).with_fields(fields)
    }

    /// The texts analysed: those named, else the corpus; aligned where they are pairs and `align` is set.
    pub(super) fn collection(
        &mut self,
        project: &Project,
        engine: &Engine,
        paths: &[PathBuf],
        align: bool,
    ) -> Collection {
        let mut corpus =
            self.corpus(project, engine, paths, &Reading { stated_pairs: align, ..Reading::default() });
        if !align {
            corpus.pairs.clear();
        }
        collection::analyse(engine, corpus, Cut::Sentences, self.jobs())
    }

    /// The texts read: those named, else the corpus; with what the project states about pairs, if that is wanted.
    pub(super) fn corpus(
        &mut self,
        project: &Project,
        engine: &Engine,
        paths: &[PathBuf],
        reading: &Reading<'_>,
    ) -> Corpus {
        let corpus = self.read(project, engine, paths, reading, read_corpus);
        self.report_files(&corpus.findings);
        corpus
    }

    /// As [`Context::corpus`], for a corpus whose texts are not to be held all at once.
    pub(super) fn outline(
        &mut self,
        project: &Project,
        engine: &Engine,
        paths: &[PathBuf],
        reading: &Reading<'_>,
    ) -> Outline {
        let outline = self.read(project, engine, paths, reading, outline);
        self.report_files(&outline.corpus.findings);
        outline
    }

    fn read<T>(
        &self,
        project: &Project,
        engine: &Engine,
        paths: &[PathBuf],
        reading: &Reading<'_>,
        how: impl FnOnce(&CorpusRequest<'_>) -> T,
    ) -> T {
        let settings = &engine.termbase().settings;
        let named: Vec<Place> = paths.iter().map(Place::open).collect();
        let (root, paths) = match named.as_slice() {
            [] => (project.root.as_path(), project.corpus(settings)),
            _ => (Path::new(""), named),
        };
        let except: Vec<PathBuf> =
            reading.except.iter().chain(&self.globals.output).map(PathBuf::clone).collect();
        let pairs: &[PairPath] = if reading.stated_pairs { &settings.pairs } else { &[] };
        how(&CorpusRequest {
            pairs,
            pair_by: reading.pair_by,
            only: reading.only,
            except: &except,
            fields: &settings.fields,
            confidential: &project.confidential(settings),
            jobs: self.jobs(),
            ..CorpusRequest::new(root, &paths)
        })
    }

    /// Fails where not one text could be read.
    pub(super) fn expect_texts(&self, documents: usize) -> Result<(), Failure> {
        match (documents, self.exit()) {
            (0, Exit::Trouble) => Err(Failure::usage("not one text could be read")),
            (0, _) => Err(Failure::usage(
                "there are no texts; name files or folders, or put `corpus = [\"corpus\"]` under [glossary] and texts \
                 into that folder",
            )),
            _ => Ok(()),
        }
    }
}
