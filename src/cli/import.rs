//! `glosa import`.

use std::io::{self, BufRead, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::convert::{Columns, languages, placed, report};
use super::output::{Output, json_line, talk};
use super::style::{counted, printable};
use crate::check::{Severity, SourceFile};
use crate::exchange::sheet::{self, Returned};
use crate::exchange::{ImportConflict, Imported, Importer, NewReview, Side, revise};
use crate::format::terms::{self, ColumnName, Format, Input, Reading};
use crate::project::Project;
use crate::project::files::{self, shown};
use crate::project::write::write;
use crate::termbase::edit::Surroundings;
use crate::termbase::{LangTag, Review, Termbase};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Termbases in any format that `glosa convert` reads; `-` is stdin
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The glossary file to take them into [default: the project's]
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// The format of the files [default: by their content and name]
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// The languages, the source first, where a file does not name them
    #[arg(long, value_name = "es,en", value_delimiter = ',')]
    langs: Vec<String>,
    /// Which side is right where both state something differently [default: keep, and exit status 1]
    #[arg(long, value_name = "SIDE")]
    merge: Option<Rule>,
    /// The workflow state of new entries: proposed, reviewed, approved, or stated (as the file says)
    #[arg(long, value_name = "STATE", default_value = "proposed", value_parser = new_review)]
    review: NewReview,
    /// Write nothing; tell what would change
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    columns: Columns,
    /// Write nothing if anything would be lost
    #[arg(long)]
    strict: bool,
}

/// Who decides a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rule {
    // The glossary is right.
    Keep,
    // The imported file is right.
    Theirs,
    // Ask, one conflict after the other.
    Ask,
}

fn new_review(word: &str) -> Result<NewReview, String> {
    match word {
        "stated" => Ok(NewReview::AsStated),
        word => Review::from_word(word)
            .map(NewReview::State)
            .ok_or_else(|| format!("the states are {}, stated", Review::WORDS.join(", "))),
    }
}

/// Takes termbases into the glossary: the same concept is added to, a new one comes behind.
pub(super) fn run(args: &ImportArgs, context: &mut Context) -> Result<Exit, Failure> {
    let target = Target::open(args.into.as_deref(), context)?;
    let incoming = read_all(args, context)?;
    let mut importer = Importer::new(&target.termbase, args.review);
    let mut judge = Judge { rule: args.merge.unwrap_or(Rule::Keep), open: true, cut_off: false };
    for content in incoming.contents {
        let mut decide = |conflict: &ImportConflict| judge.decide(conflict);
        match content {
            Content::Termbase(termbase) => importer.take(termbase, &mut decide),
            Content::Returned(returned) => importer.take_returned(returned, &mut decide),
        }
    }
    let imported = importer.finish();
    if judge.cut_off {
        return Err(Failure::usage(
            "the answers ended before every conflict was decided, so nothing was imported; `q` keeps the rest as it is",
        ));
    }
    let text = match revise(&target.name, &target.text, &imported.revisions, &target.around) {
        Ok(text) => text,
        Err(findings) => {
            context.report(&findings, &[SourceFile { name: target.name, text: target.text }]);
            return Err(Failure::usage("nothing was imported"));
        }
    };
    tell(&imported, args.merge.is_some(), context)?;
    if args.strict && (incoming.skipped || !imported.losses.is_empty()) {
        return Err(Failure::usage("nothing was imported: --strict allows no loss"));
    }
    target.save(&text, args.dry_run)?;
    sum_up(&imported, &target, args.dry_run, context)?;
    let open = (args.merge.is_none() && !imported.conflicts.is_empty()) || !imported.ambiguous.is_empty();
    Ok(if open { Exit::Nothing } else { Exit::Done })
}

/// The glossary file that is imported into, with what lies below it.
struct Target {
    path: PathBuf,
    name: String,
    text: String,
    /// The file laid over what it builds on.
    termbase: Termbase,
    around: Surroundings,
}

