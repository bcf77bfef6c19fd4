//! Tables that hold a text and its translation in two of their columns.

use crate::format::table::lang_of_heading;
use crate::lang::Lang;
use crate::text::langid;

/// The two columns of a bilingual table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) es: usize,
    pub(super) en: usize,
    /// The first row names them, and is no text.
    pub(super) heading: bool,
}

impl Columns {
    /// Whether the Spanish column comes first: it is taken for the source.
    pub(super) fn es_first(self) -> bool {
        self.es < self.en
    }

    /// The language of a column.
    #[cfg_attr(not(feature = "office"), allow(dead_code, reason = "only containers are read so"))]
    pub(super) fn lang(self, column: usize) -> Option<Lang> {
        match column {
            c if c == self.es => Some(Lang::Es),
            c if c == self.en => Some(Lang::En),
            _ => None,
        }
    }
}

/// How many rows are looked at.
const SAMPLE: usize = 400;
/// A cell tells its language only when it is likelier than this.
const SURE: f32 = 0.8;
/// Of the cells in a column that tell their language, at most one in so many tells another.
const ODD: usize = 5;

/// The columns of a text and its translation: as the first row names them, else as their cells look.
pub(super) fn columns<S: AsRef<str>>(rows: &[Vec<S>]) -> Option<Columns> {
    named(rows.first()?).or_else(|| by_looks(rows))
}

fn named<S: AsRef<str>>(heading: &[S]) -> Option<Columns> {
    let find = |lang| heading.iter().position(|cell| lang_of_heading(cell.as_ref()) == Some(lang));
    Some(Columns { es: find(Lang::Es)?, en: find(Lang::En)?, heading: true })
}

/// What the cells of a column look like.
#[derive(Clone, Copy, Default)]
struct Looks {
    es: usize,
    en: usize,
    bytes: usize,
}

impl Looks {
    fn is(self, lang: Lang) -> bool {
        let (own, other) = if lang == Lang::Es { (self.es, self.en) } else { (self.en, self.es) };
        own > 0 && other * ODD <= own
    }
}

fn by_looks<S: AsRef<str>>(rows: &[Vec<S>]) -> Option<Columns> {
    let width = rows.iter().take(SAMPLE).map(Vec::len).max()?;
    let mut looks = vec![Looks::default(); width.min(64)];
    for row in rows.iter().take(SAMPLE) {
        for (cell, looks) in row.iter().zip(&mut looks) {
            let guess = langid::identify(cell.as_ref());
            looks.bytes += cell.as_ref().len();
            match guess.lang.filter(|_| guess.confidence >= SURE) {
                Some(Lang::Es) => looks.es += 1,
                Some(Lang::En) => looks.en += 1,
                None => {}
            }
        }
    }
    let best = |lang: Lang| {
        let of_lang = looks.iter().enumerate().filter(|(_, looks)| looks.is(lang));
        of_lang.max_by_key(|(_, looks)| looks.bytes).map(|(column, _)| column)
    };
    let (es, en) = (best(Lang::Es)?, best(Lang::En)?);
    let telling = looks[es].es.min(looks[en].en);
    let is_bitext = telling * 2 >= rows.len().min(SAMPLE) && are_alike(rows, [es, en]);
    is_bitext.then_some(Columns { es, en, heading: false })
}

/// A text and its translation are hardly ever so many times as long as one another.
const LONGER: usize = 3;
/// At most one row in so many may be so nevertheless.
const UNLIKE: usize = 5;

/// Whether two columns are as long as one another, row by row, as a text and its translation are, and a word and a note
/// on it are not.
fn are_alike<S: AsRef<str>>(rows: &[Vec<S>], columns: [usize; 2]) -> bool {
    let cells =
        rows.iter().take(SAMPLE).map(|row| columns.map(|column| row.get(column).map_or("", S::as_ref)));
    let lengths =
        cells.map(|cells| cells.map(|cell| cell.trim().len())).filter(|lengths| !lengths.contains(&0));
    let (mut full, mut unlike) = (0, 0);
    for [one, other] in lengths {
        full += 1;
        unlike += usize::from(one.max(other) > LONGER * one.min(other));
    }
    unlike * UNLIKE <= full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_heading_or_looks() {
        type Case<'a> = (&'a [&'a [&'a str]], Option<(usize, usize, bool)>);
        let cases: &[Case<'_>] = &[
            (&[&["ID", "English (US)", "Español"], &["1", "x", "y"]], Some((2, 1, true))),
            (
                &[
                    &["1", "The border was closed on Monday.", "La frontera se cerró el lunes."],
                    &["2", "The agents found nothing.", "Los agentes no encontraron nada."],
                    &["3", "OK", "OK"],
                ],
                Some((2, 1, false)),
            ),
            (
                &[
                    &["el arancel", "A tax on goods, which is not what is meant in this sentence."],
                    &["la frontera", "The line between two countries, as it is drawn on a map."],
                    &["los agentes", "The officers of the border patrol, who wear green uniforms."],
                ],
                None,
            ),
            (&[&["Nombre", "Cargo"], &["Ana Luna", "La directora de la oficina"]], None),
            (&[&["1", "2"], &["3", "4"]], None),
            (&[], None),
        ];
        for (rows, wanted) in cases {
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
            assert_eq!(columns(&rows).map(|c| (c.es, c.en, c.heading)), *wanted, "{rows:?}");
        }
    }
}
