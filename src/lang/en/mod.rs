//! English: the forms of terms and the everyday words.
//!
//! Terms are expanded by rules of grammar, without a dictionary: *policy* gives *policies*, *attorney general*
//! gives *attorneys general*, *deport* gives *deported*, *labor* gives *labour*.

pub mod abbreviations;
mod adjective;
mod irregular_verbs;
mod noun;
mod phrase;
mod spelling;
pub mod stopwords;
mod verb;
mod words;

pub(crate) use irregular_verbs::past_forms;
pub(crate) use spelling::american;

use super::forms::Forms;
use super::word_set::WordSet;
use super::{Inflectable, InflectedForm};
use crate::termbase::PartOfSpeech;

pub(super) use words::{bare_is_word, is_ordinary};

/// The forms of a term beside the term itself.
pub(super) fn inflect(term: &Inflectable<'_>) -> Vec<InflectedForm> {
    let mut forms = Forms::of(term.term);
    if matches!(term.pos, Some(PartOfSpeech::Name | PartOfSpeech::Other)) {
        return forms.finish();
    }
    inflect_spelling(term.term, term.pos, &mut forms);
    for variant in spelling::variants(term.term) {
        forms.push(variant.clone(), "spelling variant");
        inflect_spelling(&variant, term.pos, &mut forms);
    }
    forms.finish()
}

fn inflect_spelling(term: &str, pos: Option<PartOfSpeech>, forms: &mut Forms<'_>) {
    match pos {
        Some(PartOfSpeech::Noun) => phrase::inflect(term, forms),
        Some(PartOfSpeech::Verb) => verb::inflect(term, forms),
        Some(PartOfSpeech::Adjective | PartOfSpeech::Adverb) => adjective::inflect(term, forms),
        Some(PartOfSpeech::Name | PartOfSpeech::Other) => {}
        None => inflect_by_shape(term, forms),
    }
}

/// Without a part of speech: a noun (unless capitals show a name), and a verb too where it can be one.
fn inflect_by_shape(term: &str, forms: &mut Forms<'_>) {
    let Some(last) = term.rsplit(' ').next() else { return };
    let capitals = term.starts_with(char::is_uppercase) && last.starts_with(char::is_uppercase);
    // Offices have a plural (Secretaries of State), other names have none.
    if capitals && !term.contains(" of ") {
        return;
    }
    phrase::inflect(term, forms);
    let mut words = term.split(' ');
    let first = words.next().unwrap_or(term);
    let one_word = words.next().is_none();
    if one_word && may_be_verb(first) || !one_word && starts_verb_phrase(first) {
        verb::inflect(term, forms);
    }
    if adjective::is_gradable(term) {
        adjective::inflect(term, forms);
    }
}

/// One word that has neither the ending of a noun or adjective nor the shape of a plural.
fn may_be_verb(word: &str) -> bool {
    const NOUN_ENDINGS: [&str; 18] = [
        "ness", "ity", "ism", "ist", "ship", "hood", "ology", "ance", "ence", "ency", "ancy", "dom", "ics",
        "ible", "ous", "ful", "less", "ee",
    ];
    let noun = NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending)) && word.len() > 5;
    !noun && !word.contains('-') && !noun::is_plural(word) && !word.ends_with("ing")
}

/// Verbs that open a phrase and are hardly ever the first noun of a compound.
fn starts_verb_phrase(word: &str) -> bool {
    VERBS_OF_PHRASES.has(word)
}

