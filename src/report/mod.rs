//! Reports: models, and one renderer a file.
//!
//! A renderer turns [`AlignedGlossary`] into the text of one file; [`FORMATS`] lists them all:
//!
//! ```
//! let page = glosa::report::format("html").expect("the page is a format");
//! assert_eq!(page.extension, "html");
//! ```
//!
//! A further format is one file here and one line in the table.

pub mod aligned_glossary;
pub mod beads;
pub mod build;
pub mod coverage;
pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod preparation;
pub mod text;
pub mod toml;
mod view;
pub(crate) mod words;
pub(crate) mod writer;

#[cfg(test)]
mod sample;

pub use aligned_glossary::AlignedGlossary;
pub use build::{BuildOptions, build};
pub use coverage::Coverage;

/// How a report is written. The default suits a person at a desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Who opens tables.
    pub tables: TablesFor,
}

/// Who opens the tables that are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TablesFor {
    /// A person with a spreadsheet: a byte-order mark tells Excel that the text is UTF-8.
    #[default]
    Spreadsheet,
    /// A program: plain UTF-8.
    Program,
}

/// A form in which an aligned glossary is written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name that `build -f` takes.
    pub name: &'static str,
    /// The extension of the file.
    pub extension: &'static str,
    /// Makes the text of the file.
    pub render: fn(&AlignedGlossary, &Options) -> String,
}

/// All forms, the usual one first.
pub const FORMATS: &[Format] = &[
    Format { name: "html", extension: "html", render: html::render },
    Format { name: "md", extension: "md", render: markdown::render },
    Format { name: "json", extension: "json", render: json::render },
    Format { name: "csv", extension: "csv", render: csv::render },
    Format { name: "toml", extension: "toml", render: toml::render },
    Format { name: "text", extension: "txt", render: text::render },
];

/// The form of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_deterministic_and_ends_with_a_line_break() {
        let glossary = sample::glossary();
        for format in FORMATS {
            let first = (format.render)(&glossary, &Options::default());
            assert!(first.ends_with('\n'), "{} ends without a line break", format.name);
            assert_eq!(first, (format.render)(&glossary, &Options::default()), "{}", format.name);
        }
    }

    #[test]
    fn names_are_unique() {
        for (i, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS.iter().skip(i + 1).all(|other| other.name != format.name), "{}", format.name);
        }
    }

    #[test]
    fn an_empty_glossary_is_rendered_by_every_format() {
        let glossary = AlignedGlossary { entries: Vec::new(), documents: Vec::new(), ..sample::glossary() };
        for format in FORMATS {
            assert!(!(format.render)(&glossary, &Options::default()).is_empty(), "{}", format.name);
        }
    }

    /// Writes the sample in every format to `target/sample/`, to look at and for `scripts/test`.
    #[test]
    #[ignore = "writes files"]
    #[allow(clippy::disallowed_methods, reason = "the files are the point")]
    fn write_sample() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/sample");
        std::fs::create_dir_all(folder).expect("target/sample can be made");
        for format in FORMATS {
            let path = format!("{folder}/glossary.{}", format.extension);
            std::fs::write(path, (format.render)(&sample::glossary(), &Options::default())).expect("written");
        }
    }
}
