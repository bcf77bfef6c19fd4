//! Every word of ours that a reader of a report sees, in Spanish and English, in two tables: [`Label`] for what
//! the program says, and [`value`] for the words that `glossary.toml` writes (`deprecated` → «desaconsejado»).
//!
//! Places to fill are written `{n}` and filled by [`fill`].

use super::coverage::{Flaw, Why};
use crate::lang::Lang;
use crate::text::date::MONTHS;

/// Makes the table `Label` of what is written: a name, the Spanish and the English words.
macro_rules! labels {
    ($($name:ident: $es:literal | $en:literal;)+) => {
        /// A label, by what it says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Label { $($name),+ }

        impl Label {
            /// All labels.
            #[cfg(test)]
            #[allow(dead_code, reason = "not every table has a test that goes through it")]
            pub(super) const ALL: &'static [Label] = &[$(Label::$name),+];

            /// The label in a language.
            pub(super) fn of(self, ui: $crate::lang::Lang) -> &'static str {
                match ui {
                    $crate::lang::Lang::Es => match self { $(Label::$name => $es),+ },
                    $crate::lang::Lang::En => match self { $(Label::$name => $en),+ },
                }
            }
        }
    };
}

pub(crate) use labels;

labels! {
    AlignedGlossary: "Glosario alineado" | "Aligned glossary";
    Spanish: "español" | "Spanish";
    English: "inglés" | "English";

    // The line of truth.
    OccursOne: "{found} de {concepts} conceptos aparece en {where}" | "{found} of {concepts} concepts occurs in {where}";
    OccursMany: "{found} de {concepts} conceptos aparecen en {where}" | "{found} of {concepts} concepts occur in {where}";
    And: "{a} y {b}" | "{a} and {b}";
    PairOne: "un par de textos" | "one pair of texts";
    PairMany: "{n} pares de textos" | "{n} pairs of texts";
    SingleOne: "un texto sin pareja" | "one text without a partner";
    SingleMany: "{n} textos sin pareja" | "{n} texts without a partner";
    NoTexts: "{concepts} conceptos; no se ha leído ningún texto" | "{concepts} concepts; no text has been read";
    WithoutSpanish: "{n} sin testimonio en español" | "{n} without Spanish evidence";
    WithoutEnglish: "{n} sin testimonio en inglés" | "{n} without English evidence";

    // Finding one's way.
    Search: "Buscar en español o en inglés" | "Search in Spanish or English";
    SearchHint: "Sin acentos y con erratas también se encuentra. Tecla / para buscar, Esc para borrar." | "Accents and typos are forgiven. Press / to search, Esc to clear.";
    Show: "Mostrar" | "Show";
    ShowFound: "los que aparecen" | "those that occur";
    ShowAll: "todos" | "all";
    Subject: "Materia" | "Subject";
    AnySubject: "todas las materias" | "all subjects";
    Index: "Índice alfabético" | "Alphabetical index";
    SkipToEntries: "Ir a los conceptos" | "Skip to the concepts";
    Concepts: "Conceptos" | "Concepts";
    ResultOne: "1 concepto" | "1 concept";
    ResultMany: "{n} conceptos" | "{n} concepts";
    ResultNear: "Nada escrito así. Lo más parecido: {n}." | "Nothing spelled that way. The nearest: {n}.";
    ResultNone: "Nada que se parezca a “{q}”." | "Nothing like “{q}”.";
    ResultHidden: "No aparece en los textos, pero sí en el glosario: {n}." | "Not in the texts, but in the glossary: {n}.";

    // An entry.
    Copy: "copiar" | "copy";
    Copied: "copiado" | "copied";
    NotCopied: "no se pudo copiar" | "could not copy";
    LinkHere: "Enlace a esta ficha" | "Link to this entry";
    NoTerm: "sin término" | "no term";
    Also: "también" | "also";
    OtherLanguages: "En otras lenguas" | "In other languages";
    Feminine: "femenino" | "feminine";
    Avoid: "evítese" | "avoid";
    Forbidden: "no usar" | "do not use";
    WriteInstead: "escríbase {term}" | "write {term}";
    Confusable: "No confundir con" | "Not to be confused with";
    Related: "Véase también" | "See also";
    Broader: "Concepto más amplio" | "Broader concept";
    ReplacedBy: "Sustituido por" | "Replaced by";
    ValidFromUntil: "vigente desde {from} hasta {until}" | "in force from {from} to {until}";
    ValidFrom: "vigente desde {from}" | "in force since {from}";
    ValidUntil: "vigente hasta {until}" | "in force until {until}";
    AsOf: "comprobado el {date}" | "checked on {date}";
    AsOfLoose: "comprobado en {date}" | "checked in {date}";
    Note: "Nota" | "Note";
    Source: "Fuente" | "Source";
    ReadMore: "Más información" | "Read more";
    ReviewProposed: "ficha propuesta, sin revisar" | "proposed entry, not reviewed";
    ReviewReviewed: "ficha revisada" | "reviewed entry";
    ReviewApproved: "ficha aprobada" | "approved entry";

    // What the texts say.
    IntoSpanish: "al español" | "into Spanish";
    IntoEnglish: "al inglés" | "into English";
    RenderedOtherwise: "de otro modo" | "otherwise";
    Unlisted: "no está en el glosario" | "not in the glossary";
    UnlistedShown: "la traducción señalada no está en el glosario" | "the rendering marked is not in the glossary";
    EvidencePinned: "ejemplo elegido a mano" | "example chosen by hand";
    EvidenceApposition: "los dos términos en una misma oración" | "both terms in one sentence";
    EvidenceComparable: "textos distintos: no son traducción uno del otro" | "separate texts: not translations of one another";
    Line: "línea {n}" | "line {n}";
    MoreContextsOne: "Otro contexto" | "One more context";
    MoreContextsMany: "Otros {n} contextos" | "{n} more contexts";
    NotInTexts: "no aparece en los textos" | "not in the texts";
    Places: "{n} apariciones ({es} en español, {en} en inglés) en {documents}" | "{n} occurrences ({es} in Spanish, {en} in English) in {documents}";
    PlacesOne: "Una aparición, en {documents}" | "One occurrence, in {documents}";
    DocumentOne: "un texto" | "one text";
    DocumentMany: "{n} textos" | "{n} texts";
    FromLine: "desde la línea {n}" | "from line {n}";

    // The documents.
    Texts: "Textos leídos" | "Texts read";
    TextsSummary: "{documents}, {words} palabras, {hits} apariciones" | "{documents}, {words} words, {hits} occurrences";
    Text: "Texto" | "Text";
    Language: "Lengua" | "Language";
    Unknown: "desconocida" | "unknown";
    Partner: "Pareja" | "Partner";
    Words: "Palabras" | "Words";
    Occurrences: "Apariciones" | "Occurrences";
    MadeWith: "Hecho con glosa." | "Made with glosa.";

    // Aligned texts.
    AlignmentReview: "Revisión de la alineación" | "Alignment review";
    BeadOne: "una pareja de oraciones" | "one pair of sentences";
    BeadMany: "{n} parejas de oraciones" | "{n} pairs of sentences";
    DoubtNone: "ninguna dudosa" | "none of them in doubt";
    DoubtOne: "una dudosa" | "one in doubt";
    DoubtMany: "{n} dudosas" | "{n} in doubt";
    AloneOne: "una oración sin contraparte" | "one sentence without a counterpart";
    AloneMany: "{n} oraciones sin contraparte" | "{n} sentences without a counterpart";
    ShowDoubtful: "las dudosas, con lo que las rodea" | "those in doubt, with what stands around them";
    ShowEveryBead: "todas" | "all";
    Counterpartless: "sin contraparte" | "no counterpart";
    Certainty: "certeza {n} %" | "{n}% certain";
    NothingInDoubt: "No hay parejas dudosas en estos textos." | "No pair in these texts is in doubt.";
    NoAlignedTexts: "No hay textos alineados." | "No texts have been aligned.";

    // Term coverage.
    TermCoverage: "Cobertura terminológica" | "Term coverage";
    RequiredSentence: "El {share} de los términos obligatorios se tradujo con la forma aprobada: {approved} de {asked} casos; {otherwise} de otro modo, {left} omitidos." | "{share} of required terms are rendered as approved: {approved} of {asked} places; {otherwise} otherwise, {left} left out.";
    NothingRequired: "No hay términos obligatorios: faltan parejas de textos, o el glosario no dice nada de ellas." | "No place requires a term: there are no pairs of texts, or the glossary says nothing of them.";
    Trend: "Evolución" | "Trend";
    BySubject: "Por materia" | "By subject";
    ByDesk: "Por redacción" | "By desk";
    ByLanguage: "Por lengua" | "By language";
    Inconsistencies: "Incoherencias más graves" | "Worst inconsistencies";
    AvoidedInUse: "Nombres anticuados o prohibidos en uso" | "Outdated or forbidden names in use";
    NeededTerms: "Términos que más faltan" | "Terms most needed";
    Queue: "Pendientes de aprobar" | "Waiting for approval";
    NotAsApproved: "Conceptos que no siempre se traducen con la forma aprobada" | "Concepts not always rendered as approved";
    Concept: "Concepto" | "Concept";
    Term: "Término" | "Term";
    AskedPlaces: "Casos" | "Places";
    Approved: "Aprobado" | "Approved";
    Otherwise: "De otro modo" | "Otherwise";
    LeftOut: "Omitido" | "Left out";
    Share: "Proporción" | "Share";
    Into: "Al" | "Into";
    RenderedBy: "Se tradujo por" | "Rendered by";
    Example: "Ejemplo" | "Example";
    Why: "Por qué" | "Why";
    Instead: "En su lugar" | "Instead";
    Equivalents: "Equivalentes" | "Equivalents";
    Documents: "Documentos" | "Documents";
    Review: "Estado" | "State";
    Since: "Desde" | "Since";
    FlawForbidden: "prohibido" | "forbidden";
    FlawDeprecated: "desaconsejado" | "deprecated";
    FlawOutdated: "anticuado" | "outdated";
    FlawRegional: "de otra región" | "of another region";
    FlawDirection: "no vale en este sentido" | "not in this direction";
    FlawUntranslated: "sin traducir" | "untranslated";
    CoverageTexts: "{documents} documentos, {pairs} parejas de texto y traducción, {words} palabras{period}" | "{documents} documents, {pairs} pairs of text and translation, {words} words{period}";
    RequiredShare: "Términos obligatorios traducidos con la forma aprobada" | "Required terms rendered as approved";
    PlacesOf: "{n} de {of} casos" | "{n} of {of} places";
    NoDates: "Los documentos no llevan fecha." | "The documents state no dates.";
    OneDate: "Una sola fecha: {date}, {share}." | "One date only: {date}, {share}.";
    NoDate: "sin fecha" | "no date";
    NoneFound: "Ninguno." | "None.";
    AndMore: "y {n} más" | "and {n} more";
    ByDate: "Por fecha" | "By date";
    Date: "Fecha" | "Date";
    Desk: "Redacción" | "Desk";
    SkipToTables: "Ir a las tablas" | "Skip to the tables";
    HeatSubjects: "Materias por fecha" | "Subjects by date";
    HeatConcepts: "Conceptos por documento" | "Concepts by document";
    HeatHint: "Cada cuadro dice qué porcentaje de los casos se tradujo con la forma aprobada; cuanto más rojo, menos. Las mismas cifras están en las tablas." | "Each square tells what percentage of places is rendered as approved; the redder, the less. The same figures are in the tables.";
    Noise: "Fichas que estorban" | "Entries that do no good";
    NoiseNever: "nunca aparece" | "never hit";
    NoiseGeneric: "aparece en casi todo" | "generic";
    NoiseShadowed: "siempre dentro de otro" | "shadowed";
    NoiseViolated: "nunca se respeta" | "always violated";
    HowOften: "Cuántas veces" | "How often";
    CoveredBy: "Dentro de" | "Covered by";
    Changes: "Cambios desde el informe anterior" | "Changes since the earlier report";
    ChangesSentence: "Antes {then}, ahora {now}; documentos nuevos: {new}, retirados: {gone}." | "Then {then}, now {now}; new documents: {new}, gone: {gone}.";
    Drift: "Cómo se tradujo en realidad" | "How terms were really rendered";
    Proposal: "Propuesta" | "Proposal";
    ProposalOf: "«{term}»: {status} ({n} de {of} casos; {why})" | "“{term}”: {status} ({n} of {of} places; {why})";
    WhyMostUsed: "es lo que más se escribe" | "it is what most write";
    WhyUnlisted: "el glosario no la tiene" | "the glossary lacks it";
    WhyUsedAgainstAdvice: "se escribe más, aunque el glosario la desaconseja" | "most write it although the glossary advises against it";
    WhyDisused: "ya no se usa" | "no longer in use";
    WhyWrittenAgainstAdvice: "aún se escribe contra lo que aconseja el glosario, cuando lo más usual es otro" | "still written against the glossary’s advice, while most write another";
    Then: "Antes" | "Then";
    Now: "Ahora" | "Now";
}

