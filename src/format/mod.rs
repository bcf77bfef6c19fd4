//! Bytes to model and back, one file a format.

pub mod doc;
