//! Beads as JSON lines: a `pair` for each pair of texts, then its `bead`s.

use serde_json::json;

use super::{AlignedTexts, Options};
use crate::align::Bead;

/// Renders all beads, however sure: every segment is in exactly one.
pub(super) fn render(texts: &[AlignedTexts<'_>], _options: &Options) -> String {
    let mut out = String::new();
    for (number, pair) in texts.iter().enumerate() {
        push_pair(&mut out, number, pair);
        for bead in pair.beads {
            push_bead(&mut out, number, pair, bead);
        }
    }
    out
}

fn push_pair(out: &mut String, number: usize, pair: &AlignedTexts<'_>) {
    let (es, en) = placed(pair, pair.es.name, pair.en.name);
    let beads = pair.beads.len();
    let exchanged = pair.exchanged;
    let line = json!({
        "type": "pair", "pair": number, "es": es, "en": en, "beads": beads, "exchanged": exchanged,
    });
    out.push_str(&format!("{line}\n"));
}

fn push_bead(out: &mut String, number: usize, pair: &AlignedTexts<'_>, bead: &Bead) {
    let (es, en) = placed(pair, &bead.es, &bead.en);
    let (es_text, en_text) = placed(pair, pair.es.text(&bead.es), pair.en.text(&bead.en));
    let score = (f64::from(bead.score) * 1000.0).round() / 1000.0;
    let line = json!({
        "type": "bead", "pair": number, "es": es, "en": en, "score": score,
        "text": { "es": es_text, "en": en_text },
    });
    out.push_str(&format!("{line}\n"));
}

/// The Spanish and the English thing, each in the place where its text was given.
fn placed<T>(pair: &AlignedTexts<'_>, es: T, en: T) -> (T, T) {
    if pair.exchanged { (en, es) } else { (es, en) }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn numbers_stay_with_the_place_of_the_text() {
        let beads = sample::beads();
        let texts = AlignedTexts { exchanged: true, ..sample::texts(&beads) };
        let lines = render(&[texts], &Options::default());
        let bead: serde_json::Value =
            serde_json::from_str(lines.lines().nth(1).expect("a bead")).expect("JSON");
        assert_eq!((&bead["es"], &bead["en"]), (&json!([0]), &json!([0, 1])));
        assert_eq!(bead["text"]["es"], "The port & customs</seg></tuv> ]]>");
    }
}
