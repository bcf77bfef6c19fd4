//! A form taken apart into words and gaps, and the further ways of writing it (rule 4).

use unicode_normalization::UnicodeNormalization;

use super::gap::{Gap, GapRule};
use super::pattern::{PatternWord, TailDot};
use crate::lang::Lang;
use crate::text::Span;
use crate::text::fold;
use crate::text::tokens::words;

/// A form taken apart.
#[derive(Clone)]
pub(super) struct Shape {
    /// At least one.
    pub(super) words: Vec<PatternWord>,
    /// What may stand between them.
    pub(super) gaps: Vec<GapRule>,
    /// What the form has there.
    pub(super) written_gaps: Vec<Gap>,
    /// What must follow at once.
    pub(super) tail: String,
    /// The full stop at the end.
    pub(super) dot: TailDot,
}

impl Shape {
    /// `None` where there is no word in the form.
    pub(super) fn of(form: &str) -> Option<Shape> {
        let spans: Vec<Span> = words(form).collect();
        let end = spans.last()?.end;
        let between = || spans.windows(2).map(|pair| &form[pair[0].end..pair[1].start]);
        let gaps: Vec<GapRule> = between().map(GapRule::of_term).collect();
        let dot = match (form[end..].starts_with('.'), gaps.contains(&GapRule::Abbreviation)) {
            (false, _) => TailDot::No,
            (true, true) => TailDot::Optional,
            (true, false) => TailDot::Required,
        };
        Some(Shape {
            words: spans.iter().map(|span| word(span.of(form))).collect(),
            written_gaps: between().map(Gap::of).collect(),
            gaps,
            tail: form[end..].chars().take_while(|c| matches!(c, '+' | '#' | '%')).collect(),
            dot,
        })
    }

    /// The same with the words from `at` to `to` written as one.
    fn closed(&self, at: usize, to: usize) -> Shape {
        let joined: String = self.words[at..=to].iter().map(|word| &*word.written).collect();
        let mut shape = self.clone();
        shape.words.splice(at..=to, [word(&joined)]);
        shape.gaps.drain(at..to);
        shape.written_gaps.drain(at..to);
        if let Some(gap @ (GapRule::Abbreviation | GapRule::AfterDots)) = shape.gaps.get_mut(at) {
            *gap = GapRule::Loose;
        }
        if to + 1 == self.words.len() && shape.dot == TailDot::Optional {
            shape.dot = TailDot::No;
        }
        shape
    }

    /// The same with the word `at` taken apart.
    fn parted(&self, at: usize, parts: Vec<PatternWord>, gap: &GapRule) -> Shape {
        let mut shape = self.clone();
        let more = parts.len() - 1;
        shape.words.splice(at..=at, parts);
        shape.gaps.splice(at..at, vec![gap.clone(); more]);
        shape.written_gaps.splice(at..at, vec![Gap::Other(None); more]);
        shape
    }
}

/// A word of a pattern, by how it is written.
pub(super) fn word(text: &str) -> PatternWord {
    if text.is_ascii() {
        let lower: Box<str> = text.to_ascii_lowercase().into();
        return PatternWord { key: lower.clone(), written: text.into(), lower };
    }
    PatternWord {
        key: fold::key(text).into(),
        written: fold::visible(&text.nfkc().collect::<String>()).into(),
        lower: fold::lower(text).into(),
    }
}

