//! `glosa check --files-from`: only the texts that are named, each with its partner.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::context::{Context, Failure};
use super::super::style::counted;
use crate::project::files;
use crate::project::outline::Outline;

/// Leaves the texts of a corpus that are in a list of paths, and their partners.
pub(super) fn only_changed(outline: &mut Outline, root: &Path, named: &[PathBuf], context: &Context) {
    let listed: HashSet<PathBuf> = named.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let corpus = &outline.corpus;
    let is_named: Vec<bool> = corpus
        .documents
        .iter()
        .map(|document| {
            root.join(document.file_name()).canonicalize().is_ok_and(|path| listed.contains(&path))
        })
        .collect();
    let mut is_kept = is_named.clone();
    for pair in &corpus.pairs {
        let either = is_named[pair.es] || is_named[pair.en];
        is_kept[pair.es] |= either;
        is_kept[pair.en] |= either;
    }
    let count = is_named.iter().filter(|named| **named).count();
    context.explain(&format!("{} named, {} of them in the corpus", counted(named.len(), "file"), count));
    outline.retain(&is_kept);
}

/// The paths that a list names, as git writes it: a line each, in quotation marks where they hold what is not ASCII, or
/// with a NUL behind each (`-z`); `-` is stdin.
pub(super) fn named(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let text = if list.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        text
    } else {
        String::from_utf8_lossy(&files::read(list, files::SIZE_LIMIT)?).into_owned()
    };
    Ok(paths(&text))
}

fn paths(list: &str) -> Vec<PathBuf> {
    let whole = |name: &str| PathBuf::from(name);
    if list.contains('\0') {
        return list.split('\0').filter(|name| !name.is_empty()).map(whole).collect();
    }
    let lines = list.lines().map(|line| line.trim_end_matches('\r')).filter(|line| !line.is_empty());
    lines.map(|line| unquoted(line).map_or_else(|| whole(line), PathBuf::from)).collect()
}

/// A name that git has put in quotation marks, its bytes written as C writes them: `"cr\\303\\263nica.txt"`.
fn unquoted(line: &str) -> Option<String> {
    let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.bytes().peekable();
    let mut name = Vec::with_capacity(line.len());
    while let Some(byte) = rest.next() {
        let escaped = if byte == b'\\' { rest.next()? } else { byte };
        name.push(match escaped {
            _ if byte != b'\\' => byte,
            b'0'..=b'3' => {
                let mut digit =
                    || rest.next().filter(|digit| (b'0'..=b'7').contains(digit)).map(|digit| digit - b'0');
                (escaped - b'0') << 6 | digit()? << 3 | digit()?
            }
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            other => other,
        });
    }
    String::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_git_writes_them() {
        let cases: &[(&str, &[&str])] = &[
            ("es/a.txt\n\nen/a b.txt\r\n", &["es/a.txt", "en/a b.txt"]),
            (r#""es/cr\303\263nica.txt""#, &["es/crónica.txt"]),
            (r#""es/\"a\"\t\\b.txt""#, &["es/\"a\"\t\\b.txt"]),
            ("es/crónica.txt\0es/con\nsalto.txt\0", &["es/crónica.txt", "es/con\nsalto.txt"]),
            // What no git wrote is taken as it stands.
            (r#""es/\30.txt""#, &[r#""es/\30.txt""#]),
            ("\"", &["\""]),
        ];
        for (list, wanted) in cases {
            let wanted: Vec<PathBuf> = wanted.iter().map(PathBuf::from).collect();
            assert_eq!(paths(list), wanted, "{list}");
        }
    }
}
