//! Names that were right once: *TLCAN* in a text of 2026.

use rustc_hash::FxHashSet;

use super::advised_against::instead;
use super::agreement::{Instead, instead_of};
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{PartOfSpeech, Status};
use crate::text::date::is_over;
use crate::text::{Span, fold, tokens};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "outdated-name",
        summary: "a name that is no longer valid at the date of the text",
        what: "The text has a term that the glossary calls superseded, or whose `valid-until` (its own or its concept's) lies before the date of the text. A concept that is over and has no successor counts in a translation whose source does not name it. Where the source has an old name too, the finding is a note. The date is that of the text itself, of its dateline, or `--date`; a text without one is of today. What tells of the past (a year of that time, “the former”, the new name beside the old one) is no finding.",
        why: "Readers look for an office or a treaty that no longer exists under that name.",
        example: "«TLCAN» for “USMCA” in a text of 2026; in one of 2015 it is right",
        fix: "Write the name that is valid now, as the finding offers it.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    // What may be right is told once of a pair.
    let mut noted: FxHashSet<u32> = FxHashSet::default();
    for (lang, _) in scope.judged() {
        for found in outdated(scope, lang) {
            if found.may_be_told && !noted.insert(found.hit.term.concept) {
                continue;
            }
            let severity = found.may_be_told.then_some(Severity::Note);
            issues.push(Issue { severity, ..issue(scope, lang, &found) });
        }
    }
    issues
}

/// A name that is over at the date of the text, used as if it were not.
#[derive(Clone, Debug)]
pub(crate) struct Outdated<'a> {
    /// Where it stands.
    pub(crate) hit: &'a Hit,
    /// The last day on which it was valid; empty where the glossary does not tell it.
    end: String,
    /// What has ended may be told of, where no source says that the new one is meant, or the source has it too.
    pub(crate) may_be_told: bool,
}

/// The outdated names in the text of a language, in order: what `check` tells of, and what a report on coverage lists.
pub(crate) fn outdated<'a>(scope: &Scope<'a>, lang: Lang) -> Vec<Outdated<'a>> {
    let Some(side) = scope.side(lang) else { return Vec::new() };
    // A name may stand in the other language too: the Secretaría de Desarrollo Social.
    let is_own = |hit: &&Hit| {
        let is_name = || !hit.ambiguous && scope.entry(hit).pos == Some(PartOfSpeech::Name);
        hit.is_sure() && (hit.lang == lang || is_name())
    };
    let outdated = |hit: &'a Hit| {
        let end = ended(scope, hit)?;
        let is_of_term = is_of_term(scope, hit);
        let source_has_it = source_has_it(scope, lang, hit);
        let is_meant = is_of_term
            || !scope.is_pair()
            || source_has_it
            || source_has_successor(scope, lang, hit)
            || is_of_translation(scope, lang, hit);
        let may_be_told = !is_of_term && !scope.is_pair() || source_has_it;
        (is_meant && !is_of_the_past(scope, lang, hit, &end)).then_some(Outdated { hit, end, may_be_told })
    };
    side.analysis.hits.iter().filter(is_own).filter_map(outdated).collect()
}

/// The last day of a name that is over at the date of the text; empty where the glossary does not tell it.
fn ended(scope: &Scope<'_>, hit: &Hit) -> Option<String> {
    let (entry, concept) = (scope.entry(hit), scope.concept(hit));
    let is_told = || concept.replaced_by.is_some() || is_of_translation(scope, hit.lang, hit);
    let of_concept = concept.valid_until.as_ref().filter(|_| is_told());
    let end = entry.valid_until.as_ref().or(of_concept);
    let is_over = |end: &String| scope.date.as_ref().is_none_or(|date| is_over(end, date) != Some(false));
    match end {
        Some(end) => is_over(end).then(|| end.clone()),
        None => (entry.status == Some(Status::Superseded)).then(String::new),
    }
}

/// Whether a name is over, and not all that its concept is.
fn is_of_term(scope: &Scope<'_>, hit: &Hit) -> bool {
    scope.entry(hit).valid_until.is_some() || scope.concept(hit).valid_until.is_none()
}

