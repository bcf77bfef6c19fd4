//! What the glossary lacks most: nouns and noun phrases that these texts have far more often than general ones. What
//! stands out is not all wanted in a glossary: names of persons and places, numbers and dates are left out, and what can
//! wait goes last.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::model::{Needed, NeededTerm};
use crate::check::quantity::{is_numeral, weekday};
use crate::check::translation::{is_cognate, is_everyday, is_rendered_otherwise};
use crate::extract::bilingual::Equivalent;
use crate::extract::proposals::Proposal;
use crate::extract::statistics::Statistics;
use crate::extract::stems;
use crate::lang::Lang;
use crate::tagger::{Class, Classes, Tagger};
use crate::text::date::month;
use crate::text::{fold, tokens};

/// The most terms that a report says the glossary lacks.
const NEEDED: usize = 20;

/// So many equivalents of each are told.
const EQUIVALENTS: usize = 3;

/// A term is so many times more frequent in the texts than in general ones, at least.
const TIMES: f32 = 4.0;

/// The terms among the proposals, the most needed first, `from_documents` documents having been read for them.
pub(super) fn needed(proposals: &[Proposal], from_documents: usize) -> Needed {
    let mut first: Vec<&Proposal> = proposals.iter().filter(|proposal| is_term(proposal)).collect();
    let key = |proposal: &Proposal| (can_wait(proposal), Reverse(Weight(weight(proposal))));
    first.sort_by_cached_key(|proposal| key(proposal));
    Needed { from_documents, terms: no_pieces(first).take(NEEDED).map(term).collect() }
}

/// Leaves out what is a piece of a better one, or has it within, wherever it stands: of a sentence that many texts repeat
/// one phrase is enough.
fn no_pieces(best_first: Vec<&Proposal>) -> impl Iterator<Item = &Proposal> {
    let mut told: Vec<(&Proposal, BTreeSet<String>)> = Vec::new();
    best_first.into_iter().filter(move |proposal| {
        let words: BTreeSet<String> = stems(&proposal.term, proposal.lang).into_iter().collect();
        let is_piece = told.iter().any(|(better, known)| {
            (better.lang, better.documents, better.count)
                == (proposal.lang, proposal.documents, proposal.count)
                && (known.is_subset(&words) || words.is_subset(known))
        });
        if !is_piece {
            told.push((proposal, words));
        }
        !is_piece
    })
}

/// What an order is made by: greater numbers are more.
#[derive(PartialEq)]
struct Weight(f32);

impl Eq for Weight {}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Weight {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// How much a term is needed: what stands out, in many documents, of several words (the factor for length is that of
/// C-value: K. Frantzi, S. Ananiadou and H. Mima, 2000).
fn weight(proposal: &Proposal) -> f32 {
    let words = tokens::words(&proposal.term).count() as f32;
    proposal.score * (proposal.documents as f32).ln_1p() * (1.0 + words).log2()
}

/// Whether a proposal is something that a terminologist would make an entry of.
fn is_term(proposal: &Proposal) -> bool {
    proposal.is_nominal
        && proposal.weirdness >= TIMES.ln()
        && !is_common(&proposal.term, proposal.lang)
        && !is_number_or_date(&proposal.term, proposal.lang)
        && !is_person_or_place(proposal)
        && !is_of_nation(proposal)
}

/// A single word more frequent than this in general texts, in a million words, needs no entry.
const COMMON: f32 = 40.0;

/// Whether a term is one word that everybody uses all the time: *year*, *country*.
fn is_common(term: &str, lang: Lang) -> bool {
    tokens::words(term).count() == 1 && Statistics::shipped().per_million(term, lang) > COMMON
}

/// Whether a term has a word of number, or of the calendar: *billion pesos*, *Sept*, *last day of 2024*.
fn is_number_or_date(term: &str, lang: Lang) -> bool {
    let mut words = tokens::words(term).map(|word| word.of(term));
    // A year may begin a name: 1944 Water Treaty.
    let is_cut = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() != "1944".len();
    is_cut(term.split(' ').next().unwrap_or(term))
        || term.split(' ').skip(1).any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        || words.any(|word| is_numeral(&fold::key(word), lang) || is_of_calendar(word))
}

/// Whether a name is one of a person or a place: both languages write it alike, or the word that says what it is can be
/// found in no dictionary. *Department of Commerce* says what it is.
fn is_person_or_place(proposal: &Proposal) -> bool {
    let term = proposal.term.trim_end_matches("’s").trim_end_matches("'s");
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    if !term.split(' ').any(capital) || is_acronym(term) {
        return false;
    }
    let alike = proposal.equivalents.first().is_some_and(|other| are_alike(term, &other.term));
    let head = match proposal.lang {
        Lang::Es => term.split(' ').next(),
        Lang::En => term.split(" of ").next().unwrap_or(term).split(" for ").next().and_then(last_word),
    };
    let says_what = |word: &str| is_in_dictionary(word, proposal.lang);
    alike
        || term != proposal.term
        || !head.is_some_and(says_what)
        || ends_in_name(term, proposal.lang)
        || has_full_name(term, proposal.lang)
}

/// Whether two words side by side are known as names only: *Lucía Barrientos and Secretary*.
fn has_full_name(term: &str, lang: Lang) -> bool {
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase) && !is_acronym(word) && !is_in_dictionary(word, lang)
    };
    let words: Vec<&str> = term.split(' ').collect();
    words.windows(2).any(|pair| pair.iter().all(|word| is_name(word)))
}

