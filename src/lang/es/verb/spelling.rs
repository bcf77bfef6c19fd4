//! The same sound before another vowel: *buscar → busque*, *exigir → exija*, *creer → creyó*.

/// A stem of -ar written before e: *busc- → busqu-*, *pag- → pagu-*, *alcanz- → alcanc-*, *averigu- → averigü-*.
pub(super) fn front(stem: &str) -> String {
    swap_end(stem, &[("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c")])
}

/// A stem of -er, -ir written before a, o: *venc- → venz-*, *exig- → exij-*, *distingu- → disting-*.
pub(super) fn back(stem: &str) -> String {
    swap_end(stem, &[("gu", "g"), ("qu", "c"), ("c", "z"), ("g", "j")])
}

fn swap_end(stem: &str, pairs: &[(&str, &str)]) -> String {
    for (from, to) in pairs {
        if let Some(base) = stem.strip_suffix(from) {
            return format!("{base}{to}");
        }
    }
    stem.to_owned()
}

/// A stem of -er, -ir with an ending that begins with i: the glide becomes y between vowels (*creyó*) and is lost
/// after ñ, ll, j (*tiñó*, *bulló*, *dijeron*); the vowel takes an accent after a, e, o (*leído*).
pub(super) fn glide(stem: &str, ending: &str) -> String {
    let mut letters = ending.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let before_vowel = rest.starts_with(['e', 'é', 'o', 'ó', 'a', 'á']);
    match first {
        Some('i') if before_vowel && is_swallowed(stem) => format!("{stem}{rest}"),
        Some('i') if before_vowel && ends_in_i(stem) => format!("{stem}{rest}"),
        Some('i') if before_vowel && ends_in_vowel(stem) => format!("{}y{rest}", stem.replace('ü', "u")),
        Some('i') if !before_vowel && stem.ends_with(['a', 'e', 'o']) => format!("{stem}í{rest}"),
        _ => format!("{stem}{ending}"),
    }
}

fn is_swallowed(stem: &str) -> bool {
    stem.ends_with('ñ') || stem.ends_with("ll")
}

/// reír: *rio*, *riendo*.
fn ends_in_i(stem: &str) -> bool {
    stem.ends_with('i')
}

fn ends_in_vowel(stem: &str) -> bool {
    !stem.ends_with("gu") && !stem.ends_with("qu") && stem.ends_with(['a', 'e', 'o', 'u', 'ü'])
}
