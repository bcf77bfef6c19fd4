//! What tests of single rules share.

use super::{Options, check};
use crate::check::Severity;
use crate::engine::{Bitext, Collection, Engine};
use crate::lang::Lang;
use crate::termbase::{Source, read};
use crate::text::Document;

/// What a rule finds in a pair with a warning or an error: the words at its places.
pub(super) fn found(rule: &str, glossary: &str, source: Lang, es: &str, en: &str) -> Vec<String> {
    let engine = Engine::new(read(&[Source::toml("glossary.toml", glossary)]).termbase);
    let document =
        |name: &str, lang, text: &str| Document { lang: Some(lang), ..Document::plain(name, text) };
    let documents = [("es", Lang::Es, es), ("en", Lang::En, en)];
    let documents = documents.map(|(name, lang, text)| engine.analyse(document(name, lang, text))).to_vec();
    let beads = engine.align(&documents[0], &documents[1]);
    let collection = Collection { documents, bitexts: vec![Bitext { es: 0, en: 1, beads }] };
    let report = check(&engine, &collection, &Options { source: Some(source), ..Options::default() });
    let of_rule = report.findings.iter().filter(|one| one.rule == rule && one.severity >= Severity::Warning);
    let places = of_rule.filter_map(|finding| finding.place.as_ref());
    places.map(|place| place.span.of(if &*place.file == "es" { es } else { en }).to_owned()).collect()
}
