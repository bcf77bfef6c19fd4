//! Sentences as sets of stems, with weights from this very pair of texts.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::Side;

/// Both sides of a parallel text over one list of stems.
pub(super) struct Bitext {
    pub(super) es: Text,
    pub(super) en: Text,
    /// The stems that occur on either side; their ids are the indices.
    pub(super) stems: Vec<Stem>,
}

/// One side.
pub(super) struct Text {
    pub(super) sentences: Vec<Sentence>,
    /// For each stem the sentences that have it.
    pub(super) postings: Vec<Vec<u32>>,
    /// For each stem its weight: the logarithm of how rare it is (idf).
    pub(super) weight: Vec<f32>,
}

/// A sentence as a set of stems.
pub(super) struct Sentence {
    /// Ids, sorted.
    pub(super) stems: Vec<u32>,
    /// Length in characters.
    pub(super) chars: f32,
}

/// A word's beginning, or a concept of the glossary.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stem {
    /// The beginning of a word, folded.
    Word(String),
    /// Digits, perhaps with letters.
    Number(String),
    /// A concept whose term occurs.
    Concept(u32),
}

impl Bitext {
    pub(super) fn new(es: &Side<'_>, en: &Side<'_>) -> Self {
        let mut ids = FxHashMap::default();
        let es = sentences(es, &mut ids);
        let en = sentences(en, &mut ids);
        let mut stems: Vec<(Stem, u32)> = ids.into_iter().collect();
        stems.sort_unstable_by_key(|&(_, id)| id);
        let stems: Vec<Stem> = stems.into_iter().map(|(stem, _)| stem).collect();
        Bitext { es: Text::new(es, stems.len()), en: Text::new(en, stems.len()), stems }
    }
}

/// Texts shorter than this many sentences are weighted as if they had as many.
const FEW: usize = 50;

impl Text {
    fn new(sentences: Vec<Sentence>, stems: usize) -> Self {
        let mut postings = vec![Vec::new(); stems];
        for (i, sentence) in sentences.iter().enumerate() {
            for &stem in &sentence.stems {
                postings[stem as usize].push(i as u32);
            }
        }
        // In a text of a few sentences every word seems common.
        let all = sentences.len().max(FEW) as f32 + 1.0;
        let weight = postings.iter().map(|list| (all / list.len().max(1) as f32).ln()).collect();
        Text { sentences, postings, weight }
    }
}

fn sentences(side: &Side<'_>, ids: &mut FxHashMap<Stem, u32>) -> Vec<Sentence> {
    let mut id = |stem: Stem| {
        let next = ids.len() as u32;
        *ids.entry(stem).or_insert(next)
    };
    let concepts = |i: usize| side.concepts.get(i).map_or(&[][..], Vec::as_slice);
    let sentence = |(i, text): (usize, &&str)| {
        let mut stems: Vec<u32> = words(text).map(&mut id).collect();
        stems.extend(concepts(i).iter().map(|&concept| id(Stem::Concept(concept))));
        stems.sort_unstable();
        stems.dedup();
        Sentence { stems, chars: text.chars().count() as f32 }
    };
    side.segments.iter().enumerate().map(sentence).collect()
}

fn words(text: &str) -> impl Iterator<Item = Stem> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()).map(stem)
}

fn stem(word: &str) -> Stem {
    let mut folded: String = word.nfd().filter(|&c| !is_mark(c)).flat_map(char::to_lowercase).collect();
    if folded.contains(|c: char| c.is_numeric()) {
        return Stem::Number(folded);
    }
    let letters = folded.chars().count();
    // Endings of inflection: a crude cut does for both languages.
    let cut = match letters {
        0..=4 => 0,
        5..=6 => 1,
        7..=8 => 2,
        _ => 3,
    };
    let end = folded.char_indices().nth(letters - cut).map_or(folded.len(), |(at, _)| at);
    folded.truncate(end);
    Stem::Word(folded)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        let cases = [
            ("Áreas", "area"),
            ("sí", "si"),
            ("migraciones", "migracio"),
            ("ñandú", "nand"),
            ("TLCAN", "tlca"),
        ];
        for (word, wanted) in cases {
            assert_eq!(stem(word), Stem::Word(wanted.into()), "{word}");
        }
        assert_eq!(stem("G20"), Stem::Number("g20".into()));
    }
}
