//! `glosa build`: the main job.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{counted, printable};
use crate::project::files::shown;
use crate::project::write;
use crate::report::aligned_glossary::{AlignedGlossary, Totals};
use crate::report::{self, BuildOptions, FORMATS, Format, Options, TablesFor};

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Texts or folders [default: the corpus that the glossary names]
    paths: Vec<PathBuf>,
    /// html, md, json, csv, toml or text [default: by the name of -o, else html]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// The most contexts of a concept, pinned ones apart
    #[arg(long, default_value_t = 5, value_name = "N")]
    contexts: usize,
    /// CSV without the byte order mark that Excel needs
    #[arg(long)]
    plain: bool,
    /// Quote confidential documents too
    #[arg(long)]
    confidential: bool,
}

/// Builds the aligned glossary.
pub(super) fn run(args: &BuildArgs, context: &mut Context) -> Result<Exit, Failure> {
    let format = format(args, context)?;
    let (project, engine) = context.engine()?;
    let collection = context.collection(&project, &engine, &args.paths, true);
    context.expect_texts(collection.documents.len())?;
    let options = BuildOptions { contexts: args.contexts, confidential: args.confidential };
    let glossary = report::build(engine.termbase(), &collection, options);
    let tables = if args.plain { TablesFor::Program } else { TablesFor::Spreadsheet };
    let text = (format.render)(&glossary, &Options { tables });
    let written = write(format, text.as_bytes(), context)?;
    summary(&glossary, written.as_deref(), context);
    Ok(if glossary.totals.found == 0 { Exit::Nothing } else { Exit::Done })
}

fn format(args: &BuildArgs, context: &Context) -> Result<&'static Format, Failure> {
    let by_name = |name: &str| FORMATS.iter().find(|format| format.name == name || format.extension == name);
    let extension =
        context.globals.output.as_ref().and_then(|path| path.extension()).and_then(|e| e.to_str());
    let default = if context.globals.json { "json" } else { "html" };
    match &args.format {
        Some(name) => by_name(name).ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            Failure::usage(format!("unknown format “{}”; there are {}", printable(name), names.join(", ")))
        }),
        None => Ok(extension.and_then(by_name).or_else(|| by_name(default)).unwrap_or(&FORMATS[0])),
    }
}

/// A page goes to a file, `glossary.html` where none is named; the other formats to stdout, or the file named.
fn write(format: &Format, bytes: &[u8], context: &Context) -> Result<Option<String>, Failure> {
    let default = (format.name == "html").then(|| PathBuf::from("glossary.html"));
    match context.globals.output.clone().or(default) {
        Some(path) if path.as_os_str() != "-" => {
            write::write(&path, bytes)?;
            Ok(Some(shown(&path)))
        }
        _ => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
            Ok(None)
        }
    }
}

fn summary(glossary: &AlignedGlossary, written: Option<&str>, context: &Context) {
    let Totals { concepts, found, without_es, without_en, documents, pairs, single, hits, words } =
        glossary.totals;
    let (documents, pairs) = (counted(documents, "document"), counted(pairs, "pair"));
    context.say(&format!("read     {documents} ({pairs}, {single} single), {}", counted(words, "word")));
    let (concepts, hits) = (counted(concepts, "concept"), counted(hits, "occurrence"));
    context.say(&format!("found    {found} of {concepts}, {hits}"));
    if without_es + without_en > 0 {
        context.say(&format!(
            "missing  {without_es} without Spanish evidence, {without_en} without English evidence"
        ));
    }
    let aligned = glossary
        .entries
        .iter()
        .filter(|entry| entry.contexts.iter().any(|context| context.es.is_some() && context.en.is_some()));
    context.say(&format!("aligned  {} with a pair of contexts", counted(aligned.count(), "concept")));
    if let Some(path) = written {
        context.say(&format!("wrote    {path}"));
        context.next_step("open it in a browser; `glosa coverage` tells which concepts the texts lack");
    }
}
