//! The engine: an immutable snapshot of termbase and compiled matcher; all operations start here.

/// An immutable snapshot of termbase and compiled matcher.
#[derive(Debug)]
pub struct Engine;
