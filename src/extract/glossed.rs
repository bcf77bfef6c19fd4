//! Equivalents that the texts state themselves: “Remain in Mexico” («Quédate en México»), the USMCA, known in Spanish as
//! the T-MEC. Nothing speaks more plainly for an equivalent.
//!
//! A gloss stands in brackets or quotation marks right after what it glosses, with words such as *known as* between,
//! and is in the other language, or both are acronyms.

use rustc_hash::FxHashMap;

use super::bilingual::Equivalent;
use super::terms::Candidate;
use crate::lang::Lang;
use crate::text::tokens::phrase_key;
use crate::text::{Span, fold, langid, tokens};

/// A gloss in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gloss {
    /// Where what is glossed ends, in bytes.
    end: usize,
    /// The words that gloss it.
    words: Span,
}

/// What the glosses of pairs of lines say of candidates.
#[derive(Debug, Default)]
pub(super) struct Glossed {
    /// For each candidate the Spanish terms, with how often each glosses it or is glossed by it.
    counts: FxHashMap<usize, Vec<(String, usize)>>,
}

/// A gloss has at most so many bytes.
const LONGEST: usize = 80;

/// The language of a gloss is told with at least this probability.
const SURE: f32 = 0.8;

/// The score of an equivalent that a text states.
const STATED: f32 = 0.95;

impl Glossed {
    /// The glosses in pairs of lines, Spanish and English. `best` are the equivalents of each candidate.
    pub(super) fn of(pairs: &[(&str, &str)], candidates: &[Candidate], best: &[Vec<Equivalent>]) -> Self {
        let mut found = Glossed::default();
        found.read_english(pairs, candidates);
        found.read_spanish(pairs, candidates, best);
        found
    }

    /// Puts what the texts state before what was counted.
    pub(super) fn put_first(&self, candidate: usize, best: &mut Vec<Equivalent>) {
        let Some(stated) = self.counts.get(&candidate) else { return };
        let mut stated: Vec<&(String, usize)> = stated.iter().collect();
        stated.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        for (term, count) in stated {
            let key = phrase_key(term);
            let known =
                best.iter().position(|other| phrase_key(&other.term) == key).map(|at| best.remove(at));
            let known =
                known.unwrap_or(Equivalent { term: term.clone(), score: 0.0, count: *count, glosses: 0 });
            best.insert(0, Equivalent { score: known.score.max(STATED), glosses: *count, ..known });
        }
    }

    /// Spanish glosses of candidates in English lines.
    fn read_english(&mut self, pairs: &[(&str, &str)], candidates: &[Candidate]) {
        // Of candidates that end where a gloss begins the longest is glossed.
        let mut ends: FxHashMap<(u32, usize), (usize, usize)> = FxHashMap::default();
        for (number, candidate) in candidates.iter().enumerate() {
            for &(line, span) in &candidate.places {
                let longest = ends.entry((line, span.end)).or_insert((span.start, number));
                if span.start < longest.0 {
                    *longest = (span.start, number);
                }
            }
        }
        for (line, (_, english)) in pairs.iter().enumerate() {
            for gloss in glosses(english, Lang::En) {
                let glossed = ends.get(&(line as u32, gloss.end));
                if let Some(&(_, number)) = glossed.filter(|(start, _)| !goes_on(&english[..*start])) {
                    self.count(number, gloss.words.of(english));
                }
            }
        }
    }

