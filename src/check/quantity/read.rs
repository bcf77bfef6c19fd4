//! Reading: from the pieces of a sentence to its quantities.

mod clock;
mod units;

use super::tokens::{Piece, Token, tokens};
use super::words::{self, Numeral};
use super::{Kind, Quantity, Unit};
use crate::lang::Lang;
use crate::text::Span;
use crate::text::date::month;

/// The quantities of a sentence, in order.
pub fn read(text: &str, lang: Lang) -> Vec<Quantity> {
    let reader = Reader { text, tokens: tokens(text, lang), lang };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        match reader.quantity(at) {
            Some(next) => {
                at = next.end.max(at + 1);
                found.push(next);
            }
            None => at += 1,
        }
    }
    reader.share_scales(&mut found);
    reader.share_units(&mut found);
    reader.set_hours(&mut found);
    found.into_iter().map(|found| found.quantity).collect()
}

/// A quantity with the tokens it was read from.
struct Found {
    quantity: Quantity,
    start: usize,
    end: usize,
    /// What its words of scale multiply its digits by.
    scale: f64,
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    lang: Lang,
}

/// The number alone, without what stands around it.
#[derive(Clone, Copy, Debug)]
struct Number {
    value: f64,
    /// What the digits alone amount to, where it begins with digits.
    base: Option<f64>,
    end: usize,
    is_scaled: bool,
    is_spelled: bool,
    is_rough: bool,
}

