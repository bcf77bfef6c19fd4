//! Word alignment on several threads.

use super::parallel::Workers;
use crate::extract::bilingual::{Bitext, Direction, Untrained};
use crate::extract::statistics::Statistics;

/// Aligns the words of pairs of lines, both directions at a time; the result is that of [`Bitext::new`].
pub fn align_words<'a>(
    lines: &[(&'a str, &'a str)],
    statistics: &Statistics<'_>,
    workers: &Workers,
) -> Bitext<'a> {
    let untrained = Untrained::new(lines, statistics);
    let (to_es, to_en) =
        workers.both(|| untrained.train(Direction::EnToEs), || untrained.train(Direction::EsToEn));
    untrained.with(to_es, to_en)
}
