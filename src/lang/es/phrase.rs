//! Noun and adjective phrases: the words before the first preposition agree, the rest is frozen.
//!
//! *flujo migratorio → flujos migratorios*; *centro de detención → centros de detención*;
//! *ciudad santuario → ciudades santuario*; *migrante indocumentado → migrantes indocumentadas*.

use super::{adjective, number, persons};
use crate::lang::forms::{Forms, is_code};

/// What may change beside number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Genders {
    /// Adjectives: always.
    Adjective,
    /// Nouns: only those for persons.
    Persons,
    /// Nothing: the gender is fixed.
    Fixed,
}

/// More words than this before the preposition and only “all agree” is tried.
const MAX_AGREEING: usize = 4;

/// Takes the forms of a phrase.
pub(super) fn inflect(term: &str, genders: Genders, forms: &mut Forms<'_>) {
    let phrase = Phrase::parse(term);
    if phrase.is_plural() {
        inflect_plural(&phrase, genders, forms);
        return;
    }
    take_number(&phrase.core, phrase.tail, "plural", forms);
    if let Some(tail) = other_tail(phrase.tail) {
        let core = phrase.core.join(" ");
        take_number(&phrase.core, &tail, "plural, also after the preposition", forms);
        forms.push(core + &tail, "other number after the preposition");
    }
    take_feminine(&phrase.core, phrase.tail, genders, forms);
    take_apocope(&phrase, genders, forms);
}

/// A term entered in the plural: its singulars, and what these give.
fn inflect_plural(phrase: &Phrase<'_>, genders: Genders, forms: &mut Forms<'_>) {
    for singular in singular_cores(&phrase.core) {
        forms.push(singular.join(" ") + phrase.tail, "singular");
        let words: Vec<&str> = singular.iter().map(String::as_str).collect();
        take_feminine(&words, phrase.tail, genders, forms);
    }
    if let Some(tail) = other_tail(phrase.tail) {
        forms.push(phrase.core.join(" ") + &tail, "other number after the preposition");
    }
}

/// A phrase cut at its first preposition.
struct Phrase<'a> {
    /// The words that agree.
    core: Vec<&'a str>,
    /// The rest with the space before it.
    tail: &'a str,
}

impl<'a> Phrase<'a> {
    fn parse(term: &'a str) -> Self {
        let mut at = 0;
        let mut core = Vec::new();
        for word in term.split(' ') {
            if !core.is_empty() && is_preposition(word) {
                return Phrase { core, tail: term.get(at - 1..).unwrap_or("") };
            }
            core.push(word);
            at += word.len() + 1;
        }
        Phrase { core, tail: "" }
    }

    /// Every word that inflects is a plural; the first alone may be (*fronteras norte*).
    fn is_plural(&self) -> bool {
        self.core.first().is_some_and(|head| !is_frozen(head) && number::is_plural(head))
    }
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "a"
            | "al"
            | "en"
            | "con"
            | "sin"
            | "por"
            | "para"
            | "contra"
            | "entre"
            | "sobre"
            | "bajo"
            | "ante"
            | "desde"
            | "hacia"
            | "hasta"
            | "según"
            | "tras"
            | "durante"
            | "mediante"
            | "que"
            | "vs."
    )
}

/// Words inside the phrase that never inflect.
fn is_frozen(word: &str) -> bool {
    matches!(
        word,
        "no" | "muy" | "más" | "menos" | "mal" | "bien" | "recién" | "y" | "e" | "o" | "u" | "ni" | "ex"
    ) || word.is_empty()
        || is_code(word)
        || word.ends_with('.')
}

/// Takes the plurals of a core: all words agreeing, and each reading in which a word after the first is an
/// apposition and stays.
fn take_number(core: &[&str], tail: &str, rule: &'static str, forms: &mut Forms<'_>) {
    let plural: Vec<Vec<String>> = core.iter().map(|word| plurals_or_frozen(word)).collect();
    let all: Vec<&str> = plural.iter().map(|options| options.first().map_or("", String::as_str)).collect();
    forms.push(all.join(" ") + tail, rule);
    for (at, options) in plural.iter().enumerate() {
        for option in options.iter().skip(1) {
            let mut words = all.clone();
            words[at] = option;
            forms.push(words.join(" ") + tail, rule);
        }
    }
    let may_stay = core.iter().skip(1).any(|word| !adjective::is_surely_adjective(word));
    if may_stay && core.len() <= MAX_AGREEING {
        take_appositions(core, &all, tail, forms);
    }
}

