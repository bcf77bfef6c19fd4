//! How an entry is shown to a reader of a region: which terms come first, and the article before a noun.
//!
//! ```
//! use glosa::termbase::view::{article, terms_for, Nearness};
//! use glosa::termbase::{Gender, LangTag, Source, read};
//!
//! let text = "[[concept]]\nterms.es-ES = \"ordenador\"\nterms.es = \"computadora\"\n";
//! let termbase = read(&[Source::toml("glossary.toml", text)]).termbase;
//! let shown = terms_for(&termbase.concepts[0], &LangTag("es-MX".to_owned()));
//! assert_eq!((shown[0].term.term.as_str(), shown[0].nearness), ("computadora", Nearness::General));
//! assert_eq!((shown[1].term.term.as_str(), shown[1].nearness), ("ordenador", Nearness::Foreign));
//! assert_eq!(article("agua", Gender::Feminine, None), "el");
//! ```

use unicode_normalization::UnicodeNormalization;

use super::model::{
    Concept, ConceptKind, Gender, LangSection, LangTag, Number, PartOfSpeech, Status, TermEntry, TermType,
};
use crate::lang::Lang;
use crate::lang::es::names;

/// How near the usage of a term is to a reader's, from nearest to farthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// The reader's own region.
    Own,
    /// The language without a region.
    General,
    /// A region whose usage the reader shares: es-419 and es-US for es-MX.
    Neighbour,
    /// Another region: shown, but never as preferred.
    Foreign,
}

/// A term as a reader of a region sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownTerm<'a> {
    /// How near its usage is.
    pub nearness: Nearness,
    /// The status to show; a foreign term is at most admitted.
    pub status: Status,
    /// The tag of its section.
    pub tag: &'a LangTag,
    /// The term.
    pub term: &'a TermEntry,
}

/// The terms of the reader's language, nearest first: es-MX, then es, then es-419 and es-US, then the others.
/// Among equally near ones the order of the file holds.
pub fn terms_for<'a>(concept: &'a Concept, reader: &LangTag) -> Vec<ShownTerm<'a>> {
    let mut shown: Vec<ShownTerm<'a>> = concept
        .sections
        .iter()
        .flat_map(|section| (0..section.terms.len()).map(move |index| (section, index)))
        .filter_map(|(section, index)| {
            let term = section.terms.get(index)?;
            let nearness = nearness(term.region.as_ref().unwrap_or(&section.tag), reader)?;
            let status = status_for(section, index, reader);
            Some(ShownTerm { nearness, status, tag: &section.tag, term })
        })
        .collect();
    shown.sort_by_key(|shown| shown.nearness);
    shown
}

/// The term that a reader of a region is to use: the nearest preferred one, else the nearest usable one.
pub fn preferred_for<'a>(concept: &'a Concept, reader: &LangTag) -> Option<&'a TermEntry> {
    let shown = terms_for(concept, reader);
    let preferred = shown.iter().find(|shown| shown.status == Status::Preferred);
    preferred.or_else(|| shown.iter().find(|shown| shown.term.is_usable())).map(|shown| shown.term)
}

/// How near a tag is to a reader's; `None` for another language.
pub fn nearness(tag: &LangTag, reader: &LangTag) -> Option<Nearness> {
    let lang = reader.lang()?;
    if tag.lang() != Some(lang) {
        return None;
    }
    Some(match (tag.region(), reader.region()) {
        (None, None) => Nearness::Own,
        (Some(own), Some(of_reader)) if own.eq_ignore_ascii_case(of_reader) => Nearness::Own,
        (None, Some(_)) => Nearness::General,
        (Some(_), None) => Nearness::Neighbour,
        (Some(own), Some(of_reader)) if are_neighbours(lang, own, of_reader) => Nearness::Neighbour,
        _ => Nearness::Foreign,
    })
}

