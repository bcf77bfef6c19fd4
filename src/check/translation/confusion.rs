//! One thing named for another: the shared part of rules about wrong concepts and false friends.

use crate::matcher::Hit;

/// In a bead: what the source has of a concept and of the one it is confused with, and what the translation has.
#[derive(Debug, Default)]
pub(super) struct Confusion<'h> {
    /// Source hits of the concept that is meant.
    pub(super) meant: Vec<&'h Hit>,
    /// Source hits of the other one.
    pub(super) other: Vec<&'h Hit>,
    /// How often the translation has what is meant.
    pub(super) right: usize,
    /// Where the translation has the other one.
    pub(super) wrong: Vec<&'h Hit>,
}

impl<'h> Confusion<'h> {
    /// The source hit that is rendered by the other concept, with that rendering. The translation has the other concept
    /// more often than the source gives reason to, and what is meant less often.
    pub(super) fn found(&self) -> Option<(&'h Hit, &'h Hit)> {
        if self.meant.is_empty() || self.right >= self.meant.len() || self.wrong.len() <= self.other.len() {
            return None;
        }
        let mut all: Vec<(usize, Option<&'h Hit>)> =
            self.other.iter().map(|hit| (hit.span.start, None)).collect();
        all.extend(self.meant.iter().map(|hit| (hit.span.start, Some(*hit))));
        all.sort_unstable_by_key(|(start, _)| *start);
        // Where both stand in the source, the translation has them in the same order.
        let both =
            self.wrong.iter().zip(&all).find_map(|(wrong, (_, meant))| meant.map(|meant| (meant, *wrong)));
        both.or_else(|| Some((*self.meant.first()?, *self.wrong.last()?)))
    }
}
