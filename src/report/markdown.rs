//! The aligned glossary as Markdown: the concepts found, one a section.

use super::aligned_glossary::{Entry, EntryTerm, Rendering};
use super::view::{self, Piece, Relation, Side, columns};
use super::words::{Label, number};
use super::{AlignedGlossary, Options};
use crate::concord::{AlignedContext, Snippet};
use crate::lang::Lang;
use crate::text::printable;

/// Renders the concepts found.
pub fn render(glossary: &AlignedGlossary, _options: &Options) -> String {
    let mut out = format!("# {}\n\n", escape(&glossary.title));
    out.push_str(&escape(&view::truth(&glossary.totals, glossary.ui)));
    out.push('\n');
    for entry in glossary.entries.iter().filter(|entry| view::is_found(entry)) {
        push_entry(&mut out, glossary, entry);
    }
    out
}

fn push_entry(out: &mut String, glossary: &AlignedGlossary, entry: &Entry) {
    let ui = glossary.ui;
    let sides = columns(glossary).map(|lang| view::side(entry, lang));
    let heads = sides.each_ref().map(|side| side.head.map_or("—", |term| &term.term));
    out.push_str(&format!("\n## {}\n\n", heads.map(escape).join(" / ")));
    let classification = view::classification(entry, ui);
    if !classification.is_empty() {
        out.push_str(&format!("*{}*\n\n", escape(&classification.join(" · "))));
    }
    for side in &sides {
        push_side(out, glossary, entry, side);
    }
    push_links(out, entry, ui);
    push_lines(out, entry, ui);
    for context in &entry.contexts {
        push_context(out, context, columns(glossary), ui);
    }
}

fn push_side(out: &mut String, glossary: &AlignedGlossary, entry: &Entry, side: &Side<'_>) {
    let ui = glossary.ui;
    let usable = side.head.iter().chain(&side.also).map(|term| described(term, glossary));
    let avoid =
        side.avoid.iter().map(|term| format!("~~{}~~ ({})", escape(&term.term), warning(term, glossary)));
    let terms: Vec<String> = usable.chain(avoid).collect();
    if !terms.is_empty() {
        out.push_str(&format!("- **{}**: {}\n", view::language(side.lang, ui), terms.join("; ")));
    }
    if let Some(definition) = view::definition(entry, side.lang) {
        out.push_str(&format!("  - {}\n", escape(&definition.text)));
    }
    let renderings = view::renderings(entry, side.lang);
    if !renderings.is_empty() {
        let counts: Vec<String> = renderings.iter().map(|rendering| rendered(glossary, rendering)).collect();
        out.push_str(&format!("  - {}: {}\n", view::into_language(side.lang, ui), counts.join(" · ")));
    }
}

fn rendered(glossary: &AlignedGlossary, rendering: &Rendering) -> String {
    let ui = glossary.ui;
    let count = number(rendering.count);
    let Some(term) = &rendering.term else {
        let unlisted =
            view::unlisted(rendering).map(|(text, count)| format!("*{}* {}", escape(text), number(count)));
        let mut inside: Vec<String> = unlisted.collect();
        if !inside.is_empty() {
            inside.push(format!("{};", Label::Unlisted.of(ui)));
        }
        let inside = format!(
            "{} {}",
            inside.join(", "),
            escape(&view::rendering_places(glossary, rendering).join(", "))
        );
        let inside = if inside.trim().is_empty() { String::new() } else { format!(" ({})", inside.trim()) };
        return format!("{} {count}{inside}", Label::RenderedOtherwise.of(ui));
    };
    format!("*{}* {count}", escape(term))
}

fn described(term: &EntryTerm, glossary: &AlignedGlossary) -> String {
    let article = term.article.as_deref().map(|article| format!("{} ", escape(article))).unwrap_or_default();
    let facts = view::facts(term, glossary).join(", ");
    let word = format!("{article}{}", escape(&term.term));
    if facts.is_empty() { word } else { format!("{word} ({})", escape(&facts)) }
}

