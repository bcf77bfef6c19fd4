//! Forms and marks of another region: vosotros, decimal comma, points between thousands, angular quotation marks.

use super::{Issue, Scope, Side};
use crate::check::Severity;
use crate::lang::Lang;
use crate::termbase::LangTag;
use crate::text::{Span, fold, quotes};

/// What a Spanish or English text has of another region.
pub(super) fn issues(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    let tag = scope.readers(lang);
    if lang == Lang::Es && !is_of(tag, &["ES", "GQ"]) {
        issues.extend(vosotros(scope, side).into_iter().map(|span| {
            let message = scope.say(
                format!("the forms of vosotros are not used in {tag}"),
                format!("las formas de vosotros no se usan en {tag}"),
            );
            let help = scope.say("address with ustedes", "trate de ustedes");
            Issue::new(lang, span, message).help(help)
        }));
    }
    if lang == Lang::En || is_of(tag, DECIMAL_POINT) {
        issues.extend(numbers(scope, lang, side));
        issues.extend(quotation_marks(scope, lang, side));
    }
    issues
}

/// Where Spanish writes 3.5 and 1,200 (and “” first): Diccionario panhispánico de dudas, “números”.
const DECIMAL_POINT: &[&str] = &["MX", "US", "GT", "HN", "SV", "NI", "PA", "DO", "PR"];

fn is_of(tag: &LangTag, regions: &[&str]) -> bool {
    tag.region().is_some_and(|region| regions.contains(&region.to_uppercase().as_str()))
}

/// The forms of vosotros, those of a sentence together.
fn vosotros(scope: &Scope<'_>, side: &Side<'_>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    // What the English text has too is no Spanish: the module os.
    let is_english = |written: &str| {
        let source = scope.side(Lang::En);
        source.is_some_and(|en| en.words.iter().any(|word| word.span.of(en.text()) == written))
    };
    let is_form = |written: &str| is_vosotros(written) && !is_english(written);
    let forms = side.words.iter().filter(|word| is_form(word.span.of(side.text())));
    for word in forms {
        let segment = side.analysis.segment_at(word.span);
        match found.last_mut() {
            Some(last) if side.analysis.segment_at(*last) == segment => last.end = word.span.end,
            _ => found.push(word.span),
        }
    }
    found
}

fn is_vosotros(word: &str) -> bool {
    let lower = fold::lower(word);
    let named =
        ["vosotros", "vosotras", "vuestro", "vuestra", "vuestros", "vuestras", "sois", "vais", "dais", "os"];
    let ends = ["áis", "éis", "asteis", "isteis", "abais", "íais", "arais", "ierais", "aseis", "ieseis"];
    let is_verb = lower.chars().count() > 4 && ends.iter().any(|end| lower.ends_with(end));
    // A capital within a sentence is a name's.
    (named.contains(&lower.as_str()) && (lower.len() > 2 || lower == word)) || is_verb
}

/// Numbers with a decimal comma or with points between thousands.
fn numbers(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Issue> {
    let text = side.text();
    let mut issues = Vec::new();
    for span in figures(text) {
        let written = span.of(text);
        let Some(right) = respelt(written) else { continue };
        if !is_meant(scope, lang, span, &right, &text[span.end..]) {
            continue;
        }
        let tag = scope.readers(lang);
        let message = scope.say(
            format!("“{written}” is not how {tag} writes the number"),
            format!("«{written}» no es como se escribe la cifra en {tag}"),
        );
        let help = scope.say(format!("write “{right}”"), format!("escriba «{right}»"));
        let mut issue = Issue::new(lang, span, message).help(help);
        issue.replacement = Some(right);
        issues.push(issue);
    }
    issues
}

/// Runs of digits with points or commas between them.
fn figures(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|from| at + from) {
        let is_part = |i: usize| {
            bytes[i].is_ascii_digit()
                || matches!(bytes[i], b'.' | b',') && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
        };
        let end = (start..bytes.len()).find(|&i| !is_part(i)).unwrap_or(bytes.len());
        let is_within_word =
            text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-'));
        if !is_within_word {
            found.push(Span::new(start, end));
        }
        at = end;
    }
    found
}

