//! Units of measure: their words in both languages, what they measure, and how large they are.

use crate::lang::Lang;

/// A unit of measure.
#[derive(Debug)]
pub(super) struct Measure {
    /// Its words in Spanish and English, as `fold::key` leaves them.
    words: [&'static str; 2],
    /// Its name behind a number, in Spanish and English.
    names: [&'static str; 2],
    /// What it measures.
    thing: Thing,
    /// How large it is among those of its thing; none where it has more than one size, as tons have.
    size: Option<f64>,
}

/// What is measured. Units of one thing can be turned into one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Length,
    Area,
    Weight,
    Volume,
    Time,
    Speed,
    Heat,
    Data,
    Rate,
    Frequency,
    Power,
    Energy,
    /// Something that no other unit measures.
    Itself,
}

const fn measure(words: [&'static str; 2], names: [&'static str; 2], thing: Thing, size: f64) -> Measure {
    let size = if size > 0.0 { Some(size) } else { None };
    Measure { words, names, thing, size }
}

/// Days that all count, and those on which offices are open.
const DAY: &str = "day days";
pub(super) const BUSINESS_DAY: &str = "business day";
pub(super) const CALENDAR_DAY: &str = "calendar day";
/// Degrees whose scale is stated.
pub(super) const CELSIUS: &str = "celsius";
pub(super) const FAHRENHEIT: &str = "fahrenheit";
/// Miles and kilometers an hour.
pub(super) const MILES_AN_HOUR: &str = "mph";
pub(super) const KILOMETERS_AN_HOUR: &str = "kph kmh";
/// Units of length, squared and cubed.
pub(super) const SQUARE_METERS: &str = "sqm m2";
pub(super) const SQUARE_KILOMETERS: &str = "km2";
pub(super) const SQUARE_FEET: &str = "sqft";
pub(super) const SQUARE_MILES: &str = "sqmi";
pub(super) const CUBIC_METERS: &str = "m3";
pub(super) const CUBIC_FEET: &str = "cuft";

use Thing::{Area, Data, Energy, Frequency, Heat, Itself, Length, Power, Rate, Speed, Time, Volume, Weight};

#[rustfmt::skip]
static MEASURES: &[Measure] = &[
    measure(["milla millas", "mile miles"], ["millas", "miles"], Length, 1609.3),
    measure(["kilometro kilometros km kms", "kilometer kilometers kilometre kilometres km"], ["kilómetros", "kilometers"], Length, 1000.0),
    measure(["metro metros m mts", "meter meters metre metres m"], ["metros", "meters"], Length, 1.0),
    measure(["pie pies", "foot feet ft"], ["pies", "feet"], Length, 0.3048),
    measure(["pulgada pulgadas", "inch inches"], ["pulgadas", "inches"], Length, 0.0254),
    measure(["centimetro centimetros cm", "centimeter centimeters centimetre centimetres cm"], ["centímetros", "centimeters"], Length, 0.01),
    measure(["milimetro milimetros mm", "millimeter millimeters millimetre millimetres mm"], ["milímetros", "millimeters"], Length, 0.001),
    measure(["yarda yardas", "yard yards"], ["yardas", "yards"], Length, 0.9144),
    measure(["acre acres", "acre acres"], ["acres", "acres"], Area, 0.4047),
    measure(["hectarea hectareas ha", "hectare hectares ha"], ["hectáreas", "hectares"], Area, 1.0),
    measure([SQUARE_METERS, SQUARE_METERS], ["metros cuadrados", "square meters"], Area, 1e-4),
    measure([SQUARE_KILOMETERS, SQUARE_KILOMETERS], ["kilómetros cuadrados", "square kilometers"], Area, 100.0),
    measure([SQUARE_FEET, SQUARE_FEET], ["pies cuadrados", "square feet"], Area, 9.29e-6),
    measure([SQUARE_MILES, SQUARE_MILES], ["millas cuadradas", "square miles"], Area, 259.0),
    measure(["kilo kilos kilogramo kilogramos kg", "kilo kilos kilogram kilograms kg"], ["kilos", "kilograms"], Weight, 1000.0),
    measure(["tonelada toneladas", "ton tons tonne tonnes"], ["toneladas", "tons"], Weight, 0.0),
    measure(["onza onzas oz", "ounce ounces oz"], ["onzas", "ounces"], Weight, 28.35),
    measure(["gramo gramos g gr grs", "gram grams g"], ["gramos", "grams"], Weight, 1.0),
    measure(["miligramo miligramos mg", "milligram milligrams mg"], ["miligramos", "milligrams"], Weight, 1e-3),
    measure(["microgramo microgramos mcg μg ug", "microgram micrograms mcg μg ug"], ["microgramos", "micrograms"], Weight, 1e-6),
    measure(["galon galones", "gallon gallons"], ["galones", "gallons"], Volume, 3.785),
    measure(["litro litros lts lt", "liter liters litre litres"], ["litros", "liters"], Volume, 1.0),
    measure([CUBIC_METERS, CUBIC_METERS], ["metros cúbicos", "cubic meters"], Volume, 1000.0),
    measure([CUBIC_FEET, CUBIC_FEET], ["pies cúbicos", "cubic feet"], Volume, 28.32),
    measure(["mililitro mililitros ml cc", "milliliter milliliters millilitre millilitres ml cc"], ["mililitros", "milliliters"], Volume, 1e-3),
    measure(["grado grados", "degree degrees"], ["grados", "degrees"], Itself, 0.0),
    measure([CELSIUS, CELSIUS], ["grados Celsius", "degrees Celsius"], Heat, 0.0),
    measure([FAHRENHEIT, FAHRENHEIT], ["grados Fahrenheit", "degrees Fahrenheit"], Heat, 0.0),
    measure(["milisegundo milisegundos ms", "millisecond milliseconds ms"], ["milisegundos", "milliseconds"], Time, 1.0 / 86_400e3),
    measure(["segundo segundos seg segs", "second seconds sec secs"], ["segundos", "seconds"], Time, 1.0 / 86_400.0),
    measure(["minuto minutos min mins", "minute minutes min mins"], ["minutos", "minutes"], Time, 1.0 / 1440.0),
    measure(["hora horas", "hour hours"], ["horas", "hours"], Time, 1.0 / 24.0),
    measure(["dia dias", DAY], ["días", "days"], Time, 1.0),
    measure([BUSINESS_DAY, BUSINESS_DAY], ["días hábiles", "business days"], Time, 1.4),
    measure([CALENDAR_DAY, CALENDAR_DAY], ["días naturales", "calendar days"], Time, 1.0),
    measure(["semana semanas", "week weeks"], ["semanas", "weeks"], Time, 7.0),
    measure(["mes meses", "month months"], ["meses", "months"], Time, 30.4),
    measure(["año años", "year years"], ["años", "years"], Time, 365.2),
    measure(["decada decadas", "decade decades"], ["décadas", "decades"], Time, 3652.0),
    measure(["quincena quincenas", "fortnight fortnights"], ["quincenas", "fortnights"], Itself, 0.0),
    measure(["trimestre trimestres", "quarter quarters"], ["trimestres", "quarters"], Itself, 0.0),
    measure(["semestre semestres", "semester semesters"], ["semestres", "semesters"], Itself, 0.0),
    measure(["barril barriles", "barrel barrels"], ["barriles", "barrels"], Itself, 0.0),
    measure([MILES_AN_HOUR, MILES_AN_HOUR], ["millas por hora", "mph"], Speed, 1.609),
    measure([KILOMETERS_AN_HOUR, KILOMETERS_AN_HOUR], ["kilómetros por hora", "kilometers per hour"], Speed, 1.0),
    measure(["cuadra cuadras", "block blocks"], ["cuadras", "blocks"], Itself, 0.0),
    measure(["", "pound pounds lb lbs"], ["libras", "pounds"], Weight, 453.6),
    measure(["kilobyte kilobytes kb", "kilobyte kilobytes kb"], ["KB", "KB"], Data, 1e-6),
    measure(["megabyte megabytes mb", "megabyte megabytes mb"], ["MB", "MB"], Data, 1e-3),
    measure(["gigabyte gigabytes gb", "gigabyte gigabytes gb"], ["GB", "GB"], Data, 1.0),
    measure(["terabyte terabytes tb", "terabyte terabytes tb"], ["TB", "TB"], Data, 1e3),
    measure(["kbps", "kbps"], ["kbps", "kbps"], Rate, 1e-6),
    measure(["mbps", "mbps"], ["Mbps", "Mbps"], Rate, 1e-3),
    measure(["gbps", "gbps"], ["Gbps", "Gbps"], Rate, 1.0),
    measure(["khz kilohertz kilohercio kilohercios", "khz kilohertz"], ["kHz", "kHz"], Frequency, 1e-6),
    measure(["mhz megahertz megahercio megahercios", "mhz megahertz"], ["MHz", "MHz"], Frequency, 1e-3),
    measure(["ghz gigahertz gigahercio gigahercios", "ghz gigahertz"], ["GHz", "GHz"], Frequency, 1.0),
    measure(["watt watts vatio vatios", "watt watts"], ["watts", "watts"], Power, 1e-6),
    measure(["kilowatt kilowatts kilovatio kilovatios kw", "kilowatt kilowatts kw"], ["kilowatts", "kilowatts"], Power, 1e-3),
    measure(["megawatt megawatts megavatio megavatios mw", "megawatt megawatts mw"], ["megawatts", "megawatts"], Power, 1.0),
    measure(["gigawatt gigawatts gigavatio gigavatios gw", "gigawatt gigawatts gw"], ["gigawatts", "gigawatts"], Power, 1e3),
    measure(["kwh", "kwh"], ["kWh", "kWh"], Energy, 1e-3),
    measure(["mwh", "mwh"], ["MWh", "MWh"], Energy, 1.0),
    measure(["gwh", "gwh"], ["GWh", "GWh"], Energy, 1e3),
];

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

/// The number of the unit that a word of a language names.
pub(super) fn of_word(word: &str, lang: Lang) -> Option<u8> {
    let nth = MEASURES.iter().position(|measure| has(measure.words[lang as usize], word))?;
    u8::try_from(nth).ok()
}

/// The number of a unit that is named by more than a word: [`BUSINESS_DAY`] and others.
pub(super) fn named(name: &str) -> Option<u8> {
    let nth = MEASURES.iter().position(|measure| measure.words[1] == name)?;
    u8::try_from(nth).ok()
}

/// Whether a unit is a day of any kind.
pub(super) fn is_day(measure: u8) -> bool {
    get(measure).is_some_and(|measure| measure.words[1] == DAY)
}

/// The name of a unit behind a number.
pub(super) fn name(measure: u8, lang: Lang) -> &'static str {
    get(measure).map_or("", |measure| measure.names[lang as usize])
}

