//! Spanish verbs: all simple forms of an infinitive, and those with pronouns attached.
//!
//! *imponer* gives *impongo, impuso, impondrá, impuestas, imponiendo, imponerle, imponérselo* and some 300 more.
//! A handful of stems ([`stems`]) and regular endings make them; only six verbs are listed form by form.

mod clitics;
mod lists;
mod spelling;
mod stems;
mod tables;

use clitics::Tails;
use spelling::{front, glide};
use stems::{Class, Stems};

use super::accent;
use super::danger;
use crate::lang::forms::Forms;

pub(crate) use stems::{irregular_roots, is_infinitive};

/// A form of the verb alone.
#[derive(Clone, Debug)]
struct Simple {
    form: String,
    rule: &'static str,
    /// Gerund or command, to which pronouns may be attached.
    takes_clitics: bool,
}

/// All forms of a verb, or of a verb phrase whose first word is the verb (*imponer aranceles*).
pub(super) fn inflect(term: &str, forms: &mut Forms<'_>) {
    let (head, tail) = match term.split_once(' ') {
        Some((head, _)) => (head, &term[head.len()..]),
        None => (term, ""),
    };
    let lower = head.to_lowercase();
    match lower.strip_suffix("se").filter(|verb| is_infinitive(verb)) {
        Some(verb) => pronominal(verb, tail, forms),
        None => plain(&lower, tail, forms),
    }
}

fn plain(infinitive: &str, tail: &str, forms: &mut Forms<'_>) {
    let simple = simple_forms(infinitive);
    if simple.is_empty() {
        return;
    }
    for form in &simple {
        if !tail.is_empty() || danger::may_be_form(infinitive, &form.form) {
            forms.push(format!("{}{tail}", form.form), form.rule);
        }
    }
    let tails = if tail.is_empty() { Tails::Two } else { Tails::One };
    clitics::attach(infinitive, &simple, tails, &mut |form| forms.push(form + tail, "verb with pronoun"));
}

/// *quejarse*: the pronoun stands before the finite forms (*se queja*, *se ha quejado*) or is written onto the
/// others (*quejarme*, *quejándose*, *quéjese*).
fn pronominal(infinitive: &str, tail: &str, forms: &mut Forms<'_>) {
    const RULE: &str = "pronominal verb";
    let simple = simple_forms(infinitive);
    for form in &simple {
        for pronoun in pronouns(form) {
            forms.push(format!("{pronoun} {}{tail}", form.form), RULE);
        }
    }
    let hosts = simple.iter().filter(|form| form.takes_clitics).map(|form| form.form.as_str());
    for host in std::iter::once(infinitive).chain(hosts) {
        for pronoun in ["me", "te", "se", "nos"] {
            forms.push(clitics::join(host, pronoun) + tail, RULE);
        }
    }
    for participle in simple.iter().filter(|form| form.rule == "participle") {
        for auxiliary in ["se ha", "se han", "se había", "se habían", "se haya", "se hayan"] {
            forms.push(format!("{auxiliary} {}{tail}", participle.form), RULE);
        }
    }
}

/// The pronouns that stand before a form: those of its person, or of both persons that it serves.
fn pronouns(form: &Simple) -> &'static [&'static str] {
    let ends = |endings: &[&str]| endings.iter().any(|ending| form.form.ends_with(ending));
    match form.rule {
        "gerund" | "imperative" | "participle" | "agreeing participle" => &[],
        _ if ends(&["mos"]) => &["nos"],
        _ if ends(&["ís", "áis", "éis", "ais", "eis"]) => &["os"],
        _ if ends(&["s", "ste"]) => &["te"],
        _ if ends(&["n"]) => &["se"],
        "present" if ends(&["o"]) => &["me"],
        "preterite" | "future" if ends(&["é", "í", "e"]) => &["me"],
        "present" | "preterite" | "future" => &["se"],
        _ => &["me", "se"],
    }
}

