//! `glosa scan`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum, value_parser};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{self, WIDTHS, counted, paint, printable};
use crate::concord::kwic;
use crate::engine::Engine;
use crate::matcher::{Hit, Overlaps};
use crate::project::Workers;
use crate::project::texts::{Text, Texts};
use crate::report::build::preferred;
use crate::text::{LineIndex, Space};

/// Arguments of `scan`.
#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    /// Texts or folders; - is stdin [default: the corpus]
    paths: Vec<PathBuf>,
    /// Which of overlapping terms to give
    #[arg(long, value_enum, default_value_t = Which::Longest, value_name = "WHICH")]
    overlaps: Which,
    /// Only count: a line a document, the total last
    #[arg(long, conflicts_with = "explain")]
    count: bool,
    /// Tell the form and the rule behind each hit, and for near misses what refused them
    #[arg(long)]
    explain: bool,
    /// Only the hits of this concept
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Columns of context on either side
    #[arg(short = 'w', long, default_value_t = 36, value_name = "N", value_parser = value_parser!(u16).range(WIDTHS))]
    width: u16,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// Leftmost, then longest
    Longest,
    /// All
    All,
}

/// Marks the terms in texts.
pub(super) fn run(args: &ScanArgs, context: &mut Context) -> Result<Exit, Failure> {
    let (project, engine) = context.engine()?;
    let texts = context.texts(&project, &engine, &args.paths);
    let only = match &args.only {
        Some(id) => Some(concept(&engine, id)?),
        None => None,
    };
    let scan = Scan { args, engine, only, colour: context.colour(), json: context.globals.json };
    let mut out = context.output();
    let mut sums = Sums::default();
    scan.all(texts, context, &mut sums, &mut out)?;
    scan.end(&sums, &mut out)?;
    out.finish()?;
    context.expect_texts(sums.documents)?;
    sums.talk(context, args);
    Ok(if sums.hits == 0 { Exit::Nothing } else { Exit::Done })
}

fn concept(engine: &Engine, id: &str) -> Result<u32, Failure> {
    let found = engine.termbase().find(id);
    let found = found
        .ok_or_else(|| Failure::usage(format!("there is no concept `{id}`; `glosa lookup` finds ids")))?;
    Ok(found as u32)
}

/// What was found so far.
#[derive(Default)]
struct Sums {
    hits: usize,
    documents: usize,
    /// Hits of each document, pieces added up.
    counts: Vec<(String, usize)>,
    concepts: BTreeSet<u32>,
}

impl Sums {
    fn talk(&self, context: &Context, args: &ScanArgs) {
        let (hits, concepts, documents) = (self.hits, self.concepts.len(), self.documents);
        if !args.count {
            let (hits, concepts) = (counted(hits, "hit"), counted(concepts, "concept"));
            context.say(&format!("{hits} of {concepts} in {}", counted(documents, "document")));
        }
        context.next_step(
            "`glosa scan --explain` tells why a term was found, or refused; `glosa build` makes the page",
        );
    }
}

/// A document's share of the work: what to print, and what to add up.
struct Scanned {
    name: String,
    lines: String,
    hits: usize,
    /// Left empty where only counts are wanted.
    concepts: BTreeSet<u32>,
}

#[derive(Clone)]
struct Scan<'a> {
    args: &'a ScanArgs,
    engine: Engine,
    only: Option<u32>,
    colour: bool,
    json: bool,
}

impl Scan<'_> {
    /// Scans documents on all cores and prints them in order, some at a time so that memory stays bounded.
    fn all(
        &self,
        mut texts: Texts,
        context: &mut Context,
        sums: &mut Sums,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let workers = Workers::new(context.jobs());
        let mut next = texts.next();
        while let Some(batch) = next {
            context.report_files(&batch.findings);
            let texts_at_hand = batch.texts.iter().map(|text| text.document.text.as_str());
            let scan = Scan { engine: self.engine.for_texts(texts_at_hand), ..self.clone() };
            let scan = || workers.map_in_order(&batch.texts, |text| scan.text(text));
            // Where there is much to do, the next texts are read meanwhile.
            let scanned;
            (scanned, next) = match batch.texts.len() {
                0..2 => (scan(), texts.next()),
                _ => workers.both(scan, || texts.next()),
            };
            for document in scanned {
                self.add(&document, sums, out)?;
            }
            texts.reuse(batch.texts);
        }
        Ok(())
    }

    fn add(&self, scanned: &Scanned, sums: &mut Sums, out: &mut impl Write) -> Result<(), Failure> {
        sums.hits += scanned.hits;
        sums.concepts.extend(&scanned.concepts);
        out.write_all(scanned.lines.as_bytes())?;
        // The pieces of a large file and the two sides of a bilingual one have one name.
        match sums.counts.last_mut() {
            Some((name, hits)) if *name == scanned.name => *hits += scanned.hits,
            _ => {
                sums.documents += 1;
                sums.counts.push((scanned.name.clone(), scanned.hits));
            }
        }
        Ok(())
    }

    fn end(&self, sums: &Sums, out: &mut impl Write) -> Result<(), Failure> {
        if self.args.count {
            for (name, hits) in sums.counts.iter().filter(|_| !self.json) {
                writeln!(out, "{}:{hits}", printable(name))?;
            }
            writeln!(out, "{}", sums.hits)?;
        } else if self.json {
            let (hits, concepts, documents) = (sums.hits, sums.concepts.len(), sums.documents);
            writeln!(
                out,
                "{}",
                json!({"type": "summary", "hits": hits, "concepts": concepts, "documents": documents})
            )?;
        }
        Ok(())
    }
}