fn get(measure: u8) -> Option<&'static Measure> {
    MEASURES.get(usize::from(measure))
}

/// A mark for what a unit measures: the number of the first unit of that.
pub(super) fn thing(measure: u8) -> u8 {
    let thing = get(measure).map_or(Itself, |measure| measure.thing);
    let first = MEASURES.iter().position(|other| other.thing == thing);
    first.filter(|_| thing != Itself).and_then(|first| u8::try_from(first).ok()).unwrap_or(measure)
}

/// Whether the same figure in two units is two amounts. Days may be told to be those of the calendar.
pub(super) fn is_other(a: u8, b: u8) -> bool {
    let is_any_day = |one: u8, other: u8| is_day(one) && named(CALENDAR_DAY) == Some(other);
    a != b && thing(a) == thing(b) && !is_any_day(a, b) && !is_any_day(b, a)
}

/// Whether a unit has one size on both sides of the border: there are two kinds of tons and of degrees.
pub(super) fn has_one_size(measure: u8) -> bool {
    !matches!(name(measure, Lang::En), "tons" | "degrees")
}

/// Whether an amount in one unit is, rounded as texts round, an amount in another one; `None` where that is not known.
pub(super) fn is_conversion((a, of): (f64, u8), (b, other): (f64, u8)) -> Option<bool> {
    let [one, two] = [get(of)?, get(other)?];
    if one.thing != two.thing {
        return None;
    }
    if one.thing == Heat {
        let celsius = |value: f64, measure: &Measure, zero: f64| match measure.words[1] == FAHRENHEIT {
            true => (value - zero) / 1.8,
            false => value,
        };
        // Differences of heat have no zero.
        let is_near = |zero| (celsius(a, one, zero) - celsius(b, two, zero)).abs() <= NEAR;
        return Some(is_near(32.0) || is_near(0.0));
    }
    let (a, b) = (a * one.size?, b * two.size?);
    Some((a - b).abs() <= ROUNDED * a.abs().max(b.abs()))
}

