//! The fast matcher against its obviously correct twin: any terms, any text, hit for hit.
#![no_main]

use arbitrary::Arbitrary;
use glosa::Lang;
use glosa::matcher::naive::Naive;
use glosa::matcher::{Matcher, Overlaps};
use glosa::termbase::{
    AccentMode, CaseMode, Concept, LangSection, LangTag, PartOfSpeech, TermEntry, Termbase,
};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    terms: Vec<Term>,
    text: Vec<Piece>,
    lang: Option<bool>,
    all: bool,
}

#[derive(Arbitrary, Debug)]
struct Term {
    words: Vec<(Word, Gap)>,
    spanish: bool,
    pos: u8,
    case: u8,
    literal: bool,
    exact_accents: bool,
}

/// A piece of the text: one of the terms with changes, or something else.
#[derive(Arbitrary, Debug)]
enum Piece {
    Term { number: u8, upper: bool, bare: bool },
    Word(Word),
    Gap(Gap),
    Filling(u8),
}

#[derive(Arbitrary, Debug, Clone)]
enum Word {
    Known(u8),
    Made(String),
}

const WORDS: &[&str] = &[
    "año", "ano", "México", "Mexico", "T", "MEC", "EE", "UU", "U", "S", "US", "de", "la", "del", "arancel",
    "aranceles", "deportar", "deportarlos", "Guardia", "Nacional", "attorney", "general", "attorneys", "G20",
    "COVID", "19", "ex", "presidente", "re", "entry", "ICE", "ice", "papá", "público", "ﬁnal", "Ze\u{AD}laya",
    "an\u{303}o", "ONGs", "5", "3", "constitucionalmente", "internacionalización", "C++", "núm",
];

impl Word {
    fn text(&self) -> &str {
        match self {
            Word::Known(number) => WORDS[usize::from(*number) % WORDS.len()],
            Word::Made(word) => word,
        }
    }
}

#[derive(Arbitrary, Debug, Clone, Copy)]
struct Gap(u8);

const GAPS: &[&str] = &[
    " ", " ", "-", "\n", "\u{A0}", ".", ". ", ", ", "’", "“", "”", "—", "–", "\u{2011}", "\u{AD}", "\u{200B}",
    "\n\n", "\r\n", "&", "'s ", "  ", "+", "",
];

impl Gap {
    fn text(self) -> &'static str {
        GAPS[usize::from(self.0) % GAPS.len()]
    }
}

impl Term {
    fn text(&self) -> String {
        let mut text = String::new();
        for (i, (word, gap)) in self.words.iter().take(6).enumerate() {
            if i > 0 {
                text.push_str(gap.text());
            }
            text.push_str(word.text());
        }
        text
    }

    fn entry(&self) -> TermEntry {
        let pos = [
            None,
            Some(PartOfSpeech::Noun),
            Some(PartOfSpeech::Verb),
            Some(PartOfSpeech::Adjective),
            Some(PartOfSpeech::Name),
        ];
        let case = [CaseMode::Smart, CaseMode::Any, CaseMode::Exact];
        TermEntry {
            pos: pos[usize::from(self.pos) % pos.len()],
            case: case[usize::from(self.case) % case.len()],
            accents: if self.exact_accents { AccentMode::Exact } else { AccentMode::Lenient },
            inflect: self.literal.then_some(false),
            ..TermEntry::new(self.text())
        }
    }
}

fn termbase(terms: &[Term]) -> Termbase {
    let concept = |term: &Term| Concept {
        sections: vec![LangSection {
            tag: LangTag(if term.spanish { "es" } else { "en" }.into()),
            terms: vec![term.entry()],
        }],
        ..Concept::default()
    };
    Termbase { concepts: terms.iter().map(concept).collect(), ..Termbase::default() }
}

fn text(pieces: &[Piece], terms: &[Term]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Term { number, upper, bare } => {
                let Some(term) = terms.get(usize::from(*number) % terms.len().max(1)) else { continue };
                let mut form = term.text();
                if *upper {
                    form = form.to_uppercase();
                }
                if *bare {
                    form = form.replace('á', "a").replace('é', "e").replace('ó', "o");
                }
                text.push_str(&form);
            }
            Piece::Word(word) => text.push_str(word.text()),
            Piece::Gap(gap) => text.push_str(gap.text()),
            // So that the seams of windows and blocks are met.
            Piece::Filling(length) => text.push_str(&"x, ".repeat(usize::from(*length) * 40)),
        }
    }
    text
}

fuzz_target!(|input: Input| {
    let terms = &input.terms[..input.terms.len().min(12)];
    let matcher = Matcher::new(&termbase(terms));
    let text = text(&input.text, terms);
    let lang = input.lang.map(|spanish| if spanish { Lang::Es } else { Lang::En });
    let overlaps = if input.all { Overlaps::All } else { Overlaps::Longest };
    let fast = matcher.search(&text, overlaps, &|_| lang);
    let slow = Naive::new(matcher.patterns()).search(&text, overlaps, &|_| lang);
    assert_eq!(fast, slow, "fast and naive differ on {text:?}");
});
