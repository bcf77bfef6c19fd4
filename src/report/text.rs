//! The aligned glossary for the terminal: the concepts found, at most a hundred columns wide.
//!
//! ```text
//! el arancel = tariff
//!     comercio · internacional · ficha aprobada
//!     también      el gravamen (sustantivo masculino, admitido)
//! ```

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::aligned_glossary::{Entry, EntryTerm, Rendering};
use super::view::{self, Piece, Relation, Side, columns};
use super::words::{Label, number};
use super::{AlignedGlossary, Options};
use crate::concord::{AlignedContext, Snippet};
use crate::lang::Lang;

/// The columns that a line may take.
const WIDTH: usize = 100;

/// Renders the concepts found.
pub fn render(glossary: &AlignedGlossary, _options: &Options) -> String {
    let mut out = String::new();
    push_line(&mut out, 0, &glossary.title);
    push_line(&mut out, 0, &view::truth(&glossary.totals, glossary.ui));
    for entry in glossary.entries.iter().filter(|entry| view::is_found(entry)) {
        out.push('\n');
        push_entry(&mut out, glossary, entry);
    }
    out
}

fn push_entry(out: &mut String, glossary: &AlignedGlossary, entry: &Entry) {
    let (ui, columns) = (glossary.ui, columns(glossary));
    let sides = columns.map(|lang| view::side(entry, lang));
    let heads = sides.each_ref().map(|side| side.head.map_or_else(|| "—".to_owned(), with_article));
    push_line(out, 0, &heads.join(" = "));
    push_line(out, 4, &view::classification(entry, ui).join(" · "));
    for side in &sides {
        push_side(out, glossary, entry, side);
    }
    for relation in [Relation::Confusable, Relation::ReplacedBy] {
        push_links(out, entry, relation, ui);
    }
    push_line(out, 4, &view::validity(entry, ui).join(" · "));
    for (label, text) in view::remarks(entry, ui) {
        push_line(out, 4, &format!("{}: {text}", label.of(ui)));
    }
    for context in &entry.contexts {
        push_context(out, context, columns, ui);
    }
    push_line(out, 4, &view::occurrences(entry, ui));
}

fn push_side(out: &mut String, glossary: &AlignedGlossary, entry: &Entry, side: &Side<'_>) {
    let ui = glossary.ui;
    for term in &side.also {
        push_line(out, 4, &format!("{}: {}", Label::Also.of(ui), described(term, glossary)));
    }
    for term in &side.avoid {
        let warning = if term.forbidden { Label::Forbidden } else { Label::Avoid };
        let advice = view::advice(term, ui);
        let advice = if advice.is_empty() { advice } else { format!(" — {advice}") };
        push_line(out, 4, &format!("{}: {}{advice}", warning.of(ui), described(term, glossary)));
    }
    if let Some(definition) = view::definition(entry, side.lang) {
        push_line(out, 4, &definition.text);
    }
    let renderings = view::renderings(entry, side.lang);
    if !renderings.is_empty() {
        push_line(
            out,
            4,
            &format!("{}: {}", view::into_language(side.lang, ui), rendering_counts(glossary, renderings)),
        );
    }
}