impl Target {
    fn open(into: Option<&Path>, context: &mut Context) -> Result<Target, Failure> {
        let path = match into {
            Some(path) => path.to_owned(),
            None => context.glossary_file()?,
        };
        let name = shown(&path);
        if !name.to_lowercase().ends_with(".toml") {
            return Err(Failure::usage(format!("`{name}` is no glossary.toml; name one with --into")));
        }
        if !path.exists() && into.is_some() {
            let around = Surroundings::default();
            return Ok(Target { path, name, text: String::new(), termbase: Termbase::default(), around });
        }
        let named = &context.globals.glossary;
        // The layers up to this one: what a later one says of an entry is not this one's business.
        let layers: Vec<PathBuf> = match named.iter().position(|layer| *layer == path) {
            Some(at) => named[..=at].to_vec(),
            None => vec![path.clone()],
        };
        let project = Project::open(&layers)?;
        context.report(&project.findings, &project.sources);
        if project.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Failure::usage(
                "the glossary has errors, so nothing is imported; mend them first (`glosa lint` shows them all)",
            ));
        }
        let text = context.glossary_text(&path)?;
        let around = others(&project, &name);
        Ok(Target { path, name, text, termbase: project.termbase, around })
    }

    /// Writes the file where it has changed, provided that it can be read then.
    fn save(&self, text: &str, dry_run: bool) -> Result<(), Failure> {
        if dry_run || text == self.text {
            return Ok(());
        }
        Ok(write(&self.path, text.as_bytes())?)
    }
}

/// What lies around a file of a project: the languages, and the ids of the other layers.
fn others(project: &Project, name: &str) -> Surroundings {
    let elsewhere = |concept: &&crate::termbase::Concept| {
        concept.place.as_ref().is_some_and(|place| *place.file != *name)
    };
    let taken = project.termbase.concepts.iter().filter(elsewhere).map(|concept| concept.id.clone());
    Surroundings { languages: project.termbase.settings.languages.clone(), taken: taken.collect() }
}

/// The content of a file.
enum Content {
    Termbase(Termbase),
    /// A sheet for review that comes back.
    Returned(Returned),
}

/// What was read.
#[derive(Default)]
struct Incoming {
    contents: Vec<Content>,
    /// Something could not be read and was left out.
    skipped: bool,
}

/// Reads all files; where one cannot be read, nothing is imported.
fn read_all(args: &ImportArgs, context: &mut Context) -> Result<Incoming, Failure> {
    let format = match &args.format {
        Some(name) => Some(terms::find(name).ok_or_else(|| terms::unknown(name))?),
        None => None,
    };
    let given = Given { format, languages: languages(&args.langs)?, columns: &args.columns.named };
    let mut incoming = Incoming::default();
    let mut unread = Vec::new();
    for path in &args.files {
        match read_one(path, &given, &mut incoming, context) {
            Ok(content) => incoming.contents.push(content),
            Err(Failure::Message(message)) => unread.push(message),
            Err(other) => return Err(other),
        }
    }
    if unread.is_empty() {
        Ok(incoming)
    } else {
        Err(Failure::usage(unread.join("\n") + "\nnothing was imported"))
    }
}

/// What is said of the files.
struct Given<'a> {
    format: Option<&'static Format>,
    languages: Vec<LangTag>,
    columns: &'a [ColumnName],
}

fn read_one(
    path: &Path,
    given: &Given<'_>,
    incoming: &mut Incoming,
    context: &mut Context,
) -> Result<Content, Failure> {
    let bytes = files::read(path, files::SIZE_LIMIT)?;
    let name = shown(path);
    if given.format.is_none()
        && given.columns.is_empty()
        && let Some(returned) = sheet::read(&name, &bytes)
    {
        let returned = returned?;
        incoming.skipped |= returned.findings.iter().any(terms::is_skip);
        context.report_files(&returned.findings);
        return Ok(Content::Returned(returned));
    }
    let (languages, columns) = (given.languages.clone(), given.columns.to_vec());
    let input = Input { name: &name, bytes: &bytes, languages, columns };
    let reading = terms::read(&input, given.format);
    incoming.skipped |= reading.has_skipped();
    let Reading { termbase, findings, text } = reading;
    context.report_files(&placed(findings, &text));
    let content = termbase.map(Content::Termbase);
    content.ok_or_else(|| Failure::usage(format!("`{name}` was not read")))
}

/// Decides conflicts.
struct Judge {
    rule: Rule,
    /// Whether there may be more answers.
    open: bool,
    /// The answers ended where another one was needed.
    cut_off: bool,
}

