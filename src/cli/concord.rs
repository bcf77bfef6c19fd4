//! `glosa concord`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum, value_parser};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::Exit;
use super::context::{Context, Failure};
use super::lookup::marked;
use super::style::{self, WIDTHS, counted, paint, printable};
use crate::concord::Concordance;
use crate::concord::kwic::{self, KwicLine, Order};
use crate::concord::uses::{self, Partner, Uses};
use crate::lang::Lang;
use crate::matcher::{Matcher, Overlaps};
use crate::termbase::{CaseMode, Concept, LangSection, LangTag, TermEntry, Termbase};
use crate::text::{Space, Span};

/// Arguments of `concord`.
#[derive(Debug, Args)]
pub(super) struct ConcordArgs {
    /// Word or phrase, found in any inflected, accented or typographic form
    query: String,
    /// Texts or folders [default: the corpus]
    paths: Vec<PathBuf>,
    /// Only the form as typed (case and accents apart)
    #[arg(long)]
    exact: bool,
    /// Show the aligned sentence of the translation too
    #[arg(long)]
    pair: bool,
    /// The order of the lines
    #[arg(long, value_enum, default_value_t = Sort::File, value_name = "ORDER")]
    sort: Sort,
    /// Columns of context on either side
    #[arg(short = 'w', long, default_value_t = 40, value_name = "N", value_parser = value_parser!(u16).range(WIDTHS))]
    width: u16,
    /// The most lines
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    /// As in the corpus
    File,
    /// By the words before
    Left,
    /// By the words behind
    Right,
}

/// Prints concordance lines.
pub(super) fn run(args: &ConcordArgs, context: &mut Context) -> Result<Exit, Failure> {
    let (project, engine) = context.engine_or_none(&args.paths)?;
    let collection = context.collection(&project, &engine, &args.paths, args.pair);
    let concordance = Concordance::new(&collection);
    let mut lines = lines(args, &concordance);
    kwic::sort(&mut lines, order(args.sort));
    let total = lines.len();
    lines.truncate(args.limit.unwrap_or(usize::MAX));
    let candidates = if args.pair { uses(&args.query, &concordance, 0).candidates } else { Vec::new() };
    let shown = Shown {
        args,
        concordance: &concordance,
        candidates: candidates.into_iter().take(MARKED).collect(),
        colour: context.colour(),
        json: context.globals.json,
    };
    let mut out = context.output();
    for line in &lines {
        shown.line(line, &mut out)?;
    }
    out.finish()?;
    let documents = counted(collection.documents.len(), "document");
    context.say(&format!("{} in {documents}", counted(total, "line")));
    if total > 0 && !args.pair {
        context.next_step(
            "`--pair` shows the sentence of the translation too, `--sort right` groups what follows",
        );
    }
    Ok(if total == 0 { Exit::Nothing } else { Exit::Done })
}

/// So many of the words that stand beside the query are taken for renderings of it.
const MARKED: usize = 1;

fn order(sort: Sort) -> Order {
    match sort {
        Sort::File => Order::Corpus,
        Sort::Left => Order::Left,
        Sort::Right => Order::Right,
    }
}

/// A matcher for the query alone, as a term of either language.
fn query_matcher(query: &str, exact: bool) -> Matcher {
    let entry = TermEntry {
        case: CaseMode::Any,
        inflect: exact.then_some(false),
        ..TermEntry::new(query.to_lowercase())
    };
    let section = |lang: Lang| LangSection { tag: LangTag(lang.code().into()), terms: vec![entry.clone()] };
    let concept = Concept { sections: Lang::ALL.map(section).to_vec(), ..Concept::default() };
    Matcher::new(&Termbase { concepts: vec![concept].into(), ..Termbase::default() })
}

fn lines(args: &ConcordArgs, concordance: &Concordance<'_>) -> Vec<KwicLine> {
    let matcher = query_matcher(&args.query, args.exact);
    let mut lines = Vec::new();
    for (index, analysis) in concordance.collection().documents.iter().enumerate() {
        let document = &analysis.document;
        for hit in matcher.search(&document.text, Overlaps::Longest, &|_| None) {
            let (left, node, right) = kwic::context(&document.text, hit.span, args.width.into());
            lines.push(KwicLine {
                document: document.file_name().to_owned(),
                index,
                line: concordance.line(index, hit.span),
                part: document.part(hit.span).map(str::to_owned),
                span: hit.span,
                left,
                node,
                right,
            });
        }
    }
    lines
}

struct Shown<'a> {
    args: &'a ConcordArgs,
    concordance: &'a Concordance<'a>,
    /// Words that may render the query where the glossary says nothing.
    candidates: Vec<String>,
    colour: bool,
    json: bool,
}

impl Shown<'_> {
    fn line(&self, line: &KwicLine, out: &mut impl Write) -> Result<(), Failure> {
        let partner = match self.args.pair {
            true => uses::partner(self.concordance, line.index, line.span, &self.candidates),
            false => None,
        };
        if self.json {
            writeln!(out, "{}", self.json_line(line, partner.as_ref()))?;
            return Ok(());
        }
        let width = usize::from(self.args.width);
        let pad = " ".repeat(width.saturating_sub(line.left.width()));
        let right_pad = " ".repeat(width.saturating_sub(line.right.width()));
        let document = &self.concordance.document(line.index).document;
        let spot = document.part_without_line(line.span).map_or_else(|| line.line.to_string(), str::to_owned);
        let place = format!("{}:{}", printable(&line.document), printable(&spot));
        writeln!(
            out,
            "{pad}{}{}{}{right_pad}  {}",
            printable(&line.left),
            style::mark(&line.node, self.colour),
            printable(&line.right),
            paint(&place, style::QUIET, self.colour)
        )?;
        if let Some(partner) = partner {
            let text = marked(&partner.text, &partner.marks, self.colour);
            writeln!(out, "{:>width$}  {text}", partner.lang.code(), width = width.min(6))?;
        }
        Ok(())
    }

    fn json_line(&self, line: &KwicLine, partner: Option<&Partner>) -> serde_json::Value {
        let document = &self.concordance.document(line.index).document;
        let span = document.file_span(line.span);
        let mut object = json!({
            "type": "kwic", "document": line.document, "line": line.line, "start": span.start, "end": span.end,
            "left": line.left, "node": line.node, "right": line.right,
        });
        if document.map.space != Space::Disk {
            object["space"] = json!(document.map.space);
        }
        if let Some(part) = &line.part {
            object["part"] = json!(part);
        }
        if let Some(partner) = partner {
            object["pair"] = json!({
                "document": partner.document, "lang": partner.lang, "text": partner.text, "line": partner.line,
                "marks": partner.marks, "unlisted": partner.unlisted,
            });
            if let Some(part) = &partner.part {
                object["pair"]["part"] = json!(part);
            }
        }
        object
    }
}

/// The uses of a word in the pairs of a collection, for look-ups that find no entry.
pub(super) fn uses(query: &str, concordance: &Concordance<'_>, limit: usize) -> Uses {
    let matcher = query_matcher(query, false);
    let spans =
        |text: &str| matcher.search(text, Overlaps::Longest, &|_| None).iter().map(|hit| hit.span).collect();
    let documents = concordance.collection().documents.iter();
    let spans: Vec<Vec<Span>> = documents.map(|analysis| spans(&analysis.document.text)).collect();
    uses::uses(concordance, &spans, limit)
}
