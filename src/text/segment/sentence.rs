//! Where sentences end within a paragraph.
//!
//! Every run of `.`, `!`, `?` or `…` with its closing quotes and brackets, followed by white space, is a stop.
//! Whether it ends the sentence depends on what follows (lower case: no), and for a full stop on the word
//! before: `Dr. Pérez`, `art. 5`, `J. Pérez` and `U.S. Senate` go on, `in the U.S. The Senate` does not.

use crate::lang::{en, es};

use super::super::Span;

/// Cuts a paragraph into sentences. The spans are in order, without white space around, and cover the rest.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = skip_white(text, 0);
    let mut at = start;
    while let Some(stop) = next_stop(text, at) {
        at = stop.end;
        if ends_sentence(text, start, &stop) {
            found.push(Span::new(start, stop.end));
            start = skip_white(text, stop.end);
            at = start;
        }
    }
    let end = start + tail(text, start).trim_end_matches(super::is_blank).len();
    if start < end {
        found.push(Span::new(start, end));
    }
    found
}

/// Whether a text ends like a sentence: a final mark, closing quotes and brackets aside.
pub(super) fn ends_with_final_mark(text: &str) -> bool {
    text.trim_end_matches(is_closer).ends_with(is_final_mark)
}

/// A run of final marks with what closes after them.
struct Stop {
    /// The first mark.
    start: usize,
    /// After the marks.
    marks_end: usize,
    /// After closing quotes, brackets and note numbers.
    end: usize,
}

fn next_stop(text: &str, from: usize) -> Option<Stop> {
    let mut at = from;
    loop {
        let start = at + first_final_mark(tail(text, at))?;
        let marks_end = skip(text, start, is_final_mark);
        let end = skip_notes(text, skip(text, marks_end, is_closer));
        match tail(text, end).chars().next() {
            Some(next) if next.is_whitespace() => return Some(Stop { start, marks_end, end }),
            Some(_) => at = end,
            None => return None,
        }
    }
}

/// [`is_final_mark`] for a whole text, many bytes at a time.
fn first_final_mark(text: &str) -> Option<usize> {
    let ascii = memchr::memchr3(b'.', b'!', b'?', text.as_bytes());
    text[..ascii.unwrap_or(text.len())].find('…').or(ascii)
}

fn is_final_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›')
}

fn is_opener(c: char) -> bool {
    matches!(c, '¿' | '¡' | '«' | '‹' | '“' | '‘' | '"' | '\'' | '(' | '[' | '—' | '–' | '-' | '•' | '*')
}

/// Note numbers as on reference pages: `[3]`, `[12]`.
fn skip_notes(text: &str, from: usize) -> usize {
    let mut at = from;
    while tail(text, at).starts_with('[') {
        let digits = skip(text, at + 1, |c| c.is_ascii_digit());
        if digits == at + 1 || !tail(text, digits).starts_with(']') {
            break;
        }
        at = digits + 1;
    }
    at
}

fn ends_sentence(text: &str, sentence: usize, stop: &Stop) -> bool {
    let Some(next) = Next::after(text, stop.end) else { return false };
    let marks = text.get(stop.start..stop.marks_end).unwrap_or("");
    match next.begins {
        Begins::Lower | Begins::Punctuation => false,
        Begins::Digit if marks.contains('…') || marks.ends_with("..") => false,
        _ if marks != "." => true,
        _ if text.get(stop.marks_end..stop.end).is_some_and(|closers| closers.contains(is_quote)) => true,
        _ => full_stop_ends(text, sentence, stop.start, &next),
    }
}

/// Whether a lone full stop after this word, before that one, is the end.
fn full_stop_ends(text: &str, sentence: usize, stop: usize, next: &Next<'_>) -> bool {
    let word = word_before(text, stop);
    if stop - word.len() == sentence && is_enumerator(word) {
        return false;
    }
    match Abbreviation::of(word) {
        None => true,
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Numbered) => !next.is_number(),
        Some(Abbreviation::Open) => next.starts_sentence(),
    }
}

