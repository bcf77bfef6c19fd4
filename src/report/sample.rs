//! A small aligned glossary to develop and test the renderers with: invented sentences on US–Mexico affairs.
//!
//! In [`snippet`] the hits stand in square brackets: `"El [arancel] sube."`.

use super::AlignedGlossary;
use super::aligned_glossary::{
    ConceptLink, DocumentLine, Entry, EntryDefinition, EntryTerm, PlaceCount, Rendering, Totals,
};
use crate::concord::{AlignedContext, Evidence, Snippet};
use crate::lang::Lang;
use crate::text::{About, Span};

/// The sample, with labels in Spanish.
pub(super) fn glossary() -> AlignedGlossary {
    let entries = entries();
    let found = entries.iter().filter(|entry| entry.count_es + entry.count_en > 0).count();
    AlignedGlossary {
        title: "Asuntos México–Estados Unidos".into(),
        languages: vec!["es-MX".into(), "en-US".into()],
        ui: Lang::Es,
        totals: Totals {
            concepts: entries.len(),
            found,
            without_es: entries.iter().filter(|entry| entry.count_en > 0 && entry.count_es == 0).count(),
            without_en: entries.iter().filter(|entry| entry.count_es > 0 && entry.count_en == 0).count(),
            documents: 5,
            pairs: 2,
            single: 1,
            hits: entries.iter().map(|entry| entry.count_es + entry.count_en).sum(),
            words: 12_480,
        },
        documents: documents(),
        entries,
    }
}

/// Text that tries to leave its place in every format.
pub(super) const HOSTILE: &str =
    "</script><script>alert('x')</script><b onmouseover=\"x\">&amp; \u{1b}[31m =1+1 `*_[a](b)";

/// A glossary in which every text that a user could have written is [`HOSTILE`].
pub(super) fn hostile() -> AlignedGlossary {
    let text = || HOSTILE.to_owned();
    let link = || ConceptLink { id: text(), label: text() };
    let entry = Entry {
        id: text(),
        subject: Some(text()),
        jurisdiction: Some(text()),
        kind: Some(text()),
        review: Some(text()),
        definitions: vec![EntryDefinition { lang: "es".into(), text: text(), source: Some(text()) }],
        note: Some(text()),
        source: Some(text()),
        url: Some("javascript:alert('x')".into()),
        as_of: Some(text()),
        related: vec![link()],
        not_to_confuse: vec![link()],
        terms: vec![
            EntryTerm { region: Some(text()), ..es(HOSTILE) },
            EntryTerm { reason: Some(text()), forbidden: true, ..es(HOSTILE) },
        ],
        rendered_en: vec![Rendering { term: Some(text()), count: 1, ..Rendering::default() }],
        places: vec![PlaceCount { document: 0, line: 1, count: 1 }],
        contexts: vec![AlignedContext {
            evidence: Evidence::Bead,
            es: Some(Snippet {
                document: text(),
                line: 1,
                part: Some(text()),
                text: text(),
                marks: vec![Span::new(2, 8)],
            }),
            en: None,
            score: 1.0,
            unlisted: None,
        }],
        count_es: 1,
        ..Entry::default()
    };
    let about = About::default();
    let document = DocumentLine { name: text(), lang: None, partner: None, hits: 1, words: 1, about };
    AlignedGlossary { title: text(), entries: vec![entry], documents: vec![document], ..glossary() }
}

fn documents() -> Vec<DocumentLine> {
    let line = |name: &str, lang, partner, hits, words| DocumentLine {
        name: name.into(),
        lang: Some(lang),
        partner,
        hits,
        words,
        about: About::default(),
    };
    vec![
        line("corpus/comercio.es.md", Lang::Es, Some(1), 94, 3_120),
        line("corpus/comercio.en.md", Lang::En, Some(0), 91, 2_870),
        line("corpus/frontera.es.md", Lang::Es, Some(3), 61, 2_540),
        line("corpus/frontera.en.md", Lang::En, Some(2), 58, 2_390),
        line("corpus/discurso-canciller.es.txt", Lang::Es, None, 17, 1_560),
    ]
}