/// Fills the places `{name}` of a template, each from the values only, so that a value that looks like a place
/// stays as it is.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A number with a comma between thousands, as Mexico and the United States write it.
pub(crate) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count in words: the label for one, or the one for many with `{n}` filled.
pub(super) fn counted(n: usize, one: Label, many: Label, ui: Lang) -> String {
    let label = if n == 1 { one } else { many };
    fill(label.of(ui), &[("n", &number(n))])
}

/// Why the glossary might say something else of a term.
pub(super) fn why(why: Why, ui: Lang) -> &'static str {
    match why {
        Why::MostUsed => Label::WhyMostUsed,
        Why::Unlisted => Label::WhyUnlisted,
        Why::UsedAgainstAdvice => Label::WhyUsedAgainstAdvice,
        Why::Disused => Label::WhyDisused,
        Why::WrittenAgainstAdvice => Label::WhyWrittenAgainstAdvice,
    }
    .of(ui)
}

/// What is wrong with a term.
pub(super) fn flaw(flaw: Flaw, ui: Lang) -> &'static str {
    match flaw {
        Flaw::Forbidden => Label::FlawForbidden,
        Flaw::Deprecated => Label::FlawDeprecated,
        Flaw::Outdated => Label::FlawOutdated,
        Flaw::Regional => Label::FlawRegional,
        Flaw::Direction => Label::FlawDirection,
        Flaw::Untranslated => Label::FlawUntranslated,
    }
    .of(ui)
}

