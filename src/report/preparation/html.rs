//! The preparation sheet as a page to print: Letter or A4, in large type where that is wanted.

use super::super::html::{STYLE, head};
use super::super::words::{fill, number};
use super::super::writer::Html;
use super::{Figure, Group, Label, Line, Options, Paper, Preparation, Word, heading};
use crate::lang::Lang;

const SHEET: &str = include_str!("preparation.css");
const LETTER: &str = "@page { size: letter; margin: 0.7in; }";
const A4: &str = "@page { size: A4; margin: 18mm; }";

/// Renders the page.
pub fn render(sheet: &Preparation, options: &Options) -> String {
    let ui = options.ui.unwrap_or(Lang::Es);
    let paper = if options.paper == Paper::A4 { A4 } else { LETTER };
    let mut html = Html::default();
    html.trusted("<!DOCTYPE html>");
    html.tag("html").lang(ui.code()).body(|h| {
        head(
            h,
            &format!("{} · {}", Label::Title.of(ui), sheet.texts.join(" · ")),
            &[STYLE, SHEET, paper],
            |_| {},
        );
        let class = if options.is_large { "preparation large" } else { "preparation" };
        h.tag("body").class(class).body(|h| write_body(h, sheet, ui));
    });
    html.finish()
}

fn write_body(h: &mut Html, sheet: &Preparation, ui: Lang) {
    h.tag("header").class("top").body(|h| {
        h.tag("h1").text(Label::Title.of(ui));
        h.tag("p").class("truth").text(&sheet.texts.join(" · "));
    });
    h.tag("main").body(|h| {
        if sheet.groups.is_empty() {
            h.tag("p").text(Label::NoTerms.of(ui));
        }
        sheet.groups.iter().for_each(|group| write_group(h, group, sheet, ui));
        if !sheet.figures.is_empty() {
            write_figures(h, sheet, ui);
        }
    });
    h.tag("footer").class("colophon").body(|h| {
        if sheet.known > 0 {
            h.tag("p").class("facts").text(&fill(Label::Known.of(ui), &[("n", &number(sheet.known))]));
        }
        h.tag("p").class("made").text(Label::MadeWith.of(ui));
    });
}

fn write_head(h: &mut Html, names: &[&str]) {
    h.tag("thead").body(|h| {
        h.tag("tr").body(|h| names.iter().for_each(|name| h.tag("th").attr("scope", "col").text(name)));
    });
}

fn write_group(h: &mut Html, group: &Group, sheet: &Preparation, ui: Lang) {
    if let Some(heading) = heading(group, sheet, ui) {
        h.tag("h2").text(heading);
    }
    h.tag("table").body(|h| {
        write_head(h, &[Label::Spanish.of(ui), Label::English.of(ui), "×"]);
        h.tag("tbody").body(|h| group.lines.iter().for_each(|line| write_line(h, line)));
    });
}

fn write_line(h: &mut Html, line: &Line) {
    h.tag("tr").body(|h| {
        for ((lang, words), office) in Lang::ALL.into_iter().zip(&line.terms).zip(&line.offices) {
            h.tag("td").lang(lang.code()).body(|h| {
                words.iter().enumerate().for_each(|(nth, word)| write_word(h, nth, word));
                if let Some(office) = office {
                    h.tag("p").class("facts").text(office);
                }
            });
        }
        h.tag("td").class("number count").text(&number(line.count));
    });
}

fn write_word(h: &mut Html, nth: usize, word: &Word) {
    let paragraph = h.tag("p").class(if nth == 0 { "word" } else { "other" });
    paragraph.body(|h| {
        h.text(&word.term);
        if let Some(said) = &word.pronunciation {
            h.tag("span").class("said").text(&format!(" /{said}/"));
        }
    });
}

fn write_figure(h: &mut Html, figure: &Figure) {
    h.tag("tr").body(|h| {
        h.tag("td").lang(figure.lang.code()).text(&figure.text);
        h.tag("td").lang(figure.lang.other().code()).text(&figure.other);
    });
}

fn write_figures(h: &mut Html, sheet: &Preparation, ui: Lang) {
    h.tag("h2").text(Label::Figures.of(ui));
    h.tag("table").body(|h| {
        write_head(h, &[Label::InTheText.of(ui), Label::InTheOther.of(ui)]);
        h.tag("tbody").body(|h| sheet.figures.iter().for_each(|figure| write_figure(h, figure)));
    });
}
