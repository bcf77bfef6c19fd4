//! Word pairs that the texts of a collection show together: what one pair of texts teaches serves the others.
//!
//! ```
//! use glosa::align::{Lesson, Lexicon, Side, align, align_with};
//!
//! let es = Side::of(["La garita cerró en 2019.", "La garita abrió en 2020.", "La garita creció en 2021."]);
//! let en = Side::of(["The crossing closed in 2019.", "The crossing opened in 2020.", "The crossing grew in 2021."]);
//! let lexicon = Lexicon::learn(&[Lesson::of(&es, &en, &align(&es, &en))]);
//! let (es, en) = (Side::of(["Una garita."]), Side::of(["One crossing."]));
//! assert_eq!(align_with(&es, &en, &lexicon).len(), 1);
//! ```

use rustc_hash::FxHashMap;

use super::matches::{Counts, stems_of};
use super::words::{Bitext, Stem};
use super::{Bead, Side};

/// Only surer beads are learnt from.
const SURE: f32 = 0.8;

/// What the sure beads of a pair of texts have to teach.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    stems: Vec<Stem>,
    /// The stems of the two sides of each bead, by their indices.
    beads: Vec<[Vec<u32>; 2]>,
}

impl Lesson {
    /// The lesson of an alignment.
    pub fn of(es: &Side<'_>, en: &Side<'_>, beads: &[Bead]) -> Self {
        let bitext = Bitext::new(es, en);
        let sure = beads.iter().filter(|bead| is_sure(bead));
        let beads =
            sure.map(|bead| [stems_of(&bitext.es, &bead.es), stems_of(&bitext.en, &bead.en)]).collect();
        Lesson { stems: bitext.stems, beads }
    }
}

fn is_sure(bead: &Bead) -> bool {
    !bead.es.is_empty() && !bead.en.is_empty() && bead.es.len() + bead.en.len() <= 3 && bead.score > SURE
}

/// Which stems render which in a collection.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// For each Spanish stem the English ones, and how likely each is, forth and back.
    renderings: FxHashMap<Stem, Vec<(Stem, f32, f32)>>,
}

impl Lexicon {
    /// What lessons teach together; their order does not matter.
    pub fn learn(lessons: &[Lesson]) -> Self {
        let mut ids: FxHashMap<&Stem, u32> = FxHashMap::default();
        let mut stems: Vec<&Stem> = Vec::new();
        let mut beads = Vec::new();
        for lesson in lessons {
            let id = |stem| {
                *ids.entry(stem).or_insert_with(|| {
                    stems.push(stem);
                    stems.len() as u32 - 1
                })
            };
            let global: Vec<u32> = lesson.stems.iter().map(id).collect();
            let renamed = |side: &Vec<u32>| side.iter().map(|&stem| global[stem as usize]).collect();
            beads.extend(lesson.beads.iter().map(|bead| bead.each_ref().map(renamed)));
        }
        let mut lexicon = Lexicon::default();
        Counts::new(beads, stems.len()).each_pair(|s, t, counted| {
            if let Some((forth, back)) = counted.weights() {
                let rendering = (stems[t as usize].clone(), forth, back);
                lexicon.renderings.entry(stems[s as usize].clone()).or_default().push(rendering);
            }
        });
        lexicon
    }

    /// Tells all that is known of the stems of a bitext: Spanish, English, how likely forth and back.
    pub(super) fn each_of(&self, bitext: &Bitext<'_>, mut tell: impl FnMut(u32, u32, f32, f32)) {
        if self.renderings.is_empty() {
            return;
        }
        let ids: FxHashMap<&Stem, u32> = bitext.stems.iter().zip(0..).collect();
        for (s, stem) in (0..).zip(&bitext.stems) {
            for (rendering, forth, back) in self.renderings.get(stem).into_iter().flatten() {
                if let Some(&t) = ids.get(rendering) {
                    tell(s, t, *forth, *back);
                }
            }
        }
    }
}