/// What a reader sees for a word of glossary.toml; words that the table does not know stay as they are.
pub(super) fn value(word: &str, ui: Lang) -> &str {
    let row = VALUES.iter().find(|(key, ..)| *key == word);
    row.map_or(word, |(_, es, en)| match ui {
        Lang::Es => es,
        Lang::En => en,
    })
}

/// The words of glossary.toml: as written, Spanish, English.
const VALUES: &[(&str, &str, &str)] = &[
    ("preferred", "preferido", "preferred"),
    ("admitted", "admitido", "admitted"),
    ("deprecated", "desaconsejado", "deprecated"),
    ("superseded", "anticuado", "superseded"),
    ("proposed", "propuesto", "proposed"),
    ("reviewed", "revisado", "reviewed"),
    ("approved", "aprobado", "approved"),
    ("full form", "forma completa", "full form"),
    ("acronym", "sigla", "acronym"),
    ("abbreviation", "abreviatura", "abbreviation"),
    ("short form", "forma breve", "short form"),
    ("variant", "variante", "variant"),
    ("phrase", "locución", "phrase"),
    ("loan", "préstamo", "loan word"),
    ("noun", "sustantivo", "noun"),
    ("verb", "verbo", "verb"),
    ("adjective", "adjetivo", "adjective"),
    ("adverb", "adverbio", "adverb"),
    ("name", "nombre propio", "proper noun"),
    ("other", "otra clase de palabra", "other part of speech"),
    ("masculine", "masculino", "masculine"),
    ("feminine", "femenino", "feminine"),
    ("common", "común en cuanto al género", "masculine or feminine"),
    ("term", "término", "term"),
    ("institution", "institución", "institution"),
    ("office", "cargo", "office"),
    ("person", "persona", "person"),
    ("law", "ley o tratado", "law or treaty"),
    ("programme", "programa", "program"),
    ("event", "acontecimiento", "event"),
    ("exact", "equivalencia exacta", "exact equivalent"),
    ("partial", "equivalencia parcial", "partial equivalent"),
    ("functional", "equivalencia funcional", "functional equivalent"),
    ("explanation", "explicación", "explanation"),
    ("neutral", "neutro", "neutral"),
    ("formal", "formal", "formal"),
    ("in-house", "de uso interno", "in-house"),
    ("colloquial", "coloquial", "colloquial"),
    ("slang", "jerga", "slang"),
    ("vulgar", "vulgar", "vulgar"),
    ("legal", "lenguaje jurídico", "legal language"),
    ("press", "lenguaje periodístico", "press language"),
    ("MX", "México", "Mexico"),
    ("US", "Estados Unidos", "United States"),
    ("CA", "Canadá", "Canada"),
    ("INT", "internacional", "international"),
    ("419", "América Latina", "Latin America"),
    ("ES", "España", "Spain"),
    ("GB", "Reino Unido", "United Kingdom"),
    ("AR", "Argentina", "Argentina"),
    ("CL", "Chile", "Chile"),
    ("CO", "Colombia", "Colombia"),
    ("CR", "Costa Rica", "Costa Rica"),
    ("CU", "Cuba", "Cuba"),
    ("GT", "Guatemala", "Guatemala"),
    ("HN", "Honduras", "Honduras"),
    ("NI", "Nicaragua", "Nicaragua"),
    ("PE", "Perú", "Peru"),
    ("PR", "Puerto Rico", "Puerto Rico"),
    ("SV", "El Salvador", "El Salvador"),
    ("VE", "Venezuela", "Venezuela"),
];

