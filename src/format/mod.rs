//! Bytes to model and back, one file a format.

#[cfg(feature = "office")]
pub(crate) mod container;
pub mod decode;
pub mod doc;
pub(crate) mod markup;
pub(crate) mod room;
pub mod table;
pub mod terms;
#[cfg(feature = "office")]
pub(crate) mod word;
pub(crate) mod xml;
