//! The laws of merging, importing and revising, over generated concepts and every format.

use proptest::prelude::*;

use super::*;
use crate::format::terms::{self, FORMATS, Input, Target};
use crate::termbase::edit::Surroundings;
use crate::termbase::{
    Concept, ConceptId, Definition, LangSection, LangTag, Review, Source, Status, TermEntry, Termbase, read,
};

fn glossary(text: &str) -> Termbase {
    let read = read(&[Source::toml("g.toml", text)]);
    assert!(!read.has_errors(), "{:?}", read.findings);
    read.termbase
}

/// A concept without the places of its parts.
fn plain(concept: &Concept) -> Concept {
    Facts::of(concept).concept(concept.id.clone())
}

prop_compose! {
    fn any_term()(
        text in prop::sample::select(vec!["arancel", "tarifa", "cuota", "aranceles", "T-MEC", "el muro", "año", "ano"]),
        status in prop::sample::select(vec![None, Some(Status::Preferred), Some(Status::Deprecated)]),
        note in prop::option::of("[a-c]{1,2}"),
        forms in prop::collection::vec("[a-c]{1,2}", 0..2),
    ) -> TermEntry {
        let mut entry = TermEntry { status, note, ..TermEntry::new(text) };
        entry.forms = forms;
        entry
    }
}

prop_compose! {
    fn any_state()(
        es in prop::collection::vec(any_term(), 0..4),
        en in prop::collection::vec(any_term(), 1..3),
        swapped in any::<bool>(),
        note in prop::option::of("[a-c]{1,2}"),
        subject in prop::option::of("[a-c]{1,2}"),
        definition in prop::option::of("[a-c]{1,2}"),
        x in prop::option::of("[a-c]{1,2}"),
        review in prop::option::of(Just(Review::Proposed)),
    ) -> Concept {
        let section = |tag: &str, terms| LangSection { tag: LangTag(tag.to_owned()), terms };
        let mut sections = vec![section("es", es), section("en", en)];
        if swapped {
            sections.reverse();
        }
        sections.retain(|section| !section.terms.is_empty());
        let mut concept = Concept { id: ConceptId("c".to_owned()), id_written: true, sections, note, subject, review, ..Concept::default() };
        if let Some(text) = definition {
            concept.definition.insert(LangTag("es".to_owned()), Definition { text, source: None });
        }
        concept.x.extend(x.map(|x| ("desk".to_owned(), toml::Value::from(x))));
        concept
    }
}

