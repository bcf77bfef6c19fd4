//! The form that agrees: *tariffs* asks for *aranceles*, not for *arancel*.

use crate::lang::Lang;
use crate::matcher::expand::{SurfaceForm, expand};
use crate::termbase::{Number, TermEntry};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::PartOfSpeech;

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
