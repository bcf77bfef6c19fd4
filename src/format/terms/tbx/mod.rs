//! TermBase eXchange: ISO 30042:2019 (TBX v3) in both styles, TBX-Min, and TBX-Basic as of ISO 30042:2008, which is
//! what most programs still read.
//!
//! All shapes are read by one reader, [`read`]: it takes elements by their local names, data categories as tags (DCT)
//! for those as attributes (DCA), `termEntry` for `conceptEntry`. What has no key is kept as a [category](super::category);
//! [`fit`] tells which categories a dialect allows where, so that what [`write`] writes is valid, and whatever else there
//! is goes into a [note](super::aside).

mod fit;
mod read;
mod write;

pub(super) use read::{ENTRIES, LANGUAGES, TbxStream};

use super::{Format, Holds, Texts};

/// Read by every program of today that reads v3.
pub(super) const DCA: Format = Format {
    name: "tbx",
    about: "TBX v3 (ISO 30042:2019), TBX-Basic, categories as attributes (DCA)",
    extensions: &["tbx"],
    read: Some(read::read),
    write: Some(|termbase, target| write::write(termbase, target, fit::Dialect::BasicDca)),
    holds: Holds::All,
    settings: &["title"],
    texts: Texts::Lines,
};

/// Categories as element names.
pub(super) const DCT: Format = Format {
    name: "tbx-dct",
    about: "the same, categories as elements (DCT)",
    extensions: &[],
    write: Some(|termbase, target| write::write(termbase, target, fit::Dialect::BasicDct)),
    ..DCA
};

/// The old shape with the root `martif`.
pub(super) const V2: Format = Format {
    name: "tbx-v2",
    about: "TBX-Basic 2008 (martif), for OmegaT, Weblate, Translate Toolkit",
    extensions: &["martif"],
    write: Some(|termbase, target| write::write(termbase, target, fit::Dialect::V2)),
    ..DCA
};

/// The smallest dialect.
pub(super) const MIN: Format = Format {
    name: "tbx-min",
    about: "TBX-Min (ISO 30042:2019)",
    extensions: &[],
    write: Some(|termbase, target| write::write(termbase, target, fit::Dialect::Min)),
    ..DCA
};

/// TBX-Basic with number, register, reading and comments for translators.
pub(super) const LINGUIST: Format = Format {
    name: "tbx-linguist",
    about: "TBX-Linguist (ISO 30042:2019): TBX-Basic with number, register, reading",
    extensions: &[],
    write: Some(|termbase, target| write::write(termbase, target, fit::Dialect::Linguist)),
    ..DCA
};
