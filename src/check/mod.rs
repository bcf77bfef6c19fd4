//! Diagnostics: one [`Finding`] type for everything the tool has to say about a file, and its renderers.

mod finding;

pub use finding::{Finding, Fix, Place, Severity, SourceFile};
