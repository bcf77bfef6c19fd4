//! `read(write(x))` is `x`, or the report of losses says what is not: every format, fact by fact.
//!
//! What a termbase says is taken apart into facts, each under the name that the report has for its field. A fact that
//! does not come back and is not told is an error of the format; so is one that comes out of nothing, and a loss that did
//! not happen.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::fields::{CONCEPT, Field, TERM};
use super::super::*;
use crate::termbase::{Concept, LangSection, Settings, Source, TermEntry};

/// Every key of concepts and terms, each text but once; several languages and regions, synonyms, entries of which a format
/// may take nothing.
const FULL: &str = r##"
[glossary]
title = "glosario"
languages = ["es-MX", "en"]

[[concept]]
id = "lleno"
subject = "tema uno"
kind = "law"
jurisdiction = "MX"
definition.es-MX = { text = "definición primera", source = "fuente de definición" }
definition.en = "definition second"
definition.fr = "définition"
note = "nota uno\nnota dos"
private-note = "secreto"
source = "fuente de concepto"
url = "https://example.org/c"
as-of = 2026-01-01
valid-from = 2020-01-02
valid-until = "2021-03"
replaced-by = "vacio"
related = ["par"]
broader = ["par", "1 ñ/€"]
not-to-confuse = ["1 ñ/€"]
holder-of = "par"
review = "reviewed"
reviewed-by = "Ana"
reviewed-on = 2022-05-05
reliability = 3
client = "cliente de concepto"
project = "proyecto de concepto"
image = "https://example.org/i.png"
external-refs = ["IATE-77", "U-8"]
history = [{ who = "Luis", when = 2024-03-01, what = "origination" }, { who = "Eva", what = "checked" }]
contexts = [{ es = "frase fijada", en = "pinned sentence", source = "diario", date = 2022-02-02 }]
x.desk = "mesa equis"
x.category = [{ element = "descrip", type = "x-desk", text = "categoría" }]
terms.es-MX = [
    { term = "arancel", status = "preferred", type = "full form", pos = "noun", gender = "masculine", number = "singular", feminine = "arancela", region = "es-MX", register = "press", case = "exact", accents = "exact", inflect = false, forms = ["aranceles"], exclude = ["arancelito"], expect = false, direction = "en>es", equivalence = "partial", role = "later", pronunciation = "aransel", client = "cliente de término", project = "proyecto de término", valid-from = 2019, valid-until = 2023-01-01, definition = "definición de término", context = "contexto de término", source = "fuente de término", note = "nota de término", usage = "uso de término", x = { desk = "mesa de término" } },
    { term = "tarifa", forbidden = true, reason = "razón", replace-with = "arancel", case = "any" },
    { term = "gravamen", status = "deprecated", gender = "common", number = "plural", type = "acronym" },
]
terms.es-ES = [{ term = "derecho de aduana", region = "es-ES", status = "admitted" }]
terms.en = [
    { term = "tariff", pos = "noun", do-not-translate = true, number = "invariable", note = "term note" },
    { term = "R&D <x> \"q\"", type = "loan", pos = "verb", register = "slang" },
    { term = "customs duty", status = "superseded", pos = "name", register = "legal" },
]
terms.fr = [{ term = "tarif douanier", pos = "noun", status = "preferred" }, "droit"]

[[concept]]
id = "par"
subject = "tema_dos"
definition.es = "solo en otra lengua"
review = "proposed"
note = "=nota"
terms.es-MX = { term = "cupo", pos = "noun" }
terms.en = "=SUM(A1)"

[[concept]]
id = "1 ñ/€"
review = "approved"
terms.es-MX = ["T-MEC", "Tratado, el; de \"todos\"", "cuatro", "cinco", "seis"]
terms.en = ["#USMCA", "USMCA"]

[[concept]]
id = "solo"
image = "no link"
history = [{ what = "made" }]
terms.es-MX = "solitario"

[[concept]]
id = "mal"
terms.es-MX = { term = "bueno", status = "admitted" }
terms.en = [{ term = "bad one", forbidden = true, status = "deprecated" }, { term = "old one", status = "superseded" }]

[[concept]]
id = "vacio"
note = "sin términos"
"##;

fn full() -> Termbase {
    let read = crate::termbase::read(&[Source::toml("g.toml", FULL)]);
    assert!(read.findings.iter().all(|finding| finding.rule == "no-terms"), "{:?}", read.findings);
    read.termbase
}

/// What is said: the field, as the report names it, and the value.
type Facts = BTreeSet<(String, String)>;

