//! Where Spanish words are stressed, and when the stress is written.
//!
//! An ending that adds a syllable keeps the stress on the vowel that had it, so the written accent comes and
//! goes: *nación → naciones*, *joven → jóvenes*, *deporta + lo → depórtalo*.

/// `word` cut after `keep` bytes and ended with `tail`, the stress staying on the vowel that had it.
pub(super) fn retail(word: &str, keep: usize, tail: &str) -> String {
    let kept = word.get(..keep).unwrap_or(word);
    let letters: Vec<char> = word.chars().collect();
    let stress = stressed(&letters).filter(|&at| at < kept.chars().count());
    let mut new: Vec<char> = kept.chars().chain(tail.chars()).collect();
    match stress {
        Some(at) => {
            place(&mut new, at);
            new.into_iter().collect()
        }
        None => new.into_iter().collect(),
    }
}

/// `word` with `tail` added, the stress staying where it was.
pub(super) fn append(word: &str, tail: &str) -> String {
    retail(word, word.len(), tail)
}

/// Whether the last syllable carries the stress.
pub(super) fn is_oxytone(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let nuclei = nuclei(&letters);
    match (stressed(&letters), nuclei.last()) {
        (Some(at), Some(&last)) => at >= last,
        _ => false,
    }
}

/// `word` with an acute accent on its last vowel, if one syllable or more comes before and its ending asks for
/// it: *ven* with a prefix gives *convén*.
pub(super) fn oxytone(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if let Some(&last) = nuclei(&letters).last() {
        place(&mut letters, last);
    }
    letters.into_iter().collect()
}

/// `word` with an acute accent on its last letter, whatever the rules say.
pub(super) fn accent_end(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if let Some(last) = letters.last_mut() {
        *last = acute(*last);
    }
    letters.into_iter().collect()
}

/// Number of syllables, as spelling counts them.
pub(super) fn syllables(word: &str) -> usize {
    nuclei(&word.chars().collect::<Vec<_>>()).len()
}

/// A letter without its acute accent (ñ and ü stay).
pub(super) fn plain(letter: char) -> char {
    match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' => 'U',
        other => other,
    }
}

/// A vowel with an acute accent; any other letter as it is.
fn acute(letter: char) -> char {
    match letter {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        'A' => 'Á',
        'E' => 'É',
        'I' => 'Í',
        'O' => 'Ó',
        'U' => 'Ú',
        other => other,
    }
}

fn is_acute(letter: char) -> bool {
    plain(letter) != letter
}

fn is_strong(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'Á' | 'É' | 'Ó')
}

fn is_weak(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'i' | 'u' | 'ü' | 'Ü')
}

fn is_weak_acute(letter: char) -> bool {
    matches!(letter, 'í' | 'ú' | 'Í' | 'Ú')
}

fn is_vowel(letter: char) -> bool {
    is_strong(letter) || is_weak(letter) || is_weak_acute(letter)
}

/// The letter that carries each syllable.
fn nuclei(letters: &[char]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut previous: Option<usize> = None;
    for (at, &letter) in letters.iter().enumerate() {
        if !is_vowel(letter) || is_silent_u(letters, at) {
            previous = None;
            continue;
        }
        match previous.and_then(|before| letters.get(before).copied()) {
            Some(before) if joins(before, letter) => {
                // Of a diphthong the strong or accented vowel carries the syllable, else the second.
                if let Some(last) = found.last_mut().filter(|_| !is_strong(before) || is_acute(letter)) {
                    *last = at;
                }
            }
            _ => found.push(at),
        }
        previous = Some(at);
    }
    found
}

/// Whether two neighbouring vowels are one syllable: at least one is an unaccented i or u.
fn joins(before: char, letter: char) -> bool {
    let hiatus = (is_strong(before) && is_weak_acute(letter)) || (is_weak_acute(before) && is_strong(letter));
    !(hiatus || is_strong(before) && is_strong(letter))
}

/// The u of que, qui, gue, gui.
fn is_silent_u(letters: &[char], at: usize) -> bool {
    let letter = |i: usize| letters.get(i).map(|c| c.to_ascii_lowercase());
    let front = matches!(letter(at + 1), Some('e' | 'i' | 'é' | 'í'));
    let before = at.checked_sub(1).and_then(letter);
    letter(at) == Some('u') && front && matches!(before, Some('q' | 'g'))
}

/// The vowel that carries the stress.
fn stressed(letters: &[char]) -> Option<usize> {
    if let Some(at) = letters.iter().rposition(|&c| is_acute(c)) {
        return Some(at);
    }
    let nuclei = nuclei(letters);
    match nuclei.as_slice() {
        [.., before, _] if ends_open(letters) => Some(*before),
        [.., last] => Some(*last),
        [] => None,
    }
}

/// Ends in a vowel, n or s: such words are stressed on the last syllable but one.
fn ends_open(letters: &[char]) -> bool {
    letters.last().is_some_and(|&c| is_vowel(c) || matches!(c, 'n' | 's' | 'N' | 'S'))
}

/// Puts the stress on the vowel at `at`, written or not as the rules ask.
fn place(letters: &mut [char], at: usize) {
    for letter in letters.iter_mut() {
        *letter = plain(*letter);
    }
    let Some(vowel) = letters.get_mut(at) else { return };
    *vowel = acute(*vowel);
    if !needs_accent(letters, at)
        && let Some(vowel) = letters.get_mut(at)
    {
        *vowel = plain(*vowel);
    }
}

fn needs_accent(letters: &[char], at: usize) -> bool {
    let nuclei = nuclei(letters);
    let after = nuclei.iter().filter(|&&nucleus| nucleus > at).count();
    let neighbours = [at.checked_sub(1), Some(at + 1)];
    let in_hiatus = letters.get(at).is_some_and(|&c| is_weak_acute(c))
        && neighbours.into_iter().flatten().any(|i| letters.get(i).is_some_and(|&c| is_strong(c)));
    match after {
        _ if in_hiatus => true,
        0 => nuclei.len() > 1 && ends_open(letters),
        1 => !ends_open(letters),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accent_follows_the_stress() {
        for (word, tail, expected) in [
            ("nación", "es", "naciones"),
            ("joven", "es", "jóvenes"),
            ("país", "es", "países"),
            ("cárcel", "es", "cárceles"),
            ("común", "es", "comunes"),
            ("enviar", "lo", "enviarlo"),
            ("enviar", "selo", "enviárselo"),
            ("deportando", "los", "deportándolos"),
            ("deporta", "lo", "depórtalo"),
            ("envía", "lo", "envíalo"),
            ("detén", "lo", "detenlo"),
            ("oír", "lo", "oírlo"),
            ("di", "lo", "dilo"),
            ("di", "melo", "dímelo"),
            ("construye", "la", "constrúyela"),
            ("averigua", "lo", "averígualo"),
            ("busque", "lo", "búsquelo"),
        ] {
            assert_eq!(append(word, tail), expected, "{word} + {tail}");
        }
    }

    #[test]
    fn oxytones() {
        for (word, is) in [("francés", true), ("crisis", false), ("mes", true), ("lunes", false)] {
            assert_eq!(is_oxytone(word), is, "{word}");
        }
        assert_eq!(oxytone("conven"), "convén");
        assert_eq!(oxytone("deshaz"), "deshaz");
        assert_eq!(oxytone("ten"), "ten");
    }
}
