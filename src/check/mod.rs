//! Diagnostics: one [`Finding`] type for everything the tool has to say about a file, and its renderers.

mod finding;
pub mod fingerprint;
pub mod render;
pub mod rules;
mod suggest;

pub use finding::{Finding, Fix, Place, Severity, SourceFile};
pub use render::{Style, all_to_json, render, to_json};
pub use rules::RuleDoc;
pub(crate) use suggest::nearest;
