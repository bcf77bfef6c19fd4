//! `glosa review`: the queue of proposed entries.

use std::io::{self, BufRead, Write};
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::lookup::write_context;
use super::output::talk;
use super::style::{self, counted, paint, printable};
use crate::concord::{AlignedContext, Concordance, Harvest, Occurrence, StemCounts, harvest, unlisted};
use crate::engine::Collection;
use crate::lang::Lang;
use crate::project::files::shown;
use crate::project::rejected::{self, Rejected};
use crate::project::write::write;
use crate::termbase::edit::{Verdict, settle};
use crate::termbase::{Concept, LangTag, Review};

/// Arguments of `review`.
#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// Only list the proposed entries
    #[arg(long)]
    list: bool,
    /// The most contexts of an entry; with 0 the corpus is not read
    #[arg(long, default_value_t = 2, value_name = "N")]
    contexts: usize,
}

/// Walks through the entries with `review = "proposed"`. Answers come from the terminal or a pipe, one a line; what
/// is left when they end is listed.
pub(super) fn run(args: &ReviewArgs, context: &mut Context) -> Result<Exit, Failure> {
    let path = context.glossary_file()?;
    let (project, engine) = context.fresh_engine()?;
    let concepts = engine.termbase().concepts.iter().enumerate();
    let queue: Vec<(usize, &Concept)> = concepts.filter(|(_, concept)| is_queued(concept, &path)).collect();
    let collection = if args.contexts > 0 && !queue.is_empty() {
        context.collection(&project, &engine, &[], true)
    } else {
        Collection::default()
    };
    let concordance = Concordance::new(&collection);
    let examples = Examples::new(&concordance, engine.termbase().concepts.len(), args.contexts);
    let mut out = context.output();
    let mut answers = Answers { input: io::stdin().lock(), open: !args.list && !context.globals.json };
    let mut settled = 0;
    for &(number, concept) in &queue {
        show(concept, &examples.of(number, concept), context, &mut out)?;
        out.flush()?;
        match answers.ask(concept) {
            Answer::Settle(verdict) => {
                apply(&path, concept, &verdict, context)?;
                settled += 1;
            }
            Answer::Skip => {}
            Answer::Quit => break,
        }
    }
    out.finish()?;
    let proposed = queue.len();
    context.say(&format!(
        "{settled} of {} settled",
        counted(proposed, "proposed entry").replace("entrys", "entries")
    ));
    Ok(if proposed == 0 { Exit::Nothing } else { Exit::Done })
}

/// Where the corpus has the proposed terms.
struct Examples<'a> {
    concordance: &'a Concordance<'a>,
    occurrences: Vec<Vec<Occurrence>>,
    stems: StemCounts,
    limit: usize,
}

impl<'a> Examples<'a> {
    fn new(concordance: &'a Concordance<'a>, concepts: usize, limit: usize) -> Self {
        let occurrences = concordance.occurrences(concepts);
        Examples { concordance, occurrences, stems: StemCounts::of(concordance), limit }
    }

    /// The best aligned contexts of a concept.
    fn of(&self, number: usize, concept: &Concept) -> Vec<AlignedContext> {
        let from = Harvest { concordance: self.concordance, limit: self.limit, confidential: true };
        let occurrences = &self.occurrences[number];
        harvest(concept, occurrences, &unlisted(from, &self.stems, occurrences), from)
    }
}

fn is_queued(concept: &Concept, path: &Path) -> bool {
    let here = concept.place.as_ref().is_none_or(|place| *place.file == *shown(path));
    concept.review == Some(Review::Proposed) && here
}

