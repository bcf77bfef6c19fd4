//! Word classes: the tagged texts are those of the corpus, word for word.

use glosa::Lang;

use super::corpus_document;
use super::squeezed::Squeezed;
use crate::support::{Token, tagged_texts};

/// Running words (those with a letter) that each language has at least.
const LEAST: usize = 10_000;

/// Running words of the further texts of other kinds, which only train the tagger.
const LEAST_FURTHER: usize = 14_000;

fn running_words<'a>(words: impl Iterator<Item = &'a Token>) -> usize {
    words.filter(|word| word.text.contains(char::is_alphabetic)).count()
}

#[test]
fn tagged_words_are_those_of_the_corpus() {
    for lang in Lang::ALL {
        let folder = format!("tests/gold/pos/{}", lang.code());
        let texts = tagged_texts(&folder);
        for text in &texts {
            let squeezed = Squeezed::new(&corpus_document(lang, &text.name).text);
            let mut rest = squeezed.text.as_str();
            for (at, sentence) in text.sentences.iter().enumerate() {
                let tagged: String = sentence.iter().map(|token| token.text.as_str()).collect();
                rest = rest.strip_prefix(&tagged).unwrap_or_else(|| {
                    let corpus: String = rest.chars().take(60).collect();
                    panic!("{folder}/{}.txt:{}: the corpus goes on with “{corpus}”", text.name, at + 1)
                });
            }
            assert_eq!(rest, "", "{folder}/{}.txt: the corpus goes on", text.name);
        }
        let words = running_words(texts.iter().flat_map(|text| text.words()));
        assert!(words >= LEAST, "{folder}: only {words} running words");
    }
}

#[test]
fn further_tagged_texts_can_be_read() {
    for lang in Lang::ALL {
        let folder = format!("data/tagger/text/{}", lang.code());
        let words = running_words(tagged_texts(&folder).iter().flat_map(|text| text.words()));
        assert!(words >= LEAST_FURTHER, "{folder}: only {words} running words");
    }
}
