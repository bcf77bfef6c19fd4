//! Quantities in Spanish and English sentences: what figures and number words amount to, and whether a sentence and
//! its translation say the same.
//!
//! A figure may be read in more ways than one («1.200» is a thousand two hundred in Madrid, one and a fifth in Mexico
//! City), and much may be put otherwise in a good translation: miles as kilometers, an hour of another time zone, half
//! as 50 percent. So a quantity has *values*, of which one must be found on the other side, and what is not sure is
//! never a difference.
//!
//! ```
//! use glosa::Lang;
//! use glosa::check::quantity::{Difference, compare, read};
//!
//! let en = read("It will invest $1.5 billion.", Lang::En);
//! assert!(compare(&read("Invertirá mil 500 millones de dólares.", Lang::Es), &en).is_empty());
//! let found = compare(&read("Invertirá 1.5 billones de dólares.", Lang::Es), &en);
//! assert_eq!(found[0].kind, Difference::Scale);
//! ```

mod compare;
mod measures;
mod read;
mod tokens;
mod words;
mod write;

pub use compare::{Contrast, Difference, agree, compare, lacking};
pub use read::read;
pub(crate) use words::weekday;
pub use words::{is_numeral, number_word};
pub use write::{amount, hour, unit_name, write};

use crate::text::Span;

/// An amount that a text states.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where it stands, with its words of scale, without its unit.
    pub span: Span,
    /// Where it ends with its unit.
    pub unit_end: usize,
    /// What it may amount to, the likeliest first; never empty.
    pub values: Vec<f64>,
    /// What sort of number it is.
    pub kind: Kind,
    /// What is counted or measured, where that is one of the units known.
    pub unit: Option<Unit>,
    /// Whether a word of scale is in it: thousand, mil, million, millones, billion.
    pub is_scaled: bool,
    /// Whether it is written in words alone.
    pub is_spelled: bool,
    /// Whether its value is certain enough to call another one wrong.
    pub is_sure: bool,
    /// Where it is an hour of the day: the minutes since midnight that it may be, two where it may be in the morning or
    /// in the afternoon.
    pub minutes: Vec<u16>,
}

/// What sort of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An amount of anything.
    Amount,
    /// So many in a hundred.
    Percent,
    /// Money, of a currency that may be known.
    Money,
    /// A year.
    Year,
    /// A day of a month.
    Day,
    /// A month, by its number.
    Month,
    /// A day of the week, by its number, Monday first.
    Weekday,
    /// An hour of the day.
    Time,
    /// A part of a whole: two thirds.
    Part,
    /// A place in a row, in words: second.
    Ordinal,
    /// A place in a row, a number within a name: what is put in many ways.
    Other,
}

/// What is counted or measured. Different units of one thing may both be right, for one can be turned into the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// US dollars.
    Dollar,
    /// Mexican pesos.
    Peso,
    /// Dollars or pesos, as `$` may be either.
    Sign,
    /// Another currency, or a part of one.
    OtherMoney,
    /// Points, which may be percentage points.
    Point,
    /// Percentage points, called so.
    PercentagePoint,
    /// Hundredths of a percentage point.
    BasisPoint,
    /// A measure of length, weight, heat, time or the like, by its number in the table of units.
    Measure(u8),
}

/// Whether a word names a unit of what a quantity is measured in: *semana* for seven days.
pub(crate) fn is_unit_of(word: &str, lang: crate::Lang, quantity: &Quantity) -> bool {
    let Some(Unit::Measure(measure)) = quantity.unit else { return false };
    let other = measures::of_word(&crate::text::fold::key(word), lang);
    other.is_some_and(|other| measures::thing(other) == measures::thing(measure))
}
