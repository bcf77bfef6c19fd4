//! The engine: an immutable snapshot of a termbase and its compiled matcher. All operations start here.

mod context;
mod units;

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet;

use crate::align::{self, Bead, Lesson, Lexicon, Side};
use crate::check::Finding;
use crate::lang::Lang;
use crate::lookup::{self, Found};
use crate::matcher::compile::{Bounds, compile};
use crate::matcher::{Hit, Matcher, NearMiss, Overlaps, Patterns, Shelf};
use crate::termbase::Termbase;
use crate::text::{Document, Segment, Span, line_segments, segments, tokens};
use context::{Memories, Segments, TextContext};

/// A termbase, compiled. Cheap to clone, safe to share between threads.
#[derive(Clone, Debug)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    termbase: Arc<Termbase>,
    matcher: OnceLock<Matcher>,
    index: OnceLock<lookup::Index>,
    compiled: Option<Compiled>,
    memories: Memories,
    findings: Vec<Finding>,
}

/// A termbase compiled on an earlier run.
pub struct Compiled {
    /// The termbase.
    pub termbase: Termbase,
    /// Its patterns, to take some from.
    pub shelf: Shelf,
    /// Reads the matcher of all its patterns, which is faster than to make it of them; `None` where it cannot be read.
    pub matcher: Box<dyn Fn() -> Option<Matcher> + Send + Sync>,
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("longest", &self.shelf.longest()).finish_non_exhaustive()
    }
}

/// Texts up to this size, in bytes, are searched with those patterns only that they can hold: to take these from the
/// shelf costs less than to make a matcher of all.
const SHORT: usize = 32 << 10;

impl Engine {
    /// Compiles a termbase.
    pub fn new(termbase: Termbase) -> Self {
        let compilation = compile(&termbase, Bounds::default());
        let findings = compilation.findings(&termbase);
        let matcher = OnceLock::from(Matcher::of(compilation.patterns));
        Engine::with(Inner { termbase: Arc::new(termbase), matcher, findings, ..Inner::default() })
    }

    /// The engine of a termbase that is compiled already; what is not asked for is not read.
    pub fn of(mut compiled: Compiled) -> Self {
        let termbase = Arc::new(std::mem::take(&mut compiled.termbase));
        Engine::with(Inner { termbase, compiled: Some(compiled), ..Inner::default() })
    }

    fn with(inner: Inner) -> Self {
        Engine { inner: Arc::new(inner) }
    }