/// Whether a term is an everyday word with a name, which says no more than the two do (*Mexican law*, *government of
/// Mexico*), or the word for a language or a nation alone, which Spanish writes in small letters: *English*.
fn is_of_nation(proposal: &Proposal) -> bool {
    let Proposal { term, lang, equivalents, .. } = proposal;
    let words: Vec<&str> = tokens::words(term)
        .map(|word| word.of(term))
        .filter(|word| !lang.is_function_word(&fold::lower(word)))
        .collect();
    let is_name = |word: &&&str| word.starts_with(char::is_uppercase);
    match words.iter().filter(is_name).count() {
        0 => false,
        1 if words.len() == 1 && !is_acronym(term) => {
            equivalents.first().is_some_and(|other| other.term.starts_with(char::is_lowercase))
        }
        names if names == words.len() => false,
        _ => words
            .iter()
            .filter(|word| !is_name(word))
            .all(|word| is_common(word, *lang) || lang.is_ordinary(word)),
    }
}

/// Whether a title or the like stands before a name: *presidenta Robledo*.
fn ends_in_name(term: &str, lang: Lang) -> bool {
    let mut words = term.split(' ').rev();
    let last = words.next().unwrap_or_default();
    let before = words.next().unwrap_or_default();
    last.starts_with(char::is_uppercase)
        && !is_in_dictionary(last, lang)
        && !is_acronym(last)
        && !lang.is_function_word(&fold::lower(before))
}

/// Whether a word names a kind of thing.
fn is_in_dictionary(word: &str, lang: Lang) -> bool {
    let lower = fold::lower(word);
    let kinds = Classes::of(&[Class::Noun, Class::Adjective]);
    lang.is_ordinary(&lower) || Tagger::of(lang).entry(&lower).classes.meets(kinds)
}

fn last_word(text: &str) -> Option<&str> {
    text.rsplit(' ').next()
}

fn is_acronym(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(char::is_uppercase)
}

fn term(proposal: &Proposal) -> NeededTerm {
    NeededTerm {
        term: proposal.term.clone(),
        lang: proposal.lang,
        equivalents: sure_equivalents(proposal),
        count: proposal.count,
        documents: proposal.documents,
    }
}

/// An equivalent with a lower score is no more than a guess, unless any reader sees that it is one.
const LIKELY: f32 = 0.4;

/// An equivalent with this score or more is one, whatever the dictionary has.
const SURE: f32 = 0.8;

