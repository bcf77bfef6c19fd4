//! Counting the statistics from texts.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{MAGIC, frequency_byte, probability_byte};
use crate::extract::bilingual::{Bitext, WordPair};
use crate::extract::stems::WordStems;
use crate::lang::Lang;
use crate::text::tokens;

/// Words seen less often are not listed.
const RARE: usize = 2;

/// Pairs of words are kept that make up at least this part of the translations of both.
const FAINT: f32 = 0.02;

/// And have this geometric mean of the two probabilities.
const DOUBTFUL: f32 = 0.06;

/// What a typed pair of words is worth where no text says more.
const TYPED: f32 = 0.4;

/// The least frequency of an everyday word, in a million words: texts of one kind have too few of most.
const EVERYDAY: f32 = 5.0;

/// What statistics are made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// Spanish and English lines that translate one another, for the word table and the frequencies.
    pub bitext: &'a [(&'a str, &'a str)],
    /// Further texts, for the frequencies alone.
    pub texts: &'a [(Lang, &'a str)],
    /// Everyday words.
    pub everyday: &'a [(Lang, &'a str)],
    /// Spanish and English words that translate one another.
    pub pairs: &'a [(&'a str, &'a str)],
}

/// The statistics of texts and words; `None` where there are more stems than the layout can number (65,536 in a
/// language).
pub fn build(sources: Sources<'_>) -> Option<Vec<u8>> {
    let [es, en] = Lang::ALL.map(|lang| frequencies(&sources, lang));
    let bitext = Bitext::new(sources.bitext, &super::Statistics::default());
    let stems = Lang::ALL.map(WordStems::new);
    let mut table: BTreeMap<(String, String), (f32, f32)> = BTreeMap::new();
    for pair in bitext.word_pairs().into_iter().filter(is_worth_keeping) {
        table.insert((pair.es.to_owned(), pair.en.to_owned()), (pair.to_en, pair.to_es));
    }
    for (spanish, english) in sources.pairs {
        let key = (stems[0].of(spanish).0, stems[1].of(english).0);
        let known = table.entry(key).or_default();
        *known = (known.0.max(TYPED), known.1.max(TYPED));
    }
    let mut out = MAGIC.to_vec();
    write_vocabulary(&es, &mut out)?;
    write_vocabulary(&en, &mut out)?;
    write_pairs(&table, &es, &en, &mut out)?;
    Some(out)
}

/// The stems of a language that are not rare, sorted, with their frequency in a million words.
fn frequencies(sources: &Sources<'_>, lang: Lang) -> Vec<(String, f32)> {
    let mut counts = Counts::new(lang);
    sources.bitext.iter().for_each(|(es, en)| counts.add(if lang == Lang::Es { es } else { en }));
    sources.texts.iter().filter(|(of, _)| *of == lang).for_each(|(_, text)| counts.add(text));
    let typed = sources.pairs.iter().map(|(es, en)| if lang == Lang::Es { *es } else { *en });
    let listed = sources.everyday.iter().filter(|(of, _)| *of == lang).map(|(_, word)| *word);
    let stems = WordStems::new(lang);
    let everyday: BTreeSet<String> = typed.chain(listed).map(|word| stems.of(word).0).collect();
    counts.listed(&everyday)
}

/// How often each stem occurs.
struct Counts {
    stems: WordStems,
    known: FxHashMap<String, String>,
    counts: FxHashMap<String, usize>,
    words: usize,
}

impl Counts {
    fn new(lang: Lang) -> Self {
        let stems = WordStems::new(lang);
        Counts { stems, known: FxHashMap::default(), counts: FxHashMap::default(), words: 0 }
    }

    fn add(&mut self, text: &str) {
        for word in tokens::words(text).map(|span| span.of(text)) {
            let stem = self.known.entry(word.to_owned()).or_insert_with(|| self.stems.of(word).0);
            *self.counts.entry(stem.clone()).or_default() += 1;
            self.words += 1;
        }
    }

    fn listed(self, everyday: &BTreeSet<String>) -> Vec<(String, f32)> {
        let million = self.words.max(1) as f32 / 1e6;
        let counted = self.counts.into_iter().filter(|&(_, count)| count >= RARE);
        let mut listed: BTreeMap<String, f32> =
            counted.map(|(stem, count)| (stem, count as f32 / million)).collect();
        for stem in everyday {
            let known = listed.entry(stem.clone()).or_default();
            *known = known.max(EVERYDAY);
        }
        listed.into_iter().collect()
    }
}

fn write_vocabulary(stems: &[(String, f32)], out: &mut Vec<u8>) -> Option<()> {
    u16::try_from(stems.len()).ok()?;
    let length: usize = stems.iter().map(|(stem, _)| stem.len()).sum();
    out.extend((stems.len() as u32).to_le_bytes());
    out.extend(u32::try_from(length).ok()?.to_le_bytes());
    let mut end = 0u32;
    for (stem, _) in stems {
        end += stem.len() as u32;
        out.extend(end.to_le_bytes());
    }
    out.extend(stems.iter().map(|(_, per_million)| frequency_byte(*per_million)));
    stems.iter().for_each(|(stem, _)| out.extend(stem.bytes()));
    Some(())
}

fn write_pairs(
    table: &BTreeMap<(String, String), (f32, f32)>,
    es: &[(String, f32)],
    en: &[(String, f32)],
    out: &mut Vec<u8>,
) -> Option<()> {
    let number = |list: &[(String, f32)], stem: &str| {
        list.binary_search_by(|(other, _)| other.as_str().cmp(stem)).ok()
    };
    let mut lists: Vec<Vec<[u8; 4]>> = vec![Vec::new(); es.len()];
    for ((spanish, english), (to_en, to_es)) in table {
        let (Some(s), Some(e)) = (number(es, spanish), number(en, english)) else { continue };
        let [low, high] = u16::try_from(e).ok()?.to_le_bytes();
        lists[s].push([low, high, probability_byte(*to_en), probability_byte(*to_es)]);
    }
    let mut at = 0u32;
    for list in &lists {
        out.extend(at.to_le_bytes());
        at += list.len() as u32;
    }
    out.extend(at.to_le_bytes());
    for list in &mut lists {
        list.sort_unstable_by_key(|&[low, high, ..]| u16::from_le_bytes([low, high]));
        out.extend(list.as_flattened());
    }
    Some(())
}

fn is_worth_keeping(pair: &WordPair<'_>) -> bool {
    pair.to_en >= FAINT && pair.to_es >= FAINT && (pair.to_en * pair.to_es).sqrt() >= DOUBTFUL
}
