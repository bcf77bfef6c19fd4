//! Bytes to model and back, one file a format.

pub mod decode;
pub mod doc;
pub mod table;
pub mod terms;
