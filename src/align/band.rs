//! Where to look: for each Spanish sentence the stretch of English ones that its counterpart may lie in.
//!
//! Pairs of rare stems (a number or name that each text has once) are anchors. The longest chain of anchors
//! that runs forward in both texts leads the band; between two anchors far apart it follows the diagonal.
//! Memory and time grow with the texts' length times the band's width, never with the product of the lengths.

use std::ops::Range;

use super::matches::Matches;
use super::path::Step;
use super::words::Bitext;

/// Texts with no more pairs of sentences are searched whole.
const SMALL: usize = 250_000;
/// On either side of an anchor, in sentences.
const MARGIN: usize = 60;
/// On either side of an alignment that is gone over again, in sentences.
const AROUND: usize = 40;
/// On either side of the diagonal between two anchors, at most.
const WIDEST: usize = 600;
/// An anchor needs another one as near as this along the text…
const NEAR: usize = 40;
/// … that lies on about the same diagonal.
const DRIFT: usize = 12;
/// Only surer pairs of stems are anchors.
const SURE: f32 = 0.6;

/// For each number of Spanish sentences read, from 0 to all, the numbers of English ones to consider.
pub(super) fn around_anchors(bitext: &Bitext<'_>, matches: &Matches) -> Vec<Range<usize>> {
    let (n, m) = (bitext.es.sentences.len(), bitext.en.sentences.len());
    if n * m <= SMALL {
        return vec![0..m + 1; n + 1];
    }
    let mut chain = supported(&longest_chain(anchors(bitext, matches)));
    chain.insert(0, (0, 0));
    chain.push((n, m));
    let mut band = Vec::with_capacity(n + 1);
    for pair in chain.windows(2) {
        let &[from, to] = pair else { continue };
        band.extend((from.0..to.0).map(|i| between(i, from, to, m)));
    }
    band.push(m.saturating_sub(MARGIN)..m + 1);
    connect(&mut band, m);
    band
}

/// For each number of Spanish sentences read the numbers of English ones near where an alignment leads.
pub(super) fn around_path(bitext: &Bitext<'_>, steps: &[Step]) -> Vec<Range<usize>> {
    let (n, m) = (bitext.es.sentences.len(), bitext.en.sentences.len());
    let around = |j: usize| j.saturating_sub(AROUND)..(j + AROUND).min(m) + 1;
    let mut band = vec![around(0)];
    let mut j = 0;
    for step in steps {
        j = if step.en.is_empty() { j } else { step.en.end };
        band.extend(step.es.clone().map(|_| around(j)));
    }
    band.truncate(n + 1);
    if let Some(last) = band.last_mut() {
        *last = last.start..m + 1;
    }
    connect(&mut band, m);
    band
}

/// Pairs of sentences that share a stem which either text has once.
fn anchors(bitext: &Bitext<'_>, matches: &Matches) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (id, list) in bitext.es.postings.iter().enumerate() {
        let &[i] = list.as_slice() else { continue };
        for m in matches.es[id].iter().filter(|m| m.weight >= SURE) {
            if let &[j] = bitext.en.postings[m.stem as usize].as_slice() {
                found.push((i as usize, j as usize));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The longest subsequence that grows in both numbers (patience sorting).
fn longest_chain(mut points: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    // Of points with one Spanish sentence at most one can be taken.
    points.sort_unstable_by_key(|&(i, j)| (i, std::cmp::Reverse(j)));
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(points.len());
    for (at, &(_, j)) in points.iter().enumerate() {
        let pile = ends.partition_point(|&end| points[end].1 < j);
        before.push(pile.checked_sub(1).map(|p| ends[p]));
        match ends.get_mut(pile) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain: Vec<_> =
        std::iter::successors(ends.last().copied(), |&at| before[at]).map(|at| points[at]).collect();
    chain.reverse();
    chain
}

/// The points of a chain that a neighbour on about the same diagonal confirms.
fn supported(chain: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let confirms = |a: (usize, usize), b: (usize, usize)| {
        let (di, dj) = (a.0.abs_diff(b.0), a.1.abs_diff(b.1));
        di <= NEAR && di.abs_diff(dj) <= DRIFT
    };
    let at = |i: Option<usize>| i.and_then(|i| chain.get(i)).copied();
    let mut found = Vec::with_capacity(chain.len() + 2);
    for (i, &point) in chain.iter().enumerate() {
        let neighbours = [at(i.checked_sub(1)), at(Some(i + 1))];
        if point.0 > 0 && neighbours.into_iter().flatten().any(|other| confirms(point, other)) {
            found.push(point);
        }
    }
    found
}

/// The band at Spanish sentence `i` between two anchors.
fn between(i: usize, from: (usize, usize), to: (usize, usize), m: usize) -> Range<usize> {
    let (rows, columns) = (to.0 - from.0, to.1 - from.1);
    let diagonal = from.1 + columns * (i - from.0) / rows.max(1);
    // The longer the stretch without an anchor, the less the diagonal can be trusted.
    let drift = (MARGIN + rows.max(columns) / 4 + rows.abs_diff(columns)).min(WIDEST);
    let low = diagonal.saturating_sub(drift).max(from.1.saturating_sub(MARGIN));
    let high = (diagonal + drift).min(to.1 + MARGIN).min(m);
    low..high.max(low) + 1
}

/// Makes every stretch reach the next one, and never run backwards, so that a path exists.
fn connect(band: &mut [Range<usize>], m: usize) {
    let mut end = 1;
    for range in band.iter_mut() {
        range.end = range.end.max(end).min(m + 1);
        range.start = range.start.min(end - 1);
        end = range.end;
    }
    let mut start = m;
    for range in band.iter_mut().rev() {
        range.start = range.start.min(start);
        start = range.start;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;

    #[test]
    fn chain_of_anchors() {
        let points = vec![(1, 1), (2, 9), (3, 2), (3, 4), (5, 3), (6, 8)];
        let chain = longest_chain(points);
        assert_eq!(chain.len(), 4);
        assert!(chain.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1), "{chain:?}");
    }

    #[test]
    fn a_path_exists_within_a_bounded_width() {
        let lines: Vec<String> = (0..3000).map(|i| format!("{} x{}", i / 7, i * 31 % 2990)).collect();
        for (n, m) in [(3000, 3000), (3000, 400), (90, 3000)] {
            let es = Side::of(lines[..n].iter().map(|s| &**s));
            let en = Side::of(lines[3000 - m..].iter().map(|s| &**s));
            let bitext = Bitext::new(&es, &en);
            let band = around_anchors(&bitext, &Matches::beforehand(&bitext));
            assert_eq!((band.len(), band[0].start, band[n].end), (n + 1, 0, m + 1));
            assert!(band.windows(2).all(|w| w[1].start < w[0].end && w[0].start <= w[1].start));
            assert!(n == 90 || band.iter().all(|range| range.len() < 2 * WIDEST + 2 * MARGIN));
        }
    }
}