fn term(lang: &str, term: &str) -> EntryTerm {
    EntryTerm { lang: lang.into(), term: term.into(), status: "preferred".into(), ..EntryTerm::default() }
}

fn es(text: &str) -> EntryTerm {
    term("es-MX", text)
}

fn en(text: &str) -> EntryTerm {
    term("en-US", text)
}

fn noun(text: &str, article: &str) -> EntryTerm {
    let gender = if matches!(article, "la" | "las") { "feminine" } else { "masculine" };
    EntryTerm {
        pos: Some("noun".into()),
        article: Some(article.into()),
        gender: Some(gender.into()),
        ..es(text)
    }
}

fn with_status(entry: EntryTerm, status: &str) -> EntryTerm {
    EntryTerm { status: status.into(), ..entry }
}

fn acronym(entry: EntryTerm) -> EntryTerm {
    EntryTerm { status: "admitted".into(), term_type: Some("acronym".into()), ..entry }
}

fn link(id: &str, label: &str) -> ConceptLink {
    ConceptLink { id: id.into(), label: label.into() }
}

fn definition(lang: &str, text: &str) -> EntryDefinition {
    EntryDefinition { lang: lang.into(), text: text.into(), source: None }
}

fn rendered(pairs: &[(&str, usize)]) -> Vec<Rendering> {
    let term = |word: &str| (!word.is_empty()).then(|| word.to_owned());
    pairs
        .iter()
        .map(|(word, count)| Rendering { term: term(word), count: *count, ..Rendering::default() })
        .collect()
}

fn places(pairs: &[(usize, usize, usize)]) -> Vec<PlaceCount> {
    pairs.iter().map(|&(document, line, count)| PlaceCount { document, line, count }).collect()
}

/// A snippet whose hits stand in square brackets.
fn snippet(document: &str, line: usize, marked: &str) -> Option<Snippet> {
    let (mut text, mut marks, mut start) = (String::new(), Vec::new(), 0);
    for letter in marked.chars() {
        match letter {
            '[' => start = text.len(),
            ']' => marks.push(Span::new(start, text.len())),
            _ => text.push(letter),
        }
    }
    Some(Snippet { document: document.into(), line, part: None, text, marks })
}

fn trade(line: usize, es: &str, en: &str) -> AlignedContext {
    bead("comercio", line, es, en)
}

fn border(line: usize, es: &str, en: &str) -> AlignedContext {
    bead("frontera", line, es, en)
}

fn bead(name: &str, line: usize, es: &str, en: &str) -> AlignedContext {
    AlignedContext {
        evidence: Evidence::Bead,
        es: snippet(&format!("corpus/{name}.es.md"), line, es),
        en: snippet(&format!("corpus/{name}.en.md"), line, en),
        score: 0.9,
        unlisted: None,
    }
}

fn entries() -> Vec<Entry> {
    vec![
        customs(),
        tariff(),
        asylum(),
        cartel(),
        firearms(),
        ambassador(),
        extradition(),
        maquiladora(),
        returnee(),
        panel(),
        remain_in_mexico(),
        rules_of_origin(),
        nearshoring(),
        usmca(),
        nafta(),
    ]
}

fn customs() -> Entry {
    Entry {
        id: "aduana".into(),
        subject: Some("comercio".into()),
        kind: Some("institution".into()),
        terms: vec![noun("aduana", "la"), en("customs"), with_status(en("customs office"), "admitted")],
        not_to_confuse: vec![link("arancel", "arancel / tariff")],
        count_es: 14,
        count_en: 12,
        places: places(&[(0, 8, 9), (1, 8, 8), (2, 31, 5), (3, 30, 4)]),
        rendered_en: rendered(&[("customs", 9), ("customs office", 3)]),
        rendered_es: rendered(&[("aduana", 12)]),
        contexts: vec![
            trade(
                8,
                "Los camiones cargados de aguacate esperaron once horas en la [aduana] de Nuevo Laredo.",
                "Trucks loaded with avocados waited eleven hours at the Nuevo Laredo [customs office].",
            ),
            border(
                31,
                "La [aduana] cerrará dos carriles mientras dure la obra.",
                "[Customs] will close two lanes for as long as the works last.",
            ),
        ],
        ..Entry::default()
    }
}