    /// Candidates that gloss an equivalent in Spanish lines.
    fn read_spanish(&mut self, pairs: &[(&str, &str)], candidates: &[Candidate], best: &[Vec<Equivalent>]) {
        let numbers: FxHashMap<String, usize> =
            candidates.iter().enumerate().map(|(number, one)| (phrase_key(&one.term), number)).collect();
        for (spanish, _) in pairs {
            for gloss in glosses(spanish, Lang::Es) {
                let Some(&number) = numbers.get(&phrase_key(gloss.words.of(spanish))) else { continue };
                let before = phrase_key(&spanish[..gloss.end]);
                let ends = |other: &&Equivalent| {
                    let key = phrase_key(&other.term);
                    before
                        .strip_suffix(key.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
                };
                let longest = best[number].iter().filter(ends).max_by_key(|other| other.term.len());
                if let Some(equivalent) = longest {
                    self.count(number, &equivalent.term);
                }
            }
        }
    }

    fn count(&mut self, number: usize, term: &str) {
        let counts = self.counts.entry(number).or_default();
        match counts.iter_mut().find(|(known, _)| fold::key(known) == fold::key(term)) {
            Some((_, count)) => *count += 1,
            None => counts.push((term.to_owned(), 1)),
        }
    }
}

/// Whether a name goes on to the left: (Defense) Ministry («Sedena»).
fn goes_on(before: &str) -> bool {
    let word = before.strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    word.is_some_and(|word| {
        let ends = word.ends_with(char::is_alphanumeric);
        ends && word.starts_with(char::is_uppercase) && !Lang::En.is_function_word(&fold::lower(word))
    })
}

/// The glosses in the other language in a text of `lang`.
fn glosses(text: &str, lang: Lang) -> Vec<Gloss> {
    let opens = text.char_indices().filter(|(_, c)| matches!(c, '(' | '«' | '“' | '"'));
    opens.filter_map(|(at, open)| gloss(text, at, open, lang)).collect()
}

fn gloss(text: &str, at: usize, open: char, lang: Lang) -> Option<Gloss> {
    let close = match open {
        '(' => ')',
        '«' => '»',
        '“' => '”',
        _ => '"',
    };
    let inside = text.get(at + open.len_utf8()..)?;
    let inside = inside.get(..inside.find(close)?).filter(|inside| inside.len() <= LONGEST)?;
    let (before, words) = if open == '(' {
        (&text[..at], within_bracket(inside, lang))
    } else {
        (without_lead(&text[..at], lang)?, inside)
    };
    let end = before.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let start = words.as_ptr() as usize - text.as_ptr() as usize;
    let span = Span::new(start, start + words.len());
    let glossed = tokens::words(&text[..end]).last()?.of(text);
    (before.len() - end <= GAP && is_other(words, glossed, lang)).then_some(Gloss { end, words: span })
}

/// Between what is glossed and what leads to the gloss stand at most a mark, a space and a comma, in bytes.
const GAP: usize = 6;

/// The words of a bracket without marks, *or*, and what tells the language: («Remain in Mexico», en inglés).
fn within_bracket(inside: &str, lang: Lang) -> &str {
    let mut words = inside.split([',', ';', ':']).next().unwrap_or(inside).trim();
    for lead in leads(lang) {
        words = words.strip_prefix(lead).filter(|rest| rest.starts_with(' ')).unwrap_or(words).trim();
    }
    words.trim_matches(|c: char| c.is_whitespace() || "«»“”\"‘’".contains(c))
}

/// A text without the words at its end that lead to a gloss in quotation marks; `None` where there are none.
fn without_lead(before: &str, lang: Lang) -> Option<&str> {
    let before = without(before, articles(lang)).unwrap_or(before);
    let before = without(before, leads(lang))?;
    Some(without(before, &["also", "better", "is", "también", "mejor", "es"]).unwrap_or(before))
}

/// A text without the first of some words that it ends in.
fn without<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let cut = |word: &&str| text.strip_suffix(*word).filter(|rest| rest.ends_with([' ', ',']));
    words.iter().find_map(cut)
}

fn articles(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &["the", "a", "an"],
        Lang::Es => &["el", "la", "los", "las"],
    }
}

/// Words that lead to a gloss, longer ones before their ends.
fn leads(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &["known in Spanish as", "known in Mexico as", "known as", "called", "in Spanish", "or"],
        Lang::Es => &[
            "conocido en inglés como",
            "conocida en inglés como",
            "conocido como",
            "conocida como",
            "conocidos como",
            "conocidas como",
            "llamado",
            "llamada",
            "llamados",
            "llamadas",
            "en inglés",
            "o",
        ],
    }
}

/// Whether words are in the other language; acronyms are where what they gloss is one too.
fn is_other(words: &str, glossed: &str, lang: Lang) -> bool {
    if words.is_empty() {
        return false;
    }
    if is_acronym(words) {
        return is_acronym(glossed) && fold::key(words) != fold::key(glossed);
    }
    let guess = langid::identify(words);
    guess.lang == Some(lang.other()) && guess.confidence >= SURE
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glosses_are_found_in_brackets_and_marks() {
        for (lang, text, expected) in [
            (
                Lang::En,
                "the “Remain in Mexico” («Quédate en México») program",
                Some(("Mexico", "Quédate en México")),
            ),
            (Lang::En, "under the USMCA (T-MEC), which", Some(("USMCA", "T-MEC"))),
            (
                Lang::En,
                "the program, known in Spanish as «Quédate en México», ended",
                Some(("program", "Quédate en México")),
            ),
            (
                Lang::En,
                "an attorney, or “agente del Ministerio Público”",
                Some(("attorney", "agente del Ministerio Público")),
            ),
            (
                Lang::Es,
                "Quédate en México («Remain in Mexico», en inglés)",
                Some(("México", "Remain in Mexico")),
            ),
            (Lang::Es, "el T-MEC (USMCA, por sus siglas en inglés)", Some(("MEC", "USMCA"))),
            (
                Lang::Es,
                "el programa conocido como “Remain in Mexico”",
                Some(("programa", "Remain in Mexico")),
            ),
            (Lang::En, "Customs and Border Protection (CBP) said", None),
            (Lang::En, "he said “esto no puede seguir así”", None),
            (Lang::En, "the rule (in force since May)", None),
        ] {
            let found = glosses(text, lang).into_iter().next();
            let found = found.map(|gloss| {
                let glossed = tokens::words(&text[..gloss.end]).last().expect("a word").of(text);
                (glossed.rsplit('-').next().expect("a part"), gloss.words.of(text))
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
