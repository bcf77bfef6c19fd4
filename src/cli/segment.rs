//! `glosa segment`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Exit;
use super::context::{Context, Failure};
use super::output::json_line;
use super::style::{self, counted, paint, printable};
use crate::lang::Lang;
use crate::project::texts::{Sizes, Text, Texts};
use crate::text::{Document, Quote, Segment, SegmentKind, Space, line_segments, quotes, segments};

/// Arguments of `segment`.
#[derive(Debug, Args)]
pub(super) struct SegmentArgs {
    /// Texts or folders; - is stdin
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Each line is a segment, judged alone
    #[arg(long)]
    lines: bool,
}

/// Prints the segments of texts with their languages.
pub(super) fn run(args: &SegmentArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut out = context.output();
    let (mut count, mut documents) = (0, 0);
    let mut name = None;
    for batch in Texts::new(Path::new(""), &args.paths, Sizes::whole()) {
        context.report_files(&batch.findings);
        for Text { document, .. } in &batch.texts {
            let found = if args.lines { line_segments(&document.text) } else { segments(document) };
            // The two sides of a bilingual file have one name.
            let before = name.replace(document.name.clone());
            documents += usize::from(before.as_ref() != name.as_ref());
            count += found.len();
            for segment in &found {
                write(document, segment, context, &mut out)?;
            }
        }
    }
    out.finish()?;
    context.say(&format!("{} in {}", counted(count, "segment"), counted(documents, "document")));
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

fn write(
    document: &Document,
    segment: &Segment,
    context: &Context,
    out: &mut impl Write,
) -> Result<(), Failure> {
    if context.globals.json {
        return json_line("segment", &Line::new(document, segment), out);
    }
    let lang = paint(code(segment.lang), style::PLACE, context.colour());
    writeln!(out, "{lang}\t{}", printable(segment.span.of(&document.text)))?;
    Ok(())
}

/// A segment as it is printed.
#[derive(Serialize)]
struct Line<'a> {
    document: &'a str,
    start: usize,
    end: usize,
    lang: &'static str,
    text: &'a str,
    kind: SegmentKind,
    confidence: f64,
    space: Space,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<Quoted<'a>>,
}

/// A quotation in the other language.
#[derive(Serialize)]
struct Quoted<'a> {
    start: usize,
    end: usize,
    lang: &'static str,
    text: &'a str,
    confidence: f64,
}

impl<'a> Line<'a> {
    fn new(document: &'a Document, segment: &Segment) -> Self {
        let span = document.file_span(segment.span);
        let quoted = |quote: Quote| {
            let span = document.file_span(quote.span);
            Quoted {
                start: span.start,
                end: span.end,
                lang: quote.lang.code(),
                text: quote.span.of(&document.text),
                confidence: rounded(quote.confidence),
            }
        };
        Line {
            document: document.file_name(),
            start: span.start,
            end: span.end,
            lang: code(segment.lang),
            text: segment.span.of(&document.text),
            kind: segment.kind,
            confidence: rounded(segment.confidence),
            space: document.map.space,
            part: document.part(segment.span),
            quotes: quotes(&document.text, segment.span).into_iter().map(quoted).collect(),
        }
    }
}

fn code(lang: Option<Lang>) -> &'static str {
    lang.map_or("und", Lang::code)
}

/// To two digits.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
