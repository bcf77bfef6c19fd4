//! Words and marks of another region than the reader's: *ordenador*, *vosotros*, *3,5* or «» in a Mexican text.

use super::agreement::{Instead, Written, instead_of};
use super::shipped::{REGIONAL, has_any};
use super::words::Word;
use super::{About, Issue, Rule, Scope, Side, regional_marks};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::lang::en::american;
use crate::matcher::Hit;
use crate::termbase::view::{Nearness, nearness, preferred_for};
use crate::termbase::{LangTag, PartOfSpeech, TermEntry};
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "regional-mix",
        summary: "a word or mark of another region",
        what: "The text has a term that the glossary gives for another region only (`terms.es-ES`, `region = \"es-ES\"`), a word of the table of regional words that the program carries, a form of vosotros, a decimal comma, points between thousands or (as a note) angular quotation marks, or is spelt the British way, while its working language is that of another region (`languages = [\"es-MX\", …]`). A region must be stated.",
        why: "Readers notice at once that a text was not written for them.",
        example: "«ordenador» in a Mexican text, where it is a «computadora»",
        fix: "Write the word of the region that the finding offers.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (lang, side) in scope.judged().filter(|(lang, _)| scope.readers(*lang).region().is_some()) {
        let terms = side.sure(lang).filter(|hit| !hit.ambiguous);
        issues.extend(terms.filter_map(|hit| of_glossary(scope, lang, side, hit)));
        // What another spelling mends has its own form there.
        let of_spelling = of_spelling(scope, lang, side);
        let is_new = |issue: &Issue| of_spelling.iter().all(|other| !other.span.overlaps(issue.span));
        issues.extend(of_table(scope, lang, side).into_iter().filter(is_new));
        issues.extend(of_spelling);
        issues.extend(regional_marks::issues(scope, lang, side));
    }
    issues
}

fn of_glossary(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, hit: &Hit) -> Option<Issue> {
    let tag = foreign(scope, lang, hit)?;
    let term = preferred_for(scope.concept(hit), scope.readers(lang));
    let form = term.and_then(|term| Some(instead_of(scope.written(lang, hit)?, term, lang)));
    Some(issue(scope, lang, side, hit.span, tag.as_str(), form))
}

/// The region of a term, where it is not that of the readers.
fn foreign<'a>(scope: &Scope<'a>, lang: Lang, hit: &Hit) -> Option<&'a LangTag> {
    let (entry, section) = (scope.entry(hit), scope.termbase.section(hit.term));
    let tag = entry.region.as_ref().unwrap_or(&section.tag);
    tag.region().filter(|_| entry.pos != Some(PartOfSpeech::Name))?;
    (nearness(tag, scope.readers(lang)) == Some(Nearness::Foreign)).then_some(tag)
}

/// The words of the shipped table that are of the other side of the ocean.
fn of_table(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Issue> {
    let own = usize::from(is_european(scope.readers(lang)));
    let foreign =
        REGIONAL.hits(side, lang).into_iter().filter(|hit| hit.is_sure() && is_foreign_form(side, hit, own));
    let foreign =
        foreign.filter(|hit| !is_name(side, hit.span) && !is_glossarys(scope, lang, side, hit.span));
    let open = foreign.filter(|hit| {
        let cues = &REGIONAL.row(hit).cues;
        cues.is_empty() || has_cue(scope, lang, hit.span, cues)
    });
    let tag = match (lang, own) {
        (Lang::Es, 0) => "es-ES",
        (Lang::Es, _) => "es-MX",
        (Lang::En, 0) => "en-GB",
        (Lang::En, _) => "en-US",
    };
    open.map(|hit| {
        let word = REGIONAL.row(&hit).words[own].first();
        let form = word.map(|word| {
            let text = hit.span.of(side.text());
            instead_of(Written { entry: REGIONAL.entry(&hit), rule: REGIONAL.rule(&hit), text }, word, lang)
        });
        issue(scope, lang, side, hit.span, tag, form)
    })
    .collect()
}

/// Words that are spelt the British way for readers in America: *labourers*, *organising*.
fn of_spelling(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Issue> {
    if lang == Lang::Es || is_european(scope.readers(lang)) || scope.readers(lang).region().is_none() {
        return Vec::new();
    }
    let issue_of = |word: &Word| {
        let written = word.span.of(side.text());
        let respelt = american(&fold::lower(written))?;
        let respelt = match written.starts_with(char::is_uppercase) {
            true => respelt[..1].to_uppercase() + &respelt[1..],
            false => respelt,
        };
        (!is_name(side, word.span)).then(|| {
            issue(scope, lang, side, word.span, "en-GB", Some(Instead { form: respelt, is_sure: true }))
        })
    };
    side.words.iter().filter_map(issue_of).collect()
}

/// Whether a form is nearer to the words of the other region: the two may be spellings of one.
fn is_foreign_form(side: &Side<'_>, hit: &Hit, own: usize) -> bool {
    let written = fold::lower(hit.span.of(side.text()));
    let alike = |term: &TermEntry| {
        fold::lower(&term.term).chars().zip(written.chars()).take_while(|(a, b)| a == b).count()
    };
    let nearest = |region: usize| REGIONAL.row(hit).words[region].iter().map(alike).max();
    nearest(1 - own) > nearest(own)
}

fn is_european(tag: &LangTag) -> bool {
    tag.region().is_some_and(|region| ["ES", "GB", "UK", "IE"].contains(&region.to_uppercase().as_str()))
}

/// Whether a word is written as a part of a name: Labour Party, Defence Secretary.
fn is_name(side: &Side<'_>, span: Span) -> bool {
    let text = side.text();
    let before = text[..span.start].trim_end();
    let begins =
        before.is_empty() || before.ends_with(['.', '?', '!', '“', '"', '«', '¿', '¡', ':', '\n', '—', '-']);
    span.of(text).starts_with(char::is_uppercase) && !begins
}

/// Whether the glossary has the word as one of the reader's region.
fn is_glossarys(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, span: Span) -> bool {
    let mut around = side.analysis.hits.iter().filter(|hit| hit.lang == lang && hit.span.contains(span));
    around.any(|hit| scope.entry(hit).is_usable() && foreign(scope, lang, hit).is_none())
}

/// Whether the source says what makes a word foreign.
fn has_cue(scope: &Scope<'_>, lang: Lang, span: Span, cues: &[&str]) -> bool {
    let opposite = scope.opposite(lang, span);
    scope.side(lang.other()).is_some_and(|source| has_any(source, lang.other(), &opposite, cues))
}

fn issue(
    scope: &Scope<'_>,
    lang: Lang,
    side: &Side<'_>,
    span: Span,
    tag: &str,
    form: Option<Instead>,
) -> Issue {
    let written = span.of(side.text());
    let message = scope.say(
        format!("“{written}” is {tag}, the text is {}", scope.readers(lang)),
        format!("«{written}» es de {tag} y el texto, de {}", scope.readers(lang)),
    );
    Issue::new(lang, span, message).instead(scope, form)
}
