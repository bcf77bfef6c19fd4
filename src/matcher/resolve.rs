//! Which of the hits that stand are given: one for a concept and place, the segment's language among homographs,
//! and leftmost-longest among overlapping ones (rules 6 and 7).

use std::cmp::Reverse;

use super::address::is_in_address;
use super::conditions::Words;
use super::store::PatternView;
use super::veto::{self, Asked, Context};
use super::{Hit, MatchKind, Overlaps, Refusal};
use crate::termbase::TermRef;
use crate::text::Span;

/// A pattern that stands in a text, whatever its context may say.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'p> {
    pattern: PatternView<'p>,
    span: Span,
    kind: MatchKind,
}

impl<'p> Candidate<'p> {
    #[inline]
    pub(super) fn new(pattern: PatternView<'p>, span: Span, kind: MatchKind) -> Self {
        Candidate { pattern, span, kind }
    }

    /// The hit that it is in its context, or why it is none.
    #[inline]
    pub(super) fn judge(self, text: &str, context: &dyn Context) -> Result<Hit, Refusal> {
        let Candidate { pattern, span, kind } = self;
        if is_in_address(text, span) {
            return Err(Refusal::Address);
        }
        let (refused_in, only_in, claim) = (pattern.refused_in(), pattern.only_in(), pattern.claim());
        if refused_in.is_some() || only_in.is_some() {
            let lang = context.language(span);
            let refused = lang.is_some() && lang == refused_in;
            let elsewhere = only_in.is_some_and(|only| lang.is_some_and(|lang| lang != only));
            if refused || elsewhere {
                return Err(Refusal::Language);
            }
        }
        let sure = if claim.asked == Asked::Never { 1.0 } else { veto::judge(pattern, text, span, context)? };
        Ok(Hit {
            span,
            term: pattern.term(),
            lang: pattern.lang(),
            kind,
            score: kind.score() * sure,
            pattern: pattern.id(),
            ambiguous: false,
        })
    }
}

/// Chooses among candidates that come in the order of their starts. The context is asked where the answer can change
/// what is chosen, and not for what lies within a longer hit.
pub(super) struct Resolver<'l, 'p> {
    overlaps: Overlaps,
    text: &'l str,
    context: &'l dyn Context,
    /// Candidates with the same start.
    pending: Vec<Candidate<'p>>,
    /// Terms with a hit that reaches beyond the start of the pending ones.
    open: Vec<(TermRef, Span)>,
    /// Where the last of them ends.
    open_until: usize,
    /// Where the last chosen hit ends.
    covered: usize,
    chosen: Vec<Hit>,
}

impl<'l, 'p> Resolver<'l, 'p> {
    pub(super) fn new(overlaps: Overlaps, text: &'l str, context: &'l dyn Context) -> Self {
        Resolver {
            overlaps,
            text,
            context,
            pending: Vec::new(),
            open: Vec::new(),
            open_until: 0,
            covered: 0,
            chosen: Vec::new(),
        }
    }

    /// Takes a candidate that starts where the last one does, or later.
    #[inline]
    pub(super) fn push(&mut self, candidate: Candidate<'p>) {
        if self.pending.first().is_some_and(|first| first.span.start < candidate.span.start) {
            self.choose();
        }
        self.pending.push(candidate);
    }

    /// Chooses among what was taken, before candidates that start later or are shorter.
    #[inline]
    pub(super) fn settle(&mut self) {
        if self.overlaps == Overlaps::Longest && !self.pending.is_empty() {
            self.choose();
        }
    }

    /// Whether no candidate can be chosen whose last word is this one, since a longer hit covers it.
    #[inline]
    pub(super) fn covers(&self, words: Words<'_>, last: usize) -> bool {
        let end = words.spans[last].end;
        // Behind white space no more of a term can follow.
        let is_end = || matches!(words.text.as_bytes().get(end), Some(b' ' | b'\n'));
        self.overlaps == Overlaps::Longest && end <= self.covered && is_end()
    }

    /// The chosen hits, in order.
    pub(super) fn finish(mut self) -> Vec<Hit> {
        self.choose();
        self.chosen
    }

    fn choose(&mut self) {
        let mut candidates = std::mem::take(&mut self.pending);
        if candidates.len() > 1 {
            candidates.sort_by_key(|candidate| {
                (Reverse(candidate.span.end), candidate.kind, candidate.pattern.term())
            });
        }
        for same_span in candidates.chunk_by(|a, b| a.span == b.span) {
            self.choose_on(same_span[0].span, same_span);
        }
        candidates.clear();
        self.pending = candidates;
    }

    /// Chooses among the candidates on one span.
    fn choose_on(&mut self, span: Span, candidates: &[Candidate<'p>]) {
        let longest = self.overlaps == Overlaps::Longest;
        // Neither it nor anything within it can be chosen.
        if longest && span.end <= self.covered {
            return;
        }
        self.close_before(span.start);
        let from = self.chosen.len();
        for candidate in candidates {
            if let Ok(hit) = candidate.judge(self.text, self.context)
                && !self.is_within_itself(&hit)
            {
                self.open.push((hit.term, hit.span));
                self.open_until = self.open_until.max(hit.span.end);
                self.chosen.push(hit);
            }
        }
        if longest && span.start < self.covered {
            self.chosen.truncate(from);
        }
        if self.chosen.len() > from {
            self.covered = span.end;
            self.homographs(from);
        }
    }

    /// Forgets the hits that do not reach beyond a place.
    fn close_before(&mut self, place: usize) {
        if place >= self.open_until {
            self.open.clear();
            self.open_until = 0;
        } else {
            self.open.retain(|(_, span)| span.end > place);
        }
    }

    /// A term within a longer form of itself (ONG in «ONG’s») is no hit of its own.
    fn is_within_itself(&self, hit: &Hit) -> bool {
        self.open.iter().any(|&(term, span)| term == hit.term && span != hit.span && span.contains(hit.span))
    }

    /// Of the chosen hits from one on, which are on one span: those of the segment's language where there are hits of
    /// both; one for a concept.
    fn homographs(&mut self, from: usize) {
        let hits = &self.chosen[from..];
        if hits.len() < 2 {
            return;
        }
        let both = hits.iter().any(|hit| hit.lang != hits[0].lang);
        let lang = if both { self.context.language(hits[0].span) } else { None };
        let hits = self.chosen.split_off(from);
        for hit in hits.into_iter().filter(|hit| lang.is_none_or(|lang| hit.lang == lang)) {
            if self.chosen[from..].iter().all(|chosen| chosen.term.concept != hit.term.concept) {
                self.chosen.push(hit);
            }
        }
        let ambiguous = self.chosen.len() - from > 1;
        self.chosen[from..].iter_mut().for_each(|hit| hit.ambiguous = ambiguous);
    }
}

/// Chooses among candidates in any order.
pub(super) fn resolve(
    mut candidates: Vec<Candidate<'_>>,
    overlaps: Overlaps,
    text: &str,
    context: &dyn Context,
) -> Vec<Hit> {
    candidates.sort_by_key(|candidate| candidate.span.start);
    let mut resolver = Resolver::new(overlaps, text, context);
    candidates.into_iter().for_each(|candidate| resolver.push(candidate));
    resolver.finish()
}
