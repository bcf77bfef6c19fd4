//! A term of the source that the translation lacks.

use super::agreement::agreeing;
use super::scope::CONFIDENT;
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::TermEntry;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "term-not-rendered",
        summary: "a term that the translation has no rendering of",
        what: "A sentence of the source has a term, and its translation none of the terms that the glossary gives for it, in whatever form. `expect = false` accepts a term without asking for a rendering.",
        why: "The translation says something else, or less, or calls a thing by a name that nobody agreed on.",
        example: "“tariff” in the source, «peaje» in the translation",
        fix: "Use the term that the finding offers, or add the other one to the glossary.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    if !scope.is_pair() {
        return Vec::new();
    }
    scope.judged().flat_map(|(lang, _)| missing(scope, lang)).collect()
}

fn missing(scope: &Scope<'_>, target: Lang) -> Vec<Issue> {
    let source = target.other();
    let Some(side) = scope.side(source) else { return Vec::new() };
    let hits = side.sure(source).filter(|hit| asks(scope, hit, target) && !is_rendered(scope, hit, target));
    hits.filter_map(|hit| Some(issue(scope, hit, hit.span.of(side.text()), offered(scope, hit, target)?)))
        .collect()
}

/// Whether the glossary wants a rendering.
fn asks(scope: &Scope<'_>, hit: &Hit, target: Lang) -> bool {
    let entry = scope.entry(hit);
    entry.expect != Some(false) && !hit.ambiguous && offered(scope, hit, target).is_some()
}

fn is_rendered(scope: &Scope<'_>, hit: &Hit, target: Lang) -> bool {
    let Some(bead) = scope.bead_at(hit.lang, hit.span) else { return true };
    let stretches = scope.stretches(bead, target, scope.reach(bead));
    let hits = scope.hits_in(target, &stretches, target);
    scope.beads[bead].score < CONFIDENT
        || stretches.is_empty()
        || hits.iter().any(|other| other.term.concept == hit.term.concept)
}

/// The term that the glossary wants.
fn offered<'a>(scope: &Scope<'a>, hit: &Hit, target: Lang) -> Option<&'a TermEntry> {
    scope.concept(hit).preferred(target).filter(|term| term.is_usable() && term.expect != Some(false))
}

fn issue(scope: &Scope<'_>, hit: &Hit, written: &str, offered: &TermEntry) -> Issue {
    let form = agreeing(offered, hit.lang.other(), scope.matcher.rule(hit.pattern));
    let message = scope.say(
        format!("“{written}” is not rendered by any of its terms"),
        format!("«{written}» no está traducido con ninguno de sus términos"),
    );
    Issue::new(hit.lang, hit.span, message)
        .help(scope.say(format!("the glossary has “{form}”"), format!("el glosario tiene «{form}»")))
}
