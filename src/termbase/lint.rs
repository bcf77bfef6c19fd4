//! The rules that check a glossary as a whole: what can be read, but is probably not meant.
//!
//! Each rule is a function in the table below and an explanation in [`crate::check::rules`].
//!
//! ```
//! use glosa::termbase::{Source, lint, read};
//!
//! let text = "[[concept]]\nid = \"a\"\nterms.es = \"arancel\"\n";
//! let termbase = read(&[Source::toml("glossary.toml", text)]).termbase;
//! let findings = lint(&termbase);
//! assert_eq!(findings[0].rule, "missing-language");
//! ```

mod characters;
mod duplicates;
mod languages;
mod preference;
mod usage;

use rustc_hash::FxHashMap;

pub(crate) use duplicates::{may_meet, one_word};

use super::model::{Concept, TermEntry, TermRef, Termbase};
use crate::check::{Finding, Place, Severity};
use crate::lang::Lang;
use crate::text::tokens::phrase_key;

/// All that looks wrong in a termbase, in the order of its concepts.
pub fn lint(termbase: &Termbase) -> Vec<Finding> {
    let glossary = Glossary::new(termbase);
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&glossary)).collect();
    let order = file_order(termbase);
    let position = |finding: &Finding| {
        finding.place.as_ref().map(|place| (order.get(&*place.file).copied(), place.span.start))
    };
    let key = |finding: &Finding| (position(finding), finding.rule);
    findings.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)));
    findings
}

/// A rule: from the glossary to what it finds in it.
type Rule = fn(&Glossary<'_>) -> Vec<Finding>;

const RULES: &[Rule] = &[
    duplicates::duplicate_terms,
    duplicates::repeated_terms,
    duplicates::colliding_acronyms,
    languages::missing_languages,
    languages::unmatched_languages,
    preference::two_preferred,
    usage::all_deprecated,
    usage::no_reason,
    usage::replaced_without_end,
    usage::unwritten_ids,
    characters::suspicious_characters,
    characters::unmatchable_terms,
    characters::contradictory_forms,
];

/// A termbase with an index of its terms.
struct Glossary<'a> {
    termbase: &'a Termbase,
    /// Terms of the two languages by what they have in common.
    by_key: FxHashMap<(Lang, String), Vec<TermRef>>,
}

impl<'a> Glossary<'a> {
    fn new(termbase: &'a Termbase) -> Self {
        let mut by_key: FxHashMap<(Lang, String), Vec<TermRef>> = FxHashMap::default();
        for (at, term) in termbase.terms() {
            if let Some(lang) = termbase.section(at).tag.lang() {
                by_key.entry((lang, phrase_key(&term.term))).or_default().push(at);
            }
        }
        Glossary { termbase, by_key }
    }

    fn concept(&self, at: TermRef) -> &'a Concept {
        &self.termbase.concepts[at.concept as usize]
    }

    fn term(&self, at: TermRef) -> &'a TermEntry {
        self.termbase.term(at)
    }

    fn concepts(&self) -> impl Iterator<Item = &'a Concept> {
        self.termbase.concepts.iter()
    }

    fn terms(&self) -> impl Iterator<Item = (TermRef, &'a TermEntry)> {
        self.termbase.terms()
    }
}

/// A finding at a place that may be unknown (terms made by a program).
fn finding(
    severity: Severity,
    rule: &'static str,
    place: Option<&Place>,
    message: impl Into<String>,
) -> Finding {
    Finding { place: place.cloned(), ..Finding::new(severity, rule, message) }
}

/// Files in the order in which the termbase names them.
fn file_order(termbase: &Termbase) -> FxHashMap<&str, usize> {
    let mut order = FxHashMap::default();
    for place in termbase.concepts.iter().filter_map(|concept| concept.place.as_ref()) {
        let next = order.len();
        order.entry(&*place.file).or_insert(next);
    }
    order
}

#[cfg(test)]
mod tests;
