use super::*;
use crate::check::rules;
use crate::termbase::{Source, read};

fn rules_of(concepts: &str) -> Vec<&'static str> {
    let text = format!("[glossary]\n{concepts}");
    let termbase = read(&[Source::toml("glossary.toml", &text)]).termbase;
    lint(&termbase).into_iter().map(|finding| finding.rule).collect()
}

/// A concept with both languages and an id, to which a case adds what it is about.
fn concept(id: &str, es: &str, more: &str) -> String {
    format!("[[concept]]\nid = \"{id}\"\nterms.es = {es}\nterms.en = \"english {id}\"\n{more}\n")
}

#[test]
fn each_rule_finds_its_case_and_leaves_its_neighbour() {
    let pair = |first: &str, second: &str, more: &str| concept("a", first, "") + &concept("b", second, more);
    let cases: &[(&str, String, String)] = &[
        ("duplicate-term", pair("'arancel'", "'Arancel'", ""), pair("'año'", "'ano'", "")),
        (
            "duplicate-term",
            pair("'banco'", "'banco'", ""),
            pair("'banco'", "'banco'", "not-to-confuse = 'a'"),
        ),
        ("duplicate-term", pair("'plan'", "['x', 'plan']", ""), pair("'pan'", "'PAN'", "")),
        (
            "duplicate-term",
            pair("'plan'", "'plan'", "client = 'c'"),
            pair("'plan'", "{ term = 'plan', status = 'deprecated', reason = 'r' }", "valid-until = '2020'"),
        ),
        (
            "repeated-term",
            concept("a", "['cuota', 'tarifa', 'cuota']", ""),
            concept("a", "['cuota', { term = 'cuota', client = 'c' }]", ""),
        ),
        (
            "colliding-acronyms",
            pair("['uno', 'SE']", "['dos', 'SE']", ""),
            pair("['uno', 'SE']", "['dos', 'SEP']", ""),
        ),
        ("missing-language", "[[concept]]\nid = 'a'\nterms.es = 'a'\n".to_owned(), concept("a", "'a'", "")),
        (
            "unmatched-language",
            concept("a", "'a'", "terms.fr = 'b'"),
            concept("a", "'a'", "terms.es-ES = 'b'"),
        ),
        (
            "two-preferred",
            concept("a", "[{ term = 'x', status = 'preferred' }, { term = 'y', status = 'preferred' }]", ""),
            concept(
                "a",
                "[{ term = 'x', status = 'preferred', region = 'es-MX' }, { term = 'y', status = 'preferred' }]",
                "",
            ),
        ),
        (
            "two-preferred",
            concept(
                "a",
                "[{ term = 'x', status = 'preferred', valid-until = '2020' }, { term = 'y', status = 'preferred', valid-from = '2020-07' }]",
                "",
            ),
            concept(
                "a",
                "[{ term = 'x', status = 'preferred', valid-until = '2020-06' }, { term = 'y', status = 'preferred', valid-from = '2020-07' }]",
                "",
            ),
        ),
        (
            "no-reason",
            concept("a", "['x', { term = 'y', forbidden = true }]", ""),
            concept("a", "['x', { term = 'y', forbidden = true, replace-with = 'x' }]", ""),
        ),
        (
            "all-deprecated",
            concept("a", "{ term = 'y', status = 'superseded', reason = 'r' }", ""),
            concept("a", "{ term = 'y', status = 'superseded', reason = 'r' }", "valid-until = 2020-06-30"),
        ),
        (
            "replaced-without-end",
            concept("a", "'a'", "replaced-by = 'b'") + &concept("b", "'b'", ""),
            concept("a", "'a'", "replaced-by = 'b'\nvalid-until = 2020-06-30") + &concept("b", "'b'", ""),
        ),
        ("unwritten-id", "[[concept]]\nterms.es = 'a'\nterms.en = 'a'\n".to_owned(), concept("a", "'a'", "")),
        (
            "suspicious-characters",
            concept("a", "\"libre\\u00A0comercio\"", ""),
            concept("a", "'libre comercio'", ""),
        ),
        ("suspicious-characters", concept("a", "\"x\\u200By\"", ""), concept("a", "'x (y)'", "")),
        ("suspicious-characters", concept("a", "' arancel'", ""), concept("a", "'«cuota»'", "")),
        ("suspicious-characters", concept("a", "'ley (nueva'", ""), concept("a", "\"l’État\"", "")),
        ("suspicious-characters", concept("a", "\"c\\u043Emercio\"", ""), concept("a", "'rayos β'", "")),
        ("unmatchable-term", concept("a", "'¿…?'", ""), concept("a", "'G 20'", "")),
        (
            "contradictory-forms",
            concept("a", "{ term = 'México', forms = ['Méjico'], exclude = ['MÉJICO'] }", ""),
            concept("a", "{ term = 'México', forms = ['Méjico'], exclude = ['México'] }", ""),
        ),
        (
            "unmatchable-term",
            concept("a", &format!("'{}'", "ley ".repeat(41).trim()), ""),
            concept("a", &format!("'{}'", "ley ".repeat(40).trim()), ""),
        ),
        (
            "unmatchable-term",
            concept("a", "{ term = 'PAN', inflect = false, exclude = ['PAN'] }", ""),
            concept("a", "{ term = 'PAN', inflect = false, exclude = ['PAN'], forms = ['panista'] }", ""),
        ),
    ];
    for (rule, wrong, right) in cases {
        assert_eq!(rules_of(wrong), [*rule], "{wrong}");
        assert_eq!(rules_of(right), [""; 0], "{right}");
        assert!(rules::find(rule).is_some(), "{rule} is not explained");
    }
}

#[test]
fn a_thousand_equal_terms_give_a_finding_each_and_ids_one_note() {
    let text = "[[concept]]\nterms.es = 'x'\nterms.en = 'y'\n".repeat(1000);
    let rules = rules_of(&text);
    assert_eq!(rules.iter().filter(|rule| **rule == "duplicate-term").count(), 2 * 999);
    assert_eq!(rules.iter().filter(|rule| **rule == "unwritten-id").count(), 1);
}

#[test]
fn duplicates_point_at_both_places() {
    let text = concept("a", "'arancel'", "") + &concept("b", "'arancel'", "");
    let termbase = read(&[Source::toml("g.toml", &text)]).termbase;
    let findings = lint(&termbase);
    let place = findings[0].place.as_ref().map(|place| place.span.start);
    let other = findings[0].related[0].0.span.start;
    assert!(place.is_some_and(|place| place > other), "{findings:#?}");
}