/// What is said of a thing under each key.
fn values<T>(of: &T, fields: &[Field<T>], prefix: &str, facts: &mut Facts) {
    for field in fields {
        let name = format!("{prefix}{}", field.key);
        match (field.get)(of) {
            Some(::toml::Value::Table(table)) => {
                facts.extend(table.iter().map(|(key, value)| (name.clone(), format!("{key}: {value}"))));
            }
            Some(value) => _ = facts.insert((name, value.to_string())),
            None => {}
        }
    }
}

fn facts_of(concept: &Concept) -> Facts {
    let mut facts = Facts::new();
    if concept.id_written {
        facts.insert(("id".to_owned(), concept.id.0.clone()));
    }
    values(concept, CONCEPT, "", &mut facts);
    for section in concept.sections.iter().filter(|section| !section.terms.is_empty()) {
        facts.insert(("languages".to_owned(), section.tag.0.clone()));
        for entry in &section.terms {
            facts.insert(("terms".to_owned(), entry.term.clone()));
            let mut of_term = Facts::new();
            values(entry, TERM, "terms.", &mut of_term);
            facts
                .extend(of_term.into_iter().map(|(key, value)| (key, format!("{}\u{1}{value}", entry.term))));
        }
    }
    facts
}

/// What a written file says, by the concepts of the termbase; under an empty id what it says of the whole.
struct Said {
    of: BTreeMap<String, Facts>,
    /// Entries that are those of no concept.
    strange: Vec<String>,
}

impl Said {
    fn by(again: &Termbase, termbase: &Termbase) -> Said {
        let mut said = Said { of: BTreeMap::new(), strange: Vec::new() };
        said.of.insert(String::new(), of_settings(again));
        for concept in again.concepts.iter() {
            match origin(concept, termbase) {
                Some(id) => said.of.entry(id).or_default().extend(facts_of(concept)),
                None => said.strange.push(format!("an entry out of nothing: {:?}", facts_of(concept))),
            }
        }
        said
    }

    /// What a file that is only written says: the facts whose words stand in it.
    fn in_text(text: &str, termbase: &Termbase) -> Said {
        let stands = |(field, value): &(String, String)| {
            let value = value.rsplit('\u{1}').next().unwrap_or_default();
            let words = value.trim_matches('"').replace("\\n", " ").replace("\\\"", "\"");
            let words = words.split_once(": \"").map_or(words.clone(), |(_, words)| words.to_owned());
            is_in_words(field) && text.contains(&words)
        };
        let of_concept = |concept: &Concept| {
            (concept.id.0.clone(), facts_of(concept).into_iter().filter(stands).collect())
        };
        let mut of: BTreeMap<_, _> = termbase.concepts.iter().map(of_concept).collect();
        of.insert(String::new(), of_settings(termbase).into_iter().filter(stands).collect());
        Said { of, strange: Vec::new() }
    }
}

/// The title, and the working languages in any order.
fn of_settings(termbase: &Termbase) -> Facts {
    let title = termbase.settings.title.iter().map(|title| ("title".to_owned(), title.clone()));
    let mut languages = termbase.settings.languages.clone();
    languages.sort();
    title.chain([("languages".to_owned(), format!("{languages:?}"))]).collect()
}

/// The concept that an entry comes from: the one that has a term of it, or its id.
fn origin(entry: &Concept, termbase: &Termbase) -> Option<String> {
    let texts: BTreeSet<String> =
        entry.sections.iter().flat_map(|section| &section.terms).map(|term| bare(&term.term)).collect();
    let has_term = |concept: &&Concept| {
        let mut terms = concept.sections.iter().flat_map(|section| &section.terms);
        terms.any(|term| texts.contains(&bare(&term.term)))
    };
    let by_term = termbase.concepts.iter().find(has_term);
    let by_id = || termbase.concepts.iter().find(|concept| concept.id == entry.id);
    by_term.or_else(by_id).map(|concept| concept.id.0.clone())
}

/// The letters of a term, which stay whatever becomes of the rest.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The part before the value, for the facts of a term.
fn term_of(value: &str) -> &str {
    value.split('\u{1}').next().unwrap_or(value)
}

/// Whether a loss is about a fact that a concept has no more.
fn covers(loss: &Loss, id: &str, (field, value): &(String, String), left: &Facts) -> bool {
    let is_of =
        if id.is_empty() { loss.entries.is_empty() } else { loss.entries.iter().any(|one| one == id) };
    let has_term = || left.contains(&("terms".to_owned(), term_of(value).to_owned()));
    let of_terms = field.starts_with("terms.") || matches!(field.as_str(), "terms" | "languages");
    is_of
        && match loss.field.as_str() {
            one if one == field => true,
            "concept" => !left.iter().any(|(field, _)| field == "terms"),
            "languages" | "terms" => of_terms && !has_term(),
            _ => false,
        }
}

