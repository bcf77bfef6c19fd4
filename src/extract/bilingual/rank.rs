//! The equivalents of terms, ranked.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::candidates::runs;
use super::{Bitext, Links};
use crate::extract::forms::{Forms, Naming};
use crate::extract::words::{Side, Word};
use crate::lang::{Inflectable, Lang};
use crate::matcher::{Matcher, Overlaps};
use crate::tagger::{Class, Tagger};
use crate::termbase::{CaseMode, Concept, LangSection, LangTag, PartOfSpeech, TermEntry, Termbase};
use crate::text::{Span, fold};

/// A proposed equivalent.
#[derive(Clone, Debug, PartialEq)]
pub struct Equivalent {
    /// As it stands most often.
    pub term: String,
    /// 0 to 1.
    pub score: f32,
    /// Pairs with the term and this.
    pub count: usize,
}

/// The equivalents of a term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Equivalents {
    /// Pairs whose English line has the term.
    pub count: usize,
    /// Best first.
    pub best: Vec<Equivalent>,
}

/// A run of words of the other side, by the stems of its content words.
#[derive(Default)]
struct Candidate {
    support: f32,
    /// Where it stands, the first [`MOST_PLACES`].
    places: Vec<Place>,
}

/// An occurrence of a candidate.
#[derive(Clone, Copy)]
struct Place {
    line: u32,
    /// Words of the line.
    start: u32,
    end: u32,
    /// Whether it stands beside the term in the very form in which it was given.
    beside_base: bool,
}

impl Bitext<'_> {
    /// The Spanish equivalents of English terms, each in any inflected form.
    pub fn equivalents(&self, terms: &[&str]) -> Vec<Equivalents> {
        let matcher = matcher(terms);
        let occurrences = |line: usize| -> Vec<(u32, Span)> {
            let hits = matcher.search(self.en.texts[line], Overlaps::All, &|_| None);
            hits.iter().map(|hit| (hit.term.concept, hit.span)).collect()
        };
        self.equivalents_at(terms, occurrences)
    }

    /// The Spanish equivalents of English terms that occur where `occurrences` says for each line: the number
    /// of the term and its bytes.
    pub fn equivalents_at(
        &self,
        terms: &[&str],
        occurrences: impl Fn(usize) -> Vec<(u32, Span)>,
    ) -> Vec<Equivalents> {
        let mut found: Vec<Found> = terms.iter().map(|_| Found::default()).collect();
        for line in 0..self.en.lines.len() {
            let occurrences = occurrences(line);
            if !occurrences.is_empty() {
                self.collect(line, &occurrences, terms, &mut found);
            }
        }
        let index = Index::new(&self.es);
        let ranked = |(found, term): (Found, &&str)| found.ranked(&index, term.trim());
        found.into_iter().zip(terms).map(ranked).collect()
    }

    fn collect(&self, line: usize, occurrences: &[(u32, Span)], names: &[&str], found: &mut [Found]) {
        let (spanish, english) = (&self.es.lines[line], &self.en.lines[line]);
        let values = self.links(line);
        let links = Links { values: &values, columns: english.len() };
        for &(term, span) in occurrences {
            let Some(words) = words_of(english, span) else { continue };
            let Some(found) = found.get_mut(term as usize) else { continue };
            if found.lines.last() != Some(&(line as u32)) {
                found.lines.push(line as u32);
            }
            found.words = content_words(&english[words.clone()]);
            let is_base = is_base(span.of(self.en.texts[line]), names.get(term as usize).copied());
            for run in runs(spanish, english, &words, &links) {
                let place = Place {
                    line: line as u32,
                    start: run.words.start as u32,
                    end: run.words.end as u32,
                    beside_base: is_base,
                };
                found.add(&spanish[run.words], run.support, place);
            }
        }
    }
}

/// What may translate a term.
#[derive(Default)]
struct Found {
    /// The content words of the term.
    words: usize,
    /// The lines that have the term.
    lines: Vec<u32>,
    /// By the stems of their content words.
    candidates: FxHashMap<Vec<u32>, Candidate>,
}

/// A candidate with what it is ranked by.
struct Ranked {
    key: Vec<u32>,
    score: f32,
    /// Lines with it and the term.
    joint: usize,
    /// Of them and all lines with either, as the Dice coefficient.
    dice: f32,
    places: Vec<Place>,
}

impl Found {
    fn add(&mut self, words: &[Word], support: f32, place: Place) {
        let candidate = self.candidates.entry(key(words)).or_default();
        candidate.support += support;
        if candidate.places.len() < MOST_PLACES {
            candidate.places.push(place);
        }
    }

    fn ranked(self, index: &Index<'_>, term: &str) -> Equivalents {
        let lines = &self.lines;
        let ranked = |(key, candidate): (Vec<u32>, Candidate)| {
            let all = index.lines_with(&key);
            let joint = lines.iter().filter(|line| all.binary_search(line).is_ok()).count();
            let dice = 2.0 * joint as f32 / (all.len() + lines.len()) as f32;
            let support = (candidate.support / lines.len() as f32).min(1.0);
            let score = support * dice.powf(DICE);
            Ranked { key, score, joint, dice, places: candidate.places }
        };
        let mut best: Vec<Ranked> = self.candidates.into_iter().map(ranked).collect();
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
        best.truncate(MOST);
        prefer_whole(&mut best, self.words);
        let naming = naming_beside(term);
        let equivalent = |ranked: Ranked| Equivalent {
            score: ranked.score,
            count: ranked.joint,
            term: forms(&ranked.places, index.side).name(index.side.lang, naming),
        };
        Equivalents { count: self.lines.len(), best: best.into_iter().map(equivalent).collect() }
    }
}

