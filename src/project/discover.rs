//! Finding the project: its `glossary.toml`, and the files that it names.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::files::shown;
use crate::check::{Finding, Severity};

/// The name of a project's glossary file.
pub const GLOSSARY_FILE: &str = "glossary.toml";

/// The nearest glossary file: in this folder or in one that holds it.
pub fn find_glossary(folder: &Path) -> Option<PathBuf> {
    let start = fs::canonicalize(folder).ok()?;
    let found = start.ancestors().map(|folder| folder.join(GLOSSARY_FILE)).find(|file| file.is_file())?;
    // A file in the very folder keeps the path that the user knows.
    let near = folder.join(GLOSSARY_FILE);
    Some(if found.parent() == Some(start.as_path()) { without_dots(&near) } else { found })
}

/// The folder that a glossary file's paths are relative to.
pub fn folder_of(glossary: &Path) -> &Path {
    glossary.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path as a glossary file writes it (with `/`), made one that can be opened.
pub fn resolve(glossary: &Path, written: &str) -> PathBuf {
    without_dots(&folder_of(glossary).join(written))
}

/// The files that the `include` patterns of a glossary file name, in the order of the patterns, those of one
/// pattern by name, each once.
///
/// A pattern may have `*` and `?` in any part, and `**` for folders at any depth.
///
/// # Errors
/// Beside the files: a finding for each pattern that names none.
pub fn includes(glossary: &Path, patterns: &[String]) -> (Vec<PathBuf>, Vec<Finding>) {
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for pattern in patterns {
        let found = expand(folder_of(glossary), pattern);
        if found.is_empty() {
            findings.push(nothing_included(glossary, pattern));
        }
        for file in found {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    (files, findings)
}

fn nothing_included(glossary: &Path, pattern: &str) -> Finding {
    let message = format!("`{}` includes `{pattern}`, but there is no such file", shown(glossary));
    let severity = if is_wild(pattern) { Severity::Warning } else { Severity::Error };
    Finding::new(severity, "include", message)
        .help("paths in `include` are relative to the file that names them")
}

/// How deep `**` goes.
const DEPTH: usize = 32;

fn expand(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let parts: Vec<&str> = pattern.split(['/', '\\']).collect();
    let root = if pattern.starts_with('/') { PathBuf::from("/") } else { folder.to_owned() };
    let mut found = Vec::new();
    step(&root, &parts, DEPTH, &mut found);
    found.sort();
    found.dedup();
    found
}

fn step(folder: &Path, parts: &[&str], depth: usize, found: &mut Vec<PathBuf>) {
    let Some((part, rest)) = parts.split_first() else {
        if folder.is_file() {
            found.push(without_dots(folder));
        }
        return;
    };
    match *part {
        "" | "." => step(folder, rest, depth, found),
        "**" => {
            step(folder, rest, depth, found);
            for sub in
                entries(folder, "*").into_iter().filter(|sub| depth > 0 && sub.is_dir() && !sub.is_symlink())
            {
                step(&sub, parts, depth - 1, found);
            }
        }
        part if is_wild(part) => {
            for entry in entries(folder, part) {
                step(&entry, rest, depth, found);
            }
        }
        part => step(&folder.join(part), rest, depth, found),
    }
}

/// What in a folder fits a pattern; hidden entries do not.
fn entries(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    let fits = |name: &str| !name.starts_with('.') && fits(pattern, name);
    read.filter(|entry| entry.file_name().to_str().is_some_and(fits)).map(|entry| entry.path()).collect()
}

fn is_wild(pattern: &str) -> bool {
    pattern.contains(['*', '?'])
}

/// Whether a name fits a pattern with `*` (any characters) and `?` (one character). On a mismatch the last `*`
/// takes one character more.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    (p, n) = (at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// The path without `.` in it.
fn without_dots(path: &Path) -> PathBuf {
    let parts: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if parts.as_os_str().is_empty() { PathBuf::from(".") } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for file in
            ["glossary.toml", "more/b.toml", "more/a.toml", "more/x.csv", "more/deep/c.toml", "more/.d.toml"]
        {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
            fs::write(path, "").expect("a file");
        }
        dir
    }

    #[test]
    fn the_nearest_glossary_is_found() {
        let dir = project();
        let glossary = dir.path().join(GLOSSARY_FILE);
        assert_eq!(find_glossary(dir.path()), Some(glossary.clone()));
        let deep = find_glossary(&dir.path().join("more/deep")).expect("from below");
        assert_eq!(fs::canonicalize(deep).ok(), fs::canonicalize(glossary).ok());
        assert_eq!(find_glossary(&dir.path().join("none")), None);
    }

    #[test]
    fn patterns_name_files() {
        let dir = project();
        let glossary = dir.path().join(GLOSSARY_FILE);
        let cases: &[(&str, &[&str])] = &[
            ("more/*.toml", &["more/a.toml", "more/b.toml"]),
            ("./more/x.csv", &["more/x.csv"]),
            ("more/**/*.toml", &["more/a.toml", "more/b.toml", "more/deep/c.toml"]),
            ("*/?.csv", &["more/x.csv"]),
            ("none/*.toml", &[]),
            ("none.toml", &[]),
        ];
        for (pattern, wanted) in cases {
            let (files, findings) = includes(&glossary, &[(*pattern).to_owned()]);
            let wanted: Vec<PathBuf> = wanted.iter().map(|file| dir.path().join(file)).collect();
            assert_eq!(files, wanted, "{pattern}");
            assert_eq!(findings.is_empty(), !wanted.is_empty(), "{pattern}");
        }
        assert_eq!(resolve(&glossary, "./corpus/es"), dir.path().join("corpus/es"));
        assert_eq!(resolve(Path::new("glossary.toml"), "corpus"), Path::new("corpus"));
    }

    #[test]
    fn stars_take_what_they_must() {
        for (pattern, name, wanted) in [
            ("*", "", true),
            ("a*b*c", "aXbbc", true),
            ("a*b", "abc", false),
            ("?", "ñ", true),
            ("?", "", false),
        ] {
            assert_eq!(fits(pattern, name), wanted, "{pattern} {name}");
        }
    }
}
