//! Spanish: the forms of terms and the everyday words.
//!
//! Terms are expanded by rules of grammar, without a dictionary: *nación* gives *naciones*, *deportar* gives
//! *deportó* and *deportándolos*. Irregular words are short typed lists beside the rule that they break.

pub mod abbreviations;
mod accent;
mod adjective;
mod danger;
pub mod double_accents;
mod minimal_pairs;
pub mod names;
mod nonverbs;
mod number;
mod persons;
mod phrase;
pub mod stopwords;
mod verb;
mod words;

use super::forms::Forms;
use super::{Inflectable, InflectedForm};
use crate::termbase::{Gender, PartOfSpeech};
use phrase::Genders;

pub(crate) use adjective::ends_like_adjective;
pub(crate) use nonverbs::looks_like_verb;
pub(crate) use verb::{irregular_roots, is_infinitive};
pub(super) use words::{bare_is_word, is_ordinary};

/// The forms of a term beside the term itself.
pub(super) fn inflect(term: &Inflectable<'_>) -> Vec<InflectedForm> {
    let mut forms = Forms::of(term.term);
    match class(term) {
        Class::Verb => verb::inflect(term.term, &mut forms),
        Class::Adjective => phrase::inflect(term.term, Genders::Adjective, &mut forms),
        Class::Noun => inflect_noun(term, &mut forms),
        Class::Fixed => {}
    }
    forms.finish()
}

enum Class {
    Noun,
    Adjective,
    Verb,
    Fixed,
}

/// As stated; else a name by its capital, a verb by its ending, a noun by default.
fn class(term: &Inflectable<'_>) -> Class {
    match term.pos {
        Some(PartOfSpeech::Noun) => Class::Noun,
        Some(PartOfSpeech::Adjective) => Class::Adjective,
        Some(PartOfSpeech::Verb) => Class::Verb,
        Some(PartOfSpeech::Name | PartOfSpeech::Adverb | PartOfSpeech::Other) => Class::Fixed,
        // Offices have other forms (Secretaria de Estado), other names have none.
        None if is_capitalised(term.term) && !term.term.contains(" de ") => Class::Fixed,
        None if is_capitalised(term.term) => Class::Noun,
        None if nonverbs::looks_like_verb(term.term) => Class::Verb,
        None => Class::Noun,
    }
}

fn is_capitalised(term: &str) -> bool {
    term.chars().next().is_none_or(|first| !first.is_lowercase())
}

