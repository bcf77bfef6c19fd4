//! Sentences as sets of stems, over one list of stems for both sides.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::Side;

/// Both sides of a parallel text over one list of stems.
pub(super) struct Bitext<'a> {
    pub(super) es: Text<'a>,
    pub(super) en: Text<'a>,
    /// The stems that occur on either side; their ids are the indices.
    pub(super) stems: Vec<Stem>,
}

/// One side.
pub(super) struct Text<'a> {
    pub(super) sentences: Vec<Sentence>,
    /// The words as written, each once, with their stems.
    pub(super) forms: Vec<(&'a str, u32)>,
    /// For each stem the sentences that have it, in order.
    pub(super) postings: Vec<Vec<u32>>,
    /// Stems in a sentence, on average; at least 1.
    pub(super) usual_stems: f32,
}

/// A sentence as a set of stems.
pub(super) struct Sentence {
    /// Ids, sorted.
    pub(super) stems: Vec<u32>,
    /// For each of them how often it occurs.
    pub(super) counts: Vec<u8>,
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

impl<'a> Bitext<'a> {
    pub(super) fn new(es: &Side<'a>, en: &Side<'a>) -> Self {
        let mut stems = Stems::default();
        let es = sentences(es, &mut stems);
        let en = sentences(en, &mut stems);
        let count = stems.list.len();
        Bitext { es: Text::new(es, count), en: Text::new(en, count), stems: stems.list }
    }
}

impl<'a> Text<'a> {
    fn new((sentences, forms): (Vec<Sentence>, Vec<(&'a str, u32)>), stems: usize) -> Self {
        let mut postings = vec![Vec::new(); stems];
        for (i, sentence) in sentences.iter().enumerate() {
            for &stem in &sentence.stems {
                postings[stem as usize].push(i as u32);
            }
        }
        let full = sentences.iter().filter(|sentence| !sentence.stems.is_empty());
        let all: usize = sentences.iter().map(|sentence| sentence.stems.len()).sum();
        let usual_stems = (all as f32 / full.count().max(1) as f32).max(1.0);
        Text { sentences, forms, postings, usual_stems }
    }
}

/// The stems met so far.
#[derive(Default)]
struct Stems {
    list: Vec<Stem>,
    words: FxHashMap<String, u32>,
    concepts: FxHashMap<u32, u32>,
    /// The word at hand, folded.
    word: String,
}

impl Stems {
    fn of_word(&mut self, word: &str) -> u32 {
        fold(word, &mut self.word);
        let number = self.word.contains(|c: char| c.is_numeric());
        if !number {
            cut(&mut self.word);
        }
        if let Some(&id) = self.words.get(self.word.as_str()) {
            return id;
        }
        let stem = if number { Stem::Number(self.word.clone()) } else { Stem::Word(self.word.clone()) };
        let id = self.list.len() as u32;
        self.words.insert(self.word.clone(), id);
        self.list.push(stem);
        id
    }

    fn of_concept(&mut self, concept: u32) -> u32 {
        let next = self.list.len() as u32;
        let id = *self.concepts.entry(concept).or_insert(next);
        if id == next {
            self.list.push(Stem::Concept(concept));
        }
        id
    }
}

/// The sentences of a side, and its words as written with their stems.
fn sentences<'a>(side: &Side<'a>, stems: &mut Stems) -> (Vec<Sentence>, Vec<(&'a str, u32)>) {
    let concepts = |i: usize| side.concepts.get(i).map_or(&[][..], Vec::as_slice);
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    let mut forms = Vec::new();
    let mut stem = |word: &'a str, stems: &mut Stems| {
        *known.entry(word).or_insert_with(|| {
            let id = stems.of_word(word);
            forms.push((word, id));
            id
        })
    };
    let sentence = |(i, &text): (usize, &&'a str)| {
        let mut ids: Vec<u32> = words(text).map(|word| stem(word, stems)).collect();
        ids.extend(concepts(i).iter().map(|&concept| stems.of_concept(concept)));
        ids.sort_unstable();
        let counts = ids.chunk_by(|a, b| a == b).map(|run| run.len().min(255) as u8).collect();
        ids.dedup();
        Sentence { stems: ids, counts, chars: text.chars().count() as f32 }
    };
    let sentences = side.segments.iter().enumerate().map(sentence).collect();
    (sentences, forms)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty())
}

/// Lower case without accents.
fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
    } else {
        folded.extend(word.nfd().filter(|&c| !is_mark(c)).flat_map(char::to_lowercase));
    }
}

/// Takes the ending of inflection off: a crude cut does for both languages.
fn cut(word: &mut String) {
    let letters = word.chars().count();
    let cut = match letters {
        0..=4 => 0,
        5..=6 => 1,
        7..=8 => 2,
        _ => 3,
    };
    let end = word.char_indices().nth(letters - cut).map_or(word.len(), |(at, _)| at);
    word.truncate(end);
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
            let bitext = Bitext::new(&Side::of([word]), &Side::default());
            assert_eq!(bitext.stems, [Stem::Word(wanted.into())], "{word}");
        }
        let bitext = Bitext::new(&Side::of(["El G20, el g20"]), &Side::of(["The G20"]));
        let wanted = [Stem::Word("el".into()), Stem::Number("g20".into()), Stem::Word("the".into())];
        assert_eq!(bitext.stems, wanted);
        assert_eq!(bitext.es.sentences[0].stems, [0, 1]);
    }
}