/// How a word with a full stop bears on the sentence's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Abbreviation {
    /// A name follows.
    Title,
    /// A number follows.
    Numbered,
    /// The sentence may go on or end.
    Open,
}

impl Abbreviation {
    /// Texts mix the languages, so the lists of both count.
    fn of(word: &str) -> Option<Self> {
        if word.chars().count() > LONGEST_ABBREVIATION {
            return None;
        }
        if is_initial(word) || is_dotted(word) {
            return Some(Abbreviation::Open);
        }
        let lower = word.to_lowercase();
        let listed =
            |lists: [&[&str]; 2]| lists.iter().any(|list| list.binary_search(&lower.as_str()).is_ok());
        if listed([es::abbreviations::TITLES, en::abbreviations::TITLES]) {
            Some(Abbreviation::Title)
        } else if listed([es::abbreviations::OPEN, en::abbreviations::OPEN]) {
            Some(Abbreviation::Open)
        } else if listed([es::abbreviations::NUMBERED, en::abbreviations::NUMBERED]) {
            Some(Abbreviation::Numbered)
        } else {
            None
        }
    }
}

const LONGEST_ABBREVIATION: usize = 10;

/// `J`, `M`: part of a name.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// `U.S`, `a.m`, `EE.UU`, `Ph.D`: stops inside, and parts of one or two letters.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let letters = part.chars().count();
            (1..=2).contains(&letters) && part.chars().all(char::is_alphabetic)
        })
}

/// `1`, `12`, `a`, `IV` at the start of an item.
fn is_enumerator(word: &str) -> bool {
    let short_number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    !word.is_empty() && (short_number || word.chars().count() == 1 || is_roman(word))
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| b"IVXLCDM".contains(&b))
}

/// The run of letters, digits and inner stops before a full stop.
fn word_before(text: &str, stop: usize) -> &str {
    let before = text.get(..stop).unwrap_or("");
    let start = before.char_indices().rev().find(|&(_, c)| !(c.is_alphanumeric() || c == '.'));
    before.get(start.map_or(0, |(i, c)| i + c.len_utf8())..).unwrap_or("")
}

/// What stands after a stop.
struct Next<'a> {
    begins: Begins,
    /// From the first character that is no opening mark.
    text: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Upper,
    Lower,
    Digit,
    /// A mark that cannot begin a sentence.
    Punctuation,
    /// A symbol or a letter without case.
    Other,
}

impl<'a> Next<'a> {
    fn after(text: &'a str, stop: usize) -> Option<Self> {
        let rest = strip_openers(tail(text, stop).trim_start());
        let begins = match rest.chars().next()? {
            c if c.is_lowercase() => Begins::Lower,
            c if c.is_uppercase() => Begins::Upper,
            c if c.is_numeric() => Begins::Digit,
            ',' | ';' | ':' | '/' | '&' | '+' | '=' | '%' => Begins::Punctuation,
            c if is_final_mark(c) || is_closer(c) => Begins::Punctuation,
            _ => Begins::Other,
        };
        Some(Next { begins, text: rest })
    }

    fn word(&self) -> &'a str {
        let end = self.text.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.text.len());
        self.text.get(..end).unwrap_or("")
    }

    fn is_number(&self) -> bool {
        self.begins == Begins::Digit || is_roman(self.word())
    }

    /// Names go on after an abbreviation, function words begin a sentence; an initial is no word.
    fn starts_sentence(&self) -> bool {
        let word = self.word();
        let another_initial =
            is_initial(word) && self.text.get(word.len()..).is_some_and(|rest| rest.starts_with('.'));
        if another_initial || word.chars().count() > LONGEST_ABBREVIATION {
            return false;
        }
        let lower = word.to_lowercase();
        es::stopwords::is_function_word(&lower) || en::stopwords::is_function_word(&lower)
    }
}