/// Whether the source too has a name that is over, so that the translation is faithful to it.
fn source_has_it(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let stretches = scope.opposite(lang, hit.span);
    let hits = scope.hits_in(lang.other(), &stretches, lang.other());
    let mut same = hits.iter().filter(|other| other.term.concept == hit.term.concept);
    same.any(|other| ended(scope, other).is_some())
}

/// Whether a translation names something that its source has in no sentence.
fn is_of_translation(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let source = scope.source.filter(|source| *source != lang).and_then(|source| scope.side(source));
    let is_it = |other: &Hit| other.term.concept == hit.term.concept;
    source.is_some_and(|source| !source.analysis.hits.iter().any(is_it))
}

/// Whether the source has what took the place of a hit's concept.
fn source_has_successor(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let next = scope.concept(hit).replaced_by.as_ref().and_then(|id| scope.termbase.find(id.as_str()));
    let stretches = scope.opposite(lang, hit.span);
    let hits = scope.hits_in(lang.other(), &stretches, lang.other());
    hits.iter().any(|other| Some(other.term.concept as usize) == next)
}

/// Whether the text tells of the past around a place.
fn is_of_the_past(scope: &Scope<'_>, lang: Lang, hit: &Hit, end: &str) -> bool {
    let sentence = sentence(scope, lang, hit.span);
    let opposite = scope.opposite(lang, hit.span);
    tells_of_past(scope, lang, &[sentence], end)
        || tells_of_past(scope, lang.other(), &opposite, end)
        || names_successor(scope, lang, hit, sentence)
}

fn sentence(scope: &Scope<'_>, lang: Lang, span: Span) -> Span {
    let segment = scope.side(lang).and_then(|side| {
        let analysis = side.analysis;
        analysis.segments.get(analysis.segment_at(span))
    });
    segment.map_or(span, |segment| segment.span)
}

fn tells_of_past(scope: &Scope<'_>, lang: Lang, stretches: &[Span], end: &str) -> bool {
    let Some(side) = scope.side(lang) else { return false };
    let last = end.get(..4).unwrap_or("9999");
    // The year of the text itself tells of the present.
    let this = scope.date.as_ref().and_then(|date| date.get(..4)).unwrap_or("9999");
    let is_past = |word: &str| {
        let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        (is_year && "1500" <= word && word <= last && word < this) || past_words(lang).contains(&word)
    };
    stretches.iter().any(|span| {
        let text = span.of(side.text());
        tokens::words(text).any(|word| {
            let (lower, after) = (fold::lower(word.of(text)), &text[word.end..]);
            is_past(&lower)
                || (today_words(lang).contains(&&*lower) && is_before_name(after))
                || (former_words(lang).contains(&&*lower) && (is_before_name(after) || is_before_kind(after)))
        })
    })
}

/// Whether the sentence has the new name too: “the USMCA, which replaced NAFTA”.
fn names_successor(scope: &Scope<'_>, lang: Lang, hit: &Hit, sentence: Span) -> bool {
    let successor = scope.concept(hit).replaced_by.as_ref().and_then(|id| scope.termbase.find(id.as_str()));
    let Some(side) = scope.side(lang) else { return false };
    // The place that a report is sent from says nothing: CIUDAD DE MÉXICO, 3 de mayo.
    let is_in_dateline = |other: &Hit| {
        let written = other.span.of(side.text());
        written.contains(' ') && !written.contains(char::is_lowercase)
    };
    side.analysis.hits_in(sentence).iter().filter(|other| !is_in_dateline(other)).any(|other| {
        let concept = other.term.concept;
        Some(concept as usize) == successor
            || (concept == hit.term.concept && other.span != hit.span && ended(scope, other).is_none())
    })
}

/// Words that tell of the past where a name follows: *hoy Secretaría de Bienestar*, “now the INE”.
fn today_words(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Es => &["hoy", "ahora", "actual", "actualmente"],
        Lang::En => &["now", "today"],
    }
}

