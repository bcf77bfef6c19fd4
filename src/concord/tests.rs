//! Harvesting and counting over a pair made by hand.

use super::*;
use crate::align::Bead;
use crate::engine::{Bitext, Engine};
use crate::termbase::{Concept, LangSection, LangTag, TermEntry, Termbase};
use crate::text::Document;

fn section(tag: &str, terms: &[&str]) -> LangSection {
    LangSection { tag: LangTag(tag.into()), terms: terms.iter().map(|term| TermEntry::new(*term)).collect() }
}

fn engine() -> Engine {
    let concept = Concept {
        sections: vec![section("es", &["arancel"]), section("en", &["tariff", "duty"])],
        ..Concept::default()
    };
    Engine::new(Termbase { concepts: vec![concept].into(), ..Termbase::default() })
}

/// A pair of documents: Spanish, English, and which segments go together.
fn pair(es: &str, en: &str, beads: &[(&[usize], &[usize])]) -> Collection {
    let engine = engine();
    let documents =
        vec![engine.analyse(Document::plain("es.txt", es)), engine.analyse(Document::plain("en.txt", en))];
    let bead = |(es, en): &(&[usize], &[usize])| Bead { es: es.to_vec(), en: en.to_vec(), score: 0.9 };
    Collection { documents, bitexts: vec![Bitext { es: 0, en: 1, beads: beads.iter().map(bead).collect() }] }
}

fn harvested(collection: &Collection, confidential: bool) -> Vec<AlignedContext> {
    let concordance = Concordance::new(collection);
    let found = concordance.occurrences(1);
    let from = Harvest { concordance: &concordance, limit: 5, confidential };
    harvest(&Concept::default(), &found[0], from)
}

const ES: &str = "El arancel subió mucho este año. Nadie lo esperaba entonces. El arancel bajó después.";
const EN: &str = "The tariff rose a lot this year. Nobody expected it then. It fell later.";

#[test]
fn renderings_are_counted_by_bead() {
    let collection = pair(ES, EN, &[(&[0], &[0]), (&[1], &[1]), (&[2], &[2])]);
    let concordance = Concordance::new(&collection);
    let found = renderings(&concordance, &concordance.occurrences(1)[0]);
    let tariff = collection.documents[1].hits[0].term;
    assert_eq!(found.in_english, [(Some(tariff), 1), (None, 1)]);
    assert_eq!((found.rendered, found.missing), (1, 1));
}

#[test]
fn a_bead_with_both_terms_comes_first() {
    let collection = pair(ES, EN, &[(&[0], &[0]), (&[1], &[1]), (&[2], &[2])]);
    let best = &harvested(&collection, false)[0];
    let (es, en) = (best.es.as_ref().expect("Spanish"), best.en.as_ref().expect("English"));
    assert_eq!((es.marks[0].of(&es.text), en.marks[0].of(&en.text)), ("arancel", "tariff"));
}

#[test]
fn a_confidential_document_is_quoted_on_neither_side() {
    let mut collection = pair(ES, EN, &[(&[0], &[0]), (&[1], &[1]), (&[2], &[2])]);
    for confidential in [0, 1] {
        collection.documents.iter_mut().for_each(|analysis| analysis.document.confidential = false);
        let document = &mut collection.documents[confidential].document;
        document.confidential = true;
        let name = document.name.clone();
        let quoted = |contexts: &[AlignedContext]| {
            contexts.iter().flat_map(|c| [&c.es, &c.en]).flatten().any(|snippet| snippet.document == name)
        };
        assert!(!quoted(&harvested(&collection, false)), "{name}");
        assert!(quoted(&harvested(&collection, true)), "{name}");
    }
}

#[test]
fn of_a_long_side_only_the_sentence_with_the_term_is_shown() {
    let filler =
        "Nadie esperaba una noticia así en la ciudad, ni en el puerto, ni en la frontera norte del país.";
    let es = format!("{filler} {filler} El arancel subió mucho este año. {filler}");
    let collection = pair(&es, "The tariff rose a lot this year.", &[(&[0, 1, 2, 3], &[0])]);
    let contexts = harvested(&collection, false);
    assert_eq!(contexts[0].es.as_ref().expect("Spanish").text, "El arancel subió mucho este año.");
}

#[test]
fn a_gloss_stands_right_beside_its_term() {
    for (text, found) in [("The tariff (arancel) rose.", true), ("The tariff and the arancel rose.", false)] {
        let collection = Collection {
            documents: vec![engine().analyse(Document::plain("x.txt", text))],
            ..Collection::default()
        };
        let glosses = harvested(&collection, false);
        assert_eq!(glosses.iter().any(|c| c.evidence == Evidence::Apposition), found, "{text}");
    }
}
