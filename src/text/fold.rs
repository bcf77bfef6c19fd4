//! Folding: one form for the many ways of writing a word.
//!
//! Two strengths. [`lower`] undoes what carries no meaning in a running text (NFKC compatibility, decomposed
//! accents, case, soft hyphens, zero-width characters, kinds of quotes, hyphens and spaces) and keeps the
//! accents. [`key`] leaves the accents out too, all but the tilde of ñ, which is a letter of its own.
//! [`Folded`] does the same to a whole text and knows, for every byte of the result, where it came from.
//!
//! ```
//! use glosa::text::fold;
//! assert_eq!(fold::key("QUÉDATE"), "quedate");
//! assert_eq!(fold::key("Peña"), "peña");
//! assert_eq!(fold::lower("Que\u{301}date"), "quédate");
//! let folded = fold::Folded::new("«Ni\u{AD}ño»", fold::Strength::Key);
//! assert_eq!(folded.text(), "\"niño\"");
//! ```

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Span;

/// How much folding takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Case and typography; accents stay.
    Lower,
    /// Accents too, except the tilde of ñ.
    Key,
}

/// The text with its first letter in capitals.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text folded so that only letters, accents and punctuation that matter stay (NFC, lower case).
pub fn lower(text: &str) -> String {
    fold(text, Strength::Lower)
}

/// [`lower`] without accents: the key under which a word is looked up.
pub fn key(text: &str) -> String {
    fold(text, Strength::Key)
}

/// Canonical composition (NFC, UAX 15), copying only where something changes. What lies below the combining marks, from
/// U+0300, is composed already: that is most text of both languages.
pub fn nfc(text: &str) -> Cow<'_, str> {
    let plain = text.is_ascii() || text.chars().all(|c| c < '\u{300}') || is_nfc(text);
    if plain { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// NFC with skipped characters removed; case and accents stay.
pub fn visible(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfc().filter(|&c| !is_skipped(c)).collect()
}

fn fold(text: &str, strength: Strength) -> String {
    if text.is_ascii() {
        return text.chars().map(ascii_fold).collect();
    }
    let mut out = String::with_capacity(text.len());
    for cluster in Clusters::new(text) {
        fold_cluster(&text[cluster], strength, &mut out);
    }
    out
}

/// A folded text with the exact way back to the original bytes.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// For each cluster that left something: where its result starts, and the span it came from.
    clusters: Vec<(usize, Span)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str, strength: Strength) -> Self {
        let mut folded = Folded::default();
        for cluster in Clusters::new(text) {
            let before = folded.text.len();
            fold_cluster(&text[cluster.clone()], strength, &mut folded.text);
            if folded.text.len() > before {
                folded.clusters.push((before, cluster.into()));
            }
        }
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The smallest span of the original that holds everything a span of the folded text came from.
    pub fn original(&self, span: Span) -> Span {
        let (Some(first), Some(last)) = (self.cluster_at(span.start), self.cluster_at(span.end.max(1) - 1))
        else {
            return Span::default();
        };
        if span.is_empty() {
            return Span::new(first.start, first.start);
        }
        Span::new(first.start, last.end)
    }

    fn cluster_at(&self, at: usize) -> Option<Span> {
        let after = self.clusters.partition_point(|(start, _)| *start <= at);
        after.checked_sub(1).map(|i| self.clusters[i].1)
    }
}

