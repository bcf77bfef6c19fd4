//! `glosa check --files-from`: only the texts that are named, each with its partner.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::context::{Context, Failure};
use super::super::style::counted;
use crate::project::pairs::Pair;
use crate::project::{Corpus, files};

/// Leaves the texts of a corpus that are in a list of paths, and their partners.
pub(super) fn only_changed(corpus: Corpus, root: &Path, named: &[PathBuf], context: &Context) -> Corpus {
    let listed: HashSet<PathBuf> = named.iter().filter_map(|path| path.canonicalize().ok()).collect();
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
    leave(corpus, &is_kept)
}

/// The paths that a list names, a line each; `-` is stdin.
pub(super) fn named(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let text = if list.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        text
    } else {
        String::from_utf8_lossy(&files::read(list, files::SIZE_LIMIT)?).into_owned()
    };
    Ok(text
        .lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty())
        .map(PathBuf::from)
        .collect())
}

fn leave(corpus: Corpus, is_kept: &[bool]) -> Corpus {
    let mut numbers = Vec::with_capacity(is_kept.len());
    let mut next = 0;
    for kept in is_kept {
        numbers.push(next);
        next += usize::from(*kept);
    }
    let pairs = corpus.pairs.iter().filter(|pair| is_kept[pair.es] && is_kept[pair.en]);
    let pairs = pairs.map(|pair| Pair { es: numbers[pair.es], en: numbers[pair.en] }).collect();
    let documents = corpus.documents.into_iter().zip(is_kept).filter(|(_, kept)| **kept);
    Corpus { documents: documents.map(|(document, _)| document).collect(), pairs, findings: corpus.findings }
}
