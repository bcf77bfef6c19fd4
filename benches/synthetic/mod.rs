//! Made-up terms that look like words: many, different, the same on every run.

use glosa::termbase::{Concept, ConceptId, LangSection, LangTag, TermEntry, Termbase};

const SYLLABLES: [&str; 20] = [
    "ca", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "tra", "ble", "cri", "pro", "flu", "mar",
    "ten", "sol", "bra", "gus",
];

/// The n-th word: its syllables are the digits of n.
pub(crate) fn word(mut n: usize, ending: &str) -> String {
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[n % SYLLABLES.len()]);
        n /= SYLLABLES.len();
        if n == 0 {
            return word + ending;
        }
    }
}

/// The Spanish term of a concept: one word, noun and adjective, or a longer phrase.
pub(crate) fn spanish(n: usize) -> String {
    match n % 5 {
        0 | 1 => word(n + 8_000, "ción"),
        2 | 3 => format!("{} {}", word(n % 4_000 + 400, "dor"), word(n + 160_000, "ivo")),
        _ => format!("{} de la {}", word(n + 8_000, "miento"), word(n % 2_000 + 400, "da")),
    }
}

/// The English term of a concept.
pub(crate) fn english(n: usize) -> String {
    match n % 5 {
        0 | 1 => word(n + 8_000, "tion"),
        2 | 3 => format!("{} {}", word(n + 160_000, "ive"), word(n % 4_000 + 400, "er")),
        _ => format!("{} of the {}", word(n % 2_000 + 400, "ing"), word(n + 8_000, "ment")),
    }
}

/// A termbase of so many concepts.
pub(crate) fn termbase(concepts: usize) -> Termbase {
    let section = |tag: &str, term: String| LangSection {
        tag: LangTag(tag.to_owned()),
        terms: vec![TermEntry::new(term)],
    };
    let concept = |n: usize| Concept {
        id: ConceptId(format!("c{n}")),
        sections: vec![section("es", spanish(n)), section("en", english(n))],
        ..Concept::default()
    };
    Termbase { concepts: (0..concepts).map(concept).collect(), ..Termbase::default() }
}
