//! What was left out: sentences without counterpart, and clauses of which nothing is found in the translation.

use super::covered::{Covered, covered, covered_each};
use super::scope::CONFIDENT;
use super::words::within;
use super::{About, Issue, Rule, Scope, Side, lost_mention, subordinate};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "omission",
        summary: "a sentence or clause that the translation leaves out",
        what: "A sentence of the source has no counterpart, or a run of its words none in a translation that is shorter than usual, or a term and a name beside it none, or a clause none with a conjunction (unless, because, «salvo que», «aunque») that the translation lacks too. Words are known by the shipped word table, by their looks and by the glossary.",
        why: "The reader is not told what the source says.",
        example: "“and that no family will lose its home”, of which the translation has nothing",
        fix: "Translate what is missing, or note why it was left out.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let of = |(target, side): (Lang, &Side<'_>)| match side.words.is_empty() {
        true => nothing_there(scope, target).into_iter().collect(),
        false => left_out(scope, target),
    };
    scope.translations().flat_map(of).collect()
}

/// A translation without a word: told once, at the beginning of the source.
fn nothing_there(scope: &Scope<'_>, target: Lang) -> Option<Issue> {
    let source = scope.side(target.other()).filter(|source| !source.words.is_empty())?;
    let first = source.analysis.segments.first()?;
    let message =
        scope.say("the translation of this text is empty", "la traducción de este texto está vacía");
    Some(Issue::new(target.other(), first.span, message))
}

fn left_out(scope: &Scope<'_>, target: Lang) -> Vec<Issue> {
    let source = target.other();
    let mut issues = Vec::new();
    for (i, bead) in scope.beads.iter().enumerate().filter(|(_, bead)| bead.score >= CONFIDENT) {
        let (from, to) = match source {
            Lang::Es => (&bead.es, &bead.en),
            Lang::En => (&bead.en, &bead.es),
        };
        if from.is_empty() {
            continue;
        }
        let spans = match to.is_empty() {
            true => lone(scope, i, source),
            false => clauses(scope, i, source),
        };
        let lost = || lost_mention::lost(scope, i, source);
        let spans = if spans.is_empty() { lost().into_iter().collect() } else { spans };
        let is_doubtful = |span: Span| {
            to.is_empty()
                && bead.score < SURELY_ALONE
                && !(scope.source.is_some() && is_nowhere(scope, i, source, span))
        };
        issues.extend(spans.into_iter().map(|span| Issue {
            severity: is_doubtful(span).then_some(Severity::Note),
            ..issue(scope, source, span)
        }));
    }
    issues
}

/// The aligner is less sure of one sentence alone in a long text, which translators put elsewhere: a note.
const SURELY_ALONE: f32 = 0.75;

/// A sentence of so many telling words or more is missed.
const TELLING: usize = 3;

/// The sentences of a bead without counterpart, where the neighbours do not have their words either.
fn lone(scope: &Scope<'_>, bead: usize, source: Lang) -> Vec<Span> {
    let around = scope.stretches(bead, source.other(), 1);
    let missing = |span: &Span| {
        let found = covered(scope, source, *span, &around);
        let telling: Vec<&Covered> = found.iter().filter(|word| word.is_telling).collect();
        let share = telling.iter().filter(|word| word.is_found).count();
        telling.len() >= TELLING && share * 2 <= telling.len()
    };
    scope.stretches(bead, source, 0).into_iter().filter(missing).collect()
}

/// Whether a sentence of some length has next to none of its words in the translation around it.
fn is_nowhere(scope: &Scope<'_>, bead: usize, source: Lang, span: Span) -> bool {
    let around = scope.stretches(bead, source.other(), 1);
    let found = covered(scope, source, span, &around);
    let telling: Vec<&Covered> = found.iter().filter(|word| word.is_telling).collect();
    let share = telling.iter().filter(|word| word.is_found).count();
    telling.len() > RUN && share * LITTLE <= telling.len()
}

/// A run of telling words without counterpart is missed from so many on.
const RUN: usize = 4;

