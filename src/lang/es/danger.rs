//! Verb forms that are, nearly always, another word: *una* is hardly ever from *unir*, nor *para* from *parar*.
//!
//! Such a form would bring far more false hits than true ones, so it is not generated; a term that *is* the word
//! keeps it. A form stays with the verb that it mostly belongs to (*vino* with *venir*, *fue* with *ser* and *ir*).

/// Function words and everyday nouns that are also forms of a rarer verb.
const NEVER: &str = "una uno unas unos para paras como comas bajo entre entren sobre sobres sobra este estas esta estos \
    nada nadas nado ante contra hacia cada toda todas todo todos tras \
    caso casa casas casos coma cosa cosas copia era eras eres eso esa esas ese \
    sal sales solo sola solas solos suelo suelos mucho medio media medias medios cual cuales \
    mismo misma mismos mismas menos manos mano parte partes partas partan forma formas cuenta cuentas cuento cuentos \
    modo siento tanto tanta tarde tardes tiempo traje trajes vela velas vista vistas visto vino vinos vivo vivos \
    bien vía vías cerca cercas junto juntos junta juntas largo corto puesto puestos puesta segundo segunda cierta";

/// The verbs that keep a form of the list: they are what it is mostly.
const OWNERS: &[(&str, &str)] = &[
    ("ser", "era eras eres"),
    ("venir", "vino"),
    ("ver", "vista vistas visto"),
    ("prever", "vista"),
    ("poner", "puesto puestos puesta"),
    ("contar", "cuenta cuentas cuento"),
    ("traer", "traje"),
    ("sentir", "siento"),
    ("vivir", "vivo"),
    ("salir", "sal sales"),
    ("soler", "suelo"),
    ("comer", "como coma comas"),
];

/// Whether a generated form may stand for this verb.
pub(super) fn may_be_form(infinitive: &str, form: &str) -> bool {
    let listed = |list: &str| list.split_ascii_whitespace().any(|word| word == form);
    !listed(NEVER) || OWNERS.iter().any(|(verb, forms)| *verb == infinitive && listed(forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stays_with_its_usual_verb() {
        for (verb, form, may) in [
            ("unir", "una", false),
            ("unir", "unen", true),
            ("parar", "para", false),
            ("nadar", "nada", false),
            ("venir", "vino", true),
            ("vinar", "vino", false),
        ] {
            assert_eq!(may_be_form(verb, form), may, "{verb}: {form}");
        }
    }
}
