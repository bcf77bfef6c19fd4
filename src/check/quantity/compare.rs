//! Comparing the quantities of a sentence with those of its translation.
//!
//! What is found on the other side, in whatever form, is settled. Of what is left, two amounts with the same digits and
//! another scale are a difference of scale; one amount left on each side of the same sort is a mismatch. Where more is
//! left, nothing is said: the sentences may not be a pair, or one of them says more.

use super::measures::{has_one_size, is_conversion, is_other, thing};
use super::{Kind, Quantity, Unit};

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The digits agree, the scale does not: a *billón* for a *billion*.
    Scale,
    /// Another figure.
    Value,
    /// The same figure of another currency, or percent for points.
    Unit,
}

/// Two quantities that should agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// What is different.
    pub kind: Difference,
    /// The Spanish quantity.
    pub es: Quantity,
    /// The English one.
    pub en: Quantity,
}

/// The differences between a Spanish sentence and an English one.
pub fn compare(es: &[Quantity], en: &[Quantity]) -> Vec<Contrast> {
    let mut left_es = unexplained(es, en);
    let mut left_en = unexplained(en, es);
    let mut found = scales(&mut left_es, &mut left_en);
    found.extend(units(es, en));
    found.extend(hours(es, en));
    settle_conversions(&mut left_es, &mut left_en);
    let sorts: Vec<Sort> = left_es.iter().filter_map(|quantity| Sort::of(quantity)).collect();
    for (i, sort) in sorts.iter().enumerate() {
        if sorts[..i].contains(sort) {
            continue;
        }
        let of_sort = |left: &[&Quantity]| -> Vec<Quantity> {
            left.iter()
                .filter(|quantity| Sort::of(quantity) == Some(*sort))
                .map(|&quantity| quantity.clone())
                .collect()
        };
        if let ([es], [en]) = (of_sort(&left_es).as_slice(), of_sort(&left_en).as_slice())
            && are_comparable(es, en)
        {
            found.push(Contrast { kind: Difference::Value, es: es.clone(), en: en.clone() });
        }
    }
    if found.is_empty() {
        found.extend(counted_twice(es, en));
    }
    found.sort_by_key(|contrast| contrast.es.span.start);
    found
}

/// The quantities of one side that the other has nothing of: no figure that it does not share is left there.
pub fn lacking<'a>(here: &'a [Quantity], there: &[Quantity]) -> Vec<&'a Quantity> {
    let is_dated = |quantity: &&Quantity| matches!(quantity.kind, Kind::Month | Kind::Weekday | Kind::Day);
    if unexplained(there, here).iter().any(|quantity| !is_dated(quantity)) {
        return Vec::new();
    }
    let is_asked = |quantity: &&Quantity| {
        let is_unit = quantity.unit.is_some() || quantity.kind == Kind::Percent;
        let sort = Sort::of(quantity);
        // One is an article as often, and a hundred percent is all.
        let is_all = quantity.kind == Kind::Percent && quantity.values.contains(&100.0);
        let is_more = quantity.values.iter().all(|value| *value > 1.0) && !is_all;
        matches!(sort, Some(Sort::Plain | Sort::Measured(_) | Sort::Point | Sort::Percent | Sort::Money))
            && (is_unit || !quantity.is_spelled)
            && quantity.minutes.is_empty()
            && is_more
    };
    unexplained(here, there).into_iter().filter(is_asked).collect()
}

/// The hours of the day that differ: one on each side that the other has not, where both have as many.
fn hours(es: &[Quantity], en: &[Quantity]) -> Option<Contrast> {
    let hours = |all: &[Quantity]| -> Vec<Quantity> {
        all.iter().filter(|quantity| !quantity.minutes.is_empty()).cloned().collect()
    };
    let (mut es, mut en) = (hours(es), hours(en));
    if es.len() != en.len() {
        return None;
    }
    es.retain(|hour| {
        let same =
            en.iter().position(|other| other.minutes.iter().any(|minutes| hour.minutes.contains(minutes)));
        same.map(|at| en.remove(at)).is_none()
    });
    let ([es], [en]) = (es.as_slice(), en.as_slice()) else { return None };
    Some(Contrast { kind: Difference::Value, es: es.clone(), en: en.clone() })
}