/// Keys that say together how a term is to be used.
fn is_usage(field: &str) -> bool {
    matches!(field, "terms.status" | "terms.forbidden")
}

/// What of a termbase a written file neither says nor tells, what it says out of nothing, and what is told in vain.
fn trouble(format: &Format, termbase: &Termbase, target: &Target) -> Vec<String> {
    let Ok(written) = write(format, termbase, target) else { return Vec::new() };
    let said = match format.read {
        Some(_) => {
            let languages = if names_no_language(format) {
                pairs::languages(termbase, target).map(Vec::from).unwrap_or_default()
            } else {
                Vec::new()
            };
            let input = Input { languages, ..Input::new("x.dat", &written.bytes) };
            let reading = read(&input, Some(format));
            let Some(again) = reading.termbase else { return vec![format!("{:?}", reading.findings)] };
            Said::by(&again, termbase)
        }
        None => Said::in_text(&String::from_utf8_lossy(&written.bytes), termbase),
    };
    let before = termbase.concepts.iter().map(|concept| (concept.id.0.clone(), facts_of(concept)));
    let before: BTreeMap<String, Facts> = before.chain([(String::new(), of_settings(termbase))]).collect();
    let mut wrong = said.strange.clone();
    for (id, facts) in &before {
        let none = Facts::new();
        let left = said.of.get(id).unwrap_or(&none);
        for fact in facts.difference(left).filter(|fact| format.read.is_some() || is_in_words(&fact.0)) {
            // Where terms or their languages are left out, so are the languages of the whole.
            let follows = |loss: &Loss| {
                id.is_empty()
                    && fact.0 == "languages"
                    && matches!(loss.field.as_str(), "languages" | "terms" | "concept")
            };
            if !written.losses.iter().any(|loss| covers(loss, id, fact, left) || follows(loss)) {
                wrong.push(format!("untold: `{id}` {fact:?}"));
            }
        }
        for fact in left.difference(facts) {
            let is_about = |loss: &Loss| {
                loss.field == fact.0
                    || is_usage(&loss.field) && is_usage(&fact.0)
                    // The term is another, and all that is said of it.
                    || loss.field == "terms" && fact.0.starts_with("terms.")
            };
            let is_of = |loss: &Loss| match id.is_empty() {
                true => loss.entries.is_empty(),
                false => loss.entries.iter().any(|one| one == id),
            };
            let told = |loss: &Loss| loss.kind == LossKind::Changed && is_about(loss) && is_of(loss);
            // A dictionary has a name; the languages are those of the terms.
            let of_whole = id.is_empty() && (format.name == "stardict" || fact.0 == "languages");
            if !of_whole && !written.losses.iter().any(told) {
                wrong.push(format!("out of nothing: `{id}` {fact:?}"));
            }
        }
    }
    for loss in &written.losses {
        // What is in a note or property for glosa comes back, but no other program takes it for what it is; nor is an
        // empty term a term.
        let elsewhere = ["note", "property of glosa", "empty one"];
        let is_elsewhere =
            loss.kind == LossKind::Changed && elsewhere.iter().any(|words| loss.reason.contains(words));
        if format.read.is_none() {
            continue;
        }
        for id in loss.entries.iter().map(String::as_str).chain(loss.entries.is_empty().then_some("")) {
            let none = Facts::new();
            let left = said.of.get(id).unwrap_or(&none);
            let is_lost = match loss.field.as_str() {
                "concept" => left.is_empty(),
                field => before[id].symmetric_difference(left).any(|fact| fact.0 == field),
            };
            // The languages of the whole are those of terms of which some may have been left out.
            let is_of_whole = id.is_empty() && loss.field == "languages";
            if !is_lost && !is_elsewhere && !is_of_whole {
                wrong.push(format!("told in vain: `{id}` {loss}"));
            }
        }
    }
    wrong
}

/// Whether a file for people or models says a field in its own words.
fn is_in_words(field: &str) -> bool {
    !matches!(field, "terms.status" | "terms.forbidden" | "terms.do-not-translate" | "languages")
}

