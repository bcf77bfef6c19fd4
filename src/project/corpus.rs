//! The corpus: documents read and paired.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::content;
use super::files::{self, SIZE_LIMIT};
use super::outline::{self, Again, Outline, Reader};
use super::pairs::{self, Pair, pair};
use super::parallel::{Jobs, Workers};
use crate::check::{Finding, Severity};
use crate::format::doc::{self, Fields, Read};
use crate::lang::Lang;
use crate::termbase::PairPath;
use crate::text::Document;

/// A file or folder of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub path: PathBuf,
    /// Its text must not enter pages or exports unless forced.
    pub confidential: bool,
}

impl Place {
    /// A place that anyone may read.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        Place { path: path.into(), confidential: false }
    }
}

/// How documents are paired that nothing states a counterpart of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PairBy {
    /// By their names.
    #[default]
    Names,
    /// By their names, and what is left by what the documents say.
    Content,
}

/// What to read.
#[derive(Clone, Copy, Debug)]
pub struct CorpusRequest<'a> {
    /// The project's folder: paths are relative to it, and so are the documents' names. For paths from the
    /// command line it is `.`, and the names are as given.
    pub root: &'a Path,
    /// Files and folders; see [`files`] for what is taken from a folder.
    pub paths: &'a [Place],
    /// Files and folders whose text is confidential by whatever path it is reached.
    pub confidential: &'a [PathBuf],
    /// Pairs stated by the user.
    pub pairs: &'a [PairPath],
    /// How the others are paired.
    pub pair_by: PairBy,
    /// What the fields of records mean.
    pub fields: &'a Fields,
    /// The most that a document may hold, in bytes.
    pub limit: u64,
    /// How many threads to read on.
    pub jobs: Jobs,
    /// Files that are no texts, wherever they lie: what the run itself reads and writes.
    pub except: &'a [PathBuf],
    /// Only these files and their partners are wanted. The others are read only where the names, or `pairs`, do not tell
    /// which those are: a text may state itself what it translates.
    pub only: Option<&'a [PathBuf]>,
}

impl<'a> CorpusRequest<'a> {
    /// A request with the usual limit, without stated pairs, on all cores.
    pub fn new(root: &'a Path, paths: &'a [Place]) -> Self {
        CorpusRequest {
            root,
            paths,
            confidential: &[],
            pairs: &[],
            pair_by: PairBy::Names,
            fields: &USUAL_FIELDS,
            limit: SIZE_LIMIT,
            jobs: Jobs::AllCores,
            except: &[],
            only: None,
        }
    }

    fn reader(&self) -> Reader {
        Reader { root: self.root.to_owned(), fields: self.fields.clone(), limit: self.limit }
    }
}

/// Fields under their usual names only.
static USUAL_FIELDS: Fields = Fields::usual();

/// Documents with their pairs.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents that could be read, in the order of the paths and then of the names. Those of a pair have
    /// their language; others have one only where name or file states it.
    pub documents: Vec<Document>,
    /// The pairs, by indices in `documents`.
    pub pairs: Vec<Pair>,
    /// Errors and warnings, in the order of the documents.
    pub findings: Vec<Finding>,
}

/// Reads the documents under some paths and pairs them. A document that cannot be read is left out with a
/// finding.
pub fn read_corpus(request: &CorpusRequest<'_>) -> Corpus {
    read(request, |_, documents| vec![None; documents.len()]).corpus
}

/// Reads the documents under some paths, pairs them and lets their texts go.
pub fn outline(request: &CorpusRequest<'_>) -> Outline {
    read(request, outline::let_go)
}

