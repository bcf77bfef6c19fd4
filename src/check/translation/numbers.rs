//! Figures that the two texts state differently.
//!
//! What the quantities of a sentence are and when two agree is told in [`quantity`]; here they are taken from the beads,
//! and what a neighbouring sentence accounts for is dropped.

use super::scope::CONFIDENT;
use super::{About, Issue, Rule, Scope};
use crate::check::quantity::{self, Contrast, Difference, Kind, Quantity, Unit, agree, amount, compare};
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
        what: "A sentence has a figure that its translation lacks, and the translation has another one of the same sort in its place: an amount, a percentage, a sum of money, a year, a month, a day, a part (two thirds); or the same figure is of pesos in one and of dollars in the other, or percent for points. Conversions (miles, kilometers), rounding, hours, halves and quarters are not compared.",
        why: "A digit was mistyped, left out or transposed.",
        example: "“36 tank trucks” in the source, «63 pipas» in the translation",
        fix: "Write the figure of the source; where the source is wrong, tell its author.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check: mismatches,
};

fn scales(scope: &Scope<'_>) -> Vec<Issue> {
    of_kinds(scope, &[Difference::Scale])
}

fn mismatches(scope: &Scope<'_>) -> Vec<Issue> {
    of_kinds(scope, &[Difference::Value, Difference::Unit])
}

/// The issues of some kinds among the contrasts, which both rules take from here.
fn of_kinds(scope: &Scope<'_>, kinds: &[Difference]) -> Vec<Issue> {
    let contrasts = scope.contrasts.get_or_init(|| contrasts(scope));
    let of_kind = contrasts.iter().filter(|contrast| kinds.contains(&contrast.kind));
    of_kind.map(|contrast| issue(scope, contrast)).collect()
}

fn contrasts(scope: &Scope<'_>) -> Vec<Contrast> {
    let beads: Vec<[Vec<Quantity>; 2]> =
        (0..scope.beads.len()).map(|bead| Lang::ALL.map(|lang| quantities(scope, bead, lang))).collect();
    let sure = (0..beads.len()).filter(|&bead| scope.beads[bead].score >= CONFIDENT);
    let found = sure.flat_map(|bead| {
        let [es, en] = &beads[bead];
        let around = &beads[bead.saturating_sub(1)..(bead + 2).min(beads.len())];
        compare(es, en).into_iter().filter(|contrast| !is_accounted_for(contrast, around))
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

/// Whether the sentences around have the figures that seem to be missing.
fn is_accounted_for(contrast: &Contrast, around: &[[Vec<Quantity>; 2]]) -> bool {
    if contrast.kind == Difference::Unit {
        return false;
    }
    let has = |side: usize, quantity: &Quantity| {
        around.iter().any(|bead| bead[side].iter().any(|other| agree(quantity, other)))
    };
    has(1, &contrast.es) || has(0, &contrast.en)
}

/// The issue stands in the translation; in the Spanish text where it is not known which one that is.
fn issue(scope: &Scope<'_>, contrast: &Contrast) -> Issue {
    let target = scope.source.map_or(Lang::Es, Lang::other);
    let (here, there) = match target {
        Lang::Es => (&contrast.es, &contrast.en),
        Lang::En => (&contrast.en, &contrast.es),
    };
    let written = |quantity: &Quantity, lang: Lang| {
        scope.side(lang).map_or("", |side| quantity.span.of(side.text())).to_owned()
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
        (Difference::Unit, _) | (_, Kind::Month | Kind::Weekday) => quantity::write(there, target),
        (Difference::Scale | Difference::Value, _) => None,
    };
    let right = right.unwrap_or_else(|| amount(there.values[0], target));
    // Where the unit is the fault, it is shown too.
    let shown_with_unit = |quantity: &Quantity| match contrast.kind {
        Difference::Unit => Span::new(quantity.span.start, quantity.unit_end),
        Difference::Scale | Difference::Value => quantity.span,
    };
    let mut issue = Issue::new(target, shown_with_unit(here), message).related(
        target.other(),
        shown_with_unit(there),
        "",
    );
    issue.help = (!matches!(there.kind, Kind::Part | Kind::Ordinal)).then(|| match scope.source {
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

/// What a quantity is counted in, as a message says it.
fn unit_name(quantity: &Quantity, ui: Lang) -> &'static str {
    let [es, en] = match (quantity.kind, quantity.unit) {
        (Kind::Percent, _) => ["por ciento", "percent"],
        (_, Some(Unit::Dollar)) => ["dólares", "dollars"],
        (_, Some(Unit::Peso)) => ["pesos", "pesos"],
        (_, Some(Unit::BasisPoint)) => ["puntos base", "basis points"],
        _ => ["puntos porcentuales", "percentage points"],
    };
    if ui == Lang::Es { es } else { en }
}

/// Whether one form of words may take the place of another: both are counted in millions or more.
fn is_plain(quantity: &Quantity) -> bool {
    quantity.values.len() == 1 && quantity.values[0] >= 1e6
}
