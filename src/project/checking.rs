//! Terminology QA of a corpus, pair by pair on several threads ([`super::walk`]).

use std::collections::BTreeMap;

use super::outline::Outline;
use super::walk::{Walk, Walked};
use crate::check::translation::{Checker, Found, Options, Report, files, files_named, sorted, units};
use crate::check::{Finding, SourceFile, suppress};
use crate::engine::Collection;
use crate::text::Document;

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
    let sources = in_order(outline, &texts, &found);
    Checked { report: Report { sources, findings: found, pairs, singles }, findings }
}

/// What is found in a pair or a single text, and those of its texts that are needed to show it, by their numbers.
fn look(checker: &Checker<'_>, part: &Collection) -> (Found, Vec<(usize, Document)>) {
    let found: Found = units(part).into_iter().flat_map(|unit| checker.findings(part, unit)).collect();
    let named = files_named(found.iter().map(|(_, finding)| finding));
    let documents = part.documents.iter().map(|analysis| &analysis.document).enumerate();
    let is_needed = |document: &Document| {
        named.contains(document.file_name()) || suppress::is_commented(document.source_str())
    };
    let needed = documents.filter(|(_, document)| is_needed(document));
    let texts = needed.map(|(at, document)| (at, to_show(document))).collect();
    drop(named);
    (found, texts)
}

/// A document with no more than what shows places in it.
fn to_show(document: &Document) -> Document {
    Document {
        name: document.name.clone(),
        record: document.record.clone(),
        before: document.before,
        text: document.source_str().to_owned(),
        ..Document::default()
    }
}

/// Each file once: first those that findings point into, then the others with comments of ours. Records of a file that is
/// held whole are all there.
fn in_order(outline: &Outline, texts: &BTreeMap<usize, Document>, findings: &[Finding]) -> Vec<SourceFile> {
    let named = files_named(findings);
    let held = |document: &&Document| !document.text.is_empty();
    let documents = outline.corpus.documents.iter().enumerate();
    let pointed = documents.filter(|(_, document)| named.contains(document.file_name()));
    let mut sources =
        files(pointed.filter_map(|(at, document)| texts.get(&at).or(Some(document).filter(held))));
    let commented = texts.values().filter(|document| suppress::is_commented(&document.text));
    sources.extend(files(commented.filter(|document| !named.contains(document.file_name()))));
    sources
}