fn tariff() -> Entry {
    Entry {
        id: "arancel".into(),
        subject: Some("comercio".into()),
        jurisdiction: Some("INT".into()),
        review: Some("approved".into()),
        definitions: vec![
            definition(
                "es",
                "Derecho que paga una mercancía al entrar en el territorio aduanero de un país.",
            ),
            definition("en", "A duty charged on goods as they enter the customs territory of a country."),
        ],
        terms: vec![
            noun("arancel", "el"),
            with_status(noun("gravamen", "el"), "admitted"),
            EntryTerm {
                reason: Some("calco del inglés; en español «tarifa» es el precio de un servicio".into()),
                replace_with: Some("arancel".into()),
                ..with_status(noun("tarifa", "la"), "deprecated")
            },
            EntryTerm { pos: Some("noun".into()), ..en("tariff") },
            EntryTerm { register: Some("legal".into()), ..with_status(en("duty"), "admitted") },
        ],
        related: vec![link("reglas-de-origen", "reglas de origen / rules of origin")],
        not_to_confuse: vec![link("aduana", "aduana / customs")],
        count_es: 47,
        count_en: 44,
        places: places(&[(0, 3, 36), (1, 3, 44), (4, 12, 11)]),
        rendered_en: rendered(&[("tariff", 33), ("duty", 3)]),
        rendered_es: rendered(&[("arancel", 41), ("gravamen", 3), ("", 2)]),
        contexts: vec![
            trade(
                3,
                "El gobierno aplazó un mes los [aranceles] al acero, pero mantuvo los del jitomate.",
                "The government put off the [tariffs] on steel for a month but kept those on tomatoes.",
            ),
            trade(
                27,
                "Nadie gana con un [arancel] que encarece las piezas de las dos orillas del río.",
                "Nobody wins from a [tariff] that makes parts dearer on both banks of the river.",
            ),
            trade(
                41,
                "El [gravamen] se calcula sobre el valor declarado en la factura.",
                "The [duty] is worked out on the value declared in the invoice.",
            ),
        ],
        ..Entry::default()
    }
}

fn asylum() -> Entry {
    Entry {
        id: "asilo".into(),
        subject: Some("migración".into()),
        terms: vec![noun("asilo", "el"), en("asylum")],
        not_to_confuse: vec![link("refugio", "condición de refugiado / refugee status")],
        note: Some("En México la ley distingue el asilo político de la condición de refugiado.".into()),
        count_es: 19,
        count_en: 22,
        places: places(&[(2, 5, 19), (3, 5, 22)]),
        rendered_en: rendered(&[("asylum", 19)]),
        rendered_es: rendered(&[("asilo", 18), ("", 4)]),
        contexts: vec![border(
            5,
            "Quien pide [asilo] en la garita recibe una cita para dentro de varios meses.",
            "Anyone who requests [asylum] at the port of entry is given an appointment several months away.",
        )],
        ..Entry::default()
    }
}

fn ambassador() -> Entry {
    let office = EntryTerm { feminine: Some("embajadora".into()), ..noun("embajador", "el") };
    Entry {
        id: "embajador".into(),
        subject: Some("diplomacia".into()),
        kind: Some("office".into()),
        terms: vec![office, en("ambassador")],
        count_es: 6,
        places: places(&[(4, 2, 6)]),
        contexts: vec![AlignedContext {
            evidence: Evidence::Pinned,
            es: snippet(
                "Manual de protocolo",
                0,
                "La [embajadora] presentó sus cartas credenciales el martes.",
            ),
            en: snippet("Manual de protocolo", 0, "The [ambassador] presented her credentials on Tuesday."),
            score: 1.0,
            unlisted: None,
        }],
        ..Entry::default()
    }
}