fn simple_forms(infinitive: &str) -> Vec<Simple> {
    let mut list = whole(infinitive);
    if list.is_empty() {
        for stems in stems::stems(infinitive) {
            conjugate(infinitive, &stems, &mut list);
        }
    }
    list
}

/// The verbs that are listed form by form.
fn whole(infinitive: &str) -> Vec<Simple> {
    let prefix = infinitive.strip_suffix("ver").filter(|prefix| tables::VER_PREFIXES.contains(prefix));
    let listed = tables::WHOLE.iter().find(|(verb, _)| *verb == infinitive).map(|(_, forms)| *forms);
    let (prefix, words) = match (listed, prefix) {
        (Some(words), _) => ("", words),
        (None, Some(prefix)) => (prefix, tables::PREFIXED_VER),
        (None, None) => return Vec::new(),
    };
    let key = if prefix.is_empty() { infinitive } else { "ver" };
    let commands = tables::COMMANDS.iter().find(|(verb, _)| *verb == key).map_or(&[][..], |(_, forms)| forms);
    words
        .split_ascii_whitespace()
        .map(|word| Simple {
            form: format!("{prefix}{word}"),
            rule: if word.ends_with("ndo") { "gerund" } else { "irregular verb form" },
            takes_clitics: word.ends_with("ndo") || commands.contains(&word),
        })
        .collect()
}

/// Builds the tenses of one set of stems.
fn conjugate(infinitive: &str, stems: &Stems, list: &mut Vec<Simple>) {
    let mut take = |form: String, rule: &'static str| {
        list.push(Simple { form, rule, takes_clitics: false });
    };
    present(infinitive, stems, &mut take);
    imperfect(stems, &mut take);
    preterite(stems, &mut take);
    future(stems, &mut take);
    subjunctives(stems, &mut take);
    participles(stems, &mut take);
    let extra = lists::EXTRA.iter().filter(|(verb, _)| *verb == infinitive);
    for form in extra.flat_map(|(_, forms)| forms.split_ascii_whitespace()) {
        take(form.to_owned(), "irregular verb form");
    }
    commands(stems, list);
}