/// Formats whose files do not say which languages they are in.
fn names_no_language(format: &Format) -> bool {
    matches!(
        format.name,
        "omegat"
            | "omegat-csv"
            | "deepl"
            | "google-pairs"
            | "microsoft"
            | "xbench"
            | "weblate"
            | "anki"
            | "stardict"
    )
}

/// The languages that may be asked for.
const LANGUAGES: &[&[&str]] =
    &[&[], &["es-MX", "en"], &["es", "en"], &["en", "es"], &["es-MX"], &["en", "fr"], &["es-MX", "es-ES"]];

fn target(languages: &[&str], guard_formulas: bool) -> Target {
    let languages = languages.iter().map(|tag| LangTag((*tag).to_owned())).collect();
    Target { languages, guard_formulas, ..Target::default() }
}

/// What is wrong in all formats.
fn all_trouble(termbase: &Termbase, target: &Target) -> String {
    let of = |format: &Format| {
        let told = |wrong| format!("{} {:?}: {wrong}\n", format.name, target.languages);
        trouble(format, termbase, target).into_iter().map(told).collect::<String>()
    };
    FORMATS.iter().filter(|format| format.write.is_some()).map(of).collect()
}

#[test]
fn whatever_a_file_does_not_say_is_told() {
    let full = full();
    let targets = LANGUAGES.iter().flat_map(|languages| [false, true].map(|guard| target(languages, guard)));
    let wrong: String = targets.map(|target| all_trouble(&full, &target)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

/// What may be added to a text, so that not every format can hold it as it is.
const TWISTS: &[&str] =
    &["", "", "", " \n x", "\tx", " \u{7}x", "|x", " <x>", "\u{2028}x", " #x", "\u{a0}x", " x\"", "\\x"];

/// A part of a termbase: keys, terms and concepts that are picked, texts made another.
struct Part<'p> {
    picks: std::iter::Cycle<std::slice::Iter<'p, u8>>,
}

impl Part<'_> {
    fn next(&mut self) -> u8 {
        self.picks.next().copied().unwrap_or_default()
    }

    fn twisted(&mut self, text: &str) -> String {
        let twist = TWISTS[usize::from(self.next()) % TWISTS.len()];
        format!("{text}{twist}")
    }

    /// Copies the keys that are picked, and the twisted texts among them.
    fn keys<T>(&mut self, from: &T, to: &mut T, fields: &[Field<T>]) {
        const TEXTS: &[&str] = &["note", "source", "subject", "definition", "context", "usage", "reason"];
        for field in fields {
            let Some(value) = (field.get)(from).filter(|_| !self.next().is_multiple_of(3)) else { continue };
            let value = match value {
                ::toml::Value::String(text) if TEXTS.contains(&field.key) => self.twisted(&text).into(),
                value => value,
            };
            (field.set)(to, value).expect(field.key);
        }
    }

    fn concept(&mut self, from: &Concept) -> Concept {
        let mut to = Concept { id: from.id.clone(), id_written: true, ..Concept::default() };
        self.keys(from, &mut to, CONCEPT);
        for section in from.sections.iter().filter(|_| !self.next().is_multiple_of(5)).collect::<Vec<_>>() {
            let mut terms = Vec::new();
            for entry in &section.terms {
                if !self.next().is_multiple_of(4) {
                    let mut term = TermEntry::new(model::prose(&self.twisted(&entry.term)));
                    self.keys(entry, &mut term, TERM);
                    terms.push(term);
                }
            }
            to.sections.push(LangSection { tag: section.tag.clone(), terms });
        }
        to
    }
}

fn part(of: &Termbase, picks: &[u8]) -> Termbase {
    let mut part = Part { picks: picks.iter().cycle() };
    let title = of
        .settings
        .title
        .as_ref()
        .map(|title| part.twisted(title))
        .filter(|_| !part.next().is_multiple_of(3));
    let concepts: Vec<Concept> = of.concepts.iter().map(|concept| part.concept(concept)).collect();
    let settings = Settings { title, languages: of.settings.languages.clone(), ..Settings::default() };
    Termbase { concepts: concepts.into(), settings }
}

proptest! {
    // The same termbases each time: a run has few of them, and each takes a while.
    #![proptest_config(ProptestConfig {
        cases: 6,
        max_shrink_iters: 48,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_a_file_does_not_say_of_any_part_is_told(
        picks in prop::collection::vec(any::<u8>(), 211),
        languages in prop::sample::select(LANGUAGES),
        guard in any::<bool>(),
    ) {
        let wrong = all_trouble(&part(&full(), &picks), &target(languages, guard));
        prop_assert!(wrong.is_empty(), "{}", wrong);
    }
}
