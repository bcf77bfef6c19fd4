//! Diagnostics: one [`Finding`] type for everything the tool has to say about a file, and its renderers; the rules
//! about translations.

pub mod baseline;
mod finding;
pub mod fingerprint;
pub mod fix;
pub mod quantity;
pub mod render;
pub mod rules;
mod suggest;
pub mod suppress;
pub mod translation;
mod wording;

pub use finding::{Finding, Fix, Place, Severity, SourceFile};
pub use render::{Style, all_to_json, render, to_json};
pub use rules::RuleDoc;
pub(crate) use suggest::nearest;
pub(crate) use wording::counted;
