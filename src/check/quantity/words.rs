//! The words of numbers, scales, units and months in both languages, as `fold::key` leaves them: without accents, the ñ kept.

use std::sync::LazyLock;

use super::{Kind, Unit, measures};
use crate::lang::Lang;
use crate::text::fold;

/// What a word does to the number that is being read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Numeral {
    /// Adds to it: five, twenty, doscientos.
    Add(f64),
    /// Multiplies what is below a thousand: hundred, docenas.
    Times(f64),
    /// Thousand, mil.
    Thousand,
    /// Million and above.
    Great(f64),
    /// Half, medio.
    Half,
    /// And, y.
    And,
    /// The article, which is a one before words of scale only.
    Article,
}

/// Whether a word, as `fold::key` leaves it, counts or is one of scale: three, doce, millions.
pub fn is_numeral(word: &str, lang: Lang) -> bool {
    matches!(
        numeral(word, lang),
        Some(Numeral::Add(_) | Numeral::Times(_) | Numeral::Thousand | Numeral::Great(_))
    )
}

/// What a word is as part of a number.
pub(super) fn numeral(word: &str, lang: Lang) -> Option<Numeral> {
    let (adders, others) = match lang {
        Lang::Es => (ADDERS_ES, OTHERS_ES),
        Lang::En => (ADDERS_EN, OTHERS_EN),
    };
    let adder = || adders.iter().find(|(words, _)| has(words, word)).map(|(_, value)| Numeral::Add(*value));
    others.iter().find(|(words, _)| has(words, word)).map(|(_, numeral)| *numeral).or_else(adder)
}

/// What a word, as `fold::key` leaves it, counts: *dos* and *both* are two. `None` for words of scale.
pub fn number_word(word: &str, lang: Lang) -> Option<f64> {
    match (word, numeral(word, lang)) {
        ("both" | "ambos" | "ambas" | "pair" | "par", _) => Some(2.0),
        (_, Some(Numeral::Add(value))) => Some(value),
        _ => None,
    }
}

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

type Adders = &'static [(&'static str, f64)];
type Others = &'static [(&'static str, Numeral)];

const ADDERS_ES: Adders = &[
    ("uno", 1.0),
    ("dos", 2.0),
    ("tres", 3.0),
    ("cuatro", 4.0),
    ("cinco", 5.0),
    ("seis", 6.0),
    ("siete", 7.0),
    ("ocho", 8.0),
    ("nueve", 9.0),
    ("diez", 10.0),
    ("once", 11.0),
    ("doce", 12.0),
    ("trece", 13.0),
    ("catorce", 14.0),
    ("quince", 15.0),
    ("dieciseis", 16.0),
    ("diecisiete", 17.0),
    ("dieciocho", 18.0),
    ("diecinueve", 19.0),
    ("veinte", 20.0),
    ("veintiun veintiuno veintiuna", 21.0),
    ("veintidos", 22.0),
    ("veintitres", 23.0),
    ("veinticuatro", 24.0),
    ("veinticinco", 25.0),
    ("veintiseis", 26.0),
    ("veintisiete", 27.0),
    ("veintiocho", 28.0),
    ("veintinueve", 29.0),
    ("treinta", 30.0),
    ("cuarenta", 40.0),
    ("cincuenta", 50.0),
    ("sesenta", 60.0),
    ("setenta", 70.0),
    ("ochenta", 80.0),
    ("noventa", 90.0),
    ("cien ciento", 100.0),
    ("doscientos doscientas", 200.0),
    ("trescientos trescientas", 300.0),
    ("cuatrocientos cuatrocientas", 400.0),
    ("quinientos quinientas", 500.0),
    ("seiscientos seiscientas", 600.0),
    ("setecientos setecientas", 700.0),
    ("ochocientos ochocientas", 800.0),
    ("novecientos novecientas", 900.0),
];

const OTHERS_ES: Others = &[
    ("mil", Numeral::Thousand),
    ("millon millones", Numeral::Great(1e6)),
    ("millardo millardos", Numeral::Great(1e9)),
    ("billon billones", Numeral::Great(1e12)),
    ("trillon trillones", Numeral::Great(1e18)),
    ("docena docenas", Numeral::Times(12.0)),
    ("medio media", Numeral::Half),
    ("y", Numeral::And),
    ("un una el", Numeral::Article),
];

const ADDERS_EN: Adders = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

const OTHERS_EN: Others = &[
    ("hundred", Numeral::Times(100.0)),
    ("thousand", Numeral::Thousand),
    ("million", Numeral::Great(1e6)),
    ("billion", Numeral::Great(1e9)),
    ("trillion", Numeral::Great(1e12)),
    ("quadrillion", Numeral::Great(1e15)),
    ("dozen", Numeral::Times(12.0)),
    ("half", Numeral::Half),
    ("and", Numeral::And),
    ("a an", Numeral::Article),
];

/// A scale that is joined to the digits (`$3bn`, `5k`): the sign as written, what it multiplies by, and whether it
/// is one only after a sign of currency.
pub(super) fn suffix(written: &str) -> Option<(f64, bool)> {
    match written {
        "k" | "K" => Some((1e3, false)),
        "mn" | "MM" => Some((1e6, false)),
        "m" | "M" | "mm" => Some((1e6, true)),
        "bn" => Some((1e9, false)),
        "b" | "B" => Some((1e9, true)),
        "tn" => Some((1e12, false)),
        "t" | "T" => Some((1e12, true)),
        _ => None,
    }
}

