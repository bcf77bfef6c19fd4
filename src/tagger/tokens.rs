//! The tagger's tokens: words, but numbers and initials whole, contractions as tagged text writes them, and
//! punctuation.
//!
//! *Mexico’s 3.5 %* has the tokens *Mexico*, *’s*, *3.5*, *%*; *don’t* and *U.S* are one token each. In tagged
//! text tokens are parted by spaces.

use crate::text::Span;
use crate::text::fold::is_apostrophe;
use crate::text::tokens::words;

/// A token of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a word or number, not punctuation.
    pub is_word: bool,
}

/// The tokens of a sentence, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = 0;
    for span in words(text) {
        let gap = &text[end..span.start];
        match (joint(gap), tokens.last_mut().filter(|token| token.is_word)) {
            (Some(joint), Some(last)) if joins(last.span.of(text), joint, span.of(text)) => {
                last.span.end = span.end;
            }
            (Some('\''), Some(_)) if is_ending(span.of(text)) => {
                tokens.push(Token { span: Span::new(end, span.end), is_word: true });
            }
            _ => {
                punctuation(text, Span::new(end, span.start), &mut tokens);
                tokens.push(Token { span, is_word: true });
            }
        }
        end = span.end;
    }
    punctuation(text, Span::new(end, text.len()), &mut tokens);
    tokens
}

/// The one character between two words, apostrophes made equal.
fn joint(gap: &str) -> Option<char> {
    let mut chars = gap.chars();
    let c = chars.next().filter(|_| chars.next().is_none())?;
    Some(if is_apostrophe(c) { '\'' } else { c })
}

/// Whether two words and the character between them are one token.
fn joins(left: &str, joint: char, right: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match joint {
        '.' | ',' | ':' if digit(left.chars().next_back()) => digit(right.chars().next()),
        '.' => ends_in_initial(left) && right.chars().next().is_some_and(char::is_alphabetic),
        '\'' => !is_ending(right),
        _ => false,
    }
}

/// Whether a single letter ends the token (`U`, `U.S`).
fn ends_in_initial(token: &str) -> bool {
    let last = token.rsplit('.').next().unwrap_or(token);
    last.len() == 1 && last.bytes().all(|b| b.is_ascii_alphabetic())
}

/// What an apostrophe parts from its word in English.
fn is_ending(word: &str) -> bool {
    matches!(word, "s" | "S" | "re" | "ll" | "ve" | "d" | "m")
}

fn punctuation(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let gap = span.of(text);
    let mut at = 0;
    for part in gap.split_whitespace() {
        let start = at + gap[at..].find(part).unwrap_or(0);
        at = start + part.len();
        tokens.push(Token { span: Span::new(span.start + start, span.start + at), is_word: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_tagged_text() {
        for (text, parts) in [
            ("Mexico’s 3.5 % rise, they don't", "Mexico ’s 3.5 % rise , they don't"),
            ("The U.S. attorney (12,500)", "The U.S . attorney ( 12,500 )"),
            ("“Ya,” dijo.", "“ Ya ,” dijo ."),
            ("long-term", "long - term"),
            ("the workers’ rights", "the workers ’ rights"),
            ("él. Ya", "él . Ya"),
            ("", ""),
        ] {
            let found: Vec<&str> = tokens(text).iter().map(|token| token.span.of(text)).collect();
            assert_eq!(found.join(" "), parts);
        }
    }
}
