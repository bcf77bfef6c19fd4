//! Spanish words that are right with the accent and without it, or with it on another syllable.

use std::borrow::Cow;

/// Sorted, without accents, singular. Both spellings are in the academies' dictionary.
const WORDS: &[&str] = &[
    "afrodisiaco",
    "alveolo",
    "amoniaco",
    "austriaco",
    "beisbol",
    "biosfera",
    "cardiaco",
    "cartel",
    "chofer",
    "coctel",
    "conclave",
    "cuadriga",
    "demoniaco",
    "dinamo",
    "elegiaco",
    "elite",
    "estratosfera",
    "etiope",
    "exegesis",
    "exegeta",
    "futbol",
    "gladiolo",
    "hemiplejia",
    "hipocondriaco",
    "icono",
    "iliaco",
    "isobara",
    "maniaco",
    "meteoro",
    "misil",
    "nigromancia",
    "olimpiada",
    "omoplato",
    "paradisiaco",
    "pentagrama",
    "periodo",
    "policiaco",
    "reptil",
    "reuma",
    "termostato",
    "video",
    "zodiaco",
];

/// Whether a word (folded to its key, singular or plural) may carry its accent or not.
pub fn is_double(key: &str) -> bool {
    singulars(key).any(|word| WORDS.binary_search(&word.as_ref()).is_ok())
}

/// The word itself and what it may be the plural or the feminine of.
fn singulars(key: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let bare = [Some(key), key.strip_suffix('s'), key.strip_suffix("es")];
    let feminine =
        key.strip_suffix("as").or_else(|| key.strip_suffix('a')).map(|stem| Cow::Owned(format!("{stem}o")));
    bare.into_iter().flatten().map(Cow::Borrowed).chain(feminine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_plurals_count() {
        assert!(WORDS.is_sorted());
        for word in ["cartel", "carteles", "periodos", "policiaca", "policiacas", "videos"] {
            assert!(is_double(word), "{word}");
        }
        for word in ["papa", "publico", "ano"] {
            assert!(!is_double(word), "{word}");
        }
    }
}
