//! `glosa init`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{counted, printable};
use crate::engine::{Analysis, Engine};
use crate::extract::{Acronym, acronyms};
use crate::format::table::Table;
use crate::lang::Lang;
use crate::project::files::shown;
use crate::project::write::write;
use crate::project::{Project, columns};
use crate::termbase::{TableRow, Termbase};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder of the texts
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// A table of terms: two columns, CSV or TSV, as pasted from a spreadsheet
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// The title [default: the folder's name]
    #[arg(long)]
    title: Option<String>,
}

/// Writes a glossary.toml beside the texts: settings, the table's terms, and suggestions from the texts.
pub(super) fn run(args: &InitArgs, context: &mut Context) -> Result<Exit, Failure> {
    let here = args.folder == Path::new(".");
    let path = if here { PathBuf::from("glossary.toml") } else { args.folder.join("glossary.toml") };
    if path.exists() {
        return Err(Failure::usage(format!(
            "{} is there already; edit it, or move it away first",
            shown(&path)
        )));
    }
    let table = args.table.as_ref().map(|path| context.table(path)).transpose()?;
    let corpus = corpus_of(&args.folder);
    let engine = Engine::new(Termbase::default());
    let folders = [args.folder.join(&corpus)];
    let documents = context.collection(&Project::default(), &engine, &folders, false).documents;
    let found = suggestions(&documents);
    let text = glossary(args, &corpus, table.as_ref(), &found);
    write(&path, text.as_bytes())?;
    talk(&path, &documents, table.as_ref(), &found, context);
    Ok(Exit::Done)
}

/// `corpus` where there is such a folder, else the folder itself.
fn corpus_of(folder: &Path) -> String {
    if folder.join("corpus").is_dir() { "corpus".to_owned() } else { ".".to_owned() }
}

fn suggestions(documents: &[Analysis]) -> BTreeMap<Acronym, usize> {
    let mut all = BTreeMap::new();
    for analysis in documents {
        for segment in &analysis.segments {
            let Some(lang) = segment.lang else { continue };
            for (acronym, count) in acronyms(segment.span.of(&analysis.document.text), lang) {
                *all.entry(acronym).or_insert(0) += count;
            }
        }
    }
    all
}

fn glossary(
    args: &InitArgs,
    corpus: &str,
    table: Option<&Table>,
    found: &BTreeMap<Acronym, usize>,
) -> String {
    let folder = std::path::absolute(&args.folder).ok();
    let name = folder.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let title = args.title.clone().or(name).unwrap_or_else(|| "Glossary".to_owned());
    let mut text = format!(
        "[glossary]\ntitle = {}\nlanguages = [\"es-MX\", \"en-US\"]\ncorpus = [{}]\n",
        quoted(&title),
        quoted(corpus)
    );
    match table {
        Some(table) => rows(table).iter().for_each(|terms| text.push_str(&concept(terms))),
        None => text.push_str("\n# A concept is as short as this:\n# [[concept]]\n# terms.es = \"arancel\"\n# terms.en = [\"tariff\", \"duty\"]\n"),
    }
    if !found.is_empty() {
        text.push_str(
            "\n# Seen in the texts; take away the # of what you want, and add the other language.\n",
        );
    }
    for (acronym, count) in found {
        let (lang, long_form, short) = (acronym.lang, quoted(&acronym.long_form), quoted(&acronym.acronym));
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        text.push_str(&format!(
            "# [[concept]]  # introduced {times}\n# terms.{lang} = [{long_form}, {{ term = {short}, type = \"acronym\" }}]\n"
        ));
    }
    text
}

/// The terms of each row, by language; several terms of a cell are parted by | or line breaks.
fn rows(table: &Table) -> Vec<Vec<(Lang, Vec<String>)>> {
    let (languages, rows) = columns(table);
    let terms = |cell: &String| -> Vec<String> {
        cell.split(['|', '\n']).map(|term| term.trim().to_owned()).filter(|term| !term.is_empty()).collect()
    };
    let row = |row: &TableRow| {
        let cells = languages.iter().zip(&row.cells);
        let by_lang = cells.filter_map(|(tag, cell)| Some((tag.lang()?, terms(cell))));
        by_lang.filter(|(_, terms)| !terms.is_empty()).collect()
    };
    rows.iter().map(row).collect()
}

fn concept(terms: &[(Lang, Vec<String>)]) -> String {
    if terms.is_empty() {
        return String::new();
    }
    let mut text = "\n[[concept]]\n".to_owned();
    for (lang, terms) in terms {
        let all: Vec<String> = terms.iter().map(|term| quoted(term)).collect();
        let value = if all.len() == 1 { all[0].clone() } else { format!("[{}]", all.join(", ")) };
        text.push_str(&format!("terms.{lang} = {value}\n"));
    }
    text
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

fn talk(
    path: &Path,
    documents: &[Analysis],
    table: Option<&Table>,
    found: &BTreeMap<Acronym, usize>,
    context: &Context,
) {
    let words: usize = documents.iter().map(|analysis| analysis.words).sum();
    let of = |lang: Lang| documents.iter().filter(|analysis| analysis.lang() == Some(lang)).count();
    let (es, en) = (of(Lang::Es), of(Lang::En));
    let (documents, words) = (counted(documents.len(), "document"), counted(words, "word"));
    context.say(&format!("read     {documents} ({es} Spanish, {en} English), {words}"));
    if let Some(table) = table {
        context.say(&format!("took     {} of the table", counted(table.rows.len(), "row")));
    }
    if !found.is_empty() {
        context.say(&format!("noted    {} that the texts introduce", counted(found.len(), "acronym")));
    }
    context.say(&format!("wrote    {}", printable(&shown(path))));
    context.next_step(
        "next: `glosa fmt` writes ids, `glosa scan` marks the terms, `glosa build` makes the page",
    );
}
