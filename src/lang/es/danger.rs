//! Verb forms that are, nearly always, another word: *una* is hardly ever from *unir*, nor *para* from *parar*.
//!
//! Such a form would bring far more false hits than true ones, so it is not generated; a term that *is* the word
//! keeps it. A form stays with the verb that it mostly belongs to (*vino* with *venir*, *fue* with *ser* and *ir*).

/// Function words and everyday nouns that are also forms of a rarer verb.
const NEVER: &str = "una uno unas unos para paras como comas bajo entre entren sobre sobres sobra este estas esta estos \
    nada nadas nado ante ante contra según hacia hasta cada toda todas todo todos tras \
    caso casa casas casos coma cosa cosas copia era eras eres es eso esa esas ese \
    sal sales sino si solo sola solas solos suelo suelos muy mucho mas más medio media medias medios cual cuales \
    mismo misma mismos mismas menos manos mano parte partes partas partan forma formas cuenta cuentas cuento cuentos \
    modo siento tanto tanta tarde tardes tiempo traje trajes vela velas vista vistas visto vino vinos vivo vivos \
    bien vía vías cerca cercas junto juntos junta juntas largo corto puesto puestos puesta segundo segunda cierta";

/// The verbs that keep a form of the list: they are what it is mostly.
const OWNERS: &[(&str, &str)] = &[
    ("ser", "era eras eres es"),
    ("venir", "vino"),
    ("ver", "vista vistas visto"),
    ("prever", "vista"),
    ("poner", "puesto puestos puesta"),
    ("contar", "cuenta cuentas cuento"),
    ("formar", "forma formas"),
    ("partir", "parte parten"),
    ("casar", "casa casas"),
    ("copiar", "copia"),
    ("traer", "traje"),
    ("sentir", "siento"),
    ("vivir", "vivo"),
    ("salir", "sal sales"),
    ("soler", "suelo"),
    ("comer", "como coma comas"),
    ("sobrar", "sobra"),
];

/// Whether a generated form may stand for this verb.
pub(super) fn may_be_form(infinitive: &str, form: &str) -> bool {
    let listed = |list: &str| list.split_ascii_whitespace().any(|word| word == form);
    !listed(NEVER) || OWNERS.iter().any(|(verb, forms)| *verb == infinitive && listed(forms))
}