/// The runs of a bead's words of which its counterpart has nothing.
fn clauses(scope: &Scope<'_>, bead: usize, source: Lang) -> Vec<Span> {
    let opposite = scope.stretches(bead, source.other(), 1);
    let stretches = scope.stretches(bead, source, 0);
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Vec::new() };
    let words = covered_each(scope, source, Span::new(first.start, last.end), &opposite);
    let of_sentence = |span: Span| {
        let here: Vec<Covered> = words.iter().copied().filter(|word| span.contains(word.span)).collect();
        // A whole sentence is missed sooner than a part of one.
        let is_whole = here.iter().all(|word| !word.is_telling || !word.is_found);
        let enough =
            move |run: &Run| run.telling >= TELLING && run.content >= if is_whole { TELLING } else { RUN };
        runs(&here).into_iter().filter(enough).collect::<Vec<Run>>()
    };
    let whole: Vec<Span> = match stretches.len() {
        0 | 1 => Vec::new(),
        _ => {
            stretches.iter().copied().filter(|span| is_left_out(scope, bead, source, &words, *span)).collect()
        }
    };
    let runs = stretches.into_iter().flat_map(of_sentence);
    let lacking = runs.filter(|run| {
        is_clause(scope, source, run.span)
            && is_lacking(scope, bead, source, run)
            && !whole.iter().any(|sentence| sentence.overlaps(run.span))
    });
    let lacking: Vec<Span> = lacking.map(|run| run.span).collect();
    let mut all: Vec<Span> = whole.into_iter().chain(lacking).collect();
    for clause in subordinate::left_out(scope, bead, source) {
        let run = Run { span: clause.said, telling: clause.telling, content: clause.telling };
        if !all.iter().any(|span| span.overlaps(clause.span)) && is_lacking(scope, bead, source, &run) {
            all.push(clause.span);
        }
    }
    all
}

/// Whether a sentence that the aligner took together with a neighbour has no counterpart: next to nothing of its words
/// is found, those of terms included, and its length is lacking.
fn is_left_out(scope: &Scope<'_>, bead: usize, source: Lang, words: &[Covered], span: Span) -> bool {
    let content: Vec<&Covered> =
        words.iter().filter(|word| word.is_content && span.contains(word.span)).collect();
    let found = content.iter().filter(|word| word.is_found).count();
    let run = Run { span, telling: content.len(), content: content.len() };
    content.len() >= TELLING && found * LITTLE <= content.len() && is_lacking(scope, bead, source, &run)
}

/// One word in so many may be found by chance.
const LITTLE: usize = 4;

/// Whether a stretch is a clause or phrase of its own: behind a comma or a conjunction, and before a mark.
fn is_clause(scope: &Scope<'_>, lang: Lang, span: Span) -> bool {
    let Some(side) = scope.side(lang) else { return false };
    let text = side.text();
    let ends = text[span.end..].chars().find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_alphanumeric());
    let before = within(&side.words, Span::new(0, span.start)).iter().rev();
    let mut next = span.start;
    for word in before {
        let is_apart = !text[word.span.end..next].trim_matches([' ', '\n']).is_empty();
        if is_apart || JOINS.contains(&word.span.of(text)) {
            return ends;
        }
        if !word.is_function {
            return false;
        }
        next = word.span.start;
    }
    ends
}

/// Words that begin a clause or a further member.
const JOINS: &[&str] = &[
    "and", "but", "or", "unless", "although", "because", "with", "that", "after", "before", "when", "while",
    "if", "since", "until", "except", "provided", "excepto", "siempre", "y", "e", "o", "pero", "salvo",
    "aunque", "porque", "con", "que", "tras", "después", "antes", "cuando", "mientras", "si", "pues",
    "hasta",
];

/// Whether the translation of a bead is shorter than usual by most of what a run takes, and has little that the source
/// does not have: a free translation has both.
fn is_lacking(scope: &Scope<'_>, bead: usize, source: Lang, run: &Run) -> bool {
    let usual = USUAL[usize::from(source == Lang::En)];
    let lacking = usual * scope.length(bead, source) as f64 - scope.length(bead, source.other()) as f64;
    lacking >= SHORT * usual * run.span.len() as f64 && added(scope, bead, source) * 2 <= run.telling
}

/// English is a little shorter than Spanish: usual lengths from Spanish and from English.
const USUAL: [f64; 2] = [0.93, 1.075];

/// Of what a run takes so much must be lacking.
const SHORT: f64 = 0.75;

/// Telling words of a bead's translation that the source has nothing of.
fn added(scope: &Scope<'_>, bead: usize, source: Lang) -> usize {
    let target = source.other();
    let opposite = scope.stretches(bead, source, 1);
    let stretches = scope.stretches(bead, target, 0);
    let words = stretches.iter().flat_map(|span| covered(scope, target, *span, &opposite));
    words.filter(|word| word.is_telling && !word.is_found).count()
}

/// Words of which nothing is found.
struct Run {
    span: Span,
    telling: usize,
    /// The telling ones, and those of terms that are not rendered.
    content: usize,
}

/// The stretches in which no telling word is found, with some of them.
fn runs(words: &[Covered]) -> Vec<Run> {
    let mut found = Vec::new();
    for run in words.split(|word| word.is_telling && word.is_found) {
        let content: Vec<&Covered> = run.iter().filter(|word| word.is_content).collect();
        let telling = content.iter().filter(|word| word.is_telling).count();
        if let [first, .., last] = content.as_slice()
            && telling > 1
        {
            let span = Span::new(first.span.start, last.span.end);
            found.push(Run { span, telling, content: content.len() });
        }
    }
    found
}

fn issue(scope: &Scope<'_>, lang: Lang, span: Span) -> Issue {
    let message = scope.say("the translation seems to leave this out", "la traducción parece omitir esto");
    Issue::new(lang, span, message)
}
