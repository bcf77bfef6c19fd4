//! The stems of a verb, from its infinitive.
//!
//! *tener*: `ten-` in *tenemos*, `tien-` in *tiene*, `teng-` in *tenga*, `tuv-` in *tuvo*, `tendr-` in *tendrá*.

use super::lists;
use super::spelling::{back, front};
use crate::lang::es::accent;

/// The conjugation, by the infinitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Ar,
    Er,
    Ir,
}

/// All stems of a verb.
#[derive(Clone, Debug)]
pub(super) struct Stems {
    pub(super) class: Class,
    /// Of the infinitive: *ten-er*, *ten-emos*, *ten-ía*.
    pub(super) plain: String,
    /// Under stress: *tien-e*.
    pub(super) stressed: String,
    /// Before the glide of a stressed ending: *sint-ió*, *durm-iendo*.
    pub(super) raised: String,
    /// First person of the present: *teng-o*.
    pub(super) first: String,
    /// Present subjunctive under stress: *teng-a*, *busqu-e*.
    pub(super) subjunctive: String,
    /// Present subjunctive before the stress: *sint-amos*, *pens-emos*.
    pub(super) subjunctive_plain: String,
    /// A past tense stressed on the stem: *tuv-o*.
    pub(super) strong_past: Option<String>,
    /// Future and conditional: *tendr-á*.
    pub(super) future: String,
    /// The command to one person where it is not like the third person: *ten*, *detén*.
    pub(super) command: Option<String>,
    /// Masculine singular: *tenido*, *dicho*.
    pub(super) participles: Vec<String>,
}

/// The stems of an infinitive; two sets where usage is divided (*evacua*, *evacúa*); none for other words.
pub(super) fn stems(infinitive: &str) -> Vec<Stems> {
    let Some((class, plain)) = split(infinitive) else { return Vec::new() };
    let mut all = vec![build(infinitive, class, plain, stressed_stem(infinitive, class, plain))];
    if lists::STRESSED_I_OR_NOT.has(infinitive) || lists::STRESSED_U_OR_NOT.has(infinitive) {
        all.push(build(infinitive, class, plain, accent_last(plain)));
    }
    if lists::DIPHTHONG_OR_NOT.has(infinitive) {
        all.push(build(infinitive, class, plain, plain.to_owned()));
    }
    all
}

/// Whether a word has the shape of an infinitive.
pub(crate) fn is_infinitive(word: &str) -> bool {
    word == "ir" || split(word).is_some()
}

/// The roots of a verb's forms that are not that of its infinitive: *tien, teng, tuv, tendr* for tener.
pub(crate) fn irregular_roots(infinitive: &str) -> Vec<String> {
    let mut roots = Vec::new();
    for stems in stems(infinitive) {
        let regular_future = infinitive.replace('í', "i");
        let future = Some(stems.future).filter(|future| *future != regular_future);
        let others =
            [stems.stressed, stems.raised, stems.first].into_iter().filter(|root| *root != stems.plain);
        roots.extend(others.chain(stems.strong_past).chain(future));
    }
    roots.sort_unstable();
    roots.dedup();
    roots
}

fn split(infinitive: &str) -> Option<(Class, &str)> {
    const ENDINGS: [(&str, Class); 4] =
        [("ar", Class::Ar), ("er", Class::Er), ("ir", Class::Ir), ("ír", Class::Ir)];
    ENDINGS.iter().find_map(|&(ending, class)| {
        let stem = infinitive.strip_suffix(ending).filter(|stem| !stem.is_empty())?;
        let lower = stem.chars().all(|c| c.is_lowercase() && accent::plain(c) == c);
        lower.then_some((class, stem))
    })
}

fn build(infinitive: &str, class: Class, plain: &str, stressed: String) -> Stems {
    let raised = raised_stem(infinitive, class, plain);
    let (first, subjunctive, subjunctive_plain) = match class {
        Class::Ar => (stressed.clone(), front(&stressed), front(plain)),
        // construir: construyamos, like construya.
        Class::Er | Class::Ir if stressed.ends_with('y') => {
            (stressed.clone(), stressed.clone(), stressed.clone())
        }
        Class::Er | Class::Ir => (back(&stressed), back(&stressed), back(&raised)),
    };
    let mut stems = Stems {
        class,
        plain: plain.to_owned(),
        stressed,
        raised,
        first,
        subjunctive,
        subjunctive_plain,
        strong_past: None,
        future: infinitive.replace('í', "i"),
        command: None,
        participles: participles(infinitive),
    };
    stems.take_zc(infinitive);
    stems.take_family(infinitive);
    stems
}

