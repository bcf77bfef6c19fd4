//! Which candidates are noun phrases where they stand, as their words are tagged there: terms are nouns, and a run of
//! words that ends in a noun may well be a sentence cut short (*Mexico exports steel*).

use crate::lang::Lang;
use crate::tagger::{Class, Classes, Tagged, Tagger};
use crate::text::{Span, fold, tokens};

use super::forms::head;
use super::terms::Candidate;

/// So many places of a candidate are looked at.
const TRIED: usize = 5;

/// For each candidate the share of its first places at which it is a noun or a noun phrase.
pub(super) fn nominal_shares(candidates: &[Candidate], texts: &[&str], lang: Lang) -> Vec<f32> {
    let places = candidates.iter().enumerate().flat_map(|(number, candidate)| {
        candidate.places.iter().take(TRIED).map(move |&(line, span)| (line, number, span))
    });
    let mut places: Vec<(u32, usize, Span)> = places.collect();
    places.sort_unstable_by_key(|&(line, number, span)| (line, number, span.start));
    let mut nominal = vec![0usize; candidates.len()];
    // Each line is tagged once.
    for of_line in places.chunk_by(|a, b| a.0 == b.0) {
        let text = texts[of_line[0].0 as usize];
        let tagged = Tagger::of(lang).tag(text);
        for &(_, number, span) in of_line {
            nominal[number] += usize::from(is_nominal(&tagged, text, span, lang));
        }
    }
    let share = |(count, candidate): (usize, &Candidate)| {
        count as f32 / candidate.places.len().clamp(1, TRIED) as f32
    };
    nominal.into_iter().zip(candidates).map(share).collect()
}

/// Whether a run of words is a noun with adjectives, nouns and prepositions beside it, and nothing else.
fn is_nominal(tagged: &Tagged, text: &str, span: Span, lang: Lang) -> bool {
    let nouns = Classes::of(&[Class::Noun, Class::Name]);
    let part = nouns | Classes::of(&[Class::Adjective]);
    let phrase = span.of(text);
    let head = head(phrase, lang);
    let mut has_head = false;
    for word in tokens::words(phrase) {
        let written = word.of(phrase);
        if !written.contains(char::is_alphabetic) || lang.is_function_word(&fold::lower(written)) {
            continue;
        }
        let chance = |classes| tagged.chance(span.start + word.start, classes).unwrap_or_default();
        if chance(part) < 0.5 {
            return false;
        }
        has_head |= written.ends_with(head) && chance(nouns) >= 0.5;
    }
    has_head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_judged_where_they_stand() {
        for (lang, text, phrase, wanted) in [
            (Lang::En, "They set up a customs clearance system last year.", "customs clearance system", true),
            (Lang::En, "They would export steel to Canada.", "export steel", false),
            (Lang::En, "The rule of origin was changed.", "rule of origin", true),
            (Lang::En, "The story is entirely fictional.", "fictional", false),
            (Lang::Es, "Las reglas de origen cambiaron ayer.", "reglas de origen", true),
            (Lang::Es, "Los productores exportan acero a Canadá.", "exportan acero", false),
            (Lang::Es, "La oficina pidió el despacho aduanero.", "despacho aduanero", true),
        ] {
            let start = text.find(phrase).expect("the phrase");
            let tagged = Tagger::of(lang).tag(text);
            let span = Span::new(start, start + phrase.len());
            assert_eq!(is_nominal(&tagged, text, span, lang), wanted, "{phrase} in {text}");
        }
    }
}
