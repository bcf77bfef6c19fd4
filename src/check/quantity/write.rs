//! Writing: a quantity as a news text of the other language has it.

use super::words::weekday_name;
use super::{Kind, Quantity, Unit, measures};
use crate::lang::Lang;
use crate::text::date::MONTHS;

/// A quantity in a language, as newsrooms of Mexico and of the United States write it: «1,500 millones»,
/// “$1.5 billion”, «3.5 por ciento». `None` where it is no plain amount: a day, an hour, a part.
pub fn write(quantity: &Quantity, lang: Lang) -> Option<String> {
    let value = *quantity.values.first()?;
    let number = amount(value, lang);
    Some(match (quantity.kind, lang) {
        (Kind::Amount, _) if quantity.unit == Some(Unit::PercentagePoint) => match lang {
            Lang::Es => format!("{number} puntos porcentuales"),
            Lang::En => format!("{number} percentage points"),
        },
        (_, Lang::Es) if quantity.unit == Some(Unit::BasisPoint) => format!("{number} puntos base"),
        (_, Lang::En) if quantity.unit == Some(Unit::BasisPoint) => format!("{number} basis points"),
        (Kind::Amount, _) => match quantity.unit {
            Some(Unit::Measure(measure)) => format!("{number} {}", measures::name(measure, lang)),
            _ => number,
        },
        (Kind::Percent, Lang::Es) => format!("{number} por ciento"),
        (Kind::Percent, Lang::En) => format!("{number}%"),
        (Kind::Money, _) => money(&number, value, quantity.unit, lang)?,
        (Kind::Year, _) => format!("{value:.0}"),
        (Kind::Month, _) => {
            let (es, en) = *MONTHS.get((value as usize).checked_sub(1)?)?;
            if lang == Lang::Es { es.to_owned() } else { en.to_owned() }
        }
        (Kind::Weekday, _) => weekday_name(value as usize, lang)?.to_owned(),
        (Kind::Day | Kind::Time | Kind::Part | Kind::Ordinal | Kind::Other, _) => return None,
    })
}

/// An hour of the day in a language: «17:00 horas», “5 p.m.”. `None` where it is none, or may be one of two.
pub fn hour(quantity: &Quantity, lang: Lang) -> Option<String> {
    let [minutes] = quantity.minutes.as_slice() else { return None };
    let (hour, minute) = (minutes / 60, minutes % 60);
    if lang == Lang::Es {
        return Some(format!("{hour}:{minute:02} horas"));
    }
    let half = if hour % 24 < 12 { "a.m." } else { "p.m." };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    Some(if minute == 0 { format!("{hour} {half}") } else { format!("{hour}:{minute:02} {half}") })
}

/// What a quantity is counted in, as a message says it.
pub fn unit_name(quantity: &Quantity, lang: Lang) -> &'static str {
    let [es, en] = match (quantity.kind, quantity.unit) {
        (Kind::Percent, _) => ["por ciento", "percent"],
        (_, Some(Unit::Dollar)) => ["dólares", "dollars"],
        (_, Some(Unit::Peso)) => ["pesos", "pesos"],
        (_, Some(Unit::BasisPoint)) => ["puntos base", "basis points"],
        (_, Some(Unit::Measure(measure))) => return measures::name(measure, lang),
        _ => ["puntos porcentuales", "percentage points"],
    };
    if lang == Lang::Es { es } else { en }
}

/// A number in a language: «1,500 millones», “1.5 billion”, 253,000.
pub fn amount(value: f64, lang: Lang) -> String {
    match lang {
        Lang::Es => spanish(value),
        Lang::En => english(value),
    }
}

fn money(number: &str, value: f64, unit: Option<Unit>, lang: Lang) -> Option<String> {
    let de = if lang == Lang::Es && value >= 1e6 && number.ends_with(['n', 's']) { "de " } else { "" };
    Some(match (unit?, lang) {
        (Unit::Dollar, Lang::En) | (Unit::Sign, Lang::En) => format!("${number}"),
        (Unit::Dollar, Lang::Es) => format!("{number} {de}dólares"),
        (Unit::Peso, Lang::Es) => format!("{number} {de}pesos"),
        (Unit::Peso, Lang::En) => format!("{number} pesos"),
        (Unit::Sign, Lang::Es) => format!("${number}"),
        _ => return None,
    })
}

/// From a million up in words of scale. A thousand million has no word in Mexico: 1,500 millones.
fn spanish(value: f64) -> String {
    match value {
        v if v >= 1e12 => scaled(v / 1e12, "billón", "billones"),
        v if v >= 1e6 => scaled(v / 1e6, "millón", "millones"),
        v => grouped(v),
    }
}

fn english(value: f64) -> String {
    match value {
        v if v >= 1e12 => scaled(v / 1e12, "trillion", "trillion"),
        v if v >= 1e9 => scaled(v / 1e9, "billion", "billion"),
        v if v >= 1e6 => scaled(v / 1e6, "million", "million"),
        v => grouped(v),
    }
}

/// A count of a scale, with at most three decimals.
fn scaled(count: f64, one: &str, many: &str) -> String {
    format!("{} {}", grouped((count * 1e3).round() / 1e3), if count == 1.0 { one } else { many })
}

/// Commas between thousands and a decimal point, as both countries write them.
fn grouped(value: f64) -> String {
    let written = format!("{}", (value * 1e6).round() / 1e6);
    let (whole, fraction) = written.split_once('.').map_or((written.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |fraction| format!("{out}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn quantities_are_written_as_newsrooms_do() {
        for (lang, text, expected) in [
            (Lang::En, "$1.5 billion", "1,500 millones de dólares"),
            (Lang::En, "1.5 billion dollars", "1,500 millones de dólares"),
            (Lang::En, "2 trillion pesos", "2 billones de pesos"),
            (Lang::En, "253,000 people", "253,000"),
            (Lang::En, "3.5 percent", "3.5 por ciento"),
            (Lang::En, "half a million people", "500,000"),
            (Lang::Es, "mil 500 millones de dólares", "$1.5 billion"),
            (Lang::Es, "un billón de pesos", "1 trillion pesos"),
            (Lang::Es, "90 mil millones de pesos", "90 billion pesos"),
            (Lang::Es, "3.5 por ciento", "3.5%"),
            (Lang::Es, "0.25 puntos porcentuales", "0.25 percentage points"),
            (Lang::Es, "diez días hábiles", "10 business days"),
        ] {
            let quantity = &read(text, lang)[0];
            assert_eq!(write(quantity, lang.other()).as_deref(), Some(expected), "{text}");
        }
        for (lang, text, expected) in
            [(Lang::En, "at 5 p.m.", "17:00 horas"), (Lang::Es, "a las 0:30 horas", "12:30 a.m.")]
        {
            assert_eq!(hour(&read(text, lang)[0], lang.other()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(write(&read("el 5 de mayo", Lang::Es)[0], Lang::En), None);
    }
}
