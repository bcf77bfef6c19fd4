//! What every command shares: the options as resolved, the project, the findings, the two streams.

use std::fmt;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::output::Output;
use super::style::{self, paint};
use super::{Exit, Globals, When};
use crate::check::{Finding, Severity, SourceFile, Style, render};
use crate::engine::{Bitext, Collection, Engine};
use crate::format::decode::decode;
use crate::format::table::{self, Table};
use crate::project::discover::{find_glossary, resolve};
use crate::project::files::{self, shown};
use crate::project::pairs::Pair;
use crate::project::texts::Texts;
use crate::project::{Corpus, CorpusRequest, Jobs, Project, map_in_order, read_corpus, write};
use crate::termbase::edit::Surroundings;
use crate::termbase::{CorpusPath, PairPath, Termbase};
use crate::text::Document;

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// A message with what to do.
    Message(String),
    /// The streams failed.
    Io(io::Error),
}

impl Failure {
    /// A failure that the user can mend by calling differently.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Failure::Message(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Message(message) => f.write_str(message),
            Failure::Io(error) => write!(f, "{error}"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        let help = finding.help.map_or(String::new(), |help| format!("\n  help: {help}"));
        Failure::Message(format!("{}{help}", finding.message))
    }
}

/// The state of a run.
pub(super) struct Context {
    /// The options.
    pub(super) globals: Globals,
    /// The worst that was met on the way.
    exit: Exit,
}

impl Context {
    /// Resolves the options; changes into the folder of `-C`.
    pub(super) fn new(mut globals: Globals) -> Result<Self, Failure> {
        if let Some(directory) = &globals.directory {
            std::env::set_current_dir(directory).map_err(|error| {
                Failure::usage(format!("cannot work in {}: {error}; name a folder", directory.display()))
            })?;
        }
        if globals.glossary.is_empty() {
            globals
                .glossary
                .extend(std::env::var_os("GLOSA_GLOSSARY").filter(|v| !v.is_empty()).map(PathBuf::from));
        }
        // An interrupted run leaves no half-written file behind; 130 is what shells expect of it.
        let _ = ctrlc::set_handler(|| {
            write::remove_unfinished();
            std::process::exit(130);
        });
        Ok(Context { globals, exit: Exit::Done })
    }

    /// The worst that was met on the way.
    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// The sink of the command's data.
    pub(super) fn output(&self) -> Output {
        Output::new(self.globals.output.clone())
    }

    /// Whether data goes out in colour.
    pub(super) fn colour(&self) -> bool {
        let terminal = io::stdout().is_terminal() && self.globals.output.is_none();
        self.colour_on(terminal)
    }

    /// Whether talk goes out in colour.
    pub(super) fn colour_err(&self) -> bool {
        self.colour_on(io::stderr().is_terminal())
    }

