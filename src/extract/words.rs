//! Lines as sequences of stems: what all extraction works on.

use rustc_hash::FxHashMap;

use super::stems::WordStems;
use crate::lang::Lang;
use crate::text::{Span, tokens};

/// A word of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The number of its stem on its side.
    pub(super) stem: u32,
    /// The number of its lexeme on its side: what it shares with its inflected forms alone.
    pub(super) lexeme: u32,
    /// Whether it is an article, preposition, pronoun …
    pub(super) is_function: bool,
    /// Whether punctuation stands before it that no term reaches across.
    pub(super) after_break: bool,
    /// Bytes in its line.
    pub(super) span: Span,
}

/// One side of a parallel text.
#[derive(Debug)]
pub(super) struct Side<'a> {
    pub(super) lang: Lang,
    /// The lines as they are.
    pub(super) texts: Vec<&'a str>,
    /// Their words. None of a line that has more than [`MOST_WORDS`].
    pub(super) lines: Vec<Vec<Word>>,
    /// The stems; their numbers are the indices.
    pub(super) stems: Vec<Stem>,
    /// The stem of each lexeme.
    pub(super) lexemes: Vec<u32>,
}

/// What stands for a word in its inflected forms.
#[derive(Clone, Debug)]
pub(super) struct Stem {
    /// Folded, without accents: what cognates are compared by.
    pub(super) key: String,
}

/// Lines with more words are left out: word alignment takes time with the product of the lengths, and learns little
/// from them.
pub(super) const MOST_WORDS: usize = 250;

impl<'a> Side<'a> {
    pub(super) fn new(texts: Vec<&'a str>, lang: Lang) -> Self {
        let mut stems = Stems::new(lang);
        let lines = texts.iter().map(|text| line(text, &mut stems)).collect();
        Side { lang, texts, lines, stems: stems.list, lexemes: stems.lexemes }
    }

    /// Whether a line has words that were left out.
    pub(super) fn is_left_out(&self, line: usize) -> bool {
        self.lines[line].is_empty() && tokens::words(self.texts[line]).next().is_some()
    }
}

fn line(text: &str, stems: &mut Stems) -> Vec<Word> {
    let spans: Vec<Span> = tokens::words(text).take(MOST_WORDS + 1).collect();
    if spans.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut end = 0;
    let mut words = Vec::with_capacity(spans.len());
    for (at, &span) in spans.iter().enumerate() {
        let beside =
            |at: Option<usize>| at.and_then(|at| spans.get(at)).is_some_and(|span| shouts(span.of(text)));
        let word = span.of(text);
        // DE in CIUDAD DE MÉXICO is no acronym.
        let Known { stem, lexeme, is_function } =
            if beside(at.checked_sub(1)) && beside(Some(at + 1)) && shouts(word) {
                stems.of(&word.to_lowercase())
            } else {
                stems.of(word)
            };
        let after_break = is_break(&text[end..span.start]);
        words.push(Word { stem, lexeme, is_function, after_break, span });
        end = span.end;
    }
    words
}

/// Whether a word is written in capitals throughout.
fn shouts(word: &str) -> bool {
    word.len() > 1 && !word.contains(char::is_lowercase) && word.contains(char::is_alphabetic)
}

/// Whether no term reaches across what stands between two words.
fn is_break(between: &str) -> bool {
    // Full stops of abbreviations and decimal signs have no white space beside them.
    let parting = |c: char| {
        matches!(
            c,
            ';' | ':' | '(' | ')' | '[' | ']' | '—' | '?' | '!' | '¿' | '¡' | '"' | '«' | '»' | '“' | '”'
        )
    };
    between.contains(parting) || (between.contains([',', '.', '…']) && between.contains(char::is_whitespace))
}

/// Numbers stems and lexemes as they are met.
struct Stems {
    makes: WordStems,
    list: Vec<Stem>,
    lexemes: Vec<u32>,
    by_key: FxHashMap<String, u32>,
    by_lexeme: FxHashMap<(u32, &'static str), u32>,
    /// What was made of each word as written.
    by_word: FxHashMap<String, Known>,
}

/// What is known of a word.
#[derive(Clone, Copy)]
struct Known {
    stem: u32,
    lexeme: u32,
    is_function: bool,
}

impl Stems {
    fn new(lang: Lang) -> Self {
        Stems {
            makes: WordStems::new(lang),
            list: Vec::new(),
            lexemes: Vec::new(),
            by_key: FxHashMap::default(),
            by_lexeme: FxHashMap::default(),
            by_word: FxHashMap::default(),
        }
    }

    fn of(&mut self, word: &str) -> Known {
        if let Some(&known) = self.by_word.get(word) {
            return known;
        }
        let (key, is_function) = self.makes.of(word);
        let next = self.list.len() as u32;
        let stem = *self.by_key.entry(key.clone()).or_insert(next);
        if stem == next {
            self.list.push(Stem { key });
        }
        let next = self.lexemes.len() as u32;
        let lexeme = *self.by_lexeme.entry((stem, self.makes.derivation(word))).or_insert(next);
        if lexeme == next {
            self.lexemes.push(stem);
        }
        let known = Known { stem, lexeme, is_function };
        self.by_word.insert(word.to_owned(), known);
        known
    }
}
