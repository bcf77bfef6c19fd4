//! What the program knows beside the glossary: false friends and words of regions, from the tables in `data/check/`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::engine::Engine;
use crate::extract::WordStems;
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Concept, LangSection, LangTag, PartOfSpeech, TermEntry, Termbase};
use crate::text::{Span, fold};

use super::Side;
use super::words::{Word, within, words};

/// A table of words to look for, with what each row says of them.
pub(super) struct Table<R> {
    engine: Engine,
    /// The rows; the concept of a hit is its row.
    pub(super) rows: Vec<R>,
}

impl<R> Table<R> {
    /// The hits of words of a language in a text of it, in order; those that the words around make doubtful too.
    pub(super) fn hits(&self, side: &Side<'_>, lang: Lang) -> Vec<Hit> {
        let mut hits = self.engine.scan(&side.analysis.document, crate::matcher::Overlaps::Longest);
        hits.retain(|hit| hit.lang == lang);
        hits
    }

    /// The row of a hit.
    pub(super) fn row(&self, hit: &Hit) -> &R {
        &self.rows[hit.term.concept as usize]
    }

    /// The word of the table that a hit is.
    pub(super) fn term(&self, hit: &Hit) -> &str {
        &self.entry(hit).term
    }

    /// The same, with its word class.
    pub(super) fn entry(&self, hit: &Hit) -> &TermEntry {
        self.engine.termbase().term(hit.term)
    }

    /// The rule that made the form of a hit.
    pub(super) fn rule(&self, hit: &Hit) -> &str {
        self.engine.matcher().rule(hit.pattern)
    }
}

/// A pair of false friends: what each is in the other language.
pub(super) struct FalseFriends {
    /// What the English word is in Spanish, and the Spanish one in English.
    right: [Vec<&'static str>; 2],
    /// The language in which the word is used wrongly, where that is one of them only.
    only: Option<Lang>,
    /// Programmers use the two words for one another.
    pub(super) is_of_programs: bool,
    /// Words of the source one of which must stand there.
    pub(super) cues: Vec<&'static str>,
}

impl FalseFriends {
    /// What the word of a language is in the other one.
    pub(super) fn right(&self, of: Lang) -> &[&'static str] {
        &self.right[usize::from(of == Lang::Es)]
    }

    /// Whether the word is used wrongly in one of the languages only.
    pub(super) fn is_one_way(&self) -> bool {
        self.only.is_some()
    }

    /// Whether a translation into a language may have the word wrongly: never that of a row without translations, which
    /// takes a phrase out of play.
    pub(super) fn is_wrong_in(&self, target: Lang) -> bool {
        self.only.is_none_or(|lang| lang == target) && !self.is_innocent()
    }

