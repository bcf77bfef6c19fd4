//! The engine: an immutable snapshot of a termbase and its compiled matcher. All operations start here.

mod context;

use std::sync::{Arc, OnceLock};

use crate::align::{self, Bead, Side};
use crate::lang::Lang;
use crate::lookup::{self, Found};
use crate::matcher::{Hit, Matcher, NearMiss, Overlaps};
use crate::termbase::Termbase;
use crate::text::{Document, Segment, Span, segments, tokens};
use context::{Segments, TextContext};

/// A termbase, compiled. Cheap to clone, safe to share between threads.
#[derive(Clone, Debug)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    termbase: Termbase,
    matcher: Matcher,
    index: OnceLock<lookup::Index>,
}

impl Engine {
    /// Compiles a termbase.
    pub fn new(termbase: Termbase) -> Self {
        let matcher = Matcher::new(&termbase);
        Engine { inner: Arc::new(Inner { termbase, matcher, index: OnceLock::new() }) }
    }

    /// The termbase.
    pub fn termbase(&self) -> &Termbase {
        &self.inner.termbase
    }

    /// The compiled matcher.
    pub fn matcher(&self) -> &Matcher {
        &self.inner.matcher
    }

    /// The hits in a document. Its segments are only made where a hit depends on their language.
    pub fn scan(&self, document: &Document, overlaps: Overlaps) -> Vec<Hit> {
        let context = TextContext::new(document, Segments::lazy(document));
        self.inner.matcher.search(&document.text, overlaps, &context)
    }

    /// What was nearly a hit in a document, and why it was refused.
    pub fn near_misses(&self, document: &Document) -> Vec<NearMiss<'_>> {
        let context = TextContext::new(document, Segments::lazy(document));
        self.inner.matcher.near_misses(&document.text, &context)
    }

    /// A document with its segments and hits.
    pub fn analyse(&self, document: Document) -> Analysis {
        let segments = segments(&document);
        let context = TextContext::new(&document, Segments::Made(&segments));
        let hits = self.inner.matcher.search(&document.text, Overlaps::Longest, &context);
        let words = tokens::words(&document.text).count();
        Analysis { document, segments, hits, words }
    }

    /// Pairs the segments of a text and its translation, with the glossary's hits as anchors.
    pub fn align(&self, es: &Analysis, en: &Analysis) -> Vec<Bead> {
        align::align(&es.side(), &en.side())
    }

    /// The entries that a query names: exactly, without accents, inflected, as a prefix, within a longer term,
    /// or with a typing error; best first, at most `limit`.
    pub fn lookup(&self, query: &str, limit: usize) -> Vec<Found> {
        self.inner.index.get_or_init(|| lookup::Index::new(&self.inner.matcher)).find(query, limit)
    }
}

/// A document with its segments and hits: what all reports are made from.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The document.
    pub document: Document,
    /// Its segments, in order.
    pub segments: Vec<Segment>,
    /// Its hits, leftmost-longest, in order.
    pub hits: Vec<Hit>,
    /// Running words.
    pub words: usize,
}

impl Analysis {
    /// The index of the segment that a span starts in, or of the last one before it.
    pub fn segment_at(&self, span: Span) -> usize {
        self.segments.partition_point(|segment| segment.span.start <= span.start).saturating_sub(1)
    }

    /// The hits that start in a span, in order.
    pub fn hits_in(&self, span: Span) -> &[Hit] {
        let from = self.hits.partition_point(|hit| hit.span.start < span.start);
        let to = self.hits.partition_point(|hit| hit.span.start < span.end);
        &self.hits[from..to.max(from)]
    }

    /// The language of the document: as stated, else that of most of its text.
    pub fn lang(&self) -> Option<Lang> {
        self.document.lang.or_else(|| {
            let bytes = |lang| -> usize {
                self.segments.iter().filter(|s| s.lang == Some(lang)).map(|s| s.span.len()).sum()
            };
            Lang::ALL.into_iter().max_by_key(|&lang| bytes(lang)).filter(|&lang| bytes(lang) > 0)
        })
    }

    fn side(&self) -> Side<'_> {
        let concepts = |segment: &Segment| {
            let mut concepts: Vec<u32> =
                self.hits_in(segment.span).iter().map(|hit| hit.term.concept).collect();
            concepts.sort_unstable();
            concepts.dedup();
            concepts
        };
        Side {
            segments: self.segments.iter().map(|segment| segment.span.of(&self.document.text)).collect(),
            concepts: self.segments.iter().map(concepts).collect(),
        }
    }
}

/// Two documents that translate one another, by their indices in a collection, with their beads.
#[derive(Clone, Debug)]
pub struct Bitext {
    /// The Spanish document.
    pub es: usize,
    /// The English document.
    pub en: usize,
    /// Their segments, paired.
    pub beads: Vec<Bead>,
}

impl Bitext {
    /// The document of a language, with the segments that one of the beads has of it.
    pub fn side<'b>(&self, bead: &'b Bead, lang: Lang) -> (usize, &'b [usize]) {
        match lang {
            Lang::Es => (self.es, &bead.es),
            Lang::En => (self.en, &bead.en),
        }
    }
}

/// A collection of analysed documents with its pairs: what the reports are made from.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// The documents, in corpus order.
    pub documents: Vec<Analysis>,
    /// The pairs, in corpus order.
    pub bitexts: Vec<Bitext>,
}

impl Collection {
    /// The partner of each document.
    pub fn partners(&self) -> Vec<Option<usize>> {
        let mut partners = vec![None; self.documents.len()];
        for bitext in &self.bitexts {
            partners[bitext.es] = Some(bitext.en);
            partners[bitext.en] = Some(bitext.es);
        }
        partners
    }
}
