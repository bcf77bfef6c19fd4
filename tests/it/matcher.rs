//! The fast matcher is the naive one, hit for hit, on real text and on the same text made noisy.

use glosa::matcher::Matcher;
use glosa::matcher::naive::Naive;
use glosa::text::{Document, segments};
use glosa::{Lang, Overlaps, Span};
use unicode_normalization::UnicodeNormalization;

use crate::support::{plain_texts, termbase};

fn language(document: &Document) -> impl Fn(Span) -> Option<Lang> {
    let segments = segments(document);
    move |span| {
        let after = segments.partition_point(|segment| segment.span.start <= span.start);
        segments[..after].last().and_then(|segment| segment.lang)
    }
}

fn agree(matcher: &Matcher, name: &str, text: &str) -> usize {
    let document = Document::plain(name, text);
    let naive = Naive::new(matcher.patterns());
    let language = language(&document);
    let mut hits = 0;
    for overlaps in [Overlaps::All, Overlaps::Longest] {
        let fast = matcher.search(text, overlaps, &language);
        let slow = naive.search(text, overlaps, &language);
        assert_eq!(fast, slow, "{name}");
        hits = fast.len();
    }
    hits
}

#[test]
fn fast_is_naive_on_the_corpus() {
    let matcher = Matcher::new(&termbase());
    let hits: usize = plain_texts().iter().map(|(name, text)| agree(&matcher, name, text)).sum();
    assert!(hits > 1_000, "only {hits} hits in the corpus");
}

/// Makes a text noisy.
type Noise = fn(&str) -> String;

/// Ways in which text gets noisy on its way: each changes every third paragraph.
const NOISE: &[(&str, Noise)] = &[
    ("decomposed", |text| text.nfd().collect()),
    ("no-break spaces", |text| text.replace(' ', "\u{A0}")),
    ("capitals", |text| text.to_uppercase()),
    ("no accents", |text| text.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).collect()),
    ("soft hyphens", |text| text.replace("ci", "c\u{AD}i").replace("er", "e\u{200B}r")),
    ("hyphens", |text| text.replace('-', "\u{2011}")),
    ("line breaks", |text| text.replace(" de ", " de\n").replace(" of ", " of\r\n")),
    ("curly", |text| text.replace('\'', "’").replace('"', "”")),
];

#[test]
fn fast_is_naive_on_noisy_text() {
    let matcher = Matcher::new(&termbase());
    let mut hits = 0;
    for (i, (name, text)) in plain_texts().iter().enumerate() {
        let (noise, make) = NOISE[i % NOISE.len()];
        let noisy = |(at, paragraph): (usize, &str)| {
            if at % 3 == 0 { make(paragraph) } else { paragraph.to_owned() }
        };
        let text: Vec<String> = text.split("\n\n").enumerate().map(noisy).collect();
        hits += agree(&matcher, &format!("{name}, {noise}"), &text.join("\n\n"));
    }
    assert!(hits > 800, "only {hits} hits");
}
