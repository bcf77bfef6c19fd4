//! A collection made ready for questions about many concepts.
//!
//! Which bead a segment lies in and where lines start is found once, so that what a concept costs depends on its
//! own occurrences only, not on the size of the collection.

use crate::align::Bead;
use crate::engine::{Analysis, Bitext, Collection};
use crate::lang::Lang;
use crate::text::{LineIndex, Span};

use super::Occurrence;

/// A collection with the bead of each segment and the lines of each document.
#[derive(Debug)]
pub struct Concordance<'a> {
    collection: &'a Collection,
    lines: Vec<LineIndex>,
    /// For each document, the bead of each of its segments.
    beads: Vec<Vec<Option<BeadAt>>>,
}

/// A bead by its indices. Their order is that of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BeadAt {
    bitext: u32,
    bead: u32,
}

/// A bead in which a concept occurs, with the occurrences of Spanish terms on the Spanish side and of English
/// terms on the English one. One of the two lists may be empty.
#[derive(Clone, Debug)]
pub struct HeldBead<'a> {
    /// The pair.
    pub bitext: &'a Bitext,
    /// The bead.
    pub bead: &'a Bead,
    /// Occurrences on the Spanish side.
    pub es: Vec<Occurrence>,
    /// Occurrences on the English side.
    pub en: Vec<Occurrence>,
}

impl<'a> Concordance<'a> {
    /// Makes a collection ready.
    ///
    /// # Panics
    /// When a pair names documents or segments that the collection lacks.
    pub fn new(collection: &'a Collection) -> Self {
        let documents = &collection.documents;
        let mut beads: Vec<Vec<Option<BeadAt>>> =
            documents.iter().map(|analysis| vec![None; analysis.segments.len()]).collect();
        for (i, bitext) in collection.bitexts.iter().enumerate() {
            for (j, bead) in bitext.beads.iter().enumerate() {
                let at = BeadAt { bitext: i as u32, bead: j as u32 };
                for (document, segments) in Lang::ALL.map(|lang| bitext.side(bead, lang)) {
                    for &segment in segments {
                        beads[document][segment] = Some(at);
                    }
                }
            }
        }
        let lines = documents.iter().map(|analysis| analysis.document.line_index()).collect();
        Concordance { collection, lines, beads }
    }

    /// The collection.
    pub fn collection(&self) -> &'a Collection {
        self.collection
    }

    /// A document.
    pub fn document(&self, index: usize) -> &'a Analysis {
        &self.collection.documents[index]
    }

    /// The lines of a document.
    pub fn lines(&self, document: usize) -> &LineIndex {
        &self.lines[document]
    }

    /// The line in the source, from 1, on which a span of a document's text starts.
    pub fn line(&self, document: usize, span: Span) -> usize {
        self.document(document).document.position(&self.lines[document], span).line
    }

    /// The occurrences of each concept of a termbase with `concepts` concepts, in the order of the collection.
    pub fn occurrences(&self, concepts: usize) -> Vec<Vec<Occurrence>> {
        let mut all = vec![Vec::new(); concepts];
        for (document, analysis) in self.collection.documents.iter().enumerate() {
            for (hit, found) in analysis.hits.iter().enumerate() {
                let segment = analysis.segment_at(found.span);
                if let Some(list) = all.get_mut(found.term.concept as usize) {
                    list.push(Occurrence { document, segment, hit });
                }
            }
        }
        all
    }

    /// All beads with their pairs, in the order of the collection.
    pub fn beads(&self) -> impl Iterator<Item = (&'a Bitext, &'a Bead)> {
        self.collection.bitexts.iter().flat_map(|bitext| bitext.beads.iter().map(move |bead| (bitext, bead)))
    }

    /// The bead that a segment of a document lies in, with its pair.
    pub fn bead(&self, document: usize, segment: usize) -> Option<(&'a Bitext, &'a Bead)> {
        let at = (*self.beads.get(document)?.get(segment)?)?;
        Some(self.at(at))
    }

    /// The beads that hold some occurrences, in the order of the collection.
    pub fn held(&self, occurrences: &[Occurrence]) -> Vec<HeldBead<'a>> {
        let bead = |o: &Occurrence| *self.beads.get(o.document)?.get(o.segment)?;
        let mut placed: Vec<(BeadAt, Occurrence)> =
            occurrences.iter().filter_map(|o| Some((bead(o)?, *o))).collect();
        placed.sort_unstable();
        let held = |same: &[(BeadAt, Occurrence)]| {
            let (bitext, bead) = self.at(same[0].0);
            let side = |lang: Lang| -> Vec<Occurrence> {
                let (document, _) = bitext.side(bead, lang);
                let of_side = same.iter().map(|(_, o)| *o).filter(|o| o.document == document);
                of_side.filter(|o| o.hit(self.collection).lang == lang).collect()
            };
            HeldBead { bitext, bead, es: side(Lang::Es), en: side(Lang::En) }
        };
        let beads = placed.chunk_by(|a, b| a.0 == b.0).map(held);
        beads.filter(|bead| !bead.es.is_empty() || !bead.en.is_empty()).collect()
    }

    /// The stretch of a document that segments cover, from the first to the last.
    pub fn stretch(&self, document: usize, segments: &[usize]) -> Option<Span> {
        let all = &self.document(document).segments;
        let (first, last) = (all.get(*segments.first()?)?, all.get(*segments.last()?)?);
        Some(Span::new(first.span.start, last.span.end))
    }

    fn at(&self, at: BeadAt) -> (&'a Bitext, &'a Bead) {
        let bitext = &self.collection.bitexts[at.bitext as usize];
        (bitext, &bitext.beads[at.bead as usize])
    }
}
