//! `glosa extract`.

mod formats;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{counted, printable};
use crate::engine::{Collection, Engine};
use crate::extract::bilingual::{Bitext, Equivalents};
use crate::extract::proposals::{self, Passage, Proposal, Proposing};
use crate::extract::statistics::Statistics;
use crate::extract::terms::Limits;
use crate::lang::Lang;
use crate::matcher::Overlaps;
use crate::project::files::shown;
use crate::project::rejected::{self, Rejected};
use crate::project::write::write;
use crate::project::{Workers, extraction};
use crate::termbase::edit::{NewConcept, add_several};
use crate::termbase::{LangTag, Review};
use crate::text::Document;
use crate::text::tokens::phrase_key;
use formats::Format;

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Texts or folders [default: the corpus]; with --lines a Spanish text and its English translation
    paths: Vec<PathBuf>,
    /// Give terms with their equivalents, from texts and their translations
    #[arg(long)]
    bilingual: bool,
    /// Line i of the first text, in Spanish, is translated by line i of the second, in English
    #[arg(long, requires = "bilingual")]
    lines: bool,
    /// Give the equivalents of these English terms, one a line
    #[arg(long, value_name = "FILE", requires = "bilingual")]
    terms: Option<PathBuf>,
    /// text, json, csv or toml [default: by the name of -o, else text]
    #[arg(short, long, value_name = "FORMAT", conflicts_with = "terms")]
    format: Option<String>,
    /// The most proposals; 0 for all [default: 100 as text and with --add, all in other formats]
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// The least occurrences of a proposed term
    #[arg(long, default_value_t = 2, value_name = "N")]
    min_count: usize,
    /// Learn from these texts alone, not from the statistics that glosa carries
    #[arg(long)]
    no_statistics: bool,
    /// Add what is shown to the glossary, marked `review = "proposed"`
    #[arg(long, conflicts_with = "terms")]
    add: bool,
    /// Never propose this term again; may be repeated
    #[arg(long, value_name = "TERM", conflicts_with_all = ["add", "terms", "paths"])]
    reject: Vec<String>,
}

/// Proposals that are read one by one are shown so many at a time.
const SHOWN: usize = 100;

/// Proposes terms.
pub(super) fn run(args: &ExtractArgs, context: &mut Context) -> Result<Exit, Failure> {
    if !args.reject.is_empty() {
        return reject(&args.reject, context);
    }
    match &args.terms {
        Some(file) => equivalents(args, file, context),
        None => proposed(args, context),
    }
}

/// Remembers that terms are not wanted.
fn reject(terms: &[String], context: &mut Context) -> Result<Exit, Failure> {
    let path = rejected::beside(&context.glossary_file()?);
    let mut rejected = Rejected::read(&path)?;
    if let Some(term) = terms.iter().find(|term| phrase_key(term).is_empty()) {
        return Err(Failure::usage(format!("“{}” has no words to be rejected by", printable(term))));
    }
    let added = terms.iter().filter(|term| rejected.add(term)).count();
    rejected.write(&path)?;
    context.say(&format!("{} added to {}", counted(added, "term"), shown(&path)));
    Ok(Exit::Done)
}

/// The statistics to start from.
fn statistics(args: &ExtractArgs) -> Statistics<'static> {
    if args.no_statistics { Statistics::default() } else { Statistics::shipped() }
}

/// `--terms`: the equivalents of given terms, each line of the file answered.
fn equivalents(args: &ExtractArgs, file: &Path, context: &mut Context) -> Result<Exit, Failure> {
    let terms = context.glossary_text(file)?;
    let terms: Vec<&str> = terms.lines().map(|term| term.trim_start_matches('\u{feff}')).collect();
    let found = if args.lines {
        let (es, en) = two_texts(args, context)?;
        let bitext = bitext(&paired(args, &es, &en, context)?, args, context);
        bitext.equivalents(&terms)
    } else {
        let (project, engine) = context.engine_or_none(&args.paths)?;
        let collection = context.collection(&project, &engine, &args.paths, true);
        let pairs = pairs_of(&collection)?;
        bitext(&texts(&pairs), args, context).equivalents(&terms)
    };
    let mut out = context.output();
    for (term, found) in terms.iter().zip(&found) {
        equivalent(term, found, context, &mut out)?;
    }
    out.finish()?;
    let answered = found.iter().filter(|found| !found.best.is_empty()).count();
    context.say(&format!("{answered} of {} with an equivalent", counted(terms.len(), "term")));
    Ok(if answered == 0 { Exit::Nothing } else { Exit::Done })
}

