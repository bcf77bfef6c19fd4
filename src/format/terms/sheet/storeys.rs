//! Headings in two rows: languages over what their columns have, or what columns have over languages.
//!
//! ```text
//! Español |            | English |
//! Término | Definición | Term    | Definition
//! ```

use super::Column;
use super::headings::heading;

/// The headings of two rows as one, such as `Definición [Español]`; `None` where they are not of that kind.
pub(super) fn merged(upper: &[String], lower: &[String]) -> Option<Vec<String>> {
    let is_language = |cell: &str| matches!(heading(cell), Some(Column::Term(_)));
    let is_word = |cell: &str| heading(cell).is_some() && !is_language(cell);
    let languages_above = fits(upper, lower, is_language, is_word);
    if !languages_above && !fits(upper, lower, is_word, is_language) {
        return None;
    }
    let mut over = "";
    let merged = (0..upper.len().max(lower.len())).map(|at| {
        let cell = |row: &'_ [String]| row.get(at).map_or(String::new(), |cell| cell.trim().to_owned());
        let (above, below) = (cell(upper), cell(lower));
        if !above.is_empty() {
            over = upper[at].trim();
        }
        match (over, below.as_str()) {
            (_, "") => above,
            ("", _) => below,
            (over, below) if over == below => below.to_owned(),
            (over, below) if languages_above => format!("{below} [{over}]"),
            (over, below) => format!("{over} [{below}]"),
        }
    });
    Some(merged.collect())
}

/// Whether at least two cells of the upper row are of one kind and reach over others, all of which are of the other
/// kind; what stands above nothing is of no account.
fn fits(
    upper: &[String],
    lower: &[String],
    above: impl Fn(&str) -> bool,
    below: impl Fn(&str) -> bool,
) -> bool {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut starts = 0;
    let mut last = "";
    for (at, cell) in upper.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
        let has_below = lower.get(at).is_some_and(|cell| !cell.trim().is_empty());
        if !above(cell) && has_below && lower[at] != *cell {
            return false;
        }
        starts += usize::from(above(cell) && cell != last);
        last = cell;
    }
    let own = |at: usize| upper.get(at) == lower.get(at);
    let all_below =
        lower.iter().enumerate().all(|(at, cell)| cell.trim().is_empty() || own(at) || below(cell));
    starts >= 2 && all_below && filled(lower) > starts
}
