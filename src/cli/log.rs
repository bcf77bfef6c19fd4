//! `glosa log`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::diff::write_fields;
use super::output::{Output, json_line};
use super::style::{self, paint, printable};
use crate::check::nearest;
use crate::exchange::{self, FieldChange, Pairing, Sameness};
use crate::format::terms::{self, Input};
use crate::project::git::{Commit, Tracked};
use crate::termbase::{Concept, Termbase};

/// Arguments of `log`.
#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// The concept's id
    concept: String,
    /// Show no more than the last N changes
    #[arg(short = 'n', long, value_name = "N")]
    last: Option<usize>,
}

/// Tells how an entry came to be what it is: what each commit changed of it, the last first.
pub(super) fn run(args: &LogArgs, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let here = project.termbase.find(&args.concept).map(|at| &project.termbase.concepts[at]);
    let path = match here.and_then(|concept| concept.place.as_ref()) {
        Some(place) => PathBuf::from(&*place.file),
        None => context.glossary_file()?,
    };
    let file = Tracked::new(&path);
    let commits = file.commits()?;
    let on_disk = context.glossary_text(&path)?.into_bytes();
    let mut walk = Walk { id: args.concept.clone(), file: &file };
    let mut out = context.output();
    let mut later = walk.find(&read(&on_disk), None);
    let committed = match commits.first() {
        // A merge that changed the file need not be among the commits.
        Some(last) => walk.at("HEAD", &last.path)?,
        None => State::Absent,
    };
    let committed = walk.find(&committed, later.as_ref());
    let mut shown = show(None, &changes(committed.as_ref(), later.as_ref()), context, &mut out)?;
    for commit in &commits {
        if args.last.is_some_and(|last| shown >= last) {
            break;
        }
        let after = walk.at(&commit.hash, &commit.path)?;
        let before = match &commit.parent {
            Some(parent) => walk.at(parent, &commit.old_path)?,
            None => State::Absent,
        };
        if matches!(after, State::Unreadable) || matches!(before, State::Unreadable) {
            let hash = commit.hash.get(..7).unwrap_or(&commit.hash);
            context.say(&format!("{hash} is passed over: the glossary cannot be read there or before it"));
            continue;
        }
        let after = walk.find(&after, later.as_ref());
        let before = walk.find(&before, after.as_ref());
        shown += show(Some(commit), &changes(before.as_ref(), after.as_ref()), context, &mut out)?;
        later = before.or(after).or(later);
    }
    out.finish()?;
    if shown == 0 && here.is_none() {
        let ids = project.termbase.concepts.iter().map(|concept| concept.id.as_str());
        let near =
            nearest(&args.concept, ids).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(Failure::usage(format!(
            "there is no concept `{}`, and there was none{near}",
            args.concept
        )));
    }
    Ok(if shown == 0 { Exit::Nothing } else { Exit::Done })
}

/// The way back through the states of a file.
struct Walk<'a> {
    /// The id that the concept has in the state at hand.
    id: String,
    file: &'a Tracked,
}

/// The glossary at some time.
enum State {
    Read(Box<Termbase>),
    Absent,
    Unreadable,
}

impl Walk<'_> {
    fn at(&self, commit: &str, path: &str) -> Result<State, Failure> {
        Ok(self.file.at(commit, path)?.map_or(State::Absent, |bytes| read(&bytes)))
    }

    /// The concept in a state: that of the id, else the one that is the same as it was later; its id is the one to
    /// look for then.
    fn find(&mut self, state: &State, later: Option<&Concept>) -> Option<Concept> {
        let State::Read(termbase) = state else { return None };
        if let Some(at) = termbase.find(&self.id) {
            return Some(termbase.concepts[at].clone());
        }
        let concepts: Vec<Concept> = termbase.concepts.iter().cloned().collect();
        let Sameness::Same(at) = Pairing::of(&concepts).find(later?, &concepts, |_| true) else {
            return None;
        };
        self.id.clone_from(&concepts[at].id.0);
        Some(concepts[at].clone())
    }
}

fn read(bytes: &[u8]) -> State {
    let reading = terms::read(&Input::new("glossary.toml", bytes), terms::find("toml"));
    reading.termbase.map_or(State::Unreadable, |termbase| State::Read(Box::new(termbase)))
}

/// What is different between two states of an entry, its id among it.
fn changes(before: Option<&Concept>, after: Option<&Concept>) -> Vec<FieldChange> {
    let id = |concept: Option<&Concept>| concept.map(|concept| concept.id.0.clone());
    let renamed = before.zip(after).is_some_and(|(before, after)| before.id != after.id);
    let field = || FieldChange { field: "id".to_owned(), before: id(before), after: id(after) };
    renamed.then(field).into_iter().chain(exchange::entry_changes(before, after)).collect()
}

/// What a commit changed; whether it did.
fn show(
    commit: Option<&Commit>,
    changes: &[FieldChange],
    context: &Context,
    out: &mut Output,
) -> Result<usize, Failure> {
    if changes.is_empty() {
        return Ok(0);
    }
    if context.globals.json {
        let line = json!({
            "commit": commit.map(|commit| &commit.hash), "author": commit.map(|commit| &commit.author),
            "date": commit.map(|commit| &commit.date), "subject": commit.map(|commit| &commit.subject),
            "fields": changes,
        });
        json_line("revision", &line, out)?;
        return Ok(1);
    }
    let title = commit.map_or("not committed yet".to_owned(), |commit| {
        let (day, hash) =
            (commit.date.get(..10).unwrap_or(&commit.date), commit.hash.get(..7).unwrap_or(&commit.hash));
        format!("{day} {hash} {}: {}", commit.author, commit.subject)
    });
    writeln!(out, "{}", paint(&printable(&title), style::HEAD, context.colour()))?;
    write_fields(changes, context.colour(), out)?;
    Ok(1)
}
