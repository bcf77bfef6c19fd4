//! Spanish: the forms of terms and the everyday words.
//!
//! Terms are expanded by rules of grammar, without a dictionary: *nación* gives *naciones*, *deportar* gives
//! *deportó* and *deportándolos*. Irregular words are short typed lists beside the rule that they break.

mod accent;
mod adjective;
mod danger;
mod minimal_pairs;
mod nonverbs;
mod number;
mod persons;
mod phrase;
mod verb;
mod words;

use super::forms::Forms;
use super::{Inflectable, InflectedForm};
use crate::termbase::{Gender, PartOfSpeech};
use phrase::Genders;

pub(super) use words::{bare_is_word, is_ordinary};

/// The forms of a term beside the term itself.
pub(super) fn inflect(term: &Inflectable<'_>) -> Vec<InflectedForm> {
    let mut forms = Forms::of(term.term);
    match class(term) {
        Class::Verb => verb::inflect(term.term, &mut forms),
        Class::Adjective => phrase::inflect(term.term, Genders::Adjective, &mut forms),
        Class::Noun => inflect_noun(term, &mut forms),
        Class::Fixed => {}
    }
    forms.finish()
}

enum Class {
    Noun,
    Adjective,
    Verb,
    Fixed,
}

/// As stated; else a name by its capital, a verb by its ending, a noun by default.
fn class(term: &Inflectable<'_>) -> Class {
    match term.pos {
        Some(PartOfSpeech::Noun) => Class::Noun,
        Some(PartOfSpeech::Adjective) => Class::Adjective,
        Some(PartOfSpeech::Verb) => Class::Verb,
        Some(PartOfSpeech::Name | PartOfSpeech::Adverb | PartOfSpeech::Other) => Class::Fixed,
        None if term.term.chars().next().is_none_or(|c| !c.is_lowercase()) => Class::Fixed,
        None if nonverbs::looks_like_verb(term.term) => Class::Verb,
        None => Class::Noun,
    }
}

fn inflect_noun(term: &Inflectable<'_>, forms: &mut Forms<'_>) {
    let genders = match (term.gender, term.feminine) {
        (Some(Gender::Feminine), _) | (_, Some(_)) => Genders::Fixed,
        _ => Genders::Persons,
    };
    phrase::inflect(term.term, genders, forms);
    if let Some(feminine) = term.feminine {
        forms.push(feminine.to_owned(), "feminine as stated");
        phrase::inflect(feminine, Genders::Fixed, forms);
    }
}
