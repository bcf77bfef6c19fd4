//! What is known of pairs of words before a line is read: the shipped statistics, and words that look alike.

use super::model::{Cells, Direction};
use crate::extract::statistics::Statistics;
use crate::extract::words::Side;
use crate::lang::Lang;

/// For each pair of stems how many observations it is worth, in each direction.
#[derive(Debug)]
pub(super) struct Prior {
    to_es: Vec<f32>,
    to_en: Vec<f32>,
}

/// Observations that a pair of the statistics is worth where it is certain.
const LISTED: f32 = 1.0;

/// Observations that two words of the same spelling are worth.
const COGNATE: f32 = 1.0;

/// Words less alike are no cognates.
const ALIKE: f32 = 0.6;

impl Prior {
    pub(super) fn of(&self, direction: Direction) -> &[f32] {
        match direction {
            Direction::EnToEs => &self.to_es,
            Direction::EsToEn => &self.to_en,
        }
    }

    pub(super) fn new(es: &Side<'_>, en: &Side<'_>, cells: &Cells, statistics: &Statistics<'_>) -> Self {
        let mut prior = Prior { to_es: vec![0.0; cells.pairs.len()], to_en: vec![0.0; cells.pairs.len()] };
        let number = |side: &Side<'_>, lang| -> Vec<Option<u32>> {
            side.stems.iter().map(|stem| statistics.number(&stem.key, lang)).collect()
        };
        let (spanish, english) = (number(es, Lang::Es), number(en, Lang::En));
        let shapes =
            |side: &Side<'_>| -> Vec<Vec<u8>> { side.stems.iter().map(|stem| shape(&stem.key)).collect() };
        let (es_shapes, en_shapes) = (shapes(es), shapes(en));
        for (i, &(s, e)) in cells.pairs.iter().enumerate() {
            if let (Some(s), Some(e)) = (spanish[s as usize], english[e as usize])
                && let Some((to_en, to_es)) = statistics.probabilities(s, e)
            {
                prior.to_en[i] += LISTED * to_en;
                prior.to_es[i] += LISTED * to_es;
            }
            let alike = likeness(&es_shapes[s as usize], &en_shapes[e as usize]);
            if alike >= ALIKE {
                prior.to_en[i] += COGNATE * alike;
                prior.to_es[i] += COGNATE * alike;
            }
        }
        prior
    }
}

/// A stem as it would be spelt if both languages spelt alike: ph as f, th as t, double letters single.
fn shape(stem: &str) -> Vec<u8> {
    let respelt = [
        ("ph", "f"),
        ("th", "t"),
        ("qu", "c"),
        ("ch", "c"),
        ("ñ", "n"),
        ("k", "c"),
        ("y", "i"),
        ("w", "v"),
        ("z", "s"),
    ];
    let mut shape = stem.to_lowercase();
    for (from, to) in respelt {
        shape = shape.replace(from, to);
    }
    let mut shape = shape.into_bytes();
    shape.dedup();
    shape
}

/// How alike two shapes are, 0 to 1.
fn likeness(a: &[u8], b: &[u8]) -> f32 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short < 2 || short * 2 < long {
        return 0.0;
    }
    if a == b {
        return if short > 2 || a.iter().any(u8::is_ascii_digit) { 1.0 } else { 0.0 };
    }
    if short < 4 || a[0] != b[0] || a.iter().any(u8::is_ascii_digit) {
        return 0.0;
    }
    1.0 - distance(a, b) as f32 / long as f32
}

fn distance(a: &[u8], b: &[u8]) -> usize {
    strsim::generic_levenshtein(&Bytes(a), &Bytes(b))
}

/// Bytes as the distance takes them.
struct Bytes<'a>(&'a [u8]);

impl<'a> IntoIterator for &Bytes<'a> {
    type Item = u8;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, u8>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}
