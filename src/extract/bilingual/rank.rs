//! The equivalents of terms, ranked.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::candidates::{Run, runs};
use super::{Bitext, Links};
use crate::extract::forms::{Forms, Naming, head};
use crate::extract::words::{Side, Word};
use crate::lang::{Inflectable, Lang};
use crate::matcher::{Matcher, Overlaps};
use crate::tagger::{Class, Classes, Tagger};
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
    /// Places where a text states it: “Remain in Mexico” («Quédate en México»).
    pub glosses: usize,
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
    /// Of its links, over all occurrences.
    support: f32,
    /// Of the occurrences whose links are on a part of it.
    reaching: f32,
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
                found.add(&spanish[run.words.clone()], &run, place);
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
}

impl Found {
    fn add(&mut self, words: &[Word], run: &Run, place: Place) {
        let candidate = self.candidates.entry(key(words)).or_default();
        if run.reaches_out {
            candidate.reaching += run.support;
        } else {
            candidate.support += run.support;
        }
        if candidate.places.len() < MOST_PLACES {
            candidate.places.push(place);
        }
    }

    fn ranked(mut self, index: &Index<'_>, term: &str) -> Equivalents {
        let mut best = self.best(index);
        if let Some(whole) = best.first().and_then(|first| self.whole(first, index, term)) {
            best.retain(|other| other.key != whole.key);
            best.insert(0, whole);
            best.truncate(MOST);
        }
        let naming = naming_beside(term);
        let mut equivalent = |ranked: Ranked| {
            let places = self.candidates.remove(&ranked.key).unwrap_or_default().places;
            let term = forms(&places, index.side).name(index.side.lang, naming);
            Equivalent { score: ranked.score, count: ranked.joint, term, glosses: 0 }
        };
        let best = best.into_iter().map(&mut equivalent).collect();
        Equivalents { count: self.lines.len(), best }
    }

    /// The candidates of the highest scores. No score is above the mean support, so that most need not be counted.
    fn best(&self, index: &Index<'_>) -> Vec<Ranked> {
        let mut candidates: Vec<(&Vec<u32>, f32)> =
            self.candidates.iter().map(|(key, candidate)| (key, candidate.support)).collect();
        candidates.retain(|&(_, support)| support > 0.0);
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let mut best: Vec<Ranked> = Vec::with_capacity(MOST + 1);
        for (key, support) in candidates {
            if best.len() == MOST && support / self.lines.len() as f32 <= best[MOST - 1].score {
                break;
            }
            let found = self.rank(key, support, index);
            let at = best.partition_point(|other| other.score >= found.score);
            best.insert(at, found);
            best.truncate(MOST);
        }
        best
    }

    fn rank(&self, key: &[u32], support: f32, index: &Index<'_>) -> Ranked {
        let all = index.lines_with(key);
        let joint = self.lines.iter().filter(|line| all.binary_search(line).is_ok()).count();
        let dice = 2.0 * joint as f32 / (all.len() + self.lines.len()) as f32;
        let support = (support / self.lines.len() as f32).min(1.0);
        Ranked { key: key.to_vec(), score: support * dice.powf(DICE), joint }
    }

    /// What is likely the whole of which the first candidate is a part: a longer one around it, in most of the same
    /// lines, with no more content words than the term; or a noun around what can be none, where the term is one.
    fn whole(&self, first: &Ranked, index: &Index<'_>, term: &str) -> Option<Ranked> {
        let lacks_noun = first.key.len() == 1 && self.lacks_noun(&first.key, index.side, term);
        let most = if lacks_noun { self.words.max(2) } else { self.words };
        let around = self.candidates.iter().filter(|(key, _)| {
            (first.key.len() + 1..=most).contains(&key.len())
                && key.windows(first.key.len()).any(|part| part == first.key)
                && (!lacks_noun || !self.lacks_noun(key, index.side, term))
        });
        let ranked =
            around.map(|(key, candidate)| self.rank(key, candidate.support + candidate.reaching, index));
        let share = if lacks_noun { NEARLY_ALL } else { MOST_LINES };
        let is_whole = |other: &Ranked| {
            other.joint as f32 >= share * first.joint as f32 && other.score >= NEARLY * first.score
        };
        let best = ranked
            .filter(is_whole)
            .max_by(|a, b| a.score.total_cmp(&b.score).then_with(|| b.key.cmp(&a.key)))?;
        // Scores go on falling.
        Some(Ranked { score: best.score.max(first.score), ..best })
    }

    /// Whether a candidate begins with a word that can be no noun, and the term is one.
    fn lacks_noun(&self, key: &[u32], side: &Side<'_>, term: &str) -> bool {
        let noun = Classes::of(&[Class::Noun, Class::Name]);
        let cannot_be = |word: &str, lang| {
            let classes = Tagger::of(lang).entry(&fold::lower(word)).classes;
            !classes.is_empty() && !classes.meets(noun)
        };
        let must_be = Tagger::of(Lang::En).entry(&fold::lower(head(term, Lang::En))).main.within(noun);
        let first = self.candidates.get(key).and_then(|candidate| candidate.places.first());
        let word = first.and_then(|place| {
            let line = place.line as usize;
            Some(side.lines.get(line)?.get(place.start as usize)?.span.of(side.texts[line]))
        });
        must_be && word.is_some_and(|word| cannot_be(word, side.lang))
    }
}

/// A candidate around an adjective stands in at least this part of its lines.
const NEARLY_ALL: f32 = 0.75;

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