/// The further ways of writing a form, each with the rule that made it.
pub(super) fn variants(shape: &Shape, acronym: bool, lang: Lang) -> Vec<(Shape, &'static str)> {
    let last = shape.words.len() - 1;
    let mut all: Vec<(Shape, &'static str)> = Vec::new();
    all.extend(dotted_runs(shape).map(|(from, to)| (shape.closed(from, to), "full stops left out")));
    if acronym && last > 0 && shape.gaps.iter().all(|gap| *gap == GapRule::Loose) {
        all.push((shape.closed(0, last), "acronym written as one word"));
    }
    if acronym && last == 0 {
        all.extend(parted_digits(shape).map(|parted| (parted, "hyphen put in")));
    }
    let dotted = (0..=last).filter_map(|at| dotted(shape, at, acronym));
    all.extend(dotted.map(|dotted| (dotted, "full stops put in")));
    all.extend((0..last).filter_map(|at| joined(shape, at, lang)));
    all.extend((0..=last).filter_map(|at| Some((opened(shape, at, lang)?, "prefix written apart"))));
    all
}

/// «Peña Nieto» as Pena Nieto.
pub(super) fn without_tilde(shape: &Shape) -> Option<Shape> {
    let has = shape.words.iter().any(|word| word.key.contains('ñ'));
    has.then(|| {
        let words =
            shape.words.iter().map(|w| word(&w.written.replace('ñ', "n").replace('Ñ', "N"))).collect();
        Shape { words, ..shape.clone() }
    })
}

/// The runs of words joined by full stops: `U.S.` in U.S. attorney, `EE. UU.`.
fn dotted_runs(shape: &Shape) -> impl Iterator<Item = (usize, usize)> {
    let initials = |at: usize| is_initials(&shape.words[at].written, 1..=3);
    let joined = move |at: usize| shape.gaps[at] == GapRule::Abbreviation && initials(at) && initials(at + 1);
    let starts = (0..shape.gaps.len()).filter(move |&at| joined(at) && (at == 0 || !joined(at - 1)));
    starts.map(move |from| (from, from + (from..shape.gaps.len()).take_while(|&at| joined(at)).count()))
}

/// `USMCA` as U.S.M.C.A., and within a phrase short initials only: `US attorney` as U.S. attorney.
fn dotted(shape: &Shape, at: usize, acronym: bool) -> Option<Shape> {
    let written = &shape.words[at].written;
    let fits = match shape.words.len() {
        1 => acronym && is_initials(written, 2..=6),
        _ => at + 1 < shape.words.len() && is_initials(written, 2..=3) && shape.gaps[at] == GapRule::Loose,
    };
    if !fits {
        return None;
    }
    let parts: Vec<PatternWord> = written.chars().map(|c| word(c.encode_utf8(&mut [0; 4]))).collect();
    let after = at + parts.len() - 1;
    let mut dotted = shape.parted(at, parts, &GapRule::Dotted);
    match dotted.gaps.get_mut(after) {
        Some(gap) => *gap = GapRule::AfterDots,
        None => dotted.dot = TailDot::Optional,
    }
    Some(dotted)
}

fn is_initials(word: &str, letters: std::ops::RangeInclusive<usize>) -> bool {
    letters.contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// `G20` as G-20.
fn parted_digits(shape: &Shape) -> Option<Shape> {
    let written = &*shape.words[0].written;
    let (letters, digits) = written.split_at(written.find(|c: char| c.is_ascii_digit())?);
    let parts = !letters.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    parts.then(|| shape.parted(0, vec![word(letters), word(digits)], &GapRule::Loose))
}

/// Closed for open: after a prefix (`re-entry` → reentry) and in usual English compounds (`health care` →
/// healthcare).
fn joined(shape: &Shape, at: usize, lang: Lang) -> Option<(Shape, &'static str)> {
    let (first, second) = (&shape.words[at].lower, &shape.words[at + 1].lower);
    if shape.gaps[at] != GapRule::Loose {
        return None;
    }
    let closed = format!("{first}{second}");
    let compound = lang == Lang::En && lang.is_ordinary(&closed) && closed.len() > 5;
    match (is_prefix(lang, first), compound) {
        (true, _) => Some((shape.closed(at, at + 1), "prefix written as one word")),
        (false, true) => Some((shape.closed(at, at + 1), "compound written as one word")),
        (false, false) => None,
    }
}

/// Open for closed after a prefix: `expresidente` → ex presidente, `reentry` → re-entry.
fn opened(shape: &Shape, at: usize, lang: Lang) -> Option<Shape> {
    let closed = &*shape.words[at].written;
    let base = |prefix: &str| {
        let starts = closed.get(..prefix.len()).is_some_and(|start| start.to_lowercase() == prefix);
        let rest = closed.get(prefix.len()..).filter(|rest| starts && rest.len() > 3)?;
        lang.is_ordinary(&fold::lower(rest)).then_some(rest)
    };
    let (prefix, rest) = prefixes(lang).iter().find_map(|prefix| Some((prefix, base(prefix)?)))?;
    let gap = if *prefix == "ex" { GapRule::Loose } else { GapRule::Hyphen };
    Some(shape.parted(at, vec![word(&closed[..prefix.len()]), word(rest)], &gap))
}

fn is_prefix(lang: Lang, word: &str) -> bool {
    prefixes(lang).contains(&word)
}

/// Prefixes that are written apart, with a hyphen or together.
fn prefixes(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Es => &[
            "anti", "ciber", "co", "contra", "ex", "inter", "mega", "micro", "multi", "narco", "post", "pos",
            "pre", "pro", "re", "semi", "sub", "super", "tele", "ultra", "vice",
        ],
        Lang::En => &[
            "anti", "bi", "co", "counter", "cyber", "de", "e", "ex", "inter", "mega", "micro", "mid",
            "multi", "narco", "non", "over", "post", "pre", "pro", "re", "semi", "sub", "super", "tele",
            "ultra", "under", "vice",
        ],
    }
}
