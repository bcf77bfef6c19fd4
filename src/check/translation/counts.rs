//! Terms that stand more often on one side of a bead than on the other.

use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "occurrence-count",
        summary: "a term that stands more often in the source sentence than in its translation",
        what: "Both have the term, the source more often. A pronoun or a short form may well do for the others, so this is a note unless `[check.rules]` says otherwise.",
        why: "In contracts and laws each mention counts.",
        example: "“the tariff on the tariff item”, with «arancel» once",
        fix: "See whether the other mention is rendered.",
    },
    severity: Severity::Note,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.translations().flat_map(|(target, _)| fewer(scope, target)).collect()
}

fn fewer(scope: &Scope<'_>, target: Lang) -> Vec<Issue> {
    let source = target.other();
    let of_bead = |bead| {
        let mut hits = scope.hits_in(source, &scope.stretches(bead, source, 0), source);
        let rendered = scope.hits_in(target, &scope.stretches(bead, target, scope.reach(bead)), target);
        hits.retain(|hit| hit.is_sure() && !hit.ambiguous);
        hits.sort_by_key(|hit| (hit.term.concept, hit.span.start));
        let groups: Vec<Vec<&Hit>> =
            hits.chunk_by(|a, b| a.term.concept == b.term.concept).map(<[&Hit]>::to_vec).collect();
        groups.into_iter().filter_map(move |same| issue(scope, &same, &rendered))
    };
    scope.sure_beads().flat_map(of_bead).collect()
}

fn issue(scope: &Scope<'_>, same: &[&Hit], rendered: &[&Hit]) -> Option<Issue> {
    let last = same.last()?;
    let side = scope.side(last.lang)?;
    let other = scope.side(last.lang.other())?;
    let of_concept: Vec<&Hit> =
        rendered.iter().copied().filter(|other| other.term.concept == last.term.concept).collect();
    let (count, wanted) = (mentions(other.text(), &of_concept), mentions(side.text(), same));
    if count == 0 || count >= wanted {
        return None;
    }
    let written = last.span.of(side.text());
    let message = scope.say(
        format!("“{written}” stands {wanted} times here and {count} in the translation"),
        format!("«{written}» aparece {wanted} veces aquí y {count} en la traducción"),
    );
    Some(Issue::new(last.lang, last.span, message))
}

/// How often a text mentions what some hits are, in order; a short form in parentheses behind the long one is part of that
/// mention, and «la presidenta o el presidente» is one.
pub(super) fn mentions(text: &str, hits: &[&Hit]) -> usize {
    let is_further = |pair: &&[&Hit]| {
        let between = text.get(pair[0].span.end..pair[1].span.start).unwrap_or_default().trim();
        !matches!(between, "(" | "," | "o" | "o el" | "o la" | ", o" | "or" | ", or" | "—")
    };
    usize::from(!hits.is_empty()) + hits.windows(2).filter(is_further).count()
}
