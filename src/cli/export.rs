//! `glosa export`.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::context::{Context, Failure};
use super::convert::{self, Delivery};
use super::style::counted;
use crate::exchange::sheet;
use crate::format::terms::Target;
use crate::lang::Lang;
use crate::matcher::Overlaps;
use crate::termbase::select::{Selection, select};
use crate::termbase::{Concept, LangTag, Review, Status, Termbase};

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// The format, as `glosa convert --help` lists them [default: by the extension of -o]
    #[arg(short, long, value_name = "NAME")]
    format: Option<String>,
    /// For colleagues to look over: xlsx or docx, which `glosa import` takes back
    #[arg(long = "for", value_name = "PURPOSE")]
    purpose: Option<Purpose>,
    /// The languages to write, the source first [default for a prompt block: from that of --text]
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
    /// Only concepts that occur in this text or folder, the most frequent first; may be repeated, - is stdin
    #[arg(long, value_name = "PATH")]
    text: Vec<PathBuf>,
    /// The most characters of a prompt block; definitions and entries beyond it are left out and told
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Write nothing if anything would be lost
    #[arg(long)]
    strict: bool,
    /// Put an apostrophe before cells of CSV and TSV that a spreadsheet would take for a formula
    #[arg(long)]
    guard_formulas: bool,
}

/// What an export is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Purpose {
    // Colleagues look it over and send it back.
    Review,
}

fn review(word: &str) -> Result<Review, String> {
    Review::from_word(word).ok_or_else(|| format!("the stages are {}", Review::WORDS.join(", ")))
}

fn status(word: &str) -> Result<Status, String> {
    Status::from_word(word).ok_or_else(|| format!("the statuses are {}", Status::WORDS.join(", ")))
}

/// Writes the project's glossary, or a part of it, in another format.
pub(super) fn run(args: &ExportArgs, context: &mut Context) -> Result<Exit, Failure> {
    let format = match args.purpose {
        None => Some(convert::target_format(args.format.as_ref(), context)?),
        Some(Purpose::Review) => None,
    };
    if args.limit.is_some() && format.is_none_or(|format| format.name != "prompt") {
        return Err(Failure::usage(
            "--limit is for the format prompt; the other formats have limits of their own",
        ));
    }
    let mut languages = convert::languages(&args.langs)?;
    let selection = Selection {
        subjects: args.subject.clone(),
        clients: args.client.clone(),
        reviews: args.review.clone(),
        statuses: args.status.clone(),
    };
    let termbase = if args.text.is_empty() {
        select(&context.project()?.termbase, &selection)
    } else {
        let (termbase, written_in) = of_texts(args, &selection, context)?;
        if languages.is_empty() && format.is_some_and(|format| format.name == "prompt") {
            // A prompt for texts is for their translation.
            let pair = [written_in, written_in.other()];
            languages.extend(pair.map(|lang| LangTag(lang.code().to_owned())));
        }
        termbase
    };
    if termbase.concepts.is_empty() {
        return Err(Failure::usage("no concept of the glossary is as asked; nothing was written"));
    }
    let Some(format) = format else { return for_review(args, termbase, &languages, context) };
    let target = Target { languages, guard_formulas: args.guard_formulas, limit: args.limit };
    let delivery = Delivery { format, target, strict: args.strict };
    convert::deliver(&termbase, &delivery, context)
}

/// The concepts that occur in the texts, the most frequent first, and the language of most of their terms there.
fn of_texts(
    args: &ExportArgs,
    selection: &Selection,
    context: &mut Context,
) -> Result<(Termbase, Lang), Failure> {
    let (project, engine) = context.engine()?;
    let mut counts: HashMap<u32, usize> = HashMap::new();
    let mut by_language: HashMap<Lang, usize> = HashMap::new();
    let mut read = 0;
    for batch in context.texts(&project, &engine, &args.text) {
        context.report_files(&batch.findings);
        read += batch.texts.len();
        for text in &batch.texts {
            let hits = engine.scan(&text.document, Overlaps::Longest);
            for hit in hits.iter().filter(|hit| text.owns(hit.span)) {
                *counts.entry(hit.term.concept).or_default() += 1;
                *by_language.entry(hit.lang).or_default() += 1;
            }
        }
    }
    context.expect_texts(read)?;
    let mut found: Vec<(u32, usize)> = counts.into_iter().collect();
    found.sort_by_key(|(concept, count)| (std::cmp::Reverse(*count), *concept));
    let all = &engine.termbase().concepts;
    let concepts: Vec<_> = found.iter().map(|(concept, _)| all[*concept as usize].clone()).collect();
    let settings = engine.termbase().settings.clone();
    let count = |lang: &Lang| by_language.get(lang).copied().unwrap_or_default();
    // Of as many, the first.
    let written_in = Lang::ALL.into_iter().rev().max_by_key(count).unwrap_or(Lang::ALL[0]);
    Ok((select(&Termbase { settings, concepts: concepts.into() }, selection), written_in))
}

/// Writes the sheet that colleagues look over.
fn for_review(
    args: &ExportArgs,
    mut termbase: Termbase,
    languages: &[LangTag],
    context: &mut Context,
) -> Result<Exit, Failure> {
    if !languages.is_empty() {
        let wanted = |tag: &LangTag| languages.iter().any(|one| one == tag || one.as_str() == primary(tag));
        let only = |mut concept: Concept| {
            concept.sections.retain(|section| wanted(&section.tag));
            concept.definition.retain(|tag, _| wanted(tag));
            concept
        };
        termbase.concepts = termbase.concepts.into_iter().map(only).collect();
    }
    let named =
        context.globals.output.as_ref().and_then(|path| path.extension()?.to_str().map(str::to_lowercase));
    let format = args.format.clone().or(named).unwrap_or_else(|| "xlsx".to_owned());
    let bytes = sheet::write(&format, &termbase)?;
    let mut out = context.output();
    out.write_all(&bytes)?;
    out.finish()?;
    if context.globals.output.is_some() {
        context.say(&format!("{} for review", counted(termbase.concepts.len(), "concept")));
        context.next_step(
            "`glosa import` takes the edited file back, whatever has changed in the glossary meanwhile",
        );
    }
    Ok(Exit::Done)
}

fn primary(tag: &LangTag) -> &str {
    tag.as_str().split('-').next().unwrap_or_default()
}
