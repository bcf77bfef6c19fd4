//! Whether a candidate stands: gaps, word edges, case, accents. The search and the oracle share this file.

use super::MatchKind;
use super::gap::Gap;
use super::pattern::{AccentRule, CaseRule, TailDot};
use super::store::{PatternView, Shortcut, Word};
use crate::lang::es::double_accents::is_double;
use crate::text::Span;
use crate::text::fold;

/// Why a candidate is no hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// Something else than a space or hyphen stands between the words.
    Gap,
    /// The first or last word is part of a longer one (`mail` in e-mail).
    Edge,
    /// Capitals are missing.
    Case,
    /// Accents are missing that tell the word from another, or are there and the term has none.
    Accents,
    /// It stands in a web or mail address.
    Address,
    /// The form is an everyday word of the segment's language.
    Language,
    /// In its sentence the word is of another class.
    Class,
}

impl Refusal {
    /// The reason in words, for `--explain`.
    pub fn reason(self) -> &'static str {
        match self {
            Refusal::Gap => "something other than a space or a hyphen stands between the words",
            Refusal::Edge => "the word is part of a longer one",
            Refusal::Case => "the term needs its capitals",
            Refusal::Accents => "with these accents it is another word",
            Refusal::Address => "it is part of an address",
            Refusal::Language => "it is an everyday word of the sentence's language",
            Refusal::Class => "in this sentence it is another part of speech",
        }
    }
}

/// A text with its words, as the conditions see it.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a str,
    /// The spans of its words.
    pub spans: &'a [Span],
}

impl<'a> Words<'a> {
    #[inline]
    fn word(&self, at: usize) -> &'a str {
        self.spans[at].of(self.text)
    }

    #[inline]
    fn between(&self, at: usize) -> &'a str {
        &self.text[self.spans[at].end..self.spans[at + 1].start]
    }
}

/// Whether the pattern, whose keys equal the words from `first` on, stands there: its span and how it differs
/// from the term, or why not. The language is not looked at.
#[inline]
pub fn stands(
    pattern: PatternView<'_>,
    words: Words<'_>,
    first: usize,
) -> Result<(Span, MatchKind), Refusal> {
    let last = first + pattern.word_count() - 1;
    let span = Span::new(words.spans[first].start, words.spans[last].end);
    let as_typed = as_typed(pattern, &words.text.as_bytes()[span.range()]);
    let (span, kind) = match as_typed {
        Some(kind) => (span, kind),
        None => word_by_word(pattern, words, first)?,
    };
    if is_inside(words, first, last) { Err(Refusal::Edge) } else { Ok((span, kind)) }
}

/// How the form differs from the term, where comparing it with the text whole is enough to know.
#[inline]
fn as_typed(pattern: PatternView<'_>, found: &[u8]) -> Option<MatchKind> {
    match pattern.shortcut() {
        (Shortcut::None, _) => None,
        (_, typed) if found == typed => Some(pattern.kind()),
        (Shortcut::SameInAnyCase, typed) if found.eq_ignore_ascii_case(typed) => {
            Some(pattern.kind().max(MatchKind::Case))
        }
        _ => None,
    }
}

fn word_by_word(
    pattern: PatternView<'_>,
    words: Words<'_>,
    first: usize,
) -> Result<(Span, MatchKind), Refusal> {
    let mut kind = pattern.kind();
    for (i, (rule, written)) in pattern.gaps().enumerate() {
        let gap = Gap::of(words.between(first + i));
        if !rule.allows(&gap) {
            return Err(Refusal::Gap);
        }
        if gap != *written {
            kind = kind.max(MatchKind::Variant);
        }
    }
    let last = first + pattern.word_count() - 1;
    let end = end_of(pattern, words, last).ok_or(Refusal::Gap)?;
    for (i, word) in pattern.words().enumerate() {
        let found = words.word(first + i);
        if found == word.written {
            continue;
        }
        case_stands(pattern, word, found)?;
        kind = kind.max(word_kind(pattern, word, found)?);
    }
    Ok((Span::new(words.spans[first].start, end), kind))
}

/// Where the match ends: the last word, with the tail and the full stop that belong to the term.
fn end_of(pattern: PatternView<'_>, words: Words<'_>, last: usize) -> Option<usize> {
    let end = words.spans[last].end;
    let rest = words.text[end..].strip_prefix(pattern.tail())?;
    let end = end + pattern.tail().len();
    match (pattern.dot(), rest.starts_with('.')) {
        (TailDot::No, _) | (TailDot::Optional, false) => Some(end),
        (TailDot::Optional | TailDot::Required, true) => Some(end + 1),
        (TailDot::Required, false) => None,
    }
}

