//! `glosa export`.

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::convert::{self, Delivery};
use crate::format::terms::Target;
use crate::termbase::select::{Selection, select};
use crate::termbase::{Review, Status};

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// The format, as `glosa convert --help` lists them [default: by the extension of -o]
    #[arg(short, long, value_name = "NAME")]
    format: Option<String>,
    /// The languages to write, the source first
    #[arg(long, value_name = "es,en", value_delimiter = ',')]
    langs: Vec<String>,
    /// Only concepts of this subject; may be repeated
    #[arg(long, value_name = "SUBJECT")]
    subject: Vec<String>,
    /// Only concepts for this client; may be repeated
    #[arg(long, value_name = "CLIENT")]
    client: Vec<String>,
    /// Only concepts at this stage (proposed, reviewed, approved); one that states none counts as approved
    #[arg(long, value_name = "STAGE", value_parser = review)]
    review: Vec<Review>,
    /// Only terms of this status (preferred, admitted, deprecated, superseded), as readers see it
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Vec<Status>,
    /// Write nothing if anything would be lost
    #[arg(long)]
    strict: bool,
    /// Put an apostrophe before cells of CSV and TSV that a spreadsheet would take for a formula
    #[arg(long)]
    guard_formulas: bool,
}

fn review(word: &str) -> Result<Review, String> {
    Review::from_word(word).ok_or_else(|| format!("the stages are {}", Review::WORDS.join(", ")))
}

fn status(word: &str) -> Result<Status, String> {
    Status::from_word(word).ok_or_else(|| format!("the statuses are {}", Status::WORDS.join(", ")))
}

/// Writes the project's glossary, or a part of it, in another format.
pub(super) fn run(args: &ExportArgs, context: &mut Context) -> Result<Exit, Failure> {
    let format = convert::target_format(args.format.as_ref(), context)?;
    let languages = convert::languages(&args.langs)?;
    let project = context.project()?;
    let selection = Selection {
        subjects: args.subject.clone(),
        clients: args.client.clone(),
        reviews: args.review.clone(),
        statuses: args.status.clone(),
    };
    let termbase = select(&project.termbase, &selection);
    if termbase.concepts.is_empty() {
        return Err(Failure::usage("no concept of the glossary is as asked; nothing was written"));
    }
    let target = Target { languages, guard_formulas: args.guard_formulas };
    let delivery = Delivery { format, target, strict: args.strict };
    convert::deliver(&termbase, &delivery, context)
}