fn read(
    request: &CorpusRequest<'_>,
    let_go: impl Fn(&ListedFile, &mut [Document]) -> Vec<Option<Again>> + Sync,
) -> Outline {
    let Listed { mut files, mut findings } = list(request);
    if let Some(only) = request.only {
        leave(&mut files, only, request);
    }
    let workers = Workers::new(request.jobs);
    let reader = request.reader();
    let reads = workers.map_in_order(&files, |file| {
        let mut read = read_document(file, &reader);
        let again = let_go(file, &mut read.documents);
        (read, again)
    });
    let mut documents = Vec::with_capacity(reads.len());
    let mut again = Vec::with_capacity(reads.len());
    let mut pairs = Vec::new();
    for (read, read_again) in reads {
        let first = documents.len();
        pairs.extend(read.pairs.iter().filter_map(|&(one, other)| {
            in_languages(&read.documents[one], &read.documents[other], [first + one, first + other])
        }));
        documents.extend(read.documents);
        again.extend(read_again);
        findings.extend(read.findings);
    }
    pairs.extend(stated_translations(&documents, &pairs));
    pairs.extend(pairs_by_name(&documents, &pairs, request.pairs, &mut findings));
    let mut read = Outline::new(Corpus { documents, pairs, findings }, again, reader);
    add_likely_pairs(&mut read, &workers);
    if request.pair_by == PairBy::Content {
        add_pairs_by_content(&mut read, &workers);
    }
    let Corpus { documents, pairs, .. } = &mut read.corpus;
    for pair in &*pairs {
        documents[pair.es].lang = Some(Lang::Es);
        documents[pair.en].lang = Some(Lang::En);
    }
    pairs.sort_by_key(|pair| (pair.es.min(pair.en), *pair));
    read
}

/// The pair of two documents by their languages; a language that is not known is the one that the other is not in.
fn in_languages(one: &Document, other: &Document, at: [usize; 2]) -> Option<Pair> {
    match (one.lang, other.lang) {
        (Some(Lang::Es), Some(Lang::En) | None) | (None, Some(Lang::En)) => {
            Some(Pair { es: at[0], en: at[1] })
        }
        (Some(Lang::En), Some(Lang::Es) | None) | (None, Some(Lang::Es)) => {
            Some(Pair { es: at[1], en: at[0] })
        }
        _ => None,
    }
}

/// Documents that say which one they translate, by its id; each is in one pair at most.
fn stated_translations(documents: &[Document], pairs: &[Pair]) -> Vec<Pair> {
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (i, document) in documents.iter().enumerate() {
        if let Some(id) = &document.about.id {
            by_id.entry(id).or_insert(i);
        }
    }
    let mut taken = taken(documents.len(), pairs);
    let mut found = Vec::new();
    for (i, document) in documents.iter().enumerate() {
        let original = document.about.translation_of.as_ref().and_then(|id| by_id.get(id.as_str()));
        let Some(&original) = original.filter(|original| !taken[i] && !taken[**original]) else { continue };
        if let Some(pair) = in_languages(document, &documents[original], [i, original]) {
            (taken[i], taken[original]) = (true, true);
            found.push(pair);
        }
    }
    found
}

fn taken(documents: usize, pairs: &[Pair]) -> Vec<bool> {
    let mut taken = vec![false; documents];
    for pair in pairs {
        (taken[pair.es], taken[pair.en]) = (true, true);
    }
    taken
}

/// The pairs that the user or the names state, among the documents that are in no pair.
fn pairs_by_name(
    documents: &[Document],
    pairs: &[Pair],
    stated: &[PairPath],
    findings: &mut Vec<Finding>,
) -> Vec<Pair> {
    let free = free(documents, pairs);
    let names: Vec<&str> = free.iter().map(|&i| documents[i].name.as_str()).collect();
    let pairing = pair(&names, stated);
    findings.extend(pairing.findings);
    pairing.pairs.iter().map(|pair| Pair { es: free[pair.es], en: free[pair.en] }).collect()
}

/// The documents that are in no pair.
fn free(documents: &[Document], pairs: &[Pair]) -> Vec<usize> {
    let taken = taken(documents.len(), pairs);
    (0..documents.len()).filter(|&i| !taken[i]).collect()
}

/// Adds the pairs whose names are alike in the way of real life, and whose texts confirm it.
fn add_likely_pairs(read: &mut Outline, workers: &Workers) {
    let Corpus { documents, pairs, .. } = &read.corpus;
    let free = free(documents, pairs);
    let names: Vec<&str> = free.iter().map(|&i| documents[i].name.as_str()).collect();
    let at = |pair: Pair| Pair { es: free[pair.es], en: free[pair.en] };
    let likely: Vec<Pair> = pairs::likely(&names).into_iter().map(at).collect();
    let confirmed = content::confirmed(read, &likely, workers);
    let taken = taken(documents.len(), &confirmed);
    let refuted = likely.iter().filter(|pair| !taken[pair.es] && !taken[pair.en]);
    let told: Vec<Finding> = refuted.map(|pair| like_names(documents, *pair)).collect();
    read.corpus.findings.extend(told);
    read.corpus.pairs.extend(confirmed);
}

