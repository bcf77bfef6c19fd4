//! A sentence as numbers, words and signs.

use crate::lang::Lang;
use crate::text::{Span, fold};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) piece: Piece,
    /// Nothing stands between it and the piece before.
    pub(super) is_joined: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// A number in digits, with what it may amount to, the likeliest first.
    Number(Vec<f64>),
    /// Digits that are no amount: a version, a date, a score, an hour (`8:30`).
    Code(Vec<f64>),
    /// A word, without case and accents.
    Word(String),
    /// Any other character.
    Sign(char),
}

/// Divides a sentence.
pub(super) fn tokens(text: &str, lang: Lang) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() || fold::is_skipped(c) {
            at += c.len_utf8();
            continue;
        }
        let (end, piece) = piece(text, at, c, lang);
        let is_joined = tokens.last().is_some_and(|token| token.span.end == at);
        tokens.push(Token { span: Span::new(at, end), piece, is_joined });
        at = end;
    }
    tokens
}

fn piece(text: &str, at: usize, c: char, lang: Lang) -> (usize, Piece) {
    if c.is_ascii_digit() {
        let end = at + number_length(&text[at..], lang);
        return (end, number(&text[at..end], lang));
    }
    if c == '.' && begins_decimal(text, at) {
        let end = at + 1 + text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        return (end, Piece::Number(text[at..end].parse().into_iter().collect()));
    }
    if c.is_alphabetic() {
        let length = text[at..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - at);
        return (at + length, Piece::Word(fold::key(&text[at..at + length])));
    }
    (at + c.len_utf8(), Piece::Sign(c))
}

/// Whether a point is that of a number without a zero before it: “.08 percent”.
fn begins_decimal(text: &str, at: usize) -> bool {
    let is_free = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '$' | '('));
    is_free && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Characters that divide the digits of one number.
fn is_inner(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '\'' | '’') || is_thin(c)
}

/// Spaces that never end a line, and thin ones.
fn is_thin(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn number_length(text: &str, lang: Lang) -> usize {
    let mut end = 0;
    loop {
        end += text[end..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - end);
        let rest = &text[end..];
        let Some(c) = rest.chars().next() else { return end };
        let after = &rest[c.len_utf8()..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let thousands = digits == 3 && groups_of_three(&text[..end]);
        let goes_on = match c {
            ' ' => lang == Lang::Es && thousands && !starts_inner(&after[3..]),
            c if is_thin(c) || c == '\'' || c == '’' => digits == 3,
            c => is_inner(c) && digits > 0,
        };
        if !goes_on {
            return end;
        }
        end += c.len_utf8();
    }
}

fn starts_inner(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_inner) && chars.next().is_some_and(|c| c.is_ascii_digit())
}

fn number(written: &str, lang: Lang) -> Piece {
    let values = values(written, lang);
    if !values.is_empty() {
        return Piece::Number(values);
    }
    Piece::Code(written.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect())
}

/// What digits with separators may amount to; nothing where they are no amount.
fn values(written: &str, lang: Lang) -> Vec<f64> {
    let marks: Vec<(usize, char)> = written.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let whole = digits.parse::<f64>().ok();
    if marks.iter().any(|(_, c)| matches!(c, ':' | '/')) {
        return Vec::new();
    }
    let Some(&(at, last)) = marks.last() else { return whole.into_iter().collect() };
    let decimal = decimal(&digits, written.len() - at - last.len_utf8());
    let is_mixed = marks.iter().any(|(_, c)| *c != last);
    let grouped = groups_of_three(written);
    let values = match (marks.len(), grouped, last) {
        // Mexican handwriting and old print: 1'250,000.
        _ if grouped && is_mixed && matches!(marks[0].1, '\'' | '’') => [whole, None],
        _ if is_mixed
            && marks.iter().filter(|(_, c)| *c == last).count() == 1
            && matches!(last, '.' | ',') =>
        {
            [decimal, None]
        }
        (_, true, ' ') | (2.., true, _) => [whole, None],
        (1, true, '.') if written.starts_with('0') => [decimal, None],
        (1, true, '.') if lang == Lang::En => [decimal, whole],
        (1, true, '.') => [whole, decimal],
        (1, true, ',') if lang == Lang::Es => [whole, decimal],
        (1, true, _) => [whole, None],
        (1, false, '.' | ',') => [decimal, None],
        _ => [None, None],
    };
    values.into_iter().flatten().collect()
}

fn decimal(digits: &str, places: usize) -> Option<f64> {
    let at = digits.len().checked_sub(places)?;
    format!("{}.{}", digits.get(..at)?, digits.get(at..)?).parse().ok()
}

/// Whether every group after the first has three digits, and the first one to three.
fn groups_of_three(written: &str) -> bool {
    let mut groups = written.split(|c: char| !c.is_ascii_digit());
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}
