//! Another word for what the same text has named already: *demandantes de asilo* after *solicitantes de asilo*.

use super::agreement::agreeing;
use super::covered::{LITERAL, covered, literalness};
use super::rendering::{Rendering, rendering};
use super::scope::CONFIDENT;
use super::words::{Word, are_kin, telling, translate, within};
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "inconsistent-rendering",
        summary: "another word for what the same text has named already",
        what: "A term of the source is rendered by one of the glossary's terms in one place, and in another by words that the glossary does not give. Shorter later mentions (“the brokers”) are no finding.",
        why: "Readers take two names for two things.",
        example: "«demandantes de asilo» where the text has «solicitantes de asilo» before",
        fix: "Write the same term throughout, or add the other one to the glossary.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.translations().flat_map(|(target, side)| drifts(scope, target, side)).collect()
}

fn drifts(scope: &Scope<'_>, target: Lang, side: &Side<'_>) -> Vec<Issue> {
    let Some(source) = scope.side(target.other()) else { return Vec::new() };
    let named = |hit: &Hit| side.sure(target).any(|other| other.term.concept == hit.term.concept);
    let mut issues = Vec::new();
    for hit in source.sure(target.other()).filter(|hit| !hit.ambiguous && named(hit)) {
        let is_expected = scope.entry(hit).expect != Some(false);
        if let Some(span) = is_expected.then(|| drift(scope, target, side, source, hit)).flatten() {
            issues.push(issue(scope, target, side, hit, span));
        }
    }
    issues
}

/// What stands for a hit where none of its terms does.
fn drift(scope: &Scope<'_>, target: Lang, side: &Side<'_>, source: &Side<'_>, hit: &Hit) -> Option<Span> {
    let bead = scope.bead_at(hit.lang, hit.span)?;
    if scope.beads[bead].score < CONFIDENT {
        return None;
    }
    let stretches = scope.stretches(bead, target, 0);
    match rendering(scope, hit, target, &stretches) {
        Rendering::Part => other_head(scope, target, side, source, hit, &stretches),
        Rendering::Nothing => synonym(target, side, source, hit, &stretches)
            .or_else(|| last_left(scope, target, side, source, hit, &stretches)),
        _ => None,
    }
}

/// The phrase that has the rest of the term under another head: *demandantes* de asilo, customs *agents*.
fn other_head(
    scope: &Scope<'_>,
    target: Lang,
    side: &Side<'_>,
    source: &Side<'_>,
    hit: &Hit,
    stretches: &[Span],
) -> Option<Span> {
    let concept = scope.concept(hit);
    if is_modifier(source, hit) {
        return None;
    }
    let modifiers: Vec<Modifier> =
        concept.terms_of(target).flat_map(|term| modifiers(&term.term, target)).collect();
    let words: Vec<&Word> = stretches.iter().flat_map(|span| within(&side.words, *span)).collect();
    words.iter().enumerate().find_map(|(i, word)| {
        let is_part = |modifier: &&Modifier| !word.is_function && are_kin(&modifier.stem, &word.stem);
        let modifier = modifiers.iter().find(is_part)?;
        let span = match target {
            Lang::Es => {
                let head = words[..i].iter().rposition(|word| !word.is_function)?;
                // Joined as in the term: a noun with its complement, no verb with its object.
                let is_joined = match modifier.with_of {
                    true => i == head + 2 && is_of(side, words[head + 1]),
                    false => i == head + 1,
                };
                is_joined.then(|| Span::new(words[head].span.start, word.span.end))?
            }
            Lang::En => {
                let head = words.get(i + 1).filter(|word| !word.is_function)?;
                Span::new(word.span.start, head.span.end)
            }
        };
        // A part of it may be a term: customs agents.
        let is_within = |other: &Hit| span.contains(other.span) && other.span.len() < span.len();
        let mut hits = side.analysis.hits.iter().filter(|other| other.is_sure());
        let is_free = hits.all(|other| !other.span.overlaps(span) || is_within(other));
        (is_free && !span.of(side.text()).contains([',', '.', ';', ':', '\n'])).then_some(span)
    })
}

/// A word of a term behind its head.
struct Modifier {
    stem: String,
    /// It is joined by *de*.
    with_of: bool,
}

fn modifiers(term: &str, lang: Lang) -> Vec<Modifier> {
    let stems = telling(term, lang);
    let with_of = term.contains(" de ");
    let behind = match lang {
        Lang::Es => stems.get(1..),
        Lang::En => stems.split_last().map(|(_, before)| before),
    };
    behind.into_iter().flatten().map(|stem| Modifier { stem: stem.clone(), with_of }).collect()
}