fn rendering_counts(glossary: &AlignedGlossary, renderings: &[Rendering]) -> String {
    let one = |rendering: &Rendering| match &rendering.term {
        Some(term) => format!("{term} {}", number(rendering.count)),
        None => otherwise(glossary, rendering),
    };
    renderings.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// Beads without a term: what seems to stand for it, and where.
fn otherwise(glossary: &AlignedGlossary, rendering: &Rendering) -> String {
    let ui = glossary.ui;
    let unlisted: Vec<String> =
        view::unlisted(rendering).map(|(text, count)| format!("{text} {}", number(count))).collect();
    let unlisted = match unlisted.join(", ") {
        none if none.is_empty() => none,
        some => format!("{some}, {}; ", Label::Unlisted.of(ui)),
    };
    let places = view::rendering_places(glossary, rendering).join(", ");
    let inside = format!("{unlisted}{places}");
    let inside = if inside.is_empty() { inside } else { format!(" ({inside})") };
    format!("{} {}{inside}", Label::RenderedOtherwise.of(ui), number(rendering.count))
}

fn with_article(term: &EntryTerm) -> String {
    match &term.article {
        Some(article) => format!("{article} {}", term.term),
        None => term.term.clone(),
    }
}

fn described(term: &EntryTerm, glossary: &AlignedGlossary) -> String {
    let facts = view::facts(term, glossary).join(", ");
    if facts.is_empty() { with_article(term) } else { format!("{} ({facts})", with_article(term)) }
}

fn push_links(out: &mut String, entry: &Entry, relation: Relation, ui: Lang) {
    let names: Vec<&str> = view::links(entry, relation).iter().map(|link| link.label.as_str()).collect();
    if !names.is_empty() {
        push_line(out, 4, &format!("{}: {}", relation.label().of(ui), names.join(" · ")));
    }
}

fn push_context(out: &mut String, context: &AlignedContext, columns: [Lang; 2], ui: Lang) {
    push_line(out, 6, view::caveat(context, ui).unwrap_or(""));
    for lang in columns {
        if let Some(snippet) = view::snippet(context, lang) {
            push_line(out, 6, &format!("{lang}  {}  ({})", marked(snippet), view::citation_in(snippet, ui)));
        }
    }
}

/// The hits stand between brackets: a text file has no bold.
fn marked(snippet: &Snippet) -> String {
    let piece = |piece| match piece {
        Piece::Plain(text) => text.to_owned(),
        Piece::Hit(text) => format!("[{text}]"),
    };
    view::pieces(snippet).into_iter().map(piece).collect()
}

/// Writes text wrapped at words, every line indented, the further ones by four more; nothing for no text.
fn push_line(out: &mut String, indent: usize, text: &str) {
    let (mut width, mut is_first) = (0, true);
    for word in printable(text).split_whitespace().flat_map(cut) {
        let fits = width + 1 + word.width() <= WIDTH;
        if width > 0 && fits {
            out.push(' ');
            width += 1;
        } else {
            if width > 0 {
                out.push('\n');
            }
            width = if is_first { indent } else { indent + 4 };
            out.extend(std::iter::repeat_n(' ', width));
            is_first = false;
        }
        out.push_str(word);
        width += word.width();
    }
    if !is_first {
        out.push('\n');
    }
}

/// A word in pieces that fit on a line.
fn cut(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut width = 0;
        let end = rest.char_indices().find_map(|(at, letter)| {
            width += letter.width().unwrap_or(0);
            (width > WIDTH - 12).then_some(at)
        });
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Text that cannot steer a terminal: control and direction characters are written as `\u{1b}`.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let steers = letter.is_control() && !letter.is_whitespace()
            || matches!(letter, '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if steers { out.extend(letter.escape_unicode()) } else { out.push(letter) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn no_line_is_too_wide() {
        let long = AlignedGlossary { title: "palabrota".repeat(40), ..sample::glossary() };
        for line in render(&long, &Options::default()).lines() {
            assert!(line.width() <= WIDTH, "{} columns: {line}", line.width());
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let text = render(&sample::hostile(), &Options::default());
        assert!(!text.contains(|letter: char| letter.is_control() && letter != '\n'));
        assert!(text.contains("\\u{1b}[31m"));
        assert_eq!(printable("a\u{202e}b\u{9b}c"), "a\\u{202e}b\\u{9b}c");
    }

    #[test]
    fn hits_stand_in_brackets_and_only_found_concepts_are_listed() {
        let text = render(&sample::glossary(), &Options::default());
        assert!(text.contains("El gobierno aplazó un mes los [aranceles] al acero"));
        assert!(text.contains("\nel arancel = tariff\n"));
        assert!(!text.contains("extradición"));
    }
}
