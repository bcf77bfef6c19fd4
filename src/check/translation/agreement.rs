//! The form that agrees: *tariffs* asks for *aranceles*, not for *arancel*.

use crate::lang::Lang;
use crate::matcher::MatchKind;
use crate::matcher::expand::{SurfaceForm, expand, is_acronym, is_name};
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

/// A form of a term, as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The term.
    pub entry: &'a TermEntry,
    /// The rule that made the form.
    pub rule: &'a str,
    /// How it stands there.
    pub text: &'a str,
}

/// What to write instead of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instead {
    /// The form that agrees with it, as far as there is one.
    pub form: String,
    /// Whether it surely agrees, so that it may take the place without anybody looking.
    pub is_sure: bool,
}

/// The form of a term that may take the place of a form of another one of its language.
pub(super) fn instead_of(old: Written<'_>, new: &TermEntry, lang: Lang) -> Instead {
    match same_form(old, new, lang) {
        Some(form) => Instead { form, is_sure: true },
        None => Instead { form: agreeing(new, lang, old.rule), is_sure: false },
    }
}

/// The form of `new` in the number, gender, tense and person of `old`; `None` where that cannot be told.
fn same_form(old: Written<'_>, new: &TermEntry, lang: Lang) -> Option<String> {
    let forms = expand(new, lang).forms;
    let is_fixed = is_name(old.entry) || is_acronym(old.entry);
    let made = expand(old.entry, lang).forms;
    let made_by = made.iter().find(|form| form.rule == old.rule).map(|form| form.kind);
    let (plural, singular) = (old.rule.contains("plural"), old.rule.contains("singular"));
    let feminine = old.rule.contains("feminine");
    match made_by {
        _ if plural || singular || feminine => numbered(&forms, new, plural, feminine),
        Some(MatchKind::Inflected) => conjugated(old, &forms, new, lang),
        _ if is_fixed => Some(new.term.clone()),
        // A form that the glossary lists, or that is written otherwise, may be in any number.
        None | Some(MatchKind::Variant) => None,
        _ => numbered(&forms, new, is_plural(old.entry, &made), false),
    }
}

/// Whether a headword is a plural: so stated, or a singular can be made of it.
fn is_plural(entry: &TermEntry, forms: &[SurfaceForm]) -> bool {
    entry.number == Some(Number::Plural) || forms.iter().any(|form| form.rule == "singular")
}

fn numbered(forms: &[SurfaceForm], new: &TermEntry, plural: bool, feminine: bool) -> Option<String> {
    let has = |form: &SurfaceForm, words: &str| form.rule.contains(words);
    let is_right = |form: &&SurfaceForm, feminine: bool| match is_plural(new, forms) == plural {
        true if feminine => has(form, "feminine") && !has(form, "plural"),
        true => form.kind == MatchKind::Exact,
        false => has(form, if plural { "plural" } else { "singular" }) && has(form, "feminine") == feminine,
    };
    // Nouns of things, and adjectives such as *federal*, have no feminine of their own.
    let has_feminine = feminine && forms.iter().any(|form| has(form, "feminine"));
    forms.iter().find(|form| is_right(form, has_feminine)).map(|form| form.text.clone())
}

/// The form of a verb or an adjective that the same rule made, where it made one.
fn conjugated(old: Written<'_>, forms: &[SurfaceForm], new: &TermEntry, lang: Lang) -> Option<String> {
    let mut same = forms.iter().filter(|form| form.rule == old.rule);
    match lang {
        Lang::En => {
            let first = same.next()?;
            same.all(|form| form.text == first.text).then(|| first.text.clone())
        }
        // One rule makes all persons of a tense: verbs of one conjugation have the same endings.
        Lang::Es => {
            let stem =
                |infinitive: &str| infinitive.get(..infinitive.len().checked_sub(2)?).map(str::to_owned);
            let ending = fold::lower(old.text).strip_prefix(&stem(&old.entry.term)?)?.to_owned();
            let wanted = stem(&new.term)? + &ending;
            let is_regular = old.entry.term.ends_with(new.term.get(new.term.len().checked_sub(2)?..)?);
            (is_regular && same.any(|form| form.text == wanted)).then_some(wanted)
        }
    }
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
    fn only_the_same_form_takes_the_place_of_another() {
        let cases = [
            // A headword in the plural, found in the singular and as it is.
            (Lang::Es, "ilegales", "ilegal", "inmigrantes indocumentados", Some("inmigrante indocumentado")),
            (
                Lang::Es,
                "ilegales",
                "ilegales",
                "inmigrantes indocumentados",
                Some("inmigrantes indocumentados"),
            ),
            (Lang::Es, "tarifa", "tarifas", "arancel", Some("aranceles")),
            (Lang::Es, "evidencia", "evidencia", "pruebas", Some("prueba")),
            (Lang::En, "pact", "pacts", "agreement", Some("agreements")),
            (Lang::Es, "asegurar", "aseguraron", "rescatar", Some("rescataron")),
            (Lang::Es, "asegurar", "aseguraron", "detener", None),
            (Lang::En, "secure", "secured", "detain", Some("detained")),
            (Lang::En, "secure", "securing", "detain", Some("detaining")),
            (Lang::En, "secure", "secured", "take", None),
        ];
        for (lang, old, text, new, wanted) in cases {
            let pos = text.ends_with("ron") || ["secured", "securing"].contains(&text);
            let pos = Some(if pos { PartOfSpeech::Verb } else { PartOfSpeech::Noun });
            let entry = |term: &str| TermEntry { pos, ..TermEntry::new(term) };
            let (old, new) = (entry(old), entry(new));
            let forms = expand(&old, lang).forms;
            let rule = forms.iter().find(|form| form.text == text).map_or("", |form| form.rule);
            let instead = instead_of(Written { entry: &old, rule, text }, &new, lang);
            assert_eq!(Some(instead.form.as_str()).filter(|_| instead.is_sure), wanted, "{text}: {rule}");
        }
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
