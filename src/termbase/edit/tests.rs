use proptest::prelude::*;

use super::*;
use crate::termbase::{Concept, Context, Termbase, read as read_sources};

fn tidy(text: &str) -> String {
    match fmt("g.toml", text, &Surroundings::default()) {
        Ok(text) => text,
        Err(findings) => panic!("{text}\n{findings:#?}"),
    }
}

/// What a glossary says, whatever its places and whoever wrote its ids.
fn content(text: &str) -> (Vec<Concept>, Option<String>) {
    let Termbase { settings, concepts } = read_sources(&[Source::toml("g.toml", text)]).termbase;
    let mut concepts: Vec<Concept> = concepts.into_iter().collect();
    for concept in &mut concepts {
        concept.place = None;
        concept.id_written = true;
        concept.sections.iter_mut().flat_map(|section| &mut section.terms).for_each(|term| term.place = None);
    }
    (concepts, settings.title)
}

#[test]
fn a_glossary_becomes_tidy() {
    let untidy = "\
# The house glossary


[glossary]
  title='Comercio'   # shown on pages
languages = [ 'es-MX',
   'en-US' ]
# the first one
[[concept]]   # trade


   terms.es =   'arancel'
# not the article
note = 'impuesto a la \"importación\"'
id='arancel'



[[concept]]
terms.en = [ { type='acronym',term='USMCA' }, 'United States–Mexico–Canada Agreement', { status = 'deprecated', term = 'NAFTA 2.0' , } ]
terms.es=[
  'T-MEC', # the usual name
  # in full
  'Tratado entre México, Estados Unidos y Canadá' ]
[concept.x]
  foreign   = 'left alone'
# the end

";
    let expected = "\
# The house glossary

[glossary]
title = \"Comercio\"   # shown on pages
languages = [\"es-MX\", \"en-US\"]

# the first one
[[concept]]   # trade
id = \"arancel\"
# not the article
note = 'impuesto a la \"importación\"'
terms.es = \"arancel\"

[[concept]]
id = \"t-mec\"
terms.en = [
    { term = \"USMCA\", type = \"acronym\" },
    \"United States–Mexico–Canada Agreement\",
    { term = \"NAFTA 2.0\", status = \"deprecated\" },
]
terms.es = [
    \"T-MEC\", # the usual name
    # in full
    \"Tratado entre México, Estados Unidos y Canadá\",
]
[concept.x]
  foreign   = 'left alone'

# the end
";
    assert_eq!(tidy(untidy), expected);
    assert_eq!(tidy(expected), expected);
    assert_eq!(content(untidy), content(expected));
}

#[test]
fn formatting_keeps_the_meaning() {
    let cases = [
        "",
        "# only a comment",
        "[[concept]]\nterms.es = \"\"\"\nuno\ndos\"\"\"\nnote = '''\nlargo\ntexto'''\n",
        "[[concept]]\nterms.es = \"Me\u{301}xico\"\nimage = \"Me\u{301}xico.png\"\n",
        "[[concept]]\r\nterms.es = 'a' # b\r\n",
        "\u{feff}[[concept]]\nterms.es = 'a'\n",
        "[[concept]]\n[concept.terms]\nen = 'b'\nes = ['a'\n,\n'c'] # d\n[[concept.contexts]]\nes = 'x'\n",
        "[[concept]]\nterms.es = ['a' # one\n, # two\n 'b' # three\n # four\n]\n",
        "[[concept]]\nterms.es.term = 'a'\ndefinition.en.text = 'd'\nterms.es.note = 'b'\ndefinition.en.source = 's'\n",
        "[[concept]]\nterms.es = { term = 'a', forms = ['b' ,'c'] }\nreliability = 3\nas-of = 2026-01-02\n",
        "concept = [{ terms.es = 'a' }, { terms.es = 'b' }]\n",
        "[[concept]]\nterms.es = [{ term = 'a', # c\n note = 'd' }]\nexternal-refs = []\n",
        "[[concept]]\nterms.es = \"a\\tb\"\nterms.en = ['''\nx''', \"q\\\"'r\"]\n",
    ];
    for text in cases.into_iter().chain([crate::termbase::read::tests::FULL]) {
        let once = tidy(text);
        assert_eq!(content(text).0, content(&once).0, "{text}\n{once}");
        assert_eq!(tidy(&once), once, "{text}");
        assert_eq!(text.contains("\r\n"), once.contains("\r\n"), "{text}");
        assert_eq!(text.matches('#').count(), once.matches('#').count(), "{text}\n{once}");
    }
}

#[test]
fn a_file_with_errors_is_left_alone() {
    for text in [
        "[[concept]]\nterms.es = \n",
        "[[concept]]\nnota = 'x'\n",
        "[[concept]]\nid='a'\n[[concept]]\nid='a'\n",
    ] {
        assert!(fmt("g.toml", text, &Surroundings::default()).is_err(), "{text}");
    }
    // What only the other layers can tell is no error of this file.
    assert!(fmt("g.toml", "[[concept]]\nid = 'a'\nrelated = 'b'\n", &Surroundings::default()).is_ok());
}

#[test]
fn derived_ids_heed_the_surroundings() {
    let around = Surroundings {
        languages: vec![LangTag("en-US".to_owned())],
        taken: vec![ConceptId("tariff".to_owned())],
    };
    let written = fmt("g.toml", "[[concept]]\nterms.es = 'arancel'\nterms.en = 'tariff'\n", &around);
    assert!(written.is_ok_and(|text| text.contains("id = \"tariff-2\"")));
}

fn new_concept(es: &str, en: &[&str]) -> NewConcept {
    let en = en.iter().map(|term| (*term).to_owned()).collect();
    let terms = vec![(LangTag("es".to_owned()), vec![es.to_owned()]), (LangTag("en".to_owned()), en)];
    NewConcept { subject: Some("trade".to_owned()), terms, ..NewConcept::default() }
}

#[test]
fn adding_changes_nothing_that_is_there() {
    let text = "# mine\n[[concept]]\nterms.es='arancel'   # untidy";
    let termbase = read_sources(&[Source::toml("g.toml", text)]).termbase;
    let added = add(text, &termbase, &new_concept("cuota", &["quota", "share"]), Duplicates::Refuse);
    let expected = "\n\n[[concept]]\nid = \"cuota\"\nsubject = \"trade\"\nterms.es = \"cuota\"\nterms.en = [\"quota\", \"share\"]\n";
    assert_eq!(added, Ok(text.to_owned() + expected));
    let to_nothing = add("", &Termbase::default(), &new_concept("cuota", &["quota"]), Duplicates::Refuse);
    assert!(to_nothing.is_ok_and(|text| text.starts_with("[[concept]]\nid = \"cuota\"\n")));
}

#[test]
fn adding_refuses_what_is_there() {
    let text = "[[concept]]\nid = 'a'\nterms.es = 'Arancel'\n";
    let termbase = read_sources(&[Source::toml("g.toml", text)]).termbase;
    let again = new_concept("arancel", &["tariff"]);
    let refused = add(text, &termbase, &again, Duplicates::Refuse).err().unwrap_or_default();
    assert!(refused[0].message.contains("`a`") && refused[0].place.is_some(), "{refused:#?}");
    let forced = add(text, &termbase, &again, Duplicates::Allow);
    assert!(forced.is_ok_and(|text| text.contains("id = \"arancel\"")));
    let same_id = NewConcept { id: Some("a".to_owned()), ..new_concept("b", &["c"]) };
    assert!(add(text, &termbase, &same_id, Duplicates::Allow).is_err());
    assert!(add("concept = []\n", &Termbase::default(), &again, Duplicates::Allow).is_err());
    assert!(add("", &Termbase::default(), &new_concept(" ", &["c"]), Duplicates::Allow).is_err());
}

#[test]
fn pinning_twice_is_pinning_once() {
    let context = Context {
        es: Some("Subió el arancel al acero y al aluminio importados.".to_owned()),
        en: Some("The tariff on imported steel and aluminum went up.".to_owned()),
        source: Some("nota.txt:3".to_owned()),
        date: None,
    };
    let starts = [
        "[[concept]]\nterms.es = 'arancel' # c\n",
        "[[concept]]\nid = 'arancel'\nterms.es = 'a'\ncontexts = [ # c\n { es = 'x' } ]\n",
        "[[concept]]\nterms.es = 'arancel' # c\ncontexts = { es = 'x' }\n",
        "[[concept]]\nterms.es = 'arancel' # c\n[[concept.contexts]]\nes = 'x'\n[[concept]]\nterms.es = 'b'\n",
    ];
    let id = ConceptId("arancel".to_owned());
    for text in starts {
        let around = Surroundings::default();
        let once = pin("g.toml", text, &id, &context, &around).unwrap_or_default();
        let (concepts, _) = content(&once);
        assert_eq!(concepts[0].contexts.last(), Some(&context), "{once}");
        assert_eq!(concepts[0].contexts.len(), content(text).0[0].contexts.len() + 1, "{once}");
        assert!(once.contains("# c"), "{once}");
        assert_eq!(pin("g.toml", &once, &id, &context, &around), Ok(once));
    }
    let wrong = ConceptId("aranzel".to_owned());
    let refused =
        pin("g.toml", starts[0], &wrong, &context, &Surroundings::default()).err().unwrap_or_default();
    assert_eq!(refused[0].help.as_deref(), Some("did you mean `arancel`?"));
}

prop_compose! {
    fn line()(key in prop::sample::select(vec!["terms.es", "terms.en", "terms.es-ES", "note", "subject"]),
              value in prop::sample::select(vec!["'a b'", "\"ñ\\\"\"", "\"\"\"x\ny\"\"\"", "'Me\u{301}xico'", "'''z'''"]),
              items in prop::collection::vec(prop::sample::select(vec![
                  "'uno'", "{term='dos',note='n'}", "{ status='admitted', term = 'un término bastante largo' }",
                  "\"tres\\u00f1\"", "'''cuatro'''"]), 0..6),
              gap in prop::sample::select(vec!["", " ", "\n", " # c\n", "\n # d\n\n# e\n"]),
              comment in prop::sample::select(vec!["", " # f", "# g"]),
              before in prop::sample::select(vec!["", "\n", "# h\n", "\n\n  # i\n\n"])) -> (&'static str, String) {
        let items: String = items.iter().map(|item| format!("{gap}{item}{gap},")).collect();
        let value = if key.starts_with("terms") && !items.is_empty() { format!("[{items}{gap}]") } else { value.to_owned() };
        (key, format!("{before}{key}={value}{comment}\n"))
    }
}

proptest! {
    #[test]
    fn formatting_is_stable_and_keeps_all(concepts in prop::collection::vec(prop::collection::vec(line(), 1..5), 1..5)) {
        let mut text = String::new();
        for lines in concepts {
            text.push_str("[[concept]]\n");
            let mut seen = Vec::new();
            for (key, line) in lines {
                if !seen.contains(&key) {
                    seen.push(key);
                    text.push_str(&line);
                }
            }
        }
        let once = tidy(&text);
        prop_assert_eq!(content(&text), content(&once));
        prop_assert_eq!(&tidy(&once), &once);
        prop_assert_eq!(text.matches('#').count(), once.matches('#').count());
    }

    #[test]
    fn editing_never_panics(text in "(\\[\\[concept\\]\\]\n|terms\\.es ?= ?|id=|'a'|\\[|\\]|\\{|\\}|,|#x|\n| |contexts=){0,20}") {
        let _ = fmt("g.toml", &text, &Surroundings::default());
        let _ = pin("g.toml", &text, &ConceptId("a".to_owned()), &Context::default(), &Surroundings::default());
        let _ = add(&text, &Termbase::default(), &new_concept("a", &["b"]), Duplicates::Allow);
    }
}
