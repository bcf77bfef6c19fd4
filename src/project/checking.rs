//! Terminology QA of a corpus, pair by pair on several threads ([`super::walk`]).

use std::collections::{BTreeMap, HashSet};

use super::outline::Outline;
use super::walk::{Walk, Walked};
use crate::check::translation::{Checker, Found, Options, Report, files_named, sorted, units};
use crate::check::{Finding, SourceFile, suppress};
use crate::engine::Collection;

/// What was found in a corpus.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings; the texts that they point into, and behind these the others with comments of ours.
    pub report: Report,
    /// Files that could be read when they were paired, and could not when they were looked at.
    pub findings: Vec<Finding>,
}

/// [`check`](crate::check::translation::check) of a corpus: the same report on any number of threads. What is kept of a
/// pair are its findings, and the texts that are needed to show them.
pub fn check(outline: &Outline, walk: Walk<'_, '_>, options: &Options) -> Checked {
    let checker = Checker::new(walk.engine, options);
    let (mut found, mut texts) = (Found::new(), BTreeMap::new());
    let look = |part: &Collection| look(&checker, part);
    let Walked { findings, .. } = walk.each(outline, look, |(of_unit, needed), unit| {
        found.extend(of_unit.into_iter().map(|(at, finding)| (unit[at], finding)));
        texts.extend(needed.into_iter().map(|(at, text)| (unit[at], text)));
    });
    let pairs = outline.corpus.pairs.len();
    let singles = outline.corpus.documents.len() - 2 * pairs;
    let found = sorted(found);
    Checked { report: Report { sources: in_order(texts, &found), findings: found, pairs, singles }, findings }
}

/// What is found in a pair or a single text, and those of its texts that are needed to show it, by their numbers.
fn look(checker: &Checker<'_>, part: &Collection) -> (Found, Vec<(usize, SourceFile)>) {
    let found: Found = units(part).into_iter().flat_map(|unit| checker.findings(part, unit)).collect();
    let named = files_named(found.iter().map(|(_, finding)| finding));
    let documents = part.documents.iter().map(|analysis| &analysis.document).enumerate();
    let needed = documents.filter(|(_, document)| {
        named.contains(document.name.as_str()) || suppress::is_commented(document.source_str())
    });
    let text = |document: &crate::text::Document| SourceFile {
        name: document.name.clone(),
        text: document.source_str().to_owned(),
    };
    let texts = needed.map(|(at, document)| (at, text(document))).collect();
    drop(named);
    (found, texts)
}

/// Each text once: first those that findings point into, then the others.
fn in_order(texts: BTreeMap<usize, SourceFile>, findings: &[Finding]) -> Vec<SourceFile> {
    let named = files_named(findings);
    let mut seen = HashSet::new();
    let once = texts.into_values().filter(|text| seen.insert(text.name.clone()));
    let (mut pointed, others): (Vec<_>, Vec<_>) = once.partition(|text| named.contains(text.name.as_str()));
    pointed.extend(others);
    pointed
}
