//! Which documents translate one another, by what they say.
//!
//! A document is a set of *traces*: the beginnings of its words, Spanish ones as the word table renders them, names,
//! numbers and cognates as they are. Two documents are the liker the more rare traces they share. Whether one
//! translates the other is then told by aligning them: unrelated texts have few sure beads.

use std::collections::{BTreeSet, HashMap};

use super::orientation::{Language, language};
use super::outline::Outline;
use super::pairs::Pair;
use super::parallel::Workers;
use crate::align::{Side, align};
use crate::extract::WordStems;
use crate::extract::statistics::Statistics;
use crate::lang::Lang;
use crate::text::{Document, segments, tokens};

/// At least this part of a text is in sure beads where the other translates it. Translations with omissions have .9
/// and more, unrelated texts of one subject up to .2.
const AGREE: f32 = 0.5;
/// Of two texts that translate one another the shorter one shares at least this part of its traces: .5 and more where
/// they are as short as eight sentences, unrelated ones up to .33 there. The longer texts are, the less this tells, and
/// the more their alignment does.
const SHARED: f32 = 0.4;
/// As many sentences of each text are aligned to tell.
const ENOUGH: usize = 300;
/// As many likest documents of the other language are tried.
const TRIED: usize = 3;
/// Less like documents are not tried.
const LIKE: f32 = 0.08;
/// Letters of a word that make a trace.
const LETTERS: usize = 6;
/// Less probable renderings leave no trace.
const PROBABLE: f32 = 0.2;

/// Of some pairs those that what the documents say confirms, the best first; each document is in one at most.
pub(super) fn confirmed(read: &Outline, candidates: &[Pair], workers: &Workers) -> Vec<Pair> {
    let agreement = |pair: &Pair| {
        let (documents, _) = read.with_texts(&[pair.es, pair.en]);
        let [es, en] = documents.as_slice() else { return 0.0 };
        let of = [(es, Lang::Es), (en, Lang::En)].map(|(document, lang)| traces(&document.text, lang));
        agreement([es, en], of.each_ref())
    };
    let agreements = workers.map_in_order(candidates, agreement);
    let agreeing = candidates.iter().zip(agreements).filter(|(_, agreement)| *agreement >= AGREE);
    greedy(agreeing.map(|(pair, agreement)| (*pair, agreement)).collect())
}

/// Pairs among some documents, whatever their names.
pub(super) fn pairs(documents: &[Document], free: &[usize], workers: &Workers) -> Vec<Pair> {
    let told = workers.map_in_order(free, |&i| {
        let lang = lang(&documents[i])?;
        Some((lang, traces(&documents[i].text, lang)))
    });
    let told: HashMap<usize, &(Lang, Traces)> =
        free.iter().zip(&told).filter_map(|(&i, told)| Some((i, told.as_ref()?))).collect();
    let of = |wanted: Lang| {
        let of_lang = |i: &usize| told.get(i).filter(|(lang, _)| *lang == wanted).map(|told| (*i, &told.1));
        free.iter().filter_map(of_lang).collect::<Vec<_>>()
    };
    let candidates = likest(&of(Lang::Es), &of(Lang::En));
    let agreements = workers.map_in_order(&candidates, |(pair, _)| {
        let both = [pair.es, pair.en];
        agreement(both.map(|i| &documents[i]), both.map(|i| &told[&i].1))
    });
    let agreeing = candidates.into_iter().zip(agreements).filter(|(_, agreement)| *agreement >= AGREE);
    greedy(agreeing.map(|(candidate, _)| candidate).collect())
}

