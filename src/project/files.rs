//! Reading files, and finding them in folders.
//!
//! A file named by the user is taken whatever its extension; in a folder only documents are
//! ([`FORMATS`](crate::format::doc::FORMATS)), without hidden ones, those that `.gitignore` or `.ignore` names,
//! `README` files, which tell about a folder rather than belong to it, and `glossary.html` and its like, which
//! glosa itself has written. Links are followed. The order is
//! that of the names, the same on every machine.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::check::{Finding, Severity};
use crate::format::doc;

/// The most that a file may hold to be read whole, in bytes, where nothing else is stated.
pub const SIZE_LIMIT: u64 = 256 << 20;

/// The name that stands for standard input.
pub const STDIN: &str = "-";

/// Reads a whole file, or standard input for `-`.
///
/// # Errors
/// A finding that names the file, what is wrong and what to do.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Finding> {
    if path == Path::new(STDIN) {
        return read_all(io::stdin().lock(), path, limit);
    }
    let file = open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > limit {
        return Err(too_large(path, limit));
    }
    read_all(file, path, limit)
}

/// Opens a regular file. Anything else (a pipe would wait for ever) is refused.
///
/// # Errors
/// As [`read`].
pub fn open(path: &Path) -> Result<File, Finding> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    if metadata.is_dir() {
        return Err(error(path, "is a folder").help("name a file in it"));
    }
    if !metadata.is_file() {
        let help = "give its content on standard input, with `-` in place of the name";
        return Err(error(path, "is a pipe or device, not a file").help(help));
    }
    File::open(path).map_err(|error| cannot_read(path, &error))
}

/// A path as it is shown: with `/` between its parts.
pub fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() }
}

/// The files found under some paths, and what went wrong meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// The files, each once.
    pub files: Vec<PathBuf>,
    /// Errors for paths that the user named, warnings for what was met on the way.
    pub findings: Vec<Finding>,
}

/// Finds the files under each path, in the order of the paths. `-` stands for itself.
pub fn walk<P: AsRef<Path>>(paths: &[P]) -> Walked {
    let mut walker = Walker::default();
    for path in paths {
        walker.walk(path.as_ref());
    }
    walker.walked
}

#[derive(Default)]
struct Walker {
    walked: Walked,
    /// Real paths, to take a file once that is reached in two ways.
    seen: HashSet<PathBuf>,
}

impl Walker {
    fn walk(&mut self, path: &Path) {
        if path == Path::new(STDIN) {
            return self.take(path);
        }
        match fs::metadata(path) {
            Err(error) => self.walked.findings.push(cannot_read(path, &error)),
            Ok(metadata) if metadata.is_dir() => self.walk_folder(path),
            Ok(_) => self.take(path),
        }
    }

    fn walk_folder(&mut self, folder: &Path) {
        let entries = WalkBuilder::new(folder)
            .follow_links(true)
            .require_git(false)
            // What a user's own git settings ignore must not change a result.
            .git_global(false)
            .git_exclude(false)
            .sort_by_file_name(|a, b| a.cmp(b))
            .build();
        for entry in entries {
            match entry {
                Ok(entry) if is_document(&entry) => self.take(without_dot(entry.path())),
                Ok(_) => {}
                Err(error) => self.walked.findings.push(met_on_the_way(folder, &error)),
            }
        }
    }

    fn take(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(real) {
            self.walked.files.push(path.to_owned());
        }
    }
}

fn is_document(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    is_file && doc::format_of(&name).is_some() && !is_readme(&name) && !name.starts_with("glossary.")
}

/// What lies in the working folder is named without `./`.
fn without_dot(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn is_readme(name: &str) -> bool {
    name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("readme"))
}

fn read_all(reader: impl Read, path: &Path, limit: u64) -> Result<Vec<u8>, Finding> {
    let mut bytes = Vec::new();
    reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_read(path, &error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(path, limit));
    }
    Ok(bytes)
}

/// The finding for a file that the system does not let us read.
pub(super) fn cannot_read(path: &Path, cause: &io::Error) -> Finding {
    match cause.kind() {
        ErrorKind::NotFound => error(path, "is not there").help("check the spelling and the folder (`-C`)"),
        ErrorKind::PermissionDenied => error(path, "may not be read").help("ask for the right to read it"),
        _ => error(path, &format!("cannot be read: {cause}")),
    }
}

pub(super) fn error(path: &Path, what: &str) -> Finding {
    let name =
        if path == Path::new(STDIN) { "standard input".to_owned() } else { format!("`{}`", shown(path)) };
    Finding::new(Severity::Error, "cannot-read", format!("{name} {what}"))
}

fn too_large(path: &Path, limit: u64) -> Finding {
    let what = match limit >> 20 {
        0 => format!("is larger than {limit} bytes"),
        megabytes => format!("is larger than {megabytes} MB"),
    };
    error(path, &what).help("divide it into several files; `glosa scan` takes plain text of any size")
}

fn met_on_the_way(folder: &Path, cause: &ignore::Error) -> Finding {
    let message = format!("something in `{}` was passed over: {cause}", shown(folder));
    Finding::new(Severity::Warning, "passed-over", message)
        .help("mend or remove the link or the rights of the folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
            fs::write(path, file).expect("a file");
        }
        folder
    }

    fn names(folder: &Path, walked: &Walked) -> Vec<String> {
        walked.files.iter().map(|file| shown(file.strip_prefix(folder).unwrap_or(file))).collect()
    }

    #[test]
    fn documents_are_found_in_a_stable_order() {
        let dir = folder(&[
            "b.txt",
            "a/z.md",
            "a/README.md",
            "c.png",
            ".hidden.txt",
            "drop.txt",
            "a/y.html",
            "glossary.html",
        ]);
        fs::write(dir.path().join(".gitignore"), "drop.txt\n").expect("a file");
        let walked = walk(&[dir.path().to_owned(), dir.path().join("b.txt"), dir.path().join("c.png")]);
        assert_eq!(names(dir.path(), &walked), ["a/y.html", "a/z.md", "b.txt", "c.png"]);
        assert_eq!(walked.findings, []);
        assert_eq!(walk(&["-"]).files, [PathBuf::from("-")]);
    }

    #[cfg(unix)]
    #[test]
    fn link_loops_end_in_a_warning() {
        let dir = folder(&["in/a.txt"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("in/loop")).expect("a link");
        std::os::unix::fs::symlink("nowhere", dir.path().join("in/dead.txt")).expect("a link");
        let walked = walk(&[dir.path()]);
        assert_eq!(names(dir.path(), &walked), ["in/a.txt"]);
        assert!(walked.findings.iter().all(|finding| finding.severity == Severity::Warning));
        assert_eq!(walked.findings.len(), 2, "{:?}", walked.findings);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let dir = folder(&["a.txt"]);
        let read = |name: &str, limit| read(&dir.path().join(name), limit);
        let message = |name: &str, limit| read(name, limit).expect_err(name).message;
        assert!(message("none.txt", 9).ends_with("none.txt` is not there"));
        assert!(message("", 9).ends_with("is a folder"));
        assert!(message("a.txt", 4).ends_with("is larger than 4 bytes"));
        assert_eq!(read("a.txt", 5), Ok(b"a.txt".to_vec()));
        #[cfg(unix)]
        assert!(
            super::read(Path::new("/dev/null"), 9).expect_err("a device").message.contains("pipe or device")
        );
    }
}
