//! The preparation sheet as a Word document: to be written on before a job, and printed.

use super::super::words::{fill, number};
use super::{Label, Line, Options, Paper, Preparation, Word, heading};
use crate::format::word;
use crate::lang::Lang;

/// The width of the three columns on Letter and on A4, in twentieths of a point: what a margin of 0.75 in leaves.
const COLUMNS: [[usize; 3]; 2] = [[4_640, 4_640, 800], [4_470, 4_470, 800]];

/// Renders the sheet as the bytes of a `.docx`.
///
/// # Errors
/// Where the container cannot be written.
pub fn render(sheet: &Preparation, options: &Options) -> Result<Vec<u8>, zip::result::ZipError> {
    word::package("", &[(word::MAIN, &document(sheet, options))])
}

/// A document that is being written.
struct Page {
    out: String,
    columns: [usize; 3],
    /// Size of type in half points.
    size: usize,
}

fn document(sheet: &Preparation, options: &Options) -> String {
    let ui = options.ui.unwrap_or(Lang::Es);
    let (columns, paper) = match options.paper {
        Paper::Letter => (COLUMNS[0], word::LETTER),
        Paper::A4 => (COLUMNS[1], word::A4),
    };
    let mut page = Page { out: String::new(), columns, size: if options.is_large { 32 } else { 22 } };
    page.paragraph(Label::Title.of(ui), Some(page.size + 16));
    page.paragraph(&sheet.texts.join(" · "), None);
    if sheet.groups.is_empty() {
        page.paragraph(Label::NoTerms.of(ui), None);
    }
    for group in &sheet.groups {
        if let Some(heading) = heading(group, sheet, ui) {
            page.paragraph(heading, Some(page.size + 6));
        }
        let head = [Label::Spanish.of(ui), Label::English.of(ui), ""].map(str::to_owned);
        page.table(&head, group.lines.iter().map(row));
    }
    if !sheet.figures.is_empty() {
        page.paragraph(Label::Figures.of(ui), Some(page.size + 6));
        let head = [Label::InTheText.of(ui), Label::InTheOther.of(ui), ""].map(str::to_owned);
        let figures = sheet.figures.iter();
        page.table(&head, figures.map(|figure| [figure.text.clone(), figure.other.clone(), String::new()]));
    }
    if sheet.known > 0 {
        page.paragraph(&fill(Label::Known.of(ui), &[("n", &number(sheet.known))]), None);
    }
    word::document(&page.out, paper)
}

/// The terms of a concept in both languages, and how often it occurs.
fn row(line: &Line) -> [String; 3] {
    let [es, en] = line.terms.each_ref().map(|words| words.iter().map(said).collect::<Vec<_>>().join("; "));
    let office =
        |office: &Option<String>| office.as_ref().map_or(String::new(), |office| format!(" ({office})"));
    let [es_office, en_office] = line.offices.each_ref().map(office);
    [es + &es_office, en + &en_office, number(line.count)]
}

fn said(word: &Word) -> String {
    let said = word.pronunciation.as_ref().map_or(String::new(), |said| format!(" /{said}/"));
    format!("{}{said}", word.term)
}

impl Page {
    /// A paragraph; a heading where a size of type is given.
    fn paragraph(&mut self, text: &str, heading: Option<usize>) {
        let spacing = if heading.is_some() {
            "<w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/></w:pPr>"
        } else {
            "<w:pPr><w:spacing w:after=\"120\"/></w:pPr>"
        };
        self.out.push_str(&format!("<w:p>{spacing}"));
        self.run(text, heading.is_some(), heading.unwrap_or(self.size));
        self.out.push_str("</w:p>");
    }

    fn run(&mut self, text: &str, is_bold: bool, size: usize) {
        let bold = if is_bold { "<w:b/>" } else { "" };
        self.out.push_str(&format!(
            "<w:r><w:rPr>{bold}<w:sz w:val=\"{size}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            word::text(text)
        ));
    }

    /// A table whose first row stands again on each page.
    fn table(&mut self, head: &[String; 3], rows: impl Iterator<Item = [String; 3]>) {
        let grid: String = self.columns.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let borders = word::borders(&["top", "bottom", "insideH"]);
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
            <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            self.columns.iter().sum::<usize>()
        ));
        self.row(head, true);
        rows.for_each(|row| self.row(&row, false));
        self.out.push_str("</w:tbl><w:p/>");
    }

    fn row(&mut self, cells: &[String; 3], is_head: bool) {
        let repeat = if is_head { "<w:tblHeader/>" } else { "" };
        self.out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>"));
        for (cell, width) in cells.iter().zip(self.columns) {
            self.out
                .push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p>"));
            self.run(cell, is_head, self.size);
            self.out.push_str("</w:p></w:tc>");
        }
        self.out.push_str("</w:tr>");
    }
}

#[cfg(test)]
mod tests {
    use super::super::Order;
    use super::super::tests::sheet;
    use super::*;
    use crate::format::doc;

    #[test]
    fn the_document_says_what_the_sheet_does() {
        for paper in [Paper::Letter, Paper::A4] {
            let options = Options {
                paper,
                order: Order::Subject,
                is_large: true,
                ui: Some(Lang::En),
                ..Options::default()
            };
            let bytes = render(&sheet(&options), &options).expect("a container");
            let read = doc::read("sheet.docx", &bytes);
            let text: Vec<&str> = read.documents.iter().map(|document| document.text.as_str()).collect();
            for told in [
                "Preparation sheet",
                "<nota>.txt",
                "arancel",
                "Foreign Ministry",
                "/ese-erre-e/",
                "1.5 billones",
            ] {
                assert!(text.concat().contains(told), "{told} in {text:?}");
            }
            assert_eq!(
                bytes,
                render(&sheet(&options), &options).expect("a container"),
                "output depends on input only"
            );
        }
    }
}