/// American Spanish is one neighbourhood as far as its common tags go; English regions stand alone.
fn are_neighbours(lang: Lang, own: &str, reader: &str) -> bool {
    let is_common = |region: &str| matches!(region.to_ascii_uppercase().as_str(), "419" | "US");
    let is_american = |region: &str| !region.eq_ignore_ascii_case("ES");
    lang == Lang::Es && is_american(own) && is_american(reader) && (is_common(own) || is_common(reader))
}

/// The status of a section's term as a reader of a region sees it: a foreign term is at most admitted.
///
/// # Panics
/// When the section has no such term.
pub fn status_for(section: &LangSection, index: usize, reader: &LangTag) -> Status {
    let usage = section.terms[index].region.as_ref().unwrap_or(&section.tag);
    match (section.effective_status(index), nearness(usage, reader)) {
        (Status::Preferred, Some(Nearness::Foreign)) => Status::Admitted,
        (status, _) => status,
    }
}

/// The definite article to show before a Spanish term, where newspapers print one and its gender is stated.
///
/// Common nouns take one by gender and number, but not a list (niña, niño o adolescente) nor a numeral (mil
/// millones). Initials take that of their gender (el T-MEC, la SCJN); names as [`names::takes_article`] says, those
/// of persons, slogans and abbreviations never.
pub fn article_of(entry: &TermEntry, kind: Option<ConceptKind>) -> Option<&'static str> {
    let gender = entry.gender?;
    let is_initials = is_initials(entry);
    let takes_one = match entry.pos {
        None | Some(PartOfSpeech::Noun) => is_initials || names::is_noun_phrase(&entry.term),
        Some(PartOfSpeech::Name) if kind == Some(ConceptKind::Person) => false,
        // Those of a plural stand for words that take none (EU, EE. UU.).
        Some(PartOfSpeech::Name) if is_initials => entry.number != Some(Number::Plural),
        Some(PartOfSpeech::Name) => !is_fixed(entry) && names::takes_article(&entry.term),
        Some(_) => false,
    };
    let number = entry.number.or_else(|| names::is_plural(&entry.term).then_some(Number::Plural));
    match (takes_one, is_initials) {
        (false, _) => None,
        // Initials have the article of the words they stand for: no rule of sound applies.
        (true, true) => Some(plain_article(gender, entry.number)),
        (true, false) => Some(article(&entry.term, gender, number)),
    }
}

/// Initials in capitals, as stated or as written: SCJN, T-MEC, but not Pemex, which is said like a name.
fn is_initials(entry: &TermEntry) -> bool {
    let in_capitals = !entry.term.contains(char::is_lowercase) && entry.term.contains(char::is_uppercase);
    let is_one = in_capitals && !entry.term.contains([' ', '.']) && entry.term.chars().count() > 1;
    is_one
        && matches!(entry.term_type, None | Some(TermType::Acronym | TermType::ShortForm | TermType::Variant))
}

/// Slogans stand as they are; abbreviations are read as other words.
fn is_fixed(entry: &TermEntry) -> bool {
    matches!(entry.term_type, Some(TermType::Phrase | TermType::Abbreviation))
}

/// The definite article of a Spanish noun: el, la, los, las; el/la, los/las for both genders.
///
/// A feminine noun that begins with a stressed a or ha takes el in the singular (el agua, el hambre).
pub fn article(term: &str, gender: Gender, number: Option<Number>) -> &'static str {
    match plain_article(gender, number) {
        "la" if begins_with_stressed_a(term) => "el",
        article => article,
    }
}

fn plain_article(gender: Gender, number: Option<Number>) -> &'static str {
    match (gender, number == Some(Number::Plural)) {
        (Gender::Masculine, false) => "el",
        (Gender::Feminine, false) => "la",
        (Gender::Common, false) => "el/la",
        (Gender::Masculine, true) => "los",
        (Gender::Feminine, true) => "las",
        (Gender::Common, true) => "los/las",
    }
}

/// Feminine words with a stressed a that keep la: letters, women, and adjectives before their noun.
const KEEP_LA: [&str; 15] = [
    "a", "hache", "alfa", "árbitra", "ácrata", "árabe", "alta", "amplia", "ancha", "agria", "ardua",
    "áspera", "ácida", "árida", "ágil",
];