fn cartel() -> Entry {
    Entry {
        id: "cartel".into(),
        subject: Some("seguridad".into()),
        review: Some("reviewed".into()),
        terms: vec![
            noun("cártel", "el"),
            EntryTerm { term_type: Some("variant".into()), ..with_status(noun("cartel", "el"), "admitted") },
            EntryTerm {
                forbidden: true,
                reason: Some("jerga policial que la redacción no usa".into()),
                replace_with: Some("cártel".into()),
                ..with_status(noun("maña", "la"), "admitted")
            },
            en("cartel"),
            with_status(en("drug ring"), "admitted"),
        ],
        count_es: 11,
        count_en: 9,
        places: places(&[(2, 44, 8), (3, 43, 9), (4, 20, 3)]),
        rendered_en: rendered(&[("cartel", 7), ("drug ring", 1)]),
        rendered_es: rendered(&[("cártel", 8), ("cartel", 1)]),
        contexts: vec![border(
            44,
            "Según la fiscalía, el [cártel] cobraba derecho de piso a los dueños de las tortillerías.",
            "According to prosecutors, the [cartel] was extorting the owners of the tortilla shops.",
        )],
        ..Entry::default()
    }
}

fn firearms() -> Entry {
    Entry {
        id: "trafico-de-armas".into(),
        subject: Some("seguridad".into()),
        terms: vec![noun("contrabando de armas", "el"), en("gun smuggling")],
        count_en: 3,
        places: places(&[(3, 51, 3)]),
        rendered_es: rendered(&[("", 3)]),
        contexts: vec![AlignedContext {
            evidence: Evidence::Comparable,
            es: snippet(
                "corpus/discurso-canciller.es.txt",
                33,
                "Siete de cada diez armas decomisadas cruzaron la frontera de norte a sur.",
            ),
            en: snippet(
                "corpus/frontera.en.md",
                51,
                "Both governments pledged to make [gun smuggling] as costly as drug trafficking.",
            ),
            score: 0.4,
            unlisted: None,
        }],
        ..Entry::default()
    }
}

fn extradition() -> Entry {
    Entry {
        id: "extradicion".into(),
        subject: Some("justicia".into()),
        terms: vec![noun("extradición", "la"), en("extradition")],
        ..Entry::default()
    }
}

fn maquiladora() -> Entry {
    let short =
        EntryTerm { term_type: Some("short form".into()), ..with_status(noun("maquila", "la"), "admitted") };
    let foreign = EntryTerm {
        equivalence: Some("explanation".into()),
        ..with_status(en("border assembly plant"), "admitted")
    };
    let loan = EntryTerm { term_type: Some("loan".into()), ..en("maquiladora") };
    Entry {
        id: "maquiladora".into(),
        subject: Some("comercio".into()),
        jurisdiction: Some("MX".into()),
        terms: vec![noun("maquiladora", "la"), short, loan, foreign],
        definitions: vec![definition(
            "en",
            "A plant in Mexico that assembles parts brought in duty-free and exports the finished goods.",
        )],
        count_es: 8,
        count_en: 7,
        places: places(&[(0, 60, 8), (1, 58, 7)]),
        rendered_en: rendered(&[("maquiladora", 6), ("border assembly plant", 1)]),
        rendered_es: rendered(&[("maquiladora", 5), ("maquila", 2)]),
        contexts: vec![trade(
            60,
            "En la [maquila] donde trabaja Lucía se arman arneses para camionetas.",
            "The [maquiladora] where Lucía works puts together wiring harnesses for pickup trucks.",
        )],
        ..Entry::default()
    }
}

