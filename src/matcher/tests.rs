//! One table of cases, run against the fast matcher and the oracle; and random texts on which the two must agree.

use proptest::prelude::*;

use super::{Hit, MatchKind, Matcher, Overlaps, naive::Naive};
use crate::lang::Lang;
use crate::termbase::{CaseMode, Concept, LangSection, LangTag, PartOfSpeech, TermEntry, Termbase};
use crate::text::Span;

/// A termbase of one concept a term.
fn termbase(terms: impl IntoIterator<Item = (Lang, TermEntry)>) -> Termbase {
    let concept = |(lang, entry): (Lang, TermEntry)| Concept {
        sections: vec![LangSection { tag: LangTag(lang.code().into()), terms: vec![entry] }],
        ..Concept::default()
    };
    Termbase { concepts: terms.into_iter().map(concept).collect(), ..Termbase::default() }
}

/// Both matchers' hits, which must be the same.
fn hits(termbase: &Termbase, text: &str, overlaps: Overlaps, lang: Option<Lang>) -> Vec<Hit> {
    let matcher = Matcher::new(termbase);
    let fast = matcher.search(text, overlaps, &|_| lang);
    let slow = Naive::new(matcher.patterns()).search(text, overlaps, &|_| lang);
    assert_eq!(fast, slow, "fast and naive differ on {text:?}");
    fast
}

