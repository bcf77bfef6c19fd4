//! Bilingual files are bitexts as they are: units of translation of the same name are beads.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Analysis;
use crate::align::Bead;
use crate::text::PartKind;

/// Of the units of the shorter text so many, out of 2, must be in the other one too.
const SHARED: usize = 1;

/// The beads of two documents that consist of units, a bead a unit, in the order of the Spanish document; what one of
/// them lacks keeps its place. `None` where they do not, or where their units are others.
pub(super) fn beads(es: &Analysis, en: &Analysis) -> Option<Vec<Bead>> {
    let (es, en) = (units(es)?, units(en)?);
    let place: FxHashMap<&str, usize> = en.iter().enumerate().map(|(i, unit)| (unit.name, i)).collect();
    let partners: Vec<Option<usize>> = es.iter().map(|unit| place.get(unit.name).copied()).collect();
    let mut lone = vec![true; en.len()];
    partners.iter().flatten().for_each(|&partner| lone[partner] = false);
    let shared = lone.iter().filter(|lone| !**lone).count();
    if shared * 2 < es.len().min(en.len()) * SHARED {
        return None;
    }
    let mut beads = Vec::with_capacity(es.len() + en.len() - shared);
    let mut next = 0;
    let mut passed = |beads: &mut Vec<Bead>, end: usize| {
        beads.extend((next..end).filter(|&i| lone[i]).map(|i| bead(0..0, en[i].segments.clone())));
        next = next.max(end);
    };
    for (unit, partner) in es.iter().zip(&partners) {
        passed(&mut beads, partner.unwrap_or(0));
        let segments = partner.map_or(0..0, |partner| en[partner].segments.clone());
        beads.push(bead(unit.segments.clone(), segments));
    }
    passed(&mut beads, en.len());
    Some(beads)
}

fn bead(es: Range<usize>, en: Range<usize>) -> Bead {
    Bead { es: es.collect(), en: en.collect(), score: 1.0 }
}

/// A unit with the indices of its segments.
struct Unit<'a> {
    name: &'a str,
    segments: Range<usize>,
}

fn units(analysis: &Analysis) -> Option<Vec<Unit<'_>>> {
    let document = &analysis.document;
    if document.parts.kind != PartKind::Unit || document.parts.is_empty() {
        return None;
    }
    let first = |at: usize| analysis.segments.partition_point(|segment| segment.span.start < at);
    let parts = document.parts.spans(document.text.len());
    let units = parts.map(|(name, span)| Unit { name, segments: first(span.start)..first(span.end) });
    Some(units.filter(|unit| !unit.segments.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::termbase::Termbase;
    use crate::text::{Document, Parts};

    fn analysis(units: &[(&str, &str)], kind: PartKind) -> Analysis {
        let mut document = Document { parts: Parts::of(kind), ..Document::plain("x", "") };
        for (name, text) in units {
            document.parts.push(document.text.len(), *name);
            document.text += &format!("{text}\n\n");
        }
        Engine::new(Termbase::default()).analyse(document)
    }

    #[test]
    fn units_of_the_same_name_are_beads() {
        let es = analysis(&[("a", "Uno. Dos."), ("b", "Tres."), ("d", "Cinco.")], PartKind::Unit);
        let en =
            analysis(&[("x", "Zero."), ("a", "One two."), ("c", "Four."), ("d", "Five.")], PartKind::Unit);
        let beads: Vec<_> =
            beads(&es, &en).expect("beads").into_iter().map(|b| (b.es, b.en, b.score)).collect();
        let wanted = [
            (vec![], vec![0], 1.0),
            (vec![0, 1], vec![1], 1.0),
            (vec![2], vec![], 1.0),
            (vec![], vec![2], 1.0),
            (vec![3], vec![3], 1.0),
        ];
        assert_eq!(beads, wanted);
    }

    #[test]
    fn other_parts_are_no_beads() {
        let units = [("a", "Uno."), ("b", "Dos.")];
        let other = [("c", "One."), ("d", "Two.")];
        let unit = |units| analysis(units, PartKind::Unit);
        assert!(beads(&unit(&units), &unit(&other)).is_none());
        assert!(beads(&unit(&units), &analysis(&units, PartKind::Place)).is_none());
    }
}
