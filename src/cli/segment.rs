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
use crate::project::Workers;
use crate::project::texts::{Sizes, Text, Texts};
use crate::text::{Document, Quote, Segment, SegmentKind, Space, Span, line_segments, quotes, segments};

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

/// Bytes of text that a thread takes at a time, and pieces that wait for one another.
const PIECE: usize = 1 << 18;
const PIECES: usize = 64;

/// Prints the segments of texts with their languages.
pub(super) fn run(args: &SegmentArgs, context: &mut Context) -> Result<Exit, Failure> {
    let workers = Workers::new(context.jobs());
    let print = Print { lines: args.lines, json: context.globals.json, colour: context.colour() };
    let mut out = context.output();
    let (mut count, mut documents) = (0, 0);
    let mut name = None;
    for batch in Texts::new(Path::new(""), &args.paths, Sizes::whole()) {
        context.report_files(&batch.findings);
        for Text { document, .. } in &batch.texts {
            // The two sides of a bilingual file have one name.
            let before = name.replace(document.name.clone());
            documents += usize::from(before.as_ref() != name.as_ref());
            let mut pieces = print.pieces(document).peekable();
            while pieces.peek().is_some() {
                let some: Vec<Span> = pieces.by_ref().take(PIECES).collect();
                for printed in workers.map_in_order(some, |piece| print.piece(document, piece)) {
                    let (found, bytes) = printed?;
                    count += found;
                    out.write_all(&bytes)?;
                }
            }
        }
    }
    out.finish()?;
    context.say(&format!("{} in {}", counted(count, "segment"), counted(documents, "document")));
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

/// How segments are printed.
struct Print {
    lines: bool,
    json: bool,
    colour: bool,
}

impl Print {
    /// Pieces that are judged on their own: some whole lines where each line is, else the whole text.
    fn pieces<'a>(&self, document: &'a Document) -> impl Iterator<Item = Span> + 'a {
        let text = document.text.as_str();
        let least = if self.lines { PIECE } else { text.len() };
        let mut start = 0;
        std::iter::from_fn(move || {
            let rest = text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
            let from = least.min(rest.len());
            let end = memchr::memchr(b'\n', &rest[from..]).map_or(rest.len(), |at| from + at + 1);
            let piece = Span::new(start, start + end);
            start = piece.end;
            Some(piece)
        })
    }

    /// How many segments a piece has, and how they are printed.
    fn piece(&self, document: &Document, piece: Span) -> Result<(usize, Vec<u8>), Failure> {
        let mut out = Vec::new();
        let found = if self.lines { line_segments(piece.of(&document.text)) } else { segments(document) };
        for segment in &found {
            let span = segment.span.shifted(piece.start);
            self.segment(document, &Segment { span, ..*segment }, &mut out)?;
        }
        Ok((found.len(), out))
    }

    fn segment(&self, document: &Document, segment: &Segment, out: &mut impl Write) -> Result<(), Failure> {
        if self.json {
            return json_line("segment", &Line::new(document, segment), out);
        }
        let lang = paint(code(segment.lang), style::PLACE, self.colour);
        writeln!(out, "{lang}\t{}", printable(segment.span.of(&document.text)))?;
        Ok(())
    }
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
