//! The form that agrees: *tariffs* asks for *aranceles*, not for *arancel*.

use crate::lang::Lang;
use crate::matcher::expand::{SurfaceForm, expand};
use crate::termbase::view::{article, article_of};
use crate::termbase::{ConceptKind, Gender, Number, TermEntry};
use crate::text::fold;

/// The form of a term that agrees with a form of another one, told by the rule that made it (`plural in -es`).
/// Where the term has no such form it is given as entered.
pub fn agreeing(term: &TermEntry, lang: Lang, rule: &str) -> String {
    let wants_plural = rule.contains("plural");
    let wants_feminine = rule.contains("feminine");
    let entered = || term.term.clone();
    if !(wants_plural || wants_feminine) || term.number == Some(Number::Plural) {
        return entered();
    }
    let agrees = |form: &&SurfaceForm, feminine: bool| {
        form.rule.contains("plural") == wants_plural && form.rule.contains("feminine") == feminine
    };
    let forms = expand(term, lang).forms;
    let found = forms.iter().find(|form| agrees(form, wants_feminine));
    let found = found.or_else(|| forms.iter().find(|form| agrees(form, false)));
    found.map_or_else(entered, |form| form.text.clone())
}

/// The form of a target term that agrees with a word as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetForm {
    /// The form: *aranceles* for *tariffs*.
    pub form: String,
    /// Its article in Spanish: *los*.
    pub article: Option<&'static str>,
}

/// The form of a target term for a word that is a form of `entry`, another term of the concept. `None` where the word
/// is no inflected form, or the target term has none that agrees.
pub fn target_form(
    written: &str,
    (entry, lang): (&TermEntry, Lang),
    target: &TermEntry,
    kind: Option<ConceptKind>,
) -> Option<TargetForm> {
    let key = fold::key(written);
    let forms = expand(entry, lang).forms;
    let rule = forms.iter().find(|form| fold::key(&form.text) == key)?.rule;
    let form = agreeing(target, lang.other(), rule);
    let gender = if rule.contains("feminine") { Some(Gender::Feminine) } else { target.gender };
    let number = if rule.contains("plural") { Some(Number::Plural) } else { target.number };
    let takes_article = lang == Lang::En && article_of(target, kind).is_some();
    let article = gender.filter(|_| takes_article).map(|gender| article(&form, gender, number));
    (form != target.term).then_some(TargetForm { form, article })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::PartOfSpeech;

    #[test]
    fn a_word_as_written_gets_its_form_and_article() {
        let tariff = TermEntry { pos: Some(PartOfSpeech::Noun), ..TermEntry::new("tariff") };
        let arancel = TermEntry {
            pos: Some(PartOfSpeech::Noun),
            gender: Some(Gender::Masculine),
            ..TermEntry::new("arancel")
        };
        let wanted = TargetForm { form: "aranceles".to_owned(), article: Some("los") };
        assert_eq!(target_form("tariffs", (&tariff, Lang::En), &arancel, None), Some(wanted));
        assert_eq!(target_form("tariff", (&tariff, Lang::En), &arancel, None), None);
        let plural = target_form("aranceles", (&arancel, Lang::Es), &tariff, None);
        assert_eq!(plural, Some(TargetForm { form: "tariffs".to_owned(), article: None }));
    }

    #[test]
    fn number_goes_over_and_phrases_agree() {
        let noun = |term: &str| TermEntry { pos: Some(PartOfSpeech::Noun), ..TermEntry::new(term) };
        let cases = [
            ("arancel", Lang::Es, "plural in -s", "aranceles"),
            ("agente aduanal", Lang::Es, "plural in -s", "agentes aduanales"),
            ("arancel", Lang::Es, "as entered", "arancel"),
            ("customs broker", Lang::En, "plural in -es", "customs brokers"),
        ];
        for (term, lang, rule, wanted) in cases {
            assert_eq!(agreeing(&noun(term), lang, rule), wanted);
        }
    }
}
