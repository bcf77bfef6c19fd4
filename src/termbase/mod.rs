//! The termbase: concepts with their terms in both languages, as in ISO 30042 (TBX).

mod model;

pub use model::{
    AccentMode, CaseMode, Concept, ConceptId, ConceptKind, Context, CorpusPath, Definition, Direction,
    Equivalence, Gender, History, LangSection, LangTag, Number, PairPath, PartOfSpeech, Register, Review,
    Role, Settings, Status, TermEntry, TermRef, TermType, Termbase,
};