/// Whether a term stands within a larger one: *funcionario de casilla*.
fn is_modifier(source: &Side<'_>, hit: &Hit) -> bool {
    let before = source.text()[..hit.span.start].trim_end();
    hit.lang == Lang::Es
        && [" de", " del", " de la", " de los", " de las"].iter().any(|of| before.ends_with(of))
}

fn is_of(side: &Side<'_>, word: &Word) -> bool {
    word.span.of(side.text()) == "de"
}

/// How likely a word must be a translation to be taken for one.
const LIKELY: f32 = 0.02;

/// A word of no term that the word table knows as a translation of the term's head.
fn synonym(target: Lang, side: &Side<'_>, source: &Side<'_>, hit: &Hit, stretches: &[Span]) -> Option<Span> {
    let term: Vec<&Word> = within(&source.words, hit.span).iter().filter(|word| !word.is_function).collect();
    let [head] = term.as_slice() else { return None };
    let likely = |word: &Word| translate(target, word, head);
    let words = stretches.iter().flat_map(|span| within(&side.words, *span));
    let free = |word: &&Word| !word.is_function && side.analysis.hits_in(word.span).is_empty();
    let best = words.filter(free).max_by(|a, b| likely(a).total_cmp(&likely(b)))?;
    (likely(best) >= LIKELY).then_some(best.span)
}

/// The one noun of a literal translation that nothing in the source accounts for, as nothing in it does for the term.
fn last_left(
    scope: &Scope<'_>,
    target: Lang,
    side: &Side<'_>,
    source: &Side<'_>,
    hit: &Hit,
    stretches: &[Span],
) -> Option<Span> {
    let bead = scope.bead_at(hit.lang, hit.span)?;
    let is_one_word = within(&source.words, hit.span).iter().filter(|word| !word.is_function).count() == 1;
    if !is_one_word || literalness(scope, bead, hit) < LITERAL || !is_noun(source, hit.lang, hit.span) {
        return None;
    }
    let opposite = scope.stretches(bead, hit.lang, 0);
    let words = stretches.iter().flat_map(|span| covered(scope, target, *span, &opposite));
    let mut left = words.filter(|word| {
        word.is_telling
            && !word.is_found
            && is_noun(side, target, word.span)
            && is_special(side, target, word.span)
    });
    left.next().map(|word| word.span).filter(|_| left.next().is_none())
}

/// Whether a place stands behind an article or the like.
fn is_noun(side: &Side<'_>, lang: Lang, span: Span) -> bool {
    let before = within(&side.words, Span::new(span.start.saturating_sub(12), span.start));
    let articles: &[&str] = match lang {
        Lang::Es => {
            &["el", "la", "los", "las", "un", "una", "del", "al", "su", "sus", "este", "esta", "ese", "esa"]
        }
        Lang::En => &["the", "a", "an", "its", "their", "his", "her", "this", "that"],
    };
    before.last().is_some_and(|word| {
        side.text()[word.span.end..span.start].trim().is_empty()
            && articles.contains(&fold::lower(word.span.of(side.text())).as_str())
    })
}

/// Whether a noun in small letters is one that names few things: *la empresa* and *the measure* may be anything.
fn is_special(side: &Side<'_>, lang: Lang, span: Span) -> bool {
    let written = span.of(side.text());
    let is_known = within(&side.words, span).iter().any(|word| word.number.is_some());
    written.starts_with(char::is_lowercase) && !is_known && !lang.is_ordinary(written)
}

fn issue(scope: &Scope<'_>, target: Lang, side: &Side<'_>, hit: &Hit, span: Span) -> Issue {
    let written = span.of(side.text());
    let before = side.sure(target).find(|other| other.term.concept == hit.term.concept);
    let message = scope.say(
        format!("“{written}” for what the text calls otherwise elsewhere"),
        format!("«{written}» por lo que el texto llama de otro modo"),
    );
    let mut issue = Issue::new(target, span, message);
    if let Some(before) = before {
        issue = issue.related(target, before.span, scope.say("so it is called here", "aquí se llama así"));
        let form = agreeing(scope.entry(before), target, scope.matcher.rule(hit.pattern));
        issue.help = Some(scope.say(format!("write “{form}”"), format!("escriba «{form}»")));
    }
    issue
}
