//! What two terms have in common that differ in case, accents and typography only.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a term: lower case, without accents (ñ is a letter), words divided by single spaces.
pub(super) fn of(term: &str) -> String {
    let mut key = String::with_capacity(term.len());
    if term.is_ascii() {
        // Most terms of a large glossary, and far cheaper.
        term.chars().for_each(|c| push(&mut key, c.to_ascii_lowercase()));
    } else {
        term.nfkc().flat_map(char::to_lowercase).for_each(|c| push(&mut key, c));
    }
    key.truncate(key.trim_end().len());
    key
}

fn push(key: &mut String, c: char) {
    if c.is_ascii_alphanumeric() || c == 'ñ' {
        key.push(c);
    } else if c.is_alphanumeric() {
        key.extend(c.nfd().filter(|c| !is_combining_mark(*c)));
    } else if !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn terms_meet_in_their_keys() {
        let cases = [
            ("Secretaría de  Economía", "secretaria de economia"),
            ("T-MEC", "t mec"),
            ("EE.\u{a0}UU.", "ee uu"),
            ("AÑO", "año"),
            ("an\u{303}o", "año"),
            ("—¿?", ""),
        ];
        for (term, expected) in cases {
            assert_eq!(super::of(term), expected, "{term}");
        }
    }
}
