//! Names that stay as they are, and were translated: *CBP Uno*.

use super::scope::CONFIDENT;
use super::words::{Word, are_kin, within};
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "do-not-translate",
        summary: "a name that was translated and should stay as it is",
        what: "The source has a term with `do-not-translate = true`, or one that the glossary gives such a name for. The translation has a part of the name and not the whole, or nowhere has the name at all.",
        why: "The thing is known, searched for and quoted under that name only.",
        example: "«CBP Uno» for “CBP One”",
        fix: "Write the name as in the source.",
    },
    severity: Severity::Error,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.translations().flat_map(|(target, side)| translated(scope, target, side)).collect()
}

fn translated(scope: &Scope<'_>, target: Lang, side: &Side<'_>) -> Vec<Issue> {
    let Some(source) = scope.side(target.other()) else { return Vec::new() };
    let hits = source.sure(target.other());
    hits.filter_map(|hit| issue(scope, target, side, source, hit, name(scope, target, hit)?)).collect()
}

/// The name that is to stay: that of the source, or the one that the glossary has in the language of the translation.
fn name<'a>(scope: &Scope<'a>, target: Lang, hit: &Hit) -> Option<&'a str> {
    let entry = scope.entry(hit);
    let stays = || scope.concept(hit).terms_of(target).find(|term| term.do_not_translate && term.is_usable());
    let stated = entry.do_not_translate.then_some(entry);
    stated.or_else(|| stays().filter(|_| entry.expect != Some(false))).map(|term| term.term.as_str())
}

fn issue(
    scope: &Scope<'_>,
    target: Lang,
    side: &Side<'_>,
    source: &Side<'_>,
    hit: &Hit,
    name: &str,
) -> Option<Issue> {
    let bead = scope.bead_at(hit.lang, hit.span)?;
    let stretches = scope.stretches(bead, target, scope.reach(bead));
    if scope.beads[bead].score < CONFIDENT || stretches.is_empty() || has_name(side, hit, source, &stretches)
    {
        return None;
    }
    let part = part_of_name(side, name, &stretches);
    let place = part.or_else(|| other_name(scope, side, source, hit, &stretches));
    let whole = [Span::new(0, side.text().len())];
    if part.is_none() && has_name(side, hit, source, &whole) {
        return None;
    }
    let message =
        scope.say(format!("“{name}” is to stay as it is"), format!("«{name}» debe quedar como está"));
    let help = scope.say(format!("write “{name}”"), format!("escriba «{name}»"));
    let label = scope.say("the source has this", "el original dice esto");
    Some(match place {
        Some(span) => {
            let mut issue = Issue::new(target, span, message).help(help).related(hit.lang, hit.span, label);
            issue.replacement = part.map(|_| name.to_owned());
            issue
        }
        None => Issue::new(hit.lang, hit.span, message).help(help),
    })
}

/// Whether some stretches have a term of the concept in either language, or what the source has.
fn has_name(side: &Side<'_>, hit: &Hit, source: &Side<'_>, stretches: &[Span]) -> bool {
    let written = fold::key(hit.span.of(source.text()));
    stretches.iter().any(|span| {
        let mut hits = side.analysis.hits_in(*span).iter();
        hits.any(|other| other.term.concept == hit.term.concept)
            || fold::key(span.of(side.text())).contains(&written)
    })
}

/// The one name of several words in capitals that stands in the translation of an acronym, where the source has no such
/// name: “Export Manufacturing and Services” for IMMEX.
fn other_name(
    scope: &Scope<'_>,
    side: &Side<'_>,
    source: &Side<'_>,
    hit: &Hit,
    stretches: &[Span],
) -> Option<Span> {
    if hit.span.of(source.text()).contains(char::is_lowercase) {
        return None;
    }
    let words: Vec<&Word> = stretches.iter().flat_map(|span| within(&side.words, *span)).collect();
    let text = side.text();
    let is_capital = |word: &Word| word.span.of(text).starts_with(char::is_uppercase);
    let is_joint =
        |word: &Word| matches!(word.span.of(text), "and" | "of" | "for" | "de" | "y" | "la" | "el" | "del");
    let mut names = Vec::new();
    let mut at = 1;
    while at < words.len() {
        let run = words[at..].iter().take_while(|word| is_capital(word) || is_joint(word)).count();
        let run = words[at..at + run].iter().rposition(|word| is_capital(word)).map_or(0, |last| last + 1);
        if run > 1 && is_capital(words[at]) {
            names.push(Span::new(words[at].span.start, words[at + run - 1].span.end));
        }
        at += run.max(1);
    }
    let in_source = |name: &Span| source.text().contains(name.of(text));
    let is_term = |name: &Span| {
        side.analysis
            .hits_in(*name)
            .iter()
            .any(|other| other.is_sure() && scope.concept(other).id != scope.concept(hit).id)
    };
    names.retain(|name| !in_source(name) && !is_term(name) && name.of(text).split(' ').count() > 2);
    match names.as_slice() {
        [name] => Some(*name),
        _ => None,
    }
}

/// A run of words in capitals that has a part of a name of several words.
fn part_of_name(side: &Side<'_>, name: &str, stretches: &[Span]) -> Option<Span> {
    let parts: Vec<String> = name.split([' ', '-']).map(fold::key).filter(|part| part.len() > 2).collect();
    let words: Vec<&Word> = stretches.iter().flat_map(|span| within(&side.words, *span)).collect();
    let is_capital = |word: &Word| word.span.of(side.text()).starts_with(char::is_uppercase);
    let is_part = |word: &Word| {
        let key = fold::key(word.span.of(side.text()));
        parts.iter().any(|part| *part == key || part.len() > 4 && are_kin(part, &key))
    };
    let at = words
        .iter()
        .position(|word| is_capital(word) && is_part(word))
        .filter(|_| name.contains([' ', '-']))?;
    let is_next =
        |a: &Word, b: &Word| side.text()[a.span.end..b.span.start].trim_matches([' ', '-']).is_empty();
    let mut first = at;
    while first > 0 && is_capital(words[first - 1]) && is_next(words[first - 1], words[first]) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < words.len() && is_capital(words[last + 1]) && is_next(words[last], words[last + 1]) {
        last += 1;
    }
    // One letter joined by a hyphen is no word of its own: Verificación-E.
    let is_joined = words[first].span.of(side.text()).contains('-')
        || side.text()[words[last].span.end..].starts_with('-');
    (last > first || is_joined).then(|| Span::new(words[first].span.start, words[last].span.end))
}