type Take<'a> = &'a mut dyn FnMut(String, &'static str);

fn present(infinitive: &str, stems: &Stems, take: Take<'_>) {
    // saber: the first person is sé.
    if !infinitive.ends_with("saber") {
        take(format!("{}o", stems.first), "present");
    } else {
        take("sé".to_owned(), "present");
    }
    let (stressed, weak): ([&str; 3], [&str; 2]) = match stems.class {
        Class::Ar => (["as", "a", "an"], ["amos", "áis"]),
        Class::Er => (["es", "e", "en"], ["emos", "éis"]),
        Class::Ir => (["es", "e", "en"], ["imos", "ís"]),
    };
    for ending in stressed {
        take(format!("{}{ending}", stems.stressed), "present");
    }
    for ending in weak {
        take(glide(&stems.plain, ending), "present");
    }
}

fn imperfect(stems: &Stems, take: Take<'_>) {
    let endings = match stems.class {
        Class::Ar => ["aba", "abas", "ábamos", "abais", "aban"],
        Class::Er | Class::Ir => ["ía", "ías", "íamos", "íais", "ían"],
    };
    for ending in endings {
        take(format!("{}{ending}", stems.plain), "imperfect");
    }
}

fn preterite(stems: &Stems, take: Take<'_>) {
    if let Some(strong) = &stems.strong_past {
        for ending in ["e", "iste", "imos", "isteis"] {
            take(format!("{strong}{ending}"), "preterite");
        }
        // hizo, satisfizo
        take(
            format!("{}o", strong.strip_suffix('c').map_or_else(|| strong.clone(), |s| format!("{s}z"))),
            "preterite",
        );
        take(format!("{}ron", past_base(stems)), "preterite");
        return;
    }
    match stems.class {
        Class::Ar => {
            take(format!("{}é", front(&stems.plain)), "preterite");
            for ending in ["aste", "ó", "amos", "asteis", "aron"] {
                take(format!("{}{ending}", stems.plain), "preterite");
            }
        }
        Class::Er | Class::Ir => {
            for ending in ["í", "iste", "imos", "isteis"] {
                take(glide(&stems.plain, ending), "preterite");
            }
            take(glide(&stems.raised, "ió"), "preterite");
            take(format!("{}ron", past_base(stems)), "preterite");
        }
    }
}

/// What stands before -ron, -ra, -se: *deporta-, vinie-, dije-*.
fn past_base(stems: &Stems) -> String {
    match (&stems.strong_past, stems.class) {
        (Some(strong), _) if strong.ends_with('j') => format!("{strong}e"),
        (Some(strong), _) => format!("{strong}ie"),
        (None, Class::Ar) => format!("{}a", stems.plain),
        (None, Class::Er | Class::Ir) => glide(&stems.raised, "ie"),
    }
}

fn future(stems: &Stems, take: Take<'_>) {
    for ending in ["é", "ás", "á", "emos", "éis", "án"] {
        take(format!("{}{ending}", stems.future), "future");
    }
    for ending in ["ía", "ías", "íamos", "íais", "ían"] {
        take(format!("{}{ending}", stems.future), "conditional");
    }
}

fn subjunctives(stems: &Stems, take: Take<'_>) {
    let (stressed, weak): ([&str; 3], [&str; 2]) = match stems.class {
        Class::Ar => (["e", "es", "en"], ["emos", "éis"]),
        Class::Er | Class::Ir => (["a", "as", "an"], ["amos", "áis"]),
    };
    for ending in stressed {
        take(format!("{}{ending}", stems.subjunctive), "present subjunctive");
    }
    for ending in weak {
        take(format!("{}{ending}", stems.subjunctive_plain), "present subjunctive");
    }
    let base = past_base(stems);
    let accented = accent::accent_end(&base);
    for (consonant, rule) in
        [("ra", "past subjunctive"), ("se", "past subjunctive"), ("re", "future subjunctive")]
    {
        for person in ["", "s", "is", "n"] {
            take(format!("{base}{consonant}{person}"), rule);
        }
        take(format!("{accented}{consonant}mos"), rule);
    }
}

fn participles(stems: &Stems, take: Take<'_>) {
    let regular = match stems.class {
        Class::Ar => format!("{}ado", stems.plain),
        Class::Er | Class::Ir => glide(&stems.plain, "ido"),
    };
    let all = if stems.participles.is_empty() { std::slice::from_ref(&regular) } else { &stems.participles };
    for participle in all {
        take(participle.clone(), "participle");
        let stem = participle.trim_end_matches('o');
        for ending in ["a", "os", "as"] {
            take(format!("{stem}{ending}"), "agreeing participle");
        }
    }
}

/// The gerund and the commands, to which pronouns may be attached.
fn commands(stems: &Stems, list: &mut Vec<Simple>) {
    let (gerund, other, we, plural, you) = match stems.class {
        Class::Ar => (format!("{}ando", stems.plain), "e", "emos", "ad", "a"),
        Class::Er => (glide(&stems.raised, "iendo"), "a", "amos", "ed", "e"),
        Class::Ir => (glide(&stems.raised, "iendo"), "a", "amos", "id", "e"),
    };
    let you = stems.command.clone().unwrap_or_else(|| format!("{}{you}", stems.stressed));
    let mut take = |form: String, rule: &'static str, takes_clitics: bool| {
        list.push(Simple { form, rule, takes_clitics });
    };
    take(gerund, "gerund", true);
    take(you, "imperative", true);
    take(format!("{}{other}", stems.subjunctive), "imperative", true);
    take(format!("{}{other}n", stems.subjunctive), "imperative", true);
    take(format!("{}{we}", stems.subjunctive_plain), "imperative", true);
    take(glide(&stems.plain, plural), "imperative", false);
}