/// What renders a term, best first, as far as that is sure, without parts of what is told already: *ley* of *ley minera*.
fn sure_equivalents(proposal: &Proposal) -> Vec<String> {
    let lang = proposal.lang.other();
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    let is_likely = |other: &&Equivalent| other.score >= LIKELY || is_plain(proposal, &other.term);
    for other in proposal.equivalents.iter().filter(is_likely) {
        let words = stems(&other.term, lang);
        let is_within = |part: &[String], whole: &[String]| part.iter().all(|word| whole.contains(word));
        let is_part = told.iter().any(|(_, known)| is_within(&words, known) || is_within(known, &words));
        if !is_part
            && (other.score >= SURE || !is_known_otherwise(&proposal.term, proposal.lang, &other.term))
        {
            told.push((other.term.clone(), words));
        }
    }
    told.into_iter().take(EQUIVALENTS).map(|(term, _)| term).collect()
}

/// Whether an equivalent is one word that the dictionary has for another one, as *fuego* is for *fire*: of *firearm* it is
/// but a piece.
fn is_known_otherwise(term: &str, lang: Lang, other: &str) -> bool {
    match lang {
        Lang::Es => is_rendered_otherwise(term, other, Lang::En),
        Lang::En => is_rendered_otherwise(other, term, Lang::Es),
    }
}

/// Why a term is less wanted, the more the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wait {
    /// It is wanted.
    No,
    /// One text has it.
    OneText,
    /// It is in every dictionary, or looks alike: *judge*, *juez*; *agent*, *agente*.
    Everyday,
    /// Both languages write it alike: *visa*.
    Alike,
}

fn can_wait(proposal: &Proposal) -> Wait {
    let other = proposal.equivalents.first().map(|equivalent| equivalent.term.as_str());
    if other.is_some_and(|other| are_alike(&proposal.term, other)) {
        Wait::Alike
    } else if is_ordinary_word(proposal)
        || proposal.equivalents.iter().any(|other| is_plain(proposal, &other.term))
    {
        Wait::Everyday
    } else if proposal.documents < 2 {
        Wait::OneText
    } else {
        Wait::No
    }
}

/// Whether a term is one word that everybody knows: *effort*.
fn is_ordinary_word(proposal: &Proposal) -> bool {
    let term = fold::lower(&proposal.term);
    tokens::words(&term).count() == 1 && proposal.lang.is_ordinary(&term)
}

/// Whether two words are in every dictionary, or of one origin, so that any reader knows one by the other.
fn is_plain(proposal: &Proposal, other: &str) -> bool {
    let (es, en) = match proposal.lang {
        Lang::Es => (proposal.term.as_str(), other),
        Lang::En => (other, proposal.term.as_str()),
    };
    is_everyday(es, en) || is_cognate(es, en)
}

/// Whether half the words of a term, or more, stand in its equivalent too.
fn are_alike(term: &str, other: &str) -> bool {
    let words = |text: &str| tokens::words(text).map(|word| fold::key(word.of(text))).collect::<Vec<_>>();
    let (term, other) = (words(term), words(other));
    term.iter().filter(|word| other.contains(word)).count() * 2 >= term.len()
}

