//! Fields that few have: a pointer where there are none of them.
//!
//! A termbase may have hundreds of thousands of terms, most of which are a word and no more. A term with room for all
//! that can be said of one would take half a kilobyte.
//!
//! ```
//! use glosa::termbase::TermEntry;
//!
//! let mut entry = TermEntry::new("arancel");
//! assert_eq!(entry.usage, None);
//! entry.usage = Some("formal".to_owned());
//! assert_eq!(entry.usage.as_deref(), Some("formal"));
//! assert!(size_of::<TermEntry>() < 150);
//! ```

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

/// Fields with room only once one of them is written; read before that, they are empty.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Rare<T>(Option<Box<T>>);

/// Fields that can all be empty.
pub trait Fields: Default + 'static {
    /// The fields of all who have none.
    fn none() -> &'static Self;
}

impl<T: Fields> Rare<T> {
    /// The fields by themselves.
    pub fn into_inner(self) -> T {
        *self.0.unwrap_or_default()
    }

    /// The fields, to be changed; `None` where none of them is stated.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl<T: Fields + PartialEq> Rare<T> {
    /// Gives the room back where nothing stands in it.
    pub fn settle(&mut self) {
        if self.0.as_deref().is_some_and(|fields| fields == T::none()) {
            self.0 = None;
        }
    }
}

impl<T: Fields> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::none())
    }
}

impl<T: Fields> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Fields + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Room for fields says nothing; what stands there does.
impl<T: Fields + PartialEq> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T> From<T> for Rare<T> {
    fn from(fields: T) -> Self {
        Rare(Some(Box::new(fields)))
    }
}

/// Lets the rare fields of a type (in its `details`) be read and written as its own.
macro_rules! rare {
    ($of:ident: $fields:ident) => {
        impl $crate::termbase::rare::Fields for $fields {
            fn none() -> &'static Self {
                static NONE: std::sync::LazyLock<$fields> = std::sync::LazyLock::new($fields::default);
                &NONE
            }
        }

        impl std::ops::Deref for $of {
            type Target = $fields;

            fn deref(&self) -> &$fields {
                &self.details
            }
        }

        impl std::ops::DerefMut for $of {
            fn deref_mut(&mut self) -> &mut $fields {
                &mut self.details
            }
        }
    };
}
pub(super) use rare;

#[cfg(test)]
mod tests {
    use crate::termbase::{Concept, TermEntry};

    /// What a word costs: a file of a few megabytes has hundreds of thousands of them.
    #[test]
    fn a_word_and_no_more_is_small() {
        assert!(size_of::<TermEntry>() <= 128, "{}", size_of::<TermEntry>());
        assert!(size_of::<Concept>() <= 176, "{}", size_of::<Concept>());
    }

    #[test]
    fn emptied_fields_are_as_good_as_none() {
        let mut entry = TermEntry::new("a");
        entry.usage = Some("formal".to_owned());
        assert_ne!(entry, TermEntry::new("a"));
        entry.usage = None;
        assert_eq!(entry, TermEntry::new("a"));
        assert_eq!(format!("{entry:?}"), format!("{:?}", TermEntry::new("a")));
    }
}