impl Reader<'_> {
    fn piece(&self, at: usize) -> Option<&Piece> {
        self.tokens.get(at).map(|token| &token.piece)
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.piece(at)? {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.piece(at) == Some(&Piece::Sign(sign))
    }

    fn is_joined(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_joined)
    }

    fn numeral(&self, at: usize) -> Option<Numeral> {
        words::numeral(self.word(at)?, self.lang)
    }

    /// The place after a hyphen between two words, or after the `+` of `$300+ billion`.
    fn past_hyphen(&self, at: usize) -> usize {
        let is_hyphen = self.is_sign(at, '-') && self.is_joined(at) && self.is_joined(at + 1);
        let is_more = self.is_sign(at, '+') && self.is_joined(at);
        if is_hyphen || is_more { at + 1 } else { at }
    }

    fn quantity(&self, start: usize) -> Option<Found> {
        if let Some(Piece::Code(values)) = self.piece(start) {
            return Some(self.other(start, start + 1, values.clone()));
        }
        let named = self.named_day(start).or_else(|| self.part(start)).or_else(|| self.ordinal(start));
        if named.is_some() {
            return named;
        }
        let number = self.number(start, 0)?;
        let other =
            self.number(start, 1).filter(|other| other.end == number.end && other.value != number.value);
        // «1,240 millones» has a thousand in it, whoever writes it.
        let has_comma = self.tokens[start].span.of(self.text).contains(',');
        let other = other.filter(|other| !(other.is_scaled && has_comma));
        let mut values: Vec<f64> = std::iter::once(number).chain(other).map(|number| number.value).collect();
        let mut found = self.around(start, &number, &mut values);
        if number.is_rough || (number.is_spelled && number.value <= 1.0) {
            found.quantity.is_sure = false;
        }
        found.quantity.values = values;
        let base = number.base.filter(|base| *base > 0.0);
        found.scale = base.zip(found.quantity.values.first()).map_or(1.0, |(base, value)| value / base);
        Some(found)
    }

    fn other(&self, start: usize, end: usize, values: Vec<f64>) -> Found {
        let quantity = Quantity {
            span: Span::new(self.tokens[start].span.start, self.tokens[end - 1].span.end),
            unit_end: self.tokens[end - 1].span.end,
            values: if values.is_empty() { vec![0.0] } else { values },
            kind: Kind::Other,
            unit: None,
            is_scaled: false,
            is_spelled: false,
            is_sure: false,
            minutes: Vec::new(),
        };
        Found { quantity, start, end, scale: 1.0 }
    }

    /// A month or a day of the week.
    fn named_day(&self, at: usize) -> Option<Found> {
        let word = self.word(at)?;
        let named = |number: Option<u32>, kind| number.map(|number| (f64::from(number), kind));
        let (value, kind) = named(month(word, self.lang), Kind::Month)
            .or_else(|| named(words::weekday(word, self.lang), Kind::Weekday))?;
        let is_capital = self.tokens[at].span.of(self.text).starts_with(char::is_uppercase);
        let is_written = match self.lang {
            // Julio, Abril and Domingo are names.
            Lang::Es => !is_capital,
            // He may, they march; at the beginning May is a verb or a name.
            Lang::En => {
                is_capital
                    && (word.len() > 4
                        || self.is_sign(at + 1, '.')
                        || matches!(word, "may" | "june" | "july"))
                    && !(matches!(word, "may" | "march") && self.begins_sentence(at))
            }
        };
        let mut found = self.other(at, at + 1, vec![value]);
        (found.quantity.kind, found.quantity.is_sure) = (kind, true);
        is_written.then_some(found)
    }

    /// A place in a row: the second, *el segundo*. Many seconds are a measure.
    fn ordinal(&self, at: usize) -> Option<Found> {
        let value = words::ordinal(self.word(at)?, self.lang)?;
        let mut found = self.other(at, at + 1, vec![value]);
        (found.quantity.kind, found.quantity.is_sure) = (Kind::Ordinal, true);
        let is_part = matches!(self.word(at + 1), Some("parte" | "partes"));
        (!is_part).then_some(found)
    }

    fn begins_sentence(&self, at: usize) -> bool {
        let mark = |c: &char| matches!(c, '.' | '?' | '!' | ':' | '—' | '“' | '"');
        at.checked_sub(1)
            .and_then(|at| self.piece(at))
            .is_none_or(|piece| matches!(piece, Piece::Sign(c) if mark(c)))
    }

    /// Half, a third, two thirds, dos terceras partes.
    fn part(&self, start: usize) -> Option<Found> {
        let is_scale = |at: usize| {
            matches!(self.numeral(self.past_hyphen(at)), Some(Numeral::Great(_) | Numeral::Times(_)))
        };
        let share = |at: usize| {
            let whole = words::part(self.word(at)?, self.lang)?;
            let is_feminine =
                self.lang == Lang::Es && self.word(at)?.trim_end_matches('s').ends_with('a') && whole > 2.0;
            let parts = matches!(self.word(at + 1), Some("parte" | "partes"));
            ((!is_feminine || parts) && !is_scale(at + 1)).then_some(whole)
        };
        if let Some(2.0) = share(start) {
            let is_scale = self.number(start, 0).is_some();
            return (!is_scale).then(|| self.part_of(start, start + 1, 0.5));
        }
        let count = match self.numeral(start)? {
            Numeral::Article => 1.0,
            Numeral::Add(count) if count < 20.0 => count,
            _ => return None,
        };
        let at = self.past_hyphen(start + 1);
        let whole = share(at)?;
        Some(self.part_of(start, at + 1, count / whole))
    }

    /// A part of a whole, which may be told in percent. A quarter may be three months.
    fn part_of(&self, start: usize, end: usize, part: f64) -> Found {
        let mut found = self.other(start, end, vec![part, 100.0 * part]);
        found.quantity.kind = Kind::Part;
        found.quantity.is_sure = part != 0.25 && part != 0.5;
        found
    }

    /// The number that begins here, in one of the ways to read its digits.
    fn number(&self, start: usize, reading: usize) -> Option<Number> {
        let mut sum = Sum::default();
        let mut at = start;
        loop {
            let next = if at > start { self.past_hyphen(at) } else { at };
            let Some(taken) = self.take(next, reading, &mut sum) else { break };
            at = next + taken;
        }
        (at > start).then(|| Number {
            value: sum.value(),
            base: sum.base,
            end: at,
            is_scaled: sum.is_scaled,
            is_spelled: !sum.has_digits,
            is_rough: sum.is_rough,
        })
    }

    /// Takes what stands at a place into the sum; how many pieces were taken.
    fn take(&self, at: usize, reading: usize, sum: &mut Sum) -> Option<usize> {
        if let Some(Piece::Number(values)) = self.piece(at) {
            let value = values.get(reading).or(values.first())?;
            return sum.add_digits(*value, values.len() == 1, self.lang).then_some(1);
        }
        match self.numeral(at)? {
            Numeral::Add(value) => sum.add_word(value).then_some(1),
            Numeral::Times(factor) => sum.times(factor).then_some(1),
            Numeral::Thousand => sum.thousand(self.lang).then_some(1),
            Numeral::Great(factor) => sum.great(factor).then_some(1),
            Numeral::Half => self.half(at, sum),
            Numeral::And => self.and(at, sum),
            Numeral::Article => {
                let scale = self.numeral(self.past_hyphen(at + 1));
                let fits = matches!(scale, Some(Numeral::Great(_) | Numeral::Times(_)))
                    || (scale == Some(Numeral::Thousand) && self.lang == Lang::En);
                if scale == Some(Numeral::Half) && sum.is_empty() {
                    return self.half(self.past_hyphen(at + 1), sum).map(|taken| taken + 1);
                }
                (fits && sum.is_empty() && sum.add_word(1.0)).then_some(1)
            }
        }
    }

    /// Half a million, medio millón, media docena.
    fn half(&self, at: usize, sum: &mut Sum) -> Option<usize> {
        let mut next = self.past_hyphen(at + 1);
        if self.numeral(next) == Some(Numeral::Article) {
            next += 1;
        }
        let is_scale = matches!(self.numeral(next), Some(Numeral::Great(_) | Numeral::Times(12.0)));
        (is_scale && sum.is_empty() && sum.add_word(0.5)).then_some(next - at)
    }

    /// Two and a half, dos y medio, treinta y un, one hundred and five.
    fn and(&self, at: usize, sum: &mut Sum) -> Option<usize> {
        let next = if self.lang == Lang::En && self.numeral(at + 1) == Some(Numeral::Article) {
            at + 2
        } else {
            at + 1
        };
        if self.numeral(next) == Some(Numeral::Half) {
            return sum.add_half().then_some(next + 1 - at);
        }
        let value = match self.numeral(at + 1)? {
            Numeral::Add(value) => value,
            Numeral::Article if self.lang == Lang::Es => 1.0,
            _ => return None,
        };
        let after = self.numeral(self.past_hyphen(at + 2));
        let is_next_number = match after {
            Some(Numeral::Times(_)) => true,
            Some(Numeral::Thousand) => sum.thousands.is_some(),
            Some(Numeral::Great(_)) => sum.last_great.is_some(),
            _ => false,
        };
        let fits = match self.lang {
            Lang::Es => sum.ends_in_tens() && value < 10.0,
            Lang::En => sum.follows_scale && value < 100.0 && !is_next_number,
        };
        (fits && sum.add_word(value)).then_some(2)
    }

    /// What stands before and after a number: signs of currency, units, months, hours.
    fn around(&self, start: usize, number: &Number, values: &mut Vec<f64>) -> Found {
        let mut found = self.other(start, number.end, Vec::new());
        found.quantity.is_scaled = number.is_scaled;
        found.quantity.is_spelled = number.is_spelled;
        let sign = self.sign_before(start);
        let (kind, unit) = match sign {
            Some(unit) => (Kind::Money, Some(unit)),
            None => (Kind::Amount, None),
        };
        (found.quantity.kind, found.quantity.unit) = (kind, unit);
        found.quantity.is_sure = true;
        if !self.joined_letters(&mut found, sign.is_some(), values) {
            let is_ordinal = self.word(number.end).is_some_and(|word| {
                matches!(word, "st" | "nd" | "rd" | "th") && self.is_joined(number.end) && number.value > 1.0
            });
            let is_century = matches!(self.word(number.end + 1), Some("century" | "centuries"));
            found.quantity.is_sure = is_ordinal && !is_century && self.lang == Lang::En;
            found.quantity.kind = if found.quantity.is_sure { Kind::Ordinal } else { Kind::Other };
            return found;
        }
        self.unit_after(&mut found, values);
        if found.quantity.kind == Kind::Amount && found.quantity.unit.is_none() {
            found.quantity.kind = self.bare_kind(start, found.end, number, values);
        }
        let is_vague = matches!(found.quantity.kind, Kind::Other | Kind::Time | Kind::Part);
        found.quantity.is_sure &= !is_vague || found.quantity.unit == Some(Unit::BasisPoint);
        found
    }

    /// The currency that a sign before the number names: `$`, `US$`, `MXN`.
    fn sign_before(&self, start: usize) -> Option<Unit> {
        let before = start.checked_sub(1)?;
        match self.piece(before)? {
            Piece::Sign('$') => Some(match before.checked_sub(1).and_then(|at| self.word(at)) {
                Some("us" | "usd") if self.is_joined(before) => Unit::Dollar,
                Some("mx" | "mxn") if self.is_joined(before) => Unit::Peso,
                Some(_) if self.is_joined(before) => Unit::OtherMoney,
                _ if self.lang == Lang::En => Unit::Dollar,
                _ => Unit::Sign,
            }),
            Piece::Sign('€' | '£' | '¥') => Some(Unit::OtherMoney),
            Piece::Word(word) if word == "usd" => Some(Unit::Dollar),
            Piece::Word(word) if word == "mxn" => Some(Unit::Peso),
            _ => None,
        }
    }

    /// Takes letters that are joined to the digits; whether the number is an amount all the same.
    fn joined_letters(&self, found: &mut Found, is_money: bool, values: &mut Vec<f64>) -> bool {
        let start = found.start;
        let is_name = match start.checked_sub(1).and_then(|before| self.piece(before)) {
            Some(Piece::Word(_) | Piece::Sign('#' | '@' | '_')) => self.is_joined(start),
            Some(Piece::Sign('-' | '–' | '/')) => {
                self.is_joined(start)
                    && self.is_joined(start - 1)
                    && start.checked_sub(2).is_some_and(|at| self.word(at).is_some())
            }
            _ => false,
        };
        if is_name {
            return false;
        }
        let Some(word) = self.word(found.end).filter(|_| self.is_joined(found.end)) else { return true };
        let token = &self.tokens[found.end];
        let written = token.span.of(self.text);
        if let Some((factor, needs_money)) = words::suffix(written).filter(|(_, needs)| is_money || !needs) {
            let _ = needs_money;
            values.iter_mut().for_each(|value| *value *= factor);
            found.quantity.is_scaled = true;
            found.quantity.span.end = token.span.end;
            found.quantity.unit_end = token.span.end;
            found.end += 1;
            return true;
        }
        if word == "s" {
            let shorter: Vec<f64> = values.iter().map(|value| value % 100.0).collect();
            values.extend(shorter);
        }
        if words::is_ordinal(word) {
            found.end += 1;
            return self.is_day(start, found.end);
        }
        words::unit(word, self.lang).is_some()
    }

    /// Takes the unit after a number.
    fn unit_after(&self, found: &mut Found, values: &mut [f64]) {
        let at = self.past_hyphen(found.end);
        let quantity = &mut found.quantity;
        let (percent, taken) = match (self.piece(at), self.word(at), self.word(at + 1)) {
            (Some(Piece::Sign('%')), ..) => (true, 1),
            (_, Some("percent" | "pct" | "porciento"), _) => (true, 1),
            (_, Some("per"), Some("cent")) | (_, Some("por"), Some("ciento")) => (true, 2),
            _ => (false, 0),
        };
        if percent {
            quantity.kind = Kind::Percent;
            quantity.unit = None;
            found.end = at + taken;
            quantity.unit_end = self.tokens[found.end - 1].span.end;
            return;
        }
        match (self.word(at), self.word(at + 1)) {
            (Some("basis"), Some("points" | "point")) | (Some("puntos" | "punto"), Some("base")) => {
                quantity.kind = Kind::Other;
                quantity.unit = Some(Unit::BasisPoint);
                quantity.unit_end = self.tokens[at + 1].span.end;
                return;
            }
            (Some("percentage"), Some("points" | "point"))
            | (Some("puntos" | "punto"), Some("porcentuales" | "porcentual")) => {
                quantity.unit = Some(Unit::PercentagePoint);
                quantity.unit_end = self.tokens[at + 1].span.end;
                return;
            }
            (Some("puntos" | "punto" | "points" | "point"), _) => {
                quantity.unit = Some(Unit::Point);
                return;
            }
            _ => {}
        }
        if let Some((measure, last)) = self.compound_unit(at) {
            quantity.unit = Some(Unit::Measure(measure));
            quantity.unit_end = self.tokens[last].span.end;
            return;
        }
        let at = self.past_adjectives(at);
        if let Some((kind, unit, factor)) = self.word(at).and_then(|word| words::unit(word, self.lang)) {
            values.iter_mut().for_each(|value| *value *= factor);
            quantity.is_scaled |= factor > 1.0;
            quantity.kind = kind;
            quantity.unit = Some(unit);
            quantity.unit_end = self.tokens[at].span.end;
            if self.has_half(at + 1) {
                values.iter_mut().for_each(|value| *value += 0.5 * factor);
            }
            if factor > 1.0 {
                quantity.span.end = self.tokens[at].span.end;
                found.end = at + 1;
            }
        }
    }

    /// «Siete días y medio», “seven days and a half”.
    fn has_half(&self, at: usize) -> bool {
        self.numeral(at) == Some(Numeral::And)
            && (self.numeral(at + 1) == Some(Numeral::Half) || self.numeral(at + 2) == Some(Numeral::Half))
    }

    /// The place after «de», “U.S.” and the like before a unit.
    fn past_adjectives(&self, at: usize) -> usize {
        let skipped = (at..at + 4).take_while(|&at| match self.piece(at) {
            Some(Piece::Word(word)) => matches!(
                word.as_str(),
                "de" | "us" | "u" | "s" | "united" | "states" | "american" | "mexican"
            ),
            Some(Piece::Sign('.')) => true,
            _ => false,
        });
        at + skipped.count()
    }

    /// What a number without unit is: a day, an hour, a year, or an amount.
    fn bare_kind(&self, start: usize, end: usize, number: &Number, values: &[f64]) -> Kind {
        let value = values.first().copied().unwrap_or(0.0);
        let is_plain = values.len() == 1 && !number.is_scaled && value.fract() == 0.0;
        if is_plain && value < 100.0 && self.is_day(start, end) {
            return Kind::Day;
        }
        if is_plain && value <= 24.0 && self.is_time(start, end) {
            return Kind::Time;
        }
        let four = self.tokens[start].span.end - self.tokens[start].span.start == 4;
        let is_year = is_plain && !number.is_spelled && four && (1000.0..3000.0).contains(&value);
        if is_year { Kind::Year } else { Kind::Amount }
    }

    fn is_day(&self, start: usize, end: usize) -> bool {
        let is_month = |at: usize| self.word(at).is_some_and(|word| month(word, self.lang).is_some());
        match self.lang {
            Lang::Es => self.word(end) == Some("de") && is_month(end + 1),
            Lang::En => {
                let before = start
                    .checked_sub(1)
                    .map(|at| if self.is_sign(at, '.') { at.saturating_sub(1) } else { at });
                let is_capital =
                    |at: usize| self.tokens[at].span.of(self.text).starts_with(char::is_uppercase);
                before.is_some_and(|at| is_month(at) && is_capital(at)) || (is_month(end) && is_capital(end))
            }
        }
    }

    fn is_time(&self, start: usize, end: usize) -> bool {
        let before = |back: usize| start.checked_sub(back).and_then(|at| self.word(at));
        let half = match (self.word(end), self.word(end + 2)) {
            (Some("am" | "pm" | "hrs" | "noon"), _) => true,
            (Some("a" | "p"), Some("m")) => self.is_sign(end + 1, '.'),
            (Some("o"), Some("clock")) => true,
            _ => false,
        };
        let stated = match self.lang {
            Lang::Es => {
                matches!(before(1), Some("las" | "la"))
                    && matches!(before(2), Some("a" | "de" | "desde" | "hasta" | "entre" | "y" | "sobre"))
            }
            Lang::En => matches!(before(1), Some("at" | "by" | "until" | "around")),
        };
        half || stated
    }

    /// A number may have the scale of the one it is joined to («3 a 5 millones») or of one before it («de los 1,240
    /// millones se recuperaron 310»).
    fn share_scales(&self, found: &mut [Found]) {
        for at in 0..found.len() {
            if !may_lack_scale(&found[at].quantity) {
                continue;
            }
            let next = found.get(at + 1).filter(|next| self.are_joined(found[at].end, next.start));
            let before = found[..at].iter().rev().find(|before| before.quantity.is_scaled);
            let scales = next.into_iter().chain(before).filter(|other| other.quantity.is_scaled);
            let scales: Vec<f64> = scales.map(|other| other.scale).collect();
            let quantity = &mut found[at].quantity;
            let stated = quantity.values.clone();
            quantity
                .values
                .extend(scales.iter().flat_map(|scale| stated.iter().map(move |value| value * scale)));
            quantity.is_sure &= scales.is_empty();
        }
    }

    /// A number has the unit of the one it is joined to: «entre 2 y 8 °C».
    fn share_units(&self, found: &mut [Found]) {
        for at in (1..found.len()).rev() {
            let (before, rest) = found.split_at_mut(at);
            let (Some(before), Some(next)) = (before.last_mut(), rest.first()) else { continue };
            let is_bare = before.quantity.kind == Kind::Amount && before.quantity.unit.is_none();
            let is_measured = matches!(next.quantity.unit, Some(Unit::Measure(_)));
            if is_bare && is_measured && self.are_joined(before.end, next.start) {
                before.quantity.unit = next.quantity.unit;
            }
        }
    }

    /// Whether nothing but a word that joins two numbers stands between.
    fn are_joined(&self, from: usize, to: usize) -> bool {
        let between = self.tokens.get(from..to).unwrap_or(&[]);
        !between.is_empty()
            && between.len() <= 2
            && between.iter().all(|token| match &token.piece {
                Piece::Word(word) => matches!(word.as_str(), "a" | "y" | "o" | "to" | "and" | "or"),
                Piece::Sign(sign) => matches!(sign, '-' | '–' | '$'),
                _ => false,
            })
    }
}