fn equivalent(
    term: &str,
    found: &Equivalents,
    context: &Context,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let es: Vec<&str> = found.best.iter().map(|best| best.term.as_str()).collect();
    if context.globals.json {
        let scores: Vec<f64> = found.best.iter().map(|best| formats::rounded(best.score)).collect();
        let line =
            json!({ "type": "equivalent", "en": term, "es": es, "scores": scores, "count": found.count });
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "{}\t{}", printable(term), printable(&es.join("; ")))?;
    }
    Ok(())
}

/// The two files of `--lines`.
fn two_texts(args: &ExtractArgs, context: &mut Context) -> Result<(String, String), Failure> {
    let [es, en] = args.paths.as_slice() else {
        return Err(Failure::usage("--lines takes two files: a Spanish text and its English translation"));
    };
    Ok((context.glossary_text(es)?, context.glossary_text(en)?))
}

/// The lines of two texts, in pairs.
fn paired<'t>(
    args: &ExtractArgs,
    es: &'t str,
    en: &'t str,
    context: &Context,
) -> Result<Vec<(&'t str, &'t str)>, Failure> {
    let cut = |text: &'t str| text.strip_prefix('\u{feff}').unwrap_or(text).lines();
    let (spanish, english) = (cut(es).count(), cut(en).count());
    if spanish != english {
        return Err(Failure::usage(format!(
            "{} has {} and {} has {}; with --lines each line must be translated by the line of the same number \
             (`glosa align` pairs texts that are not)",
            shown(&args.paths[0]),
            counted(spanish, "line"),
            shown(&args.paths[1]),
            counted(english, "line")
        )));
    }
    if spanish == 0 {
        context.say("the two files are empty");
    }
    Ok(cut(es).zip(cut(en)).collect())
}

/// The pairs of a collection, which must have some.
fn pairs_of(collection: &Collection) -> Result<Vec<(Passage<'_>, Passage<'_>)>, Failure> {
    if collection.bitexts.is_empty() {
        return Err(Failure::usage(
            "there are no pairs of a text and its translation; name files or folders of both languages, or list \
             `pairs` under [glossary]",
        ));
    }
    Ok(proposals::bitext_passages(collection))
}

fn texts<'t>(pairs: &[(Passage<'t>, Passage<'t>)]) -> Vec<(&'t str, &'t str)> {
    pairs.iter().map(|(es, en)| (es.text, en.text)).collect()
}

/// Aligns the words of lines, both directions at a time.
fn bitext<'t>(lines: &[(&'t str, &'t str)], args: &ExtractArgs, context: &Context) -> Bitext<'t> {
    let bitext = extraction::align_words(lines, &statistics(args), &Workers::new(context.jobs()));
    let left_out = bitext.left_out();
    if left_out > 0 {
        context.say(&format!(
            "note: {} with more than {} words on a side left out of word alignment",
            counted(left_out, "pair"),
            bitext.longest()
        ));
    }
    bitext
}

/// Proposals from texts.
fn proposed(args: &ExtractArgs, context: &mut Context) -> Result<Exit, Failure> {
    let format = Format::choose(args.format.as_deref(), context)?;
    let (project, engine) = context.engine_or_none(&args.paths)?;
    let rejected = match context.glossary_file() {
        Ok(path) => Rejected::read(&rejected::beside(&path))?,
        Err(_) => Rejected::default(),
    };
    let mut found = if args.lines {
        from_lines(args, &engine, rejected.keys(), context)?
    } else {
        let collection = context.collection(&project, &engine, &args.paths, args.bilingual);
        context.expect_texts(collection.documents.len())?;
        from_collection(args, &collection, rejected.keys(), context)?
    };
    let total = found.len();
    let few = args.add || format.is_text();
    match args.limit.unwrap_or(if few { SHOWN } else { 0 }) {
        0 => {}
        limit => found.truncate(limit),
    }
    if args.add {
        return add(&found, context);
    }
    let mut out = context.output();
    out.write_all((format.render)(&found, context.colour()).as_bytes())?;
    out.finish()?;
    context.say(&format!("{} of {} shown", found.len(), counted(total, "candidate")));
    if total > 0 {
        context.next_step(
            "`--add` puts them into the glossary as proposed, `--reject TERM` never shows one again",
        );
    }
    Ok(if total == 0 { Exit::Nothing } else { Exit::Done })
}

