//! The name of another thing: *secretary of state* for the one who heads Mexico's foreign ministry.

use super::agreement::agreeing;
use super::confusion::Confusion;
use super::exchanged::exchanged;
use super::rendering::head;
use super::scope::CONFIDENT;
use super::words::{Word, are_kin, within};
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::PartOfSpeech;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "wrong-concept",
        summary: "a term rendered by that of another concept",
        what: "The source has a term, its translation none of its terms but one of a concept that the glossary says is `not-to-confuse` with it, which the source gives no reason for; or, in a sentence that is otherwise literal, the only term of the translation that nothing in the source accounts for stands where the only term without a rendering should.",
        why: "The text names another office, document or act than the source does.",
        example: "“secretary of state” for the «secretaria de Relaciones Exteriores», the foreign secretary",
        fix: "Write the term that the finding offers.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.translations().flat_map(|(target, _)| into(scope, target)).collect()
}

fn into(scope: &Scope<'_>, target: Lang) -> Vec<Issue> {
    let mut issues = Vec::new();
    for bead in 0..scope.beads.len() {
        if scope.beads[bead].score < CONFIDENT {
            continue;
        }
        let source = scope.hits_in(target.other(), &scope.stretches(bead, target.other(), 0), target.other());
        let rendered = scope.hits_in(target, &scope.stretches(bead, target, scope.reach(bead)), target);
        let mut concepts: Vec<u32> =
            source.iter().filter(|hit| hit.is_sure()).map(|hit| hit.term.concept).collect();
        concepts.sort_unstable();
        concepts.dedup();
        for meant in concepts {
            let found = confused(scope, meant, &source, &rendered);
            let found = found.filter(|(meant, wrong)| {
                !look_alike(scope, meant, wrong)
                    && !has_words(scope, meant, wrong, target, &scope.stretches(bead, target, 1))
                    && !has_head(
                        scope,
                        meant,
                        wrong,
                        target,
                        &scope.stretches(bead, target, scope.reach(bead)),
                    )
            });
            issues.extend(found.map(|(meant, wrong)| issue(scope, target, meant, wrong)));
        }
    }
    // Where it is not known which text is the translation, the other one may be the free one.
    let severity = scope.source.is_none().then_some(Severity::Note);
    let further = exchanged(scope, target).into_iter();
    let further = further.map(|(meant, wrong)| Issue { severity, ..issue(scope, target, meant, wrong) });
    issues.extend(further);
    issues
}

