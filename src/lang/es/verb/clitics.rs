//! Pronouns written onto the verb: *enviar → enviarlo, enviárselo*; *envíe → envíelo*.

use super::Simple;
use crate::lang::es::accent;

const SINGLE: [&str; 11] = ["me", "te", "se", "nos", "os", "lo", "la", "le", "los", "las", "les"];

/// The first of two pronouns; the second is one of `OBJECTS`, or a dative after *se*.
const FIRST: [&str; 5] = ["me", "te", "se", "nos", "os"];
const OBJECTS: [&str; 4] = ["lo", "la", "los", "las"];
const AFTER_SE: [&str; 4] = ["me", "te", "le", "nos"];

/// How many pronouns may follow the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tails {
    /// One, as in a verb phrase: *imponerles aranceles*.
    One,
    /// One or two.
    Two,
}

/// The infinitive, gerund and commands of a verb with pronouns.
pub(super) fn attach(infinitive: &str, simple: &[Simple], tails: Tails, take: &mut dyn FnMut(String)) {
    let hosts = simple.iter().filter(|form| form.takes_clitics).map(|form| form.form.as_str());
    for host in std::iter::once(infinitive).chain(hosts) {
        for tail in SINGLE {
            take(join(host, tail));
        }
        if tails == Tails::Two {
            pairs(host, take);
        }
    }
}

fn pairs(host: &str, take: &mut dyn FnMut(String)) {
    for first in FIRST {
        for object in OBJECTS {
            take(join(host, &format!("{first}{object}")));
        }
    }
    for dative in AFTER_SE {
        take(join(host, &format!("se{dative}")));
    }
}

/// *deportemos + nos → deportémonos*: the s of the first person plural is lost.
pub(super) fn join(host: &str, tail: &str) -> String {
    let loses_s = host.ends_with("mos") && (tail.starts_with("nos") || tail.starts_with("se"));
    let keep = if loses_s { host.len() - 1 } else { host.len() };
    accent::retail(host, keep, tail)
}
