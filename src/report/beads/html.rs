//! The page to review an alignment on: what each text has stands side by side, the doubtful beads first to see.
//!
//! It can be read without JavaScript, and has none: the switch between the doubtful beads, each with its
//! neighbours, and all of them works by the style sheet alone. Every bead can be linked to by its number.

use super::super::html::{STYLE, head, switch};
use super::super::words::{Label, counted, fill, number};
use super::super::writer::Html;
use super::{AlignedTexts, Options, is_pair};
use crate::align::Bead;
use crate::lang::Lang;

/// What this page has beside the style of the glossary's.
const REVIEW: &str = include_str!("review.css");

/// Renders the page.
pub(super) fn render(texts: &[AlignedTexts<'_>], options: &Options) -> String {
    let page = Page { texts, options };
    let mut html = Html::default();
    html.trusted("<!DOCTYPE html>");
    html.tag("html").lang(options.ui.code()).body(|h| {
        let title = format!("{} · {}", page.title(), page.label(Label::AlignmentReview));
        head(h, &title, &[STYLE, REVIEW], |_| {});
        h.tag("body").class("review").body(|h| write_body(h, &page));
    });
    html.finish()
}

struct Page<'a> {
    texts: &'a [AlignedTexts<'a>],
    options: &'a Options,
}

impl Page<'_> {
    fn label(&self, label: Label) -> &'static str {
        label.of(self.options.ui)
    }

    fn beads(&self) -> impl Iterator<Item = &Bead> {
        self.texts.iter().flat_map(|text| text.beads)
    }

    fn is_doubtful(&self, bead: &Bead) -> bool {
        bead.score < self.options.doubt
    }

    fn doubtful(&self) -> usize {
        self.beads().filter(|bead| self.is_doubtful(bead)).count()
    }

    /// How many beads there are, how many in doubt, how many sentences alone.
    fn truth(&self) -> String {
        let ui = self.options.ui;
        if self.texts.is_empty() {
            return self.label(Label::NoAlignedTexts).to_owned();
        }
        let pairs = self.beads().filter(|bead| is_pair(bead)).count();
        let alone: usize =
            self.beads().filter(|bead| !is_pair(bead)).map(|bead| bead.es.len() + bead.en.len()).sum();
        let doubtful = match self.doubtful() {
            0 => self.label(Label::DoubtNone).to_owned(),
            n => counted(n, Label::DoubtOne, Label::DoubtMany, ui),
        };
        let mut parts = vec![counted(pairs, Label::BeadOne, Label::BeadMany, ui)];
        if alone > 0 {
            parts.push(counted(alone, Label::AloneOne, Label::AloneMany, ui));
        }
        parts.push(doubtful);
        parts.join("; ")
    }

    fn title(&self) -> String {
        match self.texts {
            [only] => format!("{} ↔ {}", only.es.name, only.en.name),
            texts => counted(texts.len(), Label::PairOne, Label::PairMany, self.options.ui),
        }
    }
}

fn write_body(h: &mut Html, page: &Page<'_>) {
    h.tag("header").class("top").body(|h| {
        h.tag("p").class("kicker").text(page.label(Label::AlignmentReview));
        h.tag("h1").text(&page.title());
        h.tag("p").class("truth").text(&page.truth());
    });
    write_switch(h, page);
    h.tag("main").body(|h| {
        if page.doubtful() == 0 && !page.texts.is_empty() {
            h.tag("p").class("none calm").text(page.label(Label::NothingInDoubt));
        }
        for (number, text) in page.texts.iter().enumerate() {
            write_texts(h, page, number, text);
        }
    });
    h.tag("footer").class("colophon").body(|h| h.tag("p").class("made").text(page.label(Label::MadeWith)));
}

fn write_switch(h: &mut Html, page: &Page<'_>) {
    let choices = [
        ("glosa:doubtful", page.label(Label::ShowDoubtful), page.doubtful(), true),
        ("glosa:all", page.label(Label::ShowEveryBead), page.beads().count(), false),
    ];
    switch(h, "switch filters", page.label(Label::Show), &choices);
}