/// What has fewer content words than the term is seldom the whole of its translation: a longer candidate around it,
/// which stands in most of the same lines, comes first. So does one that keeps closer to the term's lines.
fn prefer_whole(best: &mut [Ranked], words: usize) {
    let Some(first) = best.first() else { return };
    let is_whole = |other: &Ranked| {
        let around = other.key.len() > first.key.len()
            && other.key.windows(first.key.len()).any(|part| part == first.key);
        let part = other.joint as f32 / first.joint.max(1) as f32;
        let fits = other.key.len() <= words && part >= MOST_LINES;
        let closer = part >= NEARLY_ALL && other.joint >= 3 && other.dice >= CLOSER * first.dice;
        around && other.score >= NEARLY * first.score && (fits || closer)
    };
    if let Some(at) = best.iter().position(is_whole) {
        let (front, whole) = (best[0].score, &mut best[at]);
        // Scores go on falling.
        whole.score = whole.score.max(front);
        best[..=at].rotate_right(1);
    }
}

/// A longer candidate that stands in this part of a shorter one's lines is nearly always around it.
const NEARLY_ALL: f32 = 0.8;

/// And its Dice coefficient is so many times that of the shorter one.
const CLOSER: f32 = 1.2;

/// The forms in which a candidate stands; those beside the term as it was given count three times.
fn forms(places: &[Place], side: &Side<'_>) -> Forms {
    let mut forms = Forms::default();
    for place in places {
        let line = place.line as usize;
        let words = &side.lines[line][place.start as usize..place.end as usize];
        let begins = words[0].after_break || place.start == 0;
        let weight = if place.beside_base { 3 } else { 1 };
        forms.add(span_of(words).of(side.texts[line]), begins, weight);
    }
    forms
}

/// How what translates an English term is named: a singular by a singular, a verb by an infinitive.
fn naming_beside(term: &str) -> Naming {
    let noun = Inflectable { term, pos: Some(PartOfSpeech::Noun), gender: None, feminine: None };
    if Lang::En.inflect(&noun).iter().any(|form| form.rule == "singular") {
        return Naming::AsFound;
    }
    let classes = Tagger::of(Lang::En).entry(&fold::lower(term)).classes;
    if classes.has(Class::Verb) && !classes.has(Class::Noun) { Naming::Infinitive } else { Naming::Singular }
}

fn content_words(words: &[Word]) -> usize {
    words.iter().filter(|word| !word.is_function).count()
}

/// Whether a term stands in the form in which it was given.
fn is_base(text: &str, name: Option<&str>) -> bool {
    name.is_some_and(|name| name.trim().eq_ignore_ascii_case(text))
}

/// Occurrences of a candidate that are kept to name it by.
const MOST_PLACES: usize = 50;

/// The power of the Dice coefficient in the rank.
const DICE: f32 = 0.7;

/// A longer candidate around a shorter one stands in at least this part of its lines to be preferred.
const MOST_LINES: f32 = 0.4;

/// And has at least this part of its score.
const NEARLY: f32 = 0.5;

/// Equivalents given for a term, at most.
const MOST: usize = 10;

fn span_of(words: &[Word]) -> Span {
    Span::new(words[0].span.start, words[words.len() - 1].span.end)
}

/// The content words of a run; all words where there are no others.
fn key(words: &[Word]) -> Vec<u32> {
    let content: Vec<u32> = words.iter().filter(|word| !word.is_function).map(|word| word.stem).collect();
    if content.is_empty() { words.iter().map(|word| word.stem).collect() } else { content }
}

fn words_of(words: &[Word], span: Span) -> Option<Range<usize>> {
    let start = words.partition_point(|word| word.span.end <= span.start);
    let end = words.partition_point(|word| word.span.start < span.end);
    (start < end).then_some(start..end)
}

fn matcher(terms: &[&str]) -> Matcher {
    let concept = |term: &&str| {
        let entry = TermEntry { case: CaseMode::Any, ..TermEntry::new(term.trim().to_lowercase()) };
        let section = LangSection { tag: LangTag(Lang::En.code().into()), terms: vec![entry] };
        Concept { sections: vec![section], ..Concept::default() }
    };
    Matcher::new(&Termbase {
        concepts: terms.iter().map(concept).collect::<Vec<_>>().into(),
        ..Termbase::default()
    })
}

/// Where the content words of a side stand.
struct Index<'a> {
    side: &'a Side<'a>,
    postings: Vec<Vec<u32>>,
}

impl<'a> Index<'a> {
    fn new(side: &'a Side<'a>) -> Self {
        let mut postings = vec![Vec::new(); side.stems.len()];
        for (i, words) in side.lines.iter().enumerate() {
            for word in words {
                let list: &mut Vec<u32> = &mut postings[word.stem as usize];
                if list.last() != Some(&(i as u32)) {
                    list.push(i as u32);
                }
            }
        }
        Index { side, postings }
    }

    /// The lines that have a run of content words.
    fn lines_with(&self, key: &[u32]) -> Vec<u32> {
        let Some(rarest) = key.iter().min_by_key(|&&stem| self.postings[stem as usize].len()) else {
            return Vec::new();
        };
        let lines = &self.postings[*rarest as usize];
        if key.len() == 1 {
            return lines.clone();
        }
        lines.iter().copied().filter(|&line| has_run(&self.side.lines[line as usize], key)).collect()
    }
}

fn has_run(words: &[Word], key: &[u32]) -> bool {
    let content: Vec<u32> = words.iter().filter(|word| !word.is_function).map(|word| word.stem).collect();
    content.windows(key.len()).any(|run| run == key)
}
