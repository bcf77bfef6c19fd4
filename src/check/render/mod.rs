//! Findings for people and for machines: one renderer a file, all listed in [`FORMATS`].
//!
//! ```
//! use glosa::check::{Finding, Severity, SourceFile, Style, render};
//! use glosa::text::Span;
//!
//! let file = SourceFile { name: "glossary.toml".to_owned(), text: "[[concept]]\nnota = \"x\"\n".to_owned() };
//! let finding = Finding::new(Severity::Error, "unknown-key", "`nota` is not a key of a concept")
//!     .at("glossary.toml", Span::new(12, 16))
//!     .help("did you mean `note`?");
//! let text = render(&[finding], &[file], Style::default());
//! assert!(text.starts_with("error[unknown-key]: `nota` is not a key of a concept\n --> glossary.toml:2:1\n"));
//! ```

mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod sources;
mod text;
mod words;

#[cfg(test)]
mod sample;

pub use json::{all_to_json, to_json};
pub use text::{Style, render};

use super::{Finding, Severity, SourceFile};
use crate::lang::Lang;

/// Findings to show, with all that they point into.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report<'a> {
    /// What was found, in the order to show it.
    pub findings: &'a [Finding],
    /// What was found too, but is not to be heard of again. Only SARIF tells of it.
    pub suppressed: &'a [Suppressed],
    /// The files that the findings point into.
    pub sources: &'a [SourceFile],
    /// The names of all files that were checked, also of those in which nothing was found.
    pub files: &'a [&'a str],
}

/// A finding that somebody has decided not to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// Where that was decided.
    pub kind: SuppressionKind,
    /// Why, in the words of whoever decided; often empty.
    pub reason: String,
}

/// Where it is said that a finding is not to be shown; the words are those of SARIF 2.1.0, section 3.35.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// In the text that was checked.
    InSource,
    /// In the glossary or in a baseline.
    External,
}

/// How findings are written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Colours and width, for those who read on a terminal.
    pub style: Style,
    /// The language of labels.
    pub ui: Lang,
    /// The least severity that makes a check fail.
    pub fail_on: Severity,
}

impl Default for Options {
    fn default() -> Self {
        Options { style: Style::default(), ui: Lang::En, fail_on: Severity::Warning }
    }
}

/// A form in which findings are written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name that `-f` takes.
    pub name: &'static str,
    /// The extension of a file in it.
    pub extension: &'static str,
    /// Whether it is read by people on a page of its own, in the language of the project's pages.
    pub is_page: bool,
    /// Makes the text of the file.
    pub render: fn(&Report<'_>, &Options) -> String,
}

/// All forms, the usual one first.
pub const FORMATS: &[Format] = &[
    Format { name: "text", extension: "txt", is_page: false, render: text::render_report },
    Format { name: "json", extension: "jsonl", is_page: false, render: json::render },
    Format { name: "sarif", extension: "sarif", is_page: false, render: sarif::render },
    Format { name: "junit", extension: "xml", is_page: false, render: junit::render },
    Format { name: "github", extension: "log", is_page: false, render: github::render },
    Format { name: "html", extension: "html", is_page: true, render: html::render },
    Format { name: "md", extension: "md", is_page: true, render: markdown::render },
];

/// The form of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_deterministic_and_shows_every_finding() {
        let sample = sample::Sample::new();
        for format in FORMATS {
            let shown = (format.render)(&sample.report(), &Options::default());
            assert_eq!(shown, (format.render)(&sample.report(), &Options::default()), "{}", format.name);
            for finding in &sample.findings {
                assert!(shown.contains(finding.rule), "{}: {} is not shown", format.name, finding.rule);
            }
        }
    }

    #[test]
    fn nothing_found_is_rendered_by_every_format() {
        for format in FORMATS {
            let shown = (format.render)(&Report::default(), &Options::default());
            assert!(shown.is_empty() || shown.ends_with('\n'), "{}: {shown}", format.name);
        }
    }

    #[test]
    fn no_control_character_gets_through() {
        let sample = sample::Sample::hostile();
        for format in FORMATS {
            let shown = (format.render)(&sample.report(), &Options::default());
            assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{}: {shown:?}", format.name);
            assert!(shown.contains("alert"), "{}: the text itself is gone", format.name);
        }
    }

    /// Writes the sample in every format to `target/sample/`, to look at and for `scripts/test`.
    #[test]
    #[ignore = "writes files"]
    #[allow(clippy::disallowed_methods, reason = "the files are the point")]
    fn write_sample() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/sample");
        std::fs::create_dir_all(folder).expect("target/sample can be made");
        let sample = sample::Sample::new();
        for format in FORMATS {
            let path = format!("{folder}/findings.{}", format.name);
            let options = Options { ui: Lang::Es, ..Options::default() };
            std::fs::write(path, (format.render)(&sample.report(), &options)).expect("written");
        }
    }
}