impl Judge {
    fn decide(&mut self, conflict: &ImportConflict) -> Side {
        match self.rule {
            Rule::Keep => Side::Here,
            Rule::Theirs => Side::There,
            Rule::Ask => self.ask(conflict),
        }
    }

    fn ask(&mut self, conflict: &ImportConflict) -> Side {
        talk(&(conflict_lines(conflict) + "\n"));
        while self.open {
            talk("keep, theirs, all theirs, quit asking (keep)? ");
            let mut line = String::new();
            if io::stdin().lock().read_line(&mut line).unwrap_or(0) == 0 {
                self.cut_off = true;
                break;
            }
            match line.trim() {
                "k" | "keep" | "" => return Side::Here,
                "t" | "theirs" => return Side::There,
                "a" | "all" => {
                    self.rule = Rule::Theirs;
                    return Side::There;
                }
                "q" | "quit" => break,
                other => talk(&format!("“{}” is none of k, t, a, q\n", printable(other))),
            }
        }
        self.open = false;
        self.rule = Rule::Keep;
        Side::Here
    }
}

/// A conflict for people: the field, and both sides below it.
fn conflict_lines(conflict: &ImportConflict) -> String {
    let here = conflict.here.as_deref().unwrap_or("(not stated)");
    let there = conflict.there.as_deref().unwrap_or("(taken out)");
    let (concept, field) = (&conflict.concept, &conflict.field);
    format!("`{concept}` {field}\n  here:   {}\n  theirs: {}", one_line(here), one_line(there))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The conflicts, what may be several concepts, and what was lost.
fn tell(imported: &Imported, decided: bool, context: &mut Context) -> Result<(), Failure> {
    report(&imported.losses, Severity::Warning, context);
    if context.globals.json {
        let mut out = Output::new(context.globals.output.clone());
        for conflict in &imported.conflicts {
            json_line("conflict", conflict, &mut out)?;
        }
        for (concept, comment) in &imported.comments {
            json_line("comment", &json!({ "concept": concept, "comment": comment }), &mut out)?;
        }
        for (entry, concepts) in &imported.ambiguous {
            json_line("ambiguous", &json!({ "entry": entry, "concepts": concepts }), &mut out)?;
        }
        for loss in &imported.losses {
            json_line("loss", loss, &mut out)?;
        }
        let (added, changed, unchanged) = (imported.added, imported.changed, imported.unchanged);
        let summary = json!({ "added": added, "changed": changed, "unchanged": unchanged,
            "conflicts": imported.conflicts.len(), "ambiguous": imported.ambiguous.len() });
        json_line("summary", &summary, &mut out)?;
        return out.finish();
    }
    let mut out = context.output();
    for conflict in &imported.conflicts {
        let verdict = match (conflict.taken, decided) {
            (Side::There, _) => "taken over",
            (Side::Here, true) => "kept",
            (Side::Here, false) => "conflict",
        };
        writeln!(out, "{verdict}: {}", crate::cli::style::printable_lines(&conflict_lines(conflict)))?;
    }
    for (concept, comment) in &imported.comments {
        writeln!(out, "{}", printable(&format!("comment: `{concept}` {}", one_line(comment))))?;
    }
    for (entry, concepts) in &imported.ambiguous {
        let ids: Vec<&str> = concepts.iter().map(|id| id.as_str()).collect();
        let line = format!("left out: “{entry}” may be any of {}; give it the id of one", ids.join(", "));
        writeln!(out, "{}", printable(&line))?;
    }
    out.finish()
}

fn sum_up(imported: &Imported, target: &Target, dry_run: bool, context: &Context) -> Result<(), Failure> {
    let would = if dry_run { "would be " } else { "" };
    let (added, changed) = (counted(imported.added, "concept"), counted(imported.changed, "concept"));
    let same = imported.unchanged;
    context
        .say(&format!("{added} {would}added to {}, {changed} {would}changed, {same} as before", target.name));
    if !imported.conflicts.is_empty() {
        context
            .next_step("`--merge theirs` takes the other side of the conflicts, `--merge ask` asks for each");
    } else if imported.added > 0 && !dry_run {
        context.next_step("`glosa review` walks through what is proposed, `glosa lint` checks the glossary");
    }
    Ok(())
}