    /// An engine that finds in these texts, and no others, what this one does. Where they are short it is made much
    /// faster than one for all texts.
    #[must_use]
    pub fn for_texts<'t>(&self, texts: impl Iterator<Item = &'t str> + Clone) -> Engine {
        match &self.inner.compiled {
            Some(compiled)
                if self.inner.matcher.get().is_none()
                    && texts.clone().map(str::len).sum::<usize>() <= SHORT =>
            {
                let matcher = Matcher::of(compiled.shelf.possible_in(texts));
                let termbase = Arc::clone(&self.inner.termbase);
                Engine::with(Inner { termbase, matcher: OnceLock::from(matcher), ..Inner::default() })
            }
            _ => self.clone(),
        }
    }

    /// The termbase.
    pub fn termbase(&self) -> &Termbase {
        &self.inner.termbase
    }

    /// What was left out when the termbase was compiled.
    pub fn findings(&self) -> &[Finding] {
        &self.inner.findings
    }

    /// The compiled matcher.
    pub fn matcher(&self) -> &Matcher {
        self.inner.matcher.get_or_init(|| {
            let compiled = self.inner.compiled.as_ref();
            let read = compiled
                .map(|compiled| (compiled.matcher)().unwrap_or_else(|| Matcher::of(compiled.shelf.all())));
            read.unwrap_or_else(|| Matcher::of(Patterns::default()))
        })
    }

    /// The length of the longest form of a term, in bytes.
    pub fn longest(&self) -> usize {
        let compiled = self.inner.compiled.as_ref();
        compiled.map_or_else(|| self.matcher().longest(), |compiled| compiled.shelf.longest())
    }

    /// The hits in a document. Its segments are only made where a hit depends on their language.
    pub fn scan(&self, document: &Document, overlaps: Overlaps) -> Vec<Hit> {
        self.hits(document, Segments::lazy(document), overlaps)
    }

    fn hits(&self, document: &Document, segments: Segments<'_>, overlaps: Overlaps) -> Vec<Hit> {
        let context = TextContext::new(document, segments, &self.inner.memories);
        self.matcher().search(&document.text, overlaps, &context)
    }

    /// What was nearly a hit in a document, and why it was refused.
    pub fn near_misses(&self, document: &Document) -> Vec<NearMiss<'_>> {
        let context = TextContext::new(document, Segments::lazy(document), &self.inner.memories);
        let mut misses = self.matcher().near_misses(&document.text, &context);
        // Of two forms of a term that differ in accents only, one stands where the other misses.
        let hits = self.scan(document, Overlaps::All);
        let found: FxHashSet<_> = hits.iter().map(|hit| (hit.term, hit.span.start)).collect();
        misses.retain(|miss| !found.contains(&(miss.pattern.term(), miss.span.start)));
        misses
    }

    /// A document with its segments and hits.
    pub fn analyse(&self, document: Document) -> Analysis {
        let segments = segments(&document);
        self.analysis(document, segments)
    }

    /// A document with its lines, blank ones too, as its segments, and its hits.
    pub fn analyse_lines(&self, document: Document) -> Analysis {
        let segments = line_segments(&document.text);
        self.analysis(document, segments)
    }

    fn analysis(&self, document: Document, segments: Vec<Segment>) -> Analysis {
        let hits = self.hits(&document, Segments::Made(&segments), Overlaps::Longest);
        let words = tokens::words(&document.text).count();
        Analysis { document, segments, hits, words }
    }

    /// Pairs the segments of a text and its translation: by their units of translation where both consist of them,
    /// else with the glossary's hits as anchors.
    pub fn align(&self, es: &Analysis, en: &Analysis) -> Vec<Bead> {
        self.align_with(es, en, &Lexicon::default())
    }

    /// [`Engine::align`] with the word pairs that other texts of the collection show.
    pub fn align_with(&self, es: &Analysis, en: &Analysis, lexicon: &Lexicon) -> Vec<Bead> {
        units::beads(es, en).unwrap_or_else(|| align::align_with(&es.side(), &en.side(), lexicon))
    }

    /// What an alignment has to teach about others.
    pub fn lesson(&self, es: &Analysis, en: &Analysis, beads: &[Bead]) -> Lesson {
        Lesson::of(&es.side(), &en.side(), beads)
    }

    /// The entries that a query names: exactly, without accents, inflected, as a prefix, within a longer term, by
    /// stem or with a typing error; best first, at most `limit`. An article before an entry changes nothing.
    pub fn lookup(&self, query: &str, limit: usize) -> Vec<Found> {
        lookup::with_or_without_article(query, |query| match &self.inner.compiled {
            Some(compiled) => lookup::find_on(&compiled.shelf, query, limit),
            None => self.inner.index.get_or_init(|| lookup::Index::new(self.matcher())).find(query, limit),
        })
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
    /// Several collections as one, in their order.
    pub fn joined(parts: impl IntoIterator<Item = Collection>) -> Self {
        let mut all = Collection::default();
        parts.into_iter().for_each(|part| all.append(part));
        all
    }

    /// Adds the documents and pairs of another collection.
    pub fn append(&mut self, other: Collection) {
        let first = self.documents.len();
        self.documents.extend(other.documents);
        let moved = |bitext: Bitext| Bitext { es: bitext.es + first, en: bitext.en + first, ..bitext };
        self.bitexts.extend(other.bitexts.into_iter().map(moved));
    }

    /// The language that a pair was translated from: as its file says, or where one of the two says that it translates
    /// the other.
    pub fn source_of(&self, bitext: &Bitext) -> Option<Lang> {
        let document = |at: usize| &self.documents[at].document;
        let translates = |at: usize| document(at).about.translation_of.is_some();
        document(bitext.es).translated_from.or_else(|| match (translates(bitext.es), translates(bitext.en)) {
            (true, false) => Some(Lang::En),
            (false, true) => Some(Lang::Es),
            _ => None,
        })
    }

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