/// What is converted is rounded by so much at most: two weeks are fifteen days.
const ROUNDED: f64 = 0.15;

/// Degrees are rounded by so many at most.
const NEAR: f64 = 2.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_found_by_its_words() {
        for (nth, measure) in MEASURES.iter().enumerate() {
            for lang in Lang::ALL {
                for word in measure.words[lang as usize].split(' ').filter(|word| !word.is_empty()) {
                    let found = of_word(word, lang).map(usize::from);
                    assert!(
                        found == Some(nth) || named(measure.words[1]).map(usize::from) == Some(nth),
                        "{word}"
                    );
                }
            }
        }
    }

    #[test]
    fn amounts_are_turned_into_other_units() {
        let of = |word: &str| of_word(word, Lang::En).or_else(|| named(word)).expect("a unit");
        for (a, one, b, other, wanted) in [
            (100.0, "miles", 160.0, "km", Some(true)),
            (100.0, "miles", 600.0, "km", Some(false)),
            (2.0, "weeks", 15.0, "days", Some(true)),
            (36.0, FAHRENHEIT, 2.2, CELSIUS, Some(true)),
            (36.0, FAHRENHEIT, 8.0, CELSIUS, Some(false)),
            (2.0, "gb", 2000.0, "mb", Some(true)),
            (2.0, "tons", 4000.0, "pounds", None),
            (2.0, "hours", 2.0, "miles", None),
        ] {
            assert_eq!(is_conversion((a, of(one)), (b, of(other))), wanted, "{a} {one} {b} {other}");
        }
    }
}