fn inflect_noun(term: &Inflectable<'_>, forms: &mut Forms<'_>) {
    let genders = match (term.gender, term.feminine) {
        (Some(Gender::Feminine), _) | (_, Some(_)) => Genders::Fixed,
        _ => Genders::Persons,
    };
    phrase::inflect(term.term, genders, forms);
    if let Some(feminine) = term.feminine {
        forms.push(feminine.to_owned(), "feminine as stated");
        phrase::inflect(feminine, Genders::Fixed, forms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that a term has the forms of the second column and none of the third.
    fn check(pos: Option<PartOfSpeech>, cases: &[(&str, &str, &str)]) {
        for (term, has, has_not) in cases {
            let forms = inflect(&Inflectable { term, pos, gender: None, feminine: None });
            let any = |form: &str| forms.iter().any(|made| made.form == form);
            for form in has.split(", ").filter(|form| !form.is_empty()) {
                assert!(any(form), "{term} lacks {form}: {forms:?}");
            }
            for form in has_not.split(", ").filter(|form| !form.is_empty()) {
                assert!(!any(form), "{term} has {form}");
            }
            assert!(!any(term) && forms.len() <= 600);
        }
    }

    #[test]
    fn number_of_nouns() {
        check(
            Some(PartOfSpeech::Noun),
            &[
                ("acuerdo", "acuerdos", "acuerda"),
                ("deportación", "deportaciones", "deportaciónes"),
                ("joven", "jóvenes", ""),
                ("régimen", "regímenes", "régimenes"),
                ("carácter", "caracteres", ""),
                ("espécimen", "especímenes", ""),
                ("país", "países", ""),
                ("interés", "intereses", ""),
                ("cruz", "cruces", ""),
                ("ley", "leyes", ""),
                ("crisis", "", "crisises"),
                ("lunes", "", "lun, luneses"),
                ("club", "clubes, clubs", ""),
                ("israelí", "israelíes, israelís", ""),
                ("café", "cafés", ""),
                ("aranceles", "arancel", ""),
                ("jueces", "juez", ""),
            ],
        );
    }

    #[test]
    fn persons_have_a_feminine_and_things_have_none() {
        check(
            Some(PartOfSpeech::Noun),
            &[
                ("secretario", "secretaria, secretarias, secretarios", ""),
                ("senador", "senadora, senadoras", ""),
                ("subsecretario", "subsecretaria", ""),
                ("juez", "jueza", ""),
                ("presidente", "presidenta", ""),
                ("alemán", "alemana, alemanes", ""),
                ("cargo", "cargos", "carga, cargas"),
                ("puerto", "puertos", "puerta"),
                ("banco", "bancos", "banca"),
                ("salario", "salarios", "salaria"),
            ],
        );
    }

    #[test]
    fn the_noun_phrase_agrees_and_its_tail_is_frozen() {
        check(
            Some(PartOfSpeech::Noun),
            &[
                ("flujo migratorio", "flujos migratorios", "flujo migratoria"),
                ("centro de detención", "centros de detención", "centro de la detención"),
                ("agente de la Patrulla Fronteriza", "agentes de la Patrulla Fronteriza", ""),
                ("presidente del Senado", "presidentes del Senado, presidenta del Senado", ""),
                ("primer ministro", "primeros ministros, primera ministra", ""),
                ("gran empresa", "grandes empresas", ""),
                ("ciudad santuario", "ciudades santuario", ""),
                ("hombre clave", "hombres clave, hombres claves", ""),
                ("derechos humanos", "derecho humano", ""),
                ("organización no gubernamental", "organizaciones no gubernamentales", ""),
                (
                    "migrante indocumentado",
                    "migrante indocumentada, migrantes indocumentadas, migrantes indocumentados",
                    "",
                ),
                ("visa H-2A", "visas H-2A", ""),
                ("bien inmueble", "bienes inmuebles", ""),
                ("bienes raíces", "bien raíz", ""),
                ("ex presidente", "ex presidentes, ex presidenta", ""),
                ("vuelo de deportación", "vuelos de deportación", ""),
            ],
        );
    }

    #[test]
    fn adjectives_agree() {
        check(
            Some(PartOfSpeech::Adjective),
            &[
                ("mexicano", "mexicana, mexicanos, mexicanas", ""),
                ("alemán", "alemana, alemanes, alemanas", ""),
                ("español", "española, españoles", ""),
                ("andaluz", "andaluza, andaluces", ""),
                ("trabajador", "trabajadora", ""),
                ("comercial", "comerciales", "comerciala"),
                ("superior", "superiores", "superiora"),
                ("fronteriza", "fronterizas", "fronterizo, fronterizos"),
                ("bueno", "buen, buena", ""),
                ("gran", "grandes, grande", ""),
            ],
        );
    }

    #[test]
    fn verbs_conjugate() {
        check(
            Some(PartOfSpeech::Verb),
            &[
                ("deportar", "deportó, deportaron, deportando, deportadas", "deportación"),
                ("detener", "detuvieron, detiene, detendrá, detén, detengamos", "detení"),
                ("imponer", "impuso, impuesto, impondría, impón", ""),
                ("enviar", "envíe, envié, enviamos", "envia"),
                ("cambiar", "cambia", "cambía"),
                ("exigir", "exijo, exige", "exigo"),
                ("buscar", "busqué, busque", "buscé"),
                ("averiguar", "averigüe, averiguo", ""),
                ("construir", "construyó, construyamos, construimos", "construió"),
                ("leer", "leyó, leído, leíste", ""),
                ("reír", "ríe, rieron, riéramos, riamos", ""),
                ("oír", "oigo, oyó, oyendo, oímos", ""),
                ("decir", "dijo, dijeron, dicho, dirá, di", ""),
                ("predecir", "predijo, predecirá, predice", ""),
                ("conducir", "conduzco, condujo, condujeron", ""),
                ("pedir", "pidió, pidamos, pide", ""),
                ("dormir", "durmió, durmamos, duerme", ""),
                ("preferir", "prefiere, prefirió, prefiramos", ""),
                ("jugar", "juega, juegue", ""),
                ("oler", "huele", ""),
                ("errar", "yerra", ""),
                ("caber", "quepo, cupo", ""),
                ("prever", "prevé, previó, previsto", ""),
                ("deshacer", "deshizo, deshecho, deshaz", ""),
                ("evacuar", "evacua, evacúa", ""),
                ("aterrar", "atierra, aterra", ""),
                ("prohibir", "prohíbe", ""),
                ("avergonzar", "avergüenza, avergüence", ""),
                ("ir", "fue, vaya, yendo", ""),
                ("unir", "une, unieron", "una"),
            ],
        );
    }

    #[test]
    fn pronouns_are_written_onto_the_verb() {
        check(
            Some(PartOfSpeech::Verb),
            &[
                ("enviar", "enviarlo, enviárselo, enviándolos, envíelo, envíalo", "envialo"),
                ("deportar", "deportándolos, deportémoslo, depórtelo", "deportólo"),
                ("decir", "dilo, dímelo, diciéndole", ""),
                ("imponer aranceles", "impuso aranceles, imponerles aranceles", ""),
                ("quejarse", "se queja, me quejo, quejándose, quéjese, se ha quejado", "queja"),
            ],
        );
    }

    #[test]
    fn the_shape_tells_where_the_part_of_speech_is_unknown() {
        check(
            None,
            &[
                ("deportar", "deportó", ""),
                ("mujer migrante", "mujeres migrantes", "mujo migrante"),
                ("poder ejecutivo", "poderes ejecutivos", ""),
                ("Guardia Nacional", "", "Guardias Nacionales"),
                ("Secretario de Estado", "Secretaria de Estado, Secretarios de Estado", ""),
                ("funcionario", "funcionaria, funcionarios", ""),
            ],
        );
        check(Some(PartOfSpeech::Name), &[("Sinaloa", "", "Sinaloas")]);
    }

    #[test]
    fn a_stated_feminine_rules() {
        let term = Inflectable {
            term: "primer actor",
            pos: Some(PartOfSpeech::Noun),
            gender: None,
            feminine: Some("primera actriz"),
        };
        let forms: Vec<String> = inflect(&term).into_iter().map(|form| form.form).collect();
        assert!(forms.contains(&"primeras actrices".to_owned()), "{forms:?}");
        assert!(!forms.contains(&"primera actora".to_owned()));
    }
}