fn like_names(documents: &[Document], pair: Pair) -> Finding {
    let (es, en) = (&documents[pair.es].name, &documents[pair.en].name);
    let message = format!("{es} and {en} have like names, but their texts do not match; they are not paired");
    Finding::new(Severity::Note, "like-names", message)
        .help("if they are a pair, align the two by themselves")
}

/// Adds the pairs among the rest that what the documents say tells.
fn add_pairs_by_content(read: &mut Outline, workers: &Workers) {
    let Corpus { documents, pairs, .. } = &read.corpus;
    let found = content::pairs(documents, &free(documents, pairs), workers);
    read.corpus.pairs.extend(found);
}

struct Listed {
    files: Vec<ListedFile>,
    findings: Vec<Finding>,
}

/// A file to read documents from.
#[derive(Clone, Debug)]
pub(super) struct ListedFile {
    pub(super) path: PathBuf,
    confidential: bool,
}

/// The files under the paths, each once; what one path calls confidential is so under any other.
fn list(request: &CorpusRequest<'_>) -> Listed {
    let mut listed = Listed { files: Vec::new(), findings: Vec::new() };
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    let guarded: Vec<PathBuf> = request.confidential.iter().map(|path| real(path)).collect();
    let except: HashSet<PathBuf> = request.except.iter().map(|path| real(path)).collect();
    for path in request.paths {
        let walked = files::walk(&[located(request.root, &path.path)]);
        listed.findings.extend(walked.findings);
        for file in walked.files {
            let real = real(&file);
            if except.contains(&real) {
                continue;
            }
            let confidential = guarded.iter().any(|folder| real.starts_with(folder));
            let place = *places.entry(real).or_insert_with(|| {
                listed.files.push(ListedFile { path: file, confidential });
                listed.files.len() - 1
            });
            listed.files[place].confidential |= path.confidential;
        }
    }
    listed
}

/// Leaves the files that are wanted and their partners by name; all, where one of them has none.
fn leave(files: &mut Vec<ListedFile>, only: &[PathBuf], request: &CorpusRequest<'_>) {
    let wanted: HashSet<PathBuf> = only.iter().map(|path| real(path)).collect();
    let names: Vec<String> = files.iter().map(|file| name_of(request.root, &file.path)).collect();
    let is_wanted: Vec<bool> = files.iter().map(|file| wanted.contains(&real(&file.path))).collect();
    let mut is_kept = vec![false; files.len()];
    for pair in pair(&names, request.pairs).pairs {
        let kept = is_wanted[pair.es] || is_wanted[pair.en];
        (is_kept[pair.es], is_kept[pair.en]) = (kept, kept);
    }
    if is_wanted.iter().zip(&is_kept).all(|(wanted, kept)| *kept || !wanted) {
        let mut kept = is_kept.into_iter();
        files.retain(|_| kept.next().unwrap_or(true));
    }
}

fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn located(root: &Path, path: &Path) -> PathBuf {
    if path == Path::new(files::STDIN) || is_here(root) { path.to_owned() } else { root.join(path) }
}

fn name_of(root: &Path, path: &Path) -> String {
    let inside = if is_here(root) { None } else { path.strip_prefix(root).ok() };
    files::shown(inside.unwrap_or(path))
}

fn is_here(root: &Path) -> bool {
    root.as_os_str().is_empty() || root == Path::new(".")
}

