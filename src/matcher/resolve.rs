//! Which of the hits that stand are given: one for a concept and place, the segment's language among homographs,
//! and leftmost-longest among overlapping ones (rules 6 and 7).

use std::cmp::Reverse;

use super::veto::Context;
use super::{Hit, Overlaps};
use crate::termbase::TermRef;
use crate::text::Span;

/// Chooses among hits that come in the order of their starts.
pub(super) struct Resolver<'l> {
    overlaps: Overlaps,
    /// Tells the language of the segment that a span lies in.
    context: &'l dyn Context,
    /// Hits with the same start.
    pending: Vec<Hit>,
    /// Terms with a hit that reaches beyond the start of the pending ones.
    open: Vec<(TermRef, Span)>,
    /// Where the last of them ends.
    open_until: usize,
    /// Where the last chosen hit ends.
    covered: usize,
    chosen: Vec<Hit>,
}

impl<'l> Resolver<'l> {
    pub(super) fn new(overlaps: Overlaps, context: &'l dyn Context) -> Self {
        Resolver {
            overlaps,
            context,
            pending: Vec::new(),
            open: Vec::new(),
            open_until: 0,
            covered: 0,
            chosen: Vec::new(),
        }
    }

    /// Takes a hit that starts where the last one does, or later.
    pub(super) fn push(&mut self, hit: Hit) {
        if self.pending.first().is_some_and(|first| first.span.start < hit.span.start) {
            self.choose();
        }
        self.pending.push(hit);
    }

    /// The chosen hits, in order.
    pub(super) fn finish(mut self) -> Vec<Hit> {
        self.choose();
        self.chosen
    }

    fn choose(&mut self) {
        let mut hits = std::mem::take(&mut self.pending);
        if hits.len() > 1 {
            hits.sort_by_key(|hit| (Reverse(hit.span.end), hit.kind, hit.term));
        }
        self.drop_nested_in_itself(&mut hits);
        for same_span in hits.chunk_by(|a, b| a.span == b.span) {
            let span = same_span[0].span;
            if self.overlaps == Overlaps::Longest && span.start < self.covered {
                continue;
            }
            self.covered = span.end;
            match same_span {
                [only] => self.chosen.push(only.clone()),
                _ => self.homographs(same_span),
            }
        }
        hits.clear();
        self.pending = hits;
    }

    /// A term within a longer form of itself (ONG in «ONG’s») is no hit of its own.
    fn drop_nested_in_itself(&mut self, hits: &mut Vec<Hit>) {
        let Some(&Hit { span: longest, .. }) = hits.first() else { return };
        if longest.start >= self.open_until {
            self.open.clear();
            self.open_until = 0;
            if hits.len() == 1 {
                self.keep_open(&hits[0]);
                return;
            }
        }
        self.open.retain(|(_, span)| span.end > longest.start);
        hits.retain(|hit| {
            let around = |&(term, span): &(TermRef, Span)| {
                term == hit.term && span != hit.span && span.contains(hit.span)
            };
            let nested = self.open.iter().any(around);
            if !nested {
                self.keep_open(hit);
            }
            !nested
        });
    }

    fn keep_open(&mut self, hit: &Hit) {
        self.open.push((hit.term, hit.span));
        self.open_until = self.open_until.max(hit.span.end);
    }

    /// Of the hits on one span: those of the segment's language where there are hits of both; one for a concept.
    fn homographs(&mut self, hits: &[Hit]) {
        let from = self.chosen.len();
        let both = hits.iter().any(|hit| hit.lang != hits[0].lang);
        let lang = if both { self.context.language(hits[0].span) } else { None };
        for hit in hits.iter().filter(|hit| lang.is_none_or(|lang| hit.lang == lang)) {
            if self.chosen[from..].iter().all(|chosen| chosen.term.concept != hit.term.concept) {
                self.chosen.push(hit.clone());
            }
        }
        let ambiguous = self.chosen.len() - from > 1;
        self.chosen[from..].iter_mut().for_each(|hit| hit.ambiguous = ambiguous);
    }
}

/// Chooses among hits in any order.
pub(super) fn resolve(mut hits: Vec<Hit>, overlaps: Overlaps, context: &dyn Context) -> Vec<Hit> {
    hits.sort_by_key(|hit| hit.span.start);
    let mut resolver = Resolver::new(overlaps, context);
    hits.into_iter().for_each(|hit| resolver.push(hit));
    resolver.finish()
}
