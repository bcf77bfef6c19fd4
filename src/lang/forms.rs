//! The forms of one term as rules bring them: without repetition, in order, never the term itself.

use super::InflectedForm;
use crate::text::fold;

/// More forms than this no term has: a Spanish verb with its clitics has about 350.
const MAX_FORMS: usize = 600;

/// Collects forms; the first rule that makes a form names it.
pub(super) struct Forms<'a> {
    term: &'a str,
    list: Vec<InflectedForm>,
}

impl<'a> Forms<'a> {
    /// An empty collection for `term`.
    pub(super) fn of(term: &'a str) -> Self {
        Forms { term, list: Vec::new() }
    }

    /// Takes a form unless it is known already.
    pub(super) fn push(&mut self, form: String, rule: &'static str) {
        let known = form == self.term || self.list.iter().any(|have| have.form == form);
        if !known && !form.is_empty() && self.list.len() < MAX_FORMS {
            self.list.push(InflectedForm { form, rule });
        }
    }

    /// Takes several forms made by one rule.
    pub(super) fn extend(&mut self, forms: impl IntoIterator<Item = String>, rule: &'static str) {
        for form in forms {
            self.push(form, rule);
        }
    }

    /// What has been collected.
    pub(super) fn finish(self) -> Vec<InflectedForm> {
        self.list
    }
}

/// `word` with the first letter in capitals when `model` begins so: irregular forms come from lower-case tables.
pub(super) fn like_case(model: &str, word: &str) -> String {
    let capital = model.chars().next().is_some_and(char::is_uppercase);
    if capital { fold::capitalized(word) } else { word.to_owned() }
}

/// Whether a word is written in capitals throughout or holds a digit: an acronym or a code, which has no
/// inflected forms of its own.
pub(super) fn is_code(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    let all_capitals = letters.peek().is_some() && letters.all(char::is_uppercase);
    word.chars().any(|c| c.is_ascii_digit()) || (all_capitals && word.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_term_nor_a_form_twice() {
        let mut forms = Forms::of("ley");
        forms.push("leyes".into(), "plural");
        forms.push("ley".into(), "other");
        forms.push("leyes".into(), "other");
        let list = forms.finish();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].form.as_str(), list[0].rule), ("leyes", "plural"));
    }

    #[test]
    fn codes_and_words() {
        for (word, code) in [("ICE", true), ("H-2A", true), ("15", true), ("Estado", false), ("a", false)] {
            assert_eq!(is_code(word), code, "{word}");
        }
    }
}
