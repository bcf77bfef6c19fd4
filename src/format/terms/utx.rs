//! Universal Terminology eXchange, UTX 1.11: a table between tabs under lines of `#`, UTF-8 without a byte order mark,
//! lines ended by CR LF. Rows with the same concept ID are synonyms.
//!
//! ```text
//! #UTX 1.11; es/en; 2024-03-01; license: CC0
//! #src    tgt     src:pos tgt:pos term status concept ID
//! presa   dam     noun    noun    approved    1
//! represa dam     noun    noun    non-standard    1
//! ```
//!
//! The status of a row is that of its target term; where that has stood with another status before, of its source.

mod read;
mod write;

use super::{Format, Holds, Texts};
use crate::termbase::PartOfSpeech;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "utx",
    about: "UTX 1.11",
    extensions: &["utx"],
    read: Some(read::read),
    write: Some(write::write),
    holds: Holds::Pairs(&["id", "note", "review", "x"], &["pos", "status", "forbidden", "note", "x"]),
    settings: &[],
    texts: Texts::Line,
};

/// Where [`crate::termbase::Settings::x`] has the header.
const HEADER: &str = "utx";
/// What a header says that has nothing else to say: it is so where nothing is said.
const NOT_BOTH_WAYS: &str = "bidirectional: no";
/// The keys there that are no properties of the header: its date, and lines that are remarks.
const DATE: &str = "date";
const REMARKS: &str = "remarks";

/// Status words that say no more than our keys do.
const APPROVED: &str = "approved";
const NON_STANDARD: &str = "non-standard";
const FORBIDDEN: &str = "forbidden";
const PROVISIONAL: &str = "provisional";

/// What is not filled in.
fn is_blank(cell: &str) -> bool {
    matches!(cell, "" | "-")
}

fn pos_of(word: &str) -> Option<PartOfSpeech> {
    match word {
        "properNoun" => Some(PartOfSpeech::Name),
        word => PartOfSpeech::from_word(&word.to_lowercase()),
    }
}

fn word_of(pos: PartOfSpeech) -> &'static str {
    if pos == PartOfSpeech::Name { "properNoun" } else { pos.as_str() }
}