    /// Whether the row has no translations: each of the two is the other.
    pub(super) fn is_innocent(&self) -> bool {
        self.right.iter().all(Vec::is_empty)
    }
}

/// The false friends of both directions.
pub(super) static FALSE_FRIENDS: LazyLock<Table<FalseFriends>> = LazyLock::new(|| {
    let mut concepts = Vec::new();
    let mut rows = Vec::new();
    for [class, en, es, of_en, of_es, cues] in lines(include_str!("../../../data/check/false-friends.tsv")) {
        let (pos, marks) = class.split_once(' ').unwrap_or((class, ""));
        concepts.push(concept(&[(Lang::Es, "es", es), (Lang::En, "en", en)], pos));
        rows.push(FalseFriends {
            right: [list(of_en).collect(), list(of_es).collect()],
            only: marks.split(' ').find_map(Lang::from_tag),
            is_of_programs: marks.split(' ').any(|mark| mark == "software"),
            cues: list(cues).collect(),
        });
    }
    Table { engine: engine(concepts), rows }
});

/// Words of the other language that are at home in each one, as [`fold::key`] leaves them.
static LOANS: LazyLock<[FxHashSet<String>; 2]> =
    LazyLock::new(|| word_sets(include_str!("../../../data/check/loans.txt"), |word, _| fold::key(word)));

/// Stems of words of prose about programs.
static TECHNICAL: LazyLock<[FxHashSet<String>; 2]> = LazyLock::new(|| {
    word_sets(include_str!("../../../data/check/technical.txt"), |word, lang| WordStems::new(lang).of(word).0)
});

/// Nouns that name many a thing, by their stems.
static GENERIC: LazyLock<[FxHashSet<String>; 2]> = LazyLock::new(|| {
    word_sets(include_str!("../../../data/check/generic.txt"), |word, lang| WordStems::new(lang).of(word).0)
});

/// The words of a list for each language: lines with the language, a colon, and words.
fn word_sets(list: &'static str, enter: fn(&str, Lang) -> String) -> [FxHashSet<String>; 2] {
    let lines = list.lines().filter_map(|line| line.split_once(": "));
    Lang::ALL.map(|lang| {
        let own = lines.clone().filter(|(code, _)| *code == lang.code());
        own.flat_map(|(_, words)| words.split_whitespace()).map(|word| enter(word, lang)).collect()
    })
}

/// Whether a word, by its stem, says little of what it names.
pub(super) fn is_generic(stem: &str, lang: Lang) -> bool {
    GENERIC[lang as usize].contains(stem)
}

/// A text speaks of programs where so large a share of its words does, and no fewer than so many.
const TECHNICAL_SHARE: f64 = 0.04;
const TECHNICAL_LEAST: usize = 4;

/// Whether a text speaks of programs: of strings, files and functions.
pub(super) fn is_technical(side: &Side<'_>, lang: Lang) -> bool {
    let technical = side.words.iter().filter(|word| TECHNICAL[lang as usize].contains(&word.stem)).count();
    technical >= TECHNICAL_LEAST && technical as f64 >= TECHNICAL_SHARE * side.words.len() as f64
}

/// Whether readers of a language know a word of the other one as their own: *software*, *tamales*.
pub(super) fn is_loan(word: &str, lang: Lang) -> bool {
    LOANS[lang as usize].contains(&fold::key(word))
}

/// A word of one region, with those of the other.
pub(super) struct Regional {
    /// The words of America and of Europe.
    pub(super) words: [Vec<TermEntry>; 2],
    /// Words of the other language one of which must stand in the source.
    pub(super) cues: Vec<&'static str>,
}

/// Words of regions: the first section of a concept has those of America, the second one those of Europe.
pub(super) static REGIONAL: LazyLock<Table<Regional>> = LazyLock::new(|| {
    let mut concepts = Vec::new();
    let mut rows = Vec::new();
    for [lang, pos, america, europe, cues] in lines(include_str!("../../../data/check/regions.tsv")) {
        let Some(lang) = Lang::from_tag(lang) else { continue };
        let concept = concept(&[(lang, "America", america), (lang, "Europe", europe)], pos);
        let words = |section: usize| concept.sections[section].terms.clone();
        rows.push(Regional { words: [words(0), words(1)], cues: list(cues).collect() });
        concepts.push(concept);
    }
    Table { engine: engine(concepts), rows }
});

/// The rows of a table; cells at the end that a row lacks are empty.
fn lines<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
    })
}

fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').map(str::trim).filter(|word| !word.is_empty())
}

fn concept(sections: &[(Lang, &str, &'static str)], pos: &str) -> Concept {
    let section = |&(lang, name, words): &(Lang, &str, &'static str)| {
        let tag = if name == lang.code() { name.to_owned() } else { format!("{}-{name}", lang.code()) };
        let entry = |word: &str| TermEntry { pos: PartOfSpeech::from_word(pos), ..TermEntry::new(word) };
        LangSection { tag: LangTag(tag), terms: list(words).map(entry).collect() }
    };
    Concept { sections: sections.iter().map(section).collect(), ..Concept::default() }
}

fn engine(concepts: Vec<Concept>) -> Engine {
    Engine::new(Termbase { concepts: concepts.into(), ..Termbase::default() })
}

/// Whether one of some words or phrases stands in a text: all the telling words of it, in whatever form.
pub(super) fn has_any(side: &Side<'_>, lang: Lang, stretches: &[Span], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let wanted: Vec<Word> = words(phrase, lang).into_iter().filter(|word| !word.is_function).collect();
        let words = || stretches.iter().flat_map(|span| within(&side.words, *span));
        // The dictionary knows irregular forms: take office, took office.
        let is_same = |a: &Word, b: &Word| a.stem == b.stem || a.entry.is_some() && a.entry == b.entry;
        match wanted.is_empty() {
            true => words().any(|word| fold::lower(word.span.of(side.text())) == **phrase),
            false => wanted.iter().all(|wanted| words().any(|word| is_same(word, wanted))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for (table, rows) in [
            (include_str!("../../../data/check/false-friends.tsv"), FALSE_FRIENDS.rows.len()),
            (include_str!("../../../data/check/regions.tsv"), REGIONAL.rows.len()),
        ] {
            assert_eq!(table.lines().filter(|line| !line.starts_with('#')).count(), rows);
            for [kind, one, other, ..] in lines::<6>(table) {
                assert!(!one.is_empty() && !other.is_empty(), "{kind}: {one} {other}");
                let kind = kind.split(' ').next().unwrap_or("");
                assert!(PartOfSpeech::from_word(kind).is_some() || Lang::from_tag(kind).is_some(), "{kind}");
            }
        }
    }
}
