//! `glosa align`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::inputs::Reading;
use super::style::{self, counted, paint, printable};
use super::two_texts::two_texts;
use crate::engine::{Analysis, Bitext, Collection, Engine};
use crate::lang::Lang;
use crate::project::collection::{self, Cut};
use crate::project::pairs::Pair;
use crate::project::{Corpus, PairBy, Project};
use crate::report::beads::{self, AlignedTexts, FORMATS, Format, Options, TextSide};
use crate::text::Span;

/// Arguments of `align`.
#[derive(Debug, Args)]
pub(super) struct AlignArgs {
    /// A Spanish and an English text, or folders with texts and their translations [default: the corpus]
    paths: Vec<PathBuf>,
    /// text, tmx, tsv, json or html [default: by the name of -o, else text]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Pair lines as they stand, not sentences
    #[arg(long)]
    lines: bool,
    /// Pair texts in folders by what they say where their names do not tell
    #[arg(long)]
    pair_by_content: bool,
    /// Leave beads less sure than this, 0 to 1, out of TMX and TSV
    #[arg(long, default_value_t = 0.0, value_name = "SCORE")]
    least: f32,
    /// Beads less sure than this, 0 to 1, are in doubt
    #[arg(long, default_value_t = beads::DOUBT, value_name = "SCORE")]
    doubt: f32,
    /// Quote confidential documents too
    #[arg(long)]
    confidential: bool,
}

/// Pairs the sentences of texts and their translations.
pub(super) fn run(args: &AlignArgs, context: &mut Context) -> Result<Exit, Failure> {
    let format = format(args, context)?;
    let (project, engine) = context.engine_or_none(&args.paths)?;
    let (corpus, exchanged) = match args.paths.as_slice() {
        [first, second] if !first.is_dir() && !second.is_dir() => two_texts([first, second], context)?,
        paths => (corpus(paths, &project, &engine, args, context)?, false),
    };
    let cut = if args.lines { Cut::Lines } else { Cut::Sentences };
    let collection = collection::analyse(&engine, corpus, cut, context.jobs());
    let texts: Vec<AlignedTexts<'_>> =
        collection.bitexts.iter().map(|bitext| aligned(&collection, bitext, exchanged)).collect();
    let options = options(&engine, args, exchanged);
    write(&texts, format, &options, context)?;
    Ok(summary(&texts, &options, context))
}

/// The form asked for; `None` is text for the terminal.
fn format(args: &AlignArgs, context: &Context) -> Result<Option<&'static Format>, Failure> {
    let output = context.globals.output.as_ref();
    let extension = output.and_then(|path| path.extension()).and_then(|extension| extension.to_str());
    let default = context.globals.json.then_some("json");
    match args.format.as_deref() {
        Some("text") => Ok(None),
        Some(name) => beads::format(name).map(Some).ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            Failure::usage(format!(
                "unknown format “{}”; there are text, {}",
                printable(name),
                names.join(", ")
            ))
        }),
        None => Ok(default.or(extension).and_then(beads::format)),
    }
}

/// The pairs under folders, or of the corpus.
fn corpus(
    paths: &[PathBuf],
    project: &Project,
    engine: &Engine,
    args: &AlignArgs,
    context: &mut Context,
) -> Result<Corpus, Failure> {
    let pair_by = if args.pair_by_content { PairBy::Content } else { PairBy::Names };
    let mut corpus = context.corpus(project, engine, paths, &Reading { pair_by, ..Reading::default() });
    context.expect_texts(corpus.documents.len())?;
    tell_unpaired(&corpus, args.pair_by_content, context);
    if !args.confidential {
        let secret = |pair: &Pair| [pair.es, pair.en].iter().any(|&i| corpus.documents[i].confidential);
        let all = corpus.pairs.len();
        corpus.pairs.retain(|pair| !secret(pair));
        if corpus.pairs.len() < all {
            let left_out = counted(all - corpus.pairs.len(), "confidential pair");
            context.say(&format!("{left_out} left out; `--confidential` takes them in"));
        }
    }
    Ok(corpus)
}

/// As many texts without a counterpart are named.
const NAMED: usize = 5;