fn stressed_stem(infinitive: &str, class: Class, plain: &str) -> String {
    match infinitive {
        "jugar" => return "jueg".to_owned(),
        "errar" => return "yerr".to_owned(),
        "oler" => return "huel".to_owned(),
        "erguir" => return "yergu".to_owned(),
        _ => {}
    }
    if lists::E_IE.has(infinitive) || lists::E_IE_I.has(infinitive) {
        replace_last(plain, 'e', "ie")
    } else if lists::O_UE.has(infinitive) || lists::O_UE_U.has(infinitive) {
        diphthong_ue(plain)
    } else if lists::E_I.has(infinitive) {
        replace_last(plain, 'e', "i")
    } else if lists::I_IE.has(infinitive) {
        replace_last(plain, 'i', "ie")
    } else if takes_accent(infinitive, class, plain) {
        accent_last(plain)
    } else if class == Class::Ir
        && plain.ends_with(['u', 'ü'])
        && !plain.ends_with("gu")
        && !plain.ends_with("qu")
    {
        format!("{}y", plain.replace('ü', "u"))
    } else if infinitive.ends_with("eír") {
        replace_last(plain, 'e', "í")
    } else {
        plain.to_owned()
    }
}

/// o → ue; after g the u must be heard: *avergonzar, avergüenza*.
fn diphthong_ue(plain: &str) -> String {
    replace_last(plain, 'o', "ue").replace("gue", "güe")
}

fn takes_accent(infinitive: &str, class: Class, plain: &str) -> bool {
    let before_u = plain.strip_suffix('u').and_then(|rest| rest.chars().next_back());
    lists::STRESSED_I.has(infinitive)
        || lists::HIATUS.has(infinitive)
        || infinitive.ends_with("grafiar")
        || (class == Class::Ar && before_u.is_some_and(|c| !matches!(c, 'c' | 'g')))
}

/// Accents the last i or u of a stem: *envi- → enví-*, *aisl- → aísl-*.
fn accent_last(stem: &str) -> String {
    match stem.char_indices().rev().find(|&(_, c)| matches!(c, 'i' | 'u')) {
        Some((at, 'i')) => format!("{}í{}", &stem[..at], &stem[at + 1..]),
        Some((at, _)) => format!("{}ú{}", &stem[..at], &stem[at + 1..]),
        None => stem.to_owned(),
    }
}

fn raised_stem(infinitive: &str, class: Class, plain: &str) -> String {
    let e_to_i = lists::E_I.has(infinitive) || lists::E_IE_I.has(infinitive) || infinitive == "erguir";
    if infinitive.ends_with("eír") {
        plain.strip_suffix('e').map(|rest| format!("{rest}i")).unwrap_or_default()
    } else if class == Class::Ir && e_to_i {
        replace_last(plain, 'e', "i")
    } else if lists::O_UE_U.has(infinitive) {
        replace_last(plain, 'o', "u")
    } else {
        plain.to_owned()
    }
}

fn replace_last(stem: &str, from: char, to: &str) -> String {
    match stem.rfind(from) {
        Some(at) => format!("{}{to}{}", &stem[..at], &stem[at + from.len_utf8()..]),
        None => stem.to_owned(),
    }
}

fn participles(infinitive: &str) -> Vec<String> {
    for (ending, forms) in lists::PARTICIPLES {
        let base = match ending.strip_prefix('^') {
            Some(whole) => (whole == infinitive).then_some(""),
            None => infinitive.strip_suffix(ending),
        };
        if let Some(base) = base {
            return forms.iter().map(|form| format!("{base}{form}")).collect();
        }
    }
    Vec::new()
}

/// A family of irregular verbs; the stems replace the end of the infinitive.
struct Family {
    ending: &'static str,
    /// Only with these prefixes; any when empty.
    prefixes: &'static [&'static str],
    first: &'static str,
    stressed: &'static str,
    raised: &'static str,
    past: &'static str,
    future: &'static str,
    command: &'static str,
}

