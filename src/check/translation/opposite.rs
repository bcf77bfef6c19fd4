//! The opposite of what the source says: *exportación* for “import”, *cayó* for “rose”.

use std::sync::LazyLock;

use super::covered::literal_beside;
use super::negation::is_denied;
use super::shipped::{lines, list};
use super::words::{Word, within, words};
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "opposite-meaning",
        summary: "a word that says the opposite of the source's",
        what: "The source has a word of one pole of a table of opposites that the program carries (import and export, rise and fall, lessor and lessee), its translation none of that pole but one of the other, and the source none of the other. Asked in literal sentences in which nothing is denied.",
        why: "The sentence is fluent and says the reverse.",
        example: "«el impuesto de exportación» for “the import duty”",
        fix: "Write the word that the source asks for.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

/// The words of a pole in Spanish and in English.
type Pole = [Vec<Word>; 2];

/// The pairs of poles.
static OPPOSITES: LazyLock<Vec<[Pole; 2]>> = LazyLock::new(|| {
    let entry =
        |cell: &'static str, lang| list(cell).flat_map(|word| words(word, lang)).collect::<Vec<Word>>();
    let rows = lines::<4>(include_str!("../../../data/check/opposites.tsv"));
    rows.map(|[en, es, other_en, other_es]| {
        [[entry(es, Lang::Es), entry(en, Lang::En)], [entry(other_es, Lang::Es), entry(other_en, Lang::En)]]
    })
    .collect()
});

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let sure: Vec<usize> = scope.sure_beads().collect();
    let into =
        |target: Lang| sure.iter().flat_map(move |bead| opposites(scope, *bead, target)).collect::<Vec<_>>();
    scope.translations().flat_map(|(target, _)| into(target)).collect()
}

fn opposites(scope: &Scope<'_>, bead: usize, target: Lang) -> Vec<Issue> {
    let source = target.other();
    let of = |lang: Lang| -> Vec<&Word> {
        let Some(side) = scope.side(lang) else { return Vec::new() };
        let stretches = scope.stretches(bead, lang, scope.reach(bead));
        stretches
            .iter()
            .flat_map(|span| within(&side.words, *span))
            .filter(|word| !word.is_function)
            .collect()
    };
    let (own, rendered) = (of(source), of(target));
    let first = |all: &[&Word], pole: &Pole, lang: Lang| -> Option<Span> {
        let is_of_pole = |word: &&&Word| pole[lang as usize].iter().any(|other| is_same(word, other));
        all.iter().find(is_of_pole).map(|word| word.span)
    };
    let found = |said: &Pole, opposite: &Pole| -> Option<(Span, Span)> {
        let meant = first(&own, said, source)?;
        let wrong = first(&rendered, opposite, target)?;
        let is_right = stands(&rendered, &said[target as usize]) || stands(&own, &opposite[source as usize]);
        (!is_right).then_some((meant, wrong))
    };
    let pairs = OPPOSITES.iter().flat_map(|[one, other]| [found(one, other), found(other, one)]).flatten();
    let pairs: Vec<(Span, Span)> = pairs.collect();
    if pairs.is_empty() || Lang::ALL.into_iter().any(|lang| is_denied(scope, bead, lang)) {
        return Vec::new();
    }
    let is_literal = |&(meant, wrong): &(Span, Span)| {
        literal_beside(scope, bead, &[(source, meant), (target, wrong)]) >= LITERAL
    };
    let told = pairs.into_iter().filter(is_literal);
    told.map(|(meant, wrong)| issue(scope, target, meant, wrong)).collect()
}

/// So much of the sentence beside the two words must have a counterpart.
const LITERAL: f64 = 0.55;

/// Whether one of some words stands among others, with pronouns behind it too: *desinstálelo*.
fn stands(all: &[&Word], pole: &[Word]) -> bool {
    let is_it = |word: &Word, other: &Word| {
        is_same(word, other) || other.stem.len() >= LONG && word.stem.starts_with(other.stem.as_str())
    };
    all.iter().any(|word| pole.iter().any(|other| is_it(word, other)))
}

/// A stem of so many letters begins no other word by chance.
const LONG: usize = 5;

/// Whether two words are forms of one: by their stems, or as the dictionary knows irregular forms.
fn is_same(one: &Word, other: &Word) -> bool {
    one.stem == other.stem || one.entry.is_some() && one.entry == other.entry
}

fn issue(scope: &Scope<'_>, target: Lang, meant: Span, wrong: Span) -> Issue {
    let text = |lang: Lang, span: Span| scope.side(lang).map_or("", |side| span.of(side.text()));
    let (source, written) = (text(target.other(), meant), text(target, wrong));
    let message = scope.say(
        format!("“{written}” says the opposite of “{source}”"),
        format!("«{written}» dice lo contrario de «{source}»"),
    );
    let label = scope.say("the source has this", "el original dice esto");
    // Where it is not known which text is the translation, the other one may turn the sentence round.
    let severity = scope.source.is_none().then_some(Severity::Note);
    Issue { severity, ..Issue::new(target, wrong, message).related(target.other(), meant, label) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    #[test]
    fn the_opposite_is_told() {
        for (es, en, wanted) in [
            (
                "El decreto eleva el impuesto de exportación al calzado.",
                "The decree raises the import duty on footwear.",
                "exportación",
            ),
            (
                "El decreto eleva el impuesto de importación al calzado.",
                "The decree raises the import duty on footwear.",
                "",
            ),
            ("La inflación subió en marzo en México.", "Inflation fell in March in Mexico.", "subió"),
            ("La inflación no subió en marzo en México.", "Inflation fell in March in Mexico.", ""),
            (
                "Si falla, desinstálelo y vuelva a instalarlo.",
                "If it fails, uninstall it and install it again.",
                "",
            ),
            ("La importación y la exportación crecieron.", "Imports and exports grew.", ""),
        ] {
            assert_eq!(found("opposite-meaning", "", Lang::En, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