static VERBS_OF_PHRASES: WordSet = WordSet::new(
    "impose seek grant deny enforce apply file take make give hold keep bring send get become reach sign lift raise \
     close open enter leave meet pay buy sell win lose break build write read speak tell ask call carry comply \
     declare deliver detain deport dismiss enact expel extend follow fulfil fulfill gain go have be do hand impeach \
     issue join launch let lodge obtain overstay overturn pass provide put pursue ratify receive remove renew repeal \
     request resign revoke run secure serve set settle smuggle step submit suspend swear turn undergo uphold veto waive \
     withdraw levy ban abide draw fall fight find cut cross come cast stand stay strike",
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that a term has the forms of the second column and none of the third.
    fn check(pos: Option<PartOfSpeech>, cases: &[(&str, &str, &str)]) {
        for (term, has, has_not) in cases {
            let forms = inflect(&Inflectable { term, pos, gender: None, feminine: None });
            let any = |form: &str| forms.iter().any(|made| made.form == form);
            for form in has.split(", ").filter(|form| !form.is_empty()) {
                assert!(any(form), "{term} lacks {form}: {forms:?}");
            }
            for form in has_not.split(", ").filter(|form| !form.is_empty()) {
                assert!(!any(form), "{term} has {form}");
            }
            assert!(!any(term));
        }
    }

    #[test]
    fn number_of_nouns() {
        check(
            Some(PartOfSpeech::Noun),
            &[
                ("policy", "policies", "policys"),
                ("tariff", "tariffs", "tarives"),
                ("leaf", "leaves", ""),
                ("woman", "women", ""),
                ("policeman", "policemen", ""),
                ("human", "humans", "humen"),
                ("grandchild", "grandchildren", ""),
                ("crisis", "crises", ""),
                ("criterion", "criteria", ""),
                ("hero", "heroes", "heros"),
                ("photo", "photos", "photoes"),
                ("bus", "buses, busses", ""),
                ("quiz", "quizzes", ""),
                ("glass", "glasses", ""),
                ("species", "", "specie, specieses"),
                ("news", "", "new"),
                ("customs", "", "custom"),
                ("tariffs", "tariff", ""),
                ("duties", "duty", ""),
                ("new", "", "news"),
            ],
        );
    }

    #[test]
    fn the_head_of_the_phrase_inflects() {
        check(
            Some(PartOfSpeech::Noun),
            &[
                ("border wall", "border walls", "borders wall"),
                ("attorney general", "attorneys general, attorney generals", ""),
                ("port of entry", "ports of entry", ""),
                ("mother-in-law", "mothers-in-law", ""),
                ("check-in", "check-ins", ""),
                ("asylum-seeker", "asylum-seekers", ""),
                ("Secretary of State", "Secretaries of State", "Secretary of States"),
                (
                    "memorandum of understanding",
                    "memoranda of understanding, memorandums of understanding",
                    "",
                ),
                ("woman migrant", "women migrants", ""),
                ("human rights", "human right", ""),
                ("NGO", "", "NGOs"),
            ],
        );
    }

    #[test]
    fn verbs() {
        check(
            Some(PartOfSpeech::Verb),
            &[
                ("deport", "deports, deported, deporting", "deportation"),
                ("stop", "stopped, stopping", "stoped"),
                ("open", "opened, opening", "openned"),
                ("travel", "traveled, travelled, traveling, travelling", "traveler"),
                ("commit", "committed", "commited"),
                ("panic", "panicked, panicking", "paniced"),
                ("die", "died, dying", ""),
                ("lie", "lay, lied, lying", ""),
                ("find", "found, finding", "founded, finded"),
                ("leave", "left, leaves, leaving", "leaved"),
                ("withhold", "withheld", ""),
                ("behave", "behaved", "behad"),
                ("be", "is, was, been, being, are", ""),
                ("carry", "carries, carried, carrying", ""),
                ("impose tariffs", "imposed tariffs, imposing tariffs", "impose tariff"),
                ("organize", "organise, organised, organizing", ""),
            ],
        );
    }

    #[test]
    fn comparatives() {
        check(
            Some(PartOfSpeech::Adjective),
            &[
                ("big", "bigger, biggest", "biger"),
                ("early", "earlier, earliest", ""),
                ("safe", "safer", "safeer"),
                ("good", "better, best", "gooder"),
                // Of quantity, not of size.
                ("little", "lesser", "less, least"),
                ("illegal", "", "illegaler"),
            ],
        );
    }

    #[test]
    fn spelling_varies_both_ways() {
        check(
            Some(PartOfSpeech::Noun),
            &[
                ("labor", "labour", ""),
                ("labour", "labor", ""),
                ("laboratory", "", "labouratory"),
                ("program", "programme, programmes, programs", ""),
                ("detention centre", "detention center, detention centers", ""),
                ("national defense", "national defence", ""),
                ("advice", "", "advize"),
                ("franchise", "", "franchize"),
                ("prize", "", "prise"),
            ],
        );
    }

    #[test]
    fn without_a_part_of_speech_a_word_is_noun_and_verb() {
        check(
            None,
            &[
                ("trade", "trades, traded, trading", ""),
                ("high", "higher", ""),
                ("seek asylum", "sought asylum", ""),
                ("border wall", "border walls", "bordered wall"),
                ("Border Patrol", "", "Border Patrols"),
                ("Secretary of State", "Secretaries of State", ""),
                ("U.S. citizen", "U.S. citizens", ""),
            ],
        );
    }
}
