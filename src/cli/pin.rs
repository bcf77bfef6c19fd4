//! `glosa pin`.

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{counted, printable};
use crate::concord::{AlignedContext, Concordance, Harvest, Snippet, StemCounts, harvest, unlisted};
use crate::engine::Collection;
use crate::project::files::shown;
use crate::project::write::write;
use crate::termbase::edit::pin;
use crate::termbase::{self, ConceptId};

/// Arguments of `pin`.
#[derive(Debug, Args)]
pub(super) struct PinArgs {
    /// The concept's id
    concept: String,
    /// Pin the N-th context that `glosa lookup` shows
    #[arg(short = 'n', long, default_value_t = 1, value_name = "N", conflicts_with_all = ["es", "en"])]
    nth: usize,
    /// The Spanish sentence
    #[arg(long, value_name = "SENTENCE")]
    es: Option<String>,
    /// The English sentence
    #[arg(long, value_name = "SENTENCE")]
    en: Option<String>,
    /// Where it comes from
    #[arg(long)]
    source: Option<String>,
    /// Its date
    #[arg(long)]
    date: Option<String>,
}

/// Pins a context to a concept, so that it is always shown.
pub(super) fn run(args: &PinArgs, context: &mut Context) -> Result<Exit, Failure> {
    let path = context.glossary_file()?;
    let chosen = match args.es.is_some() || args.en.is_some() {
        true => termbase::Context {
            es: args.es.clone(),
            en: args.en.clone(),
            source: args.source.clone(),
            date: args.date.clone(),
        },
        false => harvested(args, context)?,
    };
    let text = context.glossary_text(&path)?;
    let id = ConceptId(args.concept.clone());
    match pin(&shown(&path), &text, &id, &chosen, &context.surroundings(&path)) {
        Ok(changed) if changed == text => {
            context.say("it is pinned already");
            Ok(Exit::Done)
        }
        Ok(changed) => {
            write(&path, changed.as_bytes())?;
            context.say(&format!("pinned to `{}` in {}", printable(&args.concept), shown(&path)));
            Ok(Exit::Done)
        }
        Err(findings) => {
            context.report(&findings, &[crate::check::SourceFile { name: shown(&path), text }]);
            Ok(Exit::Trouble)
        }
    }
}

/// The N-th context that the corpus gives.
fn harvested(args: &PinArgs, context: &mut Context) -> Result<termbase::Context, Failure> {
    let (project, engine) = context.fresh_engine()?;
    let index = engine.termbase().find(&args.concept);
    let index = index.ok_or_else(|| {
        Failure::usage(format!(
            "there is no concept `{}`; `glosa lookup` finds ids",
            printable(&args.concept)
        ))
    })?;
    let collection = context.collection(&project, &engine, &[], true);
    let concordance = Concordance::new(&collection);
    let all = concordance.occurrences(engine.termbase().concepts.len());
    let from = Harvest { concordance: &concordance, limit: args.nth.max(1), confidential: true };
    // Without those that are pinned already, whose sentences would count as shown.
    let mut concept = engine.termbase().concepts[index].clone();
    concept.contexts = Vec::new();
    let unlisted = unlisted(from, &StemCounts::of(&concordance), &all[index]);
    let found = harvest(&concept, &all[index], &unlisted, from).into_iter().nth(args.nth.max(1) - 1);
    let found = found.ok_or_else(|| {
        Failure::usage(format!(
            "the corpus has fewer than {} of `{}`; give the sentences with --es and --en",
            counted(args.nth.max(1), "context"),
            printable(&args.concept)
        ))
    })?;
    refuse_confidential(&found, &collection)?;
    Ok(as_pinned(&found, args))
}

/// What is pinned enters every page: the text of a confidential document must not get there unnoticed.
fn refuse_confidential(context: &AlignedContext, collection: &Collection) -> Result<(), Failure> {
    let names: Vec<&str> = sides(context).map(|snippet| snippet.document.as_str()).collect();
    let documents = || collection.documents.iter().map(|analysis| &analysis.document);
    match documents().find(|document| document.confidential && names.contains(&document.name.as_str())) {
        Some(document) => Err(Failure::usage(format!(
            "{} is confidential, and what is pinned enters every page; give the sentences with --es and --en if \
             they may",
            printable(&document.name)
        ))),
        None => Ok(()),
    }
}

fn sides(context: &AlignedContext) -> impl Iterator<Item = &Snippet> {
    [&context.es, &context.en].into_iter().flatten()
}

fn as_pinned(found: &AlignedContext, args: &PinArgs) -> termbase::Context {
    let places: Vec<&str> = sides(found).map(|snippet| snippet.document.as_str()).collect();
    let text = |side: &Option<Snippet>| side.as_ref().map(|snippet| snippet.text.clone());
    termbase::Context {
        es: text(&found.es),
        en: text(&found.en),
        source: args.source.clone().or_else(|| Some(places.join(" ↔ "))),
        date: args.date.clone(),
    }
}
