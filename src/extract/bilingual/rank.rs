//! The equivalents of terms, ranked.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::candidates::runs;
use super::{Bitext, Links};
use crate::extract::words::{Side, Word};
use crate::lang::Lang;
use crate::matcher::{Matcher, Overlaps};
use crate::tagger::{Class, Tagger};
use crate::termbase::{CaseMode, Concept, LangSection, LangTag, TermEntry, Termbase};
use crate::text::Span;

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

#[derive(Default)]
struct Candidate {
    support: f32,
    forms: FxHashMap<String, Form>,
}

/// How often a form stands where the candidate does.
#[derive(Clone, Copy, Default)]
struct Form {
    count: usize,
    /// Beside the term in the very form in which it was given.
    beside_base: usize,
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
        found.into_iter().map(|found| found.ranked(&index)).collect()
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
                found.add(&spanish[run.words], self.es.texts[line], run.support, is_base);
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
    equivalent: Equivalent,
}

impl Found {
    fn add(&mut self, words: &[Word], text: &str, support: f32, is_base: bool) {
        let candidate = self.candidates.entry(key(words)).or_default();
        candidate.support += support;
        let form = candidate.forms.entry(surface(words, text)).or_default();
        form.count += 1;
        form.beside_base += usize::from(is_base);
    }

    fn ranked(self, index: &Index<'_>) -> Equivalents {
        let lines = &self.lines;
        let ranked = |(key, candidate): (Vec<u32>, Candidate)| {
            let all = index.lines_with(&key);
            let joint = lines.iter().filter(|line| all.binary_search(line).is_ok()).count();
            let dice = 2.0 * joint as f32 / (all.len() + lines.len()) as f32;
            let support = (candidate.support / lines.len() as f32).min(1.0);
            let score = support * dice.powf(DICE);
            Ranked { key, equivalent: Equivalent { score, count: joint, term: candidate.form() } }
        };
        let mut best: Vec<Ranked> = self.candidates.into_iter().map(ranked).collect();
        let by_score = |a: &Ranked, b: &Ranked| {
            b.equivalent
                .score
                .total_cmp(&a.equivalent.score)
                .then_with(|| a.equivalent.term.cmp(&b.equivalent.term))
        };
        best.sort_by(by_score);
        best.truncate(MOST);
        prefer_whole(&mut best, self.words);
        Equivalents {
            count: self.lines.len(),
            best: best.into_iter().map(|ranked| ranked.equivalent).collect(),
        }
    }
}

/// What has fewer content words than the term is seldom the whole of its translation: a longer candidate around it,
/// which stands in most of the same lines, comes first.
fn prefer_whole(best: &mut [Ranked], words: usize) {
    let Some(first) = best.first() else { return };
    if first.key.len() >= words {
        return;
    }
    let is_whole = |other: &Ranked| {
        (first.key.len() + 1..=words).contains(&other.key.len())
            && other.key.windows(first.key.len()).any(|part| part == first.key)
            && other.equivalent.count as f32 >= MOST_LINES * first.equivalent.count as f32
            && other.equivalent.score >= NEARLY * first.equivalent.score
    };
    if let Some(at) = best.iter().position(is_whole) {
        let (front, whole) = (best[0].equivalent.score, &mut best[at].equivalent);
        // Scores go on falling.
        whole.score = whole.score.max(front);
        best[..=at].rotate_right(1);
    }
}

impl Candidate {
    /// The form to name it by: the most frequent beside the term as it was given, an infinitive or a form without
    /// articles if it is nearly as frequent.
    fn form(self) -> String {
        let weight = |form: &Form| form.count + 2 * form.beside_base;
        let most = self.forms.values().map(weight).max().unwrap_or(0);
        let mut forms: Vec<(String, usize)> =
            self.forms.iter().map(|(text, form)| (text.clone(), weight(form))).collect();
        forms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.len().cmp(&b.0.len())).then_with(|| a.0.cmp(&b.0)));
        let frequent = |part: usize| forms.iter().filter(move |(_, weight)| weight * part >= most);
        let infinitive = frequent(3).find(|(text, _)| is_infinitive(text));
        let fewest = frequent(2).min_by_key(|(text, _)| text.split(' ').count());
        infinitive.or(fewest).map_or_else(String::new, |(text, _)| text.clone())
    }
}

fn is_infinitive(text: &str) -> bool {
    let ends = ["ar", "er", "ir"].iter().any(|end| text.ends_with(end));
    ends && !text.contains(' ') && Tagger::of(Lang::Es).entry(text).classes.has(Class::Verb)
}

fn content_words(words: &[Word]) -> usize {
    words.iter().filter(|word| !word.is_function).count()
}

/// Whether a term stands in the form in which it was given.
fn is_base(text: &str, name: Option<&str>) -> bool {
    name.is_some_and(|name| name.trim().eq_ignore_ascii_case(text))
}

/// The power of the Dice coefficient in the rank.
const DICE: f32 = 0.7;

/// A longer candidate around a shorter one stands in at least this part of its lines to be preferred.
const MOST_LINES: f32 = 0.4;

/// And has at least this part of its score.
const NEARLY: f32 = 0.5;

/// Equivalents given for a term, at most.
const MOST: usize = 10;

fn surface(words: &[Word], text: &str) -> String {
    let span = Span::new(words[0].span.start, words[words.len() - 1].span.end);
    span.of(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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
