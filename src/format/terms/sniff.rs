//! Which format a file is in: by its content where that tells, else by its name.

use super::{Format, Input, find, of_name, xml};
use crate::check::{Finding, Severity};
use crate::format::decode;

/// The format of a file.
///
/// # Errors
/// A finding that says what the file is, or that nobody knows.
pub(super) fn format_of(input: &Input<'_>) -> Result<&'static Format, Finding> {
    if input.bytes.is_empty() {
        let message = format!("`{}` is empty", input.name);
        return Err(Finding::new(Severity::Error, "format-unknown", message).help("give a file with terms"));
    }
    if let Some(finding) = super::database(input.name) {
        return Err(finding);
    }
    let by_content = if input.bytes.starts_with(b"PK\x03\x04") { archive(input.bytes) } else { text(input)? };
    let known = by_content.and_then(find).or_else(|| of_name(input.name));
    known.ok_or_else(|| match input.bytes {
        bytes if has_part(bytes, "word/document") || has_part(bytes, "opendocument.text") => {
            let message = format!("`{}` is a text of a word processor, not a termbase", input.name);
            Finding::new(Severity::Error, "format-unknown", message)
                .help("copy its table into a spreadsheet and save that as .xlsx or .csv")
        }
        _ => unknown(input, "is in no format that is known"),
    })
}

/// Whether a ZIP archive has a part, by the names that stand plainly in its directory.
fn has_part(bytes: &[u8], name: &str) -> bool {
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, name.as_bytes()).is_some()
}

/// What a ZIP archive holds.
fn archive(bytes: &[u8]) -> Option<&'static str> {
    let has = |name: &str| has_part(bytes, name);
    match () {
        () if has("xl/workbook") => Some("xlsx"),
        () if has("opendocument.spreadsheet") => Some("ods"),
        () if has(".ifo") && has(".idx") => Some("stardict"),
        () => None,
    }
}

/// What a text is, by how it begins.
fn text(input: &Input<'_>) -> Result<Option<&'static str>, Finding> {
    let head = &input.bytes[..input.bytes.len().min(1 << 16)];
    let guess = decode::sniff(input.name, input.bytes)?;
    let text = guess.encoding.decode(head).0;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let by_name = of_name(input.name).map(|format| format.name);
    if text.starts_with('<') {
        let by_root = xml::root(text).and_then(|root| of_root(&root.name, text));
        return Ok(by_root.or_else(|| by_name.or(Some("tbx"))));
    }
    Ok(match text {
        _ if text.starts_with("#UTX") => Some("utx"),
        _ if text.starts_with(super::anki::START) => Some("anki"),
        _ if is_json_lines(text) => Some("jsonl"),
        _ if starts_json(text) => Some(if is_json_ld(text) { "skos-jsonld" } else { "json" }),
        _ if text.starts_with('[') => by_name.filter(|name| name.contains("json")).or(Some("toml")),
        _ if text.starts_with("@prefix") || text.starts_with("PREFIX ") => Some("skos"),
        _ if starts_po(text) => Some("po"),
        _ if text.starts_with("#") && text.contains("-*- coding") => Some("omegat"),
        _ => None,
    })
}

/// The format whose root element this is. Of XML that neither this nor its name tells TBX is said, so that its reader
/// names the root.
fn of_root(root: &str, text: &str) -> Option<&'static str> {
    Some(match root {
        "tbx" | "martif" | "TBX" => "tbx",
        "tmx" => "tmx",
        "mtf" => "multiterm",
        "xliff" => "xliff",
        "TEI" => "tei",
        "xdxf" => "xdxf",
        "glossary" => "glossml",
        root if is_html(root, text) => "html",
        _ => return None,
    })
}

/// A page with a table, or the table alone.
fn is_html(root: &str, text: &str) -> bool {
    root.eq_ignore_ascii_case("table")
        || (root.eq_ignore_ascii_case("html") && text.to_ascii_lowercase().contains("<table"))
}

/// Keys of JSON-LD, not texts that begin with an at sign.
fn is_json_ld(text: &str) -> bool {
    ["\"@context\"", "\"@graph\"", "\"@id\"", "\"@type\""].iter().any(|key| text.contains(key))
}

/// An object, or a list of objects; tables of TOML begin with a bracket too.
fn starts_json(text: &str) -> bool {
    text.strip_prefix('[').map_or(text, str::trim_start).starts_with('{')
}

/// Two lines, each an object of its own.
fn is_json_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_object = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
    lines.next().is_some_and(is_object) && lines.next().is_some_and(|line| line.starts_with('{'))
}

fn starts_po(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with("msgid ") || line.starts_with("msgctxt "))
}

fn unknown(input: &Input<'_>, what: &str) -> Finding {
    Finding::new(Severity::Error, "format-unknown", format!("`{}` {what}", input.name))
        .help("name its format with --from; `glosa convert --help` lists them")
}