/// Says which texts have no counterpart, and what may help.
fn tell_unpaired(corpus: &Corpus, by_content: bool, context: &Context) {
    let paired = |i: &usize| corpus.pairs.iter().any(|pair| pair.es == *i || pair.en == *i);
    let alone: Vec<&str> = (0..corpus.documents.len())
        .filter(|i| !paired(i))
        .map(|i| corpus.documents[i].name.as_str())
        .collect();
    if alone.is_empty() {
        return;
    }
    let more = if alone.len() > NAMED { format!(" and {} more", alone.len() - NAMED) } else { String::new() };
    let names = alone[..alone.len().min(NAMED)].join(", ");
    context.say(&format!("{} without counterpart: {names}{more}", counted(alone.len(), "text")));
    if !by_content {
        context.say("`--pair-by-content` pairs them by what they say");
    }
}

fn options(engine: &Engine, args: &AlignArgs, exchanged: bool) -> Options {
    let settings = &engine.termbase().settings;
    let tag = |lang: Lang| {
        let tags = settings.languages.iter().filter(|tag| tag.lang() == Some(lang));
        tags.map(|tag| tag.0.clone()).next().unwrap_or_else(|| lang.code().to_owned())
    };
    Options {
        tags: Lang::ALL.map(tag),
        source: if exchanged { Lang::En } else { Lang::Es },
        ui: settings.labels(),
        doubt: args.doubt,
        least: args.least,
    }
}

fn aligned<'a>(collection: &'a Collection, bitext: &'a Bitext, exchanged: bool) -> AlignedTexts<'a> {
    let [es, en] = [bitext.es, bitext.en].map(|document| side(&collection.documents[document]));
    AlignedTexts { es, en, beads: &bitext.beads, exchanged }
}

fn side(analysis: &Analysis) -> TextSide<'_> {
    let text = |span: Span| span.of(&analysis.document.text);
    let segments = analysis.segments.iter().map(|segment| text(segment.span)).collect();
    TextSide { name: &analysis.document.name, segments }
}

fn write(
    texts: &[AlignedTexts<'_>],
    format: Option<&Format>,
    options: &Options,
    context: &Context,
) -> Result<(), Failure> {
    let mut out = context.output();
    match format {
        Some(format) => out.write_all((format.render)(texts, options).as_bytes())?,
        None => {
            for text in texts {
                write_text(text, options, context.colour(), &mut out)?;
            }
        }
    }
    out.finish()
}

/// Beads for the terminal: the Spanish side, the English one below it.
fn write_text(
    text: &AlignedTexts<'_>,
    options: &Options,
    colour: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let names = format!("{} ↔ {}", printable(text.es.name), printable(text.en.name));
    writeln!(out, "{}", paint(&names, style::PLACE, colour))?;
    for bead in text.beads {
        let mark = if bead.score < options.doubt { style::WARNING } else { style::QUIET };
        let score = format!("{:.2}", bead.score);
        let [es, en] = [text.es.text(&bead.es), text.en.text(&bead.en)];
        writeln!(out, "{}  {}", paint(&score, mark, colour), shown(&es))?;
        writeln!(out, "      {}", shown(&en))?;
    }
    Ok(())
}

fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_empty() { "—".into() } else { printable(text) }
}

fn summary(texts: &[AlignedTexts<'_>], options: &Options, context: &Context) -> Exit {
    let beads = || texts.iter().flat_map(|text| text.beads);
    let pairs = beads().filter(|bead| !bead.es.is_empty() && !bead.en.is_empty()).count();
    let alone: usize = beads()
        .filter(|bead| bead.es.is_empty() || bead.en.is_empty())
        .map(|bead| bead.es.len() + bead.en.len())
        .sum();
    let doubtful = beads().filter(|bead| bead.score < options.doubt).count();
    context.say(&format!(
        "{} in {}: {} without counterpart, {doubtful} in doubt",
        counted(pairs, "bead"),
        if texts.len() == 1 {
            "1 pair of texts".to_owned()
        } else {
            format!("{} pairs of texts", texts.len())
        },
        counted(alone, "sentence"),
    ));
    context.next_step("`-f html -o review.html` shows the doubtful ones side by side, `-f tmx -o memory.tmx` is for translation tools");
    if pairs == 0 { Exit::Nothing } else { Exit::Done }
}
