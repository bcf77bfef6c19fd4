//! Units of more than a word: business days, °C, miles per hour, cubic meters.

use super::super::measures::{
    self, BUSINESS_DAY, CALENDAR_DAY, CELSIUS, CUBIC_FEET, CUBIC_METERS, FAHRENHEIT, KILOMETERS_AN_HOUR,
    MILES_AN_HOUR, SQUARE_FEET, SQUARE_KILOMETERS, SQUARE_METERS, SQUARE_MILES,
};
use super::{Piece, Reader};
use crate::lang::Lang;

impl Reader<'_> {
    /// The unit of several pieces that begins at a place, with its last piece.
    pub(super) fn compound_unit(&self, at: usize) -> Option<(u8, usize)> {
        let (name, last) = self
            .degree(at)
            .or_else(|| self.day_of_a_kind(at))
            .or_else(|| self.speed(at))
            .or_else(|| self.power(at))?;
        Some((measures::named(name)?, last))
    }

    fn degree(&self, at: usize) -> Option<(&'static str, usize)> {
        let has_sign = matches!(self.piece(at), Some(Piece::Sign('°' | 'º')));
        let has_word = matches!(self.word(at), Some("grado" | "grados" | "degree" | "degrees"));
        let scale = if has_sign || has_word { at + 1 } else { at };
        let written = self.tokens.get(scale)?.span.of(self.text);
        let name = match (written, self.word(scale)) {
            ("C", _) | (_, Some("celsius" | "centigrados" | "centigrade")) => CELSIUS,
            ("F", _) | (_, Some("fahrenheit")) => FAHRENHEIT,
            _ => return None,
        };
        Some((name, scale))
    }

    fn day_of_a_kind(&self, at: usize) -> Option<(&'static str, usize)> {
        let (day, kind) = match self.lang {
            Lang::Es => (at, at + 1),
            Lang::En => (at + 1, at),
        };
        if !matches!(self.word(day), Some("dia" | "dias" | "day" | "days")) {
            return None;
        }
        let name = match self.word(kind)? {
            "habil" | "habiles" | "laborable" | "laborables" | "laboral" | "laborales" | "business"
            | "working" | "banking" => BUSINESS_DAY,
            "natural" | "naturales" | "calendario" | "corridos" | "calendar" => CALENDAR_DAY,
            _ => return None,
        };
        Some((name, at + 1))
    }

    fn speed(&self, at: usize) -> Option<(&'static str, usize)> {
        let name = match self.word(at)? {
            "kph" | "kmh" => return Some((KILOMETERS_AN_HOUR, at)),
            "km" | "kms" | "kilometro" | "kilometros" | "kilometer" | "kilometers" => KILOMETERS_AN_HOUR,
            "milla" | "millas" | "mile" | "miles" => MILES_AN_HOUR,
            _ => return None,
        };
        let is_per = matches!(self.word(at + 1), Some("per" | "an" | "por")) || self.is_sign(at + 1, '/');
        let is_hour = matches!(self.word(at + 2), Some("hour" | "hora" | "h" | "hr"));
        (is_per && is_hour).then_some((name, at + 2))
    }

    /// A unit of length that is squared or cubed.
    fn power(&self, at: usize) -> Option<(&'static str, usize)> {
        let (unit, power) = match self.lang {
            Lang::Es => (self.word(at)?, self.word(at + 1)?),
            Lang::En => (self.word(at + 1)?, self.word(at)?),
        };
        let is_cube = match power {
            "cubico" | "cubicos" | "cubic" => true,
            "cuadrado" | "cuadrados" | "cuadrada" | "cuadradas" | "square" => false,
            _ => return None,
        };
        let name = match (unit, is_cube) {
            ("metro" | "metros" | "meter" | "meters" | "metre" | "metres", true) => CUBIC_METERS,
            ("metro" | "metros" | "meter" | "meters" | "metre" | "metres", false) => SQUARE_METERS,
            ("pie" | "pies" | "foot" | "feet", true) => CUBIC_FEET,
            ("pie" | "pies" | "foot" | "feet", false) => SQUARE_FEET,
            ("kilometro" | "kilometros" | "km" | "kilometer" | "kilometers", false) => SQUARE_KILOMETERS,
            ("milla" | "millas" | "mile" | "miles", false) => SQUARE_MILES,
            _ => return None,
        };
        Some((name, at + 1))
    }
}