/// The unit that a word after a number names, and what it multiplies by: `mdd` is millones de dólares.
pub(super) fn unit(word: &str, lang: Lang) -> Option<(Kind, Unit, f64)> {
    let money = |unit, factor| Some((Kind::Money, unit, factor));
    match word {
        "dolar" | "dolares" | "dollar" | "dollars" | "usd" | "dls" | "dlls" => money(Unit::Dollar, 1.0),
        "peso" | "pesos" | "mxn" => money(Unit::Peso, 1.0),
        "mdd" => money(Unit::Dollar, 1e6),
        "mdp" => money(Unit::Peso, 1e6),
        "mmdd" => money(Unit::Dollar, 1e9),
        "mmdp" => money(Unit::Peso, 1e9),
        "euro" | "euros" | "eur" | "cent" | "cents" | "centavo" | "centavos" | "yen" | "yenes" | "yuan"
        | "yuanes" | "libra" | "libras" | "real" | "reales" | "quetzal" | "quetzales" => {
            money(Unit::OtherMoney, 1.0)
        }
        _ => Some((Kind::Amount, Unit::Measure(measures::of_word(word, lang)?), 1.0)),
    }
}

/// The place in a row that a word names: second, *segundo*. The first is said of much else.
pub(super) fn ordinal(word: &str, lang: Lang) -> Option<f64> {
    let words: [&str; 11] = match lang {
        Lang::Es => [
            "segundo segunda",
            "tercer tercero tercera",
            "cuarto cuarta",
            "quinto quinta",
            "sexto sexta",
            "septimo septima",
            "octavo octava",
            "noveno novena",
            "decimo decima",
            "undecimo undecima decimoprimero",
            "duodecimo duodecima decimosegundo",
        ],
        Lang::En => [
            "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth",
        ],
    };
    let simple = |word: &str| words.iter().position(|words| has(words, word)).map(|at| at as f64 + 2.0);
    // Decimocuarto, vigesimoquinta.
    let tens = [("decimo", 10.0), ("vigesimo", 20.0), ("trigesimo", 30.0), ("cuadragesimo", 40.0)];
    let compound = || {
        let (rest, ten) = tens.iter().find_map(|(start, ten)| Some((word.strip_prefix(start)?, *ten)))?;
        match rest {
            "" if ten > 10.0 => Some(ten),
            "primer" | "primero" | "primera" => Some(ten + 1.0),
            rest => simple(rest).filter(|unit| *unit < 10.0).map(|unit| ten + unit),
        }
    };
    simple(word).or_else(|| compound().filter(|_| lang == Lang::Es))
}

/// The number of the day of the week that a word names, Monday first. The word is as [`fold::key`] leaves it.
pub(crate) fn weekday(word: &str, lang: Lang) -> Option<u32> {
    static FOLDED: LazyLock<[[String; 2]; 7]> = LazyLock::new(|| WEEKDAYS.map(|names| names.map(fold::key)));
    let is_named = |names: &[String; 2]| {
        let name = names[lang as usize].as_str();
        name == word || word.strip_suffix('s') == Some(name)
    };
    Some(FOLDED.iter().position(is_named)? as u32 + 1)
}

/// The name of a day of the week, Monday being the first.
pub(super) fn weekday_name(day: usize, lang: Lang) -> Option<&'static str> {
    Some(WEEKDAYS.get(day.checked_sub(1)?)?[lang as usize])
}

/// The days of the week in Spanish and English.
const WEEKDAYS: [[&str; 2]; 7] = [
    ["lunes", "Monday"],
    ["martes", "Tuesday"],
    ["miércoles", "Wednesday"],
    ["jueves", "Thursday"],
    ["viernes", "Friday"],
    ["sábado", "Saturday"],
    ["domingo", "Sunday"],
];

/// Endings that make digits a place in a row: `21st`, `3er`.
pub(super) fn is_ordinal(word: &str) -> bool {
    has("st nd rd th º ª o a er ro ra do da to ta mo ma vo va no na", word)
}

/// Words of parts (thirds, tercios), which make the number before them a part of one.
pub(super) fn part(word: &str, lang: Lang) -> Option<f64> {
    let parts: &[(&str, f64)] = match lang {
        Lang::Es => &[
            ("mitad", 2.0),
            ("tercio tercios tercera terceras", 3.0),
            ("cuarto cuartos cuarta cuartas", 4.0),
            ("quinto quintos quinta quintas", 5.0),
            ("sexta sextas", 6.0),
            ("octavo octavos octava octavas", 8.0),
            ("decima decimas", 10.0),
        ],
        Lang::En => &[
            ("half halves", 2.0),
            ("third thirds", 3.0),
            ("quarter quarters fourth fourths", 4.0),
            ("fifth fifths", 5.0),
            ("sixth sixths", 6.0),
            ("eighth eighths", 8.0),
            ("tenth tenths", 10.0),
        ],
    };
    parts.iter().find(|(words, _)| has(words, word)).map(|(_, whole)| *whole)
}
