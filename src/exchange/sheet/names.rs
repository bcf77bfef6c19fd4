//! What the terms of an edited sheet are called: which of those that were exported each of them is.

use std::collections::{HashMap, HashSet};

use crate::exchange::facts::{SectionFacts, TermFacts, fresh};

/// A way to name a term: by the one that stood in its cell, its text, and the names that are taken.
type Way<'w> = &'w dyn Fn(Option<&String>, &str, &HashSet<String>) -> Option<String>;

/// What the terms of edited cells are called, each cell with its row and the term that stood in it. A text that was
/// exported is that term, wherever it stands now; another one is the term of its cell with its text changed, unless
/// that stands elsewhere; what is left is new.
pub(super) fn names(
    old: &SectionFacts,
    cells: &[(Option<usize>, Option<String>)],
    found: &[Option<TermFacts>],
) -> Vec<Option<String>> {
    let mut names: Vec<Option<String>> = vec![None; cells.len()];
    let mut taken: HashSet<String> = HashSet::new();
    let is_as_it_was = |own: &str, text: &str| old.term(own).is_some_and(|term| term.text() == text);
    let in_place = |own: Option<&String>, text: &str, _: &HashSet<String>| {
        own.filter(|own| is_as_it_was(own, text)).cloned()
    };
    let moved = |_: Option<&String>, text: &str, taken: &HashSet<String>| {
        let same = old.terms.iter().find(|term| term.text() == text && !taken.contains(&term.slot));
        same.map(|term| term.slot.clone())
    };
    let changed = |own: Option<&String>, _: &str, taken: &HashSet<String>| {
        own.filter(|own| !taken.contains(*own)).cloned()
    };
    let known: HashSet<&str> = old.terms.iter().map(|term| term.slot.as_str()).collect();
    let new = |_: Option<&String>, text: &str, taken: &HashSet<String>| Some(fresh(text, &known, taken));
    let ways: [Way<'_>; 4] = [&in_place, &moved, &changed, &new];
    for way in ways {
        for (at, (_, own)) in cells.iter().enumerate() {
            let Some(term) = found[at].as_ref().filter(|_| names[at].is_none()) else { continue };
            names[at] = way(own.as_ref(), term.text(), &taken);
            taken.extend(names[at].clone());
        }
    }
    names
}

/// The name of a term: its text, numbered where it comes again.
pub(super) fn slot(text: &str, seen: &mut HashMap<String, usize>) -> String {
    let count = seen.entry(text.to_owned()).and_modify(|count| *count += 1).or_insert(1);
    if *count == 1 { text.to_owned() } else { format!("{text}\u{0}{count}") }
}