fn nearshoring() -> Entry {
    Entry {
        id: "relocalizacion".into(),
        subject: Some("comercio".into()),
        review: Some("proposed".into()),
        terms: vec![
            noun("relocalización de cadenas productivas", "la"),
            EntryTerm {
                term_type: Some("loan".into()),
                register: Some("press".into()),
                ..with_status(es("nearshoring"), "admitted")
            },
            EntryTerm {
                region: Some("ES".into()),
                ..with_status(term("es-ES", "deslocalización de proximidad"), "admitted")
            },
            en("nearshoring"),
        ],
        count_es: 5,
        count_en: 6,
        places: places(&[(0, 72, 5), (1, 70, 6)]),
        rendered_en: rendered(&[("nearshoring", 5)]),
        rendered_es: rendered(&[("nearshoring", 4), ("relocalización de cadenas productivas", 1)]),
        contexts: vec![trade(
            72,
            "Sin agua ni electricidad, la promesa del [nearshoring] se queda en los folletos.",
            "Without water and power, the promise of [nearshoring] stays in the brochures.",
        )],
        ..Entry::default()
    }
}

fn panel() -> Entry {
    Entry {
        id: "panel".into(),
        subject: Some("comercio".into()),
        terms: vec![
            noun("panel de solución de controversias", "el"),
            EntryTerm {
                term_type: Some("short form".into()),
                ..with_status(noun("panel", "el"), "admitted")
            },
            en("dispute settlement panel"),
        ],
        broader: vec![link("t-mec", "T-MEC / USMCA")],
        count_es: 4,
        count_en: 4,
        places: places(&[(0, 80, 4), (1, 77, 4)]),
        rendered_en: rendered(&[("dispute settlement panel", 4)]),
        rendered_es: rendered(&[("panel de solución de controversias", 2), ("panel", 2)]),
        contexts: vec![trade(
            80,
            "El [panel] dio la razón a los productores de maíz y fijó un plazo de cuarenta y cinco días.",
            "The [dispute settlement panel] sided with the corn growers and set a deadline of forty-five days.",
        )],
        ..Entry::default()
    }
}

fn remain_in_mexico() -> Entry {
    Entry {
        id: "remain-in-mexico".into(),
        subject: Some("migración".into()),
        kind: Some("programme".into()),
        jurisdiction: Some("US".into()),
        as_of: Some("2026-01".into()),
        url: Some("https://example.org/mpp".into()),
        source: Some("Guía de estilo de la redacción".into()),
        definitions: vec![
            definition(
                "es",
                "Política de Estados Unidos por la que quien solicita asilo espera en México su audiencia.",
            ),
            definition("en", "US policy under which asylum seekers wait in Mexico for their hearing."),
        ],
        terms: vec![
            EntryTerm { pos: Some("name".into()), ..es("Quédate en México") },
            EntryTerm {
                term_type: Some("full form".into()),
                article: Some("los".into()),
                ..with_status(es("Protocolos de Protección a Migrantes"), "admitted")
            },
            EntryTerm { pos: Some("name".into()), ..en("Remain in Mexico") },
            acronym(en("MPP")),
            EntryTerm {
                reason: Some("not the official name".into()),
                replace_with: Some("Remain in Mexico".into()),
                ..with_status(en("Stay in Mexico"), "deprecated")
            },
        ],
        related: vec![link("asilo", "asilo / asylum")],
        count_es: 7,
        count_en: 9,
        places: places(&[(2, 12, 7), (3, 12, 9)]),
        rendered_en: rendered(&[("Remain in Mexico", 5), ("MPP", 2)]),
        rendered_es: rendered(&[("Quédate en México", 7), ("Protocolos de Protección a Migrantes", 2)]),
        contexts: vec![
            border(
                12,
                "Con «[Quédate en México]», miles de familias aguardaron su audiencia en albergues de Tijuana.",
                "Under “[Remain in Mexico],” thousands of families awaited their hearings in Tijuana shelters.",
            ),
            AlignedContext {
                evidence: Evidence::Apposition,
                es: None,
                en: snippet(
                    "corpus/frontera.en.md",
                    19,
                    "The program, which the city knows as [Quédate en México] ([Remain in Mexico]), was never popular.",
                ),
                score: 0.7,
                unlisted: None,
            },
        ],
        ..Entry::default()
    }
}

