//! Which Spanish nouns and names stand with an article, by the form of their first words.
//!
//! *La Secretaría de Economía* and *el Registro Federal* begin with a common noun in the singular; *Gobernación*,
//! *Petróleos Mexicanos*, *Quédate en México* and *Costa Rica* stand alone.

use super::{nonverbs, number, stopwords};
use crate::lang::word_set::WordSet;
use crate::text::fold;

/// Whether a proper name takes the article: a name of several words that begins with a common noun in the
/// singular, with or without an adjective before it (*Suprema Corte*).
pub fn takes_article(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first, second, ..] = words.as_slice() else { return false };
    let is_noun =
        is_noun_phrase(name) && !is_verb(first) && !stopwords::is_function_word(&fold::lower(first));
    is_noun && !is_plural(name) && !is_clause(&words) && !is_place(first, second)
}

/// Whether a term is one noun with what belongs to it: no list, no numeral, and nothing that has an article of
/// its own.
pub fn is_noun_phrase(term: &str) -> bool {
    let Some(first) = term.split_whitespace().next() else { return false };
    let lower = fold::lower(first);
    let is_word = first.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '«' | '»' | '“' | '”'));
    // Initials before a name are part of it: CBP One.
    let is_initials = first.chars().count() > 1 && !first.contains(char::is_lowercase);
    let is_list = first.ends_with(',');
    is_word && !is_list && !is_initials && !NUMERALS.has(&lower) && !ARTICLES.has(&lower)
}

/// Whether the first word of a term is a plural.
pub fn is_plural(term: &str) -> bool {
    term.split_whitespace().next().is_some_and(number::is_plural)
}

/// Infinitives, gerunds, and commands with a pronoun: *Crecer*, *Sembrando*, *Quédate*.
fn is_verb(word: &str) -> bool {
    let lower = fold::lower(word);
    let is_gerund =
        ["ando", "iendo", "yendo"].iter().any(|ending| lower.ends_with(ending)) && !NO_GERUNDS.has(&lower);
    let is_command =
        ENCLITICS.iter().any(|ending| lower.ends_with(ending)) && lower.contains(['á', 'é', 'í', 'ó', 'ú']);
    nonverbs::looks_like_verb(&lower) || is_gerund || is_command
}

/// A sentence has a pronoun before its verb: *México te abraza*.
fn is_clause(words: &[&str]) -> bool {
    words
        .iter()
        .skip(1)
        .any(|word| matches!(fold::lower(word).as_str(), "te" | "se" | "me" | "nos" | "les" | "le"))
}

/// Places: those that begin with a place, and those whose noun has a name beside it instead of *de* or *del*
/// (*Ciudad Juárez*, but *la Ciudad de México*).
fn is_place(first: &str, second: &str) -> bool {
    let (first, second) = (fold::key(first), fold::lower(second));
    PLACES.has(&first) || (BEFORE_PLACES.has(&first) && !matches!(second.as_str(), "de" | "del"))
}

/// The vowel of a command and the pronoun after it; *lo* and *la* end too many nouns (*vehículo*, *película*).
const ENCLITICS: [&str; 9] = ["ate", "ete", "ame", "eme", "ese", "anse", "ense", "anos", "enos"];

/// Nouns that end like gerunds.
static NO_GERUNDS: WordSet =
    WordSet::new("comando mando bando contrabando fernando hernando dividendo estipendio");

/// What a term may begin with that has an article of its own.
static ARTICLES: WordSet = WordSet::new("el la los las un una unos unas");

/// Cardinal numbers, and the plurals that count.
static NUMERALS: WordSet = WordSet::new(
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta \
     cincuenta sesenta setenta ochenta noventa cien ciento doscientos trescientos quinientos mil miles millones",
);

/// Names of places with which longer ones begin, without accents.
static PLACES: WordSet = WordSet::new(
    "africa america asia california canada centroamerica corea españa europa guinea irlanda \
     latinoamerica mexico mesoamerica norteamerica oceania sudafrica sudamerica",
);

/// Words that are part of the names of places: *Nuevo León*, *San Diego*, *Costa Rica*, *Baja California*.
static BEFORE_PLACES: WordSet =
    WordSet::new("baja ciudad costa gran nueva nuevo puerto punta san santa santo sierra villa");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_common_nouns_take_the_article() {
        for name in [
            "Secretaría de Economía",
            "Registro Federal",
            "Número de Identificación Comercial",
            "Suprema Corte",
            "Ley de Amparo",
            "Ciudad de México",
            "Golfo de México",
            "Casa Blanca",
            "Plan México",
            "Sección 232",
            "Comando Norte",
            "Puerto de Veracruz",
            "río Bravo",
            "Estatus de Protección Temporal",
            "Cuarta Transformación",
            "Tratado entre México, Estados Unidos y Canadá",
            "Título 42",
            "Trámite Único",
            "Cédula Profesional",
        ] {
            assert!(takes_article(name), "{name}");
        }
    }

    #[test]
    fn other_names_stand_alone() {
        for name in [
            "Morena",
            "Gobernación",
            "Hacienda",
            "México",
            "Petróleos Mexicanos",
            "Naciones Unidas",
            "Aduanas y Protección Fronteriza",
            "Estados Unidos",
            "México te abraza",
            "Quédate en México",
            "Súmate al Campo",
            "Sembrando Vida",
            "Crecer Juntos",
            "América Central",
            "America First",
            "Costa Rica",
            "Nuevo León",
            "Ciudad Juárez",
            "San Diego",
            "CBP One",
            "La Haya",
            "Dos Laredos",
            "Por la Frontera",
            "",
        ] {
            assert!(!takes_article(name), "{name}");
        }
    }

    #[test]
    fn lists_and_numerals_are_no_noun_phrase() {
        for (term, expected) in [
            ("solicitante de asilo", true),
            ("«coyote»", true),
            ("arancel-cuota", true),
            ("no devolución", true),
            ("ser humano", true),
            ("niña, niño o adolescente", false),
            ("mil millones", false),
            ("10 por ciento", false),
            ("las reglas", false),
        ] {
            assert_eq!(is_noun_phrase(term), expected, "{term}");
        }
    }
}