/// Opening marks, at most a few: more are decoration.
fn strip_openers(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..4 {
        let Some(c) = rest.chars().next().filter(|&c| is_opener(c)) else { break };
        rest = rest.get(c.len_utf8()..).unwrap_or("").trim_start();
    }
    rest
}

fn tail(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or("")
}

fn skip(text: &str, from: usize, pass: impl Fn(char) -> bool) -> usize {
    let rest = tail(text, from);
    from + rest.find(|c| !pass(c)).unwrap_or(rest.len())
}

fn skip_white(text: &str, from: usize) -> usize {
    skip(text, from, super::is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each case is a paragraph with `|` where a sentence must end.
    #[test]
    fn the_first_mark_is_found_whichever_it_is() {
        for text in ["", "sin marca", "…a.", "a.…", "¿a?…", "x…!", "é“…”"] {
            assert_eq!(first_final_mark(text), text.find(is_final_mark), "{text}");
        }
    }

    #[test]
    fn table_of_cases() {
        let cases = [
            // Plain ends, decimals, thousands
            "El tren salió tarde.| Nadie avisó.",
            "It cost 3.5 million.| It rose to 1,700.| Then 4.25.",
            "Era 2019.| 25 personas firmaron.",
            // Titles, initials, numbers
            "La Dra. Ríos y el Sr. Luna llegaron.| Los recibió el Lic. Mora.",
            "Gov. Hale met Sen. Ortiz and Mr. J. B. Hart.| They left.",
            "Habló J. Pérez.| Luego salió.",
            "Según el art. 5 y la pág. 12, no hay multa.| Dijo que no.| Después calló.",
            "See No. 5 and fig. 3.| No.| We won't.",
            "Vea el cap. IV del informe.| Es breve.",
            // Dotted abbreviations: goes on before a name, ends before a function word
            "The U.S. Senate voted.| It passed.",
            "They moved to the U.S.| The family stayed.",
            "Vive en EE. UU. desde 2010.| Trabaja allá.",
            "Llegó a EE. UU.| El viaje fue largo.",
            "It opens at 9 a.m. Monday and closes at 5 p.m.| They know.",
            "Acme Inc. Chairman Bo Lee spoke.| Grupo Sol, S. A. de C. V. perdió.",
            "The deal, signed Jan. 6, ended.| On Feb. 3 it began.",
            // Ellipsis, question, exclamation
            "No sé… quizá mañana.| ¿Y tú?| ¡Vamos!",
            "Well... maybe.| He waited…| Then he left.",
            "—¿Vienes? —preguntó Ana.| —Sí.",
            "¿Cuándo?| ¿Dónde?",
            // Quotes and brackets
            "“We are done.”| The mayor left.",
            "“We are done,” she said.| “Go home.”",
            "«Ya basta.»| Así terminó.",
            "\"Is it over?\" he asked.| \"No.\"",
            "(It rained.)| We stayed.",
            "They met in the “U.S.”| Noon came.",
            "It is known.[3][14]| Others doubt it.",
            // Lists and lone punctuation
            "1. Abrir la caja.| 2. Leer la hoja.",
            "So . . . we left.",
            "It was $5.| #2 came later.| $7 was the top.",
            "Read site.example.com now.| Done.",
        ];
        for case in cases {
            let wanted: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = case.replace('|', "");
            let got: Vec<&str> = sentences(&text).into_iter().map(|span| span.of(&text)).collect();
            assert_eq!(got, wanted, "{case}");
        }
    }

    #[test]
    fn the_lists_are_sorted_for_the_binary_search() {
        use crate::lang::{en::abbreviations as en, es::abbreviations as es};
        for list in [es::TITLES, es::NUMBERED, es::OPEN, en::TITLES, en::NUMBERED, en::OPEN] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
