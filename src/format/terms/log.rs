//! What a reader or writer has to say, without saying the same a thousand times.

use std::collections::HashMap;

use super::Input;
use crate::check::{Finding, Severity};
use crate::format::decode::decode;
use crate::text::Span;

/// How many findings of a kind are told one by one; the others are counted.
const TOLD: usize = 3;

/// Gathers the findings about one file.
#[derive(Clone, Debug)]
pub(super) struct Log<'a> {
    name: &'a str,
    findings: Vec<Finding>,
    kinds: Vec<&'static str>,
    counts: HashMap<&'static str, usize>,
}

impl<'a> Log<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        Log { name, findings: Vec::new(), kinds: Vec::new(), counts: HashMap::new() }
    }

    /// The text of the file that this log is about; doubts about its encoding are told.
    pub(super) fn text_of(&mut self, input: &Input<'_>) -> Result<String, Finding> {
        let decoded = decode(input.name, input.bytes)?;
        decoded.warning.into_iter().for_each(|warning| self.add(warning));
        Ok(decoded.text)
    }

    /// Something was put right; nothing is lost.
    pub(super) fn repaired(&mut self, kind: &'static str, at: impl Into<At>, message: impl Into<String>) {
        self.tell(kind, at.into(), || Finding::new(Severity::Warning, "import-repaired", message));
    }

    /// Something could not be read and is left out.
    pub(super) fn skipped(&mut self, kind: &'static str, at: impl Into<At>, message: impl Into<String>) {
        self.tell(kind, at.into(), || Finding::new(Severity::Warning, "import-skipped", message));
    }

    /// A finding made elsewhere.
    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The findings, with a line for those that were only counted.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        for kind in self.kinds {
            let more = self.counts[kind].saturating_sub(TOLD);
            if more > 0 {
                let message = format!("`{}`: {more} more of the kind: {kind}", self.name);
                self.findings.push(Finding::new(Severity::Warning, "import-repaired", message));
            }
        }
        self.findings
    }

    fn tell(&mut self, kind: &'static str, at: At, finding: impl FnOnce() -> Finding) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count == 1 {
            self.kinds.push(kind);
        }
        if *count > TOLD {
            return;
        }
        let mut finding = finding();
        match at {
            At::Byte(at) => finding = finding.at(self.name, Span::new(at, at)),
            At::Words(at) => finding.message = format!("`{}`, {at}: {}", self.name, finding.message),
            At::Nowhere => finding.message = format!("`{}`: {}", self.name, finding.message),
        }
        self.findings.push(finding);
    }
}

/// The text, unless it has a NUL: then it is no text, or in another encoding.
pub(super) fn without_nul(name: &str, text: String) -> Result<String, Finding> {
    let Some(at) = text.find('\0') else { return Ok(text) };
    let line = text[..at].matches('\n').count() + 1;
    let message = format!("`{name}` has a NUL character, first in line {line}");
    Err(Finding::new(Severity::Error, "format-syntax", message).help("save it as text; nothing was read"))
}

/// Where in a file.
#[derive(Clone, Debug)]
pub(super) enum At {
    /// A byte of its decoded text.
    Byte(usize),
    /// A place that has no bytes of its own, such as a cell of a workbook.
    Words(String),
    /// The file as a whole.
    Nowhere,
}

impl From<usize> for At {
    fn from(at: usize) -> At {
        At::Byte(at)
    }
}

impl From<String> for At {
    fn from(words: String) -> At {
        At::Words(words)
    }
}