/// Whether a number may have its scale from another one.
fn may_lack_scale(quantity: &Quantity) -> bool {
    let is_amount =
        quantity.kind == Kind::Money || (quantity.kind == Kind::Amount && quantity.unit.is_none());
    is_amount
        && !quantity.is_scaled
        && !quantity.is_spelled
        && quantity.values.iter().all(|value| *value < 1e4)
}

/// A number while it is read: millions and above, thousands, and what is below.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    total: f64,
    thousands: Option<f64>,
    rest: Option<f64>,
    /// The last word of a million or more.
    last_great: Option<f64>,
    base: Option<f64>,
    /// The last piece was a word of scale.
    follows_scale: bool,
    is_scaled: bool,
    has_digits: bool,
    last_has_digits: bool,
    is_rough: bool,
}

impl Sum {
    fn value(&self) -> f64 {
        self.total + self.thousands.unwrap_or(0.0) + self.rest.unwrap_or(0.0)
    }

    fn is_empty(&self) -> bool {
        self.rest.is_none() && self.thousands.is_none() && self.last_great.is_none()
    }

    /// Digits begin a number, or go on after a word of scale: «mil 500», «2 millones 300 mil».
    fn add_digits(&mut self, value: f64, is_plain: bool, lang: Lang) -> bool {
        let goes_on = lang == Lang::Es && self.follows_scale && is_plain && (1.0..1000.0).contains(&value);
        if !(self.is_empty() || (goes_on && self.rest.is_none())) {
            return false;
        }
        if self.is_empty() {
            self.base = Some(value);
        } else {
            self.base = None;
        }
        self.rest = Some(value);
        (self.has_digits, self.last_has_digits, self.follows_scale) = (true, true, false);
        true
    }

