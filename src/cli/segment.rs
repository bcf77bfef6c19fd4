//! `glosa segment`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{self, counted, paint, printable};
use crate::project::texts::{Sizes, Text, Texts};
use crate::text::{Document, Segment, line_segments, segments};

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
    let lang = segment.lang.map_or("und", |lang| lang.code());
    let span = document.file_span(segment.span);
    if context.globals.json {
        let mut line = json!({
            "type": "segment", "document": document.file_name(), "start": span.start, "end": span.end, "lang": lang,
            "text": segment.span.of(&document.text), "kind": segment.kind,
            "confidence": (f64::from(segment.confidence) * 100.0).round() / 100.0, "space": document.map.space,
        });
        if let Some(part) = document.part(segment.span) {
            line["part"] = json!(part);
        }
        writeln!(out, "{line}")?;
    } else {
        let lang = paint(lang, style::PLACE, context.colour()).into_owned();
        writeln!(out, "{lang}\t{}", printable(segment.span.of(&document.text)))?;
    }
    Ok(())
}
