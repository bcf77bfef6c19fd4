//! The preparation sheet as Markdown: a table for each group of terms, one for the figures.

use super::super::markdown::escape_inline;
use super::super::words::{fill, number};
use super::{Label, Line, Options, Preparation, Word, heading};
use crate::lang::Lang;

/// Renders the sheet.
pub fn render(sheet: &Preparation, options: &Options) -> String {
    let ui = options.ui.unwrap_or(Lang::Es);
    let texts: Vec<String> = sheet.texts.iter().map(|text| escape_inline(text)).collect();
    let mut out = format!("# {}\n\n{}\n", Label::Title.of(ui), texts.join(" · "));
    if sheet.groups.is_empty() {
        out.push_str(&format!("\n{}\n", Label::NoTerms.of(ui)));
    }
    for group in &sheet.groups {
        if let Some(heading) = heading(group, sheet, ui) {
            out.push_str(&format!("\n## {}\n", escape_inline(heading)));
        }
        out.push_str(&format!(
            "\n| {} | {} | |\n| --- | --- | --- |\n",
            Label::Spanish.of(ui),
            Label::English.of(ui)
        ));
        group.lines.iter().for_each(|line| out.push_str(&row(line)));
    }
    if !sheet.figures.is_empty() {
        let (here, there) = (Label::InTheText.of(ui), Label::InTheOther.of(ui));
        out.push_str(&format!("\n## {}\n\n| {here} | {there} |\n| --- | --- |\n", Label::Figures.of(ui)));
        for figure in &sheet.figures {
            out.push_str(&format!(
                "| {} | {} |\n",
                escape_inline(&figure.text),
                escape_inline(&figure.other)
            ));
        }
    }
    if sheet.known > 0 {
        out.push_str(&format!("\n{}\n", fill(Label::Known.of(ui), &[("n", &number(sheet.known))])));
    }
    out
}

fn row(line: &Line) -> String {
    let [es, en] = line.terms.each_ref().map(|words| words.iter().map(said).collect::<Vec<_>>().join("; "));
    let office = |office: &Option<String>| {
        office.as_ref().map_or(String::new(), |office| format!(" ({})", escape_inline(office)))
    };
    let [es_office, en_office] = line.offices.each_ref().map(office);
    format!("| {es}{es_office} | {en}{en_office} | {} |\n", line.count)
}

fn said(word: &Word) -> String {
    let said =
        word.pronunciation.as_ref().map_or(String::new(), |said| format!(" /{}/", escape_inline(said)));
    format!("{}{said}", escape_inline(&word.term))
}
