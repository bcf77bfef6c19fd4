//! Terms that the glossary forbids or advises against.

use super::agreement::{Instead, instead_of};
use super::false_friend::is_right_by_context;
use super::words::{Word, is_listed, within};
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Status, TermEntry};

/// `forbidden = true`.
pub(super) static FORBIDDEN: Rule = Rule {
    doc: RuleDoc {
        id: "forbidden-term",
        summary: "a term that the glossary forbids",
        what: "The text has a term that says `forbidden = true`.",
        why: "It is wrong, offends, or is not the house's word.",
        example: "“illegal aliens” where the glossary wants “undocumented immigrants”",
        fix: "Write what the finding offers. Within a direct quotation it may stand: there the finding is a note.",
    },
    severity: Severity::Error,
    about: About::Style,
    check: |scope| all(scope, |entry| entry.forbidden),
};

/// `status = "deprecated"`.
pub(super) static DEPRECATED: Rule = Rule {
    doc: RuleDoc {
        id: "deprecated-term",
        summary: "a term that the glossary advises against",
        what: "The text has a term with `status = \"deprecated\"`. One that is wrong in one direction of translation only, or is a single word, counts where the source has the concept: «droga» is wrong for “drug”, and right for “narcotics”.",
        why: "Another term is clearer, more usual or right.",
        example: "«tarifa» for “tariff”, which is an «arancel»",
        fix: "Write the preferred term that the finding offers.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check: |scope| all(scope, |entry| !entry.forbidden && entry.status == Some(Status::Deprecated)),
};

fn all(scope: &Scope<'_>, is_meant: fn(&TermEntry) -> bool) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (lang, side) in scope.judged() {
        let hits = side.sure(lang).filter(|hit| is_meant(scope.entry(hit)) && applies(scope, lang, hit));
        issues.extend(hits.map(|hit| issue(scope, lang, side, hit)));
    }
    issues
}

/// Whether the term is wrong here: one that a direction is stated of, only as a rendering of its concept.
fn applies(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    if scope.is_code(lang, hit.span)
        || is_another_word(scope, lang, hit)
        || scope.is_pair() && is_right_by_context(scope, lang, hit.span)
    {
        return false;
    }
    let Some(direction) = scope.entry(hit).direction else { return true };
    let source = rendered(scope, lang, hit).filter(|_| direction.target() == lang);
    source.is_some_and(|source| !scope.is_mentioned(lang.other(), source.span))
}

/// Whether a word of a translation is there for another thing than the concept: the source has nothing of that, but a word
/// of which the dictionary has this one as a translation, as *librería* of “bookstore”.
fn is_another_word(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let (Some(side), Some(source)) = (scope.side(lang), scope.side(lang.other())) else { return false };
    if scope.source.is_none_or(|source| source == lang) || rendered(scope, lang, hit).is_some() {
        return false;
    }
    // What the other language has no term for is wrong wherever it stands.
    if scope.concept(hit).terms_of(lang.other()).next().is_none() {
        return false;
    }
    let telling: Vec<&Word> = within(&side.words, hit.span).iter().filter(|word| !word.is_function).collect();
    let [word] = telling.as_slice() else { return false };
    if !scope.entry(hit).forbidden {
        return true;
    }
    let opposite = scope.opposite(lang, hit.span);
    opposite.iter().flat_map(|span| within(&source.words, *span)).any(|other| is_listed(lang, word, other))
}

/// The term of the source that a hit in the translation renders.
fn rendered<'a>(scope: &Scope<'a>, lang: Lang, hit: &Hit) -> Option<&'a Hit> {
    let stretches = scope.opposite(lang, hit.span);
    let mut hits = scope.hits_in(lang.other(), &stretches, lang.other()).into_iter();
    hits.find(|other| other.term.concept == hit.term.concept)
}

fn issue(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, hit: &Hit) -> Issue {
    let entry = scope.entry(hit);
    let written = hit.span.of(side.text());
    let message = match entry.forbidden {
        true => scope.say(
            format!("“{written}” is forbidden by the glossary"),
            format!("el glosario prohíbe «{written}»"),
        ),
        false => scope.say(
            format!("the glossary advises against “{written}”"),
            format!("el glosario desaconseja «{written}»"),
        ),
    };
    let mut issue = Issue::new(lang, hit.span, message);
    issue.label = entry.reason.clone().unwrap_or_default();
    let instead = instead(scope, lang, hit);
    // Where it is not known which text is the translation, the other one may be the wrong one.
    let is_certain = entry.direction.is_none() || scope.source.is_some();
    let mut issue = issue.instead(scope, instead);
    issue.replacement = issue.replacement.filter(|_| entry.inflect != Some(false) && is_certain);
    match rendered(scope, lang, hit).filter(|_| entry.direction.is_some()) {
        Some(other) => {
            issue.related(lang.other(), other.span, scope.say("the source has this", "el original dice esto"))
        }
        None => issue,
    }
}

/// What to write instead, in the form of the hit.
pub(super) fn instead(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> Option<Instead> {
    let (entry, concept) = (scope.entry(hit), scope.concept(hit));
    let stated = entry.replace_with.as_deref();
    let listed = concept.terms_of(lang).find(|term| stated == Some(term.term.as_str()));
    // What no entry has is inflected like what it replaces.
    let unlisted = stated.map(|stated| TermEntry { pos: entry.pos, ..TermEntry::new(stated) });
    let preferred = || concept.preferred(lang).filter(|term| term.is_usable());
    let new = listed.or(unlisted.as_ref()).or_else(preferred)?;
    Some(instead_of(scope.written(lang, hit)?, new, lang))
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = [\"medicamento\", { term = \"droga\", status = \"deprecated\" }]
terms.en = \"drug\"
[[concept]]
terms.en = { term = \"addict\", forbidden = true }
";

    #[test]
    fn what_is_advised_against_for_one_thing_is_right_for_another() {
        for (rule, source, es, en, wanted) in [
            ("deprecated-term", Lang::En, "La droga cuesta 20 pesos.", "The drug costs 20 pesos.", "droga"),
            (
                "deprecated-term",
                Lang::En,
                "Hallaron droga en el baño.",
                "They found narcotics in the bathroom.",
                "",
            ),
            (
                "forbidden-term",
                Lang::Es,
                "La clínica atiende a personas con adicción.",
                "The clinic treats addicts.",
                "addicts",
            ),
        ] {
            assert_eq!(found(rule, GLOSSARY, source, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
