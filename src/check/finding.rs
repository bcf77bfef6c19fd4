use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::{Document, Space, Span};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Probably wrong; the work goes on.
    Warning,
    /// Wrong; the result is not to be trusted.
    Error,
}

/// A file that findings point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as shown to the user.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file's name, as in [`SourceFile::name`].
    pub file: Arc<str>,
    /// Bytes in the file's text.
    pub span: Span,
    /// What there is to say of it beside that; most places lie in text files without parts.
    #[serde(skip)]
    within: Option<Box<Within>>,
}

/// The document that a place lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Within {
    part: Option<Box<str>>,
    space: Space,
}

impl Place {
    /// A place in a text file.
    pub fn new(file: impl Into<Arc<str>>, span: Span) -> Self {
        Place { file: file.into(), span, within: None }
    }

    /// A place in the file of a document, from a span of its text.
    pub fn of(document: &Document, span: Span) -> Self {
        let within = Within { part: document.part(span).map(Box::from), space: document.map.space };
        Place {
            file: document.file_name().into(),
            span: document.source_span(span).shifted(document.before.bytes),
            within: (within.part.is_some() || within.space != Space::Disk).then(|| Box::new(within)),
        }
    }

    /// The record, slide, cell, cue or unit that it lies in, where there are any.
    pub fn part(&self) -> Option<&str> {
        self.within.as_ref()?.part.as_deref()
    }

    /// What the bytes count, and so whether the lines are those of the file.
    pub fn space(&self) -> Space {
        self.within.as_ref().map_or(Space::Disk, |within| within.space)
    }

    /// The part, where that is all that a reader can go by.
    pub fn part_without_line(&self) -> Option<&str> {
        self.part().filter(|_| !self.space().has_lines())
    }
}

/// A safe replacement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// Where.
    pub place: Place,
    /// The new text.
    pub replacement: String,
}

/// A diagnostic: what is wrong, where, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How grave.
    pub severity: Severity,
    /// The rule's id, as `glosa explain RULE` knows it.
    pub rule: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; `None` for findings about no file in particular.
    pub place: Option<Place>,
    /// A word on the place, shown at the caret ("first used here").
    pub label: String,
    /// Further places with a word each ("the other one is here").
    pub related: Vec<(Place, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// A replacement that may be made without asking.
    pub fix: Option<Fix>,
    /// It rests on an entry that is only proposed: it is shown, and fails nothing.
    pub proposed: bool,
}

impl Finding {
    /// A finding with a message and nothing else.
    pub fn new(severity: Severity, rule: &'static str, message: impl Into<String>) -> Self {
        Finding {
            severity,
            rule,
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            proposed: false,
        }
    }

    /// Whether it makes a check fail that nothing of this severity may pass.
    pub fn fails(&self, limit: Severity) -> bool {
        self.severity >= limit && !self.proposed
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, file: &str, span: Span) -> Self {
        self.place = Some(Place::new(file, span));
        self
    }

    /// Sets the word at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Sets the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
