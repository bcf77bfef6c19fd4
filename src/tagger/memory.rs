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
    /// What is known of all of them; first of the sentence's edges.
    known: Vec<Known>,
    /// Where the words at the start of a sentence, those within it, and punctuation stand.
    places: [FxHashMap<Box<str>, u32>; 3],
}

/// With so many words remembered, all are forgotten before the next sentence. Each takes about three hundred bytes.
const MOST: usize = 16 << 10;

/// Where the sentence's edges stand.
pub(super) const AT_EDGE: u32 = 0;

/// A token, and what speaks for each class: at its own place, and at those of its neighbours.
#[derive(Clone, Debug)]
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
    /// Begins a sentence: what is looked up from here on stays where it is until the next.
    pub(super) fn begin(&mut self, tagger: &Tagger<'_>) {
        if self.known.len() >= MOST {
            *self = Memory::default();
        }
        if self.known.is_empty() {
            self.known.push(Known::new(tagger, EDGE));
        }
    }

    /// Where a token stands, which is looked at if it is new.
    pub(super) fn place(&mut self, tagger: &Tagger<'_>, text: &str, place: Place) -> u32 {
        let places = &mut self.places[place as usize];
        if let Some(&at) = places.get(text) {
            return at;
        }
        let at = self.known.len() as u32;
        self.known.push(Known::new(tagger, View::new(&tagger.dictionary, text, place)));
        places.insert(text.into(), at);
        at
    }

    /// What is known of the tokens that stand there.
    pub(super) fn known(&self, &[a, b, c, d, e]: &[u32; 5]) -> [&Known; 5] {
        let known = |at: u32| &self.known[at as usize];
        [known(a), known(b), known(c), known(d), known(e)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::{self, places, sentence};
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_parts_make_up_the_whole() {
        let words =
            [("Se", true), ("casa", true), ("mañana", true), (",", false), ("dijo", true), ("3", true)];
        let tagger = Tagger::of(Lang::Es);
        let views = sentence(&tagger.dictionary, &words);
        let mut memory = Memory::default();
        memory.begin(&tagger);
        let mut all = vec![AT_EDGE; 2];
        all.extend(places(&words, true).map(|(text, place)| memory.place(&tagger, text, place)));
        all.extend([AT_EDGE; 2]);
        for (at, around) in all.windows(5).filter_map(<[_]>::first_chunk).enumerate() {
            let [before_2, before, this, after, after_2] = memory.known(around);
            let whole = tagger.sums::<{ part::ALL }>(features::around(&views, at));
            let joint = tagger.sums::<{ part::JOINT }>(features::around(&views, at));
            let parts =
                [joint, this.own, before.as_before, after.as_after, before_2.as_before_2, after_2.as_after_2];
            let sum: Sums = std::array::from_fn(|class| parts.iter().map(|part| part[class]).sum());
            assert_eq!(sum, whole, "{:?}", words[at]);
        }
    }
}