/// The glossary of a concept, with comments about it.
fn text_of(concept: &Concept) -> String {
    let mut text = String::from("# casa\n[glossary]\ntitle = \"t\" # título\n\n# sobre esto");
    terms::toml::push_concept(&mut text, concept, &Target::default());
    text + "# al final\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn merging_keeps_its_laws(base in any_state(), x in any_state()) {
        for prefer in [Prefer::Ours, Prefer::Theirs] {
            for (base, ours, theirs) in [(&base, &x, &base), (&base, &base, &x), (&base, &x, &x)] {
                let merged = merge(Some(base), Some(ours), Some(theirs), prefer);
                prop_assert_eq!(merged.conflicts, vec![]);
                prop_assert_eq!(merged.concept.map(|concept| plain(&concept)), Some(plain(&x)));
            }
            // Gone and untouched is gone.
            prop_assert_eq!(merge(Some(&base), None, Some(&base), prefer), Merged::default());
        }
    }

    #[test]
    fn the_sides_of_a_merge_may_be_swapped(base in any_state(), a in any_state(), b in any_state()) {
        let one = merge(Some(&base), Some(&a), Some(&b), Prefer::Ours);
        let other = merge(Some(&base), Some(&b), Some(&a), Prefer::Theirs);
        prop_assert_eq!(one.conflicts.len(), other.conflicts.len());
        let keys = |merged: &Merged| merged.concept.as_ref().map(|concept| Facts::of(concept).keys);
        prop_assert_eq!(keys(&one), keys(&other));
    }

    #[test]
    fn a_revised_text_says_what_it_is_to_say(before in any_state(), after in any_state()) {
        let text = text_of(&before);
        let there = glossary(&text).concepts[0].clone();
        let revision = Revision { before: Some(there), after: Some(after.clone()) };
        let revised = revise("g.toml", &text, &[revision], &Surroundings::default()).expect("an edit");
        let again = glossary(&revised);
        let mut wanted = plain(&after);
        let mut got = plain(&again.concepts[0]);
        for concept in [&mut wanted, &mut got] {
            concept.sections.sort_by(|a, b| a.tag.cmp(&b.tag));
        }
        prop_assert_eq!(got, wanted, "{}", revised);
        for comment in ["# casa\n", "# título\n", "# sobre esto\n[[concept]]", "# al final\n"] {
            prop_assert!(revised.contains(comment), "{}", revised);
        }
    }

    #[test]
    fn merged_texts_say_what_merged_concepts_say(base in any_state(), a in any_state(), b in any_state()) {
        let [base_text, ours, theirs] = [&base, &a, &b].map(text_of);
        let version = |text| Version { name: "g.toml", text };
        let merged = merge_texts(version(&base_text), version(&ours), version(&theirs), 7).expect("a merge");
        let wanted = merge(Some(&base), Some(&a), Some(&b), Prefer::Ours);
        prop_assert_eq!(merged.conflicts.is_empty(), wanted.conflicts.is_empty());
        if merged.conflicts.is_empty() {
            let got = glossary(&merged.text);
            let keys = |concept: &Concept| Facts::of(concept).keys;
            prop_assert_eq!(got.concepts.get(0).map(keys), wanted.concept.as_ref().map(keys), "{}", merged.text);
        } else {
            prop_assert!(merged.text.contains("<<<<<<< ours\n"), "{}", merged.text);
        }
    }

    #[test]
    fn imports_are_done_once(here in any_state(), there in any_state()) {
        let text = text_of(&here);
        let incoming = Termbase { concepts: vec![there].into(), ..Termbase::default() };
        for side in [Side::Here, Side::There] {
            let once = imported(&text, &incoming, side);
            prop_assert_eq!(&imported(&once, &incoming, side), &once);
            prop_assert!(once.contains("# sobre esto\n[[concept]]"), "{}", once);
        }
    }
}

/// A glossary with the entries of a termbase taken in.
fn imported(text: &str, incoming: &Termbase, side: Side) -> String {
    let mut importer = Importer::new(&glossary(text), NewReview::State(Review::Proposed));
    importer.take(incoming.clone(), &mut |_| side);
    let revised = revise("g.toml", text, &importer.finish().revisions, &Surroundings::default());
    revised.expect("a text that can be edited")
}

const SAMPLE: &str = r#"
[glossary]
languages = ["es-MX", "en-US"]

[[concept]]
id = "arancel"
subject = "trade"
note = "uno\ndos"
definition.es = { text = "Impuesto.", source = "mesa" }
related = ["cupo"]
terms.es = [{ term = "arancel", pos = "noun", status = "preferred" }, { term = "tarifa", forbidden = true, reason = "r" }]
terms.en = ["tariff", { term = "duty", note = "n" }]
x.desk = "economy"

[[concept]]
id = "cupo"
terms.es = "cupo"
terms.en = ["quota", "quotas"]

[[concept]]
terms.es = ["T-MEC", "Tratado entre México, Estados Unidos y Canadá"]
terms.en = "USMCA"
"#;