    fn add_word(&mut self, value: f64) -> bool {
        match self.rest {
            None => self.rest = Some(value),
            Some(rest) if !self.last_has_digits && value < gap(rest) => self.rest = Some(rest + value),
            Some(_) => return false,
        }
        (self.last_has_digits, self.follows_scale) = (false, false);
        true
    }

    fn add_half(&mut self) -> bool {
        match (self.rest, self.last_great) {
            (Some(rest), _) if rest.fract() == 0.0 => self.rest = Some(rest + 0.5),
            (None, Some(great)) if self.thousands.is_none() => self.total += great / 2.0,
            _ => return false,
        }
        self.follows_scale = false;
        true
    }

    fn ends_in_tens(&self) -> bool {
        !self.last_has_digits
            && self.rest.is_some_and(|rest| (30.0..100.0).contains(&(rest % 100.0)) && rest % 10.0 == 0.0)
    }

    fn times(&mut self, factor: f64) -> bool {
        let Some(rest) = self.rest.filter(|rest| *rest < 100.0) else { return false };
        self.rest = Some(rest * factor);
        self.is_rough |= factor == 12.0;
        (self.follows_scale, self.last_has_digits) = (true, false);
        true
    }

    fn thousand(&mut self, lang: Lang) -> bool {
        let start = if lang == Lang::Es { Some(1.0) } else { None };
        let Some(rest) = self.rest.or(start).filter(|_| self.thousands.is_none()) else { return false };
        self.thousands = Some(rest * 1000.0);
        self.rest = None;
        (self.follows_scale, self.is_scaled) = (true, true);
        true
    }

