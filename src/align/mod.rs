//! Parallel texts: sentences of a text and its translation, paired.

use serde::Serialize;

/// A group of segments that translate one another; one side may be empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bead {
    /// Indices of the Spanish segments, consecutive.
    pub es: Vec<usize>,
    /// Indices of the English segments, consecutive.
    pub en: Vec<usize>,
    /// How sure the pairing is, 0 to 1.
    pub score: f32,
}

/// One side of a parallel text, as the aligner sees it.
#[derive(Clone, Debug, Default)]
pub struct Side<'a> {
    /// The text of each segment, in order.
    pub segments: Vec<&'a str>,
    /// For each segment, the concepts whose terms occur in it (sorted, once each).
    pub concepts: Vec<Vec<u32>>,
}

/// Pairs the segments of two texts. Every segment is in exactly one bead; beads come in text order.
pub fn align(es: &Side<'_>, en: &Side<'_>) -> Vec<Bead> {
    let n = es.segments.len().max(en.segments.len());
    let one = |i: usize, len: usize| if i < len { vec![i] } else { Vec::new() };
    (0..n)
        .map(|i| Bead { es: one(i, es.segments.len()), en: one(i, en.segments.len()), score: 0.5 })
        .collect()
}