fn confused<'h>(
    scope: &Scope<'_>,
    meant: u32,
    source: &[&'h Hit],
    rendered: &[&'h Hit],
) -> Option<(&'h Hit, &'h Hit)> {
    let of = |hits: &[&'h Hit], concept: u32| -> Vec<&'h Hit> {
        hits.iter().copied().filter(|hit| hit.term.concept == concept).collect()
    };
    let others = scope.index.confusable(scope.termbase, meant);
    // Where a form is of two concepts, both are to be others.
    let is_other = |hit: &Hit| {
        let mut same = rendered.iter().filter(|other| other.span == hit.span);
        !hit.ambiguous || same.all(|other| others.contains(&other.term.concept))
    };
    others.iter().find_map(|&other| {
        let confusion = Confusion {
            meant: of(source, meant).into_iter().filter(|hit| hit.is_sure() && !hit.ambiguous).collect(),
            other: of(source, other),
            right: of(rendered, meant).len(),
            wrong: of(rendered, other).into_iter().filter(|hit| hit.is_sure() && is_other(hit)).collect(),
        };
        confusion.found()
    })
}

/// Whether the translation has all words of what is meant, those within names left out: *import and export duties*. They
/// count where the other term is one of the words: *secretarios de Economía y de Hacienda*.
fn has_words(scope: &Scope<'_>, meant: &Hit, wrong: &Hit, target: Lang, stretches: &[Span]) -> bool {
    let Some(side) = scope.side(target) else { return false };
    let names: Vec<Span> = scope
        .hits_in(target, stretches, target)
        .into_iter()
        .filter(|hit| scope.entry(hit).pos == Some(PartOfSpeech::Name))
        .map(|hit| hit.span)
        .collect();
    let words: Vec<&Word> = stretches.iter().flat_map(|span| within(&side.words, *span)).collect();
    let is_free = |word: &Word| !names.iter().any(|name| name.contains(word.span));
    let of_wrong: Vec<&Word> =
        within(&side.words, wrong.span).iter().filter(|word| !word.is_function).collect();
    let has_all = |stems: &Vec<String>| {
        let is_of_term = |word: &&Word| stems.iter().any(|stem| are_kin(&word.stem, stem));
        let is_part = !of_wrong.is_empty() && of_wrong.iter().all(is_of_term);
        stems
            .iter()
            .all(|stem| words.iter().any(|word| are_kin(&word.stem, stem) && (is_part || is_free(word))))
    };
    let terms = scope.index.stems(scope.termbase, meant.term.concept, target);
    terms.iter().any(|stems| stems.len() > 1 && has_all(stems))
}

/// Whether the translation calls what is meant by a shorter name beside the other term: *padrón y lista nominal*.
fn has_head(scope: &Scope<'_>, meant: &Hit, wrong: &Hit, target: Lang, stretches: &[Span]) -> bool {
    let Some(side) = scope.side(target) else { return false };
    let heads: Vec<String> = scope
        .concept(meant)
        .terms_of(target)
        .zip(scope.index.stems(scope.termbase, meant.term.concept, target))
        .filter(|(term, _)| term.term.contains(' '))
        .filter_map(|(term, telling)| head(telling, term, target).cloned())
        .collect();
    let is_free = |word: &Word| {
        !wrong.span.contains(word.span) && side.analysis.hits_in(word.span).iter().all(|hit| !hit.is_sure())
    };
    let mut words = stretches.iter().flat_map(|span| within(&side.words, *span));
    words.any(|word| heads.contains(&word.stem) && is_free(word))
}

/// Whether the two are one word in both languages: *migratorio*, *migration*.
fn look_alike(scope: &Scope<'_>, meant: &Hit, wrong: &Hit) -> bool {
    let stems = |hit: &Hit| {
        scope
            .side(hit.lang)
            .map(|side| {
                within(&side.words, hit.span)
                    .iter()
                    .filter(|word| !word.is_function)
                    .map(|word| word.stem.clone())
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    };
    let (meant, wrong) = (stems(meant), stems(wrong));
    meant.len() == wrong.len() && meant.iter().zip(&wrong).all(|(a, b)| are_kin(a, b))
}

fn issue(scope: &Scope<'_>, target: Lang, meant: &Hit, wrong: &Hit) -> Issue {
    let text =
        |lang: Lang, hit: &Hit| scope.side(lang).map_or("", |side| hit.span.of(side.text())).to_owned();
    let (source, written) = (text(target.other(), meant), text(target, wrong));
    // Where it is not known which text is the original, either of the two may be wrong.
    let (message, beside) = match scope.source {
        Some(_) => (
            scope.say(
                format!("“{written}” is not what “{source}” means"),
                format!("«{written}» no es lo que significa «{source}»"),
            ),
            scope.say("the source has this", "el original dice esto"),
        ),
        None => (
            scope.say(
                format!("“{written}” and “{source}” do not mean the same thing; one of them is wrong"),
                format!("«{written}» y «{source}» no significan lo mismo; uno de los dos está mal"),
            ),
            scope.say("the other text has this", "el otro texto dice esto"),
        ),
    };
    let mut issue = Issue::new(target, wrong.span, message).related(target.other(), meant.span, beside);
    let is_right_elsewhere = scope
        .side(target)
        .is_some_and(|side| side.sure(target).any(|hit| hit.term.concept == meant.term.concept));
    // Texts about two like things go from one to the other; offices and institutions have one name each.
    let are_named = [meant, wrong].iter().all(|hit| scope.concept(hit).kind.is_some());
    issue.severity = (is_right_elsewhere && !are_named).then_some(Severity::Note);
    let preferred = scope.concept(meant).preferred(target).filter(|term| term.is_usable());
    issue.help = preferred.map(|term| {
        let form = agreeing(term, target, scope.matcher.rule(meant.pattern));
        match scope.source {
            Some(_) => scope.say(format!("write “{form}”"), format!("escriba «{form}»")),
            None => scope.say(
                format!("if “{source}” is right, write “{form}”"),
                format!("si «{source}» es correcto, escriba «{form}»"),
            ),
        }
    });
    issue
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
id = \"office\"
not-to-confuse = \"ministry\"
terms.es = { term = \"secretario de Hacienda\", pos = \"noun\" }
terms.en = { term = \"finance minister\", pos = \"noun\" }
[[concept]]
id = \"ministry\"
terms.es = { term = \"Hacienda\", pos = \"name\" }
terms.en = { term = \"Finance Ministry\", pos = \"name\" }
[[concept]]
terms.es = { term = \"secretario de Marina\", pos = \"noun\" }
terms.en = { term = \"navy minister\", pos = \"noun\" }
";

    #[test]
    fn terms_that_share_their_head_are_no_others() {
        for (es, en, wanted) in [
            (
                "Los secretarios de Marina y de Hacienda viajarán juntos.",
                "The navy and finance ministers will travel together.",
                "",
            ),
            ("Hacienda viajará hoy.", "The finance minister will travel today.", "Hacienda"),
        ] {
            assert_eq!(found("wrong-concept", GLOSSARY, Lang::En, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