    fn great(&mut self, factor: f64) -> bool {
        let below = self.thousands.unwrap_or(0.0) + self.rest.unwrap_or(0.0);
        let has_count = self.thousands.is_some() || self.rest.is_some();
        if !has_count || self.last_great.is_some_and(|last| factor >= last) {
            return false;
        }
        self.total += below * factor;
        (self.thousands, self.rest, self.last_great) = (None, None, Some(factor));
        (self.follows_scale, self.is_scaled) = (true, true);
        true
    }
}

/// The greatest power of ten that divides a whole number below a thousand: what may still be added is less.
fn gap(value: f64) -> f64 {
    [100.0, 10.0].into_iter().find(|power| value > 0.0 && value % power == 0.0).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read, as `text=value`.
    fn amounts(text: &str, lang: Lang) -> Vec<String> {
        read(text, lang).iter().map(|q| format!("{}={}", q.span.of(text), q.values[0])).collect()
    }

    #[test]
    fn numbers_are_read_with_their_scale() {
        for (lang, text, expected) in [
            (Lang::Es, "mil 500 millones de dólares", "mil 500 millones=1500000000"),
            (Lang::Es, "ciento dos mil trescientos", "ciento dos mil trescientos=102300"),
            (Lang::Es, "treinta y cinco", "treinta y cinco=35"),
            (Lang::Es, "un millón y medio", "un millón y medio=1500000"),
            (Lang::Es, "1'250,000 pesos", "1'250,000=1250000"),
            (Lang::Es, "1 200 000 pesos", "1 200 000=1200000"),
            (Lang::Es, "5 mil 400 mdp", "5 mil 400 mdp=5400000000"),
            (Lang::En, "one hundred and five thousand", "one hundred and five thousand=105000"),
            (Lang::En, "a $1.5-billion plan", "1.5-billion=1500000000"),
            (Lang::En, "a half-million people", "a half-million=500000"),
            (Lang::En, "$3bn", "3bn=3000000000"),
            (Lang::En, ".08 percent", ".08=0.08"),
        ] {
            assert_eq!(amounts(text, lang), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_sure() {
        for (lang, text) in [
            (Lang::Es, "COVID-19"),
            (Lang::Es, "el G20"),
            (Lang::En, "the 21st century"),
            (Lang::En, "24/7"),
            (Lang::En, "at 8:30"),
            (Lang::En, "a dozen"),
            (Lang::Es, "la tercera parte"),
        ] {
            assert!(read(text, lang).iter().all(|quantity| !quantity.is_sure), "{text}");
        }
        assert_eq!(read("miles de millones, cientos de miles", Lang::Es), []);
        assert_eq!(read("billions, hundreds of thousands", Lang::En), []);
    }

    #[test]
    fn odd_texts_are_read_without_trouble() {
        for text in [
            "",
            "1.",
            "1,,2",
            "$",
            "9".repeat(400).as_str(),
            "1:2/3.4,5",
            "½ 1\u{a0}",
            "y medio mil y",
            "and a half",
        ] {
            for lang in Lang::ALL {
                for quantity in read(text, lang) {
                    assert!(
                        text.get(quantity.span.range()).is_some() && !quantity.values.is_empty(),
                        "{text}"
                    );
                }
            }
        }
    }
}
