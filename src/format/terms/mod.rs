//! Termbase formats: bytes to a [`Termbase`] and back, one file a format and one line in [`FORMATS`].
//!
//! Reading is lenient: whatever can be put right is, with a finding that says so; what cannot be read at all gives a
//! finding and no termbase. Writing is strict: the result keeps the rules and limits of its format, or there is none;
//! what a format has no place for is in the [loss report](Loss).
//!
//! ```
//! use glosa::format::terms::{self, Input, Target};
//!
//! let read = terms::read(&Input::new("terms.csv", b"es,en\narancel,tariff\n"), None);
//! let termbase = read.termbase.expect("a termbase");
//! let tbx = terms::find("tbx").expect("a format");
//! let written = terms::write(tbx, &termbase, &Target::default()).expect("within the limits");
//! assert!(String::from_utf8_lossy(&written.bytes).contains("<term>arancel</term>"));
//! assert!(written.losses.is_empty());
//! ```

mod anki;
mod aside;
mod category;
mod csv;
mod dictionary;
pub(crate) mod fields;
mod html;
pub(crate) mod inline;
mod json;
mod lists;
mod log;
mod loss;
mod machines;
mod markdown;
mod memoq;
mod model;
mod multiterm;
mod pairs;
mod po;
mod prompt;
#[cfg(feature = "rdf")]
mod rdf;
mod scope;
mod sheet;
mod sniff;
#[cfg(feature = "office")]
mod stardict;
pub mod stream;
mod tags;
mod tbx;
#[cfg(test)]
mod tests;
mod texts;
mod tmx;
pub(crate) mod toml;
mod utx;
mod vale;
#[cfg(feature = "xlsx")]
pub(crate) mod workbook;
mod xliff;
mod xml;

use crate::check::{Finding, Severity, counted};
use crate::termbase::{LangTag, Termbase};

pub use loss::{Loss, LossKind, summary};
pub use sheet::ColumnName;
#[cfg(any(feature = "office", feature = "xlsx"))]
pub(crate) use sheet::is_same_heading;
pub use texts::Texts;

/// A file to be read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The path as shown; its end tells the format and perhaps the languages (`terms.es-en.tsv`).
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// The languages of the columns or sides, for formats that do not name them.
    pub languages: Vec<LangTag>,
    /// What columns of a table hold, where their headings do not tell.
    pub columns: Vec<ColumnName>,
}

impl<'a> Input<'a> {
    /// A file whose languages its name or content tells.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Input { name, bytes, languages: Vec::new(), columns: Vec::new() }
    }
}

/// What reading gives: a termbase with what had to be put right, or only the finding that says why there is none.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The termbase; `None` where the file cannot be read.
    pub termbase: Option<Termbase>,
    /// Errors where there is no termbase, else warnings.
    pub findings: Vec<Finding>,
    /// The text that the findings' places are in; empty where there is none.
    pub text: String,
}

impl Reading {
    pub(super) fn failed(finding: Finding) -> Self {
        Reading { termbase: None, findings: vec![finding], text: String::new() }
    }

    /// Whether something of the file is not in the termbase.
    pub fn has_skipped(&self) -> bool {
        self.findings.iter().any(is_skip)
    }
}

/// Whether a finding tells of something that was left out in reading.
pub fn is_skip(finding: &Finding) -> bool {
    finding.rule == "import-skipped" && finding.severity != Severity::Note
}

/// What to write, and how.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The languages, the source first; without them those of the termbase, or Spanish and English for a format
    /// of pairs.
    pub languages: Vec<LangTag>,
    /// Put an apostrophe before cells that a spreadsheet would take for a formula.
    pub guard_formulas: bool,
    /// The most characters (Unicode scalar values) of a [prompt block](FORMATS); without it there is no limit.
    pub limit: Option<usize>,
}

impl Target {
    /// Whether the terms of this language are to be written.
    pub(crate) fn wants(&self, tag: &LangTag) -> bool {
        let wanted = |one: &LangTag| one == tag || (one.as_str() == tags::primary(tag));
        self.languages.is_empty() || self.languages.iter().any(wanted)
    }
}

/// What writing gives.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The file; none where it would have no entry.
    pub bytes: Vec<u8>,
    /// What is not in it, or not as it was.
    pub losses: Vec<Loss>,
}

