//! Beads cut out of their documents, each side a small document of its own: what is kept of texts that are done with.

use crate::align::Bead;
use crate::engine::{Analysis, Bitext, Collection};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::{Before, Document, LineIndex, Parts, Segment, SourceMap, Span};

/// Cuts some beads of a pair out of a collection: a pair of documents each, in the order of `beads`. A side without
/// segments is an empty document.
pub(super) fn cut(collection: &Collection, bitext: &Bitext, beads: &[usize]) -> Collection {
    let lines = [bitext.es, bitext.en].map(|document| collection.documents[document].document.line_index());
    let mut kept = Collection::default();
    for &bead in beads {
        let bead = &bitext.beads[bead];
        let first = kept.documents.len();
        for lang in Lang::ALL {
            let (document, segments) = bitext.side(bead, lang);
            kept.documents.push(piece(&collection.documents[document], segments, &lines[lang as usize]));
        }
        kept.bitexts.push(Bitext { es: first, en: first + 1, beads: vec![whole(bead)] });
    }
    kept
}

/// The bead with its segments numbered from 0.
fn whole(bead: &Bead) -> Bead {
    let numbered = |segments: &[usize]| (0..segments.len()).collect();
    Bead { es: numbered(&bead.es), en: numbered(&bead.en), score: bead.score }
}

/// Some neighbouring segments as a document that knows its place.
fn piece(analysis: &Analysis, segments: &[usize], lines: &LineIndex) -> Analysis {
    let of = &analysis.document;
    let all = &analysis.segments;
    let ends = segments.first().zip(segments.last());
    let stretch = ends.map(|(first, last)| Span::new(all[*first].span.start, all[*last].span.end));
    let stretch = stretch.unwrap_or_default();
    let mut parts = Parts::default();
    if let Some(part) = of.part_without_line(stretch) {
        parts.push(0, part);
    }
    let document = Document {
        name: of.name.clone(),
        text: stretch.of(&of.text).to_owned(),
        map: SourceMap::identity(of.map.space),
        parts,
        lang: of.lang,
        before: Before { lines: of.position(lines, stretch).line - 1, ..Before::default() },
        confidential: of.confidential,
        ..Document::default()
    };
    let moved = |span: Span| Span::new(span.start - stretch.start, span.end.min(stretch.end) - stretch.start);
    let segment = |&at: &usize| Segment { span: moved(all[at].span), ..all[at] };
    let hits = analysis.hits_in(stretch).iter();
    Analysis {
        document,
        segments: segments.iter().map(segment).collect(),
        hits: hits.map(|hit| Hit { span: moved(hit.span), ..hit.clone() }).collect(),
        words: 0,
    }
}