/// The text without marks, and the spans that `[[` and `]]` mark.
fn marked(text: &str) -> (String, Vec<Span>) {
    let (mut plain, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for (i, part) in text.split("[[").enumerate() {
        let (inside, outside) = if i == 0 { ("", part) } else { part.split_once("]]").expect("closed") };
        start = if i == 0 { start } else { plain.len() };
        plain.push_str(inside);
        if i > 0 {
            spans.push(Span::new(start, plain.len()));
        }
        plain.push_str(outside);
    }
    (plain, spans)
}

fn check(lang: Lang, entry: TermEntry, text: &str) {
    let (plain, expected) = marked(text);
    let label = format!("{} in {text:?}", entry.term);
    let found: Vec<Span> =
        hits(&termbase([(lang, entry)]), &plain, Overlaps::All, None).iter().map(|hit| hit.span).collect();
    assert_eq!(found, expected, "{label}");
}

#[test]
fn whole_words_case_accents_typography() {
    use Lang::{En, Es};
    for (lang, term, text) in [
        // Whole words.
        (En, "port", "the report on the [[port]], [[port]]-side"),
        (En, "year", "a 15-[[year]] plan"),
        (En, "mail", "e-mail and [[mail]]"),
        (Es, "MEC", "el T-MEC y el [[MEC]]"),
        (En, "Mexico", "[[Mexico]]’s and U.S.-[[Mexico]] ties"),
        (Es, "artículo 5", "el [[artículo 5]], no el artículo 50 ni el 5.3 del artículo 5.1"),
        // Case.
        (En, "tariff", "[[Tariff]] and [[TARIFF]]"),
        (En, "Remain in Mexico", "“[[Remain in Mexico]]” or [[REMAIN IN MEXICO]], not remain in Mexico"),
        (En, "ICE", "[[ICE]] on ice, Ice"),
        (En, "USMCA", "[[USMCA]], [[Usmca]], [[U.S.M.C.A.]] but not usmca"),
        (
            Es,
            "T-MEC",
            "[[T-MEC]] [[t-mec]] [[TMEC]] [[T\u{2011}MEC]] [[T–MEC]] [[T- MEC]] [[T-\u{AD}MEC]] T — MEC",
        ),
        (Es, "ONG", "una [[ONG]], dos [[ONGs]], las [[ONG’s]], ong"),
        (En, "NGO", "the [[NGO]]'s staff, [[NGOs]]’ staff"),
        // Accents.
        (Es, "año", "un [[año]], un [[an\u{303}o]], el ano"),
        (
            Es,
            "Quédate en México",
            "[[Quedate en Mexico]], [[QUEDATE EN MEXICO]], [[Que\u{301}date en México]]",
        ),
        (Es, "deportación", "[[DEPORTACION]] y [[deportacion]]"),
        (En, "Mexico", "[[México]] and [[MÉXICO]]"),
        (Es, "cartel", "un [[cártel]] y un [[cartel]]"),
        (Es, "cártel", "un [[cártel]] y un [[cartel]]"),
        (Es, "papa", "mi papá y la [[papa]]"),
        // Typography.
        (Es, "EE. UU.", "[[EE. UU.]], [[EE.UU.]], [[EE UU]], [[EEUU]], [[EE.\u{A0}UU.]]"),
        (En, "U.S.", "the [[U.S.]], the [[US]] and the [[U. S.]]; us"),
        (En, "US", "the [[U.S.]], the [[US]] and the [[U. S.]]; us"),
        (En, "U.S. attorney", "a [[U.S. attorney]], a [[US attorney]]"),
        (
            En,
            "asylum seeker",
            "[[asylum-seeker]], [[asylum\nseeker]], [[asylum\u{A0}  seeker]], asylum\n\nseeker",
        ),
        (En, "border wall", "the border. Wall Street; border, wall; border — wall; border the wall"),
        (Es, "G-20", "el [[G-20]], el [[G20]], el [[G 20]]"),
        (Es, "G20", "el [[G-20]], el [[G20]], el [[G 20]]"),
        (En, "COVID-19", "[[COVID-19]], [[Covid-19]], [[COVID\u{2011}19]], [[covid 19]]"),
        (Es, "ex presidente", "[[ex presidente]], [[expresidente]], [[ex-presidente]]"),
        (En, "re-entry", "[[re-entry]], [[reentry]], [[re entry]]"),
        (En, "Zelaya", "[[Ze\u{AD}laya]]"),
        (En, "final", "the [[ﬁnal]] word"),
        (En, "C++", "in [[C++]], not in C"),
        (Es, "núm.", "el [[núm.]] 5 y la num"),
        (En, "AT&T", "[[AT&T]] and [[AT & T]], not AT T"),
    ] {
        check(lang, TermEntry::new(term), text);
    }
}

#[test]
fn part_of_speech_and_case_keys_override() {
    let noun = |term| TermEntry { pos: Some(PartOfSpeech::Noun), ..TermEntry::new(term) };
    check(Lang::En, noun("Secretary of State"), "the [[secretary of state]], [[Secretary of State]]");
    let with = |term, case| TermEntry { case, inflect: Some(false), ..TermEntry::new(term) };
    check(Lang::En, with("ICE", CaseMode::Any), "[[ICE]] on [[ice]]");
    check(Lang::En, with("turkey", CaseMode::Exact), "Turkey ate [[turkey]], TURKEY");
}

#[test]
fn listed_forms_that_differ_behind_the_last_word_are_kept() {
    let with_form = |term, form: &str| {
        let mut entry = TermEntry::new(term);
        entry.forms = vec![form.into()];
        entry
    };
    check(Lang::Es, with_form("núm.", "núm"), "el [[núm.]] 5 y el [[núm]] 6");
    check(Lang::En, with_form("C++", "C#"), "[[C++]] and [[C#]], not C");
}

#[test]
fn no_two_patterns_of_a_term_match_the_same() {
    let base =
        termbase([(Lang::Es, TermEntry { pos: Some(PartOfSpeech::Verb), ..TermEntry::new("deportar") })]);
    let matcher = Matcher::new(&base);
    let all: Vec<(Vec<_>, Vec<_>)> = matcher
        .patterns()
        .iter()
        .map(|pattern| (pattern.words().collect(), pattern.gaps().collect()))
        .collect();
    assert!(all.len() > 64, "a verb has many forms");
    for (i, a) in all.iter().enumerate() {
        assert!(!all[i + 1..].contains(a), "{a:?}");
    }
}

#[test]
fn kinds_tell_how_the_text_differs() {
    let base = termbase([(Lang::Es, TermEntry::new("T-MEC")), (Lang::Es, TermEntry::new("migración"))]);
    for (text, kind) in [
        ("T-MEC", MatchKind::Exact),
        ("t-mec", MatchKind::Case),
        ("TMEC", MatchKind::Variant),
        ("migración", MatchKind::Exact),
        ("Migracio\u{301}n", MatchKind::Case),
        ("migracion", MatchKind::Accent),
    ] {
        let found: Vec<MatchKind> =
            hits(&base, text, Overlaps::All, None).iter().map(|hit| hit.kind).collect();
        assert_eq!(found, [kind], "{text}");
    }
}

#[test]
fn a_refused_longer_hit_hides_no_shorter_one() {
    let name = TermEntry::new("Remain in Mexico");
    let base = termbase([(Lang::En, name), (Lang::En, TermEntry::new("Mexico"))]);
    let found = |text: &str| {
        hits(&base, text, Overlaps::Longest, None).iter().map(|hit| hit.span.len()).collect::<Vec<_>>()
    };
    assert_eq!(found("they remain in Mexico"), [6]);
    assert_eq!(found("the Remain in Mexico policy"), [16]);
}

#[test]
fn the_segment_chooses_among_homographs() {
    let base = termbase([(Lang::Es, TermEntry::new("EU")), (Lang::En, TermEntry::new("EU"))]);
    let langs =
        |lang| hits(&base, "EU", Overlaps::Longest, lang).iter().map(|hit| hit.lang).collect::<Vec<_>>();
    assert_eq!(langs(Some(Lang::Es)), [Lang::Es]);
    assert_eq!(langs(Some(Lang::En)), [Lang::En]);
    let unknown = hits(&base, "EU", Overlaps::Longest, None);
    assert!(unknown.len() == 2 && unknown.iter().all(|hit| hit.ambiguous));
}

#[test]
fn unaccented_capitals_that_fit_two_concepts_give_both() {
    let base = termbase([
        (Lang::Es, TermEntry::new("Secretaría de Economía")),
        (Lang::Es, TermEntry { pos: Some(PartOfSpeech::Noun), ..TermEntry::new("secretaria de Economía") }),
    ]);
    let both = hits(&base, "SECRETARIA DE ECONOMIA", Overlaps::Longest, None);
    assert!(both.len() == 2 && both.iter().all(|hit| hit.ambiguous), "{both:?}");
    assert_eq!(hits(&base, "la secretaria de Economía", Overlaps::Longest, None).len(), 1);
}

#[test]
fn names_with_a_tilde_are_found_without_it_in_english() {
    let base = termbase([(Lang::Es, TermEntry::new("Peña Nieto"))]);
    assert_eq!(hits(&base, "Pena Nieto", Overlaps::All, Some(Lang::En)).len(), 1);
    assert_eq!(hits(&base, "Pena Nieto", Overlaps::All, Some(Lang::Es)).len(), 0);
}

fn mixed_termbase() -> Termbase {
    let es = [
        "T-MEC",
        "EE. UU.",
        "año",
        "papá",
        "Quédate en México",
        "México",
        "ex presidente",
        "G-20",
        "arancel",
    ];
    let en = [
        "U.S.",
        "USMCA",
        "Mexico",
        "Remain in Mexico",
        "in Mexico",
        "asylum seeker",
        "re-entry",
        "C++",
        "may",
    ];
    let entries =
        |lang, terms: [&'static str; 9]| terms.into_iter().map(move |term| (lang, TermEntry::new(term)));
    termbase(entries(Lang::Es, es).chain(entries(Lang::En, en)))
}

/// Texts made of terms, their pieces and what stands between words, so that near misses are common.
fn noisy_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "T",
        "MEC",
        "TMEC",
        "t",
        "EE",
        "UU",
        "EEUU",
        "U",
        "S",
        "US",
        "us",
        "USMCA",
        "an\u{303}o",
        "año",
        "ano",
        "AÑO",
        "papa",
        "papá",
        "PAPA",
        "Quédate",
        "QUEDATE",
        "quedate",
        "en",
        "EN",
        "México",
        "MEXICO",
        "mexico",
        "Mexico",
        "ex",
        "presidente",
        "expresidente",
        "G",
        "20",
        "G20",
        "arancel",
        "aranceles",
        "Remain",
        "remain",
        "in",
        "asylum",
        "seeker",
        "seekers",
        "re",
        "entry",
        "reentry",
        "C",
        "May",
        "may",
        "e",
        "ﬁn",
        "Ze\u{AD}laya",
    ]);
    let gaps = prop::sample::select(vec![
        " ", " ", " ", "-", "\u{2011}", "–", "—", ".", ". ", "\u{A0}", "\n", "\n\n", "\r\n", ", ", "’", " «",
        "» ", "\u{AD}", "\u{200B}", "++", "- ", " - ", "",
    ]);
    prop::collection::vec((pieces, gaps), 0..24)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn fast_is_naive_on_noisy_text(text in noisy_text(), all in any::<bool>(), lang in 0..3usize) {
        let overlaps = if all { Overlaps::All } else { Overlaps::Longest };
        let lang = [None, Some(Lang::Es), Some(Lang::En)][lang];
        for hit in hits(&mixed_termbase(), &text, overlaps, lang) {
            prop_assert!(text.get(hit.span.range()).is_some());
        }
    }

    #[test]
    fn longest_is_a_choice_among_all(text in noisy_text(), lang in 0..3usize) {
        let lang = [None, Some(Lang::Es), Some(Lang::En)][lang];
        let base = mixed_termbase();
        let all = hits(&base, &text, Overlaps::All, lang);
        let longest = hits(&base, &text, Overlaps::Longest, lang);
        prop_assert!(longest.iter().all(|hit| all.contains(hit)));
        for (i, hit) in longest.iter().enumerate() {
            for other in &longest[i + 1..] {
                let same = hit.span == other.span && hit.ambiguous && other.ambiguous;
                prop_assert!(same || !hit.span.overlaps(other.span), "{hit:?} and {other:?}");
            }
        }
        let covered = |hit: &Hit| longest.iter().any(|chosen| chosen.span.overlaps(hit.span));
        prop_assert!(all.iter().all(covered), "what is not given is covered by what is");
    }

    #[test]
    fn fast_is_naive_on_random_terms_and_text(terms in prop::collection::vec("[a-cA-Cáñ. -]{1,6}", 1..8), text in "[a-cA-Cáñ. \n-]{0,60}") {
        let base = termbase(terms.into_iter().enumerate().map(|(i, term)| (Lang::ALL[i % 2], TermEntry::new(term))));
        hits(&base, &text, Overlaps::All, None);
    }
}