fn rules_of_origin() -> Entry {
    Entry {
        id: "reglas-de-origen".into(),
        subject: Some("comercio".into()),
        kind: Some("law".into()),
        terms: vec![noun("reglas de origen", "las"), en("rules of origin")],
        broader: vec![link("t-mec", "T-MEC / USMCA")],
        count_es: 5,
        count_en: 5,
        places: places(&[(0, 90, 5), (1, 86, 5)]),
        rendered_en: rendered(&[("rules of origin", 5)]),
        rendered_es: rendered(&[("reglas de origen", 5)]),
        contexts: vec![trade(
            90,
            "Las [reglas de origen] piden que tres cuartas partes del coche se hagan en la región.",
            "The [rules of origin] require that three quarters of the car be made in the region.",
        )],
        ..Entry::default()
    }
}

fn returnee() -> Entry {
    let common = EntryTerm {
        pos: Some("noun".into()),
        gender: Some("common".into()),
        article: Some("el/la".into()),
        ..es("migrante de retorno")
    };
    Entry {
        id: "migrante-de-retorno".into(),
        subject: Some("migración".into()),
        terms: vec![common, en("returnee")],
        ..Entry::default()
    }
}

fn usmca() -> Entry {
    Entry {
        id: "t-mec".into(),
        subject: Some("comercio".into()),
        kind: Some("law".into()),
        jurisdiction: Some("INT".into()),
        review: Some("approved".into()),
        valid_from: Some("2020-07-01".into()),
        terms: vec![
            EntryTerm {
                article: Some("el".into()),
                gender: Some("masculine".into()),
                term_type: Some("acronym".into()),
                region: Some("MX".into()),
                ..es("T-MEC")
            },
            EntryTerm {
                term_type: Some("full form".into()),
                article: Some("el".into()),
                ..with_status(es("Tratado entre México, Estados Unidos y Canadá"), "admitted")
            },
            EntryTerm { term_type: Some("acronym".into()), region: Some("US".into()), ..en("USMCA") },
            EntryTerm {
                term_type: Some("full form".into()),
                ..with_status(en("United States–Mexico–Canada Agreement"), "admitted")
            },
            EntryTerm { region: Some("CA".into()), ..acronym(en("CUSMA")) },
        ],
        not_to_confuse: vec![link("tlcan", "TLCAN / NAFTA")],
        count_es: 26,
        count_en: 24,
        places: places(&[(0, 1, 20), (1, 1, 24), (4, 7, 6)]),
        rendered_en: rendered(&[("USMCA", 19), ("United States–Mexico–Canada Agreement", 1)]),
        rendered_es: rendered(&[("T-MEC", 21), ("Tratado entre México, Estados Unidos y Canadá", 3)]),
        contexts: vec![trade(
            1,
            "La revisión del [T-MEC] empezará con el capítulo automotriz, dijo la subsecretaria.",
            "The review of the [USMCA] will begin with the auto chapter, the undersecretary said.",
        )],
        ..Entry::default()
    }
}

fn nafta() -> Entry {
    Entry {
        id: "tlcan".into(),
        subject: Some("comercio".into()),
        kind: Some("law".into()),
        jurisdiction: Some("INT".into()),
        valid_from: Some("1994-01-01".into()),
        valid_until: Some("2020-06-30".into()),
        replaced_by: Some(link("t-mec", "T-MEC / USMCA")),
        terms: vec![
            EntryTerm { term_type: Some("acronym".into()), article: Some("el".into()), ..es("TLCAN") },
            EntryTerm { term_type: Some("acronym".into()), ..en("NAFTA") },
        ],
        count_es: 3,
        count_en: 3,
        places: places(&[(0, 15, 3), (1, 15, 3)]),
        rendered_en: rendered(&[("NAFTA", 3)]),
        rendered_es: rendered(&[("TLCAN", 3)]),
        contexts: vec![trade(
            15,
            "Cuando nació el [TLCAN], el correo electrónico era todavía una rareza de oficina.",
            "When [NAFTA] was born, e-mail was still an office curiosity.",
        )],
        ..Entry::default()
    }
}
