//! A block of text for the prompt of a language model: one line a concept, what to write and what never to write.
//!
//! ```text
//! Glossary, es to en. Translate the terms before => by the first term behind it, …
//! - arancel | gravamen => tariff | duty; never: customs tax (too wide)
//! ```
//!
//! With a limit, definitions go first, then entries that would go beyond it; both are told. What comes first has the
//! better chance.

use super::fields::TERM;
use super::loss::{LossKind, Losses};
use super::{Format, Holds, Target, Texts, Written, pairs};
use crate::check::Finding;
use crate::termbase::{Concept, Definition, LangTag, TermEntry, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "prompt",
    about: "a block for the prompt of a language model, within a size limit",
    extensions: &[],
    read: None,
    write: Some(write),
    holds: Holds::Pairs(
        &["definition"],
        &["status", "forbidden", "reason", "replace-with", "do-not-translate"],
    ),
    settings: &[],
    texts: Texts::Line,
};

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut out = heading(&languages);
    let mut room = Room(target.limit.map(|limit| limit.saturating_sub(out.chars().count())));
    let mut lines: Vec<(&Concept, String)> = Vec::new();
    for concept in termbase.concepts.iter() {
        match line(concept, &languages) {
            None => {
                losses.add(
                    LossKind::Dropped,
                    "concept",
                    "it has no terms in one of the two languages",
                    concept,
                );
            }
            // One more for the end of the line.
            Some(line) if room.takes(line.chars().count() + 1) => lines.push((concept, line)),
            Some(_) => losses.add(LossKind::Dropped, "concept", "it does not fit within the limit", concept),
        }
    }
    for (concept, line) in &lines {
        tell_sides(concept, &languages, &mut losses);
        out += line;
        let [source, to] = &languages;
        if let Some(definition) = definition(concept, to).or_else(|| definition(concept, source)) {
            let meaning = format!("; meaning: {definition}");
            if room.takes(meaning.chars().count()) {
                out += &meaning;
            } else {
                losses.add(LossKind::Dropped, "definition", "it does not fit within the limit", concept);
            }
        }
        out.push('\n');
    }
    let bytes = if lines.is_empty() { Vec::new() } else { out.into_bytes() };
    Ok(Written { bytes, losses: losses.finish() })
}

/// Tells what the line of a concept does not say: how the terms before `=>` are to be used, and all definitions but one.
fn tell_sides(concept: &Concept, [source, target]: &[LangTag; 2], losses: &mut Losses) {
    let [sources, targets] = pairs::sides(concept, [source, target]);
    let mut tell = |key: &str, reason| losses.add(LossKind::Dropped, key, reason, concept);
    for entry in sources {
        let of_targets = ["status", "forbidden", "reason", "replace-with"];
        for field in
            TERM.iter().filter(|field| of_targets.contains(&field.key) && (field.get)(entry).is_some())
        {
            tell(&format!("terms.{}", field.key), "the block says that of what to write");
        }
    }
    for _ in targets.iter().filter(|entry| entry.do_not_translate) {
        tell("terms.do-not-translate", "the block says that of what to translate");
    }
    let is_of = |lang: &LangTag| concept.definition.keys().any(|tag| pairs::is_of(tag, lang));
    let said = usize::from(is_of(source) || is_of(target));
    for _ in concept.definition.iter().skip(said) {
        tell("definition", "one definition for a concept");
    }
    let lang = if is_of(target) { target } else { source };
    if defined(concept, lang).is_some_and(|definition| definition.source.is_some()) {
        losses.add(LossKind::Changed, "definition", "the block has no source of it", concept);
    }
}

/// How many characters there is room for; without a number any.
struct Room(Option<usize>);

impl Room {
    /// Takes up so much room if there is so much.
    fn takes(&mut self, size: usize) -> bool {
        let Some(left) = &mut self.0 else { return true };
        let rest = left.checked_sub(size);
        *left = rest.unwrap_or(*left);
        rest.is_some()
    }
}

fn heading([source, target]: &[LangTag; 2]) -> String {
    format!(
        "Glossary, {source} to {target}. Translate what stands before => by the first term behind it; the others are \
         accepted. Inflect as the sentence needs. Do not use what follows “never”.\n"
    )
}

/// The line of a concept but its meaning; `None` where there is nothing to say of it.
fn line(concept: &Concept, [source, target]: &[LangTag; 2]) -> Option<String> {
    let [sources, targets] = pairs::sides(concept, [source, target]);
    let kept = sources.iter().any(|entry| entry.do_not_translate);
    let usable: Vec<&TermEntry> = targets.iter().copied().filter(|entry| entry.is_usable()).collect();
    let best = pairs::best(&usable);
    if sources.is_empty() || best.is_none() && !kept {
        return None;
    }
    let others = usable.iter().filter(|entry| best.is_none_or(|best| !std::ptr::eq(**entry, best)));
    let behind: Vec<String> = best.iter().chain(others).map(|entry| text(&entry.term)).collect();
    let mut line = format!("- {} => ", joined(&sources));
    line += if kept { "(do not translate)" } else { "" };
    line += if kept && !behind.is_empty() { " " } else { "" };
    line += &behind.join(" | ");
    let never: Vec<String> =
        targets.iter().filter(|entry| !entry.is_usable()).map(|entry| unwanted(entry)).collect();
    if !never.is_empty() {
        line += &format!("; never: {}", never.join(" | "));
    }
    Some(line)
}

fn joined(terms: &[&TermEntry]) -> String {
    terms.iter().map(|entry| text(&entry.term)).collect::<Vec<_>>().join(" | ")
}

fn unwanted(entry: &TermEntry) -> String {
    let instead = entry.replace_with.as_deref().map(|term| format!("write {}", text(term)));
    let why: Vec<String> = instead.into_iter().chain(entry.reason.as_deref().map(text)).collect();
    if why.is_empty() { text(&entry.term) } else { format!("{} ({})", text(&entry.term), why.join("; ")) }
}

fn definition(concept: &Concept, lang: &LangTag) -> Option<String> {
    defined(concept, lang).map(|definition| text(&definition.text))
}

fn defined<'c>(concept: &'c Concept, lang: &LangTag) -> Option<&'c Definition> {
    concept.definition.iter().find(|(tag, _)| pairs::is_of(tag, lang)).map(|(_, definition)| definition)
}

/// Text on one line; a space that is not to be broken at stays one.
fn text(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
