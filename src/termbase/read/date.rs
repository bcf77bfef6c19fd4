/// Whether `text` is a calendar date of ISO 8601: `2026`, `2026-11` or `2026-11-22`, and such a day exists.
pub(crate) fn is_calendar_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |i: usize, digits: usize| {
        parts
            .get(i)
            .filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    match parts.len() {
        1 => number(0, 4).is_some(),
        2 => number(0, 4).is_some() && number(1, 2).is_some_and(is_month),
        3 => match (number(0, 4), number(1, 2), number(2, 2)) {
            (Some(year), Some(month), Some(day)) => {
                is_month(month) && day >= 1 && day <= days_in(year, month)
            }
            _ => false,
        },
        _ => false,
    }
}

fn is_month(month: u32) -> bool {
    (1..=12).contains(&month)
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar() {
        for good in ["2026", "2026-11", "2026-11-22", "2024-02-29", "2000-02-29", "1994-01-01"] {
            assert!(is_calendar_date(good), "{good}");
        }
        let bad = [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-2",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-11-00",
            "22-11-2026",
            "2026/11/22",
            "2026-11-22T10:00:00",
            "2026-11-22-01",
            "+026-11",
        ];
        for bad in bad {
            assert!(!is_calendar_date(bad), "{bad}");
        }
    }
}
