//! Beads as a table: one row a bead, cells between tabs.
//!
//! ```text
//! es → en → score → es_file → en_file
//! El puerto cerró. → The port closed. → 0.98 → nota.es.txt → nota.en.txt
//! ```
//!
//! A cell that a spreadsheet would take for a formula is written with an apostrophe before it.

use super::super::csv::is_formula;
use super::{AlignedTexts, Options};

/// Renders the beads that are sure enough, those with one side empty too.
pub(super) fn render(texts: &[AlignedTexts<'_>], options: &Options) -> String {
    let [es, en] = &options.tags;
    let mut out = format!("{es}\t{en}\tscore\t{es}_file\t{en}_file\n");
    for text in texts {
        for bead in text.beads.iter().filter(|bead| bead.score >= options.least) {
            push_cell(&mut out, &text.es.text(&bead.es));
            push_cell(&mut out, &text.en.text(&bead.en));
            out.push_str(&format!("{:.2}\t", bead.score));
            push_cell(&mut out, text.es.name);
            push_cell(&mut out, text.en.name);
            out.pop();
            out.push('\n');
        }
    }
    out
}

/// A cell and its tab.
fn push_cell(out: &mut String, cell: &str) {
    if is_formula(cell) {
        out.push('\'');
    }
    out.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
    out.push('\t');
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_row_is_a_row_whatever_the_text() {
        let beads = sample::beads();
        let options = Options { least: 0.55, ..Options::default() };
        let all = render(&[sample::texts(&beads)], &Options::default());
        assert!(all.lines().all(|row| row.split('\t').count() == 5), "{all}");
        assert_eq!(
            all.lines().nth(1).and_then(|row| row.split('\t').next()).map(|cell| &cell[..9]),
            Some("'=SUMA(1)")
        );
        assert_eq!((all.lines().count(), render(&[sample::texts(&beads)], &options).lines().count()), (5, 4));
    }
}
