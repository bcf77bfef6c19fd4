//! The languages of a concept.

use super::{Glossary, finding};
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::termbase::model::LangTag;

/// Concepts without a term in one of the working languages.
pub(super) fn missing_languages(glossary: &Glossary<'_>) -> Vec<Finding> {
    let mut working: Vec<Lang> =
        glossary.termbase.settings.languages.iter().filter_map(LangTag::lang).collect();
    working.dedup();
    let mut findings = Vec::new();
    for concept in glossary.concepts() {
        for &lang in working.iter().filter(|lang| concept.terms_of(**lang).next().is_none()) {
            let message = format!("the concept `{}` has no {} term", concept.id, name(lang));
            let help = format!("add terms.{lang} = \"…\"");
            findings.push(
                finding(Severity::Warning, "missing-language", concept.place.as_ref(), message).help(help),
            );
        }
    }
    findings
}

/// Sections that are never looked for.
pub(super) fn unmatched_languages(glossary: &Glossary<'_>) -> Vec<Finding> {
    let sections = glossary.concepts().flat_map(|concept| &concept.sections);
    sections
        .filter(|section| section.tag.lang().is_none())
        .map(|section| {
            let place = section.terms.first().and_then(|term| term.place.as_ref());
            let message =
                format!("`{}` is neither Spanish nor English; its terms are not looked for", section.tag);
            finding(Severity::Note, "unmatched-language", place, message)
                .help("if it is mistyped, write terms.es or terms.en")
        })
        .collect()
}

pub(super) fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Es => "Spanish",
        Lang::En => "English",
    }
}
