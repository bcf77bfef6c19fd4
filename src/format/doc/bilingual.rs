//! Files that hold a text and its translation: two documents whose parts are units of translation.
//!
//! What a translator has paired is taken as it stands: the units of the same name go together (see
//! [`crate::engine::Engine::align`]).

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::Read;
use super::build::{Source, TextBuilder};
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::text::{Document, langid};

/// The two sides of a bilingual file, unit by unit.
#[derive(Debug)]
pub(super) struct Bilingual {
    /// What was translated.
    pub(super) source: TextBuilder,
    /// Its translation.
    pub(super) target: TextBuilder,
    /// How often each name of a unit was used.
    names: HashMap<String, usize>,
}

/// The languages of the two sides as a file states them, as tags.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    pub(super) source: Option<String>,
    pub(super) target: Option<String>,
    /// The file says which side was translated, not only which languages there are.
    pub(super) directed: bool,
}

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [source, target] = [&self.source, &self.target].map(|tag| tag.as_deref().unwrap_or("?"));
        write!(f, "{source}→{target}")
    }
}

impl Bilingual {
    pub(super) fn new() -> Self {
        let (source, target) = (TextBuilder::of_units(), TextBuilder::of_units());
        Bilingual { source, target, names: HashMap::new() }
    }

    /// Begins a unit on both sides. Where its name was used before it gets a number, for names pair the units.
    pub(super) fn unit(&mut self, name: &str) {
        let mut unique = name.to_owned();
        loop {
            let used = self.names.entry(unique.clone()).or_default();
            *used += 1;
            if *used == 1 {
                break;
            }
            unique = format!("{unique} ({used})");
        }
        self.source.part(unique.as_str());
        self.target.part(unique);
    }

    /// The documents, given what their spans point into; those of a container point into the text of both. A side in
    /// neither Spanish nor English is left out; a side of which nothing is stated is in the language that it looks to be
    /// in.
    pub(super) fn finish(self, name: &str, source: Option<&Source>, tags: &Tags) -> Read {
        let mut read = Read::default();
        let sides = [(self.source, &tags.source), (self.target, &tags.target)];
        for (side, tag) in sides {
            let lang = match tag {
                Some(tag) => Lang::from_tag(tag),
                None => langid::identify(sample(side.text())).lang,
            };
            match tag {
                Some(tag) if lang.is_none() && !side.is_empty() => read.findings.push(foreign(name, tag)),
                _ if side.is_empty() => {}
                _ => {
                    let mut document = match source {
                        Some(source) => side.finish_from(source),
                        None => side.finish_extracted(),
                    };
                    document.lang = lang;
                    read.documents.push(document);
                }
            }
        }
        if source.is_none() {
            share_text(&mut read.documents);
        }
        if read.documents.is_empty() && read.findings.is_empty() {
            let empty = TextBuilder::default();
            read.documents.push(match source {
                Some(source) => empty.finish_from(source),
                None => empty.finish_extracted(),
            });
        }
        if let [a, b] = read.documents.as_slice()
            && let (Some(a), Some(b)) = (a.lang, b.lang)
            && a != b
        {
            let from = Some(a).filter(|_| tags.directed);
            read.documents.iter_mut().for_each(|document| document.translated_from = from);
            read.pairs.push((0, 1));
        }
        read
    }
}

/// Lets the sides of a container point into one text, their own after one another: they have the file's name in common,
/// by which places are found.
fn share_text(documents: &mut [Document]) {
    let [first, second] = documents else { return };
    let before = first.text.len() + 1;
    let text: Arc<str> = format!("{}\n{}", first.text, second.text).into();
    for (document, start) in [(first, 0), (second, before)] {
        document.map.push_verbatim(0, start, document.text.len());
        document.source = Some(Arc::clone(&text));
    }
}

/// Enough of a text to tell its language.
fn sample(text: &str) -> &str {
    &text[..crate::text::floor_char_boundary(text, text.len().min(1 << 14))]
}

fn foreign(name: &str, tag: &str) -> Finding {
    let message =
        format!("one side of `{name}` is in `{tag}`, neither Spanish nor English, and was left out");
    Finding::new(Severity::Warning, "foreign-language", message)
        .help("mend the language in the file if it is wrong there")
}
