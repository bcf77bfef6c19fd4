//! Renderings that the glossary lacks: what the beads have where a concept's term has none of its terms opposite.
//!
//! A run of one to three words is proposed where the beads without a listed rendering share it and others do not: it
//! stands in at least two of them, three times as often as in the beads with a listed rendering, and is not what some
//! other term's hit, a number or a name of the other side accounts for. Ranked by Dice × √joint, as bilingual
//! equivalents are; inflected forms count together by their stems (Snowball).

use std::collections::BTreeSet;

use frostem::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Concordance, Harvest, HeldBead, Occurrence};
use crate::lang::Lang;
use crate::text::{Span, fold, tokens};

/// A bead less sure than this shows nothing.
pub(crate) const CONFIDENT: f32 = 0.5;
/// In how many beads a proposed rendering must stand.
const LEAST: usize = 2;
/// How much likelier it must be there than in beads with a listed rendering.
const CONTRAST: f64 = 3.0;
/// The weakest association (Dice) that is told.
const WEAKEST: f64 = 0.2;
/// The most words of a proposed rendering.
const LONGEST: usize = 3;
/// The most renderings proposed for a language.
const MOST: usize = 3;
/// Words that begin with as many letters alike in both languages are one name or cognate.
const COGNATE: usize = 5;

/// A rendering that the glossary lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// Its most frequent form, in lower case unless a name.
    pub text: String,
    /// The places, one a bead: document and what stands there.
    pub places: Vec<(usize, Span)>,
}

/// What renders a concept's terms where no listed term does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnlistedRenderings {
    /// English renderings of Spanish terms, most frequent first.
    pub in_english: Vec<Unlisted>,
    /// Spanish renderings of English terms.
    pub in_spanish: Vec<Unlisted>,
}

impl UnlistedRenderings {
    /// Those into a language.
    pub fn in_lang(&self, lang: Lang) -> &[Unlisted] {
        match lang {
            Lang::Es => &self.in_spanish,
            Lang::En => &self.in_english,
        }
    }
}

/// How many beads of a collection have each stem on their Spanish and on their English side.
#[derive(Debug, Default)]
pub struct StemCounts([FxHashMap<String, usize>; 2]);

impl StemCounts {
    /// Counts the beads of a collection.
    pub fn of(concordance: &Concordance<'_>) -> Self {
        let mut counts = [FxHashMap::default(), FxHashMap::default()];
        for (bitext, bead) in concordance.beads() {
            for (lang, counts) in Lang::ALL.into_iter().zip(&mut counts) {
                let (document, segments) = bitext.side(bead, lang);
                let Some(stretch) = concordance.stretch(document, segments) else { continue };
                let text = &concordance.document(document).document.text;
                let stems: BTreeSet<String> =
                    words(text, stretch, lang).into_iter().map(|word| word.stem).collect();
                stems.into_iter().for_each(|stem| *counts.entry(stem).or_default() += 1);
            }
        }
        StemCounts(counts)
    }

    /// Adds the counts of other beads.
    pub fn add(&mut self, other: StemCounts) {
        for (counts, more) in self.0.iter_mut().zip(other.0) {
            more.into_iter().for_each(|(stem, count)| *counts.entry(stem).or_default() += count);
        }
    }

    fn get(&self, lang: Lang, stem: &str) -> usize {
        let side = Lang::ALL.iter().position(|known| *known == lang).unwrap_or(0);
        self.0[side].get(stem).copied().unwrap_or(0)
    }
}

/// Finds the renderings of a concept that the glossary lacks.
pub fn unlisted(from: Harvest<'_>, counts: &StemCounts, occurrences: &[Occurrence]) -> UnlistedRenderings {
    let concordance = from.concordance;
    let mut held: Vec<HeldBead<'_>> = concordance.held(occurrences);
    // What is proposed is quoted.
    held.retain(|held| {
        let sure = held.es.iter().chain(&held.en).any(|place| place.hit(concordance.collection()).is_sure());
        sure && from.may_quote(held.bitext.es) && from.may_quote(held.bitext.en)
    });
    let into = |lang| Search { concordance, counts, lang }.find(&held);
    UnlistedRenderings { in_english: into(Lang::En), in_spanish: into(Lang::Es) }
}

/// A run of words by its stems, with where it stands in the beads that were looked at.
type Runs = FxHashMap<String, Vec<(usize, usize, Span)>>;

struct Search<'a> {
    concordance: &'a Concordance<'a>,
    counts: &'a StemCounts,
    /// The language of the renderings.
    lang: Lang,
}