fn begins_with_stressed_a(term: &str) -> bool {
    let head: String = term
        .nfc()
        .flat_map(char::to_lowercase)
        .skip_while(|c| !c.is_alphabetic())
        .take_while(|c| c.is_alphabetic())
        .collect();
    let sound = head.strip_prefix('h').unwrap_or(&head);
    if KEEP_LA.contains(&head.as_str()) {
        return false;
    }
    match sound.chars().next() {
        Some('á') => true,
        Some('a') if !sound.contains(['á', 'é', 'í', 'ó', 'ú']) => stress_is_first(sound),
        _ => false,
    }
}

/// Whether a word without a written accent is stressed on its first syllable: the last but one where it ends in
/// a vowel, n or s, else the last.
fn stress_is_first(word: &str) -> bool {
    let last_but_one = word.ends_with(['a', 'e', 'i', 'o', 'u', 'n', 's']);
    match syllables(word) {
        1 => true,
        2 => last_but_one,
        _ => false,
    }
}

/// Counts the syllables of a word without written accents: two strong vowels (a, e, o) are two of them.
fn syllables(word: &str) -> usize {
    let strong = |c: char| matches!(c, 'a' | 'e' | 'o');
    let vowel = |c: char| strong(c) || matches!(c, 'i' | 'u' | 'ü');
    let mut count = 0;
    let mut before: Option<char> = None;
    // The u of que, qui is silent.
    for c in word.replace("qu", "q").chars() {
        let continues = before.is_some_and(|before| vowel(before) && !(strong(before) && strong(c)));
        if vowel(c) && !continues {
            count += 1;
        }
        before = Some(c);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::LangSection;

    fn tag(text: &str) -> LangTag {
        LangTag(text.to_owned())
    }

    #[test]
    fn feminine_nouns_with_stressed_a_take_el() {
        let el = [
            "agua",
            "águila",
            "hambre",
            "arma",
            "aula",
            "área metropolitana",
            "Alza",
            "hacha",
            "ancla",
            "haz",
        ];
        let la = [
            "arena",
            "aduana",
            "agencia",
            "hamaca",
            "alta comisionada",
            "árbitra",
            "amiga",
            "frontera",
            "habilidad",
            "América",
            "acción",
            "harina",
            "«ayuda»",
            "H",
            "",
        ];
        for term in el {
            assert_eq!(article(term, Gender::Feminine, None), "el", "{term}");
            assert_eq!(article(term, Gender::Feminine, Some(Number::Plural)), "las", "{term}");
        }
        for term in la {
            assert_eq!(article(term, Gender::Feminine, Some(Number::Singular)), "la", "{term}");
        }
    }

    fn noun(term: &str, gender: Gender) -> TermEntry {
        TermEntry { pos: Some(PartOfSpeech::Noun), gender: Some(gender), ..TermEntry::new(term) }
    }

    fn name(term: &str, gender: Gender) -> TermEntry {
        TermEntry { pos: Some(PartOfSpeech::Name), ..noun(term, gender) }
    }

    #[test]
    fn common_nouns_take_the_article_of_gender_and_number() {
        use Gender::{Common, Feminine, Masculine};
        let cases = [
            ("migrante", Common, Some("el/la")),
            ("arma", Feminine, Some("el")),
            ("área de inspección", Feminine, Some("el")),
            ("acta", Feminine, Some("el")),
            ("actas de casilla", Feminine, Some("las")),
            ("acción", Feminine, Some("la")),
            ("crisis migratoria", Feminine, Some("la")),
            ("aranceles", Masculine, Some("los")),
            ("Carta Porte", Feminine, Some("la")),
            ("ONG", Feminine, Some("la")),
            ("niña, niño o adolescente", Common, None),
            ("mil millones", Masculine, None),
            ("La Haya", Feminine, None),
        ];
        for (term, gender, expected) in cases {
            assert_eq!(article_of(&noun(term, gender), None), expected, "{term}");
        }
    }

    #[test]
    fn initials_take_the_article_of_their_gender() {
        use Gender::{Feminine, Masculine};
        let acronym = |entry| TermEntry { term_type: Some(TermType::Acronym), ..entry };
        let cases = [
            (acronym(name("SCJN", Feminine)), Some("la")),
            (acronym(name("T-MEC", Masculine)), Some("el")),
            (acronym(name("ANSA", Feminine)), Some("la")),
            (name("PIB", Masculine), Some("el")),
            (acronym(name("Pemex", Masculine)), None),
            (acronym(name("Morena", Masculine)), None),
            (TermEntry { number: Some(Number::Plural), ..acronym(name("EU", Masculine)) }, None),
            (TermEntry { term_type: Some(TermType::Abbreviation), ..name("EE. UU.", Masculine) }, None),
        ];
        for (entry, expected) in cases {
            assert_eq!(article_of(&entry, None), expected, "{}", entry.term);
        }
    }

    #[test]
    fn names_take_an_article_where_newspapers_print_one() {
        use ConceptKind::{Institution, Person, Programme};
        let cases = [
            (name("Secretaría de Economía", Gender::Feminine), Some(Institution), Some("la")),
            (name("Registro Federal", Gender::Masculine), None, Some("el")),
            (name("Gobernación", Gender::Feminine), Some(Institution), None),
            (name("Ana de la Torre", Gender::Feminine), Some(Person), None),
            (
                TermEntry {
                    term_type: Some(TermType::Phrase),
                    ..name("Unidos Hoy y Siempre", Gender::Masculine)
                },
                Some(Programme),
                None,
            ),
            (TermEntry { gender: None, ..name("Casa Blanca", Gender::Feminine) }, Some(Institution), None),
            (TermEntry { pos: Some(PartOfSpeech::Verb), ..noun("deportar", Gender::Masculine) }, None, None),
        ];
        for (entry, kind, expected) in cases {
            assert_eq!(article_of(&entry, kind), expected, "{}", entry.term);
        }
    }

    #[test]
    fn regions_are_near_or_foreign() {
        let cases = [
            ("es-MX", "es-MX", Some(Nearness::Own)),
            ("es", "es-MX", Some(Nearness::General)),
            ("es-419", "es-MX", Some(Nearness::Neighbour)),
            ("es-US", "es-MX", Some(Nearness::Neighbour)),
            ("es-ES", "es-MX", Some(Nearness::Foreign)),
            ("es-AR", "es-MX", Some(Nearness::Foreign)),
            ("es-419", "es-ES", Some(Nearness::Foreign)),
            ("es-ES", "es", Some(Nearness::Neighbour)),
            ("en-GB", "en-US", Some(Nearness::Foreign)),
            ("en", "es-MX", None),
        ];
        for (section, reader, expected) in cases {
            assert_eq!(nearness(&tag(section), &tag(reader)), expected, "{section} for {reader}");
        }
    }

    #[test]
    fn a_foreign_term_is_never_preferred() {
        let section = |name: &str, terms: &[&str]| LangSection {
            tag: tag(name),
            terms: terms.iter().map(|term| TermEntry::new(*term)).collect(),
        };
        let sections = vec![
            section("es-ES", &["ordenador"]),
            section("es-419", &["computador"]),
            section("es", &["computadora", "equipo"]),
        ];
        let mut concept = Concept { sections, ..Concept::default() };
        let order = |concept: &Concept| -> Vec<String> {
            terms_for(concept, &tag("es-MX")).iter().map(|shown| shown.term.term.clone()).collect()
        };
        assert_eq!(order(&concept), ["computadora", "equipo", "computador", "ordenador"]);
        concept.sections[2].terms[0].region = Some(tag("es-ES"));
        assert_eq!(preferred_for(&concept, &tag("es-MX")).map(|t| t.term.as_str()), Some("computador"));
        concept.sections.truncate(1);
        let only = terms_for(&concept, &tag("es-MX"));
        assert_eq!((only[0].status, only[0].nearness), (Status::Admitted, Nearness::Foreign));
    }
}
