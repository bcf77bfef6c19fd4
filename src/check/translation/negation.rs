//! A “not” that the translation lacks: “Do not open the valve”, «Abra la válvula».
//!
//! Negation is said in many ways (fails to, *sin*, unable), so this asks for a literal pair in whose translation nothing
//! whatever denies.

use super::covered::{Covered, LITERAL_FOR_LONG, covered, literal_share};
use super::words::{within, words};
use super::{About, Issue, Rule, Scope};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::text::langid::is_word_of;
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "negation-lost",
        summary: "a “not” or «no» that the translation lacks",
        what: "The source says “not”, “never”, «no», «ninguno» or the like in a sentence that is translated word by word, and the translation has no negation, no word that denies by its sense (fail, without, unable, «evitar», «falta»), and none with a prefix that does (invalid, «desconocido») beyond what the source has of these too.",
        why: "The sentence says the opposite, in fluent words.",
        example: "«Abra la válvula» for “Do not open the valve”",
        fix: "Negate the translation too.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let beads: Vec<usize> = scope.sure_beads().collect();
    scope.translations().flat_map(|(target, _)| lost(scope, &beads, target)).collect()
}

fn lost(scope: &Scope<'_>, beads: &[usize], target: Lang) -> Vec<Issue> {
    let lost = |&bead: &usize| {
        let not = first_not(scope, bead, target.other())?;
        let is_prefix = is_bound(scope, target.other(), not) && has_more_prefixes(scope, bead, target);
        let is_lost = !is_prefix
            && !denies(scope, bead, target)
            && by_sense(scope, bead, target) <= by_sense(scope, bead, target.other())
            && literal_share(scope, bead) >= LITERAL_FOR_LONG;
        is_lost.then(|| issue(scope, target.other(), not))
    };
    beads.iter().filter_map(lost).collect()
}

/// Whether a bead's side denies anything.
pub(super) fn is_denied(scope: &Scope<'_>, bead: usize, lang: Lang) -> bool {
    let Some(side) = scope.side(lang) else { return true };
    let stretches = scope.stretches(bead, lang, 0);
    let mut words = stretches.iter().flat_map(|span| within(&side.words, *span));
    words.any(|word| {
        is_negative(&fold::lower(word.span.of(side.text())), lang)
            || lang == Lang::En && is_contracted(side.text(), word.span)
    })
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
    "nunca antes",
    "más que nunca",
    "never before",
    "none other",
    "nunca más",
];

/// No phrase of these has more characters.
const LONGEST: usize = 20;