impl Search<'_> {
    fn find(&self, held: &[HeldBead<'_>]) -> Vec<Unlisted> {
        let sure = held.iter().filter(|held| held.bead.score >= CONFIDENT);
        let sides = |held: &HeldBead<'_>| match self.lang {
            Lang::Es => (!held.en.is_empty(), !held.es.is_empty(), !held.bead.es.is_empty()),
            Lang::En => (!held.es.is_empty(), !held.en.is_empty(), !held.bead.en.is_empty()),
        };
        let sure: Vec<_> = sure.map(|held| (held, sides(held))).collect();
        let beads = |wanted: (bool, bool, bool)| -> Vec<&HeldBead<'_>> {
            sure.iter().filter(|(_, sides)| *sides == wanted).map(|(held, _)| *held).collect()
        };
        let missing = beads((true, false, true));
        if missing.len() < LEAST {
            return Vec::new();
        }
        let rendered = beads((true, true, true));
        self.ranked(self.runs(&missing), missing.len(), (&self.runs(&rendered), rendered.len()))
    }

    /// The best run, then the best of those in the beads left, and so on.
    fn ranked(&self, mut runs: Runs, missing: usize, rendered: (&Runs, usize)) -> Vec<Unlisted> {
        let mut found = Vec::new();
        while found.len() < MOST {
            let worth = |(stems, places): (&String, &Vec<_>)| {
                let score = self.score(stems, places.len(), missing, rendered)?;
                Some((score, stems.matches(' ').count(), stems.clone()))
            };
            let best = runs.iter().filter_map(worth);
            let Some((_, _, stems)) =
                best.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, &b.2).cmp(&(b.1, &a.2))))
            else {
                break;
            };
            let places = runs.remove(&stems).unwrap_or_default();
            let taken: FxHashSet<usize> = places.iter().map(|(bead, ..)| *bead).collect();
            runs.values_mut().for_each(|places| places.retain(|(bead, ..)| !taken.contains(bead)));
            found.push(self.unlisted(&places));
        }
        found
    }

    fn score(&self, stems: &str, joint: usize, missing: usize, rendered: (&Runs, usize)) -> Option<f64> {
        let (listed, beads) = rendered;
        let beside = listed.get(stems).map_or(0, Vec::len);
        let share = joint as f64 / missing as f64;
        let contrast = share >= CONTRAST * beside as f64 / beads.max(1) as f64;
        let total = stems.split(' ').map(|stem| self.counts.get(self.lang, stem)).filter(|&n| n > 0).min()?;
        let dice = 2.0 * joint as f64 / (total.max(joint) + missing) as f64;
        (joint >= LEAST && contrast && dice >= WEAKEST).then(|| dice * (joint as f64).sqrt())
    }

    fn unlisted(&self, places: &[(usize, usize, Span)]) -> Unlisted {
        let form = |&(_, document, span): &(usize, usize, Span)| {
            fold::lower(span.of(&self.concordance.document(document).document.text))
        };
        let mut forms: FxHashMap<String, usize> = FxHashMap::default();
        places.iter().map(form).for_each(|form| *forms.entry(form).or_default() += 1);
        let text = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        Unlisted {
            text: text.map(|(form, _)| form).unwrap_or_default(),
            places: places.iter().map(|&(_, document, span)| (document, span)).collect(),
        }
    }

    /// The runs of words that may render something, each once a bead.
    fn runs(&self, beads: &[&HeldBead<'_>]) -> Runs {
        let mut runs = Runs::default();
        for (i, held) in beads.iter().enumerate() {
            let mut seen = FxHashSet::default();
            for (stems, document, span) in self.candidates(held) {
                if seen.insert(stems.clone()) {
                    runs.entry(stems).or_default().push((i, document, span));
                }
            }
        }
        runs
    }

    fn candidates(&self, held: &HeldBead<'_>) -> Vec<(String, usize, Span)> {
        let (document, segments) = held.bitext.side(held.bead, self.lang);
        let Some(stretch) = self.concordance.stretch(document, segments) else { return Vec::new() };
        let analysis = self.concordance.document(document);
        let taken = analysis.hits_in(stretch);
        let alike = self.beginnings(held);
        let words = words(&analysis.document.text, stretch, self.lang);
        let is_free = |word: &Word| {
            let beginning: String = word.stem.chars().take(COGNATE).collect();
            !taken.iter().any(|hit| hit.span.overlaps(word.span)) && !alike.contains(&fold::key(&beginning))
        };
        let mut found = Vec::new();
        for from in 0..words.len() {
            for run in (1..=LONGEST).filter_map(|length| words.get(from..from + length)) {
                let (first, last) = (&run[0], &run[run.len() - 1]);
                let gaps = run.windows(2).all(|pair| {
                    analysis.document.text[pair[0].span.end..pair[1].span.start]
                        .trim_matches([' ', '\n', '-'])
                        .is_empty()
                });
                if gaps && first.is_telling && last.is_telling && run.iter().all(is_free) {
                    let stems: Vec<&str> = run.iter().map(|word| word.stem.as_str()).collect();
                    found.push((stems.join(" "), document, Span::new(first.span.start, last.span.end)));
                }
            }
        }
        found
    }

    /// How the words of the other side begin.
    fn beginnings(&self, held: &HeldBead<'_>) -> FxHashSet<String> {
        let (document, segments) = held.bitext.side(held.bead, self.lang.other());
        let Some(stretch) = self.concordance.stretch(document, segments) else { return FxHashSet::default() };
        let text = &self.concordance.document(document).document.text;
        let words = words(text, stretch, self.lang.other());
        words.iter().map(|word| fold::key(&word.stem.chars().take(COGNATE).collect::<String>())).collect()
    }
}

/// A word of a bead.
struct Word {
    span: Span,
    stem: String,
    /// No function word and no number.
    is_telling: bool,
}

fn words(text: &str, stretch: Span, lang: Lang) -> Vec<Word> {
    let stemmer = Stemmer::new(match lang {
        Lang::Es => Algorithm::Spanish,
        Lang::En => Algorithm::English,
    });
    let word = |span: Span| {
        let lower = fold::lower(span.of(stretch.of(text)));
        let is_telling = lower.chars().count() >= 3
            && lower.chars().all(char::is_alphabetic)
            && !lang.is_function_word(&lower);
        Word { span: span.shifted(stretch.start), stem: stemmer.stem(&lower).into_owned(), is_telling }
    };
    tokens::words(stretch.of(text)).map(word).collect()
}
