//! What the glossary lacks most. What stands out in texts is not all wanted in a glossary: what can wait goes last.

use super::model::{Needed, NeededTerm};
use crate::check::translation::is_everyday;
use crate::extract::proposals::Proposal;
use crate::lang::Lang;
use crate::text::date::MONTHS;
use crate::text::{fold, tokens};

/// The most terms that a report says the glossary lacks.
const NEEDED: usize = 20;

/// The first of the proposals, which are best first, `from_documents` documents having been read for them.
pub(super) fn needed(proposals: &[Proposal], from_documents: usize) -> Needed {
    let mut first: Vec<&Proposal> = proposals.iter().collect();
    first.sort_by_key(|proposal| can_wait(proposal));
    Needed { from_documents, terms: first.into_iter().take(NEEDED).map(term).collect() }
}

fn term(proposal: &Proposal) -> NeededTerm {
    NeededTerm {
        term: proposal.term.clone(),
        lang: proposal.lang,
        equivalents: proposal.equivalents.iter().map(|one| one.term.clone()).collect(),
        count: proposal.count,
        documents: proposal.documents,
    }
}

/// Why a term is less wanted, the more the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wait {
    /// It is wanted.
    No,
    /// One text has it.
    OneText,
    /// It is in every dictionary: *country*, *país*; the months.
    Everyday,
    /// Both languages write it alike, as they do the names of persons: *Laredo*, *presidenta Elena Robledo*.
    Alike,
}

fn can_wait(proposal: &Proposal) -> Wait {
    let other = proposal.equivalents.first().map(|equivalent| equivalent.term.as_str());
    if other.is_some_and(|other| are_alike(&proposal.term, other)) {
        Wait::Alike
    } else if is_month(&proposal.term)
        || other.is_some_and(|other| match proposal.lang {
            Lang::Es => is_everyday(&proposal.term, other),
            Lang::En => is_everyday(other, &proposal.term),
        })
    {
        Wait::Everyday
    } else if proposal.documents < 2 {
        Wait::OneText
    } else {
        Wait::No
    }
}

/// Whether half the words of a term, or more, stand in its equivalent too.
fn are_alike(term: &str, other: &str) -> bool {
    let words = |text: &str| tokens::words(text).map(|word| fold::key(word.of(text))).collect::<Vec<_>>();
    let (term, other) = (words(term), words(other));
    term.iter().filter(|word| other.contains(word)).count() * 2 >= term.len()
}

/// Whether a word is a month, or one cut short: *Sept*.
fn is_month(term: &str) -> bool {
    let word = fold::key(term);
    let is_cut = |month: &str| word.len() >= 3 && fold::key(month).starts_with(&word);
    MONTHS.iter().any(|(es, en)| fold::key(es) == word || is_cut(en) && term.starts_with(char::is_uppercase))
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
            count: documents + 1,
            documents,
            long_form: None,
            equivalents: vec![equivalent],
            examples: Vec::new(),
        }
    }

    #[test]
    fn names_written_alike_and_everyday_words_come_last() {
        let proposals = [
            proposal("Laredo", "Laredo", 8),
            proposal("President Elena Robledo", "presidenta Elena Robledo", 9),
            proposal("country", "país", 20),
            proposal("Sept", "septiembre", 4),
            proposal("straw purchaser", "prestanombres", 1),
            proposal("country of origin marking", "marcado de país de origen", 2),
            proposal("May", "mayo", 4),
            proposal("detention center", "centro de detención", 3),
        ];
        let order: Vec<String> = needed(&proposals, 20).terms.into_iter().map(|term| term.term).collect();
        let wanted = [
            "country of origin marking",
            "detention center",
            "straw purchaser",
            "country",
            "Sept",
            "May",
            "Laredo",
            "President Elena Robledo",
        ];
        assert_eq!(order, wanted);
    }
}
