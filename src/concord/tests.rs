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
    harvest(&Concept::default(), &found[0], &UnlistedRenderings::default(), from)
}

const ES: &str = "El arancel subió mucho este año. Nadie lo esperaba entonces. El arancel bajó después.";
const EN: &str = "The tariff rose a lot this year. Nobody expected it then. It fell later.";

#[test]
fn renderings_are_counted_by_bead() {
    let collection = pair(ES, EN, &[(&[0], &[0]), (&[1], &[1]), (&[2], &[2])]);
    let concordance = Concordance::new(&collection);
    let found = renderings(&concordance, &concordance.occurrences(1)[0]);
    let tariff = collection.documents[1].hits[0].term;
    let counts: Vec<_> = found.in_english.iter().map(|one| (one.term, one.places.len())).collect();
    assert_eq!(counts, [(Some(tariff), 1), (None, 1)]);
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

/// A concept whose acronym is the same in both languages.
fn notice_to_appear() -> Engine {
    let concept = Concept {
        sections: vec![
            section("es", &["cédula de cita", "NTA"]),
            section("en", &["notice to appear", "NTA"]),
        ],
        ..Concept::default()
    };
    Engine::new(Termbase { concepts: vec![concept].into(), ..Termbase::default() })
}

/// The texts of all sides, in order.
fn texts(contexts: &[AlignedContext]) -> Vec<&str> {
    contexts.iter().flat_map(|c| [&c.es, &c.en]).flatten().map(|snippet| snippet.text.as_str()).collect()
}

fn harvested_of(engine: &Engine, concept: &Concept, collection: &Collection) -> Vec<AlignedContext> {
    let concordance = Concordance::new(collection);
    let found = concordance.occurrences(engine.termbase().concepts.len());
    let from = Harvest { concordance: &concordance, limit: 5, confidential: false };
    harvest(concept, &found[0], &UnlistedRenderings::default(), from)
}

#[test]
fn a_sentence_is_shown_once_a_concept() {
    let engine = notice_to_appear();
    let text = "Si recibió un “notice to appear” (NTA), no lo tire nunca a la basura.";
    let documents = vec![engine.analyse(Document::plain("single.txt", text))];
    let collection = Collection { documents, ..Collection::default() };
    assert_eq!(texts(&harvested_of(&engine, &engine.termbase().concepts[0], &collection)), [text]);

    let twice = pair(&format!("{ES} {ES}"), &format!("{EN} {EN}"), &[(&[0], &[0]), (&[3], &[3])]);
    assert_eq!(texts(&harvested(&twice, false)).len(), 2);
}

#[test]
fn every_hit_of_the_concept_is_marked_whatever_its_language() {
    let engine = notice_to_appear();
    let es = "La cédula de cita (NTA) se entrega en la garita a quien la pide.";
    let en = "The notice to appear (NTA) is handed out at the gate to anyone who asks.";
    let documents =
        [("es.txt", es), ("en.txt", en)].map(|(name, text)| engine.analyse(Document::plain(name, text)));
    let bead = Bead { es: vec![0], en: vec![0], score: 0.9 };
    let bitexts = vec![Bitext { es: 0, en: 1, beads: vec![bead] }];
    let collection = Collection { documents: documents.to_vec(), bitexts };
    let contexts = harvested_of(&engine, &engine.termbase().concepts[0], &collection);
    assert_eq!(contexts.len(), 1);
    for side in [&contexts[0].es, &contexts[0].en] {
        assert_eq!(side.as_ref().expect("both").marks.len(), 2, "{side:?}");
    }
}

#[test]
fn pinned_contexts_have_their_terms_marked() {
    let engine = engine();
    let context = crate::termbase::Context {
        es: Some("Los aranceles\nsuben.".into()),
        en: Some("Tariffs rise.".into()),
        ..Default::default()
    };
    let mut concept = engine.termbase().concepts[0].clone();
    concept.contexts = vec![context];
    let contexts =
        harvested_of(&engine, &concept, &Collection { documents: Vec::new(), bitexts: Vec::new() });
    let (es, en) = (contexts[0].es.as_ref().expect("Spanish"), contexts[0].en.as_ref().expect("English"));
    assert_eq!((es.text.as_str(), es.marks[0].of(&es.text)), ("Los aranceles suben.", "aranceles"));
    assert_eq!(en.marks[0].of(&en.text), "Tariffs");
}

#[test]
fn both_sides_of_a_pair_are_cut_alike() {
    let (es, en) = ("Nadie en la ciudad lo esperaba, ", "Nobody in the city expected it, ");
    let es = format!("{}pero el arancel subió.", es.repeat(16));
    let en = format!("{}but the tariff rose.", en.repeat(10));
    let contexts = harvested(&pair(&es, &en, &[(&[0], &[0])]), false);
    let sides = [&contexts[0].es, &contexts[0].en].map(|side| side.as_ref().expect("both").text.as_str());
    assert!(sides.iter().all(|text| text.starts_with("… ") && text.ends_with('.')), "{sides:?}");
}

#[test]
fn a_rendering_that_the_glossary_lacks_is_found_by_counting_and_marked() {
    let es = "El arancel al acero subió en mayo. El arancel sobre el vino bajó en junio. Un arancel nuevo rige desde \
              julio. El arancel al maíz no cambia. La lluvia cayó en el norte. El puerto abrió a las ocho.";
    let en = "The tariff on steel rose in May. The levy on wine fell in June. A new levy applies from July. The tariff \
              on corn is the same. Rain fell in the north. The port opened at eight.";
    let beads: Vec<[usize; 1]> = (0..6).map(|i| [i]).collect();
    let beads: Vec<(&[usize], &[usize])> = beads.iter().map(|i| (i.as_slice(), i.as_slice())).collect();
    let mut collection = pair(es, en, &beads);
    let english = |collection: &Collection| -> Vec<(String, usize)> {
        let concordance = Concordance::new(collection);
        let from = Harvest { concordance: &concordance, limit: 5, confidential: false };
        let found = unlisted(from, &StemCounts::of(&concordance), &concordance.occurrences(1)[0]);
        assert!(found.in_spanish.is_empty());
        found.in_english.iter().map(|one| (one.text.clone(), one.places.len())).collect()
    };
    assert_eq!(english(&collection), [("levy".to_owned(), 2)]);

    let concordance = Concordance::new(&collection);
    let from = Harvest { concordance: &concordance, limit: 9, confidential: false };
    let occurrences = &concordance.occurrences(1)[0];
    let found = unlisted(from, &StemCounts::of(&concordance), occurrences);
    let contexts = harvest(&Concept::default(), occurrences, &found, from);
    let levy =
        contexts.iter().find(|context| context.unlisted == Some(Lang::En)).expect("a context with the levy");
    let snippet = levy.en.as_ref().expect("English");
    assert_eq!(snippet.marks.iter().map(|mark| mark.of(&snippet.text)).collect::<Vec<_>>(), ["levy"]);
    assert!(contexts[0].unlisted.is_none(), "listed renderings come first");

    collection.documents[1].document.confidential = true;
    assert!(english(&collection).is_empty(), "a confidential text is not quoted");
    collection.documents[1].document.confidential = false;
    collection.bitexts[0].beads.iter_mut().for_each(|bead| bead.score = 0.2);
    assert!(english(&collection).is_empty(), "unsure beads show nothing");
}

#[test]
fn an_unsure_bead_misses_nothing() {
    let mut collection = pair(ES, EN, &[(&[0], &[0]), (&[1], &[1]), (&[2], &[2])]);
    collection.bitexts[0].beads[2].score = 0.1;
    let concordance = Concordance::new(&collection);
    let found = renderings(&concordance, &concordance.occurrences(1)[0]);
    assert_eq!((found.rendered, found.missing), (1, 0));
}
