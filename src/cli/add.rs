//! `glosa add`.

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use crate::lang::Lang;
use crate::project::files::shown;
use crate::project::write::write;
use crate::report::build::languages;
use crate::termbase::edit::{Duplicates, NewConcept, add};
use crate::termbase::{LangTag, Termbase};

/// Arguments of `add`.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// A Spanish term; may be repeated, the first is preferred
    #[arg(long, value_name = "TERM", required_unless_present = "en")]
    es: Vec<String>,
    /// An English term; may be repeated, the first is preferred
    #[arg(long, value_name = "TERM")]
    en: Vec<String>,
    /// The concept's id [default: made from the first term]
    #[arg(long)]
    id: Option<String>,
    /// Subject field
    #[arg(long)]
    subject: Option<String>,
    /// A note
    #[arg(long)]
    note: Option<String>,
    /// Where it comes from
    #[arg(long)]
    source: Option<String>,
    /// Add it even if a term is there already
    #[arg(long)]
    force: bool,
}

/// Adds a concept at the end of the glossary file.
pub(super) fn run(args: &AddArgs, context: &mut Context) -> Result<Exit, Failure> {
    let path = context.glossary_file()?;
    let project = context.project()?;
    let text = context.glossary_text(&path)?;
    let concept = concept(args, &project.termbase);
    let duplicates = if args.force { Duplicates::Allow } else { Duplicates::Refuse };
    match add(&text, &project.termbase, &concept, duplicates) {
        Ok(changed) => {
            write(&path, changed.as_bytes())?;
            context.say(&format!("added to {}", shown(&path)));
            context.next_step("`glosa lint` checks the glossary, `glosa scan` finds the term in the corpus");
            Ok(Exit::Done)
        }
        Err(findings) => {
            context.report(&findings, &project.sources);
            context.next_step("`--force` adds it all the same");
            Ok(Exit::Trouble)
        }
    }
}

fn concept(args: &AddArgs, termbase: &Termbase) -> NewConcept {
    // Terms go under the bare language where the working language is regional: it is where others look.
    let mut order: Vec<Lang> = languages(termbase).iter().filter_map(LangTag::lang).collect();
    order.extend(Lang::ALL);
    order.dedup();
    let mut terms = Vec::new();
    for lang in order {
        let given = if lang == Lang::Es { &args.es } else { &args.en };
        let tag = LangTag(lang.code().to_owned());
        if !given.is_empty() && !terms.iter().any(|(other, _)| *other == tag) {
            terms.push((tag, given.clone()));
        }
    }
    NewConcept {
        id: args.id.clone(),
        subject: args.subject.clone(),
        note: args.note.clone(),
        source: args.source.clone(),
        terms,
        ..NewConcept::default()
    }
}
