//! `glosa segment`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{self, counted, paint, printable};
use crate::text::{Document, Segment, Span, langid, segments};

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
    let texts = context.documents(&args.paths);
    let mut out = context.output();
    let mut count = 0;
    for document in &texts {
        let found = if args.lines { lines(document) } else { segments(document) };
        count += found.len();
        for segment in &found {
            write(document, segment, context, &mut out)?;
        }
    }
    out.finish()?;
    context.say(&format!("{} in {}", counted(count, "segment"), counted(texts.len(), "document")));
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

/// The lines of a document, those without words of either language as `und`.
fn lines(document: &Document) -> Vec<Segment> {
    let mut start = 0;
    let text = &document.text;
    let spans = text.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.trim_end_matches(['\n', '\r']).len());
        start += line.len();
        span
    });
    let judged = |span: Span| {
        let guess = langid::identify(span.of(text));
        Segment {
            span,
            lang: guess.lang,
            confidence: guess.confidence,
            kind: crate::text::SegmentKind::Sentence,
        }
    };
    spans.map(judged).collect()
}

fn write(
    document: &Document,
    segment: &Segment,
    context: &Context,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let lang = segment.lang.map_or("und", |lang| lang.code());
    let span = document.source_span(segment.span);
    if context.globals.json {
        let line = json!({
            "type": "segment", "document": document.name, "start": span.start, "end": span.end, "lang": lang,
            "text": segment.span.of(&document.text), "kind": segment.kind,
            "confidence": (f64::from(segment.confidence) * 100.0).round() / 100.0, "space": document.map.space,
        });
        writeln!(out, "{line}")?;
    } else {
        let lang = paint(lang, style::PLACE, context.colour()).into_owned();
        writeln!(out, "{lang}\t{}", printable(segment.span.of(&document.text)))?;
    }
    Ok(())
}
