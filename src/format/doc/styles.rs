//! The styles of a document, as far as they hide text.

use std::collections::HashMap;

/// How many styles that one is based on are followed.
const DEPTH: usize = 20;

/// Styles by their names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style that is being read.
    open: String,
}

#[derive(Debug, Default)]
struct Style {
    /// Whether it hides its text, where it says so.
    hides: Option<bool>,
    /// The style that it is based on.
    parent: Option<String>,
}

impl Styles {
    /// Begins a style.
    pub(super) fn begin(&mut self, name: String, parent: Option<String>) {
        self.open.clone_from(&name);
        self.styles.insert(name, Style { hides: None, parent });
    }

    /// States what the style that has begun is based on.
    pub(super) fn set_parent(&mut self, parent: String) {
        if let Some(style) = self.styles.get_mut(&self.open) {
            style.parent = Some(parent);
        }
    }

    /// States whether the style that has begun hides its text.
    pub(super) fn set_hides(&mut self, hides: bool) {
        if let Some(style) = self.styles.get_mut(&self.open) {
            style.hides = Some(hides);
        }
    }

    /// Whether a style hides its text, by itself or by what it is based on.
    pub(super) fn hides(&self, name: &str) -> bool {
        let mut next = self.styles.get(name);
        for _ in 0..DEPTH {
            match next {
                Some(Style { hides: Some(hides), .. }) => return *hides,
                Some(Style { parent: Some(parent), .. }) => next = self.styles.get(parent),
                _ => return false,
            }
        }
        false
    }
}
