//! A “not” that the translation lacks: “Do not open the valve”, «Abra la válvula».
//!
//! Negation is said in many ways (fails to, *sin*, unable), so this asks for a literal pair in whose translation nothing
//! whatever denies.

use super::covered::{LITERAL_FOR_LONG, covered};
use super::scope::CONFIDENT;
use super::words::within;
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "negation-lost",
        summary: "a “not” or «no» that the translation lacks",
        what: "The source says “not” or «no» in a sentence that is translated word by word, and the translation has no negation, no word that denies by its sense (fail, without, unable, «evitar», «falta»), and none with a prefix that does (invalid, «desconocido») beyond what the source has of these too.",
        why: "The sentence says the opposite, in fluent words.",
        example: "«Abra la válvula» for “Do not open the valve”",
        fix: "Negate the translation too.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let sure = |bead: &usize| scope.beads[*bead].score >= CONFIDENT;
    let beads: Vec<usize> = (0..scope.beads.len()).filter(sure).collect();
    scope.translations().flat_map(|(target, _)| lost(scope, &beads, target)).collect()
}

fn lost(scope: &Scope<'_>, beads: &[usize], target: Lang) -> Vec<Issue> {
    let lost = |&bead: &usize| {
        let not = first_not(scope, bead, target.other())?;
        let is_lost = !denies(scope, bead, target)
            && by_sense(scope, bead, target) <= by_sense(scope, bead, target.other())
            && is_literal(scope, bead);
        is_lost.then(|| issue(scope, target.other(), not))
    };
    beads.iter().filter_map(lost).collect()
}

/// Phrases with “not” or «no» that deny nothing, or that are rendered by what does not.
const OTHERWISE: &[&str] = &[
    "no obstante",
    "no solo",
    "no sólo",
    "no menos",
    "no más",
    "no bien",
    "no hay duda",
    "no cabe",
    "no sea",
    "no se diga",
    "no poco",
    "no poca",
    "not only",
    "not just",
    "not least",
    "not to mention",
    "not so much",
    "not until",
    "not more",
    "not less",
    "not exceed",
    "not be later",
    "not later",
    "no exced",
    "no rebas",
    "no super",
    "no deja",
    "no dejó",
    "no dejaron",
    "no hasta",
    "not yet",
];

/// No phrase of these has more characters.
const LONGEST: usize = 20;

/// The first “not” or «no» of a bead's side that denies a verb.
fn first_not(scope: &Scope<'_>, bead: usize, lang: Lang) -> Option<Span> {
    let side = scope.side(lang)?;
    let stretches = scope.stretches(bead, lang, 0);
    let is_not = |span: &Span| {
        let written = fold::lower(span.of(side.text()));
        let is_it = match lang {
            Lang::Es => written == "no" && side.text()[span.end..].starts_with(' '),
            Lang::En => matches!(written.as_str(), "not" | "cannot") || is_contracted(side.text(), *span),
        };
        let rest: String = side.text()[span.start..].chars().take(LONGEST).collect();
        let rest = fold::lower(&rest);
        is_it && !OTHERWISE.iter().any(|phrase| rest.starts_with(phrase))
    };
    let words = stretches.iter().flat_map(|span| within(&side.words, *span)).map(|word| word.span);
    words.into_iter().find(is_not)
}

/// Whether a word is a contracted “not”, in one word or cut at its apostrophe: don't.
fn is_contracted(text: &str, span: Span) -> bool {
    let ends = |rest: &str| rest.starts_with("'t") || rest.starts_with("’t");
    let written = span.of(text);
    written.ends_with("n't") || written.ends_with("n’t") || written.ends_with('n') && ends(&text[span.end..])
}

