//! Beads as a translation memory: TMX 1.4b (LISA OSCAR, 2005), level 1, which every translation tool reads.
//!
//! A unit has the two sides of a bead, several sentences on one side with a space between them, and how sure the
//! bead is. Sentences without counterpart are no translations and stay out. Nothing depends on the clock, so there
//! are no dates.

use super::{AlignedTexts, Options, is_pair};
use crate::align::Bead;
use crate::lang::Lang;

/// Renders the beads with both sides that are sure enough.
pub(super) fn render(texts: &[AlignedTexts<'_>], options: &Options) -> String {
    let source = &options.tags[usize::from(options.source == Lang::En)];
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(
        "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n<header creationtool=\"glosa\"",
    );
    out.push_str(&format!(" creationtoolversion=\"{}\"", env!("CARGO_PKG_VERSION")));
    out.push_str(" segtype=\"sentence\" o-tmf=\"glosa\" adminlang=\"en\" srclang=\"");
    push_text(&mut out, source);
    out.push_str("\" datatype=\"plaintext\"/>\n<body>\n");
    for pair in texts {
        let sure = |bead: &&Bead| is_pair(bead) && bead.score >= options.least;
        for bead in pair.beads.iter().filter(sure) {
            push_unit(&mut out, pair, bead, options);
        }
    }
    out.push_str("</body>\n</tmx>\n");
    out
}

fn push_unit(out: &mut String, pair: &AlignedTexts<'_>, bead: &Bead, options: &Options) {
    let [es, en] = &options.tags;
    let mut sides = [(es, pair.es.text(&bead.es), pair.es.name), (en, pair.en.text(&bead.en), pair.en.name)];
    if sides.iter().any(|(_, text, _)| text.is_empty()) {
        return;
    }
    if options.source == Lang::En {
        sides.reverse();
    }
    out.push_str(&format!("<tu>\n<prop type=\"x-score\">{:.2}</prop>\n", bead.score));
    for (tag, text, document) in sides {
        out.push_str("<tuv xml:lang=\"");
        push_text(out, tag);
        out.push_str("\"><prop type=\"x-document\">");
        push_text(out, document);
        out.push_str("</prop><seg>");
        push_text(out, &text);
        out.push_str("</seg></tuv>\n");
    }
    out.push_str("</tu>\n");
}

/// Writes text; what XML 1.0 does not allow (section 2.2, “Characters”) becomes the replacement character.
pub(in crate::report) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn only_pairs_enter_and_text_is_escaped() {
        let beads = sample::beads();
        let options =
            Options { tags: ["es-MX".into(), "en-US".into()], source: Lang::En, ..Options::default() };
        let tmx = render(&[sample::texts(&beads)], &options);
        assert_eq!(tmx.matches("<tu>").count(), 2, "{tmx}");
        assert!(tmx.contains("srclang=\"en-US\""));
        assert!(tmx.contains("<seg>The port &amp; customs&lt;/seg&gt;&lt;/tuv&gt; ]]&gt;</seg>"), "{tmx}");
        assert!(tmx.find("xml:lang=\"en-US\"") < tmx.find("xml:lang=\"es-MX\""), "the source comes first");
        let sure = render(&[sample::texts(&beads)], &Options { least: 0.9, ..options });
        assert_eq!(sure.matches("<tu>").count(), 1);
    }
}