fn proposing<'a>(
    args: &ExtractArgs,
    documents: &'a [&'a Document],
    statistics: &'a Statistics<'a>,
    rejected: &'a BTreeSet<String>,
) -> Proposing<'a> {
    let limits = Limits { count: args.min_count.max(1), ..Limits::default() };
    Proposing { documents, statistics, rejected, limits }
}

fn from_collection(
    args: &ExtractArgs,
    collection: &Collection,
    rejected: &BTreeSet<String>,
    context: &Context,
) -> Result<Vec<Proposal>, Failure> {
    let documents: Vec<&Document> = collection.documents.iter().map(|analysis| &analysis.document).collect();
    let statistics = statistics(args);
    let proposing = proposing(args, &documents, &statistics, rejected);
    if args.bilingual {
        let pairs = pairs_of(collection)?;
        return Ok(proposing.bilingual(&pairs, &bitext(&texts(&pairs), args, context)));
    }
    Ok(proposing.of_either(|lang| proposals::passages(collection, lang)))
}

fn from_lines(
    args: &ExtractArgs,
    engine: &Engine,
    rejected: &BTreeSet<String>,
    context: &mut Context,
) -> Result<Vec<Proposal>, Failure> {
    let (es, en) = two_texts(args, context)?;
    let lines = paired(args, &es, &en, context)?;
    let names = [shown(&args.paths[0]), shown(&args.paths[1])];
    let documents =
        [Document::plain(names[0].as_str(), es.as_str()), Document::plain(names[1].as_str(), en.as_str())];
    let documents: Vec<&Document> = documents.iter().collect();
    let pairs: Vec<(Passage<'_>, Passage<'_>)> = lines
        .iter()
        .map(|&(spanish, english)| {
            (line_passage(spanish, &es, 0, engine), line_passage(english, &en, 1, engine))
        })
        .collect();
    let statistics = statistics(args);
    Ok(proposing(args, &documents, &statistics, rejected).bilingual(&pairs, &bitext(&lines, args, context)))
}

/// A line of a text as a passage.
fn line_passage<'t>(line: &'t str, whole: &str, document: usize, engine: &Engine) -> Passage<'t> {
    let start = line.as_ptr() as usize - whole.as_ptr() as usize;
    let hits = engine.matcher().search(line, Overlaps::Longest, &|_| None);
    Passage { text: line, known: hits.iter().map(|hit| hit.span).collect(), document, start }
}

/// Writes proposals into the glossary file.
fn add(found: &[Proposal], context: &mut Context) -> Result<Exit, Failure> {
    let path = context.glossary_file()?;
    let project = context.project()?;
    let text = context.glossary_text(&path)?;
    let concepts: Vec<NewConcept> = found.iter().map(new_concept).collect();
    match add_several(&text, &project.termbase, &concepts) {
        Ok((changed, count)) => {
            if count > 0 {
                write(&path, changed.as_bytes())?;
            }
            context.say(&format!("{} added to {}, to be reviewed", counted(count, "concept"), shown(&path)));
            context.next_step("`glosa review` walks through them");
            Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
        }
        Err(findings) => {
            context.report(&findings, &project.sources);
            Ok(Exit::Trouble)
        }
    }
}

/// A proposal as an entry, with its evidence.
fn new_concept(proposal: &Proposal) -> NewConcept {
    let tag = |lang: Lang| LangTag(lang.code().to_owned());
    let mut terms = vec![(tag(proposal.lang), vec![proposal.term.clone()])];
    if let Some(best) = proposal.equivalents.first() {
        terms.insert(0, (tag(proposal.lang.other()), vec![best.term.clone()]));
    }
    NewConcept {
        terms,
        source: Some(formats::evidence(proposal)),
        review: Some(Review::Proposed),
        ..NewConcept::default()
    }
}
