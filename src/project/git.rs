//! What git knows of a file: its commits, and what it was in each. The program `git` is run; nothing of a repository
//! is read otherwise, and nothing in it is changed.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::discover::folder_of;
use super::files::shown;
use crate::check::{Finding, Severity};

/// A commit that changed a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub hash: String,
    /// Its first parent, where it has one.
    pub parent: Option<String>,
    /// Who wrote it.
    pub author: String,
    /// When (`2026-11-28T10:00:00+00:00`).
    pub date: String,
    /// The first line of what its author said of it.
    pub subject: String,
    /// The path of the file in the repository.
    pub path: String,
    /// Its path before.
    pub old_path: String,
}

/// A file in a repository.
#[derive(Clone, Debug)]
pub struct Tracked {
    folder: PathBuf,
    name: PathBuf,
}

impl Tracked {
    /// The file at a path.
    pub fn new(path: &Path) -> Tracked {
        let name = path.file_name().map_or_else(|| path.to_owned(), PathBuf::from);
        let folder = folder_of(path);
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Tracked { folder: folder.to_owned(), name }
    }

    /// The commits that changed the file, the newest first; renamed files are followed.
    ///
    /// # Errors
    /// Where there is no git, or the file is in no repository.
    pub fn commits(&self) -> Result<Vec<Commit>, Finding> {
        let format = "--format=%x1e%H%x1f%P%x1f%an%x1f%aI%x1f%s";
        let mut args: Vec<&OsStr> = [
            "log",
            "--follow",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--no-show-signature",
            "--name-status",
            "-z",
            format,
            "--",
        ]
        .map(OsStr::new)
        .to_vec();
        args.push(self.name.as_os_str());
        let output = self.git(&args)?;
        if !output.status.success() {
            return Err(self.refusal(&output));
        }
        Ok(parse(&String::from_utf8_lossy(&output.stdout)))
    }

    /// The file as it was in a commit, by its path in the repository; `None` where it was not there.
    ///
    /// # Errors
    /// Where there is no git, or the repository lacks what it should have.
    pub fn at(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Finding> {
        let object = format!("{commit}:{path}");
        let output = self.git(&["cat-file", "blob", &object].map(OsStr::new))?;
        if output.status.success() {
            return Ok(Some(output.stdout));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if ["does not exist in", "exists on disk, but not in"].iter().any(|absent| said.contains(absent)) {
            return Ok(None);
        }
        let short = commit.get(..7).unwrap_or(commit);
        let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
        let message = format!("git does not give `{path}` as it was in {short}: {said}");
        Err(Finding::new(Severity::Error, "no-history", message)
            .help("`git fsck` tells what the repository lacks; `git fetch --unshallow` gets the history of a shallow clone"))
    }

    fn git(&self, args: &[&OsStr]) -> Result<Output, Finding> {
        git(&self.folder, args)
    }

    fn refusal(&self, output: &Output) -> Finding {
        let said = String::from_utf8_lossy(&output.stderr);
        let name = shown(&self.folder.join(&self.name));
        let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
        let (message, help) = if said.contains("not a git repository") {
            (
                format!("`{name}` is in no git repository"),
                "`git init` makes one; from then on git keeps what changes",
            )
        } else if said.contains("does not have any commits") {
            (
                format!("nothing has been committed to the repository of `{name}`"),
                "`git commit` begins its history",
            )
        } else {
            (
                format!("git does not tell the history of `{name}`: {said}"),
                "see whether `git log` works in this folder",
            )
        };
        Finding::new(Severity::Error, "no-history", message).help(help)
    }
}

fn git(folder: &Path, args: &[&OsStr]) -> Result<Output, Finding> {
    let mut command = Command::new("git");
    // Neither a pager nor programs that the repository's settings name are wanted.
    command.args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false"]);
    command.current_dir(folder).args(args).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command.output().map_err(|error| {
        let (message, help) = match error.kind() {
            ErrorKind::NotFound if folder.is_dir() => (
                "the program `git` is not there".to_owned(),
                "install git: the history of entries is what git keeps of the glossary file",
            ),
            _ => (format!("`git` cannot be run: {error}"), "see whether `git log` works in this folder"),
        };
        Finding::new(Severity::Error, "no-history", message).help(help)
    })
}

/// Three files merged line by line, ours, what both come from, and theirs, each with what to call it where lines conflict.
///
/// # Errors
/// Where there is no git, or a file is no text.
pub fn merge_lines(files: [(&Path, &str); 3], marker_size: u16) -> Result<Vec<u8>, Finding> {
    let marker_size = format!("--marker-size={marker_size}");
    let mut args = vec![OsStr::new("merge-file"), OsStr::new("-p"), OsStr::new(&marker_size)];
    files.iter().for_each(|(_, name)| args.extend([OsStr::new("-L"), OsStr::new(name)]));
    args.push(OsStr::new("--"));
    args.extend(files.iter().map(|(path, _)| path.as_os_str()));
    let output = git(Path::new("."), &args)?;
    // The status is the number of conflicts, or 255.
    if output.status.code().is_none_or(|code| code > 127) {
        let said = String::from_utf8_lossy(&output.stderr);
        let message =
            format!("git does not merge the lines: {}", said.lines().next().unwrap_or("it says nothing"));
        return Err(Finding::new(Severity::Error, "no-history", message)
            .help("nothing was merged; mend the file first"));
    }
    Ok(output.stdout)
}

/// Reads what `git log` writes, a record a commit.
fn parse(log: &str) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    for record in log.split('\u{1e}').skip(1) {
        let mut parts =
            record.split('\0').map(|part| part.trim_matches('\n')).filter(|part| !part.is_empty());
        let Some(head) = parts.next() else { continue };
        let fields: Vec<&str> = head.splitn(5, '\u{1f}').collect();
        let [hash, parents, author, date, subject] = fields.as_slice() else { continue };
        let paths: Vec<&str> = parts.skip(1).collect();
        // A merge names no files; they are called there as in the commit that follows it.
        let known = commits.last().map(|commit| commit.old_path.clone()).unwrap_or_default();
        let path = paths.last().map_or(known, |path| (*path).to_owned());
        let old_path = paths.first().map_or(path.clone(), |path| (*path).to_owned());
        commits.push(Commit {
            hash: (*hash).to_owned(),
            parent: parents.split(' ').next().filter(|parent| !parent.is_empty()).map(str::to_owned),
            author: (*author).to_owned(),
            date: (*date).to_owned(),
            subject: (*subject).to_owned(),
            path,
            old_path,
        });
    }
    commits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_the_log_are_read() {
        let log = "\u{1e}aa\u{1f}bb cc\u{1f}Ana\u{1f}2026-01-02T00:00:00Z\u{1f}Dos: \u{1f} más\0\nR090\0old.toml\0new.toml\0\0\u{1e}bb\u{1f}\u{1f}B\u{1f}2026\u{1f}\0\nA\0old.toml\0";
        let commits = parse(log);
        assert_eq!(commits.len(), 2);
        assert_eq!(
            (commits[0].parent.as_deref(), commits[0].subject.as_str()),
            (Some("bb"), "Dos: \u{1f} más")
        );
        assert_eq!((commits[0].old_path.as_str(), commits[0].path.as_str()), ("old.toml", "new.toml"));
        assert_eq!((commits[1].parent.as_deref(), commits[1].path.as_str()), (None, "old.toml"));
    }
}
