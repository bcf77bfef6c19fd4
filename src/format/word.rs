//! Word documents (WordprocessingML, ECMA-376 part 1, section 11) that are written: what each of them has.

use quick_xml::escape::escape;

use super::container::archive;
use crate::text::printable;

/// How an XML part begins.
pub(crate) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The part with the text.
pub(crate) const MAIN: &str = "word/document.xml";

/// Letter, 8.5 × 11 in: width and height in twentieths of a point.
pub(crate) const LETTER: [usize; 2] = [12_240, 15_840];
/// A4, 210 × 297 mm.
pub(crate) const A4: [usize; 2] = [11_906, 16_838];

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    </Relationships>";

/// The bytes of a document of these parts, [`MAIN`] among them; `types` are the content types of others.
///
/// # Errors
/// Where a part is too large for a container.
pub(crate) fn package(types: &str, parts: &[(&str, &str)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
        <Override PartName=\"/{MAIN}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
        {types}</Types>"
    );
    archive(&[&[("[Content_Types].xml", types.as_str()), ("_rels/.rels", RELATIONS)], parts].concat())
}

/// The text of [`MAIN`]: some blocks on paper of a size, with margins of three quarters of an inch.
pub(crate) fn document(body: &str, [width, height]: [usize; 2]) -> String {
    format!(
        "{XML}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}\
        <w:sectPr><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"1080\" w:right=\"1080\" \
        w:bottom=\"1080\" w:left=\"1080\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// Text within a run, escaped.
pub(crate) fn text(text: &str) -> String {
    escape(line(text)).into_owned()
}

/// Text as a run shows it, on one line.
pub(crate) fn line(text: &str) -> String {
    let shown = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { printable(c) };
    text.chars().map(shown).collect()
}

/// The single lines of a table's borders on these sides.
pub(crate) fn borders(sides: &[&str]) -> String {
    let line =
        |side: &&str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"999999\"/>");
    sides.iter().map(line).collect()
}