impl Scan<'_> {
    fn text(&self, text: &Text) -> Scanned {
        let document = &text.document;
        let overlaps = match self.args.overlaps {
            Which::Longest => Overlaps::Longest,
            Which::All => Overlaps::All,
        };
        let mut hits = self.engine.scan(document, overlaps);
        hits.retain(|hit| text.owns(hit.span) && self.only.is_none_or(|only| hit.term.concept == only));
        let mut scanned = Scanned {
            name: document.name.clone(),
            lines: String::new(),
            hits: hits.len(),
            concepts: if self.args.count {
                BTreeSet::new()
            } else {
                hits.iter().map(|hit| hit.term.concept).collect()
            },
        };
        if !self.args.count {
            self.print(text, &hits, &mut scanned.lines);
        }
        scanned
    }

    fn print(&self, text: &Text, hits: &[Hit], out: &mut String) {
        let lines = text.document.line_index();
        for hit in hits {
            if self.json {
                out.push_str(&self.json_line(text, &lines, hit));
            } else {
                out.push_str(&self.human_line(text, &lines, hit));
            }
            out.push('\n');
        }
        if self.args.explain {
            self.near_misses(text, &lines, out);
        }
    }

    fn json_line(&self, text: &Text, lines: &LineIndex, hit: &Hit) -> String {
        let document = &text.document;
        let (line, column) = text.place(lines, hit.span);
        let source = document.file_span(hit.span).shifted(text.offset);
        let concept = &self.engine.termbase().concepts[hit.term.concept as usize];
        let mut object = json!({
            "type": "hit", "document": document.file_name(), "start": source.start, "end": source.end,
            "line": line, "column": column, "concept": concept.id, "lang": hit.lang,
            "term": self.engine.termbase().term(hit.term).term, "text": document.source_text(hit.span),
            "form": hit.span.of(&document.text), "kind": hit.kind, "score": rounded(hit.score),
            "rule": self.engine.matcher().rule(hit.pattern), "ambiguous": hit.ambiguous,
        });
        if document.map.space != Space::Disk {
            object["space"] = json!(document.map.space);
        }
        if let Some(part) = document.part(hit.span) {
            object["part"] = json!(part);
        }
        object.to_string()
    }

    /// `file:line:column: … context [mark] … → equivalent (concept)`.
    fn human_line(&self, text: &Text, lines: &LineIndex, hit: &Hit) -> String {
        let document = &text.document;
        let (line, column) = text.place(lines, hit.span);
        let width = self.args.width.into();
        let (left, node, right) = kwic::context(&document.text, hit.span, width);
        let pad = " ".repeat(width.saturating_sub(left.width()));
        let place = match document.part_without_line(hit.span) {
            Some(part) => format!("{}:{}:", printable(document.file_name()), printable(part)),
            None => format!("{}:{line}:{column}:", printable(document.file_name())),
        };
        let mark = style::mark(&node, self.colour);
        let mut shown = format!(
            "{} {pad}{}{mark}{}  {}",
            paint(&place, style::PLACE, self.colour),
            printable(&left),
            printable(&right),
            self.equivalent(hit),
        );
        if self.args.explain {
            shown.push_str(&format!(
                "  [{}: {}]",
                hit.kind.as_str(),
                self.engine.matcher().rule(hit.pattern)
            ));
        }
        shown
    }

    fn equivalent(&self, hit: &Hit) -> String {
        let concept = &self.engine.termbase().concepts[hit.term.concept as usize];
        let other = preferred(self.engine.termbase(), concept, hit.lang.other())
            .map_or("—", |term| term.term.as_str());
        let doubt = if hit.ambiguous { " (ambiguous)" } else { "" };
        let arrow = format!("{}→{} {}{doubt}", hit.lang, hit.lang.other(), printable(other));
        paint(&arrow, style::GOOD, self.colour).into_owned()
    }

    fn near_misses(&self, text: &Text, lines: &LineIndex, out: &mut String) {
        let mut shown = BTreeSet::new();
        for miss in self.engine.near_misses(&text.document) {
            let concept = &self.engine.termbase().concepts[miss.pattern.term().concept as usize];
            let wanted = self.only.is_none_or(|only| miss.pattern.term().concept == only);
            if !wanted
                || !text.owns(miss.span)
                || !shown.insert((miss.span, miss.pattern.term(), miss.refusal))
            {
                continue;
            }
            let (line, column) = text.place(lines, miss.span);
            let term = &self.engine.termbase().term(miss.pattern.term()).term;
            let found = miss.span.of(&text.document.text);
            let (document, reason) = (&text.document.name, miss.refusal.reason());
            if self.json {
                let object = json!({
                    "type": "near-miss", "document": document, "line": line, "column": column, "text": found,
                    "concept": concept.id, "term": term, "reason": reason,
                });
                out.push_str(&object.to_string());
            } else {
                let near = format!(
                    "{}:{line}:{column}: “{}” is no “{}”: {reason}",
                    printable(document),
                    printable(found),
                    printable(term)
                );
                out.push_str(&paint(&near, style::QUIET, self.colour));
            }
            out.push('\n');
        }
    }
}

fn rounded(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}