fn is_before_name(after: &str) -> bool {
    let after = after.trim_start_matches([' ', ',']);
    let articles =
        ["la ", "el ", "los ", "las ", "the ", "called ", "known as ", "conocido como ", "conocida como "];
    let after = articles.iter().find_map(|article| after.strip_prefix(article)).unwrap_or(after);
    after.starts_with(char::is_uppercase)
}

/// Words that tell of the past of what they stand before: “the former NAFTA”, but no “former officials”.
fn former_words(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Es => &[
            "antiguo",
            "antigua",
            "extinto",
            "extinta",
            "desaparecido",
            "desaparecida",
            "viejo",
            "vieja",
            "original",
            "ex",
        ],
        Lang::En => &["former", "defunct", "old", "original", "ex"],
    }
}

/// Whether a word follows for the kind of thing that has a name and an end, or nothing: “the former agency”.
fn is_before_kind(after: &str) -> bool {
    const KINDS: &[&str] = &[
        "agency",
        "office",
        "ministry",
        "department",
        "institute",
        "commission",
        "treaty",
        "pact",
        "accord",
        "agreement",
        "deal",
        "law",
        "program",
        "name",
        "secretaría",
        "dependencia",
        "procuraduría",
        "institución",
        "organismo",
        "instituto",
        "comisión",
        "tratado",
        "acuerdo",
        "ley",
        "programa",
        "nombre",
    ];
    let next = after.trim_start_matches([' ', '-']);
    let word =
        tokens::words(next).next().filter(|word| word.start == 0).map(|word| fold::lower(word.of(next)));
    word.is_none_or(|word| KINDS.contains(&word.as_str()))
}

fn past_words(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Es => &[
            "entonces",
            "antes",
            "anterior",
            "predecesor",
            "predecesora",
            "antecesor",
            "antecesora",
            "sustituyó",
            "reemplazó",
            "remplazó",
            "sucedió",
            "llamaba",
            "llamado",
            "llamada",
            "otrora",
        ],
        Lang::En => &[
            "then",
            "formerly",
            "previously",
            "predecessor",
            "replaced",
            "succeeded",
            "once",
            "renamed",
            "known",
            "called",
            "before",
        ],
    }
}

fn issue(scope: &Scope<'_>, lang: Lang, found: &Outdated<'_>) -> Issue {
    let (hit, end) = (found.hit, &found.end);
    let written = scope.side(lang).map_or("", |side| hit.span.of(side.text()));
    // What is over as a whole has no other valid name.
    let instead =
        successor(scope, lang, hit).or_else(|| instead(scope, lang, hit).filter(|_| is_of_term(scope, hit)));
    let message = match end.is_empty() {
        true => {
            scope.say(format!("“{written}” is no longer the name"), format!("«{written}» ya no es el nombre"))
        }
        false => scope.say(
            format!("“{written}” was the name until {end}"),
            format!("«{written}» fue el nombre hasta el {end}"),
        ),
    };
    let issue = Issue::new(lang, hit.span, message);
    issue.instead(scope, instead)
}

/// The preferred term of the concept that took the place of a hit's.
fn successor(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> Option<Instead> {
    let concept = scope.concept(hit);
    let over = concept.valid_until.is_some();
    let next = concept.replaced_by.as_ref().filter(|_| over)?;
    let next = &scope.termbase.concepts[scope.termbase.find(next.as_str())?];
    Some(instead_of(scope.written(lang, hit)?, next.preferred(lang)?, lang))
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
valid-until = \"2019-06-30\"
terms.es = \"Seguro Amplio\"
terms.en = \"Broad Insurance\"
[[concept]]
terms.es = \"Servicio Amplio\"
terms.en = \"Broad Service\"
";

    #[test]
    fn a_translation_names_nothing_that_is_over_and_that_the_source_does_not_name() {
        for (es, en, wanted) in [
            ("El Servicio Amplio cubre la vacuna.", "Broad Insurance covers the vaccine.", "Broad Insurance"),
            ("El Servicio Amplio cubre la vacuna.", "The Broad Service covers the vaccine.", ""),
            ("El Seguro Amplio cubría la vacuna.", "Broad Insurance covered the vaccine.", ""),
        ] {
            assert_eq!(found("outdated-name", GLOSSARY, Lang::Es, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
