//! PDF: the text layer, page by page.
//!
//! A PDF says where glyphs go, not what they say or which words they make. Three steps, a file each: [`font`] turns the
//! codes of a font into characters, [`content`] follows the drawing of a page and gives its lines, [`layout`] makes
//! paragraphs of them. What is scanned has no text layer: that is told.

mod columns;
mod content;
mod font;
mod glyphs;
mod layout;

use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::{UTF_16BE, WINDOWS_1252};
use flate2::read::ZlibDecoder;
use hayro_syntax::{LoadPdfError, Pdf};

use self::content::Reader;
use super::Read;
use super::fields::{Field, note};
use crate::check::{Finding, Severity};
use crate::text::Document;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    // The reader of PDF syntax is not ours: should it stumble over a damaged file, the other files are read all the same.
    catch_unwind(AssertUnwindSafe(|| text_of(name, bytes)))
        .unwrap_or(Err("it is damaged beyond what can be read"))
        .unwrap_or_else(|cause| {
            let message = format!("`{name}` cannot be read as a PDF: {cause}");
            let help = "print it to a new PDF, or give the text that it was made from";
            Read::failed(Finding::new(Severity::Error, "broken-document", message).help(help))
        })
}

fn text_of(name: &str, bytes: &[u8]) -> Result<Read, &'static str> {
    if unpacks_too_far(bytes) {
        return Err("its streams unpack to far more than a document can hold");
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => "it is protected with a password",
        LoadPdfError::Invalid => "it is damaged, or no PDF",
    })?;
    let mut reader = Reader::default();
    let pages = pdf.pages().iter().map(|page| reader.page(page)).collect::<Result<Vec<_>, _>>()?;
    let out = layout::write(&pages);
    let mut read = Read::default();
    if out.is_empty() {
        read.findings.push(without_text(name));
    } else if reader.unknown > reader.known {
        read.findings.push(garbled(name));
    }
    let mut document = out.finish_extracted();
    noted(&pdf, &mut document);
    read.documents.push(document);
    Ok(read)
}

/// The most that a stream may hold when unpacked, in bytes: a large picture.
const STREAM_LIMIT: u64 = 256 << 20;
/// The most that all streams may hold together.
const TOTAL_LIMIT: u64 = 2 << 30;

/// What is deflated begins with this byte.
const DEFLATED: u8 = 0x78;
/// A stream may be deflated so many times.
const LAYERS: usize = 4;

/// Whether deflated streams grow beyond all bounds. The reader of PDF syntax unpacks them whole, so they are unpacked
/// before, and thrown away.
fn unpacks_too_far(bytes: &[u8]) -> bool {
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + "stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        // The end of a stream is called `endstream`.
        let Some(data) = data.strip_prefix(b"\n").filter(|data| data.first() == Some(&DEFLATED)) else {
            continue;
        };
        for layers in 1..=LAYERS {
            let (length, first) = unpacked(data, layers);
            total += length;
            if length == STREAM_LIMIT || total > TOTAL_LIMIT {
                return true;
            }
            if first != Some(DEFLATED) {
                break;
            }
        }
    }
    false
}

/// The length of data that was deflated so many times, up to [`STREAM_LIMIT`], and its first byte.
fn unpacked(data: &[u8], layers: usize) -> (u64, Option<u8>) {
    let mut reader: Box<dyn io::Read + '_> = Box::new(data);
    for _ in 0..layers {
        reader = Box::new(ZlibDecoder::new(reader));
    }
    let mut first = [0];
    // Damage ends a stream, and what came before it counts.
    let read = reader.read(&mut first).unwrap_or(0);
    let mut rest = reader.take(STREAM_LIMIT - 1);
    let _ = io::copy(&mut rest, &mut io::sink());
    (read as u64 + STREAM_LIMIT - 1 - rest.limit(), first.first().copied().filter(|_| read > 0))
}

fn noted(pdf: &Pdf, document: &mut Document) {
    let metadata = pdf.metadata();
    let texts = [(Field::Title, &metadata.title), (Field::Author, &metadata.author)];
    for (field, text) in texts {
        if let Some(text) = text {
            note(document, field, &text_string(text));
        }
    }
    if let Some(date) = &metadata.creation_date {
        note(document, Field::Date, &format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
}

/// A text string (ISO 32000-1, 7.9.2.2); what PDFDocEncoding has of its own is rare.
fn text_string(bytes: &[u8]) -> String {
    let encoding = if bytes.starts_with(b"\xfe\xff") { UTF_16BE } else { WINDOWS_1252 };
    encoding.decode_with_bom_removal(bytes).0.trim_matches('\0').to_owned()
}

fn without_text(name: &str) -> Finding {
    Finding::new(Severity::Warning, "no-text", format!("`{name}` has no text layer: its pages are pictures"))
        .help("let a program for character recognition (OCR) add the text")
}

fn garbled(name: &str) -> Finding {
    let message = format!("the fonts of `{name}` do not tell which characters most of its glyphs are");
    Finding::new(Severity::Warning, "no-text", message)
        .help("give the text that it was made from, or print it to a new PDF with another program")
}

#[cfg(test)]
mod tests;
