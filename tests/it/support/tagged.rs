//! Texts tagged by hand: one sentence a line, `word_N` for a word, punctuation marks bare, a blank line between
//! passages (`tests/gold/pos/GUIDE.md`).

use std::fs;

use super::{file_stems, root};

/// The letters of the eight word classes.
pub(crate) const CLASSES: &str = "NPVARDFX";

/// A word or a punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// As it stands in the text.
    pub(crate) text: String,
    /// The letter of its class; punctuation has none.
    pub(crate) class: Option<char>,
}

/// A tagged text.
#[derive(Clone, Debug)]
pub(crate) struct TaggedText {
    /// The name of its file, without `.txt`.
    pub(crate) name: String,
    /// Its sentences, each as its tokens.
    pub(crate) sentences: Vec<Vec<Token>>,
}

impl TaggedText {
    /// The tokens that have a class.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Token> {
        self.sentences.iter().flatten().filter(|token| token.class.is_some())
    }
}

/// The tagged texts of a folder of the repository, in the order of their names. What is no token of the guide
/// ends the test with its file and line.
pub(crate) fn tagged_texts(folder: &str) -> Vec<TaggedText> {
    let read = |name: String| {
        let path = format!("{folder}/{name}.txt");
        let text = fs::read_to_string(root().join(&path)).expect("a tagged text");
        let sentence = |(at, line): (usize, &str)| -> Vec<Token> {
            line.split(' ').map(|token| parse(token, &format!("{path}:{}", at + 1))).collect()
        };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
        TaggedText { name, sentences: lines.map(sentence).collect() }
    };
    file_stems(folder).into_iter().map(read).collect()
}

fn parse(token: &str, place: &str) -> Token {
    let is_word = token.contains(char::is_alphanumeric);
    let (text, class) = match token.rsplit_once('_') {
        Some((text, class)) => (text, Some(class)),
        None => (token, None),
    };
    let known = class.map(|class| class.len() == 1 && CLASSES.contains(class));
    assert_eq!(
        known,
        is_word.then_some(true),
        "{place}: “{token}” is neither word_CLASS nor bare punctuation"
    );
    assert!(!text.is_empty(), "{place}: a token is empty");
    Token { text: text.to_owned(), class: class.and_then(|class| class.chars().next()) }
}
