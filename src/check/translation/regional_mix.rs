//! Words of another region than the reader's: *ordenador* in a Mexican text.

use super::agreement::agreeing;
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::LangTag;
use crate::termbase::view::{Nearness, nearness, preferred_for};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "regional-mix",
        summary: "a word of another region",
        what: "The text has a term that the glossary gives for another region only (`terms.es-ES`, `region = \"es-ES\"`), while its working language is that of another (`languages = [\"es-MX\", …]`).",
        why: "Readers notice at once that a text was not written for them.",
        example: "«autopista de peaje» in a Mexican text, where it is an «autopista de cuota»",
        fix: "Write the word of the region that the finding offers.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (lang, side) in scope.judged() {
        for hit in side.sure(lang).filter(|hit| !hit.ambiguous) {
            let Some(tag) = foreign(scope, lang, hit) else { continue };
            let written = hit.span.of(side.text());
            let message = scope.say(
                format!("“{written}” is {tag}, the text is {}", scope.readers(lang)),
                format!("«{written}» es de {tag} y el texto, de {}", scope.readers(lang)),
            );
            let mut issue = Issue::new(lang, hit.span, message);
            if let Some(term) = preferred_for(scope.concept(hit), scope.readers(lang)) {
                let form = agreeing(term, lang, scope.matcher.rule(hit.pattern));
                issue.help = Some(scope.say(format!("write “{form}”"), format!("escriba «{form}»")));
                issue.replacement = Some(form);
            }
            issues.push(issue);
        }
    }
    issues
}

/// The region of a term, where it is not that of the readers.
fn foreign<'a>(scope: &Scope<'a>, lang: Lang, hit: &Hit) -> Option<&'a LangTag> {
    let (entry, section) = (scope.entry(hit), scope.termbase.section(hit.term));
    let readers = scope.readers(lang);
    readers.region()?;
    let tag = entry.region.as_ref().unwrap_or(&section.tag);
    tag.region()?;
    (nearness(tag, readers) == Some(Nearness::Foreign)).then_some(tag)
}