/// A subject field in a language, whichever of the two the glossary writes it in; others stay as they are.
pub(super) fn subject(word: &str, ui: Lang) -> &str {
    translated(SUBJECTS, word, ui)
}

/// A source in a language where it is the glossary itself; the titles of others stay as they are.
pub(super) fn source(word: &str, ui: Lang) -> &str {
    match word {
        "editorial" => translated(SOURCES, "written for this glossary", ui),
        _ => translated(SOURCES, word, ui),
    }
}

fn translated<'a>(table: &'static [(&'static str, &'static str)], word: &'a str, ui: Lang) -> &'a str {
    let row = table.iter().find(|(es, en)| *es == word || *en == word);
    row.map_or(word, |(es, en)| match ui {
        Lang::Es => es,
        Lang::En => en,
    })
}

/// The usual subject fields: Spanish, English.
const SUBJECTS: &[(&str, &str)] = &[
    ("aduanas", "customs"),
    ("agricultura", "agriculture"),
    ("agua", "water"),
    ("ciencia", "science"),
    ("comercio", "trade"),
    ("cultura", "culture"),
    ("defensa", "defense"),
    ("deportes", "sports"),
    ("derecho", "law"),
    ("derechos humanos", "human rights"),
    ("diplomacia", "diplomacy"),
    ("economía", "economy"),
    ("educación", "education"),
    ("elecciones", "elections"),
    ("energía", "energy"),
    ("finanzas", "finance"),
    ("geografía", "geography"),
    ("gobierno", "government"),
    ("industria", "industry"),
    ("justicia", "justice"),
    ("medio ambiente", "environment"),
    ("migración", "migration"),
    ("política", "politics"),
    ("prensa", "press"),
    ("salud", "health"),
    ("seguridad", "security"),
    ("tecnología", "technology"),
    ("trabajo", "labor"),
    ("transporte", "transport"),
    ("turismo", "tourism"),
    ("uso de la lengua", "usage"),
];