fn take_appositions(core: &[&str], all: &[&str], tail: &str, forms: &mut Forms<'_>) {
    for mask in 1..1_usize << (core.len() - 1) {
        let words: Vec<&str> = core
            .iter()
            .zip(all)
            .enumerate()
            .map(|(at, (single, plural))| if at > 0 && mask & (1 << (at - 1)) != 0 { single } else { plural })
            .copied()
            .collect();
        forms.push(words.join(" ") + tail, "plural with an apposition");
    }
}

/// The plurals of a word, or the word itself where it has none.
fn plurals_or_frozen(word: &str) -> Vec<String> {
    // The noun (bienes inmuebles) or the adverb (bien remunerado).
    if word == "bien" {
        return vec!["bienes".to_owned(), word.to_owned()];
    }
    let plurals = if is_frozen(word) && adjective::apocope(word).is_none() {
        Vec::new()
    } else {
        number::plurals(word)
    };
    if plurals.is_empty() { vec![word.to_owned()] } else { plurals }
}

/// The readings of a plural core in the singular; two where a word allows two (*planes*: *plan*, *plane*).
fn singular_cores(core: &[&str]) -> Vec<Vec<String>> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    for word in core {
        let mut options = if is_frozen(word) { Vec::new() } else { number::singulars(word) };
        if options.is_empty() {
            options.push((*word).to_owned());
        }
        options.truncate(if readings.len() > 4 { 1 } else { 2 });
        readings = readings
            .iter()
            .flat_map(|reading| {
                options.iter().map(move |option| reading.iter().chain([option]).cloned().collect())
            })
            .collect();
    }
    readings
}

/// A tail of a preposition and one noun in the other number: *de visa ↔ de visas*.
fn other_tail(tail: &str) -> Option<String> {
    let (preposition, noun) = tail.trim_start().split_once(' ')?;
    let common = noun.chars().all(char::is_lowercase);
    if !common || preposition != "de" || is_frozen(noun) {
        return None;
    }
    let other = if number::is_plural(noun) { number::singulars(noun) } else { number::plurals(noun) };
    Some(format!(" {preposition} {}", other.first()?))
}

/// Takes the feminine, singular and plural, of adjectives and of phrases about persons.
fn take_feminine(core: &[&str], tail: &str, genders: Genders, forms: &mut Forms<'_>) {
    let person = core.iter().take(2).position(|word| persons::is_person(word));
    let head = match (genders, person) {
        (Genders::Fixed, _) => return,
        (Genders::Adjective, _) => None,
        (Genders::Persons, Some(at)) => Some(at),
        (Genders::Persons, None) if core.len() == 1 && adjective::has_adjective_ending(core[0]) => None,
        (Genders::Persons, None) => return,
    };
    for words in feminine_cores(core, head) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        forms.push(words.join(" ") + tail, "feminine");
        take_number(&words, tail, "feminine plural", forms);
    }
}

/// The core in the feminine: one reading for each feminine of its head.
fn feminine_cores(core: &[&str], head: Option<usize>) -> Vec<Vec<String>> {
    let heads = head.and_then(|at| core.get(at)).map_or_else(Vec::new, |word| persons::feminines(word));
    let with = |noun: Option<&String>| -> Vec<String> {
        core.iter()
            .enumerate()
            .map(|(at, word)| match noun {
                Some(noun) if Some(at) == head => noun.clone(),
                _ if is_frozen(word) || Some(at) == head => (*word).to_owned(),
                _ => adjective::feminine(word).unwrap_or_else(|| (*word).to_owned()),
            })
            .collect()
    };
    if heads.is_empty() {
        return vec![with(None)];
    }
    let mut readings: Vec<Vec<String>> = heads.iter().map(|noun| with(Some(noun))).collect();
    // The noun in -e may stay as it is: la juez federal, la presidente electa.
    readings.push(with(None));
    readings
}

/// *primero* before a noun is *primer*.
fn take_apocope(phrase: &Phrase<'_>, genders: Genders, forms: &mut Forms<'_>) {
    if genders == Genders::Adjective
        && let [word] = phrase.core[..]
    {
        forms.extend(adjective::shortened(word).map(str::to_owned), "short form before a noun");
        if let Some(full) = adjective::apocope(word) {
            forms.push(full.full.to_owned(), "full form");
        }
    }
}