/// What a format has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Every key of concepts and terms.
    All,
    /// These keys of concepts and of terms (`id` and `status` among them, `x.name` for what is kept under `x` by that
    /// name), all terms of all languages.
    Keys(&'static [&'static str], &'static [&'static str]),
    /// These keys; one source and one target language, the terms in pairs.
    Pairs(&'static [&'static str], &'static [&'static str]),
    /// These keys; one term for a language.
    One(&'static [&'static str], &'static [&'static str]),
}

impl Holds {
    /// The keys of concepts and of terms that have room; `None` for all.
    fn keys(self) -> (Option<&'static [&'static str]>, Option<&'static [&'static str]>) {
        match self {
            Holds::All => (None, None),
            Holds::Keys(concept, term) | Holds::Pairs(concept, term) | Holds::One(concept, term) => {
                (Some(concept), Some(term))
            }
        }
    }
}

/// Whether there is room among these keys for all that is stated under a key.
pub(super) fn has_room(keys: &[&str], key: &str, stated: &::toml::Value) -> bool {
    let is_kept = |name: &String| keys.iter().any(|key| key.strip_prefix("x.") == Some(name.as_str()));
    match stated {
        _ if keys.contains(&key) => true,
        ::toml::Value::Table(kept) if key == "x" => kept.keys().all(is_kept),
        _ => false,
    }
}

/// Reads a file.
pub type Read = fn(&Input<'_>) -> Reading;
/// Writes a termbase; the findings name the entries that break the format's limits.
pub type Write = fn(&Termbase, &Target) -> Result<Written, Vec<Finding>>;

/// A termbase format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name, as `--to` takes it.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Extensions in lower case without the dot; the first format with one of them has it.
    pub extensions: &'static [&'static str],
    /// Reads it.
    pub read: Option<Read>,
    /// Writes it.
    pub write: Option<Write>,
    /// What it has room for.
    pub holds: Holds,
    /// What it has room for of that which is said of the whole: `title`, `languages` (the working languages).
    pub settings: &'static [&'static str],
    /// Which texts it can hold.
    pub texts: Texts,
}

/// The formats, one line each.
pub const FORMATS: &[Format] = &[
    json::FORMAT,
    json::LINES,
    toml::FORMAT,
    tbx::DCA,
    tbx::DCT,
    tbx::V2,
    tbx::MIN,
    tbx::LINGUIST,
    csv::CSV,
    csv::TSV,
    #[cfg(feature = "xlsx")]
    workbook::XLSX,
    tmx::FORMAT,
    xliff::FORMAT,
    multiterm::FORMAT,
    #[cfg(feature = "rdf")]
    rdf::TURTLE,
    #[cfg(feature = "rdf")]
    rdf::JSON_LD,
    lists::OMEGAT,
    lists::OMEGAT_CSV,
    utx::FORMAT,
    po::FORMAT,
    lists::WEBLATE,
    machines::DEEPL,
    machines::GOOGLE,
    machines::GOOGLE_PAIRS,
    machines::MICROSOFT,
    machines::AMAZON,
    memoq::FORMAT,
    #[cfg(feature = "xlsx")]
    workbook::PHRASE,
    lists::XBENCH,
    #[cfg(feature = "xlsx")]
    workbook::ODS,
    markdown::FORMAT,
    html::FORMAT,
    prompt::FORMAT,
    vale::FORMAT,
    anki::FORMAT,
    #[cfg(feature = "office")]
    stardict::FORMAT,
    dictionary::TEI,
    dictionary::XDXF,
    dictionary::GLOSSML,
];

/// Formats whose columns the reader of a table finds out, or is told.
const TABLES: &[&str] =
    &["csv", "tsv", "xlsx", "ods", "markdown", "html", "google", "memoq", "phrase", "weblate"];

/// The format of a name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The language that a tag names, put right where it can be; `None` where it names none.
pub fn language(written: &str) -> Option<LangTag> {
    let tag = tags::tag(written).tag;
    (tag.as_str() != "und" || written == "und").then_some(tag)
}

