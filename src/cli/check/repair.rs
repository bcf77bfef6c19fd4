//! `glosa check --fix`: safe replacements in text files, each file written whole or not at all.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::context::{Context, Failure};
use super::super::style::counted;
use crate::check::fix::{apply, by_file};
use crate::check::translation::Report;
use crate::project::write::write;
use crate::project::{Corpus, files};
use crate::text::{Document, Space};

/// Makes the fixes of a report, and takes the findings out that are mended.
pub(super) fn repair(
    report: &mut Report,
    corpus: &Corpus,
    root: &Path,
    context: &Context,
) -> Result<(), Failure> {
    let mut mended: BTreeSet<String> = BTreeSet::new();
    let mut made = 0;
    for (file, fixes) in by_file(&report.findings) {
        let Some(document) = find(corpus, file).filter(|document| is_text(document)) else { continue };
        let Some(text) = report.sources.iter().find(|source| source.name == file) else { continue };
        let path = root.join(document.file_name());
        let bytes = files::read(&path, files::SIZE_LIMIT)?;
        if bytes != text.text.as_bytes() {
            context
                .say(&format!("{file} is not rewritten: it is not UTF-8, or has changed since it was read"));
            continue;
        }
        let fixed = apply(&text.text, fixes);
        write(&path, fixed.text.as_bytes())?;
        made += fixed.made;
        mended.insert(file.to_owned());
    }
    tell_of_containers(report, corpus, context);
    context.say(&format!("fixed {} in {}", counted(made, "place"), counted(mended.len(), "file")));
    report
        .findings
        .retain(|finding| finding.fix.as_ref().is_none_or(|fix| !mended.contains(&*fix.place.file)));
    Ok(())
}

fn find<'a>(corpus: &'a Corpus, name: &str) -> Option<&'a Document> {
    corpus.documents.iter().find(|document| document.file_name() == name)
}

/// Whether a file is text in which words may be put as they are: no markup that would have to be escaped.
fn is_text(document: &Document) -> bool {
    let name = document.file_name().to_lowercase();
    document.map.space == Space::Disk
        && [".txt", ".md", ".markdown", ".text"].iter().any(|end| name.ends_with(end))
}

fn tell_of_containers(report: &Report, corpus: &Corpus, context: &Context) {
    let named = report.findings.iter().filter_map(|finding| finding.place.as_ref()).map(|place| &*place.file);
    let names: BTreeSet<&str> = named
        .filter_map(|name| find(corpus, name))
        .filter(|document| !is_text(document))
        .map(|document| document.file_name())
        .collect();
    for name in names {
        context.say(&format!("{name} is not rewritten: --fix changes plain text and Markdown only"));
    }
}
