//! The form that agrees: *tariffs* asks for *aranceles*, not for *arancel*.

use crate::lang::Lang;
use crate::lookup::{Article, without_article};
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
    /// Its article: *los*; *un* for *a tariff*.
    pub article: Option<&'static str>,
    /// Whether the word was written with an article.
    pub is_with_article: bool,
}

impl std::fmt::Display for TargetForm {
    /// *los aranceles*; *aranceles, los aranceles* where no article was asked for.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let TargetForm { form, article, is_with_article } = self;
        match article {
            Some(article) if *is_with_article => write!(f, "{article} {form}"),
            Some(article) => write!(f, "{form}, {article} {form}"),
            None => f.write_str(form),
        }
    }
}

/// The form of a target term for a word that is a form of `entry`, another term of the concept, with an article or
/// without. `None` where the word is nothing but the headword, or is no form of it.
pub fn target_form(
    written: &str,
    (entry, lang): (&TermEntry, Lang),
    target: &TermEntry,
    kind: Option<ConceptKind>,
) -> Option<TargetForm> {
    let forms = expand(entry, lang).forms;
    let rule_of = |written: &str| {
        let key = fold::key(written);
        Some(forms.iter().find(|form| fold::key(&form.text) == key)?.rule)
    };
    let bare = || without_article(written).and_then(|(asked, bare)| Some((rule_of(bare)?, Some(asked))));
    let (rule, asked) = rule_of(written).map(|rule| (rule, None)).or_else(bare)?;
    let form = agreeing(target, lang.other(), rule);
    let is_other = form != target.term || asked.is_some();
    let article = match lang.other() {
        Lang::Es => spanish_article(target, kind, &form, rule).map(|definite| match asked {
            Some(Article::Indefinite) => indefinite(definite),
            _ => definite,
        }),
        // Whether an English name takes one cannot be told.
        Lang::En if is_name(target) => None,
        Lang::En => asked.and_then(|asked| english_article(asked, &form, rule.contains("plural"))),
    };
    is_other.then_some(TargetForm { form, article, is_with_article: asked.is_some() })
}

/// The definite article of a form of a Spanish term, where the term takes one.
fn spanish_article(
    target: &TermEntry,
    kind: Option<ConceptKind>,
    form: &str,
    rule: &str,
) -> Option<&'static str> {
    let headword = article_of(target, kind)?;
    if form == target.term {
        return Some(headword);
    }
    let gender = if rule.contains("feminine") { Gender::Feminine } else { target.gender? };
    let number = if rule.contains("plural") { Some(Number::Plural) } else { target.number };
    Some(article(form, gender, number))
}

fn english_article(asked: Article, form: &str, is_plural: bool) -> Option<&'static str> {
    match asked {
        Article::Definite => Some("the"),
        Article::Indefinite if is_plural => None,
        Article::Indefinite if begins_with_vowel_sound(form) => Some("an"),
        Article::Indefinite => Some("a"),
    }
}

/// Whether an English word is said with a vowel at first: an agreement, an hour, an MP; a union, a European, a UN agency.
fn begins_with_vowel_sound(form: &str) -> bool {
    let first = form.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if first.len() > 1 && !first.contains(char::is_lowercase) {
        // Initials are spelt out: by the names of the letters.
        return first.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X', '8']);
    }
    let first = first.to_lowercase();
    let begins = |with: &[&str]| with.iter().any(|with| first.starts_with(with));
    let is_silent_h = begins(&["hour", "honest", "honor", "heir"]);
    let is_said_you = begins(&["eu", "ewe", "one", "once", "uni", "usa", "use", "usu", "uti", "uto", "ura"]);
    let is_un = begins(&["unim", "unin"]);
    is_silent_h || first.starts_with(['a', 'e', 'i', 'o', 'u']) && (!is_said_you || is_un)
}

/// The indefinite article that goes with a definite one: *un arma* as *el arma*.
fn indefinite(definite: &str) -> &'static str {
    match definite {
        "el" => "un",
        "la" => "una",
        "los" => "unos",
        "las" => "unas",
        "el/la" => "un/una",
        _ => "unos/unas",
    }
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
        let form = |form: &str, article, is_with_article| {
            Some(TargetForm { form: form.to_owned(), article, is_with_article })
        };
        assert_eq!(
            target_form("tariffs", (&tariff, Lang::En), &arancel, None),
            form("aranceles", Some("los"), false)
        );
        assert_eq!(target_form("tariff", (&tariff, Lang::En), &arancel, None), None);
        let plural = target_form("aranceles", (&arancel, Lang::Es), &tariff, None);
        assert_eq!(plural, form("tariffs", None, false));
    }

    #[test]
    fn an_article_comes_along_and_agrees() {
        let noun =
            |term: &str, gender| TermEntry { pos: Some(PartOfSpeech::Noun), gender, ..TermEntry::new(term) };
        let (masculine, feminine) = (Some(Gender::Masculine), Some(Gender::Feminine));
        for (written, en, es, gender, wanted) in [
            ("the tariffs", "tariff", "arancel", masculine, "los aranceles"),
            ("The tariff", "tariff", "arancel", masculine, "el arancel"),
            ("a tariff", "tariff", "arancel", masculine, "un arancel"),
            ("a weapon", "weapon", "arma", feminine, "un arma"),
            ("the weapons", "weapon", "arma", feminine, "las armas"),
            ("the water", "water", "agua", feminine, "el agua"),
            ("the waters", "water", "agua", feminine, "las aguas"),
            ("a border", "border", "frontera", feminine, "una frontera"),
            ("a customs broker", "customs broker", "agente aduanal", masculine, "un agente aduanal"),
            // Its gender is not known.
            ("a border", "border", "frontera", None, "frontera"),
        ] {
            let (en, es) = (noun(en, None), noun(es, gender));
            let found = target_form(written, (&en, Lang::En), &es, None);
            assert_eq!(found.map(|found| found.to_string()).as_deref(), Some(wanted), "{written}");
        }
        for (written, es, en, wanted) in [
            ("los aranceles", "arancel", "tariff", "the tariffs"),
            ("un arancel", "arancel", "tariff", "a tariff"),
            ("un acuerdo", "acuerdo", "agreement", "an agreement"),
            ("una unión", "unión", "union", "a union"),
            ("unos acuerdos", "acuerdo", "agreement", "agreements"),
        ] {
            let (en, es) = (noun(en, None), noun(es, masculine));
            let found = target_form(written, (&es, Lang::Es), &en, None);
            assert_eq!(found.map(|found| found.to_string()).as_deref(), Some(wanted), "{written}");
        }
        let (en, es) = (noun("tariff", None), noun("arancel", masculine));
        assert_eq!(target_form("the levy", (&en, Lang::En), &es, None), None);
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
