//! What two terms have in common that differ in case, accents and typography only.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a term: lower case, without accents (ñ is a letter), words divided by single spaces.
pub(super) fn of(term: &str) -> String {
    let lower = term.nfkc().flat_map(char::to_lowercase);
    let plain: String = lower.flat_map(without_accent).collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn without_accent(c: char) -> impl Iterator<Item = char> {
    let keep = c == 'ñ';
    let base = (!keep).then(|| c.nfd().filter(|c| !is_combining_mark(*c)));
    keep.then_some(c).into_iter().chain(base.into_iter().flatten())
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