fn warning(term: &EntryTerm, glossary: &AlignedGlossary) -> String {
    let mut parts = view::facts(term, glossary);
    parts.push(view::advice(term, glossary.ui));
    parts.retain(|part| !part.is_empty());
    escape(&parts.join("; "))
}

fn push_links(out: &mut String, entry: &Entry, ui: Lang) {
    for relation in [Relation::Confusable, Relation::ReplacedBy, Relation::Related, Relation::Broader] {
        let names: Vec<String> =
            view::links(entry, relation).iter().map(|link| escape(&link.label)).collect();
        if !names.is_empty() {
            out.push_str(&format!("- **{}**: {}\n", relation.label().of(ui), names.join(" · ")));
        }
    }
}

fn push_lines(out: &mut String, entry: &Entry, ui: Lang) {
    let validity = view::validity(entry, ui).join(" · ");
    if !validity.is_empty() {
        out.push_str(&format!("- {}\n", escape(&validity)));
    }
    for (label, text) in view::remarks(entry, ui) {
        out.push_str(&format!("- **{}**: {}\n", label.of(ui), escape(text)));
    }
    out.push_str(&format!("- {}\n", escape(&view::occurrences(entry, ui))));
}

fn push_context(out: &mut String, context: &AlignedContext, columns: [Lang; 2], ui: Lang) {
    let sentence = |snippet| format!("{} ({})", marked(snippet), escape(&view::citation_in(snippet, ui)));
    let caveat = view::caveat(context, ui).map(|caveat| format!("*{caveat}*"));
    let sentences = columns.into_iter().filter_map(|lang| view::snippet(context, lang)).map(sentence);
    let paragraphs: Vec<String> = caveat.into_iter().chain(sentences).collect();
    out.push_str(&format!("\n> {}\n", paragraphs.join("\n>\n> ")));
}

pub(super) fn marked(snippet: &Snippet) -> String {
    let piece = |piece| match piece {
        Piece::Plain(text) => escape(text),
        Piece::Hit(text) => format!("**{}**", escape(text)),
    };
    view::pieces(snippet).into_iter().map(piece).collect()
}

/// Text on one line that Markdown shows as it is, also at the start of the line.
pub(super) fn escape(text: &str) -> String {
    escape_start(escape_inline(text))
}

/// Text that Markdown shows as it is within a line.
pub(crate) fn escape_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#' | '$' => {
                out.extend(['\\', letter]);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(printable(letter)),
        }
    }
    out
}

/// A sign that would begin a list or a rule at the start of a line.
pub(crate) fn escape_start(text: String) -> String {
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.get(digits..) {
        Some(rest) if digits > 0 && rest.starts_with(['.', ')']) => {
            format!("{}\\{rest}", text.get(..digits).unwrap_or(""))
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use pulldown_cmark::{Event, Parser, Tag};

    #[test]
    fn escaped_text_reads_as_it_was_written() {
        for text in ["a *b* _c_ [d](e) <f> &amp; `g` | ~~h~~ # i", "1. uno", "- dos", "+ tres", "=", "a\\*b"]
        {
            let shown: String = Parser::new(&escape(text))
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    _ => None,
                })
                .collect();
            assert_eq!(shown, text);
        }
    }

    #[test]
    fn hostile_text_brings_no_markup() {
        let markdown = render(&sample::hostile(), &Options::default());
        let is_markup = |event: &Event<'_>| {
            matches!(
                event,
                Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Start(Tag::Link { .. })
            )
        };
        assert_eq!(Parser::new(&markdown).find(is_markup), None);
    }

    #[test]
    fn the_best_context_has_its_hits_in_bold() {
        let markdown = render(&sample::glossary(), &Options::default());
        assert!(markdown.contains("> El gobierno aplazó un mes los **aranceles** al acero"));
        assert!(!markdown.contains("extradición"), "a concept that does not occur is there");
    }
}
