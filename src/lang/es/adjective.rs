//! Gender of adjectives and apocope: *mexicano → mexicana*, *alemán → alemana*, *primer ↔ primero*.

use super::accent;
use crate::lang::forms::like_case;
use crate::lang::word_set::WordSet;

/// The feminine singular, none where one form serves both (*comercial*, *federal*, *indígena*).
pub(super) fn feminine(word: &str) -> Option<String> {
    if let Some(short) = apocope(&word.to_lowercase()) {
        return Some(like_case(word, short.feminine));
    }
    let ending = |tail: &str| word.ends_with(tail);
    if let Some(stem) = word.strip_suffix('o') {
        return Some(format!("{stem}a"));
    }
    if ending("ón") || ending("án") || ending("ín") || ending("és") {
        return (!SAME_IN_BOTH.has(word)).then(|| accent::append(word, "a"));
    }
    if ending("or") {
        return (!SAME_IN_BOTH.has(word) && !ending("color")).then(|| format!("{word}a"));
    }
    if let Some(stem) = word.strip_suffix("ete").or_else(|| word.strip_suffix("ote")) {
        return AUGMENTED.has(word).then(|| format!("{stem}{}a", if ending("ete") { "et" } else { "ot" }));
    }
    TAKE_A.has(word).then(|| format!("{word}a"))
}

/// Whether the ending alone shows an adjective that has a feminine in -a: *peligroso*, *carísimo*.
pub(super) fn has_adjective_ending(word: &str) -> bool {
    let long = word.chars().count() > 5;
    long && (word.ends_with("oso") || word.ends_with("ísimo"))
        && !matches!(word, "reposo" | "coloso" | "acoso")
}

/// Whether a word of which nothing else is known may be an adjective that has a feminine in -a, by its ending and its
/// stress: *retroactivo*, *hidrográfico*, *férreo*; *abanico* and *correo* are stressed elsewhere.
pub(crate) fn ends_like_adjective(word: &str) -> bool {
    let stressed_before = || word.contains(['á', 'é', 'í', 'ó', 'ú']);
    let ending = |tail: &str| word.ends_with(tail);
    word.chars().count() > 5 && (ending("ivo") || ((ending("ico") || ending("eo")) && stressed_before()))
}

/// Whether the ending shows an adjective, which agrees and is no apposition (*ciudades dormitorio*).
pub(super) fn is_surely_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["al", "ble", "ivo", "iva", "ico", "ica", "oso", "osa", "ado", "ada", "ano", "ana"];
    word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// A form cut short before a noun.
pub(super) struct Apocope {
    short: &'static str,
    /// The whole masculine singular.
    pub(super) full: &'static str,
    pub(super) feminine: &'static str,
    pub(super) plural: &'static str,
}

const fn cut(
    short: &'static str,
    full: &'static str,
    feminine: &'static str,
    plural: &'static str,
) -> Apocope {
    Apocope { short, full, feminine, plural }
}

const APOCOPES: [Apocope; 8] = [
    cut("gran", "grande", "gran", "grandes"),
    cut("buen", "bueno", "buena", "buenos"),
    cut("mal", "malo", "mala", "malos"),
    cut("primer", "primero", "primera", "primeros"),
    cut("tercer", "tercero", "tercera", "terceros"),
    cut("algún", "alguno", "alguna", "algunos"),
    cut("ningún", "ninguno", "ninguna", "ningunos"),
    cut("postrer", "postrero", "postrera", "postreros"),
];

/// The short form that a lower-case word is.
pub(super) fn apocope(word: &str) -> Option<&'static Apocope> {
    APOCOPES.iter().find(|apocope| apocope.short == word)
}

/// The short form of a lower-case word: *bueno → buen*.
pub(super) fn shortened(word: &str) -> Option<&'static str> {
    APOCOPES.iter().find(|apocope| apocope.full == word).map(|apocope| apocope.short)
}

static SAME_IN_BOTH: WordSet = WordSet::new(
    "marrón afín ruin cortés descortés montés mayor menor mejor peor superior inferior anterior posterior interior \
     exterior ulterior citerior júnior sénior",
);

static TAKE_A: WordSet = WordSet::new("español mongol andaluz juez concejal colegial zagal");

static AUGMENTED: WordSet =
    WordSet::new("grandote feote altote regordete coquete gordote pobrete guapote francote");