#[test]
fn every_format_is_imported_once() {
    let sample = glossary(SAMPLE);
    let start = "# mine\n[glossary]\nlanguages = [\"es-MX\", \"en-US\"]\n\n# kept\n[[concept]]\nterms.es = \"cupo\" # c\nterms.en = \"quota\"\n";
    for format in FORMATS.iter().filter(|format| format.read.is_some() && format.write.is_some()) {
        let target = Target {
            languages: vec![LangTag("es".to_owned()), LangTag("en".to_owned())],
            ..Target::default()
        };
        let Ok(written) = terms::write(format, &sample, &target) else { continue };
        let input = Input { languages: target.languages, ..Input::new("x", &written.bytes) };
        let incoming =
            terms::read(&input, Some(format)).termbase.unwrap_or_else(|| panic!("{}", format.name));
        for side in [Side::Here, Side::There] {
            let once = imported(start, &incoming, side);
            assert_eq!(imported(&once, &incoming, side), once, "{}", format.name);
            assert!(
                once.starts_with("# mine\n") && once.contains("# kept\n[[concept]]"),
                "{}: {once}",
                format.name
            );
            assert!(once.contains("T-MEC") && once.contains("arancel"), "{}: {once}", format.name);
        }
    }
}

/// What both sides make of the terms of a concept: base, ours, theirs; what it is where ours is right, and where theirs
/// is; the conflict, if there is one.
#[test]
fn terms_are_merged_and_conflicts_between_them_told() {
    type Terms<'t> = &'t [&'t str];
    type Case<'t> = (Terms<'t>, Terms<'t>, Terms<'t>, Terms<'t>, Terms<'t>, Option<&'t str>);
    let cases: [Case<'_>; 11] = [
        // Other words in the place of one; respelled on one side, another word on the other.
        (
            &["tariff", "duty"],
            &["import tariff", "duty"],
            &["levy", "duty"],
            &["import tariff", "duty"],
            &["levy", "duty"],
            Some("terms.en “tariff”"),
        ),
        (
            &["tariff", "duty"],
            &["tariff", "impost"],
            &["tariff", "levy"],
            &["tariff", "impost"],
            &["tariff", "levy"],
            Some("terms.en “duty”"),
        ),
        (&["tariff"], &["tariffs"], &["levy"], &["tariffs"], &["levy"], Some("terms.en “tariff”")),
        // The same word on both sides is none.
        (
            &["tariff", "duty"],
            &["levy", "duty"],
            &["levy", "duty", "x"],
            &["levy", "duty", "x"],
            &["levy", "duty", "x"],
            None,
        ),
        // Different additions: ours first; before the first they are at odds about which term is preferred.
        (&["tariff"], &["tariff", "a"], &["tariff", "b"], &["tariff", "a", "b"], &["tariff", "a", "b"], None),
        (
            &["tariff"],
            &["a", "tariff"],
            &["b", "tariff"],
            &["a", "b", "tariff"],
            &["b", "a", "tariff"],
            Some("terms.en order"),
        ),
        (
            &["tariff", "duty"],
            &["duty"],
            &["levy", "duty"],
            &["duty", "levy"],
            &["levy", "duty"],
            Some("terms.en order"),
        ),
        (&[], &["a"], &["b"], &["a", "b"], &["b", "a"], Some("terms.en order")),
        // One side alone may say which is preferred.
        (
            &["tariff", "duty"],
            &["levy", "duty"],
            &["tariff", "duty", "x"],
            &["levy", "duty", "x"],
            &["levy", "duty", "x"],
            None,
        ),
        (&["tariff", "duty"], &["duty", "tariff"], &["duty"], &["duty"], &["duty"], None),
        (&["a", "b", "c"], &["b", "c"], &["a", "c"], &["c"], &["c"], None),
    ];
    let concept = |terms: &[&str]| {
        let section = |tag: &str, terms: &[&str]| LangSection {
            tag: LangTag(tag.to_owned()),
            terms: terms.iter().copied().map(TermEntry::new).collect(),
        };
        let mut sections = vec![section("es", &["arancel"]), section("en", terms)];
        sections.retain(|section| !section.terms.is_empty());
        Concept { id: ConceptId("c".to_owned()), id_written: true, sections, ..Concept::default() }
    };
    for (base, ours, theirs, for_ours, for_theirs, conflict) in cases {
        let [before, mine, other] = [base, ours, theirs].map(concept);
        // What is right must not hang on who merges.
        for (prefer, wanted) in [(Prefer::Ours, for_ours), (Prefer::Theirs, for_theirs)] {
            let merged = merge(Some(&before), Some(&mine), Some(&other), prefer);
            let fields: Vec<&str> = merged.conflicts.iter().map(|conflict| conflict.field.as_str()).collect();
            assert_eq!(fields, conflict.into_iter().collect::<Vec<_>>(), "{base:?} {ours:?} {theirs:?}");
            let merged = merged.concept.expect("a concept");
            let terms: Vec<&str> = merged.sections[1].terms.iter().map(|entry| entry.term.as_str()).collect();
            assert_eq!(terms, wanted, "{base:?} {ours:?} {theirs:?}");
        }
    }
}

#[test]
fn the_same_concept_is_found_whatever_its_number_case_and_accents() {
    let known = glossary(
        "[[concept]]\nid = \"a\"\nterms.es = \"derecho humano\"\nterms.en = \"human right\"\n\
        [[concept]]\nid = \"b\"\nterms.es = \"papá\"\nterms.en = \"dad\"\n\
        [[concept]]\nid = \"c\"\nterms.es = \"T-MEC\"\nterms.en = \"USMCA\"\n\
        [[concept]]\nid = \"d\"\nterms.es = \"banco\"\nterms.en = \"bank\"\n\
        [[concept]]\nid = \"e\"\nterms.es = \"migrantes\"\n",
    );
    let concepts: Vec<Concept> = known.concepts.iter().cloned().collect();
    let pairing = Pairing::of(&concepts);
    let cases = [
        ("terms.es = \"Derechos humanos\"\nterms.en = \"human rights\"", Sameness::Same(0)),
        ("terms.es = \"papa\"\nterms.en = \"dad\"", Sameness::New),
        ("terms.es = \"TMEC\"\nterms.en = \"USMCA\"", Sameness::Same(2)),
        ("terms.es = \"banco\"\nterms.en = \"bench\"", Sameness::New),
        ("terms.es = \"banco\"", Sameness::Same(3)),
        ("terms.es = \"migrante\"\nterms.en = \"migrant\"", Sameness::Same(4)),
        ("id = \"a\"\nterms.es = \"otra cosa\"", Sameness::New),
        ("id = \"a\"\nterms.fr = \"droit de l'homme\"", Sameness::Same(0)),
        ("client = \"x\"\nterms.en = \"bank\"", Sameness::Same(3)),
    ];
    for (entry, wanted) in cases {
        let entry = glossary(&format!("[[concept]]\n{entry}\n")).concepts[0].clone();
        assert_eq!(pairing.find(&entry, &concepts, |_| true), wanted, "{:?}", entry.sections);
    }
}

#[test]
fn what_an_import_adds_and_leaves() {
    let start =
        "[[concept]]\nid = \"arancel\"\nnote = \"n\"\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n";
    let incoming = glossary(
        "[[concept]]\nid = \"x\"\nnote = \"m\"\nsubject = \"s\"\nrelated = [\"y\"]\nreview = \"approved\"\n\
        terms.es = [\"aranceles\", \"gravamen\"]\nterms.en = [{ term = \"Tariff\", pos = \"noun\" }]\n\
        [[concept]]\nid = \"y\"\nterms.es = [{ term = \"cupo\", status = \"preferred\" }, { term = \"cuota\", status = \"preferred\" }]\n\
        related = [\"x\"]\n",
    );
    let mut importer = Importer::new(&glossary(start), NewReview::State(Review::Proposed));
    importer.take(incoming, &mut |_| Side::Here);
    let imported = importer.finish();
    assert_eq!((imported.added, imported.changed), (1, 1));
    let note = &imported.conflicts[0];
    assert_eq!(
        (note.field.as_str(), note.here.as_deref(), note.there.as_deref()),
        ("note", Some("n"), Some("m"))
    );
    assert_eq!(imported.conflicts.len(), 1, "{:?}", imported.conflicts);
    let text = revise("g", start, &imported.revisions, &Surroundings::default()).expect("a text");
    let after = glossary(&text);
    let [arancel, cupo] = [&after.concepts[0], &after.concepts[1]];
    assert_eq!((arancel.subject.as_deref(), arancel.review), (Some("s"), None));
    assert_eq!(arancel.related, [ConceptId("y".to_owned())]);
    let es: Vec<&str> = arancel.sections[0].terms.iter().map(|term| term.term.as_str()).collect();
    assert_eq!(es, ["arancel", "gravamen"]);
    assert_eq!(arancel.sections[1].terms[0].pos, Some(crate::termbase::PartOfSpeech::Noun));
    assert_eq!((cupo.review, &cupo.related[0].0[..]), (Some(Review::Proposed), "arancel"));
    assert_eq!(cupo.sections[0].terms[1].status, Some(Status::Admitted));
    let fields: Vec<&str> = imported.losses.iter().map(|loss| loss.field.as_str()).collect();
    assert!(fields.contains(&"terms") && fields.contains(&"terms.status"), "{:?}", imported.losses);
}

/// An entry may say two things of a term, and what it says of one may change what is true of another unstated.
#[test]
fn entries_at_odds_with_themselves_are_taken_in_once() {
    let cases = [
        (r#"["arancel", { term = "ano", status = "admitted" }]"#, &["ano preferred", "ano admitted"][..]),
        (r#"["arancel", "arancel"]"#, &["arancel deprecated", "arancel preferred"]),
        (
            r#"["arancel", { term = "año", status = "preferred" }]"#,
            &["aranceles preferred", "arancel admitted", "año admitted"],
        ),
    ];
    for (terms, incoming) in cases {
        let text = format!("[[concept]]\nid = \"c\"\nterms.es = {terms}\n");
        let entries: Vec<String> = incoming
            .iter()
            .filter_map(|term| term.split_once(' '))
            .map(|(term, status)| format!("{{ term = \"{term}\", status = \"{status}\" }}"))
            .collect();
        let incoming = glossary(&format!("[[concept]]\nid = \"c\"\nterms.es = [{}]\n", entries.join(", ")));
        for side in [Side::Here, Side::There] {
            let once = imported(&text, &incoming, side);
            assert_eq!(imported(&once, &incoming, side), once);
        }
    }
}

#[test]
fn differences_go_by_concept_and_field() {
    let before = glossary(
        "[[concept]]\nid = \"a\"\nnote = \"n\"\nterms.es = [\"arancel\", \"tarifa\"]\nterms.en = \"tariff\"\n[[concept]]\nterms.es = \"cupo\"\nterms.en = \"quota\"\n[[concept]]\nid = \"z\"\nterms.es = \"zeta\"\n",
    );
    let after = glossary(
        "[[concept]]\nid = \"q\"\nterms.es = \"cupo\"\nterms.en = \"quota\"\n[[concept]]\nid = \"a\"\nterms.es = [\"arancel\", { term = \"tarifas\", note = \"t\" }]\nterms.en = \"tariff\"\n[[concept]]\nid = \"n\"\nterms.en = \"new\"\n",
    );
    let found = differences(&before, &after);
    let changed = |concept: &str, was: Option<&str>, fields: &[(&str, Option<&str>, Option<&str>)]| {
        Difference::Changed {
            concept: concept.to_owned(),
            was: was.map(str::to_owned),
            fields: fields
                .iter()
                .map(|(field, before, after)| FieldChange {
                    field: (*field).to_owned(),
                    before: before.map(str::to_owned),
                    after: after.map(str::to_owned),
                })
                .collect(),
        }
    };
    assert_eq!(found[0], changed("q", Some("cupo"), &[]));
    assert_eq!(
        found[1],
        changed(
            "a",
            None,
            &[
                ("terms.es", Some("tarifa"), Some("tarifas")),
                ("terms.es “tarifas” note", None, Some("t")),
                ("note", Some("n"), None),
            ]
        )
    );
    assert!(matches!(&found[2], Difference::Added { concept, .. } if concept == "n"));
    assert!(matches!(&found[3], Difference::Removed { concept, .. } if concept == "z"));
    assert_eq!(found.len(), 4);
    assert_eq!(differences(&before, &before), []);
}