pub(super) fn read_document(file: &ListedFile, reader: &Reader) -> Read {
    let name = name_of(&reader.root, &file.path);
    match files::read(&file.path, reader.limit) {
        Err(finding) => Read { findings: vec![finding], ..Read::default() },
        Ok(bytes) => {
            let mut read = doc::read_fields(&name, &bytes, &reader.fields);
            for document in &mut read.documents {
                document.confidential = file.confidential;
            }
            read
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::check::Severity;

    #[test]
    fn a_corpus_is_read_and_paired() {
        let dir = tempfile::tempdir().expect("a folder");
        let files: &[(&str, &[u8])] = &[
            ("corpus/en/nota.txt", b"The tariff."),
            ("corpus/es/nota.md", "El *arancel*.".as_bytes()),
            ("corpus/es/otra.txt", b"Se\xf1al."),
            ("corpus/es/foto.txt", b"\x89PNG...."),
            ("corpus/README.md", b"Where these come from."),
            ("corpus/x/secreto.txt", b"..."),
        ];
        for (name, content) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
            fs::write(path, content).expect("a file");
        }
        let paths = [
            Place::open("corpus"),
            Place { path: "corpus/x".into(), confidential: true },
            Place::open("none"),
        ];
        let corpus = read_corpus(&CorpusRequest::new(dir.path(), &paths));
        let shown: Vec<_> =
            corpus.documents.iter().map(|d| (d.name.as_str(), d.lang, d.confidential)).collect();
        assert_eq!(
            shown,
            [
                ("corpus/en/nota.txt", Some(Lang::En), false),
                ("corpus/es/nota.md", Some(Lang::Es), false),
                ("corpus/es/otra.txt", Some(Lang::Es), false),
                ("corpus/x/secreto.txt", None, true),
            ]
        );
        assert_eq!(corpus.pairs, [Pair { es: 1, en: 0 }]);
        let severities: Vec<_> = corpus.findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(
            severities,
            [Severity::Error, Severity::Error, Severity::Warning],
            "{:?}",
            corpus.findings
        );
    }

    #[test]
    fn content_confirms_names_and_finds_pairs_without_them() {
        let lines = |line: &dyn Fn(usize) -> String| (0..12).map(line).collect::<Vec<_>>().join("\n");
        let ports = [
            lines(&|i| format!("El puerto de Otay recibió {} camiones con fruta.", 100 + i * 37)),
            lines(&|i| format!("The Otay port received {} trucks with fruit.", 100 + i * 37)),
        ];
        let trains = [
            lines(&|i| format!("La estación de Celaya vendió {} boletos para el tren.", 5000 + i * 91)),
            lines(&|i| format!("The station at Celaya sold {} tickets for the train.", 5000 + i * 91)),
        ];
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            ("Nota_EN_v3.txt", &ports[1]),
            ("Nota ESP (2).txt", &ports[0]),
            ("Acta_EN_v1.txt", &ports[1]),
            ("Acta_ES_final.txt", &trains[0]),
            ("boletos.txt", &trains[1]),
        ] {
            fs::write(dir.path().join(name), text).expect("a file");
        }
        let places = [Place::open(".")];
        let mut request = CorpusRequest::new(dir.path(), &places);
        let paired = |request: &CorpusRequest<'_>| {
            let corpus = read_corpus(request);
            let name = |i: usize| corpus.documents[i].name.clone();
            let names: Vec<_> = corpus.pairs.iter().map(|pair| [name(pair.es), name(pair.en)]).collect();
            (names, corpus.findings.iter().filter(|finding| finding.rule == "like-names").count())
        };
        let note = ["Nota ESP (2).txt", "Nota_EN_v3.txt"].map(str::to_owned);
        let tickets = ["Acta_ES_final.txt", "boletos.txt"].map(str::to_owned);
        assert_eq!(paired(&request), (vec![note.clone()], 1));
        request.pair_by = PairBy::Content;
        assert_eq!(paired(&request), (vec![tickets, note], 1));
    }

    #[test]
    fn paths_of_the_command_line_keep_their_names() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("x.es.txt");
        fs::write(&file, "hola").expect("a file");
        let paths = [Place::open(&file)];
        let corpus = read_corpus(&CorpusRequest::new(Path::new("."), &paths));
        assert_eq!(corpus.documents[0].name, files::shown(&file));
        for (root, path, name) in
            [(".", "./a.txt", "./a.txt"), ("p", "./a.txt", "a.txt"), ("p", "../b", "../b")]
        {
            let root = Path::new(root);
            assert_eq!(name_of(root, &located(root, Path::new(path))), name);
        }
    }
}