fn write_texts(h: &mut Html, page: &Page<'_>, pair: usize, text: &AlignedTexts<'_>) {
    h.tag("section").body(|h| {
        write_names(h, page, text);
        for (at, class) in classes(page, text.beads).into_iter().enumerate() {
            let id = format!("b{}-{}", pair + 1, at + 1);
            h.tag("div").class(class).attr("id", &id).body(|h| write_bead(h, page, text, at, &id));
        }
    });
}

fn write_names(h: &mut Html, page: &Page<'_>, text: &AlignedTexts<'_>) {
    h.tag("div").class("pair names").body(|h| {
        for (label, name) in [(Label::Spanish, text.es.name), (Label::English, text.en.name)] {
            h.tag("h2").body(|h| {
                h.tag("span").class("label").text(page.label(label));
                h.text(" ");
                h.tag("cite").text(name);
            });
        }
    });
}

/// How each bead is shown while only the doubtful ones are wanted: they and their neighbours, with a mark where
/// others are left out between them.
fn classes(page: &Page<'_>, beads: &[Bead]) -> Vec<&'static str> {
    let mut last_shown = None;
    let mut class = |at: usize| {
        let around = &beads[at.saturating_sub(1)..(at + 2).min(beads.len())];
        if !around.iter().any(|bead| page.is_doubtful(bead)) {
            return "pair bead sure";
        }
        let gap = last_shown.replace(at).is_some_and(|last| last + 1 < at);
        match (page.is_doubtful(&beads[at]), gap) {
            (true, _) => "pair bead doubt",
            (false, false) => "pair bead",
            (false, true) => "pair bead gap",
        }
    };
    (0..beads.len()).map(&mut class).collect()
}

fn write_bead(h: &mut Html, page: &Page<'_>, text: &AlignedTexts<'_>, at: usize, id: &str) {
    let bead = &text.beads[at];
    write_side(h, page, &text.es.text(&bead.es), &bead.es, Lang::Es);
    write_side(h, page, &text.en.text(&bead.en), &bead.en, Lang::En);
    h.tag("p").class("certainty").body(|h| {
        h.tag("a").class("here").attr("href", &format!("#{id}")).text(&number(at + 1));
        h.text(" ");
        let percent = format!("{:.0}", bead.score * 100.0);
        h.text(&fill(page.label(Label::Certainty), &[("n", &percent)]));
    });
}

/// One side of a bead: its sentences after their numbers.
fn write_side(h: &mut Html, page: &Page<'_>, text: &str, segments: &[usize], lang: Lang) {
    let numbers = match segments {
        [] => return h.tag("p").class("none").text(page.label(Label::Counterpartless)),
        [only] => number(only + 1),
        [first, .., last] => format!("{}–{}", number(first + 1), number(last + 1)),
    };
    h.tag("p").body(|h| {
        h.tag("span").class("count").text(&numbers);
        h.text(" ");
        h.tag("span").lang(&page.options.tags[usize::from(lang == Lang::En)]).text(text);
    });
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_text_stays_text_and_nothing_is_fetched() {
        let beads = sample::beads();
        let html = render(&[sample::texts(&beads)], &Options::default());
        assert!(!html.contains("<script") && !html.contains("<b>aduana"), "markup got in");
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)"), "the text itself is gone");
        for loader in ["src=", "@import", "url("] {
            assert!(!html.contains(loader), "{loader}");
        }
        assert!(!REVIEW.contains("</"));
    }

    #[test]
    fn doubtful_beads_stand_out_with_their_neighbours() {
        let beads: Vec<Bead> = [0.9, 0.9, 0.5, 0.9, 0.9, 0.9, 0.3]
            .iter()
            .enumerate()
            .map(|(i, &score)| Bead { es: vec![i], en: vec![i], score })
            .collect();
        let options = Options::default();
        let page = Page { texts: &[], options: &options };
        let wanted = [
            "pair bead sure",
            "pair bead",
            "pair bead doubt",
            "pair bead",
            "pair bead sure",
            "pair bead gap",
        ];
        assert_eq!(classes(&page, &beads)[..6], wanted);
    }
}