/// An empty stem leaves the regular one.
const PLAIN: Family = Family {
    ending: "",
    prefixes: &[],
    first: "",
    stressed: "",
    raised: "",
    past: "",
    future: "",
    command: "",
};

const FAMILIES: &[Family] = &[
    Family {
        ending: "tener",
        first: "teng",
        stressed: "tien",
        past: "tuv",
        future: "tendr",
        command: "ten",
        ..PLAIN
    },
    Family { ending: "poner", first: "pong", past: "pus", future: "pondr", command: "pon", ..PLAIN },
    Family {
        ending: "venir",
        first: "veng",
        stressed: "vien",
        raised: "vin",
        past: "vin",
        future: "vendr",
        command: "ven",
        ..PLAIN
    },
    Family { ending: "satisfacer", first: "satisfag", past: "satisfic", future: "satisfar", ..PLAIN },
    Family { ending: "hacer", first: "hag", past: "hic", future: "har", command: "haz", ..PLAIN },
    Family {
        ending: "decir",
        prefixes: &["", "des", "entre", "re"],
        first: "dig",
        stressed: "dic",
        raised: "dic",
        past: "dij",
        future: "dir",
        command: "di",
    },
    // bendecir, maldecir, predecir, contradecir: the future is regular.
    Family { ending: "decir", first: "dig", stressed: "dic", raised: "dic", past: "dij", ..PLAIN },
    Family { ending: "traer", first: "traig", past: "traj", ..PLAIN },
    Family { ending: "caer", first: "caig", ..PLAIN },
    Family { ending: "salir", first: "salg", future: "saldr", command: "sal", ..PLAIN },
    Family { ending: "valer", first: "valg", future: "valdr", ..PLAIN },
    Family { ending: "ducir", first: "duzc", past: "duj", ..PLAIN },
    Family { ending: "oír", first: "oig", stressed: "oy", ..PLAIN },
    Family { ending: "asir", prefixes: &["", "des"], first: "asg", ..PLAIN },
    Family { ending: "caber", prefixes: &[""], first: "quep", past: "cup", future: "cabr", ..PLAIN },
    Family { ending: "saber", prefixes: &["", "re"], first: "sep", past: "sup", future: "sabr", ..PLAIN },
    Family {
        ending: "poder",
        prefixes: &[""],
        stressed: "pued",
        raised: "pud",
        past: "pud",
        future: "podr",
        ..PLAIN
    },
    Family { ending: "querer", prefixes: &["", "bien", "mal"], past: "quis", future: "querr", ..PLAIN },
    Family { ending: "andar", prefixes: &["", "des"], past: "anduv", ..PLAIN },
];

impl Stems {
    /// conocer, conozco; lucir, luzca.
    fn take_zc(&mut self, infinitive: &str) {
        let after_vowel = self
            .plain
            .strip_suffix('c')
            .is_some_and(|rest| rest.ends_with(['a', 'e', 'i', 'o', 'u']) && self.class != Class::Ar);
        if after_vowel && !lists::PLAIN_CER.has(infinitive) {
            let stem = self.plain.trim_end_matches('c');
            self.first = format!("{stem}zc");
            self.subjunctive.clone_from(&self.first);
            self.subjunctive_plain.clone_from(&self.first);
        }
    }

    fn take_family(&mut self, infinitive: &str) {
        let found = FAMILIES.iter().find_map(|family| {
            let prefix = infinitive.strip_suffix(family.ending)?;
            (family.prefixes.is_empty() || family.prefixes.contains(&prefix)).then_some((family, prefix))
        });
        let Some((family, prefix)) = found else { return };
        let with = |stem: &str| (!stem.is_empty()).then(|| format!("{prefix}{stem}"));
        if let Some(stressed) = with(family.stressed) {
            if family.first.is_empty() {
                self.first.clone_from(&stressed);
                self.subjunctive.clone_from(&stressed);
            }
            self.stressed = stressed;
        }
        if let Some(first) = with(family.first) {
            self.subjunctive.clone_from(&first);
            self.subjunctive_plain.clone_from(&first);
            self.first = first;
        }
        self.raised = with(family.raised).unwrap_or_else(|| self.raised.clone());
        self.strong_past = with(family.past);
        self.future = with(family.future).unwrap_or_else(|| self.future.clone());
        self.command = with(family.command).map(|command| accent::oxytone(&command));
    }
}
