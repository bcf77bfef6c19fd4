//! **glosa**: a bilingual (Spanish/English) glossary and translation aid.
//!
//! A [`Termbase`] holds concepts with their Spanish and English terms. An [`Engine`] compiles it once and then
//! finds the terms in texts ([`Hit`]), whatever their case, accents or typography, pairs a text with its
//! translation sentence by sentence ([`align`]), and gives back an aligned glossary with context snippets
//! ([`report::AlignedGlossary`]).
//!
//! ```
//! use glosa::termbase::{Source, read};
//! use glosa::{Document, Engine, Overlaps};
//!
//! let glossary = "[[concept]]\nterms.es = \"arancel\"\nterms.en = [\"tariff\", \"duty\"]\n";
//! let result = read(&[Source::toml("glossary.toml", glossary)]);
//! assert!(!result.has_errors());
//! let engine = Engine::new(result.termbase);
//!
//! let document = Document::plain("nota.txt", "Los ARANCELES suben otra vez.");
//! let hits = engine.scan(&document, Overlaps::Longest);
//! assert_eq!(hits[0].span.of(&document.text), "ARANCELES");
//! assert_eq!(engine.termbase().term(hits[0].term).term, "arancel");
//!
//! let found = engine.lookup("aranzel", 5);
//! assert_eq!(engine.termbase().term(found[0].term).term, "arancel");
//! ```
//!
//! The modules from [`align`] to [`text`] are pure: strings in, values out. Only [`project`] touches files and
//! threads, and only [`cli`] the terminal. See `ARCHITECTURE.md` for the map.

pub mod align;
pub mod check;
pub mod concord;
pub mod engine;
pub mod exchange;
pub mod extract;
pub mod format;
pub mod lang;
pub mod lookup;
pub mod matcher;
pub mod packed;
mod pool;
pub mod report;
mod simd;
pub mod tagger;
pub mod termbase;
pub mod text;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "project")]
pub mod project;

pub use engine::Engine;
pub use lang::Lang;
pub use matcher::{Hit, MatchKind, Overlaps};
pub use termbase::{Concept, Termbase};
pub use text::{Document, Segment, Span};
