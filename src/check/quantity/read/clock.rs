//! Hours of the day: “5 p.m.”, «17:00 horas», «las cinco de la tarde».

use super::{Found, Kind, Piece, Reader, Unit};
use crate::lang::Lang;

const HOUR: u16 = 60;
const NOON: u16 = 12 * HOUR;

/// How an hour is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Morning,
    Afternoon,
    /// On a clock of twenty-four hours.
    Exactly,
    /// It may be in the morning or in the afternoon.
    Barely,
}

impl Reader<'_> {
    /// Sets the hours of the day that quantities are. Where a text names a time zone, hours may well differ: none is set.
    pub(super) fn set_hours(&self, found: &mut [Found]) {
        if self.names_zone() {
            return;
        }
        for at in 0..found.len() {
            let next = found.get(at + 1).filter(|next| self.are_joined(found[at].end, next.start));
            let told = self.told(&found[at], next);
            self.set_hour(&mut found[at], told);
        }
        // «De 9 a 19 horas», “9 to 5 p.m.”: the first hour is told as the second one.
        for at in (1..found.len()).rev() {
            let (before, rest) = found.split_at_mut(at);
            let (Some(before), Some(next)) = (before.last_mut(), rest.first()) else { continue };
            if before.quantity.minutes.is_empty()
                && self.are_joined(before.end, next.start)
                && let Some(&minutes) = next.quantity.minutes.first()
            {
                let is_late =
                    self.told(next, None) == Some((Told::Exactly, next.end)) || minutes > NOON + NOON / 24;
                let told = if self.lang == Lang::Es && is_late { Told::Exactly } else { Told::Barely };
                let end = before.end;
                self.set_hour(before, Some((told, end)));
            }
        }
    }

    /// Sets the hour of a quantity as it is told, up to a piece.
    fn set_hour(&self, found: &mut Found, told: Option<(Told, usize)>) {
        let (Some((told, end)), Some((hour, minute))) = (told, self.digits(found)) else { return };
        let half = hour % 12 * HOUR + minute;
        let minutes = match told {
            _ if hour > 12 => vec![hour * HOUR + minute],
            Told::Exactly => vec![hour * HOUR + minute],
            Told::Morning => vec![half],
            Told::Afternoon => vec![half + NOON],
            Told::Barely => vec![half, half + NOON],
        };
        found.quantity.minutes = minutes;
        if let Some(last) = end.checked_sub(1).and_then(|last| self.tokens.get(last)) {
            found.quantity.unit_end = found.quantity.unit_end.max(last.span.end);
        }
    }

    /// The hour and the minute that a number may be.
    fn digits(&self, found: &Found) -> Option<(u16, u16)> {
        if let Some(Piece::Code(parts)) = self.piece(found.start) {
            let written = self.tokens[found.start].span.of(self.text);
            let (_, minutes) = written.split_once(':')?;
            let [hour, minute] = parts.as_slice() else { return None };
            let is_hour = minutes.len() == 2 && *hour <= 24.0 && *minute < 60.0;
            return is_hour.then_some((*hour as u16, *minute as u16));
        }
        let quantity = &found.quantity;
        let is_bare = matches!(quantity.kind, Kind::Amount | Kind::Time) && !quantity.is_scaled;
        let value = *quantity.values.first()?;
        (is_bare && value.fract() == 0.0 && (0.0..=24.0).contains(&value)).then_some((value as u16, 0))
    }

    /// How the words around tell that a number is an hour, and up to which piece.
    fn told(&self, found: &Found, next: Option<&Found>) -> Option<(Told, usize)> {
        let is_code = matches!(self.piece(found.start), Some(Piece::Code(_)));
        let end = found.end;
        if let Some(half) = self.half_of_day(end) {
            return Some(half);
        }
        let before = |back: usize| found.start.checked_sub(back).and_then(|at| self.word(at));
        let stated = match self.lang {
            Lang::Es => matches!(before(1), Some("las" | "la")),
            Lang::En => {
                is_code && matches!(before(1), Some("at" | "by" | "until" | "around" | "from" | "to"))
            }
        };
        let hours = matches!(self.word(end), Some("horas" | "hora" | "hrs" | "hours" | "h"));
        // «48 horas» is no hour.
        let is_plain_unit = matches!(found.quantity.unit, Some(Unit::Measure(_))) && !is_code;
        match (hours, stated, is_code) {
            (true, true, _) | (true, _, true) => Some((Told::Exactly, end + 1)),
            (false, true, _) if !is_plain_unit => Some((Told::Barely, end)),
            _ if next.is_some() => None,
            _ => self.ends_opening_hours(found).then_some((Told::Exactly, end + 1)),
        }
    }

    /// «De 9 a 19 horas»: from an hour of the morning to one of the afternoon.
    fn ends_opening_hours(&self, found: &Found) -> bool {
        let value = found.quantity.values.first().copied().unwrap_or(0.0);
        let before = |back: usize| found.start.checked_sub(back);
        let opens = before(2).and_then(|at| self.piece(at)).is_some_and(
            |piece| matches!(piece, Piece::Number(values) if values.iter().any(|value| (5.0..=12.0).contains(value))),
        );
        self.lang == Lang::Es
            && (13.0..=24.0).contains(&value)
            && matches!(self.word(found.end), Some("horas" | "hrs"))
            && before(1).and_then(|at| self.word(at)) == Some("a")
            && opens
    }

    /// The words behind an hour that say in which half of the day it is.
    fn half_of_day(&self, at: usize) -> Option<(Told, usize)> {
        let half = |word: &str| match word {
            "am" | "a" => Some(Told::Morning),
            "pm" | "p" => Some(Told::Afternoon),
            _ => None,
        };
        match (self.word(at)?, self.word(at + 1), self.word(at + 2)) {
            (word @ ("am" | "pm"), ..) => Some((half(word)?, at + 1)),
            (word @ ("a" | "p"), _, Some("m")) if self.is_sign(at + 1, '.') => {
                let end = if self.is_sign(at + 3, '.') { at + 4 } else { at + 3 };
                Some((half(word)?, end))
            }
            ("de", Some("la"), Some("mañana" | "madrugada")) => Some((Told::Morning, at + 3)),
            ("de", Some("la"), Some("tarde" | "noche")) => Some((Told::Afternoon, at + 3)),
            ("in", Some("the"), Some("morning")) => Some((Told::Morning, at + 3)),
            ("in", Some("the"), Some("afternoon" | "evening")) => Some((Told::Afternoon, at + 3)),
            _ => None,
        }
    }

    fn names_zone(&self) -> bool {
        const ZONES: &[&str] = &[
            "eastern", "central", "pacific", "mountain", "et", "ct", "pt", "est", "edt", "cst", "cdt", "pst",
            "pdt", "gmt", "utc", "local", "locales", "este", "pacifico", "centro", "huso", "zone", "montaña",
            "noroeste",
        ];
        (0..self.tokens.len()).any(|at| self.word(at).is_some_and(|word| ZONES.contains(&word)))
    }
}