/// Takes the pairs out of which one is the other in another unit.
fn settle_conversions(left_es: &mut Vec<&Quantity>, left_en: &mut Vec<&Quantity>) {
    left_es.retain(|es| {
        let converted = left_en.iter().position(|en| are_converted(es, en) == Some(true));
        converted.map(|at| left_en.remove(at)).is_none()
    });
}

/// Whether two amounts in different units are the same; `None` where they cannot be held against one another.
fn are_converted(es: &Quantity, en: &Quantity) -> Option<bool> {
    let (Some(Unit::Measure(a)), Some(Unit::Measure(b))) = (es.unit, en.unit) else { return None };
    let found = pairs(es, en).map(|(x, y)| is_conversion((x, a), (y, b)));
    (a != b).then(|| found.reduce(|one, other| if other == Some(true) { other } else { one }))?.flatten()
}

/// A figure that one side has twice and the other once, with another one in its place: of each figure one is rendered by
/// one, those of one sort first.
fn counted_twice(es: &[Quantity], en: &[Quantity]) -> Option<Contrast> {
    let sure =
        |all: &'_ [Quantity]| -> Vec<Quantity> { all.iter().filter(|one| one.is_sure).cloned().collect() };
    let (mut left_es, mut left_en) = (sure(es), sure(en));
    if left_es.len() != left_en.len() || left_es.len() != es.len() || left_en.len() != en.len() {
        return None;
    }
    for same_sort in [true, false] {
        left_es.retain(|one| {
            let fits =
                |other: &Quantity| agree(one, other) && (!same_sort || Sort::of(one) == Sort::of(other));
            left_en.iter().position(fits).map(|at| left_en.remove(at)).is_none()
        });
    }
    let ([es], [en]) = (left_es.as_slice(), left_en.as_slice()) else { return None };
    let sort = Sort::of(es);
    (sort == Some(Sort::Plain) && sort == Sort::of(en)).then(|| Contrast {
        kind: Difference::Value,
        es: es.clone(),
        en: en.clone(),
    })
}

/// Whether one may stand for the other.
pub fn agree(a: &Quantity, b: &Quantity) -> bool {
    let is_name = |quantity: &Quantity| matches!(quantity.kind, Kind::Month | Kind::Weekday);
    if (is_name(a) || is_name(b)) && a.kind != b.kind {
        return false;
    }
    let is_amount = |quantity: &Quantity| matches!(quantity.kind, Kind::Amount | Kind::Money | Kind::Percent);
    if a.kind == Kind::Ordinal && is_amount(b) || b.kind == Kind::Ordinal && is_amount(a) {
        return false;
    }
    // Places in a row are no tolerances.
    if a.kind == Kind::Ordinal && b.kind == Kind::Ordinal {
        return pairs(a, b).any(|(a, b)| is_equal(a, b));
    }
    let is_part = [a, b].iter().any(|one| matches!(one.kind, Kind::Other | Kind::Part));
    pairs(a, b)
        .any(|(a, b)| is_equal(a, b) || is_rounded(a, b) || (is_part && (a - b).abs() <= 1.5 && a > 5.0))
}

/// Quantities of one sort are held against one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Plain,
    /// By what is measured.
    Measured(u8),
    OtherUnit(Unit),
    Point,
    Percent,
    Money,
    Year,
    Day,
    Month,
    Weekday,
    Part,
    Ordinal,
}

impl Sort {
    fn of(quantity: &Quantity) -> Option<Sort> {
        match (quantity.kind, quantity.unit) {
            _ if !quantity.is_sure => None,
            (Kind::Amount, None) => Some(Sort::Plain),
            (Kind::Amount, Some(Unit::Point | Unit::PercentagePoint)) => Some(Sort::Point),
            (Kind::Amount, Some(Unit::Measure(measure))) => Some(Sort::Measured(thing(measure))),
            (Kind::Amount, Some(unit)) => Some(Sort::OtherUnit(unit)),
            (Kind::Percent, _) => Some(Sort::Percent),
            (Kind::Money, _) => Some(Sort::Money),
            (Kind::Year, _) => Some(Sort::Year),
            (Kind::Day, _) => Some(Sort::Day),
            (Kind::Month, _) => Some(Sort::Month),
            (Kind::Weekday, _) => Some(Sort::Weekday),
            (Kind::Part, _) => Some(Sort::Part),
            (Kind::Ordinal, _) => Some(Sort::Ordinal),
            (Kind::Other, Some(unit @ Unit::BasisPoint)) => Some(Sort::OtherUnit(unit)),
            (Kind::Time | Kind::Other, _) => None,
        }
    }
}