/// An entry with what speaks for it.
fn show(
    concept: &Concept,
    examples: &[AlignedContext],
    context: &Context,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let terms = |lang| concept.terms_of(lang).map(|term| term.term.as_str()).collect::<Vec<_>>();
    if context.globals.json {
        let line = json!({
            "type": "proposed", "concept": concept.id.as_str(), "es": terms(Lang::Es), "en": terms(Lang::En),
            "source": concept.source, "note": concept.note, "contexts": examples,
        });
        writeln!(out, "{line}")?;
        return Ok(());
    }
    let colour = context.colour();
    writeln!(out, "{}", paint(&printable(concept.id.as_str()), style::HEAD, colour))?;
    for lang in Lang::ALL {
        let terms = terms(lang);
        if !terms.is_empty() {
            writeln!(out, "  {lang}  {}", printable(&terms.join("; ")))?;
        }
    }
    for text in [&concept.source, &concept.note].into_iter().flatten() {
        writeln!(out, "  {}", paint(&printable(text), style::QUIET, colour))?;
    }
    for example in examples {
        write_context(example, colour, out)?;
    }
    Ok(())
}

enum Answer {
    Settle(Verdict),
    Skip,
    Quit,
}

struct Answers<R> {
    input: R,
    /// Whether there may be more.
    open: bool,
}

impl<R: BufRead> Answers<R> {
    fn ask(&mut self, concept: &Concept) -> Answer {
        loop {
            let Some(line) = self.line("accept, reject, edit, skip, quit? ") else { return Answer::Skip };
            return match line.as_str() {
                "a" | "accept" => Answer::Settle(Verdict::Accept),
                "r" | "reject" => Answer::Settle(Verdict::Reject),
                "s" | "skip" | "" => Answer::Skip,
                "q" | "quit" => Answer::Quit,
                "e" | "edit" => {
                    self.edited(concept).map_or(Answer::Skip, |terms| Answer::Settle(Verdict::Replace(terms)))
                }
                other => {
                    talk(&format!("“{}” is none of a, r, e, s, q\n", printable(other)));
                    continue;
                }
            };
        }
    }

    /// The terms as typed anew, parted by semicolons; an empty line keeps them.
    fn edited(&mut self, concept: &Concept) -> Option<Vec<(LangTag, Vec<String>)>> {
        let mut terms = Vec::new();
        for lang in Lang::ALL {
            let known: Vec<String> = concept.terms_of(lang).map(|term| term.term.clone()).collect();
            let line = self.line(&format!("{lang} [{}]: ", printable(&known.join("; "))))?;
            let typed = line.split(';').map(str::trim).filter(|term| !term.is_empty()).map(str::to_owned);
            let typed: Vec<String> = if line.is_empty() { known } else { typed.collect() };
            if !typed.is_empty() {
                terms.push((LangTag(lang.code().to_owned()), typed));
            }
        }
        Some(terms)
    }

    /// The next line of the input; `None` when there is none.
    fn line(&mut self, prompt: &str) -> Option<String> {
        if !self.open {
            return None;
        }
        talk(prompt);
        let mut line = String::new();
        let read = self.input.read_line(&mut line).unwrap_or(0);
        if read == 0 {
            self.open = false;
            talk("\n");
            return None;
        }
        Some(line.trim().to_owned())
    }
}

/// Writes what was decided at once, so that nothing is lost whenever the user stops.
fn apply(path: &Path, concept: &Concept, verdict: &Verdict, context: &mut Context) -> Result<(), Failure> {
    if *verdict == Verdict::Reject {
        let file = rejected::beside(path);
        let mut rejected = Rejected::read(&file)?;
        for term in Lang::ALL.iter().flat_map(|&lang| concept.terms_of(lang)) {
            rejected.add(&term.term);
        }
        rejected.write(&file)?;
    }
    let text = context.glossary_text(path)?;
    match settle(&shown(path), &text, &concept.id, verdict, &context.surroundings(path)) {
        Ok(changed) => Ok(write(path, changed.as_bytes())?),
        Err(findings) => {
            context.report(&findings, &[crate::check::SourceFile { name: shown(path), text }]);
            Ok(())
        }
    }
}