/// Whether a word is a month, as newspapers shorten it too (*Sept*), or a day of the week, in either language.
fn is_of_calendar(word: &str) -> bool {
    let key = fold::key(word);
    let is_english_month = || month(&key, Lang::En).is_some() && word.starts_with(char::is_uppercase);
    month(&key, Lang::Es).is_some()
        || is_english_month()
        || Lang::ALL.into_iter().any(|lang| weekday(&key, lang).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::bilingual::Equivalent;

    fn proposal(term: &str, other: &str, documents: usize) -> Proposal {
        let equivalent = Equivalent { term: other.to_owned(), score: 0.5, count: 3, glosses: 0 };
        Proposal {
            term: term.to_owned(),
            lang: Lang::En,
            score: 1.0,
            weirdness: 3.0,
            is_nominal: true,
            count: documents + 1,
            documents,
            long_form: None,
            equivalents: vec![equivalent],
            examples: Vec::new(),
        }
    }

    #[test]
    fn nouns_that_stand_out_come_first_and_names_numbers_and_dates_not_at_all() {
        let verb = Proposal { is_nominal: false, ..proposal("export steel", "exportar acero", 5) };
        let common = Proposal { weirdness: 0.5, ..proposal("last year", "año pasado", 9) };
        let proposals = [
            proposal("Laredo", "Laredo", 8),
            proposal("President Elena Robledo", "presidenta Elena Robledo", 9),
            proposal("judge", "juez", 20),
            proposal("Sept", "septiembre", 4),
            proposal("year", "año", 9),
            proposal("000 National Guard", "Guardia Nacional", 2),
            proposal("billion pesos", "millones de pesos", 4),
            proposal("straw purchaser", "prestanombres", 1),
            proposal("Mexican law", "ley mexicana", 4),
            proposal("government of Mexico", "gobierno de México", 4),
            proposal("English", "inglés", 10),
            proposal("last day of 2024", "último día de 2024", 4),
            proposal("agent", "agente", 15),
            proposal("country of origin marking", "marcado de país de origen", 2),
            proposal("Department of Labor", "Departamento de Trabajo", 2),
            proposal("visa", "visa", 4),
            proposal("detention center", "centro de detención", 4),
            verb,
            common,
        ];
        let order: Vec<String> = needed(&proposals, 20).terms.into_iter().map(|term| term.term).collect();
        let wanted = [
            "country of origin marking",
            "detention center",
            "Department of Labor",
            "straw purchaser",
            "judge",
            "agent",
            "visa",
        ];
        assert_eq!(order, wanted);
    }

    #[test]
    fn one_piece_of_a_sentence_that_many_texts_repeat_is_enough() {
        let proposals = [
            proposal("kilogram of precursor chemicals", "kilogramo de precursores químicos", 7),
            proposal("precursor chemicals", "precursores químicos", 7),
            proposal("chemicals", "sustancias", 9),
        ];
        let told = needed(&proposals, 20).terms;
        let told: Vec<&str> = told.iter().map(|term| term.term.as_str()).collect();
        assert_eq!(told, ["kilogram of precursor chemicals", "chemicals"]);
    }

    #[test]
    fn only_what_surely_renders_a_term_is_told_and_no_piece_of_it() {
        let equivalent = |(term, score): &(&str, f32)| Equivalent {
            term: (*term).to_owned(),
            score: *score,
            count: 3,
            glosses: 0,
        };
        type Case<'a> = (&'a str, &'a [(&'a str, f32)], &'a [&'a str]);
        let cases: &[Case<'_>] = &[
            ("firearm", &[("fuego", 0.58)], &[]),
            ("timeline", &[("cronología", 1.0)], &["cronología"]),
            (
                "detention center",
                &[
                    ("centro de detención", 0.43),
                    ("centro", 0.23),
                    ("estación migratoria", 0.41),
                    ("basta", 0.2),
                ],
                &["centro de detención", "estación migratoria"],
            ),
            ("straw purchaser", &[("prestanombres", 0.5)], &["prestanombres"]),
        ];
        for (term, equivalents, wanted) in cases {
            let proposal = Proposal {
                equivalents: equivalents.iter().map(equivalent).collect(),
                ..proposal(term, "", 3)
            };
            assert_eq!(sure_equivalents(&proposal), *wanted, "{term}");
        }
    }

    #[test]
    fn names_of_persons_and_places_are_told_from_those_of_institutions() {
        for (lang, term, wanted) in [
            (Lang::En, "Kristi Noem", true),
            (Lang::En, "Secretary Noem", true),
            (Lang::En, "Noem’s", true),
            (Lang::En, "Guatemala", true),
            (Lang::En, "USMCA", false),
            (Lang::En, "Department of Commerce", false),
            (Lang::En, "customs broker", false),
            (Lang::En, "Lucía Barrientos and Secretary", true),
            (Lang::Es, "presidenta Robledo", true),
            (Lang::Es, "Ley de Aguas", false),
        ] {
            let proposal =
                Proposal { term: term.to_owned(), lang, equivalents: Vec::new(), ..proposal("", "", 2) };
            assert_eq!(is_person_or_place(&proposal), wanted, "{term}");
        }
    }
}
