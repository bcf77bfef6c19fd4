//! Bytes to model and back, one file a format.

#[cfg(any(feature = "office", feature = "xlsx"))]
#[cfg_attr(not(feature = "office"), allow(dead_code, reason = "a workbook has no need of all of it"))]
pub(crate) mod container;
pub mod decode;
pub mod doc;
pub(crate) mod markup;
mod po;
pub(crate) mod room;
pub mod table;
pub mod terms;
#[cfg(feature = "office")]
pub(crate) mod word;
pub(crate) mod xml;