/// Sources that are no titles: Spanish, English.
const SOURCES: &[(&str, &str)] = &[("elaboración propia", "written for this glossary")];

/// The months, January first.
pub(super) fn month(number: usize, ui: Lang) -> Option<&'static str> {
    let (es, en) = MONTHS.get(number.checked_sub(1)?)?;
    Some(if ui == Lang::Es { es } else { en })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{ConceptKind, Equivalence, Gender, PartOfSpeech, Register, Status, TermType};

    /// The places of a template, sorted.
    fn places(template: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_label_is_complete_in_both_languages() {
        for label in Label::ALL {
            let (es, en) = (label.of(Lang::Es), label.of(Lang::En));
            assert!(!es.trim().is_empty() && !en.trim().is_empty(), "{label:?} is empty");
            assert_ne!(es, en, "{label:?} is not translated");
            assert_eq!(places(es), places(en), "{label:?} has other places in each language");
        }
    }

    #[test]
    fn every_word_of_the_termbase_has_a_reading() {
        let words = [
            Status::WORDS,
            TermType::WORDS,
            PartOfSpeech::WORDS,
            Gender::WORDS,
            ConceptKind::WORDS,
            Equivalence::WORDS,
            Register::WORDS,
        ];
        for word in words.concat() {
            assert!(VALUES.iter().any(|(key, ..)| *key == word), "{word} has no reading");
        }
    }

    #[test]
    fn values_are_listed_once() {
        for (i, (key, ..)) in VALUES.iter().enumerate() {
            assert!(VALUES.iter().skip(i + 1).all(|(other, ..)| other != key), "{key} is listed twice");
        }
    }

    #[test]
    fn subjects_are_in_the_language_of_the_page_and_listed_once() {
        let cases = [
            ("law", "derecho", "law"),
            ("comercio", "comercio", "trade"),
            ("filatelia", "filatelia", "filatelia"),
        ];
        for (word, es, en) in cases {
            assert_eq!((subject(word, Lang::Es), subject(word, Lang::En)), (es, en));
        }
        assert!(SUBJECTS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn a_source_is_put_in_words_only_where_it_is_no_title() {
        assert_eq!(source("editorial", Lang::Es), "elaboración propia");
        assert_eq!(source("editorial", Lang::En), "written for this glossary");
        assert_eq!(source("Ley Aduanera", Lang::En), "Ley Aduanera");
    }

    #[test]
    fn fill_takes_places_from_the_values_only() {
        let cases = [
            ("{n} de {m}", "3 de {n}"),
            ("sin lugares", "sin lugares"),
            ("{desconocido}!", "!"),
            ("roto {n", "roto 3"),
        ];
        for (template, expected) in cases {
            assert_eq!(fill(template, &[("n", "3"), ("m", "{n}")]), expected);
        }
    }

    #[test]
    fn numbers_have_commas_between_thousands() {
        for (n, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(n), expected);
        }
    }
}