    fn colour_on(&self, terminal: bool) -> bool {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.globals.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !unwanted,
        }
    }

    /// The number of threads to use.
    pub(super) fn jobs(&self) -> Jobs {
        let stated = self.globals.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into()));
        stated.map_or(Jobs::AllCores, Jobs::Exactly)
    }

    /// Opens the project and compiles its glossary. Errors in the glossary are reported and end the command.
    pub(super) fn engine(&mut self) -> Result<(Project, Engine), Failure> {
        let mut project = self.project()?;
        if project.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Failure::usage(
                "the glossary has errors; mend them first (`glosa lint` shows them all)",
            ));
        }
        let engine = Engine::new(std::mem::take(&mut project.termbase));
        Ok((project, engine))
    }

    /// Opens the project and reports the findings of its glossary.
    pub(super) fn project(&mut self) -> Result<Project, Failure> {
        let project = self.project_unreported()?;
        self.report(&project.findings, &project.sources);
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
                taken: project.termbase.concepts.into_iter().map(|concept| concept.id).collect(),
            },
        )
    }

    /// The texts to scan: those named, else the corpus.
    pub(super) fn texts(&self, project: &Project, engine: &Engine, paths: &[PathBuf]) -> Texts {
        let margin = 2 * engine.matcher().longest();
        match paths {
            [] => {
                let corpus = corpus_paths(project, engine.termbase());
                let paths: Vec<PathBuf> = corpus.iter().map(|path| project.root.join(&path.path)).collect();
                Texts::new(&project.root, &paths, margin)
            }
            named => Texts::new(Path::new(""), named, margin),
        }
    }

    /// The documents under some paths, whole.
    pub(super) fn documents(&mut self, paths: &[PathBuf]) -> Vec<Document> {
        let mut documents = Vec::new();
        for batch in Texts::new(Path::new(""), paths, 0) {
            self.report_files(&batch.findings);
            documents.extend(batch.texts.into_iter().map(|text| text.document));
        }
        documents
    }

    /// The texts analysed: those named, else the corpus; aligned where they are pairs and `align` is set.
    pub(super) fn collection(
        &mut self,
        project: &Project,
        engine: &Engine,
        paths: &[PathBuf],
        align: bool,
    ) -> Collection {
        let settings = &engine.termbase().settings;
        let named: Vec<CorpusPath> = paths.iter().map(|path| corpus_path(&path.to_string_lossy())).collect();
        let (root, paths) = match named.as_slice() {
            [] => (project.root.as_path(), corpus_paths(project, engine.termbase())),
            _ => (Path::new(""), named),
        };
        let pairs: Vec<PairPath> = if align { settings.pairs.clone() } else { Vec::new() };
        let request = CorpusRequest { pairs: &pairs, jobs: self.jobs(), ..CorpusRequest::new(root, &paths) };
        let corpus = read_corpus(&request);
        self.report_files(&corpus.findings);
        analysed(engine, corpus, align, self.jobs())
    }

    /// Shows findings on stderr; an error makes the run end with trouble.
    pub(super) fn report(&mut self, findings: &[Finding], sources: &[SourceFile]) {
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            self.exit = Exit::Trouble;
        }
        let shown: Vec<Finding> = findings
            .iter()
            .filter(|f| !self.globals.quiet || f.severity == Severity::Error)
            .cloned()
            .collect();
        if !shown.is_empty() {
            let style = Style { colour: self.colour_err(), width: 100 };
            eprint!("{}", render(&shown, sources, style));
        }
    }

    /// Shows what befell single files: one line each.
    pub(super) fn report_files(&mut self, findings: &[Finding]) {
        for finding in findings {
            let (word, style) = match finding.severity {
                Severity::Error => ("error: ", style::ERROR),
                Severity::Warning => ("warning: ", style::WARNING),
                Severity::Note => ("note: ", style::QUIET),
            };
            if finding.severity == Severity::Error {
                self.exit = Exit::Trouble;
            } else if self.globals.quiet {
                continue;
            }
            let help = finding.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
            let message = style::printable(&finding.message).into_owned();
            eprintln!("{}{message}{help}", paint(word, style, self.colour_err()));
        }
    }

    /// Says something on stderr, unless `-q`.
    pub(super) fn say(&self, message: &str) {
        if !self.globals.quiet {
            eprintln!("{message}");
        }
    }

    /// Names one useful next step on stderr, on a terminal or with `-v`.
    pub(super) fn next_step(&self, step: &str) {
        let wanted = self.globals.verbose || io::stderr().is_terminal();
        if wanted && !self.globals.quiet {
            eprintln!("{}", paint(step, style::QUIET, self.colour_err()));
        }
    }
}

/// Analyses documents and aligns pairs on all cores; the order is that of the corpus.
fn analysed(engine: &Engine, corpus: Corpus, align: bool, jobs: Jobs) -> Collection {
    let documents = map_in_order(&corpus.documents, jobs, |document| engine.analyse(document.clone()));
    let pairs = if align { corpus.pairs } else { Vec::new() };
    let bitext = |pair: &Pair| {
        let beads = engine.align(&documents[pair.es], &documents[pair.en]);
        Bitext { es: pair.es, en: pair.en, beads }
    };
    let bitexts = map_in_order(&pairs, jobs, bitext);
    Collection { documents, bitexts }
}

/// The corpus that the glossary names, relative to the project's folder; else the folder `corpus`.
fn corpus_paths(project: &Project, termbase: &Termbase) -> Vec<CorpusPath> {
    let stated = &termbase.settings.corpus;
    if stated.is_empty() && project.root.join("corpus").is_dir() {
        return vec![corpus_path("corpus")];
    }
    let located = |path: &CorpusPath| match &path.base {
        Some(base) => {
            let file = resolve(Path::new(base), &path.path);
            let relative = file.strip_prefix(&project.root).map(Path::to_owned).unwrap_or(file);
            CorpusPath { path: shown(&relative), ..path.clone() }
        }
        None => path.clone(),
    };
    stated.iter().map(located).collect()
}

fn corpus_path(path: &str) -> CorpusPath {
    CorpusPath { path: path.to_owned(), confidential: false, base: None }
}
