//! What came of words met before: most of what speaks for a word's class depends on the word alone, or on one neighbour
//! alone, and texts repeat their words.

use rustc_hash::FxHashMap;

use super::Tagger;
use super::class::Class;
use super::features::{EDGE, Place, View, part};

/// Sums of weights, in steps, for each class.
pub(super) type Sums = [i32; Class::ALL.len()];

/// Words remembered by one who tags many sentences.
#[derive(Debug, Default)]
pub struct Memory {
    edge: Option<Known>,
    /// At the start of a sentence, within it, and punctuation.
    known: [FxHashMap<Box<str>, Known>; 3],
}

/// So many words are remembered before all are forgotten.
const MOST: usize = 8 << 10;

/// A token, and what speaks for each class: at its own place, and at those of its neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) view: View,
    pub(super) own: Sums,
    pub(super) as_before: Sums,
    pub(super) as_after: Sums,
    pub(super) as_before_2: Sums,
    pub(super) as_after_2: Sums,
}

impl Known {
    fn new(tagger: &Tagger<'_>, view: View) -> Known {
        let (e, v) = (&EDGE, &view);
        Known {
            own: tagger.sums::<{ part::OWN }>([e, e, v, e, e]),
            as_before: tagger.sums::<{ part::BEFORE }>([e, v, e, e, e]),
            as_after: tagger.sums::<{ part::AFTER }>([e, e, e, v, e]),
            as_before_2: tagger.sums::<{ part::BEFORE_2 }>([v, e, e, e, e]),
            as_after_2: tagger.sums::<{ part::AFTER_2 }>([e, e, e, e, v]),
            view,
        }
    }
}

impl Memory {
    /// What is known of the sentence's edges.
    pub(super) fn edge(&mut self, tagger: &Tagger<'_>) -> Known {
        *self.edge.get_or_insert_with(|| Known::new(tagger, EDGE))
    }

    /// What is known of a token.
    pub(super) fn known(&mut self, tagger: &Tagger<'_>, text: &str, place: Place) -> Known {
        let words = &mut self.known[place as usize];
        if let Some(known) = words.get(text) {
            return *known;
        }
        if words.len() >= MOST {
            words.clear();
        }
        let known = Known::new(tagger, View::new(&tagger.dictionary, text, place));
        words.insert(text.into(), known);
        known
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::{around, places, sentence};
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_parts_make_up_the_whole() {
        let words =
            [("Se", true), ("casa", true), ("mañana", true), (",", false), ("dijo", true), ("3", true)];
        let tagger = Tagger::of(Lang::Es);
        let views = sentence(&tagger.dictionary, &words);
        let mut memory = Memory::default();
        let mut all = vec![memory.edge(&tagger); 2];
        all.extend(places(&words).map(|(text, place)| memory.known(&tagger, text, place)));
        all.extend([memory.edge(&tagger); 2]);
        for at in 0..words.len() {
            let [before_2, before, this, after, after_2] = [0, 1, 2, 3, 4].map(|offset| &all[at + offset]);
            let whole = tagger.sums::<{ part::ALL }>(around(&views, at));
            let joint = tagger.sums::<{ part::JOINT }>(around(&views, at));
            let parts =
                [joint, this.own, before.as_before, after.as_after, before_2.as_before_2, after_2.as_after_2];
            let sum: Sums = std::array::from_fn(|class| parts.iter().map(|part| part[class]).sum());
            assert_eq!(sum, whole, "{:?}", words[at]);
        }
    }
}