/// Databases of other programs, by their extensions: what they are, and what to ask of that program instead.
const DATABASES: &[(&str, &str, &str)] = &[
    ("sdltb", "a termbase of MultiTerm", "MultiTerm XML: export or import it there (`multiterm`)"),
    ("mtb", "a term base of memoQ", "CSV: export or import it there (`memoq`)"),
];

/// The finding for a file or format that only the program it belongs to can read and write.
pub(super) fn database(name: &str) -> Option<Finding> {
    let extension = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    let (_, what, instead) = DATABASES.iter().find(|(known, ..)| *known == extension)?;
    let message = format!("`{name}` is {what}, a database that only that program reads and writes");
    Some(Finding::new(Severity::Error, "format-unknown", message).help(format!("use {instead}")))
}

/// The finding for a name that is no format's, with the list of those that are.
pub fn unknown(name: &str) -> Finding {
    if let Some(finding) = database(name) {
        return finding;
    }
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    Finding::new(Severity::Error, "format-unknown", format!("unknown format `{name}`"))
        .help(format!("the formats are {}", names.join(", ")))
}

/// The format that a file's name stands for.
pub fn of_name(name: &str) -> Option<&'static Format> {
    let extension = name.rsplit(['/', '\\']).next()?.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// The format that a file's content or name tells; its beginning is enough.
///
/// # Errors
/// A finding that says what the file is, or that nobody knows.
pub fn format_of(input: &Input<'_>) -> Result<&'static Format, Finding> {
    sniff::format_of(input)
}

/// Reads a file in a stated format, else in the one that its content and name tell.
pub fn read(input: &Input<'_>, format: Option<&Format>) -> Reading {
    let sniffed = match format {
        Some(format) => Ok(format),
        None => format_of(input),
    };
    match sniffed {
        Ok(format) if !input.columns.is_empty() && !TABLES.contains(&format.name) => {
            let message = format!(
                "`{}` is no table with columns to be named: its format is {}",
                input.name, format.name
            );
            Reading::failed(
                Finding::new(Severity::Error, "format-columns", message)
                    .help(format!("columns can be named in {}", TABLES.join(", "))),
            )
        }
        Ok(Format { read: Some(read), .. }) => read(input),
        Ok(format) => {
            let message =
                format!("`{}` cannot be read: {} is a format to write only", input.name, format.name);
            Reading::failed(
                Finding::new(Severity::Error, "format-unknown", message).help("name another with --from"),
            )
        }
        Err(finding) => Reading::failed(finding),
    }
}

/// Writes a termbase, with the report of what is lost.
///
/// # Errors
/// The entries that break the limits of the format, or what there is instead of an entry where none can be written.
pub fn write(format: &Format, termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let Some(write) = format.write else {
        let message = format!("unsupported format to write: {} is only read", format.name);
        return Err(vec![
            Finding::new(Severity::Error, "format-unknown", message).help("choose another with --to"),
        ]);
    };
    let mut losses = loss::Losses::default();
    let held = texts::held(termbase, format, target, &mut losses);
    let mut written = write(&held, target)?;
    written.losses.extend(losses.finish());
    written.losses.extend(loss::without_room(termbase, format, target));
    let none = Termbase { concepts: Vec::new().into(), settings: held.settings.clone() };
    let is_bare = || write(&none, target).is_ok_and(|bare| bare.bytes == written.bytes);
    // Lists of pairs and the like are of entries or are not; a table may have its headings alone.
    let is_list = format.holds != Holds::All;
    if is_list && written.bytes.is_empty() || !termbase.concepts.is_empty() && is_bare() {
        return Err(nothing_left(format, termbase, &written.losses));
    }
    Ok(written)
}

/// The findings for a file that would have no entry, with what has become of each.
fn nothing_left(format: &Format, termbase: &Termbase, losses: &[Loss]) -> Vec<Finding> {
    let concepts = counted(termbase.concepts.len(), "concept");
    let message = format!("the file would be empty: nothing of {concepts} can be written as {}", format.name);
    let lost = |loss: &Loss| Finding::new(Severity::Warning, "export-loss", loss.to_string());
    let mut findings: Vec<Finding> = losses.iter().map(lost).collect();
    let help =
        "`glosa convert --help` tells what each format is for; the languages written are those of --langs";
    findings.push(Finding::new(Severity::Error, "export-limit", message).help(help));
    findings
}