/// Characters that nobody sees and that never part a word: soft hyphen, zero-width characters, direction marks,
/// variation selectors, the byte order mark.
pub fn is_skipped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Hyphens of all kinds and the en dash, which is often typed for one.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// Apostrophes and single quotes.
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' | '`' | '\u{2032}' | '\u{FF07}'
    )
}

/// Double quotes, straight, curly, low and angular.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{2039}' | '\u{203A}' | '\u{FF02}')
}

/// A character with the marks and skipped characters that follow it: the unit in which text folds.
struct Clusters<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Clusters<'a> {
    fn new(text: &'a str) -> Self {
        Clusters { text, at: 0 }
    }
}

impl Iterator for Clusters<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let mut chars = self.text[start..].char_indices();
        chars.next()?;
        let end =
            chars.find(|(_, c)| c.is_ascii() || !extends(*c)).map_or(self.text.len(), |(at, _)| start + at);
        self.at = end;
        Some(start..end)
    }
}

fn extends(c: char) -> bool {
    is_combining_mark(c) || is_skipped(c)
}

fn fold_cluster(cluster: &str, strength: Strength, out: &mut String) {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii() => out.push(ascii_fold(c)),
        (Some(c), None) => match spanish(c) {
            Some((lower, _)) if strength == Strength::Lower => out.push(lower),
            Some((_, key)) => out.push(key),
            None => fold_marked(cluster, strength, out),
        },
        _ => fold_marked(cluster, strength, out),
    }
}

/// The letters that Spanish has beside the ASCII ones, lower and as keys: what [`fold_marked`] would make of them,
/// known beforehand, since nearly all folding meets no others.
fn spanish(c: char) -> Option<(char, char)> {
    match c {
        'á' | 'Á' => Some(('á', 'a')),
        'é' | 'É' => Some(('é', 'e')),
        'í' | 'Í' => Some(('í', 'i')),
        'ó' | 'Ó' => Some(('ó', 'o')),
        'ú' | 'Ú' => Some(('ú', 'u')),
        'ü' | 'Ü' => Some(('ü', 'u')),
        'ñ' | 'Ñ' => Some(('ñ', 'ñ')),
        _ => None,
    }
}

fn fold_marked(cluster: &str, strength: Strength, out: &mut String) {
    let seen = cluster.chars().filter(|&c| !is_skipped(c));
    let lowered = seen.nfkc().flat_map(char::to_lowercase).map(fold_punctuation);
    match strength {
        Strength::Lower => out.extend(lowered.nfc()),
        Strength::Key => out.extend(without_accents(lowered.nfd()).nfc()),
    }
}

/// Drops the marks of a decomposed text, all but a tilde that stands directly on an n.
fn without_accents(decomposed: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut last_base = '\0';
    decomposed.filter(move |&c| {
        if canonical_combining_class(c) == 0 && !is_combining_mark(c) {
            last_base = c;
            return true;
        }
        c == '\u{303}' && last_base == 'n'
    })
}

fn ascii_fold(c: char) -> char {
    match c {
        '`' => '\'',
        '\t' | '\n' | '\r' | '\x0B' | '\x0C' => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

fn fold_punctuation(c: char) -> char {
    match c {
        _ if is_hyphen(c) => '-',
        _ if is_apostrophe(c) => '\'',
        _ if is_quote(c) => '"',
        _ if c.is_whitespace() => ' ',
        'ς' => 'σ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_what_carries_no_meaning() {
        for (text, lower_form, key_form) in [
            ("T\u{2011}MEC", "t-mec", "t-mec"),
            ("Quédate", "quédate", "quedate"),
            ("Que\u{301}date", "quédate", "quedate"),
            ("AÑO", "año", "año"),
            ("an\u{303}o", "año", "año"),
            ("ﬁnal", "final", "final"),
            ("Ze\u{AD}laya", "zelaya", "zelaya"),
            ("EE.\u{A0}UU.", "ee. uu.", "ee. uu."),
            ("pingüino", "pingüino", "pinguino"),
            ("“Hola”", "\"hola\"", "\"hola\""),
            ("NGO’s", "ngo's", "ngo's"),
            ("ＵＳＭＣＡ", "usmca", "usmca"),
        ] {
            assert_eq!((lower(text).as_str(), key(text).as_str()), (lower_form, key_form), "{text}");
        }
    }

    #[test]
    fn the_known_letters_fold_as_any_others() {
        for c in ('\u{80}'..='\u{24F}').filter(|&c| spanish(c).is_some()) {
            let (text, mut lower, mut key) = (c.to_string(), String::new(), String::new());
            fold_marked(&text, Strength::Lower, &mut lower);
            fold_marked(&text, Strength::Key, &mut key);
            assert_eq!(
                spanish(c).map(|(lower, key)| (lower.to_string(), key.to_string())),
                Some((lower, key))
            );
        }
    }

    #[test]
    fn the_map_leads_back() {
        let text = "El «Que\u{301}date en Mé\u{AD}xico» sigue";
        let folded = Folded::new(text, Strength::Key);
        let at = folded.text().find("quedate en mexico").expect("folded");
        let span = folded.original(Span::new(at, at + "quedate en mexico".len()));
        assert_eq!(span.of(text), "Que\u{301}date en Mé\u{AD}xico");
    }

    proptest! {
        #[test]
        fn spans_lead_to_character_boundaries(text in "\\PC{0,40}", from in 0usize..40, len in 0usize..40) {
            let folded = Folded::new(&text, Strength::Key);
            prop_assert_eq!(folded.text(), key(&text));
            let from = from.min(folded.text().len());
            let span = folded.original(Span::new(from, (from + len).min(folded.text().len())));
            prop_assert!(text.get(span.range()).is_some());
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[a-zA-ZáéíóúñÑüÁ\u{301}\u{303}\u{AD} «»“”’–-]{0,30}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }
    }
}