/// A number with its marks exchanged, where they are those of the other custom.
fn respelt(written: &str) -> Option<String> {
    let exchanged = || {
        let exchange = |c| match c {
            '.' => ',',
            ',' => '.',
            other => other,
        };
        written.chars().map(exchange).collect()
    };
    let (whole, decimals) = match written.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (written, None),
    };
    let groups: Vec<&str> = whole.split('.').collect();
    let in_thousands =
        groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let has_comma = decimals.is_some_and(|decimals| {
        decimals.bytes().all(|b| b.is_ascii_digit()) && (decimals.len() < 3 || in_thousands)
    });
    match (decimals, groups.len()) {
        (Some(_), 1) if has_comma => Some(exchanged()),
        (Some(_), _) if has_comma && in_thousands => Some(exchanged()),
        (None, _) if in_thousands => Some(exchanged()),
        _ => None,
    }
}

/// Whether a number so marked is one of the other custom, and no list, article or time: the source has it with its marks
/// exchanged, or it counts something.
fn is_meant(scope: &Scope<'_>, lang: Lang, span: Span, right: &str, after: &str) -> bool {
    let opposite = scope.opposite(lang, span);
    let source = scope.side(lang.other());
    let in_source = source.is_some_and(|side| {
        opposite.iter().any(|stretch| {
            figures(stretch.of(side.text())).iter().any(|figure| figure.of(stretch.of(side.text())) == right)
        })
    });
    in_source
        || UNITS.iter().any(|unit| after.trim_start_matches([' ', '\u{a0}', '\u{202f}']).starts_with(unit))
}

/// What is counted where the source does not tell.
const UNITS: &[&str] = &[
    "%",
    "por ciento",
    "millones",
    "millón",
    "mil millones",
    "puntos",
    "pesos",
    "dólares",
    "euros",
    "kilómetros",
    "metros",
    "toneladas",
    "hectáreas",
    "litros",
    "personas",
    "percent",
    "million",
    "billion",
    "miles",
    "tons",
];

/// Angular quotation marks, each pair once.
fn quotation_marks(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Issue> {
    let text = side.text();
    let mut issues = Vec::new();
    for (open, _) in text.match_indices('«') {
        let line = text[open..].split('\n').next().unwrap_or("");
        let Some(length) = line.find('»') else { continue };
        let span = Span::new(open, open + length + '»'.len_utf8());
        let inner = &line['«'.len_utf8()..length];
        if is_foreign(side, span) {
            continue;
        }
        let tag = scope.readers(lang);
        let message = scope.say(
            format!("angular quotation marks are not the usual ones in {tag}"),
            format!("las comillas angulares no son las usuales en {tag}"),
        );
        let mut issue = Issue::new(lang, span, message).help(scope.say("write “…”", "escriba “…”"));
        // Publishers in every country use them; newspapers do not.
        issue.severity = Some(Severity::Note);
        issue.replacement = Some(format!("“{inner}”"));
        issues.push(issue);
    }
    issues
}

/// Whether a quotation is in the other language, with its marks.
fn is_foreign(side: &Side<'_>, span: Span) -> bool {
    let segment = side.analysis.segments.get(side.analysis.segment_at(span));
    segment.is_some_and(|segment| {
        quotes(side.text(), segment.span).iter().any(|quote| span.contains(quote.span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_other_custom() {
        let cases = [
            ("3,5", Some("3.5")),
            ("1.200", Some("1,200")),
            ("1.234.567,8", Some("1,234,567.8")),
            ("3.5", None),
            ("1,200", None),
            ("1,234.5", None),
            ("2019", None),
        ];
        for (written, wanted) in cases {
            assert_eq!(respelt(written).as_deref(), wanted, "{written}");
        }
    }

    #[test]
    fn vosotros_and_no_other_words() {
        for word in ["Vosotros", "tenéis", "habláis", "vuestra", "os", "hicisteis"] {
            assert!(is_vosotros(word), "{word}");
        }
        for word in ["seis", "país", "beis", "París", "OS", "jamás", "crisis"] {
            assert!(!is_vosotros(word), "{word}");
        }
    }
}
