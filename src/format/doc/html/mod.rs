//! HTML: the main text of a page, not its furniture.
//!
//! Three steps, a file each: [`elements`] knows what each element means, [`collect`] turns the tokens into
//! blocks with what is known of their place on the page, [`choose`] decides what is main text ([`head`] has what the page
//! says of itself). Navigation,
//! forms and footers are dropped; what only looks like furniture is kept as [`BlockKind::Boilerplate`].
//!
//! Within a block white space is one space, as a browser shows it, and inline tags leave no trace:
//! `<b>Guardia</b>\nNacional` reads “Guardia Nacional” and maps back to all of its bytes.

mod choose;
mod collect;
mod elements;
mod head;

use memchr::memmem;

use self::collect::{Part, RawBlock};
use super::Read;
use super::build::{Source, TextBuilder};
use super::fields::{Field, note};
use crate::format::decode::decode_labelled;
use crate::lang::Lang;
use crate::text::{BlockKind, Span};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    let mut decoded = match decode_labelled(name, bytes, stated_charset(bytes)) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let findings = decoded.warning.take().into_iter().collect();
    let start = if decoded.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut out = TextBuilder::default();
    let page = collect::collect(&decoded.text, Span::new(start, decoded.text.len()));
    write_blocks(&decoded.text, page.blocks, &mut out);
    let mut document = out.finish_from(&Source::from(decoded));
    note(&mut document, Field::Lang, page.lang.as_deref().unwrap_or_default());
    page.head.into_said().for_each(|(field, value)| note(&mut document, field, &value));
    Read { findings, ..Read::of(document) }
}

/// Adds the main text of a piece of HTML; gives the language that the piece states.
pub(super) fn append(source: &str, piece: Span, out: &mut TextBuilder) -> Option<Lang> {
    let page = collect::collect(source, piece);
    write_blocks(source, page.blocks, out);
    page.lang.as_deref().and_then(Lang::from_tag)
}

fn write_blocks(source: &str, mut blocks: Vec<RawBlock>, out: &mut TextBuilder) {
    choose::choose(&mut blocks);
    for block in &blocks {
        write(source, block, out);
    }
}

/// The label in `<meta charset=…>` or `<meta … content="text/html; charset=…">`, which must stand early.
fn stated_charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let meta = memmem::find(&head, b"<meta")?;
    let at = meta + memmem::find(&head[meta..], b"charset=")? + b"charset=".len();
    let label = bytes.get(at..)?;
    let label = &label[label.iter().take_while(|b| matches!(b, b'"' | b'\'' | b' ')).count()..];
    let end =
        label.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')).count();
    Some(&label[..end])
}

fn write(source: &str, block: &RawBlock, out: &mut TextBuilder) {
    out.begin(block.kind);
    let mut writer = Writer { source, out, space: None };
    for part in &block.parts {
        match part {
            Part::Text(span) if block.kind == BlockKind::Code => writer.out.verbatim(source, *span),
            Part::Text(span) => writer.text(*span),
            Part::Reference(text, span) => writer.replaced(text, *span),
            Part::LineBreak(span) => writer.line_break(*span),
        }
    }
    out.end();
}

/// Writes the parts of a block with white space as a browser shows it.
struct Writer<'a> {
    source: &'a str,
    out: &'a mut TextBuilder,
    /// White space that counts only if text follows.
    space: Option<Space>,
}

#[derive(Clone, Copy)]
struct Space {
    span: Span,
    shown: &'static str,
}

impl Writer<'_> {
    fn text(&mut self, span: Span) {
        let mut start = span.start;
        let text = span.of(self.source);
        while start < span.end {
            let rest = &text[start - span.start..];
            let white = rest.len() - rest.trim_start_matches(is_white).len();
            let end = start + if white > 0 { white } else { rest.find(is_white).unwrap_or(rest.len()) };
            match white {
                0 => self.word(Span::new(start, end)),
                _ => self.white(Span::new(start, end), " "),
            }
            start = end;
        }
    }

    fn word(&mut self, span: Span) {
        self.flush();
        self.out.verbatim(self.source, span);
    }

    fn replaced(&mut self, text: &str, span: Span) {
        self.flush();
        self.out.replaced(text, span);
    }

    fn line_break(&mut self, span: Span) {
        self.white(span, "\n");
    }

    /// White space adds up; a line break among it prevails.
    fn white(&mut self, span: Span, shown: &'static str) {
        self.space = Some(match self.space {
            None => Space { span, shown },
            Some(before) => Space {
                span: Span::new(before.span.start, span.end),
                shown: if before.shown == "\n" { "\n" } else { shown },
            },
        });
    }

    fn flush(&mut self) {
        let Some(space) = self.space.take().filter(|_| !self.out.at_block_start()) else { return };
        if space.span.of(self.source) == space.shown {
            self.out.verbatim(self.source, space.span);
        } else {
            self.out.replaced(space.shown, space.span);
        }
    }
}

/// What HTML calls white space; a no-break space is none.
fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

#[cfg(test)]
mod tests;
