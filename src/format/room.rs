//! How much of what a file holds once may stand in what is read of it many times: cells that are repeated, reach over
//! others, or refer to a text by its number.

/// How many bytes may still be taken.
pub(crate) struct Room(usize);

#[cfg(any(feature = "office", feature = "xlsx"))]
/// How many bytes of text cells may refer to beyond what is unpacked: a cell with a short word is longer than its word.
const SHARED: u64 = 16 << 20;
/// How many bytes cells may fill by reaching over others; a table has few of them.
const SPREAD: usize = 32 << 20;

impl Room {
    /// For the texts that the cells of a workbook refer to, whose parts unpack to so many bytes.
    #[cfg(any(feature = "office", feature = "xlsx"))]
    pub(crate) fn for_shared(unpacked: u64) -> Room {
        Room(usize::try_from(unpacked.saturating_add(SHARED)).unwrap_or(usize::MAX))
    }

    /// For cells that reach over others.
    pub(crate) fn for_spread() -> Room {
        Room(SPREAD)
    }

    /// Takes so many bytes; `None` if there is no room for them.
    pub(crate) fn take(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.checked_sub(bytes)?;
        Some(())
    }
}