/// The part of the text that is more fully in sure beads, 0 to 1; 0 where the two have too few words in common.
fn agreement(documents: [&Document; 2], [es, en]: [&Traces; 2]) -> f32 {
    let shared = es.intersection(en).count() as f32;
    if shared < SHARED * es.len().min(en.len()).max(1) as f32 {
        return 0.0;
    }
    let segments = documents.map(segments);
    let texts = |side: usize| {
        let text = &documents[side].text;
        Side::of(segments[side].iter().take(ENOUGH).map(|segment| segment.span.of(text)))
    };
    let sides = [texts(0), texts(1)];
    let beads = align(&sides[0], &sides[1]);
    let paired = || beads.iter().filter(|bead| !bead.es.is_empty() && !bead.en.is_empty());
    let part = |side: &Side<'_>, sure: f32| {
        sure / side.segments.iter().map(|s| s.len()).sum::<usize>().max(1) as f32
    };
    let bytes = |side: &Side<'_>, indices: &[usize]| {
        indices.iter().map(|&i| side.segments[i].len()).sum::<usize>() as f32
    };
    let es: f32 = paired().map(|bead| bead.score * bytes(&sides[0], &bead.es)).sum();
    let en: f32 = paired().map(|bead| bead.score * bytes(&sides[1], &bead.en)).sum();
    part(&sides[0], es).max(part(&sides[1], en))
}

/// The best pairs first, each document once; of equals the later ones, which are newer versions.
fn greedy(mut scored: Vec<(Pair, f32)>) -> Vec<Pair> {
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    for (pair, _) in scored {
        if !taken.contains(&pair.es) && !taken.contains(&pair.en) {
            taken.extend([pair.es, pair.en]);
            pairs.push(pair);
        }
    }
    pairs
}

/// The language of a document; `None` where it is in neither.
fn lang(document: &Document) -> Option<Lang> {
    document.lang.or_else(|| match language(&document.text) {
        Language::Is(lang) => Some(lang),
        Language::Foreign | Language::Unknown => None,
    })
}

type Traces = BTreeSet<String>;

fn traces(text: &str, lang: Lang) -> Traces {
    let stems = WordStems::new(lang);
    let table = Statistics::shipped();
    let words: BTreeSet<&str> = tokens::words(text).map(|word| word.of(text)).collect();
    let mut traces = BTreeSet::new();
    for word in words {
        let (stem, function_word) = stems.of(word);
        if function_word {
            continue;
        }
        let known = if lang == Lang::Es { table.translations(word) } else { Vec::new() };
        if known.is_empty() {
            traces.insert(beginning(&stem));
        }
        traces.extend(known.iter().filter(|t| t.to_english >= PROBABLE).map(|t| beginning(t.english)));
    }
    traces
}

fn beginning(stem: &str) -> String {
    stem.to_lowercase().chars().take(LETTERS).collect()
}

/// For each document the likest ones of the other language, with how like they are (the cosine of their traces,
/// weighted by rarity).
fn likest(es: &[(usize, &Traces)], en: &[(usize, &Traces)]) -> Vec<(Pair, f32)> {
    let all = (es.len() + en.len()) as f32;
    let mut having: HashMap<&str, f32> = HashMap::new();
    for trace in es.iter().chain(en).flat_map(|(_, traces)| traces.iter()) {
        *having.entry(trace).or_default() += 1.0;
    }
    let weight =
        |trace: &String| (1.0 + all / having.get(trace.as_str()).copied().unwrap_or(all)).ln().powi(2);
    let norm = |traces: &Traces| traces.iter().map(weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    let english: Vec<f32> = en.iter().map(|(_, traces)| norm(traces)).collect();
    let mut found = Vec::new();
    for (i, traces) in es {
        let mine = norm(traces);
        let like = |(at, (j, others)): (usize, &(usize, &Traces))| {
            let shared: f32 = traces.intersection(others).map(weight).sum();
            (Pair { es: *i, en: *j }, shared / (mine * english[at]))
        };
        let mut row: Vec<(Pair, f32)> =
            en.iter().enumerate().map(like).filter(|(_, like)| *like >= LIKE).collect();
        row.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.extend(row.into_iter().take(TRIED));
    }
    found
}
