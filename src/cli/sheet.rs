//! `glosa sheet`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::context::{Context, Failure};
use super::findings::Language;
use super::style::counted;
use crate::project::files;
#[cfg(feature = "office")]
use crate::report::preparation::docx;
use crate::report::preparation::{Options, Order, Paper, html, markdown, preparation};

/// Arguments of `sheet`.
#[derive(Debug, Args)]
pub(super) struct SheetArgs {
    /// The texts of the job [default: the corpus]
    paths: Vec<PathBuf>,
    /// A list of terms that are known, one a line: they are left out
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// The order of the terms
    #[arg(long, value_enum, default_value_t = By::Appearance, value_name = "ORDER")]
    by: By,
    /// The paper to print on
    #[arg(long, value_enum, default_value_t = Size::Letter, value_name = "PAPER")]
    paper: Size,
    /// Large type
    #[arg(long)]
    large: bool,
    /// html, md or docx [default: by the name of the output file, else html]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// The language of labels [default: that of the glossary's pages]
    #[arg(long, value_enum, value_name = "LANG")]
    ui: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Appearance,
    Subject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Size {
    Letter,
    A4,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Html,
    Md,
    #[cfg(feature = "office")]
    Docx,
}

/// Writes the preparation sheet of some texts.
pub(super) fn run(args: &SheetArgs, context: &mut Context) -> Result<Exit, Failure> {
    let (project, engine) = context.engine()?;
    let collection = context.collection(&project, &engine, &args.paths, false);
    context.expect_texts(collection.documents.len())?;
    let options = Options {
        known: args.known.as_deref().map_or(Ok(Vec::new()), known)?,
        order: if args.by == By::Subject { Order::Subject } else { Order::Appearance },
        paper: if args.paper == Size::A4 { Paper::A4 } else { Paper::Letter },
        is_large: args.large,
        ui: Some(args.ui.map_or(engine.termbase().settings.labels(), Language::lang)),
    };
    let sheet = preparation(engine.termbase(), &collection, &options);
    let bytes = match form(args, context) {
        Form::Html => html::render(&sheet, &options).into_bytes(),
        Form::Md => markdown::render(&sheet, &options).into_bytes(),
        #[cfg(feature = "office")]
        Form::Docx => docx::render(&sheet, &options)
            .map_err(|error| Failure::usage(format!("the document cannot be written: {error}")))?,
    };
    let mut out = context.output();
    out.write_all(&bytes)?;
    out.finish()?;
    let terms: usize = sheet.groups.iter().map(|group| group.lines.len()).sum();
    context.say(&format!(
        "{}, {}, {} left out as known",
        counted(terms, "concept"),
        counted(sheet.figures.len(), "figure"),
        sheet.known
    ));
    Ok(if terms == 0 { Exit::Nothing } else { Exit::Done })
}

fn form(args: &SheetArgs, context: &Context) -> Form {
    let file = context.globals.output.as_ref().and_then(|path| path.extension());
    let by_file = match file.and_then(|extension| extension.to_str()) {
        Some("md") => Form::Md,
        #[cfg(feature = "office")]
        Some("docx") => Form::Docx,
        _ => Form::Html,
    };
    args.format.unwrap_or(by_file)
}

/// The terms of a list: what stands before a tab on each line.
fn known(path: &Path) -> Result<Vec<String>, Failure> {
    let bytes = files::read(path, files::SIZE_LIMIT)?;
    let text = String::from_utf8_lossy(&bytes);
    let terms = text.lines().flat_map(|line| line.split('\t')).map(str::trim);
    Ok(terms.filter(|term| !term.is_empty()).map(str::to_owned).collect())
}