/// Whether a single letter joined by a hyphen, or the digits of one number, reach across an edge of the match.
#[inline]
fn is_inside(words: Words<'_>, first: usize, last: usize) -> bool {
    let before = first > 0 && is_joined(words, first - 1);
    let after = last + 1 < words.spans.len() && is_joined(words, last);
    before || after
}

/// Whether the words `at` and `at + 1` are one: a single letter and what a hyphen joins to it, or digits around
/// a decimal point or thousands comma.
#[inline]
fn is_joined(words: Words<'_>, at: usize) -> bool {
    match words.text.as_bytes()[words.spans[at].end] {
        // These nearly always: nothing that begins with them joins.
        b' ' | b'\n' | b'(' | b')' | b':' | b';' | b'/' | b'"' => false,
        _ => is_joined_by(words, at, words.between(at)),
    }
}

fn is_joined_by(words: Words<'_>, at: usize, gap: &str) -> bool {
    let mut chars = gap.chars().filter(|&c| !fold::is_skipped(c));
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    let (left, right) = (words.word(at), words.word(at + 1));
    if matches!(c, '.' | ',') {
        return left.ends_with(|c: char| c.is_ascii_digit())
            && right.starts_with(|c: char| c.is_ascii_digit());
    }
    let single =
        |at: usize, word: &str| is_letter(word) && !words.text[..words.spans[at].start].ends_with('.');
    fold::is_hyphen(c) && (single(at, left) || single(at + 1, right))
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn case_stands(pattern: PatternView<'_>, word: Word<'_>, found: &str) -> Result<(), Refusal> {
    let holds = match pattern.case() {
        CaseRule::Any => true,
        CaseRule::Initials => !starts_upper(word.written) || starts_upper(found),
        CaseRule::Capitals => is_capitals(word, found),
        CaseRule::InitialOrCapitals => starts_upper(found) && (is_capitals(word, found) || is_title(found)),
        CaseRule::Exact => same_case(word.written, found),
    };
    if holds { Ok(()) } else { Err(Refusal::Case) }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic())
}

/// Capitals only, but for the small letters that the form itself has (the plural s).
fn is_capitals(word: Word<'_>, found: &str) -> bool {
    let small = word.written.chars().rev().take_while(|c| c.is_lowercase()).count();
    let letters = found.chars().filter(|&c| !fold::is_skipped(c)).count();
    let must = letters.saturating_sub(small);
    found.chars().filter(|&c| !fold::is_skipped(c)).take(must).all(|c| !c.is_lowercase())
}

fn is_title(found: &str) -> bool {
    found.chars().skip(1).all(|c| !c.is_uppercase())
}

/// Equal case letter for letter; accents are the business of the accent rule.
fn same_case(written: &str, found: &str) -> bool {
    let found = fold::visible(found);
    let upper = |text: &str| text.chars().map(char::is_uppercase).collect::<Vec<_>>();
    upper(written) == upper(&found)
}

/// How a word differs from the pattern's, or that its accents make it another one.
fn word_kind(pattern: PatternView<'_>, word: Word<'_>, found: &str) -> Result<MatchKind, Refusal> {
    let lower = fold::lower(found);
    if lower == word.lower {
        let same_letters = fold::visible(found) == word.written;
        return Ok(if same_letters { MatchKind::Exact } else { MatchKind::Case });
    }
    if accents_stand(pattern, word, &lower) { Ok(MatchKind::Accent) } else { Err(Refusal::Accents) }
}

fn accents_stand(pattern: PatternView<'_>, word: Word<'_>, lower: &str) -> bool {
    if pattern.accents() == AccentRule::Exact {
        return false;
    }
    let doubtful = pattern.word_count() == 1 && is_another_word(pattern, lower);
    is_double(word.key)
        || (!doubtful && (pattern.accents() == AccentRule::MayDiffer || leaves_out(word.lower, lower)))
}

/// One-word terms need their accents where the bare form is another word (año/ano, papá/papa).
fn is_another_word(pattern: PatternView<'_>, lower: &str) -> bool {
    pattern.lang().bare_is_word(lower) || pattern.lang().is_ordinary(lower)
}

/// Whether `found` is `word` with some accents left out and none added.
fn leaves_out(word: &str, found: &str) -> bool {
    let mut rest = found.chars();
    let all = word.chars().all(|c| {
        let next = rest.next();
        next == Some(c)
            || next.is_some_and(|n| n.is_ascii() && fold::key(c.encode_utf8(&mut [0; 4])).starts_with(n))
    });
    all && rest.next().is_none()
}
