//! Figures that the two texts state differently.
//!
//! What the quantities of a sentence are and when two agree is told in [`quantity`]; here they are taken from the beads,
//! and what a neighbouring sentence accounts for is dropped.

use super::covered::{LITERAL_FOR_LONG, literal_share};
use super::words::within;
use super::{About, Issue, Rule, Scope};
use crate::check::quantity::{
    self, Contrast, Difference, Kind, Quantity, agree, amount, compare, hour, unit_name,
};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::text::Span;

/// The same digits at another scale.
pub(super) static SCALE: Rule = Rule {
    doc: RuleDoc {
        id: "number-scale",
        summary: "a figure at another scale: a billón for a billion",
        what: "Source and translation have the same digits, but one has thousands, millions or more where the other has not. A billion is mil millones and a trillion is a billón, so «1,500 millones», «mil 500 millones» and “$1.5 billion” agree.",
        why: "The amount is a thousand times too large or too small, and readers have no way to notice.",
        example: "“$1.5 billion” in the source, «1.5 billones de dólares» in the translation",
        fix: "1,500 millones de dólares",
    },
    severity: Severity::Error,
    about: About::Meaning,
    check: scales,
};

/// Another figure.
pub(super) static MISMATCH: Rule = Rule {
    doc: RuleDoc {
        id: "number-mismatch",
        summary: "a figure, or its currency, that is another one in the translation",
        what: "A sentence has a figure that its translation lacks, and the translation has another one of the same sort in its place: an amount, a percentage, a sum of money, a year, a month, a day, a part (two thirds), an hour of the day where no time zone is named; or the same figure is in another unit: pesos for dollars, percent for points, megabytes for gigabytes, calendar days for business days, °C for °F; or a figure in brackets is not the one in words before it. Right conversions (miles, kilometers), rounding, halves and quarters are no finding.",
        why: "A digit was mistyped, left out or transposed.",
        example: "“36 tank trucks” in the source, «63 pipas» in the translation",
        fix: "Write the figure of the source; where the source is wrong, tell its author.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check: mismatches,
};

/// No figure.
pub(super) static MISSING: Rule = Rule {
    doc: RuleDoc {
        id: "number-missing",
        summary: "a figure that the translation leaves out",
        what: "A sentence has a figure in digits, or one with a unit, and its translation, which is otherwise literal, none that it could be: no other figure, no word such as «mitad», “twice” or “dozen”, no unit of the same thing (a week for seven days).",
        why: "A limit, a dose or a sum is gone, and nothing in the sentence shows it.",
        example: "«hasta 1,200 acciones al año» in the source, “shares every year” in the translation",
        fix: "Write the figure of the source.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check: missing,
};

fn scales(scope: &Scope<'_>) -> Vec<Issue> {
    of_kinds(scope, &[Difference::Scale])
}

fn mismatches(scope: &Scope<'_>) -> Vec<Issue> {
    let mut issues = of_kinds(scope, &[Difference::Value, Difference::Unit]);
    issues.extend(scope.translations().flat_map(|(target, _)| in_brackets(scope, target)));
    issues
}

fn missing(scope: &Scope<'_>) -> Vec<Issue> {
    let beads = all_quantities(scope);
    let of_bead = |target: Lang, bead: usize| -> Vec<Issue> {
        let [here, there] = [target.other(), target].map(|lang| beads[bead][lang as usize].as_slice());
        let lacking = quantity::lacking(here, there).into_iter();
        let lacking = lacking
            .filter(|one| !is_spare(one, target, bead, beads) && !is_in_words(scope, bead, target, one));
        lacking.map(|one| lacking_issue(scope, target, one)).collect()
    };
    let literal = |bead: &usize| literal_share(scope, *bead) >= LITERAL_FOR_LONG;
    let literal: Vec<usize> = scope.sure_beads().filter(literal).collect();
    scope
        .translations()
        .flat_map(|(target, _)| {
            literal.iter().flat_map(move |bead| of_bead(target, *bead)).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a neighbour has the figure, and no use for it.
fn is_spare(one: &Quantity, lang: Lang, bead: usize, beads: &[[Vec<Quantity>; 2]]) -> bool {
    let neighbours =
        [bead.checked_sub(1), Some(bead + 1)].into_iter().flatten().filter_map(|at| beads.get(at));
    neighbours.into_iter().any(|beside| {
        let (own, other) = (&beside[lang as usize], &beside[lang.other() as usize]);
        own.iter().any(|same| agree(one, same) && !other.iter().any(|reason| agree(reason, same)))
    })
}

/// Whether a translation has a word that may say a figure: half, «doble», a unit of the same thing without its number.
fn is_in_words(scope: &Scope<'_>, bead: usize, lang: Lang, one: &Quantity) -> bool {
    const WORDS: [&[&str]; 2] = [
        &[
            "mitad",
            "medi",
            "dobl",
            "tripl",
            "cuadrupl",
            "par",
            "parej",
            "amb",
            "decen",
            "docen",
            "veinten",
            "cincuenten",
            "centen",
            "centenar",
            "millar",
            "quincen",
            "bimestr",
            "trimestr",
            "semestr",
            "lustr",
            "siglo",
            "sigl",
            "quinceañer",
            "mellizo",
            "gemel",
            "duo",
            "trio",
            "cuart",
            "terci",
        ],
        &[
            "half",
            "halv",
            "doubl",
            "tripl",
            "quadrupl",
            "pair",
            "coupl",
            "both",
            "dozen",
            "score",
            "twice",
            "thrice",
            "quarter",
            "fortnight",
            "biweek",
            "bimonth",
            "biennial",
            "centuri",
            "daili",
            "twin",
            "duo",
            "trio",
            "third",
        ],
    ];
    let Some(side) = scope.side(lang) else { return true };
    let stretches = scope.stretches(bead, lang, scope.reach(bead));
    let mut words = stretches.iter().flat_map(|span| within(&side.words, *span));
    words.any(|word| {
        WORDS[lang as usize].contains(&word.stem.as_str())
            || quantity::is_unit_of(word.span.of(side.text()), lang, one)
    })
}

fn lacking_issue(scope: &Scope<'_>, target: Lang, one: &Quantity) -> Issue {
    let source = target.other();
    let span = Span::new(one.span.start, one.unit_end);
    let written = scope.side(source).map_or("", |side| span.of(side.text()));
    let message = scope.say(
        format!("the translation has no figure for “{written}”"),
        format!("la traducción no tiene ninguna cifra para «{written}»"),
    );
    // Where it is not known which text is the translation, the other one may have added it.
    let severity = scope.source.is_none().then_some(Severity::Note);
    Issue { severity, ..Issue::new(source, span, message) }
}

/// Figures in brackets that are not those in words before them, «treinta (20) días», where the source has no such pair.
fn in_brackets(scope: &Scope<'_>, target: Lang) -> Vec<Issue> {
    let found = |lang: Lang, bead: usize| -> Vec<[Quantity; 2]> {
        let Some(side) = scope.side(lang) else { return Vec::new() };
        let all = &all_quantities(scope)[bead][lang as usize];
        let is_apart = |pair: &&[Quantity]| {
            let [words, digits] = [&pair[0], &pair[1]];
            let between = side.text().get(words.span.end..digits.span.start).unwrap_or("").trim();
            words.is_spelled && !digits.is_spelled && between == "(" && !agree(words, digits)
        };
        all.windows(2).filter(is_apart).map(|pair| [pair[0].clone(), pair[1].clone()]).collect()
    };
    let odd = scope.sure_beads().filter(|bead| found(target.other(), *bead).is_empty());
    odd.flat_map(|bead| found(target, bead))
        .map(|[words, digits]| bracket_issue(scope, target, &words, &digits))
        .collect()
}

fn bracket_issue(scope: &Scope<'_>, target: Lang, words: &Quantity, digits: &Quantity) -> Issue {
    let text = scope.side(target).map_or("", |side| side.text());
    let (words, digits) = (words.span, digits.span);
    let message = scope.say(
        format!("“{}” in brackets is not “{}”", digits.of(text), words.of(text)),
        format!("«{}» entre paréntesis no es «{}»", digits.of(text), words.of(text)),
    );
    Issue::new(target, digits, message)
}

/// The issues of some kinds among the contrasts, which both rules take from here.
fn of_kinds(scope: &Scope<'_>, kinds: &[Difference]) -> Vec<Issue> {
    let contrasts = scope.contrasts.get_or_init(|| contrasts(scope));
    let of_kind = contrasts.iter().filter(|contrast| kinds.contains(&contrast.kind));
    of_kind.map(|contrast| issue(scope, contrast)).collect()
}

/// The quantities of each bead, in Spanish and in English, read once for all rules.
pub(super) fn all_quantities<'s>(scope: &'s Scope<'_>) -> &'s [[Vec<Quantity>; 2]] {
    let of_bead = |bead| Lang::ALL.map(|lang| quantities(scope, bead, lang));
    scope.quantities.get_or_init(|| (0..scope.beads.len()).map(of_bead).collect())
}

fn contrasts(scope: &Scope<'_>) -> Vec<Contrast> {
    let beads = all_quantities(scope);
    let found = scope.sure_beads().flat_map(|bead| {
        let [es, en] = &beads[bead];
        let is_told = |contrast: &Contrast| {
            contrast.kind == Difference::Unit
                || !is_spare(&contrast.es, Lang::En, bead, beads)
                    && !is_spare(&contrast.en, Lang::Es, bead, beads)
        };
        compare(es, en).into_iter().filter(is_told).collect::<Vec<_>>()
    });
    found.collect()
}

/// The quantities of one side of a bead, with places in the text.
fn quantities(scope: &Scope<'_>, bead: usize, lang: Lang) -> Vec<Quantity> {
    let Some(side) = scope.side(lang) else { return Vec::new() };
    let stretches = scope.stretches(bead, lang, 0);
    let read = stretches.into_iter().flat_map(|stretch| {
        let found = quantity::read(stretch.of(side.text()), lang);
        found.into_iter().map(move |quantity| Quantity {
            span: quantity.span.shifted(stretch.start),
            unit_end: quantity.unit_end + stretch.start,
            ..quantity
        })
    });
    read.collect()
}

/// The issue stands in the translation; in the Spanish text where it is not known which one that is.
fn issue(scope: &Scope<'_>, contrast: &Contrast) -> Issue {
    let target = scope.source.map_or(Lang::Es, Lang::other);
    let (here, there) = match target {
        Lang::Es => (&contrast.es, &contrast.en),
        Lang::En => (&contrast.en, &contrast.es),
    };
    // Where the unit is the fault, it is shown too, as the half of the day is.
    let shown_span = |quantity: &Quantity| match contrast.kind {
        Difference::Unit => Span::new(quantity.span.start, quantity.unit_end),
        Difference::Value if !quantity.minutes.is_empty() => {
            Span::new(quantity.span.start, quantity.unit_end)
        }
        Difference::Scale | Difference::Value => quantity.span,
    };
    let written = |quantity: &Quantity, lang: Lang| {
        let span = if contrast.kind == Difference::Value { shown_span(quantity) } else { quantity.span };
        scope.side(lang).map_or("", |side| span.of(side.text())).to_owned()
    };
    let (shown, other) = (written(here, target), written(there, target.other()));
    let message = match contrast.kind {
        Difference::Scale => scope.say(
            format!("“{shown}” and “{other}” are not the same amount"),
            format!("«{shown}» y «{other}» no son la misma cantidad"),
        ),
        Difference::Value => scope.say(
            format!("“{shown}” stands where the other text has “{other}”"),
            format!("«{shown}» está donde el otro texto dice «{other}»"),
        ),
        Difference::Unit => {
            let [is, wanted] = [here, there].map(|quantity| unit_name(quantity, scope.ui));
            scope.say(
                format!("“{shown}” is in {is} where the other text has {wanted}"),
                format!("«{shown}» está en {is} donde el otro texto dice {wanted}"),
            )
        }
    };
    let right = match (contrast.kind, there.kind) {
        (Difference::Value, _) if !there.minutes.is_empty() => hour(there, target),
        (Difference::Unit, _) | (_, Kind::Month | Kind::Weekday) => quantity::write(there, target),
        (Difference::Scale | Difference::Value, _) => None,
    };
    let right = right.unwrap_or_else(|| amount(there.values[0], target));
    let mut issue =
        Issue::new(target, shown_span(here), message).related(target.other(), shown_span(there), "");
    let is_written = !matches!(there.kind, Kind::Part | Kind::Ordinal) && there.minutes.len() < 2;
    issue.help = is_written.then(|| match scope.source {
        Some(_) => scope.say(format!("write “{right}”"), format!("escriba «{right}»")),
        None => scope.say(
            format!("“{other}” is “{right}”; correct the one that is wrong"),
            format!("«{other}» es «{right}»; corrija la que esté mal"),
        ),
    });
    let is_safe =
        contrast.kind == Difference::Scale && scope.source.is_some() && is_plain(here) && is_plain(there);
    issue.replacement = (is_safe && !scope.is_quoted(target, here.span)).then_some(right);
    issue
}

/// Whether one form of words may take the place of another: both are counted in millions or more.
fn is_plain(quantity: &Quantity) -> bool {
    quantity.values.len() == 1 && quantity.values[0] >= 1e6
}