/// The first “not”, “none”, «no» or «nunca» of a bead's side that denies a verb.
fn first_not(scope: &Scope<'_>, bead: usize, lang: Lang) -> Option<Span> {
    let side = scope.side(lang)?;
    let stretches = scope.stretches(bead, lang, 0);
    let is_not = |span: &Span| {
        let written = fold::lower(span.of(side.text()));
        let is_it = match lang {
            Lang::Es => {
                written == "no" && side.text()[span.end..].starts_with(' ')
                    || matches!(
                        written.as_str(),
                        "nunca" | "jamás" | "nadie" | "ninguno" | "ninguna" | "ningún" | "tampoco"
                    )
            }
            Lang::En => {
                let is_never = matches!(written.as_str(), "never" | "none" | "nobody" | "neither" | "nor");
                matches!(written.as_str(), "not" | "cannot") || is_never || is_contracted(side.text(), *span)
            }
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
    let words: &[&str] = match lang {
        Lang::Es => &[
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
            "demasiado",
            "demasiada",
        ],
        Lang::En => &[
            "no", "not", "cannot", "never", "nor", "neither", "none", "nobody", "nothing", "nowhere",
            "without", "unless", "hardly", "barely", "scarcely", "rather", "except", "instead", "too", "non",
        ],
    };
    words.contains(&written)
}

/// Words by which a denial may be rendered, as «no … hasta» is “only … when”, in groups of Spanish and English: one denies
/// where the source has none of its group. «Solo lectura» is “read-only”, denied or not.
const LIMITS: &[[&[&str]; 2]] = &[
    [
        &["solo", "sólo", "sola", "únicamente", "solamente", "único", "única"],
        &["only", "just", "alone", "merely", "solely", "sole"],
    ],
    [&["hasta"], &["until", "till"]],
    [&["aún", "todavía", "aun"], &["still", "yet"]],
    [&["poco", "poca", "pocos", "pocas"], &["few", "little", "fewer"]],
    [&["menos"], &["less", "fewer", "least", "minus"]],
    [&["sino", "pero"], &["but"]],
];

/// Whether a word limits what is said, and nothing of its group on the other side is the reason for it.
fn is_limit(written: &str, lang: Lang, others: &[String]) -> bool {
    let group = LIMITS.iter().find(|group| group[lang as usize].contains(&written));
    group.is_some_and(|group| {
        !others.iter().any(|other| group[lang.other() as usize].contains(&other.as_str()))
    })
}

/// The words of some stretches, in small letters.
fn written(scope: &Scope<'_>, lang: Lang, stretches: &[Span]) -> Vec<String> {
    let Some(side) = scope.side(lang) else { return Vec::new() };
    let words = stretches.iter().flat_map(|span| within(&side.words, *span));
    words.map(|word| fold::lower(word.span.of(side.text()))).collect()
}

/// Whether a bead's side has a word that denies, or one with a denying prefix that the other side has nothing of.
fn denies(scope: &Scope<'_>, bead: usize, lang: Lang) -> bool {
    let Some(side) = scope.side(lang) else { return true };
    let opposite = scope.stretches(bead, lang.other(), scope.reach(bead));
    let others = written(scope, lang.other(), &opposite);
    let stretches = scope.stretches(bead, lang, scope.reach(bead));
    let words = stretches.iter().flat_map(|span| covered(scope, lang, *span, &opposite));
    let denied = |word: Covered| {
        let written = fold::lower(word.span.of(side.text()));
        is_negative(&written, lang)
            || is_limit(&written, lang, &others)
            || lang == Lang::En && is_contracted(side.text(), word.span)
            || word.is_content && !word.is_found && has_prefix(&written, lang)
    };
    words.into_iter().any(denied) || leaves_out(&written(scope, lang, &stretches))
}

/// Whether something is said to be left out: «no incluye», “leaves out”.
fn leaves_out(words: &[String]) -> bool {
    let is_it = |pair: &[String]| {
        matches!(
            pair[0].as_str(),
            "leave" | "leaves" | "left" | "leaving" | "deja" | "dejan" | "dejó" | "dejaron"
        ) && matches!(pair[1].as_str(), "out" | "fuera")
    };
    words.windows(2).any(is_it)
}

/// Whether a «no» stands before a participle, as which it may be a prefix: *no acompañado*, “unaccompanied”.
fn is_bound(scope: &Scope<'_>, lang: Lang, not: Span) -> bool {
    let Some(side) = scope.side(lang).filter(|_| lang == Lang::Es) else { return false };
    let next = within(&side.words, Span::new(not.end, side.text().len())).first();
    let next = next.map(|word| fold::lower(word.span.of(side.text()))).unwrap_or_default();
    ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"].iter().any(|ending| next.ends_with(ending))
}

/// Whether a bead's side has more words with a denying prefix than the other one.
fn has_more_prefixes(scope: &Scope<'_>, bead: usize, lang: Lang) -> bool {
    let count = |lang: Lang| {
        let stretches = scope.stretches(bead, lang, scope.reach(bead));
        written(scope, lang, &stretches).iter().filter(|word| has_prefix(word, lang)).count()
    };
    count(lang) > count(lang.other())
}

/// Whether a word is another one denied: inválido, unpaid.
fn has_prefix(written: &str, lang: Lang) -> bool {
    let prefixes: &[&str] = match lang {
        Lang::Es => &["in", "im", "i", "des", "anti"],
        Lang::En => &["un", "in", "im", "ir", "il", "dis", "non", "mis", "anti"],
    };
    let is_word = |rest: &str| {
        rest.len() > 3
            && (lang.is_ordinary(rest)
                || is_word_of(rest, lang)
                || words(rest, lang).first().is_some_and(|word| word.entry.is_some()))
    };
    written.ends_with("less")
        || prefixes.iter().any(|prefix| written.strip_prefix(prefix).is_some_and(is_word))
}

/// How many words of a bead's side deny by their sense.
fn by_sense(scope: &Scope<'_>, bead: usize, lang: Lang) -> usize {
    let beginnings: &[&str] = match lang {
        Lang::Es => &[
            "neg", "nieg", "impid", "imped", "evit", "rechaz", "rehus", "falt", "carec", "carenc", "ausen",
            "dejar", "dejó", "deja", "deje", "prohib", "abst", "omit", "exclu", "ajen", "libre", "exent",
            "imposib", "difer", "exim", "descon", "descart", "desist", "incapa", "incumpl", "incap",
            "suspend", "cancel", "resist", "imped",
        ],
        Lang::En => &[
            "fail", "lack", "refus", "declin", "deny", "denie", "denial", "prevent", "avoid", "unable",
            "prohibit", "banned", "forb", "absen", "miss", "stop", "exclu", "free", "reject", "withh",
            "omit", "refrain", "keep", "kept", "differ", "doubt", "remain", "cancel", "suspend", "resist",
            "spare", "exempt",
        ],
    };
    let whole: &[&str] = match lang {
        Lang::Es => &["contra", "cero", "parar", "paró", "pare", "paren"],
        Lang::En => &["ban", "bans", "short", "zero", "against", "still"],
    };
    let is_such = |word: &&String| {
        whole.contains(&word.as_str()) || beginnings.iter().any(|beginning| word.starts_with(beginning))
    };
    let stretches = scope.stretches(bead, lang, scope.reach(bead));
    written(scope, lang, &stretches).iter().filter(is_such).count()
}

fn issue(scope: &Scope<'_>, lang: Lang, not: Span) -> Issue {
    let message = scope.say("the translation does not negate this", "la traducción no niega esto");
    // Where it is not known which text is the translation, the other one may say it by a word with that sense.
    let severity = scope.source.is_none().then_some(Severity::Note);
    Issue { severity, ..Issue::new(lang, not, message) }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn what_limits_denies_where_the_source_has_no_such_word() {
        let others = |words: &str| -> Vec<String> { words.split(' ').map(str::to_owned).collect() };
        for (written, lang, source, wanted) in [
            ("only", Lang::En, "no abrirá hasta el lunes", true),
            ("only", Lang::En, "la carpeta no es de solo lectura", false),
            ("solo", Lang::Es, "it does not open until monday", true),
            ("hasta", Lang::Es, "do not wait until monday", false),
            ("to", Lang::En, "la falta de aviso no libera", false),
            ("folder", Lang::En, "la carpeta", false),
        ] {
            assert_eq!(is_limit(written, lang, &others(source)), wanted, "{written}: {source}");
        }
    }

    #[test]
    fn a_negation_is_lost_where_nothing_denies() {
        let found = |source, es, en| testing::found("negation-lost", "", source, es, en);
        for (source, es, en, wanted) in [
            (Lang::En, "Abra la puerta durante la noche.", "Do not open the door during the night.", 1),
            (Lang::Es, "La carpeta no es de solo lectura.", "The folder is read-only.", 1),
            (
                Lang::En,
                "Tome este medicamento si es alérgico a la penicilina.",
                "Do not take this medicine if you are allergic to penicillin.",
                1,
            ),
            (Lang::Es, "El puente no abrirá hasta el lunes.", "The bridge will open only on Monday.", 0),
            (Lang::En, "Los 14 pasajeros tenían boleto.", "None of the 14 passengers had a ticket.", 1),
            (
                Lang::En,
                "Ninguno de los 14 pasajeros tenía boleto.",
                "None of the 14 passengers had a ticket.",
                0,
            ),
            (Lang::En, "El archivo es inválido.", "The file is not valid.", 0),
            (Lang::Es, "Llegó una menor no acompañada.", "An unaccompanied girl arrived.", 0),
            (
                Lang::Es,
                "Las cifras del hospital no incluyen el turno.",
                "The hospital figures leave out the shift.",
                0,
            ),
            (Lang::En, "El director rehusó firmar la carta.", "The director did not sign the letter.", 0),
            (Lang::Es, "No solo llegó tarde el tren.", "The train arrived late.", 0),
            (
                Lang::En,
                "Mantenga cerrada la puerta durante la noche.",
                "Do not open the door during the night.",
                0,
            ),
        ] {
            assert_eq!(found(source, es, en).len(), wanted, "{es} {en}");
        }
    }

    #[test]
    fn prefixes_deny_what_is_a_word_without_them() {
        for (word, lang, wanted) in [
            ("inválido", Lang::Es, true),
            ("desconocido", Lang::Es, true),
            ("imposible", Lang::Es, true),
            ("unable", Lang::En, true),
            ("useless", Lang::En, true),
            ("alérgico", Lang::Es, false),
            ("apague", Lang::Es, false),
            ("interior", Lang::Es, false),
            ("under", Lang::En, false),
        ] {
            assert_eq!(has_prefix(word, lang), wanted, "{word}");
        }
    }
}
