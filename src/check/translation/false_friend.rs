//! Words that look like those of the source and mean something else: *actualmente* for “actually”.

use super::scope::CONFIDENT;
use super::shipped::{FALSE_FRIENDS, has_any};
use super::words::telling;
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "false-friend",
        summary: "a word that looks like that of the source and means something else",
        what: "The source has one of two words of the table of false friends that the program carries, its translation the other, nothing that the first one rightly is, and the source nothing that the second one rightly is. What the glossary gives as a rendering is right.",
        why: "The sentence is fluent and says the wrong thing, so nobody notices.",
        example: "«Actualmente, el camión venía vacío» for “The truck was actually empty”",
        fix: "Write what the finding offers.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (target, side) in scope.judged() {
        let Some(source) = scope.side(target.other()) else { continue };
        let words = FALSE_FRIENDS.hits(source, target.other());
        let is_wrong = |friend: &Hit| FALSE_FRIENDS.row(friend).only.is_none_or(|lang| lang == target);
        for friend in FALSE_FRIENDS.hits(side, target).into_iter().filter(is_wrong) {
            if let Some(word) = meant(scope, target, &words, &friend, source, side) {
                issues.push(issue(scope, target, &friend, side, word, source));
            }
        }
    }
    issues
}

/// The word of the source that a friend seems to render.
fn meant<'h>(
    scope: &Scope<'_>,
    target: Lang,
    words: &'h [Hit],
    friend: &Hit,
    source: &Side<'_>,
    side: &Side<'_>,
) -> Option<&'h Hit> {
    let bead = scope.bead_at(target, friend.span).filter(|bead| scope.beads[*bead].score >= CONFIDENT)?;
    let opposite = scope.stretches(bead, target.other(), 0);
    let here = scope.stretches(bead, target, scope.reach(bead));
    let is_there = |word: &&Hit| {
        word.term.concept == friend.term.concept && opposite.iter().any(|span| span.contains(word.span))
    };
    let word = words.iter().find(is_there)?;
    let row = FALSE_FRIENDS.row(friend);
    let is_right = has_any(source, target.other(), &opposite, &apart_from(word, row.right(target)))
        || has_any(side, target, &here, &apart_from(friend, row.right(target.other())))
        || is_listed(scope, target, friend.span, &opposite);
    (!is_right).then_some(word)
}

/// The phrases that are not taken for the word itself by their stem: minuto, minuta.
fn apart_from(word: &Hit, phrases: &[&'static str]) -> Vec<&'static str> {
    let written = FALSE_FRIENDS.term(word);
    let stem = telling(written, word.lang);
    let is_apart = |phrase: &&str| *phrase == written || telling(phrase, word.lang) != stem;
    phrases.iter().copied().filter(is_apart).collect()
}

/// Whether the glossary gives the word, or a phrase with it, for something that the source has.
fn is_listed(scope: &Scope<'_>, target: Lang, span: Span, opposite: &[Span]) -> bool {
    let Some(side) = scope.side(target) else { return false };
    let source = scope.hits_in(target.other(), opposite, target.other());
    let around = side.analysis.hits.iter().filter(|hit| hit.lang == target && hit.span.contains(span));
    around.filter(|hit| scope.entry(hit).is_usable()).any(|hit| {
        let same = source.iter().filter(|other| other.term.concept == hit.term.concept);
        same.into_iter().any(|other| scope.entry(other).is_usable())
    })
}

fn issue(
    scope: &Scope<'_>,
    target: Lang,
    friend: &Hit,
    side: &Side<'_>,
    word: &Hit,
    source: &Side<'_>,
) -> Issue {
    let (written, meant) = (friend.span.of(side.text()), word.span.of(source.text()));
    let row = FALSE_FRIENDS.row(friend);
    let right = row.right(target.other()).iter().take(3).copied().collect::<Vec<_>>();
    let other = row.right(target).iter().take(2).copied().collect::<Vec<_>>();
    let message = scope.say(
        format!("“{written}” is a false friend of “{meant}”: it means “{}”", other.join("”, “")),
        format!("«{written}» es falso amigo de «{meant}»: significa «{}»", other.join("», «")),
    );
    Issue::new(target, friend.span, message)
        .related(target.other(), word.span, scope.say("the source has this", "el original dice esto"))
        .help(scope.say(
            format!("write “{}” or the like", right.join("”, “")),
            format!("escriba «{}» o algo semejante", right.join("», «")),
        ))
}
