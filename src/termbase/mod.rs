//! The termbase: concepts with their terms in both languages, as in ISO 30042 (TBX).
//!
//! [`read()`] makes a [`Termbase`] of glossary files, with a [`Finding`](crate::check::Finding) for everything
//! that is wrong with them; [`lint()`] finds what is probably not meant. [`edit`] changes a file and keeps its
//! comments and order; [`view`] shows an entry to the readers of a region.

mod concepts;
pub mod edit;
pub mod lint;
mod model;
mod rare;
pub mod read;
pub mod select;
pub mod view;

pub use concepts::Concepts;
pub use lint::lint;
pub use model::{
    AccentMode, CaseMode, CheckSettings, Concept, ConceptDetails, ConceptId, ConceptKind, Context,
    CorpusPath, Definition, Direction, Equivalence, Gender, History, Ignored, LangSection, LangTag, Level,
    Number, PairPath, PartOfSpeech, Register, Review, Role, Settings, Status, TermDetails, TermEntry,
    TermRef, TermType, Termbase,
};
pub use rare::Rare;
pub use read::{ReadResult, Source, SourceKind, TableRow, includes, read};
