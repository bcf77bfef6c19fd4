//! Working memory that is used again: whoever is done with some leaves it to the next, on whatever thread.

use std::sync::{Mutex, PoisonError};

/// What nobody uses at the moment.
#[derive(Debug, Default)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    /// Something that was given back, or a new one.
    pub(crate) fn take(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Leaves something for the next who asks.
    pub(crate) fn give_back(&self, used: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(used);
    }
}