/// Those that nothing on the other side accounts for.
fn unexplained<'a>(quantities: &'a [Quantity], others: &[Quantity]) -> Vec<&'a Quantity> {
    quantities.iter().filter(|quantity| !others.iter().any(|other| agree(quantity, other))).collect()
}

fn pairs<'a>(a: &'a Quantity, b: &'a Quantity) -> impl Iterator<Item = (f64, f64)> + 'a {
    a.values.iter().flat_map(|&a| b.values.iter().map(move |&b| (a, b)))
}

fn is_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Whether one is the other rounded: a figure of three digits or more, and a rounder one near it.
fn is_rounded(a: f64, b: f64) -> bool {
    let (fine, round) = if digits(a) > digits(b) { (a, b) } else { (b, a) };
    if digits(fine) < 3 || digits(fine) == digits(round) || round == 0.0 {
        return false;
    }
    let place = 10f64.powf(round.abs().log10().floor() - f64::from(digits(round)) + 1.0);
    (fine - round).abs() <= place / 2.0 + 1e-9 && (fine - round).abs() / fine.abs() < 0.05
}

/// How many digits a value has without zeros at its ends.
fn digits(value: f64) -> i32 {
    let written = format!("{:e}", value.abs());
    let mantissa = written.split('e').next().unwrap_or("");
    let count = mantissa.bytes().filter(u8::is_ascii_digit).count();
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Takes the pairs out that have the same digits at another scale.
fn scales(left_es: &mut Vec<&Quantity>, left_en: &mut Vec<&Quantity>) -> Vec<Contrast> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < left_es.len() {
        let es = left_es[at];
        match left_en.iter().position(|en| is_other_scale(es, en)) {
            Some(other) => {
                let en = left_en.remove(other);
                left_es.remove(at);
                found.push(Contrast { kind: Difference::Scale, es: es.clone(), en: en.clone() });
            }
            None => at += 1,
        }
    }
    found
}

fn is_other_scale(es: &Quantity, en: &Quantity) -> bool {
    let is_amount =
        |quantity: &Quantity| matches!(quantity.kind, Kind::Amount | Kind::Money) && quantity.is_sure;
    let thousandfold = |a: f64, b: f64| {
        let ratio = if a > b { a / b } else { b / a };
        [1e3, 1e6].into_iter().any(|scale| is_equal(ratio, scale))
    };
    is_amount(es)
        && is_amount(en)
        && (es.is_scaled || en.is_scaled)
        && (es.unit == en.unit || are_comparable(es, en) || es.unit.is_none() || en.unit.is_none())
        && pairs(es, en).any(|(a, b)| thousandfold(a, b))
}

/// The same figures in units of which one is not the other: what is converted has another figure.
fn units(es: &[Quantity], en: &[Quantity]) -> Vec<Contrast> {
    let same = |a: &Quantity, b: &Quantity| pairs(a, b).any(|(a, b)| a > 0.0 && is_equal(a, b));
    let is_alone = |one: &Quantity, others: &[Quantity]| {
        others.iter().filter(|other| same(one, other)).all(|other| is_other_unit(one, other))
    };
    let contrast = |one: &Quantity| {
        let other = en.iter().find(|other| same(one, other) && is_other_unit(one, other))?;
        (is_alone(one, en) && is_alone(other, es)).then(|| Contrast {
            kind: Difference::Unit,
            es: one.clone(),
            en: other.clone(),
        })
    };
    es.iter().filter_map(contrast).collect()
}

/// Pesos and dollars, percent and points, acres and hectares. `$` alone may be either currency in a Spanish text.
fn is_other_unit(one: &Quantity, other: &Quantity) -> bool {
    let is_points =
        |quantity: &Quantity| matches!(quantity.unit, Some(Unit::PercentagePoint | Unit::BasisPoint));
    match (one.unit, other.unit) {
        (Some(Unit::Dollar), Some(Unit::Peso)) | (Some(Unit::Peso), Some(Unit::Dollar)) => true,
        (Some(Unit::PercentagePoint), Some(Unit::BasisPoint))
        | (Some(Unit::BasisPoint), Some(Unit::PercentagePoint)) => true,
        // What has its unit from the next figure is told of there.
        (Some(Unit::Measure(a)), Some(Unit::Measure(b))) => {
            is_other(a, b) && [one, other].iter().all(|one| one.unit_end > one.span.end)
        }
        _ => one.kind == Kind::Percent && is_points(other) || other.kind == Kind::Percent && is_points(one),
    }
}