/// Words that deny by themselves.
fn is_negative(written: &str, lang: Lang) -> bool {
    match lang {
        Lang::Es => [
            "no",
            "ni",
            "nunca",
            "jamás",
            "nadie",
            "nada",
            "ningún",
            "ninguno",
            "ninguna",
            "tampoco",
            "sin",
            "salvo",
            "excepto",
            "apenas",
            "solo",
            "sólo",
            "sino",
            "únicamente",
            "hasta",
            "aún",
            "todavía",
            "poco",
            "poca",
            "pocos",
            "pocas",
            "menos",
            "demasiado",
        ]
        .contains(&written),
        Lang::En => [
            "no", "not", "cannot", "never", "nor", "neither", "none", "nobody", "nothing", "nowhere",
            "without", "unless", "until", "hardly", "barely", "scarcely", "only", "few", "little", "less",
            "rather", "except", "instead", "too", "yet", "but", "non", "just", "than",
        ]
        .contains(&written),
    }
}

/// Whether a bead's side has a word that denies, or one with a denying prefix that the other side has nothing of.
fn denies(scope: &Scope<'_>, bead: usize, lang: Lang) -> bool {
    let Some(side) = scope.side(lang) else { return true };
    let opposite = scope.stretches(bead, lang.other(), scope.reach(bead));
    let stretches = scope.stretches(bead, lang, scope.reach(bead));
    stretches.iter().flat_map(|span| covered(scope, lang, *span, &opposite)).any(|word| {
        let written = fold::lower(word.span.of(side.text()));
        is_negative(&written, lang)
            || lang == Lang::En && is_contracted(side.text(), word.span)
            || word.is_content && !word.is_found && has_prefix(&written, lang)
    })
}

fn has_prefix(written: &str, lang: Lang) -> bool {
    let prefixes: &[&str] = match lang {
        Lang::Es => &["in", "im", "ir", "il", "des", "a", "anti"],
        Lang::En => &["un", "in", "im", "ir", "il", "dis", "non", "mis", "anti"],
    };
    written.ends_with("less") || prefixes.iter().any(|prefix| written.starts_with(prefix))
}

/// How many words of a bead's side deny by their sense.
fn by_sense(scope: &Scope<'_>, bead: usize, lang: Lang) -> usize {
    let beginnings: &[&str] = match lang {
        Lang::Es => &[
            "neg", "nieg", "impid", "imped", "evit", "rechaz", "rehus", "falt", "carec", "carenc", "ausen",
            "dej", "prohib", "abst", "omit", "exclu", "ajen", "libr", "exent", "contra", "imposib", "difer",
            "exim", "desc", "inc", "cero", "suspend", "cancel", "par", "resist",
        ],
        Lang::En => &[
            "fail", "lack", "refus", "declin", "deny", "denie", "denial", "prevent", "avoid", "unable",
            "prohibit", "ban", "forb", "absen", "miss", "stop", "exclu", "free", "reject", "withh", "omit",
            "refrain", "short", "keep", "kept", "differ", "doubt", "remain", "zero", "cancel", "suspend",
            "against", "resist", "spare", "exempt", "still",
        ],
    };
    let Some(side) = scope.side(lang) else { return 0 };
    let stretches = scope.stretches(bead, lang, scope.reach(bead));
    let words = stretches.iter().flat_map(|span| within(&side.words, *span));
    let written = words.map(|word| fold::lower(word.span.of(side.text())));
    written.filter(|word| beginnings.iter().any(|beginning| word.starts_with(beginning))).count()
}

/// Whether most telling words of a bead, of both sides, are found on the other.
fn is_literal(scope: &Scope<'_>, bead: usize) -> bool {
    let (mut telling, mut found) = (0_u32, 0_u32);
    for lang in Lang::ALL {
        let opposite = scope.stretches(bead, lang.other(), scope.reach(bead));
        let stretches = scope.stretches(bead, lang, 0);
        let words = stretches.iter().flat_map(|span| covered(scope, lang, *span, &opposite));
        for word in words.filter(|word| word.is_telling) {
            telling += 1;
            found += u32::from(word.is_found);
        }
    }
    telling > 0 && f64::from(found) >= LITERAL_FOR_LONG * f64::from(telling)
}

fn issue(scope: &Scope<'_>, lang: Lang, not: Span) -> Issue {
    let message = scope.say("the translation does not negate this", "la traducción no niega esto");
    // Where it is not known which text is the translation, the other one may say it by a word with that sense.
    let severity = scope.source.is_none().then_some(Severity::Note);
    Issue { severity, ..Issue::new(lang, not, message) }
}