/// Whether the units let the values be held against one another.
fn are_comparable(es: &Quantity, en: &Quantity) -> bool {
    match (es.unit, en.unit) {
        (Some(Unit::Sign), Some(Unit::Dollar | Unit::Peso))
        | (Some(Unit::Dollar | Unit::Peso), Some(Unit::Sign)) => true,
        (Some(Unit::Measure(a)), Some(Unit::Measure(b))) if a == b => has_one_size(a),
        (Some(Unit::Measure(_)), Some(Unit::Measure(_))) => are_converted(es, en) == Some(false),
        (Some(Unit::Point), Some(Unit::PercentagePoint))
        | (Some(Unit::PercentagePoint), Some(Unit::Point)) => true,
        (a, b) => a == b && a != Some(Unit::OtherMoney),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::lang::Lang;

    fn differences(es: &str, en: &str) -> Vec<Difference> {
        compare(&read(es, Lang::Es), &read(en, Lang::En)).iter().map(|contrast| contrast.kind).collect()
    }

    #[test]
    fn what_agrees_or_may_is_no_difference() {
        for (es, en) in [
            ("Invertirá mil 500 millones de dólares.", "It will invest $1.5 billion."),
            ("Invertirá 1,500 millones.", "It will invest $1.5 billion."),
            ("mil quinientos millones de pesos", "1.5 billion pesos"),
            ("1.200 millones de dólares", "$1.2 billion"),
            ("un billón 200 mil millones de pesos", "1.2 trillion pesos"),
            ("2 mil 300 mdd", "$2.3bn"),
            ("más de 300 mil millones", "$300+ billion"),
            ("de 3 a 5 millones de pesos", "3 to 5 million pesos"),
            ("de 3,000 a 5,000 millones", "between $3 and $5 billion"),
            ("De los 1,240 millones se recuperaron 310.", "Of the 1.24 billion, 310 million was recovered."),
            ("creció 3,5 por ciento", "grew 3.5%"),
            ("la mitad de los casos", "50 percent of the cases"),
            ("un tercio de los votos", "33 percent of the votes"),
            ("medio millón de personas", "half a million people"),
            ("dos millones y medio", "two and a half million"),
            ("treinta y un agentes", "thirty-one officers"),
            ("doscientas cincuenta y tres mil personas", "253,000 people"),
            ("dos docenas de agentes", "24 officers"),
            ("quince días", "two weeks"),
            ("cada siete días y medio", "every seven and a half days"),
            ("160 kilómetros", "100 miles"),
            ("22 toneladas", "24 tons"),
            ("45 grados", "113 degrees"),
            ("a las 3 de la tarde", "at 5 p.m. Eastern"),
            ("el 1 de mayo de 2025", "May 1st, 2025"),
            ("los años 90", "the 1990s"),
            ("ambos", "two"),
            ("a 177 °C", "at 350 F"),
            ("la decimocuarta edición", "the 14th edition"),
            ("en el siglo XIX", "in the 19th century"),
            ("el 5 de setiembre", "Sept. 5"),
            ("los domingos de mayo", "on Sundays in May"),
            ("el señor Domingo habló el lunes", "Mr. Domingo spoke Monday"),
            ("Puede que marche en marzo", "May march in March"),
            ("un tercio de los hogares", "33 percent of the homes"),
            ("tres cuartas partes", "75 percent"),
            ("uno de los detenidos", "one of the detainees"),
            ("1,487 personas", "nearly 1,500 people"),
            ("20 pesos", "$1"),
            ("$250 la caja", "$250 a box"),
            ("$250 la caja", "250 pesos a box"),
            ("500 pesos y 500 dólares", "500 pesos and 500 dollars"),
            ("subió tres puntos", "rose 3 points"),
            ("25 puntos base", "25 basis points"),
            ("42 metros cuadrados", "450 square feet"),
            ("2 mil kilómetros cuadrados", "770 square miles"),
            ("el siglo XXI", "the 21st century"),
            ("de 9 a 17 horas", "from 9 a.m. to 5 p.m."),
            ("a las 15:00 horas", "at 3:00 p.m."),
            ("a las tres de la tarde", "at 3 p.m."),
            ("hasta las 12:30 horas", "until 12:30 p.m."),
            ("a las 15:00 horas, tiempo del centro", "at 5 p.m. Eastern"),
            ("en 48 horas", "within two days"),
            ("el plazo es de 10 días naturales", "the term is 10 days"),
            ("a 120 km/h", "at 75 mph"),
            ("dosis de 500 microgramos", "a dose of 0.5 mg"),
            ("entre 2 y 8 °C", "36 to 46 °F"),
            ("5 camiones, 3 autos y 2 motos", "6 trucks, 4 cars and 1 motorcycle"),
        ] {
            assert_eq!(differences(es, en), [], "{es} / {en}");
        }
    }

    #[test]
    fn figures_are_lacking_where_nothing_stands_in_their_place() {
        for (es, en, expected) in [
            ("Podrá vender hasta 1,200 acciones.", "It may sell shares.", 1),
            ("Beba dos litros de agua.", "Drink water.", 1),
            ("14 archivos y 2 carpetas", "14 files and some folders", 1),
            ("a las 3 de la tarde", "in the afternoon", 0),
            ("los dos hombres", "the men", 0),
            ("20 pesos", "a dollar", 1),
            ("5 camiones", "6 trucks", 0),
        ] {
            let (es_all, en_all) = (read(es, Lang::Es), read(en, Lang::En));
            assert_eq!(lacking(&es_all, &en_all).len(), expected, "{es} / {en}");
        }
    }

    #[test]
    fn another_scale_is_told_from_another_figure() {
        for (es, en, expected) in [
            ("1.5 billones de dólares", "$1.5 billion", Difference::Scale),
            ("un billón de pesos", "a billion pesos", Difference::Scale),
            ("un millón de dólares", "a billion dollars", Difference::Scale),
            ("300 mil viviendas", "300 million homes", Difference::Scale),
            ("unas 800 personas", "some 8,000 people", Difference::Value),
            ("63 pipas", "36 tank trucks", Difference::Value),
            ("12 por ciento", "21 percent", Difference::Value),
            ("25 puntos base", "50 basis points", Difference::Value),
            ("18 metros cúbicos por segundo", "8 cubic meters a second", Difference::Value),
            ("el 6 de mayo", "May 5", Difference::Value),
            ("desde 1994", "since 1995", Difference::Value),
            ("tres agentes", "two officers", Difference::Value),
            ("empezará en junio", "will begin in July", Difference::Value),
            ("el 5 de junio", "on July 5", Difference::Value),
            ("llegó el martes", "arrived on Wednesday", Difference::Value),
            ("dos tercios de los hogares", "three-fifths of the homes", Difference::Value),
            ("a sus 63 años", "at the age of 36 years", Difference::Value),
            ("12 millones de pesos", "$12 million", Difference::Unit),
            ("3 mil hectáreas", "3,000 acres", Difference::Unit),
            ("durante tres semanas", "for three months", Difference::Unit),
            ("la decimocuarta edición", "the 40th edition", Difference::Value),
            ("terminó en segundo lugar", "finished third", Difference::Value),
            ("una multa de 250 pesos", "a fine of 250 dollars", Difference::Unit),
            ("bajó 25 puntos base", "fell 25 percent", Difference::Unit),
            ("subió tres puntos porcentuales", "rose 3 percent", Difference::Unit),
            ("a las 15:00 horas", "at 5:00 p.m.", Difference::Value),
            ("de 9 a 19 horas", "from 9 a.m. to 9 p.m.", Difference::Value),
            ("de 7:00 a 14:30 horas", "from 7:00 a.m. to 4:30 p.m.", Difference::Value),
            ("a las ocho de la noche", "at 8 a.m.", Difference::Value),
            ("dentro de diez días naturales", "within ten business days", Difference::Unit),
            ("dentro de diez días", "within ten business days", Difference::Unit),
            ("250 microgramos", "250 milligrams", Difference::Unit),
            ("20 MB", "20 GB", Difference::Unit),
            ("entre 36 y 46 °C", "36 to 46 °F", Difference::Unit),
            ("a 100 km/h", "at 100 mph", Difference::Unit),
            ("160 kilómetros", "10 miles", Difference::Value),
            (
                "dos tabletas cada ocho horas, hasta ocho",
                "two tablets every eight hours, up to six",
                Difference::Value,
            ),
        ] {
            assert_eq!(differences(es, en), [expected], "{es} / {en}");
        }
    }
}
